//! Counts of indicators of the Puskesmas itself: their months, and the sheet's own figures compared with what follows from
//! the counts, cell by cell.

use super::Reader;
use super::labelled_field::LabelledField;
use super::row::{Need, RowReader};
use crate::diagnostic::IssueCode;
use crate::domain::exact::{Decimal, Exact};
use crate::domain::own_indicator::OwnMeasure;
use crate::domain::records::{CellRef, Field, Sourced};
use crate::domain::written_row::{WrittenRow, WrittenValue};
use crate::domain::{Period, PeriodKind, Received};
use crate::recap::cells;
use crate::recap::cells::is_blank;
use crate::recap::heading::ColumnMeaning;

/// Decimals up to which figures are compared: more are what a computer wrote, not a person.
const PLACES_MAX: usize = 4;

/// Reads the month of a row; where it names none, that of a table of one month.
pub(super) fn month(row: &mut RowReader<'_, '_>) -> Option<Period> {
    let of_month = |month| Period::containing(PeriodKind::Month, month);
    let place = row.place(ColumnMeaning::ReportMonth)?;
    if let (true, Received::Month(month)) = (is_blank(row.value(ColumnMeaning::ReportMonth)), row.reader.table.received)
    {
        return Some(of_month(month));
    }
    let (value, year, from_1904) = row.month_value(ColumnMeaning::ReportMonth);
    let read = |_: &RowReader<'_, '_>| cells::month::read(value, year, from_1904);
    row.needed(place, LabelledField { field: Field::Month, label: "Bulan" }, Need::Required, read).map(of_month)
}

/// Names figures of the sheet that do not follow from the counts beside them, and numerators that cannot be.
pub(super) fn compare<T: WrittenRow>(reader: &mut Reader<'_>, rows: &[Sourced<T>]) {
    for row in rows {
        let code = row.record.value(Field::Code).words();
        let known = reader.context.indicator_sets().indicator(&code).map(|(_, indicator)| indicator.measure);
        let measure = known.unwrap_or(OwnMeasure::Percent);
        let number = |field: Field| match row.record.value(field) {
            WrittenValue::Number(number) => Some(number),
            _ => None,
        };
        let cell = |field: Field| row.cells.iter().find(|(held, _)| *held == field).map(|(_, cell)| *cell);
        let counted = number(Field::Numerator).map(|count| (Field::Numerator, count));
        let counted = counted.or_else(|| number(Field::Accumulated).map(|count| (Field::Accumulated, count)));
        let Some((field, numerator)) = counted else {
            let alone = number(Field::Coverage).filter(|written| !written.exact().is_zero());
            let is_alone = number(Field::Figure).is_none() && cell(Field::Numerator).is_none();
            if let (Some(_), Some(place), true) = (alone, cell(Field::Coverage), is_alone) {
                let message =
                    format!("{code}: hanya persen tanpa pembilang, jadi dianggap belum dilaporkan; isi pembilangnya");
                reader.warn(place, IssueCode::MissingValue, message);
            }
            continue;
        };
        let Some(place) = cell(field) else { continue };
        let Some(denominator) = number(Field::Denominator) else {
            if known.is_some() && measure.is_ratio() {
                let message =
                    format!("{code}: penyebutnya kosong, jadi angkanya belum dapat dihitung; isi penyebutnya");
                reader.warn(place, IssueCode::MissingValue, message);
            }
            continue;
        };
        if measure != OwnMeasure::Satisfaction && numerator.exact() > denominator.exact() {
            let message = format!("{code}: pembilang {} melebihi penyebut {}", numerator.words(), denominator.words());
            reader.warn(place, IssueCode::NumeratorAboveDenominator, message);
        }
        let figure = number(Field::Coverage).zip(cell(Field::Coverage));
        if let Some((written, place)) = figure {
            compare_figure(reader, place, &written, &SheetCounts { measure, numerator, denominator });
        }
    }
}

/// The counts beside a figure of the sheet.
struct SheetCounts {
    measure: OwnMeasure,
    numerator: Decimal,
    denominator: Decimal,
}

impl SheetCounts {
    fn figure(&self) -> Option<Exact> {
        self.numerator.exact().times(&self.measure.factor()).over(&self.denominator.exact())
    }
}

fn compare_figure(reader: &mut Reader<'_>, place: CellRef, written: &Decimal, counts: &SheetCounts) {
    let Some(computed) = counts.figure() else { return };
    let measure = counts.measure;
    // An index may be shown as a percentage, a percentage as a fraction.
    let hundred = Exact::from(100);
    let other = match measure {
        OwnMeasure::Index => Some(computed.times(&hundred)),
        OwnMeasure::Percent => computed.over(&hundred),
        OwnMeasure::PerMil | OwnMeasure::Satisfaction | OwnMeasure::Count => None,
    };
    if is_near(&computed, written) || other.is_some_and(|other| is_near(&other, written)) {
        return;
    }
    let shown = computed.rounded(measure.decimals()).map(|figure| figure.words()).unwrap_or_default();
    let sign = measure.sign();
    let message = format!(
        "angka di lembar {}{sign}, hasil hitung ulang {shown}{sign} (pembilang {}, penyebut {}); yang dipakai hasil hitung \
         ulang, periksa rumus sel ini",
        written.words(),
        counts.numerator.words(),
        counts.denominator.words()
    );
    reader.warn(place, IssueCode::TotalDiffers, message);
}

/// Reports whether a written figure is a computed one, rounded or cut to the decimals that were written.
fn is_near(computed: &Exact, written: &Decimal) -> bool {
    let places = written.places().min(PLACES_MAX);
    let unit = Exact::from(1).over(&Exact::from(10_i64.pow(u32::try_from(places).unwrap_or_default())));
    unit.is_some_and(|unit| computed.distance(&written.exact()) < unit)
}
