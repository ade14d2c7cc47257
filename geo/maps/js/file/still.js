// The still picture that stands where the map will: as large as the map will be, or taken away
// where the address asks for something else. It runs before anything else of ours.
"use strict";

(function () {
  const still = document.querySelector(".geo-still");
  const picture = still.querySelector("svg");
  if (window.location.hash.length > 1) {
    still.remove();
    return;
  }
  const embedded = new URLSearchParams(window.location.search).get("embed") === "1";
  document.body.classList.toggle("is-embedded", embedded); // which leaves the map alone in the page
  const { width: across, height: down } = picture.viewBox.baseVal; // of a whole zoom
  const { width, height } = picture.getBoundingClientRect();
  const { snap } = still.dataset;
  const zoom = Math.floor(Math.log2(Math.min(width / across, height / down)) / snap) * snap;
  picture.style.flex = `0 0 ${2 ** zoom * down}px`;
})();
