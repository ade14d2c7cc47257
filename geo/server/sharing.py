"""Addresses that pages and programs elsewhere may read (CORS)."""

from collections.abc import Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

#: What `shared` answers; a route names them, or Starlette refuses `OPTIONS`.
METHODS: Final = ("GET", "HEAD", "OPTIONS")
_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Encoding, "
    "Content-Length, Content-Range, ETag, Last-Modified",
}
_PREFLIGHT: Final = {
    **_HEADERS,
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}


def shared(endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Let any page read what an endpoint answers, refusals included; nothing is sent with names."""

    def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        try:
            response = endpoint(request)
        except HTTPException as error:
            response = PlainTextResponse(error.detail, error.status_code, error.headers)
        response.headers.update(_HEADERS)
        return response

    return answer
