"""The search is machine code that is compiled once: before the first test, not inside one."""

import pytest

from school.timetabling.warm import warm


@pytest.fixture(scope="session", autouse=True)
def compiled_search():
    warm()
