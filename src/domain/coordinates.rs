//! Places on the map: degrees of latitude and longitude, as people and phones write them. Knows no map.

use std::fmt;

/// Latitudes in which Indonesia lies, in degrees.
const LATITUDES: (f64, f64) = (-11.0, 6.0);
/// Longitudes in which it lies, in degrees.
const LONGITUDES: (f64, f64) = (95.0, 141.0);
/// Longest text that is read as coordinates, in bytes.
const TEXT_BYTES_MAX: usize = 120;

/// A place in Indonesia, in degrees; south and west are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

/// A corner of a border, in degrees; it may lie anywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BorderCorner {
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// Degrees north of the equator.
    pub latitude: f64,
}

/// Reasons why two numbers are no place in Indonesia.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoordinatesFault {
    /// Not two angles.
    Unreadable,
    /// Longitude stands before latitude.
    Swapped,
    /// Somewhere else.
    Outside,
}

impl Coordinates {
    /// The place, where it lies in Indonesia.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, CoordinatesFault> {
        let lies_in = |value: f64, range: (f64, f64)| (range.0..=range.1).contains(&value);
        if lies_in(latitude, LATITUDES) && lies_in(longitude, LONGITUDES) {
            return Ok(Self { latitude, longitude });
        }
        let is_swapped = lies_in(longitude, LATITUDES) && lies_in(latitude, LONGITUDES);
        Err(if is_swapped { CoordinatesFault::Swapped } else { CoordinatesFault::Outside })
    }

    /// Reads `-7,123; 110,456`, `-7.123, 110.456`, `7°07'24.1"S 110°27'21.6"E`.
    pub fn parse(text: &str) -> Result<Self, CoordinatesFault> {
        let text = text.trim().trim_start_matches('(').trim_end_matches(')');
        if text.len() > TEXT_BYTES_MAX {
            return Err(CoordinatesFault::Unreadable);
        }
        let halves = halves(text).ok_or(CoordinatesFault::Unreadable)?;
        let angle = |half: &str| parse_angle(half).ok_or(CoordinatesFault::Unreadable);
        Self::new(angle(halves.first)?, angle(halves.second)?)
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich.
    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

/// `-7,12345; 110,456`: as [`Coordinates::parse`] reads it again.
impl fmt::Display for Coordinates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let comma = |value: f64| value.to_string().replace('.', ",");
        write!(formatter, "{}; {}", comma(self.latitude), comma(self.longitude))
    }
}

/// Two texts that are one angle each.
struct AngleTexts<'t> {
    first: &'t str,
    second: &'t str,
}

fn halves(text: &str) -> Option<AngleTexts<'_>> {
    let halved = |separator: &str| {
        let (first, second) = text.split_once(separator)?;
        Some(AngleTexts { first, second }).filter(|_| !second.contains(separator))
    };
    if text.contains(';') {
        return halved(";");
    }
    // After the first word of a hemisphere: `7°07'24"S 110°27'21"E`, `7,1 LS, 110,4 BT`.
    let letter = text.find(|c: char| c.is_ascii_alphabetic());
    if let Some(from) = letter.filter(|from| *from > 0) {
        let after = text[from..].find(|c: char| !c.is_ascii_alphabetic()).map(|length| from + length)?;
        let second = text[after..].trim_start_matches([',', ' ']);
        return Some(AngleTexts { first: &text[..after], second });
    }
    // Between commas that are decimal the one before a space divides.
    if text.contains(", ") && text.matches(", ").count() == 1 {
        return halved(", ");
    }
    match (text.matches(',').count(), text.split_whitespace().count()) {
        (1, _) if text.contains('.') => halved(","),
        (_, 2) => {
            let place = text.find(char::is_whitespace)?;
            Some(AngleTexts { first: &text[..place], second: &text[place..] })
        }
        _ => None,
    }
}

/// Reads one angle: `-7,123`, `7.123° LS`, `7°07'24,1"S`.
pub fn parse_angle(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_hemisphere = |c: char| c.is_ascii_alphabetic();
    let bare = text.trim_end_matches(|c: char| is_hemisphere(c) || c == '.').trim_end();
    let sign = match text[bare.len()..].trim().trim_end_matches('.').to_uppercase().as_str() {
        "" | "N" | "LU" | "U" | "E" | "BT" | "T" => 1.0,
        "S" | "LS" => -1.0,
        _ => return None,
    };
    let is_mark = |c: char| matches!(c, '°' | 'º' | '˚' | '\'' | '’' | '′' | '"' | '”' | '″') || c.is_whitespace();
    let parts: Vec<f64> = bare.split(is_mark).filter(|part| !part.is_empty()).map(decimal).collect::<Option<_>>()?;
    let (degrees, rest) = parts.split_first()?;
    let is_minus = bare.starts_with(['-', '−']);
    if rest.len() > 2 || rest.iter().any(|part| !(0.0..60.0).contains(part)) || is_minus && sign < 0.0 {
        return None;
    }
    let parted = rest.iter().zip([60.0, 3600.0]).map(|(part, of)| part / of).sum::<f64>();
    let size = degrees.abs() + parted;
    Some(if is_minus { -size } else { sign * size })
}

/// A number with a decimal comma or point.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.replace('−', "-").replace(',', ".");
    let is_number = plain.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.');
    if !is_number || plain.matches('.').count() > 1 {
        return None;
    }
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<[f64; 2], CoordinatesFault> {
        let place = Coordinates::parse(text)?;
        Ok([place.latitude(), place.longitude()].map(|value| (value * 1e6).round() / 1e6))
    }

    #[test]
    fn a_text_that_is_too_long_is_no_place() {
        let text = |bytes: usize| format!("-7.123, 110.456{}", "0".repeat(bytes - 15));
        assert_eq!(read(&text(TEXT_BYTES_MAX)), Ok([-7.123, 110.456]));
        assert_eq!(read(&text(TEXT_BYTES_MAX + 1)), Err(CoordinatesFault::Unreadable));
    }

    #[test]
    fn places_are_read_as_people_and_phones_write_them() {
        for text in [
            "-7,123; 110,456",
            "-7.123, 110.456",
            "-7.123,110.456",
            "-7.123 110.456",
            "-7,123, 110,456",
            "-7,123 110,456",
            "(-7.123, 110.456)",
            "7,123 LS; 110,456 BT",
            "7.123 LS, 110.456 BT",
            "7°07'22.8\"S 110°27'21.6\"E",
            "7° 7' 22,8\" LS 110° 27' 21,6\" BT",
            "\u{2212}7,123; 110,456",
        ] {
            assert_eq!(read(text), Ok([-7.123, 110.456]), "{text}");
        }
        assert_eq!(read("3.5 LU, 98.6 BT"), Ok([3.5, 98.6]));
    }

    #[test]
    fn what_is_no_place_in_indonesia_is_refused_and_never_turned() {
        assert_eq!(read("110,456; -7,123"), Err(CoordinatesFault::Swapped));
        for text in ["7,123; 110,456", "0; 0", "-7123456; 110456789", "-7,1; 10,4", "91; 200"] {
            assert_eq!(read(text), Err(CoordinatesFault::Outside), "{text}");
        }
        for text in [
            "",
            "-",
            "Ngatri",
            "-7,123,110,456",
            "-7,123",
            "-7;110;3",
            "NaN; 110",
            "inf; 110",
            "1e2; 110",
            "-7.1.2; 110.4",
            "-7° 70' 0\"; 110",
            "-7 LS; 110 BT",
            "7 XX; 110 BT",
            "https://maps.app.goo.gl/x",
        ] {
            assert_eq!(read(text), Err(CoordinatesFault::Unreadable), "{text}");
        }
        assert_eq!(read(&"7".repeat(500)), Err(CoordinatesFault::Unreadable));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let place = Coordinates::new(-7.123_456_7, 110.0).unwrap();
        assert_eq!(place.to_string(), "-7,1234567; 110");
        assert_eq!(Coordinates::parse(&place.to_string()), Ok(place));
    }
}
