#!/usr/bin/env bash
# Latencies of every placement policy, simulated event by event on recorded markets with made-up and recorded requests:
# P50, P90 and P99 in seconds, each with its ratio to that of placement "skyhedge", beside the ratios that SkyServe's paper
# claims over the systems that it was compared with. What is not answered counts as the timeout.
#
# Usage: bench/latency.sh DATA [WINDOWS]
#   DATA      directory with spot-traces/SET and workloads/FILE.csv.gz
#   WINDOWS   days of each market, 3 unless told; SEED=N for other ones, POLICIES=a,b,… for some of them
set -euo pipefail

data=$(realpath -- "${1:?Usage: bench/latency.sh DATA [WINDOWS]}")
windows=${2:-3}
seed=${SEED:-0}
policies=${POLICIES:-all}
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
skyhedge=${SKYHEDGE:-$root/skyhedge}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/chat.hcl" <<'EOF'
service "chat" {
  replica {
    image   = "example/chat"
    command = ["serve"]
    port    = 8000
  }
  resources {
    accelerators = ["V100:1"]
    locations    = ["aws/*/*"]
  }
  scaling {
    min_replicas = 3
  }
  endpoint {
    port   = 8080
    policy = "least_load"
  }
}
EOF

# The means over the windows, one line a policy.
percentiles() {
  awk '
    /"policy" :/            { gsub(/[",]/, "", $3); policy = $3; order[++policies] = policy }
    /"offset_seconds" :/    { windows[policy]++ }
    /"latency_seconds" :/   { in_all = 1 }
    /"answered_latency_/    { in_all = 0 }
    in_all && /"p[0-9]+" :/ { gsub(/[",]/, ""); sum[policy, $1] += $3 }
    /"availability" :/      { gsub(/,/, "", $3); answered[policy] += $3 }
    /"cost_share" :/        { gsub(/,/, "", $3); cost[policy] += $3 }
    END {
      for (i = 1; i <= policies; i++) {
        p = order[i]; n = windows[p]
        printf "%s %.3f %.3f %.3f %.3f %.1f\n", p, sum[p, "p50"] / n, sum[p, "p90"] / n, sum[p, "p99"] / n,
               100 * answered[p] / n, 100 * cost[p] / n
      }
    }' "$1"
}

run() {
  local market=$1 name=$2
  shift 2
  "$skyhedge" simulate "$work/chat.hcl" -protocol=event -market="$data/spot-traces/$market" -policy="$policies" \
    -windows="$windows" -seed="$seed" -json="$work/numbers.json" "$@" >/dev/null
  printf '\n%s, %s\n' "$market" "$name"
  printf '  %-20s %8s %8s %8s %11s %7s   %s\n' policy P50 P90 P99 'answered %' 'cost %' 'P50, P90, P99 over skyhedge'
  percentiles "$work/numbers.json" | awk '
    { line[NR] = $0; if ($1 == "skyhedge") { a = $2; b = $3; c = $4 } }
    END {
      for (i = 1; i <= NR; i++) {
        split(line[i], f, " ")
        ratios = a > 0 && f[1] != "skyhedge" ? sprintf("%.2fx %.2fx %.2fx", f[2] / a, f[3] / b, f[4] / c) : ""
        printf "  %-20s %8.2f %8.2f %8.2f %11.3f %7.1f   %s\n", f[1], f[2], f[3], f[4], f[5], f[6], ratios
        if (f[1] ~ /^(round_robin|even_spread|asg|spot_only)$/) { x += f[2] / a; y += f[3] / b; z += f[4] / c; n++ }
      }
      if (n && a > 0) printf "  mean of the %d static policies over skyhedge: %.2fx %.2fx %.2fx; the paper claims 2.3x 2.1x 2.1x\n",
        n, x / n, y / n, z / n
    }'
}

for market in aws1-v100-4node-2023-08-03 aws3-v100-1node-2023-02-15; do
  run "$market" 'Poisson, 0.15/s, one at a time, exponential 10 s' -workload=poisson:0.15 -service-time=exponential:10s
  run "$market" 'bursts around 0.15/s, one at a time, exponential 10 s' \
    -workload=bursty:0.15 -service-time=exponential:10s
  run "$market" 'Azure conversations, 5.5/s, 16 at a time' -workload="$data/workloads/azure_llm_2023_conv.csv.gz" \
    -slots=16 -service-time=tokens:0.1,0.0002,0.03
done
