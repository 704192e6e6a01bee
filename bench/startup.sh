#!/usr/bin/env bash
# CPU seconds (user + system) and seconds of start-up: `skyhedge version`, `validate` and `plan` with the cloud up, the
# first and the last beside Terraform's where it is on PATH. Medians of RUNS runs, after one that is not counted. Not a
# test: nothing fails because a machine is slow.
#
# Usage: bench/startup.sh [SPEC]      SPEC is specs/examples/quickstart.hcl unless named
set -euo pipefail

RUNS=${RUNS:-5}
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
spec=$(realpath -- "${1:-$root/specs/examples/quickstart.hcl}")
work=$(mktemp -d)
# A plan of a spec on the cloud in a box starts one, in the directory of its state.
clean_up() {
  [[ ! -d $work/.skyhedge ]] || (cd "$work" && "$root/skyhedge" local-cloud stop >/dev/null 2>&1) || true
  rm -rf "$work"
}
trap clean_up EXIT
TIMEFORMAT='%3U %3S %3R'

# Prints the CPU seconds of one run, and its seconds.
seconds() {
  { time "$@" >/dev/null 2>&1 </dev/null; } 2>&1 | awk '{ printf "%.3f %.3f\n", $1 + $2, $3 }'
}

# column N: prints the median of column N of standard input.
column() {
  awk -v column="$1" '{ print $column }' | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

# measure NAME COMMAND...: leaves the median of CPU seconds in $median; empty, with the reason printed, if the command
# fails.
measure() {
  local name=$1
  shift
  median=
  if ! "$@" >/dev/null 2>"$work/errors" </dev/null; then
    printf '%-20s fails: %s\n' "$name" "$(head -n 1 "$work/errors")"
    return
  fi
  local runs
  runs=$(for ((run = 0; run < RUNS; run++)); do seconds "$@"; done)
  median=$(column 1 <<<"$runs")
  printf '%-20s %s s CPU, %s s\n' "$name" "$median" "$(column 2 <<<"$runs")"
}

ratio() {
  [[ -z $2 || -z $3 ]] || awk -v name="$1" -v ours="$2" -v theirs="$3" \
    'BEGIN { printf "%-20s %.1f times Terraform\n", name, ours / theirs }'
}

"$root/skyhedge" version >/dev/null
cd "$work"
export SKYHEDGE_STATE=$work/.skyhedge
measure "skyhedge version" "$root/skyhedge" version
our_version=$median
measure "skyhedge validate" "$root/skyhedge" validate "$spec"
measure "skyhedge plan" "$root/skyhedge" plan "$spec"
our_plan=$median

if ! command -v terraform >/dev/null; then
  echo "terraform is not on PATH: nothing to compare with"
  exit 0
fi
# As many things to plan as the quickstart has replicas, with the one provider that needs no download.
mkdir "$work/terraform"
cat >"$work/terraform/main.tf" <<'HCL'
resource "terraform_data" "replica" {
  count = 4
  input = count.index
}
HCL
export CHECKPOINT_DISABLE=1
terraform -chdir="$work/terraform" init -input=false >/dev/null 2>&1
measure "terraform version" terraform version
their_version=$median
measure "terraform plan" terraform -chdir="$work/terraform" plan -input=false
their_plan=$median

ratio version "$our_version" "$their_version"
ratio plan "$our_plan" "$their_plan"
