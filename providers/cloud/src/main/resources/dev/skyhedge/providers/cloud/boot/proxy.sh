docker rm -f skyhedge-proxy > /dev/null 2>&1
i=0
until docker run -d --name skyhedge-proxy --restart unless-stopped --network host --log-opt max-size=10m \
  -v "$PWD/proxy:/etc/skyhedge:ro" @PROXY@ nginx -c /etc/skyhedge/nginx.conf; do
  i=$((i + 1))
  [ $i -lt "${PROXY_TRIES:-60}" ] || { echo 'skyhedge: the proxy could not be started'; exit 1; }
  docker rm -f skyhedge-proxy > /dev/null 2>&1
  sleep "${RETRY:-5}"
done
