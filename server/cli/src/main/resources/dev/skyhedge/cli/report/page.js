const REPORT = viewOf(JSON.parse(document.getElementById('report-data').textContent));

function choices(id, names, chosen, onChange) {
  const select = d3.select(id);
  select.selectAll('option').data(names).join('option').attr('value', (_, i) => i).property('selected', (_, i) => i === chosen)
    .text(name => name);
  select.on('change', onChange);
}

function drawWindow() {
  const window = REPORT.windows[+d3.select('#window').property('value')];
  const index = +d3.select('#policy').property('value');
  const run = window.runs[index];
  d3.select('#shown').text(`${REPORT.policies[index].name} in the window ${window.name}`);
  drawTimeline('#timeline', '#zones', window, run);
  drawLanes('#lanes', window, run);
  drawSpending('#spending', '#spenders', window);
}

function draw() {
  drawComparison('#comparison');
  drawLatency('#latency', '#felt');
  drawWindow();
}

// What the page does not have of what was simulated; report.json has everything.
function leftOut({ windows, part_seconds: part, happenings }) {
  const said = [];
  if (windows) said.push(`${windows} more windows have no charts here.`);
  if (part) said.push(`Where more changed than a chart can show, it shows the lowest and the highest value of every ${Math.round(part / 6) / 10} minutes.`);
  if (happenings) said.push(`${happenings} events are not listed, refused launches first.`);
  return said.length ? `${said.join(' ')} report.json has everything.` : '';
}

choices('#window', REPORT.windows.map(window => window.name), 0, drawWindow);
choices('#policy', REPORT.policies.map(policy => policy.name), Math.max(0, REPORT.policies.findIndex(policy => policy.ours)), drawWindow);
d3.select('#left-out').text(leftOut(REPORT.leftOut));
d3.select('#download').on('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([document.getElementById('report-numbers').textContent], { type: 'text/csv' }));
  link.download = 'figures.csv';
  link.click();
  URL.revokeObjectURL(link.href);
});
draw();
let drawnWidth = document.body.clientWidth;
addEventListener('resize', () => {
  if (document.body.clientWidth !== drawnWidth) {
    drawnWidth = document.body.clientWidth;
    draw();
  }
});
document.documentElement.dataset.drawn = 'yes';
