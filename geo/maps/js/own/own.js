// The layers that a reader brought: which are on, what is clicked, and the record that is open.
"use strict";

(function (atlas) {
  const PANE = 405; // above the base map, below everything that has sources here
  const [FINGER, MOUSE] = [14, 6]; // how near a click must come, pixels
  const CLOSE = 9; // zoom at which a feature that was found elsewhere is shown
  const PAUSE = 60; // between looks at what lies under the pointer, milliseconds

  class Own {
    /**
     * @param map the Leaflet map
     * @param given {base, worker: address, opening, choose: called with a key and a place}, or a
     *   `drawer` in the place of the worker's address
     */
    constructor(map, given) {
      Object.assign(this, given, { map, on: new Map(), known: new Map(), say: {} });
      map.createPane("own").style.zIndex = PANE;
      map.getPane("own").classList.add("geo-pane-own");
      this.drawer = this.drawer || new atlas.Drawer(new URL(this.base + this.worker, document.baseURI).href);
      map.on("click", (event) => this.clicked(event));
      map.on("zoomend", () => this.tell());
      map.on("mousemove", (event) => this.hovered(event));
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(() => this.redraw()));
    }

    color() {
      return getComputedStyle(this.map.getContainer()).getPropertyValue("--geo-own").trim();
    }

    /** Have these layers on, in this order, and no others: {on: ids, lang, say: our words}. */
    async show({ on, lang, say }) {
      this.say = say;
      this.wanted = on;
      if (on.some((id) => !this.known.has(id))) {
        const { layers } = await (await this.fetched(`extra/layers.json${atlas.query({ lang })}`)).json();
        layers.filter(({ ready }) => ready).forEach((layer) => this.known.set(layer.id, layer));
      }
      if (this.wanted !== on) {
        return; // asked for others since
      }
      for (const [id, layer] of this.on) {
        if (!on.includes(id)) {
          layer.remove();
          this.on.delete(id);
        }
      }
      on.filter((id) => this.known.has(id)).forEach((id, order) => this.put(id, order));
      const open = atlas.ownKey(this.opening.id);
      if (open && !on.includes(open.layer)) {
        this.opening.close(true);
      }
      this.redraw();
      this.tell();
    }

    /** Say so where tiles this far out do not hold every feature. */
    tell() {
      const zoom = atlas.pyramid(this.map.getZoom());
      const isThin = [...this.on.keys()].some((id) => zoom < this.known.get(id).whole_from);
      this.note = this.note || atlas.el("span", { class: "geo-own-thin", role: "status" });
      this.note.textContent = isThin ? this.say.thinned : "";
      this.map.getContainer().querySelector(".geo-note").prepend(this.note);
    }

    put(id, order) {
      const { bounds, geojson, tiles, zooms } = this.known.get(id);
      if (bounds && !this.on.has(id)) {
        const full = (path) => path && new URL(this.base, document.baseURI).href + path;
        const source = { id, geojson: full(geojson), tiles: full(tiles), zooms };
        const [west, south, east, north] = bounds;
        const options = { bounds: L.latLngBounds([south, west], [north, east]).pad(0.01), bold: !tiles };
        const layer = new atlas.OwnLayer(this.drawer, source, () => this.color(), options);
        layer.on("tileerror", () => this.fail());
        layer.on("load", () => {
          layer.getContainer().dataset.loaded = id;
        });
        this.on.set(id, layer.addTo(this.map));
      }
      if (this.on.has(id)) {
        this.on.get(id).setZIndex(order + 1);
      }
    }

    /** Draw anew where the page has become dark or light. */
    redraw() {
      const color = this.color();
      if (this.drawn && this.drawn !== color) {
        this.on.forEach((layer) => layer.redraw());
      }
      this.drawn = color;
    }

    async fetched(path) {
      const response = await fetch(this.base + path);
      if (!response.ok) {
        throw new Error(`${path}: ${response.status}`);
      }
      return response;
    }

    fail() {
      const container = this.map.getContainer();
      if (!container.querySelector(".geo-failed")) {
        container.append(atlas.el("p", { class: "geo-failed", role: "alert" }, this.say.failed));
      }
    }

    // ---- what is clicked ---------------------------------------------------------------------

    /** What lies at a place of the map, or null. */
    under(latlng, reach) {
      const { map } = this;
      const world = map.project(latlng, 0).divideBy(256);
      const layers = this.wanted.filter((id) => this.on.has(id)).map((id) => this.on.get(id).source);
      const place = { x: world.x, y: world.y, reach: reach / (256 * 2 ** map.getZoom()), z: atlas.pyramid(map.getZoom()) };
      return layers.length > 0 ? this.drawer.ask("hit", layers, place) : Promise.resolve(null);
    }

    /** Whether an event is meant for the map itself and not for something that lies on it. */
    isFree({ originalEvent }) {
      const { target } = originalEvent;
      return target === this.map.getContainer() || (target.closest(".leaflet-map-pane") && !target.closest(TAKEN));
    }

    async clicked(event) {
      if (this.isFree(event)) {
        const coarse = event.originalEvent.pointerType === "touch" || window.matchMedia("(pointer: coarse)").matches;
        const found = await this.under(event.latlng, coarse ? FINGER : MOUSE);
        if (found) {
          this.choose(`own/${found.layer}/${found.id}`, event.latlng);
        }
      }
    }

    async hovered(event) {
      if (this.resting || this.map.dragging.moving()) {
        return;
      }
      this.resting = true;
      setTimeout(() => {
        this.resting = false;
      }, PAUSE);
      const found = this.isFree(event) && (await this.under(event.latlng, MOUSE));
      this.map.getContainer().classList.toggle("geo-own-here", Boolean(found));
    }

    // ---- the record --------------------------------------------------------------------------

    /** Open the record of a key; at a place where it was clicked, else where it lies. */
    async open(key, latlng) {
      const { layer, number } = atlas.ownKey(key);
      const path = `extra/${layer}/${number}.json`;
      const { title } = this.known.get(layer) || { title: layer };
      const card = atlas.recordElement(title, this.say);
      card.dataset.card = key;
      this.asked = key;
      this.opening.close(false);
      const look = { id: key, back: null, glide: Boolean(latlng), close: this.say.close };
      if (latlng) {
        this.opening.show(card, latlng, look); // at once; its words come when they come
      }
      let record = null;
      try {
        record = await (await this.fetched(path)).json();
      } catch {
        card.querySelector("h2").replaceChildren(this.say.missing);
      }
      if (this.asked !== key || (latlng && this.opening.id !== key)) {
        return;
      }
      if (record) {
        atlas.fillRecord(card, record, this.say);
      }
      if (!latlng) {
        this.opening.close(false);
        this.opening.show(card, record && record.spot && this.bring(record.spot), look);
      }
      this.opening.filled();
      if (!latlng) {
        card.focus({ preventScroll: true }); // from a list elsewhere on the page
      }
    }

    bring([lon, lat]) {
      const at = L.latLng(lat, lon);
      if (this.map.getZoom() < CLOSE || !this.map.getBounds().pad(-0.15).contains(at)) {
        this.map.setView(at, Math.max(this.map.getZoom(), CLOSE), { animate: false });
      }
      return at;
    }
  }

  const TAKEN = "a, button, .leaflet-interactive, .leaflet-popup, .geo-name-live, .geo-chip, .geo-point";

  atlas.Own = Own;
})(window.geoAtlas);
