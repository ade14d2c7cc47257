"""Layers that a reader brought: which there are, what they are drawn from, one feature, a search."""

import gzip
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from geo.extra import Layer, exporting, records, shelf, shown, tiles
from geo.maps.safejson import safe_json
from geo.server.pages import missing
from geo.server.static import AS_IT_IS, ASK_AGAIN, KEEP_FOR_GOOD, Bodies, Body
from geo.view import LANGUAGES

_JSON = "application/json"
_GEOJSON = "application/geo+json"
_MVT = "application/vnd.mapbox-vector-tile"
_PMTILES = "application/vnd.pmtiles"
_NUMBER: Final = re.compile(r"\d{1,15}", re.ASCII)
#: Features that a search gives where none asks for fewer, and at most.
_FOUND, _FOUND_MOST = 20, 200
#: What one search may hold, characters.
_ASKED: Final = 200

Endpoint = Callable[[Request, Bodies], Response]


class _Missing(Exception):  # noqa: N818 - not a fault of ours
    """Nothing is at this address."""


def endpoints() -> Mapping[str, Endpoint]:
    """
    Give the endpoints by their paths.

    Raises
    ------
    GeoError
        If `GEO_EXTRA_LAYERS` names no folder: told as the server starts, not to the first reader.
    """
    shelf()
    found = {
        "/extra/layers.json": _layers,
        "/extra/find.json": _find,
        "/extra/{id}.geojson": _whole,
        "/extra/{id}/export.{form}": _export,
        "/extra/{id}/{number}.json": _feature,
        "/tiles/{id}.pmtiles": _archive,
        "/tiles/{id}/{z}/{x}/{y}": _tile,
    }
    return {path: _in_our_look(endpoint, path) for path, endpoint in found.items()}


def _in_our_look(endpoint: Endpoint, path: str) -> Endpoint:
    """Answer what is not there with the page that says so, which repeats nothing."""

    @wraps(endpoint)
    def answer(request: Request, bodies: Bodies) -> Response:
        try:
            return endpoint(request, bodies)
        except _Missing:
            asked = request.query_params.get("lang")
            return missing(asked if asked in LANGUAGES else "en", "../" * (path.count("/") - 1))

    return answer


def _layers(request: Request, _bodies: Bodies) -> Response:
    lang = request.query_params.get("lang", "en")
    if lang not in LANGUAGES:
        raise _Missing
    brought = shelf()
    brought.start()
    return _fresh(
        {
            "layers": [_told(layer, lang) for layer in brought.layers],
            "faults": [{"file": one.file, "words": one.words} for one in brought.faults],
            "waiting": brought.waiting,
        }
    )


def _told(layer: Layer, lang: str) -> dict[str, Any]:
    """Say what a page needs to list a layer and to draw it; addresses name the content's version."""
    is_ready = layer.is_ready
    has_tiles = layer.is_tiled and is_ready
    return {
        "id": layer.id,
        "title": layer.title,
        "words": layer.words(lang),
        "n": layer.n,
        "n_placed": layer.n_placed,
        "bounds": layer.bounds,
        "tiled": layer.is_tiled,
        "ready": is_ready,
        "zooms": tiles.archive(layer.tiles).zooms if has_tiles else None,
        "whole_from": tiles.archive(layer.tiles).whole_from if has_tiles else None,
        "geojson": None if layer.is_tiled else f"extra/{layer.id}.geojson?v={layer.version}",
        "tiles": f"tiles/{layer.id}/{{z}}/{{x}}/{{y}}?v={layer.version}" if has_tiles else None,
    }


def _find(request: Request, _bodies: Bodies) -> Response:
    words = request.query_params.get("q", "")[:_ASKED]
    wanted = request.query_params.get("layer")
    layers = shelf().layers if wanted is None else (_layer(wanted),)
    most = min(_number(request.query_params.get("most", str(_FOUND))), _FOUND_MOST)
    found: list[dict[str, Any]] = []
    for layer in layers if words.strip() else ():
        some = records.find(layer.records, words, most=most - len(found))
        found += ({"layer": layer.id, **shown.found(record)} for record in some)
        if len(found) >= most:
            break
    return _fresh({"found": found})


def _feature(request: Request, _bodies: Bodies) -> Response:
    layer = _layer(request.path_params["id"])
    record = records.one(layer.records, _number(request.path_params["number"]))
    if record is None:
        raise _Missing
    return Body(safe_json(shown.record(record)).encode(), _JSON).respond(request)


def _whole(request: Request, bodies: Bodies) -> Response:
    layer = _layer(request.path_params["id"])
    if layer.is_tiled:
        raise _Missing
    name = f"extra/{layer.id}"
    body = bodies.get(name, layer.folder, lambda: Body(shown.collection(layer).encode(), _GEOJSON))
    return body.respond(request, for_good=_is_named(request, layer))


def _tile(request: Request, _bodies: Bodies) -> Response:
    layer = _tiled(request.path_params["id"])
    zoom, x, y = (_number(request.path_params[name]) for name in "zxy")
    if zoom > tiles.NEAREST or max(x, y) >= 2**zoom:
        raise _Missing
    etag = f'W/"{layer.version}-{zoom}-{x}-{y}"'
    headers = {"ETag": etag, "Cache-Control": _kept(request, layer), "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = tiles.archive(layer.tiles).get(zoom, x, y)
    if content is None:
        return Response(status_code=204, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, media_type=_MVT, headers={**headers, "Content-Encoding": "gzip"})
    plain = {**headers, "Content-Encoding": AS_IT_IS}
    return Response(gzip.decompress(content), media_type=_MVT, headers=plain)


def _archive(request: Request, _bodies: Bodies) -> Response:
    layer = _tiled(request.path_params["id"])
    etag = f'"{layer.version}-pmtiles"'
    headers = {"ETag": etag, "Cache-Control": ASK_AGAIN, "Content-Encoding": AS_IT_IS}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(layer.tiles, headers=headers, media_type=_PMTILES)


def _export(request: Request, _bodies: Bodies) -> Response:
    layer = _layer(request.path_params["id"])
    form = exporting.FORMS.get(request.path_params["form"])
    if form is None:
        raise _Missing
    etag = f'"{layer.version}-{form.suffix}"'
    headers = {"ETag": etag, "Cache-Control": ASK_AGAIN, "Content-Encoding": AS_IT_IS}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    path = exporting.file(layer, form)
    name = f"{layer.id}.{form.suffix}"
    return FileResponse(path, headers=headers, media_type=form.media_type, filename=name)


def _layer(id_: str) -> Layer:
    layer = shelf().layer(id_)
    if layer is None:
        raise _Missing
    return layer


def _tiled(id_: str) -> Layer:
    layer = _layer(id_)
    if not layer.is_tiled or not layer.is_ready:
        raise _Missing
    return layer


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise _Missing
    return int(text)


def _is_named(request: Request, layer: Layer) -> bool:
    """Whether the address names the content's version, so that it never means anything else."""
    return request.query_params.get("v") == layer.version


def _kept(request: Request, layer: Layer) -> str:
    return KEEP_FOR_GOOD if _is_named(request, layer) else ASK_AGAIN


def _fresh(value: Any) -> Response:  # noqa: ANN401 - any JSON value
    return Response(safe_json(value), media_type=_JSON, headers={"Cache-Control": "no-store"})
