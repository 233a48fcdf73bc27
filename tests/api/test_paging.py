"""Lists over REST are paged, sorted and filtered alike, and a misspelt parameter is told."""

import re

import pytest

from api import paging
from tools import load_all

CLASSES = "/api/v1/classes"


async def walked(client, address: str) -> list[list[str]]:
    """The names of a list, page after page."""
    names: list[list[str]] = []
    while address:
        answer = await client.get(address)
        assert answer.status_code == 200, answer.text
        names.append([row["name"] for row in answer.json()[address.split("?")[0].rsplit("/", 1)[1]]])
        found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        address = found[1] if found else ""
    return names


async def test_every_row_comes_once_over_the_pages(client, sign_in):
    await sign_in("head")
    (whole,) = await walked(client, CLASSES)
    pages = await walked(client, f"{CLASSES}?limit=1")
    assert len(whole) > 1 and [page for page in pages if len(page) != 1] == []
    assert [name for page in pages for name in page] == whole


async def test_a_list_with_a_limit_of_its_own_goes_on_past_it(client, sign_in):
    await sign_in("head")
    (whole,) = await walked(client, "/api/v1/students?limit=200")
    pages = await walked(client, "/api/v1/students?limit=2")
    assert len(whole) > 4 and [name for page in pages for name in page] == whole


async def test_sorting_holds_over_the_pages_and_empty_values_come_last(client, sign_in):
    await sign_in("head")
    (whole,) = await walked(client, "/api/v1/students?limit=200")
    down = await walked(client, "/api/v1/students?limit=2&sort=-name")
    assert [name for page in down for name in page] == sorted(whole, key=str.casefold, reverse=True)
    for order in ("classTeacher,name", "-classTeacher,name"):
        rows = (await client.get(CLASSES, params={"sort": order})).json()["classes"]
        absent = [row["classTeacher"] is None for row in rows]
        assert absent == sorted(absent)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"class_arm": "JSS 2 Ruby"}, "There is no parameter class_arm. There are classArm, cursor, level, limit, name, sort."),
        ({"sort": "height"}, "nothing to sort by called height"),
        ({"cursor": "elsewhere"}, "not one of ours"),
        ({"limit": "0"}, "has to be at least 1"),
    ],
)  # fmt: skip
async def test_what_a_list_does_not_have_is_told(client, sign_in, asked, said):
    await sign_in("head")
    refused = await client.get("/api/v1/students", params=asked)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    assert said in refused.json()["detail"]
    assert (await client.get("/api/v1/students")).status_code == 200


def test_every_find_with_one_list_is_paged():
    lists = {name: paging.listing(tool) for name, tool in load_all().items()}
    assert {"find_classes", "find_students", "find_staff", "find_owing", "show_webhooks"} <= {
        n for n in lists if lists[n]
    }
    assert lists["show_student"] is None and lists["show_dashboard"] is None
