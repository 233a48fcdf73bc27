"""A generated, seeded demo school (and a small neighbour) to try the program on. Every name in it is invented."""

from demo.load import load
from demo.sign_ins import PASSWORD, SIGN_INS, SignIn

__all__ = ["PASSWORD", "SIGN_INS", "SignIn", "load"]
