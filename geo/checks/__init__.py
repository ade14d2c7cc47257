"""
The rules that keep the map true.

A rule is a function from the atlas to issues. It never prints and never raises; `RULES` is the one
list of them, which the command line, the tests and the app all read.
"""

from geo.checks import claims, places, records
from geo.checks.claims import adapter
from geo.checks.issue import Issue, Rule
from geo.checks.quotes import check_texts
from geo.model import Atlas

__all__ = ["RULES", "Issue", "adapter", "check", "check_texts"]

RULES: tuple[Rule, ...] = (
    records.sources_are_known_and_used,
    records.sources_are_described,
    records.ids_are_unique,
    claims.claims_fit_their_property,
    claims.stated_values_have_claims,
    claims.unchosen_values_have_reasons,
    claims.claims_have_words,
    claims.statuses_are_earned,
    places.geometries_are_sound,
    places.locations_say_how_sure,
    places.parts_and_ends_are_known,
    claims.features_have_claims,
    records.drafts_are_named,
    records.sentences_are_accounted,
    records.texts_are_plain,
    records.derived_members_are_current,
)


def check(atlas: Atlas) -> list[Issue]:
    """Hold the atlas against every rule; nothing to check is an issue too."""
    if not atlas.features:
        return [Issue("layers", "all", "there is no feature to check", "Name the right folder")]
    return [issue for rule in RULES for issue in rule(atlas)]
