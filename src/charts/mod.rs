//! Charts: a description in plain data → SVG drawn through plotters, PNG rasterised from that very SVG,
//! and a table that says the same.
//!
//! The only module that names plotters, resvg, png and qrcode. It judges nothing and reads nothing: what a chart says
//! stands in its [`Chart`]. The same description gives the same bytes.

mod addressed;
mod answer;
mod bars;
mod canvas;
pub mod description;
mod dumbbell;
mod frame;
mod heatmap;
mod lines;
mod logo;
mod map;
mod map_frame;
mod map_labels;
mod pareto;
mod pws;
mod qr;
mod radar;
mod raster;
mod sheet;
mod slot_bars;
mod small_multiples;
mod style;
mod table;
mod text;
pub mod tokens;
mod trend;

pub use answer::{MarkAnswer, MarkTarget, MarkedFigure};
pub use description::{
    Bar, Bars, Chart, ChartKind, ChartTable, Dumbbell, DumbbellRow, Emphasis, FacilityMap, HeatCell, HeatMap, HeatRow,
    MapPoint, Pareto, ParetoRow, Pws, PwsColumn, PwsTargets, PwsTrend, Radar, RadarAxis, RadarWords, Series, SlotBar,
    SlotBars, SmallMultiples, SmallPanel, TargetLine, TrendChart, VisitMark,
};
pub use logo::{LOGO_BYTES_MAX, LogoError, logo};
pub use qr::{QrPicture, TooLongForQr};
pub use raster::GreyPictures;

/// Facilities (or lines) of one chart.
pub const ROWS_MAX: usize = 300;
/// Months of a heat map.
pub const MONTHS_MAX: usize = 24;
/// Periods of a trend.
pub const PERIODS_MAX: usize = 60;
/// Axes of a radar.
pub const AXES_MAX: usize = 16;

/// Where a chart is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// A page on a laptop: text from 12 px.
    Screen,
    /// Half a page or a telephone: as [`Medium::Screen`], but drawn narrower, so that type is not scaled down.
    Narrow,
    /// The wall of a meeting room: text from 20 px, strokes from 3 px.
    Projector,
    /// Paper from a black-and-white printer: patterns instead of colours.
    Print,
}

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 4] = [Self::Screen, Self::Narrow, Self::Projector, Self::Print];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Screen => "layar",
            Self::Narrow => "sempit",
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
#[derive(Clone, Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("grafik tidak dapat digambar: {0}")]
    Drawing(String),
    /// More than a chart can show.
    #[error("grafik tidak dapat memuat {count} {what}; paling banyak {limit}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// Number of columns, rows or points that there are.
        count: usize,
        /// Number that fits.
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
    limited(&chart.kind)?;
    let style = style::Style::from_medium(medium);
    let prefix = frame::prefix(chart, style);
    let body: Box<dyn frame::ChartBody> = match &chart.kind {
        ChartKind::Bars(bars) => Box::new(bars::BarsBody::new(bars, style)),
        ChartKind::HeatMap(map) => Box::new(heatmap::HeatMapBody::new(map, style)),
        ChartKind::Trend(trend) => Box::new(trend::TrendBody::new(trend, style)),
        ChartKind::Radar(radar) => Box::new(radar::RadarBody::new(radar, style)),
        ChartKind::Pws(pws) => Box::new(pws::PwsBody::new(pws, style)),
        ChartKind::Dumbbell(pairs) => Box::new(dumbbell::DumbbellBody::new(pairs, style)),
        ChartKind::Pareto(causes) => Box::new(pareto::ParetoBody::new(causes, style)),
        ChartKind::Map(places) => Box::new(map::MapBody::new(places, style)),
        ChartKind::SlotBars(slots) => Box::new(slot_bars::SlotBarsBody::new(slots, style)),
        ChartKind::SmallMultiples(panels) => Box::new(small_multiples::SmallMultiplesBody::new(panels, style)),
    };
    frame::draw(chart, style, body.as_ref(), prefix)
}

/// Refuses what no picture can show; the table shows it all.
fn limited(kind: &ChartKind) -> Result<(), ChartError> {
    let (what, count, limit) = match kind {
        ChartKind::Bars(bars) => ("faskes", bars.bars.len(), ROWS_MAX),
        ChartKind::HeatMap(map) if map.months.len() > MONTHS_MAX => ("bulan", map.months.len(), MONTHS_MAX),
        ChartKind::HeatMap(map) => ("faskes", map.rows.len(), ROWS_MAX),
        ChartKind::Trend(trend) if trend.periods.len() > PERIODS_MAX => ("periode", trend.periods.len(), PERIODS_MAX),
        ChartKind::Trend(trend) => ("garis", trend.series.len(), ROWS_MAX),
        ChartKind::Pws(pws) => ("faskes", pws.columns.len(), ROWS_MAX),
        ChartKind::Radar(radar) => ("indikator", radar.axes.len(), AXES_MAX),
        ChartKind::Dumbbell(pairs) => ("faskes", pairs.rows.len(), ROWS_MAX),
        ChartKind::Pareto(causes) => ("penyebab", causes.rows.len(), ROWS_MAX),
        ChartKind::Map(places) => ("faskes", places.points.len(), ROWS_MAX),
        ChartKind::SlotBars(slots) => ("batang", slots.rows.len(), ROWS_MAX),
        ChartKind::SmallMultiples(panels) => ("grafik kecil", panels.panels.len(), ROWS_MAX),
    };
    if count > limit { Err(ChartError::TooMuch { what, count, limit }) } else { Ok(()) }
}

/// Rasterises an SVG made by [`svg`]; `scale` 1.0 is one pixel for each of its units. ([`GreyPictures`]: in greys, for
/// paper; smaller, and much sooner done.)
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    raster::png(svg, scale)
}

/// The wanted scale for [`fn@png`], or the largest at which a long drawing is still a picture that can be opened.
pub fn fitting_scale(svg: &str, wanted: f32) -> f32 {
    raster::fitting_scale(svg, wanted)
}

/// Width of a line of regular text in the papers' font, in the unit of `size`; a little more than it needs.
pub fn text_width(text: &str, size: f64) -> f64 {
    text::width(text, size, text::Weight::Regular)
}

/// The table alternative: every number of the chart, formatted as the page formats it.
pub fn table(chart: &Chart) -> ChartTable {
    table::table(chart)
}

#[cfg(test)]
mod tests;
