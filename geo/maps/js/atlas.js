// The map's own script: it owns the layers, fetches the data once and applies what Python asks
// for as a difference, so that nothing flickers and few bytes travel.
"use strict";

(function (atlas) {
  const FAR = 6.5; // below this zoom places on a route are specks
  const EVIDENCE = ".st-key-evidence"; // the panel beside the map, as Streamlit names it

  let map = null;
  let options = null;
  let data = null;
  let base = null;
  let basemap = null;
  let frame = null;
  let drawings = null;
  let labels = null;
  let margins = null;
  let reporter = null;
  let wanted = null; // the last state Python asked for
  let day = null; // of what `data` knows; null is today
  let told = null; // called when Python has asked for the first time
  let asked = null; // the choice it asked for before that
  let opening = null; // of cards
  let worldview = null;
  let own = null; // the layers that a reader brought, once there are any
  const first = new Promise((resolve) => {
    told = resolve;
  });
  const reported = []; // choices told to Python that it has not yet answered

  const say = () => data.messages;
  const wantedDay = () => wanted.as_of || null;
  const whole = (feature) => (feature.whole && data.features.find(({ id }) => id === feature.whole)) || feature;

  // ---- start -------------------------------------------------------------------------------

  /**
   * Make the atlas on a Leaflet map.
   *
   * `given.base` is where the page stands; `given.home` the first extent as [west, south, east,
   * north]; `given.alone` answers where there is no server to ask and no Python to tell:
   * {known(day) without cards that `atlas.inform` brings later, ground(), boundaries(view), relief, chosen(id), evidence(), pages}, the last being
   * what the names of the features' pages end in, or null where there are none.
   */
  atlas.start = function (leafletMap, given) {
    map = leafletMap;
    options = given;
    map.getContainer().classList.add("geo-map");
    basemap = new atlas.Basemap(map);
    if (atlas.still()) {
      map.options.zoomAnimation = map._zoomAnimated = map.options.inertia = false;
      map.getContainer().classList.remove("leaflet-fade-anim", "leaflet-zoom-anim");
    }
    map.options.renderer = L.svg({ pane: "lines", padding: 0.4 });
    // Streamlit-folium listens to the layers of the map; this one speaks for them all.
    reporter = L.featureGroup().addTo(map);
    L.control.zoom({ position: "topright" }).addTo(map);
    theme();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
    map.on("zoomend", () => {
      drawings.zoomed();
      map.getContainer().classList.toggle("geo-far", map.getZoom() < FAR);
    });
    drawings = new atlas.Drawings(map);
    frame = new atlas.Frame(map, given.home, Boolean(given.alone));
    opening = new atlas.Opening(map, closed);
    frame.onEscape(EVIDENCE, () => opening.close(true));
    load();
  };

  function theme() {
    if (atlas.takeTheme()) {
      basemap.restyle();
    }
  }

  async function fetched(path) {
    const response = await fetch(options.base + path);
    if (!response.ok) {
      throw new Error(`${path}: ${response.status}`);
    }
    return response;
  }

  /** Everything known on a day; null is today. */
  async function known(on) {
    if (options.alone) {
      return options.alone.known(on);
    }
    return (await fetched(`atlas/atlas.json?lang=${options.lang || "en"}${on ? `&as_of=${on}` : ""}`)).json();
  }

  async function load() {
    try {
      const { alone } = options;
      // Today is asked for before Python has said which day it wants: it is nearly always right.
      const [today, ground] = [known(null), alone || fetched("atlas/basemap/common.json")];
      await first;
      day = wantedDay();
      data = await (day === null ? today : known(day));
      furnish();
      drawings.fill(data, choose);
      apply();
      await atlas.painted(); // features come before the base map is read and before names are placed
      base = await (alone ? alone.ground() : (await ground).json());
      basemap.draw(base);
      apply();
      map.on("moveend", beyond);
      const relief = alone ? base.relief : `${options.base}atlas/relief.webp`;
      if (relief) {
        basemap.relief(relief, base.relief_bounds);
      }
      map.getContainer().dataset.ready = "yes";
    } catch (error) {
      const words = data ? say().failed : "The map’s data could not be loaded.";
      map.getContainer().append(atlas.el("p", { class: "geo-failed", role: "alert" }, words));
      throw error;
    }
  }

  /** Let the browser paint; a hidden page paints nothing and does not wait. */
  atlas.painted = function () {
    return new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
      setTimeout(resolve, 200);
    });
  };

  /** Say so where the view has left the base map. */
  function beyond() {
    const [west, south, east, north] = base.bounds;
    const { lat, lng } = map.getCenter();
    const out = lng < west || lng > east || lat < south || lat > north;
    margins.beyond(out ? say().beyond : "");
  }

  /** The edges of the map. */
  function furnish() {
    margins = new atlas.Margins(map, data, visit);
    margins.tell(data.notes[wanted.worldview]); // before the map is fitted above the note
    frame.fit();
    labels = new atlas.Labels(map, margins);
    L.control.scale({ position: "topright", imperial: false, maxWidth: 90 }).addTo(map);
  }

  // ---- show --------------------------------------------------------------------------------

  /** Take what Python asks for: {ids, selected, worldview, lang, as_of, own}. */
  atlas.show = function (state) {
    wanted = state;
    atlas.speak(state.lang || "en");
    told();
    theme();
    if (data && wantedDay() !== day) {
      turn();
    } else {
      apply();
    }
  };

  /** Take the words of the cards where they come after what is drawn. */
  atlas.inform = function (cards) {
    data.cards = cards;
    drawings.tell(cards);
  };

  /** Put what was known on another day in the place of what is drawn. */
  async function turn() {
    const to = wantedDay();
    const found = await known(to);
    if (to !== wantedDay() || to === day) {
      return; // asked for another day since, or twice for this one
    }
    opening.close(false);
    [data, day, asked] = [found, to, null];
    drawings.fill(data, choose);
    apply();
  }

  function apply() {
    if (!wanted || !data || wantedDay() !== day) {
      return;
    }
    const ids = new Set(wanted.ids);
    const changed = drawings.show(ids);
    bound();
    if (changed) {
      atlas.order(drawings.all, data.layers);
      margins.keep(new Set(drawings.shown.map(({ feature }) => feature.layer)));
    }
    if (base) {
      name();
    }
    if (opening.id && !ids.has(opening.id) && !atlas.ownKey(opening.id)) {
      opening.close(true);
    }
    if (wanted.own && (own || wanted.own.on.length > 0)) {
      bringOwn().then((layers) => layers.show(wanted.own));
    }
    selectWanted();
  }

  function selectWanted() {
    const selected = wanted.selected || null;
    const answered = reported.indexOf(selected);
    if (answered >= 0) {
      reported.splice(0, answered + 1); // Python's echo of a choice made here
    } else if (selected !== asked && selected !== opening.id) {
      if (selected === null) {
        opening.close(false);
      } else if (atlas.ownKey(selected)) {
        openOwn(selected, null);
      } else if (data.cards[selected]) {
        if (options.alone) {
          frame.hold(); // the page has its size already
        }
        show(data.features.find(({ id }) => id === selected), bring(selected), null, false);
      }
    }
    asked = selected;
    frame.remember(); // Streamlit has written its own part of the address anew
  }

  /** Layers that a reader brought; their script comes only where there are any. */
  function bringOwn() {
    own = own || putOwn({ base: options.base, opening, choose: chooseOwn });
    return own;
  }

  async function putOwn(given) {
    if (options.alone) {
      return options.alone.own(map, given);
    }
    const { script, worker } = wanted.own;
    await atlas.script(options.base + script);
    return new atlas.Own(map, { ...given, worker });
  }

  async function openOwn(key, latlng) {
    const layers = wanted.own && (await bringOwn());
    if (layers) {
      await layers.show(wanted.own);
      layers.open(key, latlng);
    }
  }

  async function bound() {
    const view = wanted.worldview;
    if (view === worldview) {
      return;
    }
    worldview = view;
    margins.tell(data.notes[view]);
    const lines = options.alone ? await options.alone.boundaries(view) : await (await fetched(`atlas/basemap/${view}.json`)).json();
    if (view === worldview) {
      basemap.boundaries(lines, data.boundaries);
    }
  }

  function name() {
    const lang = wanted.lang || "en";
    const visible = drawings.shown;
    const places = base ? atlas.placeCandidates(base.places, lang) : [];
    const candidates = [...atlas.nameCandidates(visible, data.layers, lang, { choose, whole }), ...places];
    labels.set({ captions: [...drawings.captions.values()], candidates, ...atlas.around(visible, choose) });
  }

  // ---- choose ------------------------------------------------------------------------------

  function choose(feature, latlng, element) {
    const id = feature.whole || feature.id;
    if (!data.cards[id]) {
      options.alone.chosen(id); // it opens when its words have come
      return;
    }
    frame.hold();
    show(feature, latlng, element || null, true);
    report(id);
    margins.unhint(true);
  }

  function chooseOwn(key, latlng) {
    frame.hold();
    openOwn(key, latlng);
    report(key);
    margins.unhint(true);
  }

  /** Fly to what stands for a layer, and open it. */
  function visit(layer) {
    const feature = data.features.find(({ id }) => id === layer.lead);
    const members = drawings.of(layer.lead).filter(({ group }) => map.hasLayer(group));
    if (members.length > 0) {
      choose(feature, members[Math.floor(members.length / 2)].anchor);
      const bounds = members.reduce((all, drawing) => all.extend(drawing.bounds()), L.latLngBounds([]));
      opening.fly(bounds);
    }
  }

  /** Tell Python; a time tells two choices of the same thing apart. */
  function report(id) {
    reported.push(id);
    if (options.alone) {
      options.alone.chosen(id);
      return;
    }
    const chosen = { type: "Feature", id, geometry: null, properties: { at: Date.now() } };
    reporter.fire("click", { latlng: null, layer: { toGeoJSON: () => chosen } });
  }

  /** Bring a thing into view where it is not; gives the place of its card, if it has any. */
  function bring(id) {
    const group = drawings.of(id);
    if (group.length === 0) {
      return null;
    }
    const at = group[Math.floor(group.length / 2)].anchor;
    if (!map.getBounds().pad(-0.15).contains(at)) {
      map.setView(at, Math.max(map.getZoom(), 6), { animate: false });
    }
    return at;
  }

  /** Open a card; `chosen` here and not by a link, it may glide into view. */
  function show(feature, latlng, element, chosen) {
    const id = feature.whole || feature.id;
    opening.close(false);
    margins.unhint(false);
    const parts = drawings.of(id);
    const { place, type } = atlas.placeOf(feature, parts);
    const page = `${options.base}f/${encodeURIComponent(id)}`;
    const ending = options.alone ? options.alone.pages : "";
    const pages = ending === null ? {} : { data: `${page}.geojson`, page: page + ending };
    const { source } = data.cards[id];
    if (ending !== null && source) {
      pages.source = `${options.base}s/${encodeURIComponent(source.id)}${ending}`;
    }
    if (!options.alone) {
      const { lang, as_of: on } = wanted;
      const carried = atlas.query({ lang: lang === "en" ? null : lang, as_of: on });
      pages.data += atlas.query({ as_of: on });
      pages.page += carried;
      pages.source = pages.source && pages.source + carried;
      pages.brief = `${options.base}brief/${encodeURIComponent(id)}.pdf${carried}`;
    }
    const evidence = options.alone ? options.alone.evidence : () => frame.goTo(EVIDENCE);
    const ways = { ...pages, evidence };
    const content = atlas.cardElement(data.cards[id], place, type, say(), ways);
    content.dataset.card = id;
    parts.forEach((drawing) => drawing.choose(true));
    opening.show(content, latlng, { id, back: element, glide: Boolean(chosen), close: say().close });
  }

  function closed(id, tell) {
    drawings.of(id).forEach((drawing) => drawing.choose(false));
    if (tell) {
      report(null);
    }
  }
})(window.geoAtlas);
