"""With names hidden, nothing the provider gets over a whole conversation holds a name or phone; the person sees the real ones."""

import json

import pytest

from agent.pseudonyms import Pseudonyms
from runtime.settings import settings
from tests.agent.test_hosted import hosted

__all__ = ["hosted"]


@pytest.fixture
def hidden(hosted, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_HIDE_NAMES", "true")
    settings.cache_clear()
    return hosted


async def test_no_name_leaves_and_real_names_come_back(hidden, talk):
    made, say = hidden
    head = talk("head")
    made.replies = [say(text="Who?")]
    await head("tell me about Ada Okonjo")
    words = json.dumps(made.requests[0])
    assert "Okonjo" not in words
    pseudonyms = [word for word in words.replace('"', " ").split() if word.startswith("X") and len(word) == 8]
    given, family = pseudonyms[-2:]
    made.replies = [
        say(calls=[("show_student", json.dumps({"student": f"{given} {family}"}))]),
        say(text=f"{given} {family} is in JSS 2 Ruby."),
    ]
    answer = await head("and her class?")
    assert answer.text.strip() == "Ada Okonjo is in JSS 2 Ruby."
    everything = json.dumps(made.requests, ensure_ascii=False)
    for secret in ("Okonjo", "Nkechi", "+2348", "Afolayan"):
        assert secret not in everything


def test_a_name_typed_without_its_accents_is_hidden_too():
    names = Pseudonyms(b"key", {"Kújoré", "Ọlátúnbọ̀sún"}, set())
    for said in ("Kujore", "Kújoré", "OLATUNBOSUN", "Ọlátúnbọ̀sún", "Ọlátúnbọ\u0300sún's"):
        hidden = names.hide(f"{said} is absent")
        assert said.split("'")[0] not in hidden
        assert hidden.split()[0].startswith("X")
    assert names.hide("Kujore").split() == names.hide("Kújoré").split()
