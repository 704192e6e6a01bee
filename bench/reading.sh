#!/bin/sh
# Reads and validates specs of 5,000, 10,000 and 20,000 blocks of five attributes: CPU seconds in a warm JVM with a heap
# limit of 300 MiB, how they grow with the size, and their ratio to `terraform validate` on 10,000 blocks where Terraform
# is on the path. Needs Java 25 in JAVA_HOME or on the path.
set -eu
cd "$(dirname "$0")/.."
module=specs
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -Dfast -pl "$module" -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$classpath"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -XX:+UseSerialGC -Xmx300m -cp "$module/target/test-classes:$module/target/classes:$(cat "$classpath")" \
  dev.skyhedge.specs.benchmark.ReadingBenchmark
