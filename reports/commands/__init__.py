"""The command line, one module a command; each loads the floor it needs only when it runs."""
