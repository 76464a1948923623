//! *Umpan balik kepada faskes*: a letter to each facility that was visited: its score, critical items that are not met,
//! findings, what was agreed, and the request to answer.

use super::{LetterFields, head_signature, or_dotted, paragraph, plain_table};
use crate::dashboard::PageContext;
use crate::dashboard::accreditation::visits;
use crate::domain::checklist::ChecklistItem;
use crate::domain::facts::{FollowUp, Visit};
use crate::domain::{Ratio, VisitDate, format};
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part};

/// The letters, in the order of the register.
pub(super) fn parts(material: &PaperMaterial<'_>, fields: &LetterFields) -> Vec<Part> {
    let context = material.context;
    let all = visits(context);
    let letters = context.facilities().filter_map(|result| {
        let own: Vec<&Visit> = all.iter().copied().filter(|visit| visit.facility == result.facility).collect();
        (!own.is_empty()).then(|| letter(material, fields.clone(), &own))
    });
    let letters: Vec<Part> = letters.collect();
    if letters.is_empty() {
        let period = format::period(context.subject.period);
        let nothing =
            paragraph(format!("Tidak ada kunjungan yang tercatat pada {period}; tidak ada surat yang dibuat."));
        return vec![Part::letter("Umpan balik", vec![nothing])];
    }
    letters
}

/// The letter to the facility of these visits, which are at least one.
fn letter(material: &PaperMaterial<'_>, fields: LetterFields, own: &[&Visit]) -> Part {
    let context = material.context;
    let facility = context.facility(own[0].facility);
    let person = facility.person_in_charge.as_deref().unwrap_or("Penanggung jawab");
    let place = facility.address.clone().unwrap_or_else(|| "tempat".to_owned());
    let days: Vec<String> = own.iter().map(|visit| format::visit_date(visit.date)).collect();
    let mut blocks = vec![
        Block::Address(vec!["Yth.".to_owned(), person.to_owned(), facility.name.clone(), format!("di {place}")]),
        paragraph("Dengan hormat,"),
        paragraph(format!(
            "Terima kasih atas kerja sama Saudara pada pembinaan {}. Hasilnya kami sampaikan sebagai berikut.",
            days.join("; ")
        )),
        Block::Table(score_table(own)),
    ];
    blocks.extend(critical(context, own));
    blocks.push(paragraph("Temuan:"));
    blocks.push(Block::Table(findings(own)));
    blocks.push(paragraph("Rencana tindak lanjut yang disepakati:"));
    blocks.push(Block::Table(follow_ups(context, own)));
    blocks.push(paragraph(
        "Mohon Saudara menindaklanjuti temuan dan rencana di atas, lalu mengirim jawaban tertulis beserta buktinya.",
    ));
    blocks.push(fields.block());
    blocks.push(head_signature(material));
    Part::letter(&facility.name, blocks)
}

/// Points of each visit; a visit that nobody scored has none.
fn score_table(own: &[&Visit]) -> PaperTable {
    let row = |visit: &&Visit| {
        let score = visit.score();
        let unscored = || PaperCell::Missing("tidak dinilai".to_owned());
        let percent = score.and_then(|(numerator, denominator)| Ratio { numerator, denominator }.percent());
        vec![
            PaperCell::visit(visit.date),
            PaperCell::words(&visit.form),
            or_dotted(visit.coach.as_deref()),
            score.map_or_else(unscored, |(points, _)| PaperCell::Count(points)),
            score.map_or_else(unscored, |(_, most)| PaperCell::Count(most)),
            percent.map_or_else(unscored, |percent| PaperCell::Figure(percent, None)),
        ]
    };
    let columns = vec![
        PaperColumn::text("Tanggal", 18.0),
        PaperColumn::text("Bentuk Kegiatan", 22.0),
        PaperColumn::text("Pembina", 20.0),
        PaperColumn::number("Skor", 11.0),
        PaperColumn::number("Skor Maksimal", 12.0),
        PaperColumn::number("Skor %", 11.0),
    ];
    plain_table(columns, own.iter().map(row).collect(), "")
}

/// Critical items of the visits' checklists that are not met; nothing where no filled checklist is known.
fn critical(context: &PageContext<'_>, own: &[&Visit]) -> Vec<Block> {
    let is_of_visit =
        |facility: u32, date| own.iter().any(|visit| visit.facility == facility && visit.date == VisitDate::Day(date));
    let items = context.evaluator.facts().checklist_items.iter();
    let known: Vec<_> = items.filter(|item| item.is_critical && is_of_visit(item.facility, item.date)).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let unmet = known.iter().filter(|item| item.is_unmet());
    let row = |item: &&&ChecklistItem| {
        vec![
            PaperCell::words(&item.code),
            PaperCell::words(&item.text),
            PaperCell::words(item.note.as_deref().unwrap_or_default()),
        ]
    };
    let columns =
        vec![PaperColumn::text("Kode", 10.0), PaperColumn::text("Butir", 54.0), PaperColumn::text("Catatan", 30.0)];
    let rows = unmet.collect::<Vec<_>>().iter().map(row).collect();
    vec![
        paragraph("Butir kritis daftar tilik yang belum terpenuhi:"),
        Block::Table(plain_table(columns, rows, "Semua butir kritis yang dijawab sudah terpenuhi.")),
    ]
}

fn findings(own: &[&Visit]) -> PaperTable {
    let found = own.iter().filter_map(|visit| Some((visit, visit.finding.as_deref()?)));
    let rows = found.map(|(visit, finding)| {
        vec![
            PaperCell::visit(visit.date),
            PaperCell::words(visit.aspect.as_deref().unwrap_or_default()),
            PaperCell::words(finding),
        ]
    });
    let columns =
        vec![PaperColumn::text("Tanggal", 18.0), PaperColumn::text("Aspek", 18.0), PaperColumn::text("Temuan", 54.0)];
    numbered(plain_table(columns, rows.collect(), "Tidak ada temuan yang ditulis pada kunjungan ini."))
}

/// Follow-ups that were agreed at these visits, and those that are open from those before.
fn follow_ups(context: &PageContext<'_>, own: &[&Visit]) -> PaperTable {
    let as_of = context.subject.as_of;
    let facility = own[0].facility;
    let is_open = |item: &FollowUp| item.done.is_none_or(|done| done > as_of);
    let is_of_visit = |item: &FollowUp| own.iter().any(|visit| visit.date == VisitDate::Day(item.visit_date));
    let items = context.evaluator.facts().follow_ups.iter();
    let items = items.filter(|item| item.facility == facility && item.visit_date <= as_of);
    let rows = items.filter(|item| is_of_visit(item) || is_open(item)).map(|item| {
        let state = match item.done.filter(|done| *done <= as_of) {
            Some(done) => format!("selesai {}", format::date(done)),
            None if item.due < as_of => "lewat batas".to_owned(),
            None => "belum selesai".to_owned(),
        };
        vec![
            PaperCell::words(&item.item),
            or_dotted(item.owner.as_deref()),
            PaperCell::Date(item.due),
            PaperCell::words(&state),
        ]
    });
    let columns = vec![
        PaperColumn::text("Rencana Tindak Lanjut", 40.0),
        PaperColumn::text("Penanggung Jawab", 20.0),
        PaperColumn::text("Target Selesai", 18.0),
        PaperColumn::text("Keadaan", 16.0),
    ];
    numbered(plain_table(columns, rows.collect(), "Tidak ada rencana tindak lanjut yang tercatat."))
}
