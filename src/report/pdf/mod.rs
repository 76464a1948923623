//! A paper as PDF: set by typst from a template of ours, with the paper's words handed over as data and never as
//! markup. No file, font or address of the machine is reachable from inside.

mod data;
mod row_height;
mod world;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::ReportError;
use super::document::Document;
use super::drawings::Drawings;
pub(super) use data::ROW_KEPT_LETTERS;

/// Address of the link that the template draws over the head's signature: the free field takes its place.
pub(super) const SIGNATURE_LINK: &str = "simpul:tte";

use world::PaperWorld;

/// The layout of every paper.
const TEMPLATE: &str = include_str!("paper.typ");

/// Sets the paper. Tagged for screen readers after PDF/UA-1; where a text holds characters that no embedded font
/// has, which that standard forbids, tagged without its seal.
pub(super) fn render(document: &Document, drawings: &Drawings) -> Result<Vec<u8>, ReportError> {
    let (json, charts) = data::data(document, drawings);
    let mut files = BTreeMap::from([("/data.json".to_owned(), Bytes::from_string(json))]);
    files.extend(charts.into_iter().map(|(name, svg)| (name, Bytes::from_string(svg))));
    if let Some(mark) = &document.mark {
        files.insert(data::MARK.to_owned(), Bytes::from_string(mark.picture()?.svg()));
    }
    files.extend(document.letterhead.logo.clone().map(|logo| (data::LOGO.to_owned(), Bytes::new(logo))));
    let paper = set(&PaperWorld::new(TEMPLATE, files)?);
    // What typst remembers of a paper serves no other one, and would stay for good.
    comemo::evict(0);
    paper
}

fn set(world: &PaperWorld) -> Result<Vec<u8>, ReportError> {
    let compiled = typst::compile::<PagedDocument>(world);
    let paged = compiled.output.map_err(|faults| ReportError::Pdf(messages(&faults)))?;
    let accessible = PdfOptions { standards: accessible()?, ..PdfOptions::default() };
    if let Ok(bytes) = typst_pdf::pdf(&paged, &accessible) {
        return Ok(bytes);
    }
    typst_pdf::pdf(&paged, &PdfOptions::default()).map_err(|faults| ReportError::Pdf(messages(&faults)))
}

fn accessible() -> Result<PdfStandards, ReportError> {
    static STANDARDS: OnceLock<PdfStandards> = OnceLock::new();
    if let Some(known) = STANDARDS.get() {
        return Ok(known.clone());
    }
    let made =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|fault| ReportError::Pdf(fault.message().to_string()))?;
    Ok(STANDARDS.get_or_init(|| made).clone())
}

fn messages(faults: &[typst::diag::SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;
    use typst::layout::{FrameItem, Point};

    use super::*;
    use crate::report::document::{
        Block, DocumentForm, Letterhead, PaperCell, PaperColumn, PaperTable, Part, RowHeight, Stamp,
    };

    const WORDS: [&str; 14] = [
        "Dahulukan",
        "pembinaan,",
        "bahas",
        "di",
        "lokmin",
        "(kurang",
        "279",
        "sasaran",
        "dari",
        "target)",
        "Apotik",
        "AVTo",
        "Puskesmas",
        "1.234,5",
    ];

    fn document(rows: Vec<Vec<PaperCell>>, share: f64) -> Document {
        let columns = vec![
            PaperColumn::text("Saran", share),
            PaperColumn::text("Nama", 30.0),
            PaperColumn::number("Capaian", 12.0),
            PaperColumn::text("Lain", 60.0),
        ];
        let table = PaperTable {
            title: "Tabel".to_owned(),
            note: String::new(),
            columns,
            rows,
            totals: Vec::new(),
            empty: String::new(),
            row_height: RowHeight::Text,
        };
        Document {
            title: "Judul".to_owned(),
            subtitle: "Periode".to_owned(),
            letterhead: Letterhead::default(),
            lines: Vec::new(),
            written: String::new(),
            stamp: Stamp {
                id: "AB".to_owned(),
                as_of: "2023-08-31".parse().unwrap(),
                completeness: String::new(),
                revision: 0,
            },
            mark: None,
            form: DocumentForm::Report,
            parts: vec![Part::portrait("Bagian", vec![Block::Table(table)])],
        }
    }

    /// Takes every height out and gives their number: typst finds them out.
    fn forget_heights(json: &mut Value) -> usize {
        match json {
            Value::Object(fields) => {
                let mut forgotten = 0;
                for (name, value) in fields {
                    if name == "height" && value.as_f64() != Some(0.0) {
                        *value = Value::from(0);
                        forgotten += 1;
                    } else {
                        forgotten += forget_heights(value);
                    }
                }
                forgotten
            }
            Value::Array(values) => values.iter_mut().map(forget_heights).sum(),
            _ => 0,
        }
    }

    /// Where each piece of text stands: page, words, place in points.
    fn places(json: &str) -> Vec<(usize, String, [f64; 2])> {
        let files = BTreeMap::from([("/data.json".to_owned(), Bytes::from_string(json.to_owned()))]);
        let paged = typst::compile::<PagedDocument>(&PaperWorld::new(TEMPLATE, files).unwrap()).output.unwrap();
        let mut found = Vec::new();
        for (page, set) in paged.pages().iter().enumerate() {
            let mut open = vec![(Point::zero(), &set.frame)];
            while let Some((origin, frame)) = open.pop() {
                for (place, item) in frame.items() {
                    let at = origin + *place;
                    match item {
                        FrameItem::Group(group) => open.push((at, &group.frame)),
                        FrameItem::Text(text) => {
                            found.push((page, text.text.to_string(), [at.x.to_pt(), at.y.to_pt()]));
                        }
                        _ => {}
                    }
                }
            }
        }
        found
    }

    /// Of so many words at most, or a figure.
    fn cell(words_max: usize) -> impl Strategy<Value = PaperCell> {
        let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..=words_max);
        prop_oneof![
            4 => words.prop_map(|words| PaperCell::Text(words.join(" "))),
            1 => (0.0_f64..120.0).prop_map(|value| PaperCell::Figure(value, Some((value, 100.0)))),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]

        #[test]
        fn heights_told_beforehand_are_those_that_typst_finds(
            rows in prop::collection::vec((cell(14), cell(3), cell(2), cell(6)), 60),
            share in 20.0_f64..60.0,
        ) {
            let rows = rows.into_iter().map(|(suggestion, name, reached, other)| vec![suggestion, name, reached, other]);
            let document = document(rows.collect(), share);
            let (told, _) = data::data(&document, &Drawings::from_document(&document, 1).unwrap());
            let mut found: Value = serde_json::from_str(&told).unwrap();
            let known = forget_heights(&mut found);
            prop_assert!(known > 5, "{known} of 60 rows are known");
            let told = places(&told);
            let found = places(&found.to_string());
            prop_assert_eq!(told.len(), found.len());
            for ((page, text, at), (other_page, other_text, other_at)) in told.iter().zip(&found) {
                prop_assert_eq!((page, text), (other_page, other_text));
                let is_near = at.iter().zip(other_at).all(|(one, other)| (one - other).abs() < 1e-3);
                prop_assert!(is_near, "{text}: {at:?} {other_at:?}");
            }
        }
    }
}
