//! The charts of a paper, drawn once for all its formats: as drawings, and as pictures for the formats and programs that
//! hold no drawings, made side by side over the cores the first time that one is asked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::charts::{self, Chart, ChartError, Medium};

use super::document::{Block, Document, Part};
use super::on_paper::paper_charts;

/// Pixels of a picture for each unit of the drawing, of which a page is 720 wide: 160 an inch.
pub(super) const PICTURE_SCALE: f32 = 1.5;

/// A chart, or a piece of a long one.
#[derive(Debug)]
pub(super) struct Drawing {
    /// What it shows.
    chart: Chart,
    /// As SVG, in patterns for paper.
    pub(super) svg: String,
}

impl Drawing {
    /// What it shows, for those who cannot see it.
    pub(super) fn alt(&self) -> String {
        format!("{}. {}", self.chart.title, self.chart.description)
    }

    /// Height to width, from the first tag.
    pub(super) fn aspect(&self) -> f64 {
        aspect(&self.svg).unwrap_or(0.6)
    }
}

/// A drawing with its picture: PNG, in greys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture<'d> {
    pub(super) drawing: &'d Drawing,
    pub(super) png: &'d [u8],
}

/// All charts of a paper, in the order of its blocks.
#[derive(Debug)]
pub(super) struct Drawings {
    /// The pieces of each chart, by part.
    parts: Vec<Vec<Vec<Drawing>>>,
    pngs: OnceLock<Result<Vec<Vec<u8>>, ChartError>>,
}

impl Drawings {
    /// Draws them.
    pub(super) fn of(document: &Document) -> Result<Self, ChartError> {
        let parts = document.parts.iter().map(drawn).collect::<Result<_, _>>()?;
        Ok(Self { parts, pngs: OnceLock::new() })
    }

    /// The drawings of each part, in the order of the document's parts: for each chart its pieces.
    pub(super) fn by_part(&self) -> impl Iterator<Item = &[Vec<Drawing>]> {
        self.parts.iter().map(Vec::as_slice)
    }

    /// The same with their pictures.
    pub(super) fn pictures_by_part(&self) -> Result<Vec<Vec<Vec<Picture<'_>>>>, ChartError> {
        let drawings: Vec<&Drawing> = self.parts.iter().flatten().flatten().collect();
        let pngs = self.pngs.get_or_init(|| side_by_side(&drawings)).as_ref().map_err(Clone::clone)?;
        let mut pictures = drawings.into_iter().zip(pngs).map(|(drawing, png)| Picture { drawing, png });
        let mut take = |pieces: &Vec<Drawing>| pictures.by_ref().take(pieces.len()).collect();
        Ok(self.parts.iter().map(|charts| charts.iter().map(&mut take).collect()).collect())
    }
}

fn drawn(part: &Part) -> Result<Vec<Vec<Drawing>>, ChartError> {
    let charts = part.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(paper_charts(chart)),
        _ => None,
    });
    let draw = |chart: Chart| Ok(Drawing { svg: charts::svg(&chart, Medium::Print)?, chart });
    charts.map(|pieces| pieces.into_iter().map(draw).collect()).collect()
}

/// Each thread takes the next drawing that nobody has; their pictures, in the order of the drawings.
fn side_by_side(drawings: &[&Drawing]) -> Result<Vec<Vec<u8>>, ChartError> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(drawings.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(drawing) = drawings.get(place) else { return made };
            made.push((place, charts::grey_png(&drawing.svg, PICTURE_SCALE)));
        }
    };
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                // As if it had been made here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, png)| png).collect()
}

/// Height to width, from an SVG's first tag.
fn aspect(svg: &str) -> Option<f64> {
    let tag = svg.split('>').next()?;
    let number = |name: &str| -> Option<f64> {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    let (width, height) = (number("width")?, number("height")?);
    (width > 0.0).then(|| height / width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aspect_is_read_from_the_first_tag() {
        assert_eq!(aspect("<svg xmlns=\"x\" width=\"200\" height=\"100\"><rect width=\"9\"/></svg>"), Some(0.5));
        assert_eq!(aspect("<svg><rect width=\"9\" height=\"9\"/></svg>"), None);
    }
}
