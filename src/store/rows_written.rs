//! Tables that people write beside the figures, as rows of the database: every one by the description of its fields. All of
//! it is about the Puskesmas: other people and places that a row names stand in its columns.

use super::StoreError;
use super::codec::{Columns, day};
use super::rows::{Bound, RowKey, RowSubject, Stored, blank, month_value};
use crate::domain::exact::Decimal;
use crate::domain::records::Field;
use crate::domain::written_row::{WrittenField, WrittenRow, WrittenSource, WrittenType, WrittenValue};
use crate::domain::{Period, Table};

impl<R: WrittenRow> Stored for R {
    const TABLE: Table = R::DESCRIBED;
    const SQL_TABLE: &'static str = R::KEPT_IN;
    const COLUMNS: &'static [&'static str] = R::KEPT_COLUMNS;

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        R::FIELDS.iter().flat_map(|field| bound(self.value(*field))).collect()
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        R::gather(&mut KeptRow { columns })
    }

    fn key(&self) -> RowKey {
        let number = match self.key_time() {
            WrittenValue::Day(date) => day(date),
            // No period is longer than a year.
            WrittenValue::Period(period) => {
                i64::from(period.first_month().number()) * 100 + i64::from(period.kind().length_months())
            }
            WrittenValue::Year(year) => i64::from(year),
            WrittenValue::Blank | WrittenValue::Text(_) | WrittenValue::Count(_) | WrittenValue::Number(_) => 0,
        };
        (number, self.key_text())
    }

    fn overlay(&mut self, later: Self) {
        self.take_over(later);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let texts = R::FIELDS.iter().map(|field| (*field, self.value(*field).words()));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn describe(&self) -> String {
        self.title()
    }
}

/// The columns of a value.
fn bound(value: WrittenValue) -> Vec<Bound<'static>> {
    match value {
        WrittenValue::Blank => vec![blank()],
        WrittenValue::Text(text) => vec![Bound::from(text)],
        WrittenValue::Day(date) => vec![Bound::from(day(date))],
        WrittenValue::Period(period) => vec![month_value(period.first_month()), month_value(period.last_month())],
        WrittenValue::Year(year) => vec![Bound::from(i64::from(year))],
        WrittenValue::Count(count) => vec![Bound::from(i64::from(count))],
        // As digits: a binary fraction would be another number.
        WrittenValue::Number(number) => vec![Bound::from(number.digits().to_owned())],
    }
}

/// A row of such a table, column by column.
struct KeptRow<'c, 'r, 's> {
    columns: &'c mut Columns<'r, 's>,
}

impl WrittenSource for KeptRow<'_, '_, '_> {
    type Error = StoreError;

    fn take<T: WrittenField>(&mut self, field: Field) -> Result<T, StoreError> {
        let columns = &mut *self.columns;
        let value = match T::TYPE {
            WrittenType::Text => columns.get::<Option<String>>()?.map(WrittenValue::Text),
            WrittenType::Day => columns.date_or_blank()?.map(WrittenValue::Day),
            WrittenType::Period => Some(WrittenValue::Period(Period::between(columns.month()?, columns.month()?))),
            WrittenType::Number => match columns.get::<Option<String>>()? {
                Some(digits) => Some(WrittenValue::Number(
                    Decimal::parse(&digits).ok_or_else(|| StoreError::Corrupt(format!("`{digits}` bukan angka")))?,
                )),
                None => None,
            },
            WrittenType::Year => columns.get::<Option<i32>>()?.map(WrittenValue::Year),
            WrittenType::Count => columns.get::<Option<u32>>()?.map(WrittenValue::Count),
        };
        T::from_value(value.unwrap_or(WrittenValue::Blank))
            .ok_or_else(|| StoreError::Corrupt(format!("kolom `{}` kosong", field.code())))
    }
}
