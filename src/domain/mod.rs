//! The vocabulary of coaching (pembinaan): types that cannot be wrong.
//!
//! Nothing here reads a file, a clock or a database, and nothing here is serializable:
//! the edges (store, web, cli) translate.

pub mod access;
pub mod accreditation;
pub mod accumulated;
pub mod annual_plan;
pub mod approval;
pub mod audit;
pub mod cell;
pub mod checklist;
pub mod checklist_scores;
pub mod cluster;
pub mod coordinates;
pub mod decree;
pub mod district_assessment;
pub mod district_case;
pub mod district_items;
pub mod district_parameter;
pub mod evidence;
pub mod evidence_kind;
pub mod exact;
pub mod facility;
pub mod facts;
mod field;
pub mod form;
pub mod format;
pub mod indicator;
pub mod instrument;
pub mod lokmin;
pub mod meeting;
pub mod meeting_held;
pub mod name;
pub mod named_kinds;
pub mod network;
pub mod own_indicator;
pub mod paper;
pub mod period;
pub mod pkp;
pub mod plan_year;
pub mod records;
pub mod report_receipt;
pub mod schedule;
pub mod sheet_books;
pub mod signature;
pub mod table;
pub mod value;
pub mod visit_date;
pub mod visit_priority;
pub mod written;
pub mod written_row;

pub use accreditation::Element;
pub use coordinates::Coordinates;
pub use decree::{Decree, IndicatorRule, StatusThresholds};
pub use evidence::{AttachedFile, EvidenceFile, EvidenceFormat, EvidenceOf};
pub use evidence_kind::EvidenceKind;
pub use facility::{Facility, FacilityGroup, Structure};
pub use facts::{FactRef, Facts};
pub use indicator::{Aggregation, CoachingIndicator, Direction, ServiceDefinition};
pub use named_kinds::NamedKinds;
pub use paper::{FileFormat, ReportKind, UnknownReport};
pub use period::{Month, Period, PeriodKind};
pub use report_receipt::{ReportReceipt, Ticks};
pub use schedule::{ChangeApproval, ScheduleChange, Slot, SlotState};
pub use sheet_books::SheetBooks;
pub use signature::{Signature, SignatureRole};
pub use table::{Received, Table};
pub use value::{PwsStatus, Ratio, Status, Value, reaches};
pub use visit_date::VisitDate;

/// Every record by its name, for the list of tables.
pub(crate) mod rows {
    pub use super::annual_plan::{PlanProposal, PlanSession};
    pub use super::network::{AgreementStep, IntegrationScore, NetworkStep};
    pub use super::own_indicator::{OwnAchievement, OwnIndicator};
    pub use super::pkp::{PkpItem, PkpVerification};
    pub use super::records::*;
    pub use super::written::*;
}

/// A calendar date without zone; every date of the domain is one.
pub type Date = chrono::NaiveDate;
