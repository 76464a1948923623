//! The same columns again: for each visit of a year its date and points, for each month its plan and what was done.
//! Each group becomes a row of its own.

use chrono::Datelike;

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{date, is_blank};
use crate::recap::heading::{NAME, anchor, is_date_heading, key};
use crate::recap::heading_figures::figure_word;
use crate::recap::heading_plan::{is_person, is_plan_leaf};
use crate::recap::layout::is_week;
use crate::recap::plan_rows::is_pair;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const GROUPS_MIN: usize = 2;
/// Fewest months with a plan and what was done.
const MONTHS_MIN: usize = 3;
/// Words of tables whose dates are none of visits.
const OTHERS: [&str; 5] = ["laporan", "lokmin", "lokakarya", "capaian", "cakupan"];

/// Words of titles of plans.
const PLANS: [&str; 4] = ["jadwal", "rencana", "pembinaan", "kunjungan"];
/// Longest heading of a column that may plan, letters; and longest mark below it.
const MARKER_LETTERS: usize = 12;
const MARK_LETTERS: usize = 2;

/// Reports whether a heading may be that of a plan or of what was done, and is none that has another meaning.
pub(super) fn is_marker(heading: &str) -> bool {
    let key = key(heading);
    let is_other = figure_word(&key).is_some() || is_person(&key) || is_plan_leaf(heading) || is_week(&key);
    (1..=MARKER_LETTERS).contains(&key.chars().count()) && !is_other && anchor(heading).is_none()
}

/// A column below two rows of headings.
pub(super) struct GroupColumn {
    pub(super) column: u32,
    /// The group's heading, carried to the right where it is not merged.
    pub(super) top: String,
    pub(super) bottom: String,
}

/// A heading of two rows, or of one.
pub(super) struct GroupHeading {
    /// Place of its first row among the rows of the sheet, and of the first row of data.
    pub(super) at: usize,
    pub(super) data: usize,
    pub(super) name: u32,
    pub(super) columns: Vec<GroupColumn>,
}

/// A sheet with groups, each of its rows as many as it has groups.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = (0..sheet.rows.len()).find_map(|at| heads(sheet, at))?;
    let Banner { words, indicator, .. } = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    // Targets and results of an indicator are counts and no days.
    if indicator.is_some() || OTHERS.iter().any(|word| words.contains(word)) {
        return None;
    }
    let is_plan = words.contains("jadwal");
    let of_visits = if is_plan { None } else { heads.dates(sheet) };
    of_visits.or_else(|| heads.pairs(sheet, PLANS.iter().any(|word| words.contains(word))))
}

/// The heading that begins at a row of a sheet.
pub(super) fn heads(sheet: &Sheet, at: usize) -> Option<GroupHeading> {
    let row = sheet.rows.get(at)?;
    let name = column_of(row, &|key| NAME.has(key))?;
    let below = sheet.rows.get(at + 1).filter(|below| below.index == row.index + 1);
    // Bare numbers are visits below *Kunjungan ke* alone.
    let may_count = row.cells.iter().filter_map(|cell| cell.value.text()).any(|text| key(text).ends_with("ke"));
    let is_sub = |below: &&Row| {
        let cells = below.cells.iter().filter(|cell| cell.column > name);
        is_blank(below.get(name))
            && cells.clone().count() >= GROUPS_MIN
            && cells.clone().all(|cell| cell.value.text().is_some() || may_count && visit_number(&cell.value).is_some())
    };
    let below = below.filter(is_sub);
    let last =
        row.cells.last().into_iter().chain(below.and_then(|below| below.cells.last())).map(|cell| cell.column).max()?;
    let mut columns = Vec::new();
    let mut carried = String::new();
    for column in name + 1..=last {
        let top = sheet.seen(CellRef { row: row.index, column }).and_then(|(_, value)| value.text());
        if let Some(top) = top {
            top.trim().clone_into(&mut carried);
        }
        let bottom = below.and_then(|below| below.get(column));
        let bottom = bottom.and_then(|value| value.text().map(str::to_owned).or_else(|| visit_number(value)));
        let head = match bottom {
            Some(bottom) => GroupColumn { column, top: carried.clone(), bottom: bottom.trim().to_owned() },
            None => GroupColumn { column, top: String::new(), bottom: top.unwrap_or_default().trim().to_owned() },
        };
        columns.push(head);
    }
    Some(GroupHeading { at, data: at + 1 + usize::from(below.is_some()), name, columns })
}

/// The number of a visit that stands alone below *Kunjungan ke*.
fn visit_number(value: &CellValue) -> Option<String> {
    let CellValue::Number { value, .. } = value else { return None };
    (1..=12_u32).find(|number| (f64::from(*number) - value).abs() < f64::EPSILON).map(|number| number.to_string())
}

/// Returns the number of the visit of which a heading is the day: `Kunjungan II`, `Tgl Pembinaan ke-3`.
fn ordinal(heading: &str) -> Option<usize> {
    const NUMBERS: [[&str; 2]; 12] = [
        ["1", "i"],
        ["2", "ii"],
        ["3", "iii"],
        ["4", "iv"],
        ["5", "v"],
        ["6", "vi"],
        ["7", "vii"],
        ["8", "viii"],
        ["9", "ix"],
        ["10", "x"],
        ["11", "xi"],
        ["12", "xii"],
    ];
    const DAYS: [&str; 12] = [
        "tanggal",
        "tgl",
        "pembinaan",
        "kunjungan",
        "supervisi",
        "tanggalpembinaan",
        "tglpembinaan",
        "tanggalkunjungan",
        "tglkunjungan",
        "tanggalsupervisi",
        "tglsupervisi",
        "visit",
    ];
    let key = key(heading);
    let of = |(at, names): (usize, &[&str; 2])| {
        let is_it = names.iter().any(|name| {
            let rest = key.strip_suffix(name);
            rest.is_some_and(|rest| {
                DAYS.contains(&rest) || rest.strip_suffix("ke").is_some_and(|rest| DAYS.contains(&rest))
            })
        });
        is_it.then_some(at + 1)
    };
    NUMBERS.iter().enumerate().find_map(of)
}

impl GroupHeading {
    fn rows<'s>(&self, sheet: &'s Sheet) -> (&'s [Row], &'s [Row]) {
        up_to_signatures(&sheet.rows[self.data..])
    }

    fn place(&self, sheet: &Sheet, column: u32) -> CellRef {
        CellRef { row: sheet.rows[self.at].index, column }
    }

    /// The columns of each visit, with the headings that they have.
    fn of_visits(&self, sheet: &Sheet) -> Vec<Vec<(u32, String)>> {
        let mut groups: Vec<Vec<(u32, String)>> = Vec::new();
        let mut top: Option<&str> = None;
        for head in &self.columns {
            if head.top.is_empty() {
                top = None;
                continue;
            }
            if top != Some(&head.top) {
                groups.push(Vec::new());
                top = Some(&head.top);
            }
            if let Some(group) = groups.last_mut() {
                group.push((head.column, head.bottom.clone()));
            }
        }
        groups.retain(|group| group.iter().any(|(_, bottom)| is_date_heading(bottom)));
        if groups.len() >= GROUPS_MIN {
            return groups;
        }
        let repeated = self.repeated();
        if repeated.len() >= GROUPS_MIN {
            return repeated;
        }
        let days: Vec<(usize, u32)> = self
            .columns
            .iter()
            .filter_map(|head| Some((ordinal(&format!("{} {}", head.top, head.bottom))?, head.column)))
            .collect();
        let (rows, _) = self.rows(sheet);
        let is_day = |value: &CellValue| matches!(date::read(Some(value), false), Ok(Some(day)) if day.year() > 1990);
        let cells = || rows.iter().flat_map(|row| days.iter().filter_map(|(_, column)| row.get(*column)));
        let all = cells().count();
        let read = cells().filter(|value| is_day(value)).count();
        let are_in_order = days.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
        let are_days = days.len() >= GROUPS_MIN && are_in_order && read > 0 && read * 2 > all;
        let one = |column: u32| vec![(column, "Tanggal Pembinaan".to_owned())];
        if are_days { days.into_iter().map(|(_, column)| one(column)).collect() } else { Vec::new() }
    }

    /// Headings of one row that come again in the same order, each time from a day on: `Tgl | Skor | Tgl | Skor`.
    fn repeated(&self) -> Vec<Vec<(u32, String)>> {
        let mut groups: Vec<Vec<(u32, String)>> = Vec::new();
        for head in self.columns.iter().filter(|head| head.top.is_empty() && !head.bottom.is_empty()) {
            let is_first =
                groups.first().and_then(|group| group.first()).is_none_or(|(_, first)| key(first) == key(&head.bottom));
            match groups.last_mut() {
                _ if is_date_heading(&head.bottom) && is_first => groups.push(vec![(head.column, head.bottom.clone())]),
                Some(group) => group.push((head.column, head.bottom.clone())),
                None => {}
            }
        }
        let keys = |group: &[(u32, String)]| group.iter().map(|(_, bottom)| key(bottom)).collect::<Vec<_>>();
        let Some(first) = groups.first().map(|group| keys(group)) else { return Vec::new() };
        // Remarks may follow the last.
        if let Some(last) = groups.last_mut() {
            last.truncate(first.len());
        }
        if groups.iter().all(|group| keys(group) == first) { groups } else { Vec::new() }
    }

    /// The heading of a group that is a month: its days may stand alone below it.
    fn month_over(&self, group: &[(u32, String)]) -> Option<&str> {
        let (column, _) = group.first()?;
        let head = self.columns.iter().find(|head| head.column == *column)?;
        month_number(&key(&head.top)).map(|_| head.top.as_str())
    }

    fn dates(&self, sheet: &Sheet) -> Option<Relaid> {
        let groups = self.of_visits(sheet);
        let first = groups.first()?;
        let mut headings: Vec<String> = Vec::new();
        for (_, bottom) in groups.iter().flatten() {
            if !headings.iter().any(|known| key(known) == key(bottom)) {
                headings.push(bottom.clone());
            }
        }
        let in_group = |column: u32| groups.iter().flatten().any(|(own, _)| *own == column);
        let outside: Vec<u32> = (0..=self.name)
            .chain(self.columns.iter().map(|head| head.column))
            .filter(|column| !in_group(*column))
            .collect();
        let heading = sheet.rows[self.at].index;
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..self.at]);
        let own = outside.iter().map(|column| NewCell::from_sheet(sheet, CellRef { row: heading, column: *column }));
        let place = self.place(sheet, first.first()?.0);
        let has_months = groups.iter().all(|group| self.month_over(group).is_some());
        let month = has_months.then(|| NewCell::text("Bulan", place));
        page.line(own.chain(month).chain(headings.iter().map(|text| NewCell::text(text, place))).collect());
        let (rows, tail) = self.rows(sheet);
        for row in rows {
            for group in &groups {
                if group.iter().all(|(column, _)| is_blank(row.get(*column))) {
                    continue;
                }
                let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
                let own = outside.iter().map(|column| seen(*column));
                let of_visit = headings.iter().map(|text| {
                    let column = group.iter().find(|(_, bottom)| key(bottom) == key(text));
                    column.map_or(NewCell { value: None, from: place }, |(column, _)| seen(*column))
                });
                let over = self.month_over(group).filter(|_| has_months);
                let month =
                    over.zip(group.first()).map(|(text, (column, _))| NewCell::text(text, self.place(sheet, *column)));
                page.line(own.chain(month).chain(of_visit).collect());
            }
        }
        page.gap();
        page.copy(tail);
        let message = format!(
            "{} kelompok kolom berisi tanggal, jadi setiap kelompok dibaca sebagai satu pembinaan pada barisnya",
            groups.len()
        );
        Some(table(page, Remark { place, message }))
    }

    /// Reports whether nothing but marks stands below the months, and some in both columns.
    fn hold_marks(&self, sheet: &Sheet, months: &[(u32, u32, u32)]) -> bool {
        let (rows, _) = self.rows(sheet);
        let named = || rows.iter().filter(|row| !is_blank(row.get(self.name)));
        let held = |place: fn(&(u32, u32, u32)) -> u32| {
            named().flat_map(move |row| months.iter().filter_map(move |month| row.get(place(month))))
        };
        let is_mark = |value: &CellValue| value.text().is_some_and(|text| text.trim().chars().count() <= MARK_LETTERS);
        let are_marks = held(|month| month.1).chain(held(|month| month.2)).all(is_mark);
        are_marks && held(|month| month.1).next().is_some() && held(|month| month.2).next().is_some()
    }

    /// Months with two columns each, of which one plans and the other tells what was done; below a title of plans also such
    /// of which nobody knows which is which.
    fn pairs(&self, sheet: &Sheet, is_of_plans: bool) -> Option<Relaid> {
        let of_months: Vec<(u32, &GroupColumn)> =
            self.columns.iter().filter_map(|head| Some((month_number(&key(&head.top))?, head))).collect();
        let planned = &of_months.first()?.1.bottom;
        let done = &of_months.get(1)?.1.bottom;
        let months: Vec<(u32, u32, u32)> = of_months
            .chunk_by(|one, other| one.0 == other.0)
            .filter_map(|pair| match pair {
                [(month, one), (_, two)] if &one.bottom == planned && &two.bottom == done => {
                    Some((*month, one.column, two.column))
                }
                _ => None,
            })
            .collect();
        if months.len() < MONTHS_MIN || months.len() * 2 != of_months.len() {
            return None;
        }
        let is_known = is_pair(planned, done);
        let may_be_known = is_of_plans && is_marker(planned) && is_marker(done);
        let is_pair_of_marks = || may_be_known && self.hold_marks(sheet, &months);
        if !(is_known || is_pair_of_marks()) {
            return None;
        }
        let heading = sheet.rows[self.at].index;
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..self.at]);
        let first = months.first()?.1;
        let place = self.place(sheet, first);
        let own = (0..=self.name).map(|column| NewCell::from_sheet(sheet, CellRef { row: heading, column }));
        let names =
            months.iter().map(|(_, column, _)| NewCell::from_sheet(sheet, CellRef { row: heading, column: *column }));
        page.line(own.chain([NewCell::text("Uraian", place)]).chain(names).collect());
        let (rows, tail) = self.rows(sheet);
        for row in rows {
            let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
            let is_row = !is_blank(row.get(self.name));
            if !is_row {
                page.copy(std::slice::from_ref(row));
                continue;
            }
            let own = (0..=self.name).map(seen);
            let of_plan = months.iter().map(|(_, column, _)| seen(*column));
            page.line(own.chain([NewCell::text(planned, place)]).chain(of_plan).collect());
            let blank = (0..=self.name).map(|column| NewCell { value: None, from: CellRef { row: row.index, column } });
            let of_done = months.iter().map(|(_, _, column)| seen(*column));
            page.line(blank.chain([NewCell::text(done, place)]).chain(of_done).collect());
        }
        page.gap();
        page.copy(tail);
        let message = if is_known {
            format!("kolom {planned} dan {done} di bawah setiap bulan dibaca sebagai rencana dan pelaksanaan")
        } else {
            format!("kolom {planned} dan {done} di bawah setiap bulan dibaca sebagai dua baris untuk setiap nama")
        };
        Some(table(page, Remark { place, message }))
    }
}
