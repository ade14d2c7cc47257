"""What every answer goes through: security headers, and compression Streamlit leaves to a proxy."""

from collections import OrderedDict
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.server import settings
from geo.server.early import FRAME, frame_links, page_links
from geo.server.guard import Hosts, Log
from geo.server.static import AS_IT_IS

#: Streamlit and streamlit-folium write inline scripts; nothing else of script is allowed.
_POLICY = (
    "script-src 'self' 'unsafe-inline'{more}; script-src-attr 'none'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def middleware(base: str = "", hosts: Collection[str] = ()) -> list[Middleware]:
    """
    Give our middleware, outermost first.

    Parameters
    ----------
    base
        The path Streamlit serves under (`server.baseUrlPath`).
    hosts
        Names under which the map may be asked where `GEO_HOSTS` names none; none: any.

    Raises
    ------
    GeoError
        If `GEO_HOSTS`, `GEO_FRAMES` or `GEO_LOG` cannot be understood.
    """
    under = f"/{base.strip('/')}" if base.strip("/") else ""
    allowed = settings.hosts() or hosts
    # Of the pages, and of the one-file map.
    framed = settings.frame_rule(open_to_all=False), settings.frame_rule(open_to_all=True)
    return [
        *([Middleware(Log, under=under)] if settings.logs() else []),
        *([Middleware(Hosts, allowed=allowed)] if allowed else []),
        Middleware(SecurityHeaders, under=under, framed=framed),
        Middleware(KeptGzip, under=under),
        Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
    ]


class SecurityHeaders:
    """Adds the headers that keep a page from running or loading what is not ours, and early links."""

    def __init__(self, app: ASGIApp, under: str, framed: tuple[str, str]) -> None:
        self.app = app
        self.under = under
        # streamlit-folium evaluates what each rerun sends, so its own frame alone may.
        self.frame = under + FRAME
        self.framed, self.framed_file = framed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the app, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        in_frame = scope["path"].startswith(self.frame)
        is_file = scope["path"].startswith(f"{self.under}/map.")
        policy = _POLICY.format(more=" 'unsafe-eval'" if in_frame else "")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A page without a script brings a stricter one.
                headers.setdefault("Content-Security-Policy", policy)
                framed = self.framed_file if is_file else self.framed
                headers["Content-Security-Policy"] += f"; frame-ancestors {framed}"
                for name, value in _HEADERS.items():
                    headers[name] = value
                if headers.get("content-encoding") == AS_IT_IS:
                    del headers["content-encoding"]
                if links := self._links(scope["path"], headers):
                    headers["Link"] = links
            await send(message)

        await self.app(scope, receive, with_headers)

    def _links(self, path: str, headers: Headers) -> str | None:
        """Name what the page at a path will need, where it is one."""
        if not headers.get("content-type", "").startswith("text/html"):
            return None
        if path.startswith(self.frame):
            return frame_links(self.under)
        return page_links(self.under) if path in {f"{self.under}/", self.under} else None


class KeptGzip:
    """
    Keeps Streamlit's own bundle compressed.

    Streamlit sends it plain (4.8 MB for 1.2), because compressing it at each request costs more
    than it saves. Its names change with its content, so that once is enough.
    """

    most_bytes = 16_000_000

    def __init__(self, app: ASGIApp, under: str) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=500, compresslevel=9)
        self.folder = f"{under}/static/"
        self.kept: OrderedDict[str, tuple[Message, bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept; else through the app, and keep what may be kept."""
        if not self._may_keep(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path in self.kept:
            start, body = self.kept[path]
            # A copy: whoever wraps us adds headers to the message they are given.
            await send({**start, "headers": list(start["headers"])})
            await send({"type": "http.response.body", "body": body})
            return
        start, parts = {}, bytearray()

        async def noting(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = {**message, "headers": list(message["headers"])}
            elif message["type"] == "http.response.body":
                parts.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    self._keep(path, start, bytes(parts))
            await send(message)

        await self.compressing(scope, receive, noting)

    def _may_keep(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and scope["path"].startswith(self.folder)
            and "gzip" in Headers(scope=scope).get("accept-encoding", "")
            and "range" not in Headers(scope=scope)
            and "if-none-match" not in Headers(scope=scope)
        )

    def _keep(self, path: str, start: Message, body: bytes) -> None:
        headers = Headers(raw=start.get("headers", []))
        compressed = headers.get("content-encoding") == "gzip"
        if start.get("status") == 200 and compressed and "immutable" in headers["cache-control"]:  # noqa: PLR2004
            self.kept[path] = (start, body)
            while sum(len(kept) for _, kept in self.kept.values()) > self.most_bytes:
                self.kept.popitem(last=False)
