//! Follow-ups of a facility, answered by the facility itself: the day on which one was done, and nothing else of it. An
//! answer goes the way of every entry: a small batch of its own, with who, when and an undo.

use chrono::Datelike;

use super::App;
use super::entries::{EntryError, FieldFault, Typing, Values};
use crate::domain::access::Right;
use crate::domain::form::TableForm;
use crate::domain::name::name_key;
use crate::domain::records::Field;
use crate::domain::{Date, Table, format};
use crate::store::{BatchId, StoredEntry};

/// Name of the field of the day on which a follow-up was done.
const DONE: &str = "selesai";

/// An answer to a follow-up.
#[derive(Clone, Copy, Debug)]
pub struct FollowUpAnswer<'a> {
    /// Puskesmas of the facility.
    pub puskesmas: &'a str,
    /// Name of the facility.
    pub facility: &'a str,
    /// The follow-up.
    pub id: &'a str,
    /// Day on which it was done; none takes an earlier answer back.
    pub done: Option<Date>,
}

impl App {
    /// Follow-ups of a facility that wait for an answer, and those that were answered by a form: it may be corrected.
    ///
    /// # Errors
    /// [`EntryError::NotHere`] for a facility that the one who asks is not shown.
    pub fn follow_ups_to_answer(&self, puskesmas: &str, facility: &str) -> Result<Vec<StoredEntry>, EntryError> {
        let key = name_key(facility);
        let own = self.access().facilities_only(puskesmas);
        if own.is_some_and(|own| !own.into_iter().any(|name| name_key(name) == key)) {
            return Err(EntryError::NotHere);
        }
        let mut entries = self.entries(puskesmas, Table::FollowUps, None)?;
        entries.retain(|entry| {
            let is_waiting = entry.value(Field::Done).is_empty() || entry.is_typed;
            is_waiting && name_key(entry.value(Field::Name)) == key
        });
        Ok(entries)
    }

    /// Writes the day on which a follow-up was done; everything else of it stays. Gives the batch.
    ///
    /// # Errors
    /// [`EntryError::NotHere`] for a follow-up that is not this facility's or does not wait, [`EntryError::Wrong`] for a
    /// day that is still to come.
    pub fn answer_follow_up(&self, answer: &FollowUpAnswer<'_>) -> Result<BatchId, EntryError> {
        let FollowUpAnswer { puskesmas, facility, id, done } = *answer;
        if !self.access().may(Right::AnswerFollowUps, puskesmas) {
            return Err(EntryError::NotAllowed(Right::AnswerFollowUps.label().to_owned()));
        }
        let today = self.clock().today();
        if let Some(done) = done.filter(|done| *done > today) {
            let day = format::date(done);
            let told = format!("{day} belum tiba. Tulis tanggal selesainya, paling akhir hari ini.");
            return Err(EntryError::Wrong(vec![FieldFault::new(DONE, told)]));
        }
        let entries = self.follow_ups_to_answer(puskesmas, facility)?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or(EntryError::NotHere)?;
        let known = TableForm::from_table(Table::FollowUps).fields.iter().filter_map(|field| {
            let value = entry.fields.iter().find(|(known, _)| *known == field.field);
            Some((field.name, value?.1.clone()))
        });
        let mut values: Values = known.collect();
        values.insert(DONE, done.map(format::date).unwrap_or_default());
        let replaced = Some(id);
        self.keep_entry(Typing { puskesmas, table: Table::FollowUps, values: &values, replaced, year: today.year() })
    }
}
