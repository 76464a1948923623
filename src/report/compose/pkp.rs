//! *Laporan PKP*: the programs and their classes with the radar, every row with its figures, and each figure of the sheet
//! that does not follow from its counts.

use super::{described, narrative_to_end, signatures};
use crate::dashboard::pkp::{PkpAssessment, PkpRow};
use crate::dashboard::pkp_verification::{PkpVerifications, VerifiedProgram, horizon};
use crate::domain::pkp::{PkpLevel, PkpVerification};
use crate::domain::records::Field;
use crate::domain::{Date, Status, Table};
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{Letter, PaperMaterial, ReportError};

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let year = Some(context.subject.period.year());
    let found = PkpAssessment::of_puskesmas(context.evaluator.facts(), context.subject.puskesmas, year);
    let mut first = vec![Block::Paragraph(opening(&found)), programs(&found)];
    first.extend(found.chart.clone().map(|chart| Block::Chart(Box::new(chart))));
    first.push(Block::Note(format!("{} Dasar: {}.", found.bands.printed, found.bands.basis)));
    let mut parts =
        vec![Part::portrait("Kinerja program", first), Part::landscape("Kinerja per baris", vec![rows(&found)])];
    if !found.differences.is_empty() {
        parts.push(Part::portrait("Beda dengan angka di lembar", vec![differences(&found)]));
    }
    let horizon = horizon(&context.subject);
    let verified = PkpVerifications::new(context.evaluator.facts(), context.subject.puskesmas, &found, horizon);
    parts.push(Part::landscape("Verifikasi TPCB", vec![standings(&verified), verifications(&verified, horizon)]));
    let mut blocks = narrative_to_end(material);
    let mut signers = signatures(material);
    if !verified.rows.is_empty() {
        signers.signers.insert(0, Letter::team_signer());
    }
    blocks.push(Block::Signatures(signers));
    parts.push(Part::portrait("Kesimpulan", blocks));
    Ok(parts)
}

fn opening(found: &PkpAssessment) -> String {
    if found.rows.is_empty() {
        return format!("Belum ada lembar PKP tahun {}.", found.year);
    }
    format!(
        "{}. {} dari {} baris yang dinilai sudah dilaporkan; rata-rata dihitung dari yang dilaporkan saja.",
        found.finding(),
        found.reported,
        found.asked
    )
}

fn performance(row: &PkpRow) -> PaperCell {
    match row.performance {
        Some(number) => PaperCell::Figure(number, None),
        None => PaperCell::Missing(row.shown.clone()),
    }
}

fn class(row: &PkpRow) -> PaperCell {
    if row.class == Status::NoData { PaperCell::Blank } else { PaperCell::words(row.class.label()) }
}

fn programs(found: &PkpAssessment) -> Block {
    let is_shown = |row: &&PkpRow| matches!(row.level, PkpLevel::Effort | PkpLevel::Program);
    let cells = |row: &PkpRow| {
        vec![
            PaperCell::words(&row.code),
            PaperCell::words(&row.name),
            performance(row),
            class(row),
            row.change.map_or(PaperCell::Blank, PaperCell::Change),
            PaperCell::words(&row.reason),
        ]
    };
    Block::Table(PaperTable {
        title: format!("Kinerja upaya dan program tahun {}", found.year),
        note: "Persen; manajemen dalam nilai 0–10.".to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 8.0),
            PaperColumn::text("Upaya dan program", 34.0),
            PaperColumn::number("Kinerja", 11.0),
            PaperColumn::text("Kelas", 14.0),
            PaperColumn::number("Tren", 10.0),
            PaperColumn::text("Keterangan", 20.0),
        ],
        rows: found.rows.iter().filter(is_shown).map(cells).collect(),
        totals: Vec::new(),
        empty: "Belum ada lembar PKP tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    })
}

/// Every program with what counts as its verification.
fn standings(verified: &PkpVerifications) -> Block {
    let row = |program: &VerifiedProgram| {
        vec![
            PaperCell::words(&program.code),
            PaperCell::words(&program.name),
            PaperCell::words(&program.shown),
            PaperCell::words(program.standing.words()),
        ]
    };
    Block::Table(PaperTable {
        title: format!("Keadaan verifikasi PKP tahun {}", verified.year),
        note: format!("PKP {}: {}.", verified.year, verified.summary()),
        columns: vec![
            PaperColumn::text("Kode", 8.0),
            PaperColumn::text("Program", 40.0),
            PaperColumn::text("Kinerja", 16.0),
            PaperColumn::text("Keadaan", 36.0),
        ],
        rows: verified.programs.iter().map(row).collect(),
        totals: Vec::new(),
        empty: "Belum ada program PKP tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    })
}

/// The verifications under the headings of their own table.
fn verifications(verified: &PkpVerifications, by: Date) -> Block {
    let own = |field, share| described(Table::PkpVerifications, field, share);
    let words = |text: Option<&String>| PaperCell::words(text.map(String::as_str).unwrap_or_default());
    let day = |date: Option<Date>| date.map_or(PaperCell::Blank, PaperCell::Date);
    let row = |row: &PkpVerification| {
        let is_replied = row.is_replied(by);
        vec![
            PaperCell::words(&row.year.to_string()),
            words(row.program.as_ref()),
            PaperCell::words(&row.verdict),
            words(row.figure.as_ref()),
            words(row.note.as_ref()),
            words(row.verifier.as_ref()),
            day(row.verified),
            words(row.letter.as_ref()),
            words(row.reply.as_ref().filter(|_| is_replied)),
            day(row.replied.filter(|_| is_replied)),
        ]
    };
    Block::Table(numbered(PaperTable {
        title: "Verifikasi PKP oleh TPCB".to_owned(),
        note: "Program kosong berarti PKP seluruhnya.".to_owned(),
        columns: vec![
            own(Field::Year, 8.0),
            own(Field::Program, 16.0),
            own(Field::Verdict, 13.0),
            own(Field::Performance, 13.0),
            own(Field::Reason, 20.0),
            own(Field::Person, 13.0),
            own(Field::StepDay, 12.0),
            own(Field::LetterNumber, 12.0),
            own(Field::Agreed, 20.0),
            own(Field::Answered, 12.0),
        ],
        rows: verified.rows.iter().map(row).collect(),
        totals: Vec::new(),
        empty: "Belum ada verifikasi yang dicatat.".to_owned(),
        row_height: RowHeight::Text,
    }))
}

fn rows(found: &PkpAssessment) -> Block {
    let count = |number: Option<f64>| number.map_or(PaperCell::Blank, PaperCell::Count);
    let cells = |row: &PkpRow| {
        vec![
            PaperCell::words(&row.code),
            PaperCell::words(&row.name),
            PaperCell::words(&row.target),
            count(row.population),
            count(row.planned),
            count(row.reached),
            PaperCell::words(&row.coverage),
            performance(row),
            class(row),
            PaperCell::words(&row.words[0]),
            PaperCell::words(&row.words[1]),
        ]
    };
    Block::Table(PaperTable {
        title: format!("Upaya, program, variabel, dan sub variabel tahun {}", found.year),
        note: "Sub variabel: pencapaian dibagi target sasaran, paling tinggi 100 %; di atasnya rata-rata sederhana."
            .to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 9.0),
            PaperColumn::text("Uraian", 30.0),
            PaperColumn::text("Target", 10.0),
            PaperColumn::number("Total sasaran", 10.0),
            PaperColumn::number("Target sasaran", 10.0),
            PaperColumn::number("Pencapaian", 10.0),
            PaperColumn::text("Cakupan riil", 11.0),
            PaperColumn::number("Kinerja", 10.0),
            PaperColumn::text("Kelas", 10.0),
            PaperColumn::text("Akar penyebab", 18.0),
            PaperColumn::text("RTL", 18.0),
        ],
        rows: found.rows.iter().map(cells).collect(),
        totals: Vec::new(),
        empty: "Belum ada lembar PKP tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    })
}

fn differences(found: &PkpAssessment) -> Block {
    let rows = found.differences.iter().map(|difference| {
        vec![
            PaperCell::words(&difference.code),
            PaperCell::words(&difference.name),
            PaperCell::words(difference.field.label()),
            PaperCell::words(&difference.written),
            PaperCell::words(&difference.computed),
        ]
    });
    Block::Table(PaperTable {
        title: "Angka lembar yang bukan hasil hitungannya".to_owned(),
        note: "Yang dipakai hasil hitung ulang.".to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 10.0),
            PaperColumn::text("Uraian", 34.0),
            PaperColumn::text("Angka", 18.0),
            PaperColumn::text("Tertulis", 14.0),
            PaperColumn::text("Hitung ulang", 14.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Tidak ada.".to_owned(),
        row_height: RowHeight::Text,
    })
}
