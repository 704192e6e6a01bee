# Sourced, in the root of the source tree, by the benchmarks that are classes beside a module's tests.

. server/cli/src/main/dist/bin/java-home.sh
find_java_home || { explain_no_java; exit 1; }

# build_classes MODULE: compiles it and its tests; sets classpath.
build_classes() {
  dependencies=$(mktemp)
  trap 'rm -f "$dependencies"' EXIT
  JAVA_HOME=$java_home \
    MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    ./mvnw -q -B -Dfast -pl "$1" -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$dependencies"
  classpath=$PWD/$1/target/test-classes:$PWD/$1/target/classes:$(cat "$dependencies")
}

# run_class OPTION... CLASS ARGUMENT...
run_class() {
  "$java_home/bin/java" -XX:+UseSerialGC -cp "$classpath" "$@"
}
