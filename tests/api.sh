#!/usr/bin/env bash
# Asks a started service everything that its own description allows, and more, with schemathesis: no fault of ours, and
# no answer that the description does not name. Needs python3 with venv, and the built program.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.32.5
venv=target/schemathesis
if [ ! -x "$venv/bin/schemathesis" ] || ! "$venv/bin/schemathesis" --version | grep -q "$version"; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "schemathesis==$version"
fi

program=${1:-target/debug/simpul}
data=$(mktemp -d)
service=""
trap '[ -z "$service" ] || kill "$service"; rm -rf "$data"' EXIT
"$program" --data "$data" import sample-data/*.xlsx >/dev/null
"$program" --data "$data" serve --listen 127.0.0.1:0 --log-level error >"$data/words" &
service=$!
for _ in $(seq 100); do
  grep -q http "$data/words" && break
  sleep 0.1
done
address=$(grep -o 'http://[^ ]*' "$data/words" | head -n 1)
"$venv/bin/schemathesis" run "$address/api/v1/openapi.json" --url "$address" --max-time 60 --seed 1 \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
