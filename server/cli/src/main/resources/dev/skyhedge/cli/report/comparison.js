// Cost against availability: a point for each policy, whiskers for the spread over the windows, the bound as a line.
function drawComparison(place) {
  const width = 1100, height = 430, left = 60, right = 150, top = 30, bottom = 46;
  const svg = Marks.svg(place, width, height, 'Cost and availability of each policy');
  const policies = REPORT.policies;
  const costs = policies.flatMap(policy => [policy.cost.low, policy.cost.high]).concat(REPORT.bound ? [REPORT.bound.cost] : []);
  const x = d3.scaleLinear(d3.extent(costs), [left, width - right]).nice();
  // Nines, not per cent: 99 and 99.9 differ as much as 90 and 99.
  const nines = share => -Math.log10(Math.max(1e-4, 1 - share));
  const y = d3.scaleLinear([0, d3.max(policies, policy => nines(policy.full.mean)) + 0.3], [height - bottom, top]);
  Marks.axis(svg, d3.axisBottom(x).ticks(8).tickFormat(d3.format('.0%')), 0, height - bottom);
  const marks = [0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999].filter(share => nines(share) <= y.domain()[1]);
  Marks.axis(svg, d3.axisLeft(y).tickValues(marks.map(nines)).tickFormat((_, i) => `${+(100 * marks[i]).toFixed(2)} %`), left, 0);
  Marks.label(svg, width - right, height - 8, 'cost, share of all on-demand', 'end');
  Marks.label(svg, 6, 12, 'time with all wanted replicas ready');
  if (REPORT.bound) {
    svg.append('line').attr('x1', x(REPORT.bound.cost)).attr('x2', x(REPORT.bound.cost)).attr('y1', top)
      .attr('y2', height - bottom).attr('stroke', 'var(--bound)').attr('stroke-dasharray', '5 4');
    Marks.label(svg, x(REPORT.bound.cost) + 5, top + 4, 'cheapest with hindsight, always ready')
      .style('fill', 'var(--bound)');
  }
  const color = Marks.colors(policies.map(policy => policy.name));
  const points = svg.append('g').selectAll('g').data(policies).join('g').attr('class', 'policy');
  points.append('path').attr('stroke', policy => color(policy.name)).attr('stroke-opacity', .45).attr('stroke-width', 2)
    .attr('d', ({ cost, full }) => `M${x(cost.low)},${y(nines(full.mean))}H${x(cost.high)}`
      + `M${x(cost.mean)},${y(nines(full.low))}V${y(nines(full.high))}`);
  points.append('circle').attr('r', policy => policy.ours ? 8 : 6).attr('fill', policy => color(policy.name))
    .attr('cx', policy => x(policy.cost.mean)).attr('cy', policy => y(nines(policy.full.mean)));
  placeApart(policies, x, policy => y(nines(policy.full.mean)));
  points.append('text').attr('class', 'name').attr('x', policy => policy.nameX).attr('y', policy => policy.nameY)
    .text(policy => policy.name);
  points.on('pointermove', (event, policy) => Marks.tip(event, [
    policy.name,
    `all ready ${Marks.percent(policy.full.mean)} of the time (${Marks.percent(policy.full.low)} to ${Marks.percent(policy.full.high)})`,
    `cost ${Marks.percent(policy.cost.mean)} of on-demand (${Marks.percent(policy.cost.low)} to ${Marks.percent(policy.cost.high)})`,
  ])).on('pointerleave', event => Marks.tip(event));
}

// Names beside their points, moved up where they would cover one another.
function placeApart(policies, x, y) {
  const placed = [];
  [...policies].sort((a, b) => y(b) - y(a)).forEach(policy => {
    policy.nameX = x(policy.cost.mean) + 11;
    policy.nameY = y(policy) - 6;
    const covers = other => Math.abs(other.nameY - policy.nameY) < 13 && Math.abs(other.nameX - policy.nameX) < 130;
    while (placed.some(covers)) policy.nameY -= 4;
    placed.push(policy);
  });
}
