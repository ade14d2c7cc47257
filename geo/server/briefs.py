"""A briefing of two pages on each feature, at an address that stays."""

from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from geo import extras, live, pages
from geo.briefing import writing
from geo.briefing.forms import FORMS
from geo.server.current import asked_day, asked_language, current
from geo.server.pages import strict
from geo.server.static import Bodies, Body
from geo.view import View

FOLDER = "brief"
_MOVED, _NO_TOOLS = 301, 503
#: Forms a browser shows; the others it saves.
_SHOWN = frozenset({"pdf", "html"})


def endpoints(under: str) -> Mapping[str, Callable[[Request, Bodies], Response]]:
    """Give the endpoints by their paths; `under` as for `pages.endpoints`."""
    return {f"/{FOLDER}/{{file}}": lambda request, bodies: _brief(request, bodies, under)}


def _brief(request: Request, bodies: Bodies, under: str) -> Response:
    wanted, _, form = request.path_params["file"].rpartition(".")
    lang, day = asked_language(request), asked_day(request)
    atlas = live.atlas(day)
    found = pages.resolve(atlas, wanted)
    if form not in FORMS or found is None:
        raise HTTPException(404)
    if not extras.sets_type():
        raise HTTPException(
            _NO_TOOLS, "Briefings are not set up here: install the extra 'briefing'"
        )
    if found != wanted:
        asked = pages.served(lang, day).ending
        address = f"{under}/{FOLDER}/{found}.{form}{asked}"
        return RedirectResponse(address, status_code=_MOVED)
    view = View(worldview=live.worldviews()[0], lang=lang, as_of=day)
    media_type = FORMS[form].media_type
    response = current(
        bodies.on(day),
        f"{FOLDER}/{found}.{form}.{lang}.{day}",
        lambda data: Body(
            writing.write(atlas, view, data, form, features=(found,)),
            media_type,
            as_it_is=not media_type.startswith("text/"),
        ),
    ).respond(request)
    how = "inline" if form in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{found}.{form}"'
    return strict(response) if form == "html" else response
