"""The data in use: read once, and again when a file has changed."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, wraps
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import parse_qsl

from geo import dates, history, store, text
from geo.errors import GeoError
from geo.model import Atlas
from geo.view import View, read_query
from geo.vocab import Worldview

P = ParamSpec("P")
T = TypeVar("T")
Signature = tuple[tuple[str, int, int], ...]


#: A change of a file is seen after so long at the latest, seconds: to look at every file costs more
#: than much of what a page does with them, and a page asks several times.
LOOK_EVERY_S = 1.0


def atlas(as_of: str | None = None) -> Atlas:
    """Give the atlas of the data in use: as it is, or as it was known on a day, YYYY-MM-DD."""
    return _read(*_looked(os.environ.get("GEO_DATA"), int(monotonic() / LOOK_EVERY_S)), as_of)


@lru_cache(maxsize=2)
def _looked(folder: str | None, moment: int) -> tuple[store.Store, Signature]:  # noqa: ARG001
    found = store.find()
    return found, signature(found)


def signature(found: store.Store) -> Signature:
    """Say which files there are and when they last changed; made of few calls."""
    folders = (found.layers, found.seeds, found.basemap, found.reference)
    entries = (entry for folder in folders if folder.is_dir() for entry in os.scandir(folder))
    files = [(e.path, (stat := e.stat()).st_mtime_ns, stat.st_size) for e in entries if e.is_file()]
    if found.links.is_file():
        stat = found.links.stat()
        files.append((str(found.links), stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(files))


@lru_cache(maxsize=24)
def _read(found: store.Store, signature: Signature, as_of: str | None) -> Atlas:
    if as_of is None:
        return store.read_atlas(found)
    return history.as_of(_read(found, signature, None), date.fromisoformat(as_of))


@dataclass(frozen=True, eq=False)
class Same:
    """An atlas that equals itself alone; to compare all that two hold would take longer than it saves."""

    atlas: Atlas

    def __hash__(self) -> int:
        return id(self.atlas)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.atlas is self.atlas


def remembered(
    make: Callable[Concatenate[Atlas, P], T],
) -> Callable[Concatenate[Atlas, P], T]:
    """Remember what a function made of the last few atlases, for what each redraw asks again."""

    @lru_cache(maxsize=24)
    def kept(same: Same, *args: P.args, **kwargs: P.kwargs) -> T:
        return make(same.atlas, *args, **kwargs)

    @wraps(make)
    def given(atlas: Atlas, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return kept(Same(atlas), *args, **kwargs)  # type: ignore[arg-type]  # hashable, as asked

    return given


def days(atlas: Atlas) -> tuple[date, date]:
    """First and last day of which anything can be shown: of the oldest source, and of the search."""
    last = dates.bounds(atlas.searched_to)[1]
    cited = {
        claim.source
        for feature in atlas.features.values()
        for claim in feature.properties.claims
        if claim.source in atlas.sources
    }
    known_from = (history.known_from(atlas.sources[one], atlas) for one in cited)
    return min(known_from, default=last), last


def beyond(day: str, atlas: Atlas) -> str | None:
    """Say why nothing can be shown as it was known on a day, YYYY-MM-DD; None where it can."""
    first, last = days(atlas)
    if date.fromisoformat(day) < first:
        return f"as_of={day!r} is before the oldest of our sources, {text.day(first.isoformat())}"
    if date.fromisoformat(day) > last:
        return f"as_of={day!r} is after the end of our search, {text.day(last.isoformat())}"
    return None


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


def query_of(link: str) -> dict[str, str]:
    """Give the parameters of a link, or of the part of it after its question mark."""
    return dict(parse_qsl(link.rpartition("?")[2]))


def view_of(query: Mapping[str, str], atlas: Atlas) -> View:
    """
    Read what the parameters of a link ask to show.

    Raises
    ------
    GeoError
        If any of it is not known here; a command does what it is told or says why not.
    """
    view, notices = read_query(query, atlas)
    allowed = worldviews()
    if view.worldview not in allowed:
        if "worldview" in query:
            notices.append(f"The boundary view {view.worldview.value!r} is not allowed here.")
        view = replace(view, worldview=allowed[0])
    if view.as_of is not None and (why := beyond(view.as_of, atlas)):
        notices.append(f"The link’s {why}.")
    if notices:
        raise GeoError("the view", " ".join(notices).rstrip("."), "Name only what the atlas holds")
    return view
