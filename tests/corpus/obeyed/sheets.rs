//! Sentences that no single sheet of a known Puskesmas brings forth, obeyed to the letter: about two versions of a plan,
//! and about a folder without data.

use simpul::store::Store;

use super::super::{Page, file, page};
use super::{KNOWN, Said, Upload, run, told};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const PLAN: &[&str] = &["JADWAL PEMBINAAN TAHUN 2024"];
const REVISED: &[&str] = &["JADWAL PEMBINAAN REVISI TAHUN 2024"];
const MONTHS: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"];
const OLD: &[&[&str]] = &[TITLE, PLAN, MONTHS, &["=1", "Apotek Alvi", "", "x", "", "x"]];
const NEW: &[&[&str]] = &[TITLE, REVISED, MONTHS, &["=1", "Apotek Alvi", "", "", "x", "x"]];
const UNITED: &[&[&str]] = &[TITLE, PLAN, MONTHS, &["=1", "Apotek Alvi", "", "x", "x", "x"]];
const MOVED: &[&[&str]] = &[
    TITLE,
    &["PERUBAHAN JADWAL TAHUN 2024"],
    &["No", "Nama Faskes", "Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket."],
    &["=1", "Apotek Alvi", "Februari 2024", "Maret 2024", "Diklat"],
];

/// What an import of these sheets brings to a store.
struct Outcome {
    facts: Vec<String>,
    issues: Vec<Said>,
}

fn imported(store: &Store, pages: &[Page<'_>]) -> Outcome {
    let receipt = run(store, &[file("rekap.xlsx", pages)]).remove(0);
    Outcome { facts: told(store), issues: receipt.issues.iter().map(Said::of).collect() }
}

/// A store that knows the Puskesmas.
fn known() -> Store {
    let store = Store::in_memory().unwrap();
    run(&store, &[Upload { name: KNOWN.name.clone(), bytes: KNOWN.bytes.clone() }]);
    store
}

fn planned(outcome: &Outcome) -> Vec<&str> {
    outcome
        .facts
        .iter()
        .map(String::as_str)
        .filter(|fact| fact.contains("jadwal 2024") || fact.contains("menjadi"))
        .collect()
}

#[test]
fn two_versions_of_a_plan_are_one_or_a_plan_and_its_change() {
    let old = "Apotek Alvi: jadwal 2024-02";
    let new = "Apotek Alvi: jadwal 2024-03";
    let both = "Apotek Alvi: jadwal 2024-04";
    let two = imported(&known(), &[page("Jadwal", OLD), page("Revisi", NEW)]);
    assert_eq!(planned(&two), [new, both]);
    let said = &two.issues[0].message;
    assert!(said.contains("bila keduanya berlaku, gabungkan dalam satu lembar, dan bila bulannya dipindah"), "{said}");
    let united = imported(&known(), &[page("Jadwal", UNITED)]);
    assert_eq!((planned(&united), united.issues.len()), (vec![old, new, both], 0));
    let moved = imported(&known(), &[page("Jadwal", OLD), page("Perubahan", MOVED)]);
    let change = "Apotek Alvi: 2024-02 menjadi Some(Month(24290)), Some(\"Diklat\")";
    assert_eq!((planned(&moved), moved.issues.len()), (vec![change, old, both], 0));
}

#[test]
fn names_that_came_before_any_data_are_those_of_the_register() {
    let list = |name: &'static str| {
        let row = ["=1", "A", name];
        let rows: [&[&str]; 4] = [
            &["DINAS KESEHATAN KABUPATEN"],
            &["DAFTAR ANGGOTA CLUSTER TAHUN 2023"],
            &["No", "Cluster", "Nama Puskesmas"],
            &row,
        ];
        page("Cluster", &rows)
    };
    let said = |outcome: &Outcome| {
        let asks = |said: &&Said| said.message.contains("belum ada data Puskesmas di folder ini, jadi nama di kolom");
        outcome.issues.iter().find(asks).map(|said| said.message.clone())
    };
    let store = Store::in_memory().unwrap();
    let first = imported(&store, &[list("Abcdf")]);
    let advice = "impor Daftar Identifikasinya, lalu impor lagi daftar ini dengan ejaan yang sama";
    assert!(said(&first).is_some_and(|message| message.ends_with(advice)), "{:?}", first.facts);
    run(&store, &[Upload { name: KNOWN.name.clone(), bytes: KNOWN.bytes.clone() }]);
    let obeyed = imported(&store, &[list("Abcde")]);
    assert!(obeyed.issues.iter().all(|said| !said.is_error) && said(&obeyed).is_none());
    let right = imported(&known(), &[list("Abcde")]).facts;
    assert_eq!(obeyed.facts, right);
    assert!(right.iter().any(|fact| fact.starts_with("cluster")), "{right:?}");
}
