import re

import pytest
from builders import make_claim, make_source

from geo import text
from geo.model import Stated
from geo.vocab import Qualifier, Worldview


@pytest.mark.parametrize(
    ("property_", "value", "qualifier", "words"),
    [
        ("published_length_km", 820, None, "820 km"),
        ("published_length_km", 7990.0, Qualifier.ABOUT, "about 7,990 km"),
        ("area_acres", 1530, Qualifier.OVER, "over 1,530 acres"),
        ("cost_usd", 236_970_000, None, "US$236.97 million"),
        ("cost_pkr", 37_910_000_000, None, "Rs37.91 billion"),
        ("cost_usd", 500, None, "US$500"),
        ("trade_cny", 1.32e12, None, "CN¥1.32 trillion"),
        ("built_pct", 12.0, Qualifier.ABOUT, "about 12%"),
        ("inaugurated", "2018-07-13", None, "July 13, 2018"),
        ("status", "approved", None, "Approved, not confirmed built"),
        ("completed", True, None, "yes"),
        ("countries", ("Tajikistan", "Kazakhstan"), None, "Tajikistan, Kazakhstan"),
        ("owner", "1234-05-06 Ltd", None, "1234-05-06 Ltd"),
        (
            "published_length_km_by_territory",
            {"PK-GB": 467, "PK-PB": 47.5},
            None,
            "Gilgit-Baltistan 467 + Punjab 47.5 km",
        ),
    ],
)
def test_a_value_has_its_unit_and_its_hedge(property_, value, qualifier, words):
    assert text.value(property_, value, qualifier) == words


def test_every_stated_property_has_a_label_for_a_reader():
    for name in Stated.model_fields:
        assert text.label_of(name) != name


def test_a_unit_in_a_name_is_the_unit_of_the_property():
    units = {"km": "km", "m": "m", "m2": "m²", "ha": "ha", "acres": "acres"}
    units |= {"pct": "%", "years": "years"}
    money = {"usd": "USD", "pkr": "PKR", "cny": "CNY"}
    for name in Stated.model_fields:
        ending = re.sub(r"_by_\w+$", "", name).rpartition("_")[-1] if "_" in name else ""
        assert text.unit_of(name) == {**units, **money}.get(ending), name


def test_numbers_follow_the_language():
    assert text.number(1234.5, "en") == "1,234.5"
    assert text.day("2018-07-13", "zh") == "2018年7月13日"


def test_an_undated_source_says_so():
    source = make_source(published=None, published_note="not printed")
    assert text.source_line(source) == "A paper, undated"
    assert text.source_line(make_source()) == "A paper, May 24, 2023"


@pytest.mark.parametrize("worldview", Worldview)
def test_the_standing_note_names_the_boundary_view(worldview):
    note = text.boundary_note(worldview)
    assert "imply no position on any territory" in note
    assert "Line of Control" in note
    assert f"Boundary view: {worldview.label}." in note


def test_a_claim_is_written_with_its_hedge():
    claim = make_claim(property="published_length_km", value=820, unit="km", qualifier="about")
    assert text.claim_value(claim) == "about 820 km"
