// Layers that a reader brought, which stand in the file: switches, and all that a server would tell.
"use strict";

(function (atlas, tiles) {
  const { el, bdi } = atlas;
  const FOUND = 5; // what a search lists of each layer

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
      if (!found) {
        throw new Error(`${path}: not in this file`);
      }
      return { json: async () => found };
    }
  }

  /** The group of their switches in the list, and which of them is on. */
  class Brought {
    /**
     * @param given the page's words and choices
     * @param turn called with the id of a layer and whether it is to be on
     */
    constructor(given, turn) {
      this.layers = atlas.block("own");
      this.given = given.own;
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
      this.boxes.forEach((box) => box.addEventListener("change", () => turn(box.dataset.own, box.checked)));
      this.root = el(
        "fieldset",
        { class: "geo-layers geo-own-layers" },
        el("legend", {}, el("h2", {}, this.given.title)),
        el("p", { class: "geo-own-mark" }, this.given.say.unchecked),
        rows
      );
    }

    /** Show which are on. */
    tell(on) {
      this.boxes.forEach((box) => {
        box.checked = on.includes(box.dataset.own);
      });
    }

    /** What the map is to show of them. */
    state(on, lang) {
      return { on, lang, say: this.given.say };
    }

    /** Features that hold words in their name or in what their file says: [key, name, title of the layer]. */
    search(words) {
      const wanted = atlas.fold(words);
      const holds = ({ name, rows }) => [name || "", ...rows.map(([, value]) => value)].some((text) => atlas.fold(text).includes(wanted));
      return this.layers.flatMap(({ id, title, records }) =>
        Object.values(wanted ? records : {})
          .filter(holds)
          .slice(0, FOUND)
          .map((one) => [`own/${id}/${one.id}`, one.name || atlas.fillIn(this.given.say.number, { n: one.id }), title])
      );
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
