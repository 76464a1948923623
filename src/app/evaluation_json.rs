//! The evaluation as the command line contract's JSON. Serde stands here, at the edge; the results know nothing of
//! it. Prints nothing itself.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::analytics::results::{Evaluation, IndicatorResult, PuskesmasResult, ResultBlock, ServiceResult};
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, Facts, Ratio};

/// Evaluation of one Puskesmas, as the contract lays it down.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvaluationJson {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Code of the period (`2023-C2`).
    pub period: String,
    /// Day of evaluation (`2023-08-31`).
    pub as_of: String,
    /// Facilities by name, in the order of code points.
    pub facilities: Vec<FacilityJson>,
    /// Figures of the Puskesmas, pooled over its facilities.
    pub total: BlockJson,
}

/// BLOCK with name, kind, slots and unscheduled visits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FacilityJson {
    /// Name as the register writes it.
    pub name: String,
    /// Kind as the register writes it.
    pub kind: String,
    /// Score, status, indicators, service.
    #[serde(flatten)]
    pub block: BlockJson,
    /// All of the year's, by planned month.
    pub slots: Vec<SlotJson>,
    /// Dates of visits that serve no slot (`2023-05-12`).
    pub unscheduled: Vec<String>,
}

/// BLOCK of the contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlockJson {
    /// 0–100, unrounded; null without data.
    pub score: Option<f64>,
    /// `good`, `fair`, `poor`, `no_data`.
    pub status: &'static str,
    /// Figures by code, in the decree's order.
    #[schema(value_type = std::collections::BTreeMap<String, FigureJson>)]
    pub indicators: Ordered<FigureJson>,
    /// Figures by code, in the list's order; those not reported are left out.
    #[schema(value_type = std::collections::BTreeMap<String, FigureJson>)]
    pub service: Ordered<FigureJson>,
}

/// Figure of one indicator.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FigureJson {
    /// Null for IND, 0 where it does not apply.
    pub numerator: Option<f64>,
    /// As the numerator: null for IND, 0 where it does not apply.
    pub denominator: Option<f64>,
    /// Percent, unrounded; null where there is none.
    pub value: Option<f64>,
    /// Percent; due by then where cumulative.
    pub target: f64,
    /// Performance of 0–100; null without a value.
    pub performance: Option<f64>,
}

/// Planned visit of the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlotJson {
    /// Month of the plan, before changes of schedule (`2023-05`).
    pub planned: String,
    /// Month after changes; null where cancelled.
    pub effective: Option<String>,
    /// Date of the visit that serves it.
    pub visit: Option<String>,
    /// Code of its state.
    pub state: &'static str,
}

/// A JSON object whose keys keep their order.
#[derive(Clone, Debug)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl EvaluationJson {
    /// The contract's shape of one Puskesmas' result.
    pub fn new(facts: &Facts, evaluation: &Evaluation, result: &PuskesmasResult) -> Self {
        let facilities = result.facilities.iter().map(|facility| {
            let register = &facts.facilities[facility.facility as usize];
            FacilityJson {
                name: register.name.clone(),
                kind: register.kind.clone(),
                block: BlockJson::new(&facility.block),
                slots: facility.slots.iter().map(SlotJson::new).collect(),
                unscheduled: facility.unscheduled.iter().map(ToString::to_string).collect(),
            }
        });
        Self {
            puskesmas: facts.puskesmas[result.puskesmas as usize].name.clone(),
            period: evaluation.period.to_string(),
            as_of: evaluation.as_of.to_string(),
            facilities: facilities.collect(),
            total: BlockJson::new(&result.total),
        }
    }
}

impl EvaluationJson {
    /// The whole as text: numbers, words and ordered objects, which always have one.
    pub fn contract(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl BlockJson {
    /// The contract's shape of a block.
    pub fn new(block: &ResultBlock) -> Self {
        let coaching = CoachingIndicator::ALL
            .map(|indicator| (indicator.code().to_owned(), FigureJson::coaching(block.indicator(indicator))));
        let service = block.service.iter().map(|result| (result.code.to_string(), FigureJson::service(result)));
        Self {
            score: block.score,
            status: block.status.code(),
            indicators: Ordered(coaching.to_vec()),
            service: Ordered(service.collect()),
        }
    }
}

impl FigureJson {
    fn coaching(result: &IndicatorResult) -> Self {
        // What does not apply has no pair: 0 of 0, whatever the sums hold.
        let ratio = result.ratio.map(|ratio| if ratio.denominator > 0.0 { ratio } else { Ratio::default() });
        Self {
            numerator: ratio.map(|ratio| ratio.numerator),
            denominator: ratio.map(|ratio| ratio.denominator),
            value: result.value.number(),
            target: result.target,
            performance: result.performance,
        }
    }

    fn service(result: &ServiceResult) -> Self {
        Self {
            numerator: Some(result.ratio.numerator),
            denominator: Some(result.ratio.denominator),
            value: result.value.number(),
            target: result.target,
            performance: result.performance,
        }
    }
}

impl SlotJson {
    /// The contract's shape of a planned visit.
    pub fn new(slot: &SlotOutcome) -> Self {
        Self {
            planned: slot.planned.to_string(),
            effective: slot.effective.map(|month| month.to_string()),
            visit: slot.visit.map(|date| date.to_string()),
            state: slot.state.code(),
        }
    }
}
