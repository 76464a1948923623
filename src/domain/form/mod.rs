//! One description of each table: its fields with their kinds, labels and hints, its titles, its address on pages. The
//! form, the list, the pasted block, its preview and the template of a written table follow from it. Knows no store, no
//! workbook and no page.

mod figures;
mod network;
mod registers;
mod written;

use super::field::Field;
use super::table::Table;

/// Words of a yes or a no in columns of evidence.
pub const PRESENT: &[&str] = &["Ada", "Tidak"];
/// Words of a yes or a no elsewhere.
pub const YES_NO: &[&str] = &["Ya", "Tidak"];
/// Answers to an item of a checklist; TB: *tidak berlaku*.
pub const ANSWERS: &[&str] = &["Ya", "Tidak", "TB"];
/// Word in the place of a new month where a visit was cancelled.
pub const CANCELLED: &str = "Dibatalkan";

/// Way in which a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Prose,
    /// A day, as people write it.
    Day,
    /// A number.
    Number,
    /// A percentage.
    Percent,
    /// One of these words, or none.
    Word(&'static [&'static str]),
    /// A facility of the register, by its name.
    Facility,
    /// A facility of the register, or the Puskesmas as a whole.
    FacilityOrAll,
    /// A kind of facility; the usual ones are offered.
    KindOfFacility,
    /// An indicator of coaching, by its code.
    CoachingIndicator,
    /// A service indicator, by its code.
    ServiceIndicator,
    /// A period of the evaluation.
    Period,
    /// A month.
    Month,
    /// A month, or the word for a visit that was cancelled.
    MonthOrCancelled,
    /// Several months of the year that stands above the table.
    Months,
    /// A calendar year.
    Year,
    /// A Puskesmas by its name.
    Puskesmas,
}

/// Place of a field on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetPlace {
    /// A column of its own, headed by the label.
    Column,
    /// A line above the table.
    Banner,
    /// Columns across, one a month or one group an indicator.
    Across,
}

/// One field of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormField {
    /// Its name among what is sent.
    pub name: &'static str,
    /// Field of the record that the value goes to.
    pub field: Field,
    /// Label of the form, and heading of its column.
    pub label: &'static str,
    /// Way in which it is filled in.
    pub kind: FieldKind,
    /// Place on the sheet.
    pub place: SheetPlace,
    /// True if a row without it is refused.
    pub is_needed: bool,
    /// True if rows are known by it: another value is another row.
    pub is_key: bool,
    /// Words below the field that say how it is written; may be blank.
    pub hint: &'static str,
    /// Width of its column in templates, characters.
    pub width: f64,
    /// Heading of its column in templates, where that is not the label.
    pub heading: &'static str,
    /// Heading over it and its neighbours in templates; may be blank.
    pub group: &'static str,
    /// Meaning of its column on the help sheet; blank: the help sheet passes over it.
    pub meaning: &'static str,
    /// Values that its column takes, in words.
    pub accepted: &'static str,
}

impl FormField {
    const fn new(name: &'static str, field: Field, label: &'static str, kind: FieldKind) -> Self {
        let place = match kind {
            FieldKind::Period | FieldKind::Year => SheetPlace::Banner,
            FieldKind::Months | FieldKind::ServiceIndicator => SheetPlace::Across,
            _ => SheetPlace::Column,
        };
        let hint = if matches!(kind, FieldKind::Day) { DAY_HINT } else { "" };
        let width = match kind {
            FieldKind::Prose => 30.0,
            FieldKind::Day => 17.0,
            _ => 20.0,
        };
        Self {
            name,
            field,
            label,
            kind,
            place,
            is_needed: false,
            is_key: false,
            hint,
            width,
            heading: label,
            group: "",
            meaning: "",
            accepted: "",
        }
    }

    const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// Part of the key, and needed.
    const fn key(self) -> Self {
        Self { is_needed: true, is_key: true, ..self }
    }

    /// Part of the key that may be blank.
    const fn blank_key(self) -> Self {
        Self { is_key: true, ..self }
    }

    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn width(self, width: f64) -> Self {
        Self { width, ..self }
    }

    /// Meaning and accepted values of its column in templates.
    const fn help(self, meaning: &'static str, accepted: &'static str) -> Self {
        Self { meaning, accepted, ..self }
    }

    /// Heading of its column in templates, below one that neighbours share.
    const fn under(self, group: &'static str, heading: &'static str) -> Self {
        Self { heading, group, ..self }
    }

    const fn in_banner(self) -> Self {
        Self { place: SheetPlace::Banner, ..self }
    }

    /// Reports whether it has a column of its own.
    pub fn has_column(&self) -> bool {
        self.place == SheetPlace::Column
    }
}

const DAY_HINT: &str = "Misalnya 12 Mei 2023, 12/5/2023, atau 12/5.";

/// Description of one table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableForm {
    /// Table that is described.
    pub table: Table,
    /// Last part of its address.
    pub slug: &'static str,
    /// Title on pages.
    pub title: &'static str,
    /// One or two sentences: what it holds and what it is for.
    pub purpose: &'static str,
    /// Word for one row, in lower case.
    pub row: &'static str,
    /// Title above the sheet.
    pub banner: &'static str,
    /// Its fields, in the order of the form, the list and the columns.
    pub fields: &'static [FormField],
}

impl TableForm {
    /// Every description, in the order in which pages list them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        FormGroup::ALL.iter().flat_map(|group| group.forms).copied()
    }

    /// The description of a table.
    pub fn from_table(table: Table) -> &'static Self {
        Self::all().find(|form| form.table == table).unwrap_or(&figures::VISITS)
    }

    /// The description whose address ends so.
    pub fn from_slug(slug: &str) -> Option<&'static Self> {
        Self::all().find(|form| form.slug == slug)
    }

    /// The fields that have a column of their own.
    pub fn columns(&self) -> impl Iterator<Item = &'static FormField> + use<> {
        self.fields.iter().filter(|field| field.has_column())
    }

    /// The first field of a kind.
    pub fn first(&self, is_asked: impl Fn(FieldKind) -> bool) -> Option<&'static FormField> {
        self.fields.iter().find(|field| is_asked(field.kind))
    }
}

/// Descriptions that pages list below one heading.
#[derive(Clone, Copy, Debug)]
pub struct FormGroup {
    /// Heading.
    pub title: &'static str,
    /// Descriptions in their order.
    pub forms: &'static [&'static TableForm],
}

impl FormGroup {
    /// Every group.
    pub const ALL: &'static [Self] = &[
        Self { title: "Kegiatan dan capaian", forms: figures::FORMS },
        Self { title: "Daftar", forms: registers::FORMS },
        Self { title: "Ditulis di samping angka", forms: written::FORMS },
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_is_described_once() {
        let tables: BTreeSet<Table> = TableForm::all().map(|form| form.table).collect();
        assert_eq!(tables, Table::ALL.into_iter().collect());
        let slugs: BTreeSet<&str> = TableForm::all().map(|form| form.slug).collect();
        assert_eq!(slugs.len(), tables.len());
        for form in TableForm::all() {
            assert_eq!(TableForm::from_table(form.table), form);
            assert_eq!(TableForm::from_slug(form.slug), Some(form));
            let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), form.fields.len(), "{}", form.slug);
            assert!(form.fields.iter().any(|field| field.is_key), "{}", form.slug);
        }
    }
}
