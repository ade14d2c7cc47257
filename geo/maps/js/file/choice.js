// What is shown: one value, which the part of the address after # carries (as geo/view.py has it).
"use strict";

(function (atlas) {
  const FIRST = {
    layers: null, // null: those visible at first open
    feature: null,
    worldview: null,
    lang: null,
    status: [],
    evidence: [],
    source: null,
    disagree: false,
    q: "",
    as_of: null,
    tab: "map",
    own: null, // layers that a reader brought; null: all of them
    record: null, // layer and number of the feature of theirs that is open, "roads/17"
  };
  const LISTS = new Set(["layers", "status", "evidence", "own"]);
  const DAY = /^\d{4}-\d\d-\d\d$/;

  /** Values a parameter may have; none where any text will do. */
  function known(name, given) {
    const first = (pairs) => pairs.map(([value]) => value);
    return {
      layers: given.layers.map(({ id }) => id),
      feature: [...given.order, ...Object.keys(given.formerly)],
      worldview: first(given.worldviews),
      lang: Object.keys(given.languages),
      status: first(given.statuses),
      evidence: first(given.evidence),
      source: given.source_ids,
      disagree: ["1"],
      tab: ["map", "table"],
      own: atlas.ownLayersOf(given),
    }[name];
  }

  /** Ids of the layers that a reader brought. */
  atlas.ownLayersOf = (given) => Object.keys(given.own ? given.own.words : {});

  function isRecord(value, given) {
    const { layer } = atlas.ownKey(`own/${value}`) || {};
    return atlas.ownLayersOf(given).includes(layer);
  }

  /**
   * Read a choice from parameters.
   *
   * @returns the choice, and a notice for each parameter that could not be read
   */
  atlas.readChoice = function (parameters, given) {
    const choice = { ...FIRST };
    const notices = [];
    for (const [name, value] of parameters) {
      if (!(name in FIRST)) {
        continue;
      }
      const allowed = known(name, given);
      const parts = LISTS.has(name) ? value.split(",").filter(Boolean) : [value];
      const day = name !== "as_of" || (DAY.test(value) && value >= given.first && value <= given.last);
      const record = name !== "record" || isRecord(value, given);
      const wrong = parts.filter((part) => !day || !record || (allowed && !allowed.includes(part)));
      wrong.forEach((part) => notices.push(atlas.fillIn(given.words.bad_link, { name, value: part })));
      const right = parts.filter((part) => !wrong.includes(part));
      if (LISTS.has(name)) {
        choice[name] = right;
      } else if (right.length > 0) {
        choice[name] = name === "disagree" ? true : value;
      }
    }
    choice.feature = given.formerly[choice.feature] || choice.feature;
    choice.worldview = choice.worldview || given.view.worldview;
    choice.lang = choice.lang || given.lang; // which the link has decided already
    if (choice.as_of === given.last) {
      choice.as_of = null;
    }
    const open = choice.feature ? atlas.withLayerOf(choice.feature, choice, given) : choice;
    const { layer } = atlas.ownKey(`own/${choice.record}`) || {};
    return { choice: layer ? atlas.withOwn(open, given, layer, true) : open, notices };
  };

  /** The choice a link asks for, else the one the file was made with. */
  atlas.choiceOf = function (hash, given) {
    const asked = [...new URLSearchParams(hash.replace(/^#/, ""))].filter(([name]) => name in FIRST);
    return atlas.readChoice(asked.length > 0 ? asked : Object.entries(given.view), given);
  };

  /** Write a choice as parameters; the place of the map stays. */
  atlas.writeChoice = function (choice, given, hash) {
    const own = Object.keys(given.view).length > 1; // the file opens with a choice of its own
    const first = { ...FIRST, worldview: given.view.worldview, lang: given.lang };
    const written = new URLSearchParams();
    for (const [name, value] of Object.entries(choice)) {
      const plain = JSON.stringify(value) === JSON.stringify(first[name]);
      if (["layers", "own"].includes(name) && value !== null) {
        written.set(name, value.join(","));
      } else if (!plain) {
        written.set(name, Array.isArray(value) ? value.join(",") : value === true ? "1" : value);
      }
    }
    if (own && !written.has("layers")) {
      written.set("layers", atlas.layersOf(choice, given).join(","));
    }
    const at = new URLSearchParams(hash.replace(/^#/, "")).get("at");
    return [written.toString().replaceAll("%2C", ","), at && `at=${at}`].filter(Boolean).join("&");
  };

  /** Ids of the layers that are on. */
  atlas.layersOf = function (choice, given) {
    return given.layers.filter(({ id, visible }) => (choice.layers ? choice.layers.includes(id) : visible)).map(({ id }) => id);
  };

  /** Ids of the brought layers that are on. */
  atlas.ownOf = function ({ own }, given) {
    return atlas.ownLayersOf(given).filter((id) => own === null || own.includes(id));
  };

  /** The choice with one of these layers on or off. */
  atlas.withOwn = function (choice, given, id, on) {
    const own = atlas.ownLayersOf(given).filter((one) => (one === id ? on : atlas.ownOf(choice, given).includes(one)));
    return { ...choice, own: own.length === atlas.ownLayersOf(given).length ? null : own };
  };

  /** The choice with the layer of a thing switched on. */
  atlas.withLayerOf = function (id, choice, given) {
    const layers = atlas.layersOf(choice, given);
    const needed = given.layer_of[id];
    return layers.includes(needed) ? choice : { ...choice, layers: [...layers, needed] };
  };

  /** How many filters are on. */
  atlas.filtersOf = ({ status, evidence, source, disagree }) => status.length + evidence.length + Boolean(source) + disagree;

  /** The choice without filters. */
  atlas.unfiltered = (choice) => ({ ...choice, status: [], evidence: [], source: null, disagree: false });

  function passes(is, choice, given) {
    return (
      (choice.status.length === 0 || choice.status.includes(is.status)) &&
      (choice.evidence.length === 0 || choice.evidence.includes(is.evidence)) &&
      (!choice.source || is.sources.includes(given.source_ids.indexOf(choice.source))) &&
      (!choice.disagree || is.disagree)
    );
  }

  /**
   * What is shown of what is known: pairs of id and state.
   *
   * Filters judge things; waypoints go with the routes of their layer.
   */
  atlas.shownOf = function (states, choice, given) {
    const on = new Set(atlas.layersOf(choice, given));
    const layerOf = (id) => given.layer_of[id];
    const things = states.filter(([id, { is }]) => is.thing && on.has(layerOf(id)) && passes(is, choice, given));
    const ids = new Set(things.map(([id]) => id));
    const routed = new Set(things.filter(([, { is }]) => is.whole).map(([id]) => layerOf(id)));
    return states.filter(([id, { is }]) => ids.has(id) || (is.waypoint && routed.has(layerOf(id))));
  };
})(window.geoAtlas);
