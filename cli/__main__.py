"""`python -m cli` is `schoolos`."""

from cli.app import main

main()
