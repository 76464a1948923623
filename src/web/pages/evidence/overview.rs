//! *Bukti*: per element of accreditation what there is and what is missing, then visits, follow-ups and meetings
//! with their files, then what was withdrawn.

use std::collections::BTreeMap;

use askama::Template;

use super::{EvidenceFileView, PATH, ThingsView, file_view, meeting_things, thing_address, thing_words, visit_things};
use crate::dashboard::PageContext;
use crate::dashboard::accreditation::{ElementEvidence, Piece, Standing, elements};
use crate::domain::accreditation::{EvidenceGiven, Holding};
use crate::domain::{AttachedFile, EvidenceKind, EvidenceOf, Facts, Period, PeriodKind};
use crate::store::StoredEvidence;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageResult, sentence};
use crate::web::pages::dashboards::empty;
use crate::web::pages::{PageQuery, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::{NETWORK_PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;
use crate::web::view::symbol::Symbol;

/// Periods that can be chosen, the usual one first.
const PERIODS: [PeriodKind; 5] =
    [PeriodKind::Year, PeriodKind::FourMonth, PeriodKind::HalfYear, PeriodKind::Quarter, PeriodKind::Month];

#[derive(Template)]
#[template(path = "evidence.html")]
struct EvidencePage {
    frame: PageFrame,
    /// Where the evidence stands by phase of management.
    network: String,
    picker: Picker,
    /// Label and how many, of each standing.
    counts: Vec<(Symbol, &'static str, usize)>,
    /// Period and day of the bundle.
    period: String,
    as_of: String,
    criteria: Vec<CriterionView>,
    things: Vec<ThingsView>,
    /// Page and words of what it was evidence of, and the file.
    withdrawn: Vec<(String, String, EvidenceFileView)>,
}

struct CriterionView {
    title: &'static str,
    elements: Vec<ElementView>,
}

struct ElementView {
    id: &'static str,
    head: String,
    /// Where something is attached that it does not ask for.
    other: String,
    pieces: Vec<PieceView>,
}

struct PieceView {
    asked: &'static str,
    /// Symbol and word of its state; nothing for files that nobody asks for.
    status: Option<(Symbol, &'static str)>,
    said: String,
    files: Vec<EvidenceFileView>,
    /// Where more is to be done, and its word; empty where there is nothing.
    action: (String, &'static str),
}

/// `GET /bukti`: what there is and what is missing.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, &query)).await
}

fn render(site: &Site, query: &Query) -> PageResult {
    let Some(chosen) = ResolvedRequest::read_latest(site, query, &PERIODS)? else { return empty(site, PATH) };
    let context = chosen.context(site)?;
    let links = Links::new(&chosen);
    let stored = site.evidence().files(&chosen.puskesmas)?;
    let files = Files::new(&stored, chosen.snapshot.facts(), &links);
    let elements = elements(&context);
    let mut things = visit_things(&context, &links);
    things.push(meeting_things(&context, &links));
    let frame =
        PageFrame::new(site.app(), Some(&chosen), "Bukti akreditasi", PATH).about(&chosen, PATH, context.source());
    let year = Period::whole_year(chosen.subject.period.year());
    let withdrawn = stored.iter().filter(|file| file.withdrawn.is_some());
    html(&EvidencePage {
        network: links.page_with(NETWORK_PATH, "periode", &year.to_string()),
        frame,
        picker: Picker::new(&chosen, PATH, &PERIODS),
        counts: counts(&elements),
        period: chosen.subject.period.to_string(),
        as_of: chosen.subject.as_of.to_string(),
        criteria: criteria(&context, &elements, &files),
        things,
        withdrawn: withdrawn
            .map(|file| (thing_address(&file.of, &links), thing_words(&file.of), file_view(file, &links)))
            .collect(),
    })
}

fn counts(elements: &[ElementEvidence<'_>]) -> Vec<(Symbol, &'static str, usize)> {
    let of = |standing| {
        let pieces = elements.iter().flat_map(|element| &element.pieces);
        pieces.filter(|piece: &&Piece<'_>| piece.standing == standing).count()
    };
    [Standing::There, Standing::Partly, Standing::Missing]
        .map(|standing| (symbol(standing), standing.label(), of(standing)))
        .to_vec()
}

fn symbol(standing: Standing) -> Symbol {
    match standing {
        Standing::There => Symbol::Good,
        Standing::Partly => Symbol::Fair,
        Standing::Missing => Symbol::Poor,
        Standing::NothingDue | Standing::NotKept => Symbol::Neutral,
    }
}

fn criteria(context: &PageContext<'_>, elements: &[ElementEvidence<'_>], files: &Files<'_>) -> Vec<CriterionView> {
    let of = |criterion: &str| {
        let own = elements.iter().filter(|evidence| evidence.element.criterion() == criterion);
        own.map(|evidence| element_view(context, evidence, files)).collect()
    };
    vec![
        CriterionView { title: "Kriteria 1.2.3: jaringan pelayanan dan jejaring", elements: of("1.2.3") },
        CriterionView { title: "Kriteria 1.7.1: pembinaan oleh TPCB", elements: of("1.7.1") },
    ]
}

fn element_view(context: &PageContext<'_>, evidence: &ElementEvidence<'_>, files: &Files<'_>) -> ElementView {
    let element = evidence.element;
    let year = context.subject.period.year();
    let address = thing_address(&EvidenceOf::Element { element, year }, files.links);
    let mut pieces: Vec<PieceView> = evidence.pieces.iter().map(|piece| piece_view(piece, &address, files)).collect();
    if !evidence.others.is_empty() {
        pieces.push(PieceView {
            asked: "Berkas lain",
            status: None,
            said: String::new(),
            files: files.views(&evidence.others),
            action: (address.clone(), "Tambah, hapus"),
        });
    }
    ElementView {
        id: element.code(),
        head: format!("{} · {}", element.letter(), element.title()),
        other: format!("{address}&jenis-bukti=lainnya"),
        pieces,
    }
}

fn piece_view(piece: &Piece<'_>, address: &str, files: &Files<'_>) -> PieceView {
    let below = |section: &str| (format!("#panel-{section}"), "Lihat di bawah");
    let (own, action) = match piece.wanted.given {
        EvidenceGiven::File(kind) | EvidenceGiven::Either(kind, _) => {
            let label = if piece.files.is_empty() { "Lampirkan" } else { "Tambah, hapus" };
            (files.views(&piece.files), (format!("{address}&jenis-bukti={}", kind.code()), label))
        }
        EvidenceGiven::Kept(Holding::Plan) => {
            let label = if piece.files.is_empty() { "Lampirkan jadwal yang ditandatangani" } else { "Tambah, hapus" };
            (files.views(&piece.files), (format!("{address}&jenis-bukti={}", EvidenceKind::Schedule.code()), label))
        }
        // Their files stand in the tables of visits, follow-ups and meetings.
        EvidenceGiven::Kept(Holding::VisitEvidence) => (Vec::new(), below("bukti-kunjungan")),
        EvidenceGiven::Kept(Holding::Meetings) => (Vec::new(), below("bukti-lokmin")),
        EvidenceGiven::Kept(Holding::FollowUps) => (Vec::new(), below("bukti-rtl")),
        EvidenceGiven::Kept(_) | EvidenceGiven::Interview => (Vec::new(), (String::new(), "")),
    };
    PieceView {
        asked: piece.wanted.asked,
        status: Some((symbol(piece.standing), piece.standing.label())),
        said: sentence(&piece.said),
        files: own,
        action,
    }
}

/// Files that count, as they are kept: facts know them by their content, pages by their number.
struct Files<'a> {
    by_fact: BTreeMap<(EvidenceOf, &'a str, &'a str), &'a StoredEvidence>,
    facts: &'a Facts,
    links: &'a Links,
}

impl<'a> Files<'a> {
    fn new(stored: &'a [StoredEvidence], facts: &'a Facts, links: &'a Links) -> Self {
        let live = stored.iter().filter(|file| file.withdrawn.is_none());
        let by_fact = live.map(|file| ((file.of.clone(), file.kind.code(), file.file.sha256.as_str()), file));
        Self { by_fact: by_fact.collect(), facts, links }
    }

    fn views(&self, files: &[&AttachedFile]) -> Vec<EvidenceFileView> {
        let name = |index: u32| self.facts.facilities.get(index as usize).map(|facility| facility.name.clone());
        let found = files.iter().filter_map(|file| {
            let of = file.of.clone().named(name)?;
            self.by_fact.get(&(of, file.kind.code(), file.file.sha256.as_str())).copied()
        });
        found.map(|stored| file_view(stored, self.links)).collect()
    }
}
