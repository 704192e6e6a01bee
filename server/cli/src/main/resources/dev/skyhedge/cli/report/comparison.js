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
  // Above all marks: what is drawn with its own mark lies under the marks that come later.
  const names = svg.append('g').selectAll('g').data(policies).join('g');
  names.filter(policy => policy.nameLeader).append('line').attr('class', 'leader')
    .attr('x1', policy => x(policy.cost.mean)).attr('y1', policy => y(nines(policy.full.mean)))
    .attr('x2', policy => policy.nameX + (policy.nameAnchor === 'end' ? 3 : -3)).attr('y2', policy => policy.nameY - 4);
  names.append('text').attr('class', 'name halo').classed('ours', policy => policy.ours)
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

// Names beside their points, on the side and at the height that is nearest and covers neither a name nor a mark. One that
// had to go further than its own mark reaches has a line to it.
function placeApart(policies, x, y, width, [top, bottom]) {
  const placed = policies.map(policy => ({
    left: x(policy.cost.mean) - 10, right: x(policy.cost.mean) + 10, top: y(policy) - 10, bottom: y(policy) + 10,
  }));
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  [...policies].sort((a, b) => y(b) - y(a)).forEach(policy => {
    const long = 7.5 * policy.name.length, at = x(policy.cost.mean);
    const places = d3.range(0, 60).flatMap(i => [4 * i, -4 * i].flatMap(shift => ['start', 'end'].map(anchor => {
      const left = anchor === 'start' ? at + 12 : at - 12 - long, height = y(policy) + 4 + shift;
      return { anchor, height, far: Math.abs(shift), left, right: left + long, top: height - 11, bottom: height + 3 };
    }))).filter(place => place.left > 2 && place.right < width - 2 && place.top > top - 20 && place.bottom < bottom);
    const free = places.find(place => !placed.some(other => touch(other, place))) ?? places[0];
    policy.nameAnchor = free.anchor;
    policy.nameX = free.anchor === 'start' ? at + 12 : at - 12;
    policy.nameY = free.height;
    policy.nameLeader = free.far > 12;
    placed.push(free);
  });
}
