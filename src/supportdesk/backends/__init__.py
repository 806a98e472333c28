"""Where tickets live. `base` is the protocol; each other module speaks to one kind of help desk."""
