"""Folding, stems and codes are the same for a document and for a question about it."""

import pytest

from knowledge.words import codes, fold, terms


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ọjọ́ ìbí", "ojo ibi"),
        ("Ṣọlá Ẹ̀kọ́", "sola eko"),
        ("Ɗalibi", "dalibi"),
        ("naïve Straße", "naive strasse"),
        ("ŋdụ", "ndu"),
    ],
)
def test_marks_and_special_letters_do_not_matter(written, typed):
    assert fold(written) == typed
    assert terms(written) == terms(typed) != []


def test_forms_of_a_word_meet_and_stop_words_are_left_out():
    assert terms("What are the quadratic equations?") == terms("quadratic equation")
    assert terms("the of and") == []


@pytest.mark.parametrize("code", ["MTH.JSS2.1.3", "MTH/JSS2/1/3", "mth-jss2-1-3", "MTH_JSS2.1.3"])
def test_a_curriculum_code_is_one_term_however_it_is_joined(code):
    assert codes(f"See {code}, page 4") == ["#mth.jss2.1.3"]
    assert "#mth.jss2.1.3" in terms(code)


def test_numbers_of_sections_are_codes_and_plain_numbers_are_not():
    assert codes("section 4.2.1 of 2026") == ["#4.2.1"]


def test_unbroken_noise_is_not_indexed():
    assert terms("x" * 500) == []
