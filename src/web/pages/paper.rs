//! The paper that an address names: its kind, period and cluster, and where its list, its text and the details of its
//! letter stand. Shows no page.

use crate::app::papers::reports::ReportRequest;
use crate::domain::PeriodKind;
use crate::report::ReportKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageError;
use crate::web::view::links::Links;

/// Path of the page that lists papers.
pub const LIST: &str = "/laporan";
/// Path of the page of letter details.
pub const LETTER: &str = "/pengaturan-surat";
/// Name of the cluster in addresses.
pub const CLUSTER: &str = "cluster";
/// Name in addresses that says whose letter details are meant, and its value for the district's team.
pub const OWNER: &str = "untuk";
/// The district's team, as the owner in an address.
pub const TEAM: &str = "tpcb";
/// Periods that can be chosen, the usual one first.
pub const PERIODS: [PeriodKind; 5] =
    [PeriodKind::FourMonth, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::HalfYear, PeriodKind::Year];

/// The kind of paper of this code; an error where there is none.
pub fn kind_of(code: &str) -> Result<ReportKind, PageError> {
    code.parse().map_err(|_error| PageError::not_found("Laporan ini tidak ada; pilih dari halaman Laporan."))
}

/// The path of the page of a paper's text.
pub fn text_path(kind: ReportKind) -> String {
    format!("{LIST}/{}/narasi", kind.code())
}

/// The paper that the page is about.
pub fn request(chosen: &ResolvedRequest, kind: ReportKind) -> ReportRequest {
    ReportRequest {
        kind,
        period: chosen.subject.period,
        as_of: Some(chosen.subject.as_of),
        puskesmas: Some(chosen.puskesmas.clone()),
        cluster: chosen.query.get(CLUSTER).filter(|_| kind == ReportKind::Cluster).map(ToOwned::to_owned),
    }
}

/// Addresses that keep which paper they are about: of the one over several Puskesmas its cluster too.
pub fn paper_links(chosen: &ResolvedRequest, kind: ReportKind) -> Links {
    let cluster = chosen.query.get(CLUSTER).filter(|_| kind == ReportKind::Cluster);
    Links::new(chosen).with(CLUSTER, cluster.unwrap_or_default())
}

/// The page of letter details of those in whose name a paper is written.
pub fn letter_page(chosen: &ResolvedRequest, kind: ReportKind) -> String {
    let is_of_team = kind == ReportKind::Cluster && chosen.known.len() > 1;
    if is_of_team { format!("{LETTER}?{OWNER}={TEAM}") } else { chosen.query.only(&["puskesmas"]).at(LETTER) }
}
