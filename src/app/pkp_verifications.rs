//! Verification of PKP between two sides: the district's team says what it found of a program or of the whole, the
//! Puskesmas answers. Each act goes the way of every entry. Knows no page.

use super::entries::{EntryError, FieldFault, Typing, Values};
use super::{App, AppError, typed_day};
use crate::dashboard::pkp::PkpAssessment;
use crate::dashboard::pkp_verification::PkpVerifications;
use crate::domain::district_case::CaseSide;
use crate::domain::form::TableForm;
use crate::domain::name::plain_words;
use crate::domain::pkp::PkpVerdict;
use crate::domain::records::Field;
use crate::domain::{Date, Table, format};
use crate::store::{BatchId, StoredEntry};

/// An act on a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerificationAct {
    /// The district's team verifies, or verifies once more.
    Verify,
    /// The Puskesmas answers.
    Reply,
}

impl VerificationAct {
    /// Both, in the order in which they follow each other.
    pub const ALL: [Self; 2] = [Self::Verify, Self::Reply];

    /// Its word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verify => "verifikasi",
            Self::Reply => "tanggapi",
        }
    }

    /// The act of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The words of a page after it was done.
    pub fn done(self) -> &'static str {
        match self {
            Self::Verify => "Verifikasi tercatat; Puskesmas melihatnya di halaman yang sama.",
            Self::Reply => "Tanggapan tercatat; TPCB melihatnya di halaman yang sama.",
        }
    }

    /// The side that does it.
    pub fn side(self) -> CaseSide {
        match self {
            Self::Verify => CaseSide::Team,
            Self::Reply => CaseSide::Puskesmas,
        }
    }

    /// Name of the day that it writes.
    fn day(self) -> &'static str {
        match self {
            Self::Verify => "diverifikasi",
            Self::Reply => "ditanggapi",
        }
    }
}

/// An act as somebody wants to do it.
#[derive(Clone, Copy, Debug)]
pub struct VerificationWish<'w> {
    /// Puskesmas whose PKP it is.
    pub puskesmas: &'w str,
    /// Year that PKP assesses.
    pub year: i32,
    /// Act to be done.
    pub act: VerificationAct,
    /// Program by its key; blank for the whole.
    pub program: &'w str,
    /// Texts that were typed.
    pub values: &'w Values,
}

impl App {
    /// Reports whether the one who asks may do an act.
    pub fn may_verify_pkp(&self, act: VerificationAct, puskesmas: &str) -> bool {
        self.acts_for(act.side(), puskesmas) && self.may_write(Table::PkpVerifications, puskesmas)
    }

    /// Verifies a program of PKP or the whole of it, or answers. What is verified is kept with its figure of now; a new
    /// verdict takes the answer to the former one out.
    ///
    /// # Errors
    /// [`EntryError::NotAllowed`] for an act of the other side, [`EntryError::NotHere`] where the year has no such program
    /// or nothing to answer, [`EntryError::Wrong`] for what is missing.
    pub fn act_on_pkp(&self, wish: &VerificationWish<'_>) -> Result<BatchId, EntryError> {
        let VerificationWish { puskesmas, year, act, program, values } = *wish;
        if !self.may_verify_pkp(act, puskesmas) {
            return Err(EntryError::NotAllowed(format!("{} PKP sebagai {}", act.code(), act.side().label())));
        }
        let today = self.clock().today();
        let entries = self.entries(puskesmas, Table::PkpVerifications, None)?;
        let is_it = |entry: &&StoredEntry| {
            entry.value(Field::Year) == year.to_string()
                && plain_words(entry.value(Field::Program)) == plain_words(program)
        };
        let held = entries.iter().find(is_it);
        let faults = faults(act, values, today);
        if !faults.is_empty() {
            return Err(EntryError::Wrong(faults));
        }
        let typed = |name: &str| values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut written = Values::new();
        match act {
            VerificationAct::Verify => {
                written.insert("tahun", year.to_string());
                written.insert("program", program.to_owned());
                written.insert("kinerja", self.figure_now(wish)?);
                for name in ["hasil", "catatan", "verifikator", "diverifikasi", "surat"] {
                    written.insert(name, typed(name));
                }
                if typed("verifikator").is_empty() {
                    written.insert("verifikator", self.who().to_owned());
                }
            }
            VerificationAct::Reply => {
                let entry = held.ok_or(EntryError::NotHere)?;
                let known = TableForm::from_table(Table::PkpVerifications).fields.iter();
                written.extend(known.map(|field| (field.name, entry.value(field.field).to_owned())));
                for name in ["tanggapan", "ditanggapi"] {
                    written.insert(name, typed(name));
                }
            }
        }
        if written.get(act.day()).is_none_or(String::is_empty) {
            written.insert(act.day(), format::date(today));
        }
        let table = Table::PkpVerifications;
        let replaced = held.map(|entry| entry.id.as_str());
        self.keep_entry(Typing { puskesmas, table, values: &written, replaced, year })
    }

    /// The figure of now that a verification is about, in the words of the page.
    fn figure_now(&self, wish: &VerificationWish<'_>) -> Result<String, EntryError> {
        let snapshot = self.snapshot(wish.puskesmas).map_err(|error| match error {
            AppError::Store(error) => EntryError::Store(error),
            _ => EntryError::NotHere,
        })?;
        let found = PkpAssessment::new(snapshot.facts(), Some(wish.year));
        let table = PkpVerifications::new(snapshot.facts(), 0, &found, self.clock().today());
        if wish.program.is_empty() {
            return if table.programs.is_empty() { Err(EntryError::NotHere) } else { Ok(table.figures) };
        }
        let named = table.programs.into_iter().find(|row| plain_words(&row.key) == plain_words(wish.program));
        named.map(|program| program.shown).ok_or(EntryError::NotHere)
    }
}

/// Names what an act lacks.
fn faults(act: VerificationAct, values: &Values, today: Date) -> Vec<FieldFault> {
    let text = |name: &str| values.get(name).map(|text| text.trim()).unwrap_or_default();
    let mut faults = Vec::new();
    let mut fault = |name, told: String| faults.push(FieldFault::new(name, told));
    match act {
        VerificationAct::Verify => match PkpVerdict::from_label(text("hasil")) {
            None => fault("hasil", format!("Pilih hasilnya: {}.", PkpVerdict::WORDS.join(", "))),
            Some(verdict) if verdict.needs_reason() && text("catatan").is_empty() => {
                fault("catatan", "Tulis catatannya: apa yang perlu diperbaiki atau diperhatikan.".to_owned());
            }
            Some(_) => {}
        },
        VerificationAct::Reply if text("tanggapan").is_empty() => {
            fault("tanggapan", "Tulis tanggapannya: apa yang sudah atau akan diperbaiki.".to_owned());
        }
        VerificationAct::Reply => {}
    }
    if let Some(day) = typed_day(text(act.day())).filter(|day| *day > today) {
        fault(act.day(), format!("{} belum tiba. Tulis tanggalnya, paling akhir hari ini.", format::date(day)));
    }
    faults
}
