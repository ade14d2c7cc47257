// Vector tiles (Mapbox Vector Tile 2.1), as far as drawing and clicking need them: ids and geometry.
// What else a feature says comes with its record.
"use strict";

(function (tiles) {
  const [MOVE, LINE, CLOSE] = [1, 2, 7]; // commands of a geometry
  const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]; // ways of writing in a protocol buffer
  const EXTENT = 4096; // of a layer that names none

  /** Reads a protocol buffer; past its end all is 0. */
  class Reader {
    constructor(bytes, at, end) {
      Object.assign(this, { bytes, at, end });
    }

    varint() {
      let [value, factor, byte] = [0, 1, 0];
      do {
        byte = this.at < this.end ? this.bytes[this.at++] : 0;
        value += (byte & 127) * factor;
        factor *= 128;
      } while (byte > 127);
      return value;
    }

    signed() {
      const n = this.varint();
      return (n >>> 1) ^ -(n & 1);
    }

    /** A part of the bytes, to be read by itself. */
    inner() {
      const length = this.varint();
      const from = this.at;
      this.at = Math.min(from + length, this.end);
      return new Reader(this.bytes, from, this.at);
    }

    /** Call back with the number and the content of each field, a number or a reader. */
    fields(callback) {
      while (this.at < this.end) {
        const tag = this.varint();
        const way = tag & 7;
        if (way === VARINT) {
          callback(tag >>> 3, this.varint());
        } else if (way === BYTES) {
          callback(tag >>> 3, this.inner());
        } else if (way === FIXED64 || way === FIXED32) {
          this.at += way === FIXED64 ? 8 : 4;
        } else {
          throw new Error("no vector tile");
        }
      }
    }
  }

  function addFeature(shapes, reader) {
    let [id, type, geometry] = [0, 0, null];
    reader.fields((field, content) => {
      if (field === 1) {
        id = content;
      } else if (field === 3) {
        type = content;
      } else if (field === 4) {
        geometry = content;
      }
    });
    if (geometry && type >= tiles.POINT && type <= tiles.POLYGON) {
      shapes.begin(id, type);
      addGeometry(shapes, geometry, type);
      shapes.end();
    }
  }

  function addGeometry(shapes, reader, type) {
    let [x, y, firstX, firstY] = [0, 0, 0, 0];
    while (reader.at < reader.end) {
      const command = reader.varint();
      const kind = command & 7;
      if (kind === CLOSE) {
        shapes.add(firstX, firstY);
      } else if (kind !== MOVE && kind !== LINE) {
        throw new Error("no vector tile");
      }
      for (let left = kind === CLOSE ? 0 : command >>> 3; left > 0 && reader.at < reader.end; left--) {
        x += reader.signed();
        y += reader.signed();
        if (kind === MOVE) {
          [firstX, firstY] = [x, y];
          if (type !== tiles.POINT) {
            shapes.endPart();
          }
        }
        shapes.add(x, y);
      }
    }
  }

  /** Read the layer of a tile at a place in the pyramid. */
  tiles.readTile = function (bytes, { z, x, y }) {
    let extent = EXTENT;
    const features = [];
    new Reader(bytes, 0, bytes.length).fields((field, layer) => {
      if (field === 3) {
        layer.fields((inner, content) => {
          if (inner === 2) {
            features.push(content);
          } else if (inner === 5) {
            extent = content;
          }
        });
      }
    });
    const side = 2 ** -z;
    const shapes = new tiles.Shapes(side / extent, x * side, y * side);
    features.forEach((reader) => addFeature(shapes, reader));
    return shapes.seal(Int32Array);
  };
})(self.geoTiles);
