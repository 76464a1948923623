//! *Telaah RUK/RPK*: the proposals with what the district's team said of each and what the Puskesmas answered, sums by
//! source of money, the meetings about them, and the signatures of both sides. Its tables read back as they were written.

use super::{described, narrative_to_end, signatures};
use crate::dashboard::PageContext;
use crate::domain::annual_plan::{PlanProposal, PlanSession};
use crate::domain::exact::Decimal;
use crate::domain::plan_year::{YearPlan, sessions_of_year};
use crate::domain::records::Field;
use crate::domain::{Date, Table, format};
use crate::report::cells::numbered;
use crate::report::document::{Align, Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{Letter, PaperMaterial};

/// Digits of the largest amount that a cell of a workbook holds without rounding.
const CELL_DIGITS_MAX: usize = 15;

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Vec<Part> {
    let context = material.context;
    let subject = context.subject;
    let written = &context.evaluator.facts().written;
    let plans = YearPlan::of_year(written, subject.puskesmas, subject.period.year());
    let mut first = vec![Block::Paragraph(opening(&plans, context))];
    first.extend(plans.iter().map(funds));
    let sessions = sessions_of_year(written, subject.puskesmas, subject.period.year(), subject.as_of);
    first.push(meetings(&sessions, subject.as_of));
    let mut parts = vec![Part::portrait("Ringkasan", first)];
    parts.extend(plans.iter().map(|plan| Part::landscape(&plan.name(), vec![proposals(plan, subject.as_of)])));
    let mut signed = narrative_to_end(material);
    let mut both = signatures(material);
    both.signers.insert(0, Letter::team_signer());
    signed.push(Block::Signatures(both));
    parts.push(Part::portrait("Kesimpulan", signed));
    parts
}

fn opening(plans: &[YearPlan<'_>], context: &PageContext<'_>) -> String {
    let year = context.subject.period.year();
    if plans.is_empty() {
        return format!("Belum ada usulan RUK atau kegiatan RPK tahun {year} dan tahun berikutnya yang tercatat.");
    }
    let as_of = context.subject.as_of;
    let words = plans
        .iter()
        .map(|plan| format!("{}: {}; biaya {}.", plan.name(), plan.review_words(as_of), plan.cost().words()));
    words.collect::<Vec<_>>().join(" ")
}

fn amount(sum: Option<&Decimal>) -> PaperCell {
    match sum {
        None => PaperCell::Missing("belum disebut".to_owned()),
        Some(sum) if sum.digits().len() > CELL_DIGITS_MAX => PaperCell::words(&format::rupiah(sum)),
        Some(sum) => PaperCell::Count(sum.to_number()),
    }
}

/// Costs by source of money.
fn funds(plan: &YearPlan<'_>) -> Block {
    let count = |number: usize| PaperCell::Count(f64::from(u32::try_from(number).unwrap_or(u32::MAX)));
    let rows = plan.cost_by_fund().into_iter().map(|(name, sum)| {
        let missing = sum.proposals - sum.stated;
        vec![PaperCell::words(&name), count(sum.proposals), count(missing), amount(sum.rupiah.as_ref())]
    });
    let all = plan.cost();
    let total = vec![
        PaperCell::words("Jumlah"),
        count(all.proposals),
        count(all.proposals - all.stated),
        amount(all.rupiah.as_ref()),
    ];
    Block::Table(PaperTable {
        title: format!("Biaya {} menurut sumber dana", plan.name()),
        note: "Usulan yang biayanya belum disebut tidak terhitung sebagai nol.".to_owned(),
        columns: vec![
            PaperColumn::text("Sumber dana", 40.0),
            PaperColumn::number("Usulan", 14.0),
            PaperColumn::number("Tanpa biaya", 14.0),
            PaperColumn::number("Rupiah", 24.0),
        ],
        rows: rows.collect(),
        totals: vec![total],
        empty: String::new(),
        row_height: RowHeight::Text,
    })
}

fn words(text: Option<&String>) -> PaperCell {
    PaperCell::words(text.map(String::as_str).unwrap_or_default())
}

fn day(date: Option<Date>) -> PaperCell {
    date.map_or(PaperCell::Blank, PaperCell::Date)
}

/// The proposals, under the headings of their own table.
fn proposals(plan: &YearPlan<'_>, as_of: Date) -> Block {
    let own = |field, share| described(Table::PlanProposals, field, share);
    let row = |row: &&PlanProposal| {
        let verdict = row.verdict(as_of);
        let is_replied = row.is_replied(as_of);
        vec![
            PaperCell::words(&row.year.to_string()),
            PaperCell::words(&row.document),
            words(row.program.as_ref()),
            PaperCell::words(&row.activity),
            words(row.group.as_ref()),
            words(row.volume.as_ref()),
            row.cost.as_ref().map_or(PaperCell::Blank, |cost| amount(Some(cost))),
            words(row.fund.as_ref()),
            words(row.time.as_ref()),
            words(row.five_year_item.as_ref()),
            PaperCell::words(verdict.map(crate::domain::annual_plan::PlanVerdict::label).unwrap_or_default()),
            words(row.note.as_ref().filter(|_| verdict.is_some())),
            day(row.reviewed.filter(|_| verdict.is_some())),
            words(row.reply.as_ref().filter(|_| is_replied)),
            day(row.replied.filter(|_| is_replied)),
        ]
    };
    Block::Table(numbered(PaperTable {
        title: format!("Usulan {} dan telaahnya", plan.name()),
        note: "Telaah kosong berarti belum ditelaah; biaya kosong berarti belum disebut.".to_owned(),
        columns: vec![
            own(Field::Year, 9.0),
            own(Field::PlanDocument, 10.0),
            own(Field::Program, 15.0),
            own(Field::Activity, 22.0),
            own(Field::TargetGroup, 12.0),
            own(Field::Volume, 12.0),
            PaperColumn { align: Align::Right, ..own(Field::Cost, 14.0) },
            own(Field::FundSource, 11.0),
            own(Field::PlannedTime, 14.0),
            own(Field::FiveYearItem, 13.0),
            own(Field::Verdict, 13.0),
            own(Field::Reason, 18.0),
            own(Field::StepDay, 12.0),
            own(Field::Agreed, 18.0),
            own(Field::Answered, 12.0),
        ],
        rows: plan.proposals.iter().map(row).collect(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    }))
}

/// The meetings of the year, under the headings of their own table.
fn meetings(sessions: &[&PlanSession], as_of: Date) -> Block {
    let own = |field, share| described(Table::PlanSessions, field, share);
    let row = |row: &&PlanSession| {
        let is_held = row.is_held(as_of);
        vec![
            PaperCell::Date(row.planned),
            PaperCell::words(&row.document),
            day(row.held.filter(|_| is_held)),
            words(row.letter.as_ref()),
            words(row.helper.as_ref()),
            words(row.outcome.as_ref().filter(|_| is_held)),
        ]
    };
    Block::Table(numbered(PaperTable {
        title: "Pendampingan RUK dan RPK oleh TPCB".to_owned(),
        note: String::new(),
        columns: vec![
            own(Field::Date, 16.0),
            own(Field::PlanDocument, 13.0),
            own(Field::Done, 16.0),
            own(Field::LetterNumber, 14.0),
            own(Field::Person, 16.0),
            own(Field::Agreed, 20.0),
        ],
        rows: sessions.iter().map(row).collect(),
        totals: Vec::new(),
        empty: "Belum ada pendampingan yang dicatat pada tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    }))
}
