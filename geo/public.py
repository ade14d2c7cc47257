"""Where the map stands on the internet, if anywhere: `GEO_PUBLIC_URL`."""

import os
from urllib.parse import urlsplit

from geo.errors import GeoError


def public_url(path: str = "") -> str | None:
    """
    Give the public address of a page; None where nobody said that the map is public.

    Parameters
    ----------
    path
        Below the map's own address, without a slash before it.

    Raises
    ------
    GeoError
        If `GEO_PUBLIC_URL` is no web address: a citation must not carry a wrong one.
    """
    root = os.environ.get("GEO_PUBLIC_URL", "").strip()
    if not root:
        return None
    try:
        parts = urlsplit(root)
        valid = parts.scheme in {"http", "https"} and parts.hostname and not parts.query
    except ValueError:
        valid = False
    if not valid or parts.fragment:
        remedy = "Give it as https://host/path, or unset it"
        raise GeoError("GEO_PUBLIC_URL", f"is no web address: {root!r}", remedy)
    return f"{root.rstrip('/')}/{path}"
