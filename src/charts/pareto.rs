//! Causes from many to few with their running share of all: where most of it comes from. The few that make up most
//! are filled, the others are not.

use super::description::{Pareto, ParetoRow};
use super::frame::ChartBody;
use super::lines::{ColumnWords, LineFigure, ListLayout};
use super::sheet::{DrawingSheet, LabelStyle, TouchArea};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::tokens;
use crate::domain::format;

/// Running share up to which causes are the few that matter, in percent.
const MOST: f64 = 80.0;

/// Causes that are drawn; the others are summed in a line of words.
const DRAWN_MAX: usize = 30;

/// A cause with what it and those before it come to.
pub(super) struct SharedRow<'c> {
    pub(super) row: &'c ParetoRow,
    /// Percent of all, together with those above.
    pub(super) share: f64,
    /// True for those that are needed to reach [`MOST`].
    pub(super) is_most: bool,
}

pub(super) struct ParetoBody<'c> {
    style: Style,
    chart: &'c Pareto,
    rows: Vec<SharedRow<'c>>,
    layout: ListLayout,
    largest: u32,
    /// Words on the causes that are not drawn.
    rest: Vec<String>,
}

/// Causes that occur, from many to few, then by name.
pub(super) fn shared(chart: &Pareto) -> Vec<SharedRow<'_>> {
    let mut rows: Vec<&ParetoRow> = chart.rows.iter().filter(|row| row.count > 0).collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let all: f64 = rows.iter().map(|row| f64::from(row.count)).sum();
    let mut so_far = 0.0;
    let mut listed: Vec<SharedRow<'_>> = Vec::with_capacity(rows.len());
    for row in rows {
        let is_most = listed.last().is_none_or(|above| above.share < MOST);
        so_far += f64::from(row.count);
        listed.push(SharedRow { row, share: so_far / all * 100.0, is_most });
    }
    listed
}

/// `… 12 faskes lain bersama 15; semuanya ada di tabel grafik ini.`
fn rest_lines(rows: &[SharedRow<'_>], chart: &Pareto, style: Style) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let sum: f64 = rows.iter().map(|row| f64::from(row.row.count)).sum();
    let noun = clean(&chart.noun);
    let words =
        format!("… {} {noun} lain bersama {}; semuanya ada di tabel grafik ini.", rows.len(), format::count(sum));
    text::wrap(&words, style.text, Weight::Regular, style.width - 2.0 * style.margin, 2)
}

fn figures(row: &SharedRow<'_>) -> [String; 2] {
    [format::count(f64::from(row.row.count)), format!("{} %", format::percent(row.share))]
}

impl<'c> ParetoBody<'c> {
    pub(super) fn new(chart: &'c Pareto, style: Style) -> Self {
        let mut rows = shared(chart);
        let rest = rest_lines(rows.get(DRAWN_MAX..).unwrap_or_default(), chart, style);
        rows.truncate(DRAWN_MAX);
        let names: Vec<String> = rows.iter().map(|row| clean(&row.row.name)).collect();
        let heads = ["Jumlah", "Kumulatif"];
        let column = |(place, head): (usize, &str)| ColumnWords {
            head: head.to_owned(),
            figures: rows.iter().map(|row| figures(row)[place].clone()).collect(),
        };
        let columns = heads.into_iter().enumerate().map(column).collect();
        let layout = ListLayout::new(style, &names, columns);
        let largest = rows.first().map_or(1, |row| row.row.count);
        Self { style, chart, rows, layout, largest, rest }
    }

    fn fill(&self, is_most: bool) -> AreaFill {
        match (is_most, self.style.is_print()) {
            (true, true) => AreaFill::Color(tokens::INK),
            (true, false) => AreaFill::Color(tokens::PRIMARY),
            (false, _) => AreaFill::Color(tokens::GRID),
        }
    }

    fn legend(&self) -> Vec<String> {
        let most = shared(self.chart).iter().filter(|row| row.is_most).count();
        let share = shared(self.chart).iter().rfind(|row| row.is_most).map_or(0.0, |row| row.share);
        let noun = clean(&self.chart.noun);
        let words = format!("Terisi penuh: {most} {noun} teratas, bersama {} % dari semua", format::percent(share));
        text::wrap(&words, self.style.text, Weight::Regular, self.style.width - 2.0 * self.style.margin, 2)
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a legend")]
    fn legend_height(&self) -> f64 {
        (self.legend().len() as f64 + 0.3) * Style::line(self.style.text)
    }

    fn draw_row(&self, sheet: &DrawingSheet, row: &SharedRow<'_>, top: f64) {
        let style = self.style;
        let name = clean(&row.row.name);
        let figures = figures(row);
        let said = format!("{name}: {}, kumulatif {}", figures[0], figures[1]);
        sheet.mark(&said, &row.row.answer, || {
            let width = style.width - 2.0 * style.margin;
            sheet.touch(&row.row.answer, TouchArea { x: style.margin, y: top, width, height: self.layout.row });
            let kind = LabelStyle::new(style.text);
            self.layout.draw_name(sheet, top, &name, kind);
            let length = (self.layout.plot.1 - self.layout.plot.0) * f64::from(row.row.count) / f64::from(self.largest);
            let height = self.layout.row * 0.68;
            let upper = top + (self.layout.row - height) / 2.0;
            sheet.rect(self.layout.plot.0, upper, length, height, self.fill(row.is_most));
            sheet.frame(self.layout.plot.0, upper, length, height, Stroke::solid(tokens::MUTED, style.thin));
            self.layout.draw_figure(sheet, top, 0, LineFigure { words: &figures[0], kind: kind.bold() });
            self.layout.draw_figure(sheet, top, 1, LineFigure { words: &figures[1], kind });
        });
    }
}

impl ChartBody for ParetoBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    fn height(&self) -> f64 {
        let rest = self.rest.len() as f64 * Style::line(self.style.text);
        self.legend_height() + self.layout.head_height() + self.rows.len() as f64 * self.layout.row + rest
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        self.layout.draw_below(sheet, top, &self.legend());
        let head = top + self.legend_height();
        self.layout.draw_heads(sheet, head);
        let mut y = head + self.layout.head_height();
        for row in &self.rows {
            self.draw_row(sheet, row, y);
            y += self.layout.row;
        }
        self.layout.draw_below(sheet, y, &self.rest);
    }
}
