#!/bin/sh
# CPU per request of the balancer, of HAProxy (if it is installed) and of no proxy, and their ratios. Takes less than
# a minute. Needs Java 25 in JAVA_HOME or on the path.
set -eu
cd "$(dirname "$0")/.."
module=server/balancer
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -Dfast -pl "$module" -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$classpath"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -XX:+UseSerialGC -Xmx256m -cp "$module/target/test-classes:$module/target/classes:$(cat "$classpath")" \
  dev.skyhedge.balancer.BalancerBenchmark
