// Ways to a thing other than a mouse: what Tab meets and in which order, chips, and two fingers.
"use strict";

(function (atlas) {
  const HINT = 1500; // how long the hint on fingers stays, milliseconds

  /** A sentence on a thing, for whoever hears the map. */
  atlas.sentence = function (card) {
    const parts = [card.name, card.kind, card.status && card.status.label, card.evidence && card.evidence.label, card.geometry];
    return `${parts.filter(Boolean).join(". ")}.`;
  };

  /** Put what answers to Tab in order within its pane: by layer, then from west to east. */
  atlas.order = function (drawings, layers) {
    const rank = new Map(layers.map(({ id }, i) => [id, i]));
    const place = ({ feature, anchor }) => rank.get(feature.layer) * 1000 + anchor.lng;
    for (const drawing of [...drawings].sort((a, b) => place(a) - place(b))) {
      for (const element of drawing.stops()) {
        if (element.parentNode && element !== document.activeElement) {
          element.parentNode.append(element);
        }
      }
    }
  };

  /** Chips above a narrow map: one for each layer; a tap flies there and opens what stands for it. */
  atlas.quick = function (map, layers, visit) {
    const chips = layers
      .filter(({ lead, visible }) => lead && visible)
      .map((layer) => {
        const chip = atlas.el("button", { type: "button", "data-chip": layer.id }, atlas.bdi(layer.short));
        chip.addEventListener("click", () => visit(layer));
        return chip;
      });
    const row = atlas.el("nav", { class: "geo-quick" }, chips);
    L.DomEvent.disableClickPropagation(row);
    L.DomEvent.disableScrollPropagation(row);
    map.getContainer().prepend(row);
    return row;
  };

  /** Say that two fingers move the map, where one would and only scrolls the page. */
  atlas.twoFingers = function (map, words) {
    const hint = atlas.el("p", { class: "geo-fingers", "aria-hidden": "true" }, words);
    let later = null;
    const tell = (event) => {
      const one = event.touches.length === 1 && !map.dragging.enabled();
      if (one && event.target.closest(".leaflet-map-pane")) {
        hint.classList.add("is-told");
        clearTimeout(later);
        later = setTimeout(() => hint.classList.remove("is-told"), HINT);
      }
    };
    map.getContainer().append(hint);
    map.getContainer().addEventListener("touchmove", tell, { passive: true });
  };
})(window.geoAtlas);
