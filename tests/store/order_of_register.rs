//! Facilities are listed as the latest register lists them; reasons and persons count field by field.

use simpul::domain::facts::FactKey;
use simpul::domain::records::{ChangeRow, Field, Rows, SlotRow};
use simpul::domain::{ChangeApproval, Facts, Month, Received};
use simpul::store::{By, Store};

use super::{ABCDE, File, bare, facility, facts, in_month, month, recap, register};

fn listed(facts: &Facts) -> Vec<&str> {
    facts.listed().iter().map(|facility| facility.name.as_str()).collect()
}

fn list(store: &Store, name: &str, year: i32, names: &[&str]) -> i64 {
    let rows = names.iter().map(|name| facility(name)).collect();
    File::new(name, vec![register(year, rows)]).accept(store).batch
}

#[test]
fn the_latest_register_tells_the_order_and_undoing_it_the_one_before() {
    let store = Store::in_memory().unwrap();
    list(&store, "2023", 2023, &["Pustu Cempaka", "Klinik Bina", "Apotek Alvi"]);
    assert_eq!(listed(&facts(&store)), ["Pustu Cempaka", "Klinik Bina", "Apotek Alvi"]);
    let names: Vec<String> = facts(&store).facilities.into_iter().map(|facility| facility.name).collect();
    assert_eq!(names, ["Apotek Alvi", "Klinik Bina", "Pustu Cempaka"], "the contract stays ordered by name");
    let later = list(&store, "2024", 2024, &["Klinik Bina", "Pustu Cempaka", "Praktik Dewi", "Apotek Alvi"]);
    assert_eq!(listed(&facts(&store)), ["Klinik Bina", "Pustu Cempaka", "Praktik Dewi", "Apotek Alvi"]);
    // One row for a new facility, as the page Nama writes it.
    list(&store, "baru", 2024, &["Bidan Zahra"]);
    let all = ["Klinik Bina", "Pustu Cempaka", "Praktik Dewi", "Apotek Alvi", "Bidan Zahra"];
    assert_eq!(listed(&facts(&store)), all);
    store.undo(later, By::command_line("ani", super::now())).unwrap();
    assert_eq!(listed(&facts(&store)), ["Pustu Cempaka", "Klinik Bina", "Apotek Alvi", "Bidan Zahra"]);
}

#[test]
fn sheets_of_one_file_are_one_register() {
    let store = Store::in_memory().unwrap();
    let sheet = |names: &[&str]| register(2023, names.iter().map(|name| facility(name)).collect());
    File::new("a", vec![sheet(&["Pustu Y", "Pustu X"]), sheet(&["Klinik B", "Klinik A"])]).accept(&store);
    assert_eq!(listed(&facts(&store)), ["Pustu Y", "Pustu X", "Klinik B", "Klinik A"]);
    File::new("b", vec![sheet(&["Pustu X", "Pustu Y", "Pustu Z"]), sheet(&["Klinik A", "Klinik B"])]).accept(&store);
    assert_eq!(listed(&facts(&store)), ["Pustu X", "Pustu Y", "Pustu Z", "Klinik A", "Klinik B"]);
}

fn change(named: u32, moved_to: Option<u32>, reason: Option<&str>) -> ChangeRow {
    ChangeRow {
        facility: "Klinik Bina".into(),
        named: month(named),
        moved_to: moved_to.map(month),
        reason: reason.map(str::to_owned),
        approval: ChangeApproval::default(),
    }
}

#[test]
fn the_latest_reason_that_is_not_blank_counts() {
    let store = super::store();
    let said = |name, at, rows: Vec<ChangeRow>| {
        File::new(name, vec![recap(in_month(at), Rows::ScheduleChanges(bare(rows)))]).accept(&store);
        facts(&store).changes.into_iter().map(|one| (one.moved_to.map(Month::month), one.reason)).collect()
    };
    let told = |to, reason: &str| (Some(to), Some(reason.to_owned()));
    let first: Vec<_> = said("maret", 3, vec![change(5, Some(6), Some("Permintaan klinik"))]);
    assert_eq!(first, [told(6, "Permintaan klinik")]);
    let blank: Vec<_> = said("april", 4, vec![change(5, Some(7), None)]);
    assert_eq!(blank, [told(7, "Permintaan klinik")], "a blank erases nothing");
    let other: Vec<_> = said("mei", 5, vec![change(5, Some(7), Some("PJ cuti"))]);
    assert_eq!(other, [told(7, "PJ cuti")]);
    let earlier: Vec<_> = said("februari", 2, vec![change(5, Some(9), Some("Banjir"))]);
    assert_eq!(earlier, [told(7, "PJ cuti")], "an earlier month's recap comes too late");
    let traced = store.trace(ABCDE, "Klinik Bina", &FactKey::ScheduleChange(month(5))).unwrap();
    let reason = traced.iter().find(|one| one.field == Field::Reason).unwrap();
    assert_eq!((reason.value.as_str(), reason.file_name.as_str()), ("PJ cuti", "mei"));
}

#[test]
fn the_person_of_a_slot_is_traced_to_the_last_word_on_it() {
    let store = super::store();
    let slot = |person: Option<&str>| SlotRow {
        facility: "Klinik Bina".into(),
        month: month(5),
        person: person.map(str::to_owned),
    };
    let plan = |name, person| {
        let rows = Rows::Schedule(bare(vec![slot(person)]));
        File::new(name, vec![recap(Received::Year(2023), rows)]).accept(&store);
        facts(&store).slots[0].person.clone()
    };
    assert_eq!(plan("a", None), None);
    assert_eq!(plan("b", Some("Ani")).as_deref(), Some("Ani"));
    assert_eq!(plan("c", Some("Budi")).as_deref(), Some("Budi"));
    assert_eq!(plan("d", None).as_deref(), Some("Budi"));
    let traced = store.trace(ABCDE, "Klinik Bina", &FactKey::Slot(month(5))).unwrap();
    let person = traced.iter().find(|one| one.field == Field::Person).unwrap();
    assert_eq!((person.value.as_str(), person.file_name.as_str()), ("Budi", "c"));
}
