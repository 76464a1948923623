#!/usr/bin/env bash
# Builds the Windows program into a target folder: compile.sh FOLDER. With rustup that can fetch it, Rust's library for
# Windows is the one that rustup brings; elsewhere it is built from its source (component rust-src) beside the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=x86_64-pc-windows-gnu
library="$(rustc --print sysroot)/lib/rustlib/$target/lib"
build=(cargo build --locked --profile "${PROFILE:-release}" --target "$target" --target-dir "$1")
if [ -d "$library" ] || rustup target add "$target" 2>/dev/null; then
  exec "${build[@]}"
fi
echo "Rust's library for $target cannot be fetched here; it is built from its source" >&2
# Only the build of a library needs what stable Rust does not promise.
RUSTC_BOOTSTRAP=1 exec "${build[@]}" -Zbuild-std=std,panic_unwind
