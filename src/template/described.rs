//! Columns and cells of a sheet from the description of its table: headings, widths, help, and what may be typed.

use super::context::TemplateContext;
use super::lists::List;
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell};
use crate::domain::Table;
use crate::domain::form::{FieldKind, FormField, TableForm};
use crate::domain::records::Field;
use crate::domain::written_row::{WrittenRow, WrittenValue};

/// The columns of a sheet, described by its table.
pub(super) struct DescribedSheet {
    form: &'static TableForm,
    fields: Vec<&'static FormField>,
    /// Days of the key that may be typed without a question.
    key_days: InputRule,
    /// Other days.
    days: InputRule,
}

impl DescribedSheet {
    /// The columns of a table in the order of its form.
    pub(super) fn new(table: Table, key_days: InputRule, days: InputRule) -> Self {
        let form = TableForm::from_table(table);
        Self { form, fields: form.columns().collect(), key_days, days }
    }

    /// The same with one column right before another, as its paper has them.
    pub(super) fn with_before(mut self, moved: Field, before: Field) -> Self {
        let place = |fields: &[&FormField], wanted: Field| fields.iter().position(|field| field.field == wanted);
        if let Some(from) = place(&self.fields, moved) {
            let field = self.fields.remove(from);
            let to = place(&self.fields, before).unwrap_or(from);
            self.fields.insert(to, field);
        }
        self
    }

    /// The columns, behind that of the running number.
    pub(super) fn columns(&self) -> Vec<PlanColumn> {
        std::iter::once(PlanColumn::ordinal()).chain(self.bare_columns()).collect()
    }

    /// The columns of a sheet whose rows have no number.
    pub(super) fn bare_columns(&self) -> Vec<PlanColumn> {
        self.fields.iter().map(|field| self.column(field)).collect()
    }

    fn column(&self, field: &FormField) -> PlanColumn {
        let look = match field.kind {
            FieldKind::Day => ColumnLook::Date,
            FieldKind::Number => ColumnLook::Number,
            FieldKind::Word(_) => ColumnLook::Mark,
            _ => ColumnLook::Text,
        };
        let column = PlanColumn::new(field.heading, field.width, look)
            .rule(self.rule(field))
            .help(field.meaning, field.accepted);
        if field.group.is_empty() { column } else { column.under(field.group) }
    }

    fn rule(&self, field: &FormField) -> InputRule {
        match (self.form.table, field.field, field.kind) {
            (Table::Facilities, Field::Group, _) => InputRule::Chosen(List::Groups),
            (Table::Facilities, Field::Structure, _) => InputRule::Suggested(List::Structures),
            (Table::ServiceIndicators, Field::AppliesTo, _) => InputRule::Suggested(List::Kinds),
            (Table::Visits, Field::Form, _) => InputRule::Suggested(List::Forms),
            (_, Field::Points, _) => {
                // One further: the running number stands before them.
                let maximum = self.fields.iter().position(|known| known.field == Field::Maximum);
                maximum.map_or(InputRule::NotNegative, |place| InputRule::PointsUpTo(place + 1))
            }
            // An agreement holds for years.
            (_, Field::AgreementUntil, _) => InputRule::Anything,
            // A step may follow its coaching in the next year.
            (Table::DistrictSteps, Field::StepDay, _) => self.days.clone(),
            (_, _, FieldKind::Day) if field.is_key && field.is_needed => self.key_days.clone(),
            (_, _, FieldKind::Day) => self.days.clone(),
            (_, _, FieldKind::Number) => InputRule::NotNegative,
            (_, _, FieldKind::Word(words)) => InputRule::Words(words),
            (_, _, FieldKind::Facility | FieldKind::FacilityOrAll) => InputRule::Suggested(List::Names),
            (_, _, FieldKind::KindOfFacility) => InputRule::Suggested(List::Kinds),
            _ => InputRule::Anything,
        }
    }

    /// The column whose being filled makes a row: the name of whom it is about, else the words of its key, else its day.
    pub(super) fn name_column(&self) -> usize {
        let named = self.fields.iter().position(|field| field.kind == FieldKind::FacilityOrAll);
        let is_words = |field: &&FormField| field.is_key && field.is_needed && field.kind != FieldKind::Day;
        let words = self.fields.iter().rposition(is_words);
        named.or(words).map_or(1, |place| place + 1)
    }

    /// The cells of a row that people wrote.
    pub(super) fn row<T: WrittenRow>(&self, context: &TemplateContext, row: &T) -> Vec<PlannedCell> {
        let cell = |field: &&FormField| match row.value(field.field) {
            WrittenValue::Blank if field.kind == FieldKind::FacilityOrAll => {
                PlannedCell::text(Some(&context.puskesmas))
            }
            WrittenValue::Day(date) => PlannedCell::Date(date),
            WrittenValue::Count(count) => PlannedCell::Number(f64::from(count)),
            WrittenValue::Number(number) => PlannedCell::Number(number.to_number()),
            value => PlannedCell::text(Some(&value.words())),
        };
        std::iter::once(PlannedCell::Blank).chain(self.fields.iter().map(cell)).collect()
    }
}
