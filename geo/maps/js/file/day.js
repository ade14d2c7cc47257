// The slider over the days on which something became known.
"use strict";

(function (atlas) {
  const { el, fillIn } = atlas;
  const PAUSE = 60; // between a step of the slider and the map's, milliseconds

  class Day {
    constructor(given, days, change) {
      Object.assign(this, { given, days, change, later: null });
      const { words } = given;
      this.range = el("input", { type: "range", min: 0, max: days.stops.length - 1, step: 1, "aria-label": words.as_known_on });
      this.words = el("output", {});
      this.back = this.button("−", words.day_before, -1);
      this.forth = this.button("+", words.day_after, 1);
      this.today = el("button", { type: "button", class: "geo-plain" }, words.today);
      this.today.addEventListener("click", () => change({ as_of: null }));
      this.range.addEventListener("input", () => this.go(Number(this.range.value)));
      this.root = el(
        "div",
        { class: "geo-day" },
        el("p", {}, `${words.as_known_on}: `, this.words),
        el("div", { class: "geo-slider" }, this.back, this.range, this.forth),
        this.today
      );
    }

    button(sign, words, step) {
      const button = el("button", { type: "button", "aria-label": words, title: words }, sign);
      button.addEventListener("click", () => this.go(Number(this.range.value) + step));
      return button;
    }

    go(place) {
      const { stops } = this.days;
      const at = Math.max(0, Math.min(place, stops.length - 1));
      const day = at === stops.length - 1 ? null : stops[at];
      this.tell(day);
      clearTimeout(this.later);
      this.later = setTimeout(() => this.change({ as_of: day }), PAUSE);
    }

    tell(day) {
      const { words, searched } = this.given;
      const { stops } = this.days;
      const past = day ? stops.filter((stop) => stop <= day).length - 1 : stops.length - 1;
      this.range.value = Math.max(past, 0);
      const told = day ? this.days.date(day) : fillIn(words.known_today, { date: searched });
      this.words.textContent = told;
      this.range.setAttribute("aria-valuetext", told);
      this.today.hidden = !day;
      this.back.disabled = past <= 0;
      this.forth.disabled = !day;
    }
  }

  atlas.Day = Day;
})(window.geoAtlas);
