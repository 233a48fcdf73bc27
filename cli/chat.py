"""`schoolos chat`: the assistant in the terminal, streaming, with files and approvals."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import TypeAdapter
from rich.live import Live
from rich.markdown import Markdown
from rich.prompt import Confirm, Prompt

from agent import chat as conversation
from agent.turns import Begun
from cli.attachments import attach
from cli.identity import acting
from cli.running import run
from cli.screen import complain, err, out
from runtime.caller import Caller
from runtime.errors import InvalidInput, SchoolOSError
from tools import approve, load_all
from tools.present import Block, to_markdown
from tools.results import Preview

BLOCKS: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
LEAVE = {"/quit", "/exit"}
HELP = "Type a message; /file PATH attaches a file to the next one; /quit leaves."


def add_to(app: typer.Typer) -> None:
    app.command()(chat)


def chat(
    message: Annotated[str | None, typer.Argument(help="One message. Empty: a conversation.")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="A file for the first message.", exists=True, dir_okay=False)
    ] = None,
    email: Annotated[
        str | None, typer.Option("--as", metavar="EMAIL", envvar="SCHOOLOS_AS", help="The user you are.")
    ] = None,
    school: Annotated[
        str | None, typer.Option("--at", metavar="NAME", help="The user's school, by short name.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer to one message as JSON.")] = False,
) -> None:
    """Talk to the assistant: what it would change or send is shown first and waits for your yes."""
    load_all()
    if as_json and message is None:
        raise InvalidInput('--json answers one message: give it, as in `schoolos chat --json "who is absent today?"`.')
    run(_one(message, file or [], email, school, as_json) if message else _many(file or [], email, school))


async def _one(message: str, paths: list[Path], email: str | None, school: str | None, as_json: bool) -> None:
    caller = await acting(email, school)
    attached = [await _attach(caller, path) for path in paths]
    if as_json:
        answer = await conversation.answer(caller, message, file_ids=attached)
        shown = {"text": answer.text, "blocks": answer.blocks, "approvals": answer.approvals, "note": answer.note}
        out.print_json(json.dumps({"conversationId": str(answer.conversation_id), **shown}, default=str))
        return
    await _exchange(caller, None, message, attached)


async def _many(paths: list[Path], email: str | None, school: str | None) -> None:
    caller = await acting(email, school)
    err.print(f"[dim]You are {caller.name}, {caller.role.value}. {HELP}[/dim]")
    conversation_id: UUID | None = None
    attached = [await _attach(caller, path) for path in paths]
    while (said := await asyncio.to_thread(_ask)) not in LEAVE:
        try:
            if said.startswith("/file "):
                attached.append(await _attach(caller, Path(said.removeprefix("/file ").strip())))
            elif said:
                conversation_id = await _exchange(caller, conversation_id, said, attached)
                attached = []
        except SchoolOSError as error:
            complain(error)


def _ask() -> str:
    try:
        return Prompt.ask("[bold cyan]you[/bold cyan]", console=out).strip()
    except EOFError:
        return "/quit"


async def _attach(caller: Caller, path: Path) -> str:
    stored = await attach(caller, path)
    err.print(f"[dim]Attached {stored.name}, {stored.size:,} bytes[/dim]")
    return str(stored.id)


async def _exchange(caller: Caller, conversation_id: UUID | None, said: str, attached: list[str]) -> UUID:
    """One message and its answer; then each proposed action is approved or declined, and the answer goes on."""
    begun = await conversation.start_turn(caller, conversation_id, said, attached)
    cards = await _show(caller, begun)
    for card in cards:
        await _decide(caller, card)
    return begun.conversation_id


async def _decide(caller: Caller, card: dict[str, Any]) -> None:
    out.print(Markdown(Preview.model_validate(card["preview"]).markdown()))
    if not sys.stdin.isatty():
        err.print(f"[dim]Waits for approval until {card['expiresAt']}[/dim]")
        return
    if not await asyncio.to_thread(Confirm.ask, "Approve?", default=False):
        await approve.decline(caller, UUID(card["id"]))
        out.print("Declined. Nothing was changed.")
        return
    try:
        done, _ = await approve.approve(caller, UUID(card["id"]))
    except SchoolOSError as error:
        complain(error)
        return
    if (begun := await conversation.resume_after_approval(caller, done)) is not None:
        for further in await _show(caller, begun):
            await _decide(caller, further)


async def _show(caller: Caller, begun: Begun) -> list[dict[str, Any]]:
    """Print a turn as it streams in; the approval cards it ends with."""
    text, shown, cards = "", "", list[dict[str, Any]]()
    with Live("", console=out, auto_refresh=False, vertical_overflow="visible") as live:
        async for _, data in conversation.stream(caller, begun.conversation_id, begun.turn_id):
            chunk: dict[str, Any] = json.loads(data) if data.startswith("{") else {}
            match chunk.get("type"):
                case "text-delta":
                    text += chunk["delta"]
                case "text-end":
                    text += "\n\n"
                case "tool-output-available":
                    shown += "\n\n".join(
                        to_markdown(each) for each in BLOCKS.validate_python(chunk["output"]["blocks"])
                    )
                case "tool-output-error" | "error":
                    text += f"\n\n**{chunk['errorText']}**\n\n"
                case "data-note":
                    text += f"\n\n*{chunk['data']['text']}*\n\n"
                case "data-preview":
                    cards.append(chunk["data"])
                case _:
                    continue
            live.update(Markdown(f"{text}\n\n{shown}".strip()), refresh=True)
    return cards
