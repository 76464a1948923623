#!/usr/bin/env bash
# Fetches axe-core, which judges pages in the browser tests, from the npm registry into target/axe; a matter of the tests
# alone. Its version and its hash stand here, so that the same judge judges everywhere.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.14.1
sha256=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
folder=target/axe
[ -e "$folder/axe-$version.min.js" ] && exit 0
command -v npm >/dev/null || { echo "npm is needed to fetch axe-core; on Debian: apt-get install npm" >&2; exit 1; }
mkdir -p "$folder"
part=$(mktemp -d "$folder/part.XXXXXX")
trap 'rm -rf "$part"' EXIT
(cd "$part" && npm pack --silent "axe-core@$version" >/dev/null && tar xzf "axe-core-$version.tgz" package/axe.min.js)
echo "$sha256  $part/package/axe.min.js" | sha256sum --check --quiet
mv "$part/package/axe.min.js" "$folder/axe-$version.min.js"
