//! *Notulen* and attendance list of a lokmin, to be filled in and signed.

use std::collections::BTreeSet;

use super::written;
use crate::domain::written::Decision;
use crate::domain::{Date, Month, format};
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::narrative::SectionKey;
use crate::report::{Material, ReportError};

/// Rows of the table of decisions.
const DECISION_ROWS: usize = 6;
/// Rows for those who are no facility.
const GUEST_ROWS: usize = 10;

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &Material<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let blank = |label: &str| (label.to_owned(), String::new());
    let is_of_period = |row: &&Decision| context.subject.period.contains(Month::of(row.date));
    let decisions: Vec<&Decision> = written::decisions(context).into_iter().filter(is_of_period).collect();
    let mut minutes = vec![
        Block::Facts(vec![
            ("Rapat".to_owned(), format!("Lokakarya mini {}", format::period(context.subject.period))),
            ("Hari, tanggal".to_owned(), day_of(&decisions)),
            blank("Waktu"),
            blank("Tempat"),
            blank("Pimpinan rapat"),
            blank("Notulis"),
        ]),
        Block::Heading("Pokok bahasan".to_owned()),
    ];
    minutes.extend(agenda(material));
    minutes.push(Block::Lines(3));
    minutes.push(decision_table(&decisions));
    minutes.push(Block::Signatures(material.letter.meeting_signatures(context.puskesmas_name())));
    Ok(vec![Part::portrait("Notulen", minutes), Part::portrait("Daftar hadir", vec![attendance(material)])])
}

/// What is to be talked about.
fn agenda(material: &Material<'_>) -> Vec<Block> {
    let mut blocks = material.narrative.remarks();
    let topics = material.narrative.sentences(SectionKey::Agenda);
    blocks.push(if topics.is_empty() {
        Block::Paragraph("Tidak ada yang mendesak pada data periode ini.".to_owned())
    } else {
        Block::List(topics)
    });
    blocks
}

/// The day of the meeting, where all decisions are of one.
fn day_of(decisions: &[&Decision]) -> String {
    match decisions {
        [first, rest @ ..] if rest.iter().all(|row| row.date == first.date) => format::date(first.date),
        _ => String::new(),
    }
}

/// What was decided in the period, or blank rows to write it in.
fn decision_table(decisions: &[&Decision]) -> Block {
    let days: BTreeSet<Date> = decisions.iter().map(|row| row.date).collect();
    let has_days = days.len() > 1;
    let mut columns = written::decision_columns();
    let mut rows: Vec<Vec<PaperCell>> = decisions.iter().map(|row| written::decision_cells(row)).collect();
    if rows.is_empty() {
        rows = vec![vec![PaperCell::Blank; columns.len()]; DECISION_ROWS];
    }
    if has_days {
        columns.insert(0, PaperColumn::text("Tanggal", 12.0));
        for (row, decision) in rows.iter_mut().zip(decisions) {
            row.insert(0, PaperCell::Date(decision.date));
        }
    }

    Block::Table(numbered(PaperTable {
        title: "Keputusan".to_owned(),
        note: String::new(),
        columns,
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}

fn attendance(material: &Material<'_>) -> Block {
    let context = material.context;
    let mut rows: Vec<Vec<PaperCell>> = context
        .facilities()
        .map(|result| {
            let facility = context.facility(result.facility);
            vec![PaperCell::words(&facility.name), PaperCell::Blank, PaperCell::Blank, PaperCell::Blank]
        })
        .collect();
    rows.extend(vec![vec![PaperCell::Blank; 4]; GUEST_ROWS]);
    Block::Table(numbered(PaperTable {
        title: "Daftar hadir".to_owned(),
        note: format!("Lokakarya mini {}", format::period(context.subject.period)),
        columns: vec![
            PaperColumn::text("Jaringan/Jejaring atau Unit", 26.0),
            PaperColumn::text("Nama", 24.0),
            PaperColumn::text("Jabatan", 16.0),
            PaperColumn::text("Tanda Tangan", 18.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}
