import re
import time

import pytest
from builders import make_atlas, make_claim, make_feature, make_point
from lxml import etree

from geo import store
from geo.maps.frame import fit
from geo.maps.names import Name, place, wrap
from geo.maps.picture import drawable, picture
from geo.pages import family
from geo.vocab import Worldview

SIZE = {"width": 360, "height": 240}
PLACE = {"location_method": "geocoded", "accuracy_m": 5000, "accuracy_of": "site"}
LINE = {"type": "LineString", "coordinates": [[70, 30], [72, 33], [74, 36]]}


@pytest.fixture(scope="module")
def real():
    return store.read_atlas(store.find())


def drawn(*features, worldview=Worldview.DE_FACTO, **members):
    atlas = make_atlas(*features)
    return picture(
        atlas, tuple(atlas.features.values()), store.find(), worldview, **(SIZE | members)
    )


def test_every_picture_is_small_well_formed_and_quick(real):
    found = store.find()
    pictured = [
        members
        for one in real.features.values()
        if one.properties.part_of is None and drawable(members := family(one, real), real, found)
    ]
    assert len(pictured) > 15
    for members in pictured:
        began = time.perf_counter()
        svg = picture(real, members, found, Worldview.DE_FACTO, **SIZE)
        assert time.perf_counter() - began < 1  # the first also reads the base map
        assert len(svg.encode()) <= 14_000
        root = etree.fromstring(svg)
        assert not root.xpath("//*[local-name()='script' or local-name()='image']")
        assert "href" not in svg
        assert "url(" not in svg


def test_caveats_are_part_of_the_picture(real):
    for id_, caveats in {
        "fiber-one": ("Proposed, no route published.", "Line: diagram, no location meant."),
        "cloud-network": ("Claimed, not a cable.",),
        "ofc-1": ("Line: computed along valleys, not surveyed.", "Dotted: approximate Line of"),
        "gwadar-port": ("Likely error 1 km, our estimate.",),
    }.items():
        members = family(real.features[id_], real)
        svg = picture(real, members, store.find(), Worldview.DE_FACTO, **SIZE)
        foot = " ".join(re.findall(r"<tspan x=\"6\"[^>]*>([^<]*)", svg))
        for caveat in (*caveats, "Boundaries: as on the ground."):
            assert caveat in foot


def test_a_diagram_names_the_country_it_points_at(real):
    members = family(real.features["fiber-one"], real)
    svg = picture(real, members, store.find(), Worldview.DE_FACTO, **SIZE)
    for country in ("Kazakhstan", "Kyrgyzstan", "Uzbekistan", "China"):
        assert f">{country}<" in svg


def test_only_one_boundary_view_is_drawn_and_it_is_named():
    feature = make_feature(kind="venue", geometry=make_point(75, 35), **PLACE)
    views = {view: drawn(feature, worldview=view) for view in Worldview}
    assert 'class="p-line"' not in views[Worldview.NONE]
    assert "Dotted" not in views[Worldview.NONE]
    lines = {
        view: tuple(re.findall(r'class="p-line" d="([^"]*)"', svg)) for view, svg in views.items()
    }
    assert len(set(lines.values())) == len(Worldview)
    for view, svg in views.items():
        assert f"Boundaries: {view.label[0].lower()}" in svg


def test_the_pattern_of_a_line_is_its_status():
    def dashes(status):
        claim = make_claim(property="status", value=status)
        line = make_feature(kind="data_link", claims=(claim,), geometry=LINE, **PLACE)
        return re.findall(r'stroke-dasharray="([^"]*)" stroke-linecap="round"', drawn(line))

    assert dashes("proposed")[0] == "0.1 7.0"
    assert dashes("operating") == []


def test_a_likely_error_is_drawn_to_scale():
    wide = PLACE | {"accuracy_m": 50_000}
    svg = drawn(make_feature(geometry=make_point(70, 30), **wide))
    radius = float(re.search(r'<circle cx="[\d.]+" cy="[\d.]+" r="([\d.]+)" fill="#', svg)[1])
    assert radius == pytest.approx(50 / 560 * 360, rel=0.02)


def test_hostile_names_stay_text():
    name = "</text><script>top.pwned=1</script>{{ 7*7 }} & \"'"
    svg = drawn(make_feature(name=name, geometry=make_point(70, 30), **PLACE))
    root = etree.fromstring(svg)
    assert not root.xpath("//*[local-name()='script']")
    assert root.get("aria-label") == f"Map: {name}"
    assert "49" not in "".join(root.itertext()).replace(".49", "")


def test_bounds_frame_the_picture_without_a_feature_in_it():
    svg = picture(make_atlas(), (), store.find(), Worldview.NONE, bounds=(60, 23, 79, 43), **SIZE)
    assert ">Pakistan<" in svg
    with pytest.raises(ValueError, match="give `bounds`"):
        picture(make_atlas(), (), store.find(), Worldview.NONE, **SIZE)


def test_a_place_beyond_the_base_map_is_not_drawable(real):
    found = store.find()
    assert not drawable((real.features["huawei-open-lab-cairo"],), real, found)
    assert drawable((real.features["gwadar-port"],), real, found)


def test_names_never_lie_on_each_other():
    frame = fit((0, 0, 1000, 1000), 200, 100, least=0, margin=0)
    names = [Name((f"Name {i}",), 100, 50, "town", 10, 10) for i in range(9)]
    placed = place(names, frame)
    assert len(placed) == 4
    assert len({(one.x, one.y) for one in placed}) == 4


def test_text_is_wrapped_between_words():
    assert wrap("Gilgit-Baltistan and more", 90, 10) == ("Gilgit-Baltistan", "and more")
