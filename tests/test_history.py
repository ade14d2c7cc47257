"""What was known on a day, and what was not."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from builders import make_atlas, make_claim, make_feature, make_source
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import card, history, store
from geo.vocab import Status

DAY = date(2020, 1, 1)


def claim(n, property_, value, **members):
    return make_claim(f"ofc-1-c{n:02d}", property=property_, value=value, **members)


def then(*claims, on=DAY, published=(), **members):
    """Give the feature as of a day; sources are published when `published` says."""
    known = {"paper": "2018"} | dict(published)
    sources = [make_source(id_, published=day, published_note="x") for id_, day in known.items()]
    feature = make_feature(claims=claims, **members)
    past = history.as_of(make_atlas(feature, sources=tuple(sources)), on)
    return past.features.get("ofc-1")


def road(*claims, **members):
    return then(*claims, kind="terrestrial_fiber", **members)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2018-07-13", date(2018, 7, 13)),
        ("2018-07", date(2018, 7, 31)),
        ("2018-05-24/2018-05-28", date(2018, 5, 28)),
        ("2022-11-17/..", date(2026, 1, 31)),
        (None, date(2026, 1, 31)),
    ],
)
def test_a_source_counts_from_the_last_day_it_can_have(published, day):
    source = make_source(published=published, published_note="x")
    assert history.known_from(source, make_atlas()) == day


def test_what_nobody_had_named_is_absent():
    assert then(claim(1, "nodes", 9), on=date(2018, 12, 30)) is None
    assert then(claim(1, "nodes", 9), on=date(2018, 12, 31)).properties.nodes == 9


def test_what_speaks_against_a_thing_is_no_report_of_it():
    assert then(claim(1, "against", "not so")) is None


def test_the_value_is_the_latest_that_was_known():
    grown = (
        claim(1, "nodes", 23, since="2018"),
        claim(2, "nodes", 36, since="2022", source="later"),
    )
    published = {"later": "2022-06"}
    assert then(*grown, published=published).properties.nodes == 23
    assert then(*grown, published=published, on=date(2023, 1, 1)).properties.nodes == 36


def test_another_source_speaks_where_the_used_one_was_not_known():
    claims = (
        claim(1, "nodes", 9, source="later"),
        claim(2, "nodes", 9, rank="normal"),
        claim(3, "nodes", 8, rank="normal", reason="Wrong"),
    )
    assert then(*claims, published={"later": None}).properties.nodes == 9
    assert then(claims[0], claims[2], published={"later": None}).properties.nodes == 8


def test_a_status_that_one_story_tells_was_only_claimed():
    built = (
        claim(1, "status", "operating", since="2018"),
        claim(2, "status", "operating", source="later", rank="normal"),
    )
    past = road(*built, published={"later": "2021"}).properties
    assert (past.status, past.status_claimed) == (Status.CLAIMED, "in service")
    assert past.evidence == "one_article"
    assert road(*built, published={"later": "2019"}).properties.status == "operating"


def test_the_last_status_that_is_borne_stands():
    claims = (
        claim(1, "status", "approved", since="2015"),
        claim(2, "status", "approved", source="b", rank="normal"),
        claim(3, "status", "construction", since="2018"),
        claim(4, "status", "construction", since="2018", source="later", rank="normal"),
    )
    published = {"b": "2016", "later": "2021"}
    assert road(*claims, published=published).properties.status == "approved"


def test_our_summary_of_today_is_left_out_and_the_search_ends_that_day():
    feature = make_feature(claims=(claim(1, "nodes", 9),), summary="In 2025 it …", unknown=("x",))
    atlas = make_atlas(feature, sources=(make_source(published="2018"),))
    past = history.as_of(atlas, DAY)
    assert past.searched_to == "2020-01-01"
    assert past.features["ofc-1"].properties.summary is None
    assert history.as_of(atlas, date(2026, 1, 31)) is atlas


def test_parts_go_with_their_whole_and_ends_that_are_absent_are_open():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    whole = make_feature(
        kind="data_link", whole=True, claims=(claim(1, "status_claimed", "is"),), status="claimed"
    )
    part = make_feature(
        "ofc-1-a",
        kind="data_link",
        part_of="ofc-1",
        order=1,
        claims=(),
        geometry=line,
        location_method="schematic",
        from_="end",
    )
    end = make_feature("end", claims=(make_claim("end-c01", source="later"),))
    sources = (make_source(published="2018"), make_source("later", published="2022"))
    atlas = make_atlas(whole, part, end, sources=sources)
    past = history.as_of(atlas, DAY)
    assert list(past.features) == ["ofc-1", "ofc-1-a"]
    assert past.features["ofc-1-a"].properties.from_ is None
    assert history.as_of(atlas, date(2017, 1, 1)).features == {}


@cache
def real():
    return store.read_atlas(store.Store(Path(__file__).parents[1]))


@pytest.mark.parametrize(
    ("day", "feature", "status"),
    [
        ("2017-06-01", "ofc-1", "construction"),
        ("2018-08-01", "ofc-1", "operating"),
        ("2019-01-01", "ofc-phase-2", "proposed"),
        ("2023-06-01", "ofc-phase-2", "approved"),
        ("2023-06-01", "fiber-one", "proposed"),
        ("2023-06-01", "rashakai-sez", "construction"),
        ("2022-01-01", "dhabeji-sez", None),
        ("2025-06-01", "dhabeji-sez", "construction"),
        ("2023-05-01", "fiber-one", None),
        ("2025-12-31", "cloud-network", None),
    ],
)
def test_the_real_map_moves_through_time(day, feature, status):
    past = history.as_of(real(), date.fromisoformat(day)).features.get(feature)
    assert (past and past.properties.status) == status


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2005, 1, 1), date(2027, 1, 1)), st.integers(0, 2000))
def test_nothing_known_is_forgotten_and_every_card_can_be_written(day, later):
    past = history.as_of(real(), day)
    after = history.as_of(real(), date.fromordinal(day.toordinal() + later))
    assert set(past.features) <= set(after.features)
    for feature in past.features.values():
        assert card.card(feature, past).name
