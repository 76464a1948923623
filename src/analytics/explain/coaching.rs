//! Slots, visits, follow-ups, meetings and reports that make a coaching indicator's pair.

use std::collections::BTreeSet;

use crate::analytics::frames::{evidence, report_due};
use crate::analytics::plans::rows_of_facility;
use crate::analytics::slots;
use crate::domain::checklist_scores::unanswered_words;
use crate::domain::decree::Evidence;
use crate::domain::facts::{FactKey, FollowUp, Visit};
use crate::domain::name::name_key;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{
    CoachingIndicator, Date, EvidenceKind, EvidenceOf, FactRef, Month, Ratio, ReportReceipt, SlotState, Table,
    VisitDate, format,
};

use super::{Contribution, FigureSubject, one_if};

/// The facts behind a coaching indicator other than IND.
pub fn items(subject: &FigureSubject, indicator: CoachingIndicator) -> Vec<Contribution> {
    match indicator {
        CoachingIndicator::Cak | CoachingIndicator::Jdw => slot_items(subject, indicator),
        CoachingIndicator::Dtk => visits(subject).map(|visit| checklist(subject, visit)).collect(),
        CoachingIndicator::Bkt => visits(subject).map(|visit| evidence_item(subject, visit)).collect(),
        CoachingIndicator::Rtl => follow_ups(subject),
        CoachingIndicator::Lok => lokmin(subject),
        CoachingIndicator::Klp | CoachingIndicator::Tpt => reports(subject, indicator),
        CoachingIndicator::Ind => Vec::new(),
    }
}

/// Slots whose original or effective month lies in the period, so that it shows where a slot went.
fn slot_items(subject: &FigureSubject, indicator: CoachingIndicator) -> Vec<Contribution> {
    let period = subject.window.period;
    let as_of = subject.window.as_of;
    let matching = subject.evaluator.matching(subject.facility, period.year(), as_of);
    let touches = |slot: &&SlotOutcome| {
        period.contains(slot.planned) || slot.effective.is_some_and(|month| period.contains(month))
    };
    let item = |slot: &SlotOutcome| {
        let pair = match indicator {
            CoachingIndicator::Cak => slots::coverage(slot, period),
            _ => slots::punctuality(slot, period, as_of),
        };
        let when = match slot.effective {
            Some(month) if month != slot.planned => {
                format!("{} → {}", format::month(slot.planned), format::month(month))
            }
            _ => format::month(slot.planned),
        };
        let counts = pair.denominator > 0.0;
        let note = slot_note(slot, counts);
        let mut item = subject.item(FactKey::Slot(slot.planned), when, pair, note);
        item.related.extend(slot.visit.and_then(|date| visit_on(subject, date)));
        item
    };
    matching.slots.iter().filter(touches).map(item).collect()
}

fn slot_note(slot: &SlotOutcome, counts: bool) -> String {
    let visited = slot.visit.map(|date| format!(", dikunjungi {}", format::visit_date(date))).unwrap_or_default();
    let remark = match slot.state {
        SlotState::Unreported => ": rekap Pembinaan bulan itu belum diterima, tidak dihitung",
        SlotState::NotDue if !counts => ": bulannya belum berakhir, tidak dihitung",
        SlotState::NotDue => ": dipindah ke bulan yang belum berakhir",
        _ if !counts => ": tidak dihitung di sini",
        _ => "",
    };
    format!("{}{visited}{remark}", slot.state.label())
}

fn visit_on(subject: &FigureSubject, date: VisitDate) -> Option<FactRef> {
    let visits = rows_of_facility(&subject.evaluator.facts().visits, subject.facility, |visit| visit.facility);
    let visit = visits.iter().find(|visit| visit.date == date)?;
    Some(subject.fact(FactKey::Visit(visit.date, visit.form.clone())))
}

fn visits<'a>(subject: &'a FigureSubject) -> impl Iterator<Item = &'a Visit> {
    rows_of_facility(&subject.evaluator.facts().visits, subject.facility, |visit| visit.facility)
        .iter()
        .filter(|visit| subject.window.contains_visit(visit.date))
}

fn checklist(subject: &FigureSubject, visit: &Visit) -> Contribution {
    let key = FactKey::Visit(visit.date, visit.form.clone());
    let sums = &subject.evaluator.facts().checklist_sums;
    let items = sums.of_visit(visit);
    let unanswered = items.map(|sum| unanswered_words(sum.unanswered)).unwrap_or_default();
    let Some((numerator, denominator)) = visit.score() else {
        let note = format!("tanpa skor{unanswered}: tidak dihitung");
        return subject.item(key, format::visit_date(visit.date), Ratio::default(), note);
    };
    let note = match sums.differing(visit) {
        Some(both) => {
            format!("menurut item {}; yang dipakai skor rekap {}", both.items_words(), both.recap_words())
        }
        None if items.is_some() => format!("skor daftar tilik, sesuai itemnya{unanswered}"),
        None => "skor daftar tilik".to_owned(),
    };
    subject.item(key, format::visit_date(visit.date), Ratio { numerator, denominator }, note)
}

fn evidence_item(subject: &FigureSubject, visit: &Visit) -> Contribution {
    let decree = subject.evaluator.decree_of_facility(subject.facility, visit.date.month().year());
    let (present, required) = evidence(visit, &decree);
    let missing: Vec<&str> = decree
        .required_evidence(&name_key(&visit.form))
        .iter()
        .filter_map(|piece| match piece {
            Evidence::AttendanceList => (!visit.attendance_list).then_some("daftar hadir"),
            Evidence::Minutes => (!visit.minutes).then_some("notulen"),
            Evidence::Photos => (!visit.photos).then_some("foto"),
            Evidence::Checklist => visit.score().is_none().then_some("daftar tilik"),
        })
        .collect();
    let attached = attached(subject, visit);
    let mut note = if missing.is_empty() { "lengkap".to_owned() } else { format!("kurang: {}", missing.join(", ")) };
    if !attached.is_empty() {
        note = format!("{note}; dari berkas terlampir: {}", attached.join(", "));
    }
    let key = FactKey::Visit(visit.date, visit.form.clone());
    let ratio = Ratio { numerator: f64::from(present), denominator: f64::from(required) };
    subject.item(key, format::visit_date(visit.date), ratio, note)
}

/// The pieces of a visit's evidence for which a file is attached.
fn attached(subject: &FigureSubject, visit: &Visit) -> Vec<&'static str> {
    let of: EvidenceOf<u32> =
        EvidenceOf::Visit { facility: visit.facility, date: visit.date, form: visit.form.clone() };
    let kinds: BTreeSet<EvidenceKind> =
        subject.evaluator.facts().attached.iter().filter(|file| file.of == of).map(|file| file.kind).collect();
    let pieces = [
        (EvidenceKind::AttendanceList, "daftar hadir"),
        (EvidenceKind::Minutes, "notulen"),
        (EvidenceKind::Photos, "foto"),
    ];
    pieces.into_iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, words)| words).collect()
}

fn follow_ups(subject: &FigureSubject) -> Vec<Contribution> {
    let period = subject.window.period;
    let as_of = subject.window.as_of;
    let item = |row: &FollowUp| {
        let done = row.done.filter(|&done| done <= as_of);
        let counts = row.due <= as_of || done.is_some();
        let note = match done {
            Some(done) => format!("selesai {}", format::date(done)),
            None if counts => "belum selesai".to_owned(),
            None => "belum jatuh tempo: tidak dihitung".to_owned(),
        };
        let when = format!("jatuh tempo {}", format::date(row.due));
        let key = FactKey::FollowUp(row.visit_date, row.item.clone());
        let ratio = Ratio { numerator: one_if(done.is_some()), denominator: one_if(counts) };
        subject.item(key, when, ratio, note)
    };
    rows_of_facility(&subject.evaluator.facts().follow_ups, subject.facility, |row| row.facility)
        .iter()
        .filter(|row| period.contains(Month::from_date(row.due)))
        .map(item)
        .collect()
}

fn lokmin(subject: &FigureSubject) -> Vec<Contribution> {
    rows_of_facility(&subject.evaluator.facts().lokmin, subject.facility, |row| row.facility)
        .iter()
        .filter(|row| subject.window.contains_month(row.month))
        .map(|row| {
            let note = match (row.attended, row.invited) {
                (true, _) => "hadir",
                (false, true) => "diundang, tidak hadir",
                (false, false) => "tidak diundang: tidak dihitung",
            };
            let when = format!("{} ({})", format::month(row.month), row.sort.label());
            let pair = Ratio { numerator: one_if(row.attended), denominator: one_if(row.invited || row.attended) };
            subject.item(FactKey::Lokmin(row.month, row.sort), when, pair, note.to_owned())
        })
        .collect()
}

/// The reports that the facility owes with a due day in the period that has come.
fn reports(subject: &FigureSubject, indicator: CoachingIndicator) -> Vec<Contribution> {
    let facts = subject.evaluator.facts();
    let facility = &facts.facilities[subject.facility as usize];
    let came = rows_of_facility(&facts.reports, subject.facility, |report| report.facility);
    let as_of = subject.window.as_of;
    let decree = subject.evaluator.decree_of_facility(subject.facility, subject.window.period.year());
    let item = |due_month: Month| {
        let month = due_month.plus(-1);
        let due = report_due(due_month, &decree);
        if !facility.owes_reports || !facility.is_active_in(month) || due > as_of {
            return None;
        }
        let table_came = subject.evaluator.received().contains(facility.puskesmas, Table::MonthlyReports, due_month);
        let told = came.iter().find(|report| report.month == month).map(|report| report.received);
        let receipt = told.filter(|receipt| receipt.counts_from(due).is_some_and(|from| from <= as_of));
        let is_in_time = receipt.map_or(Some(false), |receipt| receipt.is_in_time(due));
        let (reached, is_known) = match indicator {
            CoachingIndicator::Klp => (receipt.is_some(), true),
            _ => (is_in_time == Some(true), is_in_time.is_some()),
        };
        let note = if table_came {
            report_note(receipt, due, is_known)
        } else {
            "tabel Laporan bulan itu belum diterima: tidak dihitung".to_owned()
        };
        let pair = Ratio { numerator: one_if(table_came && reached), denominator: one_if(table_came && is_known) };
        let when = format!("laporan {}", format::month(month));
        Some(subject.item(FactKey::MonthlyReport(month), when, pair, note))
    };
    subject.window.begun_months().filter_map(item).collect()
}

/// Returns the note on a report: how it came and whether in time.
fn report_note(receipt: Option<ReportReceipt>, due: Date, is_known: bool) -> String {
    let until = format::date(due);
    match receipt {
        None | Some(ReportReceipt::NotCome) => format!("belum diterima, batas {until}"),
        Some(ReportReceipt::Day(date)) if date <= due => format!("diterima {}, tepat waktu", format::date(date)),
        Some(ReportReceipt::Day(date)) => format!("diterima {}, terlambat (batas {until})", format::date(date)),
        Some(ReportReceipt::InTime) => {
            format!("diterima tepat waktu menurut tanda di rekap, tanpa tanggal (batas {until})")
        }
        Some(ReportReceipt::Late) => {
            format!("diterima terlambat menurut tanda di rekap, tanpa tanggal (batas {until})")
        }
        Some(ReportReceipt::Came) if is_known => "diterima menurut tanda di rekap, tanpa tanggal".to_owned(),
        Some(ReportReceipt::Came) => {
            "diterima menurut tanda di rekap, tidak diketahui tepat waktu atau tidak: tidak dihitung".to_owned()
        }
    }
}
