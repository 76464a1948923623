//! The PWS chart (pemantauan wilayah setempat): bars from high to low, the Puskesmas' total last, the axis
//! ticked with the monthly targets, rows of figures under the bars. Many facilities go on several tiers,
//! so that every figure stays readable.

use crate::domain::format::{self, MONTHS_SHORT};

use super::bars::number;
use super::canvas::Pattern;
use super::description::{Pws, PwsColumn, PwsTargets, PwsTrend};
use super::frame::ChartBody;
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, Shape, TextAnchor};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::tokens;

/// The words where a facility reported nothing.
pub(super) const NOT_REPORTED: &str = "belum lapor";
/// Height of the mark at the foot of a column without figures, in lines of small text.
const MISSING_MARK_LINES: f64 = 0.5;
const NAME_LINES_MAX: usize = 4;
const SLANT_DEGREES: f64 = 45.0;

/// Placing of names under their columns.
enum NameLayout {
    /// In lines, wrapped between words.
    Wrapped(usize),
    /// Rising to the right, so high.
    Slanted(f64),
}

pub(super) struct PwsBody<'c> {
    style: Style,
    chart: &'c Pws,
    /// Facilities from high to low, then the total; by tier.
    tiers: Vec<Vec<&'c PwsColumn>>,
    left: f64,
    column: f64,
    plot_height: f64,
    end: f64,
    names: NameLayout,
    /// True for those of the three rows that hold a missing figure and so need two lines.
    two_lines: [bool; 3],
}

/// The facilities in the order in which they are drawn, the total last.
pub(super) fn sorted(chart: &Pws) -> Vec<&PwsColumn> {
    let mut columns: Vec<&PwsColumn> = chart.columns.iter().collect();
    columns.sort_by(|a, b| {
        let by_value = match (number(a.cumulative), number(b.cumulative)) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        by_value.then_with(|| a.name.cmp(&b.name))
    });
    columns.push(&chart.total);
    columns
}

/// Heads of the three rows of figures.
pub(super) fn row_heads(targets: &PwsTargets) -> [&'static str; 3] {
    match targets {
        PwsTargets::Monthly(_) => ["Kumulatif", "% bulan ini", "% bulan lalu"],
        PwsTargets::Flat(_) => ["Capaian", "% bulan ini", "% bulan lalu"],
    }
}

fn figures(column: &PwsColumn) -> [Option<f64>; 3] {
    [column.cumulative, column.this_month, column.last_month]
}

fn figure(value: Option<f64>) -> String {
    number(value).map_or_else(|| NOT_REPORTED.to_owned(), format::percent)
}

impl<'c> PwsBody<'c> {
    pub(super) fn new(chart: &'c Pws, style: Style) -> Self {
        let columns = sorted(chart);
        let head = LabelStyle::new(style.small);
        let ticks = (1..=12).map(|month| head.bold().width(&tick_words(&chart.targets, month)));
        let heads = row_heads(&chart.targets).into_iter().chain(["Tren", "Nama"]).map(|words| head.width(words));
        let left = style.margin + ticks.chain(heads).fold(0.0, f64::max) + style.small * 0.8;
        let room = style.width - style.margin - left;
        let widest =
            columns.iter().flat_map(|column| figures(column)).map(|value| head.bold().width(&short_figure(value)));
        let narrowest = widest.fold(head.width("belum"), f64::max) + style.small * 0.7;
        let tiers = tiers(&columns, room, narrowest);
        let most = tiers.iter().map(Vec::len).max().unwrap_or(1);
        #[expect(clippy::cast_precision_loss, reason = "columns of a chart")]
        let column = (room / most as f64).min(style.text * 9.0);
        let targets = (1..=12).map(|month| chart.targets.of_month(month));
        let largest = columns.iter().filter_map(|column| number(column.cumulative)).chain(targets).fold(0.0, f64::max);
        let end = if largest > 0.0 { largest * 1.08 } else { 100.0 };
        let plot_height = match style.medium {
            super::Medium::Screen => 290.0,
            super::Medium::Narrow => 260.0,
            super::Medium::Projector => 440.0,
            // Two tiers fill a page.
            super::Medium::Print if tiers.len() > 1 => 200.0,
            super::Medium::Print => 270.0,
        };
        let two_lines = std::array::from_fn(|row| columns.iter().any(|column| number(figures(column)[row]).is_none()));
        let names = names(&columns, column, left, style);
        Self { style, chart, tiers, left, column, plot_height, end, names, two_lines }
    }

    fn this_target(&self) -> f64 {
        self.chart.targets.of_month(self.chart.month)
    }

    fn row_height(&self, row: usize) -> f64 {
        let lines = if self.two_lines[row] { 2.0 } else { 1.0 };
        Style::line(self.style.small) * lines + self.style.small * 0.35
    }

    fn trend_height(&self) -> f64 {
        Style::line(self.style.small) + self.style.small * 0.35
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a name")]
    fn names_height(&self) -> f64 {
        match self.names {
            NameLayout::Wrapped(lines) => Style::line(self.style.small) * lines as f64 + self.style.small * 0.5,
            NameLayout::Slanted(height) => height,
        }
    }

    fn tier_height(&self) -> f64 {
        let rows: f64 = (0..3).map(|row| self.row_height(row)).sum();
        self.style.text * 0.8 + self.plot_height + rows + self.trend_height() + self.names_height()
    }

    fn draw_axis(&self, sheet: &DrawingSheet, scale: &AxisScale, right: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.small).anchored(TextAnchor::End);
        let x = self.left - style.small * 0.5;
        sheet.line((self.left, scale.at(0.0)), (right, scale.at(0.0)), Stroke::solid(tokens::MUTED, style.thin));
        // Labels that would touch give way, first to this month's, then to later ones.
        let this = scale.at(self.this_target());
        let mut taken = vec![this];
        for month in (1..=12).rev() {
            let y = scale.at(self.chart.targets.of_month(month));
            if month == self.chart.month || matches!(self.chart.targets, PwsTargets::Flat(_)) {
                continue;
            }
            sheet.line((self.left, y), (right, y), Stroke::solid(tokens::GRID, style.thin));
            if taken.iter().all(|other| (other - y).abs() >= style.small * 1.02) {
                sheet.text(x, y + style.small * 0.36, &tick_words(&self.chart.targets, month), kind.muted());
                taken.push(y);
            }
        }
        if matches!(self.chart.targets, PwsTargets::Flat(_)) {
            for tick in scale.ticks(6).into_iter().filter(|tick| (scale.at(*tick) - this).abs() >= style.small * 1.02) {
                let y = scale.at(tick);
                sheet.line((self.left, y), (right, y), Stroke::solid(tokens::GRID, style.thin));
                sheet.text(x, y + style.small * 0.36, &format::count(tick), kind.muted());
            }
        }
        sheet.text(x, this + style.small * 0.36, &tick_words(&self.chart.targets, self.chart.month), kind.bold());
    }

    fn draw_bar(&self, sheet: &DrawingSheet, scale: &AxisScale, column: &PwsColumn, x: f64) {
        let style = self.style;
        let middle = x + self.column / 2.0;
        let width = (self.column * 0.62).min(style.text * 4.0);
        let floor = scale.at(0.0);
        if let Some(value) = number(column.cumulative) {
            let top = scale.at(value);
            sheet.rect(middle - width / 2.0, top, width, floor - top, self.bar_fill(column));
            if style.is_print() {
                sheet.frame(middle - width / 2.0, top, width, floor - top, Stroke::solid(tokens::INK, style.thin));
            }
        } else {
            // A mark of a line's height and the words: nothing that could be read as a value.
            let height = style.small * MISSING_MARK_LINES;
            let top = floor - height;
            sheet.rect(middle - width / 2.0, top, width, height, AreaFill::Pattern(Pattern::Hatch));
            let kind = LabelStyle::new(style.small).muted();
            let base = top - style.small * 0.4 - kind.width(NOT_REPORTED);
            sheet.slanted(middle + style.small * 0.36, base, 90.0, NOT_REPORTED, kind);
        }
    }

    fn bar_fill(&self, column: &PwsColumn) -> AreaFill {
        let is_total = std::ptr::eq(column, &raw const self.chart.total);
        match (is_total, self.style.is_print()) {
            (true, true) => AreaFill::Color(tokens::INK),
            (true, false) => AreaFill::Color(tokens::MUTED),
            (false, true) => AreaFill::Pattern(Pattern::Stripes),
            (false, false) => AreaFill::Color(tokens::PRIMARY),
        }
    }

    /// The value above its bar, on paper so that the target's line does not cross it.
    fn draw_value(&self, sheet: &DrawingSheet, scale: &AxisScale, column: &PwsColumn, x: f64) {
        let Some(value) = number(column.cumulative) else { return };
        let kind = LabelStyle::new(self.style.small).bold().anchored(TextAnchor::Middle);
        let words = format::percent(value);
        let base = scale.at(value) - kind.size * 0.4;
        let middle = x + self.column / 2.0;
        let width = kind.width(&words);
        sheet.rect(middle - width / 2.0, base - kind.size * 0.85, width, kind.size, AreaFill::Color(tokens::PAPER));
        sheet.text(middle, base, &words, kind);
    }

    fn draw_figures(&self, sheet: &DrawingSheet, column: &PwsColumn, x: f64, mut y: f64, is_total: bool) {
        let style = self.style;
        let middle = x + self.column / 2.0;
        let kind = LabelStyle::new(style.small).anchored(TextAnchor::Middle);
        for (row, value) in figures(column).into_iter().enumerate() {
            let base = y + style.small * 1.2;
            if let Some(value) = number(value) {
                let kind = if row == 0 || is_total { kind.bold() } else { kind };
                sheet.text(middle, base, &format::percent(value), kind);
            } else {
                for (line, words) in NOT_REPORTED.split(' ').enumerate() {
                    let below = if line == 0 { 0.0 } else { Style::line(style.small) };
                    sheet.text(middle, base + below, words, kind.muted());
                }
            }
            y += self.row_height(row);
        }
        let center = y + self.trend_height() / 2.0;
        let (shape, color) = match column.trend {
            Some(PwsTrend::Rising) => (Shape::TriangleUp, tokens::INK),
            Some(PwsTrend::Falling) => (Shape::TriangleDown, tokens::INK),
            Some(PwsTrend::Level) => (Shape::Bar, tokens::INK),
            None => {
                sheet.text(middle, center + style.small * 0.36, "–", kind.muted());
                return;
            }
        };
        sheet.shape(shape, middle, center, style.small * 1.2, color);
    }

    fn draw_name(&self, sheet: &DrawingSheet, column: &PwsColumn, x: f64, y: f64, is_total: bool) {
        let style = self.style;
        let name = clean(&column.name);
        let middle = x + self.column / 2.0;
        let kind = LabelStyle::new(style.small);
        let kind = if is_total { kind.bold() } else { kind };
        match self.names {
            NameLayout::Wrapped(_) => {
                let room = self.column - style.small * 0.4;
                let mut base = y + style.small * 1.2;
                for line in text::wrap_name(&name, kind.size, kind.weight, room, NAME_LINES_MAX) {
                    sheet.text(middle, base, &line, kind.anchored(TextAnchor::Middle));
                    base += Style::line(style.small);
                }
            }
            NameLayout::Slanted(_) => {
                let shown = text::clip_name(&name, kind.size, kind.weight, slant_room(self.left, self.column, style));
                sheet.slanted(middle + style.small * 0.3, y + style.small * 0.9, SLANT_DEGREES, &shown, kind);
            }
        }
    }

    fn draw_row_heads(&self, sheet: &DrawingSheet, y: f64, right: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.small).muted().anchored(TextAnchor::End);
        let x = self.left - style.small * 0.5;
        let grid = Stroke::solid(tokens::GRID, style.thin);
        let mut top = y;
        for (row, words) in row_heads(&self.chart.targets).into_iter().enumerate() {
            sheet.text(x, top + style.small * 1.2, words, kind);
            top += self.row_height(row);
            sheet.line((style.margin, top), (right, top), grid);
        }
        sheet.text(x, top + style.small * 1.2, "Tren", kind);
        top += self.trend_height();
        sheet.line((style.margin, top), (right, top), grid);
        sheet.text(x, top + style.small * 1.2, "Nama", kind);
    }

    fn draw_tier(&self, sheet: &DrawingSheet, tier: &[&PwsColumn], top: f64) {
        let style = self.style;
        let top = top + style.text * 0.8;
        let floor = top + self.plot_height;
        #[expect(clippy::cast_precision_loss, reason = "columns of a chart")]
        let right = self.left + self.column * tier.len() as f64;
        let scale = AxisScale::new(0.0..self.end, floor, top);
        self.draw_axis(sheet, &scale, right);
        let y = floor + style.small * 0.4;
        self.draw_row_heads(sheet, y, right);
        let rows: f64 = (0..3).map(|row| self.row_height(row)).sum();
        let names = y + rows + self.trend_height();
        let mut x = self.left;
        for column in tier {
            let is_total = std::ptr::eq(*column, &raw const self.chart.total);
            sheet.mark(&column_words(column, &self.chart.targets), || {
                self.draw_bar(sheet, &scale, column, x);
                self.draw_figures(sheet, column, x, y, is_total);
                self.draw_name(sheet, column, x, names, is_total);
            });
            x += self.column;
        }
        let target = scale.at(self.this_target());
        sheet.titled(&tick_words(&self.chart.targets, self.chart.month), || {
            sheet.line((self.left, target), (right, target), Stroke::solid(tokens::INK, style.stroke));
        });
        let mut x = self.left;
        for column in tier {
            self.draw_value(sheet, &scale, column, x);
            x += self.column;
        }
    }
}

/// Words of a column that is pointed at.
fn column_words(column: &PwsColumn, targets: &PwsTargets) -> String {
    let heads = row_heads(targets);
    let figures = figures(column);
    let said: Vec<String> =
        heads.iter().zip(figures).map(|(head, value)| format!("{head} {}", figure(value))).collect();
    let trend = column.trend.map_or("–", PwsTrend::label);
    format!("{}: {}, tren {trend}", column.name, said.join(", "))
}

fn tick_words(targets: &PwsTargets, month: u32) -> String {
    let target = format::percent(targets.of_month(month));
    match targets {
        PwsTargets::Monthly(_) => format!("{} {target}", MONTHS_SHORT[(month.clamp(1, 12) - 1) as usize]),
        PwsTargets::Flat(_) => format!("Target {target}"),
    }
}

fn short_figure(value: Option<f64>) -> String {
    number(value).map(format::percent).unwrap_or_default()
}

/// Columns spread evenly over as few tiers as hold them.
fn tiers<'c>(columns: &[&'c PwsColumn], room: f64, narrowest: f64) -> Vec<Vec<&'c PwsColumn>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns that fit, small and positive")]
    let fit = ((room / narrowest) as usize).max(2);
    let count = columns.len().div_ceil(fit).max(1);
    columns.chunks(columns.len().div_ceil(count)).map(<[_]>::to_vec).collect()
}

/// Length that a slanted name may have: it hangs into the room left of the first column.
fn slant_room(left: f64, column: f64, style: Style) -> f64 {
    ((left + column / 2.0 - style.margin) / SLANT_DEGREES.to_radians().cos()).min(style.small * 15.0)
}

/// Wrapped where every word of every name fits its column, else slanted.
fn names(columns: &[&PwsColumn], column: f64, left: f64, style: Style) -> NameLayout {
    let room = column - style.small * 0.4;
    let size = style.small;
    let all: Vec<String> = columns.iter().map(|column| clean(&column.name)).collect();
    let lines = |name: &String| text::wrap(name, size, Weight::Bold, room, NAME_LINES_MAX + 1).len();
    let words_fit = |name: &String| name.split(' ').all(|word| text::width(word, size, Weight::Bold) <= room);
    let most = all.iter().map(lines).max().unwrap_or(1);
    if most <= NAME_LINES_MAX && all.iter().all(words_fit) {
        return NameLayout::Wrapped(most);
    }
    let longest = all.iter().map(|name| text::width(name, size, Weight::Bold)).fold(0.0, f64::max);
    let length = longest.min(slant_room(left, column, style));
    NameLayout::Slanted(length * SLANT_DEGREES.to_radians().sin() + size * 2.0)
}

impl ChartBody for PwsBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "tiers of a chart")]
    fn height(&self) -> f64 {
        self.tier_height() * self.tiers.len() as f64
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let mut top = top;
        for tier in &self.tiers {
            self.draw_tier(sheet, tier, top);
            top += self.tier_height();
        }
    }
}
