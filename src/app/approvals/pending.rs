//! *Perubahan tertunda*: what came into the log since a period was approved and would change it, as differences of its
//! figures and facts. Nothing of it is shown in the period until somebody decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::record::PeriodRecord;
use super::{ApprovalService, FormerEvaluation, Proposal};
use crate::app::difference::{FactChange, difference, ledger};
use crate::app::{AppError, HeldPending};
use crate::domain::approval::{ApprovalStep, PeriodState};
use crate::domain::{CoachingIndicator, Date, Period, SlotState, Table, format};
use crate::store::{BatchId, LogChange, Scope, StoredStep};

/// Changes that wait for a decision.
#[derive(Clone, Debug)]
pub struct PendingChange {
    /// Period that was approved.
    pub period: Period,
    /// Step that fixed its figures.
    pub approval: StoredStep,
    /// Figures that would be others, those of all facilities together first.
    pub figures: Vec<FigureChange>,
    /// Facts of the period that are others now.
    pub facts: Vec<FactChange>,
    /// Files that came or went since and may be the cause, the latest first.
    pub causes: Vec<LogChange>,
    /// True if the decrees of the definition files are others now.
    pub has_other_decrees: bool,
    /// Id of the snapshot of now.
    pub snapshot: String,
    /// Step by which the head left exactly this as it is.
    pub left: Option<StoredStep>,
}

/// An approved period in which something waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingPeriod {
    /// Period that was approved.
    pub period: Period,
    /// Changes that wait, in a sentence.
    pub words: String,
}

/// A figure that would be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureChange {
    /// Facility; `None`: all of them together.
    pub facility: Option<String>,
    /// Name of the figure (`CAK cakupan pembinaan`).
    pub figure: String,
    /// The approved one; blank where there was none.
    pub old: String,
    /// The one that it would be; blank where there would be none.
    pub new: String,
}

impl PendingChange {
    /// Reports whether somebody is to decide: it waits and nobody left it.
    pub fn is_open(&self) -> bool {
        self.left.is_none()
    }

    /// `3 angka dan 2 catatan akan berubah oleh rekap-mei.xlsx`.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if !self.figures.is_empty() {
            parts.push(format!("{} angka", self.figures.len()));
        }
        if !self.facts.is_empty() {
            parts.push(format!("{} catatan", self.facts.len()));
        }
        let files: Vec<&str> = self.causes.iter().map(|cause| cause.file_name.as_str()).collect();
        let by = match files.as_slice() {
            [] if self.has_other_decrees => " oleh berkas definisi SK".to_owned(),
            [] => String::new(),
            [one] => format!(" oleh {one}"),
            [one, rest @ ..] => format!(" oleh {one} dan {} berkas lain", rest.len()),
        };
        format!("{} akan berubah{by}", parts.join(" dan "))
    }

    /// Reports whether a batch may be a cause.
    pub fn is_by(&self, batch: BatchId) -> bool {
        self.causes.iter().any(|cause| cause.batch == Some(batch))
    }
}

impl ApprovalService<'_> {
    /// Returns the changes that wait for a decision about the approved periods of a Puskesmas, the latest period first. Blocking.
    pub fn all_pending(self, puskesmas: &str) -> Result<Vec<Arc<PendingChange>>, AppError> {
        let records = self.records(puskesmas)?;
        let found = records.values().rev().map(|record| self.pending(puskesmas, record));
        Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Periods of a Puskesmas in which something waits that nobody left; not `but`, whose own page says it.
    pub fn alerts(self, puskesmas: &str, but: Option<Period>) -> Result<Vec<WaitingPeriod>, AppError> {
        let is_told = |pending: &Arc<PendingChange>| pending.is_open() && Some(pending.period) != but;
        let open = self.all_pending(puskesmas)?.into_iter().filter(is_told);
        Ok(open.map(|pending| WaitingPeriod { period: pending.period, words: pending.words() }).collect())
    }

    /// Sentences about what waits because of these batches, of all Puskesmas.
    pub fn waiting_for(self, batches: &[BatchId]) -> Result<Vec<String>, AppError> {
        let mut sentences = Vec::new();
        for puskesmas in self.app.puskesmas()? {
            let waiting = self.all_pending(&puskesmas)?.into_iter();
            let caused =
                waiting.filter(|pending| pending.is_open() && batches.iter().any(|batch| pending.is_by(*batch)));
            sentences.extend(caused.map(|pending| {
                let period = format::period(pending.period);
                format!(
                    "perubahan tertunda, {puskesmas}, {period}: {}; angka yang disetujui tetap dipakai sampai diputuskan di \
                     halaman Persetujuan",
                    pending.words()
                )
            }));
        }
        Ok(sentences)
    }

    /// Returns the changes since a period was handed in that waits for its approval; `None` where nothing did. Blocking.
    pub fn since_submission(self, puskesmas: &str, record: &PeriodRecord) -> Result<Option<PendingChange>, AppError> {
        if record.state != PeriodState::Submitted {
            return Ok(None);
        }
        let Some(submission) = record.last_of(ApprovalStep::Submit) else { return Ok(None) };
        let proposal = self.proposal(puskesmas, record.period)?;
        let since = self.since(puskesmas, &proposal, submission)?;
        Ok(since.map(|since| since.into_change(submission, proposal.snapshot, None)))
    }

    /// Returns the changes that wait for a decision about one approved period; `None` where nothing does. Blocking.
    pub fn pending(self, puskesmas: &str, record: &PeriodRecord) -> Result<Option<Arc<PendingChange>>, AppError> {
        let Some(fixed) = record.locked() else { return Ok(None) };
        let snapshot = self.app.snapshot(puskesmas)?;
        let key = HeldPending { pin: fixed.pin, snapshot: Arc::downgrade(&snapshot) };
        if let Some(held) = self.app.shared.held_pending(&key) {
            return Ok(held);
        }
        let found = self.found(puskesmas, record)?.map(Arc::new);
        self.app.shared.hold_pending(key, found.clone());
        Ok(found)
    }

    fn found(self, puskesmas: &str, record: &PeriodRecord) -> Result<Option<PendingChange>, AppError> {
        let Some(approval) = record.approval() else { return Ok(None) };
        let proposal = self.proposal(puskesmas, record.period)?;
        let Some(since) = self.since(puskesmas, &proposal, approval)? else { return Ok(None) };
        let left = match record.left() {
            Some(left) if self.since(puskesmas, &proposal, left)?.is_none() => Some(left.clone()),
            _ => None,
        };
        Ok(Some(since.into_change(approval, proposal.snapshot, left)))
    }

    /// Differences of a period between the data of now and those that were kept with a step; `None`: there are none.
    fn since(self, puskesmas: &str, now: &Proposal, step: &StoredStep) -> Result<Option<Since>, AppError> {
        let Some(pin) = step.pin else { return Ok(None) };
        let Some(former) = self.former(puskesmas, step.period, step.id)? else { return Ok(None) };
        let store = &self.app.store;
        let causes = store.changes_since(puskesmas, pin)?;
        let kept = store.period_pin(puskesmas, pin)?;
        let has_other_decrees = kept.is_none_or(|kept| kept.decrees != now.decrees);
        if causes.is_empty() && !has_other_decrees {
            return Ok(None);
        }
        let then = store.at(puskesmas, store.moment(puskesmas, pin)?).facts(&Scope::Puskesmas(puskesmas.to_owned()))?;
        let mut facts = difference(&ledger(&then), &ledger(self.app.snapshot(puskesmas)?.facts()));
        facts.retain(|change| is_of(change, step.period));
        let figures = figures(&former, &serde_json::from_str(&now.contract).unwrap_or_default());
        let is_same = figures.is_empty() && facts.is_empty();
        Ok((!is_same).then_some(Since { figures, facts, causes, has_other_decrees }))
    }
}

/// Differences between a step and now.
struct Since {
    figures: Vec<FigureChange>,
    facts: Vec<FactChange>,
    causes: Vec<LogChange>,
    has_other_decrees: bool,
}

impl Since {
    fn into_change(self, step: &StoredStep, snapshot: String, left: Option<StoredStep>) -> PendingChange {
        let Self { figures, facts, causes, has_other_decrees } = self;
        PendingChange {
            period: step.period,
            approval: step.clone(),
            figures,
            facts,
            causes: causes.into_iter().filter(|cause| may_touch(cause, step.period)).collect(),
            has_other_decrees,
            snapshot,
            left,
        }
    }
}

/// Reports whether a file can touch a period: its tables cover months of the period's year, of a year before it (lists
/// and decrees hold on), or none that are known.
fn may_touch(cause: &LogChange, period: Period) -> bool {
    cause.months.is_none_or(|(first, _)| first <= period.last_month().plus(1))
}

/// Reports whether a fact that differs belongs to a period: to a month of it, or to a register that holds in it. That a
/// recap came shows in the figures that rest on it.
fn is_of(change: &FactChange, period: Period) -> bool {
    let key = change.id.key.as_str();
    if key.starts_with("rekap ") {
        return false;
    }
    let known = |token: &str| token.get(..7.min(token.len())).and_then(|text| text.parse::<Period>().ok());
    let overlaps =
        |other: Period| other.first_month() <= period.last_month() && period.first_month() <= other.last_month();
    let mut times = key.split_whitespace().filter_map(known).peekable();
    if times.peek().is_none() { change.id.table == Table::Facilities } else { times.any(overlaps) }
}

/// Figures that differ between what was approved and another evaluation of the period.
fn figures(former: &FormerEvaluation, now: &Value) -> Vec<FigureChange> {
    let then = former.json();
    let mut changes = Vec::new();
    block(&mut changes, None, &then["total"], &now["total"]);
    let by_name = |evaluation: &Value| -> BTreeMap<String, Value> {
        let facilities = evaluation["facilities"].as_array().cloned().unwrap_or_default();
        let named = |one: Value| Some((one["name"].as_str()?.to_owned(), one));
        facilities.into_iter().filter_map(named).collect()
    };
    let before = by_name(&then);
    let after = by_name(now);
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let old = before.get(name).unwrap_or(&Value::Null);
        let new = after.get(name).unwrap_or(&Value::Null);
        block(&mut changes, Some(name), old, new);
        rest(&mut changes, name, old, new);
    }
    changes
}

fn block(changes: &mut Vec<FigureChange>, facility: Option<&str>, old: &Value, new: &Value) {
    let mut put = |figure: String, words: FigureWords| {
        let [old, new] = words;
        if old != new {
            changes.push(FigureChange { facility: facility.map(ToOwned::to_owned), figure, old, new });
        }
    };
    put("Skor".to_owned(), told_apart(&old["score"], &new["score"], number));
    for indicator in CoachingIndicator::ALL {
        let code = indicator.code();
        let [old, new] = [old, new].map(|block| &block["indicators"][code]);
        put(format!("{code} {}", indicator.name()), told_apart(old, new, figure));
    }
    let codes = |block: &Value| -> Vec<String> {
        block["service"].as_object().map(|known| known.keys().cloned().collect()).unwrap_or_default()
    };
    let mut services = codes(old);
    services.extend(codes(new));
    services.sort();
    services.dedup();
    for code in services {
        let words = told_apart(&old["service"][&code], &new["service"][&code], figure);
        put(code, words);
    }
}

/// A figure as it was, and as it would be.
type FigureWords = [String; 2];

/// Detail in which a figure is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// As pages show it.
    Page,
    /// With its target, and with more digits than any page shows.
    Fine,
}

/// Two figures in words: as pages show them, and in detail where those are the same.
fn told_apart(old: &Value, new: &Value, words: fn(&Value, Detail) -> String) -> FigureWords {
    let [as_shown, fine] = [Detail::Page, Detail::Fine].map(|detail| [old, new].map(|figure| words(figure, detail)));
    if as_shown[0] == as_shown[1] { fine } else { as_shown }
}

/// Kind, slots and visits without a slot.
fn rest(changes: &mut Vec<FigureChange>, name: &str, old: &Value, new: &Value) {
    for (key, label) in [("kind", "Jenis"), ("slots", "Jadwal"), ("unscheduled", "Kunjungan di luar jadwal")] {
        if old[key] != new[key] {
            changes.push(FigureChange {
                facility: Some(name.to_owned()),
                figure: label.to_owned(),
                old: listed(&old[key], &new[key]),
                new: listed(&new[key], &old[key]),
            });
        }
    }
}

/// The items of a list that the other one has not, in words; a text as it is.
fn listed(value: &Value, other: &Value) -> String {
    let Some(items) = value.as_array() else { return value.as_str().unwrap_or_default().to_owned() };
    let has = |item: &Value| other.as_array().is_some_and(|others| others.contains(item));
    let words = |item: &Value| match item {
        Value::String(text) => time_words(text),
        slot => {
            let text = |key: &str| slot[key].as_str().unwrap_or_default();
            let visit = text("visit");
            let visit = if visit.is_empty() { String::new() } else { format!(", {}", time_words(visit)) };
            format!("{} {}{visit}", time_words(text("planned")), slot_state(text("state")).to_lowercase())
        }
    };
    items.iter().filter(|item| !has(item)).map(words).collect::<Vec<_>>().join("; ")
}

/// A day or a month as people write it.
fn time_words(text: &str) -> String {
    let day = text.parse::<Date>().map(format::date);
    day.or_else(|_no_day| text.parse::<Period>().map(format::period)).unwrap_or_else(|_unknown| text.to_owned())
}

fn slot_state(code: &str) -> &'static str {
    SlotState::ALL.into_iter().find(|state| state.code() == code).map_or("", SlotState::label)
}

/// A percentage with the counts behind it.
fn figure(value: &Value, detail: Detail) -> String {
    if value.is_null() {
        return String::new();
    }
    let counts = match (value["numerator"].as_f64(), value["denominator"].as_f64()) {
        (Some(numerator), Some(denominator)) if denominator > 0.0 => {
            format!(" ({} dari {})", exact(numerator), exact(denominator))
        }
        _ => String::new(),
    };
    let target = match value["target"].as_f64().filter(|_| detail == Detail::Fine) {
        Some(target) => format!(", target {}", exact(target)),
        None => String::new(),
    };
    match number(&value["value"], detail) {
        percent if percent.is_empty() => format!("tidak berlaku{target}"),
        percent => format!("{percent} %{counts}{target}"),
    }
}

/// A number; blank where there is none.
fn number(value: &Value, detail: Detail) -> String {
    value.as_f64().map_or_else(String::new, |number| match detail {
        Detail::Page => format::percent(number),
        Detail::Fine => exact((number * DECIMALS).round() / DECIMALS),
    })
}

/// Digits after the comma that are compared: finer than any page, coarser than the last bit of a sum.
const DECIMALS: f64 = 10_000.0;

fn exact(number: f64) -> String {
    number.to_string().replace('.', ",")
}
