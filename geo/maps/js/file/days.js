// What was known on each day, as geo/onefile/states.py gives it: states and the day each begins.
"use strict";

(function (atlas) {
  class Days {
    /**
     * @param told states of features and layers by id, oldest first
     * @param given order, layers and constant words of the page
     */
    constructor(told, given) {
      Object.assign(this, { told, given });
      const all = Object.values(told.features).flatMap((since) => since.map(([day]) => day));
      // The last is today.
      this.stops = [...new Set([...all, given.last])].filter((day) => day >= given.first).sort();
    }

    at(since, day) {
      const past = day ? since.filter(([from]) => from <= day) : since;
      return past.length > 0 ? past[past.length - 1][1] : null;
    }

    /** All that is known of a thing on a day (null is today), or null. */
    state(id, day) {
      return this.at(this.told.features[id] || [], day);
    }

    /** Things, waypoints and routes known on a day: pairs of id and state. */
    known(day) {
      return this.given.order.map((id) => [id, this.state(id, day)]).filter(([, state]) => state);
    }

    silence(day) {
      const { words, searched } = this.given;
      return atlas.fillIn(words.silence, { date: day ? this.date(day) : searched });
    }

    /** Write a day, YYYY-MM-DD, in words. */
    date(day) {
      const how = { dateStyle: "long", timeZone: "UTC" };
      return new Intl.DateTimeFormat(this.given.lang, how).format(new Date(`${day}T00:00:00Z`));
    }

    /** The words of a popup on a day. */
    card(id, day) {
      const { card } = this.state(id, day);
      return card.status ? { ...card, status: { ...card.status, silence: this.silence(day) } } : card;
    }

    /** The words of all popups of a day; none at first sight. */
    cards(day) {
      const worded = this.known(day).filter(([, { card }]) => card);
      return Object.fromEntries(worded.map(([id]) => [id, this.card(id, day)]));
    }

    /** What the map's script is given for a day. */
    atlas(day) {
      const known = this.known(day);
      return {
        ...this.given.constant,
        layers: this.given.layers.map((layer) => ({ ...layer, ...this.at(this.told.layers[layer.id], day) })),
        // Copies: the script writes into them.
        features: known.flatMap(([, { drawn }]) => drawn.map((one) => ({ ...one }))),
        cards: this.cards(day),
      };
    }
  }

  atlas.Days = Days;
})(window.geoAtlas);
