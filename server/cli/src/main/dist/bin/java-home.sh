# Sourced by the launchers; sets java_home to the home of a JDK 25 or newer, or returns 1.
# A JDK's `release` file tells its version, so that no JVM is started to ask.

is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r release_line; do
    case $release_line in
      JAVA_VERSION=\"[0-9]*)
        release_major=${release_line#JAVA_VERSION=\"}
        release_major=${release_major%%[!0-9]*}
        [ "$release_major" -ge 25 ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

find_java_home() {
  # Who names a JDK for Skyhedge means that one and no other.
  if [ -n "${SKYHEDGE_JAVA_HOME:-}" ]; then
    java_home=$SKYHEDGE_JAVA_HOME
    is_jdk_25 "$java_home"
    return
  fi
  java_home=${JAVA_HOME:-}
  if [ -n "$java_home" ] && is_jdk_25 "$java_home"; then
    return 0
  fi
  if java_home=$(command -v java); then
    java_home=$(readlink -f "$java_home" 2>/dev/null || echo "$java_home")
    java_home=${java_home%/bin/java}
    if is_jdk_25 "$java_home"; then
      return 0
    fi
  fi
  for java_home in /usr/lib/jvm/*25* "${HOME:-}"/.sdkman/candidates/java/25* \
    "${HOME:-}"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if is_jdk_25 "$java_home"; then
      return 0
    fi
  done
  return 1
}

# What to say when there is none: one line, with the remedy.
explain_no_java() {
  if [ -n "${SKYHEDGE_JAVA_HOME:-}" ]; then
    echo "skyhedge: SKYHEDGE_JAVA_HOME=$SKYHEDGE_JAVA_HOME is not a JDK 25 or newer: set it to one, or unset it" >&2
  else
    echo "skyhedge: no JDK 25 found: install one (https://adoptium.net) or set SKYHEDGE_JAVA_HOME to it" >&2
  fi
}
