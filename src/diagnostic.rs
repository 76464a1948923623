//! Where, what, why and what to do: one shape for faults in definition files and for issues of imports.
//! Knows neither TOML nor workbooks.

mod offer;

use std::fmt;

pub use offer::{About, Offer, OfferChoice, OfferPart, OfferShape};

/// Name of the sheet on which a marked copy lists its issues, and the text of its first cell. It holds no table:
/// whoever reads a workbook passes it over.
pub const NOTES_SHEET: &str = "Catatan impor";
/// Row of that sheet's headings, from 0.
pub const NOTES_HEADING_ROW: u32 = 7;
/// That sheet's headings; none of them is one of a table's.
pub const NOTES_HEADINGS: [&str; 4] = ["Tingkat", "Lembar", "Sel", "Yang perlu diperbaiki"];

/// Weight of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was rejected.
    Error,
    /// Something is doubtful; nothing was lost.
    Warning,
}

impl Severity {
    /// The severity of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Error, Self::Warning].into_iter().find(|known| known.code() == code)
    }

    /// The code in receipts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Kind of issue in a workbook: the codes of rejection of `domain.md`, then the warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueCode {
    /// Not in the register, nor a known variant.
    UnknownFacility,
    /// Not a date.
    InvalidDate,
    /// Not a number.
    InvalidNumber,
    /// `#DIV/0!`, `#REF!` … in a column that is read.
    FormulaError,
    /// A formula without a stored value in a column that is read.
    FormulaNotComputed,
    /// Points above the checklist's maximum.
    ScoreAboveMaximum,
    /// A needed cell is blank.
    MissingValue,
    /// The key stands twice in one table of one file.
    Duplicate,
    /// A heading group of Capaian that names no known service indicator.
    UnknownIndicator,
    /// An item of a checklist that its instrument does not know, or an instrument that nobody defined.
    UnknownItem,
    /// A change of a month that was not planned.
    UnknownSlot,
    /// A member of a cluster of which this data folder knows nothing.
    UnknownPuskesmas,
    /// A value outside the words that the column knows (warning or error).
    UnknownValue,
    /// Numerator above its denominator (warning).
    NumeratorAboveDenominator,
    /// A follow-up without its visit (warning).
    FollowUpWithoutVisit,
    /// A row that a former version had and this one lacks (warning).
    RowGone,
    /// A Jumlah that differs from the sum of its rows (warning).
    TotalDiffers,
    /// A visit's score in the recap differs from the sum of its checklist's items (warning).
    ScoreDiffers,
    /// A hidden sheet, listed and not read (warning).
    HiddenSheet,
    /// Hidden columns, listed; those of a table are read (warning).
    HiddenColumns,
    /// Hidden rows, listed; those of a table are read (warning).
    HiddenRows,
    /// Columns with something in them below headings that nobody knows (warning).
    UnreadColumns,
    /// A name alone above a repeated heading, which may be a row or a line of its banner, and is not read (warning).
    UnreadRow,
    /// A sheet in which no table was recognised, or a block of cells beside or below those that were (warning).
    UnknownTable,
    /// A date outside the month or year that the banner names (warning).
    OutsidePeriod,
    /// Assumption that a guess made, named in the message so that it can be changed (warning).
    Reading,
    /// A row that is struck through, or in a colour that the sheet's legend calls not done.
    StruckRow,
    /// Two sheets of one workbook hold the same key with different values: neither is accepted.
    Conflict,
    /// A banner that disagrees with another place (warning).
    BannerDisagrees,
    /// A number that can be read in two ways (warning).
    DoubtfulNumber,
    /// A later version of the same recap is held (warning).
    LaterVersionHeld,
    /// Something about the file as a whole: macros ignored, an encoding guessed (warning).
    FileNotice,
    /// Personal data of patients: cleared from what is kept, or kept for a reason (warning).
    PersonalData,
}

impl IssueCode {
    /// Every code.
    pub const ALL: [Self; 33] = [
        Self::UnknownFacility,
        Self::InvalidDate,
        Self::InvalidNumber,
        Self::FormulaError,
        Self::FormulaNotComputed,
        Self::ScoreAboveMaximum,
        Self::MissingValue,
        Self::Duplicate,
        Self::UnknownIndicator,
        Self::UnknownItem,
        Self::UnknownSlot,
        Self::UnknownPuskesmas,
        Self::UnknownValue,
        Self::NumeratorAboveDenominator,
        Self::FollowUpWithoutVisit,
        Self::RowGone,
        Self::TotalDiffers,
        Self::ScoreDiffers,
        Self::HiddenSheet,
        Self::HiddenColumns,
        Self::HiddenRows,
        Self::UnreadColumns,
        Self::UnreadRow,
        Self::UnknownTable,
        Self::OutsidePeriod,
        Self::Reading,
        Self::StruckRow,
        Self::Conflict,
        Self::BannerDisagrees,
        Self::DoubtfulNumber,
        Self::LaterVersionHeld,
        Self::FileNotice,
        Self::PersonalData,
    ];

    /// The issue of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// The code in receipts.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownFacility => "unknown_facility",
            Self::InvalidDate => "invalid_date",
            Self::InvalidNumber => "invalid_number",
            Self::FormulaError => "formula_error",
            Self::FormulaNotComputed => "formula_not_computed",
            Self::ScoreAboveMaximum => "score_above_maximum",
            Self::MissingValue => "missing_value",
            Self::Duplicate => "duplicate",
            Self::UnknownIndicator => "unknown_indicator",
            Self::UnknownItem => "unknown_item",
            Self::UnknownSlot => "unknown_slot",
            Self::UnknownPuskesmas => "unknown_puskesmas",
            Self::UnknownValue => "unknown_value",
            Self::NumeratorAboveDenominator => "numerator_above_denominator",
            Self::FollowUpWithoutVisit => "follow_up_without_visit",
            Self::RowGone => "row_gone",
            Self::TotalDiffers => "total_differs",
            Self::ScoreDiffers => "score_differs",
            Self::HiddenSheet => "hidden_sheet",
            Self::HiddenColumns => "hidden_columns",
            Self::HiddenRows => "hidden_rows",
            Self::UnreadColumns => "unread_columns",
            Self::UnreadRow => "unread_row",
            Self::UnknownTable => "unknown_table",
            Self::OutsidePeriod => "outside_period",
            Self::Reading => "reading",
            Self::StruckRow => "struck_row",
            Self::Conflict => "conflict",
            Self::BannerDisagrees => "banner_disagrees",
            Self::DoubtfulNumber => "doubtful_number",
            Self::LaterVersionHeld => "later_version_held",
            Self::FileNotice => "file_notice",
            Self::PersonalData => "personal_data",
        }
    }
}

/// One issue of an import: where (sheet, cell), what, why and what to do, in Indonesian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Sheet.
    pub sheet: String,
    /// Cell as `F10`; empty where the whole sheet is meant.
    pub cell: String,
    /// Kind of issue.
    pub code: IssueCode,
    /// Weight: rejected, or taken in with a doubt.
    pub severity: Severity,
    /// One or two sentences: what, why, what to do.
    pub message: String,
    /// Table that the issue is about, with the answers a person can give; known while a file is read, and not stored.
    pub about: Option<About>,
}

/// One fault in a definition file, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the user knows it (`dashboards/ringkasan.toml`).
    pub file: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column from 1, counted in characters; 0 where the whole file is meant.
    pub column: usize,
    /// Fault in words, without a final period.
    pub what: String,
    /// Remedy in words; `None` where the fault says it all.
    pub hint: Option<String>,
    /// The line of the source, to show with a caret.
    pub source_line: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}: {}", self.file, self.what)?,
            (line, column) => write!(f, "{}:{line}:{column}: {}", self.file, self.what)?,
        }
        if let Some(source) = &self.source_line {
            let indent = " ".repeat(self.column.saturating_sub(1));
            write!(f, "\n  | {source}\n  | {indent}^")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  saran: {hint}")?;
        }
        Ok(())
    }
}
