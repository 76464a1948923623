//! Pages made from `dashboards/*.toml`: *Ringkasan* at `/`, every other one at `/halaman/{slug}`.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::answers::AnswersView;
use super::evidence::{ThingsView, meeting_things};
use super::{PageQuery, first_start, html, meeting, paper};
use crate::app::papers::slides;
use crate::dashboard;
use crate::definitions::{Dashboard, DashboardScope, PanelKind};
use crate::domain::access::Right;
use crate::report::{FileFormat, ReportKind};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::fold::PageExtent;
use crate::web::view::frame::{APPROVALS_PATH, PageFrame, dashboard_path, waiting};
use crate::web::view::links::{DISTRICT_PATH, Links};
use crate::web::view::panel::{PanelMaker, PanelsView};
use crate::web::view::picker::Picker;
use crate::web::view::share;

/// The page of the four-monthly evaluation, from which its approval begins.
const EVALUATION: &str = "evaluasi";

/// A page of panels.
#[derive(Template)]
#[template(path = "dashboard.html")]
pub struct DashboardPage {
    pub frame: PageFrame,
    /// Faults of its file.
    pub faults: Vec<String>,
    /// Choice of Puskesmas and period.
    pub picker: Picker,
    /// Address of the meeting about this period; empty where the page is not about one.
    pub meeting: String,
    /// Address of the same slides as a file; empty like `meeting`.
    pub slides: String,
    /// Invitation to the meeting; none where the page is about no meeting.
    pub invitation: Option<InvitationView>,
    /// The page on which this period is approved; empty where the head of the page leads there, and on other pages.
    pub approval: String,
    /// Where a visit is written; empty on pages that are not about one facility.
    pub record_visit: String,
    /// Follow-ups that the reader answers; none on other pages.
    pub answers: Option<AnswersView>,
    /// Register of the facility: name and value; empty on other pages.
    pub register: Vec<(&'static str, String)>,
    pub panels: PanelsView,
    /// Evidence of visits, follow-ups or meetings, below them.
    pub evidence: Vec<ThingsView>,
}

/// The invitation to a meeting.
pub struct InvitationView {
    /// The text for a chat.
    message: String,
    /// Address of the letter.
    letter: String,
    /// Address of the page on which day, time and place are written.
    text: String,
}

#[derive(Template)]
#[template(path = "empty.html")]
struct EmptyPage {
    frame: PageFrame,
    /// Words for the content that the page will have.
    shows: &'static str,
    inbox: String,
    data: String,
}

/// `/`: the summary.
pub async fn overview(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, "ringkasan", &query)).await
}

/// `/halaman/{slug}`: a page that a definition file describes.
pub async fn page(site: Site, Path(slug): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &slug, &query)).await
}

fn show(site: &Site, slug: &str, query: &Query) -> PageResult {
    if let (false, Some(facility)) = (site.app().access().may_somewhere(Right::See), site.app().access().own_facility())
    {
        return Ok(see(&format!("/faskes/{}", encode(facility))));
    }
    let definition = find(site, slug, DashboardScope::Puskesmas)?;
    let path = dashboard_path(slug);
    let Some(chosen) = ResolvedRequest::read(site, query, &definition.periods)? else {
        let is_new = path == "/" && site.first_page()?.is_some();
        return if is_new { Ok(see(first_start::PATH)) } else { empty(site, &path) };
    };
    let context = chosen.context(site)?;
    let extent = PageExtent::asked(&chosen.query);
    let page = dashboard::page(&definition, &context, |panel| extent.leaves_out(panel, &chosen.choice))?;
    let links = Links::new(&chosen);
    let facts = chosen.snapshot.facts();
    let maker = PanelMaker { chosen: &chosen, links: &links, facts, slug, path: &path, extent };
    let mut frame =
        PageFrame::new(site.app(), Some(&chosen), &page.question, &path).about(&chosen, &path, context.source());
    if path == "/" {
        if chosen.knows_several() && site.app().access().sees_several() {
            let several = links.without_puskesmas().page(DISTRICT_PATH);
            frame.crumbs = vec![("Kabupaten".to_owned(), several), (chosen.puskesmas.clone(), String::new())];
        }
        frame.alerts = site.alerts()?.to_vec();
        let own = chosen.standing.as_ref().map(|standing| standing.record.period);
        frame.waiting = waiting(&site.app().approvals().alerts(&chosen.puskesmas, own)?, &links);
    } else {
        frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), (page.title, String::new())];
    }
    let picker = Picker::new(&chosen, &path, &definition.periods);
    let is_about_lokmin = definition.panels.iter().any(|panel| panel.kind == PanelKind::Lokmin);
    let meeting = meeting::address(site, &chosen, &links);
    let mut panels = share::panels(&maker, &page.panels)?;
    if !panels.elsewhere.is_empty() {
        // A period without a meeting of its own has that of its last month.
        let month = chosen.subject.period.last_month().to_string();
        let address = meeting.clone().unwrap_or_else(|| links.page_with(meeting::PATH, "periode", &month));
        panels.elsewhere.insert(0, ("Rapat lokmin: satu indikator satu layar".to_owned(), address));
    }
    let meeting = meeting.filter(|_| is_about_lokmin).unwrap_or_default();
    let slides_at = format!("{}/{}.{}", paper::LIST, ReportKind::Lokmin.code(), slides::ENDING);
    let slides = if meeting.is_empty() { String::new() } else { links.page(&slides_at) };
    let invitation = if meeting.is_empty() { None } else { Some(invitation(site, &chosen, &links)?) };
    let evidence = if is_about_lokmin { vec![meeting_things(&context, &links)] } else { Vec::new() };
    let is_approved_here = slug == EVALUATION && chosen.standing.is_none();
    let approval = if is_approved_here { links.page(APPROVALS_PATH) } else { String::new() };
    html(&DashboardPage {
        approval,
        faults: faults(site, slug),
        frame,
        picker,
        meeting,
        slides,
        invitation,
        record_visit: String::new(),
        answers: None,
        register: Vec::new(),
        panels,
        evidence,
    })
}

fn invitation(site: &Site, chosen: &ResolvedRequest, links: &Links) -> Result<InvitationView, PageError> {
    let kind = ReportKind::Invitation;
    Ok(InvitationView {
        message: site.papers().invitation_message(&paper::request(chosen, kind))?,
        letter: links.page(&format!("{}/{}.{}", paper::LIST, kind.code(), FileFormat::Pdf.ending())),
        text: links.page(&paper::text_path(kind)),
    })
}

/// The definition of this address and scope.
pub fn find(site: &Site, slug: &str, scope: DashboardScope) -> Result<Dashboard, PageError> {
    let held = site.app().held_definitions();
    let found = held.definitions.dashboards.iter().find(|page| page.slug == slug && page.scope == scope);
    found.cloned().ok_or_else(|| {
        let faults = held.faults_of(&file_of(slug));
        if !faults.is_empty() {
            return PageError::WrongFile { advice: format!("Tidak ada halaman “{slug}”: berkasnya keliru."), faults };
        }
        PageError::not_found(format!(
            "Tidak ada halaman “{slug}”. Bila berkas dashboards/{slug}.toml ada, jalankan `simpul check`: mungkin isinya keliru."
        ))
    })
}

/// Faults of the file of a page.
pub fn faults(site: &Site, slug: &str) -> Vec<String> {
    site.app().held_definitions().faults_of(&file_of(slug))
}

fn file_of(slug: &str) -> String {
    format!("dashboards/{slug}.toml")
}

/// Any page of an empty data folder: what will stand at `path`, and how to fill it.
pub fn empty(site: &Site, path: &str) -> Result<Response, PageError> {
    let data = site.app().data();
    let mut frame = PageFrame::new(site.app(), None, "Belum ada data", path);
    frame.puskesmas = site.app().definitions().service.puskesmas.clone().unwrap_or_default();
    let inbox = data.join("masuk").display().to_string();
    html(&EmptyPage { frame, shows: shown_later(path), inbox, data: data.display().to_string() })
}

fn shown_later(path: &str) -> &'static str {
    match path {
        "/faskes" => {
            "semua jaringan dan jejaring yang dibina, dan dari tiap faskes: indikator, kunjungan, tindak lanjut, \
             laporan, dan kehadiran lokminnya"
        }
        "/bukti" => {
            "apa yang diminta kriteria akreditasi 1.2.3 dan 1.7.1, apa yang sudah ada dan apa yang belum, dan tempat \
             melampirkan berkas buktinya"
        }
        "/laporan" | "/pengaturan-surat" => {
            "laporan yang dapat dilihat dan diunduh sebagai PDF, DOCX, atau XLSX, dengan kop surat, narasi, dan tanda \
             tangan Puskesmas"
        }
        "/halaman/evaluasi" => {
            "evaluasi empat bulanan: pelaksanaan terhadap jadwal, nilai tiap indikator, dan perubahan jadwal"
        }
        "/halaman/lokmin" => {
            "bahan lokakarya mini: grafik PWS tiap indikator layanan, faskes yang perlu dibicarakan, dan tindak lanjut \
             yang lewat batas"
        }
        _ => {
            "skor pembinaan setiap jaringan dan jejaring, apa yang perlu diperhatikan, grafik untuk lokmin, dan asal \
             setiap angka sampai ke sel Excel-nya"
        }
    }
}
