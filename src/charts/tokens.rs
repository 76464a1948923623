//! Colours and type of everything that is shown: the one place where they are written.
//! Pages read them from here too. Contrast and distance are computed by the tests below.

use crate::domain::Status;

/// Text and lines.
pub const INK: &str = "#1B2430";
/// Secondary text, axes.
pub const MUTED: &str = "#5B6675";
/// Background of pages and papers.
pub const PAPER: &str = "#FFFFFF";
/// Background of boxes.
pub const SURFACE: &str = "#F5F7FA";
/// Grid lines.
pub const GRID: &str = "#E3E8EF";
/// Links, focus, first series.
pub const PRIMARY: &str = "#1F5FBF";
/// The status *Baik*, and the good way.
pub const GOOD: &str = "#1F9E89";
/// Cukup; text on it in ink.
pub const FAIR: &str = "#F0B429";
/// Kurang; text on it in paper.
pub const POOR: &str = "#A4262C";
/// Edge of what is filled with [`FAIR`], which alone is too pale for a mark on paper.
pub const FAIR_EDGE: &str = "#8C6508";
/// Outline of *belum ada data*, and of fields and buttons; never filled.
pub const NO_DATA: &str = "#7C8699";
/// Text of a rise.
pub const RISE: &str = "#0B6E5F";
/// Pale ground of a low figure.
pub const LOW: &str = "#FBEDEC";
/// Lines between parts of a page; nothing hangs on seeing them.
pub const LINE: &str = "#D5DAE2";

/// [`MUTED`] on a wall, where a lamp washes colours out: text there has 7 : 1.
pub const ROOM_MUTED: &str = "#45505F";
/// [`PRIMARY`] on a wall.
pub const ROOM_PRIMARY: &str = "#174A9C";
/// [`RISE`] on a wall.
pub const ROOM_RISE: &str = "#085B4E";
/// Text of a fall on a wall.
pub const ROOM_FALL: &str = "#8F1D23";

/// A visit before its month.
pub const EARLY: &str = "#B9D0F2";

/// Family of all text.
pub const FONT_FAMILY: &str = "Noto Sans";

/// The colour of a status; for [`Status::NoData`] the colour of its outline.
pub fn status_color(status: Status) -> &'static str {
    match status {
        Status::Good => GOOD,
        Status::Fair => FAIR,
        Status::Poor => POOR,
        Status::TooLittle | Status::NoData => NO_DATA,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [f64; 3];

    /// Dichromacy in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
    const PROTANOPIA: [Rgb; 3] =
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]];
    const DEUTERANOPIA: [Rgb; 3] =
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
    const TRITANOPIA: [Rgb; 3] =
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]];

    fn linear(color: &str) -> Rgb {
        let part = |place: usize| {
            let value = f64::from(u8::from_str_radix(&color[place..place + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        assert!(color.len() == 7 && color.starts_with('#'), "{color}");
        [part(1), part(3), part(5)]
    }

    fn luminance([red, green, blue]: Rgb) -> f64 {
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(one: &str, other: &str) -> f64 {
        let one = luminance(linear(one));
        let other = luminance(linear(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// CIE 1976 L*a*b* of D65 white.
    fn lab([red, green, blue]: Rgb) -> Rgb {
        let f = |value: f64| if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
        let x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
        let y = f(luminance([red, green, blue]));
        let z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn seen(matrix: &[Rgb; 3], color: &str) -> Rgb {
        let color = linear(color);
        matrix.map(|row| row.iter().zip(color).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    }

    /// CIE 1976 colour distance.
    fn distance(one: Rgb, other: Rgb) -> f64 {
        lab(one).iter().zip(lab(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    const PAIRS: [(&str, &str); 3] = [(GOOD, FAIR), (FAIR, POOR), (GOOD, POOR)];

    #[test]
    fn text_and_marks_stand_out() {
        for (one, other, least) in [
            (INK, PAPER, 15.0),
            (MUTED, PAPER, 5.5),
            (MUTED, SURFACE, 4.5),
            (PRIMARY, PAPER, 6.0),
            (INK, FAIR, 8.0),
            (PAPER, POOR, 7.0),
            (INK, EARLY, 7.0),
            (RISE, PAPER, 4.5),
            (INK, LOW, 7.0),
            (GOOD, PAPER, 3.0),
            (GOOD, SURFACE, 3.0),
            (FAIR_EDGE, PAPER, 3.0),
            (FAIR_EDGE, SURFACE, 3.0),
            (POOR, PAPER, 3.0),
            (NO_DATA, PAPER, 3.0),
            (NO_DATA, SURFACE, 3.0),
            (NO_DATA, LOW, 3.0),
        ] {
            assert!(contrast(one, other) >= least, "{one} on {other}: {}", contrast(one, other));
        }
    }

    #[test]
    fn text_on_a_wall_has_seven_to_one() {
        for text in [INK, ROOM_MUTED, ROOM_PRIMARY, ROOM_RISE, ROOM_FALL] {
            for ground in [PAPER, SURFACE, LOW] {
                assert!(contrast(text, ground) >= 7.0, "{text} on {ground}: {}", contrast(text, ground));
            }
        }
        assert!(contrast(PAPER, ROOM_PRIMARY) >= 7.0 && contrast(PAPER, INK) >= 7.0 && contrast(INK, FAIR) >= 7.0);
    }

    /// Fills of marks that can stand in one chart, beside the states: planned early, the first series, a total.
    #[test]
    fn fills_of_one_chart_differ_for_every_eye_and_in_grey() {
        let fills = [GOOD, FAIR, POOR, EARLY, INK];
        for (place, one) in fills.iter().enumerate() {
            for other in &fills[place + 1..] {
                for matrix in [&PROTANOPIA, &DEUTERANOPIA, &TRITANOPIA] {
                    let found = distance(seen(matrix, one), seen(matrix, other));
                    assert!(found >= 18.0, "{one} and {other} are {found:.1} apart");
                }
            }
        }
        for (one, other) in [(INK, MUTED), (INK, PRIMARY), (PRIMARY, EARLY), (MUTED, PAPER), (PRIMARY, GRID)] {
            let found = (lab(linear(one))[0] - lab(linear(other))[0]).abs();
            assert!(found >= 18.0, "{one} and {other} are {found:.1} steps of lightness apart");
        }
    }

    #[test]
    fn states_differ_for_every_eye() {
        for (name, matrix) in
            [("protanopia", &PROTANOPIA), ("deuteranopia", &DEUTERANOPIA), ("tritanopia", &TRITANOPIA)]
        {
            for (one, other) in PAIRS {
                let found = distance(seen(matrix, one), seen(matrix, other));
                assert!(found >= 33.0, "{name}: {one} and {other} are {found:.1} apart");
            }
        }
    }

    #[test]
    fn states_differ_in_grey() {
        for (one, other) in PAIRS {
            let found = (lab(linear(one))[0] - lab(linear(other))[0]).abs();
            assert!(found >= 18.0, "{one} and {other} are {found:.1} steps of lightness apart");
        }
    }
}
