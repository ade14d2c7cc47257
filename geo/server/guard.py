"""What stands before every answer: whom it is for, and a note that it was given."""

import json
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: First parts of paths that are noted as they are; of others only that there was one.
_KNOWN: Final = frozenset(
    {"about", "atlas", "component", "datapackage.json", "exports", "f", "health", "layers", "ogc"}
    | {"static", "_stcore"}
)
#: First parts of paths that go on with what a reader brought, or with the place that is looked at.
_OWN: Final = frozenset({"extra", "tiles"})


class Hosts:
    """Refuses requests under names that are not the map's, so that no other page can pose as it."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        self.app = app
        self.allowed = frozenset(one.lower() for one in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the app, or refuse."""
        if scope["type"] == "lifespan" or self._is_allowed(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse("This is no name of the map.", 421)
            await refusal(scope, receive, send)

    def _is_allowed(self, named: str) -> bool:
        try:
            host = (urlsplit(f"//{named}").hostname or "").lower()
        except ValueError:
            return False
        _, dot, above = host.partition(".")
        return host in self.allowed or f"*{dot}{above}" in self.allowed


class Log:
    """
    Writes a line of JSON for each answer, without anything of the person who asked.

    No address, no name of a browser, no cookie, no question (what was searched for, which place
    is looked at), and of a path only what names a part of the map.
    """

    def __init__(self, app: ASGIApp, under: str) -> None:
        self.app = app
        self.under = under

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the app, and note it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, n_bytes = time.perf_counter(), 500, 0

        async def noting(message: Message) -> None:
            nonlocal status, n_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
            n_bytes += len(message.get("body", b""))
            await send(message)

        fault = None
        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            fault = type(error).__name__
            raise
        finally:
            _write(
                {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "level": "error" if status >= 500 else "info",  # noqa: PLR2004
                    "method": scope["method"],
                    "path": self._named(scope["path"], status),
                    "status": status,
                    "bytes": n_bytes,
                    "ms": round((time.perf_counter() - began) * 1000),
                    **({"fault": fault} if fault else {}),
                }
            )

    def _named(self, path: str, status: int) -> str:
        """Give the path where it names a part of the map; a reader may have typed anything else."""
        below = path.removeprefix(self.under)
        first = below.strip("/").partition("/")[0]
        if first in _OWN:
            return f"/{first}"
        is_known = not first or first in _KNOWN or first.startswith("map.")
        return below if is_known and status < 400 else f"/{first}" if is_known else "other"  # noqa: PLR2004


def _write(entry: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(entry)}\n")
    sys.stdout.flush()
