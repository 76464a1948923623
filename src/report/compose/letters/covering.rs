//! *Surat pengantar*: the letter that goes with reports to the head of the district office, and lists them.

use super::{LetterFields, addressee, head_of_office, head_signature, paragraph, plain_table};
use crate::domain::format;
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, Part};
use crate::report::narrative::{SectionKey, letters::enclosure};

/// The parts of the letter.
pub(super) fn parts(material: &PaperMaterial<'_>, mut fields: LetterFields) -> Vec<Part> {
    let context = material.context;
    let period = context.subject.period;
    let number_of = |line: &str| {
        let known = material.letter.numbered.iter().find(|known| enclosure(known.kind, period) == line);
        known.map(|known| format!("Nomor {} tanggal {}", known.number, format::date(known.day))).unwrap_or_default()
    };
    let lines = material.narrative.sentences(SectionKey::Enclosures);
    let row =
        |line: &String| vec![PaperCell::words(line), PaperCell::words("1 berkas"), PaperCell::words(&number_of(line))];
    let columns = vec![
        PaperColumn::text("Yang dikirim", 50.0),
        PaperColumn::text("Banyaknya", 14.0),
        PaperColumn::text("Keterangan", 30.0),
    ];
    let rows = lines.iter().map(row).collect();
    let table = numbered(plain_table(columns, rows, "Tidak ada laporan yang disebut."));
    let letter = vec![
        addressee(&mut fields, &head_of_office(material.letter)),
        paragraph("Dengan hormat,"),
        paragraph(format!(
            "Bersama ini kami kirimkan laporan pembinaan jaringan dan jejaring {} {}:",
            context.puskesmas_name(),
            format::period_with_months(period)
        )),
        Block::Table(table),
        fields.block(),
        paragraph("Atas perhatian Bapak/Ibu kami ucapkan terima kasih."),
        head_signature(material),
    ];
    vec![Part::letter("Surat pengantar", letter)]
}
