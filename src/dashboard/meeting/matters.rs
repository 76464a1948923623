//! Slides about facilities: who needs help, follow-ups that are not done, visits planned next.

use std::cmp::Ordering;

use super::slide::{NAMES_MAX, Slide, SlideBody, SlideTable};
use crate::dashboard::context::PageContext;
use crate::domain::facts::FollowUp;
use crate::domain::{CoachingIndicator, Month, Period, PeriodKind, SlotState, Status, format};

/// Indicators named as what a facility lacks.
const WEAK_INDICATORS: usize = 2;

pub(super) fn need_help(context: &PageContext<'_>) -> Slide {
    let mut poor: Vec<_> = context.facilities().filter(|result| result.block.status == Status::Poor).collect();
    poor.sort_by(|a, b| a.block.score.partial_cmp(&b.block.score).unwrap_or(Ordering::Equal));
    let listed = context.facilities().count();
    let facilities = poor.iter().map(|result| context.facility(result.facility).name.clone()).collect();
    let rows = poor.iter().map(|result| {
        let mut weak: Vec<(f64, CoachingIndicator)> = CoachingIndicator::ALL
            .into_iter()
            .filter_map(|indicator| Some((result.block.indicator(indicator).performance?, indicator)))
            .filter(|(performance, _)| *performance < 100.0)
            .collect();
        weak.sort_by(|a, b| a.0.total_cmp(&b.0));
        let weak: Vec<String> =
            weak.iter().take(WEAK_INDICATORS).map(|(_, indicator)| indicator.name().to_owned()).collect();
        vec![
            context.facility(result.facility).name.clone(),
            result.block.score.map_or_else(|| "–".to_owned(), format::percent),
            weak.join("; "),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let body = if rows.is_empty() {
        SlideBody::Lines(vec!["Tidak ada faskes berstatus Kurang pada periode ini.".to_owned()])
    } else {
        SlideBody::Table(SlideTable::from_rows(vec!["Faskes", "Skor", "Yang paling lemah"], rows))
    };
    Slide {
        title: format!("{} dari {listed} faskes perlu bantuan", poor.len()),
        subtitle: format!("Status Kurang, {}", format::period(context.subject.period)),
        body,
        notes: vec!["Apa yang menghambat, dan bantuan apa yang diminta dari Puskesmas?".to_owned()],
        subject: "Faskes yang perlu bantuan".to_owned(),
        facilities,
    }
}

pub(super) fn open_follow_ups(context: &PageContext<'_>) -> Slide {
    let as_of = context.subject.as_of;
    let mut open: Vec<&FollowUp> = context
        .evaluator
        .facts()
        .follow_ups
        .iter()
        .filter(|item| context.facility_result(item.facility).is_some() && item.visit_date <= as_of)
        .filter(|item| item.done.is_none_or(|done| done > as_of))
        .collect();
    open.sort_by_key(|item| (item.due, item.visit_date, item.facility));
    let overdue = open.iter().filter(|item| item.due < as_of).count();
    let mut facilities: Vec<u32> = Vec::new();
    for item in &open {
        if !facilities.contains(&item.facility) {
            facilities.push(item.facility);
        }
    }
    let rows: Vec<Vec<String>> = open
        .iter()
        .map(|item| {
            let late = as_of.signed_duration_since(item.due).num_days();
            let state =
                if late > 0 { format!("■ lewat {} hari", days(late)) } else { "belum jatuh tempo".to_owned() };
            vec![
                context.facility(item.facility).name.clone(),
                item.item.clone(),
                item.owner.clone().unwrap_or_else(|| "–".to_owned()),
                format!("{} · {state}", format::date_in_figures(item.due)),
            ]
        })
        .collect();
    let body = if rows.is_empty() {
        SlideBody::Lines(vec!["Semua tindak lanjut pembinaan sudah selesai.".to_owned()])
    } else {
        SlideBody::Table(SlideTable::from_rows(vec!["Faskes", "Tindak lanjut", "Siapa", "Batas"], rows))
    };
    Slide {
        title: format!("{} tindak lanjut belum selesai, {overdue} lewat batas", open.len()),
        subtitle: format!("Data per {}", format::date(as_of)),
        body,
        notes: vec!["RTL yang sudah dikerjakan ditandai selesai lewat rekap atau halaman Catatan.".to_owned()],
        subject: "Tindak lanjut pembinaan yang belum selesai".to_owned(),
        facilities: facilities.iter().map(|facility| context.facility(*facility).name.clone()).collect(),
    }
}

fn days(days: i64) -> String {
    format::count(f64::from(i32::try_from(days).unwrap_or(i32::MAX)))
}

/// Visits planned for the month after a month, or for the three months after a quarter.
pub(super) fn next_visits(context: &PageContext<'_>) -> Slide {
    let next = context.subject.period.next();
    let (title, body) = match next.kind() {
        PeriodKind::Month => planned_in_month(context, next.first_month()),
        _ => planned_in_months(context, next),
    };
    Slide {
        notes: vec!["Tanyakan kepada tiap faskes: tanggal berapa, siapa yang datang?".to_owned()],
        subject: format!("Jadwal pembinaan {}", format::period(next)),
        ..Slide::new(title, "Menurut jadwal dan perubahannya".to_owned(), body)
    }
}

/// Facilities with a slot that is planned for a month and not cancelled.
fn planned(context: &PageContext<'_>, month: Month) -> Vec<String> {
    let as_of = context.subject.as_of;
    let is_planned = |facility: u32| {
        let matching = context.evaluator.matching(facility, month.year(), as_of);
        matching.slots.iter().any(|slot| slot.effective == Some(month) && slot.state != SlotState::Cancelled)
    };
    let planned = context.facilities().filter(|result| is_planned(result.facility));
    planned.map(|result| context.facility(result.facility).name.clone()).collect()
}

fn planned_in_month(context: &PageContext<'_>, month: Month) -> (String, SlideBody) {
    let mut names = planned(context, month);
    let name = format::month(month);
    let title = format!("{} pembinaan dijadwalkan pada {name}", names.len());
    if names.is_empty() {
        return (title, SlideBody::Lines(vec![nothing_planned(&name)]));
    }
    let left_out = names.len().saturating_sub(NAMES_MAX);
    names.truncate(NAMES_MAX);
    (title, SlideBody::Names { names, left_out })
}

fn planned_in_months(context: &PageContext<'_>, period: Period) -> (String, SlideBody) {
    let months: Vec<(Month, Vec<String>)> = period.months().map(|month| (month, planned(context, month))).collect();
    let count: usize = months.iter().map(|(_, names)| names.len()).sum();
    let name = format::period(period);
    let title = format!("{count} pembinaan dijadwalkan pada {name}");
    if count == 0 {
        return (title, SlideBody::Lines(vec![nothing_planned(&name)]));
    }
    let row = |(month, names): &(Month, Vec<String>)| {
        vec![format!("{} ({})", format::month(*month), names.len()), names.join(", ")]
    };
    (title, SlideBody::Table(SlideTable::from_rows(vec!["Bulan", "Faskes"], months.iter().map(row).collect())))
}

fn nothing_planned(when: &str) -> String {
    format!("Tidak ada pembinaan yang dijadwalkan pada {when}, atau jadwalnya belum diimpor.")
}
