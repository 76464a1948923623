//! Steps of both sides with the items of the district's coaching: as a sheet that the other office imports again, and as
//! the proofs of criterion 1.7.1 by date. Printed as they were written; states are the domain's.

use super::described;
use super::written::{coaching_items, district_follow_ups, district_visits, reached};
use crate::dashboard::PageContext;
use crate::domain::district_case::{CaseStep, TakenStep};
use crate::domain::district_items::{CoachingItem, is_of_performance};
use crate::domain::records::Field;
use crate::domain::{Date, Table, format};
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};

/// The steps with the items of the period as a part of its own; none where nobody took one.
pub(super) fn part(context: &PageContext<'_>) -> Option<Part> {
    let found = coaching_items(context);
    let row = |item: &CoachingItem<'_>, taken: &TakenStep| {
        vec![
            PaperCell::Date(item.visit.date),
            PaperCell::words(&item.number),
            PaperCell::words(taken.step.label()),
            PaperCell::Date(taken.date),
            PaperCell::words(taken.side.unwrap_or_else(|| taken.step.side(item.doer)).label()),
            PaperCell::words(&taken.who),
            PaperCell::words(&taken.note),
            PaperCell::words(&taken.proof),
        ]
    };
    let rows: Vec<Vec<PaperCell>> = found
        .within(context.subject.period)
        .flat_map(|item| item.history.counted().map(|taken| row(item, taken)).collect::<Vec<_>>())
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = PaperTable {
        title: "Langkah TPCB".to_owned(),
        note: "Lembar ini dapat diimpor di Simpul pihak lain; keadaan setiap butir dihitung dari langkah-langkahnya."
            .to_owned(),
        columns: vec![
            described(Table::DistrictSteps, Field::Date, 16.0),
            described(Table::DistrictSteps, Field::ItemNumber, 9.0),
            described(Table::DistrictSteps, Field::Step, 16.0),
            described(Table::DistrictSteps, Field::StepDay, 16.0),
            described(Table::DistrictSteps, Field::Side, 12.0),
            described(Table::DistrictSteps, Field::Person, 16.0),
            described(Table::DistrictSteps, Field::Reason, 28.0),
            described(Table::DistrictSteps, Field::Proof, 22.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    };
    Some(Part::landscape("Langkah TPCB", vec![Block::Table(numbered(table))]))
}

/// Day that proves a step of criterion 1.7.1.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct DateProof {
    date: Date,
    element: &'static str,
    what: &'static str,
    about: String,
}

/// Words of a step with an item, and the element that it proves: feedback on performance is g, on coaching d.
fn proof_of(step: CaseStep, is_of_performance: bool) -> (&'static str, &'static str) {
    let of_feedback = if is_of_performance { "g" } else { "d" };
    match step {
        CaseStep::Sent => ("Umpan balik dikirim", of_feedback),
        CaseStep::Received => ("Umpan balik diterima Puskesmas", "h"),
        CaseStep::Answered => ("Umpan balik ditanggapi", "h"),
        CaseStep::FollowedUp => ("Umpan balik ditindaklanjuti", "h"),
        CaseStep::Returned => ("Tindak lanjut dikembalikan", "h"),
        CaseStep::Verified => ("Tindak lanjut diverifikasi", "h"),
        CaseStep::Closed => ("Butir dinyatakan selesai", "h"),
    }
}

/// Coaching, feedback and follow-up by date, each with the element of criterion 1.7.1 that it proves.
pub(super) fn proofs(context: &PageContext<'_>) -> Block {
    let as_of = context.subject.as_of;
    let found = coaching_items(context);
    let mut proofs: Vec<DateProof> = Vec::new();
    for visit in district_visits(context) {
        let about = visit.sort.clone().unwrap_or_else(|| "Pembinaan TPCB".to_owned());
        let (what, element) = if is_of_performance(visit) {
            ("Evaluasi kinerja diverifikasi", "g")
        } else {
            ("Pembinaan dilaksanakan", "c")
        };
        proofs.push(DateProof { date: visit.date, element, what, about });
    }
    for item in found.within(context.subject.period) {
        let about = format!("pembinaan {}, butir {}", format::date(item.visit.date), item.number);
        proofs.extend(item.history.counted().map(|taken| {
            let (what, element) = proof_of(taken.step, is_of_performance(item.visit));
            DateProof { date: taken.date, element, what, about: about.clone() }
        }));
    }
    for answer in district_follow_ups(context) {
        let done = reached(answer.done, as_of);
        let what = "Tindak lanjut dilaksanakan";
        proofs.extend(done.map(|date| DateProof { date, element: "h", what, about: answer.item.clone() }));
    }
    proofs.sort();
    proofs.dedup();
    let row = |proof: DateProof| {
        vec![
            PaperCell::Date(proof.date),
            PaperCell::words(proof.what),
            PaperCell::words(&proof.about),
            PaperCell::words(proof.element),
        ]
    };
    Block::Table(numbered(PaperTable {
        title: "Bukti kriteria 1.7.1 menurut tanggal".to_owned(),
        note: "Dari tabel Pembinaan TPCB, Langkah TPCB, dan Tindak Lanjut TPCB.".to_owned(),
        columns: vec![
            PaperColumn::text("Tanggal", 16.0),
            PaperColumn::text("Bukti", 28.0),
            PaperColumn::text("Tentang", 40.0),
            PaperColumn::mark("Elemen", 10.0),
        ],
        rows: proofs.into_iter().map(row).collect(),
        totals: Vec::new(),
        empty: "Belum ada pembinaan TPCB yang dicatat pada periode ini.".to_owned(),
        row_height: RowHeight::Text,
    }))
}
