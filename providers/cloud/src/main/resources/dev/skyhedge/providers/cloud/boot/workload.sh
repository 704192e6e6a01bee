if ! command -v docker > /dev/null; then
  echo 'skyhedge: the image has no docker: installing it. An image that has it boots sooner.'
  if command -v apt-get > /dev/null; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q docker.io
  elif command -v dnf > /dev/null; then
    dnf install -y -q docker && systemctl start docker
  fi
  command -v docker > /dev/null || { echo 'skyhedge: docker could not be installed'; exit 1; }
fi
i=0
until docker info > /dev/null 2>&1 || [ $i -ge 60 ]; do i=$((i + 1)); sleep 1; done
# again WHAT: waits before the next try, longer each time; gives up after some eight minutes.
again() {
  i=$((i + 1))
  [ $i -lt "${DOCKER_TRIES:-12}" ] || { echo "skyhedge: $1"; exit 1; }
  sleep "${RETRY:-$d}"
  [ $d -ge 60 ] || d=$((d * 2))
}
i=0 d=5
until docker image inspect @IMAGE@ > /dev/null 2>&1 || docker pull -q @IMAGE@; do
  again 'the image could not be pulled'
done
@START_PROXY@i=0 d=5
while :; do
  docker rm -f "${SKYHEDGE_CONTAINER:-skyhedge-workload}" > /dev/null 2>&1
  docker run --name "${SKYHEDGE_CONTAINER:-skyhedge-workload}" @GPU@-p @PUBLISHED@:@PORT@ @VARIABLES@ \
    --log-driver json-file --log-opt max-size=50m --log-opt max-file=3 \
    --shm-size 16g --ulimit memlock=-1 --ulimit nofile=1048576:1048576 @IMAGE@ @ARGUMENTS@
  c=$?
  # Docker itself could not start it, as before the driver of the cards is up.
  [ $c -eq 125 ] || break
  again 'the workload could not be started'
done
echo "skyhedge: the workload has ended with exit code $c"
exit $c
