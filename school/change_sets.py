"""Many rows of many tables changed at once, and put back exactly: the two halves of a bulk import."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column, MetaData, Table, delete, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PGUUID
from sqlalchemy.exc import IntegrityError

from runtime.bulk import insert_rows
from runtime.errors import Conflict
from runtime.table import Base
from runtime.transaction import Tx

Row = dict[str, Any]


class Collided(Conflict):
    """Somebody recorded one of the same things while the change was being made."""

    code = "collided"


class ChangedSince(Conflict):
    """Rows an undo would touch were changed or used by somebody later."""

    code = "changed_since"


@dataclass(slots=True)
class ChangeSet:
    """Rows to insert, by table in the order of their keys, and rows to update: id, new values, values before."""

    inserts: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    updates: dict[str, dict[UUID, tuple[Row, Row]]] = field(default_factory=dict[str, dict[UUID, tuple[Row, Row]]])

    def insert(self, table: str, **row: Any) -> None:
        self.inserts.setdefault(table, []).append(row)

    def update(self, table: str, row_id: UUID, new: Mapping[str, Any], old: Mapping[str, Any]) -> None:
        planned, before = self.updates.setdefault(table, {}).get(row_id, ({}, {}))
        self.updates[table][row_id] = ({**planned, **new}, {**old, **before})

    @property
    def rows(self) -> int:
        return sum(map(len, self.inserts.values())) + sum(map(len, self.updates.values()))


async def apply(tx: Tx, changes: ChangeSet) -> None:
    """Make the changes. Every column of an inserted row is checked by the table, its keys and row-level security.

    Errors: collided.
    """
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    try:
        for name in sorted(changes.inserts, key=order.__getitem__):
            for group in _alike(changes.inserts[name]):
                await insert_rows(tx.session, _table(name), [{"school_id": tx.school_id, **row} for row in group])
        for name, rows in changes.updates.items():
            await _update(tx, name, [(row_id, new) for row_id, (new, _) in rows.items()])
    except IntegrityError as error:
        raise Collided("Somebody recorded some of the same rows just now. Nothing was saved; try again.") from error


async def revert(tx: Tx, changes: ChangeSet) -> None:
    """Put everything back, or nothing: refused when a row was changed since, or is used by something made since.

    Errors: changed_since.
    """
    for name, rows in changes.updates.items():
        await _check_untouched(tx, name, {row_id: new for row_id, (new, _) in rows.items()})
    ids = {name: [row["id"] for row in rows] for name, rows in changes.inserts.items()}
    for name in ids:
        await _check_unused(tx, name, ids)
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    for name in sorted(ids, key=order.__getitem__, reverse=True):
        table = _table(name)
        await tx.session.execute(delete(table).where(table.c.id == func.any(_uuids(ids[name]))))
    for name, rows in changes.updates.items():
        await _update(tx, name, [(row_id, old) for row_id, (_, old) in rows.items()])


def _alike(rows: list[Row]) -> Iterable[list[Row]]:
    """Rows in groups that have the same columns."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(row))].append(row)
    return groups.values()


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _uuids(ids: list[UUID]) -> Any:
    return literal(ids, ARRAY(PGUUID(as_uuid=True)))


async def _update(tx: Tx, name: str, rows: list[tuple[UUID, Row]]) -> None:
    table, staged = _table(name), f"update_{name}"
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row_id, values in rows:
        groups[tuple(sorted(values))].append({"id": row_id, **values})
    for columns, group in groups.items():
        listed = ["id", *columns]
        definition = ", ".join(f'"{c}" {table.c[c].type.compile(tx.session.get_bind().dialect)}' for c in listed)
        await tx.session.execute(text(f"CREATE TEMP TABLE {staged} ({definition}) ON COMMIT DROP"))
        stage = Table(staged, MetaData(), *(Column(c, table.c[c].type) for c in listed))
        await insert_rows(tx.session, stage, group, direct=True)
        assignments = ", ".join(f'"{c}" = s."{c}"' for c in columns)
        await tx.session.execute(text(f'UPDATE "{name}" t SET {assignments} FROM {staged} s WHERE t.id = s.id'))
        await tx.session.execute(text(f"DROP TABLE {staged}"))


async def _check_untouched(tx: Tx, name: str, expected: dict[UUID, Row]) -> None:
    table = _table(name)
    columns = sorted({key for row in expected.values() for key in row})
    query = select(table.c.id, *(table.c[c] for c in columns)).where(table.c.id == func.any(_uuids(list(expected))))
    found = {row["id"]: row for row in (await tx.session.execute(query)).mappings()}
    changed = sum(
        row_id not in found or any(found[row_id][c] != value for c, value in row.items())
        for row_id, row in expected.items()
    )
    if changed:
        raise ChangedSince(
            f"{changed} of the rows in {name.replace('_', ' ')} were changed after this import, so it cannot be taken back whole. "
            "Change them by hand, or import a corrected file.", table=name, rows=changed,
        )  # fmt: skip


async def _check_unused(tx: Tx, name: str, ids: dict[str, list[UUID]]) -> None:
    """Nothing made later may point at a row that would go: its deletion would take that with it."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table.name != name or key.column.name != "id" or "school_id" not in other.columns:
                continue
            query = select(func.count()).select_from(other).where(key.parent == func.any(_uuids(ids[name])))
            if other.name in ids and "id" in other.columns:
                query = query.where(other.c.id != func.all(_uuids(ids[other.name])))
            used = await tx.session.scalar(query)
            if used:
                raise ChangedSince(
                    f"{used} rows in {other.name.replace('_', ' ')} have come to depend on what this import added, so it "
                    "cannot be taken back. Remove those first.", table=other.name, rows=used,
                )  # fmt: skip


def pack(changes: ChangeSet) -> bytes:
    """What an undo needs, compressed: ids of inserted rows, and updates with both values."""
    kept = {
        "inserts": {name: [str(row["id"]) for row in rows] for name, rows in changes.inserts.items()},
        "updates": {
            name: [(row_id, new, old) for row_id, (new, old) in rows.items()] for name, rows in changes.updates.items()
        },
    }
    return gzip.compress(json.dumps(kept, default=str).encode(), compresslevel=3)


def unpack(packed: bytes) -> ChangeSet:
    kept = json.loads(gzip.decompress(packed))
    changes = ChangeSet()
    for name, ids in kept["inserts"].items():
        changes.inserts[name] = [{"id": UUID(row_id)} for row_id in ids]
    for name, rows in kept["updates"].items():
        types = {c.name: c.type.python_type for c in _table(name).columns}
        changes.updates[name] = {UUID(row_id): (_typed(new, types), _typed(old, types)) for row_id, new, old in rows}
    return changes


def _typed(row: Row, types: Mapping[str, Any]) -> Row:
    return {key: _value(value, types[key]) for key, value in row.items()}


def _value(value: Any, kind: Any) -> Any:
    if not isinstance(value, str):
        return value
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if kind in (UUID, Decimal) else value
