//! *Notulen* and attendance list of a lokmin, to be filled in and signed.

use crate::domain::format;
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
    let mut minutes = vec![
        Block::Facts(vec![
            ("Rapat".to_owned(), format!("Lokakarya mini {}", format::period(context.subject.period))),
            blank("Hari, tanggal"),
            blank("Waktu"),
            blank("Tempat"),
            blank("Pimpinan rapat"),
            blank("Notulis"),
        ]),
        Block::Heading("Pokok bahasan".to_owned()),
    ];
    minutes.extend(agenda(material));
    minutes.push(Block::Lines(3));
    minutes.push(decisions());
    minutes.push(Block::Signatures(material.letter.meeting_signatures(context.puskesmas_name())));
    Ok(vec![Part::portrait("Notulen", minutes), Part::portrait("Daftar hadir", vec![attendance(material)])])
}

/// What is to be talked about.
fn agenda(material: &Material<'_>) -> Vec<Block> {
    let mut blocks = material.narrative.remarks();
    let topics = material.narrative.sentences(SectionKey::Agenda);
    blocks.push(match topics.is_empty() {
        true => Block::Paragraph("Tidak ada yang mendesak pada data periode ini.".to_owned()),
        false => Block::List(topics),
    });
    blocks
}

fn decisions() -> Block {
    Block::Table(numbered(PaperTable {
        title: "Keputusan".to_owned(),
        note: String::new(),
        columns: vec![
            PaperColumn::text("Masalah", 22.0),
            PaperColumn::text("Keputusan", 24.0),
            PaperColumn::text("Penanggung Jawab", 16.0),
            PaperColumn::text("Batas Waktu", 12.0),
            PaperColumn::text("Tindak Lanjut", 18.0),
        ],
        rows: vec![vec![PaperCell::Blank; 5]; DECISION_ROWS],
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
