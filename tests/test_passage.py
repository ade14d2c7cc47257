"""Sentences and quotes: what the accounts of articles count on."""

import itertools

import pytest
from builders import TEXT
from hypothesis import given
from hypothesis import strategies as st

from geo import passage
from geo.errors import GeoError


def split(text):
    return [one.text for one in passage.sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One came. Two went! Three?", ["One came.", "Two went!", "Three?"]),
        ("It cost US$1.94 billion. 5G too.", ["It cost US$1.94 billion.", "5G too."]),
        ("P.c. China and K. Khan met.", ["P.c. China and K. Khan met."]),
        ("He said “go.” They went.", ["He said “go.”", "They went."]),
        ("broken\n\nline, etc. and so on.", ["broken", "line, etc. and so on."]),
        ("  • a bullet", ["a bullet"]),
        ("grew 5.7% in 2025. Then fell.", ["grew 5.7% in 2025.", "Then fell."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, parts):
    assert split(text) == parts


@given(st.text("ab. \nA5%“”•", max_size=60))
def test_sentences_stand_where_they_say_in_order_and_lose_no_word(text):
    found = list(passage.sentences(text))
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    kept = "".join(one.text for one in found)
    assert [c for c in text if c.isalnum()] == [c for c in kept if c.isalnum()]


def test_a_hash_tells_one_sentence_from_another():
    one, other = passage.sentences("A came. B came.")
    assert one.sha256 != other.sha256
    assert len(one.sha256) == 16


def test_a_quote_gets_the_words_around_it():
    prefix, suffix = passage.selector(TEXT, "have already completed")
    assert (prefix, suffix) == ("Pakistan and China ", " the OFC-1 connectivity")


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12), st.data())
def test_what_is_selected_stands_at_one_place_only(words, data):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    prefix, suffix = passage.selector(text, quote, start)
    assert passage.places(text, prefix + quote + suffix) == (start - len(prefix),)


def test_words_that_differ_are_refused_and_the_true_ones_shown():
    with pytest.raises(GeoError, match="it does hold “have already completed”"):
        passage.selector(TEXT, "have already  Completed")
    with pytest.raises(GeoError, match="the article does not hold these words"):
        passage.selector(TEXT, "have not completed")


def test_words_at_two_places_are_refused_and_both_shown():
    with pytest.raises(GeoError, match=r"at 2 places: 0 .*, 8 .*--at"):
        passage.selector("it came\nit came back", "it came")
    assert passage.selector("it came\nit came back", "it came", 8) == ("", " back")


def test_a_line_that_stands_twice_cannot_be_quoted():
    with pytest.raises(GeoError, match="stands in the article more than once"):
        passage.selector("it came\nit came", "it came", 0)
