#!/usr/bin/env bash
# Packs the Linux program into a .deb: package.sh PROGRAM, with OUT, VERSION and SOURCE_DATE_EPOCH set.
set -euo pipefail
cd "$(dirname "$0")/../.."
. release/lay_out.sh

program="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
documents="$work/usr/share/doc/simpul"
install -D -m 755 "$program" "$work/usr/bin/simpul"
install -D -m 644 release/debian/simpul.service "$work/usr/lib/systemd/system/simpul.service"
install -D -m 644 release/debian/simpul.desktop "$work/usr/share/applications/simpul.desktop"
install -D -m 644 src/web/assets/favicon.svg "$work/usr/share/icons/hicolor/scalable/apps/simpul.svg"
lay_out_texts "$documents"
install -m 644 "$OUT/simpul-$VERSION-linux-x86_64.cdx.json" "$documents/simpul.cdx.json"
mv "$documents/LICENSE" "$documents/copyright"
gzip -n9 "$documents/CHANGELOG.md" "$documents/THIRD-PARTY-NOTICES.txt" "$documents/simpul.cdx.json"

# The newest glibc of which the program asks a function.
glibc="$(objdump -T "$program" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1 | cut -d_ -f2)"
size="$(du -ks "$work/usr" | cut -f1)"
install -d "$work/DEBIAN"
install -m 755 release/debian/postinst release/debian/prerm release/debian/postrm "$work/DEBIAN"
cat >"$work/DEBIAN/control" <<CONTROL
Package: simpul
Version: $VERSION
Architecture: amd64
Maintainer: The Simpul authors <simpul@localhost>
Installed-Size: $size
Depends: libc6 (>= $glibc), libgcc-s1 (>= 4.2), adduser
Section: science
Priority: optional
Description: rekap pembinaan jaringan dan jejaring Puskesmas
 Membaca rekap Excel koordinator jaringan dan jejaring, menghitung indikator
 pembinaan, dan menyajikan evaluasi, tabel status, grafik dan laporan di
 peramban. Jalan tanpa internet sebagai layanan di http://127.0.0.1:8080.
CONTROL
(cd "$work" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
settle_times "$work"
dpkg-deb --root-owner-group -Z"${DEB_COMPRESSION:-xz}" --build "$work" "$OUT/simpul_${VERSION}_amd64.deb" >/dev/null
