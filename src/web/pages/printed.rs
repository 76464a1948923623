//! *Cuplikan*: what the id in the footer of a printed paper stands for: which papers went out with it, and of numbered
//! ones the files as they were.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;

use super::paper::LIST as REPORTS;
use super::{PageQuery, html};
use crate::domain::{FileFormat, format};
use crate::store::Edition;
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::query::encode;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::time::moment;

/// Path of the page.
pub const PATH: &str = "/cuplikan";
/// Letters of an id that are looked up at most.
const ID_LETTERS_MAX: usize = 40;

#[derive(Template)]
#[template(path = "printed.html")]
struct PrintedPage {
    frame: PageFrame,
    id: String,
    editions: Vec<EditionView>,
}

/// One paper that went out.
pub(super) struct EditionView {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) period: String,
    /// Number, or that it has none.
    pub(super) number: String,
    /// Date of the letter; blank without a number.
    pub(super) dated: String,
    /// `Revisi 1`, `asli`; blank without a number.
    pub(super) revision: String,
    pub(super) as_of: String,
    pub(super) snapshot: String,
    pub(super) at: String,
    /// Ending in capitals and address of each file that is kept.
    pub(super) files: Vec<(String, String)>,
}

/// An edition as pages show it.
pub(super) fn edition_view(edition: &Edition) -> EditionView {
    let is_numbered = !edition.number.is_empty();
    let file = |(format, _): &(String, u64)| (format.to_uppercase(), format!("{PATH}/berkas/{}/{format}", edition.id));
    let period = edition.period.parse().map_or_else(|_error| edition.period.clone(), format::period_with_months);
    EditionView {
        title: edition.title.clone(),
        subtitle: edition.subtitle.clone(),
        period,
        number: match (is_numbered, edition.is_revoked) {
            (false, _) => "tidak bernomor".to_owned(),
            (true, false) => edition.number.clone(),
            (true, true) => format!("{} (sudah dicabut)", edition.number),
        },
        dated: edition.dated.map(format::date).unwrap_or_default(),
        revision: match (is_numbered, edition.revision) {
            (false, _) => String::new(),
            (true, 0) => "asli".to_owned(),
            (true, revision) => crate::report::revision_words(revision),
        },
        as_of: format::date(edition.as_of),
        snapshot: edition.snapshot.clone(),
        at: moment(edition.at, &chrono::Local),
        files: edition.files.iter().map(file).collect(),
    }
}

/// `GET /cuplikan?id=`: the form, or on to the page of that id.
pub async fn ask(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| match query.get("id") {
        Some(id) => Ok(see(&format!("{PATH}/{}", encode(&tidied(id))))),
        None => page(site, String::new(), Vec::new()),
    })
    .await
}

/// `GET /cuplikan/{id}`: the papers that went out with an id.
pub async fn show(site: Site, Path(id): Path<String>) -> PageResult {
    site.compute(move |site| {
        let id = tidied(&id);
        let editions = site.papers().snapshot_editions(&id)?;
        if editions.is_empty() {
            return Err(PageError::not_found(format!(
                "Tidak ada laporan yang dicetak dari folder data ini dengan versi data {id}. Periksa huruf dan angkanya di \
                 kaki halaman laporan, atau buka Simpul di komputer yang mencetaknya."
            )));
        }
        page(site, id, editions.iter().rev().map(edition_view).collect())
    })
    .await
}

/// `GET /cuplikan/berkas/{edition}/{format}`: the file as it was handed out.
pub async fn file(site: Site, Path((edition, ending)): Path<(i64, String)>) -> PageResult {
    site.compute(move |site| {
        let unknown = || PageError::not_found("Berkas ini tidak disimpan; lihat yang ada di halaman versi datanya.");
        let format: FileFormat = ending.parse().map_err(|_error| unknown())?;
        let file = site.papers().edition_file(edition, format)?.ok_or_else(unknown)?;
        let disposition = format!("inline; filename=\"{}\"", file.name);
        let headers =
            [(header::CONTENT_TYPE, format.media_type()), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok::<_, PageError>((headers, file.bytes).into_response())
    })
    .await
}

/// The id as papers print it.
fn tidied(id: &str) -> String {
    id.trim().to_uppercase().chars().filter(|letter| letter.is_alphanumeric()).take(ID_LETTERS_MAX).collect()
}

fn page(site: &Site, id: String, editions: Vec<EditionView>) -> PageResult {
    let title = if id.is_empty() { "Cari versi data".to_owned() } else { format!("Versi data {id}") };
    let mut frame = PageFrame::new(site.app(), None, &title, REPORTS);
    frame.crumbs = vec![("Laporan".to_owned(), REPORTS.to_owned()), (title, String::new())];
    html(&PrintedPage { frame, id, editions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_looked_up_as_papers_print_it() {
        assert_eq!(tidied(" 01ab-cd ef "), "01ABCDEF");
        assert_eq!(tidied(&"a".repeat(ID_LETTERS_MAX + 1)).len(), ID_LETTERS_MAX);
    }
}
