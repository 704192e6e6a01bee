// A moment that the reader points at, or walks to with the arrow keys: a line down the chart and what there is to say.
const Cursor = {
  // Times are where the keys stop; lines(time) is what to say.
  over(chart, x, top, bottom, times, lines) {
    const { svg } = chart;
    const mark = svg.append('line').attr('class', 'cursor').attr('y1', top).attr('y2', bottom).attr('opacity', 0);
    let at = -1;
    const show = (time, where) => {
      mark.attr('x1', x(time)).attr('x2', x(time)).attr('opacity', 1);
      Marks.tip(where, lines(time));
    };
    const hide = () => {
      mark.attr('opacity', 0);
      Marks.tip();
    };
    const [from, to] = x.range();
    svg.append('rect').attr('x', from).attr('y', top).attr('width', to - from).attr('height', bottom - top).attr('fill', 'transparent')
      .on('pointermove pointerdown', event => {
        const time = Math.max(0, Math.min(REPORT.seconds, x.invert(d3.pointer(event)[0])));
        at = d3.bisect(times, time) - 1;
        show(time, event);
      })
      .on('pointerleave', hide);
    svg.attr('tabindex', 0).on('blur', hide).on('keydown', event => {
      const moves = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
      if (event.key === 'Escape') hide();
      if (!(event.key in moves)) return;
      event.preventDefault();
      at = Math.max(0, Math.min(times.length - 1, at + moves[event.key]));
      const box = svg.node().getBoundingClientRect();
      show(times[at], { clientX: box.left + x(times[at]) * box.width / chart.width, clientY: box.top + top });
    });
  },
};
