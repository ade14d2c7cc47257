import re

import pytest
from jinja2 import UndefinedError

from geo import render
from geo.render.environment import environment, safe_url
from geo.vocab import Evidence, Kind, LocationMethod, Status

HOSTILE = '"><script>alert(1)</script>'


def test_text_is_escaped_and_the_unknown_stops():
    template = environment().from_string("<a href='{{ name }}'>{{ name }}</a>")
    assert "<script>" not in template.render(name=HOSTILE)
    with pytest.raises(UndefinedError):
        template.render()


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("https://example.com/a?b#c", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("https:///x", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_pass(address, passes):
    assert safe_url(address) == (address if passes else "")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_swatch(kind):
    for status in (None, *Status):
        name = render.swatch_name(kind, status, Evidence.ONE_ARTICLE, LocationMethod.SCHEMATIC)
        assert re.match(r"\s*<svg xmlns.*</svg>\s*$", render.swatch_of(name), re.DOTALL)


@pytest.mark.parametrize("name", ["", "port", "port.x.none.none", HOSTILE, "a.b.c.d.e"])
def test_a_swatch_of_no_known_name_is_refused(name):
    with pytest.raises(ValueError, match=r"\w"):
        render.swatch_of(name)
