// Data of the page, as geo/onefile/packed.py writes them.
"use strict";

(function (atlas) {
  const REFERENCE = "@";
  const STEPS = 1000;

  /** Read a block of data that stands in the page. */
  atlas.block = function (name) {
    return JSON.parse(document.getElementById(`geo-${name}`).textContent);
  };

  /** Put back what stands once for several places. */
  atlas.unpack = function ({ shared, value }) {
    const opened = [];
    const lengthen = (one) => {
      if (one === null || typeof one !== "object") {
        return one;
      }
      if (Array.isArray(one)) {
        return one.map(lengthen);
      }
      if (REFERENCE in one) {
        return opened[one[REFERENCE]];
      }
      return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, lengthen(member)]));
    };
    for (const part of shared) {
      opened.push(lengthen(part));
    }
    return lengthen(value);
  };

  /**
   * Read what the page is given, in the language of a link.
   *
   * Without one it is the reader's own. Where another file has it, `away` is that file's address.
   */
  atlas.given = function (hash) {
    const all = atlas.block("given");
    const asked = new URLSearchParams(hash.replace(/^#/, "")).get("lang");
    const own = hash.length > 1 || all.view.lang ? [] : window.navigator.languages.map((one) => one.slice(0, 2));
    const wanted = [asked, ...own].find((one) => one && one in all.languages) || all.lang;
    const lang = wanted in all.in ? wanted : all.lang;
    return { ...all, ...all.in[lang], lang, away: all.languages[wanted] };
  };

  /** Read the states in a block: `sight` is what the map draws of today, `told` all of every day. */
  atlas.days = function (name, given) {
    const { shared, value } = atlas.block(name);
    return new atlas.Days(atlas.unpack({ shared, value: value[given.lang] }), given);
  };

  /** Wait for the end of the page, where the larger blocks stand. */
  atlas.loaded = function () {
    return new Promise((resolve) => {
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => resolve(), { once: true });
      } else {
        resolve();
      }
    });
  };

  function positions(steps) {
    if (typeof steps[0] !== "number") {
      return steps.map(positions);
    }
    const found = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      found.push([x / STEPS, y / STEPS]);
    }
    return found;
  }

  /** Turn steps into degrees. */
  atlas.unstep = function (collection) {
    const features = collection.features.map((feature) => ({
      ...feature,
      geometry: { ...feature.geometry, coordinates: positions(feature.geometry.coordinates) },
    }));
    return { ...collection, features };
  };
})(window.geoAtlas);
