#!/bin/sh
# The schedulers of retraining on recorded cameras: the mean accuracy that is served, for each number of cameras and
# GPUs. Then a week of one pool for a service, sweeps and five of the cameras beside a fleet for each.
#
# Usage: bench/retraining.sh DIRECTORY [RATES]      of retraining_profiles.csv, and of recorded request rates:
#                                                   servegen_m-large_rate.csv.gz by ten minutes, and
#                                                   azure_functions_2019_1000fn_per_minute.csv.gz
set -eu
data=$(realpath -- "${1:?the directory of the recorded cameras}")
rates=${2:+$(realpath -- "$2")}
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate
# The cameras are read by the tests of the module below.
classpath=$classpath:$PWD/engine/core/target/test-classes
run_class dev.skyhedge.engine.retraining.RetrainingBenchmark "$data"
run_class dev.skyhedge.engine.simulate.pool.PoolBenchmark "$data" ${rates:+"$rates"}
