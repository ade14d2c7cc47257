// Fetches what layers are drawn from, keeps some of it, draws squares of it and finds what is clicked.
// It stands in a worker, so that nothing of this holds up the page.
"use strict";

(function (tiles) {
  const KEPT = 48; // tiles and small layers that are kept, the last that were wanted

  class Desk {
    constructor() {
      this.kept = new Map(); // addresses and promises of what they hold
    }

    /**
     * Draw a square of the world.
     *
     * @param layer {geojson} or {tiles, zooms}, addresses in full
     * @param square {z, x, y} in a pyramid of squares
     * @param look {size, color, ratio}
     * @return a picture, or null where nothing is
     */
    async draw(layer, { z, x, y }, look) {
      const shapes = await this.shapes(layer, z, x, y);
      if (!shapes || shapes.length === 0) {
        return null;
      }
      const canvas = tiles.canvas(look.size);
      const side = 2 ** -z;
      tiles.paint(canvas.getContext("2d"), shapes, { left: x * side, top: y * side, side }, look);
      return canvas.transferToImageBitmap ? canvas.transferToImageBitmap() : canvas;
    }

    /**
     * Find what lies at a place, in the layer that is drawn last of those that have anything there.
     *
     * @param layers as `draw` takes them, each with its `id`
     * @param place {x, y, reach} in the world, and the zoom `z` of the pyramid that is looked at
     * @return {layer, id}, or null
     */
    async hit(layers, { x, y, reach, z }) {
      const found = await Promise.all(
        layers.map(async (layer) => {
          const all = await Promise.all(around(x, y, reach, z).map(([across, down]) => this.shapes(layer, z, across, down)));
          const hits = all.map((shapes) => shapes && tiles.hit(shapes, { x, y, reach })).filter(Boolean);
          const best = hits.reduce((one, other) => (one && !tiles.isNearer(other, one) ? one : other), null);
          return best && { layer: layer.id, id: best.id };
        })
      );
      return found.filter(Boolean).pop() || null;
    }

    /** What a square is drawn from: the small layer, the tile there, or the nearest one above it. */
    shapes({ geojson, tiles: template, zooms }, z, x, y) {
      if (geojson) {
        return this.keep(geojson, async (response) => tiles.readGeoJson(await response.json()));
      }
      const up = Math.max(z - zooms[1], 0);
      const tile = { z: z - up, x: Math.floor(x / 2 ** up), y: Math.floor(y / 2 ** up) };
      if (tile.z < zooms[0]) {
        return null;
      }
      const address = template.replace(/\{(\w)\}/g, (_, name) => tile[name]);
      return this.keep(address, async (response) =>
        response.status === 204 ? null : tiles.readTile(new Uint8Array(await response.arrayBuffer()), tile)
      );
    }

    keep(address, read) {
      const found = this.kept.get(address) || fetched(address).then(read);
      this.kept.delete(address);
      this.kept.set(address, found); // now the last that was wanted
      found.catch(() => this.kept.delete(address));
      if (this.kept.size > KEPT) {
        this.kept.delete(this.kept.keys().next().value);
      }
      return found;
    }
  }

  async function fetched(address) {
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(`${response.status}`);
    }
    return response;
  }

  /** The squares of a pyramid that a place reaches. */
  function around(x, y, reach, z) {
    const n = 2 ** z;
    const across = new Set([x - reach, x + reach].map((at) => Math.floor(at * n)));
    const down = new Set([y - reach, y + reach].map((at) => Math.min(Math.max(Math.floor(at * n), 0), n - 1)));
    return [...across].flatMap((one) => [...down].map((other) => [((one % n) + n) % n, other]));
  }

  tiles.canvas = function (size) {
    if (self.OffscreenCanvas) {
      return new OffscreenCanvas(size, size);
    }
    return Object.assign(document.createElement("canvas"), { width: size, height: size });
  };

  tiles.Desk = Desk;

  if (!self.document) {
    const desk = new Desk();
    self.addEventListener("message", async ({ data: { job, ask, given } }) => {
      try {
        const answer = await desk[ask](...given);
        self.postMessage({ job, answer }, answer instanceof ImageBitmap ? [answer] : []);
      } catch (error) {
        self.postMessage({ job, fault: error.message });
      }
    });
  }
})(self.geoTiles);
