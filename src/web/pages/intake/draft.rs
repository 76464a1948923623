//! A draft: what its files would do, and the decision; once decided, what became of them.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use super::offers::OfferField;
use super::refused;
use super::view::{FileView, IntakeCounts, QuestionsView, TypedAnswer, questions};
use crate::app::intake::draft::{Acceptance, DraftDecision, DraftView, waits};
use crate::domain::{FacilityGroup, format};
use crate::store::{BatchId, DraftFile, DraftId, DraftState, ImportDraft};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::pages::{PageQuery, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::symbol::Symbol;

#[derive(Template)]
#[template(path = "draft.html")]
struct DraftPage {
    frame: PageFrame,
    id: DraftId,
    notice: String,
    files: Vec<FileView>,
    /// All files together.
    total: IntakeCounts,
    months: [&'static str; 12],
    /// Puskesmas whose files they are.
    owners: usize,
    /// Waiting files that are not part of this preview.
    left_out: Vec<String>,
    decided: Vec<DecidedView>,
    questions: Vec<QuestionsView>,
    /// Who was said to own them.
    owner: String,
    lacks_owner: bool,
    new_names: Vec<String>,
    can_accept: usize,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    frame: PageFrame,
    decided: Vec<DecidedView>,
}

struct DecidedView {
    name: String,
    fate: FileFate,
    batch: Option<BatchId>,
    /// Facts that were stored: `18 pembinaan, 5 RTL`.
    stored: String,
    /// Counted as the preview counts: what was rejected, cell by cell.
    rejected: u32,
    issues: u32,
    undone: bool,
}

/// The end of a file that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileFate {
    Accepted,
    /// It was accepted and brought nothing that was not there.
    NothingNew,
    Discarded,
}

impl FileFate {
    /// From the status under which the store keeps it.
    fn from_status(status: &str) -> Self {
        match status {
            "imported" => Self::Accepted,
            "unchanged" => Self::NothingNew,
            _ => Self::Discarded,
        }
    }

    fn symbol(self) -> Symbol {
        match self {
            Self::Accepted => Symbol::Good,
            Self::NothingNew | Self::Discarded => Symbol::Neutral,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Accepted => "Diterima",
            Self::NothingNew => "Tidak ada yang baru",
            Self::Discarded => "Dibuang",
        }
    }
}

/// `GET /impor/draf/{id}`: the preview of what accepting the files would do.
pub async fn show(site: Site, Path(id): Path<DraftId>, PageQuery(query): PageQuery) -> PageResult {
    site.preview(move |site| page(site, id, &query)).await
}

fn page(site: &Site, id: DraftId, query: &Query) -> PageResult {
    let draft = site.intake().draft(id).map_err(refused)?;
    let decided = decided(site, &draft)?;
    let frame = |title: &str, subtitle: String| -> Result<PageFrame, PageError> {
        let chosen = ResolvedRequest::read(site, &Query::default(), &[])?;
        let mut frame = PageFrame::new(site.app(), chosen.as_ref(), title, "/impor");
        frame.subtitle = subtitle;
        // The files of a draft are of whom they say.
        frame.acts_on.clear();
        frame.crumbs = vec![("Impor".to_owned(), "/impor".to_owned()), (title.to_owned(), String::new())];
        Ok(frame)
    };
    if draft.state != DraftState::Waiting {
        let accepted = decided.iter().filter(|file| file.batch.is_some()).count();
        let title = if accepted == 0 { "Draf ini dibuang" } else { "Impor selesai" };
        return html(&ReceiptPage { frame: frame(title, format!("{accepted} berkas diterima"))?, decided });
    }
    let chosen = query.get("pilih").map(places);
    let view = site.intake().preview(id, chosen.as_ref()).map_err(refused)?;
    let owners: BTreeSet<&str> = view.files.iter().filter_map(|(_, file)| file.puskesmas.as_deref()).collect();
    let whose = match owners.first() {
        Some(owner) if owners.len() == 1 => format!(" {owner}"),
        _ => String::new(),
    };
    let subtitle = format!(
        "Pratinjau {} berkas{whose}. Belum ada yang dihitung; draf tersimpan {}.",
        view.files.len(),
        waits(draft.expires, site.app().clock().now())
    );
    let files: Vec<FileView> = view.files.iter().map(|(place, file)| FileView::new(id, *place, file)).collect();
    let left_out = left_out(&view);
    let back = query.only(&["pilih"]).at(&format!("/impor/draf/{id}"));
    html(&DraftPage {
        frame: frame("Apa yang akan berubah?", subtitle)?,
        id,
        notice: notice(query),
        can_accept: files.iter().filter(|file| file.can_accept).count(),
        total: IntakeCounts::sum(files.iter().map(|file| file.counts)),
        months: format::MONTHS,
        owners: owners.len(),
        files,
        left_out,
        decided,
        questions: questions(&view.questions, &back),
        owner: view.draft.puskesmas.clone().unwrap_or_default(),
        lacks_owner: view.lacks_owner,
        new_names: view.new_names.clone(),
    })
}

fn left_out(view: &DraftView) -> Vec<String> {
    let is_shown = |file: &&DraftFile| view.files.iter().any(|(place, _)| *place == file.place);
    let waiting = view.draft.files.iter().filter(|file| file.outcome.is_none());
    waiting.filter(|file| !is_shown(file)).map(|file| file.name.clone()).collect()
}

fn notice(query: &Query) -> String {
    if query.get("ubah").is_some() {
        "Belum ada yang diimpor: keadaannya berbeda dari pratinjau tadi (berkas lain diimpor, atau tidak semua berkas dipilih). Periksa pratinjau yang baru ini, lalu terima.".to_owned()
    } else if let Some(lacking) = query.get("kosong") {
        let told = if lacking == "alasan" {
            "Belum ada yang diimpor: data pribadi hanya disimpan apa adanya dengan alasan. Tulis alasannya, atau pilih hapus, lalu terima lagi."
        } else {
            "Belum ada berkas yang dicentang. Centang yang akan diterima."
        };
        told.to_owned()
    } else if query.get("diterima").is_some() {
        "Berkas yang dipilih sudah diterima. Yang di bawah ini masih menunggu.".to_owned()
    } else if query.get("kata").is_some() {
        "Diingat untuk bentuk ini, sekarang dan di berkas berikutnya. Dapat dicabut di Padanan nama faskes dan bentuk berkas."
            .to_owned()
    } else {
        super::names::notice(query)
    }
}

/// Places as `0,2,3`.
fn places(text: &str) -> BTreeSet<i64> {
    text.split(',').filter_map(|place| place.trim().parse().ok()).collect()
}

fn decided(site: &Site, draft: &ImportDraft) -> Result<Vec<DecidedView>, PageError> {
    let mut decided = Vec::new();
    for file in &draft.files {
        let Some(outcome) = &file.outcome else { continue };
        let batch = outcome.batch.map(|batch| site.batches().batch(batch)).transpose()?.flatten();
        let fate = FileFate::from_status(&outcome.status);
        decided.push(DecidedView {
            name: file.name.clone(),
            fate,
            stored: if fate == FileFate::Accepted { outcome.message.clone() } else { String::new() },
            rejected: batch.as_ref().map_or(0, |batch| batch.errors),
            issues: batch.as_ref().map_or(0, |batch| batch.errors + batch.warnings),
            undone: batch.as_ref().is_some_and(|batch| batch.undone.is_some()),
            batch: batch.map(|batch| batch.batch),
        });
    }
    Ok(decided)
}

/// `POST /impor/draf/{id}/terima`: accepts the files that are ticked.
pub async fn accept(site: Site, Path(id): Path<DraftId>, Submitted(files): Submitted<Repeated>) -> PageResult {
    site.take_in(move |site| {
        let wanted = wanted(&files);
        let address = format!("/impor/draf/{id}");
        if wanted.seals.is_empty() {
            return Ok(see(&format!("{address}?kosong=1")));
        }
        if lacks_reason(&files, &wanted) {
            return Ok(see(&format!("{address}?kosong=alasan")));
        }
        match site.intake().accept_draft(id, &wanted).map_err(refused)? {
            DraftDecision::Accepted(_) => Ok(see(&format!("{address}?diterima=1"))),
            DraftDecision::AlreadyDecided => Ok(see(&address)),
            DraftDecision::ChangedMeanwhile => {
                let places: Vec<String> = wanted.seals.keys().map(ToString::to_string).collect();
                Ok(see(&format!("{address}?pilih={}&ubah=1", places.join(","))))
            }
        }
    })
    .await
}

/// Files that are ticked, with what was shown of them; and those whose former rows shall go.
fn wanted(files: &Repeated) -> Acceptance {
    let places =
        |prefix: &str| -> BTreeSet<i64> { files.with_prefix(prefix).into_iter().map(|(place, _)| place).collect() };
    let ticked = places("terima-");
    let seals = files.with_prefix::<i64>("segel-").into_iter().filter(|(place, _)| ticked.contains(place));
    let seals: BTreeMap<i64, String> = seals.map(|(place, seal)| (place, seal.to_owned())).collect();
    let kept = files.with_prefix::<i64>("alasan-").into_iter().map(|(place, why)| (place, why.trim().to_owned()));
    let wants = |place: i64| files.with_prefix::<i64>("pribadi-").contains(&(place, "simpan"));
    let kept = kept.filter(|(place, why)| wants(*place) && !why.is_empty()).collect();
    Acceptance { seals, replaces: places("keluarkan-"), kept }
}

/// Reports whether personal data of a ticked file shall be kept and nobody says why.
fn lacks_reason(files: &Repeated, wanted: &Acceptance) -> bool {
    let asked = files.with_prefix::<i64>("pribadi-").into_iter().filter(|(_, choice)| *choice == "simpan");
    asked.map(|(place, _)| place).any(|place| wanted.seals.contains_key(&place) && !wanted.kept.contains_key(&place))
}

/// The file that shall leave a draft; none: all of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DiscardForm {
    #[serde(rename = "berkas", deserialize_with = "number")]
    place: Option<i64>,
}

/// `POST /impor/draf/{id}/buang`: one file, or all.
pub async fn discard(site: Site, Path(id): Path<DraftId>, Submitted(form): Submitted<DiscardForm>) -> PageResult {
    site.take_in(move |site| {
        site.intake().discard_draft(id, form.place).map_err(refused)?;
        let is_waiting = site.intake().draft(id).map_err(refused)?.state == DraftState::Waiting;
        Ok(see(&if is_waiting { format!("/impor/draf/{id}") } else { "/impor?dibuang=1".to_owned() }))
    })
    .await
}

/// The Puskesmas that owns the workbooks of a draft which name none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnerForm {
    puskesmas: String,
}

/// `POST /impor/draf/{id}/pemilik`: whose the workbooks are that name nobody, or that a new Puskesmas is meant.
pub async fn own(site: Site, Path(id): Path<DraftId>, Submitted(form): Submitted<OwnerForm>) -> PageResult {
    site.take_in(move |site| {
        site.intake().set_draft_owner(id, &form.puskesmas).map_err(refused)?;
        Ok(see(&format!("/impor/draf/{id}")))
    })
    .await
}
