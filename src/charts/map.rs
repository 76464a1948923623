//! Facilities where they lie: a marker each by status, names or numbers beside them, borders of the user's below, a
//! scale bar, and a list of those whose place nobody wrote.

use super::bars::status_shape;
use super::description::{FacilityMap, MapPoint};
use super::frame::ChartBody;
use super::map_frame::{MapArea, MapExtent, MapFrame};
use super::map_labels::{MapSizes, PlacedPoint, place};
use super::sheet::{DrawingSheet, LabelStyle, Shape, TextAnchor, TouchArea};
use super::style::{AreaFill, Stroke, Style};
use super::text::{self, Weight, clean};
use super::{Medium, tokens};
use crate::domain::{Status, format};

/// Stands for a name that is blank.
const NAMELESS: &str = "(tanpa nama)";
/// Words of the table for a facility without a place.
const UNPLACED: &str = "belum ada koordinat";

/// Sizes of a map in one medium.
#[derive(Clone, Copy)]
struct MapLimits {
    /// Least and largest height, in pixels.
    height: [f64; 2],
    columns: usize,
    /// Lines of the list of numbers.
    lines_max: usize,
    /// Lines of names without a place.
    unplaced_max: usize,
}

impl MapLimits {
    fn for_medium(medium: Medium) -> Self {
        match medium {
            Medium::Screen => Self { height: [320.0, 560.0], columns: 4, lines_max: 75, unplaced_max: 8 },
            Medium::Narrow => Self { height: [300.0, 480.0], columns: 2, lines_max: 150, unplaced_max: 10 },
            Medium::Projector => Self { height: [300.0, 320.0], columns: 3, lines_max: 4, unplaced_max: 2 },
            Medium::Print => Self { height: [300.0, 420.0], columns: 4, lines_max: 22, unplaced_max: 5 },
        }
    }
}

pub(super) struct MapBody<'c> {
    style: Style,
    chart: &'c FacilityMap,
    limits: MapLimits,
    /// In the order in which they are placed: those that need help first.
    points: Vec<&'c MapPoint>,
    frame: MapFrame,
    placed: Vec<PlacedPoint>,
    bar: [f64; 2],
    notes: Vec<String>,
}

fn name_of(name: &str) -> String {
    let name = clean(name);
    if name.is_empty() { NAMELESS.to_owned() } else { name }
}

fn urgency(status: Status) -> u8 {
    match status {
        Status::Poor => 0,
        Status::Fair => 1,
        Status::TooLittle | Status::NoData => 2,
        Status::Good => 3,
    }
}

/// The table alternative: places in degrees, then those without one.
pub(super) fn table(chart: &FacilityMap) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = ["Nama", "Status", "Lintang", "Bujur"].map(ToOwned::to_owned).to_vec();
    let degrees = |value: f64| format!("{value:.5}").replace('.', ",");
    let row = |point: &MapPoint| {
        let place = point.place;
        let status = point.status.label().to_owned();
        vec![name_of(&point.name), status, degrees(place.latitude()), degrees(place.longitude())]
    };
    let unplaced = |name: &String| vec![name_of(name), "–".to_owned(), UNPLACED.to_owned(), UNPLACED.to_owned()];
    (heads, chart.points.iter().map(row).chain(chart.unplaced.iter().map(unplaced)).collect())
}

impl<'c> MapBody<'c> {
    pub(super) fn new(chart: &'c FacilityMap, style: Style) -> Self {
        let limits = MapLimits::for_medium(style.medium);
        let mut points: Vec<&MapPoint> = chart.points.iter().collect();
        points.sort_by_key(|point| urgency(point.status));
        let width = style.width - 2.0 * style.margin;
        let extent = MapExtent::around(&chart.points);
        let height = extent.height_for(width).clamp(limits.height[0], limits.height[1]);
        // Drawn from the origin; everything is moved down when the height of what stands above is known.
        let frame = MapFrame::new(extent, MapArea { x: style.margin, y: 0.0, width, height });
        let bar = frame.scale_bar(width / 4.0);
        let mut body = Self { style, chart, limits, points, frame, placed: Vec::new(), bar, notes: Vec::new() };
        body.placed = body.places();
        body.notes = body.note_lines();
        body
    }

    fn marker(&self) -> f64 {
        self.style.small * if self.points.len() > 60 { 0.75 } else { 1.0 }
    }

    fn places(&self) -> Vec<PlacedPoint> {
        let style = self.style;
        let truths: Vec<_> =
            self.points.iter().map(|point| self.frame.at(point.place.longitude(), point.place.latitude())).collect();
        let names: Vec<String> = self.points.iter().map(|point| name_of(&point.name)).collect();
        let sizes = MapSizes {
            marker: self.marker(),
            name: LabelStyle::new(style.small),
            number: LabelStyle::new(style.small).bold(),
            numbers_max: self.limits.columns * self.limits.lines_max,
        };
        place(&truths, &names, self.frame.area, self.bar_area(), sizes)
    }

    /// Room of the scale bar with its words, at the lower left.
    fn bar_area(&self) -> MapArea {
        let style = self.style;
        let words = LabelStyle::new(style.small).width(&self.bar_words());
        let height = Style::line(style.small) + style.small;
        let width = self.bar[1].max(words) + style.small * 1.2;
        MapArea { x: self.frame.area.x, y: self.frame.area.bottom() - height, width, height }
    }

    fn bar_words(&self) -> String {
        let kilometres = self.bar[0];
        let length = if kilometres < 1.0 {
            format!("{} m", format::count(kilometres * 1000.0))
        } else {
            format!("{} km", format::count(kilometres))
        };
        format!("{length}; utara di atas")
    }

    fn numbered(&self) -> Vec<(&str, String)> {
        let pairs = self.placed.iter().zip(&self.points);
        let with_label = pairs.filter_map(|(placed, point)| Some((placed.label.as_ref()?, point)));
        let numbers = with_label.filter(|(label, _)| label.is_number);
        numbers.map(|(label, point)| (label.words.as_str(), name_of(&point.name))).collect()
    }

    fn note_lines(&self) -> Vec<String> {
        let style = self.style;
        let room = style.width - 2.0 * style.margin;
        let wrap = |words: &str, most| text::wrap(words, style.small, Weight::Regular, room, most);
        let mut lines = Vec::new();
        let bare = self.placed.iter().filter(|placed| placed.label.is_none()).count();
        if bare > 0 {
            lines.extend(wrap(&format!("… {bare} titik tanpa nama; semuanya ada di tabel grafik ini."), 2));
        }
        lines.extend(self.chart.notes.iter().flat_map(|note| wrap(&clean(note), 3)));
        lines.extend(self.unplaced_lines());
        lines
    }

    /// `Tanpa koordinat (3): A; B; C`, as many names as there is room for.
    fn unplaced_lines(&self) -> Vec<String> {
        let style = self.style;
        let room = style.width - 2.0 * style.margin;
        let names: Vec<String> = self.chart.unplaced.iter().map(|name| name_of(name)).collect();
        let sentence = |shown: usize| {
            let rest = names.len() - shown;
            let more = if rest > 0 { format!("; dan {rest} lainnya (di tabel grafik ini)") } else { String::new() };
            format!("Tanpa koordinat ({}): {}{more}", names.len(), names[..shown].join("; "))
        };
        let wrapped = |shown: usize| {
            text::wrap(&sentence(shown), style.small, Weight::Regular, room, self.limits.unplaced_max + 1)
        };
        if names.is_empty() {
            return Vec::new();
        }
        let fits = |shown: &usize| wrapped(*shown).len() <= self.limits.unplaced_max;
        let most = if fits(&names.len()) { names.len() } else { (1..names.len()).take_while(fits).last().unwrap_or(1) };
        let mut lines = wrapped(most);
        lines.truncate(self.limits.unplaced_max);
        lines
    }

    fn color(&self, status: Status) -> &'static str {
        if self.style.is_print() { tokens::INK } else { tokens::status_color(status) }
    }

    fn draw_marker(&self, sheet: &DrawingSheet, status: Status, x: f64, y: f64, size: f64) {
        let shape = status_shape(status);
        match shape {
            Shape::Ring => {
                sheet.disc(x, y, size * 0.36, AreaFill::Color(tokens::PAPER));
                sheet.ring(x, y, size * 0.36, Stroke::solid(tokens::MUTED, self.style.stroke));
            }
            Shape::Question => {
                sheet.disc(x, y, size * 0.55, AreaFill::Color(tokens::PAPER));
                sheet.ring(x, y, size * 0.55, Stroke::solid(tokens::MUTED, self.style.thin));
                sheet.shape(shape, x, y, size.min(self.style.small) * 0.9, tokens::INK);
            }
            _ => {
                sheet.shape(shape, x, y, size * 1.35, tokens::INK);
                sheet.shape(shape, x, y, size, self.color(status));
            }
        }
    }

    fn statuses(&self) -> Vec<Status> {
        Status::ALL.into_iter().filter(|status| self.points.iter().any(|point| point.status == *status)).collect()
    }

    fn draw_legend(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let kind = LabelStyle::new(style.small);
        let base = top + style.text;
        let mut x = style.margin + style.text * 0.5;
        for status in self.statuses() {
            self.draw_marker(sheet, status, x, base - style.small * 0.36, style.small);
            x += style.text * 0.7;
            sheet.text(x, base, status.label(), kind);
            x += kind.width(status.label()) + style.text * 1.3;
        }
    }

    fn draw_ground(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let area = self.frame.area;
        sheet.rect(area.x, top, area.width, area.height, AreaFill::Color(tokens::SURFACE));
        let stroke = Stroke::solid(tokens::NO_DATA, style.thin);
        for border in self.chart.borders.iter() {
            for line in self.frame.within(border) {
                let moved: Vec<(f64, f64)> = line.into_iter().map(|(x, y)| (x, y + top)).collect();
                sheet.path(&moved, stroke);
            }
        }
        sheet.frame(area.x, top, area.width, area.height, Stroke::solid(tokens::GRID, style.thin));
        let bar = self.bar_area();
        let left = bar.x + style.small * 0.6;
        let y = top + bar.bottom() - style.small * 0.5;
        sheet.rect(bar.x, top + bar.y, bar.width, bar.height, AreaFill::Color(tokens::PAPER));
        let ink = Stroke::solid(tokens::INK, style.stroke);
        sheet.line((left, y), (left + self.bar[1], y), ink);
        for x in [left, left + self.bar[1]] {
            sheet.line((x, y - style.small * 0.3), (x, y), ink);
        }
        sheet.text(left, y - style.small * 0.5, &self.bar_words(), LabelStyle::new(style.small));
    }

    fn draw_point(&self, sheet: &DrawingSheet, point: &MapPoint, placed: &PlacedPoint, top: f64) {
        let style = self.style;
        let name = name_of(&point.name);
        let side = self.marker();
        let x = placed.marker.x;
        let y = placed.marker.y + top;
        let thin = Stroke::solid(tokens::INK, style.thin * 0.7);
        sheet.mark(&format!("{name}: {}", point.status.label()), &point.answer, || {
            let touch = side.max(style.small * 1.4);
            let area = TouchArea { x: x - touch / 2.0, y: y - touch / 2.0, width: touch, height: touch };
            sheet.touch(&point.answer, area);
            if placed.marker != placed.truth {
                sheet.line((placed.truth.x, placed.truth.y + top), (x, y), thin);
            }
            if let Some(label) = placed.label.as_ref().filter(|label| label.is_led) {
                let middle = label.area.x + label.area.width / 2.0;
                sheet.line((x, y), (middle, label.area.y + label.area.height / 2.0 + top), thin);
            }
            self.draw_marker(sheet, point.status, x, y, side);
            let Some(label) = &placed.label else { return };
            let kind = LabelStyle::new(style.small);
            let kind = if label.is_number { kind.bold() } else { kind };
            let area = label.area;
            if label.is_led {
                sheet.rect(area.x, area.y + top, area.width, area.height, AreaFill::Color(tokens::PAPER));
            }
            // Hung at the side of its marker, so that a wider font runs away from it.
            let base = area.y + top + style.small * 0.9;
            if area.right() <= placed.marker.x {
                sheet.text(area.right() - 1.0, base, &label.words, kind.anchored(TextAnchor::End));
            } else {
                sheet.text(area.x + 1.0, base, &label.words, kind);
            }
        });
    }

    fn key_lines(&self) -> usize {
        self.numbered().len().div_ceil(self.limits.columns)
    }

    /// The list of numbers, read down its columns.
    #[expect(clippy::cast_precision_loss, reason = "columns and lines of a list")]
    fn draw_key(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        let lines = self.key_lines().max(1);
        let step = (style.width - 2.0 * style.margin) / self.limits.columns as f64;
        let kind = LabelStyle::new(style.small);
        let widest = self.numbered().iter().map(|(number, _)| kind.bold().width(number)).fold(0.0, f64::max);
        for (place, (number, name)) in self.numbered().into_iter().enumerate() {
            let x = style.margin + step * (place / lines) as f64;
            let base = top + style.small + Style::line(style.small) * (place % lines) as f64;
            sheet.text(x, base, number, kind.bold());
            let from = x + widest + style.small * 0.5;
            sheet.fitted(from, base, &name, step - widest - style.small * 1.3, kind);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of a list")]
    fn key_height(&self) -> f64 {
        self.key_lines() as f64 * Style::line(self.style.small)
    }
}

impl ChartBody for MapBody<'_> {
    #[expect(clippy::cast_precision_loss, reason = "lines of a note")]
    fn height(&self) -> f64 {
        let notes = self.notes.len() as f64 * Style::line(self.style.small);
        self.style.legend_line() + self.frame.area.height + self.style.small + self.key_height() + notes
    }

    fn draw(&self, sheet: &DrawingSheet, top: f64) {
        let style = self.style;
        self.draw_legend(sheet, top);
        let map = top + self.style.legend_line();
        self.draw_ground(sheet, map);
        for (point, placed) in self.points.iter().zip(&self.placed) {
            self.draw_point(sheet, point, placed, map);
        }
        let key = map + self.frame.area.height + style.small * 0.7;
        self.draw_key(sheet, key);
        let mut base = key + self.key_height() + style.small;
        for line in &self.notes {
            sheet.text(style.margin, base, line, LabelStyle::new(style.small).muted());
            base += Style::line(style.small);
        }
    }
}
