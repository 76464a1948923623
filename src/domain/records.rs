//! Content of recaps: accepted rows with the cells they came from, on their way from recap to store. Names are already
//! those of the register; nothing here has looked at other batches.

pub use super::cell::{CellRef, column_letters};
pub use super::field::Field;

use super::Date;
use super::coordinates::Coordinates;
use super::facility::{FacilityGroup, LicencePaper, Structure};
use super::facts::LokminSort;
use super::indicator::CoachingIndicator;
use super::instrument::ItemAnswer;
use super::period::Month;
use super::report_receipt::ReportReceipt;
use super::schedule::ChangeApproval;
use super::table::{Received, Table, each_table};
use super::visit_date::VisitDate;
use super::written_row::WrittenRow;

/// A record and the cells of its fields (only fields that were not blank).
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced<T> {
    /// Record whose fields the cells hold.
    pub record: T,
    /// Cell of each field that was not blank.
    pub cells: Vec<(Field, CellRef)>,
}

/// A row of Daftar Identifikasi. Blank stays blank: an older register may hold the value.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilityRow {
    /// Name as this register writes it.
    pub name: String,
    /// Kind as this register writes it (`Apotek`).
    pub kind: Option<String>,
    /// *Jaringan* or *jejaring*.
    pub group: Option<FacilityGroup>,
    /// Structures; empty where blank.
    pub structures: Vec<Structure>,
    /// Address (*Alamat*).
    pub address: Option<String>,
    /// Village (*Desa/Kelurahan*).
    pub village: Option<String>,
    /// Person in charge (*Penanggung Jawab*).
    pub person_in_charge: Option<String>,
    /// *Wajib Lapor*: true if it owes monthly reports.
    pub owes_reports: Option<bool>,
    /// *Aktif Sejak*: first month in which it is active.
    pub active_from: Option<Month>,
    /// *Aktif s.d.*: last month in which it is active.
    pub active_until: Option<Month>,
    /// Number and last day of the PKS (cooperation agreement).
    pub agreement: Option<LicencePaper>,
    /// Number and last day of the *izin* (licence).
    pub licence: Option<LicencePaper>,
    /// Place on the map (*Koordinat*).
    pub coordinates: Option<Coordinates>,
}

impl FacilityRow {
    /// A row that holds a name and nothing else.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: None,
            group: None,
            structures: Vec::new(),
            address: None,
            village: None,
            person_in_charge: None,
            owes_reports: None,
            active_from: None,
            active_until: None,
            agreement: None,
            licence: None,
            coordinates: None,
        }
    }
}

/// A row of the decree.
#[derive(Clone, Debug, PartialEq)]
pub struct DecreeRecord {
    /// Indicator that the row is about.
    pub indicator: CoachingIndicator,
    /// Target in percent, of the whole year.
    pub target: Option<f64>,
    /// Weight within the score.
    pub weight: Option<f64>,
}

/// Visit planned for a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Month of the plan, before changes.
    pub month: Month,
    /// Person in charge of the visit, where the plan names one.
    pub person: Option<String>,
}

/// A change of schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Month named (original or current).
    pub named: Month,
    /// New month; `None`: cancelled.
    pub moved_to: Option<Month>,
    /// Reason (*Ket.*), as somebody wrote it.
    pub reason: Option<String>,
    /// Paper by which it was approved.
    pub approval: ChangeApproval,
}

/// A row of Pembinaan; `None` where blank.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Day or month of the visit.
    pub date: VisitDate,
    /// Form as written; may be blank.
    pub form: String,
    /// Person who coached (*pembina*).
    pub coach: Option<String>,
    /// Points reached on the checklist.
    pub points: Option<f64>,
    /// Maximum of the checklist.
    pub maximum: Option<f64>,
    /// True if there is an attendance list.
    pub attendance_list: Option<bool>,
    /// True if there are minutes.
    pub minutes: Option<bool>,
    /// True if there are photos.
    pub photos: Option<bool>,
    /// Aspect that was coached.
    pub aspect: Option<String>,
    /// Finding, as somebody wrote it.
    pub finding: Option<String>,
}

/// A row of RTL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Date of the visit.
    pub visit_date: Date,
    /// Action that was agreed.
    pub item: String,
    /// Person or unit that has to do it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due: Date,
    /// Day on which it was done; `None` as long as it is open.
    pub done: Option<Date>,
}

/// A row of Daftar Tilik: one item of one filled checklist, with what its instrument said of it then.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistItemRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Day of the visit.
    pub date: Date,
    /// Form of the visit; mostly blank.
    pub form: String,
    /// Code of the instrument.
    pub instrument: String,
    /// Code of the item in it.
    pub code: String,
    /// Words of the item.
    pub text: String,
    /// Label of its aspect.
    pub aspect: String,
    /// True if the facility must not go without it.
    pub is_critical: bool,
    /// Worth of its answer; `None` where it was left blank.
    pub answer: Option<ItemAnswer>,
    /// Points that it can have.
    pub maximum: f64,
    /// Person who coached.
    pub coach: Option<String>,
    /// Note beside it, as somebody wrote it.
    pub note: Option<String>,
}

/// A row (or cell) of Lokmin; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LokminRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Month of the meeting.
    pub month: Month,
    /// Monthly or three-monthly.
    pub sort: LokminSort,
    /// True if the facility was invited.
    pub invited: Option<bool>,
    /// True if the facility was there.
    pub attended: Option<bool>,
}

/// A row (or cell) of Laporan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Month reported on.
    pub month: Month,
    /// Receipt by its day or by ticks.
    pub received: ReportReceipt,
}

/// One (facility, indicator, month) of Capaian; a blank numerator is not reported, or follows from counts since January.
#[derive(Clone, Debug, PartialEq)]
pub struct AchievementRow {
    /// Name as the register writes it.
    pub facility: String,
    /// Service code as the list of indicators writes it.
    pub service: String,
    /// Month that the counts are of.
    pub month: Month,
    /// Numerator (*capaian*) of the month.
    pub numerator: Option<f64>,
    /// Denominator (*sasaran*), of the month or of the year.
    pub denominator: Option<f64>,
    /// Count since January up to the end of the month.
    pub accumulated: Option<f64>,
}

/// Declares the rows of every table, and what is done with them whichever record they are of.
macro_rules! table_rows {
    ([]
        figures { $($(#[$doc:meta])* $Figures:ident($FiguresRecord:ty): $($words:literal),*;)* }
        counted { $(#[$counted_doc:meta])* $Counted:ident($CountedRecord:ty): $($counted_words:literal),*; }
        written { $($(#[$written_doc:meta])* $Written:ident($WrittenRecord:ty): $($written_words:literal),*;)* }
    ) => {
        /// Accepted rows of one table.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Rows {
            $($(#[$doc])* $Figures(Vec<Sourced<$FiguresRecord>>),)*
            $(#[$counted_doc])* $Counted(Vec<Sourced<$CountedRecord>>),
            $($(#[$written_doc])* $Written(Vec<Sourced<$WrittenRecord>>),)*
        }

        impl Rows {
            /// No rows of a table.
            pub fn none_of(table: Table) -> Self {
                match table {
                    $(Table::$Figures => Self::$Figures(Vec::new()),)*
                    Table::$Counted => Self::$Counted(Vec::new()),
                    $(Table::$Written => Self::$Written(Vec::new()),)*
                }
            }

            /// Number of rows.
            pub fn len(&self) -> usize {
                match self {
                    $(Self::$Figures(rows) => rows.len(),)*
                    Self::$Counted(rows) => rows.len(),
                    $(Self::$Written(rows) => rows.len(),)*
                }
            }

            /// Adds the rows that come behind these; rows of another table are none of them.
            fn append(&mut self, behind: Self) {
                match (self, behind) {
                    $((Self::$Figures(rows), Self::$Figures(more)) => rows.extend(more),)*
                    (Self::$Counted(rows), Self::$Counted(more)) => rows.extend(more),
                    $((Self::$Written(rows), Self::$Written(more)) => rows.extend(more),)*
                    (rows, more) => debug_assert_eq!(rows.table(), more.table(), "one table at a time is read"),
                }
            }

            /// Moves every cell to where it stands by `origin`.
            pub fn move_cells(&mut self, origin: &dyn Fn(CellRef) -> CellRef) {
                match self {
                    $(Self::$Figures(rows) => moved_rows(rows, origin),)*
                    Self::$Counted(rows) => moved_rows(rows, origin),
                    $(Self::$Written(rows) => moved_rows(rows, origin),)*
                }
            }

            /// The rows whose place among them is asked for.
            #[must_use]
            pub fn picked(&self, is_asked: &dyn Fn(usize) -> bool) -> Self {
                match self {
                    $(Self::$Figures(rows) => Self::$Figures(picked_rows(rows, is_asked)),)*
                    Self::$Counted(rows) => Self::$Counted(picked_rows(rows, is_asked)),
                    $(Self::$Written(rows) => Self::$Written(picked_rows(rows, is_asked)),)*
                }
            }

            /// Table that the rows belong to.
            pub fn table(&self) -> Table {
                match self {
                    $(Self::$Figures(_) => Table::$Figures,)*
                    Self::$Counted(_) => Table::$Counted,
                    $(Self::$Written(_) => Table::$Written,)*
                }
            }

            /// Reads the rows of a table that people write; of another table there are none.
            pub fn read_written<R: ReadsWritten>(table: Table, reader: &mut R) -> Self {
                let mut rows = Self::none_of(table);
                match &mut rows {
                    $(Self::$Written(rows) => *rows = reader.rows(),)*
                    _ => {}
                }
                rows
            }

            /// Shows the rows of a table that people write, whichever record they are of.
            pub fn show_written<S: SeesWritten>(&self, seer: &mut S) {
                match self {
                    $(Self::$Written(rows) => {
                        for row in rows {
                            seer.see(row);
                        }
                    })*
                    _ => {}
                }
            }
        }
    };
}

each_table!([table_rows]);

/// Reader of the rows of tables that people write.
pub trait ReadsWritten {
    /// The rows of one record.
    fn rows<T: WrittenRow>(&mut self) -> Vec<Sourced<T>>;
}

/// Whoever looks at the rows of tables that people write.
pub trait SeesWritten {
    /// Looks at one row.
    fn see<T: WrittenRow>(&mut self, row: &Sourced<T>);
}

fn moved_rows<T>(rows: &mut [Sourced<T>], origin: &dyn Fn(CellRef) -> CellRef) {
    for (_, cell) in rows.iter_mut().flat_map(|row| &mut row.cells) {
        *cell = origin(*cell);
    }
}

fn picked_rows<T: Clone>(rows: &[Sourced<T>], is_asked: &dyn Fn(usize) -> bool) -> Vec<Sourced<T>> {
    let asked = rows.iter().enumerate().filter(|(place, _)| is_asked(*place));
    asked.map(|(_, row)| row.clone()).collect()
}

impl Rows {
    /// Reports whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows and those that came before them.
    #[must_use]
    pub fn joined(before: Option<Self>, behind: Self) -> Self {
        let Some(mut before) = before else { return behind };
        before.append(behind);
        before
    }
}

/// A count since January as one row of Capaian gave it: what the count of the month after is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Accumulated {
    /// Name as the register writes it.
    pub facility: String,
    /// Code of the service indicator.
    pub service: String,
    /// The month up to which was counted.
    pub month: Month,
    /// Count since January.
    pub count: f64,
}

/// One recognised table of a sheet, read: what the store takes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Recap {
    /// Name of the sheet.
    pub sheet: String,
    /// Months that it covers.
    pub received: Received,
    /// The months for which it counts as received, ascending, where those are not the ones that it covers: of reports by
    /// ticks those in which the ticked ones were due.
    pub due_months: Option<Vec<Month>>,
    /// Service codes that a Capaian has columns for (empty in every other table): another holder's
    /// indicators are no former version of these.
    pub services: Vec<String>,
    /// Rows that were accepted, wholly or in part.
    pub rows: Rows,
    /// Counts since January that a Capaian held: later tables of the call are compared with them.
    pub accumulated: Vec<Accumulated>,
    /// Rows with data that were seen (Jumlah, headings and blanks are none).
    pub rows_seen: u32,
    /// Rows of which something was rejected.
    pub rows_rejected: u32,
}
