#!/bin/sh
# The schedulers of sweeps on recorded learning curves, beside asynchronous successive halving: the best metric by three
# deadlines, the mean over seeds, and how many trials were begun for it.
#
# Usage: bench/sweep.sh DIRECTORY [SEEDS]      of NAME.csv and NAME_configs.jsonl; 3 seeds unless told
set -eu
data=$(realpath -- "${1:?the directory of the curves}")
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
run_class dev.skyhedge.engine.simulate.sweep.SweepBenchmark "$data" "${2:-3}"
