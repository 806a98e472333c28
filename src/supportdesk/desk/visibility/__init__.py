"""What a person may see, and how they hear of changes."""
