//! Places of markers and labels on a map: none lies on another. Labels are names where all fit, else numbers of a list.
//! Knows no colours and no degrees.

use super::map_frame::{MapArea, SheetPoint};
use super::sheet::LabelStyle;
use super::text;

/// Points up to which names are tried; of more the map would be nothing but names.
const NAMED_MAX: usize = 60;
/// Widest name, in sizes of its type; longer ones are cut in the middle.
const NAME_WIDTH_MAX: f64 = 15.0;
/// Rings around a point on which a free place is looked for.
const MARKER_RINGS: u32 = 24;
const LABEL_RINGS: u32 = 7;
/// Air around a label, in pixels.
const AIR: f64 = 1.5;

/// Where a label stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedLabel {
    pub(super) words: String,
    pub(super) area: MapArea,
    /// True for a number of the list below the map.
    pub(super) is_number: bool,
    /// True where it stands so far off that a line leads to it.
    pub(super) is_led: bool,
}

/// A point with its marker and its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedPoint {
    /// Where the facility lies.
    pub(super) truth: SheetPoint,
    /// Where its marker stands.
    pub(super) marker: SheetPoint,
    pub(super) label: Option<PlacedLabel>,
}

/// Sizes that places are looked for with.
#[derive(Clone, Copy)]
pub(super) struct MapSizes {
    pub(super) marker: f64,
    pub(super) name: LabelStyle,
    pub(super) number: LabelStyle,
    /// Numbers that the list below can hold.
    pub(super) numbers_max: usize,
}

/// Rectangles that are taken, within the frame.
struct TakenAreas {
    frame: MapArea,
    taken: Vec<MapArea>,
}

impl TakenAreas {
    fn is_free(&self, area: &MapArea) -> bool {
        self.frame.holds(area) && !self.taken.iter().any(|taken| taken.meets(area))
    }
}

/// Places markers, then labels; `points` and `names` in the order in which they come first.
pub(super) fn place(
    points: &[SheetPoint],
    names: &[String],
    frame: MapArea,
    reserved: MapArea,
    sizes: MapSizes,
) -> Vec<PlacedPoint> {
    let mut areas = TakenAreas { frame, taken: vec![reserved] };
    let placed: Vec<PlacedPoint> = points
        .iter()
        .map(|truth| PlacedPoint { truth: *truth, marker: place_marker(*truth, &mut areas, sizes), label: None })
        .collect();
    let all_shown = (placed.len() <= NAMED_MAX).then(|| labelled(&placed, names, &areas, sizes, true)).flatten();
    all_shown.or_else(|| labelled(&placed, names, &areas, sizes, false)).unwrap_or(placed)
}

/// Somewhere near the truth where no other marker stands; else there.
fn place_marker(truth: SheetPoint, areas: &mut TakenAreas, sizes: MapSizes) -> SheetPoint {
    let side = sizes.marker;
    let around = |at: SheetPoint| MapArea { x: at.x - side / 2.0, y: at.y - side / 2.0, width: side, height: side };
    let free = ring_points(truth, side * 0.6, MARKER_RINGS).find(|at| areas.is_free(&around(*at)));
    let marker = free.unwrap_or(truth);
    areas.taken.push(around(marker));
    marker
}

/// The point itself, then points on growing rings around it.
fn ring_points(middle: SheetPoint, step: f64, rings: u32) -> impl Iterator<Item = SheetPoint> {
    let on_ring = move |ring: u32| {
        let count = (ring * 8).max(1);
        (0..count).map(move |place| {
            let angle = std::f64::consts::TAU * f64::from(place) / f64::from(count);
            let radius = step * f64::from(ring);
            SheetPoint { x: middle.x + radius * angle.cos(), y: middle.y + radius * angle.sin() }
        })
    };
    (0..=rings).flat_map(on_ring)
}

/// All points with labels: names where they fit beside their marker, else numbers. None where a number is left over
/// that a map of numbers alone might hold.
fn labelled(
    placed: &[PlacedPoint],
    names: &[String],
    areas: &TakenAreas,
    sizes: MapSizes,
    with_names: bool,
) -> Option<Vec<PlacedPoint>> {
    let mut areas = TakenAreas { frame: areas.frame, taken: areas.taken.clone() };
    let mut done = placed.to_vec();
    if with_names {
        for (point, name) in done.iter_mut().zip(names) {
            let words = text::clip_name(name, sizes.name.size, sizes.name.weight, sizes.name.size * NAME_WIDTH_MAX);
            point.label = place_label(point.marker, &words, sizes, &areas, 1, sizes.name);
            areas.taken.extend(point.label.iter().map(|label| label.area));
        }
    }
    let mut number = 0;
    for point in done.iter_mut().filter(|point| point.label.is_none()) {
        if number == sizes.numbers_max {
            break;
        }
        number += 1;
        let words = number.to_string();
        let label = place_label(point.marker, &words, sizes, &areas, LABEL_RINGS, sizes.number);
        if label.is_none() {
            if with_names {
                return None;
            }
            number -= 1;
            continue;
        }
        point.label = label.map(|label| PlacedLabel { is_number: true, ..label });
        areas.taken.extend(point.label.iter().map(|label| label.area));
    }
    Some(done)
}

/// Looks for a free place beside a marker, on up to `rings` rings around it.
fn place_label(
    marker: SheetPoint,
    words: &str,
    sizes: MapSizes,
    areas: &TakenAreas,
    rings: u32,
    kind: LabelStyle,
) -> Option<PlacedLabel> {
    let width = kind.width(words) + 2.0 * AIR;
    let height = kind.size * 1.1;
    for ring in 1..=rings {
        let off = sizes.marker * (0.5 + 0.8 * f64::from(ring - 1)) + AIR;
        let right = marker.x + off;
        let left = marker.x - off - width;
        let above = marker.y - off - height;
        let below = marker.y + off;
        let level = marker.y - height / 2.0;
        let middle = marker.x - width / 2.0;
        let corners = [
            [right, level],
            [left, level],
            [middle, above],
            [middle, below],
            [right, above],
            [right, below],
            [left, above],
            [left, below],
        ];
        let areas_tried = corners.map(|[x, y]| MapArea { x, y, width, height });
        if let Some(area) = areas_tried.into_iter().find(|area| areas.is_free(area)) {
            return Some(PlacedLabel { words: words.to_owned(), area, is_number: false, is_led: ring > 1 });
        }
    }
    None
}
