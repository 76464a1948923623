//! The list of a table's entries: filtered by year and facility, the last one first, a page at a time.

use serde::Deserialize;

use crate::domain::exact::Decimal;
use crate::domain::form::{FieldKind, FormField, TableForm};
use crate::domain::name::name_key;
use crate::domain::records::Field;
use crate::domain::{Facts, Table, format};
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageError;
use crate::web::form::number;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

/// Entries on one page.
const ENTRIES_PER_PAGE: usize = 50;
/// Value of the filter that asks for every year.
const ALL_YEARS: &str = "semua";

/// Part of the list that an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListAsked {
    #[serde(rename = "daftar-tahun")]
    year: String,
    #[serde(rename = "daftar-faskes")]
    facility: String,
    #[serde(rename = "hal", deserialize_with = "number")]
    page: Option<usize>,
}

/// The entries that are shown, and how to see others.
pub struct EntryList {
    pub heads: Vec<&'static str>,
    pub entries: Vec<EntryView>,
    /// `1–50 dari 123 pembinaan`.
    pub shown: String,
    pub newer: String,
    pub older: String,
    /// Where the filter leads; blank where nothing can be filtered.
    pub action: String,
    pub hidden: Vec<(String, String)>,
    pub years: Vec<(String, String, bool)>,
    pub facilities: Vec<(String, bool)>,
    /// True where the list is not all there is.
    pub is_filtered: bool,
    /// True where some of the shown entries came from files.
    pub has_files: bool,
}

/// One entry of the list.
pub struct EntryView {
    pub id: String,
    pub cells: Vec<String>,
    pub origin: String,
    pub said: String,
    pub href: String,
    pub href_change: String,
    /// True where it can be withdrawn here.
    pub is_withdrawable: bool,
    /// Where the import is undone that brought it; blank where no file did.
    pub undo_import: String,
}

impl EntryView {
    /// Words that tell one entry from another, for readers of screens.
    pub fn spoken(&self) -> String {
        let told = self.cells.iter().filter(|cell| !cell.is_empty());
        told.take(3).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

impl EntryList {
    /// Reads the entries that are asked for.
    pub fn read(
        site: &Site,
        form: &'static TableForm,
        chosen: Option<&ResolvedRequest>,
        asked: &ListAsked,
    ) -> Result<Self, PageError> {
        let links = chosen.map(Links::new).unwrap_or_default();
        let puskesmas = chosen.map(|chosen| chosen.puskesmas.as_str()).unwrap_or_default();
        let year = year_asked(form.table, chosen, asked);
        // Figures may be many: those of one year are read, not all.
        let only = year.filter(|_| form.table == Table::Achievements);
        let mut entries = site.app().entries(puskesmas, form.table, only)?;
        let all = entries.len();
        if let Some(year) = year {
            entries.retain(|entry| (entry.years.0..=entry.years.1).contains(&year));
        }
        if !asked.facility.is_empty() {
            let key = name_key(&asked.facility);
            entries.retain(|entry| name_key(entry.value(Field::Name)) == key);
        }
        let own = Links::entries(form.table);
        let at = asked.page.unwrap_or(1).clamp(1, entries.len().div_ceil(ENTRIES_PER_PAGE).max(1));
        let first = (at - 1) * ENTRIES_PER_PAGE;
        let count = entries.len();
        let shown: Vec<&StoredEntry> = entries.iter().skip(first).take(ENTRIES_PER_PAGE).collect();
        let filtered = links.with("daftar-tahun", &asked.year).with("daftar-faskes", &asked.facility);
        let page = |number: usize| filtered.page_with(&own, "hal", &number.to_string());
        let maker = RowMaker { form, links: &links, puskesmas, own: &own };
        Ok(Self {
            heads: form.fields.iter().map(|field| field.label).collect(),
            shown: format!("{}–{} dari {count} {}", (first + 1).min(count), first + shown.len(), form.row),
            newer: if at > 1 { page(at - 1) } else { String::new() },
            older: if first + shown.len() < count { page(at + 1) } else { String::new() },
            action: if chosen.is_some() { own.clone() } else { String::new() },
            hidden: links.pairs(),
            years: years(form.table, chosen, year),
            facilities: facilities(form, chosen, &asked.facility),
            is_filtered: count < all || only.is_some(),
            has_files: !form.table.is_written() && shown.iter().any(|entry| entry.imported.is_some()),
            entries: shown.into_iter().map(|entry| maker.view(entry)).collect(),
        })
    }
}

/// The year that the list is cut to; none where every year is asked for, or the table knows none.
fn year_asked(table: Table, chosen: Option<&ResolvedRequest>, asked: &ListAsked) -> Option<i32> {
    match asked.year.as_str() {
        _ if matches!(table, Table::Facilities) => None,
        "" | ALL_YEARS if table != Table::Achievements => None,
        text => text.parse().ok().or_else(|| chosen.map(|chosen| chosen.subject.period.year())),
    }
}

fn years(table: Table, chosen: Option<&ResolvedRequest>, year: Option<i32>) -> Vec<(String, String, bool)> {
    let Some(chosen) = chosen.filter(|_| table != Table::Facilities) else { return Vec::new() };
    let mut known: Vec<i32> = chosen.snapshot.facts().received.iter().map(|row| row.received.year()).collect();
    known.extend([chosen.subject.period.year()].into_iter().chain(year));
    known.sort_unstable();
    known.dedup();
    let all = (ALL_YEARS.to_owned(), "Semua tahun".to_owned(), year.is_none());
    let one = |known: i32| (known.to_string(), known.to_string(), year == Some(known));
    let years = known.into_iter().rev().map(one);
    if table == Table::Achievements { years.collect() } else { [all].into_iter().chain(years).collect() }
}

fn facilities(form: &TableForm, chosen: Option<&ResolvedRequest>, asked: &str) -> Vec<(String, bool)> {
    let is_about = |kind| matches!(kind, FieldKind::Facility | FieldKind::FacilityOrAll);
    let Some(chosen) = chosen.filter(|_| form.first(is_about).is_some()) else { return Vec::new() };
    let names = chosen.snapshot.facts().listed().into_iter().map(|facility| facility.name.clone());
    names.map(|name| (name.clone(), name_key(&name) == name_key(asked))).collect()
}

/// Makes rows of the list.
struct RowMaker<'m> {
    form: &'static TableForm,
    links: &'m Links,
    puskesmas: &'m str,
    own: &'m str,
}

impl RowMaker<'_> {
    fn view(&self, entry: &StoredEntry) -> EntryView {
        let said = format!("{}, {}", entry.who, moment(entry.at, &chrono::Local));
        let is_written = self.form.table.is_written();
        EntryView {
            id: entry.id.clone(),
            cells: self.form.fields.iter().map(|field| self.cell(field, entry)).collect(),
            origin: if entry.by_form {
                "diketik di halaman ini".to_owned()
            } else {
                format!("{} › {}", entry.file_name, entry.place)
            },
            said: match (&entry.imported, entry.by_form) {
                (Some((file, _)), true) => format!("{said}; mengubah {file}"),
                _ => said,
            },
            href: format!("/impor/{}", entry.batch),
            href_change: format!("{}#isian", self.links.page_with(self.own, "ubah", &entry.id)),
            is_withdrawable: is_written || entry.is_typed,
            undo_import: match &entry.imported {
                Some((_, batch)) if !is_written && !entry.is_typed => format!("/impor/{batch}/batal"),
                _ => String::new(),
            },
        }
    }

    fn cell(&self, field: &FormField, entry: &StoredEntry) -> String {
        let value = entry.value(field.field);
        match field.kind {
            FieldKind::FacilityOrAll if value.is_empty() => self.puskesmas.to_owned(),
            _ if field.field == Field::Cost => Decimal::parse(value).as_ref().map_or(value.to_owned(), format::rupiah),
            _ => value.to_owned(),
        }
    }
}

/// Number of facts of a table; clusters are none of a Puskesmas.
pub fn count(table: Table, facts: &Facts) -> usize {
    match table {
        Table::Facilities => facts.facilities.len(),
        Table::ServiceIndicators => facts.services.len(),
        Table::Decree => facts.decree_rows.len(),
        Table::Schedule => facts.slots.len(),
        Table::ScheduleChanges => facts.changes.len(),
        Table::Visits => facts.visits.len(),
        Table::FollowUps => facts.follow_ups.len(),
        Table::ChecklistItems => facts.checklist_items.len(),
        Table::Lokmin => facts.lokmin.len(),
        Table::MonthlyReports => facts.reports.len(),
        Table::Achievements => facts.achievements.month.len(),
        _ => facts.written.count(table),
    }
}
