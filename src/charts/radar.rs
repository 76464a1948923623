//! Indicators around a centre, with the targets as second polygon. What does not apply is an open axis
//! with the words, never a zero.

use std::f64::consts::TAU;

use super::bars::{number, written};
use super::description::{Radar, RadarAxis, RadarWords};
use super::frame::ChartBody;
use super::sheet::{DrawingSheet, LabelStyle, TextAnchor, axis_end};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::tokens;
use crate::domain::format;

const RINGS: usize = 4;
const NAME_LINES_MAX: usize = 2;

pub(super) struct RadarBody<'c> {
    style: Style,
    chart: &'c Radar,
    radius: f64,
    end: f64,
}

impl<'c> RadarBody<'c> {
    pub(super) fn new(chart: &'c Radar, style: Style) -> Self {
        let end = axis_end(chart.axes.iter().flat_map(|axis| [axis.value, Some(axis.target)]).flatten());
        let radius: f64 = match style.medium {
            super::Medium::Screen => 160.0,
            super::Medium::Narrow => 120.0,
            super::Medium::Projector => 250.0,
            super::Medium::Print => 135.0,
        };
        // Every label beside the circle may take three lines.
        #[expect(clippy::cast_precision_loss, reason = "axes of a chart")]
        let beside = (chart.axes.len() / 2) as f64 * Style::line(style.text) * 3.0;
        let radius = radius.max(beside / 2.0);
        Self { style, chart, radius, end }
    }

    /// Room above and below the circle: two lines of name, one of value.
    fn label_height(&self) -> f64 {
        Style::line(self.style.text) * 3.0 + self.style.text * 0.5
    }

    fn legend_height(&self) -> f64 {
        Style::line(self.style.text) * 1.4
    }

    /// A point on an axis, `share` of the radius from the centre.
    #[expect(clippy::cast_precision_loss, reason = "axes of a chart")]
    fn point(&self, top: f64, place: usize, share: f64) -> (f64, f64) {
        let (x, y) = self.center(top);
        let angle = TAU * place as f64 / self.chart.axes.len().max(3) as f64;
        (x + angle.sin() * self.radius * share, y - angle.cos() * self.radius * share)
    }

    fn center(&self, top: f64) -> (f64, f64) {
        (self.style.width / 2.0, top + self.legend_height() + self.label_height() + self.radius)
    }

    fn share(&self, value: f64) -> f64 {
        (value / self.end).clamp(0.0, 1.0)
    }

    fn draw_rings(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let axes = self.chart.axes.len();
        for ring in 1..=RINGS {
            #[expect(clippy::cast_precision_loss, reason = "four rings")]
            let share = ring as f64 / RINGS as f64;
            let mut points: Vec<_> = (0..axes).map(|place| self.point(top, place, share)).collect();
            points.extend(points.first().copied());
            sheet.path(&points, Stroke::solid(tokens::GRID, style.thin));
        }
        for (place, axis) in self.chart.axes.iter().enumerate() {
            let known = number(axis.value).is_some();
            let stroke = if known {
                Stroke::solid(tokens::GRID, style.thin)
            } else {
                Stroke::dashed(tokens::NO_DATA, style.thin)
            };
            sheet.line(self.center(top), self.point(top, place, 1.0), stroke);
        }
    }

    /// Numbers of the rings, beside the first axis; drawn last, on paper.
    fn draw_ring_numbers(&self, sheet: &DrawingSheet, top: f64) {
        let kind = LabelStyle::new(self.style.small).muted();
        let (x, y) = self.center(top);
        for ring in 1..=RINGS {
            #[expect(clippy::cast_precision_loss, reason = "four rings")]
            let share = ring as f64 / RINGS as f64;
            let words = format::count(self.end * share);
            let base = y - self.radius * share + kind.size * 0.36;
            sheet.rect(
                x + 3.0,
                base - kind.size * 0.85,
                kind.width(&words) + 2.0,
                kind.size,
                AreaFill::Color(tokens::PAPER),
            );
            sheet.text(x, base, &words, kind);
        }
    }

    fn draw_values(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let color = if style.is_print() { tokens::INK } else { tokens::PRIMARY };
        let points: Vec<Option<(f64, f64)>> = self
            .chart
            .axes
            .iter()
            .enumerate()
            .map(|(place, axis)| number(axis.value).map(|value| self.point(top, place, self.share(value))))
            .collect();
        let stroke = Stroke::solid(color, style.stroke * 1.25);
        let known: Vec<(f64, f64)> = points.iter().copied().flatten().collect();
        // An area would claim a value where none applies.
        if known.len() == points.len() && known.len() >= 3 {
            sheet.polygon(&known, AreaFill::Veil(color));
        }
        for (place, point) in points.iter().enumerate() {
            let next = points[(place + 1) % points.len()];
            if let (Some(from), Some(to)) = (*point, next) {
                sheet.line(from, to, stroke);
            }
        }
        for (axis, point) in self.chart.axes.iter().zip(&points) {
            if let Some((x, y)) = point {
                sheet.titled(&axis.answer.words(&axis_words(axis, self.chart.words)), || {
                    sheet.disc(*x, *y, style.stroke * 2.0, AreaFill::Color(color));
                });
            }
        }
    }

    fn draw_target(&self, sheet: &DrawingSheet, top: f64) {
        let axes = self.chart.axes.iter().enumerate();
        let mut points: Vec<_> = axes.map(|(place, axis)| self.point(top, place, self.share(axis.target))).collect();
        points.extend(points.first().copied());
        sheet.titled(self.chart.words.bound, || {
            sheet.path(&points, Stroke::dashed(tokens::INK, self.style.thin.max(1.5)));
        });
    }

    /// Labels with room made for each other: one over the circle, one under it, the others beside it.
    fn labels(&self, top: f64) -> Vec<AxisLabel> {
        let style = self.style;
        let line = Style::line(style.text);
        let gap = style.text * 0.7;
        let (center, middle) = self.center(top);
        let over = middle - self.radius - gap;
        let under = middle + self.radius + gap;
        let mut labels: Vec<AxisLabel> = Vec::new();
        for (place, axis) in self.chart.axes.iter().enumerate() {
            let (x, y) = self.point(top, place, 1.0);
            let dx = (x - center) / self.radius;
            let dy = (y - middle) / self.radius;
            let anchor = if dx > 0.1 {
                TextAnchor::Start
            } else if dx < -0.1 {
                TextAnchor::End
            } else {
                TextAnchor::Middle
            };
            let room = match anchor {
                TextAnchor::Middle => style.width - 2.0 * style.margin,
                TextAnchor::Start | TextAnchor::End => style.width / 2.0 - self.radius - style.margin - gap,
            };
            let lines = text::wrap_name(&clean(&axis.name), style.text, Weight::Regular, room, NAME_LINES_MAX);
            #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
            let height = (lines.len() + 1) as f64 * line;
            let upper = match anchor {
                TextAnchor::Middle if dy < 0.0 => over - height,
                TextAnchor::Middle => under,
                TextAnchor::Start | TextAnchor::End => y - height * (1.0 - dy) / 2.0,
            };
            labels.push(AxisLabel { place, lines, anchor, room, upper, height, x: center });
        }
        let has_under = labels.iter().any(|label| label.anchor == TextAnchor::Middle && label.upper > middle);
        let floor = if has_under { under } else { under + self.label_height() - gap };
        for side in [TextAnchor::Start, TextAnchor::End] {
            let mut beside: Vec<&mut AxisLabel> = labels.iter_mut().filter(|label| label.anchor == side).collect();
            make_room(&mut beside, over, floor);
            for label in beside {
                // The edge of the circle at the label's height nearest to the middle.
                let nearest = middle.clamp(label.upper, label.upper + label.height) - middle;
                let edge = (self.radius.powi(2) - nearest.powi(2)).max(0.0).sqrt() + gap;
                label.x = if side == TextAnchor::Start { center + edge } else { center - edge };
            }
        }
        labels
    }

    fn draw_label(&self, sheet: &DrawingSheet, label: &AxisLabel) {
        let style = self.style;
        let axis = &self.chart.axes[label.place];
        let kind = LabelStyle::new(style.text).anchored(label.anchor);
        let mut base = label.upper + style.text;
        sheet.mark(&axis_words(axis, self.chart.words), &axis.answer, || {
            for words in &label.lines {
                sheet.text(label.x, base, words, kind);
                base += Style::line(style.text);
            }
            let words = self.chart.words;
            let value = written(axis.value, "%", words.absent);
            let target = format!("{value} · {} {}", words.bound.to_lowercase(), format::percent(axis.target));
            let kind = if number(axis.value).is_some() { kind.bold() } else { kind.muted() };
            let words = if kind.width(&target) <= label.room { target } else { value };
            sheet.fitted(label.x, base, &words, label.room, kind);
        });
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let color = if style.is_print() { tokens::INK } else { tokens::PRIMARY };
        let kind = LabelStyle::new(style.text);
        let base = top + style.text;
        let middle = base - style.text * 0.36;
        let sample = style.text * 2.0;
        let name = text::clip(&clean(&self.chart.name), kind.size, Weight::Bold, style.width * 0.6);
        let mut x = style.margin;
        sheet.line((x, middle), (x + sample, middle), Stroke::solid(color, style.stroke * 1.25));
        sheet.disc(x + sample / 2.0, middle, style.stroke * 2.0, AreaFill::Color(color));
        x += sample + style.text * 0.5;
        sheet.text(x, base, &name, kind.bold());
        x += kind.bold().width(&name) + style.text * 1.6;
        sheet.line((x, middle), (x + sample, middle), Stroke::dashed(tokens::INK, style.thin.max(1.5)));
        sheet.text(x + sample + style.text * 0.5, base, self.chart.words.bound, kind);
    }
}

/// The words of one axis and where they stand.
struct AxisLabel {
    place: usize,
    lines: Vec<String>,
    anchor: TextAnchor,
    room: f64,
    upper: f64,
    height: f64,
    x: f64,
}

/// Moves labels of one side so that none lies on another: down from `ceiling`, then up from `floor`.
fn make_room(labels: &mut [&mut AxisLabel], ceiling: f64, floor: f64) {
    labels.sort_by(|a, b| a.upper.total_cmp(&b.upper));
    let mut free = ceiling;
    for label in labels.iter_mut() {
        label.upper = label.upper.max(free);
        free = label.upper + label.height;
    }
    let mut free = floor;
    for label in labels.iter_mut().rev() {
        label.upper = label.upper.min(free - label.height);
        free = label.upper;
    }
}

/// Words of an axis that is pointed at.
fn axis_words(axis: &RadarAxis, words: RadarWords) -> String {
    let value = written(axis.value, "%", words.absent);
    format!("{}: {value}, {} {}", axis.name, words.bound.to_lowercase(), format::percent(axis.target))
}

impl ChartBody for RadarBody<'_> {
    fn height(&self) -> f64 {
        self.legend_height() + 2.0 * (self.label_height() + self.radius)
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        self.draw_legend(sheet, top);
        self.draw_rings(sheet, top);
        self.draw_target(sheet, top);
        if !self.chart.axes.is_empty() {
            self.draw_values(sheet, top);
        }
        self.draw_ring_numbers(sheet, top);
        for label in self.labels(top) {
            self.draw_label(sheet, &label);
        }
    }
}
