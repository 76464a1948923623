//! *Undangan lokmin*: the letter with its agenda, and who is invited. What is not known of day and place is written in.

use super::{LetterFields, addressee, facility_list, head_signature, paragraph};
use crate::domain::facts::LokminSort;
use crate::domain::format;
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, Part};
use crate::report::narrative::{SectionKey, letters::meeting};

/// Rows for guests of other sectors, who are in no register.
const GUEST_ROWS: usize = 6;

/// The parts of the letter.
pub(super) fn parts(material: &PaperMaterial<'_>, mut fields: LetterFields) -> Vec<Part> {
    let context = material.context;
    let name = context.puskesmas_name();
    let meeting = meeting(context);
    let sort = meeting.sort.label().to_lowercase();
    let when = meeting.month.map_or_else(|| format::period(context.subject.period), format::month);
    let agenda = material.narrative.sentences(SectionKey::Agenda);
    let letter = vec![
        addressee(&mut fields, "Penanggung jawab jaringan dan jejaring (daftar terlampir)"),
        paragraph("Dengan hormat,"),
        paragraph(format!(
            "Sehubungan dengan lokakarya mini {sort} {name} {when}, kami mengharap kehadiran Bapak/Ibu pada:"
        )),
        fields.block(),
        paragraph("Acara:"),
        if agenda.is_empty() { Block::Lines(3) } else { Block::List(agenda) },
        paragraph("Atas perhatian dan kehadiran Bapak/Ibu kami ucapkan terima kasih."),
        head_signature(material),
    ];
    let facts = context.evaluator.facts();
    let invited: Vec<u32> =
        meeting.invited(facts, context.subject.puskesmas).into_iter().map(|row| row.facility).collect();
    let is_invited = |facility| invited.is_empty() || invited.contains(&facility);
    let mut list = numbered(facility_list(material, is_invited));
    if meeting.sort == LokminSort::Quarterly {
        "Undangan lintas sektor ditulis pada baris kosong.".clone_into(&mut list.note);
        list.rows.extend(vec![vec![PaperCell::Blank; list.columns.len()]; GUEST_ROWS]);
    }
    vec![Part::letter("Undangan", letter), Part::attachment("Daftar undangan", vec![Block::Table(list)])]
}
