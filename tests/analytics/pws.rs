//! PWS: cumulative, monthly, trend and its four words.

use std::sync::Arc;

use simpul::analytics::{Evaluator, PwsRow, PwsTable, Trend, pws};
use simpul::domain::decree::DecreeBook;
use simpul::domain::{Aggregation, Decree, Facts, NamedKinds, PwsStatus, Ratio};

use super::world::{date, decree, definition, evaluator, facility, month, quiet, service, set_achievements};

/// Four facilities: (facility, month, numerator), each over 120 a year; K6 with target 90.
fn facts(aggregation: Aggregation, rows: &[(u32, &str, f64)]) -> Facts {
    let mut facts = quiet();
    for name in ["Pustu P", "Pustu Q", "Pustu R"] {
        facts.facilities.push(facility(0, name));
    }
    facts.services.push(service(0, 2022, 0, definition("K6", 90.0, aggregation)));
    let rows = rows
        .iter()
        .map(|&(facility, text, numerator)| ((facility, 0, month(text).number()), (Some(numerator), Some(120.0))));
    set_achievements(&mut facts, &rows.collect());
    facts
}

fn table(facts: &Facts, when: &str, as_of: &str) -> PwsTable {
    pws(&evaluator(facts), 0, 0, month(when), date(as_of)).unwrap()
}

fn row(table: &PwsTable, facility: u32) -> PwsRow {
    *table.rows.iter().find(|row| row.facility == Some(facility)).unwrap()
}

fn ratio(numerator: f64, denominator: f64) -> Ratio {
    Ratio { numerator, denominator }
}

#[test]
fn the_four_words() {
    let facts = facts(
        Aggregation::Cumulative,
        &[
            (0, "2023-01", 10.0),
            (0, "2023-02", 10.0),
            (1, "2023-01", 20.0),
            (1, "2023-02", 5.0),
            (2, "2023-01", 2.0),
            (2, "2023-02", 3.0),
            (3, "2023-01", 4.0),
            (3, "2023-02", 1.0),
        ],
    );
    // Due by February: 90 × 2 / 12 = 15 %.
    let table = table(&facts, "2023-02", "2023-12-31");
    assert!((table.target_due - 15.0).abs() < 1e-12);
    let words =
        |facility| (row(&table, facility).trend, row(&table, facility).above_target, row(&table, facility).status);
    assert_eq!(words(0), (Some(Trend::Level), Some(true), Some(PwsStatus::Baik)));
    assert_eq!(words(1), (Some(Trend::Falling), Some(true), Some(PwsStatus::Kurang)));
    assert_eq!(words(2), (Some(Trend::Rising), Some(false), Some(PwsStatus::Cukup)));
    assert_eq!(words(3), (Some(Trend::Falling), Some(false), Some(PwsStatus::Jelek)));
    assert_eq!(row(&table, 1).this_month, Some(ratio(5.0, 120.0)));
    let order: Vec<_> = table.rows.iter().map(|row| row.facility).collect();
    assert_eq!(order, [Some(1), Some(0), Some(2), Some(3)], "from high to low, then by name");
    assert_eq!(table.total.cumulative, Some(ratio(55.0, 480.0)));
    assert_eq!(table.total.trend, Some(Trend::Falling));
}

#[test]
fn level_below_the_target_is_jelek() {
    let facts = facts(Aggregation::Cumulative, &[(0, "2023-01", 1.0), (0, "2023-02", 1.0)]);
    assert_eq!(row(&table(&facts, "2023-02", "2023-12-31"), 0).status, Some(PwsStatus::Jelek));
}

#[test]
fn the_decree_may_call_level_below_the_target_cukup() {
    let facts = facts(Aggregation::Cumulative, &[(0, "2023-01", 1.0), (0, "2023-02", 1.0)]);
    let book = DecreeBook::from_decree(Decree { pws_level_below: PwsStatus::Cukup, ..decree() });
    let evaluator = Evaluator::new(Arc::new(facts), book).unwrap();
    let table = pws(&evaluator, 0, 0, month("2023-02"), date("2023-12-31")).unwrap();
    assert_eq!(row(&table, 0).status, Some(PwsStatus::Cukup));
}

#[test]
fn missing_is_missing() {
    let facts = facts(Aggregation::Cumulative, &[(0, "2023-01", 10.0), (1, "2023-02", 10.0)]);
    let table = table(&facts, "2023-02", "2023-12-31");
    let silent = row(&table, 0);
    assert_eq!((silent.cumulative, silent.this_month), (Some(ratio(10.0, 120.0)), None));
    assert_eq!((silent.trend, silent.status), (None, None));
    // Who never reported it is asked for nothing.
    assert_eq!(table.rows.iter().map(|row| row.facility).collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert_eq!(table.reported(), 1, "of the two to whom it applies, one reported this month");
}

#[test]
fn an_indicator_applies_to_those_who_reported_it_this_year_or_the_year_before() {
    let facts = facts(
        Aggregation::Cumulative,
        &[(0, "2021-12", 10.0), (1, "2022-01", 10.0), (2, "2023-02", 1.0), (3, "2023-03", 1.0)],
    );
    let of = |when: &str, as_of: &str| {
        table(&facts, when, as_of).rows.iter().filter_map(|row| row.facility).collect::<Vec<_>>()
    };
    assert_eq!(of("2023-02", "2023-02-28"), [2, 1]);
    assert_eq!(of("2023-03", "2023-12-31"), [2, 3, 1], "a month that has begun by the day is known");
    assert_eq!(table(&facts, "2023-02", "2023-02-28").reported(), 1);
}

#[test]
fn a_list_that_names_kinds_asks_those_and_counts_nobody_else() {
    let mut facts = facts(Aggregation::Cumulative, &[(0, "2023-01", 10.0), (1, "2023-01", 20.0)]);
    facts.facilities[1].kind = "Apotek".to_owned();
    facts.facilities[2].kind = "Ponkesdes".to_owned();
    facts.services[0].definitions[0].2.applies_to = NamedKinds::of_text("Pustu dan Ponkesdes");
    let table = table(&facts, "2023-01", "2023-12-31");
    assert_eq!(table.rows.iter().map(|row| row.facility).collect::<Vec<_>>(), [Some(0), Some(2), Some(3)]);
    assert_eq!(table.total.cumulative, Some(ratio(10.0, 120.0)));
    let period = "2023-01".parse().unwrap();
    let result = evaluator(&facts).evaluate_one(0, period, date("2023-01-31")).unwrap();
    let result = result.puskesmas.first().unwrap();
    assert!(result.facility(1).unwrap().block.service.is_empty(), "not applicable");
    assert_eq!(result.total.service[0].ratio, ratio(10.0, 120.0));
}

#[test]
fn a_word_follows_the_figures_that_are_shown() {
    // 8,33 and 8,26: both are shown as 8,3.
    let mut facts = facts(Aggregation::Sum, &[(0, "2023-01", 10.0), (0, "2023-02", 10.0)]);
    facts.achievements.denominator = vec![Some(120.0), Some(121.0)];
    let row = row(&table(&facts, "2023-02", "2023-12-31"), 0);
    assert_eq!(row.trend, Some(Trend::Level));
}

#[test]
fn january_compares_with_december_before() {
    let facts = facts(Aggregation::Cumulative, &[(0, "2022-06", 50.0), (0, "2022-12", 12.0), (0, "2023-01", 6.0)]);
    let january = row(&table(&facts, "2023-01", "2023-12-31"), 0);
    assert_eq!(january.last_month, Some(ratio(12.0, 120.0)));
    assert_eq!(january.cumulative, Some(ratio(6.0, 120.0)));
    assert_eq!(january.trend, Some(Trend::Falling));
}

#[test]
fn an_indicator_that_does_not_accumulate_keeps_a_flat_line() {
    let facts = facts(Aggregation::Sum, &[(0, "2023-01", 10.0), (0, "2023-02", 30.0)]);
    let table = table(&facts, "2023-02", "2023-12-31");
    assert!(table.monthly_targets.iter().all(|target| (target - 90.0).abs() < 1e-9), "{:?}", table.monthly_targets);
    assert_eq!(row(&table, 0).cumulative, Some(ratio(40.0, 240.0)));
    assert_eq!(row(&table, 0).this_month, Some(ratio(30.0, 120.0)));
}

#[test]
fn a_month_that_has_not_begun_is_not_there() {
    let facts = facts(Aggregation::Cumulative, &[(0, "2023-01", 10.0), (0, "2023-02", 10.0)]);
    let early = row(&table(&facts, "2023-02", "2023-01-31"), 0);
    assert_eq!((early.cumulative, early.this_month), (Some(ratio(10.0, 120.0)), None));
}

#[test]
fn an_indicator_that_is_not_in_the_list_has_no_table() {
    let facts = facts(Aggregation::Sum, &[]);
    assert!(pws(&evaluator(&facts), 0, 0, month("2021-05"), date("2023-12-31")).is_none());
    assert!(pws(&evaluator(&facts), 0, 9, month("2023-05"), date("2023-12-31")).is_none());
}
