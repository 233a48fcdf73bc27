"""All processes share one trained planner, whatever each of them imported first."""

from agent.offline.planner_file import registry_hash
from tools.declare import load_all


def test_the_order_in_which_capabilities_were_declared_does_not_matter() -> None:
    tools = dict(load_all())
    assert registry_hash(dict(reversed(tools.items()))) == registry_hash(tools)
    assert registry_hash({name: tool for name, tool in tools.items() if name != "find_owing"}) != registry_hash(tools)
