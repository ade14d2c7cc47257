"""Our own words in other languages: every one has a translation, and none is left over."""

import sys
from pathlib import Path

import pytest

from geo import catalogs, text
from geo.view import LANGUAGES

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import messages

FOUND = messages.collect()
TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_catalog_holds_the_messages_of_today(lang):
    made = messages.updated(lang, FOUND)
    assert catalogs.path_of(lang).read_text("utf-8") == messages.written(lang, made), (
        "run tools/messages.py"
    )


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated_and_fills_in_the_same(lang):
    assert list(messages.faults(messages.updated(lang, FOUND))) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_nobody_has_passed_is_a_draft(lang):
    assert catalogs.is_draft(lang) is (catalogs.reviewer(lang) == "")
    assert not catalogs.is_draft("en")


def test_numbers_take_the_plural_of_the_language():
    one, many = "{n} thing shown", "{n} things shown"
    told = {lang: [text.counted(one, many, n, lang) for n in (1, 2)] for lang in LANGUAGES}
    assert told["en"] == ["1 thing shown", "2 things shown"]
    assert told["zh"][0].replace("1", "2") == told["zh"][1]
    assert all(words[0] != words[1] for words in told.values())


def test_messages_are_found_in_code_templates_vocabulary_and_layers():
    for message, place in {
        "Only claimed": "geo/vocab.py",
        "Click anything to read the sentence it comes from": "geo/maps/payload.py",
        "About the map": "geo/render/templates/about.html.jinja",
        "proposed, no route published": "layers/fiber_one.geojson",
    }.items():
        assert place in FOUND.places[message]
