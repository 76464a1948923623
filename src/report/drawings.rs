//! The charts of a paper, drawn once for all its formats: as drawings, and as pictures for the formats and programs that
//! hold no drawings, made side by side the first time that one is asked for.

use std::sync::OnceLock;

use crate::charts::{self, Chart, ChartError, GreyPictures, Medium};

use super::document::{Block, Document, Part};
use super::on_paper::paper_charts;
use super::side_by_side::{cores, side_by_side};

/// Pixels of a picture for each unit of the drawing, of which a page is 720 wide: 160 an inch.
pub(super) const PICTURE_SCALE: f32 = 1.5;

/// A chart, or a piece of a long one.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Chart or piece of a chart that it shows.
    chart: Chart,
    /// Drawing as SVG, in patterns for paper.
    pub(super) svg: String,
}

impl Drawing {
    /// Returns a description for those who cannot see it.
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
    all: Vec<Drawing>,
    /// Numbers of pieces of each chart, by part.
    pieces: Vec<Vec<usize>>,
    /// Number of threads that make pictures side by side.
    threads: usize,
    pngs: OnceLock<Result<Vec<Vec<u8>>, ChartError>>,
}

impl Drawings {
    /// Draws them; their pictures will be made by so many threads.
    pub(super) fn from_document(document: &Document, threads: usize) -> Result<Self, ChartError> {
        let charts: Vec<Vec<Vec<Chart>>> = document.parts.iter().map(in_pieces).collect();
        let pieces = charts.iter().map(|part| part.iter().map(Vec::len).collect()).collect();
        let charts: Vec<Chart> = charts.into_iter().flatten().flatten().collect();
        let svgs = side_by_side(&charts, cores(), || (), |(), chart| charts::svg(chart, Medium::Print));
        let drawings = charts.into_iter().zip(svgs).map(|(chart, svg)| Ok(Drawing { chart, svg: svg? }));
        Ok(Self { all: drawings.collect::<Result<_, _>>()?, pieces, threads, pngs: OnceLock::new() })
    }

    /// The drawings of each part, in the order of the document's parts: for each chart its pieces.
    pub(super) fn by_part(&self) -> Vec<Vec<&[Drawing]>> {
        self.grouped(&self.all)
    }

    /// The same with their pictures.
    pub(super) fn pictures_by_part(&self) -> Result<Vec<Vec<Vec<Picture<'_>>>>, ChartError> {
        let make = || {
            let pictures = side_by_side(&self.all, self.threads, GreyPictures::default, |pictures, one| {
                pictures.png(&one.svg, PICTURE_SCALE)
            });
            pictures.into_iter().collect()
        };
        let pngs = self.pngs.get_or_init(make).as_ref().map_err(Clone::clone)?;
        let pictures: Vec<Picture<'_>> =
            self.all.iter().zip(pngs).map(|(drawing, png)| Picture { drawing, png }).collect();
        let by_part = self.grouped(&pictures).into_iter();
        Ok(by_part.map(|charts| charts.into_iter().map(<[_]>::to_vec).collect()).collect())
    }

    /// Groups one value for each drawing by part and chart: each group is a chart's pieces.
    fn grouped<'a, T>(&self, mut rest: &'a [T]) -> Vec<Vec<&'a [T]>> {
        let mut take = |pieces: &usize| {
            let (these, others) = rest.split_at(*pieces);
            rest = others;
            these
        };
        self.pieces.iter().map(|charts| charts.iter().map(&mut take).collect()).collect()
    }
}

/// The charts of a part, in the pieces in which paper holds them.
fn in_pieces(part: &Part) -> Vec<Vec<Chart>> {
    let charts = part.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(paper_charts(chart)),
        _ => None,
    });
    charts.collect()
}

/// Height to width, from an SVG's first tag.
fn aspect(svg: &str) -> Option<f64> {
    let tag = svg.split('>').next()?;
    let number = |name: &str| -> Option<f64> {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    let width = number("width")?;
    let height = number("height")?;
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
