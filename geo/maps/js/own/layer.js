// A layer on the map: squares that a worker draws, so that the page only puts them in their places.
"use strict";

(function (atlas) {
  const SIDE = 512; // of a square on the page, pixels: twice Leaflet's own, so one zoom farther out
  const SHARPEST = 2; // pixels of a picture to one of the page, at most

  /** Whoever draws: a worker, or, where a browser draws in none, the page itself. */
  class Drawer {
    constructor(address) {
      this.jobs = new Map();
      this.last = 0;
      if (window.Worker && window.OffscreenCanvas) {
        this.worker = new Worker(address);
        this.worker.addEventListener("message", ({ data }) => this.answered(data));
        this.worker.addEventListener("error", () => this.broken());
      } else {
        this.desk = atlas.script(address).then(() => new window.geoTiles.Desk());
      }
    }

    /** Ask for one of `Desk`'s methods by its name. */
    async ask(name, ...given) {
      if (this.desk) {
        return (await this.desk)[name](...given);
      }
      return new Promise((resolve, reject) => {
        this.jobs.set(++this.last, { resolve, reject });
        this.worker.postMessage({ job: this.last, ask: name, given });
      });
    }

    answered({ job, answer, fault }) {
      const { resolve, reject } = this.jobs.get(job);
      this.jobs.delete(job);
      if (fault === undefined) {
        resolve(answer);
      } else {
        reject(new Error(fault));
      }
    }

    /** The worker could not begin: nobody waits for it any more. */
    broken() {
      this.jobs.forEach(({ reject }) => reject(new Error("worker")));
      this.jobs.clear();
    }
  }

  /** Put a picture, a bitmap of a worker or a canvas of the page, on a canvas. */
  function put(canvas, picture) {
    if (picture instanceof ImageBitmap) {
      canvas.getContext("bitmaprenderer").transferFromImageBitmap(picture); // without a copy
    } else {
      canvas.getContext("2d").drawImage(picture, 0, 0);
    }
  }

  /**
   * Squares are made for each zoom as it is, between whole ones too: a picture that is drawn larger
   * than it was made is blurred, and slow to move where no graphics card helps.
   */
  const OwnLayer = L.GridLayer.extend({
    options: { pane: "own", tileSize: SIDE, updateWhenZooming: false, noWrap: true, className: "geo-own-tiles" },

    /** `source` is what `Desk` takes for a layer, `color` a function. */
    initialize(drawer, source, color, options) {
      L.GridLayer.prototype.initialize.call(this, options);
      Object.assign(this, { drawer, source, color });
    },

    createTile({ x, y, z }, done) {
      const ratio = Math.min(window.devicePixelRatio || 1, SHARPEST);
      const size = Math.round(SIDE * ratio);
      const canvas = atlas.el("canvas", { width: size, height: size });
      const side = SIDE / (256 * 2 ** z);
      this.drawer
        .ask("draw", this.source, { left: x * side, top: y * side, side, z: atlas.pyramid(z) }, { size, ratio, color: this.color(), bold: this.options.bold })
        .then((picture) => {
          if (picture) {
            put(canvas, picture);
          } else {
            canvas.hidden = true; // an empty one would be moved with the rest
          }
          canvas.dataset.drawn = picture ? "yes" : "empty";
          done(null, canvas);
        })
        .catch((error) => done(error, canvas));
      return canvas;
    },

    // Leaflet makes tiles for whole zooms, and finds what it goes on showing among their parents
    // and children; there are none here, so what was there stays until all is drawn.

    _setView(center, zoom, ...how) {
      this.exact = zoom;
      L.GridLayer.prototype._setView.call(this, center, zoom, ...how);
    },

    _clampZoom() {
      return this.exact;
    },

    /** Show what is drawn at once: fading it in would blend every square anew at each frame. */
    _updateOpacity() {
      const drawn = Object.values(this._tiles).filter(({ current, loaded }) => current && loaded);
      drawn.forEach((tile) => {
        L.DomUtil.setOpacity(tile.el, 1);
        tile.active = true;
      });
      this._pruneTiles();
    },

    _pruneTiles() {
      if (!this._loading) {
        L.GridLayer.prototype._pruneTiles.call(this);
      }
    },
  });

  /** The zoom of the tiles that a zoom of the map is drawn from. */
  atlas.pyramid = (zoom) => Math.max(Math.round(zoom) - Math.log2(SIDE / 256), 0);

  Object.assign(atlas, { OwnLayer, Drawer });
})(window.geoAtlas);
