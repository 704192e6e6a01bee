#!/bin/sh
# What a look at the instances of many regions of a cloud costs: time, CPU and calls. Everything runs on this machine,
# against the fakes of the tests, which answer as slowly as clouds on other continents. Azure's takes minutes: a page
# holds 50 machines, and one page is asked for after the other.
set -eu
cd "$(dirname "$0")/.."

explain_usage() {
  echo "Usage: bench/clouds.sh aws [REGIONS [INSTANCES [ROUNDS]]]   60 regions, 1,000 instances, 10 rounds unless told" >&2
  echo "       bench/clouds.sh gcp|azure                            up to 2,000 instances in 120 zones or 60 regions" >&2
  exit 2
}

cloud=${1:-}
case $cloud in
  aws) ;;
  gcp | azure) [ $# -eq 1 ] || explain_usage ;;
  *) explain_usage ;;
esac
shift

. bench/classes.sh
build_classes "providers/$cloud"
run_class -Xmx300m --sun-misc-unsafe-memory-access=allow "dev.skyhedge.providers.$cloud.ObserveBenchmark" "$@"
