#!/bin/sh
# What each provider plugin costs at start: wall and CPU time, loaded classes and classes of SDKs, of `version`, of
# `validate` and of a `plan` against a fake of that cloud on this machine. Best of RUNS (default 3) runs.
# Needs the distribution and the fakes: ./mvnw -q -B -Dfast -DskipTests verify
set -eu
cd "$(dirname "$0")/.."
root=$PWD
home=$root/server/cli/target/skyhedge
[ -f "$home/lib/skyhedge-cli.jar" ] || { echo "There is no distribution in $home; build it first." >&2; exit 1; }
. "$home/bin/java-home.sh"
find_java_home || { echo "There is no JDK 25; set JAVA_HOME." >&2; exit 1; }
export SKYHEDGE_JAVA_HOME="$java_home"
runs=${RUNS:-3}
work=$(mktemp -d)
fake_pid=
stop_fake() {
  [ -z "$fake_pid" ] || kill "$fake_pid" 2>/dev/null || true
  fake_pid=
}
trap 'stop_fake; rm -rf "$work"' EXIT

# start_fake CLOUD: the fake's process, on any free port; sets endpoint.
start_fake() {
  case $1 in
    aws) main=FakeEc2Main arguments='0 us-east-1' ;;
    gcp) main=ComputeFakeProcess arguments=0 ;;
    azure) main=AzureFakeProcess arguments=0 ;;
    *) return 1 ;;
  esac
  # A fake that takes orders ends with its input.
  rm -f "$work/fake.txt"
  : > "$work/fake.txt"
  mkfifo "$work/orders-$1"
  # shellcheck disable=SC2086 # arguments are words
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow \
    -cp "$root/providers/$1/target/test-classes:$home/plugins/$1/*:$(echo "$home"/lib/slf4j-api-*.jar)" \
    "dev.skyhedge.providers.$1.fake.$main" $arguments <>"$work/orders-$1" > "$work/fake.txt" 2>&1 &
  fake_pid=$!
  tries=0
  until endpoint=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/fake.txt"); do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { cat "$work/fake.txt" >&2; exit 1; }
    sleep 0.1
  done
}

spec() {
  case $1 in
    aws) own='regions = ["us-east-1"]' ;;
    gcp) own='project = "acme-ml"
  regions = ["us-central1"]' ;;
    azure) own='subscription = "11111111-2222-3333-4444-555555555555"
  ssh_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample"
  regions = ["eastus"]' ;;
  esac
  cat << END
provider "$1" {
  endpoint = "$endpoint"
  $own
}
service "chat" {
  replica {
    image = "example"
    port  = 8000
  }
  resources {
    accelerators = ["T4:1"]
    locations    = ["$1/*/*"]
  }
}
END
}

# measure CLOUD ARGUMENTS: the best wall time and the CPU time of that run, then the classes of one more run.
measure() {
  cloud=$1
  shift
  rm -f "$work/times.txt"
  for run in $(seq "$runs"); do
    (cd "$work" && SKYHEDGE_JAVA_OPTS='' bash -c 'TIMEFORMAT="%R %U %S"; { time "$@" >out.txt 2>&1; } 2>>times.txt' - \
      "$home/bin/skyhedge" "$@") || { cat "$work/out.txt" >&2; exit 1; }
  done
  (cd "$work" && SKYHEDGE_JAVA_OPTS="-Xlog:class+load:file=$work/classes.txt" "$home/bin/skyhedge" "$@" >out.txt 2>&1)
  sdks=
  for sdk in software.amazon.awssdk com.google.cloud com.azure io.fabric8; do
    count=$(grep -c " $sdk\." "$work/classes.txt" || true)
    [ "$count" -eq 0 ] || sdks="$sdks $sdk:$count"
  done
  sort -n "$work/times.txt" | head -1 | {
    read -r wall user sys
    printf '%-8s %-9s %6.2f s wall %6.2f s CPU %6d classes %s\n' \
      "$cloud" "$1" "$wall" "$(echo "$user $sys" | awk '{ print $1 + $2 }')" "$(wc -l < "$work/classes.txt")" "${sdks:- no SDK}"
  }
}

measure - version
for plugin in "$home"/plugins/*/; do
  cloud=$(basename "$plugin")
  start_fake "$cloud" || continue
  spec "$cloud" > "$work/$cloud.hcl"
  measure "$cloud" validate "$cloud.hcl"
  measure "$cloud" plan "$cloud.hcl" "-state=$work/state-$cloud"
  stop_fake
done
