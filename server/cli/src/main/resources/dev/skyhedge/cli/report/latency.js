// Latency that users would have felt: for each policy a bar from the median to the 99th percentile.
function drawLatency(place) {
  const policies = REPORT.policies.filter(policy => policy.latency);
  const row = 26, width = 1100, left = 150, right = 110, height = row * policies.length + 50;
  const svg = Marks.svg(place, width, height, 'Latency of each policy');
  const x = d3.scaleLog([d3.min(policies, p => p.latency.p50) * .8, d3.max(policies, p => p.latency.p99) * 1.2], [left, width - right]);
  Marks.axis(svg, d3.axisBottom(x).ticks(8, '~s'), 0, height - 40);
  Marks.label(svg, width - right, height - 6, 'seconds, median to 99th percentile, mark at the 90th', 'end');
  const rows = svg.selectAll('g.row').data(policies).join('g').attr('class', 'row')
    .attr('transform', (_, i) => `translate(0,${i * row + 8})`);
  rows.append('text').attr('class', 'name').attr('x', left - 10).attr('y', 12).attr('text-anchor', 'end').text(p => p.name);
  rows.append('rect').attr('x', p => x(p.latency.p50)).attr('y', 3).attr('height', 12).attr('fill', 'var(--accent)')
    .attr('fill-opacity', p => p.ours ? .9 : .4).attr('width', p => Math.max(1, x(p.latency.p99) - x(p.latency.p50)));
  rows.append('line').attr('x1', p => x(p.latency.p90)).attr('x2', p => x(p.latency.p90)).attr('y1', 0).attr('y2', 18)
    .attr('stroke', 'var(--ink)').attr('stroke-width', 2);
  rows.append('text').attr('x', p => x(p.latency.p99) + 6).attr('y', 13)
    .text(p => `${d3.format('.2~%')(p.latency.failed / p.latency.requests)} failed`);
}
