"""Rules on places: geometries are sound and say how sure they are; parts and ends are known."""

from shapely import is_valid_reason
from shapely.geometry import Polygon, shape

from geo.checks.issue import Issues, of_feature
from geo.model import Atlas, Location
from geo.vocab import LocationMethod


def geometries_are_sound(atlas: Atlas) -> Issues:
    """Geometries are valid, on Earth, flat, right-handed, and no finer than six decimals."""
    for feature in atlas.features.values():
        if feature.geometry is None:
            continue
        geometry = shape(feature.geometry.model_dump())
        west, south, east, north = geometry.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
            remedy = "Write longitude first, in degrees"
            yield of_feature(atlas, feature, "geometry", "lies outside the world", remedy)
        elif geometry.has_z:
            yield of_feature(atlas, feature, "geometry", "has heights", "Keep two dimensions")
        elif not geometry.is_valid or geometry.is_empty:
            fault = f"is not valid: {is_valid_reason(geometry)}"
            yield of_feature(atlas, feature, "geometry", fault, "Draw it again")
        elif any(
            not one.exterior.is_ccw or any(hole.is_ccw for hole in one.interiors)
            for one in getattr(geometry, "geoms", [geometry])
            if isinstance(one, Polygon)
        ):
            remedy = "Order the outer ring counter-clockwise, holes clockwise (RFC 7946)"
            yield of_feature(atlas, feature, "geometry", "is not right-handed", remedy)


def locations_say_how_sure(atlas: Atlas) -> Issues:
    """Each geometry says how it was made and how far off it may be; a diagram is nowhere."""
    for feature in atlas.features.values():
        properties = feature.properties
        given = {name for name in Location.model_fields if getattr(properties, name) is not None}
        if feature.geometry is None:
            for name in sorted(given - {"location_note"}):
                remedy = "Take it out, or give the geometry it speaks of"
                yield of_feature(
                    atlas, feature, name, "speaks of a geometry that is not there", remedy
                )
            continue
        schematic = properties.location_method is LocationMethod.SCHEMATIC
        needed = {"location_method", "location_note"}
        if not schematic:
            needed |= {"accuracy_m", "accuracy_of"}
            if properties.location_method is not LocationMethod.APPROXIMATE:
                needed |= {"location_source"}
        for name in sorted(needed - given):
            remedy = "Say how the geometry was made and how far off it may be"
            yield of_feature(atlas, feature, name, "is missing", remedy)
        if schematic:
            for name in sorted(given & {"accuracy_m", "accuracy_of"}):
                remedy = "Take it out: a diagram means no location"
                yield of_feature(atlas, feature, name, "stands beside a schematic line", remedy)


def parts_and_ends_are_known(atlas: Atlas) -> Issues:
    """Parts belong to a whole without geometry of its own; ends of a route are features."""
    for feature in atlas.features.values():
        properties = feature.properties
        for name, id_ in (
            ("part_of", properties.part_of),
            ("from", properties.from_),
            ("to", properties.to),
        ):
            if id_ is not None and id_ not in atlas.features:
                fault = f"{id_!r} is no feature"
                yield of_feature(atlas, feature, name, fault, "Name a feature by its id")
        whole = atlas.features.get(properties.part_of) if properties.part_of else None
        if whole is not None and not whole.properties.whole:
            fault = f"{whole.id!r} is not marked as a whole"
            yield of_feature(atlas, feature, "part_of", fault, f"Set whole on {whole.id}")
        if properties.part_of and properties.claims:
            remedy = f"Move them to {properties.part_of}"
            yield of_feature(atlas, feature, "claims", "a part has claims of its own", remedy)
        if properties.whole:
            orders = [part.properties.order for part in atlas.parts.get(feature.id, ())]
            if not orders:
                yield of_feature(
                    atlas, feature, "whole", "has no parts", "Add them, or unset whole"
                )
            if None in orders or len(set(orders)) < len(orders):
                remedy = "Number the parts 1, 2, 3 …"
                yield of_feature(atlas, feature, "whole", "its parts are not in order", remedy)
            if feature.geometry is not None:
                remedy = "Leave the geometry to the parts"
                yield of_feature(atlas, feature, "geometry", "a whole has its own geometry", remedy)
