//! The charts of a paper as pictures, for the formats that hold no drawings: drawn side by side over the cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::charts::{self, Chart, ChartError, Medium};

use super::document::{Block, Part};
use super::on_paper::paper_charts;

/// Pixels of a picture for each unit of the drawing.
pub(super) const PICTURE_SCALE: f32 = 2.0;

/// One picture: a chart, or a piece of a long one.
#[derive(Debug)]
pub(super) struct Picture {
    /// What it shows.
    pub(super) chart: Chart,
    /// As PNG, in greys.
    pub(super) png: Vec<u8>,
}

impl Picture {
    fn of(chart: Chart) -> Result<Self, ChartError> {
        let png = charts::grey_png(&charts::svg(&chart, Medium::Print)?, PICTURE_SCALE)?;
        Ok(Self { chart, png })
    }

    /// What it shows, for those who cannot see it.
    pub(super) fn alt(&self) -> String {
        format!("{}. {}", self.chart.title, self.chart.description)
    }
}

/// The pictures of these parts, in order: one list for each chart of theirs.
pub(super) fn pictures<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Result<Vec<Vec<Picture>>, ChartError> {
    let blocks = parts.into_iter().flat_map(|part| &part.blocks);
    let charts: Vec<Vec<Chart>> = blocks
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(paper_charts(chart)),
            _ => None,
        })
        .collect();
    let mut drawn = side_by_side(&charts.concat())?.into_iter();
    Ok(charts.iter().map(|pieces| drawn.by_ref().take(pieces.len()).collect()).collect())
}

/// Each thread takes the next chart that nobody has; what they drew, in the order of the charts.
fn side_by_side(charts: &[Chart]) -> Result<Vec<Picture>, ChartError> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(charts.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut drawn = Vec::new();
        while let Some((place, chart)) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            charts.get(place).map(|chart| (place, chart))
        } {
            drawn.push((place, Picture::of(chart.clone())));
        }
        drawn
    };
    let mut drawn = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut drawn = work();
        for other in others {
            match other.join() {
                Ok(more) => drawn.extend(more),
                // As if it had been drawn here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        drawn
    });
    drawn.sort_by_key(|(place, _)| *place);
    drawn.into_iter().map(|(_, picture)| picture).collect()
}
