// The map's own script: it owns the layers, fetches the data once and applies what Python asks
// for as a difference, so that nothing flickers and few bytes travel.
"use strict";

(function (atlas) {
  const FAR = 6.5; // below this zoom places on a route are specks
  const SEEN = "geo-hint-seen";

  let map = null;
  let options = null;
  let data = null;
  let base = null;
  let basemap = null;
  let frame = null;
  let labels = null;
  let reporter = null;
  let wanted = null; // the last state Python asked for
  let asked = null; // the choice it asked for before that
  let open = null; // {id, close(), back}: the card that is open
  let worldview = null;
  const drawings = new Map();
  const captions = new Map();
  const reported = []; // choices told to Python that it has not yet answered

  const say = () => data.messages;
  const things = (id) => [...drawings.values()].filter(({ feature }) => (feature.whole || feature.id) === id);
  const whole = (feature) => (feature.whole && data.features.find(({ id }) => id === feature.whole)) || feature;
  const shown = () => [...drawings.values()].filter((drawing) => map.hasLayer(drawing.group));

  // ---- start -------------------------------------------------------------------------------

  /**
   * Make the atlas on a Leaflet map.
   *
   * `given.base` is where the page stands; `given.home` the first extent as [west, south, east,
   * north]; `given.inline` holds all data where there is no server to ask.
   */
  atlas.start = function (leafletMap, given) {
    map = leafletMap;
    options = given;
    map.getContainer().classList.add("geo-map");
    basemap = new atlas.Basemap(map);
    map.options.renderer = L.svg({ pane: "lines", padding: 0.4 });
    // Streamlit-folium listens to the layers of the map; this one speaks for them all.
    reporter = L.featureGroup().addTo(map);
    L.control.zoom({ position: "topright" }).addTo(map);
    theme();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
    map.on("zoomend", () => {
      drawings.forEach((drawing) => drawing.zoomed(map));
      map.getContainer().classList.toggle("geo-far", map.getZoom() < FAR);
    });
    frame = new atlas.Frame(map, given.home, Boolean(given.inline));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && open) {
        open.close();
      }
    });
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
    return response.json();
  }

  async function load() {
    try {
      const { inline } = options;
      const basePromise = inline ? Promise.resolve(inline.basemap) : fetched("atlas/basemap/common.json");
      data = inline ? await inline.atlas : await fetched(`atlas/atlas.json?lang=${options.lang || "en"}`);
      furnish();
      apply();
      base = await basePromise;
      basemap.draw(base);
      apply();
      map.on("moveend", beyond);
      basemap.relief(inline ? inline.relief : `${options.base}atlas/relief.webp`, base.relief_bounds);
      map.getContainer().dataset.ready = "yes";
    } catch (error) {
      const words = data ? say().failed : "The map’s data could not be loaded.";
      map.getContainer().append(atlas.el("p", { class: "geo-failed", role: "alert" }, words));
      throw error;
    }
  }

  /** Say so where the view has left the base map. */
  function beyond() {
    const [west, south, east, north] = base.bounds;
    const { lat, lng } = map.getCenter();
    const out = lng < west || lng > east || lat < south || lat > north;
    map.getContainer().querySelector(".geo-note").dataset.beyond = out ? say().beyond : "";
  }

  /** Notes and hint: inside the map's frame, so that a screenshot keeps them. */
  function furnish() {
    if (options.inline) {
      const panel = atlas.panel(data, options.inline, wanted, atlas.show);
      L.DomEvent.disableClickPropagation(panel);
      L.DomEvent.disableScrollPropagation(panel);
      map.getContainer().append(panel);
    }
    const note = atlas.el("p", { class: "geo-note" }, atlas.el("span", { class: "geo-note-words" }), " ", atlas.el("span", {}, data.attribution));
    note.addEventListener("click", () => note.classList.toggle("is-open"));
    map.getContainer().append(note);
    labels = new atlas.Labels(map, () => note.offsetHeight);
    L.DomEvent.disableClickPropagation(note);
    map.getContainer().querySelector(".geo-note-words").textContent = data.notes[wanted.worldview];
    frame.fit();
    L.control.scale({ position: "topright", imperial: false, maxWidth: 90 }).addTo(map);
    let seen = false;
    try {
      seen = Boolean(localStorage.getItem(SEEN));
    } catch (error) {
      // Storage may be closed to frames; then the hint is shown each time.
    }
    if (!seen) {
      map.getContainer().append(atlas.el("p", { class: "geo-hint" }, say().hint));
    }
    for (const feature of data.features) {
      if (feature.geometry) {
        const first = feature.whole && [...drawings.values()].some((other) => other.feature.whole === feature.whole);
        feature.behind = first; // one stop for Tab per whole
        const drawing = new atlas.Drawing(feature, choose);
        drawing.onHover = hover;
        drawings.set(feature.id, drawing);
      }
    }
  }

  // ---- show --------------------------------------------------------------------------------

  /** Take what Python asks for: {ids, selected, worldview, lang}. */
  atlas.show = function (state) {
    wanted = state;
    theme();
    apply();
  };

  function apply() {
    if (!wanted || !data) {
      return;
    }
    const ids = new Set(wanted.ids);
    let changed = false;
    for (const [id, drawing] of drawings) {
      const on = ids.has(drawing.feature.whole || id);
      if (on !== map.hasLayer(drawing.group)) {
        changed = true;
        if (on) {
          drawing.group.addTo(map);
          drawing.zoomed(map);
        } else {
          map.removeLayer(drawing.group);
        }
        caption(drawing, on);
      }
    }
    bound();
    if (changed || base) {
      name();
    }
    if (open && !ids.has(open.id)) {
      open.close();
    }
    selectWanted();
  }

  function selectWanted() {
    const selected = wanted.selected || null;
    const answered = reported.indexOf(selected);
    if (answered >= 0) {
      reported.splice(0, answered + 1); // Python's echo of a choice made here
    } else if (selected !== asked && selected !== (open && open.id)) {
      if (selected === null) {
        close(false);
      } else if (data.cards[selected]) {
        show(data.features.find(({ id }) => id === selected), bring(selected), null);
      }
    }
    asked = selected;
    frame.remember(); // Streamlit has written its own part of the address anew
  }

  async function bound() {
    const view = wanted.worldview;
    if (view === worldview) {
      return;
    }
    worldview = view;
    map.getContainer().querySelector(".geo-note-words").textContent = data.notes[view];
    const lines = options.inline ? options.inline.boundaries[view] : await fetched(`atlas/basemap/${view}.json`);
    if (view === worldview) {
      basemap.boundaries(lines, data.boundaries);
    }
  }

  function caption(drawing, on) {
    const { feature } = drawing;
    if (!feature.caption || !drawing.paths) {
      return;
    }
    if (on) {
      const words = new atlas.Caption(drawing.paths[0], feature.caption, "en", feature.id);
      // Beside the line itself, so that it moves and zooms with it.
      words.add(drawing.element().parentNode);
      captions.set(feature.id, words);
    } else if (captions.has(feature.id)) {
      captions.get(feature.id).remove();
      captions.delete(feature.id);
    }
  }

  function name() {
    const visible = shown();
    const candidates = atlas.nameCandidates(visible, data.layers, wanted.lang || "en", { choose, whole });
    const places = base ? atlas.placeCandidates(base.places, wanted.lang || "en") : [];
    const courses = (schematic) =>
      visible.filter(({ paths, symbol }) => paths && Boolean(symbol.schematic) === schematic).flatMap(({ paths }) => paths);
    labels.set({
      captions: [...captions.values()],
      candidates: [...candidates, ...places],
      ends: visible.filter(({ feature, paths }) => feature.end && paths).map((drawing) => ({
        text: drawing.feature.end,
        named: drawing.feature.end_named,
        path: drawing.paths[0],
        hue: drawing.symbol.hue,
        choose: () => choose(drawing.feature, drawing.anchor),
      })),
      symbols: visible.filter(({ marker }) => marker).map(({ anchor, feature }) => [anchor, feature.waypoint ? 4 : 11]),
      courses: courses(false),
      diagrams: courses(true),
    });
  }

  // ---- choose ------------------------------------------------------------------------------

  function hover(feature, on) {
    things(feature.whole || feature.id).forEach((drawing) => drawing.hover(on));
  }

  function choose(feature, latlng, element) {
    const id = feature.whole || feature.id;
    show(feature, latlng, element || null);
    report(id);
    const hint = map.getContainer().querySelector(".geo-hint");
    if (hint) {
      hint.remove();
      try {
        localStorage.setItem(SEEN, "yes");
      } catch (error) {
        // See furnish().
      }
    }
  }

  /** Tell Python; a time tells two choices of the same thing apart. */
  function report(id) {
    reported.push(id);
    const chosen = { type: "Feature", id, geometry: null, properties: { at: Date.now() } };
    reporter.fire("click", { latlng: null, layer: { toGeoJSON: () => chosen } });
  }

  /** Bring a thing into view where it is not; gives the place of its card, if it has any. */
  function bring(id) {
    const group = things(id);
    if (group.length === 0) {
      return null;
    }
    const at = group[Math.floor(group.length / 2)].anchor;
    if (!map.getBounds().pad(-0.15).contains(at)) {
      map.setView(at, Math.max(map.getZoom(), 6), { animate: false });
    }
    return at;
  }

  function show(feature, latlng, element) {
    const id = feature.whole || feature.id;
    close(false);
    const geojson = options.inline ? null : `${options.base}layers/${feature.layer}.geojson`;
    const drawn = feature.geometry || (things(id)[0] && things(id)[0].feature.geometry);
    const content = atlas.cardElement(data.cards[id], feature, drawn ? drawn.type : "", say(), geojson);
    content.dataset.card = id;
    const card = latlng && map.getSize().x >= atlas.NARROW ? popup(content, latlng) : sheet(content);
    things(id).forEach((drawing) => drawing.choose(true));
    open = { id, card, back: element, close: () => close(true) };
    if (element) {
      const first = content.querySelector("a, button");
      (first || content).focus();
    }
  }

  function popup(content, latlng) {
    const size = map.getSize();
    const card = L.popup({
      minWidth: 250,
      maxWidth: 350,
      maxHeight: Math.max(Math.min(size.y * 0.6, 460), 180),
      autoPanPaddingTopLeft: [12, 12],
      autoPanPaddingBottomRight: [60, 60],
      className: "geo-popup",
    });
    card.setLatLng(latlng).setContent(content).openOn(map);
    card.once("remove", () => {
      if (open && open.card === card) {
        close(true);
      }
    });
    return card;
  }

  function sheet(content) {
    const shut = atlas.el("button", { type: "button", class: "geo-shut", "aria-label": say().close }, "×");
    const card = atlas.el("div", { class: "geo-sheet" }, shut, content);
    shut.addEventListener("click", () => close(true));
    L.DomEvent.disableClickPropagation(card);
    L.DomEvent.disableScrollPropagation(card);
    card.style.bottom = `${map.getContainer().querySelector(".geo-note").offsetHeight}px`;
    map.getContainer().append(card);
    return card;
  }

  function close(tell) {
    if (!open) {
      return;
    }
    const { id, card, back } = open;
    open = null;
    things(id).forEach((drawing) => drawing.choose(false));
    card.remove();
    if (tell) {
      report(null);
      if (back && back.isConnected) {
        back.focus();
      }
    }
  }
})(window.geoAtlas);
