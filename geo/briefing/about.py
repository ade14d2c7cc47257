"""What a briefing says of itself: its scope, its day, how to read it, and what may be done with it."""

from dataclasses import dataclass, replace

from geo import text
from geo.model import Atlas, Feature
from geo.view import View, write_query


@dataclass(frozen=True)
class Scope:
    """
    What a briefing is about.

    Attributes
    ----------
    things, beside
        What is in it, and what bears on it from outside.
    named
        Whether the things were named one by one; else they are what the view shows.
    """

    things: tuple[Feature, ...]
    beside: tuple[Feature, ...]
    named: bool


def query(scope: Scope, atlas: Atlas, view: View) -> dict[str, str]:
    """Give the parameters of a link that shows the scope: the layers of things named one by one."""
    if not scope.named:
        return write_query(view, atlas)
    chosen = {atlas.layer_of[one.id].id for one in scope.things}
    layers = tuple(layer.id for layer in atlas.layers if layer.id in chosen)
    return write_query(replace(view, layers=layers, feature=scope.things[0].id), atlas)


def title(scope: Scope, atlas: Atlas, view: View) -> str:
    """Name it after its things, or its layers."""
    names = [text.named(one, view.lang) for one in scope.things]
    if scope.named and len(names) <= 3:  # noqa: PLR2004 - more are no title
        return "; ".join(names)
    layers = dict.fromkeys(text.titled(atlas.layer_of[one.id], view.lang) for one in scope.things)
    if len(layers) <= 3:  # noqa: PLR2004
        return "; ".join(layers)
    return text.message("Pakistan–China digital infrastructure", view.lang)


def scope_words(scope: Scope, atlas: Atlas, view: View) -> str:
    """Say what is in it: the things by name, or the layers and filters of the view."""
    lang = view.lang
    if scope.named:
        names = "; ".join(text.named(one, view.lang) for one in scope.things)
        return text.message("Scope: {names}.", lang).format(names=names)
    layers = dict.fromkeys(text.titled(atlas.layer_of[one.id], view.lang) for one in scope.things)
    only = [
        *(text.message(one.label, lang).lower() for one in (*view.status, *view.evidence)),
        *([text.source_line(atlas.sources[view.source], lang)] if view.source else []),
        *([text.message("where sources disagree", lang)] if view.disagree else []),
    ]
    words = text.message("Scope: {n} things of the layers {layers}", lang).format(
        n=len(scope.things), layers=text.listed(layers, lang)
    )
    filters = (
        text.message("; only: {filters}", lang).format(filters=text.listed(only, lang))
        if only
        else ""
    )
    return f"{words}{filters}."


def known(atlas: Atlas, view: View) -> str:
    """Say of which day it speaks."""
    searched = text.message("Sources searched to {day}.", view.lang).format(
        day=text.day(atlas.searched_to, view.lang)
    )
    if view.as_of is None:
        return searched
    words = text.message("As known on {day}, and as it could be stated then.", view.lang)
    return words.format(day=text.day(view.as_of, view.lang))


def reading(lang: str) -> str:
    """Say how to read the notes."""
    return text.message(
        "Notes: “…” is a source verbatim, in our words is what it says in ours. Sources were read "
        "in a stored copy or an excerpt of one, the live page not checked, unless a note says "
        "otherwise; of each, four facts a reader can check. Links lead to the sentence where its "
        "words are quoted.",
        lang,
    )


def method(atlas: Atlas, lang: str) -> tuple[str, ...]:
    """Say how the map decides."""
    said = (
        text.mark(
            "Every value is a claim with the words that support it. “In service”, “under "
            "construction” and “approved” need an official document or two separate stories; what "
            "one story says alone is “only claimed”. Texts of one release or story count once."
        ),
        text.mark(
            "Where sources disagree, the value used and why stand beside the others. What we infer "
            "says so. Summaries, counts and drawn lengths are ours."
        ),
        text.mark(
            "Likely errors of places are our estimates. Diagrams mean no route and have no length."
        ),
        text.mark("{searched}: that nothing newer was found says nothing of what happened since."),
    )
    searched = text.searched(atlas, lang)
    return tuple(
        text.message(words, lang).format(searched=searched[:1].upper() + searched[1:])
        for words in said
    )


def licenses(lang: str) -> tuple[str, ...]:
    """Say what may be done with it, and whose data it stands on."""
    return (
        text.message("Records and this text: CC BY 4.0; quotes remain their publishers’.", lang),
        text.message("Base map: {credits}.", lang).format(
            credits="Natural Earth; GeoNames (CC BY 4.0)"
        ),
    )
