//! What becomes of single files: whose they are, what fails, corrections, replacing, repeats.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::app::import::{ImportOptions, ImportStep, Upload, import};
use simpul::store::{By, Scope, Store};

use super::{facts, options, run, status};
use crate::support::VISIT_HEADINGS;

/// A sheet: its name and its rows of text.
pub(super) type Page<'a> = (&'a str, Vec<Vec<&'a str>>);

pub(super) fn workbook(name: &str, pages: &[Page<'_>]) -> Upload {
    let mut workbook = Workbook::new();
    // Without it the bytes would change with the second in which the test runs.
    let written = ExcelDateTime::from_ymd(2023, 6, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    for (sheet, rows) in pages {
        let page = workbook.add_worksheet();
        page.set_name(*sheet).unwrap();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                if !cell.is_empty() {
                    page.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
    Upload { name: name.to_owned(), bytes: workbook.save_to_buffer().unwrap() }
}

pub(super) fn register<'a>(banner: &'a str, names: &[&'a str]) -> Page<'a> {
    let mut rows = vec![vec![banner], vec!["DAFTAR IDENTIFIKASI TAHUN 2023"], vec![]];
    rows.push(vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Alamat"]);
    rows.extend(names.iter().map(|name| vec!["1", *name, "Klinik", "Jejaring", "Jl. Melati"]));
    ("Identifikasi", rows)
}

fn visits<'a>(banner: &'a str, rows: &[(&'a str, &'a str, &'a str)]) -> Page<'a> {
    let mut page = vec![vec![banner], vec!["PEMBINAAN JARINGAN DAN JEJARING"], vec!["BULAN : MEI 2023"], vec![]];
    page.push(VISIT_HEADINGS.to_vec());
    page.extend(
        rows.iter()
            .map(|(date, name, points)| vec!["1", *date, *name, "Supervisi", "Ani", *points, "100", "Ada", "", "Ada"]),
    );
    ("Pembinaan", page)
}

pub(super) const ABCDE: &str = "UPT PUSKESMAS ABCDE";

fn days(store: &Store) -> Vec<u32> {
    use chrono::Datelike;
    facts(store).visits.iter().map(|visit| visit.date.day().unwrap().day()).collect()
}

fn replacing(store: &Store, file: Upload) -> Vec<FileReceipt> {
    import(store, &[file], &ImportOptions { replace: true, ..options() }, &mut |_| {}).files
}

fn may(name: &str, days: &[&str]) -> Upload {
    let dates: Vec<String> = days.iter().map(|day| format!("{day} Mei 2023")).collect();
    let rows: Vec<_> = dates.iter().map(|date| (date.as_str(), "Klinik Bina", "80")).collect();
    workbook(name, &[visits(ABCDE, &rows)])
}

fn known() -> Store {
    let store = Store::in_memory().unwrap();
    let receipts = run(&store, &[workbook("register.xlsx", &[register(ABCDE, &["Klinik Bina", "Apotek Alvi"])])]);
    assert_eq!(status(&receipts), [FileStatus::Imported], "{receipts:?}");
    store
}

#[test]
fn a_workbook_without_banner_belongs_to_the_only_puskesmas() {
    let files = [
        workbook("rekap.xlsx", &[visits("", &[("2 Mei 2023", "Klinik Bina", "80")])]),
        workbook("register.xlsx", &[register(ABCDE, &["Klinik Bina"])]),
    ];
    let store = Store::in_memory().unwrap();
    let receipts = run(&store, &files);
    assert_eq!(status(&receipts), [FileStatus::Imported, FileStatus::Imported], "{receipts:?}");
    assert_eq!(receipts[0].puskesmas.as_deref(), Some(ABCDE));
    assert_eq!((store.puskesmas().unwrap(), days(&store)), (vec![ABCDE.to_owned()], vec![2]));
}

#[test]
fn without_banner_and_with_several_or_none_it_is_refused_with_advice() {
    let orphan = || workbook("rekap.xlsx", &[visits("", &[("2 Mei 2023", "Klinik Bina", "80")])]);
    let store = Store::in_memory().unwrap();
    let receipts = run(&store, &[orphan()]);
    assert_eq!(status(&receipts), [FileStatus::Failed]);
    assert!(receipts[0].error.as_ref().unwrap().to_string().contains("--puskesmas"), "{receipts:?}");
    let told = ImportOptions { expected: Some("Puskesmas Mekar".to_owned()), ..options() };
    let receipts = import(&Store::in_memory().unwrap(), &[orphan()], &told, &mut |_| {}).files;
    assert_eq!(receipts[0].puskesmas.as_deref(), Some("Puskesmas Mekar"), "{receipts:?}");
    let titled = workbook("b.xlsx", &[register(ABCDE, &["Klinik Bina"])]);
    let receipts = import(&Store::in_memory().unwrap(), &[orphan(), titled], &told, &mut |_| {}).files;
    assert!(receipts.iter().all(|receipt| receipt.puskesmas.as_deref() == Some(ABCDE)), "{receipts:?}");
    let two = [
        workbook("a.xlsx", &[register(ABCDE, &["Klinik Bina"])]),
        workbook("b.xlsx", &[register("PUSKESMAS ZAMRUD", &["Klinik Bina"])]),
        orphan(),
    ];
    let receipts = run(&store, &two);
    assert_eq!(status(&receipts), [FileStatus::Imported, FileStatus::Imported, FileStatus::Failed]);
    assert!(receipts[2].error.as_ref().unwrap().to_string().contains("ZAMRUD"), "{receipts:?}");
    let named = ImportOptions { puskesmas: Some("pkm zamrud".into()), ..options() };
    let receipts = import(&store, &[orphan()], &named, &mut |_| {}).files;
    assert_eq!(receipts[0].puskesmas.as_deref(), Some("PUSKESMAS ZAMRUD"));
    let zamrud = store.facts(&Scope::Puskesmas("Zamrud".into())).unwrap();
    assert_eq!((zamrud.visits.len(), facts(&store).visits.len()), (1, 1));
}

#[test]
fn a_workbook_of_two_puskesmas_is_refused() {
    let store = Store::in_memory().unwrap();
    let both = workbook("x.xlsx", &[register(ABCDE, &["Klinik Bina"]), visits("PUSKESMAS ZAMRUD", &[])]);
    let receipts = run(&store, &[both]);
    assert_eq!(status(&receipts), [FileStatus::Failed]);
    assert!(receipts[0].error.as_ref().unwrap().to_string().contains("lebih dari satu Puskesmas"), "{receipts:?}");
    assert!(store.history(&Scope::All).unwrap().is_empty());
}

#[test]
fn what_fails_fails_alone() {
    let store = Store::in_memory().unwrap();
    let broken = Upload { name: "rusak.xlsx".into(), bytes: b"PK\x03\x04 bukan".to_vec() };
    let empty = workbook("kosong.xlsx", &[("Lembar1", vec![vec!["halo"]])]);
    // Neither the title nor the dates say the year.
    let (sheet, mut rows) = visits(ABCDE, &[("2 Mei", "Klinik Bina", "80")]);
    rows[2] = vec![];
    let timeless = workbook("entah kapan.xlsx", &[(sheet, rows)]);
    let good = workbook("C:\\rekap\\register.xlsx", &[register(ABCDE, &["Klinik Bina"])]);
    let receipts = run(&store, &[broken.clone(), empty, good.clone(), broken, good]);
    let (failed, imported) = (FileStatus::Failed, FileStatus::Imported);
    assert_eq!(status(&receipts), [failed, failed, imported, failed, FileStatus::Unchanged], "{receipts:?}");
    assert!(receipts[1].error.as_ref().unwrap().to_string().contains("tidak ada tabel yang dikenal"));
    assert_eq!(receipts[3].error, receipts[0].error);
    let asked = run(&store, &[timeless]);
    assert!(asked[0].error.as_ref().unwrap().to_string().contains("lembar Pembinaan: tahun"), "{asked:?}");
    assert_eq!(store.history(&Scope::All).unwrap()[0].file_name, "register.xlsx");
}

#[test]
fn a_correction_names_what_it_lacks_and_an_older_version_changes_nothing() {
    let store = known();
    run(&store, &[may("v1.xlsx", &["2", "9"])]);
    let receipts = run(&store, &[may("v2.xlsx", &["9", "16"])]);
    let warning = &receipts[0].issues[0];
    assert_eq!((warning.code, warning.severity), ("row_gone", "warning"));
    assert!(warning.message.contains("Klinik Bina, 2 Mei 2023") && warning.message.contains("v1.xlsx"));
    let before = facts(&store);
    let receipts = run(&store, &[may("v1.xlsx", &["2", "9"])]);
    assert_eq!(status(&receipts), [FileStatus::Unchanged]);
    assert_eq!(receipts[0].issues[0].code, "later_version_held");
    assert!(receipts[0].issues[0].message.contains("v2.xlsx"), "{receipts:?}");
    assert_eq!(facts(&store), before);
}

#[test]
fn replacing_works_at_once_and_afterwards() {
    let store = known();
    run(&store, &[may("v1.xlsx", &["2", "9"])]);
    run(&store, &[may("v2.xlsx", &["9"])]);
    assert_eq!(days(&store), [2, 9]);
    let receipts = replacing(&store, may("v2.xlsx", &["9"]));
    assert_eq!((status(&receipts), days(&store)), (vec![FileStatus::Imported], vec![9]));
    assert!(receipts[0].issues[0].message.contains("dikeluarkan"), "{receipts:?}");
    let receipts = replacing(&store, may("v3.xlsx", &["16"]));
    assert_eq!((status(&receipts), days(&store)), (vec![FileStatus::Imported], vec![16]));
    store.undo(receipts[0].batch.unwrap(), By::command_line("ani", super::now())).unwrap();
    assert_eq!(days(&store), [9]);
    assert_eq!(status(&replacing(&store, may("v2.xlsx", &["9"]))), [FileStatus::Unchanged]);
}

#[test]
fn two_versions_in_one_call_count_in_the_order_given() {
    let scored = |name, points| workbook(name, &[visits(ABCDE, &[("2 Mei 2023", "Klinik Bina", points)])]);
    for (files, expected) in [
        ([scored("v1.xlsx", "70"), scored("v2.xlsx", "90")], 90.0),
        ([scored("v2.xlsx", "90"), scored("v1.xlsx", "70")], 70.0),
    ] {
        let store = known();
        run(&store, &files);
        assert_eq!(facts(&store).visits[0].points, Some(expected));
    }
}

#[test]
fn a_rejected_row_is_counted_and_comes_in_once_the_register_knows_it() {
    let store = known();
    let rows = [
        ("2 Mei 2023", "Klinik Bina", "80"),
        ("3 Mei 2023", "Klinik Baru", "80"),
        ("4 Mei 2023", "Klinik Bina", "120"),
    ];
    let recap = workbook("mei.xlsx", &[visits(ABCDE, &rows)]);
    let receipts = run(&store, std::slice::from_ref(&recap));
    let sheet = &receipts[0].sheets[0];
    assert_eq!((sheet.table, sheet.rows, sheet.accepted, sheet.rejected), ("visits", 3, 1, 2));
    let codes =
        |receipt: &FileReceipt| receipt.errors().map(|error| (error.cell.clone(), error.code)).collect::<Vec<_>>();
    assert_eq!(codes(&receipts[0]), [("C7".to_owned(), "unknown_facility"), ("F8".to_owned(), "score_above_maximum")]);
    assert_eq!(status(&run(&store, std::slice::from_ref(&recap))), [FileStatus::Unchanged]);
    let newer = workbook("register2.xlsx", &[register(ABCDE, &["Klinik Bina", "Apotek Alvi", "Klinik Baru"])]);
    // The register of the same call serves it too.
    let receipts = run(&store, &[recap.clone(), newer]);
    assert_eq!(status(&receipts), [FileStatus::Imported, FileStatus::Imported]);
    assert_eq!(codes(&receipts[0]), [("F8".to_owned(), "score_above_maximum")]);
    assert_eq!(facts(&store).visits.len(), 2);
    assert_eq!(status(&run(&store, &[recap])), [FileStatus::Unchanged]);
}

#[test]
fn a_change_is_judged_against_those_of_the_months_before_it() {
    let schedule = (
        "Jadwal",
        vec![
            vec![ABCDE],
            vec!["JADWAL PEMBINAAN TAHUN 2023"],
            vec!["No", "Nama Jaringan/Jejaring", "B u l a n"],
            vec!["", "", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
            vec!["1", "Klinik Bina", "", "", "", "", "X"],
        ],
    );
    let change = |name, month, from, to| {
        let head = vec!["No", "Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket."];
        let banner = vec![vec![ABCDE], vec!["PERUBAHAN JADWAL"], vec![month], head];
        let rows = banner.into_iter().chain([vec!["1", "Klinik Bina", from, to]]).collect();
        workbook(name, &[("Perubahan", rows)])
    };
    let store = known();
    let files = [
        change("juni.xlsx", "BULAN : JUNI 2023", "Juni 2023", "Agustus 2023"),
        change("mei.xlsx", "BULAN : MEI 2023", "Mei 2023", "Juni 2023"),
        workbook("jadwal.xlsx", &[schedule]),
    ];
    let receipts = run(&store, &files);
    assert!(receipts.iter().all(|receipt| receipt.errors().count() == 0), "{receipts:?}");
    // A later version of the June recap still names the month to which May's moved the slot.
    let receipts = run(&store, &[change("juni2.xlsx", "BULAN : JUNI 2023", "Juni 2023", "Juli 2023")]);
    assert_eq!(receipts[0].errors().count(), 0, "{receipts:?}");
    let moved: Vec<_> = facts(&store).changes.iter().map(|change| change.moved_to.unwrap().month()).collect();
    assert_eq!(moved, [6, 7]);
}

#[test]
fn an_alias_lets_a_rejected_row_in() {
    let store = known();
    let recap = workbook("mei.xlsx", &[visits(ABCDE, &[("2 Mei 2023", "Klinik dr. Bina", "80")])]);
    assert_eq!(run(&store, std::slice::from_ref(&recap))[0].errors().count(), 1);
    store.add_alias(ABCDE, "Klinik dr. Bina", "KLINIK BINA", By::command_line("ani", super::now())).unwrap();
    let receipts = run(&store, &[recap]);
    assert_eq!((status(&receipts), receipts[0].errors().count()), (vec![FileStatus::Imported], 0));
    assert_eq!(days(&store), [2]);
}

#[test]
fn an_undone_file_may_come_again() {
    let store = known();
    let receipts = run(&store, &[may("v1.xlsx", &["2"])]);
    store.undo(receipts[0].batch.unwrap(), By::command_line("ani", super::now())).unwrap();
    assert!(days(&store).is_empty());
    assert_eq!(status(&run(&store, &[may("v1.xlsx", &["2"])])), [FileStatus::Imported]);
    assert_eq!(days(&store), [2]);
}

#[test]
fn progress_counts_files_in_two_steps() {
    let store = Store::in_memory().unwrap();
    let files = [workbook("register.xlsx", &[register(ABCDE, &["Klinik Bina"])]), may("mei.xlsx", &["2"])];
    let mut seen = Vec::new();
    import(&store, &files, &options(), &mut |progress| {
        seen.push((progress.step, progress.done, progress.total, progress.file.to_owned()));
    });
    let (mut opened, stored): (Vec<_>, Vec<_>) = seen.into_iter().partition(|seen| seen.0 == ImportStep::Opening);
    // Files are opened side by side: the second may begin before the first is done.
    assert!(opened.iter().all(|(_, done, total, _)| *done <= 1 && *total == 2), "{opened:?}");
    opened.sort_by(|one, other| one.3.cmp(&other.3));
    assert_eq!(opened.into_iter().map(|seen| seen.3).collect::<Vec<_>>(), ["mei.xlsx", "register.xlsx"]);
    let step = |done, file: &str| (ImportStep::Storing, done, 2, file.to_owned());
    assert_eq!(stored, [step(0, "register.xlsx"), step(1, "mei.xlsx")]);
}

#[test]
fn a_file_of_which_nothing_counts_is_refused_and_leaves_nothing() {
    let store = known();
    let version = store.version().unwrap();
    let wrong = workbook("mei.xlsx", &[visits(ABCDE, &[("2 Mei 2023", "Tak Dikenal", "80")])]);
    for _again in 0..2 {
        let receipts = run(&store, &[wrong.clone(), wrong.clone()]);
        assert_eq!(status(&receipts), [FileStatus::Failed, FileStatus::Failed], "{receipts:?}");
        let error = receipts[0].error.as_ref().unwrap().to_string();
        assert!(error.starts_with("mei.xlsx: tidak satu baris pun dapat diterima (1 baris ditolak)"), "{error}");
        let sheet = &receipts[0].sheets[0];
        assert_eq!((sheet.rows, sheet.accepted, sheet.rejected), (1, 0, 1));
        assert_eq!(receipts[0].errors().map(|error| error.cell.as_str()).collect::<Vec<_>>(), ["C6"]);
        assert_eq!((receipts[0].puskesmas.as_deref(), receipts[0].batch), (Some(ABCDE), None));
    }
    assert_eq!((store.version().unwrap(), store.history(&Scope::All).unwrap().len()), (version, 1));
    // A month without a row is no mistake.
    let empty = workbook("juni.xlsx", &[visits(ABCDE, &[])]);
    assert_eq!(status(&run(&store, &[empty])), [FileStatus::Imported]);
}

#[test]
fn a_name_in_a_title_makes_no_second_puskesmas() {
    let store = known();
    let decree = |banner, name| {
        let rows = vec![
            vec![banner],
            vec!["INDIKATOR KINERJA PEMBINAAN TAHUN 2023"],
            vec!["Kode", "Indikator", "Target (%)", "Bobot"],
            vec!["CAK", "Cakupan", "90", "20"],
        ];
        workbook(name, &[("Kinerja", rows)])
    };
    let slip = decree("UPT PUSKESMAS ABCDF", "kinerja.xlsx");
    let receipts = run(&store, std::slice::from_ref(&slip));
    assert_eq!(status(&receipts), [FileStatus::Failed], "{receipts:?}");
    let error = receipts[0].error.as_ref().unwrap().to_string();
    for words in ["ABCDF, yang belum ada di folder data ini", ABCDE, "--puskesmas"] {
        assert!(error.contains(words), "{words}: {error}");
    }
    // Another name that was said is no yes to this one, and the file is not given to it.
    let other = ImportOptions { puskesmas: Some(ABCDE.to_owned()), ..options() };
    let receipts = import(&store, std::slice::from_ref(&slip), &other, &mut |_| {}).files;
    assert_eq!(status(&receipts), [FileStatus::Failed]);
    assert_eq!(store.puskesmas().unwrap(), [ABCDE]);
    let said = ImportOptions { puskesmas: Some("Puskesmas Abcdf".to_owned()), ..options() };
    let receipts = import(&store, &[slip], &said, &mut |_| {}).files;
    assert_eq!(status(&receipts), [FileStatus::Imported], "{receipts:?}");
    assert_eq!(receipts[0].puskesmas.as_deref(), Some("UPT PUSKESMAS ABCDF"));
    assert_eq!(store.puskesmas().unwrap().len(), 2);
    // With the list of its facilities in the same call it needs no yes.
    let files = [
        decree("PUSKESMAS ZAMRUD", "kinerja-zamrud.xlsx"),
        workbook("register-zamrud.xlsx", &[register("PKM ZAMRUD", &["Klinik Bina"])]),
    ];
    assert_eq!(status(&run(&store, &files)), [FileStatus::Imported, FileStatus::Imported]);
    assert_eq!(store.puskesmas().unwrap().len(), 3);
    // Where there is none yet, the only one that is named can be mixed up with no other; two can.
    let empty = Store::in_memory().unwrap();
    let two = [decree(ABCDE, "a.xlsx"), decree("PUSKESMAS ZAMRUD", "b.xlsx")];
    assert_eq!(status(&run(&empty, &two)), [FileStatus::Failed, FileStatus::Failed]);
    assert_eq!(status(&run(&empty, &two[..1])), [FileStatus::Imported]);
}
