"""Files of a command and of a folder, on the shelf of a server."""

import io
import time

import brought
import pytest
from rich.console import Console

from geo import bringing, extra, server
from geo.errors import GeoError


@pytest.fixture(autouse=True)
def shelves(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))
    extra.shelf.cache_clear()
    yield
    extra.bring([])


def test_a_server_says_what_became_of_each_file(tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    brought.small(folder / "of the folder.geojson")
    (folder / ".hidden").write_text("no layer")
    monkeypatch.setenv("GEO_EXTRA_LAYERS", str(folder))
    bad = tmp_path / "bad.geojson"
    bad.write_text("[]")
    told = io.StringIO()
    bringing.beside(
        [brought.small(tmp_path / "[b].geojson"), bad],
        Console(file=told, markup=False, soft_wrap=True),
    )
    until = time.monotonic() + 60
    while "bad.geojson:" not in told.getvalue() and time.monotonic() < until:
        time.sleep(0.05)
    assert [layer.title for layer in extra.shelf().layers] == ["of the folder", "[b]"]
    lines = told.getvalue().splitlines()
    assert lines[0].startswith("of the folder: 4 features · 1 without a place")
    assert lines[1].startswith("[b]: 4 features")
    assert lines[2].startswith("bad.geojson: is no format that is read here. Bring GeoJSON")


def test_a_folder_that_is_not_there_is_told_as_the_server_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_EXTRA_LAYERS", str(tmp_path / "none"))
    with pytest.raises(GeoError, match=r"GEO_EXTRA_LAYERS: .* is no folder"):
        server.routes()
