//! *Umpan balik TPCB*: the team's formal feedback to a Puskesmas, its recommendations item by item, and the receipt.

use super::{LetterFields, addressee, or_dotted, paragraph, plain_table};
use crate::dashboard::PageContext;
use crate::domain::district_assessment::YearAssessment;
use crate::domain::district_case::CaseSide;
use crate::domain::district_items::CoachingItem;
use crate::domain::{Date, ReportKind, format};
use crate::report::compose::written::{coaching_items, district_visits};
use crate::report::document::{Block, Orientation, PaperCell, PaperColumn, Part};
use crate::report::{Letter, PaperMaterial};

/// The parts of the letter.
pub(super) fn parts(material: &PaperMaterial<'_>, mut fields: LetterFields) -> Vec<Part> {
    let context = material.context;
    let name = context.puskesmas_name();
    let mut days: Vec<Date> = district_visits(context).iter().map(|visit| visit.date).collect();
    days.dedup();
    let found = coaching_items(context);
    let items: Vec<&CoachingItem<'_>> = found.within(context.subject.period).collect();
    let period = format::period(context.subject.period);
    let mut blocks = vec![addressee(&mut fields, &format!("Kepala {name}")), paragraph("Dengan hormat,")];
    if days.is_empty() {
        blocks.push(paragraph(format!("Belum ada pembinaan TPCB di {name} yang tercatat pada {period}.")));
    } else {
        let days: Vec<String> = days.into_iter().map(format::date).collect();
        blocks.push(paragraph(format!(
            "Bersama ini kami sampaikan umpan balik atas pembinaan TPCB di {name} pada {}. {}",
            days.join("; "),
            counted(items.len())
        )));
    }
    blocks.extend(conclusion(context));
    blocks.push(paragraph(
        "Mohon setiap butir dijawab dan ditindaklanjuti dengan bukti, dan tanda terima terlampir dikembalikan kepada kami.",
    ));
    blocks.push(fields.block());
    blocks.push(Block::Signatures(material.letter.office_signature()));
    vec![
        Part::letter("Umpan balik", blocks),
        receipt(material),
        Part { orientation: Orientation::Landscape, ..item_list(&items) },
    ]
}

fn counted(count: usize) -> String {
    match count {
        0 => "Tidak ada temuan dan rekomendasi yang ditulis.".to_owned(),
        count => format!("Temuan dan rekomendasinya {count} butir, terlampir."),
    }
}

/// The team's own conclusion of the year, where it assessed anything.
fn conclusion(context: &PageContext<'_>) -> Option<Block> {
    let subject = context.subject;
    let year = subject.period.year();
    let written = &context.evaluator.facts().written;
    let team = YearAssessment::new(written, subject.puskesmas, year, CaseSide::Team);
    if team.is_empty() {
        return None;
    }
    Some(paragraph(format!("Kesimpulan penilaian delapan parameter tahun {year}: {}.", team.conclusion().label())))
}

fn item_list(items: &[&CoachingItem<'_>]) -> Part {
    let words = |text: &Option<String>| PaperCell::words(text.as_deref().unwrap_or_default());
    let row = |item: &&CoachingItem<'_>| {
        let visit = item.visit;
        vec![
            PaperCell::words(&item.number),
            PaperCell::Date(visit.date),
            words(&visit.fact),
            words(&visit.conclusion),
            words(&visit.for_puskesmas),
            words(&visit.for_district),
            visit.due.map_or_else(|| or_dotted(None), PaperCell::Date),
        ]
    };
    let columns = vec![
        PaperColumn::text("Butir", 8.0),
        PaperColumn::text("Tanggal", 16.0),
        PaperColumn::text("Temuan: fakta", 26.0),
        PaperColumn::text("Temuan: kesimpulan", 24.0),
        PaperColumn::text("Rekomendasi untuk Puskesmas", 28.0),
        PaperColumn::text("Rekomendasi untuk Dinas Kesehatan", 24.0),
        PaperColumn::text("Target waktu", 16.0),
    ];
    let table = plain_table(columns, items.iter().map(row).collect(), "Tidak ada temuan dan rekomendasi yang ditulis.");
    Part::attachment("Temuan dan rekomendasi", vec![Block::Table(table)])
}

/// The slip that the Puskesmas signs and sends back.
fn receipt(material: &PaperMaterial<'_>) -> Part {
    let context = material.context;
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let number = &material.letter.number;
    let subject = &material.letter.head_lines.subject;
    let subject = if subject.is_empty() { ReportKind::DistrictFeedback.title() } else { subject };
    let facts = vec![
        fact("Telah diterima dari", "Tim Pembina Cluster Binaan (TPCB)"),
        fact("Nomor surat", number),
        fact("Perihal", subject),
        fact("Oleh", context.puskesmas_name()),
        fact("Hari, tanggal diterima", ""),
        fact("Nama penerima", ""),
        fact("Jabatan penerima", ""),
    ];
    Part::attachment("Tanda terima", vec![Block::Facts(facts), Block::Signatures(Letter::receipt_signatures())])
}
