#!/bin/sh
# A look at up to 2,000 instances in 60 regions of a fake Azure: time, CPU and calls. Less than a minute. Needs
# Java 25 in JAVA_HOME or on the path.
set -eu
cd "$(dirname "$0")/.."
module=providers/azure
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -Dfast -pl "$module" -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$classpath"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -XX:+UseSerialGC -Xmx300m --sun-misc-unsafe-memory-access=allow \
  -cp "$module/target/test-classes:$module/target/classes:$(cat "$classpath")" \
  dev.skyhedge.providers.azure.ObserveBenchmark
