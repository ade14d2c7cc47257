"""Where the links of a page lead: to other addresses on a server than in a folder of files."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from geo.view import LANGUAGES


@dataclass(frozen=True)
class Links:
    """
    Addresses of pages, below the folder that holds them all.

    Attributes
    ----------
    ending
        What the address of a page ends in, in the page's language and of its day.
    home
        The page that comes first.
    chosen
        The map with a feature chosen, up to the feature's id.
    endings
        Of the same page in other languages, by language.
    day
        The day the pages speak of, YYYY-MM-DD; None is today.
    is_served
        Whether a server answers, which can do more than hold files.
    """

    ending: str = ""
    home: str = ""
    chosen: str = "?feature="
    endings: dict[str, str] = field(default_factory=dict)
    day: str | None = None
    is_served: bool = False

    @property
    def of_day(self) -> str:
        """What the address of data ends in: their day, and no language."""
        return _asked("en", self.day)


def served(lang: str = "en", day: str | None = None) -> Links:
    """Give the addresses on a server, which has a page at each; as of a day, YYYY-MM-DD."""
    asked = _asked(lang, day)
    return Links(
        ending=asked,
        home=asked,
        chosen=f"{asked}&feature=" if asked else "?feature=",
        endings={one: _asked(one, day) for one in LANGUAGES if one != lang},
        day=day,
        is_served=True,
    )


def filed(lang: str) -> Links:
    """Give the addresses in a folder of files, one for each page and language."""
    dot = {one: ".html" if one == "en" else f".{one}.html" for one in LANGUAGES}
    return Links(
        ending=dot[lang],
        home=f"index{dot[lang]}",
        chosen=f"map{dot[lang]}#feature=",
        endings={one: ending for one, ending in dot.items() if one != lang},
    )


def _asked(lang: str, day: str | None) -> str:
    """Write language and day as a page is asked for them; English and today need no word."""
    told = {"lang": lang} if lang != "en" else {}
    told |= {"as_of": day} if day else {}
    return f"?{urlencode(told)}" if told else ""


#: On a server, in English, today.
SERVED = served()
