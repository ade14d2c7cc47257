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
     * @param square {left, top, side} in the world, and the zoom `z` of the tiles it is drawn from
     * @param look {size, color, ratio}
     * @return a picture, or null where nothing is
     */
    async draw(layer, square, look) {
      const read = covering(layer, square).map(async (tile) => ({ tile, shapes: await this.shapes(layer, tile) }));
      const found = (await Promise.all(read)).filter(({ shapes }) => shapes && shapes.length > 0);
      if (found.length === 0) {
        return null;
      }
      const canvas = tiles.canvas(look.size);
      found.forEach(({ tile, shapes }) => tiles.paint(canvas.getContext("2d"), shapes, square, look, tile));
      return canvas.transferToImageBitmap ? canvas.transferToImageBitmap() : canvas;
    }

    /**
     * Find what lies at a place, in the layer that is drawn last of those that have anything there.
     *
     * @param layers as `draw` takes them, each with its `id`
     * @param place {x, y, reach} in the world, and the zoom `z` of the tiles that are looked at
     * @return {layer, id}, or null
     */
    async hit(layers, { x, y, reach, z }) {
      const found = await Promise.all(
        layers.map(async (layer) => {
          const near = covering(layer, { left: x - reach, top: y - reach, side: 2 * reach, z });
          const all = await Promise.all(near.map((tile) => this.shapes(layer, tile)));
          const hits = all.map((shapes) => shapes && tiles.hit(shapes, { x, y, reach })).filter(Boolean);
          const best = hits.reduce((one, other) => (one && !tiles.isNearer(other, one) ? one : other), null);
          return best && { layer: layer.id, id: best.id };
        })
      );
      return found.reverse().find(Boolean) || null;
    }

    /** What a tile of a layer holds; a small layer is one tile, the world. */
    shapes({ geojson, tiles: template }, tile) {
      if (geojson) {
        return this.keep(geojson, async (response) => tiles.readGeoJson(await response.json()));
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

  /** The tiles that a square is drawn from, of its zoom or of the nearest zoom there is. */
  function covering({ tiles: template, zooms }, { left, top, side, z: wanted }) {
    if (!template) {
      return [{ z: 0, x: 0, y: 0 }];
    }
    const z = Math.min(Math.max(wanted, zooms[0]), zooms[1]);
    const n = 2 ** z;
    const range = (from) => {
      const [first, end] = [Math.max(Math.floor(from * n), 0), Math.min(Math.ceil((from + side) * n), n)];
      return Array.from({ length: Math.max(end - first, 0) }, (_, i) => first + i);
    };
    return range(left).flatMap((x) => range(top).map((y) => ({ z, x, y })));
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
