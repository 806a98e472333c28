"""One ticket as it is shown beside the list and on its own page."""
