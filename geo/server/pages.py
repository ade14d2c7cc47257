"""Static pages: one a feature and one a source, what the map is, and "not found" in the same look."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from geo import live, pages
from geo.pages.page import POLICY
from geo.server.current import asked_day, asked_language, current
from geo.server.static import Bodies, Body
from geo.store import Store

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

    return {"/f/{id}": page, "/s/{id}": _source, "/about": _about}


def data(under: str) -> Callable[[Request, Bodies], Response]:
    """Give the endpoint of a feature as GeoJSON; `under` as for `endpoints`."""
    return lambda request, bodies: _feature(request, bodies, f"{under}/f/", ".geojson")


def _feature(request: Request, bodies: Bodies, folder: str, suffix: str) -> Response:
    links = pages.served(asked_language(request), asked_day(request))
    atlas, wanted = live.atlas(links.day), request.path_params["id"]
    found = pages.resolve(atlas, wanted)
    if found is None:
        return missing(asked_language(request))
    if found != wanted:
        asked = links.of_day if suffix else links.ending
        return RedirectResponse(f"{folder}{found}{suffix}{asked}", status_code=_MOVED)
    feature, view = atlas.features[found], live.worldviews()[0]
    if suffix:
        response = current(
            bodies.on(links.day),
            f"f/{found}{suffix}.{links.day}",
            lambda _: Body(pages.feature_geojson(feature, atlas, view, links.day), _GEOJSON),
        ).respond(request)
        response.headers["Content-Disposition"] = f'attachment; filename="{found}{suffix}"'
        return response
    return _page(
        request,
        bodies,
        f"f/{found}",
        links,
        lambda found: pages.feature_page(
            feature, atlas, found, view, asked_language(request), links=links
        ),
    )


def _source(request: Request, bodies: Bodies) -> Response:
    lang = asked_language(request)
    links = pages.served(lang, asked_day(request))
    atlas = live.atlas(links.day)
    source = atlas.sources.get(request.path_params["id"])
    if source is None:
        return missing(asked_language(request))
    return _page(
        request,
        bodies,
        f"s/{source.id}",
        links,
        lambda _: pages.source_page(source, atlas, lang, links=links),
    )


def _about(request: Request, bodies: Bodies) -> Response:
    lang = asked_language(request)
    links = pages.served(lang)
    view = live.worldviews()[0]
    return _page(
        request,
        bodies,
        "about",
        links,
        lambda _: pages.about_page(live.atlas(), view, lang, links),
    )


def missing(lang: str, up: str = "../") -> Response:
    """Answer that there is nothing; `up` as for `pages.missing_page`."""
    page = pages.missing_page(lang, pages.served(lang), up)
    return strict(Response(page, status_code=404, media_type=_HTML))


def _page(
    request: Request,
    bodies: Bodies,
    name: str,
    links: pages.Links,
    make: Callable[[Store], str],
) -> Response:
    made = current(
        bodies.on(links.day),
        f"{name}{links.ending}",
        lambda found: Body(make(found).encode(), _HTML),
    )
    return strict(made.respond(request))


def strict(response: Response) -> Response:
    """Let a page run and load nothing at all."""
    response.headers["Content-Security-Policy"] = POLICY
    return response
