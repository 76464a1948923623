//! Charts that list things line by line: names at the left, a plot, columns of figures at the right. Knows no kind of
//! chart.

use super::sheet::{DrawingSheet, LabelStyle, TextAnchor};
use super::style::Style;

/// Largest share of the width that names may take.
const NAMES_SHARE: f64 = 0.32;
/// Widest head of a column, in sizes of small text; longer ones are cut.
const HEAD_MAX: f64 = 7.5;

/// Places of names, plot and columns, the same in every line.
pub(super) struct ListLayout {
    style: Style,
    /// Where the plot begins and ends.
    pub(super) plot: (f64, f64),
    /// Height of a line.
    pub(super) row: f64,
    columns: Vec<ListedColumn>,
}

/// A column of figures: its head, its right edge and its width.
struct ListedColumn {
    head: String,
    right: f64,
    width: f64,
}

/// Head of a column, with the figures that it has to hold.
pub(super) struct ColumnWords {
    pub(super) head: String,
    pub(super) figures: Vec<String>,
}

impl ListLayout {
    pub(super) fn new(style: Style, names: &[String], columns: Vec<ColumnWords>) -> Self {
        let kind = LabelStyle::new(style.text).bold();
        let widest = names.iter().map(|name| kind.width(name)).fold(0.0, f64::max);
        let left = style.margin + widest.min(style.width * NAMES_SHARE) + style.text * 0.8;
        let mut right = style.width - style.margin;
        let mut placed: Vec<ListedColumn> = Vec::new();
        for column in columns.into_iter().rev() {
            let head = LabelStyle::new(style.small).width(&column.head).min(style.small * HEAD_MAX);
            let width = column.figures.iter().map(|figure| kind.width(figure)).fold(head, f64::max);
            placed.push(ListedColumn { head: column.head, right, width });
            right -= width + style.text * 0.9;
        }
        placed.reverse();
        Self { style, plot: (left, right - style.text * 0.3), row: (style.text * 1.75).round(), columns: placed }
    }

    /// Height of the line of heads.
    pub(super) fn head_height(&self) -> f64 {
        Style::line(self.style.small) * 1.3
    }

    /// Draws sentences below the lines, from `top` down.
    pub(super) fn draw_below(&self, sheet: &DrawingSheet, top: f64, sentences: &[String]) {
        let kind = LabelStyle::new(self.style.text).muted();
        let mut base = top + self.style.text;
        for sentence in sentences {
            sheet.text(self.style.margin, base, sentence, kind);
            base += Style::line(self.style.text);
        }
    }

    pub(super) fn draw_heads(&self, sheet: &DrawingSheet, top: f64) {
        let kind = LabelStyle::new(self.style.small).muted().anchored(TextAnchor::End);
        for column in &self.columns {
            sheet.fitted(column.right, top + self.style.small, &column.head, column.width, kind);
        }
    }

    /// Base line of the text of a line that begins at `top`.
    fn base(&self, top: f64) -> f64 {
        top + self.row / 2.0 + self.style.text * 0.36
    }

    pub(super) fn draw_name(&self, sheet: &DrawingSheet, top: f64, name: &str, kind: LabelStyle) {
        let edge = self.plot.0 - self.style.text * 0.8;
        let room = edge - self.style.margin;
        sheet.fitted(edge, self.base(top), name, room, kind.anchored(TextAnchor::End));
    }

    pub(super) fn draw_figure(&self, sheet: &DrawingSheet, top: f64, place: usize, figure: LineFigure<'_>) {
        let right = self.columns[place].right;
        sheet.text(right, self.base(top), figure.words, figure.kind.anchored(TextAnchor::End));
    }
}

/// Words of a figure and how they are written.
#[derive(Clone, Copy)]
pub(super) struct LineFigure<'w> {
    pub(super) words: &'w str,
    pub(super) kind: LabelStyle,
}
