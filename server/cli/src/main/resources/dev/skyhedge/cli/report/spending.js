// Cumulative cost of each policy in one window, against everything on-demand and the course of the bound's own solution.
function drawSpending(place, legendPlace, window) {
  const height = 360, top = 26, bottom = height - 44, end = REPORT.seconds;
  const chart = Marks.svg(place, height, 'Cumulative cost of each policy, of all on-demand, and of the bound');
  const { svg, width, narrow } = chart, left = 62, right = narrow ? 16 : 150;
  const lines = REPORT.policies.map((policy, i) => ({ name: policy.name, course: window.runs[i].cost, ours: policy.ours, ...Marks.policy(i) }));
  lines.push({ name: 'all on-demand', course: window.all, color: 'var(--dim)', dash: '8 5' });
  if (window.bound) lines.push({ name: 'bound', course: window.bound, color: 'var(--ink)', dash: '2 3' });
  const last = line => line.course[line.course.length - 1];
  const x = d3.scaleLinear([0, end], [left, width - right]);
  const y = d3.scaleLinear([0, d3.max(lines, last)], [bottom, top]).nice();
  const shares = y.ticks(6);
  Marks.grid(svg, shares, y, left, width - right);
  Marks.axis(svg, d3.axisLeft(y).tickValues(shares).tickFormat(d3.format('.0%')).tickSizeOuter(0), left, 0);
  Marks.label(svg, 4, 14, '% of what all on-demand costs in the window').attr('class', 'unit');
  Marks.timeAxis(svg, x, bottom);
  lines.forEach(line => svg.append('path').attr('class', 'spending').attr('stroke', line.color).attr('stroke-dasharray', line.dash)
    .attr('stroke-width', line.ours ? 2.8 : 1.8).attr('d', d3.line(p => x(p[0]), p => y(p[1]))(Steps.points(line.course))));
  if (!narrow) placeNames(svg, lines, line => y(last(line)), width - right + 6, bottom);
  Marks.legend(legendPlace, lines.map(({ name, color, dash }) => ({ name, color, dash })));
  const dollars = share => window.usd ? `, $${(share * window.usd).toFixed(2)}` : '';
  Cursor.over(chart, x, top, bottom, d3.range(0, end + 1, end / 96), time => [
    `${Marks.clock(time)}: spent by then`,
    ...lines.map(line => [line.name, Steps.on(line.course, time)]).sort((a, b) => b[1] - a[1])
      .map(([name, share]) => `${name} ${Marks.percent(share)}${dollars(share)}`),
  ]);
}

// Names at the ends of the lines, moved apart so that none covers another or leaves the drawing.
function placeNames(svg, lines, y, x, bottom) {
  const names = lines.map(line => ({ line, y: Math.min(y(line) + 4, bottom) })).sort((a, b) => b.y - a.y);
  let last = Infinity;
  names.forEach(name => {
    name.y = last = Math.min(name.y, last - 13);
  });
  const over = 12 - last;
  names.forEach((name, i) => {
    Marks.label(svg, x, over > 0 ? name.y + over * (i + 1) / names.length : name.y, name.line.name).style('fill', name.line.color)
      .classed('ours', name.line.ours === true);
  });
}
