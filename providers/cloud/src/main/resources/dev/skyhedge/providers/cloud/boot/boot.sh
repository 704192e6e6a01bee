#!/bin/sh
# Starts one replica. Written by Skyhedge; run once, by root, when the machine boots.
umask 077
DIR=${SKYHEDGE_DIR:-/var/lib/skyhedge}
mkdir -p "$DIR" && cd "$DIR" || exit 1
unpack() { base64 -d > "$1"; }
start() {
  if [ -d /run/systemd/system ] && [ -z "${SKYHEDGE_DIR:-}" ]; then
    systemd-run --unit="skyhedge-$1" -p After=network-online.target -p WorkingDirectory="$DIR" sh "$DIR/$1"
  else
    setsid sh "./$1" >> "$1.log" 2>&1 < /dev/null &
  fi
}
unpack environment <<END
@ENVIRONMENT@END
@ENTRANCE@unpack program <<END
@WORKLOAD@END
cat > workload <<'END'
cut -d' ' -f22 /proc/$$/stat > workload.start
echo $$ > workload.pid
. ./environment
. ./program
END
start workload
@AGENT@
