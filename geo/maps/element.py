"""Our Folium map and elements: they carry JSON and addresses, and never a word of the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from geo import text
from geo.maps import assets
from geo.maps.safejson import safe_json
from geo.model import Atlas
from geo.view import View

#: The first extent: west, south, east, north.
HOME: Final = (60, 23, 79, 43)

#: Options of the Leaflet map; without tiles it needs a maxZoom, or its own layers refuse to work.
LEAFLET: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "minZoom": 3,
        "maxZoom": 12,
        "zoomSnap": 0.25,
        "zoomDelta": 0.5,
        "wheelPxPerZoomLevel": 120,
        "zoomControl": False,
        "attributionControl": False,
    }
)

#: From the frame of the map (component/…/index.html) back to where the page stands.
_FROM_FRAME = "../../"


class AtlasMap(folium.Map):
    """
    A Folium map that asks no other host for anything.

    Parameters
    ----------
    given
        What `geoAtlas.start` takes. A change of it draws the map anew in Streamlit, so that it
        holds nothing a reader changes.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(location=(33, 69.5), zoom_start=5, tiles=None, **LEAFLET)
        self._id = "div"  # what streamlit-folium renames it to
        self.default_js = [
            (name, f"{given['base']}atlas/{name}?v={assets.version(name)}") for name in assets.NAMES
        ]
        self.default_css = []  # atlas.js brings its own
        self.add_child(_Start(given))
        super().render()  # type: ignore[no-untyped-call]

    def render(self, **_: object) -> str:
        """Do nothing more: the map is rendered as it is made, for all reruns."""
        return ""


class _Start(MacroElement):
    """The call that hands the map to our script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geoAtlas.start({{ this._parent.get_name() }}, {{ this.json }});
        {% endmacro %}
        """
    )

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasStart"
        self.json = safe_json(dict(given))


class Shown(folium.FeatureGroup):
    """
    What to show, sent with each rerun; the layers themselves belong to `atlas.js`.

    It is no child of the map, which is the same for all readers.

    Parameters
    ----------
    wanted
        What `geoAtlas.show` takes.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            geoAtlas.show({{ this.json }});
        {% endmacro %}
        """
    )

    def __init__(self, wanted: Mapping[str, Any]) -> None:
        super().__init__(name="shown", control=False)
        self.json = safe_json(dict(wanted))

    def add_to(self, parent: Element, *_: object, **__: object) -> "Shown":
        """Belong to a map without changing it."""
        self._parent = parent
        return self

    def render(self, **_: object) -> str:
        """Do nothing: streamlit-folium takes the script alone."""
        return ""


@dataclass(frozen=True)
class Own:
    """
    Layers a reader brought, as far as they are on.

    Attributes
    ----------
    on
        Their names in addresses, the last drawn last.
    record
        Layer and number of the feature whose record is open, "roads/17".
    """

    on: tuple[str, ...]
    record: str | None = None


#: What the script of such layers says; `{…}` is filled in there.
OWN_MESSAGES: Mapping[str, str] = {
    "unchecked": "Your layer: not checked here",
    "number": "Feature {n}",
    "no_source": "No source stated.",
    "sources": "Sources as the file states them, not checked here",
    "thinned": "Not every feature of your layers is drawn this far out: zoom in for all of them",
    "missing": "This feature could not be loaded.",
    "failed": "A part of your layer could not be loaded. Reload the page to try again.",
    "close": "Close",
}


def _brought(own: Own, lang: str) -> dict[str, Any]:
    """Say where the script of brought layers is and what it shows, over what the map shows."""
    script, worker = (
        f"atlas/{name}?v={assets.version(name)}" for name in (assets.OWN, assets.OWN_WORKER)
    )
    said = text.messages(OWN_MESSAGES, lang)
    told = {"on": own.on, "script": script, "worker": worker, "lang": lang, "say": said}
    return {"own": told} | ({"selected": f"own/{own.record}"} if own.record else {})


@cache
def folium_map(lang: str = "en") -> AtlasMap:
    """Give the map of the page: one for all reruns and readers, so that Streamlit keeps it."""
    return AtlasMap({"base": _FROM_FRAME, "home": HOME, "lang": lang})


def shown(view: View, atlas: Atlas, own: Own | None = None) -> Shown:
    """Give the feature group that brings the map up to date."""
    return Shown(state(view, atlas) | (_brought(own, view.lang) if own else {}))


def state(view: View, atlas: Atlas) -> dict[str, Any]:
    """Say what the map is to show; parts of a route follow their whole."""
    day = {"as_of": view.as_of} if view.as_of else {}
    return {
        **day,
        "ids": [one.id for one in view.shown(atlas) if one.properties.part_of is None],
        "selected": view.feature,
        "worldview": view.worldview.value,
        "lang": view.lang,
    }
