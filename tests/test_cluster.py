"""Reach among a reader's own settlements: partition by partition, here and on a cluster of two."""

import json

import geopandas as gpd
import numpy as np
import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

from geo import store
from geo.analysis import cluster, places, reach
from geo.cli import app
from geo.errors import GeoError
from geo.view import View

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
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found.scheduler_address


def told(*options):
    found = CliRunner().invoke(
        app, ["analyse", "reach", "--format", "json", *options], catch_exceptions=False
    )
    assert found.exit_code == 0
    return json.loads(found.output)["tables"][0]


def test_two_workers_here_and_one_table_in_memory_give_the_same_numbers(pattern, two_workers):
    whole = told()["rows"]
    assert any(row["quantities"]["people"]["central"] for row in whole)
    assert told("--data", pattern)["rows"] == whole
    assert told("--data", pattern, "--scheduler", two_workers)["rows"] == whole


def test_no_more_than_a_partition_is_read_at_a_time(atlas, settlements, pattern, monkeypatch):
    sizes = []

    def noted(part, *others):
        sizes.append(len(part))
        return counted(part, *others)

    counted = cluster._of_partition  # noqa: SLF001 - what a worker is given
    monkeypatch.setattr(cluster, "_of_partition", noted)
    cluster.reach(atlas, View(), pattern)
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
        cluster.reach(atlas, View(), path)
    assert told_.value.place == path


def test_a_worker_tells_its_fault_in_our_words(atlas, tmp_path, two_workers):
    path = points(tmp_path, {"population": [1]}, crs=None)
    with pytest.raises(GeoError, match="has no CRS"):
        cluster.reach(atlas, View(), path, two_workers)


def test_no_file_no_scheduler_and_nothing_to_count_are_named(atlas, pattern, tmp_path):
    with pytest.raises(GeoError, match="no such file"):
        cluster.reach(atlas, View(), str(tmp_path / "*.parquet"))
    with pytest.raises(GeoError, match=r"--scheduler nowhere: does not answer"):
        cluster.reach(atlas, View(), pattern, "nowhere")
    alone = CliRunner().invoke(app, ["analyse", "reach", "--scheduler", "tcp://127.0.0.1:1"])
    assert isinstance(alone.exception, GeoError)


def test_counts_of_parts_add_up_to_those_of_the_whole(atlas, settlements):
    (near,) = (
        one.places for one in reach.targets(atlas, View()) if one.of.value == "fiber" and one.places
    )
    whole = reach.count(near, places.of_frame(settlements)).numbers
    halves = (settlements.iloc[:900], settlements.iloc[900:])
    added = [reach.count(near, places.of_frame(one)) for one in halves]
    assert ((added[0] + added[1]).numbers == whole).all()
