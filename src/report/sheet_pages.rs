//! Where the pages of a printed sheet end: rows that belong together are not parted. Knows heights and numbers of rows,
//! and nothing of what stands in them.

use std::collections::BTreeMap;
use std::ops::Range;

/// Height of a row of which nothing else is said, pixels.
pub(super) const ROW_PIXELS: u32 = 20;
/// Share of a page that is filled: programs round heights and scale each in its own way, and a page that ends earlier
/// than it was planned would leave a few rows alone on the next.
const FILLED: f64 = 0.95;

/// A page as it is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Room between the margins, pixels.
    pub(super) width: f64,
    /// The same from top to bottom.
    pub(super) height: f64,
}

/// The rows of a sheet, from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Pixels by row, where it is not the usual height.
    heights: BTreeMap<u32, u32>,
    /// Rows that lie on one page where they fit.
    kept: Vec<Range<u32>>,
    /// First row of what stays with the next that is kept.
    opened: Option<u32>,
    /// The heading that each page below it repeats.
    repeated: Option<u32>,
}

impl Flow {
    /// Says how high a row is.
    pub(super) fn set_height(&mut self, row: u32, pixels: u32) {
        self.heights.insert(row, pixels);
    }

    /// Lets a row stay with whatever is kept next.
    pub(super) fn stay_with_next(&mut self, row: u32) {
        self.opened.get_or_insert(row);
    }

    /// Keeps rows on one page, with what was to stay with them.
    pub(super) fn keep(&mut self, rows: Range<u32>) {
        let first = self.opened.take().map_or(rows.start, |opened| opened.min(rows.start));
        self.kept.push(first..rows.end);
    }

    /// Says which heading each page below it repeats.
    pub(super) fn repeat(&mut self, heading: Option<u32>) {
        self.repeated = heading;
    }

    /// The heading that is repeated.
    pub(super) fn repeated(&self) -> Option<u32> {
        self.repeated
    }

    /// Height that a picture may have which begins at `row`, pixels: of the first rows, what is left of the page; further
    /// down, a page. A row above and two below it are its own.
    pub(super) fn room_of_chart(&self, row: u32, page: Page) -> f64 {
        let room = page.height * FILLED - f64::from(3 * ROW_PIXELS);
        let above: u32 = (0..row).map(|above| self.height(above)).sum();
        let left = room - f64::from(above);
        if left >= room / 2.0 { left } else { room }
    }

    fn height(&self, row: u32) -> u32 {
        self.heights.get(&row).copied().unwrap_or(ROW_PIXELS)
    }

    /// The rows before which a page ends, where `rows` rows as wide as `width` pixels are fitted to the page's width.
    pub(super) fn breaks(&self, rows: u32, page: Page, width: f64) -> Vec<u32> {
        let room = page.height * (width / page.width).max(1.0) * FILLED;
        let mut breaks = Vec::new();
        let mut first = 0;
        let mut filled = 0.0;
        let mut row = 0;
        while row < rows {
            let height = f64::from(self.height(row));
            if filled + height <= room || row == first {
                filled += height;
                row += 1;
                continue;
            }
            first = self.start_of_page(first, row);
            breaks.push(first);
            filled = self.repeated.filter(|heading| *heading < first).map_or(0.0, |row| f64::from(self.height(row)));
            row = first;
        }
        breaks
    }

    /// The row with which the next page begins, where the page that began at `first` is full before `row`.
    fn start_of_page(&self, first: u32, row: u32) -> u32 {
        let mut start = row;
        while let Some(group) = self.kept.iter().find(|group| group.start < start && start < group.end) {
            start = group.start;
        }
        // What is longer than a page is parted wherever the page ends.
        if start > first { start } else { row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page = Page { width: 700.0, height: 220.0 };

    #[test]
    fn a_page_ends_where_it_is_full_and_a_wide_sheet_holds_more_rows() {
        let flow = Flow::default();
        assert_eq!(flow.breaks(10, PAGE, 700.0), Vec::<u32>::new());
        assert_eq!(flow.breaks(25, PAGE, 300.0), [10, 20]);
        assert_eq!(flow.breaks(25, PAGE, 1_400.0), [20]);
    }

    #[test]
    fn what_belongs_together_begins_the_next_page() {
        let mut flow = Flow::default();
        flow.stay_with_next(8);
        flow.keep(9..12);
        flow.keep(17..25);
        assert_eq!(flow.breaks(25, PAGE, 700.0), [8, 17]);
        // Longer than a page.
        flow.keep(8..24);
        assert_eq!(flow.breaks(25, PAGE, 700.0), [8, 18]);
    }

    #[test]
    fn the_first_chart_leaves_room_for_what_the_sheet_begins_with() {
        let page = Page { width: 700.0, height: 1_000.0 };
        let flow = Flow::default();
        assert!((flow.room_of_chart(10, page) - 690.0).abs() < 1e-9);
        assert!((flow.room_of_chart(40, page) - 890.0).abs() < 1e-9);
    }

    #[test]
    fn a_repeated_heading_takes_room_on_each_page_below_it() {
        let mut flow = Flow::default();
        flow.set_height(2, 2 * ROW_PIXELS);
        flow.repeat(Some(2));
        assert_eq!(flow.breaks(25, PAGE, 700.0), [9, 17]);
    }
}
