//! Answer of a mark that is pointed at: details beside its name and value, and where it leads. Plain data; knows no
//! kind of chart, and no address but one that is given.

use crate::domain::{FacilityGroup, Period};

/// Details that a mark tells, and where it leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkAnswer {
    /// Said after name and value: counts, target, state of the data; may be empty.
    pub detail: String,
    /// Place that it leads to.
    pub target: Option<MarkTarget>,
    /// Address of that place, where the drawing shall be a link; pictures and papers have none.
    pub href: Option<String>,
}

/// Place that a mark leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkTarget {
    /// A facility's page, by its index in the facts.
    Facility(u32),
    /// The pages of a Puskesmas, by its name.
    Puskesmas(String),
    /// Where a figure comes from.
    Figure(MarkedFigure),
}

/// Figure that a mark shows.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedFigure {
    /// Index of the facility; `None` for a total.
    pub facility: Option<u32>,
    /// Group that the total is of; `None` for all.
    pub group: Option<FacilityGroup>,
    /// Code of the measure in addresses.
    pub measure: String,
    /// Period of the figure.
    pub period: Period,
}

impl MarkAnswer {
    /// An answer that leads to a place.
    pub fn new(detail: String, target: MarkTarget) -> Self {
        Self { detail, target: Some(target), href: None }
    }

    /// Words of the mark: its own and the details.
    pub(super) fn words(&self, said: &str) -> String {
        if self.detail.is_empty() { said.to_owned() } else { format!("{said}; {}", self.detail) }
    }
}
