#!/bin/sh
# Reads and validates specs of 5,000, 10,000 and 20,000 blocks of five attributes: CPU seconds in a warm JVM with a heap
# limit of 300 MiB, how they grow with the size, and their ratio to `terraform validate` on 10,000 blocks where Terraform
# is on the path.
set -eu
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes specs
run_class -Xmx300m dev.skyhedge.specs.benchmark.ReadingBenchmark
