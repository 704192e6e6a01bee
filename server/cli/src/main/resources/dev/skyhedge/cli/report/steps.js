// A value over time, kept as a flat list of the ticks at which it changes and the values from there on.
const Steps = {
  at(steps, tick) {
    let low = 0;
    let high = steps.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (steps[2 * middle] <= tick) low = middle; else high = middle - 1;
    }
    return steps[2 * low + 1];
  },

  // Calls back with each stretch of equal value: from, to (exclusive), value.
  each(steps, end, call) {
    for (let i = 0; i < steps.length; i += 2) {
      call(steps[i], i + 2 < steps.length ? steps[i + 2] : end, steps[i + 1]);
    }
  },

  // The sum of the values of all ticks up to each change, as points to draw a line through.
  running(steps, end) {
    const points = [[0, 0]];
    let sum = 0;
    Steps.each(steps, end, (from, to, value) => points.push([to, (sum += (to - from) * value)]));
    return points;
  },

  // All ticks at which one of them changes, in order.
  changes(many, end) {
    const ticks = new Set([0, end]);
    many.forEach(steps => steps.forEach((value, i) => i % 2 || ticks.add(value)));
    return [...ticks].sort((a, b) => a - b);
  },
};
