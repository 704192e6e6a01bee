// One service: where its replicas are, what was planned for it and why, how it does.

import {h} from './preact.js';
import {state} from './store.js';
import {Empty, Market, Notice, Section, Shape, State} from './parts.js';
import {Chart, Spans} from './charts.js';
import {EventList} from './pages.js';
import {Replicas} from './replicas.js';
import {count, dollars, millis, NONE, rate, word, zone} from './format.js';

function Fact({title, children}) {
  return h('div', null, h('dt', null, title), h('dd', null, children));
}

function RollOut({service}) {
  const outdated = service.plan ? service.plan.outdated : 0;
  if (service.stopped_version) {
    return h(Notice, {tone: 'bad'}, 'The roll-out of version ' + service.stopped_version + ' is stopped, because its replicas fail.');
  }
  if (!outdated) return null;
  return h(Notice, {tone: 'warn'}, 'Rolling out version ' + service.version + ': ' + count(outdated) + ' still to be replaced.');
}

function Facts({service}) {
  const {now, plan} = service;
  return h('dl', {class: 'facts'},
    h(Fact, {title: 'Ready'}, h('b', null, count(now.ready)), ' of ' + count(now.wanted) + ' wanted' + (plan ? ', ' + plan.wanted_because : '')),
    plan ? h(Fact, {title: 'Target'}, count(plan.spot_target) + ' spot, spares included · ' + count(plan.on_demand_target) + ' on-demand') : null,
    h(Fact, {title: 'Cost'}, dollars(now.usd_per_hour) + '/h', plan ? ' · ' + dollars(plan.settled_usd_per_hour) + '/h once spot is ready · all on-demand ' + dollars(plan.all_on_demand_usd_per_hour) + '/h' : ''),
    h(Fact, {title: 'Spent so far'}, dollars(service.spent_usd) + ' · all on-demand ' + dollars(service.all_on_demand_usd)
      + (service.saved_percent === null ? '' : ' · ' + service.saved_percent + ' % saved')),
    h(Fact, {title: 'Requests'}, rate(now.requests_per_second) + ' · p50 ' + millis(now.p50_ms) + ' · p99 ' + millis(now.p99_ms)),
    h(Fact, {title: 'Since the endpoint opened'}, count(now.requests) + ' requests · ' + count(now.failures) + ' failed · '
      + count(now.continuations) + ' continued elsewhere · ' + count(now.retries) + ' retried'),
    h(Fact, {title: 'Preempted in the last hour'}, count(service.preemptions_last_hour)),
    h(Fact, {title: 'Version'}, h('code', null, service.version)),
    service.endpoint_url ? h(Fact, {title: 'Endpoint'}, h('code', null, service.endpoint_url)) : null);
}

function Cell({groups}) {
  const all = groups.reduce((sum, group) => sum + group.count, 0);
  if (!all) return h('td', {class: 'muted'}, NONE);
  return h('td', null, groups.map(group => h('span', {class: 'cell', title: group.count + ' ' + word(group.state)},
    h(Shape, {state: group.state}), ' ', h('b', null, count(group.count)), ' ', word(group.state))));
}

function Where({service, zones}) {
  const places = [...new Set([...service.groups.map(group => group.location)])].sort();
  if (!places.length) return h(Empty, null, 'No replica is anywhere.');
  const learnt = place => zones.filter(known => known.location === place && known.market === 'spot')[0];
  return h('table', {class: 'matrix'},
    h('thead', null, h('tr', null, h('th', null, 'Zone'), h('th', null, h(Market, {market: 'spot'})), h('th', null, h(Market, {market: 'on_demand'})),
      h('th', {class: 'wide'}, 'Spot there'))),
    h('tbody', null, places.map(place => h('tr', {key: place}, h('th', null, zone(place)),
      ['spot', 'on_demand'].map(market => h(Cell, {groups: service.groups.filter(group => group.location === place && group.market === market)})),
      h('td', {class: 'wide'}, learnt(place) ? [h(State, {state: learnt(place).status}), ' ', h('span', {class: 'muted'}, learnt(place).evidence)] : h('span', {class: 'muted'}, 'nothing learnt'))))));
}

export function ServicePage({overview, name}) {
  const service = overview.services.find(one => one.name === name);
  if (!service) return h(Empty, null, 'The state has no service ' + name + '. ', h('a', {href: '#/'}, 'All services'));
  const {plan} = service;
  return h('div', null,
    h('h1', null, h('a', {href: '#/', class: 'back', 'aria-label': 'All services'}, '‹'), service.address, h(State, {state: service.state})),
    h(RollOut, {service}),
    plan ? plan.hopeless.map(text => h(Notice, {tone: 'bad'}, text)) : null,
    h(Facts, {service}),
    h(Section, {title: 'Over time', aside: h(Spans)}, h('div', {class: 'charts'},
      ['replicas', 'cost', 'requests', 'latency'].map(kind => h(Chart, {kind, service: name, key: kind + name, tick: overview.at, span: state.span})))),
    h(Section, {title: 'Where', aside: service.placement ? 'placement ' + service.placement : ''}, h(Where, {service, zones: overview.zone_health || []})),
    plan && plan.notes.length ? h(Section, {title: 'What the planner says'}, h('ul', {class: 'notes'}, plan.notes.map(note => h('li', null, note)))) : null,
    h(Section, {title: 'Replicas', aside: count(service.live) + ' live'}, h(Replicas, {service: name, now: overview.at, query: state.query, key: name})),
    h(Section, {title: 'Its events'}, h(EventList, {limit: 30, service: name})));
}
