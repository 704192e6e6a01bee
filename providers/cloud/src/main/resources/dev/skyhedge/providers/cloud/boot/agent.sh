# Passes what the cloud tells this machine on to Skyhedge. POSIX sh and curl only.
. ./agent-settings
POLL=${POLL:-5} RETRY=${RETRY:-1} TRIES=${TRIES:-600}
echo $$ > agent.pid

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
after() { date -u -d "@$(($(date +%s) + $1))" +%Y-%m-%dT%H:%M:%SZ; }
meta() { curl -s --noproxy '*' --connect-timeout 2 "$@"; }

# notice KIND DEADLINE TRIES: repeats until the server has taken it.
notice() {
  d=null; [ -n "$2" ] && d="\"$2\""
  body="{\"token\":\"$TOKEN\",\"kind\":\"$1\",\"deadline\":$d,\"source\":\"$SERVICE\",\"observedAt\":\"$(now)\"}"
  n=0
  while [ $n -lt "$3" ]; do
    c=$(printf %s "$body" | curl -s -o /dev/null -w '%{http_code}' -m 5 -K authorization \
      -H 'Content-Type: application/json' --data-binary @- "$NOTICES")
    case $c in 2??) return 0 ;; esac
    n=$((n + 1)); sleep "$RETRY"
  done
  return 1
}

# once KIND DEADLINE: sends each notice one time, in the background.
once() {
  case " $SENT " in *" $1/$2 "*) return 1 ;; esac
  SENT="$SENT $1/$2"
  notice "$1" "$2" "$TRIES" &
}
SENT=''

# Any answer, even a broken one, means that the workload listens.
listens() {
  curl -s -o /dev/null --noproxy '*' -m 2 "http://127.0.0.1:$WORKLOAD_PORT/"
  [ $? -ne 7 ]
}
ready() {
  until listens; do sleep "$RETRY"; done
  notice READY '' "$TRIES"
}

aws() {
  T=$(meta -m 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$METADATA/latest/api/token") || return
  a=$(meta -m 2 -f -H "X-aws-ec2-metadata-token: $T" "$METADATA/latest/meta-data/spot/instance-action") &&
    once PREEMPTION "$(printf %s "$a" | sed -n 's/.*"time" *: *"\([0-9TZ:.-]*\)".*/\1/p')"
  meta -m 2 -f -o /dev/null -H "X-aws-ec2-metadata-token: $T" \
    "$METADATA/latest/meta-data/events/recommendations/rebalance" && once REBALANCE ''
}

gcp() {
  p=$(meta -m 90 -f -D headers -H 'Metadata-Flavor: Google' \
    "$METADATA/computeMetadata/v1/instance/preempted?wait_for_change=true&timeout_sec=60&last_etag=$ETAG") ||
    { ETAG=0; return 1; }
  ETAG=$(sed -n 's/^[Ee][Tt][Aa][Gg]: *\([0-9A-Za-z]*\).*/\1/p' headers)
  if [ "$p" = TRUE ] && [ -z "$GONE" ]; then GONE=1; once PREEMPTION "$(after 30)"; fi
}
ETAG=0 GONE=''

EVENTS="$METADATA/metadata/scheduledevents?api-version=2020-07-01"
azure() {
  [ -n "$NAME" ] || NAME=$(meta -m 5 -f -H 'Metadata: true' \
    "$METADATA/metadata/instance/compute/name?api-version=2021-02-01&format=text")
  meta -m 130 -f -H 'Metadata: true' "$EVENTS" | tr -d '\n' | sed 's/"EventId"/\n&/g' > events
  while read -r e || [ -n "$e" ]; do
    case $e in *'"EventType"'*) ;; *) continue ;; esac
    case $e in *"\"$NAME\""*) ;; *) [ -z "$NAME" ] || continue ;; esac
    k=$(field EventType)
    case $k in Preempt) k=PREEMPTION ;; Terminate) k=TERMINATION ;; *) continue ;; esac
    t=$(date -u -d "$(field NotBefore)" +%Y-%m-%dT%H:%M:%SZ 2> /dev/null) && [ -n "$(field NotBefore)" ] || t=''
    i=$(field EventId)
    case " $ACKED " in *" $i "*) continue ;; esac
    ACKED="$ACKED $i"
    once "$k" "${t:-$(after 30)}"
    ack "$i" &
  done < events
}
NAME='' ACKED=''
field() { printf %s "$e" | sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
# Lets the event happen as soon as the workload is drained: it no longer listens.
ack() {
  n=0
  while [ $n -lt 600 ] && listens; do n=$((n + 1)); sleep "$RETRY"; done
  meta -m 5 -o /dev/null -H 'Metadata: true' -d "{\"StartRequests\":[{\"EventId\":\"$1\"}]}" "$EVENTS"
}

none() { :; }

watch() {
  while :; do
    s=$(date +%s)
    $SERVICE
    # A long poll that waited need not wait again.
    [ $(($(date +%s) - s)) -ge "$POLL" ] || sleep "$POLL"
  done
}

stop() {
  trap '' TERM
  kill "$W" "$R" 2> /dev/null
  notice SHUTDOWN '' 5
  exit 0
}
trap stop TERM INT
ready & R=$!
watch & W=$!
wait "$W"
