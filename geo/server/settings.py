"""How a deployment is set: who may ask, who may show its pages in a frame, whether it keeps a log."""

import os
import re
from typing import Final

from geo.errors import GeoError

#: What `frame-ancestors` of a Content-Security-Policy takes for an origin, and a host by its name.
_ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d+)?", re.ASCII | re.IGNORECASE)
_HOST: Final = re.compile(r"(\*\.)?[a-z0-9.-]+|[0-9a-f:]+", re.ASCII | re.IGNORECASE)


def hosts() -> tuple[str, ...]:
    """
    Give the names under which the map may be asked, of `GEO_HOSTS`; none named: any.

    Raises
    ------
    GeoError
        If one is no host: a guard must not fail for a slip of the pen.
    """
    return _listed("GEO_HOSTS", _HOST, "Name hosts without scheme and port: map.example.org")


def frame_rule(*, open_to_all: bool) -> str:
    """
    Say who may show a page in a frame, as `frame-ancestors` says it.

    Parameters
    ----------
    open_to_all
        Whether any page may where `GEO_FRAMES` says nothing; else only those of this host.

    Raises
    ------
    GeoError
        If `GEO_FRAMES` names neither `none`, `any` nor origins.
    """
    named = os.environ.get("GEO_FRAMES", "").strip()
    if named in {"none", "any"}:
        return {"none": "'none'", "any": "*"}[named]
    remedy = "Name `none`, `any`, or origins such as https://news.example.org"
    origins = _listed("GEO_FRAMES", _ORIGIN, remedy)
    if not origins:
        return "*" if open_to_all else "'self'"
    return " ".join(("'self'", *origins))


def logs() -> bool:
    """
    Say whether each answer is noted: `GEO_LOG=json`.

    Raises
    ------
    GeoError
        If it names any other form.
    """
    named = os.environ.get("GEO_LOG", "").strip()
    if named not in {"", "json"}:
        raise GeoError("GEO_LOG", f"names no form of a log: {named!r}", "Name `json`, or unset it")
    return named == "json"


def _listed(name: str, form: re.Pattern[str], remedy: str) -> tuple[str, ...]:
    named = [one for one in re.split(r"[\s,]+", os.environ.get(name, "")) if one]
    for one in named:
        if not form.fullmatch(one):
            raise GeoError(name, f"cannot hold {one!r}", remedy)
    return tuple(dict.fromkeys(named))
