#!/bin/bash
# The table of docs/placement.md: the default placement beside SpotHedge with and without its spare, on recorded and
# made-up markets, and with other numbers of replicas, cold starts and prices. Takes six minutes.
#
# Usage: bench/placement.sh DIRECTORY      of recorded markets, by the names below
set -euo pipefail
data=$(realpath -- "${1:?the directory of the recordings}")
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/simulate

# MARKET WINDOWS SETTING...
rows=(
  "aws1-v100-4node-2023-08-03 10"
  "aws3-v100-1node-2023-02-15 10"
  "aws-usw2-4types-2022-10-26 6"
  "aws-usw2-4types-2022-11-28 6"
  "aws-cpu-1node-2023-04-19 6"
  "gcp-cpu-1node-2023-04-30 4"
  "aws1-v100-4node-2023-08-03 20 seed=7"
  "aws3-v100-1node-2023-02-15 20 seed=7"
  "aws-usw2-4types-2022-10-26 20 seed=7"
  "aws-usw2-4types-2022-11-28 12 seed=7"
  "aws1-v100-4node-2023-08-03 5 target=1"
  "aws3-v100-1node-2023-02-15 5 target=1"
  "aws1-v100-4node-2023-08-03 5 target=10"
  "aws3-v100-1node-2023-02-15 5 target=10"
  "aws1-v100-4node-2023-08-03 3 target=50"
  "aws3-v100-1node-2023-02-15 3 target=50"
  "aws1-v100-4node-2023-08-03 5 cold=1"
  "aws3-v100-1node-2023-02-15 5 cold=1"
  "aws1-v100-4node-2023-08-03 5 cold=40"
  "aws3-v100-1node-2023-02-15 5 cold=40"
  "aws1-v100-4node-2023-08-03 5 k=1.05"
  "aws1-v100-4node-2023-08-03 5 k=1.2"
  "aws3-v100-1node-2023-02-15 5 k=1.5"
  "aws1-v100-4node-2023-08-03 5 k=5"
  "aws3-v100-1node-2023-02-15 5 k=5"
  "aws1-v100-4node-2023-08-03 3 k=10"
  "aws3-v100-1node-2023-02-15 3 k=10"
)
for market in independent one-region clusters region-shocks day-night drift blackout; do
  rows+=("synthetic:$market,seed=5 5")
done

for row in "${rows[@]}"; do
  read -r market settings <<<"$row"
  [[ $market == synthetic:* ]] || market=$data/$market
  # shellcheck disable=SC2086 # settings are words
  run_class -Xmx1g --enable-native-access=ALL-UNNAMED dev.skyhedge.engine.simulate.PlacementTable "$market" $settings
done
