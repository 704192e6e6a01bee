#!/bin/sh
# The schedulers of retraining on recorded cameras: the mean accuracy that is served, for each number of cameras and
# GPUs.
#
# Usage: bench/retraining.sh DIRECTORY      of retraining_profiles.csv
set -eu
data=$(realpath -- "${1:?the directory of the recorded cameras}")
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/core
run_class dev.skyhedge.engine.retraining.RetrainingBenchmark "$data"
