"""The data in use: read once, and again when a file has changed."""

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from geo import store
from geo.errors import GeoError
from geo.model import Atlas
from geo.view import View, read_query
from geo.vocab import Worldview

Signature = tuple[tuple[str, int, int], ...]


def atlas() -> Atlas:
    """Give the atlas of the data in use."""
    found = store.find()
    return _read(found, signature(found))


def signature(found: store.Store) -> Signature:
    """Say which files there are and when they last changed."""
    files = sorted(
        path
        for folder in (found.layers, found.seeds, found.basemap)
        for path in folder.glob("*")
        if path.is_file()
    )
    return tuple(
        (str(p), stat.st_mtime_ns, stat.st_size) for p in files if (stat := Path(p).stat())
    )


@lru_cache(maxsize=2)
def _read(found: store.Store, _signature: Signature) -> Atlas:
    return store.read_atlas(found)


def worldviews() -> tuple[Worldview, ...]:
    """
    Give the boundary views this deployment may show: all, or those `GEO_WORLDVIEWS` names.

    Raises
    ------
    GeoError
        If it names one that is not known: a view must not be shown for a slip of the pen.
    """
    named = os.environ.get("GEO_WORLDVIEWS", "")
    if not named.strip():
        return tuple(Worldview)
    names = [name.strip() for name in named.split(",") if name.strip()]
    for name in names:
        if name not in set(Worldview):
            remedy = f"Name some of {', '.join(Worldview)}, with commas between them"
            raise GeoError("GEO_WORLDVIEWS", f"names no boundary view {name!r}", remedy)
    return tuple(Worldview(name) for name in dict.fromkeys(names))


def view_of(link: str, atlas: Atlas) -> View:
    """
    Read what a link, or the part of it after its question mark, asks to show.

    Raises
    ------
    GeoError
        If any of it is not known here; a command does what it is told or says why not.
    """
    view, notices = read_query(dict(parse_qsl(link.rpartition("?")[2])), atlas)
    allowed = worldviews()
    if view.worldview not in allowed:
        if "worldview" in link:
            notices.append(f"The boundary view {view.worldview.value!r} is not allowed here.")
        view = replace(view, worldview=allowed[0])
    if notices:
        raise GeoError("the view", " ".join(notices).rstrip("."), "Name only what the atlas holds")
    return view
