"""What the map is and is not, in the words of its own vocabulary."""

import re

from geo import __version__, live, store, text
from geo.model import Atlas
from geo.pages import boundaries
from geo.pages.links import SERVED, Links
from geo.pages.page import page
from geo.vocab import Evidence, LocationMethod, Status, Worldview

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_POINT = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)


def about_page(atlas: Atlas, worldview: Worldview, lang: str = "en", links: Links = SERVED) -> str:
    """Write the page as HTML: no script, nothing from elsewhere."""
    things = [one for one in atlas.features.values() if one.is_thing]
    heading, changes = _newest(store.document("CHANGELOG.md"))
    return page(
        "about.html.jinja",
        lang,
        links,
        name="about",
        statuses=tuple(Status),
        evidence=tuple(Evidence),
        methods=tuple(LocationMethod),
        n_things=len(things),
        n_claims=sum(len(one.properties.claims) for one in atlas.features.values()),
        n_sources=len(atlas.sources),
        n_seeds=sum(source.seed for source in atlas.sources.values()),
        searched=text.day(atlas.searched_to, lang),
        version=__version__,
        heading=heading,
        changes=changes,
        boundaries=boundaries.paragraphs(lang),
        worldviews=live.worldviews(),
        laws=boundaries.laws(lang),
        clearance=text.message(boundaries.CLEARANCE, lang),
        note=text.boundary_note(worldview, lang),
        attribution=text.attribution(),
    )


def _newest(changelog: str) -> tuple[str, tuple[str, ...]]:
    """Give the heading and the points of the newest version."""
    heading, newest = _HEADING.split(changelog)[1:3]
    points = (" ".join(point.split()) for point in _POINT.findall(newest))
    return heading, tuple(point.replace("`", "") for point in points)
