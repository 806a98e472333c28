"""Pictures from a camera; what needs QtMultimedia (extra `camera`) loads it when it is first wanted."""
