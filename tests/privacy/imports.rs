//! What an import keeps: nothing of a person, every figure, and the file known again.

use std::collections::BTreeSet;

use proptest::prelude::*;
use simpul::app::App;
use simpul::app::difference::ledger;
use simpul::app::import::ImportRequest;
use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::app::intake::draft::{Acceptance, DraftDecision};
use simpul::store::Scope;
use std::ops::ControlFlow;

use super::{SECRETS, folder, holding, holds_packed_texts, recap, register, visits};

fn import(app: &App, files: &[Upload]) -> Vec<FileReceipt> {
    app.import(files, None, false, &mut |_| {}).files
}

fn told(receipt: &FileReceipt) -> Vec<String> {
    let issues = receipt.issues.iter().filter(|issue| issue.code == "personal_data");
    issues.map(|issue| format!("{}!{}: {}", issue.sheet, issue.cell, issue.message)).collect()
}

#[test]
fn nothing_of_a_person_is_kept_and_every_figure_is() {
    let folder = folder();
    let receipts = import(&folder.app, &[register(), recap(None)]);
    assert!(receipts.iter().all(|receipt| receipt.status == FileStatus::Imported), "{receipts:?}");
    assert_eq!(told(&receipts[0]), Vec::<String>::new(), "persons and telephones of facilities are no patients'");
    assert_eq!(
        told(&receipts[1]),
        [
            "Pembinaan!K4: data pribadi: 1 NIK di kolom K (pertama K4 35•• •••• •••• ••12); 1 nomor HP di kolom K \
             (pertama K4 08•• •••• ••32); 1 nama pasien atau keluarganya di kolom K (pertama K4 S••• R•••); dihapus \
             dari salinan yang disimpan dan dari teks yang dicatat, di sel K4; angka tidak berubah",
            "Pasien!B3: data pribadi: 1 NIK di kolom C (pertama C3 35•• •••• •••• ••12); 1 nomor BPJS di kolom D \
             (pertama D3 00•• •••• •••7 6); 1 nomor HP di kolom E (pertama E3 08•• •••• ••32); 1 nama pasien atau \
             keluarganya di kolom B (pertama B3 S••• R•••); 1 nama pasien atau keluarganya di kolom F (pertama F3 \
             P••• W•••); dihapus dari salinan yang disimpan dan dari teks yang dicatat, di sel B3, C3, D3, E3, F3; \
             angka tidak berubah"
        ]
    );
    let batch = receipts[1].batch.unwrap();
    let (name, bytes) = folder.app.store().original(batch).unwrap();
    assert_eq!(name, "mei.xlsx");
    let kept = folder.app.opener().read(&name, &bytes).unwrap();
    let text = format!("{kept:?}");
    assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    assert!(text.contains("BPM Ny. Sri Wahyuni") && text.contains("198005122005012003"), "{text}");
    assert!(text.contains("081355557777"), "telephones of those who sign stay");
    let came = folder.app.opener().read("mei.xlsx", &recap(None).bytes).unwrap();
    let cells = |book: &simpul::workbook::Workbook| -> usize {
        book.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum()
    };
    assert_eq!(cells(&kept), cells(&came));
    let facts = ledger(&folder.app.store().facts(&Scope::All).unwrap());
    let facts = format!("{facts:?}");
    assert!(facts.contains("Ny. [nama #") && facts.contains("[NIK #") && facts.contains("[nomor HP #"), "{facts}");
    let again = import(&folder.app, &[recap(None)]);
    assert_eq!(again[0].status, FileStatus::Unchanged);
    assert!(folder.app.batches().around(batch, "Pembinaan", "K4").is_ok());
    drop(folder.app);
    assert_eq!(holding(folder.folder.path()), Vec::<String>::new());
    assert!(!holds_packed_texts(folder.folder.path(), &recap(None).bytes));
}

#[test]
fn what_a_comment_repeats_goes_with_it() {
    let folder = folder();
    import(&folder.app, &[register()]);
    let receipt = import(&folder.app, &[recap(Some("tanya Sumiyati Rahayu"))]).remove(0);
    assert_eq!(receipt.status, FileStatus::Imported, "{receipt:?}");
    let (_, bytes) = folder.app.store().original(receipt.batch.unwrap()).unwrap();
    assert!(folder.app.opener().read("mei.xlsx", &bytes).is_ok());
    drop(folder.app);
    assert_eq!(holding(folder.folder.path()), Vec::<String>::new());
}

#[test]
fn other_formats_are_kept_as_their_cells() {
    let folder = folder();
    import(&folder.app, &[register()]);
    let line = |row: &Vec<String>| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let text = visits().iter().map(line).collect::<Vec<_>>().join("\n");
    let csv = Upload { name: "pembinaan-mei.csv".to_owned(), bytes: text.into_bytes() };
    let receipt = import(&folder.app, std::slice::from_ref(&csv)).remove(0);
    assert_eq!(receipt.status, FileStatus::Imported, "{receipt:?}");
    let (name, bytes) = folder.app.store().original(receipt.batch.unwrap()).unwrap();
    assert_eq!(name, "pembinaan-mei.csv.xlsx");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(import(&folder.app, &[csv])[0].status, FileStatus::Unchanged);
    drop(folder.app);
    assert_eq!(holding(folder.folder.path()), Vec::<String>::new());
}

#[test]
fn with_a_reason_all_is_kept_as_it_came() {
    let folder = folder();
    import(&folder.app, &[register()]);
    let asked = ImportRequest { keeps_because: Some("register TB, dasar tugas"), ..ImportRequest::default() };
    let receipt = folder.app.import_as(&[recap(None)], &asked, &mut |_| ControlFlow::Continue(())).files.remove(0);
    assert!(told(&receipt)[0].ends_with("disimpan apa adanya, dengan alasan: register TB, dasar tugas"), "{receipt:?}");
    assert_eq!(folder.app.store().original(receipt.batch.unwrap()).unwrap().1, recap(None).bytes);
    // The folder's setting, for commands and jobs.
    let other = super::folder();
    other.app.personal().set_keeps("uji coba").unwrap();
    let receipt = import(&other.app, &[register(), recap(None)]).remove(1);
    assert!(told(&receipt)[0].ends_with("alasan: uji coba"));
    other.app.personal().set_keeps("").unwrap();
    assert_eq!(other.app.personal().keeps_because().unwrap(), None);
}

#[test]
fn a_preview_offers_both_and_does_what_was_chosen() {
    for reason in [None, Some("diminta Dinas untuk pelacakan")] {
        let folder = folder();
        import(&folder.app, &[register()]);
        let id = folder.app.intake().add_draft(&[recap(None)]).unwrap();
        let view = folder.app.intake().preview(id, None).unwrap();
        let issues: Vec<_> = view.files[0].1.sheets.iter().flat_map(|sheet| &sheet.issues).collect();
        assert_eq!(issues.iter().filter(|issue| issue.code == "personal_data").count(), 2, "one a sheet: {issues:?}");
        let kept = reason.map(|reason| (0, reason.to_owned())).into_iter().collect();
        let seals = view.files.iter().map(|(place, file)| (*place, file.seal())).collect();
        let wanted = Acceptance { seals, kept, ..Acceptance::default() };
        let decision = folder.app.intake().accept_draft(id, &wanted).unwrap();
        assert!(matches!(decision, DraftDecision::Accepted(1)), "{decision:?}");
        let batch = folder.app.batches().history(&Scope::All).unwrap()[0].batch;
        let is_as_it_came = folder.app.store().original(batch).unwrap().1 == recap(None).bytes;
        assert_eq!(is_as_it_came, reason.is_some());
        // Beside a running service too: the draft's bytes are overwritten, and the log of writing is empty.
        if reason.is_none() {
            assert_eq!(holding(folder.folder.path()), Vec::<String>::new());
        }
        assert_eq!(holds_packed_texts(folder.folder.path(), &recap(None).bytes), reason.is_some());
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "(Ny|Tn|An|By)\\. [A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})? .{0,12}",
        "[0-9]{6,18}",
        "(08|\\+62 8)[0-9]{2}[- ]?[0-9]{4}[- ]?[0-9]{3,4}",
        "35[0-9]{2}[0-9]{12}",
        ".{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn masking_never_changes_a_figure(findings in prop::collection::vec(cell(), 1..6), points in 0_u32..100) {
        let mut rows = visits();
        rows.truncate(3);
        for (place, finding) in findings.iter().enumerate() {
            let name = if place % 2 == 0 { "Klinik Bina" } else { "BPM Ny. Sri Wahyuni" };
            let (day, points) = (format!("{} Mei 2023", place + 1), points.to_string());
            let cells = [
                "1", &day, name, "Supervisi", "Ani", &points, "100", "", "", "Ada", finding,
            ];
            rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
        }
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let file = Upload { name: "mei.xlsx".to_owned(), bytes: super::book(&[("Pembinaan", &rows)], None) };
        let figures = |keeps_because: Option<&str>| {
            let folder = folder();
            import(&folder.app, &[register()]);
            let asked = ImportRequest { keeps_because, ..ImportRequest::default() };
            let receipt = folder.app.import_as(std::slice::from_ref(&file), &asked, &mut |_| ControlFlow::Continue(()));
            let facts = folder.app.store().facts(&Scope::All).unwrap();
            let told: BTreeSet<String> =
                ledger(&facts).into_iter().map(|(id, text)| format!("{id:?} {}", text.what)).collect();
            (receipt.files[0].status, receipt.files[0].facts.clone(), told)
        };
        prop_assert_eq!(figures(None), figures(Some("uji")));
    }
}
