#!/bin/sh
# What each provider plugin costs at start: time and loaded classes of `validate` and of a `plan` against an address
# where nobody listens. Needs the distribution: ./mvnw -q -B -Dfast -DskipTests verify
set -eu
cd "$(dirname "$0")/.."
home=$PWD/server/cli/target/skyhedge
[ -f "$home/lib/skyhedge-cli.jar" ] || { echo "There is no distribution in $home; build it first." >&2; exit 1; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

spec() {
  cat << END
provider "$1" {
  endpoint = "http://127.0.0.1:1"
}
service "chat" {
  replica {
    image = "example"
    port  = 8000
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["$1/*/*"]
  }
}
END
}

# measure COMMAND SPEC: wall seconds and classes. Commands may fail: what they load until then counts.
measure() {
  start=$(date +%s%N)
  (cd "$work" && "$java" -XX:TieredStopAtLevel=1 -Xlog:class+load:file=classes.txt -Dskyhedge.home="$home" \
    -cp "$home/lib/skyhedge-cli.jar" dev.skyhedge.cli.SkyhedgeCommand "$@" > output.txt 2>&1) || true
  end=$(date +%s%N)
  classes=$(wc -l < "$work/classes.txt")
  sdk=$(grep -cE ' (software\.amazon\.awssdk|com\.google\.cloud|com\.azure|io\.fabric8)\.' "$work/classes.txt" || true)
  printf '%-12s %-12s %8d ms %8d classes %6d of an SDK\n' "$1" "$cloud" $(((end - start) / 1000000)) "$classes" "$sdk"
}

for cloud in $(ls "$home/plugins"); do
  [ "$cloud" != local ] || continue
  spec "$cloud" > "$work/one.hcl"
  measure validate one.hcl
  measure plan one.hcl "-state=$work/state-$cloud"
done
