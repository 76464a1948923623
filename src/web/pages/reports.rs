//! *Laporan*: which papers can be made of the chosen period, each to be seen or downloaded in every format.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::dashboards::empty;
use super::paper::{CLUSTER, LIST as PATH, PERIODS, letter_page, paper_links, request, text_path};
use super::{PageQuery, dhis2, html, office_templates};
use crate::app::papers::bulk::BulkRequest;
use crate::app::papers::reports::ReportFile;
use crate::app::papers::slides;
use crate::domain::access::Right;
use crate::domain::format;
use crate::domain::written::{cluster_words, clusters_in};
use crate::report::{FileFormat, ReportKind, revision_words};
use crate::web::chosen::{ResolvedRequest, SUBJECT_NAMES};
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::picker::Picker;

/// Ending of the bundle for accreditation.
const BUNDLE: &str = "zip";

#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    frame: PageFrame,
    picker: Picker,
    reports: Vec<ReportView>,
    letters: Vec<ReportView>,
    stamp: String,
    /// Names and values of the address that the form for the cluster carries along.
    hidden: Vec<(String, String)>,
    /// True for the one chosen, and its name.
    clusters: Vec<(bool, String)>,
    /// Address of the page of letter details.
    settings: String,
    /// Address of the export to DHIS2.
    dhis2: String,
    all: AllView,
}

/// Everything in one go, on offer.
struct AllView {
    period: String,
    as_of: String,
    /// A sentence about the papers it makes.
    what: String,
}

impl AllView {
    fn from_request(chosen: &ResolvedRequest) -> Self {
        let period = chosen.subject.period;
        let is_alone = chosen.known.len() == 1;
        let kinds = BulkRequest::kinds_for(period).into_iter();
        let kinds = kinds.filter(|kind| !(is_alone && *kind == ReportKind::Cluster));
        let names: Vec<&str> = kinds.map(ReportKind::title).collect();
        let of = match chosen.known.len() {
            1 => chosen.puskesmas.clone(),
            count => format!("{count} Puskesmas"),
        };
        let as_of = if chosen.is_as_of_given { chosen.subject.as_of.to_string() } else { String::new() };
        let what = format!("{}: {} untuk {of}, dalam PDF, DOCX, dan XLSX.", format::period(period), names.join("; "));
        Self { period: period.to_string(), as_of, what }
    }
}

/// One paper on offer.
struct ReportView {
    title: &'static str,
    purpose: String,
    /// A word where the paper is usually made for another kind of period; may be empty.
    advice: String,
    /// Where the PDF is shown; empty where there is none alone.
    preview: String,
    /// Address of the page on which its text is written, and what is to be said of that text; may be empty.
    narrative: (String, String),
    /// Address of the page of the office's own templates; empty where there can be none.
    templates: String,
    /// Number and revision; empty without a number.
    number: String,
    /// Ending in capitals and address of each download.
    downloads: Vec<(String, String)>,
}

/// `/laporan`: the papers that can be made of the chosen period.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &query)).await
}

fn show(site: &Site, query: &Query) -> PageResult {
    let Some(mut chosen) = ResolvedRequest::read(site, query, &PERIODS)? else { return empty(site, PATH) };
    let clusters = clusters_in(&site.app().clusters()?, chosen.subject.period.year());
    let cluster = query.get(CLUSTER).unwrap_or_default();
    if !clusters.iter().any(|known| known == cluster) {
        // One of another year, perhaps.
        chosen.query.set(CLUSTER, "");
    }
    let context = chosen.context(site)?;
    // Letters of the district's team are the team's to send.
    let is_of_team = site.app().access().may_everywhere(Right::See);
    let [mut reports, mut letters] = [Vec::new(), Vec::new()];
    for report in ReportKind::ALL.into_iter().filter(|kind| is_of_team || !kind.is_team_letter()) {
        let mut shown = view(report, &chosen);
        shown.narrative.1 = text_state(site, &chosen, report)?;
        shown.number = number_state(site, &chosen, report)?;
        if report.is_letter() { letters.push(shown) } else { reports.push(shown) }
    }
    let hidden = chosen.query.only(&SUBJECT_NAMES).except(&[]);
    let clusters = clusters.into_iter().map(|name| (name == cluster, name)).collect();
    let id = chosen.snapshot.id(chosen.subject.period, context.subject.as_of);
    let stamp = format!("Data per {} · {} · Versi data {id}", format::date(context.subject.as_of), context.reported());
    let frame = PageFrame::new(site.app(), Some(&chosen), "Cetak laporan", PATH).about(&chosen, PATH, context.source());
    let picker = Picker::new(&chosen, PATH, &PERIODS);
    let settings = letter_page(&chosen, ReportKind::Evaluation);
    html(&ReportsPage {
        frame,
        picker,
        reports,
        letters,
        stamp,
        hidden,
        clusters,
        settings,
        dhis2: chosen.query.only(&["puskesmas"]).at(dhis2::PATH),
        all: AllView::from_request(&chosen),
    })
}

fn view(report: ReportKind, chosen: &ResolvedRequest) -> ReportView {
    let links = paper_links(chosen, report);
    let at = |ending: &str| links.page(&format!("{PATH}/{}.{ending}", report.code()));
    let is_bundle = report == ReportKind::Accreditation;
    let purpose = match request(chosen, report).cluster {
        Some(name) => format!("Perbandingan, peringkat, dan perkembangan Puskesmas {}.", cluster_words(&name)),
        None => report.purpose().to_owned(),
    };
    let downloads = if is_bundle {
        vec![("ZIP".to_owned(), at(BUNDLE))]
    } else {
        FileFormat::ALL.map(|format| (format.ending().to_uppercase(), at(format.ending()))).to_vec()
    };
    let has_slides = report == ReportKind::Lokmin && report.periods().contains(&chosen.subject.period.kind());
    let slides = has_slides.then(|| (slides::ENDING.to_uppercase(), at(slides::ENDING)));
    let downloads = downloads.into_iter().chain(slides).collect();
    let advice = if report.periods().contains(&chosen.subject.period.kind()) {
        String::new()
    } else {
        let usual: Vec<&str> = report.periods().iter().map(|kind| format::period_kind(*kind)).collect();
        format!("Biasanya untuk {}.", usual.join(" atau "))
    };
    ReportView {
        title: report.title(),
        purpose,
        advice,
        narrative: (links.page(&text_path(report)), String::new()),
        templates: if is_bundle { String::new() } else { links.page(&office_templates::path(report)) },
        number: String::new(),
        preview: if is_bundle { String::new() } else { at(FileFormat::Pdf.ending()) },
        downloads,
    }
}

/// Who wrote a paper's text, and whether its numbers have changed since; a drafted one is not worth a word.
fn text_state(site: &Site, chosen: &ResolvedRequest, kind: ReportKind) -> Result<String, PageError> {
    let request = request(chosen, kind);
    if !site.papers().has_text(&request)? {
        return Ok(String::new());
    }
    let text = site.papers().paper_text(&request)?;
    let Some(written) = text.narrative.written_by_hand() else { return Ok(String::new()) };
    let who = format!("ditulis {}", written.by);
    let changed = text.narrative.changes().len();
    Ok(if changed == 0 { who } else { format!("{who}; {changed} angka sudah berubah") })
}

/// The number of a paper and which revision it is now.
fn number_state(site: &Site, chosen: &ResolvedRequest, kind: ReportKind) -> Result<String, PageError> {
    let standing = site.papers().paper_standing(&request(chosen, kind))?;
    Ok(standing.map_or_else(String::new, |standing| match standing.revision {
        0 => format!("Nomor {}", standing.number),
        revision => format!("Nomor {}, {}", standing.number, revision_words(revision)),
    }))
}

/// `/laporan/{kind}.{ending}`: the file, shown where the browser can.
pub async fn file(site: Site, Path(name): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| make(site, &name, &query)).await
}

fn make(site: &Site, name: &str, query: &Query) -> Result<Response, PageError> {
    let unknown = || PageError::not_found("Laporan ini tidak ada; pilih dari halaman Laporan.");
    let (kind, ending) = name.rsplit_once('.').ok_or_else(unknown)?;
    let kind: ReportKind = kind.parse().map_err(|_error| unknown())?;
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    if ending == slides::ENDING {
        return Ok(as_answer(site.papers().slides(&request(&chosen, kind))?, "attachment"));
    }
    let file_format = match (kind, ending) {
        // The bundle has an address of its own.
        (ReportKind::Accreditation, _) => return Err(unknown()),
        _ => ending.parse().map_err(|_error| unknown())?,
    };
    Ok(as_answer(site.papers().report(&request(&chosen, kind), file_format)?, "inline"))
}

/// The file as an answer: shown in the browser (`inline`) or saved (`attachment`).
fn as_answer(file: ReportFile, disposition: &str) -> Response {
    let disposition = format!("{disposition}; filename=\"{}\"", file.name);
    let headers = [(header::CONTENT_TYPE, file.media_type), (header::CONTENT_DISPOSITION, disposition.as_str())];
    (headers, file.bytes).into_response()
}
