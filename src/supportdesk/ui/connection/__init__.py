"""What screens show while the vendor cannot be reached."""
