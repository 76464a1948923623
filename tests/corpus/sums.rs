//! Rows of sums, wherever their label stands and whatever they hold, and what else stands between rows and beside
//! them: never rows of the table, recomputed where they can be.

use super::sheet;

/// A month's Capaian with these rows below three facilities.
fn with(rows: &[&[&str]]) -> super::Brought {
    let mut all: Vec<&[&str]> = vec![
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Jejaring", "K6", "", ""],
        &["", "", "Sasaran", "Capaian", "%"],
        &["", "", "=3", "=4", "=6"],
        &["A", "JARINGAN"],
        &["=1", "Pustu Ngatri", "=10", "=1", "%0.1", "", "", "=77"],
        &["", "B. JEJARING"],
        &["=2", "Apotek Alvi", "=20", "=5", "%0.25"],
        &["", "a. Klinik Alvi", "", "", ""],
        &["=3", "Klinik Alvi", "=30", "=6", "%0.2"],
    ];
    all.extend(rows);
    sheet(&all)
}

const FACTS: [&str; 3] =
    ["Apotek Alvi: K6 2023-05 5/20", "Klinik Alvi: K6 2023-05 6/30", "Pustu Ngatri: K6 2023-05 1/10"];

#[test]
fn labels_in_any_place() {
    let rows: [&[&str]; 10] = [
        &["JUMLAH", "", "=60", "=12", "%0.2"],
        &["", "TOTAL", "=60", "=12", "%0.2"],
        &["Jumlah seluruhnya", "", "=60", "=12"],
        &["", "PUSKESMAS ABCDE", "=60", "=12"],
        &["UPT Puskesmas Abcde", "", "=60", "=12"],
        &["", "KABUPATEN BENDOSARI", "=60", "=12"],
        &["=4", "JUMLAH", "=60", "=12"],
        &["", "", "=60", "=12", "%0.2"],
        &["", "Rata-rata", "=20", "=4", "%0.18"],
        &["", "Rata-rata", "=20", "=4", "%0.55"],
    ];
    for row in rows {
        let found = with(&[row]);
        if row[0].is_empty() && row[1].is_empty() {
            // Figures that nothing names: said, not dropped.
            assert_eq!(
                (found.facts.as_slice(), found.issues.as_slice()),
                (&FACTS.map(str::to_owned)[..], &["Lembar!B12 missing_value".to_owned()][..])
            );
            continue;
        }
        assert_eq!((found.facts, found.issues), (FACTS.map(str::to_owned).to_vec(), vec![]), "{row:?}");
    }
}

#[test]
fn a_wrong_sum_is_told_with_both_figures() {
    for (row, ours) in [
        (["", "TOTAL", "=120", "=12"], ("120", "60")),
        (["JUMLAH", "", "=61", "=12"], ("61", "60")),
        (["", "Rata-rata", "=33", "=4"], ("33", "20")),
    ] {
        let found = with(&[&row]);
        assert_eq!(found.facts, FACTS);
        assert_eq!(found.issues, ["Lembar!C12 total_differs"], "{row:?}");
        let message = &found.receipt.issues[0].message;
        assert!(message.contains(ours.0) && message.contains(ours.1), "{message}");
    }
}

#[test]
fn sums_of_parts_and_of_parts_together() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Jejaring", "K6", ""],
        &["", "", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=10", "=1"],
        &["=2", "Apotek Alvi", "=20", "=5"],
        &["", "Sub Jumlah", "=30", "=6"],
        &["=3", "Klinik Alvi", "=30", "=6"],
        &["", "Sub Jumlah", "=30", "=6"],
        &["", "Jumlah", "=60", "=12"],
        &["", "Total", "=120", "=24"],
    ]);
    assert_eq!(found.facts, FACTS);
    assert_eq!(found.issues, ["Lembar!C11 total_differs", "Lembar!D11 total_differs"]);
}

#[test]
fn the_heading_again_at_every_page_and_the_signatures() {
    let found = with(&[
        &["No", "Nama Jejaring", "K6", "", ""],
        &["", "", "Sasaran", "Capaian", "%"],
        &["(1)", "(2)", "(3)", "(4)", "(5)"],
        &["=4", "BPM. I Made Oka", "=5", "=2", "#DIV/0!"],
        &["", "TOTAL", "=65", "=14"],
        &[],
        &["", "Bendosari, 0 April 2024", "", "", ""],
        &["", "Mengetahui,", "", "Pengelola Program"],
        &["", "Plt. Kepala UPT Puskesmas Abcde", "", ""],
        &[],
        &["", "dr. Budi", "", "Citra"],
        &["", "NIP. 197001011999031001", "", "NIP. -"],
    ]);
    let mut expected = FACTS.map(str::to_owned).to_vec();
    expected.insert(1, "BPM I Made Oka: K6 2023-05 2/5".to_owned());
    assert_eq!((found.facts, found.issues), (expected, vec![]));
    let signed = found.store.signatures("Abcde").unwrap();
    let signed: Vec<_> = signed.into_iter().map(|kept| kept.signature).collect();
    assert_eq!(signed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["dr. Budi", "Citra"]);
    assert_eq!((signed[0].is_acting, signed[0].place.as_deref(), signed[0].date), (true, Some("Bendosari"), None));
}
