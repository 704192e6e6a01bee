// Latency that users would have felt: for each policy the share of requests that took longer than so many seconds.
function drawLatency(place, legendPlace) {
  const policies = REPORT.policies.filter(policy => policy.latency);
  if (!policies.length) return;
  const height = 380, top = 30, bottom = height - 46;
  const chart = Marks.svg(place, height, 'Latency distribution of each policy');
  const { svg, width, narrow } = chart, left = 62, right = narrow ? 16 : 150;
  const longest = d3.max(policies, ({ latency }) => d3.max(latency.quantiles));
  const first = Math.max(0, REPORT.shares.findIndex(share => share >= 0.1));
  const shortest = d3.min(policies, ({ latency }) => Math.max(longest / 1e4, latency.quantiles[first]));
  const x = d3.scaleLog([shortest * .9, longest * 1.1], [left, width - right]);
  const y = d3.scaleLog([0.001, 1], [bottom, top]);
  const marks = [[1, 'all'], [0.5, 'P50'], [0.1, 'P90'], [0.01, 'P99'], [0.001, 'P99.9']];
  Marks.grid(svg, marks.map(([share]) => share), y, left, width - right);
  Marks.axis(svg, d3.axisLeft(y).tickValues(marks.map(([share]) => share)).tickFormat((_, i) => `${+(100 * marks[i][0]).toPrecision(1)} %`)
    .tickSizeOuter(0), left, 0);
  marks.slice(1).forEach(([share, name]) => Marks.label(svg, left + 4, y(share) - 4, name).attr('class', 'unit'));
  const seconds = [0.001, 0.01, 0.1, 1, 10, 100, 1000, 1e4].flatMap(ten => [ten, 2 * ten, 5 * ten])
    .filter(value => value >= x.domain()[0] && value <= x.domain()[1]);
  Marks.axis(svg, d3.axisBottom(x).tickValues(narrow && seconds.length > 7 ? seconds.filter((_, i) => i % 2 === 0) : seconds)
    .tickFormat(d3.format('~r')).tickSizeOuter(0), 0, bottom);
  Marks.label(svg, width - right, height - 10, 'seconds from request to answer', 'end').attr('class', 'unit');
  Marks.label(svg, 4, 14, '% of requests that took longer').attr('class', 'unit');
  const lines = policies.map(policy => ({
    name: policy.name, ours: policy.ours, ...Marks.policy(policy.index),
    points: REPORT.shares.map((share, i) => [Math.max(x.domain()[0], policy.latency.quantiles[i]), 1 - share]).filter((_, i) => i >= first),
  }));
  lines.forEach(line => svg.append('path').attr('class', 'latency').attr('stroke', line.color).attr('stroke-dasharray', line.dash)
    .attr('stroke-width', line.ours ? 2.8 : 1.8).attr('d', d3.line(p => x(p[0]), p => y(p[1]))(line.points)));
  policies.forEach(({ index, ours, latency }) => [[latency.p50, .5], [latency.p90, .1], [latency.p99, .01]].forEach(([value, share]) =>
    svg.append('path').attr('fill', Marks.policy(index).color).attr('d', d3.symbol(Marks.policy(index).shape, ours ? 80 : 50)())
      .attr('transform', `translate(${x(Math.max(x.domain()[0], value))},${y(share)})`)));
  Marks.legend(legendPlace, lines);
  followLatencies(chart, x, y, policies, top, bottom);
}

// What each policy's requests stay within at the share that is pointed at.
function followLatencies({ svg, width }, x, y, policies, top, bottom) {
  const [left, right] = x.range();
  const mark = svg.append('line').attr('class', 'cursor').attr('x1', left).attr('x2', right).attr('opacity', 0);
  const within = (latency, share) => {
    const i = Math.min(REPORT.shares.length - 1, Math.max(1, d3.bisectLeft(REPORT.shares, share)));
    const [from, to] = [REPORT.shares[i - 1], REPORT.shares[i]];
    return latency.quantiles[i - 1] + (latency.quantiles[i] - latency.quantiles[i - 1]) * Math.min(1, Math.max(0, (share - from) / (to - from)));
  };
  const show = (share, where) => {
    mark.attr('y1', y(1 - share)).attr('y2', y(1 - share)).attr('opacity', 1);
    Marks.tip(where, [`P${+(100 * share).toPrecision(4)}: ${+(100 * (1 - share)).toPrecision(2)} % of requests took longer than`,
      ...policies.map(({ name, latency }) => [name, within(latency, share), latency.failed]).sort((a, b) => a[1] - b[1])
        .map(([name, seconds, failed]) => `${name} ${seconds.toFixed(2)} s (${d3.format('.2~%')(failed)} not answered)`)]);
  };
  const hide = () => {
    mark.attr('opacity', 0);
    Marks.tip();
  };
  svg.append('rect').attr('x', left).attr('y', top).attr('width', right - left).attr('height', bottom - top).attr('fill', 'transparent')
    .on('pointermove pointerdown', event => show(Math.min(.999, Math.max(.01, 1 - y.invert(d3.pointer(event)[1]))), event))
    .on('pointerleave', hide);
  let at = 0;
  const stops = [.5, .75, .9, .95, .99, .995, .999];
  svg.attr('tabindex', 0).on('blur', hide).on('keydown', event => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    at = Math.max(0, Math.min(stops.length - 1, at + move));
    const box = svg.node().getBoundingClientRect();
    show(stops[at], { clientX: box.left + box.width / 2, clientY: box.top + y(1 - stops[at]) * box.width / width });
  });
}
