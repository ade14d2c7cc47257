"""Bodies that are made once, compressed once, and sent again only when they have changed."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import cached_property
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_PASSING = 32
#: One range of bytes: from, to, or the last so many. Of several at once the whole is sent.
_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))", re.ASCII)
#: Says to the middleware that compresses that it shall not; it does not go out.
AS_IT_IS = "identity"


@dataclass(frozen=True)
class Body:
    """
    What is sent, with its name for a browser's cache.

    Attributes
    ----------
    modified
        When the newest of the files it is made from last changed, seconds since 1970; None where
        nobody asks.
    as_it_is
        Whether it is never compressed, so that a program can ask for ranges of it.
    named_by
        What names it instead of the content, where that tells the hour of its making.
    """

    content: bytes
    media_type: str
    modified: float | None = None
    as_it_is: bool = False
    named_by: bytes | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def etag(self) -> str:
        """Name of the content; weak where it speaks for the compressed form as well."""
        named = self.digest if self.named_by is None else hashlib.sha256(self.named_by).hexdigest()
        strong = f'"{named[:24]}"'
        return strong if self.as_it_is else f"W/{strong}"

    @cached_property
    def gzipped(self) -> bytes | None:
        """The content compressed, or None where that saves nothing."""
        smaller = gzip.compress(self.content, 9, mtime=0)
        return smaller if len(smaller) < 0.9 * len(self.content) else None

    def respond(self, request: Request, *, for_good: bool = False) -> Response:
        """Answer a request: with the body, or with 304 where the browser has it already."""
        headers = {
            "ETag": self.etag,
            "Cache-Control": KEEP_FOR_GOOD if for_good else ASK_AGAIN,
            "Vary": "Accept-Encoding",
        }
        if self.modified is not None:
            headers["Last-Modified"] = formatdate(self.modified, usegmt=True)
        if self._is_known(request):
            return Response(status_code=304, headers=headers)
        content = self.content
        if self.as_it_is:
            headers |= {"Accept-Ranges": "bytes", "Content-Encoding": AS_IT_IS}
            if (asked := self._asked(request)) is not None:
                return self._part(asked, headers)
        elif self.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = self.gzipped
        return Response(content, media_type=self.media_type, headers=headers)

    def _is_known(self, request: Request) -> bool:
        """Whether the client has this very body."""
        names = request.headers.get("if-none-match")
        if names is not None:  # then a date does not count (RFC 9110, 13.1.3)
            known = {name.strip().removeprefix("W/") for name in names.split(",")}
            return "*" in known or self.etag.removeprefix("W/") in known
        return self._is_no_newer(request.headers.get("if-modified-since", ""))

    def _is_no_newer(self, date: str) -> bool:
        try:
            since = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return False
        return self.modified is not None and int(self.modified) <= since

    def _asked(self, request: Request) -> tuple[int, int] | None:
        """Give the range asked for, first byte and the one after the last; None for the whole."""
        found = _RANGE.fullmatch(request.headers.get("range", ""))
        condition = request.headers.get("if-range", self.etag)
        if found is None or request.method != "GET" or condition != self.etag:
            return None
        first, last, tail = found.groups()
        size = len(self.content)
        if tail is not None:
            return max(size - int(tail), 0) if int(tail) else size, size
        if last and int(last) < int(first):
            return None
        return int(first), min(int(last) + 1, size) if last else size

    def _part(self, asked: tuple[int, int], headers: dict[str, str]) -> Response:
        first, end = asked
        size = len(self.content)
        if first >= size:
            return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
        headers |= {"Content-Range": f"bytes {first}-{end - 1}/{size}"}
        return Response(self.content[first:end], 206, headers, self.media_type)


class Bodies:
    """
    Bodies by name, each kept until what it was made from changes.

    Parameters
    ----------
    most
        How many are kept, the oldest made going first; None keeps all.
    """

    def __init__(self, most: int | None = None) -> None:
        self._kept: dict[str, tuple[Any, Body]] = {}
        self._most = most
        self._lock = Lock()

    @cached_property
    def _passing(self) -> "Bodies":
        """Bodies beside these of which there could be any number, so that few are kept."""
        return Bodies(most=_PASSING)

    def on(self, day: str | None) -> "Bodies":
        """Where bodies of a day are kept: days come and go, what is known today stays."""
        return self if day is None else self._passing

    def get(self, name: str, made_from: Any, make: Callable[[], Body]) -> Body:  # noqa: ANN401
        """Give the body of a name, made anew where `made_from` differs from the last time."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != made_from:
            with self._lock:
                kept = self._kept.get(name)
                if kept is None or kept[0] != made_from:
                    kept = (made_from, make())
                    self._kept[name] = kept
                    while self._most is not None and len(self._kept) > self._most:
                        del self._kept[next(iter(self._kept))]
        return kept[1]
