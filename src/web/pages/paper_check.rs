//! *Periksa surat*: is a file, or the text of a code that a phone scanned, what an installation of Simpul signed.

use askama::Template;
use axum::extract::Multipart;
use axum::http::{HeaderMap, StatusCode};

use super::paper::LIST as REPORTS;
use super::{PageQuery, html};
use crate::app::papers::check_words::{CheckShape, claim_facts, difference_words};
use crate::app::papers::checks::{PaperCheck, PaperVerdict};
use crate::proof::PublicKey;
use crate::web::error::{PageError, PageResult};
use crate::web::multipart::{self, Bounds, UploadExcess};
use crate::web::pages::printed::{EditionView, edition_view};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// Path of the page.
pub const PATH: &str = "/periksa-surat";
/// Bytes of a file that is verified at most.
const FILE_BYTES_MAX: u64 = 32 << 20;
/// Letters of a code or a key that is looked at.
const TEXT_LETTERS_MAX: usize = 600;
/// Name of the field of a public key.
const KEY_FIELD: &str = "kunci";

#[derive(Template)]
#[template(path = "paper_check.html")]
struct CheckPage {
    frame: PageFrame,
    judged: Option<JudgedView>,
    /// As it was typed.
    code: String,
    /// Key of another installation, as it was typed, and what is wrong with it.
    key: String,
    key_fault: String,
    /// Line of this installation's public key.
    own_key: String,
    megabytes: u64,
}

/// A judgement as the page shows it.
struct JudgedView {
    name: String,
    /// Symbol of a status.
    symbol: &'static str,
    headline: &'static str,
    sentences: Vec<String>,
    differences: Vec<String>,
    facts: Vec<(&'static str, String)>,
    /// Address of the page with the papers of that period; blank where there is none.
    papers: String,
    editions: Vec<EditionView>,
}

/// File or code to verify, and a key that is trusted beside the own one.
#[derive(Default)]
struct CheckAsked {
    file: Option<(String, Vec<u8>)>,
    code: String,
    key: String,
}

/// `GET /periksa-surat`: the forms, or the judgement of a code in the address.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    let text = |name: &str| query.get(name).unwrap_or_default().chars().take(TEXT_LETTERS_MAX).collect();
    let asked = CheckAsked { file: None, code: text("kode"), key: text(KEY_FIELD) };
    site.compute(move |site| page(site, asked)).await
}

/// `POST /periksa-surat`: the judgement of a file; it is not kept.
pub async fn judge(site: Site, headers: HeaderMap, parts: Multipart) -> PageResult {
    let _held = multipart::room().await?;
    let bounds = Bounds { files: 1, file_bytes: FILE_BYTES_MAX, total_bytes: FILE_BYTES_MAX };
    let received = multipart::receive(&headers, parts, bounds).await.map_err(|excess| refused(&excess))?;
    let key = received.fields.iter().find(|(name, _)| name == KEY_FIELD).map(|(_, value)| value.clone());
    let file = received.files.into_iter().next().map(|file| (file.name, file.bytes));
    if file.is_none() {
        return Err(PageError::bad_request(
            "Belum ada berkas yang dipilih. Kembali, pilih berkas suratnya, lalu periksa.",
        ));
    }
    let asked = CheckAsked { file, code: String::new(), key: key.unwrap_or_default() };
    site.preview(move |site| page(site, asked)).await
}

fn refused(excess: &UploadExcess) -> PageError {
    match excess {
        UploadExcess::TooManyFiles(_) => PageError::bad_request("Periksa satu berkas setiap kali."),
        UploadExcess::FileTooLarge(_) | UploadExcess::TooLarge => PageError::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "Berkas terlalu besar",
            format!(
                "Berkas surat paling besar {} MB. Berkas yang lebih besar dapat diperiksa dengan `simpul verify BERKAS`.",
                FILE_BYTES_MAX >> 20
            ),
        ),
        UploadExcess::Broken => PageError::refused(
            StatusCode::BAD_REQUEST,
            "Unggahan terputus",
            "Berkas tidak sampai utuh. Kembali ke halaman Periksa surat lalu unggah lagi.",
        ),
    }
}

fn page(site: &Site, asked: CheckAsked) -> PageResult {
    let papers = site.app().papers();
    let parsed = (!asked.key.trim().is_empty()).then(|| asked.key.parse::<PublicKey>());
    let key_fault = match &parsed {
        Some(Err(fault)) => format!("Kunci ini {fault}."),
        _ => String::new(),
    };
    let keys: Vec<PublicKey> = parsed.and_then(Result::ok).into_iter().collect();
    let judged = match &asked.file {
        Some((name, bytes)) => Some(view(site, name, &papers.check_file(name, bytes, &keys)?)?),
        None if asked.code.trim().is_empty() => None,
        None => Some(view(site, "Kode yang ditempel", &papers.check_code(&asked.code, &keys)?)?),
    };
    let title = "Periksa surat".to_owned();
    let mut frame = PageFrame::new(site.app(), None, &title, REPORTS);
    frame.crumbs = vec![("Laporan".to_owned(), REPORTS.to_owned()), (title, String::new())];
    html(&CheckPage {
        frame,
        judged,
        code: asked.code,
        key: asked.key,
        key_fault,
        own_key: papers.public_key()?.to_string(),
        megabytes: FILE_BYTES_MAX >> 20,
    })
}

fn view(site: &Site, name: &str, check: &PaperCheck) -> Result<JudgedView, PageError> {
    let is_believed = check.standing.is_some();
    let request = check.claim.as_ref().filter(|_| is_believed);
    let request = request.map(|claim| site.app().papers().request_of(claim)).transpose()?.flatten();
    let address = request.map(|request| {
        let day = request.as_of.map(|day| day.to_string()).unwrap_or_default();
        let query = Query::from_pairs(vec![
            ("periode".to_owned(), request.period.to_string()),
            ("per".to_owned(), day),
            ("puskesmas".to_owned(), request.puskesmas.unwrap_or_default()),
        ]);
        query.at(REPORTS)
    });
    Ok(JudgedView {
        name: name.to_owned(),
        symbol: match check.shape() {
            CheckShape::Good => "good",
            CheckShape::Doubt => "fair",
            CheckShape::Bad => "poor",
        },
        headline: check.headline(),
        sentences: check.sentences(),
        differences: match &check.verdict {
            PaperVerdict::Altered(places) => places.iter().map(difference_words).collect(),
            _ => Vec::new(),
        },
        facts: check.claim.as_ref().map(claim_facts).unwrap_or_default(),
        papers: address.unwrap_or_default(),
        editions: check.editions.iter().rev().map(edition_view).collect(),
    })
}
