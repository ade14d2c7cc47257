"""What is sent for as long as the data are as they are."""

from collections.abc import Callable
from pathlib import Path

from geo import live, store
from geo.public import public_url
from geo.server.static import Bodies, Body


def current(bodies: Bodies, name: str, make: Callable[[store.Store], Body]) -> Body:
    """Give the body of a name, made anew when the data or this deployment's settings change."""
    found = store.find()
    made_from = (found, live.signature(found), public_url(), live.worldviews())
    return bodies.get(name, made_from, lambda: make(found))


def changed(*places: Path) -> float:
    """Say when the newest of files, or of the files in folders, changed: seconds since 1970."""
    files = (one for place in places for one in (place.glob("*") if place.is_dir() else [place]))
    return max((file.stat().st_mtime for file in files if file.is_file()), default=0.0)
