"""What the vendor's people can ask: one module for each noun, and `verbs`, the list of all of it."""
