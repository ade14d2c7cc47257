import pytest
from builders import make_atlas, make_feature

from geo.search import search


@pytest.fixture
def atlas():
    return make_atlas(
        make_feature(
            "gwadar-port", name="Gwadar Port", name_ur="گوادر بندرگاہ", name_zh="瓜达尔港"
        ),
        make_feature("rashakai-sez", name="Rashakai Special Economic Zone", aliases=("Rashakay",)),
        make_feature("cloud", name="Link from Gwadar to Rashakai", formerly=("old-cloud",)),
        make_feature("part", name="Gwadar part", part_of="cloud"),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gwadar", ["gwadar-port", "cloud"]),
        ("GWĀDAR", ["gwadar-port", "cloud"]),
        ("گوادر", ["gwadar-port"]),
        ("بندرگاه", ["gwadar-port"]),  # with the Arabic letter heh
        ("瓜达尔", ["gwadar-port"]),
        ("rashakay", ["rashakai-sez"]),
        ("rashakai gwadar", ["cloud"]),
        ("old-cloud", ["cloud"]),
        ("", []),
        ("atlantis", []),
    ],
)
def test_a_feature_is_found_by_any_name_in_any_script(atlas, words, found):
    assert [feature.id for feature in search(atlas, words)] == found
