//! From sums, slots and rules to the results of one Puskesmas. Pure: what polars summed comes in as plain numbers.

use crate::domain::{Aggregation, CoachingIndicator, Facility, Facts, Month, Ratio, SlotState, Table};

use super::decrees::InForce;
use super::frames::{Frames, report_due};
use super::groupings::{FacilitySums, ServiceSum};
use super::received::ReceivedMonths;
use super::results::{Completeness, FacilityResult, MonthsReceived, PuskesmasResult, ResultBlock, ServiceResult};
use super::scoring::{Counts, CountsByIndicator};
use super::slots::{self, Matching};
use super::window::Window;
use super::{plans, pooling, scoring};

/// Parts that the results of one Puskesmas are made of.
pub struct Assembly<'a> {
    /// Facts that the frames were built from.
    pub facts: &'a Facts,
    /// Frames of the facts.
    pub frames: &'a Frames,
    /// Tables that were received, by month.
    pub received: &'a ReceivedMonths,
    /// Period and as-of date.
    pub window: Window,
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Its rules in the period's year.
    pub rules: &'a InForce<'a>,
}

/// Sums of one facility, by index.
#[derive(Clone, Copy, Debug)]
pub struct FacilityInput<'a> {
    /// Index in the facts.
    pub facility: u32,
    /// Pairs from dated facts: visits, follow-ups, lokmin and reports.
    pub sums: FacilitySums,
    /// Sums of achievements, one list for each aggregation.
    pub services: [&'a [ServiceSum]; 3],
}

/// Months behind the coaching indicators that are the Puskesmas' own.
#[derive(Clone, Copy, Debug, Default)]
struct TableMonths {
    visits_ended: MonthsReceived,
    visits: MonthsReceived,
    follow_ups: MonthsReceived,
    lokmin: MonthsReceived,
    achievements: MonthsReceived,
}

impl Assembly<'_> {
    /// The results of the Puskesmas whose facilities are `inputs`, ascending.
    pub fn results<'b>(&self, inputs: impl Iterator<Item = FacilityInput<'b>>) -> PuskesmasResult {
        let months = self.table_months();
        let year = self.window.period.year();
        let mut completeness = Completeness { months: self.months_with_any_table(), ..Completeness::default() };
        let mut facilities = Vec::with_capacity(inputs.size_hint().0);
        for input in inputs {
            let facility = &self.facts.facilities[input.facility as usize];
            if !facility.is_listed_in(year) {
                continue;
            }
            completeness.facilities += 1;
            let has_data =
                input.sums.has_data || input.services.iter().copied().flatten().any(|service| service.in_period);
            completeness.facilities_with_data += u32::from(has_data);
            facilities.push(self.facility_result(facility, &input, &months));
        }
        let total = self.total(&facilities);
        PuskesmasResult { puskesmas: self.puskesmas, facilities, total, completeness }
    }

    fn total(&self, facilities: &[FacilityResult]) -> ResultBlock {
        let parts = facilities.iter().map(|result| (self.puskesmas, &result.block));
        pooling::pool(&self.rules.decree, parts, |service| self.rules.place(service).unwrap_or(usize::MAX))
    }

    fn facility_result(&self, facility: &Facility, input: &FacilityInput, months: &TableMonths) -> FacilityResult {
        let as_of = self.window.as_of;
        let year = self.window.period.year();
        let matching = plans::matching(self.facts, self.frames, self.received, input.facility, year, as_of);
        let counts = self.counts(facility, &matching, &input.sums, months);
        let placed = input.services.iter().copied().flatten();
        let mut placed: Vec<(usize, &ServiceSum)> =
            placed.filter_map(|sum| Some((self.rules.place(sum.service)?, sum))).collect();
        placed.sort_unstable_by_key(|&(place, _)| place);
        let services = placed.into_iter().filter_map(|(place, sum)| self.service_result(place, sum)).collect();
        FacilityResult {
            facility: input.facility,
            block: scoring::block(&self.rules.decree, &counts, services),
            slots: matching.slots,
            unscheduled: matching.unscheduled.into_iter().filter(|date| self.window.contains_visit(*date)).collect(),
        }
    }

    fn service_result(&self, place: usize, sum: &ServiceSum) -> Option<ServiceResult> {
        let in_force = self.rules.services.get(place)?;
        let last = self.window.last_begun?;
        let begun = match in_force.definition.aggregation {
            Aggregation::Cumulative => last.month(),
            Aggregation::Sum | Aggregation::Last => count(self.window.begun_months()),
        };
        Some(scoring::service_result(
            in_force,
            in_force.definition.target_due(last),
            sum.ratio,
            MonthsReceived { received: sum.months, of: begun },
        ))
    }

    fn counts(
        &self,
        facility: &Facility,
        matching: &Matching,
        sums: &FacilitySums,
        months: &TableMonths,
    ) -> CountsByIndicator {
        let from_table = |ratio: Ratio, months: MonthsReceived| {
            let unreported = months.received < months.of;
            Counts { ratio, months, unreported }
        };
        let (coverage, punctuality) = self.slot_counts(matching, months);
        let owed = self.reports_owed(facility);
        let reported = |ratio: Ratio| MonthsReceived { received: whole_count(ratio.denominator), of: owed };
        let mut counts = CountsByIndicator::default();
        for (indicator, its) in [
            (CoachingIndicator::Cak, coverage),
            (CoachingIndicator::Jdw, punctuality),
            (CoachingIndicator::Dtk, from_table(sums.checklist, months.visits)),
            (CoachingIndicator::Bkt, from_table(sums.evidence, months.visits)),
            (CoachingIndicator::Rtl, from_table(sums.follow_ups, months.follow_ups)),
            (CoachingIndicator::Lok, from_table(sums.lokmin, months.lokmin)),
            (CoachingIndicator::Klp, from_table(sums.reports, reported(sums.reports))),
            (CoachingIndicator::Tpt, from_table(sums.reports_in_time, reported(sums.reports_in_time))),
            (CoachingIndicator::Ind, from_table(Ratio::default(), months.achievements)),
        ] {
            counts[indicator.index()] = its;
        }
        counts
    }

    /// CAK and JDW; nothing is applicable before the period begins.
    fn slot_counts(&self, matching: &Matching, months: &TableMonths) -> (Counts, Counts) {
        let Window { period, as_of, .. } = self.window;
        let empty = Counts { months: months.visits_ended, ..Counts::default() };
        let mut coverage = empty;
        let mut punctuality = empty;
        if self.window.has_begun() {
            for slot in &matching.slots {
                coverage.ratio = coverage.ratio + slots::coverage(slot, period);
                punctuality.ratio = punctuality.ratio + slots::punctuality(slot, period, as_of);
                let unreported = slot.state == SlotState::Unreported;
                coverage.unreported |= unreported && slot.effective.is_some_and(|month| period.contains(month));
                punctuality.unreported |= unreported && period.contains(slot.planned);
            }
        }
        (coverage, punctuality)
    }

    /// Reports that the facility owes with a due day that lies in the period and has come, received tables or not.
    fn reports_owed(&self, facility: &Facility) -> u32 {
        let owed = |month: &Month| {
            let come = report_due(*month, &self.rules.decree) <= self.window.as_of;
            facility.owes_reports && come && facility.is_active_in(month.plus(-1))
        };
        count(self.window.begun_months().filter(owed))
    }

    fn table_months(&self) -> TableMonths {
        let begun = |table| self.months_received(table, self.window.begun_months());
        TableMonths {
            visits_ended: self.months_received(Table::Visits, self.window.ended_months()),
            visits: begun(Table::Visits),
            follow_ups: begun(Table::FollowUps),
            lokmin: begun(Table::Lokmin),
            achievements: begun(Table::Achievements),
        }
    }

    fn months_received(&self, table: Table, months: impl Iterator<Item = Month> + Clone) -> MonthsReceived {
        let received = months.clone().filter(|&month| self.received.contains(self.puskesmas, table, month));
        MonthsReceived { received: count(received), of: count(months) }
    }

    fn months_with_any_table(&self) -> MonthsReceived {
        let received = self.window.begun_months().filter(|&month| self.received.contains_any(self.puskesmas, month));
        MonthsReceived { received: count(received), of: count(self.window.begun_months()) }
    }
}

fn count(months: impl Iterator<Item = Month>) -> u32 {
    u32::try_from(months.count()).unwrap_or(u32::MAX)
}

/// A count that polars summed as a float.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of at most twelve months")]
fn whole_count(count: f64) -> u32 {
    count as u32
}
