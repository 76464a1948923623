#!/usr/bin/env bash
# Packs the Windows program into a zip and an installer: package.sh PROGRAM, with OUT, VERSION and SOURCE_DATE_EPOCH set.
set -euo pipefail
cd "$(dirname "$0")/../.."
. release/lay_out.sh

program="$1"
name="simpul-$VERSION-windows-x86_64"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
files="$work/$name"
lay_out_texts "$files"
install -m 755 "$program" "$files/simpul.exe"
mv "$files/LICENSE" "$files/LICENSE.txt"
install -m 644 "$OUT/$name.cdx.json" "$files/simpul.cdx.json"
# Notepad of older Windows knows line ends of its own alone.
sed 's/$/\r/' release/windows/BACA-DULU.txt >"$files/BACA-DULU.txt"
settle_times "$work"
rm -f "$OUT/$name.zip"
python3 - "$work" "$name" "$OUT/$name.zip" <<'PY'
import os
import pathlib
import sys
import time
import zipfile

work, name, made = sys.argv[1:]
moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(pathlib.Path(work, name).iterdir()):
        entry = zipfile.ZipInfo(f"{name}/{path.name}", moment)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, path.read_bytes())
PY
makensis -V2 -NOCD -DVERSION="$VERSION" -DFILES="$files" -DMADE="$OUT/$name-setup.exe" release/windows/simpul.nsi
