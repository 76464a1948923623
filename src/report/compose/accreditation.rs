//! *Berkas akreditasi*, the index: per element of criteria 1.2.3 and 1.7.1 every piece of evidence that is asked
//! for, whether it is there, and where; then every file of the bundle with its hash.

use super::district_steps;
use crate::dashboard::PageContext;
use crate::dashboard::accreditation::{ElementEvidence, Piece, Standing, elements};
use crate::domain::accreditation::{EvidenceGiven, Holding};
use crate::report::bundle::ArchiveEntry;
use crate::report::cells::{as_of_note, numbered};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{Packed, PaperMaterial, ReportKind};

/// The parts of the paper; `packed` is empty where it is not the index of a bundle.
pub(super) fn parts(material: &PaperMaterial<'_>, packed: &[Packed]) -> Vec<Part> {
    let context = material.context;
    let elements = elements(context);
    let criterion = |criterion: &str, title: &str| {
        let own = elements.iter().filter(|evidence| evidence.element.criterion() == criterion);
        Part::landscape(&format!("Kriteria {criterion}"), vec![table(title, context, own.collect())])
    };
    let mut parts = vec![
        criterion("1.2.3", "Kriteria 1.2.3: jaringan pelayanan dan jejaring"),
        criterion("1.7.1", "Kriteria 1.7.1: pembinaan oleh TPCB"),
    ];
    parts.push(Part::landscape("Bukti 1.7.1 menurut tanggal", vec![district_steps::proofs(context)]));
    parts.push(Part::landscape("Ringkasan", material.narrative.blocks()));
    if !packed.is_empty() {
        parts.push(Part::landscape("Isi berkas", vec![contents(packed)]));
    }
    parts
}

fn table(title: &str, context: &PageContext<'_>, elements: Vec<&ElementEvidence<'_>>) -> Block {
    let row = |evidence: &ElementEvidence<'_>, piece: &Piece<'_>| {
        vec![
            PaperCell::words(evidence.element.letter()),
            PaperCell::words(piece.wanted.asked),
            PaperCell::words(piece.standing.label()),
            PaperCell::words(&piece.said),
            PaperCell::words(&place(evidence, piece)),
        ]
    };
    let rows = elements.into_iter().flat_map(|evidence| {
        let mut rows: Vec<_> = evidence.pieces.iter().map(|piece| row(evidence, piece)).collect();
        rows.extend(others(evidence));
        rows
    });
    Block::Table(PaperTable {
        title: title.to_owned(),
        note: format!("R tertulis, D dokumen, W wawancara. {}", as_of_note(context)),
        columns: vec![
            PaperColumn::text("Elemen", 9.0),
            PaperColumn::text("Bukti yang diminta", 38.0),
            PaperColumn::text("Keadaan", 16.0),
            PaperColumn::text("Keterangan", 40.0),
            PaperColumn::text("Letak", 22.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    })
}

/// Files that no piece asks for.
fn others(evidence: &ElementEvidence<'_>) -> Option<Vec<PaperCell>> {
    if evidence.others.is_empty() {
        return None;
    }
    Some(vec![
        PaperCell::words(evidence.element.letter()),
        PaperCell::words("Berkas lain"),
        PaperCell::words(Standing::There.label()),
        PaperCell::words(&format!("{} berkas terlampir", evidence.others.len())),
        PaperCell::words(&format!("folder {}", evidence.element.code())),
    ])
}

/// Tells where a surveyor finds it: the document, and the folder of attached files.
fn place(evidence: &ElementEvidence<'_>, piece: &Piece<'_>) -> String {
    let document = match piece.wanted.given {
        // What is missing lies nowhere, whatever form could be printed of it.
        EvidenceGiven::Kept(_) if piece.standing == Standing::Missing => String::new(),
        EvidenceGiven::Either(..) if piece.standing == Standing::Missing || !piece.files.is_empty() => String::new(),
        EvidenceGiven::Kept(holding) | EvidenceGiven::Either(_, holding) => {
            format!("dokumen {}", document_of(holding).code())
        }
        EvidenceGiven::File(_) | EvidenceGiven::Interview => String::new(),
    };
    let folder = if piece.files.is_empty() {
        String::new()
    } else {
        format!("folder {} ({} berkas)", evidence.element.code(), piece.files.len())
    };
    match (document.is_empty(), folder.is_empty()) {
        (true, true) => "–".to_owned(),
        (false, true) => document,
        (true, false) => folder,
        (false, false) => format!("{document}; {folder}"),
    }
}

fn document_of(holding: Holding) -> ReportKind {
    match holding {
        Holding::Indicators | Holding::Evaluation => ReportKind::Evaluation,
        Holding::Register => ReportKind::Register,
        Holding::Plan => ReportKind::Schedule,
        Holding::Visits | Holding::VisitEvidence | Holding::FollowUps => ReportKind::Activity,
        Holding::Meetings => ReportKind::Lokmin,
        Holding::DistrictReport
        | Holding::DistrictCoaching
        | Holding::SelfAssessed
        | Holding::AssessmentCompared
        | Holding::FeedbackSent
        | Holding::MattersRaised(_)
        | Holding::MattersSettled(_)
        | Holding::PerformanceVerified
        | Holding::PerformanceFeedback
        | Holding::CoachingReceived
        | Holding::CoachingFollowedUp
        | Holding::PerformanceReceived
        | Holding::PerformanceFollowedUp => ReportKind::Tpcb,
        Holding::ProposedActivities
        | Holding::PlannedActivities
        | Holding::PlanSessions
        | Holding::SessionPapers(_)
        | Holding::ProposalsReviewed => ReportKind::PlanReview,
        Holding::PkpVerified => ReportKind::Pkp,
    }
}

fn contents(packed: &[Packed]) -> Block {
    let rows = packed.iter().map(|Packed { entry: ArchiveEntry { path, size, sha256 }, what, brought }| {
        let size = f64::from(u32::try_from(*size).unwrap_or(u32::MAX));
        vec![
            PaperCell::words(path),
            PaperCell::words(what),
            PaperCell::words(brought),
            PaperCell::Count(size),
            PaperCell::words(sha256),
        ]
    });
    Block::Table(numbered(PaperTable {
        title: "Semua berkas dalam ZIP ini".to_owned(),
        note: "Selain indeks ini sendiri. SHA-256 menunjukkan bahwa sebuah berkas tidak berubah sejak dikemas."
            .to_owned(),
        columns: vec![
            PaperColumn::text("Letak", 36.0),
            PaperColumn::text("Isi", 38.0),
            PaperColumn::text("Oleh", 18.0),
            PaperColumn::number("Bita", 11.0),
            PaperColumn::text("SHA-256", 36.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    }))
}
