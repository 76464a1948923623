//! Synthetic facts of one year for any number of Puskesmas: deterministic, dense, sorted as the store gives them.
//! Knows nothing of how they are evaluated.

use simpul::domain::facts::{
    Achievements, FollowUp, LokminAttendance, LokminSort, MonthlyReport, Puskesmas, ReceivedTable, Service, Visit,
};
use simpul::domain::{
    Aggregation, Date, Direction, Facility, FacilityGroup, Facts, Month, NamedKinds, Received, ReportReceipt,
    ServiceDefinition, Slot, Structure, Table,
};

/// Facilities of each Puskesmas.
pub const FACILITIES: u32 = 40;
/// Service indicators of each Puskesmas.
pub const SERVICES: u32 = 20;
/// The year.
pub const YEAR: i32 = 2023;
/// One month in this many is not reported.
const SILENT_ONE_IN: u64 = 12;

/// Deterministic numbers (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u32 {
        u32::try_from(self.next() % bound).unwrap_or(0)
    }
}

/// The year's facts of `puskesmas` Puskesmas.
pub fn facts(puskesmas: u32) -> Facts {
    let mut facts = Facts::default();
    let mut numbers = Numbers(7);
    for index in 0..puskesmas {
        facts.puskesmas.push(Puskesmas { name: format!("UPT PUSKESMAS {index:04}") });
        facts.services.extend((0..SERVICES).map(|place| service(index, place)));
        facts.received.extend(Table::ALL.map(|table| ReceivedTable {
            puskesmas: index,
            table,
            received: Received::Year(YEAR),
        }));
        for place in 0..FACILITIES {
            facts.facilities.push(facility(index, place));
            add_contacts(&mut facts, &mut numbers, index * FACILITIES + place);
            add_achievements(&mut facts.achievements, &mut numbers, index, index * FACILITIES + place);
        }
    }
    facts
}

/// How many facts there are.
pub fn count(facts: &Facts) -> usize {
    facts.achievements.facility.len()
        + facts.slots.len()
        + facts.visits.len()
        + facts.follow_ups.len()
        + facts.lokmin.len()
        + facts.reports.len()
}

fn month(number: u32) -> Month {
    Month::new(YEAR, number).unwrap_or_else(|| unreachable!("a month of the year"))
}

fn day(month: Month, day: u32) -> Date {
    month.first_day() + chrono::Days::new(u64::from(day))
}

fn service(puskesmas: u32, place: u32) -> Service {
    let aggregation = [Aggregation::Sum, Aggregation::Cumulative, Aggregation::Last][place as usize % 3];
    let direction = if place % 7 == 3 { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
    let code = format!("I{place:02}");
    let definition = ServiceDefinition {
        code: code.clone(),
        name: format!("Indikator {place}"),
        target: 90.0,
        weight: 1.0,
        direction,
        aggregation,
        applies_to: NamedKinds::default(),
    };
    Service { puskesmas, code, definitions: vec![(YEAR, place, definition)] }
}

fn facility(puskesmas: u32, place: u32) -> Facility {
    let group = if place < 12 { FacilityGroup::Jaringan } else { FacilityGroup::Jejaring };
    Facility {
        puskesmas,
        name: format!("Faskes {place:02}"),
        kind: ["Pustu", "Polindes", "Apotek", "Klinik"][place as usize % 4].to_owned(),
        group: Some(group),
        structures: vec![Structure::AdministrativeArea],
        address: None,
        village: None,
        person_in_charge: None,
        owes_reports: place % 5 != 4,
        active_from: month(1),
        active_until: None,
        agreement: None,
        licence: None,
        coordinates: None,
        register_place: None,
    }
}

/// Slots, visits, follow-ups, lokmin and reports of one facility.
fn add_contacts(facts: &mut Facts, numbers: &mut Numbers, facility: u32) {
    for quarter in 0..4 {
        let planned = month(quarter * 3 + 1 + numbers.below(3));
        facts.slots.push(Slot { facility, month: planned, person: None });
        let date = day(planned, numbers.below(28));
        if numbers.below(6) > 0 {
            facts.visits.push(visit(numbers, facility, date));
            facts.follow_ups.push(FollowUp {
                facility,
                visit_date: date,
                item: "Melengkapi register".to_owned(),
                owner: None,
                due: date + chrono::Days::new(30),
                done: (numbers.below(3) > 0).then(|| date + chrono::Days::new(u64::from(numbers.below(50)))),
            });
        }
    }
    for number in 1..=12 {
        let attended = numbers.below(4) > 0;
        facts.lokmin.push(LokminAttendance {
            facility,
            month: month(number),
            sort: LokminSort::Monthly,
            invited: true,
            attended,
        });
        if numbers.below(8) > 0 {
            let received = day(month(number).plus(1), numbers.below(9));
            facts.reports.push(MonthlyReport {
                facility,
                month: month(number),
                received: ReportReceipt::Day(received),
            });
        }
    }
}

fn visit(numbers: &mut Numbers, facility: u32, date: Date) -> Visit {
    let maximum = f64::from(20 + numbers.below(80));
    Visit {
        facility,
        date: date.into(),
        form: ["Pertemuan", "Supervisi fasilitatif", ""][numbers.below(3) as usize].to_owned(),
        coach: None,
        points: (numbers.below(10) > 0).then(|| (maximum * f64::from(50 + numbers.below(51)) / 100.0).floor()),
        maximum: Some(maximum),
        attendance_list: numbers.below(4) > 0,
        minutes: numbers.below(4) > 0,
        photos: numbers.below(4) > 0,
        aspect: None,
        finding: None,
    }
}

fn add_achievements(columns: &mut Achievements, numbers: &mut Numbers, puskesmas: u32, facility: u32) {
    for place in 0..SERVICES {
        let annual = f64::from(60 + numbers.below(200));
        for number in 1..=12 {
            if numbers.next().is_multiple_of(SILENT_ONE_IN) {
                continue;
            }
            let denominator = if place % 3 == 1 { annual } else { f64::from(10 + numbers.below(50)) };
            columns.facility.push(facility);
            columns.service.push(puskesmas * SERVICES + place);
            columns.month.push(month(number).number());
            columns.numerator.push(Some((denominator * f64::from(numbers.below(101)) / 100.0).floor()));
            columns.denominator.push(Some(denominator));
        }
    }
}
