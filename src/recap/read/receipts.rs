//! Laporan: how each report came, by its day, by words or by ticks. One reader for months across, another for a row a
//! report; what ticks of both say together is told as a reading.

use std::collections::{BTreeMap, BTreeSet};

use super::row::RowReader;
use super::{Reader, plausible};
use crate::diagnostic::IssueCode;
use crate::domain::records::{CellRef, Field, ReportRow, Sourced};
use crate::domain::{Date, Month, ReportReceipt, format};
use crate::recap::Meant;
use crate::recap::cells::date::{self, Implied};
use crate::recap::cells::done::{self, Numbers};
use crate::recap::cells::mark::{Mark, says_not_yet, yes_no};
use crate::recap::cells::receipt::{TickValue, Ticked, in_words, late, tick};
use crate::recap::cells::{CellFault, CellReading, is_blank, is_dash, quoted, trim};
use crate::recap::colours::fill_at;
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::ReceiptColumns;
use crate::recap::legend::receipts::receipts;
use crate::recap::questions::ASK_CROSSED_REPORTS;
use crate::workbook::CellValue;

/// The way in which the cells of a table are read.
pub(super) struct Manner {
    /// Ticks say how the reports came: a month without any is not received.
    is_by_ticks: bool,
    /// Days say how they came: what has not come yet is blank there.
    is_by_days: bool,
    /// No day is written: a dash is a tick that denies.
    denies_by_dash: bool,
    /// The meaning of a tick that stands alone: a report came, or came in time.
    tick: ReportReceipt,
    /// The meaning of bare numbers.
    numbers: Bare,
    legend: BTreeMap<String, ReportReceipt>,
}

/// The meaning of the bare numbers of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    /// Days, perhaps: of a date without its month nothing is certain.
    Days,
    /// 1 and 0.
    Ticks,
    /// Days by which a report was late.
    DaysLate,
}

/// The day that stands in brackets behind words of how a report came: `tepat (3/2)`. It says more than they do.
fn day_behind_words(value: &CellValue, month: Month) -> Option<Date> {
    let text = value.text()?;
    in_words(text).filter(|receipt| receipt.has_come())?;
    let (_, rest) = text.split_once(['(', '[', ':', ','])?;
    let day = CellValue::Text(rest.trim_end_matches([')', ']', ' ']).trim().into());
    date::read_within(Some(&day), false, Implied::From(month)).ok().flatten()
}

impl Manner {
    fn from_reader(reader: &Reader<'_>, months: &[ReceiptColumns]) -> Self {
        let table = reader.table;
        let says = |words: &[&str]| words.iter().any(|word| table.words.contains(word));
        let is_of_time_alone = says(&["ketepatan", "tepat waktu"])
            && !says(&["kelengkapan", "lengkap", "diterima", "penerimaan", "pengiriman"]);
        let mut manner = Self {
            is_by_ticks: months.iter().any(|month| month.ticks().next().is_some()),
            is_by_days: false,
            denies_by_dash: false,
            tick: if is_of_time_alone { ReportReceipt::InTime } else { ReportReceipt::Came },
            numbers: if says(&["keterlambatan", "hari terlambat", "hari telat"]) { Bare::DaysLate } else { Bare::Days },
            legend: receipts(table.legend.signs().iter()),
        };
        let days: Vec<u32> = months.iter().filter_map(|month| month.day).collect();
        let cells: Vec<&CellValue> = reader.data_cells(&days).collect();
        let has_days = cells.iter().any(|cell| manner.is_day(cell));
        if manner.numbers == Bare::Days && !has_days && done::numbers(cells.iter().copied()) == Some(Numbers::Ticks) {
            manner.numbers = Bare::Ticks;
        }
        let came = |cell: &&CellValue| matches!(manner.undated(cell), Ok(Some(receipt)) if receipt.has_come());
        manner.is_by_ticks |= cells.iter().any(came) || !table.planned_fills.is_empty();
        manner.is_by_days = has_days;
        manner.denies_by_dash = manner.is_by_ticks && !has_days;
        manner
    }

    fn is_day(&self, value: &CellValue) -> bool {
        // No report is due in any certain year.
        self.numbers != Bare::DaysLate
            && matches!(date::read_within(Some(value), false, Implied::Year(2024)), Ok(Some(_)))
    }

    /// Reads a cell without a day; nothing where it says no such thing.
    fn undated(&self, value: &CellValue) -> CellReading<ReportReceipt> {
        let ticked = |yes: bool| match self.tick {
            tick if yes => Ok(Some(tick)),
            ReportReceipt::InTime => Ticked { in_time: Some(false), ..Ticked::default() }.receipt(),
            _ => Ok(Some(ReportReceipt::NotCome)),
        };
        let by_number = |is_positive: bool| match self.numbers {
            Bare::Days => Ok(None),
            Bare::Ticks => ticked(is_positive),
            Bare::DaysLate => Ok(Some(if is_positive { ReportReceipt::Late } else { ReportReceipt::InTime })),
        };
        match value {
            CellValue::Text(text) if is_dash(text) => {
                if self.denies_by_dash {
                    ticked(false)
                } else {
                    Ok(None)
                }
            }
            CellValue::Text(text) => {
                let sign = trim(text);
                if let Some(receipt) = self.legend.get(&sign.to_lowercase()) {
                    return Ok(Some(*receipt));
                }
                if let Some(receipt) = in_words(text) {
                    return Ok(Some(receipt));
                }
                let number: Option<u32> = sign.parse().ok();
                match (number, yes_no(Some(value))?) {
                    (Some(number), _) => by_number(number > 0),
                    (None, Some(Mark::Yes)) => ticked(true),
                    (None, Some(Mark::No)) if self.is_by_ticks => ticked(false),
                    _ => Ok(None),
                }
            }
            CellValue::Number { value, percent: false } if *value >= 0.0 => by_number(*value > 0.0),
            CellValue::Bool(yes) => ticked(*yes),
            _ => Ok(None),
        }
    }

    /// A cell that may hold the day on which the report on `month` came.
    fn dated(&self, value: Option<&CellValue>, month: Month, from_1904: bool) -> CellReading<ReportReceipt> {
        if is_blank(value) {
            return Ok(None);
        }
        if let Some(day) = value.and_then(|value| day_behind_words(value, month)) {
            return Ok(Some(ReportReceipt::Day(day)));
        }
        if let Some(receipt) = value.map(|value| self.undated(value)).transpose()?.flatten() {
            let is_blank = self.is_by_days && receipt == ReportReceipt::NotCome;
            return Ok(Some(receipt).filter(|_| !is_blank));
        }
        // A bare day may be one of this month or of the next.
        let reading = date::read_within(value, from_1904, Implied::From(month));
        let Err(fault) = reading else { return Ok(reading?.map(ReportReceipt::Day)) };
        if fault.code != IssueCode::InvalidDate || !self.is_by_ticks {
            return Err(fault);
        }
        let why = format!(
            "{} bukan tanggal dan bukan tanda yang dikenal; tulis tanggal terimanya, atau √, Tepat waktu, Terlambat atau Belum",
            value.map(quoted).unwrap_or_default()
        );
        Err(CellFault { code: IssueCode::UnknownValue, why })
    }

    /// Reads all cells of the report on `month`.
    fn receipt(
        &self,
        row: &RowReader<'_, '_>,
        columns: &ReceiptColumns,
        month: Month,
    ) -> Result<Option<ReceiptFound>, Fail> {
        let from_1904 = row.reader.table.counts_from_1904;
        let mut cells = Vec::new();
        if let Some(column) = columns.day {
            let place = row.place_in(column);
            let told = match fill_said(row, place).and_then(Meant::receipt) {
                None => self.dated(row.value_in(column), month, from_1904).map_err(|fault| Fail { place, fault })?,
                by_colour => by_colour,
            };
            if let Some(receipt) = told {
                let fields = match receipt {
                    ReportReceipt::Day(_) => vec![(Field::ReceivedOn, place)],
                    ReportReceipt::Came => vec![(Field::Complete, place)],
                    _ => vec![(Field::Complete, place), (Field::InTime, place)],
                };
                return Ok(Some(ReceiptFound { month, receipt, cells: fields }));
            }
        }
        let mut ticked = Ticked::default();
        let mut is_not_yet = false;
        let mut first = None;
        let parts = [(columns.complete, Tick::Complete), (columns.in_time, Tick::InTime), (columns.late, Tick::Late)];
        for (column, part) in parts.into_iter().filter_map(|(column, part)| Some((column?, part))) {
            let place = row.place_in(column);
            let value = row.value_in(column);
            if let Ok(Some(date)) = date::read(value.filter(|value| matches!(value, CellValue::Date(_))), from_1904) {
                let cells = vec![(Field::ReceivedOn, place)];
                return Ok(Some(ReceiptFound { month, receipt: ReportReceipt::Day(date), cells }));
            }
            let said = match fill_said(row, place) {
                Some(Meant::Done) => Ok(Some(TickValue::Tick(true))),
                Some(Meant::Not) => Ok(Some(TickValue::Tick(false))),
                Some(meant) => Ok(meant.receipt().map(TickValue::Receipt)),
                None if part == Tick::Late => late(value),
                None => tick(value),
            };
            let Some(said) = said.map_err(|fault| Fail { place, fault })? else { continue };
            first.get_or_insert(place);
            cells.push((if part == Tick::Complete { Field::Complete } else { Field::InTime }, place));
            let asked = match part {
                Tick::Complete => &mut ticked.complete,
                Tick::InTime => &mut ticked.in_time,
                Tick::Late => &mut ticked.late,
            };
            match said {
                TickValue::Tick(yes) => *asked = Some(yes),
                TickValue::Receipt(ReportReceipt::Late) => ticked.late = Some(true),
                TickValue::Receipt(ReportReceipt::InTime) => ticked.in_time = Some(true),
                TickValue::Receipt(ReportReceipt::NotCome) => {
                    is_not_yet = true;
                    *asked = Some(false);
                }
                TickValue::Receipt(_) => _ = ticked.complete.get_or_insert(true),
            }
        }
        let Some(place) = first else { return Ok(None) };
        if is_not_yet && ticked.complete.is_none() && ticked.in_time != Some(true) && ticked.late != Some(true) {
            ticked.complete = Some(false);
        }
        let receipt = ticked.receipt().map_err(|fault| Fail { place, fault })?;
        Ok(receipt.map(|receipt| ReceiptFound { month, receipt, cells: of_both(&cells, receipt) }))
    }
}

/// The meaning of a blank cell's colour, as somebody said it.
fn fill_said(row: &RowReader<'_, '_>, place: CellRef) -> Option<Meant> {
    let table = row.reader.table;
    let is_in = |cells: &[CellRef]| cells.binary_search(&place).is_ok();
    let is_said = is_in(&table.planned_fills) || is_in(&table.denied_fills);
    let is_told = is_said && is_blank(row.value_in(place.column));
    is_told.then(|| table.colour_said(fill_at(table.sheet, place)?)).flatten()
}

/// The tick that a column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tick {
    Complete,
    InTime,
    Late,
}

/// A report as it was read, with its cells.
struct ReceiptFound {
    month: Month,
    receipt: ReportReceipt,
    cells: Vec<(Field, CellRef)>,
}

/// A cell that cannot be read.
struct Fail {
    place: CellRef,
    fault: CellFault,
}

/// The cells of what a receipt ticks: one that no column holds follows from the other's.
fn of_both(cells: &[(Field, CellRef)], receipt: ReportReceipt) -> Vec<(Field, CellRef)> {
    let ticks = receipt.ticks();
    let of = |field: Field| cells.iter().find(|(known, _)| *known == field).or(cells.first()).map(|(_, place)| *place);
    let ticked = [(Field::Complete, ticks.complete), (Field::InTime, ticks.in_time)];
    ticked.into_iter().filter_map(|(field, said)| said.and(of(field)).map(|place| (field, place))).collect()
}

/// The ticks of a table, counted.
#[derive(Default)]
struct TickTotals {
    in_time: u32,
    late: u32,
    came: u32,
    not_come: u32,
}

impl TickTotals {
    fn from_rows(rows: &[Sourced<ReportRow>]) -> Self {
        let mut told = Self::default();
        for row in rows {
            match row.record.received {
                ReportReceipt::Day(_) => {}
                ReportReceipt::InTime => told.in_time += 1,
                ReportReceipt::Late => told.late += 1,
                ReportReceipt::Came => told.came += 1,
                ReportReceipt::NotCome => told.not_come += 1,
            }
        }
        told
    }

    /// The sentence about them; none where there are none.
    fn sentence(&self) -> Option<String> {
        let counted = [
            (self.in_time, "tepat waktu"),
            (self.late, "terlambat"),
            (self.came, "diterima tanpa diketahui tepat waktu atau tidak"),
            (self.not_come, "belum diterima"),
        ];
        let counted: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{} {words}", format::count(f64::from(count))))
            .collect();
        if counted.is_empty() {
            return None;
        }
        let mut sentence = format!("laporan dibaca dari tandanya, tanpa tanggal: {}", counted.join(", "));
        if self.late > 0 {
            sentence.push_str("; yang terlambat dihitung masuk sejak sehari sesudah jatuh temponya");
        }
        if self.came > 0 {
            sentence.push_str(
                "; yang tidak diketahui waktunya dihitung lengkap dan tidak ikut dihitung pada ketepatan, tulis Tepat \
                 waktu atau Terlambat bila diketahui",
            );
        }
        Some(sentence)
    }
}

/// Months in which something is ticked.
#[derive(Default)]
struct Marked {
    all: BTreeSet<Month>,
    /// Those in which some report came.
    came: BTreeSet<Month>,
    /// Those in which words deny that one came.
    denied: BTreeSet<Month>,
}

/// Reports whether crosses are the only marks, so that they may say either.
fn has_crosses_alone(reader: &Reader<'_>, months: &[ReceiptColumns], manner: &Manner) -> bool {
    let columns: Vec<u32> = months.iter().flat_map(ReceiptColumns::all).collect();
    let cells = || reader.data_cells(&columns);
    let says_yes = |cell: &CellValue| {
        manner.is_day(cell)
            || matches!(tick(Some(cell)), Ok(Some(TickValue::Tick(true))))
            || cell.text().and_then(in_words).is_some()
            || cell.text().is_some_and(|text| manner.legend.contains_key(&trim(text).to_lowercase()))
    };
    cells().any(done::is_cross) && !cells().any(says_yes)
}

/// The reports on the months of a year: months stand across, each with one column or several.
pub(super) fn across(reader: &mut Reader<'_>, months: &[ReceiptColumns]) -> Vec<Sourced<ReportRow>> {
    let year = reader.table.received.year();
    let manner = Manner::from_reader(reader, months);
    if has_crosses_alone(reader, months, &manner) {
        reader.error(reader.table.heading.anchor, IssueCode::UnknownValue, ASK_CROSSED_REPORTS.to_owned());
        reader.each_row(&mut |row| row.refuse());
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    let mut marked = Marked::default();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let faults = row.faults();
        let mut found = Vec::new();
        for columns in months {
            let Some(month) = Month::new(year, columns.month) else { continue };
            if columns.all().any(|column| is_denied_in_words(row.value_in(column))) {
                marked.denied.insert(month);
            }
            let places: Vec<CellRef> = columns.all().map(|column| row.place_in(column)).collect();
            if places.into_iter().any(|place| row.reader.is_struck_month(place)) {
                marked.all.insert(month);
                continue;
            }
            match manner.receipt(row, columns, month) {
                Ok(one) => found.extend(one.filter(|one| is_plausible(row, one))),
                Err(Fail { place, fault }) => {
                    marked.all.insert(month);
                    row.wrong(place, format::month_name(month), &fault);
                }
            }
        }
        marked.all.extend(found.iter().map(|one| one.month));
        marked.came.extend(found.iter().filter(|one| one.receipt.has_come()).map(|one| one.month));
        let Some(facility) = facility else { return };
        let is_whole = manner.is_by_ticks || row.faults() == faults;
        if found.iter().any(|one| seen.contains(&(facility.clone(), one.month))) {
            row.duplicate("laporan bulan yang sama untuk nama ini");
            return;
        }
        // A wrong day rejects its row, a wrong tick its month.
        if !is_whole {
            return;
        }
        for ReceiptFound { month, receipt, cells } in found {
            seen.insert((facility.clone(), month));
            let cells = name_cells.iter().copied().chain(cells).collect();
            rows.push(Sourced { record: ReportRow { facility: facility.clone(), month, received: receipt }, cells });
        }
    });
    if manner.is_by_ticks {
        settle_months(reader, &mut rows, &marked, months);
    }
    rows
}

/// Reports whether a report may have come then; a day that cannot be is named, and its month alone goes.
fn is_plausible(row: &mut RowReader<'_, '_>, found: &ReceiptFound) -> bool {
    let fault = found.receipt.day().and_then(|day| plausible::report_day(found.month, day));
    let Some((fault, (_, place))) = fault.zip(found.cells.first()) else { return true };
    let message = format!("{}: {}", format::month_name(found.month), fault.why);
    row.reader.error(*place, fault.code, message);
    false
}

fn is_denied_in_words(value: Option<&CellValue>) -> bool {
    value.and_then(CellValue::text).and_then(in_words) == Some(ReportReceipt::NotCome)
}

/// Takes out the months behind the last one of which a report came: what ticks deny there has not been asked for yet. Says
/// which months of a table by ticks count as received.
fn settle_months(
    reader: &mut Reader<'_>,
    rows: &mut Vec<Sourced<ReportRow>>,
    marked: &Marked,
    months: &[ReceiptColumns],
) {
    let last = marked.came.last().copied();
    let is_within = |month: &Month| last.is_some_and(|last| *month <= last) || marked.denied.contains(month);
    rows.retain(|row| is_within(&row.record.month));
    let received: Vec<Month> = marked.all.iter().copied().filter(is_within).collect();
    let year = reader.table.received.year();
    let across = months.iter().filter_map(|columns| Month::new(year, columns.month));
    let without: Vec<&str> = across.filter(|month| !received.contains(month)).map(format::month_name).collect();
    let told = TickTotals::from_rows(rows).sentence();
    let about_months = (!without.is_empty() && told.is_some())
        .then(|| format!("; bulan yang belum bertanda (laporan {}) dianggap belum direkap", without.join(", ")));
    if let Some(told) = told {
        reader.reading(reader.table.heading.anchor, format!("{told}{}", about_months.unwrap_or_default()));
    }
    // A report is due in the month after.
    reader.due_months = Some(received.into_iter().map(|month| month.plus(1)).collect());
}

/// The manner of a table with a row a report, and its columns.
pub(super) struct Down {
    manner: Manner,
    columns: ReceiptColumns,
}

impl Down {
    /// Of the table that is read.
    pub(super) fn from_reader(reader: &Reader<'_>) -> Self {
        let place = |column: ColumnMeaning| reader.places.get(column as usize).copied().flatten();
        let columns = ReceiptColumns {
            month: 0,
            day: place(ColumnMeaning::ReceivedOn),
            complete: place(ColumnMeaning::Complete),
            in_time: place(ColumnMeaning::InTime),
            late: place(ColumnMeaning::Late),
        };
        let mut manner = Manner::from_reader(reader, &[columns]);
        manner.is_by_days |= columns.day.is_some();
        Self { manner, columns }
    }

    /// Reports whether a row says nothing: a form with the names or the months filled in beforehand.
    pub(super) fn is_silent(&self, row: &RowReader<'_, '_>) -> bool {
        let is_nothing = |column: u32| {
            let value = row.value_in(column);
            let is_dash = value.and_then(CellValue::text).is_some_and(is_dash);
            is_blank(value) || is_dash && !self.manner.denies_by_dash
        };
        self.columns.all().all(is_nothing)
    }

    /// Reports whether a row says only that nothing came.
    pub(super) fn is_denied(&self, row: &RowReader<'_, '_>) -> bool {
        let denies = |column: u32| {
            let value = row.value_in(column);
            is_blank(value) || value.and_then(CellValue::text).is_some_and(says_not_yet)
        };
        self.columns.all().all(denies)
    }

    /// Reads the report on `month` and notes its cells; faults are named.
    pub(super) fn receipt(&self, row: &mut RowReader<'_, '_>, month: Month) -> Option<ReportReceipt> {
        match self.manner.receipt(row, &self.columns, month) {
            Ok(found) => {
                let ReceiptFound { receipt, cells, .. } = found?;
                for (field, place) in cells {
                    row.note(field, place);
                }
                Some(receipt)
            }
            Err(Fail { place, fault }) => {
                row.wrong(place, Field::ReceivedOn.label(), &fault);
                None
            }
        }
    }

    /// The first of its columns: where it is said that a cell lacks.
    pub(super) fn first(&self) -> Option<u32> {
        self.columns.all().next()
    }

    /// Reports whether ticks say how its reports came.
    pub(super) fn is_by_ticks(&self) -> bool {
        self.manner.is_by_ticks
    }

    /// Tells what its ticks came to.
    pub(super) fn tell(&self, reader: &mut Reader<'_>, rows: &[Sourced<ReportRow>]) {
        if let Some(told) = TickTotals::from_rows(rows).sentence().filter(|_| self.is_by_ticks()) {
            reader.reading(reader.table.heading.anchor, told);
        }
    }
}
