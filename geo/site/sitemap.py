"""What tells search engines which pages there are (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Iterable
from urllib.parse import quote

from geo import render


def sitemap(root: str, names: Iterable[str]) -> str:
    """
    List pages by their addresses.

    Parameters
    ----------
    root
        Public address of the folder, with a slash at its end.
    """
    addresses = [f"{root}{quote(name)}" for name in names]
    return render.render("sitemap.xml.jinja", addresses=addresses)


def robots(root: str) -> str:
    """Say that everything may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\nSitemap: {root}sitemap.xml\n"
