//! Evidence files: their kinds of paper, their formats, and what they are evidence of. A file counts for the date of
//! what it is evidence of, never for the day on which it was attached.
//!
//! Knows nothing of where bytes are kept, nor how a format is recognised.

use chrono::{DateTime, Utc};

use super::access::Right;
use super::accreditation::Element;
use super::annual_plan::SESSION_PAPERS;
use super::evidence_kind::EvidenceKind;
use super::lokmin::LokminSort;
use super::{Date, Month, VisitDate};

/// Formats in which evidence is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "formats have their usual names")]
pub enum EvidenceFormat {
    Pdf,
    Jpeg,
    Png,
    /// Text document of Office Open XML, without macros.
    Docx,
    /// Workbook of Office Open XML, without macros.
    Xlsx,
}

impl EvidenceFormat {
    /// All.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Docx, Self::Xlsx];

    /// Its word in columns, and the ending of a packed file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The inverse of [`EvidenceFormat::ending`].
    pub fn from_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Thing that a file is evidence of. `F` names the facility: by its name, or (in [`super::Facts`]) by its index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceOf<F = String> {
    /// A visit of the coaching plan or beside it.
    Visit {
        /// Facility that was visited.
        facility: F,
        /// Day or month of the visit.
        date: VisitDate,
        /// Form as written; blank is a form too.
        form: String,
    },
    /// A follow-up that was agreed at a visit.
    FollowUp {
        /// Facility that has to do it.
        facility: F,
        /// Date of the visit at which it was agreed.
        visit_date: Date,
        /// Action that was agreed.
        item: String,
    },
    /// A lokmin of the Puskesmas.
    Meeting {
        /// Month of the meeting.
        month: Month,
        /// Monthly or three-monthly.
        sort: LokminSort,
    },
    /// An item of the district team's coaching.
    CoachingItem {
        /// Day of the coaching.
        coached: Date,
        /// Number of the item.
        number: String,
    },
    /// A meeting in which the district's team helped to draw up RUK or RPK.
    PlanSession {
        /// Day for which it was planned.
        planned: Date,
        /// Word of the plans that it is about.
        document: String,
    },
    /// An element of assessment, in a year.
    Element {
        /// Element of the instrument.
        element: Element,
        /// Year that the evidence is of.
        year: i32,
    },
}

impl<F> EvidenceOf<F> {
    /// The rights of which one is needed to attach a file: both sides prove their steps with an item of coaching.
    pub fn rights_to_attach(&self) -> &'static [Right] {
        match self {
            Self::CoachingItem { .. } | Self::PlanSession { .. } => &[Right::Edit, Right::Feedback],
            _ => &[Right::Edit],
        }
    }

    /// The kinds that make sense for it, the usual ones first.
    pub fn kinds(&self) -> Vec<EvidenceKind> {
        use EvidenceKind::{
            AssignmentLetter, AttendanceList, Checklist, FollowUp, Invitation, Minutes, Other, Photos, Report,
        };
        match self {
            Self::Visit { .. } => {
                vec![Photos, AttendanceList, Minutes, Checklist, Invitation, AssignmentLetter, Report, Other]
            }
            Self::FollowUp { .. } => vec![FollowUp, Photos, Report, Other],
            Self::Meeting { .. } => {
                vec![Invitation, AttendanceList, Minutes, Photos, EvidenceKind::Schedule, Report, Other]
            }
            Self::CoachingItem { .. } => {
                let of_parties = [EvidenceKind::Feedback, EvidenceKind::Receipt, EvidenceKind::Verification];
                [FollowUp].into_iter().chain(of_parties).chain([Photos, Report, AssignmentLetter, Other]).collect()
            }
            Self::PlanSession { .. } => {
                let of_plans = [EvidenceKind::ActivityProposal, EvidenceKind::ActivityPlan];
                SESSION_PAPERS.into_iter().chain(of_plans).chain([Invitation, Report, Other]).collect()
            }
            Self::Element { element, .. } => {
                let mut kinds: Vec<EvidenceKind> = element.wanted().iter().filter_map(|wanted| wanted.file()).collect();
                kinds.push(Other);
                kinds
            }
        }
    }

    /// The same with the facility named otherwise; `None` where `name` knows none.
    pub fn named<G>(self, name: impl FnOnce(F) -> Option<G>) -> Option<EvidenceOf<G>> {
        Some(match self {
            Self::Visit { facility, date, form } => EvidenceOf::Visit { facility: name(facility)?, date, form },
            Self::FollowUp { facility, visit_date, item } => {
                EvidenceOf::FollowUp { facility: name(facility)?, visit_date, item }
            }
            Self::Meeting { month, sort } => EvidenceOf::Meeting { month, sort },
            Self::CoachingItem { coached, number } => EvidenceOf::CoachingItem { coached, number },
            Self::PlanSession { planned, document } => EvidenceOf::PlanSession { planned, document },
            Self::Element { element, year } => EvidenceOf::Element { element, year },
        })
    }
}

/// A file as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceFile {
    /// Name as it came, without folders; shown, never used as a path.
    pub name: String,
    /// Format, told from its bytes.
    pub format: EvidenceFormat,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Account that attached it.
    pub who: String,
    /// Moment at which it was attached.
    pub at: DateTime<Utc>,
}

/// A file that is attached and was not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachedFile {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Thing that it is evidence of, the facility by its index.
    pub of: EvidenceOf<u32>,
    /// Kind of paper that it holds.
    pub kind: EvidenceKind,
    /// Name, format, size and hash of the file.
    pub file: EvidenceFile,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_of_their_own_and_read_back() {
        for (place, kind) in EvidenceKind::ALL.into_iter().enumerate() {
            assert_eq!(EvidenceKind::from_code(kind.code()), Some(kind));
            assert!(kind.code().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", kind.code());
            assert!(EvidenceKind::ALL[..place].iter().all(|other| other.code() != kind.code()));
        }
        for format in EvidenceFormat::ALL {
            assert_eq!(EvidenceFormat::from_ending(format.ending()), Some(format));
        }
    }

    #[test]
    fn every_element_takes_the_files_that_it_asks_for() {
        for element in Element::ALL {
            let of: EvidenceOf = EvidenceOf::Element { element, year: 2023 };
            for wanted in element.wanted() {
                assert!(wanted.file().is_none_or(|kind| of.kinds().contains(&kind)), "{}", element.code());
            }
        }
    }
}
