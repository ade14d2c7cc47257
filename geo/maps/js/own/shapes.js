// Geometry as flat arrays of numbers: what a tile or a small layer holds, to be drawn and hit.
"use strict";

self.geoTiles = self.geoTiles || {};

(function (tiles) {
  /** What a feature is, as vector tiles number it. */
  Object.assign(tiles, { POINT: 1, LINE: 2, POLYGON: 3 });

  /**
   * Features with coordinates in units of their own.
   *
   * `unit`, `left` and `top` lead to the world, a square of side 1 in Web Mercator with its origin
   * in the north-west: left + x * unit, top + y * unit.
   */
  class Shapes {
    constructor(unit, left, top) {
      Object.assign(this, { unit, left, top, ids: [], types: [], boxes: [], parts: [0], ends: [], xy: [] });
    }

    get length() {
      return this.ids.length;
    }

    /** Begin a feature, whose positions follow. */
    begin(id, type) {
      this.ids.push(id);
      this.types.push(type);
      this.boxes.push(Infinity, Infinity, -Infinity, -Infinity);
    }

    add(x, y) {
      const { boxes } = this;
      const at = boxes.length - 4;
      this.xy.push(x, y);
      boxes[at] = Math.min(boxes[at], x);
      boxes[at + 1] = Math.min(boxes[at + 1], y);
      boxes[at + 2] = Math.max(boxes[at + 2], x);
      boxes[at + 3] = Math.max(boxes[at + 3], y);
    }

    /** End a run of positions: a line, a ring, or points. */
    endPart() {
      const end = this.xy.length / 2;
      if (end > (this.ends[this.ends.length - 1] || 0)) {
        this.ends.push(end);
      }
    }

    /** End the feature. */
    end() {
      this.endPart();
      this.parts.push(this.ends.length);
    }

    /** Keep the numbers as tight as they fit; nothing can be added any more. */
    seal(Numbers) {
      this.ids = Float64Array.from(this.ids);
      this.types = Uint8Array.from(this.types);
      this.parts = Uint32Array.from(this.parts);
      this.ends = Uint32Array.from(this.ends);
      this.boxes = Numbers.from(this.boxes);
      this.xy = Numbers.from(this.xy);
      return this;
    }

    /** Call back with the numbers of the features that a box reaches. */
    within(west, north, east, south, callback) {
      const { boxes } = this;
      for (let i = 0, at = 0; i < this.ids.length; i++, at += 4) {
        if (boxes[at] <= east && boxes[at + 2] >= west && boxes[at + 1] <= south && boxes[at + 3] >= north) {
          callback(i);
        }
      }
    }

    /** Call back with first and last position of each run of a feature; the last is not part of it. */
    eachPart(i, callback) {
      for (let part = this.parts[i]; part < this.parts[i + 1]; part++) {
        callback(part === 0 ? 0 : this.ends[part - 1], this.ends[part]);
      }
    }
  }

  tiles.Shapes = Shapes;
})(self.geoTiles);
