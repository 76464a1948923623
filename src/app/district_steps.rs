//! Steps that both sides take with an item of the district team's coaching. A step goes the way of every entry: a small
//! batch of its own, with who, when and an undo. Knows no page.

use chrono::Datelike;

use super::entries::{EntryError, FieldFault, RowFields, Typing, Values};
use super::{App, AppError, typed_day};
use crate::domain::access::Right;
use crate::domain::district_case::{CaseSide, CaseStep};
use crate::domain::district_items::{CoachingItem, CoachingItems, next_number, number_key};
use crate::domain::form::TableForm;
use crate::domain::records::Field;
use crate::domain::{Date, EvidenceOf, Facts, Table, format};
use crate::store::BatchId;

/// A step as somebody wants to take it.
#[derive(Clone, Copy, Debug)]
pub struct StepWish<'w> {
    /// Puskesmas that was coached.
    pub puskesmas: &'w str,
    /// Day of the coaching.
    pub coached: Date,
    /// Number of the item.
    pub number: &'w str,
    /// Step to be taken.
    pub step: CaseStep,
    /// Day on which it was taken.
    pub date: Date,
    /// Answer, reason or remark; may be blank where the step needs none.
    pub note: &'w str,
    /// Proof in words; may be blank where a file is attached.
    pub proof: &'w str,
    /// Name of the person; counts for the machine's owner alone, for all others it is the account.
    pub name: &'w str,
}

impl App {
    /// Reports whether the one who asks acts for a side of this Puskesmas' coaching: for the team whoever writes its
    /// feedback, for the Puskesmas its coordinator and its head.
    pub fn acts_for(&self, side: CaseSide, puskesmas: &str) -> bool {
        let rights: &[Right] = match side {
            CaseSide::Team => &[Right::Feedback],
            CaseSide::Puskesmas => &[Right::Edit, Right::Approve],
        };
        rights.iter().any(|right| self.access().may(*right, puskesmas))
    }

    /// Takes a step with an item. An item without a written number has its number written first, so that no item that is
    /// added later takes it away.
    ///
    /// # Errors
    /// [`EntryError::NotHere`] where there is no such item, [`EntryError::NotAllowed`] for a step of the other side,
    /// [`EntryError::Gone`] for one that does not follow the present state, [`EntryError::Wrong`] for a day that cannot be
    /// and for what the step lacks.
    pub fn take_step(&self, wish: &StepWish<'_>) -> Result<BatchId, EntryError> {
        let StepWish { puskesmas, coached, step, .. } = *wish;
        let today = self.clock().today();
        let snapshot = self.snapshot(puskesmas).map_err(not_here)?;
        let facts = snapshot.facts();
        let items = CoachingItems::new(&facts.written, 0, today);
        let item = items.of_day(coached).find(|item| number_key(&item.number) == number_key(wish.number));
        let item = item.ok_or(EntryError::NotHere)?;
        let side = step.side(item.doer);
        if !self.acts_for(side, puskesmas) {
            return Err(EntryError::NotAllowed(act_of(side, step)));
        }
        if !item.state().next().contains(&step) {
            return Err(EntryError::Gone);
        }
        let faults = faults(wish, item, today, has_file(facts, item));
        if !faults.is_empty() {
            return Err(EntryError::Wrong(faults));
        }
        if !item.is_numbered {
            self.write_number(puskesmas, item)?;
        }
        let who = if self.access().is_owner() && !wish.name.trim().is_empty() { wish.name } else { self.who() };
        let values: Values = [
            ("pembinaan", format::date(coached)),
            ("nomor", item.number.clone()),
            ("langkah", step.label().to_owned()),
            ("tanggal", format::date(wish.date)),
            ("pihak", side.label().to_owned()),
            ("oleh", who.to_owned()),
            ("catatan", wish.note.to_owned()),
            ("bukti", wish.proof.to_owned()),
        ]
        .into();
        let year = coached.year();
        self.keep_entry(Typing { puskesmas, table: Table::DistrictSteps, values: &values, replaced: None, year })
    }

    /// The values of a new item with the next number of its year; none where it has one, or is no item.
    pub(super) fn with_item_number(&self, typing: &Typing<'_>) -> Option<Values> {
        let filled = |name: &str| typing.values.get(name).is_some_and(|text| !text.trim().is_empty());
        let is_item = ["fakta", "kesimpulan", "untuk-puskesmas", "untuk-dinas"].into_iter().any(filled);
        if typing.table != Table::DistrictVisits || typing.replaced.is_some() || filled("nomor") || !is_item {
            return None;
        }
        let snapshot = self.snapshot(typing.puskesmas).ok()?;
        let day = typing.values.get("tanggal").and_then(|text| typed_day(text));
        let year = day.map_or(typing.year, |day| day.year());
        let mut values = typing.values.clone();
        values.insert("nomor", next_number(&snapshot.facts().written, 0, year));
        Some(values)
    }

    /// Writes the number of an item into its row.
    fn write_number(&self, puskesmas: &str, item: &CoachingItem<'_>) -> Result<(), EntryError> {
        let entries = self.entries(puskesmas, Table::DistrictVisits, None)?;
        let visit = item.visit;
        let is_it = |entry: &&crate::store::StoredEntry| {
            entry.value(Field::Date) == format::date(visit.date)
                && entry.value(Field::Form) == visit.sort.as_deref().unwrap_or_default()
                && entry.value(Field::Fact) == visit.fact.as_deref().unwrap_or_default()
        };
        let entry = entries.iter().find(is_it).ok_or(EntryError::Gone)?;
        let known = TableForm::from_table(Table::DistrictVisits).fields.iter();
        let mut values: Values = known.map(|field| (field.name, entry.value(field.field).to_owned())).collect();
        values.insert("nomor", item.number.clone());
        let table = Table::DistrictVisits;
        let replaced = Some(entry.id.as_str());
        let year = visit.date.year();
        self.keep_entry(Typing { puskesmas, table, values: &values, replaced, year })?;
        Ok(())
    }

    /// Refuses steps and assessments that are typed or pasted for a side for which the one who asks does not act.
    pub(super) fn check_sides<'f>(
        &self,
        puskesmas: &str,
        rows: impl IntoIterator<Item = &'f RowFields>,
    ) -> Result<(), EntryError> {
        let snapshot = self.snapshot(puskesmas).map_err(not_here)?;
        let items = CoachingItems::new(&snapshot.facts().written, 0, Date::MAX);
        for row in rows {
            let value = |wanted: Field| {
                row.iter().find(|(field, _)| *field == wanted).map(|(_, value)| value.as_str()).unwrap_or_default()
            };
            let assessed = CaseSide::from_label(value(Field::Side)).filter(|side| !self.acts_for(*side, puskesmas));
            let Some(step) = CaseStep::from_label(value(Field::Step)) else {
                let Some(side) = assessed else { continue };
                return Err(EntryError::NotAllowed(format!("menulis penilaian {}", side.label())));
            };
            let is_of_it = |item: &&CoachingItem<'_>| {
                format::date(item.visit.date) == value(Field::Date)
                    && number_key(&item.number) == number_key(value(Field::ItemNumber))
            };
            let doer = items.items.iter().find(is_of_it).map_or(CaseSide::Puskesmas, |item| item.doer);
            let side = step.side(doer);
            if !self.acts_for(side, puskesmas) {
                return Err(EntryError::NotAllowed(act_of(side, step)));
            }
        }
        Ok(())
    }
}

fn act_of(side: CaseSide, step: CaseStep) -> String {
    format!("mengambil langkah “{}” untuk {}", step.label(), side.label())
}

/// Names all that a step lacks, each at its field.
fn faults(wish: &StepWish<'_>, item: &CoachingItem<'_>, today: Date, has_file: bool) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let last = item.history.counted().map(|taken| taken.date).max().unwrap_or(item.visit.date);
    if wish.date > today {
        let told = format!("{} belum tiba. Tulis tanggal langkahnya, paling akhir hari ini.", format::date(wish.date));
        faults.push(FieldFault::new("tanggal", told));
    } else if wish.date < last {
        let told = format!(
            "{} lebih awal daripada langkah sebelumnya ({}). Periksa tanggalnya.",
            format::date(wish.date),
            format::date(last)
        );
        faults.push(FieldFault::new("tanggal", told));
    }
    if wish.step.needs_note() && wish.note.trim().is_empty() {
        let told = match wish.step {
            CaseStep::Returned => "Tulis alasan dikembalikan, supaya jelas apa yang masih kurang.",
            _ => "Tulis jawabannya: apa yang akan dikerjakan.",
        };
        faults.push(FieldFault::new("catatan", told.to_owned()));
    }
    if wish.step.needs_proof() && wish.proof.trim().is_empty() && !has_file {
        let told = "Tulis buktinya, atau lampirkan dahulu berkas buktinya.".to_owned();
        faults.push(FieldFault::new("bukti", told));
    }
    faults
}

/// Reports whether a file is attached to an item.
fn has_file(facts: &Facts, item: &CoachingItem<'_>) -> bool {
    let of = EvidenceOf::CoachingItem { coached: item.visit.date, number: number_key(&item.number) };
    facts.attached.iter().any(|file| file.of == of)
}

fn not_here(error: AppError) -> EntryError {
    match error {
        AppError::Store(error) => EntryError::Store(error),
        _ => EntryError::NotHere,
    }
}
