"""The life of an account, from the door to its end."""
