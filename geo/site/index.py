"""The first page of the folder: the way to the map, and everything in words for who has no script."""

from geo import __version__, onefile, pages, text
from geo.card import card
from geo.export import FORMATS, whole
from geo.model import Atlas, Feature
from geo.onefile.words import TITLE
from geo.pages.page import page
from geo.vocab import Worldview


def index_page(atlas: Atlas, worldview: Worldview, lang: str) -> str:
    """Write the page as HTML: no script, nothing from elsewhere."""
    return page(
        "index.html.jinja",
        lang,
        pages.filed(lang),
        name="index",
        title=text.message(TITLE, lang),
        map_file=onefile.file_name(lang),
        layers=[
            (
                text.titled(layer, lang),
                [_row(one, atlas, lang) for one in layer.features if _has(one)],
            )
            for layer in atlas.layers
        ],
        folder=whole.FOLDER,
        formats=[
            (one.title, one.file_name, text.message(one.purpose, lang)) for one in FORMATS.values()
        ],
        note=text.boundary_note(worldview, lang),
        attribution=text.attribution(),
        searched_to=text.day(atlas.searched_to, lang),
        searched=text.searched(atlas, lang),
        version=__version__,
    )


def _has(feature: Feature) -> bool:
    """Whether a feature has a page of its own; waypoints stand on that of their route."""
    return feature.is_thing


def _row(feature: Feature, atlas: Atlas, lang: str) -> tuple[str, str, list[str]]:
    told = card(feature, atlas, lang)
    words = [one.label for one in (told.status, told.evidence) if one]
    return feature.id, text.named(feature, lang), words or [told.kind]
