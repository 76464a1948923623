#!/usr/bin/env bash
# Writes `release/notices.txt` anew: the licences of what is in the program, libraries and fonts, with their texts.
# To be run after each change of Cargo.lock that changes what is shipped; a test (`tidy::notices`) says when.
set -euo pipefail
cd "$(dirname "$0")/.."
. release/tools.sh

need_tool cargo-about 0.9.3 cli
made="$(mktemp)"
trap 'rm -f "$made"' EXIT
cargo-about generate --locked --fail -c release/about.toml release/about.hbs -o "$made"
cargo metadata --format-version 1 --locked | python3 release/notice_files.py "$made" >release/notices.txt
