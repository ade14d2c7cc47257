"""
What a page will need is named with the page itself, in `Link` headers (RFC 8288).

A browser then fetches it at once: Streamlit loads the code of an element when it first draws one.
What stands around the map is not named, for it would be fetched beside what the map waits for.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from geo.maps import assets

#: Where Streamlit serves the frame of the map.
FRAME: Final = "/component/streamlit_folium.st_folium/"
#: The map's element, by the name of its code in Streamlit's bundle.
_MAP: Final = "ComponentInstance"
_IMPORT = re.compile(r'from"\./([\w.-]+\.js)"')


@cache
def page_links(under: str) -> str:
    """
    Name what the page needs before its map's frame can be drawn.

    Parameters
    ----------
    under
        The path Streamlit serves under, with a slash before it, or nothing.
    """
    chunks = (f"<{under}/static/js/{name}>; rel=modulepreload" for name in _chunks(_MAP))
    scripts = (f"<{address}>; rel=prefetch; as=script" for address in _scripts(under))
    return ", ".join([*chunks, *scripts])


@cache
def frame_links(under: str) -> str:
    """Name what the map's frame needs before it can draw features."""
    scripts = (f"<{address}>; rel=preload; as=script" for address in _scripts(under))
    data = f"<{under}/atlas/atlas.json?lang=en>; rel=preload; as=fetch; crossorigin"
    return ", ".join([*scripts, data])


def _scripts(under: str) -> tuple[str, ...]:
    return tuple(f"{under}/atlas/{name}?v={assets.version(name)}" for name in assets.NAMES)


def _chunks(element: str) -> tuple[str, ...]:
    """Find the files of an element that the page does not name itself."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        return ()
    static = Path(spec.origin).parent / "static"
    scripts = static / "static" / "js"
    index = static / "index.html"
    named = index.read_text("utf-8") if index.is_file() else ""
    wanted = [path.name for path in scripts.glob(f"{element}.*.js")]
    for name in wanted:
        for other in _IMPORT.findall((scripts / name).read_text("utf-8")):
            if other not in wanted and other not in named:
                wanted.append(other)
    return tuple(wanted)
