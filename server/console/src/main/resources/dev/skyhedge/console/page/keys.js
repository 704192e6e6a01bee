// The keyboard.

import {set, state} from './store.js';

export const TABS = [['', 'Services'], ['zones', 'Zones'], ['plan', 'Plan'], ['spend', 'Spend'], ['events', 'Events']];
export const KEYS = [['/', 'search'], ['1 … 5', 'go to a tab'], ['j  k', 'next, previous service'], ['Enter', 'open it'],
  ['Esc', 'clear the search, go back'], ['t', 'dark or light'], ['?', 'this list']];

export function theme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  use(dark ? 'light' : 'dark');
  localStorage.setItem('theme', dark ? 'light' : 'dark');
}

export function use(name) {
  document.documentElement.dataset.theme = name;
  dispatchEvent(new Event('theme'));
}

function move(step) {
  const rows = [...document.querySelectorAll('[data-row]')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  if (next) next.focus();
}

export function listen() {
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.getElementById('search');
    if (event.key === 'Escape') {
      if (state.help) set({help: false});
      else if (state.query) set({query: ''});
      else if (document.activeElement === search) search.blur();
      else if (state.route[0]) location.hash = '#/';
      return;
    }
    if (event.target.tagName === 'INPUT') return;
    const tab = TABS[Number(event.key) - 1];
    if (event.key === '/' && search) search.focus();
    else if (tab) location.hash = '#/' + tab[0];
    else if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
    else if (event.key === 't') theme();
    else if (event.key === '?') set({help: !state.help});
    else return;
    event.preventDefault();
  });
}
