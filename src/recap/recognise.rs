//! From sheets to tables: headings cut a sheet into tables, banners say whose and of when they are.

use super::about_table::{
    is_set_apart, lokmin_sort, name_the_nameless, other_puskesmas, settle_villages, with_points_of_year, with_target,
};
use super::as_said::{
    TableBelow, Undue, heading_as_said, issue_about, no_due_asked, plan_rows_asked, plan_rows_told, turns_of,
    unclear_pairs,
};
use super::banner::{Banner, BannerLine, NamedPeriod};
use super::beside::others_beside;
use super::cells::number::Dot;
use super::done_beside::done_beside;
use super::facility_words::{has_titles_of_facilities, is_facility, is_of_facilities};
use super::fills::{Fills, fills};
use super::heading::ColumnMeaning;
use super::indicator_lists::{list_of, target_of_year, with_aggregation};
use super::issue::{IssueKind, issue};
use super::layout::{FigureLayout, Heading, Layout, follow_ups_beside};
use super::leftover::blocks;
use super::legend::Legend;
use super::legend::receipts::receipts_said;
use super::months_across::sort_asked;
use super::months_across::{RowsBelowMonths, table_of_months};
use super::other_activities::table_asked;
use super::plan_rows::PlanRows;
use super::planned_list::of_plan;
use super::profile::{Chosen, Hints, Likely, SaidWord, WordSort, explained, likely, pairs_in, text_in};
use super::questions::{
    ASK_DISTRICT, ASK_FACILITY, ASK_LIST, ASK_RECEIVED, ASK_REPORT_MONTH, ASK_TARGET, ASK_TARGET_PARTS,
};
use super::relaid::CellOrigins;
use super::revised::leave_out_revised;
use super::section::Section;
use super::sections::{BANNER_ROWS, sections as cut};
use super::signatures::signatures;
use super::table_months::{MonthsFound, MonthsOf};
use super::target_column;
use super::target_parts::{TargetOfYear, target_by_parts};
use super::{FoundTable, Recognised, SheetNote, SignsRead, cells, notices, others_rows};
use crate::diagnostic::{About, IssueCode};
use crate::domain::Table;
use crate::domain::name::name_key;
use crate::domain::records::CellRef;
use crate::workbook::{CellValue, Relaid, Row, Sheet, Visibility, Workbook};

/// Finds the tables of a workbook by their headings, whatever the sheets are called and wherever they stand.
pub fn recognise(workbook: &Workbook) -> Recognised<'_> {
    recognise_with(workbook, &Hints::default())
}

/// The same, with what people said about its forms and sheets: that goes before what the headings tell.
pub fn recognise_with<'w>(workbook: &'w Workbook, hints: &Hints) -> Recognised<'w> {
    let mut found = Recognised {
        tables: Vec::new(),
        asked: Vec::new(),
        sheets: Vec::new(),
        signatures: Vec::new(),
        issues: Vec::new(),
    };
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
                IssueKind::warning(IssueCode::HiddenSheet),
                "lembar ini tersembunyi dan tidak dibaca; tampilkan di Excel (Unhide) lalu impor lagi bila isinya perlu".to_owned(),
            ));
        } else {
            let sheet = match relaid_of(sheet, hints) {
                Some(Relaid::Asked(asked)) => {
                    let kind = IssueKind::error(IssueCode::UnknownTable);
                    found.issues.push(issue(sheet, Some(asked.place), kind, asked.message.clone()));
                    found.sheets.push(note);
                    continue;
                }
                Some(Relaid::Table(relaid, told)) => {
                    let kind = IssueKind::warning(IssueCode::Reading);
                    let told = told.iter().map(|told| issue(sheet, Some(told.place), kind, told.message.clone()));
                    found.issues.extend(told);
                    relaid
                }
                None => sheet,
            };
            let told = found.issues.len();
            let mut reading = SheetReading {
                workbook,
                sheet,
                legend: Legend::from_sheet(sheet),
                hints,
                found: &mut found,
                note: &mut note,
                titles: &mut titles,
            };
            reading.tables();
            if let Some(moved) = CellOrigins::from_sheet(sheet) {
                let more = found.issues.split_off(told);
                found.issues.extend(more.into_iter().map(|issue| moved.issue(issue)));
            }
        }
        found.sheets.push(note);
    }
    name_the_nameless(&mut found.tables, &titles);
    found.issues.extend(leave_out_revised(&mut found.tables));
    found
}

/// Returns the table that a sheet is laid out anew as, where nobody explained it as it stands.
fn relaid_of<'w>(sheet: &'w Sheet, hints: &Hints) -> Option<&'w Relaid> {
    sheet.relaid.as_ref().filter(|_| explained(sheet, &hints.profiles).is_empty())
}

/// Sheets without a known heading of which it is guessed what they are.
const GUESSED_SHEETS_MAX: usize = 20;

/// Names of Puskesmas that stand above the rows of the sheets, as written: whose forms may be looked for.
pub fn puskesmas_named(workbook: &Workbook) -> Vec<String> {
    let visible = workbook.sheets.iter().filter(|sheet| sheet.visibility == Visibility::Visible);
    visible
        .filter_map(|sheet| Banner::read(sheet.rows.iter().take(BANNER_ROWS).map(BannerLine::all_cells)).puskesmas)
        .collect()
}

/// The facility that something above a table names; none where its rows name theirs, or titles between them do.
struct NamedAbove(Option<(String, CellRef)>);

struct SheetReading<'r, 'w> {
    workbook: &'w Workbook,
    sheet: &'w Sheet,
    legend: Legend<'w>,
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
            for section in &mut sections {
                section.heading.widen(self.sheet);
            }
            let kind = IssueKind::warning(IssueCode::Reading);
            self.found.issues.push(issue(self.sheet, Some(*place), kind, told.clone()));
        }
        if sections.is_empty() {
            let banner = Banner::read(self.sheet.rows.iter().take(BANNER_ROWS).map(BannerLine::all_cells));
            self.titles.extend(banner.puskesmas);
            if !self.sheet.rows.is_empty() {
                let advice = match likely {
                    Likely::Lacks(near) => near,
                    _ => "pakai judul kolom templat bila ada data di sini".to_owned(),
                };
                let message = format!("tidak ada tabel yang dikenali di lembar ini, jadi tidak dibaca; {advice}");
                self.found.issues.push(issue(self.sheet, None, IssueKind::warning(IssueCode::UnknownTable), message));
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
                let done = done_beside(&table, self.words_for(Table::Visits, &table.heading));
                let others: Vec<FoundTable<'w>> = done.into_iter().chain(others_beside(&table)).collect();
                self.note.tables.extend(others.iter().map(|other| other.table));
                self.found.tables.extend(std::iter::once(table).chain(others));
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
        let said = self.words_for(Table::Schedule, heading);
        PlanRows::find(heading, self.rows_below(heading, last_row), pairs_in(&said, WordSort::PlanRows))
    }

    /// Returns what was said of tables of this form.
    fn words_for(&self, table: Table, heading: &Heading) -> Vec<SaidWord> {
        self.hints.words_for(self.sheet, table, heading)
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
        self.found.issues.push(issue(self.sheet, first, IssueKind::warning(IssueCode::Reading), message));
    }

    /// The follow-ups that stand in the rows of a table of visits.
    fn follow_ups_beside(&mut self, visits: &FoundTable<'w>) -> Option<FoundTable<'w>> {
        if visits.table != Table::Visits || visits.heading.layout != Layout::Columns {
            return None;
        }
        if visits.chosen(WordSort::TwoTables) == Some(Chosen::Remarks) {
            return None;
        }
        let heading = follow_ups_beside(self.sheet, &visits.heading)?;
        let column = *heading.columns.get(&ColumnMeaning::Item)?;
        let items = self.rows_below(&heading, visits.last_row).iter().filter(|row| heading.has_item(row)).count();
        if items == 0 {
            return None;
        }
        if !heading.columns.contains_key(&ColumnMeaning::Due) {
            let undue = Undue { top: visits.heading.top, heading: &heading, column, items };
            self.found.issues.push(no_due_asked(self.sheet, &undue));
            return None;
        }
        let said = self.words_for(Table::FollowUps, &heading);
        Some(FoundTable { table: Table::FollowUps, heading, shares_rows: true, said, ..visits.clone() })
    }

    /// Gathers the notices about what is hidden and what nobody reads.
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
        self.found.issues.extend(all.map(|(code, place, said)| issue(sheet, place, IssueKind::warning(code), said)));
    }

    /// The table of a section, or an issue that asks for what is missing.
    fn table(&mut self, section: Section) -> Option<FoundTable<'w>> {
        let Section { heading, banner, mut repeated, foreign, last_row } = section;
        repeated.extend(foreign);
        repeated.sort_unstable();
        let heading = target_column::with_target(self.sheet, heading, &banner);
        let TableBelow { table, turns } = self.which(&heading, &banner, &repeated, last_row)?;
        let heading = self.of_reports(heading, &banner)?;
        let (table, heading) = self.of_marks(table, heading, &banner, &repeated, last_row);
        let (table, heading) = self.of_one_facility(table, heading, &banner);
        if table == Table::DistrictFollowUps && !self.is_of_district(&banner) {
            return self.ask(&heading, IssueCode::UnknownTable, ASK_DISTRICT);
        }
        let (table, heading) = self.of_list(table, heading, &banner, last_row)?;
        let (table, heading) = of_plan(self.sheet, table, heading, &banner);
        if table == Table::MonthlyReports && self.lacks_month(&heading, &banner) {
            return self.ask(&heading, IssueCode::MissingValue, ASK_REPORT_MONTH);
        }
        let mut heading = heading;
        let NamedAbove(facility) = self.named_above(table, &mut heading, &banner, last_row)?;
        if let Some(question) = table_asked(table, &heading, &banner) {
            return self.ask(&heading, IssueCode::UnknownTable, &question);
        }
        let MonthsFound { settled, asked, .. } = self.months(table, &heading, &banner, last_row);
        let is_sayable = asked.as_ref().is_none_or(MonthsFound::is_sayable);
        let asked_months = asked.map(|asked| self.found.issues.push(asked)).is_some();
        if !is_sayable {
            return None;
        }
        let heading = self.of_year(heading, settled.received.year(), last_row)?;
        self.compare_puskesmas(&banner);
        self.of_own_rows(&heading, last_row)?;
        let said = self.words_for(table, &heading);
        let heading = heading_as_said(self.sheet, heading, &said);
        let indicator = text_in(&said, WordSort::Indicator).map(|code| (code.to_owned(), heading.anchor));
        let plan_rows = self.plan_rows(&heading, last_row).filter(|_| table == Table::Schedule);
        if let Some(rows) = &plan_rows {
            let told = plan_rows_told(self.sheet, &heading, rows, self.rows_below(&heading, last_row));
            self.found.issues.extend(told.filter(|_| pairs_in(&said, WordSort::PlanRows).is_empty()));
        }
        let table = FoundTable {
            sheet: self.sheet,
            legend: self.legend.clone(),
            table,
            said,
            // A list of clusters names many Puskesmas and is of none.
            puskesmas: banner.puskesmas.clone().filter(|_| table != Table::Clusters),
            received: settled.received,
            indicator: indicator.or_else(|| self.hints.indicator(self.sheet, heading.top)).or(banner.indicator.clone()),
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
            denied_fills: Vec::new(),
            done_fills: Vec::new(),
            cancelled_fills: Vec::new(),
            signs_read: SignsRead::All,
            fills_beside: Vec::new(),
            counts_from_1904: self.workbook.counts_from_1904,
            is_year_undecided: settled.is_year_undecided,
        };
        if !asked_months && turns.is_none() {
            return Some(table);
        }
        self.found.issues.extend(turns.map(|turns| plan_rows_asked(&table, turns)));
        self.found.asked.push(table);
        None
    }

    /// Goes on where all rows of a table are of one Puskesmas, else asks.
    fn of_own_rows(&mut self, heading: &Heading, last_row: u32) -> Option<()> {
        let asked = others_rows::asked(self.sheet, heading, self.rows_below(heading, last_row));
        asked.map_or(Some(()), |(place, question)| self.ask_at(place, IssueCode::UnknownTable, &question))
    }

    /// Returns the table below a heading, or tells an issue that asks for it.
    fn which(
        &mut self,
        heading: &Heading,
        banner: &Banner,
        repeated: &[(u32, u32)],
        last_row: u32,
    ) -> Option<TableBelow> {
        let known = |table| Some(TableBelow { table, turns: None });
        match (heading.table, &heading.layout) {
            (_, Layout::Unreadable(lacking)) => self.ask(heading, IssueCode::MissingValue, lacking.question()),
            (Some(table), _) => known(table),
            (None, Layout::Months(_)) if self.plan_rows(heading, last_row).is_some() => known(Table::Schedule),
            (None, Layout::Months(months)) => {
                let rows = self.rows_below(heading, last_row);
                if let Some(pairs) = unclear_pairs(heading, banner, rows) {
                    return Some(TableBelow { table: Table::Schedule, turns: Some(pairs) });
                }
                let below = RowsBelowMonths { rows, repeated, legend: &self.legend };
                if let Some(table) = table_of_months(banner, heading, months, &below) {
                    return known(table);
                }
                match turns_of(heading, rows) {
                    Some(turns) => Some(TableBelow { table: Table::Schedule, turns: Some(turns) }),
                    None => self.ask(heading, IssueCode::UnknownTable, sort_asked(banner)),
                }
            }
            (None, _) => None,
        }
    }

    /// A table with what its filled cells without text are, or a question.
    fn with_fills(&mut self, mut table: FoundTable<'w>, banner: &str) -> Option<FoundTable<'w>> {
        match fills(&table, banner) {
            Fills::Planned { all, done, cancelled } => {
                table.planned_fills = all;
                table.done_fills = done;
                table.cancelled_fills = cancelled;
            }
            Fills::Plans(all) => (table.planned_fills, table.signs_read) = (all, SignsRead::Planned),
            Fills::Done { beside, done } => (table.fills_beside, table.done_fills) = (beside, done),
            Fills::Beside(cells) => table.fills_beside = cells,
            Fills::Said { affirmed, denied } => {
                table.planned_fills = affirmed;
                table.denied_fills = denied;
            }
            Fills::Unclear(question, offer) => {
                let about = About { table: table.table, top: table.heading.top, offers: offer.into_iter().collect() };
                let kind = IssueKind::error(IssueCode::UnknownValue);
                let asked = issue(self.sheet, Some(table.heading.anchor), kind, question);
                self.found.issues.push(issue_about(about, asked));
                self.found.asked.push(table);
                return None;
            }
        }
        Some(table)
    }

    /// The months that a table covers, and what is told or asked of them.
    fn months(&mut self, table: Table, heading: &Heading, banner: &Banner, last_row: u32) -> MonthsFound {
        let Self { workbook, sheet, hints, .. } = *self;
        let rows = self.rows_below(heading, last_row);
        let mut found = MonthsOf { workbook, sheet, hints, table, heading, banner, rows }.find();
        self.found.issues.append(&mut found.told);
        found
    }

    /// Says where the file's name tells another Puskesmas than the banner; the banner holds.
    fn compare_puskesmas(&mut self, banner: &Banner) {
        let Some(message) = other_puskesmas(&self.workbook.file, banner) else { return };
        let doubt = issue(self.sheet, None, IssueKind::warning(IssueCode::BannerDisagrees), message);
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
            let kind = IssueKind::warning(IssueCode::BannerDisagrees);
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
        settle_villages(self.sheet, heading, banner, self.rows_below(heading, last_row));
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
        let kind = IssueKind::warning(IssueCode::UnknownTable);
        self.found.issues.push(issue(self.sheet, Some(heading.anchor), kind, ASK_FACILITY.to_owned()));
        None
    }

    /// A plan or an attendance may have a column of words called Sasaran: whom, not how many.
    fn of_marks(
        &self,
        table: Table,
        heading: Heading,
        banner: &Banner,
        repeated: &[(u32, u32)],
        last_row: u32,
    ) -> (Table, Heading) {
        let Layout::YearNumerators { denominator, months } = &heading.layout else { return (table, heading) };
        let rows = self.rows_below(&heading, last_row);
        let number = |value: &CellValue| matches!(cells::number::read(Some(value), Dot::default()), Ok(Some(_)));
        let mut denominators =
            rows.iter().flat_map(|row| denominator.columns().iter().filter_map(|column| row.get(*column)));
        if denominators.any(number) {
            return (table, heading);
        }
        let one = |(month, figure): &(u32, FigureLayout)| match figure.columns() {
            [column] => Some((*month, *column)),
            _ => None,
        };
        let marks: Option<Vec<(u32, u32)>> = months.iter().map(one).collect();
        let Some(marks) = marks else { return (table, heading) };
        let below = RowsBelowMonths { rows, repeated, legend: &self.legend };
        match table_of_months(banner, &heading, &marks, &below) {
            Some(table @ (Table::Schedule | Table::Lokmin | Table::Visits)) => {
                (table, Heading { table: Some(table), layout: Layout::Months(marks), ..heading })
            }
            _ => (table, heading),
        }
    }

    /// Returns the list of indicators that a table is; it is asked where that is not clear.
    fn of_list(&mut self, table: Table, heading: Heading, banner: &Banner, last_row: u32) -> Option<(Table, Heading)> {
        if !matches!(table, Table::Decree | Table::ServiceIndicators) {
            return Some((table, heading));
        }
        let rows = self.rows_below(&heading, last_row);
        let is_said = self.hints.profiles.iter().any(|profile| profile.table == table);
        let list = if is_said { Some(table) } else { list_of(&heading, banner, rows) };
        let Some(table) = list else {
            self.ask::<()>(&heading, IssueCode::UnknownTable, ASK_LIST);
            return None;
        };
        let heading = Heading { table: Some(table), ..heading };
        let is_of_services = table == Table::ServiceIndicators;
        Some((table, if is_of_services { with_aggregation(self.sheet, heading, rows) } else { heading }))
    }

    /// The heading of reports by ticks as its legend has it; it is asked where nothing says what its letters mean.
    fn of_reports(&mut self, heading: Heading, banner: &Banner) -> Option<Heading> {
        let place = heading.anchor;
        let said = receipts_said(heading, self.sheet, &self.legend, banner);
        if said.is_none() {
            self.ask_at::<()>(place, IssueCode::UnknownTable, ASK_RECEIVED);
        }
        said
    }

    /// The heading with the year's column of several columns of targets; it is asked where there is none.
    fn of_year(&mut self, heading: Heading, year: i32, last_row: u32) -> Option<Heading> {
        match target_by_parts(self.sheet, &heading, self.rows_below(&heading, last_row)) {
            Some(TargetOfYear::Own(column)) => return Some(with_target(heading, column)),
            Some(TargetOfYear::Grown { column, told }) => {
                let kind = IssueKind::warning(IssueCode::Reading);
                self.found.issues.push(issue(self.sheet, Some(heading.anchor), kind, told));
                return Some(with_target(heading, column));
            }
            Some(TargetOfYear::Unclear) => {
                return self.ask(&heading, IssueCode::MissingValue, ASK_TARGET_PARTS);
            }
            None => {}
        }
        match target_of_year(self.sheet, &heading, year) {
            Some(Err(_)) => {
                self.ask::<()>(&heading, IssueCode::MissingValue, ASK_TARGET);
                None
            }
            Some(Ok(column)) => Some(with_target(heading, column)),
            None => Some(with_points_of_year(heading, year)),
        }
    }

    /// Follow-ups below the name of a facility are its own, not the district's.
    fn of_one_facility(&self, table: Table, heading: Heading, banner: &Banner) -> (Table, Heading) {
        let is_own = table == Table::DistrictFollowUps
            && heading.columns.contains_key(&ColumnMeaning::Date)
            && (banner.facility.is_some() || is_facility(&self.sheet.name))
            && !self.is_of_district(banner);
        if !is_own {
            return (table, heading);
        }
        (Table::FollowUps, Heading { table: Some(Table::FollowUps), ..heading })
    }

    /// Reports whether follow-ups without names answer the district's team: its title or a person says so, or its
    /// coaching stands before.
    fn is_of_district(&self, banner: &Banner) -> bool {
        let says = ["tpcb", "pembina cluster", "pembina klaster", "dinas kesehatan"];
        let is_explained = self.hints.profiles.iter().any(|profile| profile.table == Table::DistrictFollowUps);
        is_explained
            || says.iter().any(|words| banner.words.contains(words))
            || self.found.tables.iter().any(|table| table.table == Table::DistrictVisits)
    }

    /// Reports whether nothing says on which month reports are that came on days: no column, no title of reports of a
    /// month.
    fn lacks_month(&self, heading: &Heading, banner: &Banner) -> bool {
        let has_month = banner.month.is_some()
            || NamedPeriod::read(&self.sheet.name).month.is_some()
            || self.hints.period(&self.sheet.name).is_some();
        heading.layout == Layout::Columns
            && !heading.columns.contains_key(&ColumnMeaning::ReportMonth)
            && !(has_month && (banner.words.contains("laporan") || self.sheet.name.to_lowercase().contains("lap")))
    }

    fn ask<T>(&mut self, heading: &Heading, code: IssueCode, question: &str) -> Option<T> {
        self.ask_at(heading.anchor, code, question)
    }

    fn ask_at<T>(&mut self, place: CellRef, code: IssueCode, question: &str) -> Option<T> {
        self.found.issues.push(issue(self.sheet, Some(place), IssueKind::error(code), question.to_owned()));
        None
    }

    fn rows_below(&self, heading: &Heading, last_row: u32) -> &'w [Row] {
        let start = self.sheet.rows.partition_point(|row| row.index <= heading.bottom);
        let end = self.sheet.rows.partition_point(|row| row.index <= last_row);
        &self.sheet.rows[start..end.max(start)]
    }
}
