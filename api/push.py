"""Push messages: a browser asks for the school's key, subscribes, and can leave."""

import ipaddress
from urllib.parse import urlparse

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import push
from runtime.errors import InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.transaction import transaction
from school.channel_accounts import PushSubscription
from school.permissions import Permission

router = APIRouter(
    prefix="/api/notifications/push",
    tags=["notifications"],
    responses={404: {"model": Problem}, 422: {"model": Problem}},
)


class Key(Camel):
    public_key: str


class Keys(Camel):
    p256dh: str = Field(min_length=80, max_length=120)
    auth: str = Field(min_length=16, max_length=40)


class Subscription(Camel):
    endpoint: str = Field(max_length=1000, description="The address the browser's push service gave it.")
    keys: Keys


class Leaving(Camel):
    endpoint: str = Field(max_length=1000)


@router.get("/key", operation_id="show_push_key")
async def key(caller: SignedInCaller) -> Key:
    """The public key (VAPID) a browser subscribes with."""
    async with transaction(caller) as tx:
        tx.require(Permission.NOTIFICATIONS_WRITE)
        _, public = await push.identity(tx)
    return Key(public_key=public)


@router.post("/subscriptions", status_code=204, operation_id="add_push_subscription")
async def subscribe(subscription: Subscription, caller: SignedInCaller) -> None:
    """Let this browser show your notifications."""
    _check(subscription.endpoint)
    async with transaction(caller) as tx:
        tx.require(Permission.NOTIFICATIONS_WRITE)
        if caller.person_id is None:
            raise NotVisible("This sign-in belongs to no person of the school, so it has no notifications.")
        await tx.session.execute(delete(PushSubscription).where(PushSubscription.endpoint == subscription.endpoint))
        made = await tx.session.execute(
            insert(PushSubscription)
            .values(
                id=new_id(), school_id=tx.school_id, person_id=caller.person_id, endpoint=subscription.endpoint,
                keys=subscription.keys.model_dump(),
            )
            .on_conflict_do_nothing()
            .returning(PushSubscription.id)
        )  # fmt: skip
        if made.scalar_one_or_none() is None:
            raise InvalidInput("This browser is subscribed at another school. Leave there first.", field="endpoint")


@router.delete("/subscriptions", status_code=204, operation_id="remove_push_subscription")
async def leave(leaving: Leaving, caller: SignedInCaller) -> None:
    """This browser shows them no more."""
    async with transaction(caller) as tx:
        tx.require(Permission.NOTIFICATIONS_WRITE)
        await tx.session.execute(
            delete(PushSubscription).where(
                PushSubscription.endpoint == leaving.endpoint, PushSubscription.person_id == caller.person_id
            )
        )


def _check(endpoint: str) -> None:
    """We will call this address: it must be a push service on the open net, not a machine beside us."""
    parts = urlparse(endpoint)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
        bare = True
    except ValueError:
        bare = "." not in host or host.endswith((".local", ".internal", ".localhost"))
    if parts.scheme != "https" or bare:
        raise InvalidInput("This is not the address of a push service.", field="endpoint")
