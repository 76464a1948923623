//! The planner of one month: its days, or its weeks, across, a mark where somebody goes. Each mark becomes a row with its
//! day; the weeks of a plan become its month. Signs that nobody knows are asked about.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use super::table;
use crate::domain::Month;
use crate::domain::format::{self, MONTHS};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::cells::{is_blank, trim};
use crate::recap::heading::{NAME, key};
use crate::recap::heading_plan::titles_a_plan;
use crate::recap::questions::ASK_DAY_MARKS;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Numbers across from which they are days: more than there are months.
const DAYS_MIN: usize = 13;
/// Most and fewest weeks of a month.
const WEEKS_MAX: u32 = 6;
const WEEKS_MIN: usize = 3;
/// Rows above the numbers in which the heading of the names may stand.
const ROWS_ABOVE: usize = 2;
/// Letters of somebody's initials.
const INITIALS_MAX: usize = 6;

/// The meaning of the numbers across.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Across {
    Days,
    Weeks,
}

/// The planner of a month: where its heading begins and ends among the rows, and its columns.
struct MonthPlanner {
    top: usize,
    bottom: usize,
    name: u32,
    across: Across,
    /// (number, column).
    numbers: Vec<(u32, u32)>,
}

/// The sheet as a list of days.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let planner = (0..sheet.rows.len()).find_map(|at| MonthPlanner::at(sheet, at))?;
    let banner = Banner::read(sheet.rows[..planner.top].iter().map(BannerLine::all_cells));
    let (number, year) = banner.month?;
    let month = Month::new(year.or_else(|| banner.any_year())?, number)?;
    let is_plan = titles_a_plan(&banner.words);
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    let is_of_visits = says(&["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "binwil"]);
    if !is_plan && (!is_of_visits || planner.across == Across::Weeks) || says(&["hadir", "lokmin", "capaian"]) {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..planner.top]);
    let heading = &sheet.rows[planner.bottom];
    let place = CellRef { row: heading.index, column: planner.numbers[0].1 };
    let when = if planner.across == Across::Days { "Tanggal" } else { "Bulan" };
    let heads = ["Nama Jaringan/Jejaring", when, "Bentuk Kegiatan", "Petugas"];
    page.line(heads.map(|text| NewCell::text(text, place)).to_vec());
    let (rows, _) = up_to_signatures(&sheet.rows[planner.bottom + 1..]);
    let mut count = 0;
    for row in rows.iter().filter(|row| !is_blank(row.get(planner.name))) {
        match planner.marks(row, month) {
            Ok(marks) => marks.into_iter().for_each(|mark| {
                count += 1;
                page.line(planner.line(sheet, row, mark, month));
            }),
            Err(place) => return Some(Relaid::Asked(Remark { place, message: ASK_DAY_MARKS.to_owned() })),
        }
    }
    let what = if planner.across == Across::Days { "tanggal" } else { "minggu" };
    let message = format!(
        "angka di judul kolomnya dibaca sebagai {what} di bulan {}, jadi setiap tanda dibaca sebagai satu baris; bila bukan, \
         tulis satu baris untuk setiap kunjungan",
        format::month(month)
    );
    (count > 0).then(|| table(page, Remark { place, message }))
}

/// A mark of a row: its number, its cell, and whose initials stand there.
struct DayMark {
    number: u32,
    place: CellRef,
    person: Option<String>,
}

impl MonthPlanner {
    fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let numbers = numbers_in(&sheet.rows[at])?;
        let top = (at.saturating_sub(ROWS_ABOVE)..=at)
            .find(|place| column_of(&sheet.rows[*place], &|key| NAME.has(key)).is_some())?;
        let name = column_of(&sheet.rows[top], &|key| NAME.has(key))?;
        let first = CellRef { row: sheet.rows[at].index, column: numbers[0].1 };
        let over = || {
            let above = sheet.rows[top..at].iter().rev();
            above.into_iter().find_map(|row| sheet.seen(CellRef { row: row.index, column: first.column })?.1.text())
        };
        let is_week = over().is_some_and(|text| key(text).starts_with("minggu") || key(text).starts_with("pekan"));
        let is_of_weeks = is_week && numbers.iter().all(|(number, _)| *number < WEEKS_MAX);
        let across = if numbers.len() >= DAYS_MIN {
            Across::Days
        } else if is_of_weeks {
            Across::Weeks
        } else {
            return None;
        };
        (numbers[0].1 > name).then_some(Self { top, bottom: at, name, across, numbers })
    }

    /// The marks of a row; the cell of a sign that nobody knows instead.
    fn marks(&self, row: &Row, month: Month) -> Result<Vec<DayMark>, CellRef> {
        let mut marks: Vec<DayMark> = Vec::new();
        for (number, column) in &self.numbers {
            let place = CellRef { row: row.index, column: *column };
            let value = row.get(*column).filter(|value| !is_blank(Some(value)));
            let initials = value.and_then(CellValue::text).map(trim).filter(|text| is_initials(text));
            let is_day = self.across == Across::Weeks
                || month.last_day() >= month.first_day() + chrono::Days::new(u64::from(*number) - 1);
            match planned(value) {
                Ok(Some(Mark::Yes)) if is_day => marks.push(DayMark { number: *number, place, person: None }),
                Ok(Some(Mark::Unknown)) if is_day && initials.is_some() => {
                    marks.push(DayMark { number: *number, place, person: initials.map(str::to_owned) });
                }
                Ok(Some(Mark::No) | None) => {}
                _ => return Err(place),
            }
        }
        if self.across == Across::Weeks {
            marks.truncate(1);
        }
        Ok(marks)
    }

    fn line(&self, sheet: &Sheet, row: &Row, mark: DayMark, month: Month) -> Vec<NewCell> {
        let name = NewCell::from_sheet(sheet, CellRef { row: row.index, column: self.name });
        let of_month = format!("{} {}", MONTHS[month.month() as usize - 1], month.year());
        let when = match self.across {
            Across::Days => format!("{} {of_month}", mark.number),
            Across::Weeks => of_month,
        };
        let blank = NewCell { value: None, from: mark.place };
        let person = mark
            .person
            .map_or_else(|| NewCell { value: None, from: mark.place }, |person| NewCell::text(&person, mark.place));
        vec![name, NewCell::text(&when, mark.place), blank, person]
    }
}

/// The numbers that stand in a row from one on without a gap, with their columns.
fn numbers_in(row: &Row) -> Option<Vec<(u32, u32)>> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for cell in &row.cells {
        let number = match &cell.value {
            CellValue::Number { value, .. } => {
                (1..=31_u32).find(|number| (f64::from(*number) - value).abs() < f64::EPSILON)
            }
            CellValue::Text(text) => trim(text).parse().ok().filter(|number| (1..=31).contains(number)),
            _ => None,
        };
        let Some(number) = number else { continue };
        match found.last() {
            Some((last, column)) if last + 1 == number && column + 1 == cell.column => {
                found.push((number, cell.column));
            }
            _ if number == 1 => found = vec![(1, cell.column)],
            _ => {}
        }
    }
    (found.len() >= WEEKS_MIN).then_some(found)
}

fn is_initials(text: &str) -> bool {
    text.chars().count() <= INITIALS_MAX && text.chars().all(char::is_alphabetic) && text.to_lowercase() != "x"
}
