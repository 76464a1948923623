//! Colours and type of everything that is shown: the one place where they are written.
//! Pages read them from here too. Contrast and distance are computed by the tests below.

use crate::domain::Status;

/// Text and lines.
pub const INK: &str = "#1B2430";
/// Secondary text, axes.
pub const MUTED: &str = "#5B6675";
/// Background.
pub const PAPER: &str = "#FFFFFF";
/// Background of boxes.
pub const SURFACE: &str = "#F5F7FA";
/// Grid lines.
pub const GRID: &str = "#E3E8EF";
/// Links, focus, first series.
pub const PRIMARY: &str = "#1F5FBF";
/// Baik.
pub const GOOD: &str = "#1F9E89";
/// Cukup; text on it in ink.
pub const FAIR: &str = "#F0B429";
/// Kurang; text on it in paper.
pub const POOR: &str = "#A4262C";
/// Outline of *belum ada data*; never filled.
pub const NO_DATA: &str = "#8A94A6";

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
        Status::NoData => NO_DATA,
    }
}
