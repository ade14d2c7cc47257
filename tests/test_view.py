import pytest
from builders import make_atlas, make_claim, make_feature, make_source

from geo.model import Atlas, Layer
from geo.view import View, read_query, write_query
from geo.vocab import Evidence, Status, Worldview


@pytest.fixture
def atlas() -> Atlas:
    def layer(id_: str, order: int, *, visible: bool) -> Layer:
        feature = make_feature(id_, formerly=(f"old-{id_}",))
        return Layer(
            id=id_, title=id_, description=id_, order=order, visible=visible, features=(feature,)
        )

    layers = (
        layer("ports", 1, visible=True),
        layer("zones", 2, visible=True),
        layer("clouds", 3, visible=False),
    )
    return Atlas(layers=layers, sources={"paper": make_source()}, searched_to="2026-01")


def test_the_first_open_needs_no_parameter(atlas):
    assert read_query({}, atlas) == (View(), [])
    assert write_query(View(), atlas) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"layers": "zones"},
        {"layers": ""},
        {"layers": "ports,zones,clouds", "feature": "clouds"},
        {"worldview": "pk"},
        {"feature": "ports", "worldview": "none", "lang": "ur"},
        {"status": "operating,proposed", "evidence": "one_article", "disagree": "1"},
        {"source": "paper", "q": "گوادر"},
    ],
)
def test_a_link_opens_the_view_it_names(atlas, query):
    view, notices = read_query(query, atlas)
    assert notices == []
    assert write_query(view, atlas) == query


def test_a_selected_feature_brings_its_layer(atlas):
    view, _ = read_query({"feature": "clouds"}, atlas)
    assert [feature.id for feature in view.shown(atlas)] == ["ports", "zones", "clouds"]


def test_a_renamed_feature_is_found(atlas):
    assert read_query({"feature": "old-zones"}, atlas)[0].feature == "zones"


def test_every_bad_parameter_is_named_and_ignored(atlas):
    query = {
        "layers": "ports,roads",
        "feature": "x",
        "worldview": "mars",
        "lang": "tlh",
        "status": "rumored",
        "evidence": "hearsay",
        "source": "nobody",
        "disagree": "yes",
    }
    view, notices = read_query(query, atlas)
    assert view == View(layers=("ports",))
    assert len(notices) == len(query)
    for bad in ("roads", "x", "mars", "tlh", "rumored", "hearsay", "nobody", "yes"):
        assert any(repr(bad) in notice for notice in notices)


def test_links_name_layers_in_the_order_of_the_atlas(atlas):
    view, _ = read_query({"layers": "clouds,ports"}, atlas)
    assert write_query(view, atlas)["layers"] == "ports,clouds"
    assert view.worldview is Worldview.DE_FACTO


def test_filters_judge_things_and_parts_follow_their_whole():
    line = {"type": "LineString", "coordinates": [[0, 0], [0, 1]]}
    road = {"kind": "terrestrial_fiber"}
    status = {"property": "status", "value": "operating"}
    built = make_feature("ofc-1", whole=True, claims=(make_claim(**status),), **road)
    part = make_feature("ofc-1-a", part_of="ofc-1", order=1, claims=(), geometry=line, **road)
    town = make_feature("town", kind="waypoint", claims=(make_claim("town-c01"),))
    other = make_feature(
        "plan", claims=(make_claim("plan-c01", **{**status, "value": "proposed"}),), **road
    )
    atlas = make_atlas(built, part, town, other)

    def ids(**filters):
        return [feature.id for feature in View(**filters).shown(atlas)]

    assert ids() == ["ofc-1", "ofc-1-a", "town", "plan"]
    assert ids(status=(Status.OPERATING,)) == ["ofc-1", "ofc-1-a", "town"]
    assert ids(status=(Status.PROPOSED,)) == ["plan"]
    assert ids(source="nobody") == []
    assert ids(evidence=(Evidence.DISAGREE,)) == []


def test_a_filter_finds_what_sources_dispute():
    claims = (
        make_claim(),
        make_claim("ofc-1-c02", value=False, rank="normal", reason="older"),
    )
    atlas = make_atlas(make_feature(claims=claims), make_feature("b"))
    assert [feature.id for feature in View(disagree=True).shown(atlas)] == ["ofc-1"]


def test_a_link_names_the_day_it_shows(atlas):
    view, notices = read_query({"as_of": "2020-07-13"}, atlas)
    assert (view.as_of, notices) == ("2020-07-13", [])
    assert write_query(view, atlas) == {"as_of": "2020-07-13"}


@pytest.mark.parametrize("day", ["yesterday", "2020-02-30", "20200713", "2020-7-13", "2020"])
def test_a_day_that_is_none_is_named_and_ignored(atlas, day):
    view, notices = read_query({"as_of": day}, atlas)
    assert view.as_of is None
    assert notices == [f"The link’s as_of={day!r} is no day such as 2020-07-13 and is ignored."]
