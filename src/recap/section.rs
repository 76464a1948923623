//! A table's part of a sheet: its heading, the banner above it and the rows below it.

use super::banner::Banner;
use super::layout::Heading;

/// One heading with its banner, its repetitions and the rows below it.
pub(super) struct Section {
    pub(super) heading: Heading,
    pub(super) banner: Banner,
    pub(super) repeated: Vec<(u32, u32)>,
    /// First and last row of what belongs to tables that are not known.
    pub(super) foreign: Vec<(u32, u32)>,
    pub(super) last_row: u32,
}
