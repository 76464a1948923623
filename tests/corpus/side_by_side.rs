//! Several tables on one sheet: beside each other, below each other, and both.

use super::{import, page, sheet};

#[test]
fn three_months_of_one_indicator_stand_beside_each_other() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["CAPAIAN K6 TAHUN 2023"],
        &[],
        &["JANUARI", "", "", "", "", "FEBRUARI", "", "", "", "", "MARET"],
        &[
            "No",
            "Nama Jejaring",
            "Sasaran",
            "Capaian",
            "",
            "No",
            "Nama Jejaring",
            "Sasaran",
            "Capaian",
            "",
            "No",
            "Nama Jejaring",
            "Sasaran",
            "Capaian",
        ],
        &["=1", "Apotek Alvi", "=10", "=1", "", "=1", "Apotek Alvi", "=10", "=2", "", "=1", "Klinik Alvi", "=20", "=3"],
        &["=2", "Klinik Alvi", "=20", "=5", "", "", "", "", "", "", "=2", "Pustu Ngatri", "=7", "-"],
        &["", "Jumlah", "=30", "=6", "", "", "Jumlah", "=10", "=9", "", "", "Jumlah", "=27", "=3"],
    ]);
    let expected = [
        "Apotek Alvi: K6 2023-01 1/10",
        "Apotek Alvi: K6 2023-02 2/10",
        "Klinik Alvi: K6 2023-01 5/20",
        "Klinik Alvi: K6 2023-03 3/20",
        "Pustu Ngatri: K6 2023-03 -/7",
    ];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["Lembar!I8 total_differs"]);
    assert_eq!(found.receipt.sheets.len(), 3);
}

#[test]
fn indicators_beside_each_other_have_their_own_titles() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE", "", "", "", "", "Abcde"],
        &["BULAN : MEI 2023"],
        &["INDIKATOR : K6", "", "", "", "INDIKATOR : Penderita hipertensi"],
        &["Nama Jejaring", "Sasaran", "Capaian", "", "Nama Jejaring", "Sasaran", "Capaian", "%"],
        &["Apotek Alvi", "=10", "=1", "", "Klinik Alvi", "=30", "=3", "%0.1"],
        &["Apotek Alfi", "=10", "=1", "", "Pustu Ngatri", "=40", "=4", "%0.1"],
    ]);
    let expected = ["Apotek Alvi: K6 2023-05 1/10", "Klinik Alvi: HT 2023-05 3/30", "Pustu Ngatri: HT 2023-05 4/40"];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["Lembar!A6 unknown_facility"]);
}

#[test]
fn tables_of_several_sorts_beside_and_below_each_other() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Faskes", "Diundang", "Hadir", "", "No", "Nama Faskes", "Bulan Laporan", "Tanggal Diterima"],
        &["=1", "Apotek Alvi", "v", "v", "", "=1", "Klinik Alvi", "April", "3 Mei 2023"],
        &["=2", "Klinik Alvi", "v", "x", "", "", "", "", ""],
        &["=3", "Pustu Ngatri", "v", "x", "", "No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Pembina"],
        &["=4", "BPM I Made Oka", "v", "v", "", "=1", "2 Mei 2023", "Pustu Ngatri", "Supervisi", "Ani"],
        &[],
        &["BULAN : JUNI 2023"],
        &["No", "Nama Faskes", "Diundang", "Hadir"],
        &["=1", "Apotek Alvi", "v", "x"],
    ]);
    let expected = [
        "Apotek Alvi: lokmin 2023-05 hadir",
        "Apotek Alvi: lokmin 2023-06 tidak",
        "BPM I Made Oka: lokmin 2023-05 hadir",
        "Klinik Alvi: laporan 2023-04 2023-05-03",
        "Klinik Alvi: lokmin 2023-05 tidak",
        "Pustu Ngatri: lokmin 2023-05 tidak",
        "Pustu Ngatri: pembinaan 2023-05-02 Supervisi -/-",
    ];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, [] as [&str; 0]);
}

#[test]
fn a_long_list_continued_at_the_right_is_of_the_same_month() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["DAFTAR HADIR LOKMIN", "", "", "", "BULAN", ":", "MEI 2023"],
        &["No", "Nama", "Hadir", "No", "Nama", "Hadir"],
        &["1", "Apotek Alvi", "√", "3", "Klinik Alvi", "-"],
        &["2", "BPM I Made Oka", "√", "4", "Pustu Ngatri", "√"],
        &["", "", "", "", "Abcde, 5 Juni 2023"],
        &["", "Mengetahui,", "", "", "PJ Jejaring"],
        &["", "Kepala Puskesmas Abcde"],
        &[],
        &["", "dr. Budi", "", "", "Citra Dewi"],
        &["", "NIP. 19700101 199903 1 001", "", "", "NIP. 19850202 201001 2 002"],
    ]);
    let expected = [
        "Apotek Alvi: lokmin 2023-05 hadir",
        "BPM I Made Oka: lokmin 2023-05 hadir",
        "Klinik Alvi: lokmin 2023-05 tidak",
        "Pustu Ngatri: lokmin 2023-05 hadir",
    ];
    assert_eq!(found.facts, expected);
    let signed = found.store.signatures("ABCDE").unwrap();
    let signed: Vec<_> = signed.iter().map(|one| (one.signature.name.as_str(), one.signature.nip.as_deref())).collect();
    assert_eq!(signed, [("dr. Budi", Some("197001011999031001")), ("Citra Dewi", Some("198502022010012002"))]);
}

#[test]
fn where_one_of_several_months_is_not_said_it_is_asked_for() {
    let found = import(
        "rekap.xlsx",
        &[page(
            "Lokmin",
            &[
                &["UPT PUSKESMAS ABCDE"],
                &["BULAN : MEI 2023", "", "", "BULAN : JUNI 2023"],
                &["Nama", "Hadir", "", "Nama", "Hadir", "", "Nama", "Hadir"],
                &["Apotek Alvi", "√", "", "Apotek Alvi", "-", "", "Apotek Alvi", "√"],
            ],
        )],
    );
    assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-05 hadir", "Apotek Alvi: lokmin 2023-06 tidak"]);
    assert_eq!(found.issues, ["Lokmin!G3 missing_value"]);
}
