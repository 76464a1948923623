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
use world::PaperWorld;

/// The layout of every paper.
const TEMPLATE: &str = include_str!("paper.typ");
/// Papers after which typst forgets what it remembered of one: the template stays, the data goes.
const REMEMBERED_PAPERS: usize = 2;

/// Sets the paper. Tagged for screen readers after PDF/UA-1; where a text holds characters that no embedded font
/// has, which that standard forbids, tagged without its seal.
pub(super) fn render(document: &Document, drawings: &Drawings) -> Result<Vec<u8>, ReportError> {
    let (json, charts) = data::data(document, drawings);
    let mut files = BTreeMap::from([("/data.json".to_owned(), Bytes::from_string(json))]);
    files.extend(charts.into_iter().map(|(name, svg)| (name, Bytes::from_string(svg))));
    files.extend(document.letterhead.logo.clone().map(|logo| (data::LOGO.to_owned(), Bytes::new(logo))));
    let world = PaperWorld::new(TEMPLATE, files)?;
    // Before the paper and not after it: whoever makes a single one need not tidy up.
    comemo::evict(REMEMBERED_PAPERS);
    set(&world)
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
