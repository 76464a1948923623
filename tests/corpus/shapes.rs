//! Sheets whose content lies in another way than a table's: forms, checklists, facilities across, the same columns for
//! every visit, lists in one cell, lists that were signed.

use super::{Brought, Page, import, page, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

fn told(found: &Brought) -> Vec<&str> {
    found.receipt.issues.iter().map(|issue| issue.message.as_str()).collect()
}

/// What neither is told as a reading nor wrong.
fn unread(found: &Brought) -> Vec<&String> {
    found.issues.iter().filter(|issue| !issue.ends_with(" reading")).collect()
}

fn form<'a>(name: &'a str, facility: &'a str, day: &'a str, points: &'a str) -> Page<'a> {
    page(
        name,
        &[
            TITLE,
            &["HASIL PEMBINAAN"],
            &["Nama Faskes", ":", facility],
            &["Tanggal", ":", day],
            &["Pembina", ":", "Tim KIA"],
            &["Skor", ":", points],
            &["Rencana Tindak Lanjut", ":", "Isi kohort"],
            &["Batas Waktu", ":", "30 Juni 2023"],
        ],
    )
}

#[test]
fn a_form_is_a_visit_with_its_follow_up() {
    let forms = [form("A", "Apotek Alvi", "6 Mei 2023", "=85"), form("B", "Klinik Alvi", "8 Mei 2023", "17/20")];
    let found = import("rekap.xlsx", &forms);
    let expected = [
        "Apotek Alvi: RTL 2023-05-06 Isi kohort s.d. 2023-06-30",
        "Apotek Alvi: pembinaan 2023-05-06  85/100",
        "Klinik Alvi: RTL 2023-05-08 Isi kohort s.d. 2023-06-30",
        "Klinik Alvi: pembinaan 2023-05-08  17/20",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    assert_eq!(unread(&found), [""; 0]);
    assert!(found.issues.contains(&"A!A3 reading".to_owned()), "{:?}", found.issues);
}

#[test]
fn forms_below_each_other_and_labels_beside_each_other() {
    let found = sheet(&[
        TITLE,
        &["HASIL PEMBINAAN"],
        &["Nama Faskes : Apotek Alvi", "", "Tanggal : 6 Mei 2023"],
        &["Pembina : Tim", "", "Skor : 80"],
        &["Temuan :"],
        &["1. Kohort kosong"],
        &["2. SOP lama"],
        &[],
        &["Nama Faskes : Klinik Alvi", "", "Tanggal : 9 Juni 2023"],
        &["Pembina : Tim", "", "Skor : 90"],
        &["Catatan : hujan"],
    ]);
    let expected = ["Apotek Alvi: pembinaan 2023-05-06  80/100", "Klinik Alvi: pembinaan 2023-06-09  90/100"];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    assert!(told(&found)[0].contains("\"Catatan\" (A11)"), "{:?}", told(&found));
}

#[test]
fn a_letter_and_an_empty_form_are_no_visits() {
    for title in ["SURAT TUGAS", "UNDANGAN RAPAT"] {
        let letter = [TITLE, &[title], &["Kegiatan : Pembinaan"], &["Tanggal : 6 Mei 2023"], &["Lokasi : Apotek Alvi"]];
        assert_eq!(sheet(&letter).facts, [""; 0], "{title}");
    }
    let empty = sheet(&[TITLE, &["FORM"], &["Nama Faskes", ":"], &["Tanggal", ":"], &["Pembina", ":"], &["Skor", ":"]]);
    assert_eq!(empty.facts, [""; 0]);
}

const HEAD: [&[&str]; 5] =
    [TITLE, &["DAFTAR TILIK"], &["Nama Faskes : Apotek Alvi"], &["Tanggal : 6 Mei 2023"], &["Petugas : Tim"]];

fn checklist(items: &[&[&str]]) -> Brought {
    sheet(&[&HEAD[..], items].concat())
}

#[test]
fn a_checklist_gives_its_points() {
    let pairs: &[&[&str]] = &[
        &["No", "Uraian", "Ya", "Tidak"],
        &["A", "Administrasi"],
        &["=1", "SIP", "√", ""],
        &["=2", "SOP", "", "√"],
        &["=3", "Papan nama", "√", ""],
        &["Jumlah", "", "=2", "=1"],
    ];
    let points: &[&[&str]] = &[
        &["No", "Aspek", "Skor Maks", "Skor"],
        &["=1", "SIP", "=10", "=8"],
        &["=2", "SOP", "=10", "=7"],
        &["=3", "Papan nama", "=10", "=9"],
    ];
    let stated: &[&[&str]] = &[
        &["No", "Item", "Nilai"],
        &["=1", "SIP", "=3"],
        &["=2", "SOP", "=2"],
        &["=3", "Papan nama", "=4"],
        &["SKOR", "75 %"],
    ];
    for (items, score) in [(pairs, "2/3"), (points, "24/30"), (stated, "75/100")] {
        let found = checklist(items);
        assert_eq!(found.facts, [format!("Apotek Alvi: pembinaan 2023-05-06  {score}")], "{:?}", found.receipt);
    }
}

#[test]
fn facilities_across_are_turned_round() {
    let plan = sheet(&[
        TITLE,
        &["DAFTAR HADIR LOKMIN TAHUN 2023"],
        &["Bulan", "Apotek Alvi", "Klinik Alvi"],
        &["Januari", "√", "-"],
        &["Februari", "√", "√"],
        &["Maret", "-", "√"],
    ]);
    let expected = [
        "Apotek Alvi: lokmin 2023-01 hadir",
        "Apotek Alvi: lokmin 2023-02 hadir",
        "Apotek Alvi: lokmin 2023-03 tidak",
        "Klinik Alvi: lokmin 2023-01 tidak",
        "Klinik Alvi: lokmin 2023-02 hadir",
        "Klinik Alvi: lokmin 2023-03 hadir",
    ];
    assert_eq!(plan.facts, expected, "{:?}", plan.receipt);
    let visits = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Uraian", "Apotek Alvi", "Klinik Alvi"],
        &["=1", "Tanggal", "6 Mei 2023", "31/5/23x"],
        &["=2", "Skor", "=80", "=85"],
        &["=3", "Petugas", "Tim", "Tim"],
    ]);
    assert_eq!(visits.facts, ["Apotek Alvi: pembinaan 2023-05-06  80/100"], "{:?}", visits.receipt);
    // The cell of the file, not of the table that it became.
    assert_eq!(unread(&visits), ["Lembar!D4 invalid_date"]);
}

#[test]
fn indicators_down_and_facilities_across() {
    let pairs = sheet(&[
        TITLE,
        &["CAPAIAN INDIKATOR BULAN MEI 2023"],
        &["No", "Indikator", "Target", "Apotek Alvi", "", "Klinik Alvi", ""],
        &["", "", "", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "K6", "100%", "=40", "=3", "=50", "=4"],
        &["=2", "HT", "100%", "=60", "=5", "=70", "=6"],
    ]);
    let expected = [
        "Apotek Alvi: HT 2023-05 5/60",
        "Apotek Alvi: K6 2023-05 3/40",
        "Klinik Alvi: HT 2023-05 6/70",
        "Klinik Alvi: K6 2023-05 4/50",
    ];
    assert_eq!(pairs.facts, expected, "{:?}", pairs.receipt);
    let rows = sheet(&[
        TITLE,
        &["CAPAIAN BULAN MEI 2023"],
        &["Indikator", "Uraian", "Apotek Alvi", "Klinik Alvi"],
        &["K6", "Sasaran", "=40", "=50"],
        &["", "Capaian", "=3", "=4"],
        &["HT", "Sasaran", "=60", "=70"],
        &["", "Capaian", "=5", "=6"],
    ]);
    assert_eq!(rows.facts, expected, "{:?}", rows.receipt);
    let year = import(
        "capaian.xlsx",
        &[page(
            "Apotek Alvi",
            &[
                TITLE,
                &["CAPAIAN TAHUN 2023"],
                &["No", "Indikator", "Sasaran", "Jan", "Feb", "Mar", "Jumlah"],
                &["=1", "K6", "=40", "=3", "=4", "=5", "=12"],
                &["=2", "HT", "=60", "=5", "", "", "=5"],
            ],
        )],
    );
    let expected = [
        "Apotek Alvi: HT 2023-01 5/60",
        "Apotek Alvi: K6 2023-01 3/40",
        "Apotek Alvi: K6 2023-02 4/40",
        "Apotek Alvi: K6 2023-03 5/40",
    ];
    assert_eq!(year.facts, expected, "{:?}", year.receipt);
    let sections = sheet(&[
        TITLE,
        &["CAPAIAN BULAN MEI 2023"],
        &["No", "Faskes / Indikator", "Sasaran", "Capaian"],
        &["A", "Apotek Alvi"],
        &["=1", "K6", "=40", "=3"],
        &["B", "Klinik Alvi"],
        &["=1", "K6", "=50", "=4"],
    ]);
    assert_eq!(
        sections.facts,
        ["Apotek Alvi: K6 2023-05 3/40", "Klinik Alvi: K6 2023-05 4/50"],
        "{:?}",
        sections.receipt
    );
}

#[test]
fn columns_that_come_again_are_visits() {
    let expected = ["Apotek Alvi: pembinaan 2023-01-07  80/100", "Apotek Alvi: pembinaan 2023-03-05  85/100"];
    let title = &["REKAP PEMBINAAN JEJARING TAHUN 2023"];
    let grouped = sheet(&[
        TITLE,
        title,
        &["No", "Nama Faskes", "Kunjungan I", "", "Kunjungan II", ""],
        &["", "", "Tgl", "Skor", "Tgl", "Skor"],
        &["=1", "Apotek Alvi", "7/1/2023", "=80", "5/3/2023", "=85"],
    ]);
    assert_eq!(grouped.facts, expected, "{:?}", grouped.receipt);
    let bare = sheet(&[
        TITLE,
        title,
        &["No", "Nama Faskes", "Tgl", "Skor", "Tgl", "Skor"],
        &["=1", "Apotek Alvi", "7/1/2023", "=80", "5/3/2023", "=85"],
    ]);
    assert_eq!(bare.facts, expected, "{:?}", bare.receipt);
    let days = sheet(&[
        TITLE,
        title,
        &["No", "Nama Faskes", "Kunjungan 1", "Kunjungan 2"],
        &["=1", "Apotek Alvi", "7/1/2023", "5/3/2023"],
        &["=2", "Klinik Alvi", "8/1/2023", ""],
    ]);
    let expected = [
        "Apotek Alvi: pembinaan 2023-01-07  -/-",
        "Apotek Alvi: pembinaan 2023-03-05  -/-",
        "Klinik Alvi: pembinaan 2023-01-08  -/-",
    ];
    assert_eq!(days.facts, expected, "{:?}", days.receipt);
}

#[test]
fn lists_in_a_cell_are_read_one_by_one() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Skor", "RTL", "Batas Waktu"],
        &["=1", "6 Mei 2023", "1. Apotek Alvi\n2. Klinik Alvi", "Tim", "", "", ""],
        &["=2", "7 Mei 2023", "Pustu Ngatri", "Tim", "=80", "1. Isi kohort\n2. Revisi SOP", "30 Juni 2023"],
    ]);
    let expected = [
        "Apotek Alvi: pembinaan 2023-05-06  -/-",
        "Klinik Alvi: pembinaan 2023-05-06  -/-",
        "Pustu Ngatri: RTL 2023-05-07 Isi kohort s.d. 2023-06-30",
        "Pustu Ngatri: RTL 2023-05-07 Revisi SOP s.d. 2023-06-30",
        "Pustu Ngatri: pembinaan 2023-05-07  80/100",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    assert_eq!(unread(&found), [""; 0]);
    // Whose the points of two names are nobody knows.
    let scored = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Skor"],
        &["=1", "6 Mei 2023", "Apotek Alvi, Klinik Alvi", "Tim", "=80"],
    ]);
    assert_eq!((scored.facts.len(), unread(&scored)), (0, vec![&"Lembar!C4 unknown_facility".to_owned()]));
}

#[test]
fn a_signed_list_is_attendance() {
    let found = sheet(&[
        TITLE,
        &["DAFTAR HADIR LOKAKARYA MINI"],
        &["Hari/Tanggal : Selasa, 23 Mei 2023"],
        &["No", "Nama", "Instansi", "Tanda Tangan"],
        &["=1", "dr. A", "Puskesmas ABCDE", "ttd"],
        &["=2", "B", "Apotek Alvi", "1. ttd"],
        &["=3", "C", "Klinik Alvi", "2. ........"],
        &["=4", "D", "Pustu Ngatri", "-"],
    ]);
    assert_eq!(
        found.facts,
        ["Apotek Alvi: lokmin 2023-05 hadir", "Pustu Ngatri: lokmin 2023-05 tidak"],
        "{:?}",
        found.receipt
    );
    assert!(
        told(&found).iter().any(|told| told.contains("1 nama tanpa tanda tangan tidak dibaca")),
        "{:?}",
        told(&found)
    );
    let remarks = sheet(&[
        TITLE,
        &["KEHADIRAN LOKMIN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Keterangan"],
        &["=1", "Apotek Alvi", "Hadir"],
        &["=2", "Klinik Alvi", "Ijin"],
    ]);
    assert_eq!(
        remarks.facts,
        ["Apotek Alvi: lokmin 2023-05 hadir", "Klinik Alvi: lokmin 2023-05 tidak"],
        "{:?}",
        remarks.receipt
    );
}

#[test]
fn a_card_with_all_months_printed_has_the_visits_that_took_place() {
    let card = [
        TITLE,
        &["KARTU PEMBINAAN TAHUN 2023"],
        &["Nama Faskes", ":", "Apotek Alvi"],
        &["No", "Bulan", "Tanggal", "Skor", "Petugas"],
        &["=1", "Januari", "7/1/2023", "=80", "Tim"],
        &["=2", "Februari", "", "", ""],
        &["=3", "Maret", "5/3/2023", "=85", "Tim"],
    ];
    let expected = ["Apotek Alvi: pembinaan 2023-01-07  80/100", "Apotek Alvi: pembinaan 2023-03-05  85/100"];
    assert_eq!(sheet(&card).facts, expected);
}
