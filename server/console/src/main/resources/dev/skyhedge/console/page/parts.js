// Small pieces: states by shape and word, bars, notices.

import {h} from './preact.js';
import {word} from './format.js';

const svg = (tone, ...children) =>
  h('svg', {class: 'shape ' + tone, viewBox: '0 0 12 12', width: 12, height: 12, 'aria-hidden': 'true'}, children);
const ring = h('circle', {cx: 6, cy: 6, r: 4.2, class: 'stroke'});
const SHAPES = {
  full: tone => svg(tone, h('circle', {cx: 6, cy: 6, r: 5, class: 'fill'})),
  ring: tone => svg(tone, ring),
  half: tone => svg(tone, ring, h('path', {d: 'M6 1.8a4.2 4.2 0 0 1 0 8.4z', class: 'fill'})),
  leaving: tone => svg(tone, ring, h('path', {d: 'M3.5 6h5', class: 'stroke'})),
  warn: tone => svg(tone, h('path', {d: 'M6 1 11.4 10.8H.6z', class: 'fill'})),
  cross: tone => svg(tone, h('path', {d: 'm2.5 2.5 7 7m0-7-7 7', class: 'stroke'})),
  bars: tone => svg(tone, h('path', {d: 'M4 2v8m4-8v8', class: 'stroke'})),
  dash: tone => svg(tone, h('path', {d: 'M2.5 6h7', class: 'stroke'})),
};

const STATES = {
  ready: ['full', 'good'], active: ['full', 'good'], live: ['full', 'good'],
  failing: ['warn', 'warn'], degraded: ['warn', 'warn'], preempting: ['warn', 'warn'], lost: ['warn', 'warn'],
  draining: ['leaving', 'warn'], stopping: ['leaving', 'muted'],
  requested: ['ring', 'muted'], provisioning: ['ring', 'accent'], starting: ['half', 'accent'],
  connecting: ['half', 'muted'], no_replica: ['ring', 'bad'], ended: ['ring', 'muted'],
  preempted: ['cross', 'warn'], failed: ['cross', 'bad'], refused: ['cross', 'bad'],
  paused: ['bars', 'muted'], gone: ['dash', 'muted'], forgotten: ['dash', 'muted'],
};

export function Shape({state}) {
  const [shape, tone] = STATES[state] || ['dash', 'muted'];
  return SHAPES[shape](tone);
}

export function State({state, text}) {
  return h('span', {class: 'state'}, h(Shape, {state}), ' ', text || word(state));
}

/** Spot is full, on-demand is hollow: told apart without colour. */
export function Market({market}) {
  return h('span', {class: 'market ' + market}, h('i', {'aria-hidden': 'true'}), word(market));
}

export function Bar({ready, wanted}) {
  const part = wanted ? Math.min(1, ready / wanted) : 1;
  return h('span', {class: 'bar' + (part < 1 ? ' short' : ''), 'aria-hidden': 'true'},
    h('i', {style: {width: part * 100 + '%'}}));
}

export function Notice({tone, children}) {
  return h('p', {class: 'notice ' + tone, role: 'status'}, h(Shape, {state: tone === 'bad' ? 'failed' : 'failing'}), ' ',
    h('span', null, children));
}

export function Section({title, aside, children, id}) {
  return h('section', {id}, h('header', null, h('h2', null, title), aside ? h('span', {class: 'aside'}, aside) : null),
    children);
}

export function Empty({children}) {
  return h('p', {class: 'empty'}, children);
}
