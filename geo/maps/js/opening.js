// The card that is open: a popup on a wide map, a sheet at the foot of a narrow one.
"use strict";

(function (atlas) {
  const ROOM = 12; // between a popup and the edge of the map, pixels
  const CONTROLS = 104; // that the map's own buttons take at the right, pixels
  const [FARTHEST, NEAREST] = [5.5, 8]; // zooms to which a chip flies
  const ABOVE = 44; // that chips take at the top of a narrow map, pixels

  /** Whether things may move by themselves. */
  atlas.still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  class Opening {
    /**
     * @param map the Leaflet map
     * @param onClosed called with the id of the thing, and whether the reader closed it
     */
    constructor(map, onClosed) {
      Object.assign(this, { map, onClosed, card: null, id: null });
      map.on("resize", () => this.reveal(false));
    }

    /** Show a card; it takes the focus where the thing was chosen by key. */
    show(content, latlng, { id, back, glide, close }) {
      const wide = latlng && this.map.getSize().x >= atlas.NARROW;
      this.card = wide ? this.popup(content, latlng) : this.sheet(content, close);
      Object.assign(this, { id, back });
      this.reveal(glide);
      if (back) {
        (content.querySelector("a, button") || content).focus({ preventScroll: true });
      }
    }

    popup(content, latlng) {
      const { y } = this.map.getSize();
      const maxHeight = Math.max(Math.min(y * 0.6, 460), 180);
      // Leaflet would pan at every change of size; reveal() does so when the card opens.
      const look = { minWidth: 250, maxWidth: 350, maxHeight, autoPan: false, className: "geo-popup" };
      const card = L.popup(look).setLatLng(latlng).setContent(content).openOn(this.map);
      card.once("remove", () => {
        if (this.card === card) {
          this.close(true);
        }
      });
      return card;
    }

    sheet(content, words) {
      const shut = atlas.el("button", { type: "button", class: "geo-shut", "aria-label": words }, "×");
      const card = atlas.el("div", { class: "geo-sheet" }, shut, content);
      shut.addEventListener("click", () => this.close(true));
      L.DomEvent.disableClickPropagation(card);
      L.DomEvent.disableScrollPropagation(card);
      card.style.bottom = `${this.map.getContainer().querySelector(".geo-note").offsetHeight}px`;
      this.map.getContainer().append(card);
      return card;
    }

    /** The card has got its words after it was opened. */
    filled() {
      if (this.card && this.card.update) {
        this.card.update();
      }
      this.reveal(true);
    }

    /** Move the map until the popup is in view. */
    reveal(glide) {
      const element = this.card && this.card.getElement && this.card.getElement();
      if (!element) {
        return;
      }
      const frame = this.map.getContainer().getBoundingClientRect();
      const box = element.getBoundingClientRect();
      const floor = frame.bottom - this.map.getContainer().querySelector(".geo-note").offsetHeight;
      const past = (low, high, first, last) => (low < first ? low - first : Math.max(Math.min(high - last, low - first), 0));
      const x = past(box.left, box.right, frame.left + ROOM, frame.right - CONTROLS);
      const y = past(box.top, box.bottom, frame.top + ROOM, floor);
      if (x || y) {
        this.map.panBy([x, y], { animate: glide && !atlas.still() });
      }
    }

    /** Fly to a place, in the part of the map that a sheet leaves free; what is long is cut, not far. */
    fly(bounds) {
      const { map } = this;
      const sheet = this.card instanceof Element ? map.getSize().y - this.card.offsetTop : 0;
      const fitting = map.getBoundsZoom(bounds, false, L.point(48, sheet + 72));
      const zoom = Math.min(Math.max(fitting, FARTHEST), NEAREST);
      const middle = map.project(bounds.getCenter(), zoom).add([0, (sheet - ABOVE) / 2]);
      const how = atlas.still() ? { animate: false } : { duration: 0.8 };
      map.flyTo(map.unproject(middle, zoom), zoom, how);
    }

    /** Close the card; where the reader did so, the focus goes back to the thing. */
    close(tell) {
      if (!this.card) {
        return;
      }
      const { id, card, back } = this;
      Object.assign(this, { card: null, id: null, back: null });
      card.remove();
      this.onClosed(id, tell);
      if (tell && back && back.isConnected) {
        back.focus();
      }
    }
  }

  atlas.Opening = Opening;
})(window.geoAtlas);
