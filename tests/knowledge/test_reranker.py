"""The optional reranker: a real cross-encoder with random weights, and every way it may not be there."""

import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from knowledge import reranker
from knowledge.rank import Candidate, Ranked
from knowledge.reranker import reranked
from knowledge.search import search
from runtime.settings import settings
from runtime.transaction import transaction

TEXTS = (
    "Gates close at 07:45.",
    "Phones stay in the office.",
    "The sick bay keeps medicine.",
    "Sports wear on Fridays.",
)


@pytest.fixture(autouse=True)
def fresh():
    reranker.load.cache_clear()
    reranker._failed.clear()
    yield
    reranker.load.cache_clear()
    reranker._failed.clear()
    settings.cache_clear()


@pytest.fixture
def use(monkeypatch):
    """Name a reranker, and maybe what scores its passages instead of a loaded model."""

    def named(name, scores=None):
        monkeypatch.setenv("SCHOOLOS_RERANKER", str(name))
        settings.cache_clear()
        if scores:
            monkeypatch.setattr(reranker, "load", lambda _: scores)

    return named


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A cross-encoder in a folder, one layer with random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    path = tmp_path_factory.mktemp("cross-encoder")
    words = sorted({word.strip(".").lower() for text in TEXTS for word in text.split()} | {"when", "where"})
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    torch.manual_seed(7)
    shape = BertConfig(
        vocab_size=len(known), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=1, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(shape).save_pretrained(path)
    BertTokenizer(vocab={word: at for at, word in enumerate(known)}).save_pretrained(path)
    return path


def fused(texts=TEXTS, in_scope=()):
    now = datetime.now(UTC)
    return [
        Ranked(
            Candidate(id=uuid4(), document_id=uuid4(), version_id=uuid4(), position=at, title="T", kind="policy", updated_at=now,
                      path=(), text=text, marks=((0, 1),), bm25=0, cosine=0.5, in_scope=at in in_scope),
            score=1.0 - at / 100, coverage=0.5,
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip


def texts(ranked):
    return [one.passage.text for one in ranked]


async def test_a_real_cross_encoder_orders_by_its_own_scores(use, folder, monkeypatch):
    use(folder)
    monkeypatch.setattr(reranker, "LONGEST", 60.0)
    given = await reranked("Where do phones stay?", fused())
    scores = dict(zip(TEXTS, reranker.load(str(folder))("Where do phones stay?", TEXTS), strict=True))
    assert len(set(scores.values())) == 4
    assert texts(given) == sorted(TEXTS, key=lambda text: -scores[text])
    assert [one.score for one in given] == [one.score for one in fused()]


async def test_only_the_first_are_read_again_and_the_rest_keep_their_places(use):
    many = fused([f"Passage {at}" for at in range(reranker.READ + 5)])
    use("reversing", lambda question, passages: [float(at) for at in range(len(passages))])
    assert texts(await reranked("q", many)) == [
        *(f"Passage {at}" for at in reversed(range(reranker.READ))), *(f"Passage {at}" for at in range(20, 25)),
    ]  # fmt: skip


async def test_what_lifts_the_callers_own_subject_goes_with_the_passage(use):
    use("reversing", lambda question, passages: [float(at) for at in range(len(passages))])
    given = await reranked("q", fused(TEXTS[:2], in_scope={0}))
    assert [round(one.score, 2) for one in given] == [0.92, 1.07]


async def test_none_is_the_fused_order_and_nothing_is_loaded():
    settings.cache_clear()
    assert texts(await reranked("q", fused())) == list(TEXTS)
    assert reranker.load.cache_info().currsize == 0


async def test_one_that_cannot_be_loaded_leaves_the_fused_order_says_so_once_and_is_left_alone(
    use, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(reranker, "LONGEST", 60.0)
    said = []
    monkeypatch.setattr(reranker._log, "warning", lambda event, **about: said.append((event, about["reranker"])))
    use(tmp_path / "nothing")
    for _ in range(2):
        assert texts(await reranked("q", fused())) == list(TEXTS)
    assert said == [("reranker_failed", str(tmp_path / "nothing"))]


@pytest.mark.parametrize("scores", [[1.0], [float("nan")] * 4])
async def test_scores_that_are_none_leave_the_fused_order(use, scores):
    use("broken", lambda question, passages: scores)
    assert texts(await reranked("q", fused())) == list(TEXTS)


async def test_a_slow_one_is_not_waited_for_and_is_asked_again(use, monkeypatch):
    calls = []

    def slow_at_first(question, passages):
        calls.append(question)
        if len(calls) == 1:
            time.sleep(0.3)
        return [float(at) for at in range(len(passages))]

    use("slow", slow_at_first)
    monkeypatch.setattr(reranker, "LONGEST", 0.1)
    assert texts(await reranked("first", fused())) == list(TEXTS)
    monkeypatch.setattr(reranker, "LONGEST", 5.0)
    assert texts(await reranked("second", fused())) == list(reversed(TEXTS))


async def test_a_search_is_in_its_order(add, callers, use):
    for at, text in enumerate(TEXTS):
        await add(callers["head"], f"rules-{at}.md", f"# Rule {at}\n\n{text} It holds in every class.\n".encode())
    use("wants sports", lambda question, passages: [float("Sports" in passage) for passage in passages])
    async with transaction(callers["head"], read_only=True) as tx:
        found = await search(tx, "When do the gates close?", limit=2)
    assert "Sports wear" in found.passages[0].passage.text and "Gates close" in found.passages[1].passage.text
