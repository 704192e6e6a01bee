// Cumulative cost of each policy in one window, against everything on-demand and what hindsight needs in all.
function drawSpending(place, window) {
  const width = 1100, height = 320, left = 60, right = 150, bottom = 30, top = 26, end = REPORT.ticks;
  const svg = Marks.svg(place, width, height, 'Cumulative cost');
  const lines = REPORT.policies.map((policy, i) => ({ name: policy.name, points: costPoints(window.runs[i], end) }));
  const target = window.runs[0].target;
  const all = Steps.running(target, end).map(([tick, sum]) => [tick, sum * REPORT.prices.onDemand]);
  lines.push({ name: 'all on-demand', points: all, color: 'var(--dim)', dash: '2 3' });
  if (window.bound) {
    // Known for the whole window only, so a level and not a course.
    lines.push({ name: 'bound, in all', points: [[0, window.bound], [end, window.bound]], color: 'var(--bound)', dash: '5 4' });
  }
  const full = all[all.length - 1][1];
  const most = d3.max(lines, line => line.points[line.points.length - 1][1]);
  const x = d3.scaleLinear([0, end], [left, width - right]);
  const y = d3.scaleLinear([0, most], [height - bottom, top]);
  Marks.axis(svg, d3.axisBottom(x).ticks(12).tickFormat(Marks.clock), 0, height - bottom);
  const shares = d3.ticks(0, most / full, 5);
  Marks.axis(svg, d3.axisLeft(y).tickValues(shares.map(share => share * full)).tickFormat((_, i) => d3.format('.0%')(shares[i])),
    left, 0);
  Marks.label(svg, left + 6, 14, 'spent, share of all on-demand');
  const color = Marks.colors(REPORT.policies.map(policy => policy.name));
  lines.forEach(line => svg.append('path').attr('class', 'spending').attr('fill', 'none').attr('stroke-width', 1.8)
    .attr('stroke', line.color ?? color(line.name)).attr('stroke-dasharray', line.dash ?? null)
    .attr('d', d3.line(p => x(p[0]), p => y(p[1]))(line.points)));
  placeNames(svg, lines, y, width - right + 6, line => line.color ?? color(line.name));
}

function costPoints(run, end) {
  const ticks = Steps.changes([...run.spotHeld, run.onDemandHeld], end);
  let sum = 0;
  return ticks.map((tick, i) => {
    const point = [tick, sum];
    const spot = d3.sum(run.spotHeld, steps => Steps.at(steps, tick));
    const rate = spot * REPORT.prices.spot + Steps.at(run.onDemandHeld, tick) * REPORT.prices.onDemand;
    sum += rate * ((ticks[i + 1] ?? tick) - tick);
    return point;
  });
}

// Names at the ends of the lines, moved apart so that none covers another.
function placeNames(svg, lines, y, x, color) {
  let last = Infinity;
  lines.map(line => ({ line, y: y(line.points[line.points.length - 1][1]) + 4 })).sort((a, b) => b.y - a.y).forEach(name => {
    last = Math.min(name.y, last - 13);
    Marks.label(svg, x, last, name.line.name).style('fill', color(name.line));
  });
}
