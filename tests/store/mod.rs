//! The log of accepted rows: what counts after several files, corrections, repeats, undoing and replacing;
//! and the way back to the cell.

mod accumulated;
mod answers;
mod audit;
mod evidence;
mod months;
mod order;
mod order_of_register;
mod receipts;
mod register;
mod rows;
mod signatures;
mod versions;

use chrono::{DateTime, TimeZone, Utc};
use simpul::diagnostic::{Issue, IssueCode, Severity};
use simpul::domain::records::{
    AchievementRow, CellRef, FacilityRow, Field, FollowUpRow, Recap, Rows, Sourced, VisitRow,
};
use simpul::domain::{Aggregation, Date, Direction, Facts, Month, NamedKinds, Received, ServiceDefinition, Signature};
use simpul::store::{Accepted, By, Content, NewBatch, Scope, Store};

/// The Puskesmas of most tests.
pub const ABCDE: &str = "UPT PUSKESMAS ABCDE";

pub fn month(number: u32) -> Month {
    Month::new(2023, number).unwrap()
}

pub fn in_month(number: u32) -> Received {
    Received::Month(month(number))
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2024, 1, 2, 3, 4, 5).unwrap()
}

/// A recap of rows without cells.
pub fn recap(received: Received, rows: Rows) -> Recap {
    let services = match &rows {
        Rows::Achievements(rows) => rows.iter().map(|row| row.record.service.clone()).collect(),
        _ => Vec::new(),
    };
    Recap {
        sheet: rows.table().label().to_owned(),
        received,
        due_months: None,
        services,
        rows,
        accumulated: Vec::new(),
        rows_seen: 0,
        rows_rejected: 0,
    }
}

pub fn bare<T>(rows: Vec<T>) -> Vec<Sourced<T>> {
    rows.into_iter().map(|record| Sourced { record, cells: Vec::new() }).collect()
}

pub fn at(field: Field, row: u32, column: u32) -> (Field, CellRef) {
    (field, CellRef { row: row - 1, column })
}

pub fn facility(name: &str) -> FacilityRow {
    FacilityRow::named(name)
}

pub fn register(year: i32, rows: Vec<FacilityRow>) -> Recap {
    recap(Received::Year(year), Rows::Facilities(bare(rows)))
}

pub fn visit(name: &str, day: &str) -> VisitRow {
    VisitRow {
        facility: name.to_owned(),
        date: day.parse().unwrap(),
        form: "Supervisi".to_owned(),
        coach: None,
        points: None,
        maximum: None,
        attendance_list: None,
        minutes: None,
        photos: None,
        aspect: None,
        finding: None,
    }
}

pub fn follow_up(name: &str, due: &str, done: Option<&str>) -> FollowUpRow {
    FollowUpRow {
        facility: name.to_owned(),
        visit_date: date("2023-03-10"),
        item: "Lengkapi SOP".to_owned(),
        owner: None,
        due: date(due),
        done: done.map(date),
    }
}

pub fn achievement(name: &str, service: &str, of: Month, pair: (Option<f64>, Option<f64>)) -> AchievementRow {
    let (numerator, denominator) = pair;
    AchievementRow {
        facility: name.to_owned(),
        service: service.to_owned(),
        month: of,
        numerator,
        denominator,
        accumulated: None,
    }
}

pub fn services(year: i32, codes: &[&str]) -> Recap {
    let definitions = codes.iter().map(|code| ServiceDefinition {
        code: (*code).to_owned(),
        name: format!("Cakupan {code}"),
        target: 80.0,
        weight: 1.0,
        direction: Direction::HigherIsBetter,
        aggregation: Aggregation::Sum,
        applies_to: NamedKinds::default(),
    });
    recap(Received::Year(year), Rows::ServiceIndicators(bare(definitions.collect())))
}

/// One workbook; its bytes are its name, so that a name is a version.
pub struct File<'a> {
    pub puskesmas: &'a str,
    pub name: &'a str,
    pub recaps: Vec<Recap>,
    pub replace: bool,
    pub issues: Vec<Issue>,
    pub signatures: Vec<Signature>,
}

impl<'a> File<'a> {
    pub fn new(name: &'a str, recaps: Vec<Recap>) -> Self {
        Self { puskesmas: ABCDE, name, recaps, replace: false, issues: Vec::new(), signatures: Vec::new() }
    }

    pub fn of(self, puskesmas: &'a str) -> Self {
        Self { puskesmas, ..self }
    }

    pub fn replacing(self) -> Self {
        Self { replace: true, ..self }
    }

    pub fn signed(mut self, signatures: &[Signature]) -> Self {
        self.signatures.extend_from_slice(signatures);
        self
    }

    pub fn with_error(mut self, cell: &str) -> Self {
        self.issues.push(Issue {
            sheet: "Pembinaan".to_owned(),
            cell: cell.to_owned(),
            code: IssueCode::InvalidNumber,
            severity: Severity::Error,
            message: "bukan angka".to_owned(),
            about: None,
        });
        self
    }

    pub fn accept(&self, store: &Store) -> Accepted {
        store.accept(&self.batch(), &self.content()).unwrap()
    }

    pub fn accept_new(&self, store: &Store) -> Option<Accepted> {
        store.accept_new(&self.batch(), |accepting| accepting.content(&self.content())).unwrap()
    }

    pub fn retry(&self, store: &Store, former: i64) -> Option<Accepted> {
        store.accept_retried(&self.batch(), former, |accepting| accepting.content(&self.content())).unwrap()
    }

    pub fn batch(&self) -> NewBatch<'_> {
        NewBatch {
            puskesmas: self.puskesmas,
            file_name: self.name,
            bytes: self.name.as_bytes(),
            kept: simpul::store::KeptOriginal::AsItCame,
            by: By::command_line("ani", now()),
            replace: self.replace,
        }
    }

    fn content(&self) -> Content<'_> {
        Content { recaps: &self.recaps, issues: &self.issues, signatures: &self.signatures }
    }
}

/// A store that knows a register of three facilities and two indicators.
pub fn store() -> Store {
    let store = Store::in_memory().unwrap();
    let names = ["Apotek Alvi", "Klinik Bina", "Pustu Cempaka"];
    let recaps = vec![register(2023, names.map(facility).to_vec()), services(2023, &["K6", "KBV"])];
    File::new("register", recaps).accept(&store);
    store
}

pub fn facts(store: &Store) -> Facts {
    store.facts(&Scope::All).unwrap()
}
