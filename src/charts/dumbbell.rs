//! Two periods of every facility as two points on one line, with both figures and the change beside them.

use super::bars::number;
use super::description::{Dumbbell, DumbbellRow};
use super::frame::ChartBody;
use super::lines::{ColumnWords, LineFigure, ListLayout};
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, TextAnchor, TouchArea, axis_end};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::tokens;
use crate::domain::format;

/// Stands where there is no figure.
const NONE: &str = "–";
/// Stands behind a figure with a small denominator.
const SMALL: &str = "*";
/// Change that is shown as none, in points.
const LEVEL: f64 = 0.05;

pub(super) struct DumbbellBody<'c> {
    style: Style,
    chart: &'c Dumbbell,
    rows: Vec<&'c DumbbellRow>,
    layout: ListLayout,
    end: f64,
    notes: Vec<String>,
}

/// Rows as they are drawn: by the later figure from high to low, missing last, then by name; the total last.
pub(super) fn sorted(chart: &Dumbbell) -> Vec<&DumbbellRow> {
    let mut rows: Vec<&DumbbellRow> = chart.rows.iter().collect();
    rows.sort_by(|a, b| {
        let by_value = match (number(a.now), number(b.now)) {
            (Some(one), Some(other)) => other.total_cmp(&one),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        by_value.then_with(|| a.name.cmp(&b.name))
    });
    rows.push(&chart.total);
    rows
}

/// `+7,3`, `−2,1`, `tetap`, or a dash where one of the two is missing; of the figures as they are shown.
pub(super) fn change(row: &DumbbellRow) -> String {
    match number(row.before).map(format::as_shown).zip(number(row.now).map(format::as_shown)) {
        None => NONE.to_owned(),
        Some((before, now)) if (now - before).abs() < LEVEL => "tetap".to_owned(),
        Some((before, now)) if now > before => format!("+{}", format::percent(now - before)),
        Some((before, now)) => format!("−{}", format::percent(before - now)),
    }
}

fn figure(value: Option<f64>, is_small: bool) -> String {
    let mark = if is_small { SMALL } else { "" };
    number(value).map_or_else(|| NONE.to_owned(), |value| format!("{}{mark}", format::percent(value)))
}

fn figures(row: &DumbbellRow) -> [String; 3] {
    [figure(row.before, row.is_before_small), figure(row.now, row.is_now_small), change(row)]
}

impl<'c> DumbbellBody<'c> {
    pub(super) fn new(chart: &'c Dumbbell, style: Style) -> Self {
        let rows = sorted(chart);
        let names: Vec<String> = rows.iter().map(|row| clean(&row.name)).collect();
        let heads = [clean(&chart.before), clean(&chart.now), "Selisih".to_owned()];
        let column = |(place, head): (usize, String)| {
            let figures = rows.iter().map(|row| figures(row)[place].clone()).collect();
            ColumnWords { head, figures }
        };
        let columns = heads.into_iter().enumerate().map(column).collect();
        let layout = ListLayout::new(style, &names, columns);
        let target = chart.target.iter().map(|target| target.value);
        let end = axis_end(rows.iter().flat_map(|row| [row.before, row.now]).flatten().chain(target));
        let mut body = Self { style, chart, rows, layout, end, notes: Vec::new() };
        body.notes = body.note_lines();
        body
    }

    fn note_lines(&self) -> Vec<String> {
        let is_missing = |row: &&&DumbbellRow| number(row.before).is_none() || number(row.now).is_none();
        let mut notes = Vec::new();
        if self.rows.iter().any(|row| is_missing(&row)) {
            notes.push(format!("{NONE} belum ada data atau tidak berlaku"));
        }
        if self.rows.iter().any(|row| row.is_before_small || row.is_now_small) {
            notes.push(format!("{SMALL} penyebut di bawah 10: satu saja mengubah banyak"));
        }
        let room = self.style.width - 2.0 * self.style.margin;
        text::wrap(&notes.join("; "), self.style.small, Weight::Regular, room, 3)
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.text);
        let base = top + style.text;
        let middle = base - style.text * 0.36;
        let room = (style.width - 2.0 * style.margin) / 3.0 - style.text * 3.5;
        let mut x = style.margin;
        let words = [Some(&self.chart.before), Some(&self.chart.now), self.chart.target.as_ref().map(|t| &t.label)];
        for (place, words) in words.into_iter().enumerate() {
            let Some(words) = words else { continue };
            let sample = style.text * 1.6;
            match place {
                0 => self.draw_before(sheet, x + sample / 2.0, middle),
                1 => self.draw_now(sheet, x + sample / 2.0, middle),
                _ => sheet.line((x, middle), (x + sample, middle), self.target_stroke()),
            }
            x += sample + style.text * 0.4;
            let shown = text::clip(&clean(words), kind.size, kind.weight, room);
            sheet.text(x, base, &shown, kind);
            x += kind.width(&shown) + style.text * 1.4;
        }
    }

    fn target_stroke(&self) -> Stroke {
        Stroke::dashed(tokens::INK, self.style.thin.max(1.5))
    }

    fn radius(&self) -> f64 {
        self.style.text * 0.36
    }

    fn draw_before(&self, sheet: &DrawingSheet, x: f64, y: f64) {
        sheet.disc(x, y, self.radius(), AreaFill::Color(tokens::PAPER));
        sheet.ring(x, y, self.radius(), Stroke::solid(tokens::MUTED, self.style.stroke));
    }

    fn draw_now(&self, sheet: &DrawingSheet, x: f64, y: f64) {
        let color = if self.style.is_print() { tokens::INK } else { tokens::PRIMARY };
        sheet.disc(x, y, self.radius() * 1.1, AreaFill::Color(color));
    }

    fn draw_row(&self, sheet: &DrawingSheet, scale: &AxisScale, row: &DumbbellRow, top: f64) {
        let style = self.style;
        let is_total = std::ptr::eq(row, &raw const self.chart.total);
        let name = clean(&row.name);
        let [before, now, change] = figures(row);
        let said = format!(
            "{name}: {} {before}, {} {now}, selisih {change}",
            clean(&self.chart.before),
            clean(&self.chart.now)
        );
        sheet.mark(&said, &row.answer, || {
            let width = style.width - 2.0 * style.margin;
            sheet.touch(&row.answer, TouchArea { x: style.margin, y: top, width, height: self.layout.row });
            let plain = LabelStyle::new(style.text);
            self.layout.draw_name(sheet, top, &name, if is_total { plain.bold() } else { plain });
            let y = top + self.layout.row / 2.0;
            let places = [row.before, row.now].map(|value| number(value).map(|value| scale.at(value)));
            if let [Some(from), Some(to)] = places {
                sheet.line((from, y), (to, y), Stroke::solid(tokens::MUTED, style.stroke));
            }
            if let Some(x) = places[0] {
                self.draw_before(sheet, x, y);
            }
            if let Some(x) = places[1] {
                self.draw_now(sheet, x, y);
            }
            for (place, words) in [&before, &now, &change].into_iter().enumerate() {
                let kind = if place == 1 || is_total { plain.bold() } else { plain };
                let kind = if words == NONE { kind.muted() } else { kind };
                self.layout.draw_figure(sheet, top, place, LineFigure { words, kind });
            }
        });
    }

    fn draw_axis(&self, sheet: &DrawingSheet, scale: &AxisScale, top: f64, bottom: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.small).muted().anchored(TextAnchor::Middle);
        let widest = kind.width(&format::count(self.end)) * 1.6;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "labels that fit, few")]
        let fit = ((self.layout.plot.1 - self.layout.plot.0) / widest).clamp(2.0, 6.0) as usize;
        for tick in scale.ticks(fit) {
            let x = scale.at(tick);
            let color = if tick == 0.0 { tokens::MUTED } else { tokens::GRID };
            sheet.line((x, top), (x, bottom), Stroke::solid(color, style.thin));
            sheet.text(x, bottom + Style::line(style.small), &format::count(tick), kind);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    fn rows_height(&self) -> f64 {
        self.rows.len() as f64 * self.layout.row
    }
}

impl ChartBody for DumbbellBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "lines of a note")]
    fn height(&self) -> f64 {
        let notes = (self.notes.len() as f64 + 1.4) * Style::line(self.style.small);
        self.style.legend_line() + self.layout.head_height() + self.rows_height() + notes
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        self.draw_legend(sheet, top);
        let head = top + self.style.legend_line();
        self.layout.draw_heads(sheet, head);
        let first = head + self.layout.head_height();
        let bottom = first + self.rows_height();
        let scale = AxisScale::new(0.0..self.end, self.layout.plot.0, self.layout.plot.1);
        self.draw_axis(sheet, &scale, first, bottom);
        if let Some(target) = &self.chart.target {
            let x = scale.at(target.value);
            sheet.titled(&target.label, || sheet.line((x, first), (x, bottom), self.target_stroke()));
        }
        // The total stands apart from its facilities.
        let edge = bottom - self.layout.row;
        let stroke = Stroke::solid(tokens::MUTED, style.thin);
        sheet.line((style.margin, edge), (style.width - style.margin, edge), stroke);
        let mut y = first;
        for row in &self.rows {
            self.draw_row(sheet, &scale, row, y);
            y += self.layout.row;
        }
        let mut base = bottom + Style::line(style.small) * 2.2;
        for line in &self.notes {
            sheet.text(style.margin, base, line, LabelStyle::new(style.small).muted());
            base += Style::line(style.small);
        }
    }
}
