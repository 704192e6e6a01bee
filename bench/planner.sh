#!/bin/sh
# The planner and the reconciler with 10,000 replicas: CPU time and memory under a heap limit of 300 MiB. Other sizes
# as arguments: `HEAP=3g bench/planner.sh 100000x20` is 100,000 replicas of 20 services.
set -eu
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
run_class "-Xmx${HEAP:-300m}" dev.skyhedge.engine.reconcile.PlannerBenchmark "$@"
