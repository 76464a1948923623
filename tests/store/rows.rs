//! Every table goes in and comes out; several holders add up; blanks never erase; traces lead to cells.

use simpul::domain::facts::{FactKey, LokminSort};
use simpul::domain::records::{ChangeRow, DecreeRecord, Field, LokminRow, ReportRow, Rows, SlotRow, Sourced, VisitRow};
use simpul::domain::{ChangeApproval, CoachingIndicator, Received, ReportReceipt};
use simpul::store::TracedField;

use super::{
    ABCDE, File, achievement, at, bare, date, facts, follow_up, in_month, month, recap, services, store, visit,
};

fn visits(rows: Vec<VisitRow>) -> Rows {
    Rows::Visits(bare(rows))
}

fn of(field: Field, traced: &[TracedField]) -> &TracedField {
    traced.iter().find(|one| one.field == field).unwrap()
}

#[test]
fn every_table_comes_back_in_order() {
    let store = store();
    let lokmin =
        |month, sort, invited, attended| LokminRow { facility: "Klinik Bina".into(), month, sort, invited, attended };
    let year = Received::Year(2023);
    let decree = DecreeRecord { indicator: CoachingIndicator::Cak, target: Some(90.0), weight: None };
    let slot = |number| SlotRow {
        facility: "Pustu Cempaka".into(),
        month: month(number),
        person: (number == 5).then(|| "Ani".to_owned()),
    };
    let change = ChangeRow {
        facility: "Pustu Cempaka".into(),
        named: month(2),
        moved_to: None,
        reason: Some("Libur".to_owned()),
        approval: ChangeApproval::default(),
    };
    let report =
        ReportRow { facility: "Apotek Alvi".into(), month: month(5), received: ReportReceipt::Day(date("2023-06-03")) };
    let recaps = vec![
        recap(year, Rows::Decree(bare(vec![decree]))),
        recap(year, Rows::Schedule(bare(vec![slot(5), slot(2)]))),
        recap(in_month(2), Rows::ScheduleChanges(bare(vec![change]))),
        recap(in_month(5), visits(vec![visit("Klinik Bina", "2023-05-12"), visit("Apotek Alvi", "2023-05-12")])),
        recap(
            in_month(5),
            Rows::Lokmin(bare(vec![
                lokmin(month(5), LokminSort::Quarterly, None, Some(true)),
                lokmin(month(5), LokminSort::Monthly, Some(true), None),
            ])),
        ),
        recap(in_month(5), Rows::MonthlyReports(bare(vec![report]))),
        recap(in_month(6), Rows::FollowUps(Vec::new())),
    ];
    File::new("rekap", recaps).accept(&store);
    let facts = facts(&store);
    assert_eq!(facts.puskesmas[0].name, ABCDE);
    assert_eq!((facts.decree_rows[0].target, facts.decree_rows[0].weight), (Some(90.0), None));
    assert_eq!(facts.slots.iter().map(|slot| slot.month).collect::<Vec<_>>(), [month(2), month(5)]);
    assert_eq!(facts.changes[0].moved_to, None);
    assert_eq!(facts.visits.iter().map(|visit| visit.facility).collect::<Vec<_>>(), [0, 1]);
    // Attendance implies invitation.
    let attended: Vec<_> = facts.lokmin.iter().map(|held| (held.sort, held.invited, held.attended)).collect();
    assert_eq!(attended, [(LokminSort::Monthly, true, false), (LokminSort::Quarterly, true, true)]);
    assert_eq!(facts.reports[0].received, ReportReceipt::Day(date("2023-06-03")));
    // An empty table is received too.
    assert!(facts.received.iter().any(|held| held.received == in_month(6)));
    assert_eq!(facts.received.len(), 9);
}

/// Rows go in several a statement, and what is left of them one by one.
#[test]
fn tables_of_any_length_come_back_whole() {
    for length in [1, 15, 16, 17, 32, 50] {
        let store = store();
        let day = |place: u32| format!("2023-{:02}-{:02}", 1 + place / 28, 1 + place % 28);
        let visits = visits((0..length).map(|place| visit("Apotek Alvi", &day(place))).collect());
        let figures = (0..length)
            .map(|place| achievement("Klinik Bina", &format!("S{place:02}"), month(5), (Some(f64::from(place)), None)));
        let figures = Rows::Achievements(bare(figures.collect()));
        let codes: Vec<String> = (0..length).map(|place| format!("S{place:02}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let recaps = vec![services(2023, &codes), recap(in_month(5), visits), recap(in_month(5), figures)];
        let accepted = File::new("rekap", recaps).accept(&store);
        assert_eq!(accepted.rows_added, u64::from(3 * length));
        let facts = facts(&store);
        let days: Vec<_> = facts.visits.iter().filter_map(|visit| visit.date.day()).collect();
        assert_eq!(days, (0..length).map(|place| date(&day(place))).collect::<Vec<_>>());
        let numerators: Vec<_> = (0..length).map(|place| Some(f64::from(place))).collect();
        assert_eq!(facts.achievements.numerator, numerators);
    }
}

#[test]
fn two_holders_of_one_month_add_up() {
    let store = store();
    File::new("a", vec![recap(in_month(5), visits(vec![visit("Apotek Alvi", "2023-05-02")]))]).accept(&store);
    File::new("b", vec![recap(in_month(5), visits(vec![visit("Klinik Bina", "2023-05-03")]))]).accept(&store);
    assert_eq!(facts(&store).visits.len(), 2);
}

#[test]
fn a_later_blank_never_erases_a_completion_date() {
    let store = store();
    let held = |due, done| Rows::FollowUps(bare(vec![follow_up("Apotek Alvi", due, done)]));
    File::new("mei", vec![recap(in_month(5), held("2023-04-10", Some("2023-05-20")))]).accept(&store);
    File::new("maret", vec![recap(in_month(3), held("2023-04-01", None))]).accept(&store);
    File::new("juni", vec![recap(in_month(6), held("2023-04-15", None))]).accept(&store);
    let facts = facts(&store);
    assert_eq!(facts.follow_ups.len(), 1);
    assert_eq!(facts.follow_ups[0].due, date("2023-04-15"));
    assert_eq!(facts.follow_ups[0].done, Some(date("2023-05-20")));
}

#[test]
fn a_whole_year_counts_as_its_december() {
    let store = store();
    let held =
        |numerator| Rows::Achievements(bare(vec![achievement("Apotek Alvi", "K6", month(3), (numerator, None))]));
    File::new("tahun", vec![recap(Received::Year(2023), held(Some(9.0)))]).accept(&store);
    File::new("nov", vec![recap(in_month(11), held(Some(7.0)))]).accept(&store);
    assert_eq!(facts(&store).achievements.numerator, [Some(9.0)]);
}

#[test]
fn numerator_and_denominator_are_fields_of_their_own() {
    let store = store();
    let held = |pair| Rows::Achievements(bare(vec![achievement("Apotek Alvi", "k6", month(3), pair)]));
    File::new("maret", vec![recap(in_month(3), held((Some(4.0), Some(10.0))))]).accept(&store);
    File::new("april", vec![recap(in_month(4), held((None, Some(12.0))))]).accept(&store);
    let achievements = facts(&store).achievements;
    assert_eq!((achievements.numerator, achievements.denominator), (vec![Some(4.0)], vec![Some(12.0)]));
    assert_eq!(facts(&store).services[0].code, "K6");
}

#[test]
fn facts_without_a_registered_facility_or_indicator_wait() {
    let store = store();
    let recaps = vec![
        recap(in_month(3), visits(vec![visit("Klinik Baru", "2023-03-03")])),
        recap(
            in_month(3),
            Rows::Achievements(bare(vec![achievement("Apotek Alvi", "HT", month(3), (Some(1.0), Some(2.0)))])),
        ),
    ];
    File::new("maret", recaps).accept(&store);
    assert!(facts(&store).visits.is_empty());
    assert!(facts(&store).achievements.facility.is_empty());
    let more = vec![super::register(2023, vec![super::facility("klinik  BARU")]), services(2023, &["ht"])];
    File::new("lengkap", more).accept(&store);
    assert_eq!(facts(&store).visits.len(), 1);
    assert_eq!(facts(&store).achievements.numerator, [Some(1.0)]);
}

#[test]
fn a_trace_leads_to_the_cell_of_each_field() {
    let store = store();
    let sourced = |row, cells| Rows::FollowUps(vec![Sourced { record: row, cells }]);
    let march = sourced(
        follow_up("Apotek Alvi", "2023-04-01", None),
        vec![at(Field::Name, 9, 2), at(Field::Item, 9, 3), at(Field::Due, 9, 5)],
    );
    let may = sourced(
        follow_up("Apotek Alvi", "2023-04-01", Some("2023-05-20")),
        vec![at(Field::Item, 12, 3), at(Field::Done, 12, 6)],
    );
    File::new("mei", vec![recap(in_month(5), may)]).accept(&store);
    File::new("maret", vec![recap(in_month(3), march)]).accept(&store);
    let key = FactKey::FollowUp(date("2023-03-10"), "lengkapi sop".into());
    let traced = store.trace("Puskesmas Abcde", "APOTIK ALVI", &key).unwrap();
    let done = of(Field::Done, &traced);
    assert_eq!(
        (done.file_name.as_str(), done.place.sheet_and_cell().1, done.value.as_str()),
        ("mei", "G12", "20 Mei 2023")
    );
    assert_eq!((done.place.sheet_and_cell().0, done.who.as_str()), ("RTL", "ani"));
    assert_eq!(of(Field::Item, &traced).place.sheet_and_cell().1, "D12");
    assert!(traced.iter().all(|field| field.file_name == "mei"), "the later recap repeats every other field");
}

#[test]
fn a_trace_of_an_achievement_may_lead_to_two_files() {
    let store = store();
    let sourced = |pair, cells| {
        Rows::Achievements(vec![Sourced { record: achievement("Klinik Bina", "K6", month(3), pair), cells }])
    };
    let march = sourced((Some(4.0), Some(10.0)), vec![at(Field::Numerator, 11, 3), at(Field::Denominator, 11, 2)]);
    let april = sourced((None, Some(12.5)), vec![at(Field::Denominator, 14, 26)]);
    File::new("april", vec![recap(in_month(4), april)]).accept(&store);
    File::new("maret", vec![recap(in_month(3), march)]).accept(&store);
    let traced = store.trace(ABCDE, "Klinik Bina", &FactKey::Achievement("k6".into(), month(3))).unwrap();
    let numerator = of(Field::Numerator, &traced);
    let denominator = of(Field::Denominator, &traced);
    assert_eq!(
        (numerator.file_name.as_str(), numerator.place.sheet_and_cell().1, numerator.value.as_str()),
        ("maret", "D11", "4")
    );
    assert_eq!((denominator.file_name.as_str(), denominator.place.sheet_and_cell().1), ("april", "AA14"));
    assert_eq!(denominator.value, "12,5");
}

#[test]
fn a_trace_of_an_added_figure_names_both_cells() {
    let store = store();
    let cells = vec![at(Field::Numerator, 11, 3), at(Field::Numerator, 11, 4), at(Field::Denominator, 11, 2)];
    let added = achievement("Klinik Bina", "K6", month(3), (Some(7.0), Some(10.0)));
    let rows = Rows::Achievements(vec![Sourced { record: added, cells }]);
    File::new("maret", vec![recap(in_month(3), rows)]).accept(&store);
    let traced = store.trace(ABCDE, "Klinik Bina", &FactKey::Achievement("k6".into(), month(3))).unwrap();
    let places = [Field::Numerator, Field::Denominator].map(|field| of(field, &traced).place.sheet_and_cell().1);
    assert_eq!(places, ["D11 + E11", "C11"]);
}

#[test]
fn nothing_is_traced_where_nothing_is() {
    let store = store();
    assert_eq!(store.trace(ABCDE, "Klinik Bina", &FactKey::Slot(month(1))).unwrap(), []);
    assert_eq!(store.trace(ABCDE, "Klinik X", &FactKey::Facility).unwrap(), []);
    assert_eq!(store.trace("Puskesmas X", "Klinik Bina", &FactKey::Facility).unwrap(), []);
}
