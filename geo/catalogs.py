"""Message catalogs: our own words in other languages, drafts until a named reviewer has passed them."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locale"
#: Begins the line of a catalog's first comment that names who has passed the translation.
REVIEWED = "Reviewed by:"


def path_of(lang: str) -> Path:
    """Say where the catalog of a language is."""
    return FOLDER / lang / "LC_MESSAGES" / "geo.po"


@cache
def catalog(lang: str) -> Catalog | None:
    """Read the catalog of a language; None where there is none, as for English."""
    path = path_of(lang)
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain="geo")


@cache
def translations(lang: str) -> NullTranslations:
    """Give the translations of a language; English where nobody has translated a message."""
    found = catalog(lang)
    if found is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)


def reviewer(lang: str) -> str:
    """Name who has passed the translation of a language; nobody where it is a draft."""
    found = catalog(lang)
    head = found.header_comment.splitlines() if found else ()
    lines = (line.lstrip("# ") for line in head)
    return next(
        (line.removeprefix(REVIEWED).strip() for line in lines if line.startswith(REVIEWED)), ""
    )


def is_draft(lang: str) -> bool:
    """Whether what is said in a language is a translation that nobody has passed yet."""
    return catalog(lang) is not None and not reviewer(lang)
