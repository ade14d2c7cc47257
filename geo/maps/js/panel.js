// The list of layers of a page that has no server behind it: legend and switches at once.
"use strict";

(function (atlas) {
  const { el, bdi } = atlas;

  const picture = (src) => el("img", { src, alt: "" });

  /**
   * Make the list.
   *
   * @param data what the map shows
   * @param inline the title, and the pictures of layers and key
   * @param state what is shown at first
   * @param show called with each new state
   */
  atlas.panel = function (data, inline, state, show) {
    const on = new Set(data.features.filter(({ id }) => state.ids.includes(id)).map(({ layer }) => layer));
    const rows = data.layers.map((layer) => {
      const box = el("input", { type: "checkbox" });
      box.checked = on.has(layer.id);
      box.addEventListener("change", () => {
        on[box.checked ? "add" : "delete"](layer.id);
        const ids = data.features.filter((one) => on.has(one.layer) && !one.whole).map(({ id }) => id);
        show({ ...state, ids, selected: null });
      });
      const words = [el("b", {}, bdi(layer.title)), layer.words && ` · ${layer.words}`];
      return el("label", {}, box, picture(inline.swatches[layer.id]), el("span", {}, words));
    });
    const key = inline.key.map(([src, words]) => el("li", {}, picture(src), words));
    return el(
      "details",
      { class: "geo-panel", open: window.innerWidth > 640 },
      el("summary", {}, el("h1", {}, inline.title)),
      rows,
      el("ul", {}, key)
    );
  };
})(window.geoAtlas);
