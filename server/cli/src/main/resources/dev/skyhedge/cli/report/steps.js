// A value over time, kept as a flat list of times and values: either steps, which hold until the next one, or a line.
const Steps = {
  // The index of the last entry that is not after the time.
  indexAt(course, time) {
    let low = 0;
    let high = course.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (course[2 * middle] <= time) low = middle; else high = middle - 1;
    }
    return low;
  },

  at: (steps, time) => steps[2 * Steps.indexAt(steps, time) + 1],

  // The height of a line through the points.
  on(line, time) {
    const i = 2 * Steps.indexAt(line, time);
    if (time <= line[i] || i + 2 >= line.length) return line[i + 1];
    return line[i + 1] + (line[i + 3] - line[i + 1]) * (time - line[i]) / (line[i + 2] - line[i]);
  },

  points: line => d3.range(line.length / 2).map(i => [line[2 * i], line[2 * i + 1]]),

  // Calls back with each stretch of equal value: from, to (exclusive), value.
  each(steps, end, call) {
    for (let i = 0; i < steps.length; i += 2) {
      call(steps[i], i + 2 < steps.length ? steps[i + 2] : end, steps[i + 1]);
    }
  },

  // All times at which one of them changes, in order.
  changes(many, end) {
    const times = new Set([0, end]);
    many.forEach(steps => steps.forEach((value, i) => i % 2 || times.add(value)));
    return [...times].sort((a, b) => a - b);
  },
};
