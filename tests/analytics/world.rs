//! Small worlds of facts: built by hand, or drawn by proptest. Every list is sorted as the store gives it.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use simpul::analytics::Evaluator;
use simpul::domain::accumulated::derive_months;
use simpul::domain::decree::{DecreeBook, Evidence, EvidenceRule};
use simpul::domain::facts::{
    FollowUp, LokminAttendance, LokminSort, MonthlyReport, Puskesmas, ReceivedTable, Service, Visit,
};
use simpul::domain::{
    Aggregation, ChangeApproval, CoachingIndicator, Date, Decree, Direction, Facility, FacilityGroup, Facts,
    IndicatorRule, Month, NamedKinds, Period, PwsStatus, Received, ReportReceipt, ScheduleChange, ServiceDefinition,
    Slot, StatusThresholds, Table, VisitDate,
};

/// The month written as `2023-05`.
pub fn month(text: &str) -> Month {
    text.parse::<Period>().unwrap().first_month()
}

/// The date written as `2023-05-12`.
pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The period written as `2023-C2`.
pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// The decree of the tests: the default targets and weights of the terms of reference.
pub fn decree() -> Decree {
    let targets = [100.0, 80.0, 80.0, 100.0, 80.0, 80.0, 100.0, 80.0, 100.0];
    let weights = [20.0, 10.0, 20.0, 10.0, 15.0, 5.0, 5.0, 5.0, 10.0];
    Decree {
        indicators: CoachingIndicator::ALL
            .map(|indicator| IndicatorRule { target: targets[indicator.index()], weight: weights[indicator.index()] }),
        thresholds: StatusThresholds { good_from: 91.0, fair_from: 81.0 },
        report_due_day: 5,
        evidence: vec![EvidenceRule {
            form: "pertemuan".to_owned(),
            required: vec![Evidence::AttendanceList, Evidence::Minutes, Evidence::Photos],
        }],
        evidence_otherwise: vec![Evidence::Checklist, Evidence::Photos],
        pws_level_below: PwsStatus::Jelek,
        status_basis_min: 3,
    }
}

/// The facts in frames.
pub fn evaluator(facts: &Facts) -> Evaluator {
    Evaluator::new(Arc::new(facts.clone()), DecreeBook::from_decree(decree())).unwrap()
}

/// A facility that is active from January 2022 on and owes reports.
pub fn facility(puskesmas: u32, name: &str) -> Facility {
    Facility {
        puskesmas,
        name: name.to_owned(),
        kind: "Pustu".to_owned(),
        group: Some(FacilityGroup::Jaringan),
        structures: Vec::new(),
        address: None,
        village: None,
        person_in_charge: None,
        owes_reports: true,
        active_from: month("2022-01"),
        active_until: None,
        agreement: None,
        licence: None,
        coordinates: None,
        register_place: None,
    }
}

/// A visit with full evidence and no score.
pub fn visit(facility: u32, on: impl Into<VisitDate>) -> Visit {
    Visit {
        facility,
        date: on.into(),
        form: "Pertemuan".to_owned(),
        coach: None,
        points: None,
        maximum: None,
        attendance_list: true,
        minutes: true,
        photos: true,
        aspect: None,
        finding: None,
    }
}

/// A definition of weight 1, higher is better.
pub fn definition(code: &str, target: f64, aggregation: Aggregation) -> ServiceDefinition {
    ServiceDefinition {
        code: code.to_owned(),
        name: code.to_owned(),
        target,
        weight: 1.0,
        direction: Direction::HigherIsBetter,
        aggregation,
        applies_to: NamedKinds::default(),
    }
}

/// A service indicator with one list.
pub fn service(puskesmas: u32, year: i32, place: u32, definition: ServiceDefinition) -> Service {
    Service { puskesmas, code: definition.code.clone(), definitions: vec![(year, place, definition)] }
}

/// One Puskesmas, one facility, the whole of 2023 received, nothing else.
pub fn quiet() -> Facts {
    Facts {
        puskesmas: vec![Puskesmas { name: "UPT PUSKESMAS ABCDE".to_owned() }],
        facilities: vec![facility(0, "Pustu Ngatri")],
        received: received_year(0, 2023),
        ..Facts::default()
    }
}

/// Every table of a year.
pub fn received_year(puskesmas: u32, year: i32) -> Vec<ReceivedTable> {
    Table::ALL.map(|table| ReceivedTable { puskesmas, table, received: Received::Year(year) }).to_vec()
}

/// (facility, service, month, numerator, denominator), by key.
pub type Rows = BTreeMap<(u32, u32, i32), (Option<f64>, Option<f64>)>;

/// Puts achievements into columns.
pub fn set_achievements(facts: &mut Facts, rows: &Rows) {
    let columns = &mut facts.achievements;
    for (&(facility, service, month), &(numerator, denominator)) in rows {
        columns.facility.push(facility);
        columns.service.push(service);
        columns.month.push(month);
        columns.numerator.push(numerator);
        columns.denominator.push(denominator);
    }
}

/// Achievements of the first facility and service: (month, numerator, denominator).
pub fn with_achievements(facts: &mut Facts, rows: &[(&str, Option<f64>, Option<f64>)]) {
    let keyed =
        rows.iter().map(|&(text, numerator, denominator)| ((0, 0, month(text).number()), (numerator, denominator)));
    set_achievements(facts, &keyed.collect());
}

/// Facilities of each drawn Puskesmas.
const FACILITIES: u32 = 3;
/// Drawn Puskesmas, each with one service indicator of each aggregation.
const PUSKESMAS: u32 = 2;

fn any_facility() -> impl Strategy<Value = u32> {
    0..FACILITIES * PUSKESMAS
}

fn any_month() -> impl Strategy<Value = Month> {
    (month("2022-10").number()..=month("2023-12").number()).prop_map(Month::from_number)
}

/// A day of the worlds' time.
pub fn any_date() -> impl Strategy<Value = Date> {
    (any_month(), 0_u64..28).prop_map(|(month, day)| month.first_day() + chrono::Days::new(day))
}

/// A period of any kind in 2023.
pub fn any_period() -> impl Strategy<Value = Period> {
    let all =
        ["2023", "2023-S1", "2023-S2", "2023-C1", "2023-C2", "2023-C3", "2023-Q2", "2023-Q4", "2023-03", "2023-07"];
    prop::sample::select(all.map(period).to_vec())
}

fn count() -> impl Strategy<Value = f64> {
    (0_u32..40).prop_map(f64::from)
}

fn any_visit() -> impl Strategy<Value = Visit> {
    let form = prop::sample::select(vec!["Pertemuan", "Supervisi fasilitatif", ""]);
    let score = prop::option::weighted(0.8, (0_u32..=20).prop_map(f64::from));
    let when = (any_date(), prop::bool::weighted(0.8)).prop_map(|(date, has_day)| {
        if has_day { VisitDate::Day(date) } else { VisitDate::Month(Month::from_date(date)) }
    });
    (any_facility(), when, form, score, any::<[bool; 3]>()).prop_map(
        |(facility, date, form, points, [attendance_list, minutes, photos])| Visit {
            form: form.to_owned(),
            points,
            maximum: Some(20.0),
            attendance_list,
            minutes,
            photos,
            ..visit(facility, date)
        },
    )
}

prop_compose! {
    fn registered()(
        owes in prop::collection::vec(prop::bool::weighted(0.8), 6),
        ends in prop::collection::vec(prop::option::weighted(0.2, any_month()), 6),
        received in prop::collection::vec(prop::bool::weighted(0.75), 300),
    ) -> Facts {
        let mut facts = Facts::default();
        for puskesmas in 0..PUSKESMAS {
            facts.puskesmas.push(Puskesmas { name: format!("UPT PUSKESMAS {puskesmas}") });
            for (place, aggregation) in (0..).zip([Aggregation::Last, Aggregation::Sum, Aggregation::Cumulative]) {
                let mut indicator = definition(&format!("I{place}"), 90.0, aggregation);
                if place == 1 {
                    indicator.direction = Direction::LowerIsBetter;
                }
                facts.services.push(service(puskesmas, 2022, place, indicator));
            }
            for place in 0..FACILITIES {
                let index = (puskesmas * FACILITIES + place) as usize;
                facts.facilities.push(Facility {
                    owes_reports: owes[index],
                    active_until: ends[index],
                    kind: if place == 0 { "Pustu" } else { "Klinik" }.to_owned(),
                    ..facility(puskesmas, &format!("Faskes {place}"))
                });
            }
        }
        let months = (month("2022-10").number()..=month("2023-12").number()).map(Month::from_number);
        let tables = months.flat_map(|month| Table::ALL.map(|table| (table, Received::Month(month))));
        let rows = (0..PUSKESMAS).flat_map(|puskesmas| tables.clone().map(move |row| (puskesmas, row)));
        facts.received = rows
            .zip(received)
            .filter(|(_, received)| *received)
            .map(|((puskesmas, (table, received)), _)| ReceivedTable { puskesmas, table, received })
            .collect();
        facts.received.sort_unstable();
        facts
    }
}

prop_compose! {
    /// Any facts of two Puskesmas with three facilities each.
    pub fn any_facts()(
        mut facts in registered(),
        slots in prop::collection::btree_set((any_facility(), any_month()), 0..14),
        changes in prop::collection::vec((any_facility(), any_month(), prop::option::of(1_u32..=12)), 0..6),
        visits in prop::collection::vec(any_visit(), 0..60),
        follow_ups in prop::collection::vec((any_facility(), any_date(), any_date(), prop::option::of(any_date())), 0..20),
        lokmin in prop::collection::btree_map((any_facility(), any_month()), any::<(bool, bool)>(), 0..40),
        reports in prop::collection::btree_map((any_facility(), any_month()), (20_u64..45, 0_usize..8), 0..70),
        achievements in prop::collection::btree_map(
            (any_facility(), 0_u32..3, any_month()),
            (prop::option::weighted(0.9, count()), prop::option::weighted(0.9, count())),
            0..200,
        ),
        accumulated in prop::collection::vec(prop::option::weighted(0.2, count()), 200),
    ) -> Facts {
        facts.slots = slots.into_iter().map(|(facility, month)| Slot { facility, month, person: None }).collect();
        facts.changes = changes
            .into_iter()
            .map(|(facility, named, to)| {
                let moved_to = to.and_then(|to| Month::new(named.year(), to));
                ScheduleChange { facility, named, moved_to, reason: None, approval: ChangeApproval::default() }
            })
            .collect();
        facts.visits = visits;
        facts.visits.sort_by(|a, b| (a.facility, a.date, &a.form).cmp(&(b.facility, b.date, &b.form)));
        facts.visits.dedup_by(|a, b| (a.facility, a.date, &a.form) == (b.facility, b.date, &b.form));
        facts.follow_ups = follow_ups
            .into_iter()
            .map(|(facility, visit_date, due, done)| {
                FollowUp { facility, visit_date, item: format!("item {due}"), owner: None, due, done }
            })
            .collect();
        facts.follow_ups.sort_by(|a, b| (a.facility, a.visit_date, &a.item).cmp(&(b.facility, b.visit_date, &b.item)));
        let attendance = |((facility, month), (invited, attended))| {
            LokminAttendance { facility, month, sort: LokminSort::Monthly, invited, attended }
        };
        facts.lokmin = lokmin.into_iter().map(attendance).collect();
        let report = |((facility, month), (days, how)): ((u32, Month), (u64, usize))| {
            let on = ReportReceipt::Day(month.first_day() + chrono::Days::new(days));
            let without_day =
                [ReportReceipt::InTime, ReportReceipt::Late, ReportReceipt::Came, ReportReceipt::NotCome];
            MonthlyReport { facility, month, received: without_day.get(how).copied().unwrap_or(on) }
        };
        facts.reports = reports.into_iter().map(report).collect();
        let row = |((facility, service, month), pair): ((u32, u32, Month), _)| {
            ((facility, facility / FACILITIES * 3 + service, month.number()), pair)
        };
        set_achievements(&mut facts, &achievements.into_iter().map(row).collect());
        let rows = facts.achievements.month.len();
        let counts = (0..rows).zip(accumulated).filter_map(|(row, count)| Some((row, count?)));
        facts.achievements.accumulated = counts.collect();
        derive_months(&mut facts.achievements);
        facts
    }
}
