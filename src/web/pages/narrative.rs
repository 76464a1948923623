//! The text of a paper: drafted sentences that a person may change, with who wrote what when, and what has changed
//! since in the numbers below it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::paper::{LIST, PERIODS, kind_of, letter_page, paper_links, request, text_path};
use super::paper_letter::{LetterView, WRONG_DAY, letter_view};
use super::{PageQuery, html};
use crate::app::AppError;
use crate::app::papers::narratives::{NewText, PaperText, SECTION_CHARS_MAX, TextError, tidied};
use crate::domain::format;
use crate::domain::written::cluster_words;
use crate::report::{Change, DraftSection, FileFormat, ReportKind, SectionKey, UNNAMED, sections_of};
use crate::store::{NarrativeVersion, sha256};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::picker::Picker;
use crate::web::view::time::moment;

/// Lines of a field for a section that has little to say.
const FIELD_LINES_MIN: usize = 4;
/// Letters that fit a line of such a field.
const FIELD_LINE_LETTERS: usize = 90;

/// Notice on the page of a period that is approved.
const LOCKED: &str = "Periode ini sudah disetujui: narasinya tidak diubah lagi, kecuali periodenya dibuka kembali.";

#[derive(Template)]
#[template(path = "narrative.html")]
struct NarrativePage {
    frame: PageFrame,
    picker: Picker,
    /// Where its forms go.
    action: String,
    notice: &'static str,
    error: String,
    /// Who wrote the text; empty: it is drafted.
    written: String,
    changes: Vec<FactChangeView>,
    sections: Vec<SectionView>,
    versions: Vec<VersionView>,
    /// The version that the forms rest on; empty where there is none.
    base: String,
    preview: String,
    chars_max: usize,
    letter: LetterView,
    settings: String,
    /// Where the name of who writes goes; empty where one is known.
    ask_author: String,
}

struct FactChangeView {
    name: String,
    old: String,
    new: String,
}

struct SectionView {
    code: &'static str,
    title: &'static str,
    text: String,
    lines: usize,
    /// Lines of today's draft, where the text says something else.
    draft: Vec<String>,
    /// Hash of the draft as the page shows it: sent back unchanged it is no text of a person, whatever came meanwhile.
    print: String,
    /// True where a person wrote it.
    is_written: bool,
    hint: &'static str,
}

struct VersionView {
    id: i64,
    what: String,
    who: String,
    at: String,
    as_of: String,
    snapshot: String,
    is_written: bool,
    sections: Vec<(&'static str, String)>,
}

/// A text that was sent and refused, to be shown again.
struct RefusedText {
    error: String,
    typed: BTreeMap<SectionKey, String>,
}

/// `GET /laporan/{kind}/narasi`: the text of a paper, drafted or written.
pub async fn show(site: Site, Path(kind): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, kind_of(&kind)?, &query, None)).await
}

/// The sections of a text as they were typed, or what else shall become of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TextForm {
    /// The version on which the text rests.
    #[serde(rename = "dasar", deserialize_with = "number")]
    base: Option<i64>,
    #[serde(rename = "perbuatan")]
    act: TextAct,
    #[serde(rename = "versi", deserialize_with = "number")]
    version: Option<i64>,
    /// Code of the section that becomes the draft again.
    #[serde(rename = "kembalikan")]
    given_back: String,
    #[serde(flatten)]
    sections: Repeated,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum TextAct {
    #[serde(rename = "draf")]
    Draft,
    #[serde(rename = "versi")]
    Version,
    #[default]
    #[serde(other)]
    Save,
}

/// `POST /laporan/{kind}/narasi`: a text, the draft again, or an earlier version.
pub async fn change(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<TextForm>,
) -> PageResult {
    site.take_in(move |site| carry_out(site, kind_of(&kind)?, &query, &form)).await
}

fn carry_out(site: &Site, kind: ReportKind, query: &Query, form: &TextForm) -> PageResult {
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    let [texts, prints] = ["bagian-", "asal-"].map(|prefix| form.sections.by_key(prefix));
    let of = |values: &BTreeMap<String, &str>, key: SectionKey| {
        values.get(key.code()).copied().unwrap_or_default().to_owned()
    };
    let typed: BTreeMap<SectionKey, String> = sections_of(kind).iter().map(|key| (*key, of(&texts, *key))).collect();
    let is_own =
        |(key, text): &(SectionKey, String)| key.code() != form.given_back && print_of(text) != of(&prints, *key);
    let own: BTreeMap<SectionKey, String> = typed.clone().into_iter().filter(is_own).collect();
    let (text, done) = match (form.act, form.version) {
        (TextAct::Draft, _) => (NewText::Draft, "draf"),
        (TextAct::Version, Some(version)) => (NewText::Version(version), "versi"),
        _ => (NewText::Sections(own), if form.given_back.is_empty() { "simpan" } else { "bagian" }),
    };
    match site.papers().write_text(&request(&chosen, kind), form.base, text) {
        Ok(()) => Ok(see(&paper_links(&chosen, kind).page_with(&text_path(kind), "selesai", done))),
        Err(TextError::App(error)) => Err(error.into()),
        Err(error) => {
            let is_too_long = matches!(error, TextError::TooLong(_));
            let status = if is_too_long { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
            let refused = RefusedText { error: sentence(&error.to_string()), typed };
            let answer = page(site, kind, query, Some(refused))?;
            Ok((status, answer).into_response())
        }
    }
}

/// Hash of a section's text, as the form carries it.
fn print_of(text: &str) -> String {
    sha256(tidied(text).as_bytes())
}

fn page(site: &Site, kind: ReportKind, query: &Query, refused: Option<RefusedText>) -> PageResult {
    let mut chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    // What was just done is said once, not on the page of another period too.
    chosen.query.set("selesai", "");
    chosen.query.set(WRONG_DAY, "");
    let asked = request(&chosen, kind);
    let text = site.papers().paper_text(&asked).map_err(page_error)?;
    let is_locked = chosen.shown.is_locked() && kind != ReportKind::Cluster;
    let links = paper_links(&chosen, kind);
    let path = text_path(kind);
    let mut frame = PageFrame::new(site.app(), Some(&chosen), &format!("Narasi: {}", kind.title()), LIST).about(
        &chosen,
        &path,
        format!("Versi data {}", text.snapshot),
    );
    frame.offer_no_room();
    let title = kind.title();
    let crumb =
        asked.cluster.as_ref().map_or_else(|| title.to_owned(), |name| format!("{title}, {}", cluster_words(name)));
    frame.crumbs = vec![("Laporan".to_owned(), links.page(LIST)), (crumb, String::new())];
    let ending = if kind == ReportKind::Accreditation { "zip" } else { FileFormat::Pdf.ending() };
    let (error, typed) = refused.map(|refused| (refused.error, refused.typed)).unwrap_or_default();
    let base = text.latest().map(|version| version.to_string()).unwrap_or_default();
    html(&NarrativePage {
        picker: Picker::new(&chosen, &path, &PERIODS),
        action: links.page(&path),
        notice: if is_locked { LOCKED } else { notice(query) },
        error,
        written: editable_text(&text),
        changes: text.narrative.changes().iter().map(change_view).collect(),
        sections: sections(kind, &text, &typed),
        versions: text.versions.iter().map(|version| version_view(version, &text)).collect(),
        base,
        preview: links.page(&format!("{}/{}.{ending}", LIST, kind.code())),
        chars_max: SECTION_CHARS_MAX,
        letter: letter_view(site, &asked, &links, &text.authors)?.with_day(query.get(WRONG_DAY)),
        ask_author: if text.authors.now().is_some() {
            String::new()
        } else {
            links.page(&format!("{}/{}/penulis", LIST, kind.code()))
        },
        settings: letter_page(&chosen, kind),
        frame,
    })
}

/// Says that a paper has nothing to tell of.
fn page_error(error: AppError) -> PageError {
    match error {
        AppError::NoData => PageError::not_found("Belum ada data untuk laporan ini. Impor rekap lebih dulu."),
        other => other.into(),
    }
}

fn notice(query: &Query) -> &'static str {
    match query.get("selesai") {
        Some("simpan") => "Narasi disimpan; laporan sekarang memuatnya.",
        Some("draf") => "Laporan kembali memuat draf otomatis. Teks yang lama tetap ada di riwayat.",
        Some("nomor") => "Nomor surat diperbarui.",
        Some("surat") => "Isian surat disimpan; laporan sekarang memuatnya.",
        Some("penulis") => "Nama penulis disimpan.",
        Some("bagian") => "Bagian itu kembali memuat draf otomatis; bagian lain disimpan.",
        Some("versi") => "Versi lama dipakai lagi.",
        _ => "",
    }
}

fn editable_text(text: &PaperText) -> String {
    text.narrative.written_by_hand().map_or_else(String::new, |written| format!("Ditulis {}", written.when()))
}

fn change_view(change: &Change) -> FactChangeView {
    FactChangeView { name: change.name.clone(), old: change.old.clone(), new: change.now().to_owned() }
}

fn sections(kind: ReportKind, text: &PaperText, typed: &BTreeMap<SectionKey, String>) -> Vec<SectionView> {
    let view = |key: &SectionKey| {
        let shown = typed.get(key).cloned().unwrap_or_else(|| text.narrative.text(*key).to_owned());
        let drafted = text.draft.iter().find(|section| section.key == *key);
        let draft = drafted.map(DraftSection::text).unwrap_or_default();
        let wrapped: usize = shown.lines().map(|line| line.chars().count().div_ceil(FIELD_LINE_LETTERS).max(1)).sum();
        SectionView {
            print: if text.narrative.is_written(*key) { String::new() } else { print_of(&draft) },
            is_written: text.narrative.is_written(*key),
            code: key.code(),
            title: key.title(),
            lines: (wrapped + 1).max(FIELD_LINES_MIN),
            draft: if draft == shown { Vec::new() } else { draft.lines().map(ToOwned::to_owned).collect() },
            hint: hint(*key),
            text: shown,
        }
    };
    sections_of(kind).iter().map(view).collect()
}

/// Words below the heading of a section that is not a draft of sentences.
fn hint(key: SectionKey) -> &'static str {
    match key {
        SectionKey::Conclusion => {
            "Tidak didraf: kesimpulan ditarik oleh orang. Kosong: laporan memuat garis untuk ditulisi."
        }
        SectionKey::Details => {
            "Satu baris satu isian: nama, titik dua, isinya. Yang isinya kosong dicetak sebagai titik-titik untuk ditulisi."
        }
        SectionKey::Enclosures => "Satu baris satu laporan. Hapus yang tidak ikut dikirim.",
        SectionKey::LegalBasis => {
            "Satu baris satu dasar hukum. Periksa yang masih berlaku, tambahkan peraturan daerah."
        }
        _ => "",
    }
}

fn version_view(version: &NarrativeVersion, text: &PaperText) -> VersionView {
    let sections = version
        .sections
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(code, text)| (SectionKey::from_code(code).map_or("", SectionKey::title), text.clone()));
    VersionView {
        id: version.id,
        what: if version.is_written { "Teks".to_owned() } else { "Kembali ke draf".to_owned() },
        who: text.authors.at(version.at).unwrap_or(UNNAMED).to_owned(),
        at: moment(version.at, &chrono::Local),
        as_of: format::date(version.as_of),
        snapshot: version.snapshot.clone(),
        is_written: version.is_written,
        sections: sections.collect(),
    }
}
