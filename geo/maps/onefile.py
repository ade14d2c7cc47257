"""The map as one file that opens without a network or a server."""

import base64

from markupsafe import Markup

from geo import render, text
from geo.maps import assets, payload
from geo.maps.element import HOME, LEAFLET, state
from geo.maps.keys import KEY, layer_swatch, swatch_address
from geo.maps.safejson import safe_json
from geo.model import Atlas
from geo.store import Store
from geo.view import View

TITLE = "Pakistan–China digital infrastructure: what is built, proposed or only claimed"
_NO_SCRIPT = "This map is drawn by a script; please allow it."


def page(atlas: Atlas, view: View, store: Store) -> str:
    """
    Write the map as one HTML file with everything in it.

    Parameters
    ----------
    store
        Where the base map is; the file holds the boundaries of `view` and of no other view.
    """
    given = {
        "base": "",
        "home": HOME,
        "lang": view.lang,
        "inline": {
            "atlas": payload.features(atlas, view.lang),
            "basemap": payload.basemap(store),
            "boundaries": {view.worldview.value: payload.boundaries(store, view.worldview)},
            "relief": _address("image/webp", (store.basemap / "relief.webp").read_bytes()),
            "title": text.message(TITLE, view.lang),
            "swatches": {
                layer.id: swatch_address(layer_swatch(layer, atlas)) for layer in atlas.layers
            },
            "key": [[swatch_address(name), text.message(words, view.lang)] for name, words in KEY],
        },
    }
    return render.render(
        "page.html.jinja",
        lang=view.lang,
        title=text.message(TITLE, view.lang),
        noscript=text.message(_NO_SCRIPT, view.lang),
        # Ours and Leaflet's; a test holds that neither can end the element it stands in.
        scripts=[Markup(assets.asset(name)) for name in assets.NAMES],  # noqa: S704
        options=_data(dict(LEAFLET)),
        given=_data(given),
        state=_data(state(view, atlas)),
    )


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _data(value: object) -> Markup:
    return Markup(safe_json(value))  # noqa: S704 - safe by its own construction
