//! The frame of every chart: title, subtitle, footer. Knows no kind of chart.

use super::sheet::{DrawingSheet, LabelStyle};
use super::style::Style;
use super::text::{self, Weight};
use super::{Chart, ChartError};

const TITLE_LINES_MAX: usize = 3;
const SUBTITLE_LINES_MAX: usize = 3;
const SOURCE_LINES_MAX: usize = 4;

/// One kind of chart, laid out for a medium.
pub(super) trait ChartBody {
    /// Height of what `draw` draws, in pixels.
    fn height(&self) -> f64;
    /// Draws below `top`.
    fn draw(&self, sheet: &DrawingSheet, top: f64);
}

/// Draws the frame and the body in it.
pub(super) fn draw(chart: &Chart, style: Style, body: &dyn ChartBody, prefix: String) -> Result<String, ChartError> {
    let room = style.width - 2.0 * style.margin;
    let lines = |content: &str, size: f64, weight: Weight, max: usize| {
        text::wrap(&text::clean(content), size, weight, room, max)
    };
    let title = lines(&chart.title, style.title, Weight::Bold, TITLE_LINES_MAX);
    let subtitle = lines(&chart.subtitle, style.subtitle, Weight::Regular, SUBTITLE_LINES_MAX);
    let source = lines(&chart.source, style.small, Weight::Regular, SOURCE_LINES_MAX);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let block = |lines: &[String], size: f64| lines.len() as f64 * Style::line(size);
    let gap = style.text * 0.7;
    let head = style.margin + block(&title, style.title) + block(&subtitle, style.subtitle) + gap;
    let foot = gap + block(&source, style.small) + style.margin * 0.75;
    let sheet = DrawingSheet::new(style, (head + body.height() + foot).ceil(), prefix);

    let mut y = style.margin;
    let mut write = |lines: &[String], kind: LabelStyle| {
        for line in lines {
            sheet.text(style.margin, y + kind.size, line, kind);
            y += Style::line(kind.size);
        }
    };
    write(&title, LabelStyle::new(style.title).bold());
    write(&subtitle, LabelStyle::new(style.subtitle).muted());
    body.draw(&sheet, head);
    let mut y = sheet.height() - style.margin * 0.75 - block(&source, style.small);
    for line in &source {
        sheet.text(style.margin, y + style.small, line, LabelStyle::new(style.small).muted());
        y += Style::line(style.small);
    }
    sheet.finish(&text::clean(&chart.title), &text::clean(&chart.description))
}

/// A short name for ids: charts on one page must not share them (FNV-1a over what the chart says).
pub(super) fn prefix(chart: &Chart, style: Style) -> String {
    let said = format!("{:?}{:?}", chart.without_answers(), style.medium);
    let hash = said
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("c{:08x}", hash >> 32)
}
