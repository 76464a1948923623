//! Shapes and text that charts draw with, in pixels from the top left, passed on to plotters' elements
//! on our canvas. The first refusal is kept and told at the end. Knows no chart.

use std::cell::RefCell;
use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Circle, Color, DrawingArea, IntoDrawingArea, IntoFont, IntoTextStyle, PathElement, Polygon, RGBColor, Rectangle,
    ShapeStyle, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, TextStyle};

use super::ChartError;
use super::answer::MarkAnswer;
use super::canvas::{Canvas, UNITS_PER_PIXEL};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight};
use super::tokens;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextAnchor {
    Start,
    Middle,
    End,
}

/// Size, weight, colour and anchor of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LabelStyle {
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) color: &'static str,
    pub(super) anchor: TextAnchor,
}

impl LabelStyle {
    pub(super) fn new(size: f64) -> Self {
        Self { size, weight: Weight::Regular, color: tokens::INK, anchor: TextAnchor::Start }
    }

    pub(super) fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub(super) fn muted(self) -> Self {
        Self { color: tokens::MUTED, ..self }
    }

    pub(super) fn colored(self, color: &'static str) -> Self {
        Self { color, ..self }
    }

    pub(super) fn anchored(self, anchor: TextAnchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn width(self, text: &str) -> f64 {
        text::width(text, self.size, self.weight)
    }
}

/// Shapes that stand for states: drawn, since the font lacks the glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Disc,
    Ring,
    TriangleUp,
    TriangleDown,
    TriangleRight,
    TriangleLeft,
    Square,
    Diamond,
    Cross,
    Dash,
    Dot,
    /// A lying bar: level.
    Bar,
    Question,
}

/// Area that a finger finds.
#[derive(Clone, Copy, Debug)]
pub(super) struct TouchArea {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The sheet that one chart is drawn on.
pub(super) struct DrawingSheet {
    area: DrawingArea<Canvas, Shift>,
    canvas: Canvas,
    refusal: RefCell<Option<String>>,
    /// Sizes of the medium.
    pub(super) style: Style,
    /// Height of the whole.
    height: f64,
}

impl DrawingSheet {
    pub(super) fn new(style: Style, height: f64, prefix: String) -> Self {
        let canvas = Canvas::new(style.width, height, prefix);
        let sheet =
            Self { area: canvas.clone().into_drawing_area(), canvas, refusal: RefCell::new(None), style, height };
        sheet.rect(0.0, 0.0, style.width, height, AreaFill::Color(tokens::PAPER));
        sheet
    }

    /// The document, or why it could not be drawn.
    pub(super) fn finish(&self, title: &str, description: &str) -> Result<String, ChartError> {
        match self.refusal.take() {
            Some(refusal) => Err(ChartError::Drawing(refusal)),
            None => Ok(self.canvas.finish(title, description)),
        }
    }

    pub(super) fn height(&self) -> f64 {
        self.height
    }

    fn keep<E: std::fmt::Display>(&self, drawn: Result<(), E>) {
        if let Err(error) = drawn {
            self.refusal.borrow_mut().get_or_insert_with(|| error.to_string());
        }
    }

    /// Draws inside a group that can be reached with the keyboard, says `said` with the answer's details and leads to
    /// its address.
    pub(super) fn mark(&self, said: &str, answer: &MarkAnswer, draw: impl FnOnce()) {
        let href = answer.href.as_deref();
        self.canvas.open_mark(&text::clean(&answer.words(said)), href);
        draw();
        self.canvas.close_mark(href);
    }

    /// Within a mark that is a link: its whole row or column can be tapped, not its shapes alone.
    pub(super) fn touch(&self, answer: &MarkAnswer, area: TouchArea) {
        if answer.href.is_some() {
            self.canvas.touch(area.x, area.y, area.width, area.height);
        }
    }

    /// Draws inside a group that says `title` when pointed at.
    pub(super) fn titled(&self, title: &str, draw: impl FnOnce()) {
        self.canvas.open_titled(&text::clean(title));
        draw();
        self.canvas.close();
    }

    pub(super) fn rect(&self, x: f64, y: f64, width: f64, height: f64, fill: AreaFill) {
        let style = self.filled(fill);
        self.keep(self.area.draw(&Rectangle::new([at(x, y), at(x + width, y + height)], style)));
        self.canvas.set_pattern(None);
    }

    pub(super) fn frame(&self, x: f64, y: f64, width: f64, height: f64, stroke: Stroke) {
        let style = self.stroked(stroke);
        self.keep(self.area.draw(&Rectangle::new([at(x, y), at(x + width, y + height)], style)));
        self.canvas.set_dash(None);
    }

    pub(super) fn line(&self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    pub(super) fn path(&self, points: &[(f64, f64)], stroke: Stroke) {
        let style = self.stroked(stroke);
        let points: Vec<_> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        self.keep(self.area.draw(&PathElement::new(points, style)));
        self.canvas.set_dash(None);
    }

    pub(super) fn polygon(&self, points: &[(f64, f64)], fill: AreaFill) {
        let style = self.filled(fill);
        let points: Vec<_> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        self.keep(self.area.draw(&Polygon::new(points, style)));
        self.canvas.set_pattern(None);
    }

    pub(super) fn disc(&self, x: f64, y: f64, radius: f64, fill: AreaFill) {
        let style = self.filled(fill);
        self.keep(self.area.draw(&Circle::new(at(x, y), units(radius), style)));
        self.canvas.set_pattern(None);
    }

    pub(super) fn ring(&self, x: f64, y: f64, radius: f64, stroke: Stroke) {
        let style = self.stroked(stroke);
        self.keep(self.area.draw(&Circle::new(at(x, y), units(radius), style)));
        self.canvas.set_dash(None);
    }

    /// Text on the base line `y`, exactly as given (measure and clip before).
    pub(super) fn text(&self, x: f64, y: f64, content: &str, kind: LabelStyle) {
        let style = text_style(kind.colored(self.style.text_color(kind.color)));
        self.keep(self.area.draw(&Text::new(content, at(x, y), style)));
    }

    /// Text clipped to its room; where something is cut, the whole is said when pointed at.
    pub(super) fn fitted(&self, x: f64, y: f64, content: &str, room: f64, kind: LabelStyle) {
        let shown = text::clip_name(content, kind.size, kind.weight, room);
        if shown == content {
            self.text(x, y, content, kind);
        } else {
            self.titled(content, || self.text(x, y, &shown, kind));
        }
    }

    /// Text that ends at (x, y) and rises to the right by so many degrees.
    pub(super) fn slanted(&self, x: f64, y: f64, degrees: f64, content: &str, kind: LabelStyle) {
        self.canvas.set_degrees(-degrees);
        self.text(x, y, content, kind.anchored(TextAnchor::End));
        self.canvas.set_degrees(0.0);
    }

    /// A shape around its centre, as large as type of `size`.
    pub(super) fn shape(&self, shape: Shape, x: f64, y: f64, size: f64, color: &'static str) {
        let r = size * 0.36;
        let fill = AreaFill::Color(color);
        let stroke = Stroke::solid(color, self.style.stroke);
        match shape {
            Shape::Disc => self.disc(x, y, r, fill),
            Shape::Ring => self.ring(x, y, r, stroke),
            Shape::Square => self.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, fill),
            Shape::Bar => self.rect(x - r, y - r * 0.3, r * 2.0, r * 0.6, fill),
            Shape::Dot => self.disc(x, y, r * 0.45, fill),
            Shape::Question => {
                let kind = LabelStyle::new(size).bold().colored(color).anchored(TextAnchor::Middle);
                self.text(x, y + size * 0.36, "?", kind);
            }
            Shape::Dash => self.line((x - r, y), (x + r, y), stroke),
            Shape::Cross => {
                self.line((x - r, y - r), (x + r, y + r), stroke);
                self.line((x - r, y + r), (x + r, y - r), stroke);
            }
            Shape::TriangleUp => self.polygon(&[(x - r, y + r), (x, y - r), (x + r, y + r)], fill),
            Shape::TriangleDown => self.polygon(&[(x - r, y - r), (x, y + r), (x + r, y - r)], fill),
            Shape::TriangleRight => self.polygon(&[(x - r, y - r), (x + r, y), (x - r, y + r)], fill),
            Shape::TriangleLeft => self.polygon(&[(x + r, y - r), (x - r, y), (x + r, y + r)], fill),
            Shape::Diamond => self.polygon(&[(x - r, y), (x, y - r), (x + r, y), (x, y + r)], fill),
        }
    }

    fn filled(&self, fill: AreaFill) -> ShapeStyle {
        match fill {
            AreaFill::Color(color) => rgb(color).filled(),
            AreaFill::Veil(color) => rgb(color).mix(0.18).filled(),
            AreaFill::Pattern(pattern) => {
                self.canvas.set_pattern(Some(pattern));
                rgb(tokens::INK).filled()
            }
        }
    }

    fn stroked(&self, stroke: Stroke) -> ShapeStyle {
        self.canvas.set_dash(stroke.dash);
        let width = u32::try_from(units(stroke.width)).unwrap_or(1);
        ShapeStyle { color: rgb(stroke.color).to_rgba(), filled: false, stroke_width: width }
    }
}

/// A scale from data to pixels, plotters' own.
pub(super) struct AxisScale {
    coord: RangedCoordf64,
    range: Range<f64>,
    pixels: (f64, f64),
}

impl AxisScale {
    /// From `range` of the data to pixels `from`–`to` (which may run downwards).
    pub(super) fn new(range: Range<f64>, from: f64, to: f64) -> Self {
        Self { coord: range.clone().into(), range, pixels: (from, to) }
    }

    /// Pixels of a value; what lies outside is drawn at the edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.range.start, self.range.end);
        f64::from(self.coord.map(&value, (units(self.pixels.0), units(self.pixels.1)))) / UNITS_PER_PIXEL
    }

    /// Round values, at most `count`.
    pub(super) fn ticks(&self, count: usize) -> Vec<f64> {
        self.coord.key_points(TickCount(count))
    }
}

/// Number of key points that an axis shall have.
struct TickCount(usize);

impl KeyPointHint for TickCount {
    fn max_num_points(&self) -> usize {
        self.0
    }

    fn weight(&self) -> plotters::coord::ranged1d::KeyPointWeight {
        plotters::coord::ranged1d::KeyPointWeight::Any
    }

    fn bold_points(&self) -> usize {
        self.0
    }
}

/// Upper end of an axis that shows every value: 100, or the next ten above the largest.
pub(super) fn axis_end(values: impl Iterator<Item = f64>) -> f64 {
    let largest = values.filter(|value| value.is_finite()).fold(100.0_f64, f64::max);
    (largest / 10.0).ceil() * 10.0
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a picture; out of range saturates")]
fn units(pixels: f64) -> i32 {
    (pixels * UNITS_PER_PIXEL).round() as i32
}

fn at(x: f64, y: f64) -> (i32, i32) {
    (units(x), units(y))
}

fn text_style(kind: LabelStyle) -> TextStyle<'static> {
    let h_pos = match kind.anchor {
        TextAnchor::Start => HPos::Left,
        TextAnchor::Middle => HPos::Center,
        TextAnchor::End => HPos::Right,
    };
    let weight = if kind.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = (tokens::FONT_FAMILY, kind.size * UNITS_PER_PIXEL).into_font().style(weight);
    font.with_color(rgb(kind.color)).into_text_style(&(0_u32, 0_u32)).pos(Pos::new(h_pos, VPos::Bottom))
}

/// A token's colour; tokens are tested to be `#RRGGBB`.
fn rgb(color: &str) -> RGBColor {
    let part = |place: usize| color.get(place..place + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    RGBColor(part(1), part(3), part(5))
}
