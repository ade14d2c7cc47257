"""The one-file map at an address of its own, to be opened, kept, or put into a page elsewhere."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from geo import live, onefile
from geo.server.current import current
from geo.server.static import Bodies, Body
from geo.view import LANGUAGES, View

#: It runs its own script and loads nothing. Any page may show it in a frame unless `GEO_FRAMES`
#: says otherwise: with `?embed=1` it lies still until it is woken, and it keeps nothing of anybody.
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; script-src-attr 'none'; "
    "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
)
_HTML = "text/html; charset=utf-8"


def endpoints() -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """Give the endpoints by their paths: a file for each language."""
    return {"/map.html": _map, "/map.{lang}.html": _map}


def _map(request: Request, bodies: Bodies) -> Response:
    lang = request.path_params.get("lang", "en")
    name = onefile.file_name(lang)
    if lang not in LANGUAGES or not request.url.path.endswith(f"/{name}"):
        raise HTTPException(404)
    view = View(worldview=live.worldviews()[0], lang=lang)
    elsewhere = onefile.files_but(lang)
    response = current(
        bodies,
        name,
        lambda found: Body(
            onefile.page(live.atlas(), view, found, elsewhere=elsewhere, pages="").encode(), _HTML
        ),
    ).respond(request)
    response.headers["Content-Security-Policy"] = POLICY
    return response
