//! What stands on a sheet and is not read is said, with its place; what is nobody's loss is not.

use super::{Brought, sheet};

const HEAD: &[&str] = &["No", "Nama Faskes", "Diundang", "Hadir"];
const ALVI: &str = "Apotek Alvi: lokmin 2023-05 hadir";
const KLINIK: &str = "Klinik Alvi: lokmin 2023-05 tidak";

/// A recap of two rows, with something beside it from the row of its heading on, and something below.
fn with(beside: &[&[&str]], below: &[&[&str]]) -> Brought {
    let own: [&[&str]; 3] = [HEAD, &["=1", "Apotek Alvi", "√", "√"], &["=2", "Klinik Alvi", "√", "x"]];
    let mut rows: Vec<Vec<&str>> = vec![vec!["UPT PUSKESMAS ABCDE"], vec!["BULAN : MEI 2023"], vec![]];
    for place in 0..own.len().max(beside.len()) {
        let mut row = own.get(place).map(|row| row.to_vec()).unwrap_or_default();
        row.resize(5, "");
        row.extend(beside.get(place).into_iter().flat_map(|row| row.iter()));
        rows.push(row);
    }
    rows.extend(below.iter().map(|row| row.to_vec()));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let found = sheet(&rows);
    assert!([ALVI, KLINIK].iter().all(|fact| found.facts.iter().any(|known| known == fact)), "{:?}", found.receipt);
    found
}

#[test]
fn a_table_beside_that_is_not_known_is_named_with_its_place() {
    let stock: &[&[&str]] = &[
        &["No", "Nama Alat", "Jumlah", "Kondisi"],
        &["=1", "Tensimeter", "=4", "Baik"],
        &["=2", "Timbangan", "=2", "Rusak"],
        &["=3", "Stetoskop", "=5", "Baik"],
    ];
    let found = with(stock, &[]);
    assert_eq!(found.issues, ["Lembar!F4 unknown_table"]);
    let message = &found.receipt.issues[0].message;
    assert!(message.contains("tabel di F4:I7 tidak dikenali") && message.contains("jelaskan kolomnya"), "{message}");
    // Without numbers too, and below a title of its own.
    let staff: &[&[&str]] = &[
        &["PETUGAS PEMBINA"],
        &["Hari", "Petugas", "Wilayah"],
        &["Senin", "Ani Lestari", "Utara"],
        &["Selasa", "Budi Santoso", "Selatan"],
        &["Rabu", "Citra Dewi", "Barat"],
    ];
    assert_eq!(with(staff, &[]).issues, ["Lembar!F5 unknown_table"]);
}

#[test]
fn what_people_write_beside_a_table_is_no_table() {
    let helpers: [&[&[&str]]; 6] = [
        // Helper figures.
        &[&["=1", "=17"], &["=2", "=3"], &["=3", "=9"]],
        &[&["Jumlah", "=3"], &["Hadir", "=2"], &["Tidak hadir", "=1"]],
        // Legends and notes.
        &[&["Keterangan:"], &["√", "hadir"], &["x", "tidak hadir"]],
        &[&["Ket.", ":", "√ = hadir"], &["", "", "x = tidak"]],
        &[&["Catatan: undangan dikirim lewat grup"], &["lihat lembar sebelah"]],
        // An identity.
        &[&["Kecamatan :", "Abcde", "Tahun :", "=2023"], &["Desa :", "Ngatri", "Bulan :", "Mei"]],
    ];
    for beside in helpers {
        assert_eq!(with(beside, &[]).issues, [] as [&str; 0], "{beside:?}");
    }
}

#[test]
fn signatures_totals_and_legends_below_are_no_table() {
    let below: &[&[&str]] = &[
        &["", "Jumlah", "=2", "=1"],
        &[],
        &["Keterangan:"],
        &["√", "hadir"],
        &["x", "tidak hadir"],
        &[],
        &["", "Mengetahui,", "", "Ketua Tim", "", "Abcde, 5 Juni 2023"],
        &["", "Kepala UPT Puskesmas Abcde", "", "Mutu", "", "PJ Jejaring"],
        &[],
        &["", "dr. Budi", "", "Dewi", "", "Citra"],
        &["", "NIP. 19700101 199903 1 001", "", "NIP. 1980", "", "NIP. 19850202 201001 2 002"],
        &[],
        &["Tembusan:"],
        &["1.", "Kepala Dinas Kesehatan"],
        &["2.", "Arsip"],
    ];
    assert_eq!(with(&[], below).issues, [] as [&str; 0]);
}

#[test]
fn a_table_below_that_is_not_known_is_named_and_not_read_as_rows_of_the_one_above() {
    let stock: &[&[&str]] = &[
        &[],
        &[],
        &["DAFTAR ALAT"],
        &["No", "Nama Alat", "Jumlah", "Kondisi", "Tahun"],
        &["=1", "Tensimeter", "=4", "Baik", "=2019"],
        &["=2", "Timbangan", "=2", "Rusak", "=2020"],
    ];
    let found = with(&[], stock);
    assert_eq!(found.issues, ["Lembar!A10 unknown_table"]);
    assert!(found.receipt.issues[0].message.contains("A10:E12"), "{:?}", found.receipt.issues);
    // A heading of the table's own with a slip is no other table: its rows are read, the slip is named.
    let slip: &[&[&str]] = &[&["No", "Nama Fasks", "Diundang", "Hadir"], &["=3", "Pustu Ngatri", "√", "√"]];
    let found = with(&[], slip);
    assert_eq!(found.issues, ["Lembar!B7 unknown_facility"]);
    assert_eq!(found.facts[2], "Pustu Ngatri: lokmin 2023-05 hadir");
}

#[test]
fn a_table_above_or_between_that_is_not_known_is_named() {
    let rows: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["Uraian", "Rencana", "Realisasi"],
        &["Undangan", "=12", "=10"],
        &["Konsumsi", "=30", "=28"],
        &["ATK", "=5", "=5"],
        &[],
        HEAD,
        &["=1", "Apotek Alvi", "√", "√"],
    ];
    let found = sheet(rows);
    assert_eq!((found.facts, found.issues), (vec![ALVI.to_owned()], vec!["Lembar!A3 unknown_table".to_owned()]));
    // An identity above is none.
    let rows: &[&[&str]] = &[
        &["PUSKESMAS ABCDE", "KECAMATAN ABCDE", "KABUPATEN X"],
        &["BULAN", "MEI", "TAHUN", "=2023"],
        &["Jumlah Desa", "=7", "Jumlah Penduduk", "=31000"],
        HEAD,
        &["=1", "Apotek Alvi", "√", "√"],
    ];
    assert_eq!(sheet(rows).issues, [] as [&str; 0]);
}

#[test]
fn rows_below_gaps_and_signatures_are_read_or_named() {
    let below: &[&[&str]] = &[
        &[],
        &[],
        &["=3", "Pustu Ngatri", "√", "√"],
        &[],
        &["", "Mengetahui,"],
        &["", "Kepala UPT Puskesmas Abcde"],
        &[],
        &["=4", "BPM I Made Oka", "√", "√"],
        &["=5", "Klinik Entah", "√", "√"],
    ];
    let found = with(&[], below);
    assert_eq!(found.facts.len(), 4);
    assert_eq!(found.issues, ["Lembar!B15 unknown_facility"]);
}

#[test]
fn columns_with_unknown_headings_are_named_once() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &[
            "No",
            "Tanggal",
            "Nama Faskes",
            "Bentuk",
            "Pembina",
            "Skr Tilik",
            "Skor Maks",
            "Foto",
            "TTD",
            "Ket.",
            "Biaya",
        ],
        &["=1", "2 Mei 2023", "Apotek Alvi", "Supervisi", "Ani", "=8", "=10", "Ada", "ttd", "baik", "=5000"],
        &["=2", "3 Mei 2023", "Klinik Alvi", "Supervisi", "Ani", "=9", "=10", "Ada", "ttd", "", "=7000"],
    ]);
    assert_eq!(found.issues, ["Lembar!F3 unread_columns"]);
    let message = &found.receipt.issues[0].message;
    assert!(message.contains("kolom F \"Skr Tilik\", K \"Biaya\" berisi"), "{message}");
}

#[test]
fn figures_of_this_month_beside_those_since_january() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Faskes", "K6", "", "", "", "HT", ""],
        &["", "", "Sasaran", "Capaian Bulan Ini", "Kumulatif", "%", "Sasaran", "Kumulatif"],
        &["=1", "Apotek Alvi", "=20", "=3", "=13", "=65", "=30", "=9"],
        &["=2", "Klinik Alvi", "=20", "=4", "=14", "=70", "=30", "=8"],
    ]);
    // Of HT nobody can tell the month's figure without April's: the count alone is kept.
    assert_eq!(found.issues, ["Lembar!B3 reading"]);
    let facts = [
        "Apotek Alvi: HT 2023-05 -/30 s/d 9",
        "Apotek Alvi: K6 2023-05 3/20 s/d 13",
        "Klinik Alvi: HT 2023-05 -/30 s/d 8",
        "Klinik Alvi: K6 2023-05 4/20 s/d 14",
    ];
    assert_eq!(found.facts, facts);
}

#[test]
fn a_name_alone_above_a_repeated_heading_is_named() {
    let head: &[&str] = &["Nama Faskes", "Jenis", "Kelompok"];
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        head,
        &["Apotek Baru", "Apotek", "Jejaring"],
        &["Klinik Sepi"],
        head,
        &["Klinik Ramai", "Klinik", "Jejaring"],
        // The banner of the next page is no row.
        &["UPT PUSKESMAS ABCDE"],
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        head,
        &["Apotek Lama", "Apotek", "Jejaring"],
    ]);
    // The register of before has other names: those are gone.
    let own: Vec<&String> = found.issues.iter().filter(|issue| !issue.ends_with("row_gone")).collect();
    assert_eq!(own, ["Lembar!A5 unread_row"]);
    assert!(found.receipt.issues[0].message.contains("\"Klinik Sepi\" berdiri sendiri"), "{:?}", found.receipt);
}
