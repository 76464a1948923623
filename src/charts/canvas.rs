//! The backend on which plotters draws: SVG as text, with what its own backend lacks: groups with titles,
//! focusable marks, dashes, patterns, slanted text, tenths of a pixel. Knows no chart.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontStyle};
use quick_xml::escape::escape;

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
    Cross,
    /// Lines from top to bottom.
    Upright,
}

impl Pattern {
    /// Distance of its lines across and down, their colour and width, in pixels.
    fn lines(self) -> (f64, &'static str, f64) {
        match self {
            Self::Hatch => (10.0, tokens::NO_DATA, 0.6),
            Self::Stripes => (7.0, tokens::INK, 0.8),
            Self::Cross => (8.0, tokens::INK, 0.6),
            Self::Upright => (5.0, tokens::INK, 0.8),
        }
    }

    /// Its lines within a rectangle, cut at the edges. They are drawn one by one and not as a `<pattern>`: word
    /// processors leave those out, and to sample one takes longer than everything else in a picture. Lines stand on
    /// one grid for the whole drawing, so that neighbours go on in each other.
    fn path(self, left: f64, top: f64, right: f64, bottom: f64) -> String {
        let (step, ..) = self.lines();
        let mut path = String::new();
        if self == Self::Upright {
            for x in multiples(step, left, right) {
                push_line(&mut path, (x, top), (x, bottom));
            }
            return path;
        }
        for sum in multiples(step, left + top, right + bottom) {
            let from = left.max(sum - bottom);
            let to = right.min(sum - top);
            push_line(&mut path, (from, sum - from), (to, sum - to));
        }
        if self == Self::Cross {
            for difference in multiples(step, left - bottom, right - top) {
                let from = left.max(top + difference);
                let to = right.min(bottom + difference);
                push_line(&mut path, (from, from - difference), (to, to - difference));
            }
        }
        path
    }
}

/// Multiples of `step` between two numbers, both left out.
fn multiples(step: f64, from: f64, to: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).floor() + 1.0;
    std::iter::successors(Some(first), |number| Some(number + 1.0))
        .map(move |number| number * step)
        .take_while(move |number| *number < to)
}

fn push_line(path: &mut String, from: (f64, f64), to: (f64, f64)) {
    // Writing into a String cannot fail.
    let _ = write!(path, "M{} {}L{} {}", pixels(from.0), pixels(from.1), pixels(to.0), pixels(to.1));
}

/// Attributes of the next shapes that plotters' styles cannot say.
#[derive(Clone, Debug, Default)]
struct Pen {
    dash: Option<&'static str>,
    pattern: Option<Pattern>,
    degrees: f64,
}

#[derive(Debug)]
struct SvgDocument {
    body: String,
    prefix: String,
    pen: Pen,
}

/// A handle on the document that is drawn; clones share it.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    document: Rc<RefCell<SvgDocument>>,
    width: f64,
    height: f64,
}

impl Canvas {
    /// A canvas of a size in pixels; ids in it begin with `prefix`.
    pub(super) fn new(width: f64, height: f64, prefix: String) -> Self {
        let document = SvgDocument { body: String::new(), prefix, pen: Pen::default() };
        Self { document: Rc::new(RefCell::new(document)), width, height }
    }

    /// Lines are dashed from here on, or not.
    pub(super) fn set_dash(&self, dash: Option<&'static str>) {
        self.document.borrow_mut().pen.dash = dash;
    }

    /// Rectangles are filled with a pattern from here on, or not.
    pub(super) fn set_pattern(&self, pattern: Option<Pattern>) {
        self.document.borrow_mut().pen.pattern = pattern;
    }

    /// Text is turned by so many degrees from here on.
    pub(super) fn set_degrees(&self, degrees: f64) {
        self.document.borrow_mut().pen.degrees = degrees;
    }

    /// Opens a group that says something when pointed at.
    pub(super) fn open_titled(&self, title: &str) {
        self.push(&format!("<g><title>{}</title>\n", escape(title)));
    }

    /// Opens a group that can be reached with the keyboard and says something; a link where an address is given.
    pub(super) fn open_mark(&self, title: &str, href: Option<&str>) {
        let title = escape(title);
        // A link of a page is named by its title alone: said twice, the words would be a tenth of the page.
        let opened = href.map_or_else(
            || format!("<g class=\"mark\" role=\"img\" tabindex=\"0\" aria-label=\"{title}\">"),
            |href| format!("<a class=\"mark\" href=\"{}\">", escape(href)),
        );
        self.push(&format!("{opened}<title>{title}</title>\n"));
    }

    /// An unseen area that can be pointed at.
    pub(super) fn touch(&self, left: f64, top: f64, width: f64, height: f64) {
        let [left, top, width, height] = [left, top, width, height].map(pixels);
        self.push(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"none\" pointer-events=\"all\"/>\n"
        ));
    }

    /// Closes a mark that was opened with an address, or without one.
    pub(super) fn close_mark(&self, href: Option<&str>) {
        self.push(if href.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// Closes the last group.
    pub(super) fn close(&self) {
        self.push("</g>\n");
    }

    fn push(&self, text: &str) {
        self.document.borrow_mut().body.push_str(text);
    }

    /// Closes the document; its title and description are what a screen reader tells.
    pub(super) fn finish(&self, title: &str, description: &str) -> String {
        let document = self.document.borrow();
        let prefix = &document.prefix;
        let width = pixels(self.width);
        let height = pixels(self.height);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"{prefix}-title\" \
             aria-describedby=\"{prefix}-desc\" font-family=\"{family}, sans-serif\">\n\
             <title id=\"{prefix}-title\">{title}</title>\n<desc id=\"{prefix}-desc\">{description}</desc>\n{body}</svg>\n",
            family = tokens::FONT_FAMILY,
            title = escape(title),
            description = escape(description),
            body = document.body,
        )
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

fn filled(color: BackendColor) -> String {
    format!("fill=\"{}\"{}", hex(color), opacity("fill-opacity", color))
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
        let left = from.0.min(to.0);
        let right = from.0.max(to.0);
        let top = from.1.min(to.1);
        let bottom = from.1.max(to.1);
        let pattern = self.document.borrow().pen.pattern;
        if let Some(pattern) = pattern.filter(|_| fill) {
            let [x, y, right, bottom] = [left, top, right, bottom].map(|value| f64::from(value) / UNITS_PER_PIXEL);
            let (_, color, width) = pattern.lines();
            let path = pattern.path(x, y, right, bottom);
            self.push(&format!("<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/>\n"));
        }
        // Below a pattern nothing is painted, but the whole area can be pointed at.
        let paint = match (fill, pattern) {
            (true, Some(_)) => "fill=\"none\" pointer-events=\"all\"".to_owned(),
            (true, None) => filled(style.color()),
            (false, _) => self.stroke(style.color(), style.stroke_width()),
        };
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
        let paint = filled(style.color());
        self.push(&format!("<polygon points=\"{}\" {paint}/>\n", points(path)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let paint = if fill { filled(style.color()) } else { self.stroke(style.color(), style.stroke_width()) };
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
        let x = unit(x);
        let y = unit(y);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ends of the lines of a path, in pairs.
    fn ends(path: &str) -> Vec<[(f64, f64); 2]> {
        let point = |text: &str| {
            let (x, y) = text.split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        };
        let lines = path.split('M').skip(1).map(|line| line.split_once('L').unwrap());
        lines.map(|(from, to)| [point(from), point(to)]).collect()
    }

    #[test]
    fn lines_of_a_pattern_stand_on_one_grid() {
        assert_eq!(Pattern::Hatch.path(0.0, 0.0, 10.0, 12.0), "M0 10L10 0M8 12L10 10");
        assert_eq!(Pattern::Hatch.path(10.0, 0.0, 20.0, 5.0), "M15 5L20 0");
        assert_eq!(Pattern::Cross.path(0.0, 0.0, 8.0, 8.0), "M0 8L8 0M0 0L8 8");
        assert_eq!(Pattern::Stripes.path(1.0, 1.0, 1.0, 1.0), "");
    }

    proptest! {
        #[test]
        fn no_line_of_a_pattern_leaves_its_rectangle(
            (left, top) in (-50.0_f64..900.0, -50.0_f64..900.0),
            (width, height) in (0.0_f64..300.0, 0.0_f64..300.0),
        ) {
            for pattern in [Pattern::Hatch, Pattern::Stripes, Pattern::Cross] {
                for [from, to] in ends(&pattern.path(left, top, left + width, top + height)) {
                    for (x, y) in [from, to] {
                        // Written with one decimal.
                        prop_assert!(x >= left - 0.06 && x <= left + width + 0.06, "{x}");
                        prop_assert!(y >= top - 0.06 && y <= top + height + 0.06, "{y}");
                    }
                    prop_assert!(((from.0 - to.0).abs() - (from.1 - to.1).abs()).abs() < 0.21, "not slanted by half");
                }
            }
        }
    }
}
