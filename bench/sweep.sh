#!/bin/sh
# The schedulers of sweeps on recorded learning curves, beside asynchronous successive halving: the best metric by three
# deadlines, the mean over seeds, and how many trials were begun for it. Then, where recorded spot markets are at hand,
# jobs with a deadline on them: what they cost beyond the offline optimum.
#
# Usage: bench/sweep.sh DIRECTORY [SEEDS]      of NAME.csv and NAME_configs.jsonl; 3 seeds unless told
#        spot markets are in DIRECTORY, or in spot-traces in or beside it; curves in DIRECTORY, or in its learning-curves
set -eu
data=$(realpath -- "${1:?the directory of the curves, or of the spot markets}")
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
curves=$data
[ ! -d "$data/learning-curves" ] || curves=$data/learning-curves
did=no
for configs in "$curves"/*_configs.jsonl; do
  [ -e "$configs" ] || break
  run_class dev.skyhedge.engine.simulate.sweep.SweepBenchmark "$curves" "${2:-3}"
  did=yes
  break
done
for traces in "$data" "$data/spot-traces" "$(dirname "$data")/spot-traces"; do
  [ -d "$traces/aws3-v100-1node-2023-02-15-priced" ] && [ -d "$traces/gcp-h100-16node-2025-10-04" ] || continue
  run_class dev.skyhedge.engine.simulate.deadline.DeadlineBenchmark "$traces"
  did=yes
  break
done
[ $did = yes ] || { echo "$data has neither learning curves nor recorded spot markets" >&2; exit 1; }
