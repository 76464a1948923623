//! Writes addresses: a page keeps Puskesmas, period and as-of date; a figure leads to its *Asal angka*.

use crate::charts::MarkTarget;
use crate::dashboard::{FigureAddress, Whose};
use crate::domain::form::TableForm;
use crate::domain::{FactRef, Facts, Table};
use crate::store::fact_entry_id;
use crate::web::chosen::{ResolvedRequest, SUBJECT_NAMES};
use crate::web::query::{Query, encode};

/// Path of the page of several Puskesmas.
pub const DISTRICT_PATH: &str = "/kabupaten";
/// Path of the pages on which every table is typed.
pub const ENTRIES: &str = "/catatan";
/// Before the names of fields that an address fills in.
pub const KNOWN: &str = "isi-";
/// Word of an address that asks for a follow-up to be marked as done.
pub const DONE: &str = "selesai";

/// Writes addresses for one choice of Puskesmas, period and as-of date.
#[derive(Clone, Debug, Default)]
pub struct Links {
    subject: Query,
}

impl Links {
    /// For what was chosen.
    pub fn new(chosen: &ResolvedRequest) -> Self {
        Self { subject: chosen.query.only(&SUBJECT_NAMES) }
    }

    /// The same with one thing more that every address keeps; nothing where it is blank.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        Self { subject: self.subject.with(name, value) }
    }

    /// The same, about no Puskesmas more than the others.
    #[must_use]
    pub fn without_puskesmas(&self) -> Self {
        self.with("puskesmas", "")
    }

    /// For a page about several Puskesmas.
    pub fn over_several(query: &Query) -> Self {
        Self { subject: query.only(&SUBJECT_NAMES) }.without_puskesmas()
    }

    /// Names and values that every address keeps.
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.subject.except(&[])
    }

    /// A page of ours.
    pub fn page(&self, path: &str) -> String {
        self.subject.at(path)
    }

    /// A page of ours with one thing more chosen.
    pub fn page_with(&self, path: &str, name: &str, value: &str) -> String {
        self.subject.with(name, value).at(path)
    }

    /// A page of ours about what `query` names besides.
    pub fn page_of(&self, path: &str, query: &Query) -> String {
        let mut whole = self.subject.clone();
        for (name, value) in query.except(&[]) {
            whole.set(&name, &value);
        }
        whole.at(path)
    }

    /// The overview of a Puskesmas.
    pub fn puskesmas(&self, name: &str) -> String {
        self.page_with("/", "puskesmas", name)
    }

    /// The page of a cluster, about none of its Puskesmas more than the others.
    pub fn cluster(&self, name: &str) -> String {
        self.without_puskesmas().page(&format!("{DISTRICT_PATH}/{}", encode(name)))
    }

    pub fn facility(&self, name: &str) -> String {
        self.page(&format!("/faskes/{}", encode(name)))
    }

    /// Where the page of a table is.
    pub fn entries(table: Table) -> String {
        format!("{ENTRIES}/{}", TableForm::from_table(table).slug)
    }

    /// Where a visit to a facility is written; without a fragment, so that the browser goes to the first open field.
    pub fn record_visit(&self, facility: &str) -> String {
        let query = Query::default().with(&format!("{KNOWN}nama"), facility);
        self.page_of(&Self::entries(Table::Visits), &query)
    }

    /// Where it is written that a follow-up is done.
    pub fn mark_done(&self, fact: &FactRef, facts: &Facts) -> String {
        let facility = facts.facilities.get(fact.facility as usize).map_or("", |facility| facility.name.as_str());
        let query = Query::default().with("ubah", &fact_entry_id(facility, &fact.key)).with("tandai", DONE);
        self.page_of(&Self::entries(Table::FollowUps), &query)
    }

    /// Where a mark of a chart leads.
    pub fn mark(&self, target: &MarkTarget, facts: &Facts) -> String {
        let name = |index: u32| facts.facilities.get(index as usize).map_or("", |facility| facility.name.as_str());
        let figure = match target {
            MarkTarget::Facility(index) => return self.facility(name(*index)),
            MarkTarget::Puskesmas(name) => return self.puskesmas(name),
            MarkTarget::Figure(figure) => figure,
        };
        let mut query = self.subject.with("angka", &figure.measure).with("periode", &figure.period.to_string());
        if let Some(index) = figure.facility {
            query.set("faskes", name(index));
        }
        if let Some(group) = figure.group {
            query.set("kelompok", &group.label().to_lowercase());
        }
        query.at("/asal-angka")
    }

    /// Where a figure comes from.
    pub fn origin(&self, address: &FigureAddress, facts: &Facts) -> String {
        let mut query = self.subject.clone();
        match &address.whose {
            Whose::Facility(index) => {
                let name = facts.facilities.get(*index as usize).map_or("", |facility| facility.name.as_str());
                query.set("faskes", name);
            }
            Whose::Total(selection) => {
                query.set("jenis", selection.kind.as_deref().unwrap_or(""));
                query.set("kelompok", &selection.group.map(|g| g.label().to_lowercase()).unwrap_or_default());
                query.set("struktur", &selection.structure.map(|s| s.label().to_lowercase()).unwrap_or_default());
                query.set("desa", selection.village.as_deref().unwrap_or(""));
            }
        }
        query.set("angka", &address.measure.code());
        query.set("periode", &address.period.to_string());
        query.at("/asal-angka")
    }
}
