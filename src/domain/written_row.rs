//! A row that people write beside the figures, field by field: reading, storage, templates and differences know it by the
//! description of its table. Knows no record.

use super::exact::Decimal;
use super::field::Field;
use super::form::{FieldKind, FormField, TableForm};
use super::name::{name_key, plain_words, puskesmas_key};
use super::period::Period;
use super::table::Table;
use super::{Date, format};

/// Value of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "kinds of values say all")]
pub enum WrittenValue {
    Blank,
    /// Words as somebody wrote them.
    Text(String),
    Day(Date),
    /// A period of the evaluation.
    Period(Period),
    Year(i32),
    /// A whole number.
    Count(u32),
    Number(Decimal),
}

impl WrittenValue {
    /// The value as pages show it; empty where there is none.
    pub fn words(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Day(date) => format::date(*date),
            Self::Period(period) => format::period(*period),
            Self::Year(year) => year.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.words(),
        }
    }

    /// Reports whether it says when something was, and not what.
    fn is_time(&self) -> bool {
        matches!(self, Self::Day(_) | Self::Period(_) | Self::Year(_))
    }
}

/// Type of a value in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "kinds of values say all")]
pub enum WrittenType {
    Text,
    Day,
    /// First and last month of a period.
    Period,
    Year,
    Count,
    /// A number as digits.
    Number,
}

/// Rust type of such a field.
pub trait WrittenField: Sized {
    /// Type of its values.
    const TYPE: WrittenType;
    /// The value.
    fn value(&self) -> WrittenValue;
    /// The field of a value; `None` where the value does not fit.
    fn from_value(value: WrittenValue) -> Option<Self>;
    /// Takes over what a later row says; blank says nothing.
    fn take_over(&mut self, later: Self) {
        *self = later;
    }
}

/// Implements a field that is never blank.
macro_rules! needed_field {
    ($Type:ty, $variant:ident) => {
        impl WrittenField for $Type {
            const TYPE: WrittenType = WrittenType::$variant;

            fn value(&self) -> WrittenValue {
                WrittenValue::$variant(self.clone())
            }

            fn from_value(value: WrittenValue) -> Option<Self> {
                match value {
                    WrittenValue::$variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    };
}

needed_field!(String, Text);
needed_field!(Date, Day);
needed_field!(Period, Period);
needed_field!(i32, Year);
needed_field!(u32, Count);
needed_field!(Decimal, Number);

impl<T: WrittenField> WrittenField for Option<T> {
    const TYPE: WrittenType = T::TYPE;

    fn value(&self) -> WrittenValue {
        self.as_ref().map_or(WrittenValue::Blank, WrittenField::value)
    }

    fn from_value(value: WrittenValue) -> Option<Self> {
        if value == WrittenValue::Blank { Some(None) } else { T::from_value(value).map(Some) }
    }

    fn take_over(&mut self, later: Self) {
        if later.is_some() {
            *self = later;
        }
    }
}

/// Place from which the fields of a row are gathered, in the order of the record.
pub trait WrittenSource {
    /// Reason for which there is no row.
    type Error;
    /// The value of the next field.
    fn take<T: WrittenField>(&mut self, field: Field) -> Result<T, Self::Error>;
}

/// A record of a table that people write.
pub trait WrittenRow: Sized {
    /// Table whose description names its fields.
    const DESCRIBED: Table;
    /// Table in which its rows are kept.
    const KEPT_IN: &'static str;
    /// Columns of that table, in the order of the fields; a period has two.
    const KEPT_COLUMNS: &'static [&'static str];
    /// Fields in the order of the record.
    const FIELDS: &'static [Field];
    /// Fields by which people name a row.
    const TITLE: &'static [Field];
    /// Words for a second row with the key of a former one.
    const REPEATED: &'static str;

    /// The value of a field; blank where the record lacks it.
    fn value(&self, field: Field) -> WrittenValue;
    /// Gathers the fields of a row.
    fn gather<S: WrittenSource>(source: &mut S) -> Result<Self, S::Error>;
    /// Takes over what a later row of the same key says; blank says nothing.
    fn take_over(&mut self, later: Self);

    /// The description of its table.
    fn form() -> &'static TableForm {
        TableForm::from_table(Self::DESCRIBED)
    }

    /// Day, period or year of the key; blank where it has none.
    fn key_time(&self) -> WrittenValue {
        keys(Self::form())
            .map(|field| self.value(field.field))
            .find(WrittenValue::is_time)
            .unwrap_or(WrittenValue::Blank)
    }

    /// The words of the key in their normal form, and its days behind the first: no text in it holds the mark between them.
    fn key_text(&self) -> String {
        let mut has_time = false;
        let texts = keys(Self::form()).filter_map(|field| match self.value(field.field) {
            WrittenValue::Text(text) => Some(normal_form(field.kind, &text)),
            WrittenValue::Blank => Some(String::new()),
            value if value.is_time() => std::mem::replace(&mut has_time, true).then(|| value.words()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("|")
    }

    /// The normal form of the name of its facility or Puskesmas; empty where it names none.
    fn subject_key(&self) -> String {
        let named = Self::form()
            .first(|kind| matches!(kind, FieldKind::Facility | FieldKind::FacilityOrAll | FieldKind::Puskesmas));
        named.map(|field| normal_form(field.kind, &self.value(field.field).words())).unwrap_or_default()
    }

    /// The words by which people name the row: `Puskesmas, Caturwulan I 2023, Kelas ibu hamil`.
    fn title(&self) -> String {
        let is_of_all = |field: Field| {
            Self::form().fields.iter().any(|known| known.field == field && known.kind == FieldKind::FacilityOrAll)
        };
        let parts = Self::TITLE.iter().map(|field| match self.value(*field) {
            WrittenValue::Blank if is_of_all(*field) => "Puskesmas".to_owned(),
            WrittenValue::Year(year) => format!("tahun {year}"),
            value => value.words(),
        });
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn keys(form: &'static TableForm) -> impl Iterator<Item = &'static FormField> {
    form.fields.iter().filter(|field| field.is_key)
}

fn normal_form(kind: FieldKind, text: &str) -> String {
    match kind {
        FieldKind::Facility | FieldKind::FacilityOrAll => name_key(text),
        FieldKind::Puskesmas => puskesmas_key(text),
        _ => plain_words(text),
    }
}

/// Implements [`WrittenRow`]: the fields of a record, each with the field of the description and its columns in storage.
macro_rules! written_row {
    ($Record:ident of $table:ident in $kept:literal, named by [$($title:ident),+], again $repeated:literal {
        $($field:ident: $name:ident in [$($column:literal),+],)+
    }) => {
        impl $crate::domain::written_row::WrittenRow for $Record {
            const DESCRIBED: $crate::domain::Table = $crate::domain::Table::$table;
            const KEPT_IN: &'static str = $kept;
            const KEPT_COLUMNS: &'static [&'static str] = &[$($($column),+),+];
            const FIELDS: &'static [Field] = &[$(Field::$name),+];
            const TITLE: &'static [Field] = &[$(Field::$title),+];
            const REPEATED: &'static str = $repeated;

            fn value(&self, field: Field) -> WrittenValue {
                match field {
                    $(Field::$name => WrittenField::value(&self.$field),)+
                    _ => WrittenValue::Blank,
                }
            }

            fn gather<S: WrittenSource>(source: &mut S) -> Result<Self, S::Error> {
                Ok(Self { $($field: source.take(Field::$name)?,)+ })
            }

            fn take_over(&mut self, later: Self) {
                $(WrittenField::take_over(&mut self.$field, later.$field);)+
            }
        }
    };
}

pub(super) use written_row;
