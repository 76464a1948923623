//! Slots stacked by their states, a bar for each month or facility: each state by pattern, shape and word as well as
//! colour, its number in the bar where it fits.

use super::canvas::Pattern;
use super::description::{SlotBar, SlotBars};
use super::frame::ChartBody;
use super::lines::{ColumnWords, LineFigure, ListLayout};
use super::sheet::{DrawingSheet, LabelStyle, Shape, TouchArea};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::{Medium, tokens};
use crate::domain::{SlotState, format};

/// Stands in the place of a bar.
pub(super) const NO_SLOTS: &str = "tidak ada jadwal";
/// Bars drawn for the wall of a room: a year's months; of more the first, with a word on the others.
const PROJECTED_MAX: usize = 12;
const PROJECTED_FIRST: usize = 10;
/// Share of a line that its bar fills.
const BAR_SHARE: f64 = 0.76;
/// Distance of what stands in a part of a bar, in sizes of text.
const INSET: f64 = 0.25;

pub(super) struct SlotBarsBody<'c> {
    style: Style,
    rows: Vec<&'c SlotBar>,
    layout: ListLayout,
    largest: u32,
    legend: Vec<Vec<SlotState>>,
    /// Words on the bars that are not drawn.
    rest: Vec<String>,
}

/// Fill and shape of a state, and the colour of what stands on it.
struct StateLook {
    fill: AreaFill,
    shape: Shape,
    ink: &'static str,
}

/// Part of a bar.
#[derive(Clone, Copy)]
struct BarPart {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

fn slots_of(row: &SlotBar) -> u32 {
    row.counts.iter().sum()
}

/// Slots that were visited, of those of which it is known: `5 dari 7`.
fn done(row: &SlotBar) -> String {
    let count = |wanted: &[SlotState]| {
        let states = SlotState::ALL.iter().zip(row.counts);
        states.filter(|(state, _)| wanted.contains(state)).map(|(_, count)| count).sum::<u32>()
    };
    let visited = count(&[SlotState::OnSchedule, SlotState::Rescheduled, SlotState::Late, SlotState::Early]);
    match visited + count(&[SlotState::Missed]) {
        0 => "–".to_owned(),
        due => format!("{} dari {}", format::count(f64::from(visited)), format::count(f64::from(due))),
    }
}

fn present(chart: &SlotBars) -> impl Iterator<Item = (usize, SlotState)> {
    SlotState::ALL.into_iter().enumerate().filter(|(place, _)| chart.rows.iter().any(|row| row.counts[*place] > 0))
}

/// `Sesuai jadwal 3, Tidak terlaksana 1`.
fn states_words(row: &SlotBar) -> String {
    let states = SlotState::ALL.iter().zip(row.counts).filter(|(_, count)| *count > 0);
    let words: Vec<String> =
        states.map(|(state, count)| format!("{} {}", state.label(), format::count(f64::from(count)))).collect();
    if words.is_empty() { NO_SLOTS.to_owned() } else { words.join(", ") }
}

/// Heads and rows of the table that stands for the chart.
pub(super) fn table(chart: &SlotBars) -> (Vec<String>, Vec<Vec<String>>) {
    let noun = clean(&chart.noun);
    let mut letters = noun.chars();
    let head = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let mut heads = vec![head];
    heads.extend(present(chart).map(|(_, state)| state.label().to_owned()));
    heads.extend(["Jumlah jadwal".to_owned(), "Terlaksana".to_owned()]);
    let row = |row: &SlotBar| {
        let mut cells = vec![clean(&row.name)];
        cells.extend(present(chart).map(|(place, _)| format::count(f64::from(row.counts[place]))));
        cells.extend([format::count(f64::from(slots_of(row))), done(row)]);
        cells
    };
    (heads, chart.rows.iter().map(row).collect())
}

impl<'c> SlotBarsBody<'c> {
    pub(super) fn new(chart: &'c SlotBars, style: Style) -> Self {
        let is_cut = style.medium == Medium::Projector && chart.rows.len() > PROJECTED_MAX;
        let most = if is_cut { PROJECTED_FIRST } else { chart.rows.len() };
        let rows: Vec<&SlotBar> = chart.rows.iter().take(most).collect();
        let names: Vec<String> = rows.iter().map(|row| clean(&row.name)).collect();
        let columns = vec![
            ColumnWords {
                head: "Jadwal".to_owned(),
                figures: rows.iter().map(|row| format::count(f64::from(slots_of(row)))).collect(),
            },
            ColumnWords { head: "Terlaksana".to_owned(), figures: rows.iter().map(|row| done(row)).collect() },
        ];
        let layout = ListLayout::new(style, &names, columns);
        let largest = rows.iter().map(|row| slots_of(row)).max().unwrap_or(0).max(1);
        let rest = rest_lines(chart, rows.len(), style);
        let legend = legend_lines(chart, style);
        Self { style, rows, layout, largest, legend, rest }
    }

    fn look(&self, state: SlotState) -> StateLook {
        let print = self.style.is_print();
        let color = |screen, paper| AreaFill::Color(if print { paper } else { screen });
        let look = |fill, shape, ink| StateLook { fill, shape, ink };
        match state {
            SlotState::OnSchedule if print => look(AreaFill::Color(tokens::MUTED), Shape::Disc, tokens::PAPER),
            SlotState::OnSchedule => look(AreaFill::Color(tokens::GOOD), Shape::Disc, tokens::INK),
            SlotState::Rescheduled => look(AreaFill::Pattern(Pattern::Stripes), Shape::Ring, tokens::INK),
            SlotState::Late => look(color(tokens::FAIR, tokens::GRID), Shape::TriangleRight, tokens::INK),
            SlotState::Early if print => look(AreaFill::Pattern(Pattern::Upright), Shape::TriangleLeft, tokens::INK),
            SlotState::Early => look(AreaFill::Color(tokens::EARLY), Shape::TriangleLeft, tokens::INK),
            SlotState::Missed => look(color(tokens::POOR, tokens::INK), Shape::Cross, tokens::PAPER),
            SlotState::Unreported => look(AreaFill::Pattern(Pattern::Hatch), Shape::Question, tokens::INK),
            SlotState::NotDue => look(AreaFill::Color(tokens::PAPER), Shape::Dot, tokens::INK),
            SlotState::Cancelled => look(AreaFill::Pattern(Pattern::Cross), Shape::Dash, tokens::INK),
        }
    }

    /// Draws a part with its shape and its number, as far as they fit.
    fn draw_part(&self, sheet: &DrawingSheet, state: SlotState, count: &str, part: BarPart) {
        let BarPart { x, y, width, height } = part;
        let style = self.style;
        let look = self.look(state);
        sheet.rect(x, y, width, height, look.fill);
        let edge = Stroke::solid(tokens::INK, style.thin);
        sheet.frame(x, y, width, height, edge);
        let kind = LabelStyle::new(style.small).bold().colored(look.ink);
        let inset = style.text * INSET;
        let shape = style.small * 0.8;
        let words = kind.width(count);
        let has_words = words > 0.0 && words + 2.0 * inset <= width;
        let both = words + shape + 3.0 * inset;
        let has_shape = if has_words { both <= width } else { shape + inset <= width };
        let content = match (has_shape, has_words) {
            (true, true) => both - 2.0 * inset,
            (true, false) => shape,
            (false, true) => words,
            (false, false) => return,
        };
        let mut at = x + (width - content) / 2.0;
        if matches!(look.fill, AreaFill::Pattern(_)) {
            let plate = style.small * 1.15;
            let top = y + (height - plate) / 2.0;
            sheet.rect(at - inset * 0.6, top, content + inset * 1.2, plate, AreaFill::Color(tokens::PAPER));
        }
        let middle = y + height / 2.0;
        if has_shape {
            // A question mark is type, and type has a least size.
            let size = if look.shape == Shape::Question { style.small } else { shape };
            sheet.shape(look.shape, at + shape / 2.0, middle, size, look.ink);
            at += shape + inset;
        }
        if has_words {
            sheet.text(at, middle + style.small * 0.36, count, kind);
        }
    }

    fn draw_row(&self, sheet: &DrawingSheet, row: &SlotBar, top: f64) {
        let style = self.style;
        let name = clean(&row.name);
        sheet.mark(&format!("{name}: {}", states_words(row)), &row.answer, || {
            let width = style.width - 2.0 * style.margin;
            sheet.touch(&row.answer, TouchArea { x: style.margin, y: top, width, height: self.layout.row });
            let kind = LabelStyle::new(style.text);
            self.layout.draw_name(sheet, top, &name, kind);
            let slots = slots_of(row);
            if slots == 0 {
                let base = top + self.layout.row / 2.0 + style.small * 0.36;
                let room = self.layout.plot.1 - self.layout.plot.0 - style.small * 0.5;
                let kind = LabelStyle::new(style.small).muted();
                sheet.fitted(self.layout.plot.0 + style.small * 0.5, base, NO_SLOTS, room, kind);
                return;
            }
            let height = self.layout.row * BAR_SHARE;
            let y = top + (self.layout.row - height) / 2.0;
            let unit = (self.layout.plot.1 - self.layout.plot.0) / f64::from(self.largest);
            let mut x = self.layout.plot.0;
            for (state, count) in SlotState::ALL.into_iter().zip(row.counts).filter(|(_, count)| *count > 0) {
                let width = unit * f64::from(count);
                let words = format::count(f64::from(count));
                sheet.titled(&format!("{name}, {}: {words}", state.label()), || {
                    self.draw_part(sheet, state, &words, BarPart { x, y, width, height });
                });
                x += width;
            }
            let all = format::count(f64::from(slots));
            self.layout.draw_figure(sheet, top, 0, LineFigure { words: &all, kind });
            self.layout.draw_figure(sheet, top, 1, LineFigure { words: &done(row), kind: kind.bold() });
        });
    }

    fn legend_line_height(&self) -> f64 {
        (self.style.text * 1.65).round()
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a legend")]
    fn legend_height(&self) -> f64 {
        self.legend.len() as f64 * self.legend_line_height() + self.style.text * 0.4
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.text);
        let height = style.text * 1.4;
        let width = sample_width(style);
        let mut y = top;
        for line in &self.legend {
            let mut x = style.margin;
            for state in line {
                self.draw_part(sheet, *state, "", BarPart { x, y, width, height });
                sheet.text(x + width + style.text * 0.5, y + height / 2.0 + style.text * 0.36, state.label(), kind);
                x += legend_width(style, *state);
            }
            y += self.legend_line_height();
        }
    }
}

fn sample_width(style: Style) -> f64 {
    style.text * 2.2
}

fn legend_width(style: Style, state: SlotState) -> f64 {
    LabelStyle::new(style.text).width(state.label()) + sample_width(style) + style.text * 1.6
}

/// The states that occur, in lines that fit.
fn legend_lines(chart: &SlotBars, style: Style) -> Vec<Vec<SlotState>> {
    let mut lines: Vec<Vec<SlotState>> = Vec::new();
    let room = style.width - 2.0 * style.margin;
    let mut used = f64::INFINITY;
    for (_, state) in present(chart) {
        let width = legend_width(style, state);
        if used + width > room {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += width;
        if let Some(line) = lines.last_mut() {
            line.push(state);
        }
    }
    lines
}

/// `… 48 faskes lain tidak digambar; semuanya ada di tabel grafik ini.`
fn rest_lines(chart: &SlotBars, drawn: usize, style: Style) -> Vec<String> {
    let rest = chart.rows.len() - drawn;
    if rest == 0 {
        return Vec::new();
    }
    let words = format!("… {rest} {} lain tidak digambar; semuanya ada di tabel grafik ini.", clean(&chart.noun));
    text::wrap(&words, style.text, Weight::Regular, style.width - 2.0 * style.margin, 2)
}

impl ChartBody for SlotBarsBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "rows of a chart")]
    fn height(&self) -> f64 {
        let rest = self.rest.len() as f64 * Style::line(self.style.text);
        self.legend_height() + self.layout.head_height() + self.rows.len() as f64 * self.layout.row + rest
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        self.draw_legend(sheet, top);
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
