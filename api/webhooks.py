"""The signing secret of a webhook: for a person who signed in, never in a conversation, the trail or an API key's hands."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school import webhooks

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], responses={403: {"model": Problem}})


class WebhookSecret(Camel):
    secret: str = Field(description="Starts with whsec_; verify messages with it and a Standard Webhooks library.")


@router.get("/{webhook_id}/secret", operation_id="show_webhook_secret", responses={404: {"model": Problem}})
async def secret(webhook_id: UUID, who: SignedInCaller, response: Response) -> WebhookSecret:
    """The secret that signs the messages of one webhook."""
    if who.key_id is not None:
        raise NotAllowed("A key cannot read secrets: sign in with your password.")
    response.headers["Cache-Control"] = "no-store"
    async with transaction(who, read_only=True) as tx:
        return WebhookSecret(secret=webhooks.secret_of(await webhooks.access(tx, webhook_id)))
