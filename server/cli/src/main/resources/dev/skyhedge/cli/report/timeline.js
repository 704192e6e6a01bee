// One policy in one window: ready replicas by zone and market against the target, and each zone's room as a lane with what
// was held there.
const TIMELINE = { left: narrow => narrow ? 96 : 150, right: 18 };
const ANY_NUMBER = 1e6;

function timeScale({ width, narrow }) {
  return d3.scaleLinear([0, REPORT.seconds], [TIMELINE.left(narrow), width - TIMELINE.right]);
}

function drawTimeline(place, legendPlace, window, run) {
  const zones = window.zones, end = REPORT.seconds, top = 16, bottom = 230, height = bottom + 40;
  const chart = Marks.svg(place, height, 'Ready replicas over time, by zone and market, against the target');
  const { svg } = chart, x = timeScale(chart);
  hatch(svg);
  const layers = [...run.spotReady, run.onDemandReady];
  const times = Steps.changes(layers, end);
  const most = Math.max(d3.max(times, time => d3.sum(layers, steps => Steps.at(steps, time))), d3.max(run.target.filter((_, i) => i % 2)));
  const y = d3.scaleLinear([0, most + 0.5], [bottom, top]);
  const counts = d3.ticks(0, most, Math.min(6, most)).filter(Number.isInteger);
  Marks.grid(svg, counts, y, ...x.range());
  Marks.axis(svg, d3.axisLeft(y).tickValues(counts).tickFormat(d3.format('d')).tickSizeOuter(0), x.range()[0], 0);
  Marks.label(svg, x.range()[0] - 28, top + 2, 'replicas', 'end').attr('class', 'unit');
  let below = times.map(() => 0);
  layers.forEach((steps, i) => {
    const from = below;
    const to = times.map((time, k) => from[k] + Steps.at(steps, time));
    svg.append('path').attr('class', 'ready').attr('fill', i < zones.length ? Marks.zone(i) : 'url(#on-demand)')
      .attr('d', d3.area((_, k) => x(times[k]), (_, k) => y(from[k]), (_, k) => y(to[k])).curve(d3.curveStepAfter)(times));
    below = to;
  });
  const target = [];
  Steps.each(run.target, end, (from, to, value) => target.push([from, value], [to, value]));
  svg.append('path').attr('class', 'target').attr('d', d3.line(p => x(p[0]), p => y(p[1]))(target));
  Marks.timeAxis(svg, x, bottom);
  const used = zones.map((name, i) => ({ name, i })).filter(({ i }) => run.spotReady[i].some((value, k) => k % 2 && value > 0));
  Marks.legend(legendPlace, [
    ...used.map(({ name, i }) => ({ name: `spot in ${name}`, color: Marks.zone(i) })),
    { name: 'on-demand', color: 'var(--on-demand)' },
    { name: 'target', color: 'var(--ink)', dash: '6 3' },
  ]);
  Cursor.over(chart, x, top - 8, bottom, stops(times, run), time => momentLines(window, run, time));
}

function hatch(svg) {
  const pattern = svg.append('defs').append('pattern').attr('id', 'on-demand').attr('width', 6).attr('height', 6)
    .attr('patternUnits', 'userSpaceOnUse').attr('patternTransform', 'rotate(45)');
  pattern.append('rect').attr('width', 6).attr('height', 6).attr('fill', 'var(--on-demand)');
  pattern.append('rect').attr('width', 2).attr('height', 6).attr('fill', 'var(--paper)').attr('fill-opacity', .55);
}

function drawLanes(place, window, run) {
  const zones = window.zones, end = REPORT.seconds, lane = 20, top = 8;
  const bottom = top + lane * (zones.length + 1) + 2, height = bottom + 40;
  const chart = Marks.svg(place, height, 'Room for spot in each zone over time, and what was held there');
  const { svg, narrow } = chart, x = timeScale(chart), [left] = x.range();
  const most = Math.max(1, d3.max(run.spotHeld, steps => d3.max(steps.filter((_, i) => i % 2))));
  const short = name => narrow && name.length > 13 ? `…${name.slice(-12)}` : name;
  zones.forEach((zone, i) => {
    const y = top + i * lane;
    Marks.label(svg, left - 8, y + 14, short(zone), 'end').attr('class', 'name').append('title').text(zone);
    const room = svg.append('g').attr('fill', 'var(--dim)');
    Steps.each(window.capacity[i], end, (from, to, value) => value > 0 && room.append('rect').attr('x', x(from)).attr('y', y + 2)
      .attr('width', Math.max(.4, x(to) - x(from))).attr('height', lane - 4).attr('opacity', value >= ANY_NUMBER ? .3 : Math.min(.42, .14 + value * .07)));
    lanePart(svg.append('g').attr('fill', Marks.zone(i)), run.spotHeld[i], x, y, lane, most);
  });
  const y = top + zones.length * lane;
  Marks.label(svg, left - 8, y + 14, 'on-demand', 'end').attr('class', 'name');
  lanePart(svg.append('g').attr('fill', 'var(--on-demand)'), run.onDemandHeld, x, y, lane, most);
  Marks.timeAxis(svg, x, bottom);
  Marks.label(svg, left, bottom + 32, narrow ? 'grey: room' : 'grey: room for spot; colour: held by us, thicker for more').attr('class', 'unit');
  Cursor.over(chart, x, top, bottom, stops(Steps.changes([...run.spotHeld, run.onDemandHeld], end), run), time => roomLines(window, run, time));
}

function lanePart(group, held, x, y, lane, most) {
  Steps.each(held, REPORT.seconds, (from, to, value) => {
    if (value <= 0) return;
    const thick = Math.min(lane - 5, 4 + (lane - 9) * value / Math.max(3, most));
    group.append('rect').attr('x', x(from)).attr('y', y + (lane - thick) / 2).attr('width', Math.max(.8, x(to) - x(from))).attr('height', thick);
  });
}

// Where the arrow keys stop: changes, and things that happened.
function stops(times, run) {
  return [...new Set([...times, ...run.happened.map(one => one.from)])].sort((a, b) => a - b);
}

function momentLines(window, run, time) {
  const spot = d3.sum(run.spotReady, steps => Steps.at(steps, time));
  return [
    `${Marks.clock(time)}: ${spot} spot and ${Steps.at(run.onDemandReady, time)} on-demand ready, ${Steps.at(run.target, time)} wanted`,
    ...window.zones.map((zone, i) => [zone, Steps.at(run.spotReady[i], time)]).filter(([, ready]) => ready > 0)
      .map(([zone, ready]) => `${ready} in ${zone}`),
    ...happenedNear(run, time),
  ];
}

function roomLines(window, run, time) {
  const words = (i, held) => {
    const room = Steps.at(window.capacity[i], time);
    return `${window.zones[i]}: room for ${room >= ANY_NUMBER ? 'any number' : room}, held ${held}`;
  };
  return [
    `${Marks.clock(time)}: ${Steps.at(run.onDemandHeld, time)} on-demand held`,
    ...window.zones.map((_, i) => i).map(i => [i, Steps.at(run.spotHeld[i], time)])
      .filter(([i, held]) => held > 0 || (window.zones.length <= 9 && Steps.at(window.capacity[i], time) > 0))
      .map(([i, held]) => words(i, held)),
    ...happenedNear(run, time),
  ];
}

function happenedNear(run, time) {
  const near = run.happened.filter(one => one.from <= time + REPORT.seconds / 300 && one.to >= time - REPORT.seconds / 300);
  const lines = near.slice(0, 6).map(one => `${Marks.clock(one.from)} ${one.replica} ${one.what}${one.times > 1 ? ` ${one.times} times` : ''}, `
    + `${one.where}${one.reason ? `: ${one.reason}` : ''}`);
  return near.length > 6 ? [...lines, `and ${near.length - 6} more`] : lines;
}
