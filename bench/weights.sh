#!/usr/bin/env bash
# How fast a fleet of processes gets a model over links of a limited rate: by a chain and directly, with a node that is
# killed in the middle and with one that falls silent. Every node hashes every chunk. Then, how long a plan for 1,000
# machines takes. Links are token buckets in the nodes; all are on this machine, so that a machine that is busy shows
# its own limits beside those of the links.
#
# Usage: bench/weights.sh [MIB] [MBIT]      32 MiB over links of 100 Mbit/s unless told
set -euo pipefail

mib=${1:-32}
mbit=${2:-100}
cd "$(dirname "$0")/.."
. bench/classes.sh
build_classes engine/core
planner_classpath=$classpath
rm -f "$dependencies"
build_classes server/weights
work=$(mktemp -d)
nodes=()
# End only what was started here.
clean_up() {
  [[ ${#nodes[@]} -eq 0 ]] || kill -CONT "${nodes[@]}" 2>/dev/null || true
  [[ ${#nodes[@]} -eq 0 ]] || kill -9 "${nodes[@]}" 2>/dev/null || true
  rm -rf "$work" "$dependencies"
}
trap clean_up EXIT

weights() {
  exec "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "$classpath" dev.skyhedge.weights.Main "$@"
}

# At least eight chunks for each of eight machines, and a whole number of KiB.
chunk=$((mib * 1048576 / 256))
mkdir "$work/model"
head -c "$((mib * 1048576))" /dev/urandom >"$work/model/weights.bin"
head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$work/token"
described=$(weights manifest "$work/model" "$work/manifest" --chunk-bytes "$chunk")
id=${described#id=}
id=${id%% *}
bound=$(awk -v mib="$mib" -v mbit="$mbit" 'BEGIN { printf "%.2f", mib * 8.388608 / mbit }')
echo "$mib MiB in chunks of $((chunk / 1024)) KiB, links of $mbit Mbit/s: one copy takes $bound s; load average" \
  "$(cut -d ' ' -f 1 /proc/loadavg) on $(nproc) cores"

# await WORD NAME: waits until a node says it, or that it failed. Rarely looked at, since looking costs what is measured.
await() {
  local looks=0
  until [[ -e $work/$2.out ]] && grep -q "^$1\|^failed" "$work/$2.out"; do
    ((++looks < 600)) || { echo "$2 does not get to \"$1\": $(cat "$work/$2.out")" && exit 1; }
    sleep 0.2
  done
}

# start NAME ARGUMENT...: starts a node, waits until it listens; leaves its address in $address.
start() {
  local name=$1
  shift
  weights run --id "$id" --token-file "$work/token" --link-bits "${mbit}000000" "$@" </dev/null >"$work/$name.out" 2>&1 &
  nodes+=($!)
  disown $!
  await listening "$name"
  address=$(sed -n 's/^listening address=//p' "$work/$name.out")
}

free_port() {
  # Below the range from which the kernel gives away ports.
  echo $((20000 + RANDOM % 10000))
}

# run SHAPE COUNT FAULT: leaves the seconds from the start of the source to the last whole copy in $seconds. Receivers
# are there before, and wait for it.
run() {
  local shape=$1 count=$2 fault=$3 source begin end i ancestors
  source=127.0.0.1:$(free_port)
  nodes=()
  rm -rf "$work"/r* "$work"/source.out
  ancestors=$source
  for ((i = 1; i <= count; i++)); do
    start "r$i" --directory "$work/r$i" --ancestors "$ancestors"
    [[ $shape == direct ]] || ancestors=$address,$ancestors
  done
  start source --directory "$work/model" --manifest "$work/manifest" --listen "$source"
  await whole source
  await receiving r1
  # Both have told this last: the source what it has, the first receiver that it listens to it.
  begin=$(stat -c %.Y "$work/source.out" "$work/r1.out" | sort -n | tail -n 1)
  local last=$((count / 2)) survivors=()
  for ((i = 1; i <= count; i++)); do
    [[ $fault != none && $i -eq $last ]] || survivors+=("$i")
  done
  if [[ $fault != none ]]; then
    sleep "$(awk -v bound="$bound" 'BEGIN { print bound / 2 }')"
    kill -"$fault" "${nodes[last - 1]}"
  fi
  for i in "${survivors[@]}"; do
    await whole "r$i"
  done
  # Nothing is written after it.
  end=$(for i in "${survivors[@]}"; do stat -c %.Y "$work/r$i.out"; done | sort -n | tail -n 1)
  seconds=$(awk -v begin="$begin" -v end="$end" 'BEGIN { printf "%.2f", end - begin }')
  for i in "${survivors[@]}"; do
    cmp -s "$work/model/weights.bin" "$work/r$i/weights.bin" || { echo "r$i differs: $(cat "$work/r$i.out")"; exit 1; }
  done
  repairs=0
  for i in "${survivors[@]}"; do
    repairs=$((repairs + $(grep -c '^lost' "$work/r$i.out" || true)))
  done
  kill -CONT "${nodes[@]}" 2>/dev/null || true
  kill -9 "${nodes[@]}" 2>/dev/null || true
  nodes=()
}

ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

declare -A chain
for count in 1 2 4 8; do
  run chain "$count" none
  chain[$count]=$seconds
  limit=$(awk -v one="$bound" -v n="$count" 'BEGIN { print one * (1 + (n - 1) / 256) }')
  echo "chain of $count: $seconds s; makespan / bound: $(ratio "$seconds" "$limit")"
done
for count in 4 8; do
  run direct "$count" none
  echo "direct to $count: $seconds s; chain / direct: $(ratio "${chain[$count]}" "$seconds")"
done
for fault in KILL STOP; do
  run chain 8 "$fault"
  case $fault in KILL) name="killed" ;; *) name="silent" ;; esac
  echo "chain of 8, the 4th $name in the middle: $seconds s, added: $(awk -v a="$seconds" -v b="${chain[8]}" \
    'BEGIN { printf "%.2f", a - b }') s; senders lost: $repairs; the other 7 have the same bytes"
done

classpath=$planner_classpath
run_class dev.skyhedge.engine.weights.WeightPlanBenchmark
