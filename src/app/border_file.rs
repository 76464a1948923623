//! Borders of the user's own for maps: `peta.geojson` in the data folder, read when it changed. Bounded in bytes and
//! corners; what is no such file is refused with a sentence and draws nothing. Knows no drawing.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::Value;

use crate::dashboard::BorderFile;
use crate::disk;
use crate::domain::coordinates::BorderCorner;

/// Name of the file in the data folder.
const FILE: &str = "peta.geojson";
/// Bytes of the file that are read at most.
const FILE_BYTES_MAX: u64 = 4 << 20;
/// Corners of all borders at most.
const CORNERS_MAX: usize = 50_000;

/// Borders as they were read last.
#[derive(Debug, Default)]
pub(super) struct HeldBorders {
    last: Mutex<Option<ReadBorders>>,
}

#[derive(Debug)]
struct ReadBorders {
    size: u64,
    changed: Option<SystemTime>,
    file: BorderFile,
}

impl HeldBorders {
    /// The borders of a data folder; those read before where the file stands as it did.
    pub(super) fn current(&self, data: &Path) -> BorderFile {
        let path = data.join(FILE);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(metadata) = fs::metadata(&path) else {
            *last = None;
            return BorderFile::default();
        };
        let size = metadata.len();
        let changed = metadata.modified().ok();
        if let Some(read) = last.as_ref().filter(|read| read.size == size && read.changed == changed) {
            return read.file.clone();
        }
        let file = read(&path).unwrap_or_else(|why| BorderFile {
            refusal: Some(format!("Batas wilayah tidak digambar: {FILE} {why}.")),
            lines: Arc::default(),
        });
        *last = Some(ReadBorders { size, changed, file: file.clone() });
        file
    }
}

/// State of the file as the folder tells it; blank where there is none.
pub(super) fn stamp(data: &Path) -> String {
    let Ok(metadata) = fs::metadata(data.join(FILE)) else { return String::new() };
    format!("{} {:?}", metadata.len(), metadata.modified().ok())
}

/// Reads the file; the error is the end of a sentence that begins with its name.
fn read(path: &Path) -> Result<BorderFile, String> {
    let unread = |error: std::io::Error| format!("tidak dapat dibaca: {}", disk::why(&error));
    if !fs::metadata(path).map_err(unread)?.is_file() {
        return Err("bukan berkas; simpan satu berkas GeoJSON dengan nama itu di folder data".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(unread)?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unread)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > FILE_BYTES_MAX) {
        let most = FILE_BYTES_MAX >> 20;
        return Err(format!("lebih dari {most} MB; sederhanakan garisnya, misalnya di mapshaper atau QGIS"));
    }
    let lines = lines_of(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes))?;
    Ok(BorderFile { lines: Arc::new(lines), refusal: None })
}

fn lines_of(bytes: &[u8]) -> Result<Vec<Vec<BorderCorner>>, String> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| format!("bukan GeoJSON yang utuh (baris {}); ekspor ulang sebagai GeoJSON", error.line()))?;
    let mut found = FoundLines::default();
    found.take_object(&value)?;
    if found.lines.is_empty() {
        return Err(
            "tidak memuat garis atau bidang (LineString, Polygon); ekspor batas wilayah, bukan titik".to_owned()
        );
    }
    Ok(found.lines)
}

/// Lines gathered so far, with the number of their corners.
#[derive(Default)]
struct FoundLines {
    lines: Vec<Vec<BorderCorner>>,
    corners: usize,
}

impl FoundLines {
    /// Takes what an object of GeoJSON holds; depth is bounded by the parser.
    fn take_object(&mut self, value: &Value) -> Result<(), String> {
        let list = |key: &str| value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let coordinates = value.get("coordinates").unwrap_or(&Value::Null);
        match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => list("features").iter().try_for_each(|feature| self.take_object(feature)),
            Some("GeometryCollection") => list("geometries").iter().try_for_each(|part| self.take_object(part)),
            Some("Feature") => match value.get("geometry") {
                None | Some(Value::Null) => Ok(()),
                Some(geometry) => self.take_object(geometry),
            },
            Some("LineString") => self.take_line(coordinates),
            Some("Polygon" | "MultiLineString") => parts(coordinates)?.iter().try_for_each(|line| self.take_line(line)),
            Some("MultiPolygon") => parts(coordinates)?
                .iter()
                .try_for_each(|polygon| parts(polygon)?.iter().try_for_each(|line| self.take_line(line))),
            Some("Point" | "MultiPoint") => Ok(()),
            _ => Err("bukan GeoJSON (tanpa type yang dikenal); ekspor ulang sebagai GeoJSON".to_owned()),
        }
    }

    fn take_line(&mut self, value: &Value) -> Result<(), String> {
        let corners = parts(value)?;
        self.corners += corners.len();
        if self.corners > CORNERS_MAX {
            return Err(format!(
                "lebih dari {CORNERS_MAX} titik; sederhanakan garisnya, misalnya di mapshaper atau QGIS"
            ));
        }
        let line: Option<Vec<BorderCorner>> = corners.iter().map(corner).collect();
        self.lines.push(line.ok_or_else(unusual)?);
        Ok(())
    }
}

fn unusual() -> String {
    "memuat koordinat yang bukan bujur dan lintang dalam derajat; ekspor ulang dengan WGS 84 (EPSG:4326)".to_owned()
}

fn parts(value: &Value) -> Result<&[Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(unusual)
}

fn corner(value: &Value) -> Option<BorderCorner> {
    let numbers = value.as_array()?;
    let longitude = numbers.first()?.as_f64()?;
    let latitude = numbers.get(1)?.as_f64()?;
    let is_on_earth = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
    is_on_earth.then_some(BorderCorner { longitude, latitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Result<usize, String> {
        lines_of(text.as_bytes()).map(|lines| lines.iter().map(Vec::len).sum())
    }

    #[test]
    fn polygons_and_lines_are_taken_wherever_they_stand() {
        let ring = "[[110.1,-7.1],[110.2,-7.1,30],[110.2,-7.2],[110.1,-7.1]]";
        let polygon = format!("{{\"type\":\"Polygon\",\"coordinates\":[{ring},{ring}]}}");
        assert_eq!(lines(&polygon), Ok(8));
        let feature = format!("{{\"type\":\"Feature\",\"properties\":{{\"a\":1}},\"geometry\":{polygon}}}");
        let empty = "{\"type\":\"Feature\",\"geometry\":null}";
        let multi = format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[[{ring}],[{ring}]]}}");
        let line = format!("{{\"type\":\"LineString\",\"coordinates\":{ring}}}");
        let group = format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{multi},{line}]}}");
        let all = format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature},{empty},{group}]}}");
        assert_eq!(lines(&all), Ok(8 + 8 + 4));
    }

    #[test]
    fn what_is_no_border_file_is_refused_with_advice() {
        let line = |corner: &str| format!("{{\"type\":\"LineString\",\"coordinates\":[{corner},[110,-7]]}}");
        for (text, words) in [
            ("", "bukan GeoJSON yang utuh"),
            ("<svg onload=alert(1)>", "bukan GeoJSON yang utuh"),
            ("{\"type\":\"Polygon\",\"coordinates\":[[[110,", "bukan GeoJSON yang utuh"),
            ("[1,2,3]", "tanpa type yang dikenal"),
            ("{\"type\":\"Topology\"}", "tanpa type yang dikenal"),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}", "tidak memuat garis"),
            ("{\"type\":\"Point\",\"coordinates\":[110,-7]}", "tidak memuat garis"),
            ("{\"type\":\"Polygon\",\"coordinates\":\"x\"}", "derajat"),
        ] {
            let refused = lines(text).unwrap_err();
            assert!(refused.contains(words), "{text}: {refused}");
        }
        for corner in ["[444000.5,9214000.1]", "[\"110\",-7]", "[110]", "null", "[null,null]", "7"] {
            assert!(lines(&line(corner)).unwrap_err().contains("EPSG:4326"), "{corner}");
        }
        assert!(lines(&"[".repeat(100_000)).is_err(), "depth is bounded");
        let many = vec!["[110,-7]"; CORNERS_MAX + 1].join(",");
        let many = format!("{{\"type\":\"LineString\",\"coordinates\":[{many}]}}");
        assert!(lines(&many).unwrap_err().contains("50000 titik"));
    }

    #[test]
    fn the_file_is_read_again_when_it_changed_and_its_absence_is_no_fault() {
        let folder = std::env::temp_dir().join(format!("simpul-borders-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let held = HeldBorders::default();
        assert_eq!(held.current(&folder), BorderFile::default());
        let path = folder.join(FILE);
        fs::write(&path, "{}").unwrap();
        let refused = held.current(&folder).refusal.unwrap();
        assert!(refused.starts_with("Batas wilayah tidak digambar: peta.geojson bukan GeoJSON"), "{refused}");
        fs::write(&path, "{\"type\":\"LineString\",\"coordinates\":[[110,-7],[111,-7]]}").unwrap();
        let before = stamp(&folder);
        assert_eq!(held.current(&folder).lines.len(), 1);
        let large = usize::try_from(FILE_BYTES_MAX).unwrap() + 1;
        fs::write(&path, vec![b' '; large]).unwrap();
        assert!(held.current(&folder).refusal.unwrap().contains("lebih dari 4 MB"));
        assert_ne!(stamp(&folder), before);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(stamp(&folder), "");
        assert_eq!(held.current(&folder), BorderFile::default());
    }
}
