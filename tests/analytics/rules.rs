//! Rules of the terms of reference, one by one, with results worked out by hand.

use simpul::analytics::results::{IndicatorResult, MonthsReceived, ResultBlock, ServiceResult};
use simpul::domain::accumulated::derive_months;
use simpul::domain::facts::{DecreeRow, FollowUp, LokminAttendance, LokminSort, MonthlyReport, Visit};
use simpul::domain::{
    Aggregation, ChangeApproval, CoachingIndicator, Direction, Facts, Ratio, Received, ReportReceipt, ScheduleChange,
    Slot, Status, Table, Value, VisitDate,
};

use super::world::{
    date, definition, evaluator, facility, month, period, quiet, received_year, service, visit, with_achievements,
};

const LONG_AFTER: &str = "2030-01-01";

fn total(facts: &Facts, when: &str, as_of: &str) -> ResultBlock {
    let evaluation = evaluator(facts).evaluate(period(when), date(as_of)).unwrap();
    evaluation.puskesmas[0].total.clone()
}

fn figure(facts: &Facts, indicator: CoachingIndicator, when: &str, as_of: &str) -> IndicatorResult {
    *total(facts, when, as_of).indicator(indicator)
}

fn pair(facts: &Facts, indicator: CoachingIndicator, when: &str, as_of: &str) -> (f64, f64) {
    let ratio = figure(facts, indicator, when, as_of).ratio.unwrap();
    (ratio.numerator, ratio.denominator)
}

fn service_of(facts: &Facts, when: &str, as_of: &str) -> Option<ServiceResult> {
    total(facts, when, as_of).service.first().cloned()
}

fn counts(facts: &Facts, when: &str, as_of: &str) -> Option<(f64, f64)> {
    service_of(facts, when, as_of).map(|result| (result.ratio.numerator, result.ratio.denominator))
}

fn quiet_with(aggregation: Aggregation, rows: &[(&str, Option<f64>, Option<f64>)]) -> Facts {
    let mut facts = quiet();
    facts.services.push(service(0, 2023, 0, definition("K6", 95.0, aggregation)));
    with_achievements(&mut facts, rows);
    facts
}

#[test]
fn a_visit_in_the_month_that_runs_counts_and_an_empty_slot_waits_for_its_end() {
    let mut facts = quiet();
    facts.slots = ["2023-05", "2023-06"].map(|text| Slot { facility: 0, month: month(text), person: None }).to_vec();
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C2", "2023-06-20"), (0.0, 1.0));
    facts.visits.push(visit(0, date("2023-06-19")));
    // In June exactly; May stays missed: the exact pass goes first.
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C2", "2023-06-20"), (1.0, 2.0));
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C2", "2023-06-18"), (0.0, 1.0));
}

#[test]
fn a_slot_visited_late_in_the_next_period_counts_in_neither() {
    let mut facts = quiet();
    facts.slots.push(Slot { facility: 0, month: month("2023-04"), person: None });
    facts.visits.push(visit(0, date("2023-05-03")));
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C1", LONG_AFTER), (0.0, 1.0));
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C2", LONG_AFTER), (0.0, 0.0));
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-S1", LONG_AFTER), (1.0, 1.0));
}

#[test]
fn a_cancelled_slot_leaves_coverage_and_stays_in_punctuality() {
    let mut facts = quiet();
    facts.slots.push(Slot { facility: 0, month: month("2023-05"), person: None });
    facts.changes.push(ScheduleChange {
        facility: 0,
        named: month("2023-05"),
        moved_to: None,
        reason: None,
        approval: ChangeApproval::default(),
    });
    assert_eq!(pair(&facts, CoachingIndicator::Cak, "2023-C2", LONG_AFTER), (0.0, 0.0));
    assert_eq!(pair(&facts, CoachingIndicator::Jdw, "2023-C2", LONG_AFTER), (0.0, 1.0));
    assert_eq!(figure(&facts, CoachingIndicator::Cak, "2023-C2", LONG_AFTER).value, Value::NotApplicable);
}

#[test]
fn a_slot_whose_recap_did_not_come_is_not_reported() {
    let mut facts = quiet();
    facts.received.clear();
    facts.slots.push(Slot { facility: 0, month: month("2023-05"), person: None });
    for indicator in [CoachingIndicator::Cak, CoachingIndicator::Jdw] {
        let result = figure(&facts, indicator, "2023-C2", LONG_AFTER);
        assert_eq!(result.value, Value::NotReported);
        assert_eq!(result.months, MonthsReceived { received: 0, of: 4 });
        assert_eq!(figure(&facts, indicator, "2023-C1", LONG_AFTER).value, Value::NotApplicable, "nothing planned");
    }
}

#[test]
fn unscored_visits_leave_dtk_and_evidence_depends_on_the_form() {
    let mut facts = quiet();
    let scored = Visit { points: Some(15.0), maximum: Some(20.0), ..visit(0, date("2023-05-02")) };
    let unscored = Visit {
        form: "Supervisi fasilitatif".to_owned(),
        maximum: Some(20.0),
        photos: false,
        ..visit(0, date("2023-06-02"))
    };
    facts.visits = vec![scored, unscored];
    assert_eq!(pair(&facts, CoachingIndicator::Dtk, "2023-C2", LONG_AFTER), (15.0, 20.0));
    // The meeting has its three; the other lacks the checklist and the photos.
    assert_eq!(pair(&facts, CoachingIndicator::Bkt, "2023-C2", LONG_AFTER), (3.0, 5.0));
}

#[test]
fn follow_ups_count_when_due_or_done() {
    let mut facts = quiet();
    let follow_up = |due: &str, done: Option<&str>| FollowUp {
        facility: 0,
        visit_date: date("2023-04-01"),
        item: due.to_owned(),
        owner: None,
        due: date(due),
        done: done.map(date),
    };
    facts.follow_ups = vec![
        follow_up("2023-05-10", None),
        follow_up("2023-05-20", Some("2023-04-15")),
        follow_up("2023-07-20", Some("2023-06-15")),
        follow_up("2023-08-20", None),
        follow_up("2023-08-25", Some("2023-09-15")),
    ];
    assert_eq!(pair(&facts, CoachingIndicator::Rtl, "2023-C2", "2023-06-20"), (2.0, 3.0));
    assert_eq!(pair(&facts, CoachingIndicator::Rtl, "2023-C2", LONG_AFTER), (2.0, 5.0));
    assert_eq!(pair(&facts, CoachingIndicator::Rtl, "2023-C3", LONG_AFTER), (0.0, 0.0));
}

#[test]
fn attendance_implies_invitation_and_both_sorts_of_lokmin_count() {
    let mut facts = quiet();
    let row = |text: &str, sort, invited, attended| LokminAttendance {
        facility: 0,
        month: month(text),
        sort,
        invited,
        attended,
    };
    facts.lokmin = vec![
        row("2023-05", LokminSort::Monthly, false, true),
        row("2023-06", LokminSort::Monthly, true, false),
        row("2023-06", LokminSort::Quarterly, true, true),
        row("2023-07", LokminSort::Monthly, false, false),
    ];
    assert_eq!(pair(&facts, CoachingIndicator::Lok, "2023-C2", LONG_AFTER), (2.0, 3.0));
    assert_eq!(pair(&facts, CoachingIndicator::Lok, "2023-C2", "2023-06-01"), (2.0, 3.0), "June has begun");
    assert_eq!(pair(&facts, CoachingIndicator::Lok, "2023-C2", "2023-05-31"), (1.0, 1.0));
}

#[test]
fn reports_are_due_on_day_five_of_the_month_after() {
    let mut facts = quiet();
    let report = |text: &str, received: &str| MonthlyReport {
        facility: 0,
        month: month(text),
        received: ReportReceipt::Day(date(received)),
    };
    facts.reports =
        vec![report("2023-04", "2023-05-05"), report("2023-05", "2023-06-06"), report("2023-06", "2023-08-01")];
    // C2 asks for the reports on April to July, due from 5 May to 5 August.
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", LONG_AFTER), (3.0, 4.0));
    assert_eq!(pair(&facts, CoachingIndicator::Tpt, "2023-C2", LONG_AFTER), (1.0, 4.0));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-06-04"), (1.0, 1.0), "May's is not due yet");
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-06-05"), (1.0, 2.0));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-07-31"), (2.0, 3.0));
}

#[test]
fn reports_without_a_day_count_by_their_ticks() {
    let mut facts = quiet();
    let told = |text: &str, received| MonthlyReport { facility: 0, month: month(text), received };
    facts.reports = vec![
        told("2023-04", ReportReceipt::InTime),
        told("2023-05", ReportReceipt::Late),
        told("2023-06", ReportReceipt::Came),
        told("2023-07", ReportReceipt::NotCome),
    ];
    // Due on 5 May, June, July and August: three came; of one of them nobody knows when, so that TPT asks for three.
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", LONG_AFTER), (3.0, 4.0));
    assert_eq!(pair(&facts, CoachingIndicator::Tpt, "2023-C2", LONG_AFTER), (1.0, 3.0));
    let punctual = figure(&facts, CoachingIndicator::Tpt, "2023-C2", LONG_AFTER);
    assert_eq!(punctual.months, MonthsReceived { received: 3, of: 4 });
    // One in time has come by its due day, a late one the day after at the earliest.
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-05-05"), (1.0, 1.0));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-06-05"), (1.0, 2.0));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-06-06"), (2.0, 2.0));
    assert_eq!(pair(&facts, CoachingIndicator::Tpt, "2023-C2", "2023-06-06"), (1.0, 2.0));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-C2", "2023-07-05"), (3.0, 3.0));
    assert_eq!(pair(&facts, CoachingIndicator::Tpt, "2023-C2", "2023-07-05"), (1.0, 2.0));
    // Of reports of which nobody knows when they came no timeliness follows.
    facts.reports = vec![told("2023-04", ReportReceipt::Came)];
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023-05", LONG_AFTER), (1.0, 1.0));
    assert_eq!(pair(&facts, CoachingIndicator::Tpt, "2023-05", LONG_AFTER), (0.0, 0.0));
    assert_eq!(figure(&facts, CoachingIndicator::Tpt, "2023-05", LONG_AFTER).performance, None);
}

#[test]
fn a_report_is_owed_by_active_facilities_that_must_report() {
    let mut facts = quiet();
    facts.facilities[0].active_from = month("2023-05");
    facts.facilities[0].active_until = Some(month("2023-06"));
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023", LONG_AFTER), (0.0, 2.0));
    facts.facilities[0].owes_reports = false;
    assert_eq!(pair(&facts, CoachingIndicator::Klp, "2023", LONG_AFTER), (0.0, 0.0));
}

#[test]
fn a_report_table_that_did_not_come_accuses_nobody() {
    let mut facts = quiet();
    facts.received.retain(|row| row.table != Table::MonthlyReports);
    let result = figure(&facts, CoachingIndicator::Klp, "2023-C2", LONG_AFTER);
    assert_eq!(result.value, Value::NotReported);
    assert_eq!(result.months, MonthsReceived { received: 0, of: 4 });
    let received = Received::Month(month("2023-07"));
    facts.received.push(simpul::domain::facts::ReceivedTable { puskesmas: 0, table: Table::MonthlyReports, received });
    let result = figure(&facts, CoachingIndicator::Klp, "2023-C2", LONG_AFTER);
    assert_eq!(result.ratio, Some(Ratio { numerator: 0.0, denominator: 1.0 }));
    assert_eq!(result.months, MonthsReceived { received: 1, of: 4 });
}

#[test]
fn sums_take_the_months_of_the_period_that_were_reported() {
    let facts = quiet_with(
        Aggregation::Sum,
        &[
            ("2023-04", Some(9.0), Some(9.0)),
            ("2023-05", Some(1.0), Some(10.0)),
            ("2023-06", None, Some(50.0)),
            ("2023-07", Some(0.0), Some(20.0)),
            ("2023-08", Some(5.0), None),
        ],
    );
    assert_eq!(counts(&facts, "2023-C2", LONG_AFTER), Some((1.0, 30.0)));
    let months = service_of(&facts, "2023-C2", LONG_AFTER).unwrap().months;
    assert_eq!(months, MonthsReceived { received: 2, of: 4 });
    assert_eq!(counts(&facts, "2023-C3", LONG_AFTER), None);
}

#[test]
fn cumulative_figures_run_from_january_over_the_last_annual_denominator() {
    let facts = quiet_with(
        Aggregation::Cumulative,
        &[
            ("2022-12", Some(99.0), Some(99.0)),
            ("2023-01", Some(10.0), Some(100.0)),
            ("2023-03", Some(20.0), Some(120.0)),
            ("2023-06", Some(30.0), None),
            ("2023-07", None, Some(999.0)),
        ],
    );
    assert_eq!(counts(&facts, "2023-C1", LONG_AFTER), Some((30.0, 120.0)));
    assert_eq!(counts(&facts, "2023-C2", LONG_AFTER), Some((60.0, 120.0)));
    // Silent since June, and still there.
    let result = service_of(&facts, "2023-C3", "2023-10-01").unwrap();
    assert_eq!(result.ratio, Ratio { numerator: 60.0, denominator: 120.0 });
    assert!((result.target - 95.0 * 10.0 / 12.0).abs() < 1e-12, "October has begun");
    assert_eq!(result.months, MonthsReceived { received: 3, of: 10 });
}

#[test]
fn a_count_since_january_serves_what_accumulates_and_no_sum() {
    let counted = |aggregation| {
        let rows = [("2023-05", None, Some(100.0)), ("2023-06", None, Some(100.0)), ("2023-07", None, Some(100.0))];
        let mut facts = quiet_with(aggregation, &rows);
        facts.achievements.accumulated = [(0, 29.0), (1, 35.0)].into();
        derive_months(&mut facts.achievements);
        facts
    };
    let facts = counted(Aggregation::Cumulative);
    assert_eq!(counts(&facts, "2023-05", LONG_AFTER), Some((29.0, 100.0)));
    assert_eq!(counts(&facts, "2023-C2", LONG_AFTER), Some((35.0, 100.0)));
    assert_eq!(counts(&facts, "2023-C1", LONG_AFTER), None);
    // May's own count is not known: it is in no sum.
    let facts = counted(Aggregation::Sum);
    assert_eq!(counts(&facts, "2023-C2", LONG_AFTER), Some((6.0, 100.0)));
    assert_eq!(counts(&facts, "2023-05", LONG_AFTER), None);
    assert_eq!(counts(&counted(Aggregation::Last), "2023-C2", LONG_AFTER), Some((6.0, 100.0)));
}

#[test]
fn last_takes_the_last_month_reported_in_the_period() {
    let rows =
        [("2023-05", Some(1.0), Some(4.0)), ("2023-06", Some(3.0), Some(4.0)), ("2023-09", Some(4.0), Some(4.0))];
    let facts = quiet_with(Aggregation::Last, &rows);
    assert_eq!(counts(&facts, "2023-C2", LONG_AFTER), Some((3.0, 4.0)));
    assert_eq!(counts(&facts, "2023-C2", "2023-05-31"), Some((1.0, 4.0)));
    assert_eq!(counts(&facts, "2023-C1", LONG_AFTER), None);
}

#[test]
fn zero_of_zero_is_there_and_cannot_be_computed() {
    let facts = quiet_with(Aggregation::Sum, &[("2023-05", Some(0.0), Some(0.0))]);
    let result = service_of(&facts, "2023-C2", LONG_AFTER).unwrap();
    assert_eq!((result.value, result.performance), (Value::CannotCompute, None));
    assert_eq!(figure(&facts, CoachingIndicator::Ind, "2023-C2", LONG_AFTER).value, Value::CannotCompute);
}

#[test]
fn ind_is_the_weighted_mean_of_performances() {
    let mut facts = quiet();
    let mut lower = definition("RUJ", 5.0, Aggregation::Sum);
    lower.direction = Direction::LowerIsBetter;
    lower.weight = 3.0;
    let mut unweighted = definition("X", 50.0, Aggregation::Sum);
    unweighted.weight = 0.0;
    facts.services = vec![
        service(0, 2023, 0, definition("K6", 80.0, Aggregation::Sum)),
        service(0, 2023, 1, lower),
        service(0, 2023, 2, unweighted),
    ];
    let key = |service| (0, service, month("2023-05").number());
    let rows =
        [(key(0), (Some(4.0), Some(10.0))), (key(1), (Some(6.0), Some(100.0))), (key(2), (Some(0.0), Some(9.0)))];
    super::world::set_achievements(&mut facts, &rows.into_iter().collect());
    // K6: 40 of 80 = 50; RUJ: 6 % against 5 %: (10 − 6) / 5 = 80; X weighs nothing.
    let result = figure(&facts, CoachingIndicator::Ind, "2023-C2", LONG_AFTER);
    assert_eq!(result.value, Value::Number((50.0 + 3.0 * 80.0) / 4.0));
    assert_eq!(result.ratio, None);
}

#[test]
fn a_later_list_replaces_the_one_before_as_a_whole_and_leaves_the_years_before() {
    let mut facts = quiet();
    facts.received.extend(received_year(0, 2024));
    facts.services.push(service(0, 2023, 0, definition("K6", 95.0, Aggregation::Cumulative)));
    facts.services.push(service(0, 2023, 1, definition("HT", 80.0, Aggregation::Sum)));
    facts.services[0].definitions.push((2024, 0, definition("K6", 50.0, Aggregation::Sum)));
    let months = ["2023-01", "2023-05", "2024-01", "2024-05"];
    let rows = months
        .iter()
        .flat_map(|text| [0, 1].map(|service| ((0, service, month(text).number()), (Some(1.0), Some(4.0)))));
    super::world::set_achievements(&mut facts, &rows.collect());
    let results = |when: &str| -> Vec<(String, f64, f64)> {
        let service = total(&facts, when, LONG_AFTER).service;
        service.iter().map(|result| (result.code.to_string(), result.target, result.ratio.numerator)).collect()
    };
    assert_eq!(results("2023-05"), [("K6".to_owned(), 95.0 * 5.0 / 12.0, 2.0), ("HT".to_owned(), 80.0, 1.0)]);
    assert_eq!(results("2024-05"), [("K6".to_owned(), 50.0, 1.0)]);
    assert_eq!(results("2025"), []);
    assert_eq!(results("2022"), [], "no list yet");
}

#[test]
fn decree_rows_hold_until_a_later_year_s_and_never_before() {
    let mut facts = quiet();
    let row = |year, indicator, target, weight| DecreeRow { puskesmas: 0, year, indicator, target, weight };
    facts.decree_rows = vec![
        row(2023, CoachingIndicator::Cak, Some(90.0), Some(30.0)),
        row(2025, CoachingIndicator::Cak, Some(70.0), None),
    ];
    let rule = |year: &str| {
        let result = figure(&facts, CoachingIndicator::Cak, year, LONG_AFTER);
        (result.target, result.weight)
    };
    assert_eq!(rule("2022"), (100.0, 20.0));
    assert_eq!(rule("2023"), (90.0, 30.0));
    assert_eq!(rule("2024"), (90.0, 30.0));
    assert_eq!(rule("2025"), (70.0, 30.0));
}

#[test]
fn the_status_is_decided_on_the_unrounded_score() {
    let mut facts = quiet();
    facts.visits.push(Visit { points: Some(72.799), maximum: Some(100.0), ..visit(0, date("2023-05-02")) });
    facts.decree_rows = CoachingIndicator::ALL
        .into_iter()
        .filter(|&indicator| indicator != CoachingIndicator::Dtk)
        .map(|indicator| DecreeRow { puskesmas: 0, year: 2023, indicator, target: None, weight: Some(0.0) })
        .collect();
    let block = total(&facts, "2023-C2", LONG_AFTER);
    assert!(block.score.unwrap() > 90.99 && block.score.unwrap() < 91.0);
    assert_eq!(block.status, Status::Fair);
    assert_eq!(total(&facts, "2023-C1", LONG_AFTER).status, Status::NoData);
}

#[test]
fn a_facility_is_listed_where_it_was_active_in_some_month_of_the_year() {
    let mut facts = quiet();
    facts.facilities.push(facility(0, "Pustu Tutup"));
    facts.facilities[1].active_until = Some(month("2022-12"));
    let listed = |when: &str| {
        let evaluation = evaluator(&facts).evaluate(period(when), date(LONG_AFTER)).unwrap();
        evaluation.puskesmas[0].facilities.len()
    };
    assert_eq!((listed("2022-C1"), listed("2023-C1")), (2, 1));
}

#[test]
fn unscheduled_visits_are_those_of_the_period() {
    let mut facts = quiet();
    facts.visits = ["2023-04-30", "2023-05-01", "2023-08-31", "2023-09-01"].map(|text| visit(0, date(text))).to_vec();
    let evaluation = evaluator(&facts).evaluate(period("2023-C2"), date(LONG_AFTER)).unwrap();
    let unscheduled = &evaluation.puskesmas[0].facilities[0].unscheduled;
    assert_eq!(unscheduled, &[date("2023-05-01").into(), date("2023-08-31").into()]);
}

#[test]
fn completeness_counts_facilities_with_a_fact_of_the_period() {
    let mut facts = quiet_with(Aggregation::Cumulative, &[("2023-01", Some(1.0), Some(4.0))]);
    facts.facilities.push(facility(0, "Pustu Sepi"));
    facts.facilities.push(facility(0, "Pustu Tunjungwali"));
    facts.visits.push(visit(2, date("2023-05-02")));
    let completeness = |when: &str| {
        let evaluation = evaluator(&facts).evaluate(period(when), date("2023-06-15")).unwrap();
        let completeness = evaluation.puskesmas[0].completeness;
        (completeness.facilities, completeness.facilities_with_data, completeness.months)
    };
    assert_eq!(completeness("2023-C1"), (3, 1, MonthsReceived { received: 4, of: 4 }));
    assert_eq!(completeness("2023-C2"), (3, 1, MonthsReceived { received: 2, of: 2 }));
}

#[test]
fn a_visit_of_a_month_counts_with_its_month_once_that_has_begun() {
    let mut facts = quiet();
    let of_may = VisitDate::Month(month("2023-05"));
    facts.visits = vec![Visit { points: Some(15.0), maximum: Some(20.0), ..visit(0, of_may) }];
    for (when, as_of, (checklist, evidence)) in [
        ("2023-C2", LONG_AFTER, ((15.0, 20.0), (3.0, 3.0))),
        ("2023-05", "2023-05-01", ((15.0, 20.0), (3.0, 3.0))),
        ("2023-C1", LONG_AFTER, ((0.0, 0.0), (0.0, 0.0))),
        ("2023", "2023-04-30", ((0.0, 0.0), (0.0, 0.0))),
    ] {
        let found = [CoachingIndicator::Dtk, CoachingIndicator::Bkt].map(|code| pair(&facts, code, when, as_of));
        assert_eq!(found, [checklist, evidence], "{when} as of {as_of}");
    }
    let evaluation = evaluator(&facts).evaluate(period("2023"), date(LONG_AFTER)).unwrap();
    assert_eq!(evaluation.puskesmas[0].facilities[0].unscheduled, [of_may]);
}
