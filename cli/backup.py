"""`schoolos backup` and `schoolos restore`: everything a school has, in one file."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import psycopg
import typer
from backports import tarfile
from pydantic import AwareDatetime, BaseModel, ValidationError

from cli.connection import connected
from cli.screen import out
from runtime import instance
from runtime.embedded_postgres import binary
from runtime.errors import Conflict, InvalidInput, Upstream
from runtime.instance import Servers
from runtime.settings import settings

MANIFEST, DUMP, FILES, KEY = "manifest.json", "database.dump", "files", "secret-key"


class Manifest(BaseModel):
    """What a backup holds: the revision of its tables, when it was made, and whether files are in it."""

    revision: str
    made_at: AwareDatetime
    files: bool


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to write it. Empty: named after the moment, here.")] = None,
) -> None:
    """Write database, files and signing key into one file; the program may keep running."""
    from runtime.migrate import current

    moment = datetime.now(UTC)
    path = (file or Path(f"schoolos-{moment:%Y%m%d-%H%M%S}.tar.gz")).absolute()
    if path.exists():
        raise Conflict(f"{path} exists already: choose another name, so that no backup is overwritten.")
    with connected() as servers, TemporaryDirectory() as scratch:
        owner = _owner(servers)
        revision = current(owner)
        if revision is None:
            raise Conflict("There is nothing to back up: this database has not been migrated yet.")
        dump = Path(scratch) / DUMP
        _postgres(
            "pg_dump", "--format=custom", "--enable-row-security", "--exclude-extension=*", f"--file={dump}", owner
        )
        local = settings().storage_url is None
        manifest = Manifest(revision=revision, made_at=moment, files=local)
        (Path(scratch) / MANIFEST).write_text(manifest.model_dump_json(indent=1))
        _pack(path, Path(scratch), settings().data_dir if local else None)
    out.print(f"{path} ({path.stat().st_size / 1e6:.1f} MB), revision {revision}", markup=False, soft_wrap=True)
    if not local:
        out.print("Files are in your object store and not in this backup.")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.", exists=True, dir_okay=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the database holds now.")] = False,
) -> None:
    """Put a backup back, then migrate it to this program's revision. Stop the program first."""
    from runtime.migrate import current, gather_statistics, newest, upgrade

    running = instance.read(settings().data_dir.absolute())
    if running is not None:
        raise Conflict(f"A copy is running (process {running.pid}): stop it first, so that nobody writes meanwhile.")
    with TemporaryDirectory() as scratch, connected() as servers:
        owner = _owner(servers)
        if current(owner) is not None and _schools(owner) and not replace:
            raise Conflict("The database holds a school already. Add --replace to throw it away.")
        manifest = _unpack(file, Path(scratch))
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("DROP OWNED BY CURRENT_USER")
        _postgres("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={owner}", str(Path(scratch) / DUMP))
        upgrade(owner)
        gather_statistics(owner)
        if manifest.files:
            _put_back(Path(scratch), settings().data_dir.absolute())
    out.print(f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC, now at revision {newest()}")


def _owner(servers: Servers) -> str:
    if servers.migration_database_url is None:
        raise Upstream("Set SCHOOLOS_MIGRATION_DATABASE_URL to the address of the database's owner.")
    return servers.migration_database_url.replace("postgresql+psycopg://", "postgresql://")


def _postgres(command: str, *arguments: str) -> None:
    done = subprocess.run([binary(command), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Upstream(f"{command} failed: {done.stderr.strip()[-1000:]}")


def _schools(owner: str) -> int:
    with psycopg.connect(owner) as connection:
        row = connection.execute("SELECT count(*) FROM schools").fetchone()
    return row[0] if row else 0


def _pack(path: Path, scratch: Path, data_dir: Path | None) -> None:
    """Write the archive beside its final name, readable by us only, and move it there when it is whole."""
    making = path.with_name(f".{path.name}.making")
    try:
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
            archive.add(scratch / MANIFEST, MANIFEST)
            archive.add(scratch / DUMP, DUMP)
            for kept in [data_dir / FILES, data_dir / KEY] if data_dir else []:
                if kept.exists():
                    archive.add(kept, kept.name)
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def _unpack(path: Path, scratch: Path) -> Manifest:
    try:
        with tarfile.open(path) as archive:
            archive.extractall(str(scratch), filter="data")
        return Manifest.model_validate(json.loads((scratch / MANIFEST).read_text()))
    except (tarfile.TarError, OSError, EOFError, ValidationError, ValueError):
        raise InvalidInput(f"{path} is not a whole backup of this program.") from None


def _put_back(scratch: Path, data_dir: Path) -> None:
    """Files and key, in place of those that are there; the old ones are set aside until the new ones are in place."""
    for name in (FILES, KEY):
        if not (scratch / name).exists():
            continue
        target, aside = data_dir / name, data_dir / f".{name}.replaced"
        _remove(aside)
        if target.exists():
            target.rename(aside)
        _move(scratch / name, target)
        _remove(aside)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
