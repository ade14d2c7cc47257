"""A reader's own settlements and lines: partition by partition, here and on a cluster of two."""

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from distributed import LocalCluster
from pyproj import Proj
from typer.testing import CliRunner

from geo import store
from geo.analysis import access, nearest, own, places, reach, territory
from geo.analysis.own import access as access_
from geo.analysis.own import cluster, lines
from geo.analysis.split import split
from geo.analysis.things import Located, cut, routes, sites
from geo.cli import app
from geo.errors import GeoError
from geo.measure import WGS84
from geo.view import View
from geo.vocab import Question

ROWS_A_PARTITION = 4_000


@pytest.fixture(scope="module")
def atlas():
    return store.read_atlas(store.find())


@pytest.fixture(scope="module")
def settlements():
    return gpd.read_parquet(store.find().reference / "places.parquet")


@pytest.fixture(scope="module")
def pattern(settlements, tmp_path_factory):
    """The map's own settlements in three files of several partitions, one in another CRS."""
    folder = tmp_path_factory.mktemp("places")
    for nth, rows in enumerate(np.array_split(np.arange(len(settlements)), 3)):
        part = settlements.iloc[rows].to_crs("EPSG:3857" if nth == 1 else "EPSG:4326")
        part.to_parquet(folder / f"{nth}.parquet", row_group_size=ROWS_A_PARTITION)
    return str(folder / "*.parquet")


@pytest.fixture(scope="module")
def two_workers():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as found:
        yield found.scheduler_address


@pytest.fixture(scope="module")
def tracks(settlements):
    """Lines of a few segments from the map's own settlements, single and multiple, two without a place."""
    rng = np.random.default_rng(8)
    starts = shapely.get_coordinates(settlements.geometry.iloc[::20])
    steps = rng.normal(0, 0.1, (len(starts), 5, 2)).cumsum(axis=1) + starts[:, None]
    singles = shapely.linestrings(steps)
    several = shapely.multilinestrings(singles[:20].reshape(10, 2))
    return gpd.GeoDataFrame(
        geometry=[*several, *singles[20:], None, shapely.LineString()], crs="EPSG:4326"
    )


@pytest.fixture(scope="module")
def lines_pattern(tracks, tmp_path_factory):
    """The lines in two files of several partitions, one in another CRS."""
    folder = tmp_path_factory.mktemp("lines")
    for nth, rows in enumerate(np.array_split(np.arange(len(tracks)), 2)):
        part = tracks.iloc[rows].to_crs("EPSG:3857" if nth == 1 else "EPSG:4326")
        part.to_parquet(folder / f"{nth}.parquet", row_group_size=40)
    return str(folder / "*.parquet")


def answered(question, *options):
    found = CliRunner().invoke(
        app, ["analyse", question, "--format", "json", *options], catch_exceptions=False
    )
    assert found.exit_code == 0
    return json.loads(found.output)


def told(*options):
    return answered("reach", *options)["tables"][0]


def test_two_workers_here_and_one_table_in_memory_give_the_same_numbers(pattern, two_workers):
    whole = told()["rows"]
    assert any(row["quantities"]["people"]["central"] for row in whole)
    assert told("--data", pattern)["rows"] == whole
    assert told("--data", pattern, "--scheduler", two_workers)["rows"] == whole


def figures(row):
    return {name: one["central"] for name, one in row["quantities"].items()}


def test_access_is_that_of_all_settlements_at_once(atlas, settlements, pattern, two_workers):
    here = answered("access", "--data", pattern)
    assert answered("access", "--data", pattern, "--scheduler", two_workers) == here
    (ofc1,) = (one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    people = places.of_frame(settlements)
    away_km = nearest.distances(people.lon, people.lat, cut(ofc1.places)).central / 1000
    order = np.argsort(away_km)
    up_to = np.nancumsum(people.population[order])
    half, most = (
        math.ceil(away_km[order][np.searchsorted(up_to, share * up_to[-1])]) for share in (0.5, 0.9)
    )
    row = next(one for one in here["tables"][0]["rows"] if one["keys"]["route"]["value"] == "ofc-1")
    assert figures(row) == {
        "settlements": len(settlements),
        "of_unknown_population": np.isnan(people.population).sum(),
        "nearest_km": pytest.approx(away_km.min(), abs=1e-6),
        "half_of_people_km": half,
        "nine_tenths_of_people_km": most,
        "farthest_km": pytest.approx(away_km.max(), abs=1e-6),
    }
    ends = row["quantities"]["half_of_people_km"]
    assert 0 < ends["low"] < half < ends["high"] < most
    assert f"half of the people within {half} km" in here["sentences"][0]


def test_a_settlement_where_a_site_is_is_as_far_as_the_map_says_of_the_site(atlas, tmp_path):
    site = next(one for one in sites(atlas, View()) if one.places)
    (ofc1,) = (one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    at = shapely.get_coordinates(site.places[0].geometry)[0]
    path = points(tmp_path, {"population": [1]}, tuple(at))
    rows = answered("access", "--data", path)["tables"][0]["rows"]
    found = next(one for one in rows if one["keys"]["route"]["value"] == "ofc-1")
    central_km = access.distance(site, ofc1).central
    assert figures(found)["nearest_km"] == pytest.approx(central_km, abs=1e-6)


def test_the_geometry_may_have_any_name(settlements, tmp_path):
    path = str(tmp_path / "places.parquet")
    settlements.rename_geometry("geom").to_parquet(path)
    assert told("--data", path)["rows"] == told()["rows"]


def test_what_turns_out_broken_in_the_middle_is_named(atlas, settlements, tmp_path):
    path = tmp_path / "places.parquet"
    settlements.to_parquet(path)
    broken = bytearray(path.read_bytes())
    broken[200 : len(broken) // 2] = bytes(len(broken) // 2 - 200)
    path.write_bytes(broken)
    with pytest.raises(GeoError, match="cannot be read") as told_:
        own.answer(Question.ACCESS, atlas, View(), str(path))
    assert told_.value.place == str(path)


@pytest.mark.parametrize(
    ("break_", "fault"),
    [
        (lambda path: path.write_bytes(b"no table"), "cannot be read"),
        (lambda path: rewrite(path, lambda one: one.drop(columns="population")), "cannot be read"),
        (lambda path: rewrite(path, lambda one: one.set_crs(None, allow_override=True)), "no CRS"),
        (
            lambda path: rewrite(path, lambda one: one.set_geometry([shapely.box(0, 0, 1, 1)])),
            "of points",
        ),
    ],
    ids=["broken", "column", "crs", "geometry"],
)
def test_of_several_files_the_one_at_fault_is_named(atlas, tmp_path, break_, fault):
    for name in "abcde":
        (tmp_path / name).mkdir()
        Path(points(tmp_path / name, {"population": [1]})).rename(tmp_path / f"{name}.parquet")
    path = tmp_path / "d.parquet"
    break_(path)
    with pytest.raises(GeoError, match=fault) as told_:
        own.answer(Question.REACH, atlas, View(), str(tmp_path / "*.parquet"))
    assert told_.value.place == str(path)


def rewrite(path, change):
    change(gpd.read_parquet(path)).to_parquet(path)


def test_access_of_nobody_says_why(tmp_path):
    path = points(tmp_path, {"population": [0]})
    found = answered("access", "--data", path)
    why = "your data hold no settlement of known population"
    assert found["sentences"][0] == f"Half of the people within: cannot be said: {why}."


def test_of_several_routes_in_service_the_nearest_counts(atlas, pattern, monkeypatch):
    (ofc1,) = (one for one in routes(atlas, View()) if one.feature.id == "ofc-1")
    whole = own.answer(Question.ACCESS, atlas, View(), pattern)
    halves = (replace(ofc1, places=ofc1.places[:2]), replace(ofc1, places=ofc1.places[2:]))
    monkeypatch.setattr(access_, "routes", lambda *_: halves)
    found = own.answer(Question.ACCESS, atlas, View(), pattern)
    *others, nearest_ = found.tables[0].rows
    assert nearest_.keys["route"].value == "in_service"
    assert nearest_.quantities == whole.tables[0].rows[0].quantities
    assert nearest_.quantities not in [one.quantities for one in others]
    assert found.sentences[0] == whole.sentences[0]


def test_length_is_that_of_all_lines_at_once(tracks, lines_pattern, two_workers):
    here = answered("length", "--data", lines_pattern)
    assert answered("length", "--data", lines_pattern, "--scheduler", two_workers) == here
    whole, by_area = here["tables"]
    length_km = sum(WGS84.geometry_length(one) for one in tracks.geometry.dropna()) / 1000
    assert figures(whole["rows"][0]) == {
        "lines": len(tracks) - 2,
        "without_geometry": 2,
        "drawn_km": pytest.approx(length_km),
    }
    *areas, total = (figures(one)["drawn_km"] for one in by_area["rows"])
    assert total == figures(whole["rows"][0])["drawn_km"] == pytest.approx(sum(areas), rel=1e-5)


def test_lines_are_split_as_the_map_s_own_are(tracks):
    known = territory.areas(store.find(), View().worldview)
    expected = Counter()
    for one in tracks.geometry.dropna()[lambda of: ~of.is_empty]:
        for name, share in territory.divided(Located(one, 0.0), known).items():
            expected[name] += np.array([share.low_km, share.central_km, share.high_km])
    found = lines.measure(tracks, known).by_area
    areas = found.keys() - {territory.NOWHERE, lines.BEYOND}
    assert len(areas) > 15
    for name in areas:
        share = found[name]
        ends = [share.low_km, share.central_km, share.high_km]
        assert ends == pytest.approx(expected[name], rel=2e-3, abs=0.1), name


def test_many_lines_near_borders_are_split_as_one_is_by_plain_steps():
    known = territory.areas(store.find(), View().worldview)
    outlines = territory.outlines(known)
    rng = np.random.default_rng(9)
    (edges,) = (shapely.boundary(one.outline) for one in known if one.name == "Gilgit-Baltistan")
    at = shapely.get_coordinates(edges.interpolate(rng.random(25), normalized=True))
    drawn = shapely.linestrings(rng.normal(0, 0.03, (25, 6, 2)).cumsum(axis=1) + at[:, None])
    found = split(drawn, 3000.0, outlines)
    told_ = {(x, y): ends for x, y, ends in zip(found.line, found.area, found.ends_km, strict=True)}
    expected = {
        (x, y): ends
        for x, one in enumerate(drawn)
        for y, ends in enumerate(plainly_split(one, 3.0, outlines))
        if max(ends) > 0
    }
    assert told_.keys() == expected.keys()
    for pair, ends in expected.items():
        assert told_[pair] == pytest.approx(ends, abs=1e-5), pair
    assert len(expected) > len(drawn)


def plainly_split(drawn, error_km, outlines):
    """Give the least, the central and the greatest length of a line in each area."""
    center = shapely.box(*drawn.bounds).centroid
    plane = Proj(proj="aeqd", lon_0=center.x, lat_0=center.y, ellps="WGS84", units="km")

    def flat(one):
        return shapely.transform(one, plane, interleaved=False)

    km = WGS84.geometry_length(drawn) / 1000
    for outline in shapely.intersection(outlines, shapely.buffer(drawn, 2)):
        central = WGS84.geometry_length(outline.intersection(drawn)) / 1000
        near = flat(outline)
        low, high = (
            km * flat(drawn).intersection(near.buffer(by)).length / flat(drawn).length
            for by in (-error_km, error_km)
        )
        yield min(low, central), central, max(high, central)


def line(*positions):
    return gpd.GeoDataFrame(geometry=[shapely.LineString(positions)], crs="EPSG:4326")


@pytest.mark.parametrize(
    ("positions", "names", "about_km"),
    [
        (((73.0, 31.0), (73.0, 31.1)), {"Punjab"}, 11.1),
        (((10.0, 50.0), (10.0, 50.1)), {lines.BEYOND}, 11.1),
        (((179.9, 35.0), (-179.9, 35.0)), {lines.BEYOND}, 18.3),
        (((97.9, 40.0), (98.1, 40.0)), {"China", lines.BEYOND}, 17.1),
        (((73.0, 31.0), (73.0, 31.0)), set(), 0.0),
    ],
)
def test_a_line_lies_where_the_base_map_says_and_beyond_where_it_ends(positions, names, about_km):
    known = territory.areas(store.find(), View().worldview)
    found = lines.measure(line(*positions), known)
    assert found.by_area.keys() == names
    assert found.length_km == pytest.approx(about_km, abs=0.1)
    in_all_km = sum(one.central_km for one in found.by_area.values())
    assert in_all_km == pytest.approx(found.length_km, rel=1e-3)


def test_a_long_line_without_vertices_is_divided_as_one_with_many():
    known = territory.areas(store.find(), View().worldview)
    ends = (56.0, 44.0), (78.0, 44.0)
    between_ends = WGS84.npts(*ends[0], *ends[1], 1_000)
    found = lines.measure(line(*ends), known)
    assert len(found.by_area) == 2
    in_all_km = sum(one.central_km for one in found.by_area.values())
    assert in_all_km == pytest.approx(found.length_km, abs=1e-3)
    expected = lines.measure(line(ends[0], *between_ends, ends[1]), known)
    assert found.length_km == pytest.approx(expected.length_km)
    assert found.by_area.keys() == expected.by_area.keys()
    for name, share in expected.by_area.items():
        told_km = found.by_area[name]
        assert told_km.low_km == pytest.approx(share.low_km, abs=0.02), name
        assert told_km.central_km == pytest.approx(share.central_km, abs=0.02), name
        assert told_km.high_km == pytest.approx(share.high_km, abs=0.02), name


def test_where_no_boundaries_are_shown_no_line_is_divided(lines_pattern):
    found = answered("length", "--data", lines_pattern, "--worldview", "none")
    rows = found["tables"][1]["rows"]
    assert [one["keys"]["territory"]["label"] for one in rows] == ["All territories", "All"]
    assert rows[0]["quantities"] == rows[1]["quantities"]


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        (line((0, 0), (1, 1)).set_crs(None, allow_override=True), "has no CRS"),
        (line((0, 0), (1, 1)).set_geometry([shapely.box(0, 0, 1, 1)]), "is not of lines alone"),
        (line((0, 0), (1, 1)).set_geometry([shapely.Point(0, 0)]), "is not of lines alone"),
        (line((730_000, 0), (1, 1)), "nowhere on Earth"),
    ],
)
def test_what_is_no_line_is_refused_by_its_name(atlas, tmp_path, frame, fault):
    path = str(tmp_path / "lines.parquet")
    frame.to_parquet(path)
    with pytest.raises(GeoError, match=fault) as told_:
        own.answer(Question.LENGTH, atlas, View(), path)
    assert told_.value.place == path


def test_no_more_than_a_partition_is_read_at_a_time(settlements, pattern):
    sizes = []

    def size(part, *_):
        sizes.append(len(part))
        return [len(part)]

    assert cluster.added(pattern, (), size, None, remedy="") == [len(settlements)]
    assert max(sizes) <= ROWS_A_PARTITION
    assert sum(sizes) == len(settlements)


def test_a_table_of_ones_own_names_itself_and_not_geonames(pattern):
    table = told("--data", pattern)
    assert table["data"] == f"Settlements of your own: {pattern}; geometries of this map."
    assert table["caveat"].startswith(reach.NEAR_IS_NOT_ACCESS)
    assert "what your data do not hold is not counted" in table["caveat"]


def points(folder, members, at=(73.0, 35.0), crs="EPSG:4326"):
    path = folder / "places.parquet"
    gpd.GeoDataFrame(
        members, geometry=gpd.points_from_xy(*zip(at, strict=True)), crs=crs
    ).to_parquet(path)
    return str(path)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (({"people": [1]}, (73.0, 35.0), "EPSG:4326"), "cannot be read"),
        (({"population": [1]}, (73.0, 35.0), None), "has no CRS"),
        (({"population": [1]}, (730_000.0, 35.0), "EPSG:4326"), "nowhere on Earth"),
        (({"population": [1]}, (np.nan, np.nan), "EPSG:4326"), "is not of points alone"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_its_name(atlas, tmp_path, given, fault):
    path = points(tmp_path, *given)
    with pytest.raises(GeoError, match=fault) as told_:
        own.answer(Question.REACH, atlas, View(), path)
    assert told_.value.place == path


def test_a_worker_tells_its_fault_in_our_words(atlas, tmp_path, two_workers):
    path = points(tmp_path, {"population": [1]}, crs=None)
    with pytest.raises(GeoError, match="has no CRS"):
        own.answer(Question.REACH, atlas, View(), path, two_workers)


@pytest.mark.parametrize("question", list(own.ANSWERS))
def test_no_file_no_table_and_no_scheduler_are_named(atlas, tmp_path, pattern, question):
    path = tmp_path / "mine.parquet"
    path.write_bytes(b"no table")
    with pytest.raises(GeoError, match="cannot be read") as told_:
        own.answer(question, atlas, View(), str(path))
    assert told_.value.place == str(path)
    with pytest.raises(GeoError, match="no such file"):
        own.answer(question, atlas, View(), str(tmp_path / "*.geojson"))
    with pytest.raises(GeoError, match=r"--scheduler nowhere: does not answer"):
        own.answer(question, atlas, View(), pattern, "nowhere")


@pytest.mark.parametrize("question", list(own.ANSWERS))
def test_a_scheduler_without_data_has_nothing_to_read(question):
    alone = CliRunner().invoke(app, ["analyse", question, "--scheduler", "tcp://127.0.0.1:1"])
    assert isinstance(alone.exception, GeoError)
    assert "has nothing to read" in str(alone.exception)


def test_counts_of_parts_add_up_to_those_of_the_whole(atlas, settlements):
    (near,) = (
        one.places for one in reach.targets(atlas, View()) if one.of.value == "fiber" and one.places
    )
    whole = reach.count(near, places.of_frame(settlements)).numbers
    halves = (settlements.iloc[:900], settlements.iloc[900:])
    added = [reach.count(near, places.of_frame(one)) for one in halves]
    assert ((added[0] + added[1]).numbers == whole).all()
