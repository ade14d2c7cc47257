// The one-file map: the choice of what is shown, and everything that follows from it.
"use strict";

(function (atlas) {
  const { el } = atlas;

  let given = null;
  let days = null;
  let choice = null;
  let views = null; // the tabs of map and table
  let parts = null; // list, find, table and evidence, once all is known
  let own = null; // layers that a reader brought, where there are any
  let grounded = null; // called when the base map has been read

  /** Open the page: the map before anything else, all that is in words when the page is read to its end. */
  atlas.open = async function () {
    given = atlas.given(window.location.hash);
    if (given.away) {
      window.location.replace(beside(given.away));
      return;
    }
    wear();
    const read = atlas.choiceOf(window.location.hash, given);
    choice = read.choice;
    notice(read.notices);
    if (atlas.embedded()) {
      atlas.embed(given);
    }
    views = tabs();
    if (!choice.as_of) {
      days = atlas.days("sight", given);
      start();
      tell();
      await atlas.painted();
    }
    await atlas.loaded();
    days = atlas.days("told", given);
    choice = known(choice);
    furnish();
    if (choice.as_of) {
      start();
    } else {
      atlas.inform(days.cards(null));
    }
    tell();
  };

  /** Make the parts of the page beside the map. */
  function furnish() {
    parts = {
      list: new atlas.List(given, days, change, open),
      find: new atlas.Find(given, describe, (q) => change({ q }, true), found, (words) => (own ? own.search(words) : [])),
      table: new atlas.Table(given, (id) => change({ feature: id })),
      evidence: new atlas.Evidence(given, days, () => change({ feature: null })),
    };
    if (atlas.Brought) {
      own = new atlas.Brought(given, (id, on) => change(atlas.withOwn(choice, given, id, on)));
      parts.list.rows.after(own.root);
    }
    parts.find.box.value = choice.q;
    window.addEventListener("hashchange", () => goBack());
    window.addEventListener("beforeprint", () => parts.table.tell(shown(), choice.feature));
    parts.evidence.tell(choice.feature, choice.as_of); // before the map, which takes the room that is left
  }

  /** Give the page the words and the direction of its language. */
  function wear() {
    const { words, lang } = given;
    Object.assign(document.documentElement, { lang, dir: lang === "ur" ? "rtl" : "ltr" });
    document.title = words.title;
    for (const part of document.querySelectorAll("[data-says]")) {
      part.textContent = words[part.dataset.says];
    }
    for (const part of document.querySelectorAll("[data-label]")) {
      part.setAttribute("aria-label", words[part.dataset.label]);
    }
  }

  function start() {
    const ground = new Promise((resolve) => {
      grounded = resolve;
    });
    const alone = {
      known: (day) => days.atlas(day),
      ground: async () => {
        await atlas.loaded();
        const { boundaries, land, water, ...base } = atlas.block("ground");
        grounded(atlas.unpack(boundaries));
        return { ...base, land: atlas.unstep(land), water: atlas.unstep(water) };
      },
      boundaries: async (view) => atlas.unstep((await ground)[view]),
      chosen: (id) => (atlas.ownKey(id) ? openRecord(id) : change({ feature: id, record: null })),
      own: (leaflet, rest) => own.putOn(leaflet, rest),
      evidence: atlas.embedded() ? null : () => parts.evidence.enter(),
      pages: given.pages,
    };
    document.querySelectorAll(".geo-still").forEach((still) => still.remove());
    const map = L.map("map_div", given.leaflet);
    atlas.start(map, { base: "", home: given.home, lang: given.lang, alone });
  }

  const shown = () => atlas.shownOf(days.known(choice.as_of), choice, given);

  /** Show the choice everywhere. */
  function tell() {
    const pairs = shown();
    const ids = pairs.map(([id]) => id);
    const { feature, worldview, as_of, lang } = choice;
    views.tell(choice.tab);
    document.querySelector(".geo-table").hidden = choice.tab !== "table";
    document.getElementById("map_div").hidden = choice.tab === "table";
    if (!parts) {
      atlas.show({ ids, selected: null, worldview, lang, as_of });
      return;
    }
    parts.list.tell(choice, pairs);
    if (choice.tab === "table") {
      parts.table.tell(pairs, feature);
    }
    parts.evidence.tell(feature, as_of);
    const selected = choice.record ? `own/${choice.record}` : feature;
    const brought = own && { own: own.state(atlas.ownOf(choice, given), lang) };
    if (own) {
      own.tell(brought.own.on);
    }
    atlas.show({ ids, selected, worldview, lang, as_of, ...brought });
  }

  /** Change members of the choice; `quiet` leaves no step for the browser's way back. */
  function change(members, quiet) {
    const record = members.feature ? { record: null } : {};
    choice = known({ ...choice, ...members, ...record });
    write(quiet);
    if (choice.lang !== given.lang) {
      speak(choice.lang);
      return;
    }
    tell();
  }

  /** Open the page anew in a language: words, direction and dates all change. */
  function speak(lang) {
    const address = given.languages[lang];
    if (address) {
      window.location.assign(beside(address));
    } else {
      window.location.reload();
    }
  }

  const beside = (file) => `${file}${window.location.search}${window.location.hash}`;

  /** A thing that nobody had named on the day, or whose layer is off, is not chosen; so with a record. */
  function known(wanted) {
    const { feature, record, as_of } = wanted;
    const there = feature && days.state(feature, as_of) && atlas.layersOf(wanted, given).includes(given.layer_of[feature]);
    const read = record && !there && atlas.ownOf(wanted, given).includes(atlas.ownKey(`own/${record}`).layer);
    return { ...wanted, feature: there ? feature : null, record: read ? record : null };
  }

  /** Open the record of a feature of a brought layer, in place of what is chosen. */
  function openRecord(key) {
    const { layer, number } = atlas.ownKey(key);
    change({ ...atlas.withOwn(choice, given, layer, true), feature: null, record: `${layer}/${number}` });
  }

  /** Open a thing whatever hides it: its layer, the filters, or the day. */
  function open(id) {
    const day = days.state(id, choice.as_of) ? choice.as_of : null;
    let next = atlas.withLayerOf(id, { ...choice, as_of: day, feature: id }, given);
    if (!atlas.shownOf(days.known(day), next, given).some(([one]) => one === id)) {
      next = atlas.unfiltered(next);
    }
    change(next);
  }

  /** Open what was searched for; whoever uses keys goes on from there. */
  function found(id) {
    if (atlas.ownKey(id)) {
      openRecord(id); // its card takes the keys itself
      return;
    }
    open(id);
    const on_map = choice.tab === "map" && days.state(id, choice.as_of).is.placed;
    const next = on_map ? document.querySelector(".geo-map") : parts.evidence.root;
    next.focus({ preventScroll: true });
  }

  function write(quiet) {
    const hash = `#${atlas.writeChoice(choice, given, window.location.hash)}`;
    try {
      if (hash !== (window.location.hash || "#")) {
        window.history[quiet ? "replaceState" : "pushState"](null, "", hash);
      }
    } catch {
      // A page in a closed frame has no address of its own to write; all else works.
    }
  }

  /** The address was changed by hand, or by the way back. */
  function goBack() {
    const read = atlas.choiceOf(window.location.hash, given);
    choice = known(read.choice);
    notice(read.notices);
    parts.find.box.value = choice.q;
    tell();
  }

  function notice(notices) {
    const all = [...notices, given.words.draft].filter(Boolean);
    document.querySelector(".geo-notice").replaceChildren(...all.map((words) => el("p", {}, words)));
  }

  /** What a search result says beside its name. */
  function describe(id) {
    const { card, is } = days.state(id, null);
    return [card.status ? card.status.label : card.kind, !is.placed && given.words.not_on_map].filter(Boolean).join(given.words.comma);
  }

  /** The two views, and what leads out of the page. */
  function tabs() {
    const { words } = given;
    const buttons = ["map", "table"].map((view) => {
      const button = el("button", { type: "button", "data-view": view }, words[view]);
      button.addEventListener("click", () => change({ tab: view }));
      return button;
    });
    const print = el("button", { type: "button" }, words.print);
    print.addEventListener("click", () => window.print());
    document.querySelector(".geo-tabs").append(...buttons, print);
    return {
      tell: (on) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === on))),
    };
  }
})(window.geoAtlas);
