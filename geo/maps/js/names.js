// Which names the map would like to show, and how much it would like to; labels.js places them.
"use strict";

(function (atlas) {
  const NEAR = 8.5; // from this zoom each thing has its own name, below it each layer has one
  const WAYPOINTS = 6.75; // from this zoom places on a route have names
  const SIDES = ["right", "left", "below", "above"];

  /** Where a layer's name may stand: beside its leading point, or along its lines. */
  function alongside(members, lead) {
    const paths = members.filter((drawing) => drawing.paths).flatMap((drawing) => drawing.paths);
    if (paths.length === 0) {
      return [lead.anchor];
    }
    return [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((share) =>
      paths.map((path) => L.latLng(path[Math.floor(share * (path.length - 1))]))
    );
  }

  /** What the captions of a layer say, where all of it is diagrams and they agree. */
  function caveatOf(members) {
    const words = new Set(members.map(({ feature, symbol }) => (symbol.schematic && feature.caption) || ""));
    return words.size === 1 ? [...words][0] : "";
  }

  /** Names of what is drawn: of layers from afar, of things from near. */
  atlas.nameCandidates = function (visible, layers, lang, { choose, whole }) {
    const candidates = [];
    for (const drawing of visible.filter(({ feature }) => !feature.whole)) {
      const { feature } = drawing;
      candidates.push({
        at: drawing.anchor,
        text: feature.name,
        look: feature.waypoint ? "geo-name-waypoint" : "geo-name-feature",
        rank: feature.waypoint ? 4 : 1,
        sides: SIDES,
        gap: feature.waypoint ? 7 : 14,
        zoom: [feature.waypoint ? WAYPOINTS : NEAR, Infinity],
        choose: () => choose(feature, drawing.anchor),
      });
    }
    layers.forEach((layer, order) => {
      const members = visible.filter(({ feature }) => feature.layer === layer.id && !feature.waypoint);
      if (members.length > 0) {
        const lead = members.find(({ feature }) => whole(feature).id === layer.lead) || members[0];
        candidates.push({
          at: alongside(members, lead),
          text: layer.titles[lang] || layer.title,
          lang,
          look: "geo-name-layer",
          rank: order / 100,
          sides: SIDES,
          gap: 14,
          zoom: [0, NEAR],
          diagram: Boolean(lead.symbol.schematic),
          caveat: caveatOf(members),
          choose: () => choose(whole(lead.feature), lead.anchor),
        });
      }
    });
    return candidates;
  };

  /** What names keep clear of, and the ends of diagrams that have names of their own. */
  atlas.around = function (visible, choose) {
    const courses = (schematic) =>
      visible.filter(({ paths, symbol }) => paths && Boolean(symbol.schematic) === schematic).flatMap(({ paths }) => paths);
    return {
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
    };
  };

  /** Names of countries, provinces and towns; each appears from its own zoom on. */
  atlas.placeCandidates = function (places, lang) {
    return places.features.map(({ geometry, properties: place }) => {
      const town = !place.kind;
      const named = place[`name_${lang}`];
      return {
        at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]),
        text: named || place.name,
        lang: named ? lang : "en",
        look: town ? `geo-name-town geo-town-${place.rank}` : `geo-name-${place.kind}`,
        rank: (town ? 10 : 9) + place.rank,
        sides: town ? SIDES : ["center"],
        gap: town ? 5 : 0,
        zoom: [place.min_zoom - 0.75, place.kind === "country" ? 7.5 : Infinity],
      };
    });
  };
})(window.geoAtlas);
