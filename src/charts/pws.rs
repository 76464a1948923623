//! The PWS chart (pemantauan wilayah setempat): bars from high to low, the Puskesmas' total last, the axis
//! ticked with the monthly targets, rows of figures under the bars. Many facilities go on several tiers,
//! so that every figure stays readable.

use crate::domain::format::{self, MONTHS_SHORT};

use super::bars::number;
use super::canvas::Pattern;
use super::description::{Pws, PwsColumn, PwsTargets, PwsTrend};
use super::frame::ChartBody;
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, Shape, TextAnchor, TouchArea};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::tokens;

/// The words where a facility reported nothing.
pub(super) const NOT_REPORTED: &str = "belum lapor";
/// Height of the mark at the foot of a column without figures, in lines of small text.
const MISSING_MARK_LINES: f64 = 0.5;
const NAME_LINES_MAX: usize = 5;
/// Least width of a column in sizes of small text: a syllable or two of a name.
const COLUMN_MIN: f64 = 4.6;
/// Facilities drawn for the wall of a room; of more the highest and the lowest.
pub(super) const PROJECTED_MAX: usize = 63;

/// Lines of the sentence on what is not drawn.
const GAP_LINES_MAX: usize = 3;

/// Facilities that are not drawn: after which tier that is said, and with which words.
struct PwsGap {
    after: usize,
    words: String,
}

/// Columns that are drawn, in one or two parts, and the words between them.
struct DrawnColumns<'c> {
    parts: Vec<Vec<&'c PwsColumn>>,
    words: Option<String>,
}

pub(super) struct PwsBody<'c> {
    style: Style,
    chart: &'c Pws,
    /// Facilities from high to low, then the total; by tier.
    tiers: Vec<Vec<&'c PwsColumn>>,
    /// Facilities that are not drawn.
    gap: Option<PwsGap>,
    left: f64,
    column: f64,
    plot_height: f64,
    end: f64,
    /// Lines of the longest name.
    name_lines: usize,
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

/// Those that are drawn: on a wall nobody reads more than [`PROJECTED_MAX`], so the highest and the lowest.
fn drawn(chart: &Pws, style: Style) -> DrawnColumns<'_> {
    let mut columns = sorted(chart);
    let facilities = chart.columns.len();
    if style.medium != super::Medium::Projector || facilities <= PROJECTED_MAX {
        return DrawnColumns { parts: vec![columns], words: None };
    }
    let silent = chart.columns.iter().filter(|column| number(column.cumulative).is_none()).count();
    let known = facilities - silent;
    let head = PROJECTED_MAX.div_ceil(2);
    if known <= PROJECTED_MAX {
        let rest = facilities - PROJECTED_MAX;
        columns.drain(PROJECTED_MAX..facilities);
        let words = format!("… {rest} faskes lain yang belum lapor tidak digambar; semuanya ada di tabel grafik ini.");
        return DrawnColumns { parts: vec![columns], words: Some(words) };
    }
    let between = known - PROJECTED_MAX;
    let unheard = if silent > 0 { format!(", begitu pula {silent} yang belum lapor") } else { String::new() };
    let words = format!("… {between} faskes di antaranya tidak digambar{unheard}; semuanya ada di tabel grafik ini.");
    columns.drain(known..facilities);
    let lowest = columns.split_off(head + between);
    columns.truncate(head);
    DrawnColumns { parts: vec![columns, lowest], words: Some(words) }
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
        let drawn = drawn(chart, style);
        let columns = drawn.parts.concat();
        let head = LabelStyle::new(style.small);
        let ticks = (1..=12).map(|month| head.bold().width(&tick_words(&chart.targets, month)));
        let heads = row_heads(&chart.targets).into_iter().chain(["Tren", "Nama"]).map(|words| head.width(words));
        let left = style.margin + ticks.chain(heads).fold(0.0, f64::max) + style.small * 0.8;
        let room = style.width - style.margin - left;
        let widest =
            columns.iter().flat_map(|column| figures(column)).map(|value| head.bold().width(&short_figure(value)));
        let narrowest = widest.fold(head.width("belum"), f64::max) + style.small * 0.7;
        let narrowest = narrowest.max(style.small * COLUMN_MIN);
        let tiers_of: Vec<_> = drawn.parts.iter().map(|part| tiers(part, room, narrowest)).collect();
        let gap = drawn.words.map(|words| PwsGap { after: tiers_of[0].len(), words });
        let tiers = tiers_of.concat();
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
        let mut body = Self { style, chart, tiers, gap, left, column, plot_height, end, name_lines: 1, two_lines };
        body.name_lines = columns.iter().map(|column| body.name_of(column).len()).max().unwrap_or(1);
        body
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
        Style::line(self.style.small) * self.name_lines as f64 + self.style.small * 0.5
    }

    /// Lines of a name under its column.
    fn name_of(&self, column: &PwsColumn) -> Vec<String> {
        let size = self.style.small;
        let weight = if self.is_total(column) { Weight::Bold } else { Weight::Regular };
        text::wrap_name(&clean(&column.name), size, weight, self.column - size * 0.3, NAME_LINES_MAX)
    }

    fn is_total(&self, column: &PwsColumn) -> bool {
        std::ptr::eq(column, &raw const self.chart.total)
    }

    fn gap_lines(&self) -> Vec<String> {
        let room = self.style.width - 2.0 * self.style.margin;
        let wrapped = |gap: &PwsGap| text::wrap(&gap.words, self.style.text, Weight::Regular, room, GAP_LINES_MAX);
        self.gap.as_ref().map(wrapped).unwrap_or_default()
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a sentence")]
    fn gap_height(&self) -> f64 {
        match self.gap_lines().len() {
            0 => 0.0,
            lines => Style::line(self.style.text) * (lines as f64 + 1.0),
        }
    }

    /// Says between two tiers how many facilities are not drawn.
    fn draw_gap(&self, sheet: &DrawingSheet, top: f64) {
        let kind = LabelStyle::new(self.style.text).muted();
        let mut base = top + Style::line(self.style.text) * 1.2;
        for line in self.gap_lines() {
            sheet.text(self.style.margin, base, &line, kind);
            base += Style::line(self.style.text);
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
        }
    }

    fn bar_fill(&self, column: &PwsColumn) -> AreaFill {
        match (self.is_total(column), self.style.is_print()) {
            (true, true) => AreaFill::Color(tokens::INK),
            (true, false) => AreaFill::Color(tokens::MUTED),
            (false, true) => AreaFill::Pattern(Pattern::Stripes),
            (false, false) => AreaFill::Color(tokens::PRIMARY),
        }
    }

    /// The value above its bar, or the words for none at the axis: on paper so that no line crosses them.
    fn draw_value(&self, sheet: &DrawingSheet, scale: &AxisScale, column: &PwsColumn, x: f64) {
        let kind = LabelStyle::new(self.style.small).anchored(TextAnchor::Middle);
        let gap = kind.size * 0.4;
        if let Some(value) = number(column.cumulative) {
            self.on_paper(sheet, x, scale.at(value) - gap, &format::percent(value), kind.bold());
        } else {
            let base = scale.at(0.0) - kind.size * MISSING_MARK_LINES - gap;
            for (line, words) in NOT_REPORTED.split(' ').enumerate() {
                let above = if line == 0 { kind.size * 1.05 } else { 0.0 };
                self.on_paper(sheet, x, base - above, words, kind.muted());
            }
        }
    }

    /// Words in the middle of a column, with paper behind them.
    fn on_paper(&self, sheet: &DrawingSheet, x: f64, base: f64, words: &str, kind: LabelStyle) {
        let middle = x + self.column / 2.0;
        let width = kind.width(words) + 2.0;
        sheet.rect(
            middle - width / 2.0,
            base - kind.size * 0.9,
            width,
            kind.size * 1.1,
            AreaFill::Color(tokens::PAPER),
        );
        sheet.text(middle, base, words, kind);
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
        let kind = LabelStyle::new(style.small).anchored(TextAnchor::Middle);
        let kind = if is_total { kind.bold() } else { kind };
        let mut base = y + style.small * 1.2;
        for line in self.name_of(column) {
            sheet.text(x + self.column / 2.0, base, &line, kind);
            base += Style::line(style.small);
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
            let is_total = self.is_total(column);
            sheet.mark(&column_words(column, &self.chart.targets), &column.answer, || {
                let height = names + self.names_height() - top;
                sheet.touch(&column.answer, TouchArea { x, y: top, width: self.column, height });
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

impl ChartBody for PwsBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "tiers of a chart")]
    fn height(&self) -> f64 {
        self.tier_height() * self.tiers.len() as f64 + self.gap_height()
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let mut top = top;
        for (place, tier) in self.tiers.iter().enumerate() {
            self.draw_tier(sheet, tier, top);
            top += self.tier_height();
            if self.gap.as_ref().is_some_and(|gap| gap.after == place + 1) {
                self.draw_gap(sheet, top);
                top += self.gap_height();
            }
        }
    }
}
