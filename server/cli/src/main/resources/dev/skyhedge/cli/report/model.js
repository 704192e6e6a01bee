// The numbers of the page in the form that the charts draw. Courses are flat lists: time, value, time, value.
function viewOf(data) {
  const interval = ([mean, low, high]) => ({ mean, low, high });
  const happening = ([from, to, times, replica, what, where, reason]) => ({
    from, to, times,
    replica: data.words[replica], what: data.words[what], where: data.words[where], reason: data.words[reason],
  });
  return {
    seconds: data.seconds,
    shares: data.shares,
    bound: data.bound,
    leftOut: data.left_out,
    policies: data.policies.map((policy, i) => ({
      ...policy, index: i, full: interval(policy.full), cost: interval(policy.cost),
    })),
    windows: data.windows.map(window => ({
      ...window, runs: window.runs.map(run => ({ ...run, happened: run.happened.map(happening) })),
    })),
  };
}
