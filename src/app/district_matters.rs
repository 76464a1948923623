//! Matters that a meeting cannot settle and hands to the district: raised and settled by the Puskesmas, answered by the district's
//! side. Each act goes the way of every entry. Knows no page.

use chrono::Datelike;

use super::App;
use super::entries::{EntryError, FieldFault, Typing, Values};
use crate::domain::district_case::CaseSide;
use crate::domain::form::TableForm;
use crate::domain::records::Field;
use crate::domain::{Date, Table, format};
use crate::store::{BatchId, StoredEntry};

/// An act on a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatterAct {
    /// The Puskesmas hands it to the district.
    Raise,
    /// The district answers.
    Answer,
    /// The Puskesmas says that it is settled, with proof.
    Settle,
}

impl MatterAct {
    /// All, in the order in which they follow each other.
    pub const ALL: [Self; 3] = [Self::Raise, Self::Answer, Self::Settle];

    /// Its word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Raise => "ajukan",
            Self::Answer => "jawab",
            Self::Settle => "selesai",
        }
    }

    /// The act of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The words of a page after it was done.
    pub fn done(self) -> &'static str {
        match self {
            Self::Raise => "Masalah disampaikan ke Dinas Kesehatan.",
            Self::Answer => "Jawaban tercatat; Puskesmas melihatnya di halaman yang sama.",
            Self::Settle => "Masalah dinyatakan selesai.",
        }
    }

    /// The side that does it.
    pub fn side(self) -> CaseSide {
        match self {
            Self::Raise | Self::Settle => CaseSide::Puskesmas,
            Self::Answer => CaseSide::Team,
        }
    }

    /// Fields without which it says nothing, each with the sentence that asks for it.
    fn needed(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Raise => &[
                ("tanggal", "Tulis tanggal rapatnya."),
                ("masalah", "Tulis masalahnya."),
                ("usulan", "Tulis apa yang diminta dari Dinas Kesehatan."),
            ],
            Self::Answer => &[("jawaban", "Tulis jawabannya.")],
            Self::Settle => &[("bukti", "Tulis bukti penyelesaiannya.")],
        }
    }

    /// Field of the day on which it is done.
    fn day(self) -> &'static str {
        match self {
            Self::Raise => "disampaikan",
            Self::Answer => "dijawab",
            Self::Settle => "selesai",
        }
    }

    /// Fields that it writes.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Raise => &["tanggal", "jenis-rapat", "masalah", "usulan", "surat", "disampaikan", "batas"],
            Self::Answer => &["jawaban", "dijawab", "pj", "batas"],
            Self::Settle => &["selesai", "bukti"],
        }
    }
}

/// An act as somebody wants to do it.
#[derive(Clone, Copy, Debug)]
pub struct MatterWish<'w> {
    /// Puskesmas whose matter it is.
    pub puskesmas: &'w str,
    /// Act to be done.
    pub act: MatterAct,
    /// The matter; blank for one that is raised.
    pub id: &'w str,
    /// Texts that were typed.
    pub values: &'w Values,
}

impl App {
    /// Matters of a Puskesmas as they stand, by the day of their meeting.
    pub fn district_matters(&self, puskesmas: &str) -> Result<Vec<StoredEntry>, EntryError> {
        Ok(self.entries(puskesmas, Table::DistrictMatters, None)?)
    }

    /// Reports whether the one who asks may do an act.
    pub fn may_act_on_matter(&self, act: MatterAct, puskesmas: &str) -> bool {
        self.acts_for(act.side(), puskesmas) && self.may_write(Table::DistrictMatters, puskesmas)
    }

    /// Raises, answers or settles a matter; what the act does not write stays as it is.
    ///
    /// # Errors
    /// [`EntryError::NotAllowed`] for an act of the other side, [`EntryError::NotHere`] where there is no such matter,
    /// [`EntryError::Gone`] where it was answered or settled already, [`EntryError::Wrong`] for what is missing.
    pub fn act_on_matter(&self, wish: &MatterWish<'_>) -> Result<BatchId, EntryError> {
        let MatterWish { puskesmas, act, id, values } = *wish;
        if !self.may_act_on_matter(act, puskesmas) {
            return Err(EntryError::NotAllowed(format!(
                "{} masalah untuk dinas sebagai {}",
                act.code(),
                act.side().label()
            )));
        }
        let is_blank = |name: &str| values.get(name).is_none_or(|text| text.trim().is_empty());
        let needed = act.needed().iter().filter(|(name, _)| is_blank(name));
        let faults: Vec<FieldFault> = needed.map(|(name, told)| FieldFault::new(name, (*told).to_owned())).collect();
        if !faults.is_empty() {
            return Err(EntryError::Wrong(faults));
        }
        let today = self.clock().today();
        let mut written = if act == MatterAct::Raise { Values::new() } else { self.standing(puskesmas, act, id)? };
        for name in act.fields() {
            if let Some(text) = values.get(name).filter(|text| !text.trim().is_empty()) {
                written.insert(*name, text.clone());
            }
        }
        if written.get(act.day()).is_none_or(String::is_empty) {
            written.insert(act.day(), format::date(today));
        }
        let replaced = Some(id).filter(|_| act != MatterAct::Raise);
        let table = Table::DistrictMatters;
        let held = written.get("tanggal").and_then(|text| super::typed_day(text));
        let year = held.map_or(today.year(), |held| held.year());
        self.keep_entry(Typing { puskesmas, table, values: &written, replaced, year })
    }

    /// The values of a matter on which the act may still be done.
    fn standing(&self, puskesmas: &str, act: MatterAct, id: &str) -> Result<Values, EntryError> {
        let entries = self.district_matters(puskesmas)?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or(EntryError::NotHere)?;
        let is_done = match act {
            MatterAct::Raise => false,
            MatterAct::Answer => !entry.value(Field::Answered).is_empty(),
            MatterAct::Settle => !entry.value(Field::Done).is_empty(),
        };
        if is_done {
            return Err(EntryError::Gone);
        }
        let known = TableForm::from_table(Table::DistrictMatters).fields.iter();
        Ok(known.map(|field| (field.name, entry.value(field.field).to_owned())).collect())
    }
}

/// Day of a field as the entry shows it; none where it is blank.
pub fn day_of(entry: &StoredEntry, field: Field) -> Option<Date> {
    super::typed_day(entry.value(field))
}
