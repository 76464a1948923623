//! The frame of every page: head, navigation, breadcrumb, foot, and what paper gets instead.

use super::links::{DISTRICT_PATH, Links};
use crate::app::App;
use crate::app::approvals::WaitingPeriod;
use crate::definitions::DashboardScope;
use crate::domain::access::Right;
use crate::domain::{Date, Period, format};
use crate::web::assets;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::sentence;
use crate::web::query::{Query, encode};
use crate::web::standing::PeriodStanding;

/// The page of scheduled jobs.
const JOBS_PATH: &str = "/pekerjaan";

/// The page on which periods are approved.
pub const APPROVALS_PATH: &str = "/persetujuan";
/// The page on which a person's data is sought, handed over and erased.
pub const PERSONAL_PATH: &str = "/data-pribadi";
/// The page of the district team's coaching.
pub const COACHING_PATH: &str = "/pembinaan-tpcb";
/// The page of what meetings hand to the district.
pub const MATTERS_PATH: &str = "/masalah-dinas";
/// The page of the management of the network.
pub const NETWORK_PATH: &str = "/jejaring";
/// The page of RUK and RPK.
pub const PLANS_PATH: &str = "/ruk-rpk";
/// The page of the yearly assessment.
pub const PKP_PATH: &str = "/pkp";
/// The page of the indicators of the Puskesmas itself.
pub const OWN_INDICATORS_PATH: &str = "/indikator-puskesmas";

/// Sight of the reader, by which the navigation leads to the page of several Puskesmas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Several {
    /// The reader sees more than one.
    Known,
    Unknown,
}

/// The frame of one page.
#[derive(Clone, Debug, Default)]
pub struct PageFrame {
    /// Title of the window and heading of the page.
    pub title: String,
    /// Below the heading; may be empty.
    pub subtitle: String,
    /// Name of the Puskesmas; empty without data.
    pub puskesmas: String,
    /// Puskesmas that the page's buttons are about; empty where each says itself whose data it changes.
    pub acts_on: String,
    /// Period that the page is about, beside it; empty where it is about none.
    pub period: String,
    pub nav: Vec<NavItem>,
    /// Breadcrumb: words and address; the last has none.
    pub crumbs: Vec<(String, String)>,
    /// True where the page is shown large, for a room.
    pub is_projector: bool,
    /// The same page for the room (or back); empty where there is none.
    pub other_view: String,
    /// Source line of the printed page: where its numbers come from.
    pub source: String,
    /// Approval of the period, below the subtitle; none where nobody took a step with it.
    pub standing: Option<StandingView>,
    /// Sentences about jobs in trouble, on the overview only.
    pub alerts: Vec<String>,
    /// Name of the account in whose hands the page is; blank for the machine's owner and for nobody.
    pub account: String,
    /// True where the reader may read who did what.
    pub reads_audit: bool,
    /// True where the reader may keep accounts.
    pub keeps_accounts: bool,
    /// Approved periods in which something waits for a decision: name, changes, address of its page.
    pub waiting: Vec<(String, String, String)>,
    /// For addresses of style and script.
    pub assets: &'static str,
}

/// Approval of the period of a page.
#[derive(Clone, Debug)]
pub struct StandingView {
    /// Name of the symbol.
    pub symbol: &'static str,
    /// State, days and names.
    pub words: String,
    /// Page of the approval.
    pub href: String,
    /// Changes that wait, in a sentence; empty where none do, or the head left them.
    pub pending: String,
}

impl StandingView {
    fn new(standing: &PeriodStanding, links: &Links) -> Self {
        let waits = standing.pending.as_ref().filter(|pending| pending.is_open());
        let period = standing.record.period.to_string();
        Self {
            symbol: standing.symbol(),
            words: standing.words.clone(),
            href: links.page_with(APPROVALS_PATH, "periode", &period),
            pending: waits.map(|pending| sentence(&pending.words())).unwrap_or_default(),
        }
    }
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    /// True for the page that is shown.
    pub is_current: bool,
}

impl PageFrame {
    /// A frame that needs no data, for errors.
    pub fn bare(title: &str) -> Self {
        let mut nav = fixed_items("", &Links::default());
        nav.insert(0, NavItem { label: "Ringkasan".to_owned(), href: "/".to_owned(), is_current: false });
        Self { title: title.to_owned(), nav, assets: assets::version(), ..Self::default() }
    }

    /// A frame for whoever has not signed in: it leads nowhere.
    pub fn outside(title: &str) -> Self {
        Self { title: title.to_owned(), assets: assets::version(), ..Self::default() }
    }

    /// A frame with the whole navigation; `current` is the path of the page's entry.
    pub fn new(app: &App, chosen: Option<&ResolvedRequest>, title: &str, current: &str) -> Self {
        let links = chosen.map(Links::new).unwrap_or_default();
        let standing = chosen.and_then(|chosen| chosen.standing.as_ref());
        let several = match chosen {
            Some(chosen) if chosen.knows_several() && app.access().sees_several() => Several::Known,
            _ => Several::Unknown,
        };
        let puskesmas = chosen.map(|chosen| chosen.puskesmas.clone()).unwrap_or_default();
        Self {
            acts_on: puskesmas.clone(),
            puskesmas,
            standing: standing.map(|standing| StandingView::new(standing, &links)),
            waiting: chosen.map(|chosen| waiting(&chosen.waiting, &links)).unwrap_or_default(),
            ..Self::navigated(app, &links, several, title, current)
        }
    }

    /// A frame of a page about several Puskesmas, and about none of them more than the others.
    pub fn over_several(app: &App, links: &Links, title: &str) -> Self {
        Self::navigated(app, links, Several::Known, title, DISTRICT_PATH)
    }

    fn navigated(app: &App, links: &Links, several: Several, title: &str, current: &str) -> Self {
        let access = app.access();
        let sees = access.may_somewhere(Right::See);
        let mut nav = Vec::new();
        for dashboard in
            app.definitions().dashboards.iter().filter(|page| sees && page.scope == DashboardScope::Puskesmas)
        {
            let path = dashboard_path(&dashboard.slug);
            nav.push(NavItem { label: dashboard.title.clone(), href: links.page(&path), is_current: path == current });
        }
        if let (false, Some(facility)) = (sees, access.own_facility()) {
            let href = format!("/faskes/{}", encode(facility));
            nav.push(NavItem { label: facility.to_owned(), href, is_current: current == "/faskes" });
        }
        if sees {
            let place = nav.len().min(1);
            let mut rest = fixed_items(current, links);
            rest.retain(|item| item.href != JOBS_PATH || access.may_everywhere(Right::RunJobs));
            nav.insert(place, rest.remove(0));
            nav.append(&mut rest);
        }
        if several == Several::Known {
            let label = "Kabupaten".to_owned();
            let href = links.without_puskesmas().page(DISTRICT_PATH);
            nav.insert(0, NavItem { label, href, is_current: DISTRICT_PATH == current });
        }
        let account = if access.is_owner() { String::new() } else { access.account().to_owned() };
        Self {
            title: title.to_owned(),
            nav,
            account,
            reads_audit: access.may_somewhere(Right::ReadAudit),
            keeps_accounts: access.may_everywhere(Right::Administer),
            assets: assets::version(),
            ..Self::default()
        }
    }

    /// Adds the period of a page about several Puskesmas, and where its figures come from.
    #[must_use]
    pub fn about_several(mut self, period: Period, as_of: Date) -> Self {
        self.subtitle = format!("{} · data per {}", format::period_with_months(period), format::date(as_of));
        self.period = format::period(period);
        self.source = format!("Sumber: rekap setiap Puskesmas · data per {}", format::date(as_of));
        self
    }

    /// Adds period, view for the room, and source line of a page about `chosen`.
    #[must_use]
    pub fn about(mut self, chosen: &ResolvedRequest, path: &str, source: String) -> Self {
        let period = chosen.subject.period;
        let as_of = period.clamp_as_of(chosen.subject.as_of);
        self.subtitle = format!("{} · data per {}", format::period_with_months(period), format::date(as_of));
        self.period = format::period(period);
        self.source = source;
        self.dressed(&chosen.query, path)
    }

    /// The frame in the view that the address asks for, with the way to the other one.
    #[must_use]
    pub fn dressed(mut self, query: &Query, path: &str) -> Self {
        self.is_projector = query.get("tampilan") == Some("proyektor");
        let other = if self.is_projector { "" } else { "proyektor" };
        self.other_view = query.with("tampilan", other).at(path);
        self
    }

    /// Leaves out the way to the view for the room, of which the page has none; who came from there finds the way back.
    pub fn offer_no_room(&mut self) {
        if !self.is_projector {
            self.other_view.clear();
        }
    }
}

/// Approved periods in which something waits, each with the page on which it is decided.
pub fn waiting(periods: &[WaitingPeriod], links: &Links) -> Vec<(String, String, String)> {
    let address = |period: Period| links.page_with(APPROVALS_PATH, "periode", &period.to_string());
    let view = |waiting: &WaitingPeriod| {
        (format::period(waiting.period), waiting.words.clone(), format!("{}#tertunda", address(waiting.period)))
    };
    periods.iter().map(view).collect()
}

/// The address of a dashboard: the first is the first page.
pub fn dashboard_path(slug: &str) -> String {
    if slug == "ringkasan" { "/".to_owned() } else { format!("/halaman/{slug}") }
}

fn fixed_items(current: &str, links: &Links) -> Vec<NavItem> {
    [
        ("Faskes", "/faskes"),
        ("Catatan", "/catatan"),
        ("TPCB", COACHING_PATH),
        ("Bukti", "/bukti"),
        ("PKP", PKP_PATH),
        ("Indikator", OWN_INDICATORS_PATH),
        ("Laporan", "/laporan"),
        ("Impor", "/impor"),
        ("Tugas otomatis", JOBS_PATH),
    ]
    .map(|(label, path)| NavItem { label: label.to_owned(), href: links.page(path), is_current: path == current })
    .to_vec()
}
