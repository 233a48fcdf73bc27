"""The domain: the school's record and the deterministic services over it, one file a noun."""
