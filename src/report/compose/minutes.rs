//! *Notulen* and attendance list of one lokmin, to be filled in and signed: its own decisions, and nothing later than
//! its day.

use std::collections::BTreeMap;

use super::written;
use crate::dashboard::PageContext;
use crate::domain::facts::LokminSort;
use crate::domain::format;
use crate::domain::meeting::{Meeting, MeetingSought};
use crate::domain::written::Decision;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::narrative::SectionKey;
use crate::report::{PaperMaterial, ReportError};

/// Rows of the table of decisions.
const DECISION_ROWS: usize = 6;
/// Rows for those who are no facility.
const GUEST_ROWS: usize = 10;

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let puskesmas = context.subject.puskesmas;
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let facts = context.evaluator.facts();
    let meeting = Meeting::from_facts(facts, MeetingSought { puskesmas, period, as_of });
    let blank = |label: &str| (label.to_owned(), String::new());
    let mut minutes = vec![Block::Facts(vec![
        ("Rapat".to_owned(), name(context, &meeting)),
        ("Hari, tanggal".to_owned(), meeting.day.map(format::day_and_date).unwrap_or_default()),
        blank("Waktu"),
        blank("Tempat"),
        blank("Pimpinan rapat"),
        blank("Notulis"),
    ])];
    minutes.extend(doubts(context, &meeting));
    minutes.push(Block::Heading("Kehadiran".to_owned()));
    minutes.push(who_came(context, &meeting));
    minutes.push(Block::Heading("Agenda dan pokok bahasan".to_owned()));
    minutes.extend(agenda(material));
    minutes.push(Block::Lines(3));
    minutes.push(decision_table(&meeting, &meeting.decisions(facts, puskesmas)));
    minutes.push(Block::Signatures(material.letter.meeting_signatures(context.puskesmas_name(), meeting.day)));
    Ok(vec![Part::portrait("Notulen", minutes), Part::portrait("Daftar hadir", vec![attendance(context, &meeting)])])
}

/// `Lokakarya mini bulanan, Mei 2023`.
fn name(context: &PageContext<'_>, meeting: &Meeting) -> String {
    format!("Lokakarya mini {}, {}", meeting.sort.label().to_lowercase(), format::period(context.subject.period))
}

/// Notes what was assumed of the meeting, and other meetings of that month.
fn doubts(context: &PageContext<'_>, meeting: &Meeting) -> Vec<Block> {
    let mut doubts = Vec::new();
    let is_of_quarter = meeting.sort == LokminSort::Quarterly;
    if meeting.month.is_none() {
        doubts.push(format!(
            "Bulan lokmin tribulanan {} belum diketahui: rekap Lokmin dengan Jenis Tribulanan belum diimpor. Notulen ini \
             formulir kosong.",
            format::period(context.subject.period)
        ));
    } else if meeting.day.is_some() && meeting.is_one_of_two {
        let which = if is_of_quarter { "tribulanan" } else { "bulanan" };
        doubts.push(format!(
            "Pada bulan ini tercatat lokmin bulanan dan tribulanan; rapat tanggal ini dianggap yang {which}. Bila \
             keliru, buat notulen dengan tanggal data hari rapat yang benar."
        ));
    }
    if !meeting.earlier.is_empty() {
        let days: Vec<String> = meeting.earlier.iter().map(|day| format::date(*day)).collect();
        doubts.push(format!(
            "Rapat lain pada bulan ini: {}; notulennya dibuat dengan tanggal data hari rapat itu.",
            days.join(", ")
        ));
    }
    doubts.into_iter().map(Block::Note).collect()
}

/// Lists who was invited, who came and who did not, as the recap tells.
fn who_came(context: &PageContext<'_>, meeting: &Meeting) -> Block {
    let rows = meeting.invited(context.evaluator.facts(), context.subject.puskesmas);
    if rows.is_empty() {
        let when = meeting.month.map(|month| format!(" {}", format::month(month))).unwrap_or_default();
        return Block::Paragraph(format!(
            "Rekap kehadiran lokmin{when} belum diterima; isi daftar hadir di bagian berikut."
        ));
    }
    let named = |came: bool| {
        let names = rows.iter().filter(|row| row.attended == came);
        names.map(|row| context.facility(row.facility).name.as_str()).collect::<Vec<_>>()
    };
    let came = named(true);
    let stayed = named(false);
    let listed = |names: &[&str]| if names.is_empty() { "tidak ada".to_owned() } else { names.join(", ") };
    Block::List(vec![
        format!("Diundang {} faskes, hadir {}, tidak hadir {}.", rows.len(), came.len(), stayed.len()),
        format!("Hadir: {}.", listed(&came)),
        format!("Tidak hadir: {}.", listed(&stayed)),
    ])
}

/// Lists the topics of the meeting, or says that nothing is urgent.
fn agenda(material: &PaperMaterial<'_>) -> Vec<Block> {
    let mut blocks = material.narrative.remarks();
    let topics = material.narrative.sentences(SectionKey::Agenda);
    blocks.push(if topics.is_empty() {
        Block::Paragraph("Tidak ada yang mendesak pada data periode ini.".to_owned())
    } else {
        Block::List(topics)
    });
    blocks
}

/// Lists the decisions of the meeting, or blank rows to write them in. Only what was done by the day of the meeting is
/// told of; what came later is for the next meeting to tell.
fn decision_table(meeting: &Meeting, decisions: &[&Decision]) -> Block {
    let columns = written::decision_columns();
    let row = |row: &&Decision| {
        let is_done = row.done.is_some_and(|done| meeting.day.is_some_and(|day| done <= day));
        written::decision_cells(row, row.follow_up.as_deref().filter(|_| is_done))
    };
    let mut rows: Vec<Vec<PaperCell>> = decisions.iter().map(row).collect();
    if rows.is_empty() {
        rows = vec![vec![PaperCell::Blank; columns.len()]; DECISION_ROWS];
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

fn attendance(context: &PageContext<'_>, meeting: &Meeting) -> Block {
    let rows = meeting.invited(context.evaluator.facts(), context.subject.puskesmas);
    let known: BTreeMap<u32, bool> = rows.into_iter().map(|row| (row.facility, row.attended)).collect();
    let told = |facility: u32| match known.get(&facility) {
        Some(true) => "Hadir",
        Some(false) => "Tidak hadir",
        None if known.is_empty() => "",
        None => "Tidak diundang",
    };
    let mut rows: Vec<Vec<PaperCell>> = context
        .facilities()
        .map(|result| {
            let mut row = vec![PaperCell::words(&context.facility(result.facility).name)];
            row.push(PaperCell::words(told(result.facility)));
            row.resize(5, PaperCell::Blank);
            row
        })
        .collect();
    rows.extend(vec![vec![PaperCell::Blank; 5]; GUEST_ROWS]);
    let when = meeting.day.map(|day| format!("; {}", format::day_and_date(day))).unwrap_or_default();
    Block::Table(numbered(PaperTable {
        title: "Daftar hadir".to_owned(),
        note: format!("{}{when}", name(context, meeting)),
        columns: vec![
            PaperColumn::text("Jaringan/Jejaring atau Unit", 26.0),
            PaperColumn::text("Menurut rekap", 12.0),
            PaperColumn::text("Nama", 22.0),
            PaperColumn::text("Jabatan", 14.0),
            PaperColumn::text("Tanda Tangan", 16.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}
