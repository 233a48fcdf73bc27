"""Measurements of speed and size. `make bench` runs all of them; `python -m bench program` those of one module.

A module here has a `TITLE` and `def measure() -> Iterator[Measurement]`; the harness finds it by itself.
"""
