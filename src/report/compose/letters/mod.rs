//! Letters, orders and decrees: what they have in common around their text. One file a letter. A datum that nobody wrote
//! is a line to write on, never a guess.

mod assignment;
mod covering;
mod decree;
mod district_feedback;
mod facility_feedback;
mod invitation;
mod resource_person;

use super::document_of;
use crate::domain::{Month, ReportKind, format};
use crate::report::document::{
    Block, COPIES_HEADING, Document, DocumentForm, NUMBER_LINE, PaperCell, PaperColumn, PaperTable, Part, PartOpening,
    RowHeight, Signatures,
};
use crate::report::letter::{DOTTED, DOTTED_SHORT};
use crate::report::narrative::{
    SectionKey,
    letters::{ADDRESSEE, URGENCY},
};
use crate::report::{Letter, Narrative, PaperMaterial};

/// Name under which the district's team writes.
const TEAM: &str = "TIM PEMBINA CLUSTER BINAAN (TPCB)";

/// The letter of one kind.
pub(super) fn document(kind: ReportKind, material: &PaperMaterial<'_>) -> Document {
    let mut fields = LetterFields::from_narrative(material.narrative);
    let urgency = fields.take(URGENCY);
    let parts = match kind {
        ReportKind::Invitation => invitation::parts(material, fields),
        ReportKind::Assignment => assignment::parts(material, fields),
        ReportKind::TeamAssignment => assignment::team_parts(material, fields),
        ReportKind::FacilityFeedback => facility_feedback::parts(material, &fields),
        ReportKind::DistrictFeedback => district_feedback::parts(material, fields),
        ReportKind::Covering => covering::parts(material, fields),
        ReportKind::ResourcePerson => resource_person::parts(material, fields),
        _ => decree::parts(material),
    };
    let parts = with_copies(material.letter, with_remark(material.narrative, parts));
    let mut document = document_of(kind, material, parts);
    document.form = match kind {
        ReportKind::Assignment | ReportKind::TeamAssignment => DocumentForm::Order { about: Vec::new() },
        ReportKind::IndicatorDecree => DocumentForm::Order { about: decree::about(material) },
        _ => DocumentForm::Letter { place_and_date: material.letter.written_at() },
    };
    let number = (NUMBER_LINE.to_owned(), material.letter.number.clone());
    let head = &material.letter.head_lines;
    document.lines = match document.form {
        DocumentForm::Letter { .. } => {
            if !head.subject.is_empty() {
                document.title.clone_from(&head.subject);
            }
            let attachments =
                if head.attachments.is_empty() { attachments(&document.parts) } else { head.attachments.clone() };
            let line = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            vec![
                number,
                line("Sifat", &urgency.unwrap_or_default()),
                line("Lampiran", &attachments),
                line("Perihal", &document.title),
            ]
        }
        _ => vec![(number.0, if number.1.is_empty() { DOTTED.to_owned() } else { number.1 })],
    };
    match kind {
        ReportKind::IndicatorDecree => {
            document.title = format!("KEPUTUSAN KEPALA {}", material.context.puskesmas_name().to_uppercase());
        }
        ReportKind::Assignment | ReportKind::TeamAssignment => "SURAT TUGAS".clone_into(&mut document.title),
        _ => {}
    }
    if kind.is_team_letter() {
        document.letterhead = material.letter.letterhead(TEAM);
    }
    document
}

/// Names of what is attached; a dash where nothing is.
fn attachments(parts: &[Part]) -> String {
    let attached = parts.iter().filter(|part| part.opening == PartOpening::NewPage);
    let names: Vec<&str> = attached.map(|part| part.title.as_str()).collect();
    if names.is_empty() { "–".to_owned() } else { names.join("; ") }
}

/// A letter whose words are older than its figures says so at its end: nobody signs that unseen.
fn with_remark(narrative: &Narrative, mut parts: Vec<Part>) -> Vec<Part> {
    if let (Some(older), Some(last)) = (narrative.older(), parts.iter_mut().rev().find(|part| !part.has_heading())) {
        last.blocks.insert(0, Block::Note(older));
    }
    parts
}

/// The parts with *Tembusan* at the end of each letter, where anybody gets a copy.
fn with_copies(letter: &Letter, mut parts: Vec<Part>) -> Vec<Part> {
    let copies = &letter.head_lines.copies;
    if copies.is_empty() {
        return parts;
    }
    let numbered = copies.iter().enumerate().map(|(place, copy)| format!("{}. {copy}", place + 1));
    let lines: Vec<String> = std::iter::once(COPIES_HEADING.to_owned()).chain(numbered).collect();
    for part in parts.iter_mut().filter(|part| part.opening == PartOpening::Letterhead) {
        part.blocks.push(Block::Address(lines.clone()));
    }
    parts
}

/// Fields of a letter as its text says them, one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LetterFields(Vec<(String, String)>);

impl LetterFields {
    fn from_narrative(narrative: &Narrative) -> Self {
        let field = |line: String| match line.split_once(':') {
            Some((name, value)) => (name.trim().to_owned(), value.trim().to_owned()),
            None => (String::new(), line),
        };
        Self(narrative.sentences(SectionKey::Details).into_iter().map(field).collect())
    }

    /// Takes a field out; `None` where the text has none or leaves it blank.
    fn take(&mut self, name: &str) -> Option<String> {
        let place = self.0.iter().position(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(self.0.remove(place).1).filter(|value| !value.is_empty())
    }

    /// All that are left, to be printed as they stand.
    fn block(self) -> Block {
        Block::Facts(self.0)
    }
}

/// Lines to whom a letter goes: the field of its text, else the usual one.
fn addressee(fields: &mut LetterFields, usual: &str) -> Block {
    let to = fields.take(ADDRESSEE).unwrap_or_else(|| usual.to_owned());
    Block::Address(vec!["Yth.".to_owned(), to, "di tempat".to_owned()])
}

/// The head of the district office, as the letterhead names it.
fn head_of_office(letter: &Letter) -> String {
    let office = letter.health_office().unwrap_or_else(|| format!("Dinas Kesehatan Kabupaten/Kota {DOTTED_SHORT}"));
    format!("Kepala {office}")
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

/// The head of the Puskesmas at the end of a letter.
fn head_signature(material: &PaperMaterial<'_>) -> Block {
    Block::Signatures(material.letter.head_signature(material.context.puskesmas_name()))
}

/// The same below an order, which has its date there.
fn dated(material: &PaperMaterial<'_>, signatures: Signatures) -> Block {
    Block::Signatures(Signatures { place_and_date: material.letter.written_at(), ..signatures })
}

/// A word, or a line to write it on.
fn or_dotted(words: Option<&str>) -> PaperCell {
    let words = words.filter(|words| !words.is_empty());
    words.map_or_else(|| PaperCell::Missing(DOTTED_SHORT.to_owned()), PaperCell::words)
}

/// A table without a title, in the text of a letter.
fn plain_table(columns: Vec<PaperColumn>, rows: Vec<Vec<PaperCell>>, empty: &str) -> PaperTable {
    PaperTable {
        title: String::new(),
        note: String::new(),
        columns,
        rows,
        totals: Vec::new(),
        empty: empty.to_owned(),
        row_height: RowHeight::Text,
    }
}

/// `.......... Mei 2023`: a day to be written in.
fn open_day(month: Month) -> PaperCell {
    PaperCell::Missing(format!(".......... {}", format::month(month)))
}

/// The facilities that are active by the end of the period, with the person in charge of each.
fn facility_list(material: &PaperMaterial<'_>, is_wanted: impl Fn(u32) -> bool) -> PaperTable {
    let context = material.context;
    let last = context.subject.period.last_month();
    let found = context.facilities().map(|result| result.facility);
    let found = found.filter(|facility| context.facility(*facility).is_active_in(last) && is_wanted(*facility));
    let rows = found.map(|facility| {
        let facility = context.facility(facility);
        let group = facility.group.map_or("", |group| group.label());
        vec![
            PaperCell::words(&facility.name),
            PaperCell::words(&facility.kind),
            PaperCell::words(group),
            or_dotted(facility.person_in_charge.as_deref()),
        ]
    });
    let columns = vec![
        PaperColumn::text("Nama Jaringan/Jejaring", 34.0),
        PaperColumn::text("Jenis", 18.0),
        PaperColumn::text("Kelompok", 14.0),
        PaperColumn::text("Penanggung Jawab", 28.0),
    ];
    plain_table(columns, rows.collect(), "Belum ada jaringan atau jejaring yang terdaftar.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_taken_once_and_a_blank_one_is_none() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut fields = LetterFields(vec![field("Sifat", "Biasa"), field("Waktu", ""), field("", "Tanpa nama")]);
        assert_eq!(fields.take("sifat").as_deref(), Some("Biasa"));
        assert_eq!(fields.take("Sifat"), None);
        assert_eq!(fields.block(), Block::Facts(vec![field("Waktu", ""), field("", "Tanpa nama")]));
    }

    #[test]
    fn what_is_attached_is_named_and_nothing_is_a_dash() {
        let parts = vec![Part::letter("Surat", Vec::new()), Part::attachment("Daftar undangan", Vec::new())];
        assert_eq!(attachments(&parts), "Daftar undangan");
        assert_eq!(attachments(&parts[..1]), "–");
    }
}
