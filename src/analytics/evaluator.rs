//! The entrance: facts become frames once, then any period as of any date becomes results.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::decree::DecreeBook;
use crate::domain::{Date, Decree, Facts, Month, Period, ScheduleChange, ServiceDefinition};

use super::approved::ApprovedPeriods;
use super::assembly::{Assembly, FacilityInput};
use super::decrees::InForce;
use super::frames::Frames;
use super::groupings::{FacilitySums, ServiceSum, facility_sums, joined, service_sums};
use super::received::ReceivedMonths;
use super::results::{Evaluation, PuskesmasResult, ResultBlock};
use super::slots::Matching;
use super::window::Window;
use super::{AnalyticsError, Selection, approved, decrees, plans, pooling};

/// Puskesmas that one thread takes at least: fewer do not pay for it.
const SHARE_MIN: usize = 8;

/// Facts in frames, ready to be evaluated.
#[derive(Debug)]
pub struct Evaluator {
    facts: Arc<Facts>,
    decrees: DecreeBook,
    received: ReceivedMonths,
    frames: Frames,
    /// Facilities of each Puskesmas.
    facilities: Vec<Range<u32>>,
    /// Results that an approval fixed; they go before its own.
    approved: Option<Arc<dyn ApprovedPeriods>>,
}

impl Evaluator {
    /// Builds the frames. `decrees` hold before the rows that the facts bring.
    pub fn new(facts: Arc<Facts>, decrees: DecreeBook) -> Result<Self, AnalyticsError> {
        let received = ReceivedMonths::new(&facts.received);
        let frames = Frames::new(&facts, &received, &decrees)?;
        let before = |puskesmas: usize| {
            let place = facts.facilities.partition_point(|facility| (facility.puskesmas as usize) < puskesmas);
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        let facilities = (0..facts.puskesmas.len()).map(|puskesmas| before(puskesmas)..before(puskesmas + 1)).collect();
        Ok(Self { facts, decrees, received, frames, facilities, approved: None })
    }

    /// The same, with the results of approved periods in the place of its own.
    #[must_use]
    pub fn with_approved(self, approved: Arc<dyn ApprovedPeriods>) -> Self {
        Self { approved: Some(approved), ..self }
    }

    /// The facts behind it.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The decree in force for a facility in a year.
    pub fn decree_of_facility(&self, facility: u32, year: i32) -> Decree {
        let puskesmas = self.facts.facilities.get(facility as usize).map_or(0, |facility| facility.puskesmas);
        self.decree(puskesmas, year)
    }

    /// Tables that were received, by Puskesmas and month.
    pub fn received(&self) -> &ReceivedMonths {
        &self.received
    }

    /// Indexes of a Puskesmas' facilities, those of other years included; empty where the Puskesmas is unknown.
    pub fn facilities_of(&self, puskesmas: u32) -> Range<u32> {
        self.facilities.get(puskesmas as usize).cloned().unwrap_or(0..0)
    }

    /// The decree in force for a Puskesmas in a year.
    pub fn decree(&self, puskesmas: u32, year: i32) -> Decree {
        decrees::decree_in(&self.facts, &self.decrees, puskesmas, year)
    }

    /// The service indicators in force for a Puskesmas in a year, by index in [`Facts::services`], in list order.
    pub fn services(&self, puskesmas: u32, year: i32) -> Vec<(u32, &ServiceDefinition)> {
        decrees::services_in(&self.facts, puskesmas, year)
    }

    /// Slots, visits that serve them and unscheduled visits of one facility in one year, as of a date.
    pub fn matching(&self, facility: u32, year: i32, as_of: Date) -> Matching {
        plans::matching(&self.facts, &self.frames, &self.received, facility, year, as_of)
    }

    /// The changes that brought a planned slot where it is, in their order.
    pub fn changes_of_slot(&self, facility: u32, planned: Month) -> Vec<&ScheduleChange> {
        plans::changes_of_slot(&self.facts, &self.frames, facility, planned)
    }

    /// Evaluates every Puskesmas of the facts; `as_of` is cut to the period's last day.
    pub fn evaluate(&self, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        self.evaluate_range(0..self.facilities.len(), period, as_of)
    }

    /// The same by the facts alone, whatever was approved.
    pub fn evaluate_latest(&self, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        self.by_facts(0..self.facilities.len(), period, as_of)
    }

    /// Names what was approved of other periods than this one; blank where nothing was.
    pub fn approved_beside(&self, period: Period) -> String {
        self.approved.as_ref().map(|approved| approved.name(period)).unwrap_or_default()
    }

    /// Evaluates one Puskesmas; the evaluation holds that one alone (none where the index is unknown).
    pub fn evaluate_one(&self, puskesmas: u32, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        let place = puskesmas as usize;
        let range = if place < self.facilities.len() { place..place + 1 } else { 0..0 };
        self.evaluate_range(range, period, as_of)
    }

    /// The pairs of every facility and service indicator that reported, one list for each aggregation (sum,
    /// cumulative, last), each by (facility, service): the evaluation's largest grouping by itself.
    pub fn service_sums(&self, period: Period, as_of: Date) -> Result<[Vec<ServiceSum>; 3], AnalyticsError> {
        let facilities = 0..u32::try_from(self.facts.facilities.len()).unwrap_or(u32::MAX);
        service_sums(&self.frames, &Window::new(period, as_of), &facilities)
    }

    /// The total of some facilities of an evaluation (indexes in [`Facts::facilities`]; those not listed are passed
    /// over): their pairs pooled, IND and score computed from the pooled indicators. Facilities of one Puskesmas are
    /// judged by its decree, those of several by the default one.
    pub fn pool(&self, evaluation: &Evaluation, facilities: &[u32]) -> ResultBlock {
        let year = evaluation.period.year();
        let mut chosen = facilities.to_vec();
        chosen.sort_unstable();
        chosen.dedup();
        let parts: Vec<(u32, &ResultBlock)> = chosen
            .into_iter()
            .filter_map(|facility| {
                let puskesmas = self.facts.facilities.get(facility as usize)?.puskesmas;
                Some((puskesmas, &evaluation.of_puskesmas(puskesmas)?.facility(facility)?.block))
            })
            .collect();
        let mut puskesmas: Vec<u32> = parts.iter().map(|&(puskesmas, _)| puskesmas).collect();
        puskesmas.dedup();
        let decree = match puskesmas.as_slice() {
            [one] => self.decree(*one, year),
            _ => self.decrees.default.clone(),
        };
        let lists = puskesmas.iter().map(|&puskesmas| self.services(puskesmas, year));
        let places: BTreeMap<u32, usize> =
            lists.flat_map(|list| list.into_iter().enumerate().map(|(place, (service, _))| (service, place))).collect();
        pooling::pool(&decree, parts.into_iter(), |service| places.get(&service).copied().unwrap_or(usize::MAX))
    }

    /// The total of the facilities of an evaluation that belong to `selection`.
    pub fn pool_selection(&self, evaluation: &Evaluation, selection: &Selection) -> ResultBlock {
        let chosen: Vec<u32> = (0_u32..)
            .zip(&self.facts.facilities)
            .filter(|(_, facility)| selection.contains(facility))
            .map(|(index, _)| index)
            .collect();
        self.pool(evaluation, &chosen)
    }

    fn evaluate_range(
        &self,
        puskesmas: Range<usize>,
        period: Period,
        as_of: Date,
    ) -> Result<Evaluation, AnalyticsError> {
        let mut evaluation = self.by_facts(puskesmas, period, as_of)?;
        if let Some(approved) = &self.approved {
            approved::put_in_place(&mut evaluation, &self.facts, approved.as_ref())?;
        }
        Ok(evaluation)
    }

    fn by_facts(&self, puskesmas: Range<usize>, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        let window = Window::new(period, as_of);
        let rules = self.rules(puskesmas.clone(), period.year());
        let ranges = &self.facilities[puskesmas.clone()];
        let facilities = ranges.first().map_or(0, |range| range.start)..ranges.last().map_or(0, |range| range.end);
        let (services, sums) = std::thread::scope(|scope| {
            let services = scope.spawn(|| service_sums(&self.frames, &window, &facilities));
            let sums = facility_sums(&self.frames, &window, &facilities);
            (joined(services), sums)
        });
        let services = services?;
        let sums = sums?;
        let one = |index: usize| {
            let puskesmas_index = u32::try_from(index).unwrap_or(u32::MAX);
            let rules = &rules[index - puskesmas.start];
            self.assemble(window, puskesmas_index, rules, &SumsFrom { first: facilities.start, sums: &sums }, &services)
        };
        let results = puskesmas.clone().into_par_iter().with_min_len(SHARE_MIN).map(one).collect();
        Ok(Evaluation { period, as_of: window.as_of, puskesmas: results })
    }

    fn rules(&self, puskesmas: Range<usize>, year: i32) -> Vec<InForce<'_>> {
        puskesmas
            .map(|index| {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                decrees::in_force(&self.facts, &self.decrees, index, year)
            })
            .collect()
    }

    fn assemble(
        &self,
        window: Window,
        puskesmas: u32,
        rules: &InForce,
        sums: &SumsFrom<'_>,
        services: &[Vec<ServiceSum>; 3],
    ) -> PuskesmasResult {
        let range = self.facilities_of(puskesmas);
        let assembly =
            Assembly { facts: &self.facts, frames: &self.frames, received: &self.received, window, puskesmas, rules };
        // Narrowed to the Puskesmas first: its rows then stay in the cache while each facility finds its own.
        let services = services.each_ref().map(|sums| {
            let start = sums.partition_point(|sum| sum.facility < range.start);
            let end = start + sums[start..].partition_point(|sum| sum.facility < range.end);
            &sums[start..end]
        });
        assembly.results(range.map(|facility| FacilityInput {
            facility,
            sums: sums.sums_of(facility),
            services: services.map(|sums| plans::rows_of_facility(sums, facility, |sum| sum.facility)),
        }))
    }
}

/// Sums of facilities that follow each other in the facts.
struct SumsFrom<'a> {
    /// Index of the facility that the first of them belongs to.
    first: u32,
    sums: &'a [FacilitySums],
}

impl SumsFrom<'_> {
    fn sums_of(&self, facility: u32) -> FacilitySums {
        self.sums[(facility - self.first) as usize]
    }
}
