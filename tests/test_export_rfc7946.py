import numpy as np
import pytest
import shapely

from geo.export.rfc7946 import as_rfc7946, bbox_of, joined


@pytest.mark.parametrize(
    ("given_wkt", "wanted_wkt", "box"),
    [
        ("LINESTRING (170 10, -170 20)", "MULTILINESTRING ((170 10, 180 15), (-180 15, -170 20))",
         (170, 10, -170, 20)),
        ("LINESTRING (170 10, 190 20)", "MULTILINESTRING ((170 10, 180 15), (-180 15, -170 20))",
         (170, 10, -170, 20)),
        ("POINT (190 1)", "POINT (-170 1)", (-170, 1, -170, 1)),
        ("POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))", (0, 0, 1, 1)),
        ("POLYGON ((-180 -90, 180 -90, 180 -60, 0 -60, -180 -60, -180 -90))",
         "POLYGON ((-180 -90, 180 -90, 180 -60, 0 -60, -180 -60, -180 -90))", (-180, -90, 180, -60)),
        ("POINT (1.23456789 2)", "POINT (1.234568 2)", (1.234568, 2, 1.234568, 2)),
    ],
)  # fmt: skip
def test_geometry_is_cut_at_the_antimeridian_and_turned_right(given_wkt, wanted_wkt, box):
    found = as_rfc7946(np.array([shapely.from_wkt(given_wkt)]))
    assert shapely.normalize(found[0]) == shapely.normalize(shapely.from_wkt(wanted_wkt))
    assert list(bbox_of(found)) == [box]


def test_bounds_are_joined_across_the_antimeridian():
    assert joined([(1, 2, 3, 4), (-5, 0, 2, 1)]) == (-5, 0, 3, 4)
    assert joined([(170, 0, -170, 1), (150, 0, 160, 2)]) == (150, 0, -170, 2)
    assert joined([(170, 0, -170, 1), (-10, 0, 10, 2)]) == (-180, 0, 180, 2)
