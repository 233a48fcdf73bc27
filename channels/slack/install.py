"""“Add to Slack”: the OAuth consent of one workspace, started by an administrator of one school."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urljoin
from uuid import UUID

import jwt
from redis.exceptions import RedisError
from slack_sdk.errors import SlackApiError

from channels.slack import workspaces
from runtime.caller import Door
from runtime.errors import InvalidInput, NotAllowed, Upstream
from runtime.ids import new_id
from runtime.redis import redis_client
from runtime.secrets import derived_key
from runtime.settings import settings
from runtime.transaction import Tx, across_schools, transaction
from school.sign_in import caller_for
from school.users import User

LIFE = timedelta(minutes=10)
PURPOSE = "slack install"


def is_set_up() -> bool:
    return bool(settings().slack_client_id and settings().slack_client_secret and settings().public_url)


def _check_set_up() -> None:
    if not is_set_up():
        raise InvalidInput(
            "“Add to Slack” needs SCHOOLOS_SLACK_CLIENT_ID, SCHOOLOS_SLACK_CLIENT_SECRET and SCHOOLOS_PUBLIC_URL."
            " Without them, connect by the bot token of your own Slack app."
        )


def _callback() -> str:
    return f"{(settings().public_url or '').rstrip('/')}/api/slack/oauth"


def address(tx: Tx) -> str:
    """Slack's consent page for the caller's school. Errors: invalid_input (not set up)."""
    _check_set_up()
    claims = {"user": str(tx.caller.user_id), "exp": tx.now + LIFE, "jti": str(new_id())}
    state = jwt.encode(claims, derived_key(PURPOSE), algorithm="HS256")
    query = {
        "client_id": settings().slack_client_id, "scope": ",".join(workspaces.BOT_SCOPES), "state": state,
        "redirect_uri": _callback(),
    }  # fmt: skip
    return f"{urljoin(settings().slack_api_url, '/oauth/v2/authorize')}?{urlencode(query)}"


async def finish(state: str, code: str, error: str) -> None:
    """Trade the code for the workspace's token, for the school whose administrator began. A state counts once."""
    _check_set_up()
    user = await _beginner(state)
    if error or not code:
        raise InvalidInput("The workspace was not connected: Slack did not get your consent. Start again to try again.")
    secret = settings().slack_client_secret
    assert secret is not None
    try:
        granted: Any = await workspaces.client().oauth_v2_access(
            client_id=str(settings().slack_client_id), client_secret=secret.get_secret_value(), code=code,
            redirect_uri=_callback(),
        )  # fmt: skip
    except SlackApiError as refused:
        raise InvalidInput(f"Slack did not take the code ({refused.response['error']}). Start again.") from None
    except workspaces.NOT_REACHED:
        raise workspaces.not_reached() from None
    async with transaction(caller_for(user, Door.WEB)) as tx:
        await workspaces.install(tx, granted["access_token"], granted.get("scope", ""))


async def _beginner(state: str) -> User:
    try:
        claims = jwt.decode(state, derived_key(PURPOSE), algorithms=["HS256"], options={"require": ["exp", "jti"]})
        user_id = UUID(claims["user"])
    except (jwt.InvalidTokenError, ValueError):
        raise NotAllowed("This link has expired. Start again from the settings page.") from None
    try:
        first = await redis_client().set(f"slack:install:{claims['jti']}", "1", ex=LIFE, nx=True)
    except (RedisError, OSError) as error:
        raise Upstream("Connecting is not possible just now. Please start again in a minute.") from error
    if not first:
        raise NotAllowed("This link was used already. Start again from the settings page.")
    async with across_schools(read_only=True) as session:
        user = await session.get(User, user_id)
    if user is None or not user.active:
        raise NotAllowed("Whoever began this no longer has access.")
    return user
