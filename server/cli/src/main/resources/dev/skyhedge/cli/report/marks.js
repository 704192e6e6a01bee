// What all charts have in common: a drawing area with axes, a legend, a tip beside the pointer.
const Marks = {
  svg(place, width, height, label) {
    return d3.select(place).html('').append('svg')
      .attr('viewBox', `0 0 ${width} ${height}`).attr('role', 'img').attr('aria-label', label);
  },

  axis(svg, axis, x, y) {
    return svg.append('g').attr('transform', `translate(${x},${y})`).call(axis);
  },

  label(svg, x, y, text, anchor = 'start') {
    return svg.append('text').attr('x', x).attr('y', y).attr('text-anchor', anchor).text(text);
  },

  legend(place, entries) {
    const items = d3.select(place).html('').attr('class', 'legend').selectAll('span').data(entries).join('span');
    items.append('i').style('background', entry => entry.color);
    items.append('span').text(entry => entry.name);
  },

  tip(event, lines) {
    const tip = d3.select('#tip');
    if (!lines) {
      tip.style('opacity', 0);
      return;
    }
    tip.html('').style('opacity', 1)
      .style('left', `${Math.min(event.clientX + 14, innerWidth - 360)}px`).style('top', `${event.clientY + 14}px`);
    lines.forEach(line => tip.append('div').text(line));
  },

  percent: value => `${(100 * value).toFixed(value > 0.995 && value < 1 ? 2 : 1)} %`,

  // Hours and minutes since the window began.
  clock(tick) {
    const minutes = Math.round(tick * REPORT.tickSeconds / 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  },

  colors: names => d3.scaleOrdinal(names, [...d3.schemeTableau10, ...d3.schemeSet3]),
};
