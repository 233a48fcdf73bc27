"""Identifiers of demo rows: the same on every installation, so that a reload finds what is there."""

from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1d3c1e-6a4d-5a7e-9f0c-5c8a2f3b7d10")


def demo_id(*parts: object) -> UUID:
    """A name-based UUID (version 5) of the parts."""
    return uuid5(_NAMESPACE, "/".join(str(part) for part in parts))
