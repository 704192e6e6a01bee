#!/bin/bash
# What the weights of the default placement come to on each recording when they were chosen on all others. Takes some
# eight minutes of CPU.
#
# Usage: bench/leave-one-out.sh DIRECTORY [NAME...]
# of recorded markets; all but those that are the same market with prices, unless they are named
set -euo pipefail
data=$(realpath -- "${1:?the directory of the recordings}")
shift
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate

names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
  for recording in "$data"/*/; do
    [[ $recording == *-priced/ ]] || names+=("$(basename "$recording")")
  done
fi
run_class -Xmx1g --enable-native-access=ALL-UNNAMED dev.skyhedge.engine.simulate.LeaveOneOut "$data" "${names[@]}"
