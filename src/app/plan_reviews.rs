//! Words of both sides on a proposal of RUK or RPK: the district's team reviews it, the Puskesmas answers. Each act goes the
//! way of every entry and leaves the rest of the row as it stands. Knows no page.

use chrono::Datelike;

use super::App;
use super::entries::{EntryError, FieldFault, Typing, Values};
use crate::domain::annual_plan::PlanVerdict;
use crate::domain::district_case::CaseSide;
use crate::domain::form::TableForm;
use crate::domain::records::Field;
use crate::domain::{Table, format};
use crate::store::{BatchId, StoredEntry};

/// An act on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalAct {
    /// The district's team says what it thinks of it.
    Review,
    /// The Puskesmas answers.
    Reply,
}

impl ProposalAct {
    /// All, in the order in which they follow each other.
    pub const ALL: [Self; 2] = [Self::Review, Self::Reply];

    /// Its word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Review => "telaah",
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
            Self::Review => "Telaah tercatat; Puskesmas melihatnya di halaman yang sama.",
            Self::Reply => "Tanggapan tercatat; TPCB melihatnya di halaman yang sama.",
        }
    }

    /// The side that does it.
    pub fn side(self) -> CaseSide {
        match self {
            Self::Review => CaseSide::Team,
            Self::Reply => CaseSide::Puskesmas,
        }
    }

    /// Fields that it writes, the day last.
    fn fields(self) -> [&'static str; 3] {
        match self {
            Self::Review => ["telaah", "catatan", "ditelaah"],
            Self::Reply => ["tanggapan", "tanggapan", "ditanggapi"],
        }
    }
}

/// An act as somebody wants to do it.
#[derive(Clone, Copy, Debug)]
pub struct ProposalWish<'w> {
    /// Puskesmas whose proposal it is.
    pub puskesmas: &'w str,
    /// Act to be done.
    pub act: ProposalAct,
    /// The proposal.
    pub id: &'w str,
    /// Texts that were typed.
    pub values: &'w Values,
}

impl App {
    /// Proposals of a Puskesmas as they stand.
    pub fn plan_proposals(&self, puskesmas: &str) -> Result<Vec<StoredEntry>, EntryError> {
        Ok(self.entries(puskesmas, Table::PlanProposals, None)?)
    }

    /// Reports whether the one who asks may do an act.
    pub fn may_act_on_proposal(&self, act: ProposalAct, puskesmas: &str) -> bool {
        self.acts_for(act.side(), puskesmas) && self.may_write(Table::PlanProposals, puskesmas)
    }

    /// Reviews a proposal or answers the review.
    ///
    /// # Errors
    /// [`EntryError::NotAllowed`] for an act of the other side, [`EntryError::NotHere`] where there is no such proposal,
    /// [`EntryError::Wrong`] for what is missing.
    pub fn act_on_proposal(&self, wish: &ProposalWish<'_>) -> Result<BatchId, EntryError> {
        let ProposalWish { puskesmas, act, id, values } = *wish;
        if !self.may_act_on_proposal(act, puskesmas) {
            let words = format!("{} usulan RUK dan RPK sebagai {}", act.code(), act.side().label());
            return Err(EntryError::NotAllowed(words));
        }
        let entries = self.plan_proposals(puskesmas)?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or(EntryError::NotHere)?;
        let faults = faults(act, entry, values);
        if !faults.is_empty() {
            return Err(EntryError::Wrong(faults));
        }
        let known = TableForm::from_table(Table::PlanProposals).fields.iter();
        let mut written: Values = known.map(|field| (field.name, entry.value(field.field).to_owned())).collect();
        for name in act.fields() {
            written.insert(name, values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default());
        }
        let today = self.clock().today();
        let [.., day] = act.fields();
        if written.get(day).is_none_or(String::is_empty) {
            written.insert(day, format::date(today));
        }
        let year = entry.value(Field::Year).parse().unwrap_or(today.year());
        let table = Table::PlanProposals;
        self.keep_entry(Typing { puskesmas, table, values: &written, replaced: Some(id), year })
    }
}

/// Names what an act lacks.
fn faults(act: ProposalAct, entry: &StoredEntry, values: &Values) -> Vec<FieldFault> {
    let text = |name: &str| values.get(name).map(|text| text.trim()).unwrap_or_default();
    let fault = |name, told: &str| vec![FieldFault::new(name, told.to_owned())];
    match act {
        ProposalAct::Review => match PlanVerdict::from_label(text("telaah")) {
            None => fault("telaah", "Pilih telaahnya: Diterima, Perlu diubah, atau Tidak diterima."),
            Some(verdict) if verdict.needs_reason() && text("catatan").is_empty() => {
                fault("catatan", "Tulis alasannya atau apa yang perlu diubah.")
            }
            Some(_) => Vec::new(),
        },
        ProposalAct::Reply if entry.value(Field::Verdict).is_empty() => {
            fault("tanggapan", "Usulan ini belum ditelaah TPCB, jadi belum ada yang ditanggapi.")
        }
        ProposalAct::Reply if text("tanggapan").is_empty() => fault("tanggapan", "Tulis tanggapannya."),
        ProposalAct::Reply => Vec::new(),
    }
}
