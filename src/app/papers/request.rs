//! Wish for a paper, and the file that it becomes.

use crate::domain::name::slug;
use crate::domain::table::DISTRICT;
use crate::domain::{Date, Period};
use crate::report::ReportKind;

/// Paper that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// Kind of paper.
    pub kind: ReportKind,
    /// Period that it is about.
    pub period: Period,
    /// Day of evaluation; `None`: today.
    pub as_of: Option<Date>,
    /// Puskesmas that it is about; `None`: the only one there is.
    pub puskesmas: Option<String>,
    /// Cluster that the paper over several Puskesmas is about; `None`: all that there are.
    pub cluster: Option<String>,
}

/// A paper as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Name under which it is saved (`evaluasi-2023-C2-abcde.pdf`).
    pub name: String,
    /// Media type for HTTP (`application/pdf`).
    pub media_type: &'static str,
    /// Id of the snapshot that it shows.
    pub snapshot: String,
    /// Content of the whole file.
    pub bytes: Vec<u8>,
}

/// Returns the name under which a paper about somebody is saved: `evaluasi-2023-C2-upt-puskesmas-abcde.pdf`.
pub(super) fn file_name(request: &ReportRequest, about: &str, ending: &str) -> String {
    format!("{}-{}-{}.{ending}", request.kind.code(), request.period, slug(about))
}

/// Owner of the number of a paper about one Puskesmas, and the code under which it is kept: a letter of the district's team
/// carries the team's number, one for each Puskesmas.
pub(super) fn owner_and_code(kind: ReportKind, puskesmas: String) -> (String, String) {
    if kind.is_team_letter() {
        return (DISTRICT.to_owned(), format!("{} {puskesmas}", kind.code()));
    }
    (puskesmas, kind.code().to_owned())
}
