//! The backend on which plotters draws: SVG as text, with what its own backend lacks: groups with titles,
//! focusable marks, dashes, patterns, slanted text, tenths of a pixel. Knows no chart.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontStyle};

use super::text::escape;
use super::tokens;

/// Plotters counts in whole units: ten of them are one pixel.
pub(super) const UNITS_PER_PIXEL: f64 = 10.0;

/// Ways to fill without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pattern {
    /// Sparse diagonal lines: there is no data.
    Hatch,
    /// Dense diagonal lines.
    Stripes,
    /// Crossed lines.
    Cross,
}

impl Pattern {
    const ALL: [Self; 3] = [Self::Hatch, Self::Stripes, Self::Cross];

    fn name(self) -> &'static str {
        match self {
            Self::Hatch => "hatch",
            Self::Stripes => "stripes",
            Self::Cross => "cross",
        }
    }

    /// A tile that stands upright, its lines slanted inside it: where tiles fall on whole pixels they are copied, while
    /// a slanted tile is sampled anew for every pixel of every shape, which took most of the time of a picture.
    fn definition(self, prefix: &str) -> String {
        let (size, color, width) = match self {
            Self::Hatch => (10, tokens::NO_DATA, 0.6),
            Self::Stripes => (7, tokens::INK, 0.8),
            Self::Cross => (8, tokens::INK, 0.6),
        };
        // The line from corner to corner, and those of the neighbours that reach into the other two corners.
        let (before, after) = (size - 1, size + 1);
        let mut lines = format!("M0 {size}L{size} 0M-1 1L1 -1M{before} {after}L{after} {before}");
        if self == Self::Cross {
            // Writing into a String cannot fail.
            let _ = write!(lines, "M0 0L{size} {size}M-1 {before}L1 {after}M{before} -1L{after} 1");
        }
        format!(
            "<pattern id=\"{prefix}-{}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"{lines}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/></pattern>",
            self.name()
        )
    }
}

/// What plotters' styles cannot say, for the next shapes.
#[derive(Clone, Debug, Default)]
struct Pen {
    dash: Option<&'static str>,
    pattern: Option<Pattern>,
    degrees: f64,
}

#[derive(Debug)]
struct Document {
    body: String,
    prefix: String,
    pen: Pen,
    patterns: Vec<Pattern>,
}

/// A handle on the document that is drawn; clones share it.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    document: Rc<RefCell<Document>>,
    width: f64,
    height: f64,
}

impl Canvas {
    /// A canvas of a size in pixels; ids in it begin with `prefix`.
    pub(super) fn new(width: f64, height: f64, prefix: String) -> Self {
        let document = Document { body: String::new(), prefix, pen: Pen::default(), patterns: Vec::new() };
        Self { document: Rc::new(RefCell::new(document)), width, height }
    }

    /// Lines are dashed from here on, or not.
    pub(super) fn set_dash(&self, dash: Option<&'static str>) {
        self.document.borrow_mut().pen.dash = dash;
    }

    /// Shapes are filled with a pattern from here on, or not.
    pub(super) fn set_pattern(&self, pattern: Option<Pattern>) {
        let mut document = self.document.borrow_mut();
        document.pen.pattern = pattern;
        if let Some(pattern) = pattern.filter(|pattern| !document.patterns.contains(pattern)) {
            document.patterns.push(pattern);
        }
    }

    /// Text is turned by so many degrees from here on.
    pub(super) fn set_degrees(&self, degrees: f64) {
        self.document.borrow_mut().pen.degrees = degrees;
    }

    /// Opens a group that says something when pointed at.
    pub(super) fn open_titled(&self, title: &str) {
        self.push(&format!("<g><title>{}</title>\n", escape(title)));
    }

    /// Opens a group that can be reached with the keyboard and says something.
    pub(super) fn open_mark(&self, title: &str) {
        let title = escape(title);
        self.push(&format!(
            "<g class=\"mark\" role=\"img\" tabindex=\"0\" aria-label=\"{title}\"><title>{title}</title>\n"
        ));
    }

    /// Closes the last group.
    pub(super) fn close(&self) {
        self.push("</g>\n");
    }

    fn push(&self, text: &str) {
        self.document.borrow_mut().body.push_str(text);
    }

    /// The whole document.
    pub(super) fn finish(&self, title: &str, description: &str) -> String {
        let document = self.document.borrow();
        let (prefix, width, height) = (&document.prefix, pixels(self.width), pixels(self.height));
        let mut patterns = String::new();
        for pattern in Pattern::ALL.into_iter().filter(|pattern| document.patterns.contains(pattern)) {
            patterns.push_str(&pattern.definition(prefix));
        }
        let defs = if patterns.is_empty() { patterns } else { format!("<defs>{patterns}</defs>\n") };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"{prefix}-title\" \
             aria-describedby=\"{prefix}-desc\" font-family=\"{family}, sans-serif\">\n\
             <title id=\"{prefix}-title\">{title}</title>\n<desc id=\"{prefix}-desc\">{description}</desc>\n{defs}{body}</svg>\n",
            family = tokens::FONT_FAMILY,
            title = escape(title),
            description = escape(description),
            body = document.body,
        )
    }

    /// `fill="…"`, from the pen's pattern or the style's colour.
    fn fill(&self, color: BackendColor) -> String {
        let document = self.document.borrow();
        match document.pen.pattern {
            Some(pattern) => format!("fill=\"url(#{}-{})\"", document.prefix, pattern.name()),
            None => format!("fill=\"{}\"{}", hex(color), opacity("fill-opacity", color)),
        }
    }

    fn stroke(&self, color: BackendColor, width: u32) -> String {
        let dash = self.document.borrow().pen.dash;
        let dash = dash.map_or_else(String::new, |dash| format!(" stroke-dasharray=\"{dash}\""));
        let width = pixels(f64::from(width) / UNITS_PER_PIXEL);
        format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dash}", hex(color))
    }
}

fn hex(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn opacity(attribute: &str, color: BackendColor) -> String {
    if color.alpha < 1.0 { format!(" {attribute}=\"{}\"", color.alpha) } else { String::new() }
}

/// Pixels with at most one decimal.
fn pixels(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), ToOwned::to_owned)
}

fn unit(value: i32) -> String {
    pixels(f64::from(value) / UNITS_PER_PIXEL)
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut text = String::new();
    for (x, y) in path {
        let space = if text.is_empty() { "" } else { " " };
        // Writing into a String cannot fail.
        let _ = write!(text, "{space}{},{}", unit(x), unit(y));
    }
    text
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are small and positive")]
    fn get_size(&self) -> (u32, u32) {
        ((self.width * UNITS_PER_PIXEL) as u32, (self.height * UNITS_PER_PIXEL) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.push(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"0.1\" height=\"0.1\" fill=\"{}\"/>\n",
            unit(x),
            unit(y),
            hex(color)
        ));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let paint = if fill { self.fill(style.color()) } else { self.stroke(style.color(), style.stroke_width()) };
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        self.push(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {paint}/>\n",
            unit(left),
            unit(top),
            unit(right - left),
            unit(bottom - top)
        ));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let paint = self.stroke(style.color(), style.stroke_width());
        self.push(&format!("<polyline points=\"{}\" {paint} stroke-linejoin=\"round\"/>\n", points(path)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let paint = self.fill(style.color());
        self.push(&format!("<polygon points=\"{}\" {paint}/>\n", points(path)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let paint = if fill { self.fill(style.color()) } else { self.stroke(style.color(), style.stroke_width()) };
        let radius = pixels(f64::from(radius) / UNITS_PER_PIXEL);
        self.push(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" {paint}/>\n", unit(center.0), unit(center.1)));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"700\"" } else { "" };
        let (x, y) = (unit(x), unit(y));
        let degrees = self.document.borrow().pen.degrees;
        let turn = if degrees == 0.0 { String::new() } else { format!(" transform=\"rotate({degrees} {x} {y})\"") };
        let size = pixels(style.size() / UNITS_PER_PIXEL);
        self.push(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} fill=\"{}\"{turn}>{}</text>\n",
            hex(style.color()),
            escape(text)
        ));
        Ok(())
    }
}
