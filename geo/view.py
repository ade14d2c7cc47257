"""What is shown: one value that every page and command takes, and that a link carries."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo.model import Atlas, Feature
from geo.vocab import Worldview

LANGUAGES = ("en", "ur", "zh")


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
    """

    layers: tuple[str, ...] | None = None
    feature: str | None = None
    worldview: Worldview = Worldview.DE_FACTO
    lang: str = "en"

    def shown_layers(self, atlas: Atlas) -> tuple[str, ...]:
        """Ids of the layers switched on, in the order of the atlas."""
        return tuple(
            layer.id
            for layer in atlas.layers
            if (layer.visible if self.layers is None else layer.id in self.layers)
        )

    def shown(self, atlas: Atlas) -> tuple[Feature, ...]:
        """Features of the layers switched on, with or without a geometry."""
        chosen = self.shown_layers(atlas)
        return tuple(
            feature
            for feature in atlas.features.values()
            if atlas.layer_of[feature.id].id in chosen
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
    feature = query.get("feature") or None
    if feature is not None and feature not in atlas.features:
        renamed = {old: one.id for one in atlas.features.values() for old in one.formerly}
        if feature not in renamed:
            notices.append(f"No feature is called {feature!r}; the link’s feature is ignored.")
        feature = renamed.get(feature)
    layers = _read_layers(query.get("layers"), atlas, notices)
    worldview = Worldview.DE_FACTO
    if (wanted := query.get("worldview")) is not None:
        if wanted in set(Worldview):
            worldview = Worldview(wanted)
        else:
            known = ", ".join(Worldview)
            notices.append(f"No boundary view is called {wanted!r}; known: {known}.")
    lang = query.get("lang", "en")
    if lang not in LANGUAGES:
        notices.append(f"No language is called {lang!r}; known: {', '.join(LANGUAGES)}.")
        lang = "en"
    view = View(layers, feature, worldview, lang)
    if feature is not None:
        needed = atlas.layer_of[feature].id
        shown = view.shown_layers(atlas)
        if needed not in shown:
            view = View((*shown, needed), feature, worldview, lang)
    return view, notices


def write_query(view: View, atlas: Atlas) -> dict[str, str]:
    """Write a view as the parameters of a link: only what differs from the first open."""
    query: dict[str, str] = {}
    if view.shown_layers(atlas) != View().shown_layers(atlas):
        query["layers"] = ",".join(view.shown_layers(atlas))
    if view.feature is not None:
        query["feature"] = view.feature
    if view.worldview is not Worldview.DE_FACTO:
        query["worldview"] = view.worldview.value
    if view.lang != "en":
        query["lang"] = view.lang
    return query


def _read_layers(wanted: str | None, atlas: Atlas, notices: list[str]) -> tuple[str, ...] | None:
    if wanted is None:
        return None
    known = [layer.id for layer in atlas.layers]
    chosen = [name for name in wanted.split(",") if name]
    notices += [
        f"No layer is called {name!r}; known: {', '.join(known)}."
        for name in chosen
        if name not in known
    ]
    return tuple(name for name in known if name in chosen)
