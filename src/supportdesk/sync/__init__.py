"""The engine between what this computer keeps and the backend."""
