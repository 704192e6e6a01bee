#!/bin/sh
# The planner and the reconciler with 10,000 replicas: CPU time and memory under a heap limit of 300 MiB. Needs Java 25 in
# JAVA_HOME or on the path.
set -eu
cd "$(dirname "$0")/.."
module=engine
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -Dfast -pl "$module" -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$classpath"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -XX:+UseSerialGC -Xmx300m -cp "$module/target/test-classes:$module/target/classes:$(cat "$classpath")" \
  dev.skyhedge.engine.reconcile.PlannerBenchmark
