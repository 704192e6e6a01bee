// Zones, plan, spend and events.

import {h} from './preact.js';
import {loadPlan, state} from './store.js';
import {Empty, Market, Section, Shape, State} from './parts.js';
import {count, dollars, elapsed, matches, saved, time, word, zone} from './format.js';

const KINDS = {
  preempted: 'preempted', failed: 'failed', ready: 'ready', launched: 'requested', gone: 'gone', draining: 'draining',
  unreachable: 'failing', ejected: 'failing', log_read: 'failed', launch_failed: 'failed', preemption_notice: 'draining',
};

export function EventList({limit, service}) {
  const found = state.events.filter(event => (!service || event.service === service)
    && matches(state.query, event.service || '', event.replica || '', word(event.kind), event.message));
  if (!found.length) return h(Empty, null, state.query ? 'No event is like that.' : 'Nothing has happened yet.');
  return h('ol', {class: 'events'}, found.slice(0, limit).map(event =>
    h('li', {key: event.at + event.replica + event.kind + event.message},
      h('time', {dateTime: event.at, title: event.at}, time(event.at)),
      h(Shape, {state: KINDS[event.kind] || ''}),
      event.service ? h('a', {href: '#/service/' + encodeURIComponent(event.service), class: 'subject'}, event.replica || event.service)
        : h('span', {class: 'subject muted'}, 'all'),
      h('span', {class: 'kind'}, word(event.kind)), h('span', {class: 'message'}, event.message))),
  found.length > limit ? h('li', {class: 'rest muted'}, h('span', null, 'and ' + count(found.length - limit) + ' before')) : null);
}

export function EventsPage() {
  return h(Section, {title: 'Events', aside: 'times in UTC, newest first'}, h(EventList, {limit: 300}));
}

export function ZonesPage({overview}) {
  const held = new Map();
  overview.services.forEach(service => service.groups.forEach(group => {
    const key = group.location + '|' + group.market;
    held.set(key, (held.get(key) || 0) + group.count);
  }));
  const zones = [...(overview.zone_health || [])];
  held.forEach((n, key) => {
    const [location, market] = key.split('|');
    if (!zones.some(known => known.location === location && known.market === market)) zones.push({location, market, status: '', evidence: ''});
  });
  zones.sort((a, b) => a.location.localeCompare(b.location) || b.market.localeCompare(a.market));
  const found = zones.filter(one => matches(state.query, one.location, word(one.market), one.status, one.evidence, one.accelerator || ''));
  return h(Section, {title: 'Zones', aside: 'where replicas are, and what placement has learnt'},
    found.length ? h('ul', {class: 'zones'}, found.map(one => h('li', {key: one.location + one.market + one.accelerator},
      h('div', {class: 'at'}, h('b', null, one.location), h(Market, {market: one.market}), one.accelerator ? h('small', null, one.accelerator) : null),
      h('div', {class: 'held'}, h('b', null, count(held.get(one.location + '|' + one.market) || 0)), ' of ours'),
      h('div', {class: 'how'}, one.status ? h(State, {state: one.status}) : h('span', {class: 'muted'}, 'nothing learnt'),
        one.since ? h('small', null, ' for ' + elapsed(one.since, overview.at)) : null,
        one.failures ? h('small', null, ' · ' + count(one.failures) + ' failures in a row') : null,
        one.retry_at && one.retry_at > overview.at ? h('small', null, ' · tried again at ' + time(one.retry_at)) : null),
      h('p', null, one.evidence)))) : h(Empty, null, zones.length ? 'No zone is like that.' : 'Nothing is rented and nothing was learnt yet.'));
}

function Action({action}) {
  return h('li', null, h('span', {class: 'verb'}, action.later ? 'later: ' : '', word(action.action)),
    h('a', {class: 'subject', href: '#/service/' + encodeURIComponent(action.service)}, action.replica || action.service),
    action.market ? h(Market, {market: action.market}) : null,
    action.location ? h('span', {class: 'loc'}, zone(action.location)) : null,
    action.usd_per_hour ? h('span', {class: 'num'}, dollars(action.usd_per_hour) + '/h') : null,
    h('span', {class: 'message'}, action.reason));
}

function Actions({plan, none}) {
  const found = plan.actions.filter(action => matches(state.query, action.action, action.service, action.replica || '', action.location || '', action.reason));
  return h('div', null, plan.problems.map(problem => h('p', {class: 'notice bad'}, problem.summary + ': ' + problem.detail)),
    found.length ? h('ul', {class: 'actions'}, found.map(action => h(Action, {action}))) : none ? h(Empty, null, none) : null,
    plan.action_count > plan.actions.length ? h('p', {class: 'muted'}, 'and ' + count(plan.action_count - plan.actions.length) + ' more') : null);
}

export function PlanPage({overview}) {
  if (!state.plan) {
    loadPlan();
    return h(Empty, null, 'Reading…');
  }
  const {plan, decisions} = state.plan;
  if (!plan) return h(Empty, null, 'This process has made no plan: it waits for the lease.');
  return h('div', null,
    h(Section, {title: 'Plan in force', aside: 'made ' + time(plan.at) + ' UTC, serial ' + plan.serial + (plan.wake_at ? ', asked again by ' + time(plan.wake_at) : '')},
      plan.budget ? h('p', {class: 'notice quiet'}, plan.budget) : null,
      h(Actions, {plan, none: 'Nothing to do: what there is, is as it should be.'}),
      h('ul', {class: 'zones'}, plan.services.filter(one => matches(state.query, one.service)).map(one => h('li', {key: one.service},
        h('div', {class: 'at'}, h('a', {href: '#/service/' + encodeURIComponent(one.service)}, h('b', null, one.service))),
        h('div', {class: 'held'}, h('b', null, count(one.serving)), ' of ' + count(one.wanted) + ' serve'),
        h('div', {class: 'how'}, one.wanted_because + ' · ' + count(one.spot_target) + ' spot, ' + count(one.on_demand_target) + ' on-demand · '
          + dollars(one.usd_per_hour) + '/h, all on-demand ' + dollars(one.all_on_demand_usd_per_hour) + '/h'),
        [...one.hopeless, ...one.notes].map(note => h('p', null, note)))))),
    h(Section, {title: 'Decided before', aside: 'the latest plans that changed something'},
      decisions.length ? decisions.slice(0, 20).map(one => h('article', {class: 'decision', key: one.at}, h('time', {dateTime: one.at}, time(one.at)), h(Actions, {plan: one})))
        : h(Empty, null, 'Nothing since this process began.')),
    h('p', {class: 'muted'}, 'What else there was, and what would have turned it: ', h('code', null, 'skyhedge why REPLICA'), '.'));
}

export function SpendPage({overview}) {
  const {today} = overview;
  const services = overview.services.filter(service => matches(state.query, service.name));
  return h('div', null,
    h(Section, {title: 'Today', aside: 'since midnight UTC'},
      h('p', {class: 'lead'}, h('b', null, dollars(today.spent_usd)), ' spent · all on-demand ', h('b', null, dollars(today.all_on_demand_usd)),
        today.all_on_demand_usd ? ' · ' + saved(today.spent_usd, today.all_on_demand_usd) : ''),
      h('table', {class: 'matrix'}, h('thead', null, h('tr', null, h('th', null, 'Service'), h('th', null, 'Market'), h('th', {class: 'num'}, 'Machine hours'), h('th', {class: 'num'}, 'Spent'))),
        h('tbody', null, (today.sums || []).filter(sum => matches(state.query, sum.service, word(sum.market))).map(sum => h('tr', null, h('th', null, sum.service),
          h('td', null, h(Market, {market: sum.market})), h('td', {class: 'num'}, (sum.machine_seconds / 3600).toFixed(2)), h('td', {class: 'num'}, dollars(sum.spent_usd))))))),
    h(Section, {title: 'Over the life of the state', aside: 'beside all on-demand'},
      h('table', {class: 'matrix'}, h('thead', null, h('tr', null, h('th', null, 'Service'), h('th', {class: 'num'}, 'An hour now'), h('th', {class: 'num'}, 'Spent'), h('th', {class: 'num'}, 'All on-demand'), h('th', {class: 'num'}, 'Saved'))),
        h('tbody', null, services.map(service => h('tr', {key: service.name}, h('th', null, h('a', {href: '#/service/' + encodeURIComponent(service.name)}, service.name)),
          h('td', {class: 'num'}, dollars(service.now.usd_per_hour)), h('td', {class: 'num'}, dollars(service.spent_usd)), h('td', {class: 'num'}, dollars(service.all_on_demand_usd)),
          h('td', {class: 'num'}, service.saved_percent === null ? '–' : service.saved_percent + ' %')))))));
}
