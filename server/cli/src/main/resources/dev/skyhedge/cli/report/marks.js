// What all charts have in common: a drawing area as wide as the page, axes, legends, a tip, colours, dashes and shapes.
const Marks = {
  NARROW: 640,

  // Drawn at the width that is there, so that text keeps its size on every screen.
  svg(place, height, label) {
    const figure = d3.select(place).html('');
    const width = Math.round(Math.max(320, figure.node().clientWidth || 1100));
    const svg = figure.append('svg').attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height)
      .attr('role', 'img').attr('aria-label', label);
    return { svg, width, narrow: width < Marks.NARROW };
  },

  axis(svg, axis, x, y) {
    return svg.append('g').attr('class', 'axis').attr('transform', `translate(${x},${y})`).call(axis);
  },

  // Lines across the drawing at each tick of an axis.
  grid(svg, ticks, y, from, to) {
    svg.append('g').attr('class', 'grid').selectAll('line').data(ticks).join('line')
      .attr('x1', from).attr('x2', to).attr('y1', y).attr('y2', y);
  },

  // Time since the window began, in the largest unit that reads well.
  timeAxis(svg, x, y) {
    const hours = REPORT.seconds / 3600;
    const unit = hours > 96 ? { name: 'days', seconds: 86400 } : hours > 3 ? { name: 'hours', seconds: 3600 }
      : { name: 'minutes', seconds: 60 };
    const [from, to] = x.range();
    const steps = unit.name === 'hours' ? [1, 2, 3, 4, 6, 8, 12, 24] : unit.name === 'minutes' ? [5, 10, 15, 20, 30, 60] : [1, 2, 5, 10, 20, 50];
    const length = REPORT.seconds / unit.seconds, room = Math.max(3, (to - from) / 70);
    const step = steps.find(one => length / one <= room) ?? steps[steps.length - 1];
    const ticks = d3.range(0, length + 1e-9, step);
    Marks.axis(svg, d3.axisBottom(x).tickValues(ticks.map(tick => tick * unit.seconds))
      .tickFormat((_, i) => ticks[i]).tickSizeOuter(0), 0, y);
    Marks.label(svg, to, y + 32, `${unit.name} since the window began`, 'end').attr('class', 'unit');
  },

  label(svg, x, y, text, anchor = 'start') {
    return svg.append('text').attr('x', x).attr('y', y).attr('text-anchor', anchor).text(text);
  },

  // Entries have a name and a colour; those with a dash or a shape are lines.
  legend(place, entries) {
    const items = d3.select(place).html('').attr('class', 'legend').selectAll('div').data(entries).join('div');
    const swatch = items.append('svg').attr('width', 26).attr('height', 14).attr('aria-hidden', 'true');
    swatch.each(function (entry) {
      const svg = d3.select(this);
      if (entry.dash === undefined) {
        svg.append('rect').attr('x', 6).attr('y', 1).attr('width', 14).attr('height', 12).attr('rx', 2).attr('fill', entry.color);
      } else {
        svg.append('line').attr('x1', 0).attr('x2', 26).attr('y1', 7).attr('y2', 7).attr('stroke', entry.color)
          .attr('stroke-width', 2.2).attr('stroke-dasharray', entry.dash);
      }
      if (entry.shape) {
        svg.append('path').attr('transform', 'translate(13,7)').attr('d', d3.symbol(entry.shape, 46)()).attr('fill', entry.color);
      }
    });
    items.append('span').text(entry => entry.name);
  },

  tip(at, lines) {
    const tip = d3.select('#tip');
    if (!lines) {
      tip.style('opacity', 0).html('');
      return;
    }
    tip.html('').style('opacity', 1);
    lines.forEach((line, i) => tip.append('div').classed('first', i === 0).text(line));
    const box = tip.node().getBoundingClientRect();
    const left = at.clientX + 16 + box.width < innerWidth ? at.clientX + 16 : Math.max(8, at.clientX - 16 - box.width);
    const top = Math.max(8, Math.min(at.clientY + 16, innerHeight - box.height - 8));
    tip.style('left', `${left}px`).style('top', `${top}px`);
  },

  percent: value => `${(100 * value).toFixed(value > 0.995 && value < 1 ? 2 : 1)} %`,

  clock(seconds) {
    const minutes = Math.floor(seconds / 60), whole = Math.floor(minutes / 60);
    return `${whole}:${String(minutes % 60).padStart(2, '0')} h`;
  },

  // Nine hues that colour-blind people tell apart, then again lighter; lanes carry names besides.
  zone: i => `var(--zone-${i % 9})`,

  // Hue, dash and shape, so that none is needed alone.
  policy: i => ({
    color: `var(--policy-${i % 8})`,
    dash: ['', '7 3', '2 3', '10 3 2 3', '4 2', '1 2', '12 4', '6 2 1 2'][i % 8],
    shape: [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, d3.symbolCross, d3.symbolStar, d3.symbolWye,
      d3.symbolDiamond2][i % 8],
  }),
};
