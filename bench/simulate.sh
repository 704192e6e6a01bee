#!/bin/sh
# The simulator: replica-hours per CPU second of each policy, CPU time per event as zones and replicas grow to 10,000 by
# either protocol, and what becomes of policies when target, cold start or the price of spot change. Takes five minutes.
# Give directories of recorded markets to play their windows as well.
set -eu
here=$PWD
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
# The directories are named from there.
cd "$here"
run() {
  run_class -Xmx1g --enable-native-access=ALL-UNNAMED "$@"
}
run dev.skyhedge.engine.simulate.SimulationBenchmark
run dev.skyhedge.engine.simulate.event.EventBenchmark
[ $# -eq 0 ] || run dev.skyhedge.engine.simulate.PaperBenchmark "$@"
