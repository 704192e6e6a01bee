// The first page: what runs, what it costs, how it does.

import {h} from './preact.js';
import {state} from './store.js';
import {Bar, Empty, Market, Notice, Section, Shape, State} from './parts.js';
import {Chart, Spans} from './charts.js';
import {EventList} from './pages.js';
import {count, dollars, matches, millis, NONE, rate, saved, word, zone} from './format.js';

function Tile({title, value, unit, children, tone}) {
  return h('div', {class: 'tile ' + (tone || '')}, h('h3', null, title),
    h('p', {class: 'figure'}, value, unit ? h('small', null, unit) : null), h('p', {class: 'more'}, children));
}

function Tiles({overview}) {
  const {now, today} = overview;
  const short = now.ready < now.wanted;
  return h('div', {class: 'tiles'},
    h(Tile, {title: 'Replicas ready', value: count(now.ready), unit: ' of ' + count(now.wanted) + ' wanted', tone: short ? 'short' : ''},
      h(Market, {market: 'spot'}), ' ' + count(now.spot), ' · ', h(Market, {market: 'on_demand'}), ' ' + count(now.on_demand)),
    h(Tile, {title: 'Cost now', value: dollars(now.usd_per_hour), unit: ' /h'},
      now.all_on_demand_usd_per_hour === null ? 'no plan yet'
        : ['all on-demand ' + dollars(now.all_on_demand_usd_per_hour) + '/h', ' · ', saved(now.usd_per_hour, now.all_on_demand_usd_per_hour)]),
    h(Tile, {title: 'Spent today', value: dollars(today.spent_usd), unit: ' since 0:00 UTC'},
      'all on-demand ' + dollars(today.all_on_demand_usd),
      today.all_on_demand_usd ? ' · ' + saved(today.spent_usd, today.all_on_demand_usd) : ''),
    h(Tile, {title: 'Requests', value: rate(now.requests_per_second), unit: now.in_progress ? ' · ' + count(now.in_progress) + ' open' : '',
      tone: now.failures_per_second > 0 ? 'short' : ''},
      'p50 ' + millis(now.p50_ms) + ' · p99 ' + millis(now.p99_ms),
      h('br'), count(now.failures) + ' failed · ' + count(now.continuations) + ' continued · ' + count(now.retries) + ' retried'));
}

export function Notices({overview, service}) {
  const list = [];
  if (state.trouble) list.push(['bad', state.trouble]);
  if (!overview.watcher || !overview.watcher.seen) list.push(['bad', 'Nobody watches: what is lost is not replaced.']);
  if (overview.waiting_change) list.push(['warn', overview.waiting_change.text]);
  (overview.missing || []).forEach(text => list.push(['warn', text]));
  if (overview.problem_count) list.push(['bad', 'The latest plan must not be applied: see Plan.']);
  (overview.checks || []).filter(check => check.status === 'fail')
    .forEach(check => list.push(['bad', check.address + ': ' + check.message]));
  if (overview.budget) list.push(['quiet', overview.budget]);
  return list.filter(([, text]) => !service || text.includes(service))
    .map(([tone, text]) => tone === 'quiet' ? h('p', {class: 'notice quiet'}, text) : h(Notice, {tone}, text));
}

function Where({groups}) {
  const zones = new Map();
  groups.forEach(group => {
    const key = group.location + '|' + group.market;
    const at = zones.get(key) || {...group, count: 0, ready: 0};
    at.count += group.count;
    if (group.state === 'ready') at.ready += group.count;
    zones.set(key, at);
  });
  if (!zones.size) return h('span', {class: 'muted'}, 'nowhere');
  const all = [...zones.values()].sort((a, b) => b.count - a.count);
  return h('span', {class: 'where'}, all.slice(0, 4).map(at =>
    h('span', {class: 'chip', title: at.location + ', ' + word(at.market) + ': ' + at.ready + ' of ' + at.count + ' ready'},
      h('i', {class: 'mark ' + at.market, 'aria-hidden': 'true'}), zone(at.location).split('/').pop(), ' ',
      h('b', null, at.ready === at.count ? count(at.count) : at.ready + '/' + at.count))),
    all.length > 4 ? h('span', {class: 'muted'}, '+' + (all.length - 4)) : null);
}

function Row({service}) {
  const {now} = service;
  return h('a', {class: 'row service', href: '#/service/' + encodeURIComponent(service.name), 'data-row': true},
    h('span', {class: 'name'}, h(Shape, {state: service.state}), h('span', null, h('b', null, service.name), h('small', null, word(service.state)))),
    h('span', {class: 'ready', 'data-label': 'ready'}, h(Bar, {ready: now.ready, wanted: now.wanted}), h('b', null, count(now.ready)), ' / ' + count(now.wanted)),
    h('span', {class: 'place'}, h(Where, {groups: service.groups})),
    h('span', {class: 'num', 'data-label': 'requests'}, rate(now.requests_per_second)),
    h('span', {class: 'num', 'data-label': 'p99'}, millis(now.p99_ms)),
    h('span', {class: 'num', 'data-label': 'cost'}, dollars(now.usd_per_hour) + '/h'),
    h('span', {class: 'num', 'data-label': 'saved'}, service.saved_percent === null ? NONE : service.saved_percent + ' %'));
}

export function Services({overview}) {
  const found = overview.services.filter(service => matches(state.query, service.name, service.state,
    ...service.groups.map(group => group.location + ' ' + word(group.market) + ' ' + group.state)));
  if (!found.length) return h(Empty, null, overview.services.length ? 'No service is like that.' : 'The state has no service yet.');
  return h('div', {class: 'rows services'},
    h('div', {class: 'row head', 'aria-hidden': 'true'}, ['Service', 'Ready', 'Where', 'Requests', 'p99', 'Cost', 'Saved']
      .map((title, i) => h('span', {class: i > 2 ? 'num' : ''}, title))),
    found.slice(0, 200).map(service => h(Row, {service, key: service.name})),
    found.length > 200 ? h(Empty, null, 'and ' + (found.length - 200) + ' more: search for them') : null);
}

export function OverviewPage({overview}) {
  return h('div', null, h(Notices, {overview}), h(Tiles, {overview}),
    h(Section, {title: 'Services', aside: count(overview.services.length)}, h(Services, {overview})),
    h(Section, {title: 'Over time', aside: h(Spans)}, h('div', {class: 'charts'},
      ['replicas', 'cost', 'requests', 'latency'].map(kind => h(Chart, {kind, service: '', key: kind, tick: overview.at, span: state.span})))),
    h(Section, {title: 'Latest events', aside: h('a', {href: '#/events'}, 'all')}, h(EventList, {limit: 8})));
}
