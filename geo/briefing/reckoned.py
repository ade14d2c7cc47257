"""What the things of a briefing come to in length, reach, access, ways and latency, by our reckoning."""

from collections.abc import Sequence
from dataclasses import replace

from geo import analysis, text
from geo.analysis import Answer
from geo.briefing.about import Scope
from geo.briefing.model import Point
from geo.briefing.notes import Notes
from geo.briefing.subject import Draft
from geo.model import Atlas, Feature
from geo.store import Store
from geo.view import View


def answers(atlas: Atlas, view: View, scope: Scope, store: Store) -> tuple[Answer, ...]:
    """
    Answer every question about the things of a scope; what has no figure is left out.

    Raises
    ------
    GeoError
        If reference data are missing, or do not reach as far as the things do.
    """
    if scope.named:
        atlas = _only(atlas, scope.things)
        layers = tuple(layer.id for layer in atlas.layers)
        view = View(layers=layers, worldview=view.worldview, as_of=view.as_of, lang=view.lang)
    told = analysis.answers(atlas, replace(view, feature=None), store)
    return tuple(one for one in told if any(table.rows for table in one.tables))


def points(told: Sequence[Answer], things: Sequence[Feature], notes: Notes) -> tuple[Point, ...]:
    """Put answers under their questions; the note of each says how, from what, and what it is not."""
    lang = notes.lang
    return tuple(
        Point(
            title=text.message(one.question.label, lang),
            statements=tuple(
                notes.state(Draft(sentence, words=_ground(one, lang), inputs=_ids(things)))
                for sentence in one.sentences
            ),
        )
        for one in told
    )


def _ground(answer: Answer, lang: str) -> str:
    table = next(one for one in answer.tables if one.rows)
    return text.message("Our reckoning. {method} From: {data} {caveat}", lang).format(
        method=table.method, data=table.data, caveat=table.caveat
    )


def _ids(things: Sequence[Feature]) -> tuple[str, ...]:
    return tuple(one.id for one in things)


def _only(atlas: Atlas, things: Sequence[Feature]) -> Atlas:
    """Leave out every other thing with its parts; waypoints stay, for routes name them."""
    kept = {one.id for one in things}
    layers = tuple(
        layer.model_copy(
            update={"features": tuple(one for one in layer.features if _stays(one, kept))}
        )
        for layer in atlas.layers
    )
    # Not a copy, which would keep what the whole atlas has worked out.
    return Atlas(**{name: getattr(atlas, name) for name in Atlas.model_fields} | {"layers": layers})


def _stays(feature: Feature, kept: set[str]) -> bool:
    whole = feature.properties.part_of
    return whole in kept if whole is not None else not feature.is_thing or feature.id in kept
