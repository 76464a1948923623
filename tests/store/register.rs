//! The register over several years, several Puskesmas, and lists of indicators and changes of schedule.

use simpul::domain::records::{ChangeRow, FacilityRow, Rows};
use simpul::domain::{ChangeApproval, Coordinates, FacilityGroup, Month};
use simpul::store::{By, Scope, Store};

use super::{
    ABCDE, File, achievement, bare, facility, facts, in_month, month, recap, register, services, store, visit,
};

#[test]
fn registers_merge_field_by_field_and_the_first_year_stays() {
    let store = Store::in_memory().unwrap();
    let full = FacilityRow {
        kind: Some("Apotek".into()),
        group: Some(FacilityGroup::Jejaring),
        owes_reports: Some(false),
        ..facility("Apotik Alvi")
    };
    let newer = FacilityRow { address: Some("Jl. Melati".into()), ..facility("Apotek Alvi") };
    File::new("2024", vec![register(2024, vec![newer, facility("Klinik Bina")])]).accept(&store);
    File::new("2023", vec![register(2023, vec![full])]).accept(&store);
    let facts = facts(&store);
    let alvi = &facts.facilities[0];
    assert_eq!((alvi.name.as_str(), alvi.kind.as_str()), ("Apotek Alvi", "Apotek"));
    assert_eq!((alvi.group, alvi.owes_reports), (Some(FacilityGroup::Jejaring), false));
    assert_eq!(alvi.address.as_deref(), Some("Jl. Melati"));
    assert_eq!(alvi.active_from, month(1));
    assert_eq!(facts.facilities[1].active_from, Month::new(2024, 1).unwrap());
}

#[test]
fn a_written_start_wins_over_the_default() {
    let store = Store::in_memory().unwrap();
    let started = FacilityRow { active_from: Some(month(6)), ..facility("Klinik Bina") };
    File::new("2023", vec![register(2023, vec![started])]).accept(&store);
    File::new("2024", vec![register(2024, vec![facility("Klinik Bina")])]).accept(&store);
    assert_eq!(facts(&store).facilities[0].active_from, month(6));
}

#[test]
fn two_puskesmas_stay_apart() {
    let store = store();
    let visited = || recap(in_month(5), Rows::Visits(bare(vec![visit("Apotek Alvi", "2023-05-02")])));
    let recaps = vec![register(2023, vec![facility("Apotek Alvi")]), services(2023, &["K6"]), visited()];
    File::new("lain", recaps).of("Puskesmas Zamrud").accept(&store);
    File::new("mei", vec![visited()]).of("pkm abcde").accept(&store);
    let all = facts(&store);
    let names: Vec<&str> = all.puskesmas.iter().map(|puskesmas| puskesmas.name.as_str()).collect();
    assert_eq!(names, ["Puskesmas Zamrud", ABCDE]);
    assert_eq!(all.facilities.iter().map(|facility| facility.puskesmas).collect::<Vec<_>>(), [0, 1, 1, 1]);
    assert_eq!(all.visits.iter().map(|visit| visit.facility).collect::<Vec<_>>(), [0, 1]);
    let one = store.facts(&Scope::Puskesmas("UPTD Puskesmas ABCDE".into())).unwrap();
    assert_eq!((one.puskesmas.len(), one.facilities.len(), one.visits.len(), one.services.len()), (1, 3, 1, 2));
    assert_eq!(store.puskesmas().unwrap(), names);
    assert_eq!(store.known("Zamrud").unwrap().facilities, ["Apotek Alvi"]);
    assert!(store.facts(&Scope::Puskesmas("Puskesmas X".into())).unwrap().puskesmas.is_empty());
    store.undo(2, By::command_line("ani", super::now())).unwrap();
    assert_eq!(store.puskesmas().unwrap(), [ABCDE]);
}

#[test]
fn definitions_stand_by_year_and_place() {
    let store = store();
    File::new("2024", vec![services(2024, &["HT", "K6"])]).accept(&store);
    File::new("2023b", vec![services(2023, &["KBV"])]).accept(&store);
    let services = facts(&store).services;
    let listed: Vec<(&str, Vec<(i32, u32)>)> = services
        .iter()
        .map(|service| {
            (service.code.as_str(), service.definitions.iter().map(|(year, place, _)| (*year, *place)).collect())
        })
        .collect();
    assert_eq!(listed, [("HT", vec![(2024, 0)]), ("K6", vec![(2023, 0), (2024, 1)]), ("KBV", vec![(2023, 1)])]);
}

#[test]
fn a_repeated_list_of_changes_does_not_move_a_slot_again() {
    let store = store();
    let change = |named, moved_to| ChangeRow {
        facility: "Klinik Bina".into(),
        named: month(named),
        moved_to: Some(month(moved_to)),
        reason: None,
        approval: ChangeApproval::default(),
    };
    let list = |rows: Vec<ChangeRow>| Rows::ScheduleChanges(bare(rows));
    File::new("feb", vec![recap(in_month(2), list(vec![change(6, 8), change(5, 6)]))]).accept(&store);
    File::new("mar", vec![recap(in_month(3), list(vec![change(6, 8), change(5, 6), change(9, 10)]))]).accept(&store);
    let moves: Vec<(u32, Option<u32>)> =
        facts(&store).changes.iter().map(|one| (one.named.month(), one.moved_to.map(Month::month))).collect();
    assert_eq!(moves, [(6, Some(8)), (5, Some(6)), (9, Some(10))]);
    assert_eq!(store.known(ABCDE).unwrap().changes.len(), 3);
}

#[test]
fn visits_and_aliases_are_known() {
    let store = store();
    File::new("mei", vec![recap(in_month(5), Rows::Visits(bare(vec![visit("Apotek Alvi", "2023-05-02")])))])
        .accept(&store);
    let version = store.version().unwrap();
    store.add_alias(ABCDE, "Apt. Alvi", "Apotek Alvi", By::command_line("ani", super::now())).unwrap();
    let known = store.known(ABCDE).unwrap();
    assert_eq!(known.aliases, [("Apt. Alvi".to_owned(), "Apotek Alvi".to_owned())]);
    assert_eq!(known.visits, [("Apotek Alvi".to_owned(), super::date("2023-05-02").into())]);
    assert_eq!(known.services[0], ("K6".to_owned(), "Cakupan K6".to_owned()));
    assert_ne!(store.version().unwrap(), version);
}

#[test]
fn sources_name_the_months_of_the_year() {
    let store = store();
    let held = |number| {
        let row = achievement("Apotek Alvi", "K6", month(number), (Some(1.0), Some(2.0)));
        vec![recap(in_month(number), Rows::Achievements(bare(vec![row])))]
    };
    File::new("juni", held(6)).accept(&store);
    File::new("mei", held(5)).accept(&store);
    let sources = store.sources(ABCDE, 2023, "2023-12-31".parse().unwrap()).unwrap();
    assert_eq!((sources.first_file.as_deref(), sources.last_file.as_deref()), (Some("mei"), Some("juni")));
    assert_eq!((sources.batches, sources.data_until), (3, Some(month(6))));
    assert_eq!(store.sources(ABCDE, 2022, "2023-12-31".parse().unwrap()).unwrap(), simpul::store::Sources::default());
}

#[test]
fn a_place_is_kept_and_a_later_register_without_one_leaves_it() {
    let store = Store::in_memory().unwrap();
    let place = Coordinates::new(-7.123_456, 110.5).unwrap();
    let placed = FacilityRow { coordinates: Some(place), ..facility("Klinik Bina") };
    File::new("2023", vec![register(2023, vec![placed])]).accept(&store);
    File::new("2024", vec![register(2024, vec![facility("Klinik Bina")])]).accept(&store);
    assert_eq!(facts(&store).facilities[0].coordinates, Some(place));
}
