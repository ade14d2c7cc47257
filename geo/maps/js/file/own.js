// Layers that a reader brought, which stand in the file: switches, and all that a server would tell.
"use strict";

(function (atlas, tiles) {
  const { el, bdi } = atlas;

  /** Draws from what stands in the page. */
  class Desk extends tiles.Desk {
    constructor(layers) {
      super();
      this.read = new Map(layers.map(({ id, drawn }) => [id, tiles.readGeoJson(drawn)]));
    }

    shapes({ id }) {
      return this.read.get(id);
    }
  }

  /** The same layers as `atlas.Own` shows, without a server. */
  class OwnInFile extends atlas.Own {
    async fetched(path) {
      const [, layer, number] = /^extra\/(\w+)\/(\d+)\.json$/.exec(path) || [];
      const found = layer
        ? this.layers.find(({ id }) => id === layer).records[number]
        : { layers: this.layers.map(({ id, title, bounds }) => ({ id, title, bounds, ready: true })) };
      return { json: async () => found };
    }
  }

  /** The group of their switches in the list, and which of them is on. */
  class Brought {
    /**
     * @param given the page's words and choices
     * @param tell called when a switch was used
     */
    constructor(given, tell) {
      this.layers = atlas.block("own");
      this.given = given.own;
      this.record = null; // key of the feature whose card is open
      this.boxes = this.layers.map(({ id }) => el("input", { type: "checkbox", checked: true, "data-own": id }));
      const rows = this.layers.map(({ id, title }, i) =>
        el(
          "label",
          {},
          this.boxes[i],
          el("span", { class: "geo-own-swatch" }),
          el("span", {}, el("b", {}, bdi(title)), ` · ${this.given.words[id]}`)
        )
      );
      this.boxes.forEach((box) => box.addEventListener("change", tell));
      this.root = el(
        "fieldset",
        { class: "geo-layers geo-own-layers" },
        el("legend", {}, el("h2", {}, this.given.title)),
        el("p", { class: "geo-own-mark" }, this.given.say.unchecked),
        rows
      );
    }

    /** What the map is to show of them. */
    state(lang) {
      return { on: this.layers.map(({ id }) => id).filter((_, i) => this.boxes[i].checked), lang, say: this.given.say };
    }

    /** Note what was chosen on the map; whether it is of these layers. */
    take(key) {
      this.record = atlas.ownKey(key) ? key : null;
      return Boolean(this.record);
    }

    /** Put them on a map. */
    putOn(map, given) {
      const desk = Promise.resolve(new Desk(this.layers));
      const drawer = { ask: async (name, ...asked) => (await desk)[name](...asked) };
      return new OwnInFile(map, { ...given, drawer, layers: this.layers });
    }
  }

  atlas.Brought = Brought;
})(window.geoAtlas, window.geoTiles);
