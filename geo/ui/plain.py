"""Text of the data on its way into Markdown, which would load pictures and follow links in it."""

import re

from geo.render.environment import safe_url

#: Signs that Markdown may take for its own where they stand. Others are left alone: Streamlit gives
#: a switch the name that its label has before Markdown is read, backslashes and all.
_SIGN = re.compile(
    r"""
    ([\\`*<$~|{}\[\]]            # anywhere
    | (?<![^\W_])_ | _(?![^\W_])  # not between letters
    | &(?=\#?\w+;)               # as the name of a sign
    | ^[-+=>\#]                  # where a line begins
    | [!:]$)                     # where our own marks may follow
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](\s|$))")
#: Where signs that nothing escapes would become a picture, a link or an arrow.
_MEETING = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", re.IGNORECASE)
_JOINER = "\u2060"  # no width, no break
#: Controls of direction reach beyond the words they stand in; the browser isolates words anyway.
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What ends a link's address in Markdown, or is not taken as it stands in one.
_IN_ADDRESS = re.compile(r"([()<>\\&\"'`$*\[\]])")


def plain(text: str) -> str:
    r"""
    Write text so that Markdown shows it as it is, on one line.

    Examples
    --------
    >>> plain("Khunjerab fiber (OFC-1), R&D: 44 %")
    'Khunjerab fiber (OFC-1), R&D: 44 %'
    >>> plain("![x](http://example.com)")
    '!\\[x\\](http:\u2060//example.com)'
    """
    words = " ".join(_DIRECTION.sub("", text).split())
    parted = _MEETING.sub(_JOINER, words)
    return _NUMBERED.sub(r"\1\\", _SIGN.sub(r"\\\1", parted))


def apart(text: str) -> str:
    r"""
    Write text as `plain` does, with a direction of its own among words of another.

    Examples
    --------
    >>> apart("roads")
    '\u2068roads\u2069'
    """
    return f"\u2068{plain(text)}\u2069"


def link(words: str, address: str | None) -> str:
    r"""
    Write a link for Markdown; words alone where there is no web address.

    Examples
    --------
    >>> link("247 News", "https://example.com/a_(b)#:~:text=c")
    '[247 News](https://example.com/a_\\(b\\)#:~:text=c)'
    >>> link("here", "javascript:alert(1)")
    'here'
    """
    safe = "".join(safe_url(address).split())
    target = _IN_ADDRESS.sub(r"\\\1", safe)
    return f"[{plain(words)}]({target})" if safe else plain(words)
