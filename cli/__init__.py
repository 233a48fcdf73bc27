"""The command line: `schoolos`."""
