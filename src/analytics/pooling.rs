//! Totals: numerators and denominators of any group of facilities are pooled first, then computed; percentages are
//! never averaged.

use crate::domain::name::name_key;
use crate::domain::{CoachingIndicator, Decree, Facility, FacilityGroup, Ratio, Structure, Value};

use super::results::{MonthsReceived, ResultBlock, ServiceResult};
use super::scoring::{self, Counts, CountsByIndicator};

/// Facilities that a total is over; an empty selection takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Index of the only Puskesmas to take; `None`: of all.
    pub puskesmas: Option<u32>,
    /// Kind to take, without regard to spelling variants; `None`: every kind.
    pub kind: Option<String>,
    /// Group to take, *jaringan* or *jejaring*; `None`: both.
    pub group: Option<FacilityGroup>,
    /// Network structure to take; `None`: every one.
    pub structure: Option<Structure>,
    /// Village (*desa*) to take; `None`: every one.
    pub village: Option<String>,
}

impl Selection {
    /// Reports whether the facility belongs to it.
    pub fn contains(&self, facility: &Facility) -> bool {
        let same = |asked: &Option<String>, known: Option<&str>| {
            asked.as_deref().is_none_or(|asked| known.is_some_and(|known| name_key(known) == name_key(asked)))
        };
        self.puskesmas.is_none_or(|puskesmas| puskesmas == facility.puskesmas)
            && same(&self.kind, Some(&facility.kind))
            && self.group.is_none_or(|group| facility.group == Some(group))
            && self.structure.is_none_or(|structure| facility.structures.contains(&structure))
            && same(&self.village, facility.village.as_deref())
    }
}

/// Pools the blocks of facilities, given with the index of their Puskesmas, in ascending order of it.
///
/// Service indicators of several Puskesmas are pooled where code, direction and aggregation agree; target and weight
/// are then those of the first of them. The results stand in the order of `place` of the first.
pub fn pool<'a>(
    decree: &Decree,
    parts: impl Iterator<Item = (u32, &'a ResultBlock)> + Clone,
    place: impl Fn(u32) -> usize,
) -> ResultBlock {
    let mut counts = CountsByIndicator::default();
    let mut puskesmas_before = None;
    for (puskesmas, block) in parts.clone() {
        let first_of_puskesmas = puskesmas_before.replace(puskesmas) != Some(puskesmas);
        for indicator in CoachingIndicator::ALL {
            add(&mut counts[indicator.index()], block, indicator, first_of_puskesmas);
        }
    }
    scoring::block(decree, &counts, pool_services(parts, place))
}

/// Pools the totals of several Puskesmas that were evaluated each by itself: what their facilities would come to, put
/// together in one evaluation. Service indicators stand in the order in which they occur first.
pub fn pool_totals<'a>(decree: &Decree, totals: impl Iterator<Item = &'a ResultBlock> + Clone) -> ResultBlock {
    pool(decree, (0_u32..).zip(totals), |_service| 0)
}

/// Adds one facility's pair; months that are the Puskesmas' own (all but the reports') are added once for each.
fn add(counts: &mut Counts, block: &ResultBlock, indicator: CoachingIndicator, first_of_puskesmas: bool) {
    let result = block.indicator(indicator);
    counts.ratio = counts.ratio + result.ratio.unwrap_or_default();
    counts.unreported |= result.value == Value::NotReported;
    let own_months = matches!(indicator, CoachingIndicator::Klp | CoachingIndicator::Tpt);
    if own_months || first_of_puskesmas {
        counts.months = sum_months(counts.months, result.months);
    }
}

fn sum_months(a: MonthsReceived, b: MonthsReceived) -> MonthsReceived {
    MonthsReceived { received: a.received + b.received, of: a.of + b.of }
}

/// A service indicator's total, and the code's key once a second Puskesmas asks for it.
struct Pooled {
    total: ServiceResult,
    key: Option<String>,
}

fn pool_services<'a>(
    parts: impl Iterator<Item = (u32, &'a ResultBlock)>,
    place: impl Fn(u32) -> usize,
) -> Vec<ServiceResult> {
    let mut pooled: Vec<Pooled> = Vec::new();
    // (service, its place in `pooled`) of the Puskesmas at hand: an indicator belongs to one.
    let mut known: Vec<(u32, usize)> = Vec::new();
    let mut puskesmas_before = None;
    let mut first_puskesmas = true;
    for (puskesmas, block) in parts {
        if let Some(before) = puskesmas_before.replace(puskesmas).filter(|&before| before != puskesmas) {
            debug_assert!(before < puskesmas);
            known.clear();
            first_puskesmas = false;
        }
        for result in &block.service {
            let slot = known.iter().find(|&&(service, _)| service == result.service).map(|&(_, slot)| slot);
            let slot = slot.unwrap_or_else(|| {
                let slot = if first_puskesmas { None } else { position_of(&mut pooled, result) };
                let slot = slot.unwrap_or_else(|| push_empty(&mut pooled, result));
                known.push((result.service, slot));
                slot
            });
            let total = &mut pooled[slot].total;
            total.ratio = total.ratio + result.ratio;
            total.months = sum_months(total.months, result.months);
        }
    }
    let mut totals: Vec<ServiceResult> = pooled.into_iter().map(|pooled| pooled.total).collect();
    totals.iter_mut().for_each(scoring::judge_service);
    totals.sort_by_key(|total| place(total.service));
    totals
}

/// The total with which another Puskesmas' indicator is pooled: same code, direction and aggregation.
fn position_of(pooled: &mut [Pooled], result: &ServiceResult) -> Option<usize> {
    let key = name_key(&result.code);
    pooled.iter_mut().position(|pooled| {
        pooled.total.aggregation == result.aggregation
            && pooled.total.direction == result.direction
            && *pooled.key.get_or_insert_with(|| name_key(&pooled.total.code)) == key
    })
}

fn push_empty(pooled: &mut Vec<Pooled>, result: &ServiceResult) -> usize {
    let total = ServiceResult { ratio: Ratio::default(), months: MonthsReceived::default(), ..result.clone() };
    pooled.push(Pooled { total, key: None });
    pooled.len() - 1
}
