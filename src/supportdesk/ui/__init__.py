"""The Qt shell: it draws states and reports what the customer wants. The only room that knows PySide6."""
