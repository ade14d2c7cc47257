"""Layers that a reader brought, as they stand in the one-file map: all of them, with every record."""

import json
from collections.abc import Sequence
from typing import Any

from geo import text
from geo.extra import Layer, records, shown
from geo.maps.element import OWN_MESSAGES


def data(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Give what the script draws, and what a card says of each feature."""
    return [
        {
            "id": layer.id,
            "title": layer.title,
            "bounds": layer.bounds,
            "drawn": json.loads(shown.collection(layer)),
            "records": {one.id: shown.record(one) for one in records.every(layer.records)},
        }
        for layer in layers
    ]


def words(layers: Sequence[Layer], lang: str) -> dict[str, Any]:
    """Give what the page says of them in a language."""
    return {
        "title": text.message("Your layers", lang),
        "say": text.messages(OWN_MESSAGES, lang),
        "words": {layer.id: layer.words(lang) for layer in layers},
    }
