//! Causes from many to few: aspects with findings, facilities with late follow-ups.

use std::collections::BTreeMap;

use crate::charts::{Chart, ChartKind, MarkAnswer, MarkTarget, Pareto, ParetoRow};
use crate::definitions::ParetoOf;
use crate::domain::format;

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
    }
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
