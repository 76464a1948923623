//! Ready sets of indicators of the Puskesmas, switched on and off by year. What is switched goes the way of a pasted block:
//! one batch with who, when and an undo, in the audit. Knows no page.

use super::App;
use super::entries::{EntryError, FieldFault, PasteResult, Pasted};
use crate::domain::form::{FieldKind, TableForm};
use crate::domain::name::plain_words;
use crate::domain::own_indicator::{IndicatorSet, OwnIndicator};
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::records::Field;
use crate::domain::{Period, Table};
use crate::store::BatchId;

/// A set as it stands in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetStanding {
    /// Code of the set.
    pub code: String,
    /// Name on pages.
    pub title: String,
    /// Paper that it follows.
    pub basis: String,
    /// Indicators that it brings.
    pub indicators: usize,
    /// Indicators of it that count in the year.
    pub in_force: usize,
    /// Year from which they count; none where none does.
    pub since: Option<i32>,
}

/// A set that is to be switched.
#[derive(Clone, Copy, Debug)]
pub struct SetWish<'w> {
    /// Puskesmas whose indicators change.
    pub puskesmas: &'w str,
    /// Code of the set.
    pub set: &'w str,
    /// Year from which it counts, or counts no more.
    pub year: i32,
    /// True to switch it on.
    pub is_on: bool,
}

impl App {
    /// Tells of every set whether it counts in a year.
    ///
    /// # Errors
    /// Where there is no such Puskesmas.
    pub fn indicator_sets(&self, puskesmas: &str, year: i32) -> Result<Vec<SetStanding>, EntryError> {
        let snapshot = self.snapshot(puskesmas).map_err(|_unknown| EntryError::NotHere)?;
        let in_force = snapshot.facts().written.own_rows(0).in_force(year);
        Ok(self.definitions().books.indicator_sets.all().iter().map(|set| standing(set, &in_force)).collect())
    }

    /// Switches a set on or off from a year on. Other indicators stay as they are, and so do the years before.
    ///
    /// # Errors
    /// [`EntryError::NotHere`] for an unknown set, [`EntryError::Wrong`] where nothing would change, and what
    /// [`App::accept_paste`] refuses.
    pub fn switch_indicator_set(&self, wish: &SetWish<'_>) -> Result<BatchId, EntryError> {
        let SetWish { puskesmas, year, is_on, .. } = *wish;
        let definitions = self.definitions();
        let set = definitions.books.indicator_sets.find(wish.set).ok_or(EntryError::NotHere)?;
        if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
            return Err(refused(format!("Tahun {year} tidak dikenal. Tulis tahun {YEAR_MIN} sampai {YEAR_MAX}.")));
        }
        let snapshot = self.snapshot(puskesmas).map_err(|_unknown| EntryError::NotHere)?;
        let in_force = snapshot.facts().written.own_rows(0).in_force(year);
        let rows: Vec<OwnIndicator> = if is_on {
            let is_held = |row: &OwnIndicator| {
                in_force
                    .iter()
                    .any(|held| OwnIndicator { year, in_force: row.in_force.clone(), ..(*held).clone() } == *row)
            };
            rows_of(set, year).into_iter().filter(|row| !is_held(row)).collect()
        } else {
            let own = in_force.into_iter().filter(|row| is_of(set, row));
            own.map(|row| OwnIndicator { year, in_force: Some("Tidak".to_owned()), ..row.clone() }).collect()
        };
        if rows.is_empty() {
            let state = if is_on { "sudah menyala dengan isi yang sama" } else { "memang tidak menyala" };
            return Err(refused(format!("Set {} {state} untuk tahun {year}; tidak ada yang diubah.", set.title)));
        }
        let text = block(&rows);
        let period = Period::whole_year(year);
        let pasted = Pasted { puskesmas, table: Table::OwnIndicators, period, text: &text };
        let preview = self.preview_paste(&pasted)?;
        if let Some(fault) = preview.faults.first() {
            return Err(refused(fault.message.clone()));
        }
        match self.accept_paste(&pasted, &preview.seal())? {
            PasteResult::Accepted(batch) => Ok(batch),
            PasteResult::Again(_) => Err(EntryError::Gone),
        }
    }
}

fn refused(message: String) -> EntryError {
    EntryError::Wrong(vec![FieldFault::new("", message)])
}

/// Reports whether a row belongs to a set: by the code of one of its indicators, or as it says itself.
fn is_of(set: &IndicatorSet, row: &OwnIndicator) -> bool {
    let is_named = row.set.as_deref().is_some_and(|named| plain_words(named) == plain_words(&set.title));
    is_named || set.indicators.iter().any(|own| plain_words(&own.code) == plain_words(&row.code))
}

fn standing(set: &IndicatorSet, in_force: &[&OwnIndicator]) -> SetStanding {
    let own: Vec<&&OwnIndicator> = in_force.iter().filter(|row| is_of(set, row)).collect();
    SetStanding {
        code: set.code.clone(),
        title: set.title.clone(),
        basis: set.basis.clone(),
        indicators: set.indicators.len(),
        in_force: own.len(),
        since: own.iter().map(|row| row.year).max(),
    }
}

/// The rows with which a set counts from a year on.
fn rows_of(set: &IndicatorSet, year: i32) -> Vec<OwnIndicator> {
    let row = |own: &crate::domain::own_indicator::SetIndicator| OwnIndicator {
        year,
        code: own.code.clone(),
        name: own.name.clone(),
        set: Some(set.title.clone()),
        target: own.target.clone(),
        measure: Some(own.measure.label().to_owned()),
        direction: Some(own.aim.label().to_owned()),
        aggregation: Some(own.aggregation.label().to_owned()),
        bands: Some(own.bands.clone()).filter(|bands| !bands.is_empty()),
        basis: Some(set.basis.clone()),
        in_force: Some("Ya".to_owned()),
    };
    set.indicators.iter().map(row).collect()
}

/// Rows as a block with the headings of their table.
fn block(rows: &[OwnIndicator]) -> String {
    use crate::domain::written_row::WrittenRow;
    let fields =
        || TableForm::from_table(Table::OwnIndicators).fields.iter().filter(|field| field.kind != FieldKind::Year);
    let heading: Vec<&str> = ["No"].into_iter().chain(fields().map(|field| field.label)).collect();
    let line = |number: usize, row: &OwnIndicator| {
        let words = |field: Field| row.value(field).words();
        let cells = [number.to_string()].into_iter().chain(fields().map(|field| words(field.field)));
        cells.collect::<Vec<_>>().join("\t")
    };
    let lines = (1..).zip(rows).map(|(number, row)| line(number, row));
    [heading.join("\t")].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}
