//! Items of filled checklists as rows of the log, and what counts of them.

use rusqlite::Connection;

use super::StoreError;
use super::codec::{Columns, day};
use super::fact_indexes::FactIndexes;
use super::log::{Log, resolve};
use super::rows::{Bound, RowKey, RowSubject, Stored, blank, keep, number_or_blank, text, text_or_blank};
use crate::domain::checklist::ChecklistItem;
use crate::domain::checklist_scores::score_visits;
use crate::domain::facts::FactKey;
use crate::domain::instrument::ItemAnswer;
use crate::domain::name::plain_words;
use crate::domain::records::{ChecklistItemRow, Field};
use crate::domain::{Date, Facts, Table, format};

/// Code of an answer with points.
const POINTS: &str = "points";
/// Code of an item that does not apply.
const NOT_APPLICABLE: &str = "none";

/// Parts of the key of an item.
struct ItemKey<'k> {
    date: Date,
    form: &'k str,
    instrument: &'k str,
    code: &'k str,
}

impl ItemKey<'_> {
    fn row_key(&self) -> RowKey {
        let words = [self.form, self.instrument, self.code].map(plain_words);
        (day(self.date), words.join("|"))
    }
}

/// Key of the rows of an item that counts.
pub(super) fn key_of_item(item: &ChecklistItem) -> RowKey {
    let ChecklistItem { date, form, instrument, code, .. } = item;
    ItemKey { date: *date, form, instrument, code }.row_key()
}

/// Key of the rows of a fact that is an item; `None` of any other.
pub(super) fn key_of_fact(fact: &FactKey) -> Option<RowKey> {
    let FactKey::ChecklistItem(date, form, instrument, code) = fact else { return None };
    Some(ItemKey { date: *date, form, instrument, code }.row_key())
}

/// The answer as pages show it: `2 dari 2`.
pub(super) fn answer_words(row: &ChecklistItemRow) -> String {
    match row.answer {
        None => "belum dijawab".to_owned(),
        Some(ItemAnswer::NotApplicable) => "tidak berlaku".to_owned(),
        Some(ItemAnswer::Points(points)) => {
            format!("{} dari {}", format::count(points), format::count(row.maximum))
        }
    }
}

impl Stored for ChecklistItemRow {
    const TABLE: Table = Table::ChecklistItems;
    const SQL_TABLE: &'static str = "checklist_rows";
    const COLUMNS: &'static [&'static str] = &[
        "day",
        "form",
        "instrument",
        "code",
        "words",
        "aspect",
        "critical",
        "answer",
        "points",
        "maximum",
        "coach",
        "note",
    ];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Facility(&self.facility)
    }

    fn values(&self) -> Vec<Bound<'_>> {
        let answer = self.answer.map_or_else(blank, |answer| {
            text(match answer {
                ItemAnswer::Points(_) => POINTS,
                ItemAnswer::NotApplicable => NOT_APPLICABLE,
            })
        });
        let points = match self.answer {
            Some(ItemAnswer::Points(points)) => Some(points),
            _ => None,
        };
        vec![
            Bound::from(day(self.date)),
            text(&self.form),
            text(&self.instrument),
            text(&self.code),
            text(&self.text),
            text(&self.aspect),
            Bound::from(i64::from(self.is_critical)),
            answer,
            number_or_blank(points),
            Bound::from(self.maximum),
            text_or_blank(self.coach.as_ref()),
            text_or_blank(self.note.as_ref()),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: String::new(),
            date: columns.date()?,
            form: columns.get()?,
            instrument: columns.get()?,
            code: columns.get()?,
            text: columns.get()?,
            aspect: columns.get()?,
            is_critical: columns.truth_or_blank()? == Some(true),
            answer: {
                let kind: Option<String> = columns.get()?;
                let points: Option<f64> = columns.get()?;
                answer(kind.as_deref(), points)?
            },
            maximum: columns.get()?,
            coach: columns.get()?,
            note: columns.get()?,
        })
    }

    fn key(&self) -> RowKey {
        let Self { date, form, instrument, code, .. } = self;
        ItemKey { date: *date, form, instrument, code }.row_key()
    }

    /// A blank answer erases none; an answer brings the maximum that it was judged by.
    fn overlay(&mut self, later: Self) {
        if later.answer.is_some() {
            self.answer = later.answer;
            self.maximum = later.maximum;
        }
        self.text = later.text;
        self.aspect = later.aspect;
        self.is_critical = later.is_critical;
        keep(&mut self.coach, later.coach);
        keep(&mut self.note, later.note);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        let form = Some(self.form.clone()).filter(|form| !form.is_empty());
        let fields = [
            (Field::Date, Some(format::date(self.date))),
            (Field::Form, form),
            (Field::Instrument, Some(self.instrument.clone())),
            (Field::ItemCode, Some(self.code.clone())),
            (Field::ItemText, Some(self.text.clone())),
            (Field::Answer, self.answer.map(|_| answer_words(self))),
            (Field::Person, self.coach.clone()),
            (Field::Attributes, self.note.clone()),
        ];
        fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }

    fn describe(&self) -> String {
        format!("{}, {} {}", format::date(self.date), self.instrument, self.code)
    }
}

fn answer(kind: Option<&str>, points: Option<f64>) -> Result<Option<ItemAnswer>, StoreError> {
    match (kind, points) {
        (None, _) => Ok(None),
        (Some(NOT_APPLICABLE), _) => Ok(Some(ItemAnswer::NotApplicable)),
        (Some(POINTS), Some(points)) => Ok(Some(ItemAnswer::Points(points))),
        (Some(other), _) => Err(StoreError::Corrupt(format!("jawaban `{other}`"))),
    }
}

/// Takes the items that count, and gives visits the scores that follow from them.
pub(super) fn take_items(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
) -> Result<(), StoreError> {
    for (subject, row) in resolve(log.rows::<ChecklistItemRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        let ChecklistItemRow { date, form, instrument, code, text, .. } = row;
        let ChecklistItemRow { aspect, is_critical, answer, maximum, coach, note, .. } = row;
        facts.checklist_items.push(ChecklistItem {
            facility,
            date,
            form,
            instrument,
            code,
            text,
            aspect,
            is_critical,
            answer,
            maximum,
            coach,
            note,
        });
    }
    facts.checklist_items.sort_by(|one, other| one.order().cmp(&other.order()));
    facts.checklist_sums = score_visits(&mut facts.visits, &facts.checklist_items);
    Ok(())
}
