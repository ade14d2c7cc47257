"""Fetches one web page, however it behaves, and gives the words a reader sees."""

import http.client
import re
import time
import unicodedata
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

USER_AGENT = "digital-silk-road-map link check (one request at a time per host)"
_MAX_BYTES = 4_000_000
_MAX_REDIRECTS = 5
_NOT_READ = frozenset({"script", "style", "noscript", "template"})
#: Marks that one editor or another puts for the same.
_SINGLE = "[\u2018\u2019`]"
_DOUBLE = "[\u201c-\u201e]"
_DASHES = "[\u2010-\u2014]"


@dataclass(frozen=True)
class Page:
    """An answer: its status, where it came from, and its text if it is one."""

    http_status: int
    url: str
    text: str | None


def fetch(url: str, timeout_s: float) -> Page:
    """
    Get a page, following redirects to web addresses only.

    Raises
    ------
    OSError, http.client.HTTPException, ValueError
        If there is no answer, none in time, or one that makes no sense.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError("not a web address")
    deadline = time.monotonic() + timeout_s
    request = Request(url, headers={"User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.5"})  # noqa: S310 - the scheme was checked
    try:
        with build_opener(_Redirects).open(request, timeout=timeout_s) as answer:
            body = _body(answer, deadline)
            return Page(answer.status, answer.url, _text(body, answer.headers))
    except HTTPError as error:
        with error:
            return Page(error.code, url, None)


class _Redirects(HTTPRedirectHandler):
    max_redirections = _MAX_REDIRECTS

    def redirect_request(  # noqa: PLR0917 - as urllib has it
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if urlsplit(newurl).scheme not in {"http", "https"}:
            raise ValueError("led away from the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _body(answer: Any, deadline: float) -> bytes:  # noqa: ANN401 - an http response
    """Read what comes in time; a page that never ends is refused."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        size += len(part)
        if size > _MAX_BYTES:
            raise ValueError(f"longer than {_MAX_BYTES} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("not whole in time")
        parts.append(part)
    return b"".join(parts)


def _text(body: bytes, headers: Message) -> str | None:
    """Give the words of a page; None for what is no text, such as a PDF."""
    kind = headers.get_content_type()
    if not (kind.startswith("text/") or "html" in kind) or headers.get("Content-Encoding"):
        return None
    try:
        words = body.decode(headers.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        words = body.decode("utf-8", errors="replace")
    if "html" not in kind:
        return words
    reader = _Words()
    reader.feed(words)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    """Collects the words a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._skipped += tag in _NOT_READ
        self.words.append("" if tag in {"a", "b", "i", "em", "strong", "span"} else " ")

    def handle_endtag(self, tag: str) -> None:
        self._skipped = max(0, self._skipped - (tag in _NOT_READ))

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words.append(data)


def plain(words: str) -> str:
    """Write words so that two editors' marks and spaces compare as the same."""
    words = unicodedata.normalize("NFKC", words)
    words = re.sub(_DOUBLE, '"', re.sub(_SINGLE, "'", words))
    return " ".join(re.sub(_DASHES, "-", words).split())
