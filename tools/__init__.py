"""The capabilities: the contract (declare, refs, invoke, approve) and one file of declarations a noun."""

from tools.declare import TOOLS, Effect, Tool, load_all, tool
from tools.refs import Ref

__all__ = ["TOOLS", "Effect", "Ref", "Tool", "load_all", "tool"]
