// The frame of the page: what is where, and which part of it is shown.

import {h, render} from './preact.js';
import {begin, onChange, set, state} from './store.js';
import {keepToken} from './stream.js';
import {KEYS, listen, TABS, theme, use} from './keys.js';
import {Empty, State} from './parts.js';
import {OverviewPage} from './overview.js';
import {ServicePage} from './service.js';
import {EventsPage, PlanPage, SpendPage, ZonesPage} from './pages.js';
import {time} from './format.js';

const LINK = {live: 'live', lost: 'no connection', connecting: 'connecting', refused: 'no token'};

function Head() {
  const [page] = state.route;
  return h('header', {class: 'top'},
    h('a', {href: '#/', class: 'brand'}, h('img', {src: '/console/icon.svg', alt: '', width: 22, height: 22}), 'Skyhedge'),
    h('nav', {'aria-label': 'Pages'}, TABS.map(([name, title]) =>
      h('a', {href: '#/' + name, 'aria-current': page === name || page === 'service' && !name ? 'page' : undefined}, title))),
    h('label', {class: 'search'}, h('span', {class: 'sr'}, 'Search'),
      h('input', {id: 'search', type: 'search', placeholder: 'Search', autocomplete: 'off', spellcheck: false, value: state.query,
        onInput: event => set({query: event.target.value})}), h('kbd', {'aria-hidden': 'true'}, '/')),
    h('span', {class: 'link', role: 'status'}, h(State, {state: state.link, text: LINK[state.link]}),
      state.overview ? h('time', {class: 'muted'}, time(state.overview.at)) : null),
    h('button', {type: 'button', class: 'theme', onClick: theme, 'aria-label': 'Dark or light', title: 'Dark or light (t)'},
      h('svg', {viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true'}, h('circle', {cx: 8, cy: 8, r: 6.2, class: 'stroke'}),
        h('path', {d: 'M8 1.8a6.2 6.2 0 0 1 0 12.4z', class: 'fill'}))));
}

function Token() {
  const take = event => {
    event.preventDefault();
    keepToken(event.target.elements.token.value);
    location.reload();
  };
  return h('form', {class: 'token', onSubmit: take}, h('h1', null, 'This console asks for a token'),
    h('p', null, 'It is what $SKYHEDGE_CONSOLE_TOKEN was when the watch was started. It is kept until this tab is closed.'),
    h('input', {name: 'token', type: 'password', autocomplete: 'off', 'aria-label': 'Token', required: true}),
    h('button', {type: 'submit'}, 'Open'));
}

function Help() {
  return h('dialog', {open: true, class: 'help', 'aria-label': 'Keys'}, h('h2', null, 'Keys'),
    h('dl', null, KEYS.map(([key, does]) => h('div', null, h('dt', null, h('kbd', null, key)), h('dd', null, does)))));
}

function Page() {
  const {overview} = state;
  const [page, name] = state.route;
  if (state.link === 'refused') return h(Token);
  if (!overview) return h(Empty, null, state.trouble || 'Reading…');
  switch (page) {
    case '': return h(OverviewPage, {overview});
    case 'service': return h(ServicePage, {overview, name});
    case 'zones': return h(ZonesPage, {overview});
    case 'plan': return h(PlanPage, {overview});
    case 'spend': return h(SpendPage, {overview});
    case 'events': return h(EventsPage, {overview});
    default: return h(Empty, null, 'There is no such page. ', h('a', {href: '#/'}, 'All services'));
  }
}

function App() {
  return h('div', {class: 'frame' + (state.link === 'lost' ? ' stale' : '')}, h(Head), h('main', null, h(Page)),
    state.help ? h(Help) : null);
}

function route() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  document.title = (parts[1] || (TABS.find(([name]) => name === parts[0]) || ['', 'Console'])[1]) + ' · Skyhedge';
  scrollTo(0, 0);
  set({route: parts, query: ''});
}

const chosen = localStorage.getItem('theme');
if (chosen) use(chosen);
const root = document.getElementById('app');
root.replaceChildren();
onChange(() => render(h(App), root));
addEventListener('hashchange', route);
listen();
route();
begin();
