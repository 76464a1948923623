//! The part of the earth that a map shows: degrees to pixels, borders cut at its frame, length of the scale bar. Knows
//! no markers and no labels.

use super::description::MapPoint;
use crate::domain::coordinates::BorderCorner;

/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.32;
/// Least that a map shows across, in degrees: about a kilometre.
const SPAN_MIN: f64 = 0.01;
/// Room left around the outermost points, as a share of the whole.
const AROUND: f64 = 0.12;
/// Corners of a border closer than this to the one before are left out, in pixels.
const CORNER_STEP: f64 = 0.8;

/// A rectangle on the sheet, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MapArea {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl MapArea {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn holds(&self, inner: &Self) -> bool {
        inner.x >= self.x && inner.y >= self.y && inner.right() <= self.right() && inner.bottom() <= self.bottom()
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// A place on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SheetPoint {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Degrees that a map has to show: middle and extent, with a degree of longitude as long as it is there.
pub(super) struct MapExtent {
    longitude: f64,
    latitude: f64,
    /// Degrees of latitude that are as long as the map is wide and high.
    across: f64,
    down: f64,
    narrowing: f64,
}

impl MapExtent {
    pub(super) fn around(points: &[MapPoint]) -> Self {
        let range = |of: fn(&MapPoint) -> f64| {
            let least = points.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            if least <= most { [least, most] } else { [0.0, 0.0] }
        };
        let longitudes = range(|point| point.place.longitude());
        let latitudes = range(|point| point.place.latitude());
        let latitude = f64::midpoint(latitudes[0], latitudes[1]);
        let narrowing = latitude.to_radians().cos();
        let across = ((longitudes[1] - longitudes[0]) * narrowing).max(SPAN_MIN) * (1.0 + 2.0 * AROUND);
        let down = (latitudes[1] - latitudes[0]).max(SPAN_MIN) * (1.0 + 2.0 * AROUND);
        Self { longitude: f64::midpoint(longitudes[0], longitudes[1]), latitude, across, down, narrowing }
    }

    /// Height that fits a width.
    pub(super) fn height_for(&self, width: f64) -> f64 {
        width * self.down / self.across
    }
}

/// Degrees to pixels of one map.
pub(super) struct MapFrame {
    pub(super) area: MapArea,
    extent: MapExtent,
    /// Pixels of a degree of latitude.
    degree: f64,
}

impl MapFrame {
    pub(super) fn new(extent: MapExtent, area: MapArea) -> Self {
        let degree = (area.width / extent.across).min(area.height / extent.down);
        Self { area, extent, degree }
    }

    pub(super) fn at(&self, longitude: f64, latitude: f64) -> SheetPoint {
        let east = (longitude - self.extent.longitude) * self.extent.narrowing * self.degree;
        let north = (latitude - self.extent.latitude) * self.degree;
        SheetPoint { x: self.area.x + self.area.width / 2.0 + east, y: self.area.y + self.area.height / 2.0 - north }
    }

    /// Length of the longest round number of kilometres that takes at most `most` pixels: kilometres and pixels.
    pub(super) fn scale_bar(&self, most: f64) -> [f64; 2] {
        let kilometre = self.degree / DEGREE_KM;
        let longest = most / kilometre;
        let power = 10.0_f64.powf(longest.log10().floor());
        let round = [5.0, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|length| *length <= longest);
        let length = round.unwrap_or(power);
        [length, length * kilometre]
    }

    /// The parts of a border that lie within the frame, each as a line of its own.
    pub(super) fn within(&self, border: &[BorderCorner]) -> Vec<Vec<(f64, f64)>> {
        let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut line: Vec<(f64, f64)> = Vec::new();
        let mut before: Option<SheetPoint> = None;
        for corner in border {
            let point = self.at(corner.longitude, corner.latitude);
            let Some(from) = before else {
                before = Some(point);
                continue;
            };
            if (point.x - from.x).hypot(point.y - from.y) < CORNER_STEP {
                continue;
            }
            before = Some(point);
            let Some([start, end]) = self.cut(from, point) else {
                lines.push(std::mem::take(&mut line));
                continue;
            };
            if line.last() != Some(&(start.x, start.y)) {
                lines.push(std::mem::take(&mut line));
                line.push((start.x, start.y));
            }
            line.push((end.x, end.y));
        }
        lines.push(line);
        lines.retain(|line| line.len() > 1);
        lines
    }

    /// The part of a line between two points that lies within the frame.
    fn cut(&self, from: SheetPoint, to: SheetPoint) -> Option<[SheetPoint; 2]> {
        let across = to.x - from.x;
        let down = to.y - from.y;
        let edges = [
            [-across, from.x - self.area.x],
            [across, self.area.right() - from.x],
            [-down, from.y - self.area.y],
            [down, self.area.bottom() - from.y],
        ];
        let mut enters = 0.0_f64;
        let mut leaves = 1.0_f64;
        for [speed, distance] in edges {
            if speed == 0.0 {
                if distance < 0.0 {
                    return None;
                }
                continue;
            }
            let at = distance / speed;
            if speed < 0.0 {
                enters = enters.max(at);
            } else {
                leaves = leaves.min(at);
            }
        }
        let at = |share: f64| SheetPoint { x: from.x + across * share, y: from.y + down * share };
        (enters < leaves).then(|| [at(enters), at(leaves)])
    }
}
