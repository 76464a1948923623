//! Content of a template: the Puskesmas, its month, its register and, for an export, its records.

use crate::domain::Month;
use crate::domain::indicator::ServiceDefinition;
use crate::domain::name::plain_words;
use crate::domain::records::{
    AchievementRow, ChangeRow, DecreeRecord, FacilityRow, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow,
};
use crate::domain::written::WrittenRecords;

/// Puskesmas, month, register and records that a workbook is made of. Empty lists give empty rows to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateContext {
    /// Name as banners write it; *UPT PUSKESMAS* is put before a name without such a word.
    pub puskesmas: String,
    /// The month of a monthly recap; every other workbook takes its year only.
    pub month: Month,
    /// Lines above the name (regency, office); dotted lines to fill in where empty.
    pub letterhead: Vec<String>,
    /// Names below the form; dotted lines where blank.
    pub signature: SignatureLines,
    /// The register, in the order of its rows.
    pub facilities: Vec<FacilityRow>,
    /// Service indicators, in the order of their list.
    pub services: Vec<ServiceDefinition>,
    /// Targets and weights in force; an indicator that is not listed stands with blanks.
    pub decree: Vec<DecreeRecord>,
    /// Records that are filled in already; none in a template.
    pub records: TemplateRecords,
}

/// Facts to fill in: those of the workbook's month or year are taken, the others left alone. Names are the
/// register's. A report stands in the recap of the month in which it came, a follow-up in its visit's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TemplateRecords {
    /// Months planned for each facility.
    pub slots: Vec<SlotRow>,
    /// Changes of schedule, in the order in which they hold.
    pub changes: Vec<ChangeRow>,
    /// Visits of a day or of a month.
    pub visits: Vec<VisitRow>,
    /// Follow-ups that were agreed at visits.
    pub follow_ups: Vec<FollowUpRow>,
    /// Invitations to lokmin, with attendance.
    pub lokmin: Vec<LokminRow>,
    /// Monthly reports that came or did not.
    pub reports: Vec<ReportRow>,
    /// Counts of service indicators by month.
    pub achievements: Vec<AchievementRow>,
    /// Rows that people wrote beside the figures.
    pub written: WrittenRecords,
}

/// Place and names of the signature block; blank: a dotted line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureLines {
    /// Town that stands before the date.
    pub place: String,
    /// Head of the Puskesmas.
    pub head: String,
    /// NIP of the head.
    pub head_nip: String,
    /// PJ Jejaring dan Jaringan.
    pub coordinator: String,
    /// NIP of the PJ.
    pub coordinator_nip: String,
}

/// Reason for which no workbook can be made. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// No name for the banner.
    #[error("templat perlu nama Puskesmas untuk kepala formulir; sebutkan namanya, misalnya UPT PUSKESMAS ABCDE")]
    NoPuskesmas,
    /// More cells than a workbook to fill in by hand should have.
    #[error("templat akan berisi {cells} sel, batasnya {limit}; buat per bulan, atau untuk satu Puskesmas saja")]
    TooLarge {
        /// Number of cells that the workbook would have.
        cells: usize,
        /// Number of cells that it may have.
        limit: usize,
    },
    /// The writer of workbooks refused.
    #[error("templat tidak dapat ditulis: {0}")]
    Writing(#[from] rust_xlsxwriter::XlsxError),
}

/// Words by which a name says itself that it is a Puskesmas.
const PUSKESMAS_WORDS: [&str; 2] = ["puskesmas", "pkm"];
/// Longest text of a cell that Excel holds, in characters.
const TEXT_CHARS_MAX: usize = 32_767;

impl TemplateContext {
    /// Cells of all tables together: 1,000 facilities in a year of ten indicators, with room to spare.
    pub const CELLS_MAX: usize = 600_000;

    /// Nothing known but the name and the month.
    pub fn blank(puskesmas: &str, month: Month) -> Self {
        Self {
            puskesmas: puskesmas.to_owned(),
            month,
            letterhead: Vec::new(),
            signature: SignatureLines::default(),
            facilities: Vec::new(),
            services: Vec::new(),
            decree: Vec::new(),
            records: TemplateRecords::default(),
        }
    }

    /// The same with a name fit for the banner.
    pub(super) fn checked(&self) -> Result<Self, TemplateError> {
        let name = clean(&self.puskesmas);
        let key = plain_words(&name);
        if key.is_empty() {
            return Err(TemplateError::NoPuskesmas);
        }
        let is_titled = key.split(' ').any(|word| PUSKESMAS_WORDS.contains(&word));
        let mut context = self.clone();
        context.puskesmas = if is_titled { name } else { format!("UPT PUSKESMAS {}", name.to_uppercase()) };
        Ok(context)
    }

    /// The twelve months of its year.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let january = self.january();
        (0..12).map(move |place| january.plus(place))
    }

    /// January of its year.
    pub(super) fn january(&self) -> Month {
        Month::from_number(self.month.year() * 12)
    }

    /// Registered facilities that are active in some month from `first` to `last`.
    pub(super) fn active(&self, first: Month, last: Month) -> impl Iterator<Item = &FacilityRow> {
        self.facilities.iter().filter(move |facility| {
            facility.active_from.is_none_or(|from| from <= last)
                && facility.active_until.is_none_or(|until| first <= until)
        })
    }

    /// Names of the active facilities, then those that only records know, each once.
    pub(super) fn names<'c>(
        &'c self,
        first: Month,
        last: Month,
        recorded: impl Iterator<Item = &'c str>,
    ) -> Vec<&'c str> {
        let mut names: Vec<&str> = self.active(first, last).map(|facility| facility.name.as_str()).collect();
        let mut seen: std::collections::BTreeSet<&str> = names.iter().copied().collect();
        for name in recorded {
            if seen.insert(name) {
                names.push(name);
            }
        }
        names
    }
}

/// Text as a cell holds it: control characters become spaces, ends are trimmed, Excel's length is kept.
pub(super) fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(TEXT_CHARS_MAX).collect();
    spaced.trim().to_owned()
}
