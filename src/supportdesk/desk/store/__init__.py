"""Where rows and contents of a desk lie, and how they are reached."""
