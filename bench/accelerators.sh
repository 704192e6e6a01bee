#!/bin/sh
# Mixes of accelerators that follow a curve of request rates, beside each accelerator alone and a fleet for the peak.
#
# First how long large markets take.
#
# Usage: bench/accelerators.sh DATA [RATE [ROWS]]
# gpu-profiles and workloads are in DATA; the mean rate is 4/s unless told; ROWS is a regular expression that is looked
# for in "SIZES by CURVE"
set -eu
data=$(realpath -- "${1:?the directory of gpu-profiles and workloads}")
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
run_class --enable-native-access=ALL-UNNAMED dev.skyhedge.engine.solver.LargeProblemsBenchmark
run_class --enable-native-access=ALL-UNNAMED \
  dev.skyhedge.engine.simulate.accelerators.AcceleratorsBenchmark "$data" "${2:-4}" "${3:-}"
