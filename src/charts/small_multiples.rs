//! The year of one percentage in many small charts on one scale: a line beside its target, gaps where nothing was
//! reported, the last month's figure in words.

use super::bars::number;
use super::canvas::Pattern;
use super::description::{SmallMultiples, SmallPanel};
use super::frame::ChartBody;
use super::pws::NOT_REPORTED;
use super::sheet::{AxisScale, DrawingSheet, LabelStyle, Shape, TextAnchor, TouchArea};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::{Medium, tokens};
use crate::domain::format::{self, MONTHS_SHORT};

/// Stands behind a figure with a small denominator.
const SMALL: &str = "*";
/// End of the scale beyond which figures are drawn at its edge, in percent.
const SCALE_MAX: f64 = 200.0;

/// Numbers and sizes of small charts in one medium.
#[derive(Clone, Copy)]
struct GridSizes {
    columns: usize,
    drawn_max: usize,
    name_lines: usize,
    plot_height: f64,
}

impl GridSizes {
    fn for_medium(medium: Medium) -> Self {
        match medium {
            Medium::Screen => Self { columns: 4, drawn_max: 60, name_lines: 2, plot_height: 64.0 },
            Medium::Narrow => Self { columns: 3, drawn_max: 60, name_lines: 2, plot_height: 54.0 },
            Medium::Projector => Self { columns: 4, drawn_max: 12, name_lines: 1, plot_height: 48.0 },
            Medium::Print => Self { columns: 4, drawn_max: 24, name_lines: 2, plot_height: 54.0 },
        }
    }
}

pub(super) struct SmallMultiplesBody<'c> {
    style: Style,
    chart: &'c SmallMultiples,
    sizes: GridSizes,
    /// Small charts in lines, each with the number of lines of its longest name.
    lines: Vec<PanelLine<'c>>,
    left: f64,
    panel: f64,
    end: f64,
    notes: Vec<String>,
}

/// Small charts side by side.
struct PanelLine<'c> {
    panels: &'c [SmallPanel],
    name_lines: usize,
}

/// Place of a month in a small chart, and its value.
#[derive(Clone, Copy)]
struct MonthPoint {
    x: f64,
    y: f64,
    is_beyond: bool,
}

fn due(chart: &SmallMultiples) -> usize {
    chart.until.clamp(1, 12) as usize
}

fn last(chart: &SmallMultiples, panel: &SmallPanel) -> Option<f64> {
    number(panel.values[due(chart) - 1])
}

fn figure(chart: &SmallMultiples, panel: &SmallPanel) -> String {
    let mark = if panel.is_small { SMALL } else { "" };
    let written = |value| format!("{} %{mark}", format::percent(value));
    last(chart, panel).map_or_else(|| NOT_REPORTED.to_owned(), written)
}

/// The table alternative: every month that is due, and the target by the last of them.
pub(super) fn table(chart: &SmallMultiples) -> (Vec<String>, Vec<Vec<String>>) {
    let months = due(chart);
    let mut heads = vec!["Nama".to_owned()];
    heads.extend(MONTHS_SHORT[..months].iter().map(|month| (*month).to_owned()));
    heads.push("Target".to_owned());
    let row = |panel: &SmallPanel| {
        let words = |value: &Option<f64>| {
            number(*value).map_or_else(|| NOT_REPORTED.to_owned(), |value| format!("{} %", format::percent(value)))
        };
        let mut cells = vec![clean(&panel.name)];
        cells.extend(panel.values[..months].iter().map(words));
        if let Some(cell) = cells.last_mut().filter(|_| panel.is_small && last(chart, panel).is_some()) {
            cell.push_str(" (penyebut kecil)");
        }
        cells.push(format!("{} %", format::percent(panel.targets.of_month(chart.until.clamp(1, 12)))));
        cells
    };
    (heads, chart.panels.iter().map(row).collect())
}

impl<'c> SmallMultiplesBody<'c> {
    pub(super) fn new(chart: &'c SmallMultiples, style: Style) -> Self {
        let sizes = GridSizes::for_medium(style.medium);
        let drawn = &chart.panels[..chart.panels.len().min(sizes.drawn_max)];
        let end = scale_end(drawn, due(chart));
        let left = style.margin + LabelStyle::new(style.small).width(&format::count(end)) + style.small * 0.5;
        let gap = style.text * 1.4;
        #[expect(clippy::cast_precision_loss, reason = "columns of a page")]
        let columns = sizes.columns as f64;
        let panel = (style.width - style.margin - left - gap * (columns - 1.0)) / columns;
        let mut body = Self { style, chart, sizes, lines: Vec::new(), left, panel, end, notes: Vec::new() };
        let name_lines = |panels: &[SmallPanel]| panels.iter().map(|panel| body.name_of(panel).len()).max();
        body.lines = drawn
            .chunks(sizes.columns)
            .map(|panels| PanelLine { panels, name_lines: name_lines(panels).unwrap_or(1).max(1) })
            .collect();
        body.notes = body.note_lines(drawn);
        body
    }

    fn name_of(&self, panel: &SmallPanel) -> Vec<String> {
        let name = clean(&panel.name);
        text::wrap_name(&name, self.style.small, Weight::Regular, self.panel, self.sizes.name_lines)
    }

    fn note_lines(&self, drawn: &[SmallPanel]) -> Vec<String> {
        let style = self.style;
        let mut notes = Vec::new();
        if drawn.iter().any(|panel| panel.is_small) {
            notes.push(format!("{SMALL} penyebut di bawah 10: satu saja mengubah banyak"));
        }
        let months = due(self.chart);
        let is_beyond = |panel: &SmallPanel| panel.values[..months].iter().any(|value| self.is_beyond(*value));
        if drawn.iter().any(is_beyond) {
            notes.push(format!("segitiga di tepi atas: lebih dari {} %", format::count(self.end)));
        }
        let rest = self.chart.panels.len() - drawn.len();
        if rest > 0 {
            let noun = clean(&self.chart.noun);
            notes.push(format!("… {rest} {noun} lain tidak digambar; semuanya ada di tabel grafik ini"));
        }
        let room = style.width - 2.0 * style.margin;
        text::wrap(&notes.join("; "), style.small, Weight::Regular, room, 3)
    }

    fn is_beyond(&self, value: Option<f64>) -> bool {
        number(value).is_some_and(|value| value > self.end)
    }

    fn ink(&self) -> &'static str {
        if self.style.is_print() { tokens::INK } else { tokens::PRIMARY }
    }

    fn target_stroke(&self) -> Stroke {
        Stroke::dashed(tokens::INK, self.style.thin)
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.text);
        let base = top + style.text;
        let middle = base - style.text * 0.36;
        let sample = style.text * 1.8;
        let mut x = style.margin;
        for (place, words) in ["capaian", "target", "bulan belum lapor"].into_iter().enumerate() {
            match place {
                0 => sheet.line((x, middle), (x + sample, middle), Stroke::solid(self.ink(), style.stroke)),
                1 => sheet.line((x, middle), (x + sample, middle), self.target_stroke()),
                _ => self.draw_gap(sheet, x + sample * 0.2, base - style.text, sample * 0.6, style.text * 1.15),
            }
            x += sample + style.text * 0.4;
            sheet.text(x, base, words, kind);
            x += kind.width(words) + style.text * 1.4;
        }
    }

    fn draw_gap(&self, sheet: &DrawingSheet, x: f64, y: f64, width: f64, height: f64) {
        sheet.rect(x, y, width, height, AreaFill::Pattern(Pattern::Hatch));
        sheet.frame(x, y, width, height, Stroke::dashed(tokens::NO_DATA, self.style.thin));
    }

    /// Height of the words above a plot.
    #[expect(clippy::cast_precision_loss, reason = "lines of a name")]
    fn words_height(&self, line: &PanelLine<'_>) -> f64 {
        let style = self.style;
        Style::line(style.small) * line.name_lines as f64 + Style::line(style.text) + style.small * 0.5
    }

    fn line_height(&self, line: &PanelLine<'_>) -> f64 {
        self.words_height(line) + self.sizes.plot_height + Style::line(self.style.small) + self.style.small
    }

    /// Middle of a month in a small chart that begins at `left`.
    #[expect(clippy::cast_precision_loss, reason = "months of a year")]
    fn month_x(&self, left: f64, place: usize) -> f64 {
        left + self.panel * (place as f64 + 0.5) / 12.0
    }

    fn draw_words(&self, sheet: &DrawingSheet, panel: &SmallPanel, left: f64, top: f64) {
        let style = self.style;
        let mut base = top + style.small;
        let kind = LabelStyle::new(style.small);
        let name = clean(&panel.name);
        sheet.titled(&name, || {
            for line in self.name_of(panel) {
                sheet.text(left, base, &line, kind);
                base += Style::line(style.small);
            }
        });
        let words = figure(self.chart, panel);
        let kind = LabelStyle::new(style.text);
        let kind = if last(self.chart, panel).is_some() { kind.bold() } else { kind.muted() };
        sheet.fitted(left, base - style.small + style.text, &words, self.panel, kind);
    }

    fn draw_plot(&self, sheet: &DrawingSheet, panel: &SmallPanel, left: f64, top: f64) {
        let style = self.style;
        let bottom = top + self.sizes.plot_height;
        let scale = AxisScale::new(0.0..self.end, bottom, top);
        let right = left + self.panel;
        sheet.line((left, top), (right, top), Stroke::solid(tokens::GRID, style.thin));
        sheet.line((left, bottom), (right, bottom), Stroke::solid(tokens::MUTED, style.thin));
        let months = due(self.chart);
        for place in (0..months).filter(|place| number(panel.values[*place]).is_none()) {
            let width = self.panel / 12.0 * 0.7;
            let x = self.month_x(left, place) - width / 2.0;
            self.draw_gap(sheet, x, top, width, self.sizes.plot_height);
        }
        let targets: Vec<(f64, f64)> = (1..=12_u32)
            .zip(0_usize..)
            .map(|(month, place)| (self.month_x(left, place), scale.at(panel.targets.of_month(month))))
            .collect();
        sheet.path(&targets, self.target_stroke());
        let mut run: Vec<MonthPoint> = Vec::new();
        for (place, value) in panel.values[..months].iter().enumerate() {
            match number(*value) {
                Some(known) => run.push(MonthPoint {
                    x: self.month_x(left, place),
                    y: scale.at(known),
                    is_beyond: self.is_beyond(*value),
                }),
                None => self.draw_run(sheet, std::mem::take(&mut run)),
            }
        }
        self.draw_run(sheet, run);
    }

    /// Draws months that follow each other without a gap.
    fn draw_run(&self, sheet: &DrawingSheet, run: Vec<MonthPoint>) {
        let stroke = Stroke::solid(self.ink(), self.style.stroke);
        let points: Vec<(f64, f64)> = run.iter().map(|point| (point.x, point.y)).collect();
        if points.len() > 1 {
            sheet.path(&points, stroke);
        }
        for point in run {
            if point.is_beyond {
                sheet.shape(Shape::TriangleUp, point.x, point.y, self.style.small, self.ink());
            } else {
                sheet.disc(point.x, point.y, stroke.width, AreaFill::Color(self.ink()));
            }
        }
    }

    /// Draws the scale beside the first chart of a line, and the months below each.
    fn draw_axis(&self, sheet: &DrawingSheet, line: &PanelLine<'_>, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.small).muted();
        let bottom = top + self.sizes.plot_height;
        for (value, y) in [(self.end, top), (0.0, bottom)] {
            let words = format::count(value);
            sheet.text(self.left - style.small * 0.4, y + style.small * 0.36, &words, kind.anchored(TextAnchor::End));
        }
        let base = bottom + Style::line(style.small);
        let mut left = self.left;
        for _ in line.panels {
            sheet.text(left, base, MONTHS_SHORT[0], kind);
            sheet.text(left + self.panel, base, MONTHS_SHORT[11], kind.anchored(TextAnchor::End));
            left += self.step();
        }
    }

    fn step(&self) -> f64 {
        self.panel + self.style.text * 1.4
    }

    fn draw_line(&self, sheet: &DrawingSheet, line: &PanelLine<'_>, top: f64) {
        let plot = top + self.words_height(line);
        self.draw_axis(sheet, line, plot);
        let month = MONTHS_SHORT[due(self.chart) - 1];
        let mut left = self.left;
        for panel in line.panels {
            let name = clean(&panel.name);
            let target = format::percent(panel.targets.of_month(self.chart.until.clamp(1, 12)));
            let said = format!("{name}: {month} {}, target {target} %", figure(self.chart, panel));
            sheet.mark(&said, &panel.answer, || {
                let height = self.line_height(line) - self.style.small;
                sheet.touch(&panel.answer, TouchArea { x: left, y: top, width: self.panel, height });
                self.draw_words(sheet, panel, left, top);
                self.draw_plot(sheet, panel, left, plot);
            });
            left += self.step();
        }
    }
}

/// Round end of the scale that holds targets and figures, up to [`SCALE_MAX`] or the largest target above it.
fn scale_end(panels: &[SmallPanel], months: usize) -> f64 {
    let targets = panels.iter().flat_map(|panel| (1..=12).map(|month| panel.targets.of_month(month)));
    let target = targets.filter(|target| target.is_finite()).fold(0.0_f64, f64::max);
    let figures = panels.iter().flat_map(|panel| panel.values[..months].iter().filter_map(|value| number(*value)));
    let largest = figures.fold(target, f64::max).min(SCALE_MAX.max(target));
    ((largest / 10.0).ceil() * 10.0).max(10.0)
}

impl ChartBody for SmallMultiplesBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "lines of a note")]
    fn height(&self) -> f64 {
        let lines: f64 = self.lines.iter().map(|line| self.line_height(line)).sum();
        self.style.legend_line() + lines + self.notes.len() as f64 * Style::line(self.style.small)
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        self.draw_legend(sheet, top);
        let mut y = top + self.style.legend_line();
        for line in &self.lines {
            self.draw_line(sheet, line, y);
            y += self.line_height(line);
        }
        let mut base = y + self.style.small;
        for line in &self.notes {
            sheet.text(self.style.margin, base, line, LabelStyle::new(self.style.small).muted());
            base += Style::line(self.style.small);
        }
    }
}
