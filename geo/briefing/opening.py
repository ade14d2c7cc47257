"""What the whole scope comes to: a summary of one thing, or counts over several."""

from collections import Counter
from collections.abc import Iterator, Sequence

from geo import evidence, text
from geo.briefing.subject import Draft, Subject
from geo.vocab import Status

#: So many things are named in a sentence.
_NAMED = 12


def opening(subjects: Sequence[Subject]) -> Iterator[Draft]:
    """Say what the whole comes to: a summary of one thing, or counts over several."""
    if len(subjects) == 1:
        feature, lead = subjects[0].feature, evidence.lead_claim(subjects[0].feature)
        if feature.properties.summary:
            words = subjects[0].message(
                "Our summary of the {n} claims on {name}.",
                n=len(feature.properties.claims),
                name=text.named(feature, subjects[0].lang),
            )
            led = (lead,) if lead else ()
            yield Draft(feature.properties.summary, led, words, (feature.id,))
        return
    yield from _counts(subjects)


def _counts(subjects: Sequence[Subject]) -> Iterator[Draft]:
    first = subjects[0]
    by_status = Counter(one.feature.properties.status for one in subjects)
    known = [
        f"{n} {text.message(status.label, first.lang).lower()}"
        for status in Status
        if (n := by_status[status])
    ]
    if none := by_status[None]:
        known.append(first.message("{n} without a status (their kind says what they are)", n=none))
    ids = tuple(one.feature.id for one in subjects)
    yield Draft(
        first.message(
            "{n} things: {statuses}.", n=len(subjects), statuses=text.listed(known, first.lang)
        ),
        (),
        first.message("Counted over the things in scope; a route counts once, with its parts."),
        ids,
    )
    alone = [
        one.feature
        for one in subjects
        if (claim := evidence.status_claim(one.feature) or evidence.lead_claim(one.feature))
        and evidence.evidence_of(one.feature, claim, one.atlas.sources)[1] < 2  # noqa: PLR2004
    ]
    if alone:
        names = "; ".join(text.named(one, first.lang) for one in alone)
        few = len(alone) <= _NAMED
        yield Draft(
            first.message(
                "One story alone speaks for {n} of them: {names}.", n=len(alone), names=names
            )
            if few
            else first.message("One story alone speaks for {n} of them.", n=len(alone)),
            (),
            first.message(
                "Counted by the stories behind what leads on each; texts of one count once."
            ),
            tuple(one.id for one in alone),
        )
    n_open = sum(one.is_open for subject in subjects for one in subject.misfits)
    if n_open:
        yield Draft(
            text.counted(
                "Sources disagree openly in {n} case.",
                "Sources disagree openly in {n} cases.",
                n_open,
                first.lang,
            ),
            (),
            first.message("Counted over the claims of the things in scope."),
            ids,
        )
