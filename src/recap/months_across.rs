//! The kind of a table with months across, by its title and its cells. Reads no fact.

use std::collections::BTreeMap;

use super::banner::Banner;
use super::cells::{self, is_blank};
use super::heading_plan::calls_a_plan;
use super::layout::Heading;
use super::legend::persons::{PersonLegend, is_of_initials};
use super::legend::receipts::receipts;
use super::legend::signs::{Signs, is_symbol};
use super::legend::{Legend, begins_notes};
use super::questions::{ASK_DENOMINATOR, ASK_DONE, ASK_PLAN_MARKS, ASK_RECEIVED, ASK_SORT, OTHER_SORTS};
use super::sum_rows::{is_signed, is_sum};
use crate::domain::name::plain_words;
use crate::domain::{Month, Table};
use crate::workbook::{CellValue, Row};

/// Cells of a table that are looked at to tell its kind.
const CELLS_LOOKED_AT: usize = 2_000;

/// The rows below a heading with months across.
pub(super) struct RowsBelowMonths<'s> {
    pub(super) rows: &'s [Row],
    /// First and last row of each repetition of the heading.
    pub(super) repeated: &'s [(u32, u32)],
    pub(super) legend: &'s Legend<'s>,
}

/// Tells tables with months across apart by banner and cells; `None` where that is not enough.
pub(super) fn table_of_months(
    banner: &Banner,
    heading: &Heading,
    months: &[(u32, u32)],
    below: &RowsBelowMonths<'_>,
) -> Option<Table> {
    let RowsBelowMonths { rows: all, repeated, legend } = *below;
    let mut cells = MonthCells { persons: PersonLegend::among(legend.signs_among(all)), ..MonthCells::default() };
    // Column numbers, repeated headings, sums and signatures say nothing of what the cells hold.
    let is_repeated = |row: u32| repeated.iter().any(|(first, last)| (*first..=*last).contains(&row));
    let is_named = |row: &&Row| {
        let name = heading.key_column().and_then(|column| row.get(column)).and_then(CellValue::text);
        name.is_some_and(|name| name.chars().any(char::is_alphabetic))
            && !is_sum(row, heading)
            && !is_repeated(row.index)
    };
    let rows = all.iter().take_while(|row| !is_signed(row, heading) && !begins_notes(row, heading)).filter(is_named);
    let signs = Signs::from_legend(legend, std::iter::empty());
    let legend = if banner.words.contains("laporan") { receipts(legend.signs_among(all)) } else { BTreeMap::new() };
    let values = rows.flat_map(|row| months.iter().filter_map(|(month, column)| Some((*month, row.get(*column)?))));
    for (month, value) in values.filter(|(_, value)| !is_blank(Some(value))).take(CELLS_LOOKED_AT) {
        let sign = value.text().map(|text| cells::trim(text).to_lowercase());
        if sign.is_some_and(|sign| legend.contains_key(&sign)) {
            cells.receipts += 1;
        } else if signs.meaning(Some(value)).is_some() {
            cells.marks += 1;
        } else {
            cells.count(value, month);
        }
    }
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    let is_plan_of_visits =
        (says(&["rencana"]) || calls_a_plan(&banner.words)) && says(&["pembinaan", "kunjungan", "supervisi"]);
    let is_plan = says(&["jadwal"]) || is_plan_of_visits && !says(&["realisasi", "pelaksanaan", "capaian"]);
    let is_report = says(&["laporan"]);
    let is_absence_of_reports = is_report && says(&["absensi", "absen", "daftar hadir"]);
    let is_attendance = says(&["kehadiran", "daftar hadir", "absensi", "absen "]) && !is_absence_of_reports;
    let is_lokmin = is_attendance || says(&["lokmin", "lokakarya", "minlok", "minilok", "lokbul", "loktri"]);
    let is_received = is_absence_of_reports
        || is_report && says(&["diterima", "penerimaan", "ketepatan", "keterlambatan", "kelengkapan", "pengiriman"]);
    // A report about what was done ticks what was done.
    let is_of_doing = says(&["pembinaan", "kunjungan", "supervisi", "kegiatan", "realisasi", "pelaksanaan"]);
    let may_tick_reports = is_received || is_report && !is_of_doing;
    let MonthCells { dates, dates_within, days, mut marks, receipts, mut others, initials, persons_named, .. } = cells;
    *(if is_lokmin { &mut marks } else { &mut others }) += persons_named;
    // Words of a report that came, or did not, are of no other table.
    *(if is_report { &mut marks } else { &mut others }) += receipts;
    // Who goes there plans it as a mark does; elsewhere nobody knows what such letters are.
    *(if is_plan && says(&["jadwal"]) { &mut marks } else { &mut others }) += initials;
    if banner.indicator.is_some() || others > dates + days + marks {
        return None;
    }
    let is_done = || done_said(banner, days + dates > marks);
    if let Some(is_coaching) = if is_plan_of_visits { None } else { is_done() } {
        let is_within = dates <= marks + days || dates_within * 2 > dates;
        return (is_coaching && is_within && dates + days + marks > 0).then_some(Table::Visits);
    }
    let marked = match (is_plan, is_lokmin) {
        (true, false) => Some(Table::Schedule),
        (false, true) => Some(Table::Lokmin),
        _ => None,
    };
    if dates > marks + days {
        let may_be_report = !is_plan && !is_attendance || is_report;
        // A plan or an attendance of days: most stand under their own month.
        let is_marked = || dates_within * 2 > dates;
        return if may_be_report { Some(Table::MonthlyReports) } else { marked.filter(|_| is_marked()) };
    }
    match marked {
        Some(table) if marks + days > 0 || !is_report => Some(table),
        None if is_report && !is_plan && !is_lokmin && days + marks == 0
            || is_received && days > marks
            || may_tick_reports && !is_plan && marks >= days && marks > 0 =>
        {
            Some(Table::MonthlyReports)
        }
        _ => None,
    }
}

/// Returns none where a title says nothing of what was done, else whether it is clear that this was coaching. A number
/// of visits (of patients) looks like a day: below `kunjungan` alone days are not believed.
fn done_said(banner: &Banner, is_of_days: bool) -> Option<bool> {
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    let is_coaching = says(&["pembinaan", "supervisi"]);
    let is_visit = says(&["kunjungan"]);
    let is_done = says(&["realisasi", "pelaksanaan"]);
    if !is_coaching && !is_visit && !is_done || says(&OTHER_SORTS) {
        return None;
    }
    let is_of_patients = says(&["pasien", "balita", "bayi", "neonatus", "ibu hamil", "rumah"]);
    let is_of_network = says(&["jejaring", "jaringan", "faskes", "fasyankes"]);
    Some((is_coaching || is_visit && !is_of_days || is_done && is_of_network) && !is_of_patients)
}

/// Returns the question about a table of months that is none of the known ones: one of what was done must not become a
/// plan.
pub(super) fn sort_asked(banner: &Banner) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    if banner.indicator.is_some() {
        return ASK_DENOMINATOR;
    }
    let is_of_reports = says(&["laporan"])
        && says(&[
            "kelengkapan",
            "ketepatan",
            "penerimaan",
            "diterima",
            "pengiriman",
            "laporan bulanan",
            "rekap laporan",
        ]);
    if is_of_reports && !says(&["jadwal", "hadir"]) {
        return ASK_RECEIVED;
    }
    // The title says already that these are figures of an indicator: what lacks is of whom.
    if banner.indicator.is_some() {
        return ASK_DENOMINATOR;
    }
    let is_done = says(&["pembinaan", "kunjungan", "supervisi", "realisasi", "pelaksanaan"]);
    if is_done && !says(&OTHER_SORTS) {
        ASK_DONE
    } else if says(&["jadwal"]) && !says(&["laporan", "hadir", "capaian", "cakupan"]) {
        ASK_PLAN_MARKS
    } else {
        ASK_SORT
    }
}

/// The cells below months, counted by what they hold.
#[derive(Default)]
struct MonthCells {
    dates: usize,
    /// Those of them that lie in the month above.
    dates_within: usize,
    /// Days of the month above, without it.
    days: usize,
    marks: usize,
    /// Words that say how a report came.
    receipts: usize,
    /// Persons who came to a meeting.
    persons_named: usize,
    /// Short words in capital letters, and weeks: of persons and when, in a plan.
    initials: usize,
    others: usize,
    /// Letters that a legend explains as persons.
    persons: PersonLegend,
}

impl MonthCells {
    fn count(&mut self, value: &CellValue, month: u32) {
        let is_mark = |mark: cells::CellReading<cells::mark::Mark>| {
            matches!(mark, Ok(Some(cells::mark::Mark::Yes | cells::mark::Mark::No)))
        };
        // No day is too many for the month of a leap year.
        let any_year = cells::date::Implied::Year(2024);
        let is_day = || Month::new(2024, month).is_some_and(|month| cells::date::is_day_of(Some(value), month, false));
        // A dash is no in an attendance and nothing elsewhere.
        let is_nothing = |text: &str| cells::is_dash(text) || text.contains(' ') && cells::mark::says_not_yet(text);
        if value.text().is_some_and(is_nothing) {
            return;
        }
        let is_symbol = value.text().is_some_and(|text| is_symbol(cells::trim(text)));
        if is_symbol || is_mark(cells::mark::planned(Some(value))) || is_mark(cells::mark::attended(Some(value))) {
            self.marks += 1;
        } else if let Ok(Some(date)) = cells::date::read_within(Some(value), false, any_year) {
            self.dates += 1;
            self.dates_within += usize::from(Month::from_date(date).month() == month);
        } else if is_day() {
            self.days += 1;
        } else if value.text().and_then(cells::receipt::in_words).is_some() {
            self.receipts += 1;
        } else if value.text().is_some_and(cells::person_named::names_who_came) {
            self.persons_named += 1;
        } else {
            let is_initials = value
                .text()
                .map(cells::trim)
                .is_some_and(|text| is_of_initials(text) || is_week_named(text) || self.persons.explains(text));
            self.others += usize::from(!is_initials);
            self.initials += usize::from(is_initials);
        }
    }
}

/// Reports whether a text is a week of the month: `Minggu II`, `M3`, `mgg 1 & 2`.
pub(super) fn is_week_named(text: &str) -> bool {
    let words = plain_words(text);
    let rest = ["minggu", "mgg", "pekan", "mg", "m", "w"].iter().find_map(|word| words.strip_prefix(word));
    let rest = rest.map(|rest| rest.trim().trim_start_matches("ke ").to_owned()).filter(|rest| !rest.is_empty());
    let is_number = |word: &str| ["1", "2", "3", "4", "5", "i", "ii", "iii", "iv", "v", "dan"].contains(&word);
    rest.is_some_and(|rest| rest.split(' ').all(is_number))
}
