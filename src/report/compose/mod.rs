//! Content of each paper, part by part; one file a paper. Everything comes from the page model's context.

mod accreditation;
mod activity;
mod cluster;
mod district_steps;
mod district_year;
mod evaluation;
mod figures;
mod letters;
mod lokmin;
mod minutes;
mod network;
mod pkp;
mod plan_review;
mod register;
mod schedule;
mod tpcb;
pub(super) mod visit_sheet;
mod written;

use super::document::{
    Align, Block, Document, DocumentForm, Orientation, PaperColumn, Part, PartFormats, PartOpening, Signatures, Stamp,
};
use super::{ClusterMaterial, Packed, PaperMaterial, ReportError, ReportKind, SectionKey};
use crate::domain::form::TableForm;
use crate::domain::records::Field;
use crate::domain::{Table, format};

pub(super) use cluster::{document as cluster, draft as draft_cluster};

/// Widest and longest table that an upright page takes, in shares of its columns and in rows.
const UPRIGHT_SHARE_MAX: f64 = 115.0;
const UPRIGHT_ROWS_MAX: usize = 40;

/// A column with the label that the description of a table gives a field, and its share of the width.
fn described(table: Table, field: Field, share: f64) -> PaperColumn {
    let known = TableForm::from_table(table).fields.iter().find(|known| known.field == field);
    PaperColumn::text(known.map_or_else(|| field.label(), |known| known.label), share)
}

/// The same of a column of marks.
fn described_mark(table: Table, field: Field, share: f64) -> PaperColumn {
    PaperColumn { align: Align::Center, ..described(table, field, share) }
}

/// The index of a bundle for accreditation that holds these files.
pub(super) fn index(material: &PaperMaterial<'_>, packed: &[Packed]) -> Document {
    document_of(ReportKind::Accreditation, material, accreditation::parts(material, packed))
}

/// The paper of one kind.
pub(super) fn document(kind: ReportKind, material: &PaperMaterial<'_>) -> Result<Document, ReportError> {
    let parts = match kind {
        ReportKind::Evaluation => evaluation::parts(material)?,
        ReportKind::Activity => activity::parts(material)?,
        ReportKind::Register => register::parts(material)?,
        ReportKind::Schedule => schedule::parts(material)?,
        ReportKind::Lokmin => lokmin::parts(material)?,
        ReportKind::Minutes => minutes::parts(material)?,
        ReportKind::Tpcb => tpcb::parts(material)?,
        ReportKind::Accreditation => accreditation::parts(material, &[]),
        ReportKind::Pkp => pkp::parts(material)?,
        ReportKind::Network => network::parts(material)?,
        ReportKind::PlanReview => plan_review::parts(material),
        ReportKind::Invitation
        | ReportKind::Assignment
        | ReportKind::TeamAssignment
        | ReportKind::FacilityFeedback
        | ReportKind::DistrictFeedback
        | ReportKind::Covering
        | ReportKind::ResourcePerson
        | ReportKind::IndicatorDecree => return Ok(letters::document(kind, material)),
        ReportKind::Cluster => {
            let contexts = std::slice::from_ref(material.context);
            let PaperMaterial { letter, snapshot, narrative, .. } = *material;
            let material = ClusterMaterial { contexts, letter, snapshot, narrative, absent: &[], cluster: None };
            return crate::report::cluster(&material);
        }
    };
    Ok(document_of(kind, material, parts))
}

fn document_of(kind: ReportKind, material: &PaperMaterial<'_>, parts: Vec<Part>) -> Document {
    let context = material.context;
    let name = context.puskesmas_name();
    let parts = material.letter.with_copies(arranged(parts));
    Document {
        title: kind.title().to_owned(),
        subtitle: format!("{name} · {}", format::period_with_months(context.subject.period)),
        letterhead: material.letter.letterhead(name),
        lines: material.letter.lines(),
        written: material.narrative.written_text(),
        stamp: Stamp {
            id: material.snapshot.to_owned(),
            as_of: context.subject.as_of,
            completeness: context.reported(),
            revision: 0,
        },
        mark: None,
        form: DocumentForm::Report,
        parts,
    }
}

/// The same parts with as few turned pages as may be: each turn leaves the rest of its page empty. A part of words,
/// lines to write on and signatures lies as the part before it; short lying tables beside an upright part stand upright
/// where they fit.
fn arranged(mut parts: Vec<Part>) -> Vec<Part> {
    for place in 1..parts.len() {
        if parts[place].opening != PartOpening::Heading {
            continue;
        }
        if parts[place].is_words() {
            parts[place].orientation = parts[place - 1].orientation;
        } else if parts[place - 1].orientation == Orientation::Portrait && fits_upright(&parts[place]) {
            parts[place].orientation = Orientation::Portrait;
        }
    }
    for place in (0..parts.len().saturating_sub(1)).rev() {
        if parts[place + 1].orientation == Orientation::Portrait && fits_upright(&parts[place]) {
            parts[place].orientation = Orientation::Portrait;
        }
    }
    parts
}

/// Reports whether its tables can be read on an upright page, and there are few rows of them.
fn fits_upright(part: &Part) -> bool {
    part.reach == PartFormats::Everywhere
        && part.blocks.iter().all(|block| match block {
            Block::Table(table) => {
                let share: f64 = table.columns.iter().map(|column| column.share).sum();
                share <= UPRIGHT_SHARE_MAX && table.rows.len() <= UPRIGHT_ROWS_MAX
            }
            _ => true,
        })
}

/// The parts, the last of those that are printed signed at its end: a part of signatures alone would be a page of its own.
fn with_signatures(mut parts: Vec<Part>, signatures: Signatures) -> Vec<Part> {
    if let Some(last) = parts.iter_mut().rev().find(|part| part.reach == PartFormats::Everywhere) {
        last.blocks.push(Block::Signatures(signatures));
    }
    parts
}

/// The block of head and coordinator.
fn signatures(material: &PaperMaterial<'_>) -> Signatures {
    let context = material.context;
    material.letter.signatures(context.puskesmas_name(), context.subject.as_of)
}

/// Lines to write a conclusion on.
const CONCLUSION_LINES: u32 = 8;

/// Returns the conclusion that people wrote, or lines to write it on.
fn conclusion(material: &PaperMaterial<'_>) -> Vec<Block> {
    let written = material.narrative.sentences(SectionKey::Conclusion);
    if written.is_empty() {
        return vec![Block::Lines(CONCLUSION_LINES)];
    }
    written.into_iter().map(Block::Paragraph).collect()
}

/// Returns what was drafted or written about a paper, then its conclusion.
fn narrative_to_end(material: &PaperMaterial<'_>) -> Vec<Block> {
    let mut blocks = material.narrative.blocks();
    blocks.extend(conclusion(material));
    blocks
}

/// The part that signs what people concluded.
fn signed(title: &str, mut blocks: Vec<Block>, material: &PaperMaterial<'_>) -> Part {
    blocks.push(Block::Signatures(signatures(material)));
    Part::portrait(title, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{PaperCell, PaperColumn, PaperTable, RowHeight};

    fn table(share: f64, rows: usize) -> Vec<Block> {
        vec![Block::Table(PaperTable {
            title: String::new(),
            note: String::new(),
            columns: vec![PaperColumn::text("Nama", share)],
            rows: vec![vec![PaperCell::Blank]; rows],
            totals: Vec::new(),
            empty: String::new(),
            row_height: RowHeight::Text,
        })]
    }

    fn lying(parts: Vec<Part>) -> String {
        let letter = |part: Part| if part.orientation == Orientation::Landscape { 'L' } else { 'P' };
        arranged(parts).into_iter().map(letter).collect()
    }

    #[test]
    fn paper_is_turned_only_for_what_does_not_fit_upright() {
        let upright = || Part::portrait("A", table(60.0, 3));
        let wide = || Part::landscape("B", table(140.0, 3));
        let short = || Part::landscape("C", table(100.0, 3));
        let long = || Part::landscape("D", table(100.0, 200));
        assert_eq!(lying(vec![upright(), short(), upright()]), "PPP");
        assert_eq!(lying(vec![upright(), short(), wide(), short(), short(), upright()]), "PPLPPP");
        assert_eq!(lying(vec![upright(), long(), upright()]), "PLP");
        // No turn is saved: it stays as it was meant.
        assert_eq!(lying(vec![wide(), short(), wide()]), "LLL");
        assert_eq!(lying(vec![short(), wide()]), "LL");
        let detail = Part::workbook_only("E", table(10.0, 1));
        assert_eq!(lying(vec![upright(), detail]), "PL");
        let signing = Block::Signatures(Signatures { place_and_date: String::new(), signers: Vec::new() });
        let conclusion = vec![Block::Lines(8), signing];
        assert_eq!(lying(vec![upright(), wide(), Part::portrait("Kesimpulan", conclusion), upright()]), "PLPP");
    }
}
