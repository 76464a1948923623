//! The page of one visit, meeting, follow-up or element: its files, and the form that attaches more.

use askama::Template;

use super::{EvidenceFileView, PATH, file_view, thing_address, thing_of, thing_words};
use crate::app::evidence::{FILE_BYTES_MAX, FILES_AT_ONCE_MAX};
use crate::domain::name::{name_key, plain_words};
use crate::domain::{EvidenceOf, PeriodKind, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageResult;
use crate::web::pages::{PageQuery, coaching, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::{PLANS_PATH, PageFrame};
use crate::web::view::links::Links;

#[derive(Template)]
#[template(path = "evidence_thing.html")]
struct ThingPage {
    frame: PageFrame,
    notice: String,
    action: String,
    /// True where the reader may attach files to it.
    may_attach: bool,
    /// Code, label, and whether it is chosen.
    kinds: Vec<(&'static str, &'static str, bool)>,
    files: Vec<EvidenceFileView>,
    withdrawn: Vec<EvidenceFileView>,
    /// Files at once, and megabytes of each.
    limits: (usize, u64),
    /// A sentence about what attaching changes; may be empty.
    effect: &'static str,
}

/// `GET /bukti/lampirkan?untuk=…`: the files of one thing, and the form for more.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, &query)).await
}

fn render(site: &Site, query: &Query) -> PageResult {
    let of = thing_of(query)?;
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::Year])?;
    let links = Links::new(&chosen);
    let all = site.evidence().files(&chosen.puskesmas)?;
    let (withdrawn, files): (Vec<_>, Vec<_>) =
        all.iter().filter(|file| is_same(&file.of, &of)).partition(|file| file.withdrawn.is_some());
    let mut frame = PageFrame::new(site.app(), Some(&chosen), &thing_words(&of), PATH);
    "Berkas bukti, dengan siapa yang melampirkan dan kapan".clone_into(&mut frame.subtitle);
    frame.crumbs = crumbs(&of, &links);
    let access = site.app().access();
    let may = |of: &EvidenceOf| of.rights_to_attach().iter().any(|right| access.may(*right, &chosen.puskesmas));
    let wanted = query.get("jenis-bukti").unwrap_or_default();
    let kinds = of.kinds().into_iter().map(|kind| (kind.code(), kind.label(), kind.code() == wanted)).collect();
    let view = |file: &&crate::store::StoredEvidence| file_view(file, &links);
    html(&ThingPage {
        frame,
        notice: notice(query),
        action: thing_address(&of, &links),
        may_attach: may(&of),
        kinds,
        files: files.iter().map(view).collect(),
        withdrawn: withdrawn.iter().map(view).collect(),
        limits: (FILES_AT_ONCE_MAX, FILE_BYTES_MAX >> 20),
        effect: effect(&of),
    })
}

/// A sentence about the last attaching, withdrawing or erasing.
fn notice(query: &Query) -> String {
    if query.get("ditarik").is_some() {
        return "Berkas dihapus: tidak dihitung lagi, tetapi tetap tercatat di bawah dan dapat diunduh.".to_owned();
    }
    if query.get("dihapus").is_some() {
        return "Isi berkas dihapus selamanya; nama, siapa, dan kapannya tetap tercatat di bawah.".to_owned();
    }
    let count = |name: &str| query.get(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    match (query.get("dilampirkan").is_some(), count("dilampirkan"), count("sudah-ada")) {
        (false, ..) => String::new(),
        (true, added, 0) => format!("{added} berkas dilampirkan."),
        (true, added, held) => format!("{added} berkas dilampirkan; {held} berkas sudah ada dan tidak digandakan."),
    }
}

fn effect(of: &EvidenceOf) -> &'static str {
    match of {
        EvidenceOf::Visit { .. } => {
            "Daftar hadir, notulen, dan foto yang terlampir dihitung ada pada kelengkapan bukti (BKT) kunjungan ini, \
             walaupun kolom rekapnya kosong. Daftar tilik dihitung dari skor di rekap, bukan dari berkas."
        }
        EvidenceOf::FollowUp { .. } => {
            "Berkas ini bukti bagi akreditasi; selesai tidaknya RTL tetap menurut tanggal selesai di rekap."
        }
        EvidenceOf::CoachingItem { .. } => {
            "Berkas ini bukti langkah butir itu; langkahnya sendiri diambil di halaman Pembinaan TPCB."
        }
        EvidenceOf::PlanSession { .. } => {
            "Berkas ini bukti pendampingan RUK dan RPK (akreditasi 1.7.1 e): surat tugas, notulen, daftar hadir, dan foto."
        }
        EvidenceOf::Meeting { .. } | EvidenceOf::Element { .. } => "",
    }
}

fn crumbs(of: &EvidenceOf, links: &Links) -> Vec<(String, String)> {
    let here = |words: &str| (words.to_owned(), String::new());
    let bukti = ("Bukti".to_owned(), links.page(PATH));
    match of {
        EvidenceOf::Visit { facility, .. } => {
            vec![bukti, (facility.clone(), links.facility(facility)), here("Kunjungan")]
        }
        EvidenceOf::FollowUp { facility, .. } => vec![bukti, (facility.clone(), links.facility(facility)), here("RTL")],
        EvidenceOf::Meeting { .. } => vec![bukti, here("Lokmin")],
        EvidenceOf::CoachingItem { coached, number } => {
            let page =
                (format!("Pembinaan TPCB {}", format::date(*coached)), links.page(&coaching::day_path(*coached)));
            vec![bukti, page, here(&format!("Butir {number}"))]
        }
        EvidenceOf::PlanSession { document, .. } => {
            let page = ("RUK dan RPK".to_owned(), links.page(PLANS_PATH));
            vec![bukti, page, here(&format!("Pendampingan {document}"))]
        }
        EvidenceOf::Element { element, .. } => {
            vec![bukti, here(&format!("Elemen {} {}", element.criterion(), element.letter()))]
        }
    }
}

/// Reports whether two name the same thing, whatever the spelling.
fn is_same(one: &EvidenceOf, other: &EvidenceOf) -> bool {
    let key = |of: &EvidenceOf| match of.clone() {
        EvidenceOf::Visit { facility, date, form } => {
            EvidenceOf::Visit { facility: name_key(&facility), date, form: plain_words(&form) }
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            EvidenceOf::FollowUp { facility: name_key(&facility), visit_date, item: plain_words(&item) }
        }
        other => other,
    };
    key(one) == key(other)
}
