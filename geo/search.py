"""Find a feature by any of its names, in any of the three scripts, as people type them."""

import unicodedata

from geo.model import Atlas, Feature

#: Letters that Arabic and Urdu keyboards write differently, and signs people leave out.
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "-": " ", "–": " "}
)


def fold(text: str) -> str:
    """
    Reduce a text to what a search compares: no case, no accents, one form of each letter.

    Examples
    --------
    >>> fold("Ürümqi–KASHGAR"), fold("كراچي") == fold("کراچی")
    ('urumqi kashgar', True)
    """
    decomposed = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(plain.casefold().split())


def search(atlas: Atlas, words: str) -> tuple[Feature, ...]:
    """
    Find things and waypoints by name, alias or id.

    Returns
    -------
    found
        A name that begins with the words comes first, then one that holds them, then one that
        holds each of them somewhere; of these the shortest. None for empty words.
    """
    wanted = fold(words)
    if not wanted:
        return ()
    ranked = [
        (min(ranks), place, feature)
        for place, feature in enumerate(atlas.features.values())
        if feature.properties.part_of is None
        and (ranks := [rank for name in _names(feature) if (rank := _rank(name, wanted))])
    ]
    return tuple(feature for _, _, feature in sorted(ranked, key=lambda one: one[:2]))


def _rank(name: str, wanted: str) -> tuple[int, int] | None:
    folded = fold(name)
    if folded.startswith(wanted):
        return 0, len(folded)
    if wanted in folded:
        return 1, len(folded)
    return (2, len(folded)) if all(word in folded for word in wanted.split()) else None


def _names(feature: Feature) -> list[str]:
    properties = feature.properties
    names = [properties.name, properties.name_ur, properties.name_zh, *properties.aliases]
    return [feature.id, *feature.formerly, *(name for name in names if name)]
