#!/usr/bin/env bash
# The quickstart under constant load while its market takes replicas away: counts failed requests, preemptions, lags and
# money. Exit code 1 if a request failed.
#
# Usage: bench/soak.sh [DURATION] [REQUESTS_PER_SECOND] [SPEC]
set -euo pipefail

duration=${1:-10m}
rps=${2:-20}
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
spec=$(realpath -- "${3:-$root/specs/examples/quickstart.hcl}")
work=$(mktemp -d)
watcher=
clean_up() {
  [[ -z $watcher ]] || kill "$watcher" 2>/dev/null || true
  (cd "$work" && "$root/skyhedge" local-cloud stop >/dev/null 2>&1) || true
  rm -rf "$work"
}
trap clean_up EXIT
cd "$work"
export SKYHEDGE_STATE=$work/.skyhedge

"$root/skyhedge" version >/dev/null
"$root/skyhedge" watch "$spec" -admin-port 7071 >watch.log 2>&1 &
watcher=$!
for ((second = 0; second < 120; second++)); do
  curl -fs http://127.0.0.1:7071/readyz >/dev/null 2>&1 && break
  kill -0 "$watcher" || { cat watch.log && exit 1; }
  sleep 1
done

failed=0
"$root/skyhedge" load http://127.0.0.1:8080/v1/embeddings --rps "$rps" --duration "$duration" --hang-up 5% \
  --body '{"model":"all-MiniLM-L6-v2","input":"Spot instances come and go."}' >load.log || failed=1
echo "Load: $rps requests/s for $duration"
tail -n 4 load.log
echo
"$root/skyhedge" status
kill -TERM "$watcher"
wait "$watcher" || true
watcher=
echo
echo "Replicas lost to the cloud: $(grep -c ' PREEMPTED ' watch.log)"
grep -A1 'From a notice or death' watch.log
exit $failed
