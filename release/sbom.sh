#!/usr/bin/env bash
# Writes the bill of materials of what is shipped for a target, CycloneDX 1.5 in JSON: sbom.sh TARGET FILE.
# The same lock file gives the same bytes: time and serial number are left out, since they say nothing of the content.
set -euo pipefail
cd "$(dirname "$0")/.."
. release/tools.sh

target="$1"
file="$2"
need_tool cargo-cyclonedx 0.5.9
name="simpul-sbom-$$"
trap 'rm -f "$name.json"' EXIT
cargo cyclonedx --quiet --format json --spec-version 1.5 --target "$target" --no-build-deps --override-filename "$name"
python3 - "$name.json" "$file" "$PWD" <<'PY'
import json
import sys

made, file, here = sys.argv[1:]
with open(made, encoding="utf-8") as opened:
    bill = json.load(opened)
bill.pop("serialNumber", None)
bill["metadata"].pop("timestamp", None)
text = json.dumps(bill, indent=1, sort_keys=True, ensure_ascii=False)
with open(file, "w", encoding="utf-8") as opened:
    opened.write(text.replace(f"file://{here}", "file:///simpul") + "\n")
PY
