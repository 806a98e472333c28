"""What is told by mail about tickets and accounts, and what comes back."""
