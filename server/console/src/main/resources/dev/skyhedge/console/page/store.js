// What the page knows. Everything comes from the stream; the rest is asked for when it is looked at.

import {follow, read, Refused} from './stream.js';

const MAX_EVENTS = 1000;
const MAX_POINTS = 6000;
const GAP_SECONDS = 45;
export const FIGURES = ['wanted', 'ready', 'spot', 'on_demand', 'usd_per_hour', 'all_on_demand_usd_per_hour',
  'requests_per_second', 'failures_per_second', 'p50_ms', 'p99_ms'];

export const state = {
  route: [''], query: '', link: 'connecting', overview: null, events: [], plan: null, series: new Map(), span: 900,
  help: false, trouble: '',
};

let draw = () => {};
let waiting = false;

export function onChange(listener) {
  draw = listener;
}

export function changed() {
  if (waiting) return;
  waiting = true;
  const go = () => {
    waiting = false;
    draw();
  };
  if (document.hidden) setTimeout(go, 200);
  else requestAnimationFrame(go);
}

export function set(values) {
  Object.assign(state, values);
  changed();
}

/** The stream tells times to the nanosecond, the state keeps milliseconds. */
function key(event) {
  return [Date.parse(event.at), event.service, event.replica, event.kind, event.message].join('|');
}

const seen = new Set();

function takeEvents(list) {
  let fresh = list.filter(event => !seen.has(key(event)));
  if (!fresh.length) return;
  fresh.forEach(event => seen.add(key(event)));
  state.events = [...fresh, ...state.events].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  state.events.splice(MAX_EVENTS).forEach(event => seen.delete(key(event)));
  changed();
}

function point(series, t, now) {
  const last = series.t[series.t.length - 1];
  if (last !== undefined && t <= last) return;
  if (last !== undefined && t - last > GAP_SECONDS) push(series, last + 1, null);
  push(series, t, now);
  if (series.t.length > MAX_POINTS) {
    series.t.splice(0, 500);
    FIGURES.forEach(name => series[name].splice(0, 500));
  }
}

function push(series, t, now) {
  series.t.push(t);
  FIGURES.forEach(name => series[name].push(now ? now[name] ?? null : null));
}

function takeOverview(overview) {
  state.overview = overview;
  const t = Math.floor(Date.parse(overview.at) / 1000);
  const now = {'': overview.now};
  overview.services.forEach(service => (now[service.name] = service.now));
  state.series.forEach((series, name) => {
    if (series.t && now[name]) point(series, t, now[name]);
  });
  if (state.route[0] === 'plan' && (!state.plan || state.plan.plan?.at !== overview.planned_at)) loadPlan();
  changed();
}

let planBusy = false;

export async function loadPlan() {
  if (planBusy) return;
  planBusy = true;
  await ask(async () => set({plan: await read('/v1/plan')}));
  planBusy = false;
}

/** The figures of a service, or of all under the empty name; null until they have come. */
export function series(name) {
  const known = state.series.get(name);
  if (known) return known.t ? known : null;
  state.series.set(name, {});
  ask(async () => {
    const found = await read('/v1/history?service=' + encodeURIComponent(name));
    const fresh = {t: []};
    FIGURES.forEach(figure => (fresh[figure] = []));
    found.t.forEach((t, i) => point(fresh, t, Object.fromEntries(FIGURES.map(figure => [figure, found[figure][i]]))));
    state.series.set(name, fresh);
    changed();
  });
  return null;
}

async function ask(what) {
  try {
    await what();
  } catch (e) {
    if (e instanceof Refused) set({link: 'refused'});
  }
}

export function begin() {
  const loadEvents = () => ask(async () => takeEvents((await read('/v1/events?limit=200')).events));
  loadEvents();
  follow((kind, data) => {
    if (kind === 'state') set({link: data});
    else if (kind === 'event') takeEvents([data]);
    else if (kind === 'overview') {
      state.trouble = '';
      takeOverview(data);
    } else if (kind === 'trouble') set({trouble: data.message});
    else if (kind === 'hello' && data.gap) {
      state.series.clear();
      loadEvents();
    }
  });
}
