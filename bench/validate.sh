#!/usr/bin/env bash
# CPU seconds (user + system) of the whole command on large specs: `skyhedge validate` of 1,000, 10,000 and 20,000
# services, how it grows, and beside `terraform validate` of as many resources as the second where Terraform is on PATH.
# Medians of RUNS runs, after one that is not counted.
#
# Usage: bench/validate.sh
set -euo pipefail

RUNS=${RUNS:-5}
COMPARED=10000
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='%3U %3S'

# median COMMAND...: prints the median of the CPU seconds of its runs; fails if the command does.
median() {
  "$@" >/dev/null 2>&1 </dev/null || return 1
  for ((run = 0; run < RUNS; run++)); do
    { time "$@" >/dev/null 2>&1 </dev/null; } 2>&1 | awk '{ printf "%.3f\n", $1 + $2 }'
  done | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

# services COUNT: a spec of so many. A file may have 4 MiB, so there are several.
services() {
  mkdir "$work/$1"
  awk -v count="$1" -v directory="$work/$1" 'BEGIN {
    for (i = 0; i < count; i++) {
      file = directory "/" int(i / 5000) ".hcl"
      print "service \"s" i "\" {\n  replica {\n    command = [\"serve\"]\n    port    = 8000\n  }\n" \
        "  resources {\n    accelerators = [\"CPU:1\"]\n    locations    = [\"local/*/*\"]\n  }\n}" >file
    }
  }'
}

"$root/skyhedge" version >/dev/null
before=
for count in 1000 $COMPARED 20000; do
  services "$count"
  seconds=$(median "$root/skyhedge" validate "$work/$count")
  printf '%6d services  %s s CPU%s\n' "$count" "$seconds" \
    "$(awk -v a="$before" -v b="$seconds" 'BEGIN { if (a != "") printf ", %.1f times the one before", b / a }')"
  [[ $count -ne $COMPARED ]] || ours=$seconds
  before=$seconds
done

if ! command -v terraform >/dev/null; then
  echo "terraform is not on PATH: nothing to compare with"
  exit 0
fi
mkdir "$work/terraform"
awk -v count="$COMPARED" 'BEGIN {
  for (i = 0; i < count; i++)
    print "resource \"terraform_data\" \"s" i "\" {\n  input = {\n    command      = [\"serve\"]\n    port         = 8000\n" \
      "    accelerators = [\"CPU:1\"]\n    locations    = [\"local/*/*\"]\n  }\n}"
}' >"$work/terraform/main.tf"
cd "$work/terraform"
export CHECKPOINT_DISABLE=1
terraform init >/dev/null 2>&1
theirs=$(RUNS=1 && median terraform validate)
printf 'terraform validate of %d resources: %s s CPU, %s times ours\n' "$COMPARED" "$theirs" \
  "$(awk -v a="$theirs" -v b="$ours" 'BEGIN { printf "%.1f", a / b }')"
