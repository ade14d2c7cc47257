from itertools import combinations

import numpy as np
import pytest
from builders import make_atlas, make_claim, make_feature, make_point, make_source

from geo.symbology import BOUNDARIES, HUES, KINDS, STATUSES, symbol
from geo.vocab import Kind, Status

#: Severe deficiencies of color vision, after Machado, Oliveira and Fernandes (2009).
VISION = {
    "full": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
LAND = "#f5f2ea"


def linear(color):
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    x, y, z = (
        (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116)
        for v in (TO_XYZ @ np.clip(rgb, 0, 1)) / np.array([0.9505, 1, 1.089])
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISION)
def test_hues_stay_apart_for_every_eye(vision):
    seen = {name: lab(np.array(VISION[vision]) @ linear(hue)) for name, hue in HUES.items()}
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 15, (one, other)


@pytest.mark.parametrize("hue", HUES.values())
def test_every_hue_stands_out_from_the_land(hue):
    light, dark = (np.array(TO_XYZ[1]) @ linear(color) + 0.05 for color in (LAND, hue))
    assert light / dark > 2.5


def test_every_kind_and_status_has_a_look():
    assert set(KINDS) == set(Kind)
    assert set(STATUSES) == {*Status, None}


def test_no_feature_has_the_pattern_of_a_boundary():
    dashes = {tuple(status.dash) for status in STATUSES.values() if status.dash}
    assert dashes.isdisjoint(boundary.dash for boundary in BOUNDARIES.values())
    widest = max(boundary.width for boundary in BOUNDARIES.values())
    assert all(status.width > widest for status in STATUSES.values())


def test_statuses_of_different_certainty_differ_in_pattern():
    order = [Status.OPERATING, Status.CONSTRUCTION, Status.PROPOSED, Status.CLAIMED]
    looks = [STATUSES[status] for status in order]
    assert all(one != other for one, other in combinations(looks, 2))


def test_one_article_alone_has_a_white_core():
    assert symbol(make_feature(), make_atlas()).core
    second = make_claim("ofc-1-c02", source="other", rank="normal")
    feature = make_feature(claims=(make_claim(), second))
    atlas = make_atlas(feature, sources=(make_source(), make_source("other")))
    assert not symbol(feature, atlas).core


def test_a_part_looks_as_its_whole_says():
    whole = make_feature("cable", kind="terrestrial_fiber", whole=True, status="proposed")
    part = make_feature(
        "cable-1",
        kind="data_link",
        part_of="cable",
        claims=(),
        geometry=make_point(),
        location_method="schematic",
    )
    look = symbol(part, make_atlas(whole, part, derived=False))
    assert look.hue == KINDS[Kind.TERRESTRIAL_FIBER].hue
    assert look.pattern == STATUSES[Status.PROPOSED]
    assert look.schematic
