//! The three phases of management (P1 planning, P2 carrying out, P3 control and assessment) with the evidence that each
//! has in a year: the pieces that accreditation asks for, and what the tables of the network tell.

use crate::domain::accreditation::{Element, EvidenceGiven, Holding};
use crate::domain::network::NetworkStage;
use crate::domain::{EvidenceKind, Ratio};

use super::Share;
use super::agreements::AgreementTable;
use super::integration::IntegrationTable;
use super::stages::StageTable;
use crate::dashboard::accreditation::{Piece, elements};
use crate::dashboard::context::PageContext;
use crate::dashboard::evidence_standing::Standing;

/// A phase of management.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagementPhase {
    /// Perencanaan.
    Planning,
    /// Penggerakan dan pelaksanaan.
    CarryingOut,
    /// Pengawasan, pengendalian, dan penilaian.
    Control,
}

impl ManagementPhase {
    /// All three, in their order.
    pub const ALL: [Self; 3] = [Self::Planning, Self::CarryingOut, Self::Control];

    /// Short name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planning => "P1",
            Self::CarryingOut => "P2",
            Self::Control => "P3",
        }
    }

    /// Whole name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Planning => "Perencanaan",
            Self::CarryingOut => "Penggerakan dan pelaksanaan",
            Self::Control => "Pengawasan, pengendalian, dan penilaian",
        }
    }

    /// The phase that a piece of accreditation proves; none for what is asked in interviews or is of no phase.
    fn of_piece(element: Element, given: EvidenceGiven) -> Option<Self> {
        if element == Element::IndicatorsSet {
            return Some(Self::Planning);
        }
        match (element, given) {
            (
                _,
                EvidenceGiven::File(EvidenceKind::TermsOfReference)
                | EvidenceGiven::Kept(Holding::Register | Holding::Plan),
            ) => Some(Self::Planning),
            (_, EvidenceGiven::Kept(Holding::Visits | Holding::VisitEvidence | Holding::Meetings)) => {
                Some(Self::CarryingOut)
            }
            (_, EvidenceGiven::Kept(Holding::Evaluation | Holding::FollowUps))
            | (Element::DistrictFeedback, EvidenceGiven::Either(_, Holding::FeedbackSent)) => Some(Self::Control),
            _ => None,
        }
    }
}

/// Place where the rows or files of a piece stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseTarget {
    /// The element on the page of evidence.
    Element(Element),
    /// The register of facilities.
    Register,
    /// The agreements on the same page.
    Agreements,
    /// The five steps on the same page.
    Stages,
    /// The seven aspects on the same page.
    Integration,
}

/// One piece of evidence of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseItem {
    /// Name of the piece.
    pub asked: String,
    /// State of the piece.
    pub standing: Standing,
    /// A sentence without full stop: what there is and what is missing.
    pub said: String,
    /// Where it stands.
    pub target: PhaseTarget,
}

/// The evidence of one phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseEvidence {
    /// Phase of these pieces.
    pub phase: ManagementPhase,
    /// Pieces in their order.
    pub items: Vec<PhaseItem>,
}

impl PhaseEvidence {
    /// Pieces that are there out of those that are due.
    pub fn there(&self) -> Share {
        let due = self.items.iter().filter(|item| item.standing != Standing::NothingDue);
        let count = due.clone().filter(|item| item.standing == Standing::There).count();
        Share { count, of: due.count() }
    }
}

/// Tables of the network, as they were worked out.
pub(super) struct ManagedNetwork<'n> {
    pub(super) agreements: &'n AgreementTable,
    pub(super) stages: &'n StageTable,
    pub(super) integration: &'n IntegrationTable,
}

/// The evidence of each phase.
pub(super) fn phases(context: &PageContext<'_>, network: &ManagedNetwork<'_>) -> Vec<PhaseEvidence> {
    let elements = elements(context);
    let pieces = |phase: ManagementPhase| {
        let all =
            elements.iter().flat_map(|evidence| evidence.pieces.iter().map(move |piece| (evidence.element, piece)));
        let own =
            all.filter(move |(element, piece)| ManagementPhase::of_piece(*element, piece.wanted.given) == Some(phase));
        own.map(|(element, piece)| from_piece(element, piece)).collect::<Vec<PhaseItem>>()
    };
    ManagementPhase::ALL
        .into_iter()
        .map(|phase| {
            let mut items = pieces(phase);
            items.extend(network.items(context, phase));
            PhaseEvidence { phase, items }
        })
        .collect()
}

fn from_piece(element: Element, piece: &Piece<'_>) -> PhaseItem {
    PhaseItem {
        asked: piece.wanted.asked.to_owned(),
        standing: piece.standing,
        said: piece.said.clone(),
        target: PhaseTarget::Element(element),
    }
}

impl ManagedNetwork<'_> {
    fn items(&self, context: &PageContext<'_>, phase: ManagementPhase) -> Vec<PhaseItem> {
        match phase {
            ManagementPhase::Planning => vec![
                persons_in_charge(context),
                PhaseItem {
                    asked: "PKS dengan jejaring".to_owned(),
                    standing: standing(self.agreements.in_force()),
                    said: self.agreements.summary(),
                    target: PhaseTarget::Agreements,
                },
                self.stage(NetworkStage::Problems),
                self.stage(NetworkStage::Plan),
            ],
            ManagementPhase::CarryingOut => vec![self.stage(NetworkStage::CarriedOut)],
            ManagementPhase::Control => {
                let assessed = Share { count: self.integration.rows.len(), of: self.integration.facilities };
                let integration = PhaseItem {
                    asked: "Penilaian tujuh aspek integrasi".to_owned(),
                    standing: standing(assessed),
                    said: self.integration.summary(),
                    target: PhaseTarget::Integration,
                };
                vec![self.stage(NetworkStage::Monitored), integration]
            }
        }
    }

    fn stage(&self, stage: NetworkStage) -> PhaseItem {
        let done = self.stages.done(stage);
        PhaseItem {
            asked: format!("Langkah jejaring: {}", stage.label().to_lowercase().replace("rtl", "RTL")),
            standing: standing(done),
            said: format!("{} faskes tercatat", done.words()),
            target: PhaseTarget::Stages,
        }
    }
}

fn persons_in_charge(context: &PageContext<'_>) -> PhaseItem {
    let named: Vec<bool> = context
        .facilities()
        .map(|result| {
            context.facility(result.facility).person_in_charge.as_deref().is_some_and(|name| !name.is_empty())
        })
        .collect();
    let share = Share { count: named.iter().filter(|is_named| **is_named).count(), of: named.len() };
    PhaseItem {
        asked: "Penanggung jawab jaringan dan jejaring".to_owned(),
        standing: standing(share),
        said: format!("{} faskes dengan penanggung jawab di daftar identifikasi", share.words()),
        target: PhaseTarget::Register,
    }
}

fn standing(share: Share) -> Standing {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Standing::from_ratio(Ratio { numerator: count(share.count), denominator: count(share.of) })
}
