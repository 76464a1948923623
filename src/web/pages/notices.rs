//! *Lisensi*: the licence of Simpul, and those of the libraries and fonts in it, from within the binary. Knows no data
//! but whose pages the menu leads to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use askama::Template;

use super::{PageQuery, help, html};
use crate::app::notices::{LibraryLicences, OWN_LICENCE, ThirdPartyNotice, by_libraries, third_parties};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageResult;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// The address of the page.
pub const PATH: &str = "/bantuan/lisensi";

/// The texts of one licence: libraries differ in whom they name.
#[derive(Debug)]
struct LicenceTexts {
    id: String,
    title: &'static str,
    notices: Vec<LibraryLicences>,
}

static GROUPS: LazyLock<Vec<LicenceTexts>> = LazyLock::new(groups);

fn groups() -> Vec<LicenceTexts> {
    let mut by_title: BTreeMap<&'static str, Vec<ThirdPartyNotice>> = BTreeMap::new();
    for notice in third_parties() {
        by_title.entry(notice.title).or_default().push(notice);
    }
    let titled = by_title.into_iter().enumerate();
    titled
        .map(|(place, (title, notices))| LicenceTexts {
            id: format!("lisensi-{place}"),
            title,
            notices: by_libraries(notices),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "notices.html")]
struct NoticesPage {
    frame: PageFrame,
    version: &'static str,
    own: &'static str,
    libraries: usize,
    groups: &'static [LicenceTexts],
}

/// `GET /bantuan/lisensi`.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Lisensi", help::PATH);
    frame.crumbs = vec![("Bantuan".to_owned(), help::PATH.to_owned()), (frame.title.clone(), String::new())];
    let named = GROUPS.iter().flat_map(|group| &group.notices).flat_map(|notice| &notice.libraries);
    let libraries = named.collect::<BTreeSet<_>>().len();
    html(&NoticesPage { frame, version: env!("CARGO_PKG_VERSION"), own: OWN_LICENCE, libraries, groups: &GROUPS })
}
