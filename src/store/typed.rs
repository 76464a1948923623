//! Fields of the records as forms take them: each by itself, written so that the reader of workbooks reads the same
//! again.

use super::rows::Stored;
use crate::domain::facility::LicencePaper;
use crate::domain::format;
use crate::domain::instrument::{ItemAnswer, is_same_points};
use crate::domain::records::{
    AchievementRow, ChangeRow, ChecklistItemRow, DecreeRecord, FacilityRow, Field, FollowUpRow, LokminRow, ReportRow,
    SlotRow, VisitRow,
};
use crate::domain::written_row::WrittenRow;
use crate::domain::{Aggregation, Date, Direction, FacilityGroup, ServiceDefinition};

/// Fields with their values as a person would write them.
pub(super) type TypedFields = Vec<(Field, String)>;

/// A record that a form writes.
pub(super) trait Typed: Stored {
    /// Fields that are not blank, without the name of the facility that stands in the subject.
    fn typed(&self) -> TypedFields {
        self.field_texts()
    }
}

/// A number with every digit that it has, and a decimal comma.
pub(super) fn exact(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn filled<const N: usize>(fields: [(Field, Option<String>); N]) -> TypedFields {
    let filled = fields.into_iter().filter_map(|(field, value)| Some((field, value?)));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

fn yes_no(value: Option<bool>) -> Option<String> {
    value.map(|value| format::yes_no(value).to_owned())
}

fn paper_number(paper: Option<&LicencePaper>) -> Option<String> {
    paper.and_then(|paper| paper.number.clone())
}

fn paper_end(paper: Option<&LicencePaper>) -> Option<Date> {
    paper.and_then(|paper| paper.valid_until)
}

impl Typed for FacilityRow {
    fn typed(&self) -> TypedFields {
        let structures: Vec<&str> = self.structures.iter().map(|structure| structure.label()).collect();
        filled([
            (Field::Kind, self.kind.clone()),
            (Field::Group, self.group.map(FacilityGroup::label).map(ToOwned::to_owned)),
            (Field::Structure, Some(structures.join(", "))),
            (Field::Address, self.address.clone()),
            (Field::Village, self.village.clone()),
            (Field::Person, self.person_in_charge.clone()),
            (Field::OwesReports, yes_no(self.owes_reports)),
            (Field::AgreementNumber, paper_number(self.agreement.as_ref())),
            (Field::AgreementUntil, paper_end(self.agreement.as_ref()).map(format::date)),
            (Field::LicenceNumber, paper_number(self.licence.as_ref())),
            (Field::LicenceUntil, paper_end(self.licence.as_ref()).map(format::date)),
            (Field::ActiveFrom, self.active_from.map(format::month)),
            (Field::ActiveUntil, self.active_until.map(format::month)),
            (Field::Coordinates, self.coordinates.map(|place| place.to_string())),
        ])
    }
}

impl Typed for ServiceDefinition {
    fn typed(&self) -> TypedFields {
        let direction = match self.direction {
            Direction::HigherIsBetter => "Naik",
            Direction::LowerIsBetter => "Turun",
        };
        let aggregation = match self.aggregation {
            Aggregation::Sum => "Jumlah",
            Aggregation::Cumulative => "Kumulatif",
            Aggregation::Last => "Terakhir",
        };
        vec![
            (Field::Code, self.code.clone()),
            (Field::Indicator, self.name.clone()),
            (Field::Target, exact(self.target)),
            (Field::Weight, exact(self.weight)),
            (Field::Direction, direction.to_owned()),
            (Field::Aggregation, aggregation.to_owned()),
            // A later list holds whole: one that names no kinds takes the former ones back.
            (Field::AppliesTo, self.applies_to.text()),
        ]
    }
}

impl Typed for DecreeRecord {
    fn typed(&self) -> TypedFields {
        filled([
            (Field::Code, Some(self.indicator.code().to_owned())),
            (Field::Target, self.target.map(exact)),
            (Field::Weight, self.weight.map(exact)),
        ])
    }
}

impl Typed for SlotRow {
    fn typed(&self) -> TypedFields {
        filled([
            (Field::Year, Some(self.month.year().to_string())),
            (Field::Month, Some(format::month(self.month))),
            (Field::Person, self.person.clone()),
        ])
    }
}

impl Typed for ChangeRow {}

impl Typed for VisitRow {
    fn typed(&self) -> TypedFields {
        let exactly = |(field, value)| match field {
            Field::Points => (field, self.points.map_or(value, exact)),
            Field::Maximum => (field, self.maximum.map_or(value, exact)),
            _ => (field, value),
        };
        self.field_texts().into_iter().map(exactly).collect()
    }
}

impl Typed for FollowUpRow {}

impl Typed for ChecklistItemRow {
    fn typed(&self) -> TypedFields {
        let (word, points) = match self.answer {
            None => (None, None),
            Some(ItemAnswer::NotApplicable) => (Some("TB"), None),
            Some(ItemAnswer::Points(points)) if is_same_points(points, self.maximum) => (Some("Ya"), None),
            Some(ItemAnswer::Points(0.0)) => (Some("Tidak"), None),
            Some(ItemAnswer::Points(points)) => (None, Some(exact(points))),
        };
        filled([
            (Field::Date, Some(format::date(self.date))),
            (Field::Form, Some(self.form.clone())),
            (Field::Instrument, Some(self.instrument.clone())),
            (Field::ItemCode, Some(self.code.clone())),
            (Field::ItemText, Some(self.text.clone())),
            (Field::Answer, word.map(ToOwned::to_owned)),
            (Field::Points, points),
            (Field::Person, self.coach.clone()),
            (Field::Attributes, self.note.clone()),
        ])
    }
}

impl Typed for LokminRow {
    fn typed(&self) -> TypedFields {
        filled([
            (Field::Month, Some(format::month(self.month))),
            (Field::Sort, Some(self.sort.label().to_owned())),
            (Field::Invited, yes_no(self.invited)),
            (Field::Attended, yes_no(self.attended)),
        ])
    }
}

impl Typed for ReportRow {}

impl<R: WrittenRow> Typed for R {}

/// The fields of an achievement, which is no stored record of its own.
pub(super) fn achievement(row: &AchievementRow) -> TypedFields {
    filled([
        (Field::Month, Some(format::month(row.month))),
        (Field::Indicator, Some(row.service.clone())),
        (Field::Denominator, row.denominator.map(exact)),
        (Field::Numerator, row.numerator.map(exact)),
        (Field::Accumulated, row.accumulated.map(exact)),
    ])
}
