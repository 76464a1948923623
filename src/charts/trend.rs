//! Figures over periods: lines with gaps where nothing is known, labelled at their ends.

use super::bars::{NO_DATA_WORDS, number, written};
use super::canvas::Pattern;
use super::description::{Emphasis, Series, TrendChart};
use super::frame::ChartBody;
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, TextAnchor, TouchArea, axis_end};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, clean};
use super::tokens;
use crate::domain::format;

/// Lines that are labelled directly; the others say their name when pointed at.
const LABELS_MAX: usize = 4;
const LABELS_SHARE: f64 = 0.24;

pub(super) struct TrendBody<'c> {
    style: Style,
    chart: &'c TrendChart,
    left: f64,
    right: f64,
    plot_height: f64,
    end: f64,
}

/// A label at the right end, before labels make room for each other.
struct EndLabel {
    y: f64,
    words: String,
    kind: LabelStyle,
}

impl<'c> TrendBody<'c> {
    pub(super) fn new(chart: &'c TrendChart, style: Style) -> Self {
        let plot_height = match style.medium {
            super::Medium::Screen => 300.0,
            super::Medium::Narrow => 240.0,
            super::Medium::Projector => 460.0,
            super::Medium::Print => 260.0,
        };
        let target = chart.target.iter().map(|target| target.value);
        let values = chart.series.iter().flat_map(|series| series.values.iter().copied().flatten());
        let end = axis_end(values.chain(target));
        let left = style.margin + LabelStyle::new(style.small).width(&format::count(end)) + style.small * 0.6;
        let mut body = Self { style, chart, left, right: style.width - style.margin, plot_height, end };
        let widest =
            body.labels(&body.scale(0.0)).iter().map(|label| label.kind.width(&label.words)).fold(0.0, f64::max);
        body.right = style.width - style.margin - widest.min(style.width * LABELS_SHARE) - style.text;
        body
    }

    fn scale(&self, top: f64) -> AxisScale {
        AxisScale::new(0.0..self.end, top + self.plot_height, top)
    }

    /// Pixels of a period; a single one stands in the middle.
    #[expect(clippy::cast_precision_loss, reason = "periods of a chart")]
    fn x(&self, place: usize) -> f64 {
        let inset = self.style.text * 1.8;
        let from = self.left + inset;
        let to = self.right - inset;
        match self.chart.periods.len() {
            0 | 1 => f64::midpoint(from, to),
            count => from + (to - from) * place as f64 / (count - 1) as f64,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "periods of a chart")]
    fn step(&self) -> f64 {
        (self.right - self.left - self.style.text * 3.6) / (self.chart.periods.len().max(2) - 1) as f64
    }

    /// Main lines first; beyond the limit a line has no label.
    fn labels(&self, scale: &AxisScale) -> Vec<EndLabel> {
        let mut labels = Vec::new();
        let order = |emphasis| self.chart.series.iter().filter(move |series| series.emphasis == emphasis);
        for series in order(Emphasis::Main).chain(order(Emphasis::Context)).take(LABELS_MAX) {
            let Some(last) = series.values.iter().rev().find_map(|value| number(*value)) else { continue };
            let kind = LabelStyle::new(self.style.text);
            let kind =
                if series.emphasis == Emphasis::Main { kind.bold().colored(self.color(series)) } else { kind.muted() };
            labels.push(EndLabel { y: scale.at(last), words: clean(&series.name), kind });
        }
        if let Some(target) = &self.chart.target {
            labels.push(EndLabel {
                y: scale.at(target.value),
                words: clean(&target.label),
                kind: LabelStyle::new(self.style.text),
            });
        }
        labels
    }

    fn color(&self, series: &Series) -> &'static str {
        match series.emphasis {
            Emphasis::Main if self.style.is_print() => tokens::INK,
            Emphasis::Main => tokens::PRIMARY,
            Emphasis::Context => tokens::NO_DATA,
        }
    }

    fn draw_axes(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let scale = self.scale(top);
        let small = LabelStyle::new(style.small).muted();
        for tick in scale.ticks(8) {
            let y = scale.at(tick);
            let color = if tick == 0.0 { tokens::MUTED } else { tokens::GRID };
            sheet.line((self.left, y), (self.right, y), Stroke::solid(color, style.thin));
            let kind = small.anchored(TextAnchor::End);
            sheet.text(self.left - style.small * 0.5, y + style.small * 0.36, &format::count(tick), kind);
        }
        let widest = self.chart.periods.iter().map(|period| small.width(&clean(period))).fold(0.0, f64::max);
        // Where the heads would touch, every other one (or third …) stands, the last always.
        let every = (1..=self.chart.periods.len()).find(|every| {
            let every = u32::try_from(*every).map_or(f64::MAX, f64::from);
            widest + style.small * 0.5 <= self.step() * every
        });
        let every = every.unwrap_or(1);
        let last = self.chart.periods.len().saturating_sub(1);
        for (place, period) in self.chart.periods.iter().enumerate() {
            if (last - place).is_multiple_of(every) {
                let y = top + self.plot_height + Style::line(style.small) * 1.1;
                sheet.fitted(
                    self.x(place),
                    y,
                    &clean(period),
                    widest.min(self.style.width / 2.0),
                    small.anchored(TextAnchor::Middle),
                );
            }
        }
    }

    /// Hatched bands where the main line knows nothing.
    fn draw_gaps(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let Some(main) = self.chart.series.iter().find(|series| series.emphasis == Emphasis::Main) else { return };
        let width = (self.step() * 0.5).clamp(style.text * 0.6, style.text * 3.4);
        let missing = |place: &usize| number(main.values.get(*place).copied().flatten()).is_none();
        for place in (0..self.chart.periods.len()).filter(missing) {
            let x = self.x(place);
            let period = clean(&self.chart.periods[place]);
            let answer = main.answers.get(place).cloned().unwrap_or_default();
            sheet.mark(&format!("{}, {period}: {NO_DATA_WORDS}", clean(&main.name)), &answer, || {
                sheet.rect(x - width / 2.0, top, width, self.plot_height, AreaFill::Pattern(Pattern::Hatch));
                let stroke = Stroke::dashed(tokens::NO_DATA, style.thin);
                sheet.frame(x - width / 2.0, top, width, self.plot_height, stroke);
                let kind = LabelStyle::new(style.small);
                let words = kind.width(NO_DATA_WORDS) + style.small;
                let middle = top + self.plot_height / 2.0;
                sheet.rect(
                    x - style.small * 0.75,
                    middle - words / 2.0,
                    style.small * 1.5,
                    words,
                    AreaFill::Color(tokens::PAPER),
                );
                sheet.slanted(
                    x + style.small * 0.36,
                    middle - words / 2.0 + style.small * 0.5,
                    90.0,
                    NO_DATA_WORDS,
                    kind.muted(),
                );
            });
        }
    }

    fn draw_series(&self, sheet: &DrawingSheet, top: f64, series: &Series) {
        let style = self.style;
        let scale = self.scale(top);
        let color = self.color(series);
        let is_main = series.emphasis == Emphasis::Main;
        let stroke = match series.emphasis {
            Emphasis::Main => Stroke::solid(color, style.stroke * 1.5),
            Emphasis::Context => Stroke::solid(color, style.stroke * 0.75),
        };
        let name = clean(&series.name);
        let points: Vec<Option<(f64, f64)>> = series
            .values
            .iter()
            .take(self.chart.periods.len())
            .enumerate()
            .map(|(place, value)| number(*value).map(|value| (self.x(place), scale.at(value))))
            .collect();
        sheet.titled(&name, || {
            for run in points.split(Option::is_none).filter(|run| run.len() > 1) {
                let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
                sheet.path(&run, stroke);
            }
        });
        for (place, point) in points.iter().enumerate() {
            let Some((x, y)) = point else { continue };
            let value = written(series.values[place], &self.chart.unit, NO_DATA_WORDS);
            let title = format!("{name}, {}: {value}", clean(&self.chart.periods[place]));
            let dot = || sheet.disc(*x, *y, stroke.width * if is_main { 1.5 } else { 1.2 }, AreaFill::Color(color));
            let answer = series.answers.get(place).cloned().unwrap_or_default();
            sheet.mark(&title, &answer, || {
                let side = style.text * 1.7;
                sheet.touch(&answer, TouchArea { x: x - side / 2.0, y: y - side / 2.0, width: side, height: side });
                dot();
                if is_main {
                    self.draw_value(sheet, ValuePoint { x: *x, y: *y, value: series.values[place] }, top);
                }
            });
        }
    }

    /// The value above its point (below where there is no room), on paper so that lines do not cross it.
    fn draw_value(&self, sheet: &DrawingSheet, point: ValuePoint, top: f64) {
        let style = self.style;
        let ValuePoint { x, y, value } = point;
        let words = written(value, "", NO_DATA_WORDS);
        let kind = LabelStyle::new(style.small).bold().anchored(TextAnchor::Middle);
        let width = kind.width(&words);
        if width > self.step() && self.chart.periods.len() > 1 {
            return;
        }
        let above = y - style.small * 0.8;
        let base = if above - style.small < top { y + style.small * 1.7 } else { above };
        sheet.rect(
            x - width / 2.0 - 1.0,
            base - style.small * 0.85,
            width + 2.0,
            style.small * 1.05,
            AreaFill::Color(tokens::PAPER),
        );
        sheet.text(x, base, &words, kind);
    }

    fn draw_labels(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let mut labels = self.labels(&self.scale(top));
        labels.sort_by(|a, b| a.y.total_cmp(&b.y));
        let step = Style::line(style.text);
        // Downwards first, then up from the bottom, so that none leaves the plot or lies on another.
        let mut low = top - step / 2.0;
        for label in &mut labels {
            label.y = label.y.max(low + step);
            low = label.y;
        }
        let mut high = top + self.plot_height + step;
        for label in labels.iter_mut().rev() {
            label.y = label.y.min(high - step);
            high = label.y;
        }
        let x = self.right + style.text * 0.6;
        let room = style.width - style.margin - x;
        for label in labels {
            sheet.fitted(
                x,
                label.y + style.text * 0.36,
                &label.words,
                room.max(text::width("…", style.text, text::Weight::Bold)),
                label.kind,
            );
        }
    }
}

/// A point of a line, with the value that it shows.
#[derive(Clone, Copy)]
struct ValuePoint {
    x: f64,
    y: f64,
    value: Option<f64>,
}

impl ChartBody for TrendBody<'_> {
    fn height(&self) -> f64 {
        self.style.text + self.plot_height + Style::line(self.style.small) * 1.5
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let top = top + self.style.text;
        self.draw_axes(sheet, top);
        self.draw_gaps(sheet, top);
        if let Some(target) = &self.chart.target {
            let y = self.scale(top).at(target.value);
            let stroke = Stroke::dashed(tokens::INK, self.style.thin.max(1.5));
            sheet.titled(&target.label, || sheet.line((self.left, y), (self.right, y), stroke));
        }
        let order = |emphasis| self.chart.series.iter().filter(move |series| series.emphasis == emphasis);
        for series in order(Emphasis::Context).chain(order(Emphasis::Main)) {
            self.draw_series(sheet, top, series);
        }
        self.draw_labels(sheet, top);
    }
}
