#!/usr/bin/env bash
# Kills the command with signal 9 at random instants of apply, update, destroy and watch, and exactly at every boundary
# of the journal. After each recovery the state is held against the ledger of the cloud in a box. Fails at the first
# orphan, duplicate or unreadable state, and names the kills before it.
#
# Usage: bench/crashes.sh [RUNS]      RUNS random kills, 500 unless told; SEED=N for other instants
set -euo pipefail

runs=${1:-500}
seed=${SEED:-$RANDOM}
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
log=$root/target/crashes.log
mkdir -p "${log%/*}"

echo "Seed $seed; the whole log is $log"
status=0
"$root/mvnw" -B -f "$root/pom.xml" -pl server/cli -am -Dfast -Dtest='RandomKillIT,FailpointIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dcrash.runs="$runs" -Dcrash.seed="$seed" -Dcrash.boundaries=all \
  verify >"$log" 2>&1 || status=$?
grep -hE '^(Random kills|Kills:|Crashes at boundaries)' "$log" || true
[[ $status -eq 0 ]] || grep -hE -A 12 'AssertionError|\[ERROR\] +[A-Z][A-Za-z]+IT\.' "$log" | head -60
exit "$status"
