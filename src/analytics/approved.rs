//! Periods whose results were fixed by an approval: an evaluator takes those in the place of its own, so that whoever
//! compares with such a period or draws it in a trend finds what was approved. Knows nothing of who approves.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use super::AnalyticsError;
use super::results::{Evaluation, FacilityResult, PuskesmasResult, ResultBlock, ServiceResult};
use crate::domain::name::{name_key, plain_words};
use crate::domain::{Date, Facts, Period};

/// Results that were fixed, with the facts that their indexes point into.
#[derive(Clone, Debug)]
pub struct ApprovedResult {
    /// Facts of the approved snapshot, of one Puskesmas.
    pub facts: Arc<Facts>,
    /// Evaluation of that snapshot.
    pub evaluation: Arc<Evaluation>,
}

/// Source of fixed results.
pub trait ApprovedPeriods: Debug + Send + Sync {
    /// The results that were fixed for a period of a Puskesmas, as of a day; `None` where they follow the facts.
    fn approved(&self, puskesmas: &str, period: Period, as_of: Date) -> Result<Option<ApprovedResult>, AnalyticsError>;

    /// Names what is fixed beside a period itself: two sources of one name fix the same. Blank where nothing is.
    fn name(&self, but: Period) -> String;
}

/// Puts fixed results in the place of those of an evaluation.
pub(super) fn put_in_place(
    evaluation: &mut Evaluation,
    facts: &Facts,
    source: &dyn ApprovedPeriods,
) -> Result<(), AnalyticsError> {
    for result in &mut evaluation.puskesmas {
        let Some(puskesmas) = facts.puskesmas.get(result.puskesmas as usize) else { continue };
        let Some(approved) = source.approved(&puskesmas.name, evaluation.period, evaluation.as_of)? else { continue };
        let Some(fixed) = approved.evaluation.puskesmas.first() else { continue };
        let indexes = Indexes::new(&approved.facts, facts, result.puskesmas);
        *result = indexes.placed(fixed, result.puskesmas);
    }
    Ok(())
}

/// Indexes of one list of facts by those of another, by name. What the other list does not know has none.
struct Indexes {
    facilities: Vec<Option<u32>>,
    services: Vec<Option<u32>>,
}

impl Indexes {
    fn new(from: &Facts, to: &Facts, puskesmas: u32) -> Self {
        let own = |owner: u32| owner == puskesmas;
        let facilities: BTreeMap<String, u32> = (0..)
            .zip(&to.facilities)
            .filter(|(_, facility)| own(facility.puskesmas))
            .map(|(index, facility)| (name_key(&facility.name), index))
            .collect();
        let services: BTreeMap<String, u32> = (0..)
            .zip(&to.services)
            .filter(|(_, service)| own(service.puskesmas))
            .map(|(index, service)| (plain_words(&service.code), index))
            .collect();
        Self {
            facilities: from.facilities.iter().map(|one| facilities.get(&name_key(&one.name)).copied()).collect(),
            services: from.services.iter().map(|one| services.get(&plain_words(&one.code)).copied()).collect(),
        }
    }

    fn placed(&self, fixed: &PuskesmasResult, puskesmas: u32) -> PuskesmasResult {
        let facility = |result: &FacilityResult| {
            let facility = (*self.facilities.get(result.facility as usize)?)?;
            Some(FacilityResult {
                facility,
                block: self.block(&result.block),
                slots: result.slots.clone(),
                unscheduled: result.unscheduled.clone(),
            })
        };
        let mut facilities: Vec<FacilityResult> = fixed.facilities.iter().filter_map(facility).collect();
        facilities.sort_by_key(|result| result.facility);
        PuskesmasResult { puskesmas, facilities, total: self.block(&fixed.total), completeness: fixed.completeness }
    }

    fn block(&self, block: &ResultBlock) -> ResultBlock {
        let service = |result: &ServiceResult| {
            let service = (*self.services.get(result.service as usize)?)?;
            Some(ServiceResult { service, ..result.clone() })
        };
        ResultBlock { service: block.service.iter().filter_map(service).collect(), ..block.clone() }
    }
}
