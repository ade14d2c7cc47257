"""What is shown: one value that every page and command takes, and that a link carries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from geo import evidence
from geo.model import Atlas, Feature
from geo.vocab import Evidence, Kind, Status, Term, Worldview

#: Languages to choose from, each in its own words.
LANGUAGE_NAMES = {"en": "English", "ur": "اردو", "zh": "中文"}
LANGUAGES = tuple(LANGUAGE_NAMES)
#: Languages written from right to left.
RIGHT_TO_LEFT = frozenset({"ur"})

T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class View:
    """
    A choice of what to show.

    Attributes
    ----------
    layers
        Ids of the layers switched on; `None` means those visible at first open.
    feature
        The feature whose popup is open.
    worldview
        Whose boundaries are drawn.
    lang
        Language of everything we write.
    status, evidence
        Only things of these; empty means all.
    source
        Only things this source speaks of.
    disagree
        Only things on which sources disagree.
    search
        Words in the search box; they choose nothing by themselves.
    as_of
        Day, YYYY-MM-DD, on which what was known then is shown (`geo.history.as_of`).
    """

    layers: tuple[str, ...] | None = None
    feature: str | None = None
    worldview: Worldview = Worldview.DE_FACTO
    lang: str = "en"
    status: tuple[Status, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source: str | None = None
    disagree: bool = False
    search: str = ""
    as_of: str | None = None

    def shown_layers(self, atlas: Atlas) -> tuple[str, ...]:
        """Ids of the layers switched on, in the order of the atlas."""
        return tuple(
            layer.id
            for layer in atlas.layers
            if (layer.visible if self.layers is None else layer.id in self.layers)
        )

    def shown(self, atlas: Atlas) -> tuple[Feature, ...]:
        """
        Features of the layers switched on that pass the filters, with or without a geometry.

        Filters judge things. Parts go with their whole, waypoints with the routes of their layer.
        """
        chosen = self.shown_layers(atlas)
        things = {
            feature.id
            for feature in atlas.features.values()
            if feature.is_thing and atlas.layer_of[feature.id].id in chosen and self.passes(feature)
        }
        routed = {atlas.layer_of[id_].id for id_ in things if atlas.features[id_].properties.whole}
        return tuple(
            feature
            for feature in atlas.features.values()
            if feature.id in things
            or feature.properties.part_of in things
            or (
                feature.properties.kind is Kind.WAYPOINT and atlas.layer_of[feature.id].id in routed
            )
        )

    def passes(self, feature: Feature) -> bool:
        """Whether a thing passes every filter; one without a status passes no filter by status."""
        properties = feature.properties
        return (
            (not self.status or properties.status in self.status)
            and (not self.evidence or properties.evidence in self.evidence)
            and (
                self.source is None
                or any(claim.source == self.source for claim in properties.claims)
            )
            and (not self.disagree or bool(evidence.disagreements(feature)))
        )


def read_query(query: Mapping[str, str], atlas: Atlas) -> tuple[View, list[str]]:
    """
    Read a view from the parameters of a link.

    A selected feature's layer is switched on with it, so that its link shows it.

    Returns
    -------
    view
        The view; a parameter that cannot be read is ignored.
    notices
        One sentence for each parameter that was ignored.
    """
    notices: list[str] = []
    worldviews = _read_terms(query, "worldview", Worldview, notices)
    view = View(
        layers=_read_layers(query.get("layers"), atlas, notices),
        feature=_read_feature(query.get("feature"), atlas, notices),
        worldview=worldviews[0] if worldviews else Worldview.DE_FACTO,
        lang=_read_one(query, "lang", LANGUAGES, notices) or "en",
        status=_read_terms(query, "status", Status, notices),
        evidence=_read_terms(query, "evidence", Evidence, notices),
        source=_read_one(query, "source", tuple(atlas.sources), notices),
        disagree=_read_one(query, "disagree", ("1",), notices) == "1",
        search=query.get("q", ""),
        as_of=_read_day(query.get("as_of"), notices),
    )
    if view.feature is not None:
        needed = atlas.layer_of[view.feature].id
        shown = view.shown_layers(atlas)
        if needed not in shown:
            view = replace(view, layers=(*shown, needed))
    return view, notices


def write_query(view: View, atlas: Atlas) -> dict[str, str]:
    """Write a view as the parameters of a link: only what differs from the first open."""
    first = View()
    layers = view.shown_layers(atlas)
    query = {
        "layers": None if layers == first.shown_layers(atlas) else ",".join(layers),
        "feature": view.feature,
        "worldview": None if view.worldview is first.worldview else view.worldview.value,
        "lang": None if view.lang == first.lang else view.lang,
        "status": ",".join(view.status) or None,
        "evidence": ",".join(view.evidence) or None,
        "source": view.source,
        "disagree": "1" if view.disagree else None,
        "q": view.search or None,
        "as_of": view.as_of,
    }
    return {name: value for name, value in query.items() if value is not None}


def _read_layers(wanted: str | None, atlas: Atlas, notices: list[str]) -> tuple[str, ...] | None:
    if wanted is None:
        return None
    known = [layer.id for layer in atlas.layers]
    chosen = [name for name in wanted.split(",") if name]
    notices += [_unknown("layers", name, known) for name in chosen if name not in known]
    return tuple(name for name in known if name in chosen)


def _read_feature(wanted: str | None, atlas: Atlas, notices: list[str]) -> str | None:
    if not wanted or wanted in atlas.features:
        return wanted or None
    renamed = {old: one.id for one in atlas.features.values() for old in one.formerly}
    if wanted not in renamed:
        notices.append(f"No feature is called {wanted!r}; the link’s feature is ignored.")
    return renamed.get(wanted)


def _read_day(wanted: str | None, notices: list[str]) -> str | None:
    if not wanted:
        return None
    try:
        day = date.fromisoformat(wanted).isoformat()
    except ValueError:
        day = None
    if day != wanted:
        notices.append(f"The link’s as_of={wanted!r} is no day such as 2020-07-13 and is ignored.")
        return None
    return day


def _read_one(
    query: Mapping[str, str], name: str, known: tuple[str, ...], notices: list[str]
) -> str | None:
    wanted = query.get(name)
    if wanted is None or wanted in known:
        return wanted
    notices.append(_unknown(name, wanted, known))
    return None


def _read_terms(
    query: Mapping[str, str], name: str, vocabulary: type[T], notices: list[str]
) -> tuple[T, ...]:
    wanted = [value for value in query.get(name, "").split(",") if value]
    known = list(vocabulary)
    notices += [_unknown(name, value, known) for value in wanted if value not in known]
    return tuple(term for term in known if term in wanted)


def _unknown(name: str, value: str, known: list[str] | list[T] | tuple[str, ...]) -> str:
    choice = f" Known: {', '.join(known)}." if len(known) <= 12 else ""  # noqa: PLR2004 - a line
    return f"The link’s {name}={value!r} is not known and is ignored.{choice}"
