//! *Semua Puskesmas*: the Puskesmas of a data folder beside each other, of one cluster or of all, for the district's
//! team; every name leads to that Puskesmas' own pages.

use askama::Template;

use super::dashboards::empty;
use super::{PageQuery, html};
use crate::dashboard::several::{SeveralRow, several};
use crate::domain::name::plain_words;
use crate::domain::written::{ClusterMember, cluster_of, clusters_in};
use crate::domain::{PeriodKind, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageResult;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::{DISTRICT_PATH as PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;
use crate::web::view::symbol::Symbol;
use crate::web::view::table::{ChangeView, NO_PREVIOUS, status_symbol};

#[derive(Template)]
#[template(path = "district.html")]
struct DistrictPage {
    frame: PageFrame,
    picker: Picker,
    /// Name, and whether it is the one chosen; empty where there are none.
    clusters: Vec<(String, bool)>,
    hidden: Vec<(String, String)>,
    summary: String,
    rows: Vec<RowView>,
    paper: String,
}

struct RowView {
    place: String,
    name: String,
    href: String,
    href_imports: String,
    cluster: String,
    score: String,
    symbol: Symbol,
    status: &'static str,
    basis: String,
    change: Option<ChangeView>,
    facilities: String,
    weakest: String,
    follow_ups: String,
    months: String,
    lacking: String,
}

/// `GET /semua-puskesmas?cluster=`: all Puskesmas beside each other.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, &query)).await
}

fn render(site: &Site, query: &Query) -> PageResult {
    let kinds = PeriodKind::ALL;
    let Some(chosen) = ResolvedRequest::read(site, query, &[PeriodKind::FourMonth])? else { return empty(site, PATH) };
    let year = chosen.subject.period.year();
    let members = site.app().clusters()?;
    let known = clusters_in(&members, year);
    let cluster = query.get("cluster").filter(|asked| known.iter().any(|name| plain_words(name) == plain_words(asked)));
    let of_cluster = |name: &String| {
        let own = cluster_of(&members, name, year).map(|member| plain_words(&member.cluster));
        cluster.is_none_or(|cluster| own == Some(plain_words(cluster)))
    };
    let period = chosen.subject.period.to_string();
    let each: Vec<ResolvedRequest> = chosen
        .known
        .iter()
        .filter(|name| of_cluster(name))
        .filter_map(|name| {
            let asked = query.with("puskesmas", name).with("tahun", "").with("periode", &period);
            ResolvedRequest::read(site, &asked, &[PeriodKind::FourMonth]).transpose()
        })
        .collect::<Result<_, _>>()?;
    let contexts = each.iter().map(|one| one.context(site)).collect::<Result<Vec<_>, _>>()?;
    let rows = several(&contexts);
    let links = Links::new(&chosen);
    let mut frame =
        PageFrame::new(site.app(), Some(&chosen), "Semua Puskesmas", PATH).about(&chosen, PATH, String::new());
    frame.puskesmas.clear();
    frame.offer_no_room();
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("Semua Puskesmas".to_owned(), String::new())];
    let clusters = known.iter().map(|name| (name.clone(), cluster == Some(name.as_str()))).collect();
    let views = rows.iter().enumerate().map(|(place, row)| view(place, row, &links, &members, year)).collect();
    let mut picker = Picker::new(&chosen, PATH, &kinds);
    picker.puskesmas.clear();
    html(&DistrictPage {
        frame,
        picker,
        clusters,
        hidden: chosen.query.except(&["cluster"]),
        summary: summary(&rows),
        rows: views,
        paper: links.page("/laporan"),
    })
}

/// `8 Puskesmas: 5 dengan rekap lengkap, 3 belum.`
fn summary(rows: &[SeveralRow]) -> String {
    let whole = rows.iter().filter(|row| row.lacking.is_empty()).count();
    let lacking = rows.len() - whole;
    let rest = if lacking > 0 { format!(", {lacking} belum") } else { String::new() };
    format!("{} Puskesmas: {whole} dengan rekap lengkap untuk bulan yang sudah berjalan{rest}.", rows.len())
}

fn view(place: usize, row: &SeveralRow, links: &Links, members: &[ClusterMember], year: i32) -> RowView {
    let cluster = cluster_of(members, &row.name, year).map(|member| member.cluster.clone()).unwrap_or_default();
    RowView {
        place: if row.standing.is_judged() { (place + 1).to_string() } else { String::new() },
        name: row.name.clone(),
        href: links.page_with("/", "puskesmas", &row.name),
        href_imports: links.page_with("/impor", "puskesmas", &row.name),
        cluster,
        score: row.score.map(format::percent).unwrap_or_default(),
        symbol: status_symbol(row.standing.status),
        status: row.standing.status.label(),
        basis: row.standing.basis_words(),
        change: ChangeView::from_change(row.change),
        facilities: format!("{} dari {}", row.facilities.1, row.facilities.0),
        weakest: row.weakest.map(|(name, value)| format!("{name}: {} %", format::percent(value))).unwrap_or_default(),
        follow_ups: row
            .follow_ups
            .map(|ratio| format!("{} dari {}", format::count(ratio.numerator), format::count(ratio.denominator)))
            .unwrap_or_default(),
        months: format!("{} dari {}", row.months.0, row.months.1),
        lacking: row.lacking.join(", "),
    }
}
