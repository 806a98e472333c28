"""One document: its pages, the form over them, and what can be done with it."""
