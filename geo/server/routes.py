"""The addresses under which a page finds scripts, features, base map and layer files."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import live, store, text
from geo.maps import assets, payload
from geo.maps.safejson import safe_json
from geo.server import briefs, exports, health, mapfile, ogc, own, pages
from geo.server.current import asked_day, asked_language, changed, current
from geo.server.sharing import METHODS, shared
from geo.server.static import Bodies, Body

_JSON = "application/json"
_GEOJSON = "application/geo+json"


def routes(base: str = "") -> list[Route]:
    """
    Give our routes.

    Parameters
    ----------
    base
        The path Streamlit serves under (`server.baseUrlPath`).
    """
    bodies = Bodies()
    under = f"/{base.strip('/')}" if base.strip("/") else ""
    endpoints: Mapping[str, Callable[[Request, Bodies], Response]] = {
        "/atlas/atlas.json": _features,
        "/atlas/basemap/common.json": _basemap,
        "/atlas/basemap/{worldview}.json": _boundaries,
        "/atlas/relief.webp": _relief,
        "/atlas/{name}": _asset,
        **pages.endpoints(under),
        **mapfile.endpoints(),
        **health.endpoints(),
    }
    files = Bodies()  # of their own: a page need not wait while a file is made
    readable = {
        "/layers/{layer}.geojson": _layer,
        "/f/{id}.geojson": pages.data(under),
        **exports.endpoints(),
    }
    set_in_type = Bodies()  # which takes seconds
    brought = Bodies()
    return [
        *(
            Route(under + path, _bound(endpoint, set_in_type))
            for path, endpoint in briefs.endpoints(under).items()
        ),
        *(
            Route(under + path, shared(_bound(endpoint, files)), methods=METHODS)
            for path, endpoint in readable.items()
        ),
        *(
            # Not shared: what a reader brings is no business of other pages.
            Route(under + path, _bound(endpoint, brought))
            for path, endpoint in own.endpoints().items()
        ),
        *(Route(under + path, _bound(endpoint, bodies)) for path, endpoint in endpoints.items()),
        *ogc.routes(under),
    ]


def _bound(
    endpoint: Callable[[Request, Bodies], Response], bodies: Bodies
) -> Callable[[Request], Response]:
    # A plain function, so that Starlette runs it beside the event loop.
    return lambda request: endpoint(request, bodies)


def _asset(request: Request, bodies: Bodies) -> Response:
    name = request.path_params["name"]
    if name not in assets.SERVED:
        raise HTTPException(404)
    script = assets.asset(name)
    made = bodies.get(name, script, lambda: _body(script, assets.MEDIA_TYPE))
    # An address that names the content's version will never mean anything else.
    return made.respond(request, for_good=request.query_params.get("v") == assets.version(name))


def _features(request: Request, bodies: Bodies) -> Response:
    lang, day = asked_language(request), asked_day(request)
    return current(
        bodies.on(day),
        f"atlas.{lang}.{day}.json",
        lambda _: _json(payload.features(live.atlas(day), lang)),
    ).respond(request)


def _basemap(request: Request, bodies: Bodies) -> Response:
    return current(bodies, "common.json", lambda found: _json(payload.basemap(found))).respond(
        request
    )


def _boundaries(request: Request, bodies: Bodies) -> Response:
    allowed = {view.value: view for view in live.worldviews()}
    view = allowed.get(request.path_params["worldview"])
    if view is None:
        raise HTTPException(404)
    return current(
        bodies, f"boundaries.{view.value}", lambda found: _json(payload.boundaries(found, view))
    ).respond(request)


def _relief(request: Request, bodies: Bodies) -> Response:
    return current(
        bodies,
        "relief.webp",
        lambda found: Body((found.basemap / "relief.webp").read_bytes(), "image/webp"),
    ).respond(request)


def _layer(request: Request, bodies: Bodies) -> Response:
    name, day = request.path_params["layer"], asked_day(request)
    layer = {layer.id: layer for layer in live.atlas(day).layers}.get(name)
    if layer is None:
        raise HTTPException(404)
    if day is not None:
        words = f"{text.as_known(day)}. {layer.description}"
        layer = layer.model_copy(update={"description": words})
    response = current(
        bodies.on(day),
        f"layers/{name}.{day}",
        lambda found: Body(
            store.canonical(layer).encode(), _GEOJSON, changed(found.layer_path(name))
        ),
    ).respond(request)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.geojson"'
    return response


def _json(value: Any) -> Body:  # noqa: ANN401 - any JSON value
    return _body(safe_json(value), _JSON)


def _body(text: str, media_type: str) -> Body:
    return Body(text.encode(), media_type)
