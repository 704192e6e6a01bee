#!/bin/sh
# CPU per request of the balancer, of HAProxy (if it is installed) and of no proxy, and their ratios; then what each
# policy takes for a choice. Takes about a minute.
set -eu
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes server/balancer
run_class -Xmx256m dev.skyhedge.balancer.BalancerBenchmark
run_class -Xmx256m dev.skyhedge.balancer.policy.PolicyBenchmark
