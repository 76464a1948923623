//! Items of filled checklists, as they count. Knows no visit, no sheet and no store.

use std::collections::BTreeMap;

use super::Date;
use super::instrument::{ItemAnswer, ItemSum};
use super::visit_date::VisitDate;

/// One item of one filled checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistItem {
    /// Index of the facility.
    pub facility: u32,
    /// Day of the visit.
    pub date: Date,
    /// Form of the visit as the sheet says it; mostly blank.
    pub form: String,
    /// Code of the instrument.
    pub instrument: String,
    /// Code of the item in it.
    pub code: String,
    /// Words of the item when it was filled in.
    pub text: String,
    /// Label of its aspect.
    pub aspect: String,
    /// True if the facility must not go without it.
    pub is_critical: bool,
    /// Worth of its answer; `None`: not answered, which is not 0.
    pub answer: Option<ItemAnswer>,
    /// Points that it can have.
    pub maximum: f64,
    /// Person who coached, as the sheet names it.
    pub coach: Option<String>,
    /// Note beside it, as somebody wrote it.
    pub note: Option<String>,
}

impl ChecklistItem {
    /// Reports whether it was answered and not reached in full.
    pub fn is_unmet(&self) -> bool {
        self.answer.is_some_and(|answer| answer.is_unmet(self.maximum))
    }

    /// The order of facts: facility, date, form, instrument, code.
    pub fn order(&self) -> (u32, Date, &str, &str, &str) {
        (self.facility, self.date, &self.form, &self.instrument, &self.code)
    }
}

/// The items as the last sheets answer them, by facility, instrument and code. An answer that was not met stands until a
/// later sheet answers the item.
pub fn last_answers<'f>(items: impl Iterator<Item = &'f ChecklistItem>) -> Vec<&'f ChecklistItem> {
    let mut last: BTreeMap<(u32, &str, &str), &ChecklistItem> = BTreeMap::new();
    let mut items: Vec<&ChecklistItem> = items.collect();
    items.sort_by_key(|item| item.date);
    for item in items {
        let held = last.entry((item.facility, &item.instrument, &item.code)).or_insert(item);
        if item.answer.is_some() || !held.is_unmet() {
            *held = item;
        }
    }
    last.into_values().collect()
}

/// Key of a visit: facility, day or month, form in its normal form.
pub type VisitKey = (u32, VisitDate, String);

/// The sums of the items of each visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChecklistSums {
    pub(super) by_visit: BTreeMap<VisitKey, ItemSum>,
    /// The visit that the sheets of a facility, day and form are of.
    pub(super) visit_of_sheet: BTreeMap<(u32, Date, String), VisitKey>,
}
