// Figures, times and words for people. Pure.

export const NONE = '–';

export function dollars(usd) {
  if (usd === null || usd === undefined) return NONE;
  const small = usd !== 0 && Math.abs(usd) < 0.1;
  return '$' + usd.toLocaleString('en-US', {minimumFractionDigits: small ? 4 : 2, maximumFractionDigits: small ? 4 : 2});
}

export function rate(perSecond) {
  if (perSecond === null || perSecond === undefined) return NONE;
  if (perSecond === 0) return '0/s';
  return (perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en-US')) + '/s';
}

export function millis(ms) {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 10) return ms.toFixed(1) + ' ms';
  if (ms < 1000) return Math.round(ms) + ' ms';
  return (ms / 1000).toFixed(ms < 10000 ? 2 : 1) + ' s';
}

export function count(n) {
  return n === null || n === undefined ? NONE : n.toLocaleString('en-US');
}

export function elapsed(from, to) {
  const s = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min';
  if (s < 86400) return Math.floor(s / 3600) + ' h ' + Math.floor((s % 3600) / 60) + ' min';
  return Math.floor(s / 86400) + ' d ' + Math.floor((s % 86400) / 3600) + ' h';
}

export function time(at) {
  return at ? at.slice(11, 19) : NONE;
}

export function saved(now, all) {
  if (!all) return '';
  const percent = Math.floor((1 - now / all) * 100);
  return percent >= 0 ? percent + ' % less' : -percent + ' % more';
}

const WORDS = {no_replica: 'no replica', on_demand: 'on-demand'};

export function word(text) {
  return WORDS[text] || String(text || '').replaceAll('_', ' ');
}

export function zone(location) {
  return String(location).split('/').slice(1).join('/') || location;
}

export function matches(query, ...texts) {
  const all = texts.join(' ').toLowerCase();
  return query.toLowerCase().split(/\s+/).every(part => all.includes(part));
}
