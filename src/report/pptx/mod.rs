//! The slides of a lokmin as PPTX, with native charts and tables that are edited in the office program. PresentationML is
//! written here and packed as the DOCX is: no library in the registry writes charts with their workbook and notes.
//! Computes no figure: it shows what [`crate::dashboard::meeting`] made.

mod chart;
mod fit;
mod fixed;
mod shapes;
mod slide;

use super::ReportError;
use super::core_properties::CoreProperties;
use super::document::{Letterhead, Stamp, png_aspect};
use super::mark::PaperMark;
use super::pack::pack;
use super::words::stamp_words;
use crate::dashboard::meeting::{SlideBody, SlideShow};
use chart::SlideChart;
use slide::Surroundings;

/// Material that a file of slides is made from.
#[derive(Clone, Debug)]
pub struct SlidesMaterial<'a> {
    /// The slides.
    pub show: &'a SlideShow,
    /// Letterhead of the first slide.
    pub letterhead: Letterhead,
    /// Source line of the figures.
    pub source: String,
    /// Snapshot and day that they show.
    pub stamp: Stamp,
    /// Code by which the file proves itself, on the first slide.
    pub mark: Option<PaperMark>,
}

/// PptxParts of the package, and what the fixed parts must know of them.
#[derive(Debug, Default)]
struct PptxParts {
    files: Vec<(String, Vec<u8>)>,
    slides: usize,
    charts: usize,
}

/// Packs slides as PPTX; the same slides give the same bytes.
pub fn slides(material: &SlidesMaterial<'_>) -> Result<Vec<u8>, ReportError> {
    let logo = material.letterhead.logo.as_deref().map(png_aspect);
    let mut parts = PptxParts::default();
    for (place, shown) in material.show.slides.iter().enumerate() {
        let number = place + 1;
        let is_first = place == 0;
        let chart = match &shown.body {
            SlideBody::Bars(bars) => Some(SlideChart::from_bars(bars, &shown.title, material.stamp.as_of)?),
            _ => None,
        };
        let around = Surroundings {
            letterhead: is_first.then_some(&material.letterhead),
            logo_aspect: logo.filter(|_| is_first),
            mark: material.mark.as_ref().filter(|_| is_first),
            footer: &stamp_words(&material.stamp),
            chart: chart.as_ref().map_or("", |chart| &chart.description),
        };
        let notes: Vec<String> = shown.notes.iter().cloned().chain([material.source.clone()]).collect();
        parts.add(&format!("ppt/slides/slide{number}.xml"), slide::xml(shown, &around));
        parts.add(&format!("ppt/notesSlides/notesSlide{number}.xml"), slide::notes_xml(&notes));
        parts.add(&format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"), fixed::notes_relations(number));
        let with_chart = chart.is_some().then_some(parts.charts + 1);
        let links = fixed::SlideLinks {
            number,
            chart: with_chart,
            has_logo: around.logo_aspect.is_some(),
            has_code: around.mark.is_some(),
        };
        parts.add(&format!("ppt/slides/_rels/slide{number}.xml.rels"), fixed::slide_relations(&links));
        if let Some(chart) = chart {
            parts.add_chart(chart);
        }
        parts.slides = number;
    }
    parts.files.extend(material.letterhead.logo.iter().map(|bytes| (fixed::LOGO.to_owned(), bytes.clone())));
    if let Some(mark) = &material.mark {
        let png = mark.picture()?.png().map_err(|error| ReportError::Write(std::io::Error::other(error)))?;
        parts.files.push((fixed::CODE.to_owned(), png));
    }
    let mut files = fixed::package(&fixed::PackageFacts {
        slides: parts.slides,
        charts: parts.charts,
        properties: CoreProperties {
            title: &material.show.title,
            subtitle: &material.show.subtitle,
            author: &material.letterhead.name,
            as_of: material.stamp.as_of,
        },
    });
    files.append(&mut parts.files);
    pack(&files)
}

impl PptxParts {
    fn add(&mut self, path: &str, xml: String) {
        self.files.push((path.to_owned(), xml.into_bytes()));
    }

    fn add_chart(&mut self, chart: SlideChart) {
        self.charts += 1;
        let number = self.charts;
        self.add(&format!("ppt/charts/chart{number}.xml"), chart.xml);
        self.add(&format!("ppt/charts/_rels/chart{number}.xml.rels"), fixed::chart_relations(number));
        self.files.push((fixed::workbook_path(number), chart.workbook));
    }
}
