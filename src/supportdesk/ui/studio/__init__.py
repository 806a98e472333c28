"""Screenshot studio: take a picture of the screen and mark it."""
