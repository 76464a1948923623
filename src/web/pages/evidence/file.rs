//! One evidence file: downloading it, withdrawing it, erasing what was withdrawn.

use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};

use super::attach::refused;
use super::thing_address;
use crate::store::EvidenceId;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::pages::PageQuery;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::links::Links;

/// A file from outside shows nothing in our name: it loads nothing, runs nothing, and has an origin of its own.
const NOTHING_RUNS: &str = "default-src 'none'; sandbox";

/// `GET /bukti/berkas/{id}`: the content of a file, as a download.
pub async fn download(site: Site, Path(id): Path<EvidenceId>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| hand_out(site, id, &query)).await
}

fn hand_out(site: &Site, id: EvidenceId, query: &Query) -> Result<Response, PageError> {
    let chosen = ResolvedRequest::need(site, query, &[])?;
    let (stored, bytes) = site.evidence().file(&chosen.puskesmas, id).map_err(refused)?;
    let ending = stored.file.format.ending();
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, stored.file.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&stored.file.name, ending)),
        (header::CONTENT_SECURITY_POLICY, NOTHING_RUNS.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// To be saved, never shown within our pages; its name always ends as its content is.
fn disposition(name: &str, ending: &str) -> String {
    let has_ending = name.to_lowercase().ends_with(&format!(".{ending}"))
        || (ending == "jpg" && name.to_lowercase().ends_with(".jpeg"));
    let name = if has_ending { name.to_owned() } else { format!("{name}.{ending}") };
    format!("attachment; filename=\"bukti.{ending}\"; filename*=UTF-8''{}", encode(&name))
}

/// `POST /bukti/berkas/{id}/tarik`: withdraws a file; its content stays.
pub async fn withdraw(site: Site, Path(id): Path<EvidenceId>, PageQuery(query): PageQuery) -> PageResult {
    site.take_in(move |site| decide(site, id, &query, EvidenceAction::Withdraw)).await
}

/// `POST /bukti/berkas/{id}/hapus`: the content of a withdrawn file, for good.
pub async fn erase(site: Site, Path(id): Path<EvidenceId>, PageQuery(query): PageQuery) -> PageResult {
    site.take_in(move |site| decide(site, id, &query, EvidenceAction::Erase)).await
}

/// Change of a file that a person asks for.
#[derive(Clone, Copy)]
enum EvidenceAction {
    Withdraw,
    Erase,
}

/// Withdraws or erases a file and shows the thing that it is evidence of.
fn decide(site: &Site, id: EvidenceId, query: &Query, action: EvidenceAction) -> PageResult {
    let chosen = ResolvedRequest::need(site, query, &[])?;
    let evidence = site.evidence();
    let files = evidence.files(&chosen.puskesmas)?;
    let done = match action {
        EvidenceAction::Withdraw => evidence.withdraw(&chosen.puskesmas, id).map(|()| "ditarik"),
        EvidenceAction::Erase => evidence.erase(&chosen.puskesmas, id).map(|()| "dihapus"),
    };
    let done = done.map_err(refused)?;
    site.changed();
    let links = Links::new(&chosen);
    let thing = files.iter().find(|file| file.id == id).map(|file| thing_address(&file.of, &links));
    Ok(see(&thing.map_or_else(|| links.page(super::PATH), |address| format!("{address}&{done}=1"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_name_ends_as_its_content_is() {
        let saved = |name, ending| disposition(name, ending).split_once("UTF-8''").unwrap().1.to_owned();
        assert_eq!(saved("Foto Mei.JPEG", "jpg"), "Foto%20Mei.JPEG");
        assert_eq!(saved("foto.exe", "jpg"), "foto.exe.jpg");
        assert_eq!(saved("a\";\r\nX: y.pdf", "pdf"), "a%22%3B%0D%0AX%3A%20y.pdf");
    }
}
