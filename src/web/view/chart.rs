//! A chart with everything around it, as templates show it. Knows no panel.

use crate::charts::{self, Chart, ChartError, ChartTable, Medium};
use crate::report::paper_charts;

/// A chart with everything around it.
#[derive(Debug)]
pub struct ChartView {
    /// True where it is drawn for half of a page.
    pub is_half: bool,
    /// Picture for the screen (or the room); blank where there is too much to draw.
    pub picture: String,
    /// The reason why there is no picture; blank where there is one.
    pub too_much: String,
    /// Pictures for paper: a long chart in pieces that can be read there.
    pub paper: Vec<String>,
    pub description: String,
    pub table: ChartTableView,
}

/// The table that says the same as a chart.
#[derive(Debug)]
pub enum ChartTableView {
    /// Below the chart.
    Here(ChartTable),
    /// At this address, until somebody opens it.
    Elsewhere(String),
}

impl ChartView {
    /// A chart for a medium with its table below it, and its pieces for paper; `addressed` is the same chart, its marks
    /// with their addresses.
    pub fn drawn(chart: &Chart, addressed: &Chart, medium: Medium) -> Result<Self, ChartError> {
        let mut too_much = String::new();
        let picture = match charts::svg(addressed, medium) {
            Err(ChartError::TooMuch { what, count, limit }) => {
                let fits = format!("Grafik ini memuat paling banyak {limit} {what}; di sini ada {count}.");
                too_much = format!("{fits} Semua angkanya ada di tabel di bawah ini.");
                String::new()
            }
            drawn => drawn?,
        };
        let pieces = if too_much.is_empty() { paper_charts(chart) } else { Vec::new() };
        Ok(Self {
            is_half: medium == Medium::Narrow,
            picture,
            too_much,
            paper: pieces.iter().map(|piece| charts::svg(piece, Medium::Print)).collect::<Result<_, _>>()?,
            description: chart.description.clone(),
            table: ChartTableView::Here(charts::table(chart)),
        })
    }
}
