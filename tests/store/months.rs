//! Visits of a month without a day: kept as such, once a facility, month and form, and never beside a better one.

use simpul::domain::facts::FactKey;
use simpul::domain::records::{Field, Rows, Sourced, VisitRow};
use simpul::domain::{EvidenceKind, EvidenceOf, Facts};
use simpul::store::{By, EvidenceLimits, NewEvidence, Store};

use super::{ABCDE, File, at, bare, facts, in_month, now, recap, store, visit};

fn accept(store: &Store, name: &str, month: u32, rows: Vec<VisitRow>) -> i64 {
    File::new(name, vec![recap(in_month(month), Rows::Visits(bare(rows)))]).accept(store).batch
}

fn formless(name: &str, when: &str) -> VisitRow {
    VisitRow { form: String::new(), ..visit(name, when) }
}

/// Date and form of each visit, in order.
fn shown(facts: &Facts) -> Vec<String> {
    facts.visits.iter().map(|visit| format!("{} {}", visit.date, visit.form).trim_end().to_owned()).collect()
}

#[test]
fn a_visit_of_a_month_comes_back_behind_those_of_its_days() {
    let store = store();
    accept(&store, "rekap", 5, ["2023-06-01", "2023-05", "2023-04-30"].map(|on| visit("Klinik Bina", on)).to_vec());
    assert_eq!(shown(&facts(&store)), ["2023-04-30 Supervisi", "2023-05 Supervisi", "2023-06-01 Supervisi"]);
    let known = store.known(ABCDE).unwrap().visits;
    assert!(known.contains(&("Klinik Bina".to_owned(), "2023-05".parse().unwrap())), "{known:?}");
}

#[test]
fn one_form_of_one_month_counts_once_and_later_recaps_add_to_it() {
    let store = store();
    accept(&store, "mei", 5, vec![visit("Klinik Bina", "2023-05")]);
    let scored = VisitRow { points: Some(8.0), maximum: Some(10.0), ..visit("Klinik Bina", "2023-05") };
    accept(&store, "juni", 6, vec![VisitRow { form: "SUPERVISI".into(), ..scored }, visit("Apotek Alvi", "2023-05")]);
    let facts = facts(&store);
    assert_eq!(shown(&facts), ["2023-05 Supervisi", "2023-05 SUPERVISI"]);
    assert_eq!(facts.visits[1].points, Some(8.0));
}

#[test]
fn the_day_is_the_better_knowledge_of_the_same_visit() {
    let store = store();
    let pertemuan = VisitRow { form: "Pertemuan".into(), ..visit("Klinik Bina", "2023-05") };
    accept(&store, "mei", 5, vec![visit("Klinik Bina", "2023-05"), pertemuan, visit("Klinik Bina", "2023-06")]);
    accept(&store, "centang", 12, vec![formless("Klinik Bina", "2023-05"), formless("Klinik Bina", "2023-07")]);
    // A tick tells no form: it is the visit that stands there with one.
    assert_eq!(shown(&facts(&store)), ["2023-05 Pertemuan", "2023-05 Supervisi", "2023-06 Supervisi", "2023-07"]);
    let days = ["2023-05-12", "2023-05-20"].map(|on| visit("Klinik Bina", on));
    let batch = accept(&store, "mei lengkap", 5, days.to_vec());
    let told = ["2023-05-12 Supervisi", "2023-05-20 Supervisi", "2023-05 Pertemuan", "2023-06 Supervisi", "2023-07"];
    assert_eq!(shown(&facts(&store)), told);
    store.undo(batch, By::command_line("ani", now())).unwrap();
    assert_eq!(facts(&store).visits.len(), 4, "what it had covered counts again");
}

#[test]
fn a_trace_and_files_find_a_visit_of_a_month() {
    let store = store();
    let cells = vec![at(Field::Name, 9, 2), at(Field::Date, 9, 6)];
    let rows = vec![Sourced { record: visit("Klinik Bina", "2023-05"), cells }];
    File::new("rekap", vec![recap(in_month(5), Rows::Visits(rows))]).accept(&store);
    let when = "2023-05".parse().unwrap();
    let of = EvidenceOf::Visit { facility: "Klinik Bina".into(), date: when, form: "supervisi".into() };
    let files = [("foto.pdf".to_owned(), simpul::domain::EvidenceFormat::Pdf, b"satu".to_vec())];
    let new = NewEvidence {
        puskesmas: ABCDE,
        of: &of,
        kind: EvidenceKind::Photos,
        files: &files,
        by: By::command_line("ani", now()),
    };
    store.attach(&new, EvidenceLimits { files_per_thing: 3, total_bytes: 100 }).unwrap();
    assert!(facts(&store).visits[0].photos);
    assert_eq!(store.evidence(ABCDE).unwrap()[0].of, of);
    let traced = store.trace(ABCDE, "Klinik Bina", &FactKey::Visit(when, "Supervisi".into())).unwrap();
    let date = traced.iter().find(|one| one.field == Field::Date).unwrap();
    assert_eq!((date.value.as_str(), date.place.sheet_and_cell().1), ("Mei 2023", "G9"));
    assert!(traced.iter().any(|one| one.field == Field::Photos && one.file_name == "foto.pdf"));
}
