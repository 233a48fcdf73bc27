"""Passages stay under one heading, keep their pages, and fit the model."""

from itertools import pairwise

from knowledge.chunk import TARGET, chunks
from knowledge.elements import Element, Kind
from knowledge.sentences import sentences

LONG = "Learners measure angles with a protractor and write what they find in a table. "


def heading(text: str, depth: int, page: int = 1) -> Element:
    return Element(kind=Kind.TITLE, text=text, depth=depth, page=page)


def prose(text: str, page: int = 1) -> Element:
    return Element(kind=Kind.TEXT, text=text, page=page)


def test_a_passage_carries_its_headings_and_never_crosses_one():
    made = chunks("Handbook", [
        heading("Handbook", 1), heading("Uniform", 2), prose(LONG * 6), heading("Shoes", 3), prose(LONG * 6),
        heading("Lateness", 2), prose(LONG * 6),
    ])  # fmt: skip
    assert [piece.path for piece in made] == [("Uniform",), ("Uniform", "Shoes"), ("Lateness",)]


def test_long_paragraphs_are_cut_at_sentences_and_nothing_is_lost():
    made = chunks("x", [prose(LONG * 40)])
    assert len(made) > 3 and all(len(piece.text) <= TARGET for piece in made)
    assert all(piece.text.endswith(".") for piece in made)
    assert " ".join(piece.text for piece in made) == (LONG * 40).strip()


def test_each_sentence_knows_its_page():
    made = chunks("x", [prose("First page.", 3), prose("Second page.", 4)])
    assert len(made) == 1 and (made[0].page, made[0].last_page) == (3, 4)
    assert made[0].page_of(made[0].text.index("First")) == 3
    assert made[0].page_of(made[0].text.index("Second")) == 4


def test_a_long_table_repeats_its_heading_row():
    rows = "\n".join(["Week | Topic"] + [f"{week} | {LONG}" for week in range(30)])
    made = chunks("x", [Element(kind=Kind.TABLE, text=rows, page=2)])
    assert len(made) > 1 and all(piece.is_table and piece.text.startswith("Week | Topic\n") for piece in made)
    assert [f"{week} |" in "".join(piece.text for piece in made) for week in range(30)] == [True] * 30


def test_sections_of_a_few_words_are_put_together():
    made = chunks(
        "x",
        [heading("Fees", 2), heading("Term 1", 3), prose("Due in May."), heading("Term 2", 3), prose("Due in June.")],
    )
    assert [(piece.path, piece.text) for piece in made] == [(("Fees",), "Term 1: Due in May.\nTerm 2: Due in June.")]


def test_sentences_do_not_end_at_abbreviations_or_decimals():
    text = 'Mr. Obi, e.g. a teacher, paid 3.5 per cent. See Fig. 2 for St. Mary\'s. "Is it so?" Yes!\nNext line'
    found = [text[start:end] for start, end in sentences(text)]
    assert found == [
        "Mr. Obi, e.g. a teacher, paid 3.5 per cent.", "See Fig. 2 for St. Mary's.", '"Is it so?"', "Yes!", "Next line",
    ]  # fmt: skip
    assert all(first[1] <= second[0] for first, second in pairwise(sentences(text)))
