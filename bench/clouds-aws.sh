#!/usr/bin/env bash
# What a round of observing costs on EC2: bench/clouds-aws.sh [REGIONS [INSTANCES [ROUNDS]]], by default 60 regions that
# answer in 80 to 250 ms, 1,000 instances, 10 rounds. Everything runs on this machine, against the fake of the tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. server/cli/src/main/dist/bin/java-home.sh
find_java_home || { explain_no_java; exit 1; }

module=providers/aws
if [[ ! -d $module/target/test-classes || ! -d $module/target/distribution ]]; then
  ./mvnw -q -B -Dfast -pl "$module" -am -DskipTests verify
fi
# The provider contract and slf4j are not in the plugin: in the product they come from above.
slf4j=$(find "${MAVEN_REPOSITORY:-$HOME/.m2/repository}/org/slf4j/slf4j-api" -name 'slf4j-api-2*.jar' | sort | tail -n 1)
exec "$java_home/bin/java" \
  -cp "$module/target/classes:$module/target/test-classes:providers/spi/target/classes:$slf4j:$module/target/distribution/*" \
  dev.skyhedge.providers.aws.ObserveBenchmark "$@"
