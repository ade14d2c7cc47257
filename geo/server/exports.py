"""Every export of everything at an address that stays, and the data package that names them."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from geo import live, store
from geo.export import FORMATS, whole
from geo.export.extract import Extract
from geo.maps.safejson import safe_json
from geo.server.current import asked_day, changed, current
from geo.server.static import Bodies, Body

#: Files of text, worth compressing on the way; of the others programs ask for ranges.
_TEXTS: Final = frozenset(
    {"text/csv", *(FORMATS[one].media_type for one in ("geojson", "geojsonseq", "kml"))}
)


def endpoints() -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """Give the endpoints by their paths."""
    return {f"/{whole.FOLDER}/{{file:path}}": _file, "/datapackage.json": _package}


def _file(request: Request, bodies: Bodies) -> Response:
    file = request.path_params["file"]
    if file not in whole.FILES:
        raise HTTPException(404)
    response = _body(bodies, file, asked_day(request)).respond(request)
    name = file.rpartition("/")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _package(request: Request, bodies: Bodies) -> Response:
    def described(file: str) -> tuple[int, str, str]:
        body = _body(bodies, file, None)
        return len(body.content), body.digest, body.media_type

    package = whole.package(_everything(None), described)
    found = store.find()
    modified = changed(found.layers, found.seeds)
    return Body(safe_json(package).encode(), "application/json", modified).respond(request)


def _body(bodies: Bodies, file: str, day: str | None) -> Body:
    """Give a file, made at the first request after the data have changed."""
    return current(bodies.on(day), f"{file}.{day}", lambda found: _made(found, file, day))


def _made(found: store.Store, file: str, day: str | None) -> Body:
    media_type = whole.media_type(file)
    return Body(
        whole.content(file, _everything(day)),
        media_type,
        changed(found.layers, found.seeds),
        as_it_is=media_type not in _TEXTS,
    )


def _everything(day: str | None) -> Extract:
    atlas = live.atlas(day)
    return Extract(atlas, tuple(atlas.features.values()), live.worldviews()[0], day)
