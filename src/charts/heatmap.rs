//! Facility × month of visits planned and done: each state by shape, colour and lightness.

use crate::domain::SlotState;

use super::canvas::Pattern;
use super::description::{HeatCell, HeatMap, HeatRow, VisitMark};
use super::frame::ChartBody;
use super::sheet::{DrawingSheet, LabelStyle, Shape, TextAnchor};
use super::style::{AreaFill, Stroke, Style};
use super::text::clean;
use super::tokens;

/// Words for a cell without marks.
pub(super) const NOTHING_PLANNED: &str = "Tidak ada jadwal";
/// Marks drawn in one cell.
const MARKS_MAX: usize = 3;
const NAMES_SHARE: f64 = 0.34;
/// Rows from which the heads of the months are repeated below.
const ROWS_WITH_ONE_HEAD: usize = 25;

/// Box of a mark: its upper left corner and its size.
#[derive(Clone, Copy)]
struct MarkBox {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Shape and colour of a mark.
struct MarkStyle {
    fill: Option<AreaFill>,
    outline: Option<Stroke>,
    shape: Shape,
    ink: &'static str,
}

pub(super) struct HeatMapBody<'c> {
    style: Style,
    chart: &'c HeatMap,
    left: f64,
    cell: f64,
    row: f64,
    /// Legend entries by line.
    legend: Vec<Vec<Option<VisitMark>>>,
}

/// Says the marks of a cell in words.
pub(super) fn cell_words(cell: &HeatCell) -> String {
    let marks: Vec<&str> = cell.marks.iter().map(|mark| mark.label()).collect();
    let marks = if marks.is_empty() { NOTHING_PLANNED.to_owned() } else { marks.join(", ") };
    let detail = clean(&cell.detail);
    if detail.is_empty() { marks } else { format!("{marks}: {detail}") }
}

impl<'c> HeatMapBody<'c> {
    pub(super) fn new(chart: &'c HeatMap, style: Style) -> Self {
        let kind = LabelStyle::new(style.text);
        let names = chart.rows.iter().map(|row| kind.width(&clean(&row.name))).fold(0.0, f64::max);
        let left = style.margin + names.min(style.width * NAMES_SHARE) + style.text * 0.6;
        #[expect(clippy::cast_precision_loss, reason = "months of a chart")]
        let columns = chart.months.len().max(1) as f64;
        let cell = ((style.width - style.margin - left) / columns).min(style.text * 6.0);
        let row = (style.text * 1.8).round();
        let mut body = Self { style, chart, left, cell, row, legend: Vec::new() };
        body.legend = body.legend_lines();
        body
    }

    /// Only what the chart holds, in the order of the states, wrapped to the width.
    fn legend_lines(&self) -> Vec<Vec<Option<VisitMark>>> {
        let cells = || self.chart.rows.iter().flat_map(|row| &row.cells);
        let mut entries: Vec<Option<VisitMark>> = Vec::new();
        entries
            .extend(VisitMark::ALL.into_iter().filter(|mark| cells().any(|cell| cell.marks.contains(mark))).map(Some));
        if cells().any(|cell| cell.marks.is_empty()) {
            entries.push(None);
        }
        let mut lines: Vec<Vec<Option<VisitMark>>> = Vec::new();
        let room = self.style.width - 2.0 * self.style.margin;
        let mut used = f64::INFINITY;
        for entry in entries {
            let width = self.legend_width(entry);
            if used + width > room {
                lines.push(Vec::new());
                used = 0.0;
            }
            used += width;
            if let Some(line) = lines.last_mut() {
                line.push(entry);
            }
        }
        lines
    }

    fn legend_width(&self, entry: Option<VisitMark>) -> f64 {
        let words = entry.map_or(NOTHING_PLANNED, VisitMark::label);
        LabelStyle::new(self.style.text).width(words) + self.style.text * 3.2
    }

    fn legend_line_height(&self) -> f64 {
        (self.style.text * 1.9).round()
    }

    fn look(&self, mark: VisitMark) -> MarkStyle {
        let style = self.style;
        let solid = |color| Some(Stroke::solid(color, style.stroke));
        let dashed = Some(Stroke::dashed(tokens::NO_DATA, style.thin.max(1.5)));
        let color = |color| Some(AreaFill::Color(color));
        let look = |fill, outline, shape, ink| MarkStyle { fill, outline, shape, ink };
        let hatch = Some(AreaFill::Pattern(Pattern::Hatch));
        let print = style.is_print();
        match mark {
            VisitMark::Slot(SlotState::OnSchedule) if print => {
                look(color(tokens::PAPER), solid(tokens::INK), Shape::Disc, tokens::INK)
            }
            VisitMark::Slot(SlotState::OnSchedule) => look(color(tokens::GOOD), None, Shape::Disc, tokens::PAPER),
            VisitMark::Slot(SlotState::Rescheduled) => {
                let green = if print { tokens::INK } else { tokens::GOOD };
                look(color(tokens::PAPER), solid(green), Shape::Ring, green)
            }
            VisitMark::Slot(SlotState::Late) if print => {
                look(color(tokens::PAPER), solid(tokens::INK), Shape::TriangleRight, tokens::INK)
            }
            VisitMark::Slot(SlotState::Late) => look(color(tokens::FAIR), None, Shape::TriangleRight, tokens::INK),
            VisitMark::Slot(SlotState::Early) if print => {
                look(color(tokens::PAPER), solid(tokens::INK), Shape::TriangleLeft, tokens::INK)
            }
            VisitMark::Slot(SlotState::Early) => look(color(tokens::EARLY), None, Shape::TriangleLeft, tokens::INK),
            VisitMark::Slot(SlotState::Missed) => {
                let red = if print { tokens::INK } else { tokens::POOR };
                look(color(red), None, Shape::Cross, tokens::PAPER)
            }
            VisitMark::Slot(SlotState::Unreported) => look(hatch, dashed, Shape::Question, tokens::INK),
            VisitMark::Slot(SlotState::NotDue) => {
                look(color(tokens::PAPER), Some(Stroke::solid(tokens::NO_DATA, style.thin)), Shape::Dot, tokens::MUTED)
            }
            VisitMark::Slot(SlotState::Cancelled) => look(color(tokens::SURFACE), dashed, Shape::Dash, tokens::INK),
            VisitMark::Unscheduled => {
                let blue = if print { tokens::INK } else { tokens::PRIMARY };
                look(None, None, Shape::Diamond, blue)
            }
        }
    }

    /// A mark in a box.
    fn draw_mark(&self, sheet: &DrawingSheet, mark: VisitMark, area: MarkBox) {
        let MarkBox { x, y, width, height } = area;
        let look = self.look(mark);
        if let Some(fill) = look.fill {
            sheet.rect(x, y, width, height, fill);
        }
        if let Some(stroke) = look.outline {
            let inset = stroke.width / 2.0;
            sheet.frame(x + inset, y + inset, width - 2.0 * inset, height - 2.0 * inset, stroke);
        }
        let size = self.style.text.min(width * 1.1);
        sheet.shape(look.shape, x + width / 2.0, y + height / 2.0, size, look.ink);
    }

    fn draw_cell(&self, sheet: &DrawingSheet, cell: &HeatCell, x: f64, y: f64) {
        let gap = self.style.thin.max(1.0);
        let width = self.cell - 2.0 * gap;
        let height = self.row - 2.0 * gap;
        let marks = &cell.marks[..cell.marks.len().min(MARKS_MAX)];
        #[expect(clippy::cast_precision_loss, reason = "at most three marks")]
        let part = width / marks.len().max(1) as f64;
        let mut at = x + gap;
        for mark in marks {
            let width = part - if marks.len() > 1 { gap } else { 0.0 };
            self.draw_mark(sheet, *mark, MarkBox { x: at, y: y + gap, width, height });
            at += part;
        }
    }

    fn draw_row(&self, sheet: &DrawingSheet, row: &HeatRow, y: f64) {
        let style = self.style;
        let name = clean(&row.name);
        let said = |(month, cell): (&String, &HeatCell)| {
            (!cell.marks.is_empty()).then(|| format!("{}: {}", clean(month), cell_words(cell)))
        };
        let words: Vec<String> = self.chart.months.iter().zip(&row.cells).filter_map(said).collect();
        let words = if words.is_empty() { NOTHING_PLANNED.to_owned() } else { words.join("; ") };
        sheet.mark(&format!("{name}: {words}"), &row.answer, || {
            let room = self.left - style.margin - style.text * 0.6;
            let base = y + self.row / 2.0 + style.text * 0.36;
            sheet.fitted(
                self.left - style.text * 0.6,
                base,
                &name,
                room,
                LabelStyle::new(style.text).anchored(TextAnchor::End),
            );
        });
        let mut x = self.left;
        for (month, cell) in self.chart.months.iter().zip(&row.cells) {
            if !cell.marks.is_empty() {
                let title = format!("{name}, {}: {}", clean(month), cell_words(cell));
                sheet.mark(&title, &row.answer, || self.draw_cell(sheet, cell, x, y));
            }
            x += self.cell;
        }
    }

    fn draw_heads(&self, sheet: &DrawingSheet, base: f64) {
        let kind = LabelStyle::new(self.style.small).muted().anchored(TextAnchor::Middle);
        let mut x = self.left + self.cell / 2.0;
        for month in &self.chart.months {
            sheet.fitted(x, base, &clean(month), self.cell, kind);
            x += self.cell;
        }
    }

    fn draw_grid(&self, sheet: &DrawingSheet, top: f64, bottom: f64) {
        let stroke = Stroke::solid(tokens::GRID, self.style.thin);
        #[expect(clippy::cast_precision_loss, reason = "months of a chart")]
        let right = self.left + self.cell * self.chart.months.len() as f64;
        let mut y = top;
        while y <= bottom + 0.5 {
            sheet.line((self.left, y), (right, y), stroke);
            y += self.row;
        }
        let mut x = self.left;
        while x <= right + 0.5 {
            sheet.line((x, top), (x, bottom), stroke);
            x += self.cell;
        }
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.text);
        let side = style.text * 1.4;
        let mut y = top;
        for line in &self.legend {
            let mut x = style.margin;
            for entry in line {
                match entry {
                    Some(mark) => self.draw_mark(sheet, *mark, MarkBox { x, y, width: side, height: side }),
                    None => sheet.frame(x, y, side, side, Stroke::solid(tokens::GRID, style.thin)),
                }
                let words = entry.map_or(NOTHING_PLANNED, VisitMark::label);
                sheet.text(x + side + style.text * 0.5, y + side / 2.0 + style.text * 0.36, words, kind);
                x += self.legend_width(*entry);
            }
            y += self.legend_line_height();
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    fn rows_height(&self) -> f64 {
        self.chart.rows.len() as f64 * self.row
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a legend")]
    fn legend_height(&self) -> f64 {
        self.legend.len() as f64 * self.legend_line_height() + self.style.text * 0.4
    }

    fn head(&self) -> f64 {
        Style::line(self.style.small) * 1.2
    }

    fn has_second_head(&self) -> bool {
        self.chart.rows.len() > ROWS_WITH_ONE_HEAD
    }
}

impl ChartBody for HeatMapBody<'_> {
    fn height(&self) -> f64 {
        let heads = if self.has_second_head() { 2.0 } else { 1.0 };
        self.legend_height() + heads * self.head() + self.rows_height()
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        self.draw_legend(sheet, top);
        let head = top + self.legend_height();
        self.draw_heads(sheet, head + self.style.small);
        let first = head + self.head();
        let bottom = first + self.rows_height();
        self.draw_grid(sheet, first, bottom);
        let mut y = first;
        for row in &self.chart.rows {
            self.draw_row(sheet, row, y);
            y += self.row;
        }
        if self.has_second_head() {
            self.draw_heads(sheet, bottom + self.style.small * 1.2);
        }
    }
}
