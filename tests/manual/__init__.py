"""The manuals for customers: written texts, checked words, pictures of the walks."""
