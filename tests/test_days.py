"""A day in the data's address, in the map's state and in what is kept."""

import json
from datetime import date

import pytest
from asgi import BASE, get
from builders import make_atlas, make_claim, make_feature, make_source
from starlette.applications import Starlette

from geo import history, live, maps, server, store
from geo.server.static import Bodies, Body
from geo.view import View

ATLAS = store.read_atlas(store.find())
DAY = "2018-07-12"


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=server.routes(BASE))


def test_the_data_of_a_day_are_what_was_known_then(app):
    status, _, body = get(app, f"/atlas/atlas.json?as_of={DAY}")
    then = history.as_of(ATLAS, date.fromisoformat(DAY))
    found = json.loads(body)
    assert status == 200
    assert [one["id"] for one in found["features"]] == list(then.features)
    assert found["cards"]["ofc-1"]["status"]["label"] == "Under construction"


@pytest.mark.parametrize(
    "day", ["2018-7-12", "yesterday", "20180712", "1066-10-14", "2999-01-01", "", "../2018"]
)
def test_a_day_that_is_none_is_not_found(app, day):
    assert get(app, f"/atlas/atlas.json?as_of={day}")[0] == 404


def test_days_reach_from_the_oldest_cited_source_to_the_end_of_the_search():
    old, unused = make_source("old", published="2016-05"), make_source("x", published="1999")
    feature = make_feature(claims=(make_claim(source="old"),))
    atlas = make_atlas(feature, sources=(old, unused))
    assert live.days(atlas) == (date(2016, 5, 31), date(2026, 1, 31))
    assert live.days(make_atlas(make_feature(claims=()))) == (date(2026, 1, 31), date(2026, 1, 31))


def test_the_map_is_told_of_a_day_only_where_there_is_one():
    assert "as_of" not in maps.state(View(), ATLAS)
    assert maps.state(View(as_of=DAY), ATLAS)["as_of"] == DAY


def test_few_bodies_of_days_are_kept():
    kept = Bodies(most=2)
    made = []

    def body(name):
        made.append(name)
        return Body(name.encode(), "text/plain")

    for name in ("a", "b", "c", "c", "a"):
        assert kept.get(name, 1, lambda name=name: body(name)).content == name.encode()
    assert made == ["a", "b", "c", "a"]


def test_a_claim_of_a_day_names_no_source_that_had_not_appeared():
    early = make_claim(
        "ofc-1-c01", property="nodes", value=9, copied_from="late", settled_by="late"
    )
    atlas = make_atlas(
        make_feature(claims=(early,)),
        sources=(make_source(published="2018"), make_source("late", published="2022")),
    )
    then = history.as_of(atlas, date(2020, 1, 1)).features["ofc-1"]
    assert (then.properties.claims[0].copied_from, then.properties.claims[0].settled_by) == (
        None,
        None,
    )
    today = history.as_of(atlas, date(2023, 1, 1)).features["ofc-1"]
    assert today.properties.claims[0].settled_by == "late"


@pytest.mark.parametrize("day", ["2016-05-19", "2018-07-12", "2020-12-31", "2023-06-01"])
def test_every_reference_of_a_day_is_known_then(day):
    then = history.as_of(ATLAS, date.fromisoformat(day))
    named = {
        id_
        for feature in then.features.values()
        for claim in feature.properties.claims
        for id_ in (claim.source, claim.copied_from, claim.settled_by)
        if id_ is not None
    }
    assert named
    assert named <= set(then.sources)
