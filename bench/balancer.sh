#!/bin/sh
# CPU per request of the balancer, of HAProxy (if it is installed) and of no proxy, and their ratios. Takes less than
# a minute.
set -eu
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes server/balancer
run_class -Xmx256m dev.skyhedge.balancer.BalancerBenchmark
