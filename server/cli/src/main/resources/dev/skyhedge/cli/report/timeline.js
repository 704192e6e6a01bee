// One policy in one window: ready replicas by zone and market against the target, each zone's room as a lane with what
// was held there, and what happened.
function drawTimeline(place, legendPlace, window, run) {
  const zones = window.zones, end = REPORT.ticks, lane = 18, width = 1100, left = 150, right = 20;
  const area = 220, lanes = area + 46, height = lanes + lane * (zones.length + 1) + 26;
  const svg = Marks.svg(place, width, height, 'Replicas over time');
  const x = d3.scaleLinear([0, end], [left, width - right]);
  const color = Marks.colors(zones);
  drawReady(svg, run, x, area, color, zones, end);
  drawLanes(svg, window, run, x, lanes, lane, color, end);
  Marks.axis(svg, d3.axisBottom(x).ticks(12).tickFormat(Marks.clock), 0, lanes + lane * (zones.length + 1));
  Marks.legend(legendPlace, [
    ...zones.map(zone => ({ name: zone, color: color(zone) })),
    { name: 'on-demand', color: 'var(--on-demand)' },
    { name: 'target', color: 'var(--target)' },
  ]);
  svg.append('rect').attr('x', left).attr('y', 0).attr('width', width - left - right).attr('height', height)
    .attr('fill', 'transparent')
    .on('pointermove', event => Marks.tip(event, momentLines(window, run, Math.floor(x.invert(d3.pointer(event)[0])))))
    .on('pointerleave', event => Marks.tip(event));
}

function drawReady(svg, run, x, area, color, zones, end) {
  const layers = [...run.spotReady, run.onDemandReady];
  const ticks = Steps.changes(layers, end);
  const sums = ticks.map(tick => d3.sum(layers, steps => Steps.at(steps, tick)));
  const most = Math.max(d3.max(sums), d3.max(run.target.filter((_, i) => i % 2)));
  const y = d3.scaleLinear([0, most + 0.5], [area, 14]);
  Marks.axis(svg, d3.axisLeft(y).ticks(Math.min(6, most)).tickFormat(d3.format('d')), 150, 0);
  Marks.label(svg, 10, 24, 'ready replicas').attr('class', 'name');
  let below = ticks.map(() => 0);
  layers.forEach((steps, i) => {
    const from = below;
    const to = ticks.map((tick, k) => from[k] + Steps.at(steps, tick));
    svg.append('path').attr('class', 'ready').attr('fill', i < zones.length ? color(zones[i]) : 'var(--on-demand)')
      .attr('d', d3.area((_, k) => x(ticks[k]), (_, k) => y(from[k]), (_, k) => y(to[k])).curve(d3.curveStepAfter)(ticks));
    below = to;
  });
  const target = [];
  Steps.each(run.target, end, (from, to, value) => target.push([from, value], [to, value]));
  svg.append('path').attr('fill', 'none').attr('stroke', 'var(--target)').attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '6 3').attr('d', d3.line(p => x(p[0]), p => y(p[1]))(target));
}

function drawLanes(svg, window, run, x, top, lane, color, end) {
  Marks.label(svg, 10, top - 8, 'room for spot (grey), held by us (colour)').attr('class', 'name');
  window.zones.forEach((zone, i) => {
    const y = top + i * lane;
    Marks.label(svg, 142, y + 12, zone, 'end');
    const room = svg.append('g').attr('fill', 'var(--dim)');
    Steps.each(window.capacity[i], end, (from, to, value) => value > 0 && room.append('rect').attr('x', x(from)).attr('y', y + 2)
      .attr('width', Math.max(.5, x(to) - x(from))).attr('height', lane - 4).attr('opacity', Math.min(.42, .14 + value * .07)));
    const held = svg.append('g').attr('fill', color(zone));
    Steps.each(run.spotHeld[i], end, (from, to, value) => {
      const thick = Math.min(lane - 6, 4 + 3 * value);
      if (value > 0) {
        held.append('rect').attr('x', x(from)).attr('y', y + (lane - thick) / 2).attr('width', Math.max(.8, x(to) - x(from)))
          .attr('height', thick);
      }
    });
  });
  const y = top + window.zones.length * lane;
  Marks.label(svg, 142, y + 12, 'on-demand', 'end');
  Steps.each(run.onDemandHeld, end, (from, to, value) => value > 0 && svg.append('rect').attr('x', x(from)).attr('y', y + 4)
    .attr('width', Math.max(.8, x(to) - x(from))).attr('height', Math.min(lane - 6, 4 + 3 * value)).attr('fill', 'var(--on-demand)'));
}

function momentLines(window, run, tick) {
  const spot = d3.sum(run.spotReady, steps => Steps.at(steps, tick));
  const lines = [`${Marks.clock(tick)}: ${spot} spot and ${Steps.at(run.onDemandReady, tick)} on-demand ready, `
    + `${Steps.at(run.target, tick)} wanted`];
  const near = run.happened.filter(one => Math.abs(one.tick - tick) <= REPORT.ticks / 240).slice(0, 7);
  near.forEach(one => lines.push(
    `${Marks.clock(one.tick)} ${one.replica} ${one.kind}, ${one.market} in ${one.location.split('/').pop()}: ${one.reason}`));
  return lines;
}
