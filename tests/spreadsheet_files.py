"""Spreadsheets made in tests, and putting them into the store as an upload."""

import io
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import openpyxl

from runtime.caller import Caller
from runtime.transaction import transaction
from school import files


def xlsx(*rows: Sequence[Any]) -> bytes:
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Sheet")
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


async def upload(caller: Caller, content: bytes, name: str = "list.xlsx") -> UUID:
    async def once() -> AsyncIterator[bytes]:
        yield content

    received = await files.receive(caller.school_id, name, once())
    async with transaction(caller) as tx:
        return (await files.keep(tx, received)).id
