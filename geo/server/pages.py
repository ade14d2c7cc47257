"""Static pages: one a feature, what the map is, and "not found" in the same look."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from geo import live, pages
from geo.server.current import asked_day, current
from geo.server.static import Bodies, Body

#: These pages have no script at all.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
_HTML = "text/html; charset=utf-8"
_GEOJSON = "application/geo+json"
_MOVED = 301


def endpoints(under: str) -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """
    Give the endpoints of the pages by their paths.

    Parameters
    ----------
    under
        The path Streamlit serves under, with a slash before it, or nothing.
    """

    def page(request: Request, bodies: Bodies) -> Response:
        return _feature(request, bodies, f"{under}/f/", "")

    return {"/f/{id}": page, "/about": _about}


def data(under: str) -> Callable[[Request, Bodies], Response]:
    """Give the endpoint of a feature as GeoJSON; `under` as for `endpoints`."""
    return lambda request, bodies: _feature(request, bodies, f"{under}/f/", ".geojson")


def _feature(request: Request, bodies: Bodies, folder: str, suffix: str) -> Response:
    day = asked_day(request) if suffix else None
    atlas, wanted = live.atlas(day), request.path_params["id"]
    found = pages.resolve(atlas, wanted)
    if found is None:
        return strict(Response(pages.missing_page(), status_code=404, media_type=_HTML))
    if found != wanted:
        asked = f"?as_of={day}" if day else ""
        return RedirectResponse(f"{folder}{found}{suffix}{asked}", status_code=_MOVED)
    feature, view = atlas.features[found], live.worldviews()[0]
    if suffix:
        response = current(
            bodies.on(day),
            f"f/{found}{suffix}.{day}",
            lambda _: Body(pages.feature_geojson(feature, atlas, view, day), _GEOJSON),
        ).respond(request)
        response.headers["Content-Disposition"] = f'attachment; filename="{found}{suffix}"'
        return response
    made = current(
        bodies,
        f"f/{found}",
        lambda data: Body(pages.feature_page(feature, atlas, data, view).encode(), _HTML),
    )
    return strict(made.respond(request))


def _about(request: Request, bodies: Bodies) -> Response:
    view = live.worldviews()[0]
    made = current(
        bodies, "about", lambda _: Body(pages.about_page(live.atlas(), view).encode(), _HTML)
    )
    return strict(made.respond(request))


def strict(response: Response) -> Response:
    """Let a page run and load nothing at all."""
    response.headers["Content-Security-Policy"] = POLICY
    return response
