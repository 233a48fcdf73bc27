"""What this caller may do, with schemas: for clients that build themselves."""

from typing import Any

from fastapi import APIRouter

from api.sign_in import Camel, SignedInCaller
from tools.declare import load_all
from tools.invoke import offered

router = APIRouter(tags=["capabilities"])


class Capability(Camel):
    name: str
    title: str
    summary: str
    effect: str
    permission: str
    rest: str
    says: list[str]
    parameters: dict[str, Any]


class CapabilityPage(Camel):
    items: list[Capability]


@router.get("/api/capabilities", operation_id="list_capabilities")
async def capabilities(who: SignedInCaller) -> CapabilityPage:
    """Every capability this caller may use."""
    load_all()
    return CapabilityPage(
        items=[
            Capability(
                name=t.name, title=t.title, summary=t.summary, effect=t.effect.value, permission=str(t.permission),
                rest=t.rest, says=list(t.says), parameters=t.arguments.model_json_schema(by_alias=True),
            )
            for t in offered(who)
        ]
    )  # fmt: skip
