"""What is sent for as long as the data are as they are."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request

from geo import live, store
from geo.public import public_url
from geo.server.static import Bodies, Body
from geo.view import LANGUAGES


def current(bodies: Bodies, name: str, make: Callable[[store.Store], Body]) -> Body:
    """Give the body of a name, made anew when the data or this deployment's settings change."""
    found = store.find()
    made_from = (found, live.signature(found), public_url(), live.worldviews())
    return bodies.get(name, made_from, lambda: make(found))


def asked_day(request: Request) -> str | None:
    """
    Give the day that a request asks for with `as_of`, YYYY-MM-DD; None where it asks for none.

    Raises
    ------
    HTTPException
        404 where it is no day, or nothing is known of it.
    """
    wanted = request.query_params.get("as_of")
    if wanted is None:
        return None
    try:
        day = date.fromisoformat(wanted).isoformat()
    except ValueError as error:
        raise HTTPException(404, f"as_of={wanted!r} is no day such as 2020-07-13") from error
    if day != wanted:
        raise HTTPException(404, f"as_of={wanted!r} is no day such as 2020-07-13")
    if why := live.beyond(day, live.atlas()):
        raise HTTPException(404, why)
    return day


def asked_language(request: Request) -> str:
    """
    Give the language that a request asks for with `lang`; English where it asks for none.

    Raises
    ------
    HTTPException
        404 where we do not speak it.
    """
    lang = request.query_params.get("lang", "en")
    if lang not in LANGUAGES:
        raise HTTPException(404, f"lang={lang!r} is not one of {', '.join(LANGUAGES)}")
    return lang


def changed(*places: Path) -> float:
    """Say when the newest of files, or of the files in folders, changed: seconds since 1970."""
    files = (one for place in places for one in (place.glob("*") if place.is_dir() else [place]))
    return max((file.stat().st_mtime for file in files if file.is_file()), default=0.0)
