//! Everything known about one or many Puskesmas, resolved: for each key and field the value that counts
//! (`domain.md`, *Several files*). Columns and dense indexes, so that it becomes frames without a copy.
//! Knows nothing of batches and cells; [`FactKey`] leads back to them through the store.

use std::collections::BTreeMap;

use super::Date;
use super::checklist::{ChecklistItem, ChecklistSums};
use super::evidence::AttachedFile;
use super::facility::Facility;
use super::indicator::{CoachingIndicator, ServiceDefinition};
pub use super::lokmin::LokminSort;
use super::period::Month;
use super::report_receipt::ReportReceipt;
use super::schedule::{ScheduleChange, Slot};
use super::table::{Received, Table};
use super::visit_date::VisitDate;
use super::written::WrittenRecords;

/// Resolved facts. Facilities are ordered by (Puskesmas, name in code points); every other list is ordered
/// by (Puskesmas or facility, then key), so the order of import never shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The Puskesmas, ordered by name.
    pub puskesmas: Vec<Puskesmas>,
    /// Registered facilities; everything else points here by index.
    pub facilities: Vec<Facility>,
    /// Service indicators of all Puskesmas; achievements point here by index.
    pub services: Vec<Service>,
    /// Rows of decrees, by (Puskesmas, year, indicator).
    pub decree_rows: Vec<DecreeRow>,
    /// Planned slots, by (facility, month).
    pub slots: Vec<Slot>,
    /// Schedule changes in the order in which they hold: a later one wins.
    pub changes: Vec<ScheduleChange>,
    /// Visits, by (facility, date, form).
    pub visits: Vec<Visit>,
    /// Follow-ups, by (facility, visit date, item).
    pub follow_ups: Vec<FollowUp>,
    /// Items of filled checklists, by [`ChecklistItem::order`].
    pub checklist_items: Vec<ChecklistItem>,
    /// Their sums by visit; a visit without a score of its own has it already.
    pub checklist_sums: ChecklistSums,
    /// Lokmin invitations, by (facility, month, sort).
    pub lokmin: Vec<LokminAttendance>,
    /// Monthly reports, received or told not to have come, by (facility, month).
    pub reports: Vec<MonthlyReport>,
    /// Achievements of service indicators, by (facility, service, month).
    pub achievements: Achievements,
    /// Tables that were received, with the months that they cover.
    pub received: Vec<ReceivedTable>,
    /// Rows that people wrote beside the figures; no evaluation rests on them.
    pub written: WrittenRecords,
    /// Evidence files that were not withdrawn, ordered; those of a visit are counted in it already.
    pub attached: Vec<AttachedFile>,
}

/// Bytes of the texts of a row, about: what lies beside the row itself.
const TEXT_BYTES: usize = 120;

impl Facts {
    /// The facilities as pages and papers list them: in the order of the register ([`Facility::listing_key`]).
    pub fn listed(&self) -> Vec<&Facility> {
        let mut listed: Vec<&Facility> = self.facilities.iter().collect();
        listed.sort_by_key(|facility| facility.listing_key());
        listed
    }

    /// Bytes that they take in memory, about.
    pub fn bytes(&self) -> usize {
        let figures =
            self.achievements.month.len() * (2 * size_of::<u32>() + size_of::<i32>() + 2 * size_of::<Option<f64>>());
        let plain = self.slots.len() * size_of::<Slot>()
            + self.changes.len() * size_of::<ScheduleChange>()
            + self.lokmin.len() * size_of::<LokminAttendance>()
            + self.reports.len() * size_of::<MonthlyReport>()
            + self.received.len() * size_of::<ReceivedTable>()
            + self.decree_rows.len() * size_of::<DecreeRow>();
        let worded = self.facilities.len() * (size_of::<Facility>() + TEXT_BYTES)
            + self.services.iter().map(|service| service.definitions.len()).sum::<usize>()
                * (size_of::<ServiceDefinition>() + TEXT_BYTES)
            + self.visits.len() * (size_of::<Visit>() + TEXT_BYTES)
            + self.follow_ups.len() * (size_of::<FollowUp>() + TEXT_BYTES)
            + self.checklist_items.len() * (size_of::<ChecklistItem>() + TEXT_BYTES)
            + self.attached.len() * (size_of::<AttachedFile>() + TEXT_BYTES);
        figures + plain + worded
    }
}

/// A Puskesmas of the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puskesmas {
    /// Name as its banner writes it (`UPT PUSKESMAS ABCDE`).
    pub name: String,
}

/// A service indicator with its definitions by year; the latest list at or before a year holds in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Index of its Puskesmas.
    pub puskesmas: u32,
    /// Code, as first written.
    pub code: String,
    /// (year of the list, place in that list, definition), by year.
    pub definitions: Vec<(i32, u32, ServiceDefinition)>,
}

/// One row of a decree; `None` leaves the value before in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecreeRow {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Year from which it holds.
    pub year: i32,
    /// Indicator that the row is about.
    pub indicator: CoachingIndicator,
    /// Target in percent, of the whole year.
    pub target: Option<f64>,
    /// Weight within the score; zero takes the indicator out.
    pub weight: Option<f64>,
}

/// Coaching contact with a facility, in the plan or beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Index of the facility.
    pub facility: u32,
    /// Day or month of the visit.
    pub date: VisitDate,
    /// Form (*bentuk kegiatan*) as written; blank is a form too.
    pub form: String,
    /// Person who coached (*pembina*).
    pub coach: Option<String>,
    /// Points on the checklist.
    pub points: Option<f64>,
    /// Maximum of the checklist.
    pub maximum: Option<f64>,
    /// True if there is an attendance list, by its recap or as an attached file.
    pub attendance_list: bool,
    /// True if there are minutes, by its recap or as an attached file.
    pub minutes: bool,
    /// True if there are photos, by its recap or as an attached file.
    pub photos: bool,
    /// Aspect that was coached (*aspek*).
    pub aspect: Option<String>,
    /// Finding (*temuan*), as somebody wrote it.
    pub finding: Option<String>,
}

impl Visit {
    /// Points of maximum, where the visit has a score.
    pub fn score(&self) -> Option<(f64, f64)> {
        self.points.zip(self.maximum)
    }
}

/// Action that was agreed at a visit (*RTL*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Index of the facility.
    pub facility: u32,
    /// Date of the visit at which it was agreed.
    pub visit_date: Date,
    /// Action that was agreed; with facility and visit date the key.
    pub item: String,
    /// Person or unit that has to do it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due: Date,
    /// Day on which it was done; `None` as long as it is open.
    pub done: Option<Date>,
}

/// One facility's invitation to one meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LokminAttendance {
    /// Index of the facility.
    pub facility: u32,
    /// Month of the meeting.
    pub month: Month,
    /// Monthly or three-monthly.
    pub sort: LokminSort,
    /// True if the facility was invited; attendance implies it.
    pub invited: bool,
    /// True if the facility was there.
    pub attended: bool,
}

/// One monthly report of a facility, received, or told not to have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthlyReport {
    /// Index of the facility.
    pub facility: u32,
    /// The month reported on.
    pub month: Month,
    /// Receipt by its day or by ticks.
    pub received: ReportReceipt,
}

/// Achievements in columns of one length, ordered by (facility, service, month). A month without numerator
/// is not reported; such rows may stand here with what is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Achievements {
    /// Index of the facility.
    pub facility: Vec<u32>,
    /// Index of the service indicator.
    pub service: Vec<u32>,
    /// Months as [`Month::number`].
    pub month: Vec<i32>,
    /// Numerators (*capaian*); `None` where not reported.
    pub numerator: Vec<Option<f64>>,
    /// Denominators (*sasaran*), of the month or of the year.
    pub denominator: Vec<Option<f64>>,
    /// Counts since January up to the end of the month, by row: few tables hold any.
    pub accumulated: BTreeMap<usize, f64>,
}

/// A table of a month or year that was received, even with no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReceivedTable {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Table that was received.
    pub table: Table,
    /// Months that it covers.
    pub received: Received,
}

/// Key of one fact within a facility; with the facility it leads back to cells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKey {
    /// The register row itself.
    Facility,
    /// A planned slot, by original month.
    Slot(Month),
    /// A change naming this month.
    ScheduleChange(Month),
    /// A visit, by date and form as written.
    Visit(VisitDate, String),
    /// A follow-up, by visit date and item.
    FollowUp(Date, String),
    /// An item of a filled checklist, by date and form of the visit, instrument and code.
    ChecklistItem(Date, String, String, String),
    /// Attendance at a meeting, by month and kind of meeting.
    Lokmin(Month, LokminSort),
    /// A monthly report, by the month reported on.
    MonthlyReport(Month),
    /// An achievement, by service code.
    Achievement(String, Month),
}

/// A fact of one facility: the thread from a number back to its cells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// Index of the facility.
    pub facility: u32,
    /// Key of the fact within the facility.
    pub key: FactKey,
}
