"""
OGC API - Features, Part 1: core, GeoJSON, HTML, OpenAPI 3.0; and the queryables of Part 3.

Our own routes and not pygeoapi's: of its faults with our data (a traceback for ``bbox=nan``,
unknown parameters and `datetime` passed over, no media type of GeoJSON, null geometries in every
box, no CORS) each needs a guard in front of it, which is most of what stands here.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import live, render, store
from geo.cite import MAP
from geo.errors import GeoError
from geo.maps.safejson import safe_json
from geo.server.ogc import documents, items, openapi
from geo.server.ogc.collection import Collection, collections
from geo.server.ogc.here import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Here, here_of
from geo.server.ogc.query import STANDARD, RefusedError, parameters, read_query
from geo.server.pages import strict
from geo.server.sharing import METHODS, shared
from geo.server.static import Body

#: Methods that are refused in the words of the service and not of the server.
_REFUSED = ("POST", "PUT", "PATCH", "DELETE")
_FORMS = ("json", "html")

#: What a resource answers: an object, or a text already written, and its media type.
Made = tuple[dict[str, Any] | str, str]


def routes(under: str) -> list[Route]:
    """
    Give the routes.

    Parameters
    ----------
    under
        The path Streamlit serves under, with a slash before it, or nothing.
    """
    return [
        Route(f"{under}/ogc{path}", shared(_answering(make, under)), methods=(*METHODS, *_REFUSED))
        for path, make in _RESOURCES.items()
    ]


def _answering(make: Callable[[Request, Here], Made], under: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            return _answer(request, make, under)
        except RefusedError as error:
            return _refusal(error)
        except GeoError:  # the log and the map's own page say which file
            return _refusal(RefusedError(500, "Unavailable", "The data cannot be read at present"))

    return answer


def _answer(request: Request, make: Callable[[Request, Here], Made], under: str) -> Response:
    if request.method not in METHODS:
        raise RefusedError(405, "MethodNotAllowed", "The service is for reading")
    form = request.query_params.get("f")
    if form is not None and form not in _FORMS:
        raise RefusedError(400, "InvalidParameterValue", f"f is json or html, not {form!r}")
    here = here_of(request, under)
    made, media_type = make(request, here)
    if form == "html" or (form is None and _prefers_html(request.headers.get("accept", ""))):
        response = strict(_page(made, here).respond(request))
    else:
        response = _body(made, media_type).respond(request)
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def _body(made: dict[str, Any] | str, media_type: str) -> Body:
    if isinstance(made, dict):
        return Body(safe_json(made).encode(), media_type)
    return Body(items.at_this_hour(made).encode(), media_type, named_by=made.encode())


def _page(made: dict[str, Any] | str, here: Here) -> Body:
    document = made if isinstance(made, dict) else items.as_object(made)
    text = render.render("ogc.html.jinja", map_name=MAP, here=here, document=document, lang="en")
    return Body(text.encode(), f"{HTML}; charset=utf-8")


def _refusal(error: RefusedError) -> Response:
    text = safe_json({"code": error.code, "description": str(error)})
    headers = {"Allow": ", ".join(METHODS)} if error.status == 405 else None  # noqa: PLR2004
    return Response(text, error.status, headers, JSON)


def _prefers_html(accept: str) -> bool:
    """Whether a browser asks: it names HTML before anything that is JSON."""
    weights: dict[str, float] = {}
    for one in accept.lower().split(","):
        type_, *options = (part.strip() for part in one.split(";"))
        weight = next((part[2:] for part in options if part.startswith("q=")), "1")
        try:
            weights[type_] = float(weight)
        except ValueError:
            weights[type_] = 0
    json = max((weight for type_, weight in weights.items() if "json" in type_), default=0)
    return weights.get(HTML, 0) > json


def _plain(make: Callable[[Here], dict[str, Any]], media_type: str) -> Callable[..., Made]:
    def made(request: Request, here: Here) -> Made:
        parameters(request.query_params, ("f",))
        return make(here), media_type

    return made


def _of_collection(
    make: Callable[[Here, Collection], dict[str, Any]], media_type: str
) -> Callable[..., Made]:
    def made(request: Request, here: Here) -> Made:
        collection = _collection(request)
        parameters(request.query_params, ("f",))
        return make(here, collection), media_type

    return made


def _collection(request: Request) -> Collection:
    id_ = request.path_params["collection"]
    found = collections().get(id_)
    if found is None:
        raise RefusedError(404, "NotFound", f"There is no collection {id_!r}")
    return found


def _items(request: Request, here: Here) -> Made:
    collection = _collection(request)
    given = parameters(request.query_params, (*STANDARD, *collection.queryables))
    return items.items(here, collection, read_query(given, collection)), GEOJSON


def _item(request: Request, here: Here) -> Made:
    collection, id_ = _collection(request), request.path_params["feature"]
    parameters(request.query_params, ("f",))
    feature = collection.by_id.get(id_)
    if feature is None:
        raise RefusedError(404, "NotFound", f"There is no feature {id_!r} in {collection.id}")
    return items.item(here.root, collection, feature), GEOJSON


def _api(request: Request, here: Here) -> Made:
    parameters(request.query_params, ("f",))
    found = store.find()
    return _definition(here.root, found, live.signature(found)), OPENAPI


@lru_cache(maxsize=8)  # half a megabyte, which GDAL and QGIS ask for at every opening
def _definition(root: str, _found: store.Store, _signature: live.Signature) -> str:
    return safe_json(openapi.definition(Here(root)))


def _nothing(_request: Request, here: Here) -> Made:
    raise RefusedError(404, "NotFound", f"There is nothing at {here.path!r}")


_RESOURCES: Final[Mapping[str, Callable[[Request, Here], Made]]] = {
    "": _plain(documents.landing, JSON),
    "/": _plain(documents.landing, JSON),
    "/conformance": _plain(documents.conformance, JSON),
    "/api": _api,
    "/collections": _plain(documents.listing, JSON),
    "/collections/{collection}": _of_collection(documents.described, JSON),
    "/collections/{collection}/queryables": _of_collection(documents.queryables, SCHEMA),
    "/collections/{collection}/schema": _of_collection(documents.schema, SCHEMA),
    "/collections/{collection}/items": _items,
    "/collections/{collection}/items/{feature}": _item,
    "/{rest:path}": _nothing,
}
