// Where lines run: as the data say, or, for diagrams, bowed and with open ends.
"use strict";

(function (atlas) {
  /** Bow a line of two points, so that nobody takes it for a route. */
  function bowed(latlngs) {
    if (latlngs.length !== 2) {
      return latlngs;
    }
    const [a, b] = latlngs.map((latlng) => L.CRS.EPSG3857.project(latlng));
    const middle = L.point((a.x + b.x) / 2 - (b.y - a.y) * 0.16, (a.y + b.y) / 2 + (b.x - a.x) * 0.16);
    return Array.from({ length: 33 }, (_, i) => {
      const t = i / 32;
      const mix = (axis) =>
        (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * middle[axis] + t ** 2 * b[axis];
      return L.CRS.EPSG3857.unproject(L.point(mix("x"), mix("y")));
    });
  }

  /** Take a share off both ends, so that a diagram touches nothing. */
  function openEnded(latlngs) {
    const points = latlngs.map((latlng) => L.CRS.EPSG3857.project(latlng));
    const lengths = points.slice(1).map((point, i) => point.distanceTo(points[i]));
    const gap = Math.min(lengths.reduce((sum, x) => sum + x, 0) * 0.03, 25000);
    const trim = (list) => {
      let left = gap;
      for (let i = 0; i + 1 < list.length; i += 1) {
        const step = list[i].distanceTo(list[i + 1]);
        if (step > left) {
          const at = list[i].add(list[i + 1].subtract(list[i]).multiplyBy(left / step));
          return [at, ...list.slice(i + 1)];
        }
        left -= step;
      }
      return list;
    };
    return trim(trim(points).reverse()).reverse().map((point) => L.CRS.EPSG3857.unproject(point));
  }

  function lines(geometry) {
    const latlngs = L.GeoJSON.coordsToLatLngs(geometry.coordinates, geometry.type === "LineString" ? 0 : 1);
    return geometry.type === "LineString" ? [latlngs] : latlngs;
  }

  /** Where along a line's layers a card opens or a name stands. */
  function middleOf(latlngs) {
    return L.latLng(latlngs[Math.floor(latlngs.length / 2)]);
  }

  /**
   * A line that runs where another of the same pane does, which is on the map before it: it takes
   * over what Leaflet has computed for that one, which would take as long again for each stroke.
   */
  const Echo = L.Polyline.extend({
    initialize(line, options) {
      L.Polyline.prototype.initialize.call(this, [], options);
      Object.assign(this, { line, _latlngs: line._latlngs, _bounds: line._bounds });
    },

    _project() {
      const { _rings, _rawPxBounds } = this.line;
      Object.assign(this, { _rings, _rawPxBounds });
      this._updateBounds();
    },

    _update() {
      if (this._map) {
        this._parts = this.line._parts;
        this._updatePath();
      }
    },
  });

  atlas.courses = { bowed, openEnded, lines, middleOf, Echo };
})(window.geoAtlas);
