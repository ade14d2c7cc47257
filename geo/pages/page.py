"""What every page is given: its words, its addresses, and what it may load."""

from typing import Any, Final

from geo import catalogs, render, text
from geo.cite import MAP
from geo.pages.links import Links
from geo.public import public_url
from geo.view import LANGUAGE_NAMES

#: A page has no script and loads nothing at all.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)


def page(
    template: str,
    lang: str,
    links: Links,
    *,
    name: str | None,
    up: str | None = None,
    **given: Any,  # noqa: ANN401 - what the template takes
) -> str:
    """
    Write a page.

    Parameters
    ----------
    name
        Address of the page below the folder that holds all, without its ending; None where it
        stands at any address.
    up
        The way from the page to that folder; by its name if absent.
    """
    file = (name or "").rpartition("/")[2]
    return render.render(
        template,
        _=text.translator(lang),
        lang=lang,
        draft=catalogs.is_draft(lang),
        language_names=LANGUAGE_NAMES,
        map_name=MAP,
        links=links,
        as_known=text.as_known(links.day, lang) if links.day else None,
        file=file,
        up=up or "../" * (name or "").count("/") or "./",
        url=public_url(f"{name}{links.ending}") if name else None,
        policy=None if links.is_served else POLICY,  # a server sends it as a header
        **given,
    )
