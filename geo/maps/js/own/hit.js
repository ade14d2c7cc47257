// Which feature lies under a pointer: the nearest point, else the nearest line, else the smallest area.
"use strict";

(function (tiles) {
  /**
   * Find what lies at a place.
   *
   * @param shapes where to look
   * @param place {x, y, reach} in the world; what is farther off than `reach` is not meant
   * @return {id, rank, far}: the lower, the more likely meant; or null
   */
  tiles.hit = function (shapes, place) {
    const { unit } = shapes;
    const [x, y] = [(place.x - shapes.left) / unit, (place.y - shapes.top) / unit];
    const reach = place.reach / unit;
    let best = null;
    shapes.within(x - reach, y - reach, x + reach, y + reach, (i) => {
      const rank = shapes.types[i];
      const far = FAR[rank](shapes, i, x, y, reach) * unit;
      if (far < Infinity && (best === null || tiles.isNearer({ rank, far }, best))) {
        best = { id: shapes.ids[i], rank, far };
      }
    });
    return best;
  };

  /** Whether the first is more likely meant than the second. */
  tiles.isNearer = (a, b) => a.rank < b.rank || (a.rank === b.rank && a.far < b.far);

  const FAR = {
    [tiles.POINT]: (shapes, i, x, y, reach) => within(least(shapes, i, (from, to) => toPoints(shapes.xy, from, to, x, y)), reach),
    [tiles.LINE]: (shapes, i, x, y, reach) => within(least(shapes, i, (from, to) => toLine(shapes.xy, from, to, x, y)), reach),
    [tiles.POLYGON]: (shapes, i, x, y) => (isInside(shapes, i, x, y) ? extentOf(shapes.boxes, 4 * i) : Infinity),
  };

  const within = (squared, reach) => (squared <= reach * reach ? Math.sqrt(squared) : Infinity);

  const extentOf = (boxes, at) => Math.hypot(boxes[at + 2] - boxes[at], boxes[at + 3] - boxes[at + 1]);

  function least(shapes, i, measure) {
    let found = Infinity;
    shapes.eachPart(i, (from, to) => {
      found = Math.min(found, measure(from, to));
    });
    return found;
  }

  function toPoints(xy, from, to, x, y) {
    let found = Infinity;
    for (let at = from; at < to; at++) {
      found = Math.min(found, (xy[2 * at] - x) ** 2 + (xy[2 * at + 1] - y) ** 2);
    }
    return found;
  }

  function toLine(xy, from, to, x, y) {
    let found = toPoints(xy, from, from + 1, x, y);
    for (let at = from; at + 1 < to; at++) {
      const [x1, y1] = [xy[2 * at], xy[2 * at + 1]];
      const [dx, dy] = [xy[2 * at + 2] - x1, xy[2 * at + 3] - y1];
      const along = dx || dy ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) : 0;
      found = Math.min(found, (x1 + along * dx - x) ** 2 + (y1 + along * dy - y) ** 2);
    }
    return found;
  }

  /** Whether a ray from the place crosses the rings an odd number of times. */
  function isInside(shapes, i, x, y) {
    const { xy } = shapes;
    let inside = false;
    shapes.eachPart(i, (from, to) => {
      for (let at = from, before = to - 1; at < to; before = at++) {
        const [y1, y2] = [xy[2 * before + 1], xy[2 * at + 1]];
        const crosses = y1 > y !== y2 > y;
        if (crosses && x < xy[2 * before] + ((y - y1) / (y2 - y1)) * (xy[2 * at] - xy[2 * before])) {
          inside = !inside;
        }
      }
    });
    return inside;
  }
})(self.geoTiles);
