// Drawing of shapes on a canvas, plainly: what a reader brings has no look of ours.
"use strict";

(function (tiles) {
  const [RADIUS, WIDTH, SHADE, INK] = [2.6, 1, 0.14, 0.85]; // pixels, pixels, opacities
  const BOLD = 1.8; // times as large, where there are few
  const CROWD = 1500; // points above which each is a small square, drawn in less time
  const AT_ONCE = 200; // positions of lines that are drawn together
  const NEAR = 0.7; // what is nearer to the position before is left out, pixels

  /**
   * Draw what a square of the world holds.
   *
   * @param context of a canvas of `size` pixels a side
   * @param shapes what to draw
   * @param square {left, top, side} in the world
   * @param look {color, ratio: pixels of the canvas to one of the page, bold: whether few are drawn}
   * @param tile {z, x, y} that holds them: what reaches beyond it, its neighbors draw
   */
  tiles.paint = function (context, shapes, { left, top, side }, { color, ratio, bold }, tile) {
    const size = context.canvas.width;
    const scale = (size / side) * shapes.unit;
    const [dx, dy] = [((shapes.left - left) * size) / side, ((shapes.top - top) * size) / side];
    const unit = bold ? BOLD * ratio : ratio;
    const rim = 2 * RADIUS * unit;
    const seen = { [tiles.POINT]: [], [tiles.LINE]: [], [tiles.POLYGON]: [] };
    shapes.within((-rim - dx) / scale, (-rim - dy) / scale, (size + rim - dx) / scale, (size + rim - dy) / scale, (i) => {
      seen[shapes.types[i]].push(i);
    });
    const edge = (at, from) => Math.round(((at * 2 ** -tile.z - from) * size) / side);
    const [west, north] = [edge(tile.x, left), edge(tile.y, top)];
    context.save();
    context.beginPath();
    context.rect(west, north, edge(tile.x + 1, left) - west, edge(tile.y + 1, top) - north);
    context.clip();
    const pen = { context, shapes, scale, dx, dy, unit };
    Object.assign(context, { fillStyle: color, strokeStyle: color, lineWidth: WIDTH * unit, lineJoin: "round" });
    context.globalAlpha = SHADE;
    for (const i of seen[tiles.POLYGON]) {
      context.beginPath();
      trace(pen, i);
      context.fill("evenodd");
    }
    context.globalAlpha = INK;
    stroke(pen, [...seen[tiles.POLYGON], ...seen[tiles.LINE]]);
    dot(pen, seen[tiles.POINT]);
    context.restore();
  };

  /** Draw lines and outlines, many short ones at once: each alone takes five times as long. */
  function stroke(pen, lines) {
    const { context, shapes } = pen;
    let traced = 0;
    context.beginPath();
    for (const i of lines) {
      trace(pen, i);
      shapes.eachPart(i, (from, to) => {
        traced += to - from;
      });
      if (traced > AT_ONCE) {
        context.stroke();
        context.beginPath();
        traced = 0;
      }
    }
    context.stroke();
  }

  function trace({ context, shapes, scale, dx, dy }, i) {
    const { xy } = shapes;
    shapes.eachPart(i, (from, to) => {
      let [x, y] = [xy[2 * from] * scale + dx, xy[2 * from + 1] * scale + dy];
      context.moveTo(x, y);
      for (let at = from + 1; at < to; at++) {
        const [nextX, nextY] = [xy[2 * at] * scale + dx, xy[2 * at + 1] * scale + dy];
        if (at === to - 1 || Math.abs(nextX - x) > NEAR || Math.abs(nextY - y) > NEAR) {
          context.lineTo(nextX, nextY);
          [x, y] = [nextX, nextY];
        }
      }
    });
  }

  function dot({ context, shapes, scale, dx, dy, unit }, points) {
    const { xy } = shapes;
    const radius = RADIUS * unit;
    const crowded = points.length > CROWD;
    const half = Math.round(radius * 0.7);
    context.beginPath();
    for (const i of points) {
      shapes.eachPart(i, (from, to) => {
        for (let at = from; at < to; at++) {
          const [x, y] = [xy[2 * at] * scale + dx, xy[2 * at + 1] * scale + dy];
          if (crowded) {
            context.rect(Math.round(x) - half, Math.round(y) - half, 2 * half, 2 * half);
          } else {
            context.moveTo(x + radius, y);
            context.arc(x, y, radius, 0, 2 * Math.PI);
          }
        }
      });
    }
    context.fill();
  }
})(self.geoTiles);
