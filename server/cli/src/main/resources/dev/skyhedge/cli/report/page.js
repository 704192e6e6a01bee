const REPORT = viewOf(JSON.parse(document.getElementById('report-data').textContent));

function choices(id, names, chosen, onChange) {
  const select = d3.select(id);
  select.selectAll('option').data(names).join('option').attr('value', (_, i) => i).property('selected', (_, i) => i === chosen)
    .text(name => name);
  select.on('change', onChange);
}

function drawWindow() {
  const window = REPORT.windows[+d3.select('#window').property('value')];
  const run = window.runs[+d3.select('#policy').property('value')];
  drawTimeline('#timeline', '#zones', window, run);
  drawSpending('#spending', window);
}

drawComparison('#comparison');
drawLatency('#latency');
choices('#window', REPORT.windows.map(window => window.name), 0, drawWindow);
choices('#policy', REPORT.policies.map(policy => policy.name), Math.max(0, REPORT.policies.findIndex(policy => policy.ours)), drawWindow);
drawWindow();
document.documentElement.dataset.drawn = 'yes';
