//! Sentences of a paper: drafted by rule from facts, section by section, or as somebody wrote them instead. Every
//! sentence carries the numbers it was made from; none says why, because nobody entered a cause.

mod data;
mod follow_ups;
pub(super) mod letters;
mod network;
mod outcome;
mod plan;
mod section;
mod services;
mod text;
mod wording;

pub(super) use follow_ups::overdue_items;
pub use section::{Draft, DraftSection, Fact, SectionKey, Sentence};
pub use text::{Change, Narrative, WrittenText};

use super::{ReportError, ReportKind};
use crate::dashboard::PageContext;

/// The sections of a paper, in their order. Those of [`ReportKind::Cluster`] are drafted over all its Puskesmas.
pub fn sections_of(kind: ReportKind) -> &'static [SectionKey] {
    use SectionKey::{
        Agenda, Comparison, Conclusion, Considerations, Data, Details, Enclosures, FollowUps, LegalBasis, Network,
        Outcome, Plan, Services, YearPlan,
    };
    match kind {
        ReportKind::Evaluation => &[Outcome, Plan, FollowUps, Data, Conclusion],
        ReportKind::Activity => &[Plan, FollowUps, Outcome, Data],
        ReportKind::Register => &[Network],
        ReportKind::Schedule => &[YearPlan, Plan],
        ReportKind::Lokmin | ReportKind::Tpcb => &[Outcome, Services, Plan, FollowUps, Data],
        ReportKind::Minutes => &[Agenda],
        ReportKind::Cluster => &[Comparison],
        ReportKind::Accreditation => &[Outcome, FollowUps, Data],
        // A person's to draw.
        ReportKind::Pkp | ReportKind::PlanReview => &[Conclusion],
        ReportKind::Network => &[Network, Conclusion],
        ReportKind::Invitation | ReportKind::ResourcePerson => &[Details, Agenda],
        ReportKind::Assignment
        | ReportKind::TeamAssignment
        | ReportKind::FacilityFeedback
        | ReportKind::DistrictFeedback => &[Details],
        ReportKind::Covering => &[Details, Enclosures],
        ReportKind::IndicatorDecree => &[Considerations, LegalBasis],
    }
}

/// Drafts the sections of a paper of one Puskesmas.
pub fn draft(kind: ReportKind, context: &PageContext<'_>) -> Result<Draft, ReportError> {
    let mut sections = Vec::new();
    for key in sections_of(kind) {
        sections.push(DraftSection { key: *key, sentences: sentences(kind, *key, context)? });
    }
    let mut draft = Draft::new(sections);
    // A person may write of any facility or indicator: their figures are watched too.
    if sections_of(kind).contains(&SectionKey::Outcome) {
        draft.watch(outcome::watched(context));
    }
    Ok(draft)
}

fn sentences(kind: ReportKind, key: SectionKey, context: &PageContext<'_>) -> Result<Vec<Sentence>, ReportError> {
    Ok(match key {
        SectionKey::Outcome => outcome::sentences(context),
        SectionKey::Services => services::sentences(context),
        SectionKey::Plan => plan::sentences(context),
        SectionKey::FollowUps => follow_ups::sentences(context),
        SectionKey::Data => data::sentences(context),
        SectionKey::Network => network::sentences(context),
        SectionKey::YearPlan => plan::year(context),
        SectionKey::Agenda => match kind {
            ReportKind::Invitation => letters::agenda(context),
            ReportKind::ResourcePerson => letters::subjects(context),
            _ => follow_ups::agenda(context)?,
        },
        SectionKey::Details => letters::details(kind, context),
        SectionKey::Enclosures => letters::enclosures(context),
        SectionKey::Considerations => letters::considerations(context),
        SectionKey::LegalBasis => letters::legal_basis(context),
        // The conclusion is a person's to draw; that of several Puskesmas is drafted where they are compared.
        SectionKey::Conclusion | SectionKey::Comparison => Vec::new(),
    })
}
