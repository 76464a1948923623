#!/usr/bin/env bash
# Makes what is handed out, from a checked-out version: build.sh [linux] [windows] (both without an argument).
#
#   simpul-V-linux-x86_64.tar.gz, simpul_V_amd64.deb, simpul-V-windows-x86_64.zip, simpul-V-windows-x86_64-setup.exe,
#   a bill of materials (CycloneDX) for each system, and SHA256SUMS, all in $OUT (target/release-files).
#
# On Debian 12 with Rust; what else it needs it installs as root. The same commit gives the same bytes: paths of the
# machine are cut out of the program, and every time is that of the commit. Programs that were built already are taken
# with SIMPUL_LINUX=FILE and SIMPUL_WINDOWS=FILE.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022

[ $# -gt 0 ] || set -- linux windows
OUT="$(realpath -m "${OUT:-target/release-files}")"
VERSION="${VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)}"
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
CARGO_INCREMENTAL=0
export OUT VERSION SOURCE_DATE_EPOCH CARGO_INCREMENTAL
export LC_ALL=C.UTF-8 TZ=UTC

# Installs what is missing: the command that shows it, then its package.
need() {
  local missing=()
  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Paths of this machine, cut out of what programs say when they fail.
cargo_home="${CARGO_HOME:-$HOME/.cargo}"
rust_source="$(rustc --print sysroot)/lib/rustlib/src/rust"
remapped="--remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$rust_source=/rustc"

mkdir -p "$OUT"
for system in "$@"; do
  case "$system" in
    linux)
      need cc gcc dpkg-deb dpkg objdump binutils
      program="${SIMPUL_LINUX:-}"
      if [ -z "$program" ]; then
        RUSTFLAGS="$remapped" cargo build --locked --release --target-dir target/release-linux
        program=target/release-linux/release/simpul
      fi
      bash release/sbom.sh x86_64-unknown-linux-gnu "$OUT/simpul-$VERSION-linux-x86_64.cdx.json"
      bash release/linux/package.sh "$program"
      bash release/debian/package.sh "$program"
      ;;
    windows)
      need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64-win32 makensis nsis
      program="${SIMPUL_WINDOWS:-}"
      if [ -z "$program" ]; then
        RUSTFLAGS="$remapped" bash release/windows/compile.sh target/release-windows
        program=target/release-windows/x86_64-pc-windows-gnu/release/simpul.exe
      fi
      bash release/sbom.sh x86_64-pc-windows-gnu "$OUT/simpul-$VERSION-windows-x86_64.cdx.json"
      bash release/windows/package.sh "$program"
      ;;
    *)
      echo "build.sh: linux or windows, not $system" >&2
      exit 2
      ;;
  esac
done
(cd "$OUT" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
cat "$OUT/SHA256SUMS"
