"""The desk over HTTP: what a vendor runs for many customers. Needs the extra `server`."""
