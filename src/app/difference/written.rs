//! Facts that people wrote beside the figures, as the comparison of states names them: by the description of their table.

use super::{FactId, GatheredFields, Ledger, put};
use crate::domain::Facts;
use crate::domain::records::{CellRef, SeesWritten, Sourced};
use crate::domain::written::LooksAtWritten;
use crate::domain::written_row::{WrittenRow, WrittenValue};

/// Adds every written row of the facts to the ledger.
pub(super) fn add(ledger: &mut Ledger, facts: &Facts) {
    facts.written.show(&mut LedgerOfWritten { ledger });
}

struct LedgerOfWritten<'l> {
    ledger: &'l mut Ledger,
}

impl LooksAtWritten for LedgerOfWritten<'_> {
    fn row<T: WrittenRow>(&mut self, row: &T) {
        let fields = T::form().fields.iter().filter(|field| !T::TITLE.contains(&field.field));
        let fields = fields.fold(GatheredFields::default(), |gathered, field| {
            gathered.with(field.label, Some(row.value(field.field).words()))
        });
        put(self.ledger, id(row), row.title(), fields);
    }
}

/// Returns the identity of a row: whom it is about, when, and its words.
fn id<T: WrittenRow>(row: &T) -> FactId {
    let when = match row.key_time() {
        WrittenValue::Day(date) => date.to_string(),
        WrittenValue::Period(period) => period.to_string(),
        WrittenValue::Year(year) => year.to_string(),
        WrittenValue::Blank | WrittenValue::Text(_) | WrittenValue::Count(_) | WrittenValue::Number(_) => String::new(),
    };
    FactId { table: T::DESCRIBED, subject: row.subject_key(), key: format!("{when} {}", row.key_text()) }
}

/// Identities of rows, each with its first cell.
#[derive(Default)]
pub(super) struct WrittenIds(pub(super) Vec<(FactId, Option<CellRef>)>);

impl SeesWritten for WrittenIds {
    fn see<T: WrittenRow>(&mut self, row: &Sourced<T>) {
        self.0.push((id(&row.record), row.cells.iter().map(|(_, cell)| *cell).min()));
    }
}
