#!/bin/sh
# The planner and the reconciler with 10,000 replicas: CPU time and memory under a heap limit of 300 MiB.
set -eu
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
run_class -Xmx300m dev.skyhedge.engine.reconcile.PlannerBenchmark
