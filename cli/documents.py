"""`schoolos documents ingest FOLDER`: every document of a folder, added and read here, one after the other."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from cli.attachments import attach
from cli.identity import acting
from cli.running import run
from cli.screen import err, out
from runtime import instance
from runtime.caller import Caller
from runtime.errors import InvalidInput, SchoolOSError
from runtime.settings import settings
from school.documents import Audience, DocumentKind
from school.permissions import Permission
from school.runs import RunRow, RunStatus

app = typer.Typer(no_args_is_help=True, help="The school's documents.")
OVER = {RunStatus.SUCCEEDED.value, RunStatus.FAILED.value, RunStatus.CANCELLED.value}
SUFFIXES = {".pdf", ".docx", ".pptx", ".xlsx", ".html", ".htm", ".md", ".txt", ".png", ".jpg", ".jpeg"}


def add_to(parent: typer.Typer) -> None:
    parent.add_typer(app, name="documents")


@app.callback()
def whole() -> None:
    """The school's documents."""


@app.command()
def ingest(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Read with its subfolders.")],
    kind: Annotated[DocumentKind, typer.Option(help="What the files are.")] = DocumentKind.OTHER,
    audience: Annotated[Audience, typer.Option(help="Who may read them.")] = Audience.STAFF,
    subject: Annotated[str | None, typer.Option(help="The subject they are about.")] = None,
    level: Annotated[str | None, typer.Option(help="The level they are for.")] = None,
    as_: Annotated[str | None, typer.Option("--as", metavar="EMAIL", help="The user to act as.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="NAME", help="The user's school, by short name.")] = None,
) -> None:
    """Add and read every document of a folder; what is there already is passed over, and a refusal does not stop it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    if not files:
        raise InvalidInput(f"{folder} has no documents: none of {', '.join(sorted(SUFFIXES))}.")
    about = {"kind": kind.value, "audience": audience.value, "subject": subject, "level": level}
    alone = settings().database_url is None and instance.read(settings().data_dir.absolute()) is None
    failed = run(_ingest(files, {name: value for name, value in about.items() if value is not None}, as_, at, alone))
    if failed:
        raise typer.Exit(1)


async def _ingest(files: list[Path], about: dict[str, str], email: str | None, school: str | None, alone: bool) -> int:
    caller = await acting(email, school)
    failed = 0
    for path in files:
        try:
            out.print(f"{path.name}: {await read_in(caller, path, about, alone)}")
        except SchoolOSError as error:
            passed = error.code == "same_file"
            failed += not passed
            err.print(f"{path.name}: {error.message}")
    return failed


async def read_in(caller: Caller, path: Path, about: dict[str, str], alone: bool) -> str:
    """Add one file as `add_document` does; read it in this process when no worker runs, else wait for the worker."""
    from knowledge import documents
    from runtime.transaction import transaction
    from tools import load_all
    from tools.documents import Reading
    from tools.invoke import invoke

    stored = await attach(caller, path)
    outcome = await invoke(load_all()["add_document"], caller, {"file": str(stored.id), **about}, approved=True)
    assert isinstance(outcome.result, Reading)
    system = Caller.system(caller.school_id, Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    while True:
        async with transaction(system, read_only=True) as tx:
            row = await tx.session.get_one(RunRow, outcome.result.run_id)
        if alone or row.status in OVER:
            break
        await asyncio.sleep(1)
    if not alone:
        return (row.error or {}).get("message") or row.message or row.status
    payload = row.payload
    done = await documents.read(system, UUID(payload["version_id"]), bool(payload["retitle"]))
    return f"{done.get('passages', 0)} passages can be searched."
