// Lines and areas over time, drawn by uPlot.

import {h, Component} from './preact.js';
import {state, set, series} from './store.js';
import {dollars, millis, rate} from './format.js';

const HEIGHT = 150;
/** A page that has just been opened shows at least so much, in seconds. */
const SHORTEST = 120;
const SPANS = [[900, '15 min'], [3600, '1 h'], [21600, '6 h']];

function colour(name, alpha) {
  const probe = document.createElement('i');
  probe.className = 'probe ' + name;
  document.body.append(probe);
  const rgb = getComputedStyle(probe).color;
  probe.remove();
  return alpha ? rgb.replace('rgb(', 'rgba(').replace(')', ', ' + alpha + ')') : rgb;
}

const KINDS = {
  replicas: {
    title: 'Replicas',
    note: 'ready or on their way',
    columns: s => [s.spot.map((n, i) => (n === null ? null : n + s.on_demand[i])), s.spot, s.ready, s.wanted],
    lines: [
      {label: 'on-demand', tone: 'muted', step: true, shown: 'area'},
      {label: 'spot', tone: 'accent', area: true, step: true},
      {label: 'ready', tone: 'good', step: true, width: 2},
      {label: 'wanted', tone: 'ink', step: true, dash: [5, 4]}],
    text: n => String(Math.round(n)),
    whole: true,
    // What is on-demand lies upon what is spot.
    bands: [{series: [1, 2], fill: () => colour('muted', 0.3)}],
  },
  cost: {
    title: 'Cost an hour',
    note: 'beside all on-demand',
    columns: s => [s.usd_per_hour, s.all_on_demand_usd_per_hour],
    lines: [{label: 'rented', tone: 'accent', area: true, step: true}, {label: 'all on-demand', tone: 'ink', step: true, dash: [5, 4]}],
    text: n => dollars(n),
  },
  requests: {
    title: 'Requests a second',
    note: 'over 15 s',
    columns: s => [s.requests_per_second, s.failures_per_second],
    lines: [{label: 'came in', tone: 'accent', area: true}, {label: 'failed', tone: 'bad', width: 2}],
    text: n => rate(n),
  },
  latency: {
    title: 'Latency',
    note: 'header to last byte',
    columns: s => [s.p99_ms, s.p50_ms],
    lines: [{label: 'p99', tone: 'accent'}, {label: 'p50', tone: 'ink', dash: [2, 3]}],
    text: n => millis(n),
  },
};

function line(spec) {
  return {
    label: spec.label,
    stroke: () => colour(spec.tone),
    width: spec.width || 1.5,
    dash: spec.dash,
    fill: spec.area ? () => colour(spec.tone, 0.17) : undefined,
    paths: spec.step ? uPlot.paths.stepped({align: 1}) : undefined,
    points: {show: false},
    spanGaps: false,
  };
}

function axis(more) {
  return {
    stroke: () => colour('muted'),
    grid: {stroke: () => colour('line'), width: 1},
    ticks: {show: false},
    font: '11px system-ui, sans-serif',
    ...more,
  };
}

function options(kind, width, sync) {
  const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', timeZone: 'UTC'});
  return {
    width,
    height: HEIGHT,
    legend: {show: false},
    padding: [6, 4, 0, 0],
    bands: kind.bands || [],
    cursor: {sync: {key: sync}, y: false, points: {size: 6}, drag: {x: false, y: false}},
    scales: {
      x: {range: (u, min, max) => [Math.max(max - state.span, Math.min(min, max - SHORTEST)), max]},
      y: {range: (u, min, max) => [0, Math.max(kind.whole ? 1 : 0.0001, (max || 0) * 1.15)]},
    },
    axes: [
      axis({size: 24, space: 70, values: (u, ticks) => ticks.map(t => clock.format(t * 1000))}),
      axis({size: 52, space: 36, incrs: kind.whole ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] : undefined,
        values: (u, ticks) => ticks.map(kind.text)})],
    series: [{}, ...kind.lines.map(line)],
    hooks: {setCursor: [u => u.said && u.said(u.cursor.idx)]},
  };
}

export class Chart extends Component {
  constructor() {
    super();
    this.state = {at: null};
  }

  componentDidMount() {
    this.kind = KINDS[this.props.kind];
    this.watch = new ResizeObserver(() => this.size());
    this.watch.observe(this.place);
    this.size();
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.plot && this.plot.redraw(false);
    this.scheme.addEventListener('change', this.redraw);
    addEventListener('theme', this.redraw);
  }

  size() {
    const width = Math.floor(this.place.clientWidth);
    if (width < 40) return;
    if (!this.plot) {
      this.plot = new uPlot(options(this.kind, width, 'all'), this.columns(), this.place);
      this.plot.said = idx => idx !== this.state.at && this.setState({at: idx});
    } else this.plot.setSize({width, height: HEIGHT});
  }

  columns() {
    const known = series(this.props.service);
    return known ? [known.t, ...this.kind.columns(known)] : [[], ...this.kind.lines.map(() => [])];
  }

  componentDidUpdate() {
    if (!this.plot) return;
    const columns = this.columns();
    const last = columns[0][columns[0].length - 1];
    if (last !== this.last || this.span !== state.span || columns[0].length !== this.length) {
      this.plot.setData(columns);
      this.last = last;
      this.span = state.span;
      this.length = columns[0].length;
    }
  }

  componentWillUnmount() {
    this.watch.disconnect();
    this.scheme.removeEventListener('change', this.redraw);
    removeEventListener('theme', this.redraw);
    if (this.plot) this.plot.destroy();
  }

  value(columns, i) {
    const at = this.state.at ?? columns[0].length - 1;
    let value = columns[i + 1] ? columns[i + 1][at] : null;
    if (i === 0 && this.props.kind === 'replicas' && value !== null && value !== undefined) value -= columns[2][at];
    return value === null || value === undefined ? '–' : this.kind.text(value);
  }

  render({kind}) {
    const of = KINDS[kind];
    const columns = this.kind ? this.columns() : [[]];
    return h('figure', {class: 'chart'},
      h('figcaption', null, h('b', null, of.title), h('small', null, of.note)),
      h('div', {class: 'plot', ref: place => (this.place = place || this.place)}),
      h('ul', {class: 'legend'}, of.lines.map((one, i) => h('li', null,
        h('i', {class: one.tone + (one.dash ? ' dashed' : one.area || one.shown ? ' area' : ''), 'aria-hidden': 'true'}), one.label, ' ',
        h('b', null, this.kind ? this.value(columns, i) : '–')))));
  }
}

export function Spans() {
  return h('span', {class: 'spans', role: 'group', 'aria-label': 'Time shown'}, SPANS.map(([seconds, text]) =>
    h('button', {type: 'button', 'aria-pressed': String(state.span === seconds), onClick: () => set({span: seconds})}, text)));
}
