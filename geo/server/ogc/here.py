"""Where a request came in, and links from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from geo.public import public_url

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
HTML: Final = "text/html"

Link = dict[str, str]


@dataclass(frozen=True)
class Here:
    """
    A request's place in the service.

    Attributes
    ----------
    root
        Absolute address of the service, without a slash at its end.
    path
        Below it, with a slash before it, or empty.
    given
        Parameters of the request but `f`.
    """

    root: str
    path: str = ""
    given: Mapping[str, str] | None = None

    def url(self, path: str, given: Mapping[str, str] | None = None) -> str:
        """Give an absolute address."""
        return f"{self.root}{quote(path)}" + (f"?{urlencode(given)}" if given else "")

    def link(self, rel: str, path: str, type_: str, title: str) -> Link:
        """Link to another resource of the service."""
        return {"rel": rel, "href": self.url(path), "type": type_, "title": title}

    def own(self, type_: str, title: str) -> list[Link]:
        """Link to this document and to the same as a page."""
        given = dict(self.given or {})
        page = self.url(self.path, {**given, "f": "html"})
        return [
            {"rel": "self", "href": self.url(self.path, given), "type": type_, "title": title},
            {"rel": "alternate", "href": page, "type": HTML, "title": f"{title} as a page"},
        ]

    def page(self, rel: str, offset: int, limit: int) -> Link:
        """Link to another page of features."""
        given = {**(self.given or {}), "offset": str(offset), "limit": str(limit)}
        title = f"{rel.capitalize()} features"
        return {"rel": rel, "href": self.url(self.path, given), "type": GEOJSON, "title": title}


def here_of(request: Request, under: str) -> Here:
    """
    Tell where a request came in.

    Parameters
    ----------
    under
        The path Streamlit serves under, with a slash before it, or nothing.
    """
    own = f"{request.scope.get('root_path', '')}{under}/ogc"
    root = public_url("ogc") or f"{request.url.scheme}://{request.url.netloc}{own}"
    path = request.scope["path"].removeprefix(own).rstrip("/")
    given = {name: value for name, value in request.query_params.items() if name != "f"}
    return Here(root, path, given)
