// What stands at the edges of the map: the note a screenshot keeps, a hint, chips on a phone.
"use strict";

(function (atlas) {
  const SEEN = "geo-hint-seen";

  function seenBefore() {
    try {
      return Boolean(localStorage.getItem(SEEN));
    } catch {
      return false; // storage may be closed to frames; then the hint is shown each time
    }
  }

  class Margins {
    /**
     * @param map the Leaflet map
     * @param data attribution, layers and messages
     * @param visit called with a layer whose chip is tapped; none makes no chips
     */
    constructor(map, { attribution, layers, messages }, visit) {
      this.words = atlas.el("span", { class: "geo-note-words" });
      this.note = atlas.el("p", { class: "geo-note" }, this.words, " ", atlas.el("span", {}, attribution));
      this.note.addEventListener("click", () => this.note.classList.toggle("is-open"));
      L.DomEvent.disableClickPropagation(this.note);
      map.getContainer().append(this.note);
      this.corner = map.getContainer().querySelector(".leaflet-top.leaflet-right");
      this.quick = visit ? atlas.quick(map, layers, visit) : null;
      this.hint = seenBefore() ? null : atlas.el("p", { class: "geo-hint" }, messages.hint);
      if (this.hint) {
        map.getContainer().append(this.hint);
      }
      atlas.twoFingers(map, messages.fingers);
      // Reading a size lays out the page, which takes long after a zoom: it is read when it changed.
      this.boxes = new Map();
      const changes = new ResizeObserver(() => this.boxes.clear());
      [map.getContainer(), this.note, this.corner, this.quick, this.hint].filter(Boolean).forEach((one) => changes.observe(one));
    }

    /** Where an element at the edge lies: [left, top, right, bottom], pixels of the map. */
    box(element) {
      if (!this.boxes.has(element)) {
        const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h } = element;
        this.boxes.set(element, [x, y, x + w, y + h]);
      }
      return this.boxes.get(element);
    }

    /** How much of the map the note takes at the foot, pixels. */
    foot() {
      const [, top, , bottom] = this.box(this.note);
      return bottom - top;
    }

    /** How much of the map the chips take at the top, pixels. */
    roof() {
      if (!this.quick) {
        return 0;
      }
      const [, top, , bottom] = this.box(this.quick);
      return bottom - top;
    }

    /** The boxes of what no name may cover, in a map so wide. */
    taken(width) {
      const roof = this.roof();
      const [left, top, right, bottom] = this.box(this.corner);
      const corner = [width - (right - left) - 4, 0, width, roof + bottom - top + 4];
      const hint = this.hint ? [this.box(this.hint)] : [];
      return [[0, 0, width, roof], corner, ...hint];
    }

    tell(words) {
      this.words.textContent = words;
      this.boxes.clear();
    }

    /** Say in the note that the view has left the base map, or nothing. */
    beyond(words) {
      this.note.dataset.beyond = words;
    }

    /** Keep the chips of the layers that are shown. */
    keep(layers) {
      for (const chip of this.quick ? this.quick.children : []) {
        chip.hidden = !layers.has(chip.dataset.chip);
      }
    }

    /** The hint has done its work; `forGood` where the reader has followed it. */
    unhint(forGood) {
      if (this.hint) {
        this.hint.remove();
        this.hint = null;
      }
      try {
        if (forGood) {
          localStorage.setItem(SEEN, "yes");
        }
      } catch {
        // See seenBefore().
      }
    }
  }

  atlas.Margins = Margins;
})(window.geoAtlas);
