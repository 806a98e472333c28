"""The vendors that travel with the program."""

DEMO_NAMES = ("practice", "retail", "school", "video", "orders")
"""In the order in which they are offered; also the ids of their profiles."""
