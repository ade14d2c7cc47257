"""Bodies that are made once, compressed once, and sent again only when they have changed."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

_KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class Body:
    """What is sent, with its name for a browser's cache."""

    content: bytes
    media_type: str

    @cached_property
    def etag(self) -> str:
        """Name of the content; weak, because it speaks for the compressed form as well."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:24]}"'

    @cached_property
    def gzipped(self) -> bytes | None:
        """The content compressed, or None where that saves nothing."""
        smaller = gzip.compress(self.content, 9, mtime=0)
        return smaller if len(smaller) < 0.9 * len(self.content) else None

    def respond(self, request: Request, *, for_good: bool = False) -> Response:
        """Answer a request: with the body, or with 304 where the browser has it already."""
        headers = {
            "ETag": self.etag,
            "Cache-Control": _KEEP_FOR_GOOD if for_good else _ASK_AGAIN,
            "Vary": "Accept-Encoding",
        }
        known = request.headers.get("if-none-match", "")
        if self.etag in (one.strip() for one in known.split(",")):
            return Response(status_code=304, headers=headers)
        content = self.content
        if self.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = self.gzipped
        return Response(content, media_type=self.media_type, headers=headers)


class Bodies:
    """Bodies by name, each kept until what it was made from changes."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Body]] = {}
        self._lock = Lock()

    def get(self, name: str, made_from: Any, make: Callable[[], Body]) -> Body:  # noqa: ANN401
        """Give the body of a name, made anew where `made_from` differs from the last time."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != made_from:
            with self._lock:
                kept = self._kept.get(name)
                if kept is None or kept[0] != made_from:
                    kept = (made_from, make())
                    self._kept[name] = kept
        return kept[1]
