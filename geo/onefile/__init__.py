"""The map as one file that opens without a network or a server."""

from collections.abc import Mapping

from geo.onefile.document import page
from geo.view import LANGUAGES

__all__ = ["file_name", "files_but", "page"]


def file_name(lang: str) -> str:
    """Name the file of a language, where each has one of its own."""
    return "map.html" if lang == "en" else f"map.{lang}.html"


def files_but(lang: str) -> Mapping[str, str]:
    """Name the files of all languages but one, by language."""
    return {one: file_name(one) for one in LANGUAGES if one != lang}
