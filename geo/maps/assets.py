"""Scripts and styles of the map, all from this machine: Leaflet from its wheel, the rest ours."""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from geo.errors import GeoError
from geo.maps.safejson import safe_json

_HERE = Path(__file__).parent
#: In the order in which they build on each other.
_SCRIPTS = (
    "dom",
    "courses",
    "symbols",
    "basemap",
    "captions",
    "labels",
    "names",
    "card",
    "drawings",
    "opening",
    "reach",
    "margins",
    "frame",
    "atlas",
)
#: Those of the one-file map alone, which come after the others.
_FILE_SCRIPTS = (
    "packed",
    "days",
    "choice",
    "find",
    "list",
    "day",
    "evidence",
    "table",
    "place",
    "page",
)

#: Those of layers that a reader brought: of the page, and of the worker that draws.
_OWN_SCRIPTS = ("own/layer", "own/record", "own/own")
_WORKER_SCRIPTS = ("own/shapes", "own/mvt", "own/geojson", "own/paint", "own/hit", "own/desk")

MEDIA_TYPE = "text/javascript; charset=utf-8"
NAMES = ("leaflet.js", "atlas.js")
#: Beside `NAMES`, for the one-file map alone; and its first scripts, which run before all others.
FILE, STILL, BEGIN = "file.js", "still.js", "begin.js"
#: Beside `NAMES`, asked for only where a reader brought layers.
OWN, OWN_WORKER = "own.js", "own-worker.js"
SERVED = (*NAMES, OWN, OWN_WORKER)
#: The same for the one-file map, which draws without a worker; `FILE` comes after them.
OWN_IN_FILE = (OWN_WORKER, OWN, "own-file.js")

_PARTS = {
    "atlas.js": _SCRIPTS,
    FILE: tuple(f"file/{part}" for part in _FILE_SCRIPTS),
    STILL: ("file/still",),
    BEGIN: ("file/begin",),
    OWN: _OWN_SCRIPTS,
    OWN_WORKER: _WORKER_SCRIPTS,
    "own-file.js": ("file/own",),
}


@cache
def asset(name: str) -> str:
    """
    Give the text of one of `SERVED`, or of one for the one-file map alone.

    Raises
    ------
    GeoError
        If the wheel that ships Leaflet is missing.
    """
    if name == "leaflet.js":
        return _leaflet("leaflet.js").split("\n//# sourceMappingURL")[0]
    parts = [_script(part) for part in _PARTS[name]]
    styles = _styles(name)
    return "\n".join([*parts, f"geoAtlas.wear({safe_json(styles)});\n"] if styles else parts)


@cache
def file_styles() -> str:
    """Give the style sheet of the one-file map, beyond what its script brings."""
    return (_HERE / "file.css").read_text("utf-8")


def version(name: str) -> str:
    """Give a short name of an asset's content, so that a browser may keep it for good."""
    return hashlib.sha256(asset(name).encode()).hexdigest()[:12]


def _styles(name: str) -> str:
    """Give what a script brings itself: a sheet of its own would come after the first drawing."""
    if name == "atlas.js":
        # The pictures Leaflet's names are those of controls and markers this map does not use.
        return _leaflet("leaflet.css") + (_HERE / "atlas.css").read_text("utf-8")
    return (_HERE / "own.css").read_text("utf-8") if name == OWN else ""


def _script(part: str) -> str:
    return (_HERE / "js" / f"{part}.js").read_text("utf-8")


def _leaflet(name: str) -> str:
    # Found without being imported: the package's own module asks for Django.
    spec = find_spec("js_lib_leaflet")
    for folder in spec.submodule_search_locations or () if spec else ():
        found = Path(folder) / "static" / "js_lib_leaflet" / name
        if found.is_file():
            return found.read_text(encoding="utf-8")
    raise GeoError(
        "Leaflet", "is not installed", "Run `pip install 'django-js-lib-leaflet>=1.9.4'`"
    )
