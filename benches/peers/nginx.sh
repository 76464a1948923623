#!/usr/bin/env bash
# Requests per second of one cached chart: Simpul beside nginx with the same bytes, in turn, on loopback.
# Needs: nginx, wrk, curl (Debian), and a release build. Usage: benches/peers/nginx.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds="${1:-3}"
seconds=5
ours=18080
theirs=18081
work="$(mktemp -d)"
chmod 755 "$work" # nginx's workers are another user
stop() { kill "${simpul:-0}" "${nginx:-0}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT

target/release/simpul --data "$work/data" import sample-data/*.xlsx >/dev/null
target/release/simpul --data "$work/data" serve --listen "127.0.0.1:$ours" >"$work/simpul.log" 2>&1 &
simpul=$!
for _ in $(seq 100); do curl -fs "http://127.0.0.1:$ours/healthz" >/dev/null && break; sleep 0.1; done

page="$(curl -fs -L "http://127.0.0.1:$ours/?periode=2023-C2")"
chart="$(grep -o '/grafik/[^"]*\.svg[^"]*' <<<"$page" | head -n 1 | sed 's/&amp;/\&/g; s/&#38;/\&/g')"
[ -n "$chart" ] || { echo "no chart on the page" >&2; exit 1; }
mkdir -p "$work/www"
curl -fs "http://127.0.0.1:$ours$chart" -o "$work/www/chart.svg"
cat >"$work/nginx.conf" <<CONF
worker_processes 2;
pid $work/nginx.pid;
error_log $work/error.log;
daemon off;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=100;
  types { image/svg+xml svg; }
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server { listen 127.0.0.1:$theirs; root $work/www; etag on; }
}
CONF
/usr/sbin/nginx -c "$work/nginx.conf" &
nginx=$!
sleep 1
measure() { wrk -t1 -c32 -d"${seconds}s" "$1" | awk '/Requests\/sec/ {print $2} /Non-2xx/ {print "errors:", $0 > "/dev/stderr"}'; }

echo "chart: $chart, $(stat -c %s "$work/www/chart.svg") bytes; wrk -t1 -c32 ${seconds}s, $rounds rounds"
for round in $(seq "$rounds"); do
  a="$(measure "http://127.0.0.1:$ours$chart")"
  b="$(measure "http://127.0.0.1:$theirs/chart.svg")"
  awk -v r="$round" -v a="$a" -v b="$b" 'BEGIN { printf "round %d: simpul %.0f/s, nginx %.0f/s, ratio %.2f\n", r, a, b, a / b }'
done
