//! PKP, the yearly assessment: counts that are exact, and the sheet's own figures compared with what follows from them,
//! cell by cell. What cannot be read is named and counts as not reported: a row that went would make the mean of its
//! variabel one of fewer.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::exact::{Decimal, Exact};
use crate::domain::form::{FieldKind, FormField};
use crate::domain::format::number;
use crate::domain::pkp::{PkpDifference, PkpItem, PkpNode, PkpObstacle, PkpScale, PkpUnit, PkpValue, PkpYear};
use crate::domain::records::{CellRef, Field, Sourced};
use crate::domain::written_row::{WrittenField, WrittenRow, WrittenSource, WrittenValue};
use crate::recap::cells;
use crate::recap::cells::number::{Dot, percent_of, read, read_percent};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::CellValue;

/// Decimal places of figures in sentences.
const PLACES_SHOWN: usize = 3;

/// Reads a number or a percentage of a row; one that is none is named, and is then not reported.
pub(super) fn read_number(row: &mut RowReader<'_, '_>, field: &FormField, column: ColumnMeaning) -> Option<Decimal> {
    let place = row.place(column)?;
    let value = row.cell(place.column);
    let by = if field.kind == FieldKind::Percent { read_percent } else { read };
    let dot = row.reader.dot(place.column);
    let reading = by(value, Dot::Thousands).and_then(|found| match found {
        Some(number) if number.is_doubtful => by(value, dot),
        found => Ok(found),
    });
    match reading {
        Ok(found) => {
            let decimal = Decimal::from_number(found?.value)?;
            row.note(field.field, place);
            Some(decimal)
        }
        Err(fault) => {
            let message = format!("{}: {}; sel ini dianggap belum dilaporkan", field.label, fault.why);
            row.reader.error(place, fault.code, message);
            None
        }
    }
}

/// Reads a target as its words; a number shown in percent as its percentage.
pub(super) fn read_target(row: &mut RowReader<'_, '_>) -> Option<String> {
    let place = row.place(ColumnMeaning::PkpTarget)?;
    let value = row.cell(place.column);
    let words = |number: f64| Decimal::from_number(number).map(|decimal| decimal.words());
    let text = match value {
        Some(CellValue::Number { value, percent: true }) => words(percent_of(*value)).map(|words| format!("{words}%")),
        Some(CellValue::Number { value, .. }) => words(*value),
        _ => match cells::text(value) {
            Ok(text) => text.filter(|text| !cells::is_dash(text)),
            Err(fault) => {
                let message = format!("Target: {}; target ini dianggap kosong", fault.why);
                row.reader.error(place, fault.code, message);
                None
            }
        },
    }?;
    row.note(Field::Target, place);
    Some(text)
}

/// Compares the figures of the rows with what follows from them, and tells what cannot be computed.
pub(super) fn compare<T: WrittenRow>(reader: &mut Reader<'_>, rows: &[Sourced<T>]) {
    let items: Vec<PkpItem> = rows.iter().filter_map(|row| PkpItem::gather(&mut RowValues(&row.record)).ok()).collect();
    let Some(year) = items.first().map(|item| item.year) else { return };
    for node in PkpYear::from_items(year, &items).all() {
        let is_it = |row: &&Sourced<T>| row.record.value(Field::Code) == WrittenValue::Text(node.item.code.clone());
        let Some(row) = rows.iter().find(is_it) else { continue };
        let cell = |field: Field| row.cells.iter().find(|(held, _)| *held == field).map(|(_, cell)| *cell);
        for difference in &node.differences {
            if let Some(place) = cell(difference.field) {
                reader.warn(place, IssueCode::TotalDiffers, differs(node, difference));
            }
        }
        let first = [Field::Target, Field::Score, Field::Ring, Field::Denominator, Field::Numerator, Field::Indicator];
        if let Some(place) = first.into_iter().find_map(cell) {
            tell(reader, node, place);
        }
        if let Some(place) = cell(Field::Numerator).filter(|_| !node.children.is_empty()) {
            let message = format!(
                "Pencapaian di baris \"{}\" tidak dipakai, karena baris ini dinilai dari {} baris di bawahnya",
                node.item.name,
                node.children.len()
            );
            reader.warn(place, IssueCode::Reading, message);
        }
    }
}

/// Tells of a row that has no performance, or one by a rule that PKP does not have.
fn tell(reader: &mut Reader<'_>, node: &PkpNode, place: CellRef) {
    if !node.children.is_empty() && node.value != PkpValue::CannotCompute(PkpObstacle::MixedScales) {
        return;
    }
    if let PkpValue::CannotCompute(obstacle) = node.value {
        let message = format!("kinerja \"{}\" tidak dapat dihitung: {}", node.item.name, obstacle.words());
        reader.warn(place, IssueCode::MissingValue, message);
    }
    if node.is_passed {
        let target = node.item.target.as_deref().unwrap_or_default();
        let message = format!(
            "cakupan melewati batas target {target}, jadi kinerja dihitung (2 × batas − cakupan) / batas; bila aturannya lain, \
             tulis Nilai Ring"
        );
        reader.reading(place, message);
    }
}

fn differs(node: &PkpNode, difference: &PkpDifference) -> String {
    let PkpDifference { field, written, computed, unit } = difference;
    let sign = if *unit == PkpUnit::Plain { "" } else { unit.sign() };
    let what = match (field, node.scale) {
        (Field::Performance, PkpScale::Points) => "rata-rata nilai",
        (Field::Performance, PkpScale::Percent) => "% kinerja",
        _ => field.label(),
    };
    let over = if node.children.is_empty() || node.is_complete() {
        String::new()
    } else {
        format!(" (rata-rata dari {} dari {} yang dilaporkan)", node.reported, node.asked)
    };
    format!(
        "{what} tertulis {}{sign}, hasil hitung ulang {}{sign}{over}; yang dipakai hasil hitung ulang, periksa rumus sel ini",
        written.words(),
        figure_words(computed)
    )
}

fn figure_words(exact: &Exact) -> String {
    number(exact.to_number(), PLACES_SHOWN)
}

/// The fields of a row whose record is not known here.
struct RowValues<'t, T>(&'t T);

impl<T: WrittenRow> WrittenSource for RowValues<'_, T> {
    type Error = ();

    fn take<F: WrittenField>(&mut self, field: Field) -> Result<F, ()> {
        F::from_value(self.0.value(field)).ok_or(())
    }
}
