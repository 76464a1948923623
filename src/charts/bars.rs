//! Horizontal bars: one a facility, from high to low, against a target. Missing is hatched, never zero.

use crate::domain::{Status, format};

use super::description::{Bar, Bars, TargetLine};
use super::frame::ChartBody;
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, Shape, TextAnchor, TouchArea, axis_end};
use super::style::{Stroke, Style};
use super::text::{self, clean};
use super::tokens;

/// The words at a bar without a value.
pub(super) const NO_DATA_WORDS: &str = "belum ada data";
/// Length of the mark where a value is missing, in sizes of text.
const MISSING_MARK: f64 = 0.5;
/// Largest share of the width that names may take.
const NAMES_SHARE: f64 = 0.36;

pub(super) struct BarsBody<'c> {
    style: Style,
    bars: Vec<&'c Bar>,
    chart: &'c Bars,
    /// Where the bars begin and end.
    plot: (f64, f64),
    end: f64,
    legend: f64,
    row: f64,
}

/// The bars in the order in which they are drawn: from high to low, missing last, then by name.
pub(super) fn sorted(bars: &[Bar]) -> Vec<&Bar> {
    let mut sorted: Vec<&Bar> = bars.iter().collect();
    sorted.sort_by(|a, b| {
        let is_too_little = |bar: &Bar| bar.status == Status::TooLittle && bar.value.is_some();
        let by_value = match (number(a.value), number(b.value)) {
            (Some(one), Some(other)) => is_too_little(a).cmp(&is_too_little(b)).then(other.total_cmp(&one)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        by_value.then_with(|| a.name.cmp(&b.name))
    });
    sorted
}

/// A value that can be drawn.
pub(super) fn number(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// `85,7 %`, `85,7`, or the words for none.
pub(super) fn written(value: Option<f64>, unit: &str, missing: &str) -> String {
    match number(value) {
        None => missing.to_owned(),
        Some(value) if unit.is_empty() => format::percent(value),
        Some(value) => format!("{} {}", format::percent(value), clean(unit)),
    }
}

/// The shape of a status.
pub(super) fn status_shape(status: Status) -> Shape {
    match status {
        Status::Good => Shape::Disc,
        Status::Fair => Shape::TriangleUp,
        Status::Poor => Shape::Square,
        Status::TooLittle => Shape::Question,
        Status::NoData => Shape::Ring,
    }
}

impl<'c> BarsBody<'c> {
    pub(super) fn new(chart: &'c Bars, style: Style) -> Self {
        let bars = sorted(&chart.bars);
        let kind = LabelStyle::new(style.text);
        let names = bars.iter().map(|bar| kind.width(&clean(&bar.name))).fold(0.0, f64::max);
        let left = style.margin + names.min(style.width * NAMES_SHARE) + style.text * 0.6;
        // Words for a missing value stand beside a short box and need no room at the right.
        let known = bars.iter().filter(|bar| number(bar.value).is_some());
        let values = known.map(|bar| kind.bold().width(&written(bar.value, &chart.unit, NO_DATA_WORDS)));
        let right = values.fold(0.0, f64::max) + style.text * 2.2;
        let end = axis_end(bars.iter().filter_map(|bar| bar.value).chain(chart.target.as_ref().map(|t| t.value)));
        let row = (style.text * 1.75).round();
        let legend = Style::line(style.text) + style.text * 0.5;
        Self { style, bars, chart, plot: (left, style.width - style.margin - right), end, legend, row }
    }

    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    fn rows_height(&self) -> f64 {
        self.bars.len().max(1) as f64 * self.row
    }

    fn scale(&self) -> AxisScale {
        AxisScale::new(0.0..self.end, self.plot.0, self.plot.1)
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let kind = LabelStyle::new(self.style.text);
        let shown = |status: &Status| self.bars.iter().any(|bar| bar.status == *status);
        let shown: Vec<Status> = Status::ALL.into_iter().filter(shown).collect();
        let wide: f64 = shown.iter().map(|status| kind.width(status.label()) + self.style.text * 3.75).sum();
        // Over the bars, or further left where names leave too little room.
        let mut x = self.plot.0.min(self.style.width - wide).max(self.style.margin);
        let y = top + self.style.text;
        for status in shown {
            let side = self.style.text * 0.85;
            sheet.rect(x, y - side, side, side, self.style.status_fill(status));
            sheet.frame(x, y - side, side, side, Stroke::solid(outline(status), self.style.thin));
            x += side + self.style.text * 0.75;
            sheet.shape(status_shape(status), x, y - side / 2.0, self.style.text, tokens::INK);
            x += self.style.text * 0.75;
            sheet.text(x, y, status.label(), kind);
            x += kind.width(status.label()) + self.style.text * 1.4;
        }
    }

    fn draw_axis(&self, sheet: &DrawingSheet, top: f64, bottom: f64) {
        let scale = self.scale();
        let kind = LabelStyle::new(self.style.small).muted().anchored(TextAnchor::Middle);
        for tick in scale.ticks(6) {
            let x = scale.at(tick);
            let (color, width) =
                if tick == 0.0 { (tokens::MUTED, self.style.thin) } else { (tokens::GRID, self.style.thin) };
            sheet.line((x, top), (x, bottom), Stroke::solid(color, width));
            sheet.text(x, bottom + Style::line(self.style.small), &format::count(tick), kind);
        }
    }

    fn draw_bar(&self, sheet: &DrawingSheet, bar: &Bar, y: f64) {
        let style = self.style;
        let name = clean(&bar.name);
        let value = written(bar.value, &self.chart.unit, NO_DATA_WORDS);
        let middle = y + self.row / 2.0;
        let base = middle + style.text * 0.36;
        let height = self.row * 0.68;
        let top = middle - height / 2.0;
        sheet.mark(&format!("{name}: {value} ({})", bar.status.label()), &bar.answer, || {
            let width = style.width - 2.0 * style.margin;
            sheet.touch(&bar.answer, TouchArea { x: style.margin, y, width, height: self.row });
            let room = self.plot.0 - style.margin - style.text * 0.6;
            let kind = LabelStyle::new(style.text);
            sheet.fitted(self.plot.0 - style.text * 0.6, base, &name, room, kind.anchored(TextAnchor::End));
            let x = self.bar_end(bar);
            let width = x - self.plot.0;
            let known = number(bar.value).is_some();
            let status = if known { bar.status } else { Status::NoData };
            sheet.rect(self.plot.0, top, width, height, style.status_fill(status));
            if !known {
                let stroke = Stroke::dashed(tokens::NO_DATA, style.thin.max(1.5));
                sheet.frame(self.plot.0, top, width, height, stroke);
            } else if style.is_print() || status == Status::TooLittle {
                sheet.frame(self.plot.0, top, width, height, Stroke::solid(tokens::INK, style.thin));
            } else if status == Status::Fair {
                sheet.frame(self.plot.0, top, width, height, Stroke::solid(tokens::FAIR_EDGE, style.thin));
            }
            let kind = if known { kind.bold() } else { kind.muted() };
            let width = kind.width(&value);
            sheet.text(x + style.text * 0.4, base, &value, kind);
            sheet.shape(status_shape(status), x + style.text * 1.15 + width, middle, style.text, tokens::INK);
        });
    }

    /// Where a bar ends; a missing one is a mark at the axis that could be read as no value.
    fn bar_end(&self, bar: &Bar) -> f64 {
        match number(bar.value) {
            Some(value) => self.scale().at(value).max(self.plot.0),
            None => self.plot.0 + self.style.text * MISSING_MARK,
        }
    }

    /// Reports whether the value (or words) behind a bar stands in the way of a line at `x`.
    fn value_covers(&self, bar: &Bar, x: f64) -> bool {
        let kind = LabelStyle::new(self.style.text).bold();
        let from = self.bar_end(bar);
        let to = from + kind.width(&written(bar.value, &self.chart.unit, NO_DATA_WORDS)) + self.style.text * 1.7;
        from + self.style.thin < x && x < to
    }

    /// A line over the bars that leaves out the values; on paper, so that it shows on dark bars too.
    fn draw_target(&self, sheet: &DrawingSheet, target: &TargetLine, top: f64, bottom: f64) {
        let style = self.style;
        let x = self.scale().at(target.value);
        let foot = bottom + Style::line(style.small) * 1.25;
        let mut segments = vec![(top - style.text * 0.2, foot)];
        let mut y = top;
        for bar in &self.bars {
            if self.value_covers(bar, x) {
                let middle = y + self.row / 2.0;
                let half = self.row * 0.36;
                if let Some((from, to)) = segments.pop() {
                    segments.push((from, middle - half));
                    segments.push((middle + half, to));
                }
            }
            y += self.row;
        }
        let width = style.thin.max(1.5);
        for (from, to) in segments {
            sheet.line((x, from), (x, to), Stroke::solid(tokens::PAPER, width * 2.0));
            sheet.line((x, from), (x, to), Stroke::dashed(tokens::INK, width));
        }
        let kind = LabelStyle::new(style.text).bold();
        let label = text::clip(&clean(&target.label), kind.size, kind.weight, style.width - 2.0 * style.margin);
        let half = kind.width(&label) / 2.0;
        let x = x.clamp(style.margin + half, style.width - style.margin - half);
        sheet.text(x, foot + style.text, &label, kind.anchored(TextAnchor::Middle));
    }
}

/// Outline of a legend's box.
fn outline(status: Status) -> &'static str {
    if status == Status::NoData { tokens::NO_DATA } else { tokens::INK }
}

impl ChartBody for BarsBody<'_> {
    fn height(&self) -> f64 {
        let target = if self.chart.target.is_some() { Style::line(self.style.text) } else { 0.0 };
        self.legend + self.rows_height() + Style::line(self.style.small) * 1.4 + target
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        self.draw_legend(sheet, top);
        let top = top + self.legend;
        let bottom = top + self.rows_height();
        self.draw_axis(sheet, top, bottom);
        let mut y = top;
        for bar in &self.bars {
            self.draw_bar(sheet, bar, y);
            y += self.row;
        }
        if let Some(target) = &self.chart.target {
            self.draw_target(sheet, target, top, bottom);
        }
        if self.bars.is_empty() {
            sheet.text(
                self.plot.0 + style.text * 0.4,
                top + self.row * 0.7,
                NO_DATA_WORDS,
                LabelStyle::new(style.text).muted(),
            );
        }
    }
}
