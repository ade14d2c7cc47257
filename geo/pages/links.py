"""Where the links of a page lead: to other addresses on a server than in a folder of files."""

from dataclasses import dataclass, field

from geo.view import LANGUAGES


@dataclass(frozen=True)
class Links:
    """
    Addresses of pages, below the folder that holds them all.

    Attributes
    ----------
    ending
        What the address of a page ends in, in the page's language.
    home
        The page that comes first.
    chosen
        The map with a feature chosen, up to the feature's id.
    endings
        Of the same page in other languages, by language.
    """

    ending: str = ""
    home: str = ""
    chosen: str = "?feature="
    endings: dict[str, str] = field(default_factory=dict)


#: On a server, which has a page at each address.
SERVED = Links()


def filed(lang: str) -> Links:
    """Give the addresses in a folder of files, one for each page and language."""
    dot = {one: ".html" if one == "en" else f".{one}.html" for one in LANGUAGES}
    return Links(
        ending=dot[lang],
        home=f"index{dot[lang]}",
        chosen=f"map{dot[lang]}#feature=",
        endings={one: ending for one, ending in dot.items() if one != lang},
    )
