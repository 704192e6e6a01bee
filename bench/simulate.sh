#!/bin/sh
# The simulator: replica-hours per CPU second of each policy, CPU time per event as zones and replicas grow (to 10,000 by
# the paper's protocol, to 1,000 event by event), and what becomes of policies when target, cold start or the price of
# spot change. Give directories of recorded markets to play their windows as well. Needs Java 25 in JAVA_HOME or on the
# path.
set -eu
here=$PWD
cd "$(dirname "$0")/.."
module=engine
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -Dfast -pl "$module" -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$classpath"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
run() {
  (cd "$here" && "$java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED \
    -cp "$OLDPWD/$module/target/test-classes:$OLDPWD/$module/target/classes:$(cat "$classpath")" "$@")
}
run dev.skyhedge.engine.simulate.SimulationBenchmark
run dev.skyhedge.engine.simulate.event.EventBenchmark
[ $# -eq 0 ] || run dev.skyhedge.engine.simulate.PaperBenchmark "$@"
