#!/usr/bin/env bash
# Packs the Linux program into a tar.gz: package.sh PROGRAM, with OUT, VERSION and SOURCE_DATE_EPOCH set.
set -euo pipefail
cd "$(dirname "$0")/../.."
. release/lay_out.sh

program="$1"
name="simpul-$VERSION-linux-x86_64"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
lay_out_texts "$work/$name"
install -m 755 "$program" "$work/$name/simpul"
install -m 644 release/linux/BACA-DULU.txt release/debian/simpul.service "$work/$name"
install -m 644 "$OUT/$name.cdx.json" "$work/$name/simpul.cdx.json"
settle_times "$work"
tar --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -C "$work" -cf - "$name" | gzip -n9 >"$OUT/$name.tar.gz"
