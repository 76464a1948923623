//! Sheets by which the network is managed: the life of agreements, the five steps, the aspects of integration, in the
//! words that occur; what is wrong is named by its cell, and a blank is no zero.

use super::sheet;
use crate::import::facts;

#[test]
fn the_life_of_agreements_is_read_in_the_words_that_occur() {
    let found = sheet(&[
        &["RIWAYAT PKS JEJARING TAHUN 2023"],
        &["UPT PUSKESMAS ABCDE"],
        &["No", "Nama Jejaring", "Tahap PKS/MoU", "Tgl", "No. MoU", "Berlaku s/d", "Difasilitasi Dinkes", "Ket"],
        &["1", "KLINIK ALVI", "diminta", "5 Januari 2023", "", "", "ya", ""],
        &["2", "Klinik Alvi", "DITANDATANGANI", "01/03/2023", "12/PKS/2023", "28/02/2026", "", "dua rangkap"],
        &["3", "Apotik Alvi", "Disusun", "2-2-2023", "-", "-", "tidak", ""],
    ]);
    assert_eq!(found.issues, [""; 0]);
    let steps: Vec<_> = facts(&found.store).written.agreement_steps.into_iter().map(|owned| owned.row).collect();
    let told: Vec<(&str, &str, String, Option<String>)> = steps
        .iter()
        .map(|step| {
            let until = step.until.map(|until| until.to_string());
            (step.facility.as_str(), step.step.as_str(), step.date.to_string(), until)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Apotek Alvi", "Disusun", "2023-02-02".to_owned(), None),
            ("Klinik Alvi", "Diminta", "2023-01-05".to_owned(), None),
            ("Klinik Alvi", "Ditandatangani", "2023-03-01".to_owned(), Some("2026-02-28".to_owned())),
        ]
    );
    assert_eq!((steps[0].number.as_deref(), steps[1].facilitated.as_deref()), (None, Some("Ya")));
    assert_eq!((steps[2].number.as_deref(), steps[2].note.as_deref()), (Some("12/PKS/2023"), Some("dua rangkap")));
}

#[test]
fn a_wrong_cell_of_an_agreement_rejects_its_row_and_is_named() {
    let found = sheet(&[
        &["PROSES PKS JEJARING"],
        &["UPT PUSKESMAS ABCDE"],
        &["TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Langkah PKS", "Tanggal Langkah", "Nomor PKS", "PKS s.d."],
        &["1", "Klinik Sakit", "Diminta", "5 Januari 2023", "", ""],
        &["2", "Klinik Alvi", "Dibahas", "5 Januari 2023", "", ""],
        &["3", "Klinik Alvi", "Diminta", "", "", ""],
        &["4", "Klinik Alvi", "Ditandatangani", "1 Maret 2023", "1", "kapan-kapan"],
        &["5", "", "Diminta", "1 Maret 2023", "", ""],
        &["6", "Apotek Alvi", "Diminta", "1 Maret 2023", "", ""],
        &["7", "Apotek Alvi", "Diminta", "1 Maret 2023", "", ""],
    ]);
    assert_eq!(
        found.issues,
        [
            "Lembar!B5 unknown_facility",
            "Lembar!C6 unknown_value",
            "Lembar!D7 missing_value",
            "Lembar!F8 invalid_date",
            "Lembar!B9 missing_value",
            "Lembar!B11 duplicate",
        ]
    );
    assert_eq!(facts(&found.store).written.agreement_steps.len(), 1);
}

#[test]
fn steps_and_aspects_are_read_and_a_blank_is_not_assessed() {
    let steps = sheet(&[
        &["LANGKAH PENGELOLAAN JEJARING TAHUN 2023"],
        &["UPT PUSKESMAS ABCDE"],
        &["No", "Nama Faskes", "Tahap Pengelolaan", "Tanggal", "Keterangan", "Bukti"],
        &["1", "Pustu Ngatri", "masalah diidentifikasi", "3 April 2023", "", "SMD"],
    ]);
    assert_eq!(steps.issues, [""; 0]);
    let step = &facts(&steps.store).written.network_steps[0].row;
    assert_eq!((step.step.as_str(), step.date.to_string().as_str()), ("Masalah diidentifikasi", "2023-04-03"));
    assert_eq!((step.note.as_deref(), step.proof.as_deref()), (None, Some("SMD")));
    let scores = sheet(&[
        &["PENILAIAN INTEGRASI JEJARING"],
        &["UPT PUSKESMAS ABCDE"],
        &["TAHUN 2023"],
        &["No", "Nama Faskes", "Aspek Integrasi", "Nilai", "Nilai Maksimal", "Catatan"],
        &["1", "Pustu Ngatri", "Kader", "=0", "=4", ""],
        &["2", "Pustu Ngatri", "Kerja sama", "", "=4", ""],
        &["3", "Pustu Ngatri", "Sumber daya", "=5", "=4", ""],
        &["4", "Pustu Ngatri", "SOP dan rujukan", "=2,5", "=4", ""],
    ]);
    assert_eq!(scores.issues, ["Lembar!D7 score_above_maximum", "Lembar!D8 invalid_number"]);
    let rows = facts(&scores.store).written.integration_scores;
    let found: Vec<_> =
        rows.iter().map(|owned| (owned.row.aspect.as_str(), owned.row.points, owned.row.maximum)).collect();
    assert_eq!(found, [("Kader", Some(0), Some(4)), ("Kerja sama", None, Some(4))]);
}
