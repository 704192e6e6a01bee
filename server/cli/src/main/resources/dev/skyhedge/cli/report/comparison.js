// Cost against availability: a point for each policy, whiskers for the confidence interval, the bound as a line.
function drawComparison(place) {
  const height = 430, top = 34, bottom = 52;
  const chart = Marks.svg(place, height, 'Cost and availability of each policy');
  const { svg, width, narrow } = chart, left = 62, right = narrow ? 20 : 150;
  const policies = REPORT.policies;
  const costs = policies.flatMap(({ cost }) => [cost.low, cost.high]).concat(REPORT.bound ?? []);
  const x = d3.scaleLinear(d3.extent(costs), [left + 10, width - right]).nice();
  // Nines, not per cent: 99 and 99.9 differ as much as 90 and 99.
  const nines = share => -Math.log10(Math.max(1e-4, 1 - share));
  const y = d3.scaleLinear([0, d3.max(policies, ({ full }) => nines(full.mean)) + 0.3], [height - bottom, top]);
  const marks = [0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999].filter(share => nines(share) <= y.domain()[1]);
  Marks.grid(svg, marks, share => y(nines(share)), left, width - right);
  Marks.axis(svg, d3.axisBottom(x).ticks(Math.max(3, width / 120)).tickFormat(d3.format('.0%')).tickSizeOuter(0), 0, height - bottom);
  Marks.axis(svg, d3.axisLeft(y).tickValues(marks.map(nines)).tickSizeOuter(0)
    .tickFormat((_, i) => `${+(100 * marks[i]).toFixed(2)} %`), left, 0);
  Marks.label(svg, width - right, height - 10, 'cost, % of all on-demand', 'end').attr('class', 'unit');
  Marks.label(svg, 4, 14, '% of time with all wanted replicas ready').attr('class', 'unit');
  if (REPORT.bound !== null) {
    svg.append('line').attr('class', 'bound').attr('x1', x(REPORT.bound)).attr('x2', x(REPORT.bound)).attr('y1', top)
      .attr('y2', height - bottom);
    // Left of the bound nobody is always available, so there is room at the top.
    const before = x(REPORT.bound) - left > 200;
    Marks.label(svg, x(REPORT.bound) + (before ? -6 : 6), top + 6, 'bound: cheapest with hindsight', before ? 'end' : 'start')
      .attr('class', 'halo');
  }
  const points = svg.append('g').selectAll('g').data(policies).join('g').attr('class', 'policy').attr('tabindex', 0);
  points.append('path').attr('stroke', ({ index }) => Marks.policy(index).color).attr('stroke-opacity', .5).attr('stroke-width', 2)
    .attr('fill', 'none')
    .attr('d', ({ cost, full }) => `M${x(cost.low)},${y(nines(full.mean))}H${x(cost.high)}`
      + `M${x(cost.mean)},${y(nines(full.low))}V${y(nines(Math.min(full.high, Math.max(full.mean, 0.9999))))}`);
  points.append('path').attr('fill', ({ index }) => Marks.policy(index).color).attr('class', 'dot')
    .attr('transform', ({ cost, full }) => `translate(${x(cost.mean)},${y(nines(full.mean))})`)
    .attr('d', ({ index, ours }) => d3.symbol(Marks.policy(index).shape, ours ? 190 : 110)());
  placeApart(policies, x, policy => y(nines(policy.full.mean)), width, [top, height - bottom]);
  points.append('text').attr('class', 'name halo').classed('ours', policy => policy.ours)
    .attr('text-anchor', policy => policy.nameAnchor).attr('x', policy => policy.nameX).attr('y', policy => policy.nameY)
    .text(policy => policy.name);
  const said = policy => [
    policy.name,
    `all ready ${Marks.percent(policy.full.mean)} of the time (${Marks.percent(policy.full.low)} to `
      + `${Marks.percent(Math.min(1, policy.full.high))})`,
    `cost ${Marks.percent(policy.cost.mean)} of on-demand (${Marks.percent(policy.cost.low)} to ${Marks.percent(policy.cost.high)})`,
  ];
  points.attr('aria-label', policy => said(policy).join(', '))
    .on('pointermove', (event, policy) => Marks.tip(event, said(policy)))
    .on('focus', (event, policy) => {
      const box = event.currentTarget.getBoundingClientRect();
      Marks.tip({ clientX: box.right, clientY: box.bottom }, said(policy));
    })
    .on('pointerleave blur', () => Marks.tip());
}

// Names beside their points, moved up or down where they would cover one another or a point.
function placeApart(policies, x, y, width, [top, bottom]) {
  const placed = policies.map(policy => ({ left: x(policy.cost.mean) - 8, right: x(policy.cost.mean) + 8, y: y(policy) + 4 }));
  [...policies].sort((a, b) => y(b) - y(a)).forEach(policy => {
    const long = 7 * policy.name.length, at = x(policy.cost.mean), own = placed[policies.indexOf(policy)];
    const leftward = at + 12 + long > width;
    policy.nameAnchor = leftward ? 'end' : 'start';
    policy.nameX = leftward ? at - 12 : at + 12;
    const box = { left: leftward ? at - 12 - long : at + 12, right: leftward ? at - 12 : at + 12 + long };
    const covers = (other, height) => other !== own && Math.abs(other.y - height) < 14 && other.left < box.right && box.left < other.right;
    const heights = d3.range(0, 30).flatMap(i => [y(policy) - 6 - 7 * i, y(policy) + 16 + 7 * i]).filter(height => height > top - 8 && height < bottom - 3);
    policy.nameY = heights.find(height => !placed.some(other => covers(other, height))) ?? y(policy) - 6;
    placed.push({ ...box, y: policy.nameY });
  });
}
