// Data of the page, as geo/onefile/packed.py writes them.
"use strict";

(function (atlas) {
  const REFERENCE = "$";
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
