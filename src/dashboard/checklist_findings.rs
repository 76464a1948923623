//! Filled checklists of the period: each visit's score beside the sum of its items, and as findings the items that were
//! not met or not answered. Knows no sheet and no instrument: what holds was kept with the answers.

use std::collections::BTreeSet;

use crate::domain::checklist::{ChecklistItem, VisitKey, last_answers};
use crate::domain::checklist_scores::key_of;
use crate::domain::instrument::ItemAnswer;
use crate::domain::{Date, Month, format};

use super::context::PageContext;
use super::page::PanelBody;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// The checklists, and what they found; a sentence where none was handed in.
pub fn checklist_findings(context: &PageContext<'_>, id: &str) -> PanelBody {
    let period = format::period(context.subject.period);
    let scores = scores(context, id);
    if scores.rows.is_empty() {
        return PanelBody::Empty(format!("Belum ada daftar tilik per item yang diterima untuk {period}."));
    }
    PanelBody::Tables(vec![scores, findings(context, id)])
}

/// Reports whether something of a facility and day belongs on the page.
fn is_shown(context: &PageContext<'_>, facility: u32, date: Date) -> bool {
    let subject = context.subject;
    let is_listed = context.is_about(facility) && context.facility_result(facility).is_some();
    is_listed && subject.period.contains(Month::from_date(date)) && date <= subject.as_of
}

/// The items on the page, in the order of facts.
fn items<'f>(context: &'f PageContext<'_>) -> impl Iterator<Item = &'f ChecklistItem> {
    let items = context.evaluator.facts().checklist_items.iter();
    items.filter(move |item| is_shown(context, item.facility, item.date))
}

/// The visits with a checklist: the score that counts, that of the items, and whether they agree.
fn scores(context: &PageContext<'_>, id: &str) -> DataTable {
    let facts = context.evaluator.facts();
    let sums = &facts.checklist_sums;
    let of_item = |item: &ChecklistItem| sums.visit_of_sheet(item.facility, item.date, &item.form).cloned();
    let with_items: BTreeSet<VisitKey> = items(context).filter_map(of_item).collect();
    let visits = facts.visits.iter().filter(|visit| with_items.contains(&key_of(visit)));
    let rows = visits.filter_map(|visit| {
        let sum = sums.of_visit(visit)?;
        let score = |pair: Option<(f64, f64)>, reason| {
            pair.map_or(DataCell::Blank(reason), |(points, maximum)| {
                DataCell::Text(format!("{} dari {}", format::count(points), format::count(maximum)))
            })
        };
        let state = match sums.differing(visit) {
            Some(_) => DataCell::State("Berbeda: yang dipakai skor rekap".to_owned(), Tone::Fair),
            None if sum.unanswered > 0 => DataCell::State("Belum semua dijawab".to_owned(), Tone::Neutral),
            None => DataCell::State("Sesuai itemnya".to_owned(), Tone::Good),
        };
        Some(DataRow {
            cells: vec![
                DataCell::Facility(visit.facility, context.facility(visit.facility).name.clone()),
                DataCell::Visit(visit.date),
                score(visit.score(), "tidak ada item yang dijawab"),
                score(sum.score(), "tidak ada item yang dijawab"),
                DataCell::Count(f64::from(sum.answered)),
                DataCell::Count(f64::from(sum.unanswered)),
                DataCell::Count(f64::from(sum.not_applicable)),
                state,
            ],
        })
    });
    DataTable {
        name: id.to_owned(),
        title: "Skor daftar tilik".to_owned(),
        note: "Bila rekap memuat skor sendiri, skor itu yang dipakai; item yang kosong tidak dihitung.".to_owned(),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        rows: rows.collect(),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("tanggal", "Tanggal"),
            DataColumn::text("dipakai", "Skor yang dipakai"),
            DataColumn::text("item", "Menurut item"),
            DataColumn::number("dijawab", "Dijawab", "Item yang dijawab"),
            DataColumn::number("kosong", "Belum dijawab", "Item yang belum dijawab"),
            DataColumn::number("tb", "TB", "Item yang tidak berlaku"),
            DataColumn::text("keadaan", "Keadaan"),
        ],
        totals: Vec::new(),
    }
}

/// The items that are not met or not answered: critical ones first, then by day, the latest first.
fn findings(context: &PageContext<'_>, id: &str) -> DataTable {
    let said = last_answers(items(context));
    let mut open: Vec<&ChecklistItem> =
        said.iter().copied().filter(|item| item.is_unmet() || item.answer.is_none()).collect();
    let place = |item: &ChecklistItem| context.facility(item.facility).listing_key();
    open.sort_by(|one, other| {
        let rank = |item: &ChecklistItem| (!item.is_critical, item.answer.is_none());
        let by_day = || other.date.cmp(&one.date);
        let by_name = || (place(one), &one.instrument, &one.code).cmp(&(place(other), &other.instrument, &other.code));
        rank(one).cmp(&rank(other)).then_with(by_day).then_with(by_name)
    });
    let unmet = open.iter().filter(|item| item.is_unmet()).count();
    let critical = open.iter().filter(|item| item.is_critical && item.is_unmet()).count();
    DataTable {
        name: format!("{id}-temuan"),
        title: "Item yang belum terpenuhi atau belum dijawab".to_owned(),
        note: "Menurut lembar terakhir dalam periode; yang kritis lebih dulu.".to_owned(),
        caption: format!(
            "{unmet} belum terpenuhi ({critical} kritis), {} belum dijawab, dari {} item · data per {}",
            open.len() - unmet,
            said.len(),
            format::date(context.subject.as_of)
        ),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("tanggal", "Tanggal"),
            DataColumn::text("kode", "Kode"),
            DataColumn::text("butir", "Item"),
            DataColumn::text("aspek", "Aspek"),
            DataColumn::text("kritis", "Kritis"),
            DataColumn::text("keadaan", "Jawaban"),
            DataColumn::text("catatan", "Catatan"),
        ],
        rows: open.iter().map(|item| finding_row(context, item)).collect(),
        totals: Vec::new(),
    }
}

fn finding_row(context: &PageContext<'_>, item: &ChecklistItem) -> DataRow {
    let state = match item.answer {
        Some(ItemAnswer::Points(points)) => {
            let tone = if item.is_critical { Tone::Poor } else { Tone::Fair };
            let words = format!("{} dari {}", format::count(points), format::count(item.maximum));
            DataCell::State(format!("Belum terpenuhi ({words})"), tone)
        }
        Some(ItemAnswer::NotApplicable) => DataCell::State("Tidak berlaku".to_owned(), Tone::Neutral),
        None => DataCell::State("Belum dijawab".to_owned(), Tone::Neutral),
    };
    DataRow {
        cells: vec![
            DataCell::Facility(item.facility, context.facility(item.facility).name.clone()),
            DataCell::Date(item.date),
            DataCell::Text(item.code.clone()),
            DataCell::Text(item.text.clone()),
            DataCell::Text(item.aspect.clone()),
            if item.is_critical { DataCell::Text("Kritis".to_owned()) } else { DataCell::Blank("tidak kritis") },
            state,
            item.note.clone().map_or(DataCell::Blank("tanpa catatan"), DataCell::Text),
        ],
    }
}
