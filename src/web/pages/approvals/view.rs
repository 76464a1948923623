//! Approvals in words: what templates show of steps, of what waits, and of other periods.

use std::collections::BTreeMap;

use crate::app::approvals::{PendingChange, PeriodRecord, record_over, standing_words};
use crate::clock::Clock;
use crate::domain::approval::ApprovalStep;
use crate::domain::{Period, PeriodKind, format};
use crate::store::{LogChange, StoredStep};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageError;
use crate::web::pages::intake::{FactLineView, IssueRow, fact_lines};
use crate::web::site::Site;
use crate::web::standing::state_symbol;
use crate::web::view::links::Links;

use super::PATH;

/// Figures of one change that are shown.
const FIGURES_MAX: usize = 120;
/// Files that are named as a cause.
const CAUSES_MAX: usize = 20;

/// Changes that wait, or that came since a period was handed in.
pub struct PendingView {
    /// In a sentence.
    pub words: String,
    /// When and by whom it was left as it is; empty where it waits.
    pub left: String,
    /// Whose figure it is, its name, approved and new.
    pub figures: Vec<FigureRow>,
    /// Figures that are not shown.
    pub more: usize,
    pub facts: IssueRow<FactLineView>,
    /// Files that came or went.
    pub causes: Vec<CauseRow>,
}

/// A figure that would be another.
pub struct FigureRow {
    /// Facility, or all of them.
    pub whose: String,
    /// Name of the figure.
    pub figure: String,
    pub old: String,
    pub new: String,
}

/// A file that came or went.
pub struct CauseRow {
    /// Name, and what happened to it.
    pub words: String,
    /// Page of its import; empty for an evidence file.
    pub href: String,
    /// Page that takes it back; empty where it is gone, or an evidence file.
    pub undo: String,
}

impl PendingView {
    pub fn new(pending: &PendingChange, links: &Links) -> Self {
        let figure = |change: &crate::app::approvals::FigureChange| FigureRow {
            whose: change.facility.clone().unwrap_or_else(|| "Semua faskes".to_owned()),
            figure: change.figure.clone(),
            old: change.old.clone(),
            new: change.new.clone(),
        };
        let left =
            pending.left.as_ref().map(|left| format!("{} oleh {}", format::date(left.at.date_naive()), left.name));
        Self {
            words: pending.words(),
            left: left.unwrap_or_default(),
            figures: pending.figures.iter().take(FIGURES_MAX).map(figure).collect(),
            more: pending.figures.len().saturating_sub(FIGURES_MAX),
            facts: fact_lines(pending.facts.iter()),
            causes: pending.causes.iter().take(CAUSES_MAX).map(|cause| CauseRow::new(cause, links)).collect(),
        }
    }
}

impl CauseRow {
    fn new(cause: &LogChange, links: &Links) -> Self {
        let deed = match (cause.batch, cause.is_gone) {
            (Some(_), false) if cause.by_form => "dicatat",
            (Some(_), false) => "diimpor",
            (Some(_), true) => "dibatalkan",
            (None, false) => "dilampirkan",
            (None, true) => "ditarik",
        };
        let name = if cause.by_form { "Catatan" } else { cause.file_name.as_str() };
        let page = |batch: i64| links.page(&format!("/impor/{batch}"));
        Self {
            words: format!("{name}, {deed} {} oleh {}", format::date(cause.at.date_naive()), cause.who),
            href: cause.batch.map(page).unwrap_or_default(),
            undo: cause
                .batch
                .filter(|_| !cause.is_gone)
                .map(|batch| format!("/impor/{batch}/batal"))
                .unwrap_or_default(),
        }
    }
}

/// The form of one step.
pub struct StepForm {
    /// Code of the step.
    pub code: &'static str,
    /// Words of its button.
    pub button: &'static str,
    /// A sentence about what it does.
    pub help: &'static str,
    /// True where a reason must be given.
    pub needs_reason: bool,
    /// True for the step that comes next.
    pub is_main: bool,
    /// Name that stands in its field.
    pub name: String,
}

/// Forms of the steps that whoever asks may take.
pub fn forms(
    site: &Site,
    chosen: &ResolvedRequest,
    steps: &[ApprovalStep],
    pending: Option<&PendingChange>,
) -> Result<Vec<StepForm>, PageError> {
    let waits = |step: ApprovalStep| match step {
        ApprovalStep::TakeOver => pending.is_some(),
        ApprovalStep::Leave => pending.is_some_and(PendingChange::is_open),
        _ => true,
    };
    let settings = site.papers().letter_details(&chosen.puskesmas)?.settings;
    let name = |step: ApprovalStep| match step {
        ApprovalStep::Submit => settings.coordinator.name.clone(),
        ApprovalStep::Verify | ApprovalStep::Return => String::new(),
        _ => settings.head.name.clone(),
    };
    let within_other = chosen
        .standing
        .as_ref()
        .is_some_and(|standing| standing.record.period != chosen.subject.period && standing.record.state.is_locked());
    let mut open: Vec<ApprovalStep> = steps.iter().copied().filter(|step| waits(*step) && !within_other).collect();
    // First of all what waits is decided.
    open.sort_by_key(|step| !matches!(step, ApprovalStep::TakeOver | ApprovalStep::Leave));
    let form = |step: ApprovalStep| StepForm {
        code: step.code(),
        button: step.button(),
        help: help(step),
        needs_reason: step.needs_reason(),
        is_main: !step.needs_reason() && step != ApprovalStep::Leave,
        name: name(step),
    };
    Ok(open.into_iter().map(form).collect())
}

fn help(step: ApprovalStep) -> &'static str {
    match step {
        ApprovalStep::Submit => "Data periode ini lengkap menurut koordinator; Kepala Puskesmas memeriksanya.",
        ApprovalStep::Approve => {
            "Angka di halaman, laporan, dan kiriman untuk periode ini menjadi tetap. Impor sesudahnya menunggu keputusan."
        }
        ApprovalStep::SendBack => "Belum disetujui; koordinator memperbaiki lalu mengajukan lagi.",
        ApprovalStep::Verify => "Tim TPCB atau dinas sudah memeriksa angka yang disetujui.",
        ApprovalStep::Return => "Periode dibuka kembali untuk diperbaiki; angka yang disetujui tetap dapat dibaca.",
        ApprovalStep::TakeOver => "Setujui angka baru menggantikan yang lama; verifikasi diulang.",
        ApprovalStep::Leave => "Angka yang disetujui tetap dipakai; perubahan itu tidak diingatkan lagi.",
        ApprovalStep::Unlock => "Angka kembali mengikuti data; angka yang disetujui tetap dapat dibaca.",
    }
}

/// A step that was taken.
pub struct StepRow {
    pub at: String,
    /// The step in words.
    pub done: &'static str,
    /// Who decided, and in which capacity.
    pub who: String,
    /// Account under which it was kept.
    pub account: String,
    /// Reason; may be empty.
    pub reason: String,
    /// Id of the snapshot.
    pub snapshot: String,
    /// Page of the figures that were kept with it; empty where none were.
    pub figures: String,
}

impl StepRow {
    pub fn new(step: &StoredStep, clock: &Clock, links: &Links) -> Self {
        let local = clock.local(step.at);
        Self {
            at: format!("{} {}", format::date(local.date()), local.format("%H.%M")),
            done: step.step.done(),
            who: format!("{} ({})", step.name, step.capacity),
            account: step.who.clone(),
            reason: step.reason.clone(),
            snapshot: step.snapshot.clone(),
            figures: step.pin.map(|_| links.page(&format!("{PATH}/angka/{}", step.id))).unwrap_or_default(),
        }
    }
}

/// A period beside the chosen one.
pub struct PeriodRow {
    pub name: String,
    pub href: String,
    /// True for the one that is shown.
    pub is_shown: bool,
    /// Symbol and word of its state.
    pub symbol: &'static str,
    /// Word of its state.
    pub state: &'static str,
    /// Days and names; empty where nobody took a step.
    pub words: String,
    /// Changes that wait, in a sentence; empty where nothing does.
    pub pending: String,
}

/// The four-month periods of the chosen year, and every other period with which somebody took a step, the latest first.
pub fn periods(
    site: &Site,
    chosen: &ResolvedRequest,
    records: &BTreeMap<Period, PeriodRecord>,
    links: &Links,
) -> Result<Vec<PeriodRow>, PageError> {
    let year = chosen.subject.period.year();
    let mut listed: Vec<Period> = records.keys().copied().collect();
    listed.extend(
        (1..=PeriodKind::FourMonth.per_year()).filter_map(|number| Period::new(PeriodKind::FourMonth, year, number)),
    );
    listed.sort_by_key(|period| (std::cmp::Reverse(period.last_month()), period.kind()));
    listed.dedup();
    let approvals = site.app().approvals();
    let row = |period: Period| {
        let blank = PeriodRecord::new(period);
        let record = records.get(&period).unwrap_or(&blank);
        let pending = approvals.pending(&chosen.puskesmas, record)?.filter(|pending| pending.is_open());
        Ok(PeriodRow {
            name: format::period(period),
            href: links.page_with(PATH, "periode", &period.to_string()),
            is_shown: period == chosen.subject.period,
            symbol: state_symbol(record.state),
            state: record.state.label(),
            words: standing_words(record, period, site.app().clock()),
            pending: pending.map(|pending| pending.words()).unwrap_or_default(),
        })
    };
    listed.into_iter().map(row).collect()
}

/// The chosen period of another Puskesmas.
pub struct PuskesmasRow {
    pub name: String,
    pub href: String,
    /// Symbol of its state.
    pub symbol: &'static str,
    /// Word of its state.
    pub state: &'static str,
    /// Days and names.
    pub words: String,
}

/// The chosen period in every Puskesmas, where there are several.
pub fn all_puskesmas(site: &Site, chosen: &ResolvedRequest) -> Result<Vec<PuskesmasRow>, PageError> {
    if !chosen.knows_several() {
        return Ok(Vec::new());
    }
    let period = chosen.subject.period;
    let row = |name: &String| {
        let records = site.app().approvals().records(name)?;
        let blank = PeriodRecord::new(period);
        let record = record_over(&records, period).unwrap_or(&blank);
        Ok(PuskesmasRow {
            name: name.clone(),
            href: chosen.query.only(&["periode"]).with("puskesmas", name).at(PATH),
            symbol: state_symbol(record.state),
            state: record.state.label(),
            words: standing_words(record, period, site.app().clock()),
        })
    };
    chosen.known.iter().map(row).collect()
}
