//! Dates of one column: whether its numbers are day first or month first, and which of its dates stand turned round
//! because Excel took day and month for each other.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::date::{self, Implied};
use super::date_text::DateText;
use super::{CellFault, CellReading, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::records::CellRef;
use crate::domain::{Date, Month, format};
use crate::workbook::CellValue;

/// A date, and whether something of it was assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct Dated {
    pub(in crate::recap) date: Date,
    pub(in crate::recap) assumed: Option<DateAssumption>,
}

/// A guess about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum DateAssumption {
    /// Its number are month first, as another cell of the column proves.
    MonthFirst,
    /// Day and month stand turned round: so it lies in the title's month.
    Turned,
    /// It is the first of several days.
    FirstOfSeveral,
}

/// A date of text beside the day on which its row was sent.
pub(in crate::recap) struct StampedCell<'c> {
    pub(in crate::recap) place: CellRef,
    pub(in crate::recap) text: &'c str,
    pub(in crate::recap) stamp: Date,
}

/// Cells that prove the order of day and month, by the mark between their numbers.
#[derive(Clone, Debug, Default)]
struct Proofs {
    day_first: Option<Proof>,
    month_first: Option<Proof>,
}

#[derive(Clone, Debug)]
struct Proof {
    place: CellRef,
    shown: String,
}

/// The order of day and month in a column, as its cells prove it for each other.
#[derive(Clone, Debug, Default)]
pub(in crate::recap) struct DateColumn {
    /// By the mark between the numbers: `12 -05- 2025` says nothing of `5/14/2025`.
    proofs: BTreeMap<char, Proofs>,
    /// The title's month, where dates out of it that fall into it when turned are turned.
    cells_turn_to: Option<Month>,
    texts_turn_to: Option<Month>,
    /// The title's month.
    month: Option<Month>,
    /// True if its cells and its texts look as if a spreadsheet had turned what it could.
    is_mixed: bool,
}

/// Dates of a column as its cells hold them, in their order.
#[derive(Default)]
struct MixedDates {
    /// The dates as they stand, and turned where a cell could have been turned.
    written: Vec<Date>,
    turned: Vec<Date>,
    cells: usize,
    texts: usize,
    /// True if a cell could not have been turned, or a text could.
    is_plain: bool,
}

/// Fewest cells, and fewest texts, of a column that looks turned.
const MIXED_CELLS_MIN: usize = 3;
const MIXED_TEXTS_MIN: usize = 2;

impl MixedDates {
    fn add_cell(&mut self, date: Date) {
        self.cells += 1;
        self.written.push(date);
        match swapped(date) {
            Some(turned) => self.turned.push(turned),
            None => self.is_plain = true,
        }
    }

    fn add_text(&mut self, text: &str) {
        let Some(written) = DateText::read(text).filter(|written| written.numbers.is_some()) else { return };
        let Some(date) = written.date() else { return };
        self.texts += 1;
        self.is_plain |= written.day <= 12;
        self.written.push(date);
        self.turned.push(date);
    }

    /// Days up to the twelfth are all cells, later ones all texts, and only turned do they run in their order.
    fn look_turned(&self) -> bool {
        let run = |dates: &[Date]| dates.windows(2).all(|pair| pair[0] <= pair[1]);
        !self.is_plain
            && self.cells >= MIXED_CELLS_MIN
            && self.texts >= MIXED_TEXTS_MIN
            && run(&self.turned)
            && !run(&self.written)
    }
}

impl DateColumn {
    /// Looks at the cells of a column; `month` is that of the table.
    pub(in crate::recap) fn from_cells<'c>(
        cells: impl Iterator<Item = (CellRef, &'c CellValue)>,
        from_1904: bool,
        month: Option<Month>,
    ) -> Self {
        let mut column = Self { cells_turn_to: month, texts_turn_to: month, month, ..Self::default() };
        let mut mixed = MixedDates::default();
        for (place, value) in cells {
            match value {
                CellValue::Text(text) => {
                    mixed.add_text(text);
                    column.look_at_text(place, text);
                }
                CellValue::Date(_) | CellValue::Number { .. } => {
                    let Some(date) = true_date(value, from_1904) else { continue };
                    mixed.add_cell(date);
                    if contradicts(date, month) {
                        column.cells_turn_to = None;
                    }
                }
                _ => {}
            }
        }
        // Where the texts prove their order, nothing of them is turned.
        if column.proofs.values().any(|proofs| proofs.day_first.is_some() || proofs.month_first.is_some()) {
            column.texts_turn_to = None;
        }
        column.is_mixed = month.is_none() && mixed.look_turned();
        column
    }

    /// Reports whether a date may be month first: a reading that leaves the title's month is mistyped.
    fn may_be_month_first(&self, written: DateText) -> bool {
        let turned = written.turned().and_then(DateText::date);
        turned.zip(self.month).is_none_or(|(date, month)| Month::from_date(date) == month)
    }

    fn look_at_text(&mut self, place: CellRef, text: &str) {
        let Some(written) = DateText::read(text) else { return };
        let Some((between, second)) = written.numbers.zip(written.month) else { return };
        let proof = || Some(Proof { place, shown: super::squeeze(text) });
        let is_proof = self.may_be_month_first(written);
        let proofs = self.proofs.entry(between).or_default();
        if second > 12 && written.day <= 12 && !is_proof {
            self.texts_turn_to = None;
        } else if second > 12 && written.day <= 12 {
            proofs.month_first = proofs.month_first.take().or_else(proof);
        } else if written.day > 12 && second <= 12 {
            proofs.day_first = proofs.day_first.take().or_else(proof);
        } else if written.day != second && written.date().is_some_and(|date| speaks_for_itself(date, self.month)) {
            self.texts_turn_to = None;
        }
    }

    /// Looks at cells beside the moments at which their rows were sent: nothing is reported before it took place.
    pub(in crate::recap) fn look_at_stamps<'c>(&mut self, cells: impl Iterator<Item = StampedCell<'c>>) {
        for StampedCell { place, text, stamp } in cells {
            let Some(written) = DateText::read(text).filter(|written| !written.is_first) else { continue };
            let Some((between, as_written)) = written.numbers.zip(written.date()) else { continue };
            let Some(turned) = written.turned().and_then(DateText::date).filter(|turned| *turned != as_written) else {
                continue;
            };
            let shown = format!("{}, diisi {}", super::squeeze(text), format::date(stamp));
            let proof = || Some(Proof { place, shown });
            let proofs = self.proofs.entry(between).or_default();
            if as_written > stamp && turned <= stamp {
                proofs.month_first = proofs.month_first.take().or_else(proof);
            } else if turned > stamp && as_written <= stamp {
                proofs.day_first = proofs.day_first.take().or_else(proof);
            } else {
                continue;
            }
            self.texts_turn_to = None;
        }
    }

    /// Takes the order of another column of the table where this one proves none.
    pub(in crate::recap) fn or_order_of(&mut self, other: &Self) {
        for (between, theirs) in &other.proofs {
            let own = self.proofs.entry(*between).or_default();
            let is_silent = own.day_first.is_none() && own.month_first.is_none();
            if is_silent && theirs.month_first.is_some() && theirs.day_first.is_none() {
                own.month_first.clone_from(&theirs.month_first);
                self.texts_turn_to = None;
            }
        }
    }

    /// The date of a cell of the column.
    pub(in crate::recap) fn read(
        &self,
        value: Option<&CellValue>,
        from_1904: bool,
        implied: Option<Implied>,
    ) -> CellReading<Dated> {
        let plain = |value| match implied {
            Some(implied) => date::read_within(value, from_1904, implied),
            None => date::read(value, from_1904),
        };
        match value {
            Some(CellValue::Date(_) | CellValue::Number { .. }) => {
                let Some(date) = plain(value)? else { return Ok(None) };
                if self.is_mixed && date.day() != date.month() {
                    return Err(CellFault { code: IssueCode::InvalidDate, why: turned_round(date) });
                }
                let is_true = value.and_then(|value| true_date(value, from_1904)).is_some();
                Ok(Some(turned_into(date, self.cells_turn_to.filter(|_| is_true))))
            }
            Some(CellValue::Text(text)) => match DateText::read(text) {
                Some(written) => self.read_written(value, written, implied, &plain),
                None => Ok(plain(value)?.map(|date| Dated { date, assumed: None })),
            },
            _ => Ok(plain(value)?.map(|date| Dated { date, assumed: None })),
        }
    }

    fn read_written<'v>(
        &self,
        value: Option<&'v CellValue>,
        written: DateText,
        implied: Option<Implied>,
        plain: &dyn Fn(Option<&'v CellValue>) -> CellReading<Date>,
    ) -> CellReading<Dated> {
        let first = written.is_first.then_some(DateAssumption::FirstOfSeveral);
        let as_written = || Ok(plain(value)?.map(|date| Dated { date, assumed: first }));
        let Some((between, second)) = written.numbers.zip(written.month) else { return as_written() };
        let is_open = written.day <= 12 && second <= 12 && written.day != second;
        let proves_month_first = second > 12 && written.day <= 12 && self.may_be_month_first(written);
        let empty = Proofs::default();
        let proofs = self.proofs.get(&between).unwrap_or(&empty);
        if is_open && let (Some(day), Some(month)) = (&proofs.day_first, &proofs.month_first) {
            return Err(CellFault { code: IssueCode::InvalidDate, why: both_ways(value, day, month) });
        }
        if proves_month_first || is_open && proofs.month_first.is_some() {
            let date = written.turned().and_then(|turned| match (turned.year, implied) {
                (Some(_), _) => turned.date(),
                (None, Some(implied)) => implied.day_of(turned),
                (None, None) => None,
            });
            return match date.filter(|date| date::is_in_range(*date)) {
                Some(date) => Ok(Some(Dated { date, assumed: Some(DateAssumption::MonthFirst) })),
                None => as_written(),
            };
        }
        let turn_to = self.texts_turn_to.filter(|_| written.year.is_some() && is_open && !written.is_first);
        Ok(plain(value)?.map(|date| {
            let dated = turned_into(date, turn_to);
            Dated { assumed: dated.assumed.or(first), ..dated }
        }))
    }

    /// A sentence's middle: why the column is month first.
    pub(in crate::recap) fn month_first_because(&self, value: Option<&CellValue>) -> String {
        let between = value.and_then(CellValue::text).and_then(DateText::read).and_then(|text| text.numbers);
        let proof = between.and_then(|between| self.proofs.get(&between)?.month_first.as_ref());
        proof.map(|proof| format!("{} \"{}\" hanya mungkin bulan dulu", proof.place, proof.shown)).unwrap_or_default()
    }
}

fn turned_round(date: Date) -> String {
    let turned = swapped(date).map(format::date).unwrap_or_default();
    format!(
        "{} mungkin {turned} yang hari dan bulannya ditukar Excel: di kolom ini hari sampai 12 tersimpan sebagai tanggal, yang lain \
         sebagai teks; tulis bulannya dengan huruf, misalnya 12 Mei 2023",
        format::date(date)
    )
}

fn both_ways(value: Option<&CellValue>, day: &Proof, month: &Proof) -> String {
    format!(
        "{} tidak pasti hari atau bulan dulu: di kolom ini {} \"{}\" hari dulu, {} \"{}\" bulan dulu; \
         tulis bulannya dengan huruf, misalnya 12 Mei 2023",
        value.map(quoted).unwrap_or_default(),
        day.place,
        day.shown,
        month.place,
        month.shown
    )
}

/// The date of a cell that Excel itself holds as one.
fn true_date(value: &CellValue, from_1904: bool) -> Option<Date> {
    match value {
        CellValue::Date(date) => Some(*date),
        CellValue::Number { value, .. } => date::from_serial(*value, from_1904),
        _ => None,
    }
}

/// A date with day and month in each other's place.
fn swapped(date: Date) -> Option<Date> {
    NaiveDate::from_ymd_opt(date.year(), date.day(), date.month())
}

/// Reports whether a date out of the month could be turned and yet does not fall into it.
fn contradicts(date: Date, month: Option<Month>) -> bool {
    let is_out = month.is_some_and(|month| Month::from_date(date) != month);
    is_out && swapped(date).is_some_and(|date| month != Some(Month::from_date(date)))
}

/// Reports whether a date of numbers lies in the month as it stands, or in no way: then its column is not turned round.
fn speaks_for_itself(date: Date, month: Option<Month>) -> bool {
    month.is_some_and(|month| Month::from_date(date) == month) || contradicts(date, month)
}

/// A date as it stands, or turned where only so it lies in a month.
fn turned_into(date: Date, month: Option<Month>) -> Dated {
    let out = month.filter(|month| Month::from_date(date) != *month);
    let turned = out.and_then(|month| swapped(date).filter(|date| Month::from_date(*date) == month));
    match turned {
        Some(date) => Dated { date, assumed: Some(DateAssumption::Turned) },
        None => Dated { date, assumed: None },
    }
}

/// The guesses about the dates of a column: the first with its numbers, and their count.
#[derive(Clone, Debug)]
pub(in crate::recap) struct DateAssumptions {
    pub(in crate::recap) place: CellRef,
    shown: String,
    dated: Dated,
    because: String,
    count: u32,
}

impl DateAssumptions {
    pub(in crate::recap) fn first(place: CellRef, value: Option<&CellValue>, dated: Dated, because: String) -> Self {
        Self { place, shown: value.map(quoted).unwrap_or_default(), dated, because, count: 0 }
    }

    pub(in crate::recap) fn count(&mut self) {
        self.count += 1;
    }

    pub(in crate::recap) fn sentence(&self, label: &str) -> String {
        let count = self.count;
        let shown = &self.shown;
        let date = format::date(self.dated.date);
        let remedy = "bila keliru, tulis bulannya dengan huruf, misalnya 12 Mei 2023";
        match self.dated.assumed {
            Some(DateAssumption::MonthFirst) => format!(
                "{label}: {}, maka {count} tanggal di kolom ini dibaca bulan/hari/tahun, misalnya {} {shown} dibaca {date}; {remedy}",
                self.because, self.place
            ),
            Some(DateAssumption::Turned) => format!(
                "{label}: {count} tanggal di luar bulan pada judul menjadi bulan itu bila hari dan bulannya ditukar, maka \
                 dibaca tertukar, misalnya {} {shown} dibaca {date}; {remedy}",
                self.place
            ),
            _ => format!(
                "{label}: {count} sel menyebut beberapa hari, dibaca hari pertamanya, misalnya {} {shown} dibaca {date}; \
                 bila pembinaannya lebih dari satu, tulis satu baris untuk setiap tanggal",
                self.place
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    fn cell(day: &str) -> CellValue {
        CellValue::Date(day.parse().unwrap())
    }

    /// The dates of a column, `?` where one is rejected.
    fn dates(values: &[CellValue], month: Option<Month>) -> Vec<String> {
        let places = (0..).map(|row| CellRef { row, column: 1 });
        let column = DateColumn::from_cells(places.zip(values), false, month);
        let implied = month.map_or(Implied::Year(2025), Implied::Month);
        let read = |value| column.read(Some(value), false, Some(implied));
        values
            .iter()
            .map(|value| match read(value) {
                Ok(dated) => dated.map(|dated| dated.date.to_string()).unwrap_or_default(),
                Err(_) => "?".to_owned(),
            })
            .collect()
    }

    #[test]
    fn one_proof_turns_the_column() {
        let column = ["5/6/2025", "5/8/2025", "5/14/2025", "5/20/2025 14:00:11", "5/9"].map(text);
        assert_eq!(dates(&column, None), ["2025-05-06", "2025-05-08", "2025-05-14", "2025-05-20", "2025-05-09"]);
        let column = ["5/6/2025", "14/6/2025", "12-6-2025"].map(text);
        assert_eq!(dates(&column, None), ["2025-06-05", "2025-06-14", "2025-06-12"]);
        // Another mark is another hand.
        let column = ["05/14/2025", "12 -05- 2025", "3 Mei 2025"].map(text);
        assert_eq!(dates(&column, None), ["2025-05-14", "2025-05-12", "2025-05-03"]);
        let column = ["5/14/2025", "14/5/2025", "5/6/2025", "6/6/2025"].map(text);
        assert_eq!(dates(&column, None), ["2025-05-14", "2025-05-14", "?", "2025-06-06"]);
    }

    #[test]
    fn dates_out_of_the_month_are_turned_into_it() {
        let june = Month::new(2025, 6);
        assert_eq!(dates(&[cell("2025-03-06"), text("17/6/2025")], june), ["2025-06-03", "2025-06-17"]);
        assert_eq!(dates(&[text("6/3/2025"), text("6/4/2025")], june), ["2025-06-03", "2025-06-04"]);
        // A date that is in no way of June: nothing is turned.
        assert_eq!(dates(&[cell("2025-03-06"), cell("2025-03-04")], june), ["2025-03-06", "2025-03-04"]);
        assert_eq!(dates(&[text("6/3/2025"), text("17/6/2025")], june), ["2025-03-06", "2025-06-17"]);
        assert_eq!(dates(&[cell("2025-03-06")], None), ["2025-03-06"]);
        assert_eq!(dates(&[text("6 Maret 2025")], june), ["2025-03-06"]);
    }
}
