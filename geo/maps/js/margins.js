// What stands at the edges of the map: the note a screenshot keeps, a hint, chips on a phone.
"use strict";

(function (atlas) {
  const SEEN = "geo-hint-seen";

  function seenBefore() {
    try {
      return Boolean(localStorage.getItem(SEEN));
    } catch (error) {
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
      this.quick = visit ? atlas.quick(map, layers, visit) : null;
      this.hint = seenBefore() ? null : atlas.el("p", { class: "geo-hint" }, messages.hint);
      if (this.hint) {
        map.getContainer().append(this.hint);
      }
      atlas.twoFingers(map, messages.fingers);
    }

    /** How much of the map the note takes at the foot, pixels. */
    foot() {
      return this.note.offsetHeight;
    }

    /** How much of the map the chips take at the top, pixels. */
    roof() {
      return this.quick ? this.quick.offsetHeight : 0;
    }

    /** Where the hint lies, or null where there is none. */
    hintBox() {
      const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h } = this.hint || {};
      return w ? [x, y, x + w, y + h] : null;
    }

    tell(words) {
      this.words.textContent = words;
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
      }
      try {
        if (forGood) {
          localStorage.setItem(SEEN, "yes");
        }
      } catch (error) {
        // See seenBefore().
      }
    }
  }

  atlas.Margins = Margins;
})(window.geoAtlas);
