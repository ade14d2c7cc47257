"""What is made of brought files is kept while somebody uses it, and let go some time after."""

import os
import subprocess
import sys
import time

import brought
import pytest

from geo.extra import cache
from geo.extra.locks import alone
from geo.extra.shelf import Shelf

LONG_AGO = time.time() - (cache.KEPT_DAYS + 1) * 86_400
JUST_NOW = time.time() - (cache.KEPT_DAYS - 1) * 86_400


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def keep(path):
    """Bring a file; gives where it is kept."""
    shelf = Shelf((brought.small(path),))
    shelf.get_ready(tiled=False)
    (layer,) = shelf.layers
    return layer.folder.parent


def entry(folder, digit, when, ending=""):
    """Make what was kept of a file by a process that has ended."""
    found = folder / f"{digit * 32}-1{ending}"
    (found / "0").mkdir(parents=True)
    (found / "0" / "records.sqlite").write_bytes(b"much")
    os.utime(found, (when, when))
    return found


def test_what_was_not_used_for_long_is_let_go_when_another_layer_is_kept(folder, tmp_path):
    old, draft = entry(folder, "a", LONG_AGO), entry(folder, "b", LONG_AGO, ".draft")
    fresh = entry(folder, "c", JUST_NOW)
    others = [entry(folder / "photos", "d", LONG_AGO), folder / "notes.txt"]
    others[1].write_text("mine")
    os.utime(others[0].parent, (LONG_AGO, LONG_AGO))
    new = keep(tmp_path / "new.geojson")
    assert not old.exists()
    assert not draft.exists()
    assert all(one.exists() for one in [fresh, new, *others])


def test_what_is_kept_of_another_version_goes_as_well(folder, tmp_path):
    old = entry(folder, "a", LONG_AGO)
    old = old.rename(folder / f"{'a' * 32}-0")
    keep(tmp_path / "new.geojson")
    assert not old.exists()


def test_using_a_layer_again_keeps_it(tmp_path):
    first = keep(tmp_path / "first.geojson")
    os.utime(first, (LONG_AGO, LONG_AGO))
    keep(tmp_path / "first.geojson")
    assert first.stat().st_mtime > JUST_NOW


def test_what_another_process_uses_or_makes_is_left_alone(folder, tmp_path):
    made = entry(folder, "a", LONG_AGO, ".draft")
    code = (
        "import pathlib, sys; from geo.extra.shelf import Shelf\n"
        "shelf = Shelf((pathlib.Path(sys.argv[1]),)); shelf.get_ready(tiled=False)\n"
        "print(shelf.layers[0].folder.parent, flush=True); input()"
    )
    theirs = brought.small(tmp_path / "theirs.geojson")
    with (
        subprocess.Popen(
            [sys.executable, "-c", code, str(theirs)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process,
        alone(made.with_suffix("")),
    ):  # fmt: skip
        used = folder / process.stdout.readline().strip()
        os.utime(used, (LONG_AGO, LONG_AGO))
        keep(tmp_path / "ours.geojson")
        assert used.is_dir()
        assert made.is_dir()
        process.communicate("\n")
    keep(tmp_path / "another.geojson")
    assert not used.exists()
    assert not made.exists()


def test_an_entry_that_is_let_go_is_made_anew(folder, tmp_path):
    path = tmp_path / "mine.geojson"
    code = (
        "import pathlib, sys; from geo.extra.shelf import Shelf\n"
        "Shelf((pathlib.Path(sys.argv[1]),)).get_ready(tiled=False)"
    )
    brought.small(path)
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    (mine,) = (one for one in folder.iterdir() if one.is_dir())
    os.utime(mine, (LONG_AGO, LONG_AGO))
    keep(tmp_path / "new.geojson")
    assert not mine.exists()
    assert keep(path) == mine
