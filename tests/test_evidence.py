from datetime import date
from urllib.parse import unquote

from builders import TEXT, make_atlas, make_claim, make_feature, make_source
from hypothesis import given
from hypothesis import strategies as st

from geo import evidence
from geo.vocab import Evidence


def status(id_: str, value: str, **members):
    return make_claim(id_, property="status", value=value, **members)


def class_of(*claims, sources):
    feature = make_feature(kind="terrestrial_fiber", claims=claims)
    atlas = make_atlas(feature, sources=sources)
    return evidence.evidence_of(feature, evidence.status_claim(feature), atlas.sources)


def test_two_texts_of_one_story_count_once():
    sources = (make_source("a", story="release"), make_source("b", story="release"))
    claims = (
        status("ofc-1-c01", "operating", source="a"),
        status("ofc-1-c02", "operating", source="b", rank="normal"),
    )
    assert class_of(*claims, sources=sources) == (Evidence.ONE_ARTICLE, 1)


def test_two_stories_are_separate_sources():
    sources = (make_source("a"), make_source("b"))
    claims = (
        status("ofc-1-c01", "operating", source="a"),
        status("ofc-1-c02", "operating", source="b", rank="normal"),
    )
    assert class_of(*claims, sources=sources) == (Evidence.SEPARATE_SOURCES, 2)


def test_an_official_document_is_first_hand():
    sources = (make_source("a", kind="official"),)
    assert class_of(status("ofc-1-c01", "approved", source="a"), sources=sources)[0] == (
        Evidence.FIRST_HAND
    )


def test_a_release_is_first_hand_for_its_proposal_only():
    sources = (make_source("a", release_by="The ministry"),)
    proposed = class_of(status("ofc-1-c01", "proposed", source="a"), sources=sources)
    operating = class_of(status("ofc-1-c01", "operating", source="a"), sources=sources)
    assert (proposed[0], operating[0]) == (Evidence.FIRST_HAND, Evidence.ONE_ARTICLE)


def test_different_values_for_the_same_days_disagree():
    sources = (make_source("a"), make_source("b"))
    claims = (
        status("ofc-1-c01", "operating", source="a"),
        status("ofc-1-c02", "construction", source="b", rank="normal"),
    )
    assert class_of(*claims, sources=sources)[0] is Evidence.DISAGREE


def test_values_of_different_days_do_not_disagree():
    claims = (
        make_claim(property="enterprises", value=18, as_of="2022-12-20"),
        make_claim("ofc-1-c02", property="enterprises", value=15, as_of="2022-06", rank="normal"),
    )
    assert evidence.disagreements(make_feature(claims=claims)) == ()


def test_a_value_set_aside_contradicts_nothing():
    claims = (
        make_claim(property="groundbreaking", value="2016-05-19"),
        make_claim("ofc-1-c02", property="groundbreaking", value="2018-05", rank="deprecated"),
    )
    assert evidence.disagreements(make_feature(claims=claims)) == ()


def test_the_stated_value_is_the_latest_of_its_history():
    claims = (
        status("ofc-1-c01", "operating", since="2018-07-13"),
        status("ofc-1-c02", "construction", since="2015-09"),
    )
    feature = make_feature(kind="terrestrial_fiber", claims=claims, status="operating")
    assert [one.value for one in evidence.history(feature, "status")] == [
        "construction",
        "operating",
    ]
    assert evidence.stated_claim(feature, "status").id == "ofc-1-c01"


def test_the_lead_is_the_status_in_words_then_any_words():
    located = {"quote": None, "prefix": None, "suffix": None, "locator": "P1", "says": "so"}
    unquoted = status("ofc-1-c01", "operating", **located)
    quoted = make_claim("ofc-1-c02")
    feature = make_feature(kind="terrestrial_fiber", claims=(unquoted, quoted))
    assert evidence.lead_claim(feature).id == "ofc-1-c02"
    assert evidence.lead_claim(make_feature(claims=(unquoted,))).id == "ofc-1-c01"


def test_a_link_leads_to_the_sentence():
    url = evidence.sentence_url(
        make_source(), make_claim(quote="co-built, at last", suffix=", said -")
    )
    assert url == (
        "https://example.com/paper#:~:text="
        "Pakistan%20and%20China-,co%2Dbuilt%2C%20at%20last,-%2C%20said%20%2D"
    )


def test_a_source_without_address_has_no_link():
    assert evidence.sentence_url(make_source(url=None, url_note="mirror"), make_claim()) is None


@given(st.text(min_size=1).filter(str.strip))
def test_a_fragment_keeps_every_character_and_no_separator(quote):
    claim = make_claim().model_copy(update={"quote": quote, "prefix": "", "suffix": ""})
    fragment = evidence.sentence_url(make_source(), claim).split("#:~:text=")[1]
    assert unquote(fragment) == quote.strip()
    assert not set("-,&# ") & set(fragment)


def test_a_quote_is_found_between_its_prefix_and_suffix():
    assert [TEXT[i:] for i in evidence.positions(TEXT, make_claim())] == [
        TEXT[TEXT.index("have already") :]
    ]


@given(st.text("ab ", max_size=30), st.text("ab ", min_size=1, max_size=3), st.integers(0, 30))
def test_every_place_of_a_quote_is_found_overlaps_included(text, quote, at):
    text = text[:at] + quote + text[at:]
    claim = make_claim().model_copy(update={"quote": quote, "prefix": "", "suffix": ""})
    naive = [i for i in range(len(text)) if text.startswith(quote, i)]
    assert list(evidence.positions(text, claim)) == naive


def test_a_part_speaks_with_the_voice_of_its_whole():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    place = {"location_method": "terrain_trace", "accuracy_m": 900, "accuracy_of": "cable"}
    whole = make_feature(
        kind="terrestrial_fiber", whole=True, claims=(status("ofc-1-c01", "operating"),)
    )
    part = make_feature(
        "ofc-1-a",
        kind="terrestrial_fiber",
        part_of="ofc-1",
        order=1,
        claims=(),
        geometry=line,
        **place,
    )
    atlas = make_atlas(whole, part)
    derived = atlas.features["ofc-1-a"].properties
    assert (derived.status, derived.evidence_scope) == ("operating", "whole route")
    assert derived.quote == "have already completed"
    assert derived.drawn_length_km == 110.6
    assert atlas.features["ofc-1"].properties.drawn_length_km == 110.6


def test_a_diagram_has_no_length():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    atlas = make_atlas(make_feature(geometry=line, location_method="schematic"))
    assert atlas.features["ofc-1"].properties.drawn_length_km is None


def test_the_newest_report_is_one_of_the_thing_itself():
    sources = (
        make_source("a", published="2023"),
        make_source("b", published="2022-11-17/.."),
        make_source("c", published="2025"),
    )
    claims = (
        make_claim(source="a"),
        make_claim("ofc-1-c02", source="b", rank="normal"),
        make_claim("ofc-1-c03", property="against", value="not so", source="c"),
    )
    feature = make_feature(claims=claims)
    assert evidence.newest_date(feature, make_atlas(feature, sources=sources).sources) == "2023"


def test_a_month_agrees_with_a_day_in_it():
    day = make_claim(property="groundbreaking", value="2016-05-19")
    assert evidence.agree(day, make_claim(property="groundbreaking", value="2016-05"))
    assert evidence.agree(make_claim(property="groundbreaking", value="2016"), day)
    assert not evidence.agree(day, make_claim(property="groundbreaking", value="2016-06"))
    assert not evidence.agree(
        make_claim(property="owner", value="a"), make_claim(property="owner", value="b")
    )


def test_a_used_value_reigns_until_the_next_begins():
    claims = (
        make_claim(property="nodes", value=23, since="2023-02"),
        make_claim("ofc-1-c02", property="nodes", value=36, since="2025-09", source="b"),
        make_claim("ofc-1-c03", property="nodes", value=36, as_of="2025-09", rank="normal"),
    )
    feature = make_feature(claims=claims)
    assert evidence.reign(feature, claims[0]) == (date(2023, 2, 1), date(2025, 8, 31))
    assert evidence.rivals(feature, claims[0]) == ()
    assert evidence.lead_claim(feature).id == "ofc-1-c02"
