"""How much of each article is on the map: every sentence that names something is accounted for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from geo import evidence, passage
from geo.model import Atlas, Claim, Feature, Record, SentenceAccount, Source
from geo.vocab import LeftOut

#: A number of its own: no part of a name such as 5G or OFC-1, of a mail address or of a word.
_FIGURE = re.compile(r"(?<![\w@.-])\d[\d.,]*(?:[-–]\d[\d.,]*)*%?(?![\w@–-])")


class Fault(NamedTuple):
    """What is wrong with one account: the member of the source, the fault and the remedy."""

    member: str
    fault: str
    remedy: str


class Coverage(Record):
    """
    What became of the sentences of one article.

    Attributes
    ----------
    sentences, naming, unaccounted, quoted_pct
        Known only with the article's text at hand: all sentences, those that name something,
        those of them without an account, and the share of the text that the record repeats.
    """

    source: str
    publisher: str
    mapped: int
    left_out: Mapping[LeftOut, int]
    features: int
    claims: int
    sentences: int | None = None
    naming: int | None = None
    unaccounted: int | None = None
    quoted_pct: float | None = None

    @property
    def accounted(self) -> int:
        """How many sentences have an account."""
        return self.mapped + sum(self.left_out.values())


def coverage(source: Source, atlas: Atlas, text: str | None = None) -> Coverage:
    """Count what became of the sentences of an article; without its text, what is recorded."""
    reasons = Counter(one.left_out for one in source.sentences if one.left_out is not None)
    known = Coverage(
        source=source.id,
        publisher=source.publisher,
        mapped=sum(bool(one.features) for one in source.sentences),
        left_out={reason: reasons[reason] for reason in LeftOut if reasons[reason]},
        features=len({feature.id for feature, _ in claims_of(source, atlas)}),
        claims=sum(1 for _ in claims_of(source, atlas)),
    )
    if text is None:
        return known
    spans = {account.span for account in source.sentences}
    naming = [one for one in passage.sentences(text) if names_in(one.text, atlas)]
    return known.model_copy(
        update={
            "sentences": sum(1 for _ in passage.sentences(text)),
            "naming": len(naming),
            "unaccounted": sum((one.start, one.end) not in spans for one in naming),
            "quoted_pct": round(100 * repeated_share(source, atlas, text), 1),
        }
    )


def claims_of(source: Source, atlas: Atlas) -> Iterator[tuple[Feature, Claim]]:
    """Every claim that rests on a source, with its feature."""
    for feature in atlas.features.values():
        for claim in feature.properties.claims:
            if claim.source == source.id:
                yield feature, claim


def reading_order(
    source: Source, atlas: Atlas, text: str | None = None
) -> tuple[tuple[Feature, Claim], ...]:
    """
    Give the claims that rest on a source as a reader comes upon them.

    Without the text, accounts of its sentences say where a feature is first named, and locators
    where else a claim stands.
    """
    return tuple(
        sorted(claims_of(source, atlas), key=lambda one: _place(one[0], one[1], source, text))
    )


def _place(feature: Feature, claim: Claim, source: Source, text: str | None) -> tuple[int, ...]:
    if text is not None and (at := next(evidence.positions(text, claim), None)) is not None:
        return (at,)
    around = f"{claim.prefix or ''}{claim.quote or ''}{claim.suffix or ''}"
    naming = [one for one in source.sentences if feature.id in one.features]
    holding = [one for one in naming if one.words in around]
    if account := next(iter([*holding, *naming]), None):
        return account.span
    return tuple(int(number) for number in re.findall(r"\d+", claim.locator or "")) or (0,)


def names_in(sentence: str, atlas: Atlas) -> tuple[str, ...]:
    """Known names and figures that a sentence holds."""
    own = (one.properties for one in atlas.features.values() if one.is_thing)
    names = {*atlas.names, *(name for one in own for name in (one.name, *one.aliases))}
    pattern = _pattern(frozenset(names))
    found = [match[0] for match in pattern.finditer(sentence)] if names else []
    return tuple(dict.fromkeys([*found, *_FIGURE.findall(sentence)]))


@lru_cache(maxsize=8)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    either = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def repeated_share(source: Source, atlas: Atlas, text: str) -> float:
    """Share of an article that its record and our claims repeat: quotes and the words of accounts."""
    repeated: set[int] = set()
    for _, claim in claims_of(source, atlas):
        for start in evidence.positions(text, claim):
            repeated.update(range(start, start + len(claim.quote or "")))
    for account in source.sentences:
        at = text.find(account.words, *account.span)
        if at >= 0:
            repeated.update(range(at, at + len(account.words)))
    return len(repeated) / max(len(text), 1)


def record_faults(source: Source, atlas: Atlas) -> Iterator[Fault]:
    """Faults of accounts that show without the article: order, features, sentences left to do."""
    said = {feature.id for feature, _ in claims_of(source, atlas)}
    end = 0
    for account in source.sentences:
        member = _member(account)
        if not end <= account.span[0] < account.span[1]:
            remedy = "Order them as they are read, without overlap"
            yield Fault(member, "does not follow the one before", remedy)
        end = account.span[1]
        for feature in account.features:
            if feature not in said:
                fault = f"names {feature!r}, which has no claim from this source"
                yield Fault(member, fault, "Add the claim, or name another feature")
        if account.left_out is LeftOut.TO_DO:
            remedy = "Name its features, or the reason why it is left out"
            yield Fault(member, "is not yet accounted for", remedy)


def text_faults(source: Source, atlas: Atlas, text: str) -> Iterator[Fault]:
    """
    Faults of accounts against the article.

    A source that is none of the five and has no account yet is not held to one.
    """
    if not source.seed and not source.sentences:
        return
    accounts = {account.span: account for account in source.sentences}
    found = {(one.start, one.end): one for one in passage.sentences(text)}
    for span, account in accounts.items():
        sentence = found.get(span)
        remedy = "Account for the sentence that is there now"
        if sentence is None:
            yield Fault(_member(account), "no sentence begins and ends there", remedy)
        elif not passage.hash_sentence(sentence.text).startswith(account.sha256[:16]):
            yield Fault(_member(account), "the sentence there is another one", remedy)
        elif account.words not in sentence.text:
            yield Fault(_member(account), "its words are not in the sentence", remedy)
    for span, sentence in found.items():
        names = names_in(sentence.text, atlas)
        if names and span not in accounts:
            fault = f"names {', '.join(names)} and is not accounted for"
            remedy = "Name its features, or the reason why it is left out"
            yield Fault(f"sentences [{span[0]}, {span[1]}]", fault, remedy)
    for feature, claim in claims_of(source, atlas):
        for start in evidence.positions(text, claim):
            held = [
                span
                for span in found
                if span[0] < start + len(claim.quote or "") and start < span[1]
            ]
            for span in held:
                if span in accounts and feature.id not in accounts[span].features:
                    fault = f"{claim.id} quotes it, and it does not name {feature.id!r}"
                    yield Fault(_member(accounts[span]), fault, "Add the feature to the account")


def _member(account: SentenceAccount) -> str:
    return f"sentences [{account.span[0]}, {account.span[1]}]"
