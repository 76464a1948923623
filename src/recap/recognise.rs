//! From sheets to tables: headings cut a sheet into tables, banners say whose and of when they are.

use super::banner::{Banner, Line, NamedPeriod, puskesmas_in_name};
use super::calendar::{Dated, Settled};
use super::cells::number::Dot;
use super::facility_words::{has_titles_of_facilities, is_facility};
use super::fills::{Fills, fills};
use super::heading::Column;
use super::indicator_lists::{list_of, target_of_year};
use super::layout::{Figure, Heading, Lacking, Layout, follow_ups_beside};
use super::leftover::blocks;
use super::months_across::table_of_months;
use super::period::{Decided, Missing, Sources, decide};
use super::plan_rows::PlanRows;
use super::profile::{Hints, Likely, likely};
use super::questions::{
    ASK_COUNTS, ASK_DENOMINATOR, ASK_DISTRICT, ASK_FACILITY, ASK_LIST, ASK_MONTH, ASK_MONTHS, ASK_RECEIVED,
    ASK_REPORT_MONTH, ASK_TARGET, ASK_VISIT_ROWS, ASK_YEAR, sort_asked,
};
use super::sections::{BANNER_ROWS, Section, sections as cut};
use super::signatures::signatures;
use super::{FoundTable, Recognised, SheetNote, cells, notices};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::facts::LokminSort;
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::domain::records::{CellRef, column_letters};
use crate::domain::{Received, Table};
use crate::workbook::{CellValue, Row, Sheet, Visibility, Workbook};

/// Finds the tables of a workbook by their headings, whatever the sheets are called and wherever they stand.
pub fn recognise(workbook: &Workbook) -> Recognised<'_> {
    recognise_with(workbook, &Hints::default())
}

/// The same, with what people said about its forms and sheets: that goes before what the headings tell.
pub fn recognise_with<'w>(workbook: &'w Workbook, hints: &Hints) -> Recognised<'w> {
    let mut found = Recognised { tables: Vec::new(), sheets: Vec::new(), signatures: Vec::new(), issues: Vec::new() };
    let mut titles: Vec<String> = Vec::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_notes()) {
        let mut note =
            SheetNote { name: sheet.name.clone(), hidden: sheet.visibility == Visibility::Hidden, tables: Vec::new() };
        if is_set_apart(sheet) {
            found.sheets.push(note);
            continue;
        }
        if note.hidden {
            found.issues.push(issue(
                sheet,
                None,
                (IssueCode::HiddenSheet, Severity::Warning),
                "lembar ini tersembunyi dan tidak dibaca; tampilkan di Excel (Unhide) lalu impor lagi bila isinya perlu".to_owned(),
            ));
        } else {
            let mut reading =
                SheetReading { workbook, sheet, hints, found: &mut found, note: &mut note, titles: &mut titles };
            reading.tables();
        }
        found.sheets.push(note);
    }
    name_the_nameless(&mut found.tables, &titles);
    found
}

/// Sheets without a known heading of which it is guessed what they are.
const GUESSED_SHEETS_MAX: usize = 20;

/// First words of sheets that hold no data by their own account: examples, help, lists behind drop-downs.
const SET_APART: [&str; 3] = ["contoh pengisian", "petunjuk pengisian", "daftar pilihan"];

/// Whether a sheet's first row begins by saying that it is not to be read.
fn is_set_apart(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().and_then(|row| row.cells.first()).and_then(|cell| cell.value.text());
    let words = first.map(plain_words).unwrap_or_default();
    SET_APART.iter().any(|mark| words == *mark)
}

/// Names of Puskesmas that stand above the rows of the sheets, as written: whose forms may be looked for.
pub fn puskesmas_named(workbook: &Workbook) -> Vec<String> {
    let visible = workbook.sheets.iter().filter(|sheet| sheet.visibility == Visibility::Visible);
    visible.filter_map(|sheet| Banner::read(sheet.rows.iter().take(BANNER_ROWS).map(Line::whole)).puskesmas).collect()
}

/// Months as the layout can have them.
fn fitting(said: Received, is_yearly: bool) -> Received {
    if is_yearly { Received::Year(said.year()) } else { said }
}

fn issue(sheet: &Sheet, cell: Option<CellRef>, (code, severity): (IssueCode, Severity), message: String) -> Issue {
    let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
    Issue { sheet: sheet.name.clone(), cell, code, severity, message }
}

/// A sheet without a Puskesmas in its banner belongs to the one that its workbook names elsewhere.
fn name_the_nameless(tables: &mut [FoundTable<'_>], titles: &[String]) {
    let mut keys: Vec<String> = titles.iter().map(|name| puskesmas_key(name)).collect();
    keys.sort();
    keys.dedup();
    let ([_], Some(name)) = (keys.as_slice(), titles.first()) else { return };
    for table in tables.iter_mut().filter(|table| table.table != Table::Clusters) {
        table.puskesmas.get_or_insert_with(|| name.clone());
    }
}

/// The facility that something above a table names; none where its rows name theirs, or titles between them do.
struct NamedAbove(Option<(String, CellRef)>);

struct SheetReading<'r, 'w> {
    workbook: &'w Workbook,
    sheet: &'w Sheet,
    hints: &'r Hints,
    found: &'r mut Recognised<'w>,
    note: &'r mut SheetNote,
    titles: &'r mut Vec<String>,
}

impl<'w> SheetReading<'_, 'w> {
    fn tables(&mut self) {
        let mut sections = cut(self.sheet, &self.hints.profiles);
        let may_guess = sections.is_empty() && self.unknown_sheets() < GUESSED_SHEETS_MAX;
        let likely = if may_guess { likely(self.sheet) } else { Likely::Nothing };
        if let Likely::Whole(profile, place, told) = &likely {
            sections = cut(self.sheet, std::slice::from_ref(profile));
            let kind = (IssueCode::Reading, Severity::Warning);
            self.found.issues.push(issue(self.sheet, Some(*place), kind, told.clone()));
        }
        if sections.is_empty() {
            let banner = Banner::read(self.sheet.rows.iter().take(BANNER_ROWS).map(Line::whole));
            self.titles.extend(banner.puskesmas);
            if !self.sheet.rows.is_empty() {
                let advice = match likely {
                    Likely::Lacks(near) => near,
                    _ => "pakai judul kolom templat bila ada data di sini".to_owned(),
                };
                let message = format!("tidak ada tabel yang dikenali di lembar ini, jadi tidak dibaca; {advice}");
                self.found.issues.push(issue(self.sheet, None, (IssueCode::UnknownTable, Severity::Warning), message));
            }
            return;
        }
        let ends: Vec<u32> = sections.iter().map(|section| section.last_row).collect();
        self.found.signatures.extend(signatures(self.sheet, &ends));
        self.notices(&sections);
        for section in sections {
            let is_of_many = section.heading.table == Some(Table::Clusters);
            self.titles.extend(section.banner.puskesmas.clone().filter(|_| !is_of_many));
            let words = section.banner.words.clone();
            if let Some(table) = self.table(section).and_then(|table| self.with_fills(table, &words)) {
                self.tell_sentences(&table.heading);
                let beside = self.follow_ups_beside(&table);
                self.note.tables.push(table.table);
                let done = done_below(&table);
                self.found.tables.push(table);
                if let Some(done) = done {
                    self.note.tables.push(done.table);
                    self.found.tables.push(done);
                }
                if let Some(beside) = beside {
                    self.tell_sentences(&beside.heading);
                    self.note.tables.push(beside.table);
                    self.found.tables.push(beside);
                }
            }
        }
    }

    fn unknown_sheets(&self) -> usize {
        self.found.issues.iter().filter(|issue| issue.code == IssueCode::UnknownTable).count()
    }

    fn plan_rows(&self, heading: &Heading, last_row: u32) -> Option<PlanRows> {
        PlanRows::find(heading, self.rows_below(heading, last_row))
    }

    /// Tells that rows of what was done are apart from the plan.
    fn tell_plan_rows(&mut self, rows: &PlanRows, heading: &Heading) {
        let place = Some(CellRef { row: heading.bottom, column: rows.column });
        let column = column_letters(rows.column);
        let message = format!(
            "baris rencana dan baris pelaksanaan dibedakan menurut kolom {column}; yang dibaca sebagai jadwal baris rencananya"
        );
        self.found.issues.push(issue(self.sheet, place, (IssueCode::Reading, Severity::Warning), message));
    }

    /// Tells which headings were known by the words of a sentence.
    fn tell_sentences(&mut self, heading: &Heading) {
        let mut said = Vec::new();
        let mut first = None;
        for (column, place) in heading.columns.iter().filter(|(_, place)| heading.sentences.contains(place)) {
            let Some((cell, text)) = heading.texts(self.sheet, *place).pop() else { continue };
            first.get_or_insert(cell);
            said.push(format!("\"{}\" sebagai {}", cells::squeeze(&text), column.label()));
        }
        if said.is_empty() {
            return;
        }
        let message = format!(
            "judul kolom dibaca menurut kata-katanya: {}; bila keliru, jelaskan kolomnya di halaman Impor",
            said.join(", ")
        );
        self.found.issues.push(issue(self.sheet, first, (IssueCode::Reading, Severity::Warning), message));
    }

    /// The follow-ups that stand in the rows of a table of visits.
    fn follow_ups_beside(&mut self, visits: &FoundTable<'w>) -> Option<FoundTable<'w>> {
        if visits.table != Table::Visits || visits.heading.layout != Layout::Columns {
            return None;
        }
        let heading = follow_ups_beside(self.sheet, &visits.heading)?;
        let column = *heading.columns.get(&Column::Item)?;
        let items = self.rows_below(&heading, visits.last_row).iter().filter(|row| heading.has_item(row)).count();
        if items == 0 {
            return None;
        }
        if !heading.columns.contains_key(&Column::Due) {
            let place = heading.texts(self.sheet, column).pop().map(|(place, _)| place);
            let message = format!(
                "rencana tindak lanjut di kolom {} ({items} baris) tidak disimpan karena tidak ada kolom Batas Waktu; \
                 tambahkan kolom Batas Waktu di sebelahnya dan isi tanggalnya, lalu impor lagi",
                column_letters(column)
            );
            self.found.issues.push(issue(self.sheet, place, (IssueCode::MissingValue, Severity::Error), message));
            return None;
        }
        Some(FoundTable { table: Table::FollowUps, heading, shares_rows: true, ..visits.clone() })
    }

    /// What is hidden, and what nobody reads.
    fn notices(&mut self, sections: &[Section]) {
        let sheet = self.sheet;
        let hidden = [
            (IssueCode::HiddenColumns, notices::hidden_columns(sheet)),
            (IssueCode::HiddenRows, notices::hidden_rows(sheet)),
        ];
        let hidden = hidden.into_iter().filter_map(|(code, said)| Some((code, None, said?)));
        let columns = sections.iter().filter_map(|section| notices::unread_columns(sheet, section));
        let columns = columns.map(|(place, said)| (IssueCode::UnreadColumns, Some(place), said));
        let rows = sections.iter().flat_map(|section| notices::unread_rows(sheet, section));
        let rows = rows.map(|(place, said)| (IssueCode::UnreadRow, Some(place), said));
        let blocks = notices::unread_blocks(&blocks(sheet, sections));
        let blocks = blocks.into_iter().map(|(place, said)| (IssueCode::UnknownTable, Some(place), said));
        let all = hidden.chain(columns).chain(rows).chain(blocks);
        self.found.issues.extend(all.map(|(code, place, said)| issue(sheet, place, (code, Severity::Warning), said)));
    }

    /// The table of a section, or an issue that asks for what is missing.
    fn table(&mut self, section: Section) -> Option<FoundTable<'w>> {
        let Section { heading, banner, mut repeated, foreign, last_row } = section;
        repeated.extend(foreign);
        repeated.sort_unstable();
        let table = match (heading.table, &heading.layout) {
            (_, Layout::Unreadable(lacking)) => {
                let question = match lacking {
                    Lacking::Counts => ASK_COUNTS,
                    Lacking::Denominator => ASK_DENOMINATOR,
                    Lacking::Months => ASK_MONTHS,
                    Lacking::ReceivedDays => ASK_RECEIVED,
                    Lacking::VisitRows => ASK_VISIT_ROWS,
                };
                return self.ask(&heading, (IssueCode::MissingValue, question));
            }
            (Some(table), _) => table,
            (None, Layout::Months(_)) if self.plan_rows(&heading, last_row).is_some() => Table::Schedule,
            (None, Layout::Months(months)) => {
                let rows = self.rows_below(&heading, last_row);
                match table_of_months(&banner, &heading, months, (rows, &repeated)) {
                    Some(table) => table,
                    None => return self.ask(&heading, (IssueCode::UnknownTable, sort_asked(&banner))),
                }
            }
            (None, _) => return None,
        };
        let (table, heading) = self.of_marks(table, heading, (&banner, &repeated, last_row));
        let (table, heading) = self.of_one_facility(table, heading, &banner);
        if table == Table::DistrictFollowUps && !self.is_of_district(&banner) {
            return self.ask(&heading, (IssueCode::UnknownTable, ASK_DISTRICT));
        }
        let (table, heading) = self.of_list(table, heading, &banner, last_row)?;
        let (table, heading) = of_plan(table, heading, &banner);
        if table == Table::MonthlyReports && self.lacks_month(&heading, &banner) {
            return self.ask(&heading, (IssueCode::MissingValue, ASK_REPORT_MONTH));
        }
        let mut heading = heading;
        let NamedAbove(facility) = self.named_above(table, &mut heading, &banner, last_row)?;
        let settled = self.months(table, &heading, &banner, last_row)?;
        let heading = self.of_year(heading, settled.received.year())?;
        self.compare_puskesmas(&banner);
        let plan_rows = self.plan_rows(&heading, last_row).filter(|_| table == Table::Schedule);
        if let Some(rows) = &plan_rows {
            self.tell_plan_rows(rows, &heading);
        }
        Some(FoundTable {
            sheet: self.sheet,
            table,
            said: self.hints.said(self.sheet, table, heading.top),
            // A list of clusters names many Puskesmas and is of none.
            puskesmas: banner.puskesmas.clone().filter(|_| table != Table::Clusters),
            received: settled.received,
            indicator: self.hints.indicator(self.sheet, heading.top).or(banner.indicator.clone()),
            titles: [banner.titles.clone(), banner.wider_titles.clone()],
            words: banner.words.clone(),
            facility,
            lokmin_sort: lokmin_sort(&banner),
            heading,
            plan_rows,
            shares_rows: false,
            repeated,
            last_row,
            planned_fills: Vec::new(),
            fills_beside: Vec::new(),
            counts_from_1904: self.workbook.counts_from_1904,
            is_year_undecided: settled.is_year_undecided,
        })
    }

    /// A table with what its filled cells without text are, or a question.
    fn with_fills(&mut self, mut table: FoundTable<'w>, banner: &str) -> Option<FoundTable<'w>> {
        match fills(&table, banner) {
            Fills::Planned(cells) => table.planned_fills = cells,
            Fills::Beside(cells) => table.fills_beside = cells,
            Fills::Unclear(question) => return self.ask(&table.heading, (IssueCode::UnknownValue, &question)),
        }
        Some(table)
    }

    /// Which months a table covers, or an issue that asks for what is missing.
    fn months(&mut self, table: Table, heading: &Heading, banner: &Banner, last_row: u32) -> Option<Settled> {
        let sheet = self.sheet;
        let is_yearly = is_yearly(heading, banner, &sheet.name);
        if let Some(said) = self.hints.period(&sheet.name) {
            let received = fitting(said, is_yearly || table == Table::Schedule);
            return Some(Settled { received, reading: None, is_year_undecided: false });
        }
        let rows = self.rows_below(heading, last_row);
        let dated = Dated { workbook: self.workbook, sheet: &sheet.name, table, heading, rows };
        let forgotten = if is_yearly { None } else { dated.forgotten_title(banner) };
        let mut dating = banner.clone();
        if let Some((month, _)) = &forgotten {
            dating.month = Some((*month, banner.any_year()));
        }
        let sources = Sources {
            table,
            is_yearly,
            banner: &dating,
            sheet: NamedPeriod::read(&sheet.name),
            file: NamedPeriod::read(&self.workbook.file),
        };
        let Decided { received, doubts } = match decide(&sources, |month| dated.holds_only(month)) {
            Ok(decided) => decided,
            Err(Missing::Year) => match dated.year_of_all() {
                Some(year) => {
                    let message =
                        format!("tahun {year} diambil dari tanggal-tanggalnya, karena judulnya tidak menyebut tahun");
                    let kind = (IssueCode::Reading, Severity::Warning);
                    self.found.issues.push(issue(sheet, Some(heading.anchor), kind, message));
                    Decided { received: Received::Year(year), doubts: Vec::new() }
                }
                None => return self.ask(heading, (IssueCode::MissingValue, ASK_YEAR)),
            },
            Err(Missing::Month) => return self.ask(heading, (IssueCode::MissingValue, ASK_MONTH)),
        };
        let settled = dated.settle_year(received, &dating);
        let short = dating.short_year.filter(|year| *year == settled.received.year());
        if let Some(year) = short {
            let message = format!("tahun dua angka di judul dibaca {year}; bila bukan, tulis tahunnya empat angka");
            let kind = (IssueCode::Reading, Severity::Warning);
            self.found.issues.push(issue(sheet, Some(heading.anchor), kind, message));
        }
        let readings = forgotten.map(|(_, sentence)| sentence).into_iter().chain(settled.reading.clone());
        let kind = (IssueCode::Reading, Severity::Warning);
        self.found.issues.extend(readings.map(|reading| issue(sheet, Some(heading.anchor), kind, reading)));
        for doubt in doubts {
            let message = format!("periode tidak seragam: {doubt}; perbaiki yang keliru bila perlu");
            self.found.issues.push(issue(self.sheet, None, (IssueCode::BannerDisagrees, Severity::Warning), message));
        }
        Some(settled)
    }

    /// Says where the file's name tells another Puskesmas than the banner; the banner holds.
    fn compare_puskesmas(&mut self, banner: &Banner) {
        let Some((named, written)) = puskesmas_in_name(&self.workbook.file).zip(banner.puskesmas.as_deref()) else {
            return;
        };
        let own = puskesmas_key(written);
        if named.starts_with(&own) || own.starts_with(&named) {
            return;
        }
        let message = format!(
            "judul menyebut \"{written}\", nama berkas menyebut Puskesmas {named}; dipakai \"{written}\", perbaiki yang keliru"
        );
        let doubt = issue(self.sheet, None, (IssueCode::BannerDisagrees, Severity::Warning), message);
        if !self.found.issues.contains(&doubt) {
            self.found.issues.push(doubt);
        }
    }

    /// Whose a table without a column of names is: its banner says it, else the sheet's name.
    fn facility(&mut self, banner: &Banner, heading: &Heading) -> Option<(String, CellRef)> {
        let titled = || banner.titles.iter().find(|(title, _)| is_facility(title)).cloned();
        let sheet = Some(self.sheet.name.clone()).filter(|name| is_facility(name));
        let written = banner.facility.clone().or_else(titled);
        if let (Some((name, place)), Some(sheet)) = (&written, &sheet)
            && name_key(name) != name_key(sheet)
        {
            let message =
                format!("judul menyebut \"{name}\", nama lembar \"{sheet}\"; dipakai \"{name}\", perbaiki yang keliru");
            let kind = (IssueCode::BannerDisagrees, Severity::Warning);
            self.found.issues.push(issue(self.sheet, Some(*place), kind, message));
        }
        written.or_else(|| sheet.map(|name| (name, heading.anchor)))
    }

    /// Whose the rows of a table without a column of names are, or an issue that asks for it.
    fn named_above(
        &mut self,
        table: Table,
        heading: &mut Heading,
        banner: &Banner,
        last_row: u32,
    ) -> Option<NamedAbove> {
        if !heading.is_nameless() || !is_of_facilities(table) {
            return Some(NamedAbove(None));
        }
        let may_be_titled = matches!(table, Table::Visits | Table::FollowUps);
        heading.has_titles = may_be_titled && has_titles_of_facilities(self.rows_below(heading, last_row));
        match self.facility(banner, heading) {
            None if heading.has_titles => Some(NamedAbove(None)),
            None => self.ask_facility(heading),
            facility => Some(NamedAbove(facility)),
        }
    }

    fn ask_facility<T>(&mut self, heading: &Heading) -> Option<T> {
        let kind = (IssueCode::UnknownTable, Severity::Warning);
        self.found.issues.push(issue(self.sheet, Some(heading.anchor), kind, ASK_FACILITY.to_owned()));
        None
    }

    /// A plan or an attendance may have a column of words called Sasaran: whom, not how many.
    fn of_marks(
        &self,
        table: Table,
        heading: Heading,
        (banner, repeated, last_row): (&Banner, &[(u32, u32)], u32),
    ) -> (Table, Heading) {
        let Layout::YearNumerators { denominator, months } = &heading.layout else { return (table, heading) };
        let rows = self.rows_below(&heading, last_row);
        let number = |value: &CellValue| matches!(cells::number::read(Some(value), Dot::default()), Ok(Some(_)));
        let mut denominators =
            rows.iter().flat_map(|row| denominator.columns().iter().filter_map(|column| row.get(*column)));
        if denominators.any(number) {
            return (table, heading);
        }
        let one = |(month, figure): &(u32, Figure)| match figure.columns() {
            [column] => Some((*month, *column)),
            _ => None,
        };
        let marks: Option<Vec<(u32, u32)>> = months.iter().map(one).collect();
        let Some(marks) = marks else { return (table, heading) };
        match table_of_months(banner, &heading, &marks, (rows, repeated)) {
            Some(table @ (Table::Schedule | Table::Lokmin | Table::Visits)) => {
                (table, Heading { table: Some(table), layout: Layout::Months(marks), ..heading })
            }
            _ => (table, heading),
        }
    }

    /// Which list of indicators a table is; it is asked where that is not clear.
    fn of_list(&mut self, table: Table, heading: Heading, banner: &Banner, last_row: u32) -> Option<(Table, Heading)> {
        if !matches!(table, Table::Decree | Table::ServiceIndicators) {
            return Some((table, heading));
        }
        let is_said = self.hints.profiles.iter().any(|profile| profile.table == table);
        let list = if is_said { Some(table) } else { list_of(&heading, banner, self.rows_below(&heading, last_row)) };
        let Some(table) = list else {
            self.ask::<()>(&heading, (IssueCode::UnknownTable, ASK_LIST));
            return None;
        };
        Some((table, Heading { table: Some(table), ..heading }))
    }

    /// The heading with the year's column of several columns of targets; it is asked where there is none.
    fn of_year(&mut self, heading: Heading, year: i32) -> Option<Heading> {
        match target_of_year(self.sheet, &heading, year) {
            Some(Err(_)) => {
                self.ask::<()>(&heading, (IssueCode::MissingValue, ASK_TARGET));
                None
            }
            Some(Ok(column)) => Some(with_target(heading, column)),
            None => Some(heading),
        }
    }

    /// Follow-ups below the name of a facility are its own, not the district's.
    fn of_one_facility(&self, table: Table, heading: Heading, banner: &Banner) -> (Table, Heading) {
        let is_own = table == Table::DistrictFollowUps
            && heading.columns.contains_key(&Column::Date)
            && (banner.facility.is_some() || is_facility(&self.sheet.name))
            && !self.is_of_district(banner);
        if !is_own {
            return (table, heading);
        }
        (Table::FollowUps, Heading { table: Some(Table::FollowUps), ..heading })
    }

    /// Whether follow-ups without names answer the district's team: its title or a person says so, or its
    /// coaching stands before.
    fn is_of_district(&self, banner: &Banner) -> bool {
        let says = ["tpcb", "pembina cluster", "pembina klaster", "dinas kesehatan"];
        let is_explained = self.hints.profiles.iter().any(|profile| profile.table == Table::DistrictFollowUps);
        is_explained
            || says.iter().any(|words| banner.words.contains(words))
            || self.found.tables.iter().any(|table| table.table == Table::DistrictVisits)
    }

    /// Whether nothing says on which month reports are that came on days: no column, no title of reports of a month.
    fn lacks_month(&self, heading: &Heading, banner: &Banner) -> bool {
        let has_month = banner.month.is_some()
            || NamedPeriod::read(&self.sheet.name).month.is_some()
            || self.hints.period(&self.sheet.name).is_some();
        heading.layout == Layout::Columns
            && !heading.columns.contains_key(&Column::ReportMonth)
            && !(has_month && (banner.words.contains("laporan") || self.sheet.name.to_lowercase().contains("lap")))
    }

    fn ask<T>(&mut self, heading: &Heading, (code, question): (IssueCode, &str)) -> Option<T> {
        let place = Some(heading.anchor);
        self.found.issues.push(issue(self.sheet, place, (code, Severity::Error), question.to_owned()));
        None
    }

    fn rows_below(&self, heading: &Heading, last_row: u32) -> &'w [Row] {
        let start = self.sheet.rows.partition_point(|row| row.index <= heading.bottom);
        let end = self.sheet.rows.partition_point(|row| row.index <= last_row);
        &self.sheet.rows[start..end.max(start)]
    }
}

/// The visits that stand in the rows of what was done, below those of a plan.
fn done_below<'w>(plan: &FoundTable<'w>) -> Option<FoundTable<'w>> {
    let has_done = plan.plan_rows.as_ref().is_some_and(|rows| rows.done > 0);
    has_done.then(|| FoundTable {
        table: Table::Visits,
        planned_fills: Vec::new(),
        fills_beside: Vec::new(),
        ..plan.clone()
    })
}

/// A heading with another column of targets.
fn with_target(mut heading: Heading, column: u32) -> Heading {
    heading.columns.insert(Column::Target, column);
    heading
}

/// A list of days below a title that plans is a plan, unless something was scored or proved.
fn of_plan(table: Table, heading: Heading, banner: &Banner) -> (Table, Heading) {
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    let is_planned =
        says(&["jadwal", "rencana"]) && !says(&["realisasi", "hasil", "rekap", "laporan", "tindak lanjut"]);
    let proof =
        [Column::Points, Column::AttendanceList, Column::Minutes, Column::Photos, Column::Finding, Column::Item];
    let is_proved = proof.iter().any(|column| heading.columns.contains_key(column));
    if table != Table::Visits || heading.layout != Layout::Columns || !is_planned || is_proved || heading.is_nameless()
    {
        return (table, heading);
    }
    (Table::Schedule, Heading { table: Some(Table::Schedule), ..heading })
}

/// Whether the rows of a table each belong to a facility, and the facility may stand above them.
fn is_of_facilities(table: Table) -> bool {
    matches!(table, Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports | Table::Achievements)
}

/// Whether a table is one of a year: months stand across or down, and no month is said above it.
fn is_yearly(heading: &Heading, banner: &Banner, sheet: &str) -> bool {
    let is_across = match &heading.layout {
        Layout::Months(_) | Layout::YearNumerators { .. } | Layout::YearPairs(_) => true,
        Layout::Groups(groups) => groups.iter().any(|group| group.month.is_some()),
        Layout::Columns | Layout::Unreadable(_) => false,
    };
    let has_month = banner.month.is_some() || NamedPeriod::read(sheet).month.is_some();
    is_across || heading.has_months_down() && !has_month
}

fn lokmin_sort(banner: &Banner) -> LokminSort {
    let is_quarterly = ["tribulan", "triwulan", "lintas sektor"].iter().any(|word| banner.words.contains(word));
    if is_quarterly { LokminSort::Quarterly } else { LokminSort::Monthly }
}
