"""What is around every application: each layer is an ASGI application that holds the next one."""
