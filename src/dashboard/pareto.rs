//! Causes from many to few: aspects with findings, facilities with late follow-ups, items of checklists that were not met.

use std::collections::BTreeMap;

use crate::charts::{Chart, ChartKind, MarkAnswer, MarkTarget, Pareto, ParetoRow};
use crate::definitions::ParetoOf;
use crate::domain::instrument::ItemAnswer;
use crate::domain::{Month, format};

use super::context::PageContext;
use super::follow_ups::overdue_by_facility;
use super::page::PanelBody;

/// Words for findings of visits whose aspect nobody wrote.
const WITHOUT_ASPECT: &str = "Aspek tidak ditulis";

/// The causes; empty where there is nothing to count.
pub fn pareto(context: &PageContext<'_>, of: ParetoOf) -> PanelBody {
    match of {
        ParetoOf::Findings => findings(context),
        ParetoOf::LateFollowUps => late_follow_ups(context),
        ParetoOf::UnmetItems => unmet_items(context),
    }
}

/// Counts of an item: answered, and not met.
#[derive(Default)]
struct ItemCount {
    text: String,
    is_critical: bool,
    answered: u32,
    unmet: u32,
}

fn unmet_items(context: &PageContext<'_>) -> PanelBody {
    let subject = context.subject;
    let mut by_item: BTreeMap<(&str, &str), ItemCount> = BTreeMap::new();
    let items = context.evaluator.facts().checklist_items.iter().filter(|item| {
        let is_listed = context.is_about(item.facility) && context.facility_result(item.facility).is_some();
        is_listed && subject.period.contains(Month::from_date(item.date)) && item.date <= subject.as_of
    });
    for item in items.filter(|item| matches!(item.answer, Some(ItemAnswer::Points(_)))) {
        let count = by_item.entry((&item.instrument, &item.code)).or_default();
        count.text.clone_from(&item.text);
        count.is_critical = item.is_critical;
        count.answered += 1;
        count.unmet += u32::from(item.is_unmet());
    }
    let period = format::period(subject.period);
    let answered: u32 = by_item.values().map(|count| count.answered).sum();
    by_item.retain(|_, count| count.unmet > 0);
    let all: u32 = by_item.values().map(|count| count.unmet).sum();
    if answered == 0 {
        return PanelBody::Empty(format!("Belum ada daftar tilik per item yang diterima untuk {period}."));
    }
    if all == 0 {
        return PanelBody::Empty(format!("Semua {answered} item daftar tilik yang dijawab {period} terpenuhi."));
    }
    let row = |((instrument, code), count): ((&str, &str), ItemCount)| {
        let critical = if count.is_critical { " (kritis)" } else { "" };
        let detail = format!("{instrument}: tidak terpenuhi pada {} dari {} jawaban", count.unmet, count.answered);
        ParetoRow {
            name: format!("{code} {}{critical}", count.text),
            count: count.unmet,
            answer: MarkAnswer { detail, ..MarkAnswer::default() },
        }
    };
    let rows: Vec<ParetoRow> = by_item.into_iter().map(row).collect();
    PanelBody::chart(Chart {
        title: format!("{all} jawaban belum terpenuhi, {} item daftar tilik", rows.len()),
        subtitle: format!("Jawaban daftar tilik {period} menurut item; yang kosong dan tidak berlaku tidak dihitung"),
        source: context.source(),
        description: format!(
            "Batang mendatar per item, urut dari yang terbanyak; {all} dari {answered} jawaban belum terpenuhi."
        ),
        kind: ChartKind::Pareto(Pareto { noun: "item".to_owned(), rows }),
    })
}

fn late_follow_ups(context: &PageContext<'_>) -> PanelBody {
    let row = |(facility, count): (u32, u32)| ParetoRow {
        name: context.facility(facility).name.clone(),
        count,
        answer: MarkAnswer::new("RTL lewat batas waktu".to_owned(), MarkTarget::Facility(facility)),
    };
    let rows: Vec<ParetoRow> = overdue_by_facility(context).into_iter().map(row).collect();
    let year = context.subject.period.year();
    let day = format::date(context.subject.as_of);
    let all: u32 = rows.iter().map(|row| row.count).sum();
    if rows.is_empty() {
        return PanelBody::Empty(format!("Tidak ada rencana tindak lanjut tahun {year} yang terlambat per {day}."));
    }
    PanelBody::chart(Chart {
        title: format!("{all} RTL terlambat di {} faskes", rows.len()),
        subtitle: format!("Rencana tindak lanjut tahun {year} yang lewat batas dan belum selesai, per faskes"),
        source: context.source(),
        description: format!("Batang mendatar per faskes, urut dari yang terbanyak; {all} RTL terlambat per {day}."),
        kind: ChartKind::Pareto(Pareto { noun: "faskes".to_owned(), rows }),
    })
}

fn findings(context: &PageContext<'_>) -> PanelBody {
    let subject = context.subject;
    let mut by_aspect: BTreeMap<String, u32> = BTreeMap::new();
    let visits = context.evaluator.facts().visits.iter();
    let counted = visits.filter(|visit| {
        let is_listed = context.is_about(visit.facility) && context.facility_result(visit.facility).is_some();
        let is_of_period = subject.period.contains(visit.date.month()) && visit.date.counts_from() <= subject.as_of;
        is_listed && is_of_period && visit.finding.as_deref().is_some_and(|finding| !finding.trim().is_empty())
    });
    for visit in counted {
        let aspect = visit.aspect.as_deref().map(str::trim).filter(|aspect| !aspect.is_empty());
        *by_aspect.entry(aspect.unwrap_or(WITHOUT_ASPECT).to_owned()).or_default() += 1;
    }
    let period = format::period(subject.period);
    let all: u32 = by_aspect.values().sum();
    if all == 0 {
        return PanelBody::Empty(format!("Belum ada temuan yang ditulis pada kunjungan {period}."));
    }
    let row = |(name, count)| ParetoRow { name, count, answer: MarkAnswer::default() };
    let rows: Vec<ParetoRow> = by_aspect.into_iter().map(row).collect();
    PanelBody::chart(Chart {
        title: format!("{all} kunjungan dengan temuan, {} aspek", rows.len()),
        subtitle: format!("Kunjungan {period} yang temuannya ditulis, menurut aspek"),
        source: context.source(),
        description: format!("Batang mendatar per aspek, urut dari yang terbanyak; {all} kunjungan dengan temuan."),
        kind: ChartKind::Pareto(Pareto { noun: "aspek".to_owned(), rows }),
    })
}
