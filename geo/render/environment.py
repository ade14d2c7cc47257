"""Templates, in an environment that escapes all text and stops at anything unknown."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined


def safe_url(address: str | None) -> str:
    """
    Let web addresses pass and nothing else.

    Examples
    --------
    >>> safe_url("https://example.com/a"), safe_url("javascript:alert(1)")
    ('https://example.com/a', '')
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    return address or "" if parts.scheme in {"http", "https"} and parts.netloc else ""


@cache
def environment() -> Environment:
    """Give the environment; not `select_autoescape`, which leaves ``*.jinja`` unescaped."""
    made = Environment(
        loader=PackageLoader("geo.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # which would look at the file each time
    )
    made.filters["safe_url"] = safe_url
    return made


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template takes
    """Render a template."""
    return environment().get_template(template).render(**values)
