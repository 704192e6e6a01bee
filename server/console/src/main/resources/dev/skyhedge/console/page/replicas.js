// The replicas of a service. However many there are, only the rows in sight exist.

import {h, Component} from './preact.js';
import {read} from './stream.js';
import {state} from './store.js';
import {Empty, Market, State} from './parts.js';
import {count, dollars, elapsed, zone} from './format.js';

const PAGE = 100;
const OVERSCAN = 6;
const AGAIN_MILLIS = 2000;

export class Replicas extends Component {
  constructor() {
    super();
    this.pages = new Map();
    this.state = {top: 0, matched: null, total: 0, words: ''};
    this.narrow = matchMedia('(max-width: 720px)');
    this.asked = 0;
  }

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (this.words !== state.query || before.service !== this.props.service) {
      this.pages.clear();
      this.load();
    } else if (Date.now() - this.asked > AGAIN_MILLIS) this.load();
    else if (this.lacking().length) this.load();
  }

  componentWillUnmount() {
    this.gone = true;
    if (this.abort) this.abort.abort();
  }

  rowHeight() {
    return this.narrow.matches ? 64 : 38;
  }

  sight() {
    const height = this.box ? this.box.clientHeight : 420;
    const first = Math.max(0, Math.floor(this.state.top / this.rowHeight()) - OVERSCAN);
    return [first, first + Math.ceil(height / this.rowHeight()) + 2 * OVERSCAN];
  }

  inSight() {
    const [first, last] = this.sight();
    const offsets = [];
    for (let at = Math.floor(first / PAGE) * PAGE; at < Math.min(last, this.state.matched ?? 1); at += PAGE) offsets.push(at);
    return offsets.length ? offsets : [0];
  }

  lacking() {
    return this.inSight().filter(offset => !this.pages.has(offset));
  }

  async load() {
    if (this.loading && this.words === state.query) return;
    if (this.abort) this.abort.abort();
    const abort = (this.abort = new AbortController());
    const words = (this.words = state.query);
    this.loading = true;
    this.asked = Date.now();
    try {
      const path = '/v1/services/' + encodeURIComponent(this.props.service) + '/replicas';
      const offsets = this.inSight();
      const pages = await Promise.all(offsets.map(offset =>
        read(path + '?limit=' + PAGE + '&offset=' + offset + '&q=' + encodeURIComponent(words), abort.signal)));
      if (this.gone || abort.signal.aborted) return;
      this.pages.clear();
      pages.forEach((page, i) => this.pages.set(offsets[i], page.replicas));
      this.setState({matched: pages[0].matched, total: pages[0].total});
    } catch (e) {
      if (!abort.signal.aborted && !this.gone) this.setState({failed: true});
    } finally {
      if (this.abort === abort) this.loading = false;
    }
  }

  row(index, now) {
    const offset = Math.floor(index / PAGE) * PAGE;
    const replica = (this.pages.get(offset) || [])[index - offset];
    const style = {top: index * this.rowHeight() + 'px', height: this.rowHeight() + 'px'};
    if (!replica) return h('div', {class: 'replica', style, key: index}, h('span', {class: 'muted'}, '…'));
    return h('div', {class: 'replica', style, key: index, role: 'row'},
      h('b', null, replica.name), h(State, {state: replica.state}), h(Market, {market: replica.market}),
      h('span', {class: 'loc', title: replica.location}, zone(replica.location)),
      h('span', {class: 'num'}, dollars(replica.price_usd_per_hour) + '/h'),
      h('span', {class: 'num'}, elapsed(replica.since, now)),
      h('span', {class: 'reason', title: replica.reason}, replica.reason));
  }

  render({now}) {
    const {matched, total} = this.state;
    const [first, last] = this.sight();
    const rows = [];
    for (let i = first; i < Math.min(last, matched || 0); i++) rows.push(this.row(i, now));
    return h('div', {class: 'replicas', role: 'table', 'aria-rowcount': matched || 0},
      h('p', {class: 'muted'}, matched === null ? 'Reading…' : matched === total ? count(total) + ' replicas, ended ones included; what is in trouble comes first'
        : count(matched) + ' of ' + count(total) + ' match'),
      matched === 0 ? h(Empty, null, 'No replica is like that.') : null,
      h('div', {class: 'sight', tabIndex: 0, ref: box => (this.box = box || this.box), style: {height: Math.min(420, Math.max(1, matched || 0) * this.rowHeight()) + 'px'},
        onScroll: event => this.setState({top: event.target.scrollTop})},
        h('div', {class: 'all', style: {height: (matched || 0) * this.rowHeight() + 'px'}}, rows)));
  }
}
