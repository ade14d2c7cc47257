"""Every export of everything at an address that stays, and the data package that names them."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from geo import live, store
from geo.export import FORMATS, export_bytes
from geo.export.catalog import data_package
from geo.export.extract import Extract
from geo.export.fields import TABLES
from geo.export.tables import write_csv
from geo.maps.safejson import safe_json
from geo.server.current import asked_day, changed, current
from geo.server.static import Bodies, Body

_FOLDER = "exports"
_CSV = "text/csv"
_FORMATS: Final = {one.file_name: name for name, one in FORMATS.items()}
_TABLES: Final = {f"tables/{table.name}.csv": table for table in TABLES}
#: Files of text, worth compressing on the way; of the others programs ask for ranges.
_TEXTS: Final = frozenset(
    {_CSV, *(FORMATS[one].media_type for one in ("geojson", "geojsonseq", "kml"))}
)
#: Archives of what the data package already lists file by file.
_ARCHIVES: Final = frozenset({FORMATS["bundle"].file_name, FORMATS["csv"].file_name})


def endpoints() -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """Give the endpoints by their paths."""
    return {f"/{_FOLDER}/{{file:path}}": _file, "/datapackage.json": _package}


def _file(request: Request, bodies: Bodies) -> Response:
    file = request.path_params["file"]
    if file not in _FORMATS and file not in _TABLES:
        raise HTTPException(404)
    response = _body(bodies, file, asked_day(request)).respond(request)
    name = file.rpartition("/")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _package(request: Request, bodies: Bodies) -> Response:
    files = {
        file: (len(body.content), body.digest, body.media_type)
        for file in (*_FORMATS, *_TABLES)
        if file not in _ARCHIVES
        for body in [_body(bodies, file, None)]
    }
    package = data_package(_everything(None), files)
    for resource in package["resources"]:
        resource["path"] = f"{_FOLDER}/{resource['path']}"
    found = store.find()
    modified = changed(found.layers, found.seeds)
    return Body(safe_json(package).encode(), "application/json", modified).respond(request)


def _body(bodies: Bodies, file: str, day: str | None) -> Body:
    """Give a file, made at the first request after the data have changed."""
    return current(bodies.on(day), f"{file}.{day}", lambda found: _made(found, file, day))


def _made(found: store.Store, file: str, day: str | None) -> Body:
    everything = _everything(day)
    modified = changed(found.layers, found.seeds)
    if file in _TABLES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "table.csv")
            write_csv(everything, _TABLES[file], path)
            return Body(path.read_bytes(), _CSV, modified)
    name = _FORMATS[file]
    content = export_bytes(
        everything.atlas,
        everything.features,
        name,
        worldview=everything.worldview,
        as_of=everything.as_of,
    )
    media_type = FORMATS[name].media_type
    return Body(content, media_type, modified, as_it_is=media_type not in _TEXTS)


def _everything(day: str | None) -> Extract:
    atlas = live.atlas(day)
    return Extract(atlas, tuple(atlas.features.values()), live.worldviews()[0], day)
