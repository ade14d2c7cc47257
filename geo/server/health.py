"""Whether the map can be read: what a supervisor or a load balancer asks."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo import __version__, live
from geo.errors import GeoError
from geo.server.static import Bodies


def endpoints() -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """Give the endpoint by its path."""
    return {"/health": _health}


def _health(_request: Request, _bodies: Bodies) -> Response:
    """Answer 200 where the data in use can be read, else 503; why is told where the map is kept."""
    headers = {"Cache-Control": "no-store"}
    try:
        atlas = live.atlas()
    except GeoError:
        return JSONResponse({"status": "data cannot be read"}, 503, headers)
    told = {"status": "ok", "version": __version__, "searched_to": atlas.searched_to}
    return JSONResponse(told, headers=headers)
