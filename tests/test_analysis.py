"""Answers of the map, against computation of another kind, sums, and rules that must always hold."""

import csv
import io
import json

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from builders import make_atlas, make_claim, make_feature, make_point
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyproj import Geod
from typer.testing import CliRunner

from geo import analysis, store
from geo.analysis import length, places, reach, territory, ways
from geo.analysis.access import distance
from geo.analysis.figure import Quantity, exactly
from geo.analysis.latency import INDEX, round_trip_ms
from geo.analysis.nearest import distances
from geo.analysis.pieces import pieces
from geo.analysis.places import Places
from geo.analysis.rings import rings
from geo.analysis.search import ERROR_M, search
from geo.analysis.things import routes, sites
from geo.analysis.words import measured
from geo.cli import app
from geo.errors import GeoError
from geo.view import View
from geo.vocab import Kind, LocationMethod, Question, Worldview

GEOD = Geod(ellps="WGS84")
RADII_M = np.array([10e3, 25e3, 50e3, 100e3])


@pytest.fixture(scope="module")
def atlas():
    return store.read_atlas(store.find())


@pytest.fixture(scope="module")
def everything(atlas):
    return View(layers=tuple(layer.id for layer in atlas.layers))


def line(*positions):
    return {"type": "LineString", "coordinates": [list(one) for one in positions]}


def make_route(id_="cable", **members):
    given = {
        "kind": "terrestrial_fiber",
        "status": "operating",
        "geometry": line((73, 33), (73, 34)),
        "location_method": "traced",
        "accuracy_m": 1000,
        "claims": (make_claim(f"{id_}-c01", property="published_length_km", value=200),),
    }
    return make_feature(id_, **{**given, **members})


def make_site(id_="port", lon=73.1, lat=33.5, **members):
    return make_feature(
        id_,
        **{
            "kind": "port",
            "status": "operating",
            "geometry": make_point(lon, lat),
            "accuracy_m": 500,
            "location_method": "gazetteer",
            **members,
        },
    )


def table_of(answer, name):
    return next(one for one in answer.tables if one.name == name)


def central(row, measure):
    return row.quantities[measure].central


# ---- distances -----------------------------------------------------------------------------


def dense(geometry, lon, lat):
    """Distance to the nearest of very many points of a line, each measured for itself."""
    for step in (0.02, 0.00002):
        positions = shapely.get_coordinates(shapely.segmentize(geometry, step))
        n = len(positions)
        _, _, away = GEOD.inv(np.full(n, lon), np.full(n, lat), *positions.T)
        nearest = int(np.argmin(away))
        geometry = shapely.LineString(positions[max(nearest - 2, 0) : nearest + 3])
    return away[nearest]


def test_distances_are_those_to_dense_points(atlas):
    route = next(one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    to = pieces([one.geometry for one in route.places], [one.error_m for one in route.places])
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(68, 80, 40), rng.uniform(28, 41, 40)
    found = distances(lon, lat, to)
    for index in range(len(lon)):
        away = [dense(one.geometry, lon[index], lat[index]) for one in route.places]
        errors = [one.error_m for one in route.places]
        expected = [
            max(min(a + sign * e for a, e in zip(away, errors, strict=True)), 0)
            for sign in (-1, 0, 1)
        ]
        told = [found.low[index], found.central[index], found.high[index]]
        assert told == pytest.approx(expected, abs=ERROR_M)


def test_a_long_line_far_north_and_many_points_far_away_keep_the_error_bound():
    route = shapely.LineString([(-170, 70), (-60, 74), (20, 79), (100, 60)])
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(-180, 180, 5_000), rng.uniform(55, 85, 5_000)
    found = distances(lon, lat, pieces([route], [0])).central
    near = np.flatnonzero(found < 500e3)[:15]
    assert len(near) == 15
    for index in near:
        assert found[index] == pytest.approx(dense(route, lon[index], lat[index]), abs=ERROR_M)


def test_an_area_and_nothing_cannot_be_measured_to():
    with pytest.raises(ValueError, match="Polygon"):
        pieces([shapely.box(0, 0, 1, 1)], [0])
    with pytest.raises(ValueError, match="no geometry"):
        pieces([], [])


coordinates = st.tuples(st.floats(60, 80), st.floats(20, 45))


@hypothesis_settings(max_examples=10, deadline=None)
@given(
    positions=st.lists(coordinates, min_size=2, max_size=5, unique=True),
    error_m=st.floats(1, 30_000),
    seed=st.integers(0, 2**16),
)
def test_cells_say_of_every_point_what_measuring_it_says(positions, error_m, seed):
    to = pieces([shapely.LineString(positions), shapely.Point(70, 30)], [error_m, 500])
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(58, 82, 21_000), rng.uniform(18, 47, 21_000)
    told = rings(lon, lat, to, RADII_M)
    some = rng.choice(len(lon), 400)
    found = distances(lon[some], lat[some], to)
    expected = [np.searchsorted(RADII_M, one) for one in (found.low, found.central, found.high)]
    assert (told[:, some] == expected).all()


def test_cells_hold_their_points_at_the_poles_and_the_date_line():
    route = shapely.LineString([(-179, -60), (-178, 20), (-170, 70), (-60, 89), (100, 60)])
    to = pieces([route, shapely.Point(180, -85)], [1_500, 500])
    rng = np.random.default_rng(11)
    lon, lat = rng.uniform(-180, 180, 60_000), rng.uniform(-90, 90, 60_000)
    radii_m = [1_000_000, 2_000_000, 4_000_000]
    told = rings(lon, lat, to, radii_m)
    some = np.unique(rng.choice(len(lon), 2_000))
    found = distances(lon[some], lat[some], to)
    expected = [np.searchsorted(radii_m, one) for one in (found.low, found.central, found.high)]
    assert (told[:, some] == expected).all()
    assert set(told.flat) == {0, 1, 2, 3}


# ---- reach ---------------------------------------------------------------------------------


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(coordinates, st.integers(0, 10**6)), min_size=1, max_size=30),
    st.lists(coordinates, min_size=2, max_size=4, unique=True),
    st.floats(1, 30_000),
)
def test_a_wider_radius_and_a_nearer_line_never_hold_fewer(people, positions, error_m):
    population = np.array([n or np.nan for _, n in people], dtype=float)
    lon, lat = np.array([at for at, _ in people]).T
    near = pieces([shapely.LineString(positions)], [error_m])
    numbers = reach.count(near, Places(lon, lat, population)).numbers
    assert (np.diff(numbers, axis=1) >= 0).all()  # by radius
    assert (np.diff(numbers, axis=0) <= 0).all()  # as near as may be, as drawn, as far
    assert (numbers[..., 0] <= len(people)).all()
    assert (numbers[..., 2] <= np.isnan(population).sum()).all()


def test_reach_of_the_map_is_that_of_brute_force(atlas):
    read = places.read(store.find())
    route = next(one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    table = reach.reach(atlas, View(), read).tables[0]
    rows = [one for one in table.rows if one.keys["of"].value == "fiber"]
    near = np.flatnonzero((abs(read.lon - 74.15) < 2.55) & (abs(read.lat - 35.2) < 2.7))
    # points 200 m apart at most: half a meter too far at 10 km, less beyond
    lines = [shapely.segmentize(one.geometry, 0.002) for one in route.places]
    lon, lat = shapely.get_coordinates(lines).T
    at = [(np.full_like(lon, read.lon[i]), np.full_like(lat, read.lat[i])) for i in near]
    away = np.array([GEOD.inv(*here, lon, lat)[2].min() for here in at])
    for row, radius_m in zip(rows, RADII_M, strict=False):
        within = near[away <= radius_m]
        people = read.population[within]
        assert central(row, "settlements") == len(within) > 0
        assert central(row, "people") == np.nansum(people)
        assert central(row, "of_unknown_population") == np.isnan(people).sum()


def test_diagrams_claims_and_data_links_are_no_fiber_in_service(atlas, everything):
    table = reach.reach(atlas, everything, places.read(store.find())).tables[0]
    fiber = [one for one in table.rows if one.keys["of"].value == "fiber"]
    assert {one.keys["status"].value for one in fiber} == {"operating", "approved"}
    approved = next(one for one in fiber if one.keys["status"].value == "approved")
    assert approved.quantities["people"].unknown == "no route is published"
    shown = {one.feature.id: one for one in routes(atlas, everything)}
    assert shown["fiber-one"].places == shown["cloud-network"].places == ()


def test_what_the_settlements_do_not_reach_is_not_counted():
    far = make_atlas(make_site(lon=57.9, lat=30))
    answer = reach.reach(far, View(), places.read(store.find()))
    row = answer.tables[0].rows[0]
    assert row.quantities["people"].unknown == "the settlements beside the map do not reach there"
    assert "cannot be said" in answer.sentences[0]


def test_near_is_never_shown_without_its_caveat(atlas, everything):
    for question in ("reach", "access"):
        answer = analysis.answer(Question(question), atlas, everything)
        assert answer.sentences[-1] == reach.NEAR_IS_NOT_ACCESS
        assert all(one.caveat.startswith(reach.NEAR_IS_NOT_ACCESS) for one in answer.tables)


def test_a_population_of_zero_is_unknown():
    frame = gpd.GeoDataFrame(
        {"population": [0, 5, None]}, geometry=gpd.points_from_xy([0, 1, 2], [0, 0, 0]), crs=4326
    )
    assert np.isnan(places.of_frame(frame).population).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"people": [1]}, "has no column 'population'"),
        ({"population": [1]}, "has no CRS"),
    ],
)
def test_places_that_cannot_be_counted_are_refused(members, fault):
    frame = gpd.GeoDataFrame(members, geometry=[shapely.Point(0, 0)])
    with pytest.raises(GeoError, match=fault):
        places.of_frame(frame)


def test_missing_settlements_are_named(tmp_path):
    (tmp_path / "layers").mkdir()
    with pytest.raises(GeoError, match=r"places\.parquet: is missing"):
        places.read(store.Store(tmp_path))


# ---- length --------------------------------------------------------------------------------


def test_every_view_gives_the_same_sums(atlas, everything):
    sums, drawn, shares = set(), set(), set()
    for worldview in Worldview:
        view = View(layers=everything.layers, worldview=worldview)
        answer = length.length(atlas, view, store.find())
        by_route, _, by_area = answer.tables
        rows = [one for one in by_area.rows if not one.is_total]
        for whole in (one for one in by_area.rows if one.is_total):
            status = whole.keys["status"].value
            parts = [one for one in rows if one.keys["status"].value == status]
            for measure in ("published_km", "drawn_km"):
                added = sum(central(one, measure) or 0 for one in parts)
                assert added == pytest.approx(central(whole, measure), abs=1e-6)
            sums.add(round(central(whole, "published_km"), 6))
            drawn.add(round(central(whole, "drawn_km"), 3))
        shares.add(round(sum(central(one, "drawn_km") or 0 for one in by_route.rows), 3))
    assert len(sums) == 1
    assert drawn == shares == {round(sum_of_parts(atlas), 3)}


def sum_of_parts(atlas):
    return sum(
        GEOD.geometry_length(shapely.geometry.shape(one.geometry.model_dump())) / 1000
        for one in atlas.parts["ofc-1"]
    )


def test_a_share_of_a_line_is_that_of_its_dense_pieces(atlas):
    route = next(one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    areas = territory.areas(store.find(), Worldview.DE_FACTO)
    place = next(one for one in route.places if one.error_m == 3000)
    shares = territory.shares(place, areas)
    positions = shapely.get_coordinates(shapely.segmentize(place.geometry, 0.001))
    middles = shapely.points((positions[1:] + positions[:-1]) / 2)
    _, _, lengths = GEOD.inv(*positions[:-1].T, *positions[1:].T)
    for area in areas:
        expected = lengths[shapely.contains(area.outline, middles)].sum() / 1000
        told = shares[area.name].central_km if area.name in shares else 0
        assert told == pytest.approx(expected, abs=0.3)
    assert all(one.low_km <= one.central_km <= one.high_km for one in shares.values())


@pytest.mark.parametrize(
    ("worldview", "name", "side"),
    [
        ("de_facto", "Gilgit-Baltistan", "Pakistan"),
        ("pk", "Gilgit-Baltistan", "Pakistan"),
        ("in", "Gilgit-Baltistan", "India"),
        ("cn", "Gilgit-Baltistan", "Pakistan"),
        ("de_facto", "Jammu and Kashmir / Ladakh", "India"),
        ("pk", "Jammu and Kashmir / Ladakh", "Pakistan"),
        ("in", "Aksai Chin", "India"),
        ("pk", "Aksai Chin", "China"),
        ("cn", "Sindh", "Pakistan"),
        ("in", "Sindh", "Pakistan"),
    ],
)
def test_a_view_says_whose_lines_hold_an_area(worldview, name, side):
    areas = {one.name: one for one in territory.areas(store.find(), Worldview(worldview))}
    assert areas[name].side == side


def test_areas_are_as_large_as_natural_earths():
    areas = {one.name: one for one in territory.areas(store.find(), Worldview.PK)}
    found_km2 = {
        name: abs(GEOD.geometry_area_perimeter(areas[name].outline)[0]) / 1e6
        for name in ("Balochistan", "Sindh", "Gilgit-Baltistan", "Islamabad Capital Territory")
    }
    expected = {
        "Balochistan": 347_998,
        "Sindh": 140_612,
        "Gilgit-Baltistan": 65_243,
        "Islamabad Capital Territory": 867,
    }
    assert found_km2 == pytest.approx(expected, rel=2e-3)


def test_a_view_without_boundaries_divides_nothing():
    assert territory.areas(store.find(), Worldview.NONE) == ()


def test_published_lengths_range_over_what_is_not_set_aside():
    def of(id_, value, rank):
        return make_claim(id_, property="published_length_km", value=value, rank=rank)

    route = make_route(
        claims=(of("a", 820, "preferred"), of("b", 822, "normal"), of("c", 5, "deprecated"))
    )
    assert length.published(route) == Quantity(low=820, central=820, high=822)


def test_a_diagram_has_no_length():
    diagram = make_route(location_method="schematic", accuracy_m=None, status="proposed")
    answer = length.length(make_atlas(diagram), View(), store.find())
    row = answer.tables[0].rows[0]
    assert row.quantities["drawn_km"].unknown == "no route is published"
    assert central(row, "published_km") == 200


# ---- access --------------------------------------------------------------------------------


def test_access_is_the_distance_to_the_nearest_part(atlas, everything):
    route = next(one for one in routes(atlas, everything) if one.feature.id == "ofc-1")
    for site in sites(atlas, everything):
        (place,) = site.places
        away_km = min(
            dense(one.geometry, place.geometry.x, place.geometry.y) / 1000 for one in route.places
        )
        told = distance(site, route)
        assert told.central == pytest.approx(away_km, abs=0.05)
        slack_km = (place.error_m + max(one.error_m for one in route.places)) / 1000
        assert max(told.central - slack_km, 0) <= told.low <= told.central <= told.high
        assert told.high <= told.central + slack_km


# ---- second ways out -----------------------------------------------------------------------


def joined(id_, begin, end, **members):
    return make_route(id_, **{"from": begin, "to": end, "connects": ["PK", "CN"], **members})


def way_count(*features):
    atlas = make_atlas(*features)
    return ways.separate(routes(atlas, View()), ("CN", "PK"))


def test_routes_that_share_a_named_place_are_one():
    assert way_count(joined("one", "a", "b")) == 1
    assert way_count(joined("one", "a", "b"), joined("two", "c", "d")) == 2
    assert way_count(joined("one", "a", "b"), joined("two", "c", "b")) == 1


def test_parts_join_where_their_ends_are_one_place():
    whole = make_route(
        "whole", whole=True, geometry=None, connects=["PK", "CN"], **{"from": "a", "to": "c"}
    )
    parts = [
        make_route(id_, part_of="whole", order=n, claims=(), **{"from": begin, "to": end})
        for n, (id_, begin, end) in enumerate([("p1", "a", "b"), ("p2", "b", "c")])
    ]
    assert way_count(whole, *parts) == 1
    assert way_count(whole, parts[0]) == 0  # nothing leads from b to c


@hypothesis_settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1, max_size=6)
)
def test_separate_routes_are_those_of_menger(ends):
    told = way_count(*(joined(f"r{n}", *pair) for n, pair in enumerate(ends)))
    graph = nx.Graph([(f"from {one}", f"to {other}") for one, other in ends])
    expected = len(nx.bipartite.maximum_matching(graph, {f"from {one}" for one, _ in ends})) // 2
    # with two rows of places only, separate ways are a matching, if no way goes through another row
    assert told == expected


def test_what_is_claimed_or_without_a_route_adds_nothing():
    proposal = make_route(
        "hope", status="proposed", geometry=None, connects=["PK", "CN"], name="Hope"
    )
    atlas = make_atlas(joined("one", "a", "b"), proposal)
    answer = ways.ways(atlas, View())
    assert answer.sentences[0] == (
        "China and Pakistan: one land route in service on this map. "
        "Would Hope add one? Cannot be said: no route is published."
    )
    (row,) = answer.tables[0].rows
    assert row.quantities["in_service"] == exactly(1)
    assert row.quantities["with_proposals"] == Quantity(low=1, high=2)
    claimed = joined("claim", "c", "d", status="claimed", name="Claim")
    answer = ways.ways(make_atlas(joined("one", "a", "b"), claimed), View())
    assert answer.tables[0].rows[0].quantities["in_service"] == exactly(1)
    assert answer.sentences[0].endswith(
        "Would Claim add one? Yes, if built as named: there would be 2."
    )


def test_the_map_knows_one_land_route_to_china_and_says_what_it_cannot(atlas, everything):
    answer = analysis.answer(Question.ROUTES, atlas, everything)
    row = next(one for one in answer.tables[0].rows if one.keys["countries"].value == "CN-PK")
    assert row.quantities["in_service"] == exactly(1)
    would = "Would Fiber One add one? Cannot be said: no route is published."
    assert sum(would in line for line in answer.sentences) == 5


# ---- latency -------------------------------------------------------------------------------


def test_light_takes_twice_the_way_through_glass():
    told = round_trip_ms(Quantity(low=811, central=820, high=822))
    assert told.central == pytest.approx(2 * 820e3 * 1.468 / 299_792_458 * 1000)
    assert told.low == pytest.approx(2 * 811e3 * INDEX.low / 299_792_458 * 1000)
    assert told.high == pytest.approx(2 * 822e3 * INDEX.high / 299_792_458 * 1000)


def test_no_time_is_given_along_a_network(atlas, everything):
    answer = analysis.answer(Question.LATENCY, atlas, everything)
    rows = [one for one in answer.tables[0].rows if one.keys["route"].value == "ofc-phase-2"]
    assert [one.quantities["round_trip_ms"].unknown for one in rows] == ["no ends are published"]


def test_the_great_circle_is_the_least(atlas, everything):
    answer = analysis.answer(Question.LATENCY, atlas, everything)
    times = {
        one.keys["basis"].value: central(one, "round_trip_ms")
        for one in answer.tables[0].rows
        if one.keys["route"].value == "ofc-1"
    }
    assert times["great_circle"] < times["drawn"] < times["published"]


# ---- all of them ---------------------------------------------------------------------------


def test_a_quantity_is_a_range_in_order_or_a_reason():
    for wrong in ({}, {"low": 2, "high": 1}, {"low": 1, "high": 2, "central": 3}, {"low": 1}):
        with pytest.raises(ValueError, match=r"not in order|give low and high"):
            Quantity(**wrong)
    with pytest.raises(ValueError, match="has no number"):
        Quantity(low=1, high=1, unknown="why")


def test_every_figure_says_how_from_what_and_what_it_does_not_mean(atlas, everything):
    for answer in analysis.answers(atlas, everything):
        assert answer.sentences
        for table in answer.tables:
            assert table.rows
            assert all((table.method, table.data, table.caveat))
            for row in table.rows:
                assert set(row.keys) == {one.name for one in table.keys}
                assert set(row.quantities) == {one.name for one in table.measures}


def test_an_empty_view_gives_answers_without_figures():
    empty = make_atlas(make_feature("venue"))
    for answer in analysis.answers(empty, View()):
        assert answer.sentences
        assert not [row for table in answer.tables for row in table.rows]


def run(*arguments):
    return CliRunner().invoke(app, ["analyse", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("question", list(Question))
def test_each_question_is_a_command_in_three_forms(question):
    shown = run(question, "--worldview", "pk")
    assert shown.exit_code == 0
    assert "Pakistan’s position" in shown.output
    told = json.loads(run(question, "--format", "json", "--worldview", "pk").output)
    assert (told["question"], told["view"]) == (question, {"worldview": "pk"})
    lines = list(csv.DictReader(io.StringIO(run(question, "--format", "csv").output)))
    assert lines
    assert all(one["method"] and one["caveat"] and one["boundary_note"] for one in lines)
    assert all(bool(one["low"]) != bool(one["unknown"]) for one in lines)


def test_names_are_no_formulas_in_csv(monkeypatch):
    hostile = make_route(name="=cmd|' /C calc'!A0")
    monkeypatch.setattr(store, "read_atlas", lambda _: make_atlas(hostile))
    lines = list(csv.DictReader(io.StringIO(run("length", "--format", "csv").output)))
    assert lines[0]["route_label"] == "'=cmd|' /C calc'!A0"


def test_a_past_day_answers_with_what_was_known_then():
    then = json.loads(run("reach", "--format", "json", "--as-of", "2016-09-10").output)
    statuses = {
        row["keys"]["status"]["value"]
        for row in then["tables"][0]["rows"]
        if row["keys"]["of"]["value"] == "fiber"
    }
    assert statuses == {"claimed"}


def test_kinds_of_routes_and_methods_of_diagrams_are_what_the_answers_rest_on(atlas):
    links = [one for one in atlas.features.values() if one.properties.kind is Kind.DATA_LINK]
    assert {one.properties.location_method for one in links} <= {None, LocationMethod.SCHEMATIC}


def test_a_table_in_a_file_folds_no_number():
    shown = run("reach").output
    assert "10,400,000 (9,290,000–11,300,000)" in shown


def test_a_range_in_urdu_stands_in_a_word_so_that_no_dash_turns_it_around():
    assert measured(Quantity(low=1, high=4), None, "ur") == "1 تا 4"
    assert measured(Quantity(low=8, central=8.03, high=8.06), "ms", "ur") == (
        "8.03 ملی سیکنڈ (8 تا 8.06)"
    )


def test_a_sentence_on_people_says_how_many_settlements_it_leaves_out(atlas):
    answer = reach.reach(atlas, View(), places.read(store.find()))
    assert answer.sentences[0].endswith("settlements of unknown population, not counted: 3.")


@pytest.mark.parametrize("width_m", [3, 500, 50_000])
def test_a_settled_distance_is_a_bound_of_the_measured_one(width_m):
    rng = np.random.default_rng(5)
    lines = [shapely.LineString(rng.uniform((60, 20), (80, 45), (9, 2))) for _ in range(6)]
    to = pieces(lines, [0, 0, 1_500, 1_500, 20_000, 20_000])
    lon, lat = rng.uniform(55, 85, 4_000), rng.uniform(15, 50, 4_000)
    told = np.full((3, len(lon)), np.nan)
    is_narrow = lambda *ends: np.ptp(ends, axis=0).max(0) < width_m  # noqa: E731
    for points, n_points, away_m in search(lon, lat, to, is_narrow):
        assert np.isnan(told[:, points]).all(), "a point comes once"
        told[:, points] = np.repeat(away_m, n_points, axis=1)
    exact = distances(lon, lat, to)
    away_m = np.maximum(told, 0)
    measured = np.stack([exact.low, exact.central, exact.high])
    assert (away_m <= measured + 1e-6).all()
    assert (measured <= away_m + width_m).all()
    assert (away_m < measured).any()
