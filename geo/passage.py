"""Sentences of an article's text, and the words around a quote that make it unique."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.errors import GeoError

#: A sentence ends after a word of two letters, a digit, a bracket or a percent sign, before
#: white space and what can begin another one. Initials and abbreviations such as P.c. do not end it.
_END = re.compile(r"(?<=[^\W\d_]{2}|[^\W_][\d)%”])[.!?][\"”’)]*\s+(?=[“\"\[(•*-]*[^\W_a-z])")
#: Marks of a list or of stress that belong to the page, not to the sentence.
_MARGIN = " \t•*-"
#: Marks that editors exchange for one another.
_QUOTES = "[\"“”'’\u2018]"
#: Words on either side that make a quote findable by a person.
_CONTEXT_WORDS = 3
#: Digits of a hash that name a sentence.
_HASH_DIGITS = 16


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it stands: its first character and the one after its last."""

    start: int
    end: int
    text: str

    @property
    def sha256(self) -> str:
        """The first digits of its hash, which tell whether it is still the same."""
        return hash_sentence(self.text)


def hash_sentence(text: str) -> str:
    """Name a sentence without repeating it."""
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]


def sentences(text: str) -> Iterator[Sentence]:
    r"""
    Split a text; a line break always ends a sentence.

    The same text gives the same sentences for ever: accounts of articles count on it.

    Examples
    --------
    >>> [one.text for one in sentences("A. Khan spoke at 9.30. 5G came.\n• It works")]
    ['A. Khan spoke at 9.30.', '5G came.', 'It works']
    """
    for line in re.finditer(r"[^\n]+", text):
        begin = line.start()
        ends = [match.end() for match in _END.finditer(text, line.start(), line.end())]
        for end in (*ends, line.end()):
            words = text[begin:end]
            lead = len(words) - len(words.lstrip(_MARGIN))
            stripped = words.strip(_MARGIN)
            if stripped:
                yield Sentence(begin + lead, begin + lead + len(stripped), stripped)
            begin = end


def places(text: str, words: str) -> tuple[int, ...]:
    """Every place where words stand in a text, character by character."""
    return tuple(match.start() for match in re.finditer(f"(?={re.escape(words)})", text))


def selector(text: str, quote: str, at: int | None = None) -> tuple[str, str]:
    """
    Find the prefix and suffix that make a quote unique (W3C TextQuoteSelector).

    Parameters
    ----------
    at
        Which place is meant, where the quote stands at several.

    Returns
    -------
    prefix, suffix
        Whole words of the same line: three on either side, more where that is not enough.

    Raises
    ------
    GeoError
        If the quote does not stand in the text, or stands at several places and `at` names none.
    """
    found = places(text, quote)
    if not found:
        near = _near(text, quote)
        where = f"; it does hold “{near}”" if near else ""
        raise GeoError(
            "quote",
            f"the article does not hold these words{where}",
            "Copy them character by character",
        )
    if at is None and len(found) > 1:
        lines = ", ".join(f"{one} (“{_around(text, one, len(quote))}”)" for one in found)
        raise GeoError(
            "quote",
            f"the words stand at {len(found)} places: {lines}",
            "Quote more words, or name one place with --at",
        )
    start = found[0] if at is None else at
    if start not in found:
        raise GeoError("at", f"the quote does not stand at {start}", f"Name one of {found}")
    end = start + len(quote)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    before = _cuts(text[line_start:start], backwards=True)
    after = _cuts(text[end:line_end], backwards=False)
    for n_words in range(_CONTEXT_WORDS, max(len(before), len(after), _CONTEXT_WORDS) + 1):
        prefix = text[start - before[min(n_words, len(before) - 1)] : start]
        suffix = text[end : end + after[min(n_words, len(after) - 1)]]
        if places(text, prefix + quote + suffix) == (start - len(prefix),):
            return prefix, suffix
    raise GeoError(
        "quote", "its whole line stands in the article more than once", "Quote other words"
    )


def _cuts(line: str, *, backwards: bool) -> list[int]:
    """Lengths of the first, second, third … word beside a quote, from none to the whole line."""
    if backwards:
        starts = [match.start() for match in re.finditer(r"\S+\s*", line)]
        return [0, *(len(line) - start for start in reversed(starts))]
    return [0, *(match.end() for match in re.finditer(r"\s*\S+", line))]


def _around(text: str, start: int, length: int) -> str:
    begin, end = max(text.rfind("\n", 0, start) + 1, start - 20), start + length + 20
    return text[begin:end].partition("\n")[0]


def _near(text: str, quote: str) -> str | None:
    """Find the words that differ from a quote in case, spaces or quotation marks only."""
    pattern = re.escape(" ".join(quote.split()))
    pattern = pattern.replace(r"\ ", r"\s+")
    pattern = re.sub(_QUOTES, _QUOTES, pattern)
    pattern = re.sub(r"\\-|–|—", "[-–—]", pattern)
    match = re.search(pattern, text, re.IGNORECASE)
    return match[0] if match else None
