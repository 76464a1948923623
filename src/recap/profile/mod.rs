//! Forms whose headings do not tell: a person says which table a sheet holds, which rows are its heading, where its
//! data begin and which column is what; the answer is known again by the form, never by the file's name.

mod choices;
mod form;
mod guess;
mod identity;
mod likely;
mod offers;
mod words;

use std::collections::BTreeMap;

use super::heading::ColumnMeaning;
use super::layout::{Group, Heading, Layout, MonthPair};
use crate::domain::records::CellRef;
use crate::domain::{Received, Table};
use crate::workbook::Sheet;

pub use choices::{ColumnChoice, choices};
use choices::{DENOMINATOR, DENOMINATOR_OF, MONTH, MONTH_DENOMINATOR, NUMERATOR, NUMERATOR_OF, label_of, words_of};
use form::{FormKey, FormScope, Times};
pub use form::{HeadingRows, retitled};
pub use guess::{AlreadySaid, KnownNames, SheetGuess, guess};
pub(super) use likely::{Likely, likely};
pub(super) use offers::{
    chosen_in, colour_choices, colour_parts, denominator, pairs_in, part, plan_rows_offer, status_choices, text_in,
};
pub(super) use words::as_side;
pub use words::{Chosen, FormWord, Meant, SaidWord, WordError, WordSort};

/// Columns of a form that are looked at.
const COLUMNS_MAX: u32 = 200;

/// Words that people said about forms and sheets, for one workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// Forms of the Puskesmas.
    pub profiles: Vec<Profile>,
    /// Words about the tables of its forms, beside their columns.
    pub words: Vec<FormWord>,
    /// Months of sheets that do not tell them, by the sheet's name.
    pub periods: Vec<(String, Received)>,
}

impl Hints {
    pub(super) fn period(&self, sheet: &str) -> Option<Received> {
        self.periods.iter().find(|(name, _)| name == sheet).map(|(_, period)| *period)
    }

    /// The service indicator that somebody named for the form whose heading begins in `row`.
    pub(super) fn indicator(&self, sheet: &Sheet, row: u32) -> Option<(String, CellRef)> {
        if self.profiles.iter().all(|profile| profile.indicator.is_none()) {
            return None;
        }
        let found = matches(sheet, &self.profiles).into_iter().find(|(place, _)| *place == row)?;
        Some((found.1.indicator.clone()?, CellRef { row, column: 0 }))
    }
}

/// A form that somebody explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The text by which it is known again.
    pub fingerprint: String,
    /// The kind of table.
    pub table: Table,
    /// (column from 0, code of a [`ColumnChoice`]).
    pub columns: Vec<(u32, String)>,
    /// Rows from the first of the heading to the first that can hold data.
    pub rows_to_data: u32,
    /// The service indicator that the whole sheet is of, where it does not tell.
    pub indicator: Option<String>,
}

/// A fault in the explanation of a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// A column that the table cannot do without.
    #[error("kolom {} belum ditunjuk; pilih kolomnya, karena tabel ini tidak dapat dibaca tanpa itu", .0.join(", "))]
    Missing(Vec<String>),
    /// Two columns for one thing.
    #[error("{0} ditunjuk di dua kolom; pilih satu saja")]
    Twice(String),
    /// Months across and indicators across.
    #[error("kolom bulan dan kolom per indikator tidak dapat bercampur; pilih salah satu")]
    Mixed,
    /// The rows have too few texts to be known again.
    #[error("baris judul itu hampir kosong; pilih baris yang berisi nama-nama kolom")]
    NoHeading,
}

/// Columns of ticks that say of a report how it came.
const TICKED: [&str; 3] = ["lengkap", "tepatwaktu", "terlambat"];

impl Profile {
    /// The form at `rows` of a sheet.
    pub fn new(
        sheet: &Sheet,
        rows: HeadingRows,
        table: Table,
        columns: Vec<(u32, String)>,
        indicator: Option<String>,
    ) -> Self {
        let is_across = is_across(&columns);
        // Schedule, attendance and reports of a year have the same headings: their titles tell them apart.
        let place = if is_across || indicator.is_some() { FormScope::Titled } else { FormScope::Anywhere };
        let times = if is_across { Times::Telling } else { Times::Passing };
        let fingerprint = FormKey::read(sheet, rows, place, times).to_string();
        Self { fingerprint, table, columns, rows_to_data: rows.data() - rows.first(), indicator }
    }

    fn form(&self) -> FormKey {
        let times = if is_across(&self.columns) { Times::Telling } else { Times::Passing };
        FormKey::parse(&self.fingerprint, times)
    }

    /// Columns as one text.
    pub fn columns_text(&self) -> String {
        self.columns.iter().map(|(column, code)| format!("{column}={code}")).collect::<Vec<_>>().join("\n")
    }

    /// The inverse of [`Profile::columns_text`]; what cannot be read is left out.
    pub fn columns_from(text: &str) -> Vec<(u32, String)> {
        let pair = |line: &str| {
            let (column, code) = line.split_once('=')?;
            Some((column.parse().ok()?, code.to_owned()))
        };
        text.lines().filter_map(pair).collect()
    }

    /// Checks that a table can be read by it.
    ///
    /// # Errors
    /// Names the columns that are missing, said twice or do not go together.
    pub fn check(&self) -> Result<(), ProfileError> {
        if self.fingerprint.is_empty() {
            return Err(ProfileError::NoHeading);
        }
        let mut codes: Vec<&str> = self.columns.iter().map(|(_, code)| code.as_str()).collect();
        codes.sort_unstable();
        if let Some(pair) = codes.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ProfileError::Twice(label_of(self.table, pair[0])));
        }
        let needed = choices(self.table, &[]).into_iter().filter(|choice| choice.is_needed);
        let mut missing: Vec<String> =
            needed.filter(|choice| !codes.contains(&choice.code.as_str())).map(|choice| choice.label).collect();
        let has = |prefix: &str| codes.iter().any(|code| code.starts_with(prefix));
        match self.table {
            Table::Schedule if !has(MONTH) => missing.push("bulan".to_owned()),
            Table::Visits | Table::Lokmin | Table::MonthlyReports if has(MONTH) => {
                missing.retain(|label| label.starts_with("Nama"));
            }
            // Ticks are as good as days.
            Table::MonthlyReports if codes.iter().any(|code| TICKED.contains(code)) => {
                missing.retain(|label| label.starts_with("Nama"));
            }
            // A month is as good as a date.
            Table::Visits if codes.contains(&"bulan") => missing.retain(|label| label.starts_with("Nama")),
            Table::Achievements => {
                let by_month = has(MONTH) || has(MONTH_DENOMINATOR);
                if by_month && (has(NUMERATOR_OF) || has(DENOMINATOR_OF) || codes.contains(&NUMERATOR)) {
                    return Err(ProfileError::Mixed);
                }
                // `sasaran` begins the codes of all three ways to give a denominator.
                if !(has(MONTH) || has(NUMERATOR)) {
                    missing.push("Capaian".to_owned());
                }
                if !has(DENOMINATOR) {
                    missing.push("Sasaran".to_owned());
                }
            }
            _ => {}
        }
        if missing.is_empty() { Ok(()) } else { Err(ProfileError::Missing(missing)) }
    }

    /// The heading that this form has where its first row is `row`.
    fn heading(&self, row: u32) -> Option<Heading> {
        let mut columns: BTreeMap<ColumnMeaning, u32> = BTreeMap::new();
        let mut across = AcrossColumns::default();
        for (place, code) in &self.columns {
            if !across.take(code, CellRef { row, column: *place })
                && let Some(column) = words_of(self.table).column_of(std::slice::from_ref(code))
            {
                columns.insert(column, *place);
            }
        }
        let anchor = ColumnMeaning::KEYS.iter().find_map(|column| columns.get(column)).copied()?;
        let layout = across.layout(self.table);
        let anchor = CellRef { row, column: anchor };
        let bottom = row + self.rows_to_data.saturating_sub(1);
        Some(Heading { bottom, ..Heading::of_row(anchor, self.table, layout, columns) })
    }
}

/// Reports whether months stand across.
fn is_across(columns: &[(u32, String)]) -> bool {
    columns.iter().any(|(_, code)| code.starts_with(MONTH) || code.starts_with(MONTH_DENOMINATOR))
}

/// Columns of months and indicators, as they are said.
#[derive(Default)]
struct AcrossColumns {
    /// By month: the column of its mark, date or numerator, and that of its denominator.
    months: BTreeMap<u32, (Option<u32>, Option<u32>)>,
    groups: Vec<Group>,
    denominator: Option<u32>,
}

impl AcrossColumns {
    /// Takes a column of months or indicators; `false` where it is neither.
    fn take(&mut self, code: &str, place: CellRef) -> bool {
        let month = |prefix: &str| code.strip_prefix(prefix).and_then(|month| month.parse::<u32>().ok());
        if let Some(month) = month(MONTH) {
            self.months.entry(month).or_default().0 = Some(place.column);
        } else if let Some(month) = month(MONTH_DENOMINATOR) {
            self.months.entry(month).or_default().1 = Some(place.column);
        } else if let Some(service) = code.strip_prefix(DENOMINATOR_OF) {
            self.group(service, place).denominator = Some(place.column.into());
        } else if let Some(service) = code.strip_prefix(NUMERATOR_OF) {
            self.group(service, place).numerator = Some(place.column.into());
        } else if code == DENOMINATOR {
            self.denominator = Some(place.column);
        } else if code == NUMERATOR {
            // A group without a heading is the indicator of the sheet.
            self.group("", place).numerator = Some(place.column.into());
        } else {
            return false;
        }
        true
    }

    fn group(&mut self, service: &str, place: CellRef) -> &mut Group {
        let known = self.groups.iter().position(|group| group.heading == service);
        let known = known.unwrap_or_else(|| {
            self.groups.push(Group {
                heading: service.to_owned(),
                place,
                month: None,
                denominator: None,
                numerator: None,
                ..Group::default()
            });
            self.groups.len() - 1
        });
        &mut self.groups[known]
    }

    fn layout(mut self, table: Table) -> Layout {
        let marked = |months: &BTreeMap<u32, (Option<u32>, Option<u32>)>| {
            months.iter().filter_map(|(month, (column, _))| Some((*month, (*column)?))).collect::<Vec<_>>()
        };
        match (table, self.denominator) {
            (Table::Achievements, Some(denominator)) if !self.months.is_empty() => {
                let months = marked(&self.months).into_iter().map(|(month, column)| (month, column.into())).collect();
                Layout::YearNumerators { denominator: denominator.into(), months }
            }
            (Table::Achievements, None) if !self.months.is_empty() => Layout::YearPairs(
                self.months
                    .into_iter()
                    .map(|(month, (numerator, denominator))| MonthPair {
                        month,
                        denominator: denominator.map(Into::into),
                        numerator: numerator.map(Into::into),
                    })
                    .collect(),
            ),
            (Table::Achievements, denominator) => {
                if let Some(group) = self.groups.iter_mut().find(|group| group.heading.is_empty()) {
                    group.denominator = denominator.map(Into::into);
                }
                Layout::Groups(self.groups)
            }
            (Table::Schedule, _) => Layout::Months(marked(&self.months)),
            _ if !self.months.is_empty() => Layout::Months(marked(&self.months)),
            _ => Layout::Columns,
        }
    }
}

/// The first heading rows of forms that somebody explained, top down, each with its profile.
fn matches<'p>(sheet: &Sheet, profiles: &'p [Profile]) -> Vec<(u32, &'p Profile)> {
    let mut forms: Vec<(FormKey, &Profile, bool)> =
        profiles.iter().map(|profile| (profile.form(), profile, false)).collect();
    // What is known by its title too is nearer.
    forms.sort_by_key(|(form, ..)| !form.is_titled());
    let mut found = Vec::new();
    for row in &sheet.rows {
        let known = forms.iter_mut().find(|(form, _, is_open)| form.begins_at(sheet, row, *is_open));
        if let Some((_, profile, is_open)) = known {
            *is_open = true;
            found.push((row.index, *profile));
        }
    }
    found
}

/// The headings of a sheet that somebody explained, top down.
pub(super) fn explained(sheet: &Sheet, profiles: &[Profile]) -> Vec<Heading> {
    if profiles.is_empty() {
        return Vec::new();
    }
    matches(sheet, profiles).into_iter().filter_map(|(row, profile)| profile.heading(row)).collect()
}

#[cfg(test)]
mod tests;
