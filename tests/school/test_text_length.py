"""Lengths of text messages, against the worked cases of 3GPP TS 23.038/23.040."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.text_length import GSM_7, GSM_7_EXTENDED, measure, transliterate


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", 164, 2),  # the two septets of € are not cut: 152 + (2 + 10)
        ("ọ" + "a" * 69, "UCS-2", 70, 1),
        ("ọ" + "a" * 70, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("é" * 160, "GSM-7", 160, 1),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    measured = measure(text)
    assert (measured.encoding, measured.units, measured.segments) == (encoding, units, segments)


def test_an_extended_character_is_not_cut_in_two() -> None:
    assert measure("a" * 152 + "€" * 77).segments == 3  # 152 | 76 pairs = 152 | 1 pair
    assert measure("a" * 153 + "€" * 76).segments == 2


def test_one_odd_character_is_named() -> None:
    assert measure("Ọláìtán's result").odd == ("Ọ", "á")  # ì is in the alphabet


def test_transliteration_brings_a_message_back_to_one_segment() -> None:
    text = "Hillcrest: the result of Ọláìtán D’Almeida – “Mathematics” – is out…" + " x" * 40
    assert measure(text).segments > 1
    plain = transliterate(text)
    assert measure(plain).encoding == "GSM-7"
    assert plain.startswith('Hillcrest: the result of Olaìtan D\'Almeida - "Mathematics" - is out...')


@given(st.text())
def test_transliterated_text_is_always_gsm_7(text: str) -> None:
    assert set(transliterate(text)) <= GSM_7 | GSM_7_EXTENDED


@given(st.text(alphabet=sorted(GSM_7 | GSM_7_EXTENDED - {"\f"})))
def test_parts_hold_the_whole_message(text: str) -> None:
    measured = measure(text)
    assert measured.units <= (160 if measured.segments == 1 else 153 * measured.segments)
    assert measured.units > 153 * (measured.segments - 1) - measured.segments
