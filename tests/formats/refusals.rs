//! What is no workbook gets one sentence that names the file, what it is and the way out.

use simpul::workbook::OpenError;

use super::maker::zipped;
use super::{biff8, read_here, sentence};

#[test]
fn each_foreign_file_gets_its_sentence() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let encrypted = biff8::envelope("EncryptedPackage", &wide("x"));
    let message = biff8::envelope("__properties_version1.0", b"x");
    let docx = zipped([("word/document.xml", b"<w/>".to_vec())]);
    let locked_ods = zipped([
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("content.xml", b"\x01\x02".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>".to_vec()),
    ]);
    let text_ods =
        zipped([("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()), ("content.xml", b"<x/>".to_vec())]);
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("kosong.xlsx", Vec::new(), "kosong (0 byte)"),
        ("~$rekap.xlsx", b"\x05Admin".to_vec(), "catatan sementara Excel"),
        ("rekap (32).xlsx", b"{\"error\": \"not found\"}".to_vec(), "JSON"),
        ("daftar.xlsx", b"[{\"a\": 1}]".to_vec(), "JSON"),
        ("unduhan.xlsx", b"File not found, please retry.\r\n".to_vec(), "teks"),
        ("rekap.xlsx", b"PK\x03\x04abc".to_vec(), "rusak atau terpotong"),
        ("kunci.xlsx", encrypted, "dilindungi kata sandi"),
        ("kunci.ods", locked_ods, "dilindungi kata sandi"),
        ("surat.xlsx", docx, "dokumen Word"),
        ("surat.ods", text_ods, "dokumen LibreOffice lain"),
        ("pesan.xls", message, "dokumen Office lain"),
        ("cetak.xlsx", b"%PDF-1.7\n%\xE2\xE3".to_vec(), "PDF"),
        ("foto.xlsx", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "gambar"),
        ("foto.xls", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "gambar"),
        ("arsip.xlsx", b"Rar!\x1a\x07\x01".to_vec(), "arsip"),
        ("arsip2.xlsx", zipped([("rekap.xlsx", b"x".to_vec())]), "arsip ZIP"),
        ("surat.xls", b"{\\rtf1 Rekap}".to_vec(), "RTF"),
        ("daftar.xls", b"<?xml version=\"1.0\"?><daftar/>".to_vec(), "XML"),
        ("galat.xls", b"<!DOCTYPE html><html><body>404 Not Found</body></html>".to_vec(), "halaman web tanpa tabel"),
        ("halaman.xls", b"MIME-Version: 1.0\r\nX: y\r\n".to_vec(), "arsip halaman web"),
        ("acak.xlsx", vec![1, 2, 3, 4, 5, 0, 255, 254, 8, 9], "tidak dikenal"),
    ];
    for (name, bytes, expected) in files {
        let error = read_here(name, &bytes).expect_err(name);
        let text = sentence(name, &error);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_zip_with_a_password_is_named() {
    // The flag of encryption in both headers of an entry.
    let mut bytes = zipped([("xl/workbook.xml", b"<workbook/>".to_vec())]);
    for signature in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let start = bytes.windows(4).position(|window| window == signature).unwrap();
        bytes[start + if signature[2] == 3 { 6 } else { 8 }] |= 1;
    }
    let error = read_here("kunci.xlsx", &bytes).unwrap_err();
    assert!(matches!(error, OpenError::Password { .. }), "{error}");
}

#[test]
fn an_xls_with_a_password_is_named() {
    let mut stream = Vec::new();
    for (number, data) in [(0x0809_u16, vec![0, 6, 5, 0, 0, 0, 0, 0]), (0x002F, vec![1, 0, 1, 0]), (0x000A, Vec::new())]
    {
        stream.extend(number.to_le_bytes());
        stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        stream.extend(data);
    }
    let error = read_here("kunci.xls", &biff8::envelope("Workbook", &stream)).unwrap_err();
    assert!(matches!(error, OpenError::Password { .. }), "{error}");
}
