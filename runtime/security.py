"""Row-level security: one policy for every table with a school, applied by the migrations.

The application logs in as `schoolos_app`, which owns nothing and cannot bypass these policies. Each
transaction names its school in `app.school_id`; without it no row is visible. A few tables are also read
before the school is known (sign-in, API keys, inbound numbers, the relay): those accept `app.reach = 'all'`,
which only `runtime.transaction.across_schools` sets.
"""

from collections.abc import Iterator

from sqlalchemy import MetaData

APP_ROLE = "schoolos_app"

ACROSS_SCHOOLS = frozenset(
    {
        "schools", "users", "api_keys", "refresh_tokens", "outbox", "event_receipts", "inbox", "contact_points",
        "slack_workspaces", "channel_accounts",
    }
)  # fmt: skip
APPEND_ONLY = frozenset({"audit_entries"})

_SCHOOL = "NULLIF(current_setting('app.school_id', true), '')::uuid"
_AUDIENCE = (
    "CASE current_setting('app.role', true) WHEN 'guardian' THEN audience <> 'staff' WHEN 'student' THEN"
    " audience = 'public' ELSE COALESCE(current_setting('app.role', true), '') <> '' END"
)
_REACH = "current_setting('app.reach', true) = 'all'"


def policies(metadata: MetaData) -> Iterator[str]:
    """The SQL statements that protect every table of the metadata that has a school."""
    for table in metadata.sorted_tables:
        column = "id" if table.name == "schools" else "school_id"
        if table.name != "schools" and "school_id" not in table.columns:
            continue
        yield from protect(table.name, column)
        if "audience" in table.columns:
            yield from restrict(table.name)
        if readers := table.info.get("readers"):
            yield from read_by(table.name, readers)


def protect(table: str, column: str = "school_id") -> Iterator[str]:
    """The statements for one table: enable, force, policies for the app role and for the owner, grants."""
    rule = f"{column} = {_SCHOOL}"
    if table in ACROSS_SCHOOLS:
        rule = f"({rule} OR {_REACH})"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS school ON {table}"
    yield f"CREATE POLICY school ON {table} TO {APP_ROLE} USING ({rule}) WITH CHECK ({rule})"
    yield f"DROP POLICY IF EXISTS owner ON {table}"
    yield f"CREATE POLICY owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    verbs = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT {verbs} ON {table} TO {APP_ROLE}"


def restrict(table: str) -> Iterator[str]:
    """A second policy, which must hold as well: guardians and students see only what is meant for them."""
    yield f"DROP POLICY IF EXISTS audience ON {table}"
    yield f"CREATE POLICY audience ON {table} AS RESTRICTIVE TO {APP_ROLE} USING ({_AUDIENCE})"


def read_by(table: str, rule: str) -> Iterator[str]:
    """Rows anybody of the school may add and only some may read, change or remove: who, as a table's `info` says."""
    for verb in ("SELECT", "UPDATE", "DELETE"):
        policy = f"readers_{verb.lower()}"
        yield f"DROP POLICY IF EXISTS {policy} ON {table}"
        yield f"CREATE POLICY {policy} ON {table} AS RESTRICTIVE FOR {verb} TO {APP_ROLE} USING ({rule})"
