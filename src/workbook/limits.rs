//! Limits on a workbook that is read: each has a name, a unit and a reason.

/// Bounds on what [`crate::workbook::read`] accepts. A workbook above one is refused whole and by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes that the zip directory declares for all entries together, inflated.
    pub inflated_bytes: u64,
    /// Entries of the zip directory.
    pub zip_entries: usize,
    /// Sheets, hidden ones included.
    pub sheets: usize,
    /// Rows of one sheet, counted to the last used one.
    pub rows: u32,
    /// Columns of one sheet, counted to the last used one.
    pub columns: u32,
    /// Cells with a value, over all sheets.
    pub cells: u64,
    /// Merged areas of one sheet.
    pub merges: usize,
    /// Characters of one cell's text.
    pub text_chars: usize,
    /// Bytes of memory for the process that parses, beside its own program.
    pub memory_bytes: u64,
    /// Seconds from its start to its end; also its processor time.
    pub seconds: u64,
}

impl Limits {
    /// 64 MiB: 200,000 rows of 12 columns take 15.
    pub const FILE_BYTES: u64 = 64 << 20;
    /// 512 MiB inflated: ten times what that sheet takes.
    pub const INFLATED_BYTES: u64 = 512 << 20;
    /// 2,000 entries: a workbook has some ten, plus one a sheet and one a picture.
    pub const ZIP_ENTRIES: usize = 2_000;
    /// 256 sheets: one a facility is the most that was seen.
    pub const SHEETS: usize = 256;
    /// 300,000 rows: a year of visits of the largest district.
    pub const ROWS: u32 = 300_000;
    /// 1,024 columns: twelve months of forty indicators with two columns each.
    pub const COLUMNS: u32 = 1_024;
    /// 4 million cells: about 200 MiB of memory.
    pub const CELLS: u64 = 4_000_000;
    /// 20,000 merges: a heading of 79, repeated on every page.
    pub const MERGES: usize = 20_000;
    /// 32,767 characters: Excel's own bound.
    pub const TEXT_CHARS: usize = 32_767;
    /// 1 GiB: five times what the parser takes for the largest workbook that the other limits let through.
    pub const MEMORY_BYTES: u64 = 1 << 30;
    /// 60 seconds: twenty times what that workbook takes on two slow cores.
    pub const SECONDS: u64 = 60;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: Self::FILE_BYTES,
            inflated_bytes: Self::INFLATED_BYTES,
            zip_entries: Self::ZIP_ENTRIES,
            sheets: Self::SHEETS,
            rows: Self::ROWS,
            columns: Self::COLUMNS,
            cells: Self::CELLS,
            merges: Self::MERGES,
            text_chars: Self::TEXT_CHARS,
            memory_bytes: Self::MEMORY_BYTES,
            seconds: Self::SECONDS,
        }
    }
}
