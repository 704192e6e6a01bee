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
docker rm -f skyhedge-workload > /dev/null 2>&1
@START_PROXY@exec docker run --name skyhedge-workload @GPU@-p @PUBLISHED@:@PORT@ @VARIABLES@ @IMAGE@ @ARGUMENTS@
