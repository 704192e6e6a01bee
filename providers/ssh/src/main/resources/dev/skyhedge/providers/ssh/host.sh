# Claims on a machine, one directory each. A call is the last line, so that half a script does nothing.
umask 077
C=$STATE/claims
boot_id() { cat /proc/sys/kernel/random/boot_id; }
pid() { cat "$1/run/workload.pid" 2> /dev/null; }
# field PID N: the Nth of what the kernel says of a process after its name, which may have spaces and brackets.
field() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f"$2"; }
# started PID DIR: whether that number is still the process that the claim started, by the time of its start. Its
# environment does not tell: it is empty while a program begins, and programs that set their title write over it.
started() { [ -s "$2/run/workload.start" ] && [ "$(field "$1" 20)" = "$(cat "$2/run/workload.start")" ]; }
# everything DIR: what the claim started, and whatever that started: by the environment that they got, and by their
# session, as long as its number cannot be another's.
everything() {
  grep -lzxF "SKYHEDGE_DIR=$1/run" /proc/[0-9]*/environ 2> /dev/null | cut -d/ -f3
  s=$(pid "$1")
  if [ -n "$s" ] && [ "$(cat "$1/boot")" = "$(boot_id)" ] && { [ ! -e "/proc/$s" ] || started "$s" "$1"; }; then
    cat /proc/[0-9]*/stat 2> /dev/null | sed -n "s/^\([0-9]*\) .*) [^ZX] [0-9]* [0-9]* $s .*/\1/p"
  fi
}
signal() { for q in $(everything "$2"); do kill "$1" "$q" 2> /dev/null; done; }
# stop DIR: ends all of it. A container outlives whoever started it.
stop() {
  signal -TERM "$1"
  if command -v docker > /dev/null; then docker rm -f "skyhedge-${1##*/}" > /dev/null 2>&1; fi
  i=0
  while [ -n "$(everything "$1")" ] && [ $i -lt 30 ]; do sleep 0.1; i=$((i + 1)); done
  signal -KILL "$1"
}
# running PID DIR: whether the process that the claim started is there, and no other that got its number.
running() {
  case $(field "$1" 1) in '' | Z | X) return 1 ;; esac
  started "$1" "$2"
}
# mark DIR WHY: it has ended, once nothing of it runs; what it was started with, secrets among it, is not kept.
mark() {
  [ ! -e "$1/end" ] || return 0
  stop "$1"
  why=$2
  [ ! -e "$1/asked" ] || why=TERMINATED
  rm -f "$1/run/boot" "$1/run/environment" "$1/run/program" "$1/run/workload"
  echo "$(date +%s) $why" > "$1/end.new" && mv "$1/end.new" "$1/end"
}
# look DIR: finds out whether what was started has ended. The number is read once, as it is written meanwhile.
look() {
  [ ! -e "$1/end" ] || return 0
  p=$(pid "$1")
  if [ "$(cat "$1/boot")" != "$(boot_id)" ]; then mark "$1" REBOOTED
  elif [ -n "$p" ]; then running "$p" "$1" || mark "$1" EXITED
  elif [ $(($(date +%s) - $(cat "$1/since"))) -gt 30 ]; then mark "$1" UNSTARTED
  fi
}
show() {
  look "$1"
  if [ -e "$1/end" ]; then s="ENDED $(cat "$1/end")"
  elif [ -n "$(pid "$1")" ]; then s='RUNNING 0 -'
  else s='PENDING 0 -'; fi
  echo "claim ${1##*/} $(cat "$1/since") $s $(cat "$1/tags")"
}
each() {
  for d in "$C"/*; do
    [ ! -e "$d/tags" ] || "$1" "$d"
  done
}
live() {
  look "$1"
  [ -e "$1/end" ] || { n=$((n + 1)); [ "$(cat "$1/port")" != "$PORT" ] || n=$MOST; }
}
forget() {
  [ ! -e "$1/end" ] || [ $(($(date +%s) - $(cut -d' ' -f1 "$1/end"))) -lt 3600 ] || rm -rf "$1"
}
locked() {
  mkdir -p "$C" || { echo 'refused the state directory cannot be made'; return 1; }
  command -v flock > /dev/null || { echo 'refused flock is not installed'; return 1; }
  exec 9> "$STATE/lock"
  flock -w 10 9 || { echo busy; return 1; }
}
claim() {
  locked || return
  D=$C/$TOKEN
  if [ -d "$D" ]; then
    [ "$(cat "$D/digest")" = "$DIGEST" ] && show "$D" || echo conflict
    return
  fi
  [ "$DOCKER" = no ] || command -v docker > /dev/null || { echo 'refused docker is not installed'; return; }
  n=0
  each live
  [ "$n" -lt "$MOST" ] || { echo full; return; }
  rm -rf "$C/.new" && mkdir -p "$C/.new/run" || { echo 'refused the claim cannot be written'; return; }
  echo "$DIGEST" > "$C/.new/digest"
  echo "$TAGS" > "$C/.new/tags"
  echo "$PORT" > "$C/.new/port"
  boot_id > "$C/.new/boot"
  date +%s > "$C/.new/since"
  mv "$C/.new" "$D" || { echo 'refused the claim cannot be written'; return; }
  echo "$BOOT" | base64 -d > "$D/run/boot"
  SKYHEDGE_DIR=$D/run SKYHEDGE_CONTAINER=skyhedge-$TOKEN sh "$D/run/boot" 9>&- > /dev/null 2>&1 < /dev/null
  show "$D"
}
end() {
  D=$C/$TOKEN
  [ -d "$D" ] || { echo ended; return; }
  locked || return
  look "$D"
  [ -e "$D/end" ] || : > "$D/asked"
  mark "$D" TERMINATED
  echo ended
}
list() {
  [ ! -d "$C" ] || { locked || return; each show; each forget; }
  echo listed
}
log() {
  L=$C/$TOKEN/run/workload.log
  [ -d "$C/$TOKEN" ] || { echo missing; return; }
  locked || return
  look "$C/$TOKEN"
  z=$(stat -c %s "$L" 2> /dev/null || echo 0)
  o=$OFFSET
  [ "$o" -ge 0 ] || { o=$((z + o)); [ "$o" -ge 0 ] || o=0; }
  [ -e "$C/$TOKEN/end" ] && e=yes || e=no
  echo "log $o $z $e"
  [ "$z" -le "$o" ] || tail -c +$((o + 1)) "$L" | head -c "$BYTES"
}
