// The map in a page of somebody else's: it lies still until a reader asks for it.
"use strict";

(function (atlas) {
  const { el } = atlas;

  /** Whether the page stands in another and was asked to be small. */
  atlas.embedded = () => new URLSearchParams(window.location.search).get("embed") === "1";

  /** Show the map alone, which takes neither wheel nor touch nor Tab until it is woken. */
  atlas.embed = function ({ words }) {
    document.body.classList.add("is-embedded");
    const main = document.querySelector(".geo-main");
    const wake = el("button", { type: "button", class: "geo-wake" }, el("span", {}, words.use_map));
    main.inert = true;
    wake.addEventListener("click", () => {
      main.inert = false;
      wake.remove();
      main.querySelector(".geo-map").focus({ preventScroll: true });
    });
    const whole = el("a", { class: "geo-whole", target: "_blank", rel: "noopener" }, words.whole_map);
    const lead = () => {
      whole.href = `${window.location.pathname}${window.location.hash}`;
    };
    lead();
    whole.addEventListener("pointerdown", lead);
    whole.addEventListener("focus", lead);
    document.querySelector(".geo-body").append(el("aside", { class: "geo-over", "aria-label": words.whole_map }, wake, whole));
  };
})(window.geoAtlas);
