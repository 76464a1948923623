//! *Permohonan narasumber*: the letter that asks the district office for a resource person, with the subjects that the
//! year's findings suggest and those who will listen.

use super::{LetterFields, addressee, facility_list, head_of_office, head_signature, paragraph};
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::document::{Block, Part};
use crate::report::narrative::SectionKey;

/// The parts of the letter.
pub(super) fn parts(material: &PaperMaterial<'_>, mut fields: LetterFields) -> Vec<Part> {
    let subjects = material.narrative.sentences(SectionKey::Agenda);
    let letter = vec![
        addressee(&mut fields, &head_of_office(material.letter)),
        paragraph("Dengan hormat,"),
        paragraph(format!(
            "Untuk pembinaan jaringan dan jejaring, {} memohon bantuan narasumber dari Dinas Kesehatan pada kegiatan:",
            material.context.puskesmas_name()
        )),
        fields.block(),
        paragraph("Pokok bahasan yang kami usulkan, menurut temuan pembinaan dan masalah yang tercatat:"),
        if subjects.is_empty() { Block::Lines(3) } else { Block::List(subjects) },
        paragraph("Atas bantuan Bapak/Ibu kami ucapkan terima kasih."),
        head_signature(material),
    ];
    let list = numbered(facility_list(material, |_| true));
    vec![Part::letter("Permohonan", letter), Part::attachment("Daftar peserta", vec![Block::Table(list)])]
}
