// The numbers of the comparison in the form that the charts draw: changes over time as flat lists, locations by their zone.
function viewOf(comparison) {
  const { protocol, windows, policies } = comparison;
  const flat = steps => steps.flat();
  const zone = location => location.split('/').pop();
  const of = ({ mean, sd }) => ({ mean, low: mean - sd, high: Math.min(mean + sd, Math.max(1, mean)) });
  const bounds = windows.map(window => window.bound).filter(bound => bound);
  const runOf = run => ({
    target: flat(run.timeline.target),
    onDemandHeld: flat(run.timeline.on_demand_held),
    onDemandReady: flat(run.timeline.on_demand_ready),
    spotHeld: run.timeline.spot.map(place => flat(place.held)),
    spotReady: run.timeline.spot.map(place => flat(place.ready)),
    happened: run.occurrences,
  });
  return {
    ticks: protocol.ticks,
    tickSeconds: protocol.tick_seconds,
    prices: { spot: protocol.spot_price, onDemand: protocol.on_demand_price },
    bound: bounds.length && bounds.length === windows.length ? { cost: d3.mean(bounds, bound => bound.cost_share) } : null,
    policies: policies.map(policy => ({
      name: policy.name,
      ours: policy.placement === 'skyhedge',
      full: of(policy.summary.full),
      cost: of(policy.summary.cost_share),
      latency: policy.latency,
    })),
    windows: windows.map((window, i) => ({
      name: `tick ${window.offset}`,
      zones: window.zones.map(place => zone(place.location)),
      capacity: window.zones.map(place => flat(place.capacity)),
      bound: window.bound ? window.bound.cost : null,
      runs: policies.map(policy => runOf(policy.runs[i])),
    })),
  };
}
