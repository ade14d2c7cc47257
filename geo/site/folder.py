"""Writes the folder: whole or not at all, and never over what is not such a folder."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geo import store
from geo.errors import GeoError
from geo.model import Atlas
from geo.site.files import files
from geo.vocab import Worldview

#: Marks a folder as one that was written here and may be written anew.
MARK: Final = ".geo-site"


def write(folder: Path, atlas: Atlas, found: store.Store, worldview: Worldview) -> int:
    """
    Write the map, its pages and every export.

    Parameters
    ----------
    folder
        New, empty, or written by this before; what was in it goes.
    atlas
        As it is known today.
    worldview
        Whose boundaries the pictures show, and the map at first.

    Returns
    -------
    n_files
        How many files there are.

    Raises
    ------
    GeoError
        If the folder holds anything else, or cannot be written; it stays as it was.
    """
    folder = folder.absolute()
    if folder.exists() and not _is_ours(folder):
        remedy = "Name a new folder, an empty one, or one that `geo site` wrote"
        raise GeoError(str(folder), "holds something else", remedy)
    try:
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        remedy = "Choose a place that exists and that you may write to"
        raise GeoError(str(folder), f"cannot be written ({error.strerror})", remedy) from error
    try:
        n = 0
        for name, content in _all(atlas, found, worldview):
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            n += 1
        made.chmod(0o755)
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return n


def _all(atlas: Atlas, found: store.Store, worldview: Worldview) -> Iterator[tuple[str, bytes]]:
    yield from files(atlas, found, worldview)
    yield MARK, b"Written by `geo site`, which may write it anew.\n"
    yield ".nojekyll", b""  # some hosts leave out files otherwise


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))


def _put(made: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, which comes back if that fails."""
    old = made.with_name(f"{made.name}.old")
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
