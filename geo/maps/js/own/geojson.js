// A small layer that comes whole, as GeoJSON in longitude and latitude.
"use strict";

(function (tiles) {
  const EDGE = 85.0511287798; // latitude at which the square of Web Mercator ends
  const RUNS = {
    Point: (c) => [tiles.POINT, [[c]]],
    MultiPoint: (c) => [tiles.POINT, [c]],
    LineString: (c) => [tiles.LINE, [c]],
    MultiLineString: (c) => [tiles.LINE, c],
    Polygon: (c) => [tiles.POLYGON, c],
    MultiPolygon: (c) => [tiles.POLYGON, c.flat()],
  };

  function addGeometry(shapes, id, geometry) {
    if (geometry.type === "GeometryCollection") {
      geometry.geometries.forEach((one) => addGeometry(shapes, id, one));
      return;
    }
    const [type, runs] = RUNS[geometry.type](geometry.coordinates);
    shapes.begin(id, type);
    for (const run of runs) {
      for (const [lon, lat] of run) {
        const sin = Math.sin((Math.max(Math.min(lat, EDGE), -EDGE) * Math.PI) / 180);
        shapes.add(lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
      }
      shapes.endPart();
    }
    shapes.end();
  }

  /** Read a feature collection. */
  tiles.readGeoJson = function (collection) {
    const shapes = new tiles.Shapes(1, 0, 0);
    for (const { id, geometry } of collection.features.filter((feature) => feature.geometry)) {
      addGeometry(shapes, id, geometry);
    }
    return shapes.seal(Float64Array);
  };
})(self.geoTiles);
