#!/usr/bin/env bash
# The one test command: sets up what the tests need on Debian (Rust given), then what Simpul is
# built of, format, lints, tests, docs.
# Elsewhere than on Debian, install Chromium, ChromeDriver, npm, pdftotext (poppler), qpdf, promtool
# (prometheus), python3 with venv and LibreOffice by hand.
set -euo pipefail
cd "$(dirname "$0")/.."

need=()
command -v chromium >/dev/null || need+=(chromium)
command -v chromedriver >/dev/null || need+=(chromium-driver)
command -v pdftotext >/dev/null || need+=(poppler-utils)
command -v qpdf >/dev/null || need+=(qpdf)
command -v soffice >/dev/null || need+=(libreoffice-writer-nogui libreoffice-calc-nogui)
# The part of LibreOffice that opens slides is a package of its own.
[ -e /usr/lib/libreoffice/program/libsdlo.so ] || need+=(libreoffice-impress-nogui)
command -v promtool >/dev/null || need+=(prometheus)
python3 -c "import ensurepip" 2>/dev/null || need+=(python3-venv)
command -v npm >/dev/null || need+=(npm)
command -v cc >/dev/null || need+=(gcc libc6-dev)
if [ ${#need[@]} -gt 0 ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  $as_root apt-get update
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends "${need[@]}"
fi

bash tests/axe.sh
bash tests/deny.sh
cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings
cargo test --locked
bash tests/api.sh
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
