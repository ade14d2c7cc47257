// All that can be on the map, and the difference between what is and what should be.
"use strict";

(function (atlas) {
  class Drawings {
    constructor(map) {
      Object.assign(this, { map, features: [], byId: new Map(), captions: new Map() });
    }

    /** Every drawing that was made, in the order of the data. */
    get all() {
      return this.features.map(({ id }) => this.byId.get(id)).filter(Boolean);
    }

    get shown() {
      return this.all.filter(({ group }) => this.map.hasLayer(group));
    }

    /** What is drawn for a thing: itself or its parts. */
    of(id) {
      return this.all.filter(({ feature }) => (feature.whole || feature.id) === id);
    }

    /** Take away everything, and take new features; each that has a geometry is drawn once it is shown. */
    fill({ features, layers, cards }, onChoose) {
      this.byId.forEach(({ group }) => this.map.removeLayer(group));
      this.captions.forEach((words) => words.remove());
      [this.byId, this.captions].forEach((old) => old.clear());
      Object.assign(this, { cards, onChoose, features: features.filter(({ geometry }) => geometry) });
      this.leads = new Set(layers.map(({ lead }) => lead));
    }

    /** Make the drawing of a feature. */
    make(feature) {
      const id = feature.whole || feature.id;
      // One stop for Tab per whole.
      feature.behind = Boolean(feature.whole) && this.of(id).length > 0;
      feature.leads = this.leads.has(feature.id);
      feature.label = this.cards[id] ? atlas.sentence(this.cards[id]) : feature.name;
      const drawing = new atlas.Drawing(feature, this.onChoose);
      drawing.onHover = (_, on, byKey) => this.of(id).forEach((one) => one.hover(on, byKey));
      this.byId.set(feature.id, drawing);
      return drawing;
    }

    /** Say of each drawing what its card says. */
    tell(cards) {
      this.cards = cards;
      for (const drawing of this.all) {
        drawing.label(atlas.sentence(cards[drawing.feature.whole || drawing.feature.id]));
      }
    }

    /** Put on the map what belongs to these things, and nothing else; gives whether that is a change. */
    show(ids) {
      let changed = false;
      for (const feature of this.features) {
        const on = ids.has(feature.whole || feature.id);
        const known = this.byId.get(feature.id);
        if (on !== Boolean(known && this.map.hasLayer(known.group))) {
          const drawing = known || this.make(feature);
          changed = true;
          this.map[on ? "addLayer" : "removeLayer"](drawing.group);
          drawing.zoomed(this.map);
          this.caption(drawing, on);
        }
      }
      return changed;
    }

    caption(drawing, on) {
      const { caption, id } = drawing.feature;
      if (!caption || !drawing.paths) {
        return;
      }
      if (on) {
        const words = new atlas.Caption(drawing.paths[0], caption, id);
        // Beside the line itself, so that it moves and zooms with it.
        words.add(drawing.element().parentNode);
        this.captions.set(id, words);
      } else if (this.captions.has(id)) {
        this.captions.get(id).remove();
        this.captions.delete(id);
      }
    }

    zoomed() {
      this.all.forEach((drawing) => drawing.zoomed(this.map));
    }
  }

  atlas.Drawings = Drawings;
})(window.geoAtlas);
