//! Words that somebody said of a form, where tables are found: they rename columns of a heading and answer the guesses
//! and questions about whole tables. Reads no row.

use super::FoundTable;
use super::banner::Banner;
use super::heading::ColumnMeaning;
use super::issue::{IssueKind, issue};
use super::layout::Heading;
use super::plan_rows::PlanRows;
use super::profile::{Chosen, SaidWord, WordSort, as_side, chosen_in, plan_rows_offer, text_in};
use crate::diagnostic::{About, Issue, IssueCode, OfferChoice};
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, column_letters};
use crate::workbook::{Row, Sheet};

/// An issue about a table, with what can be said to it.
pub(super) fn issue_about(about: About, issue: Issue) -> Issue {
    Issue { about: Some(about), ..issue }
}

/// A heading with what somebody said of its names and columns.
pub(super) fn heading_as_said(sheet: &Sheet, mut heading: Heading, said: &[SaidWord]) -> Heading {
    if text_in(said, WordSort::Villages).is_some() {
        heading.has_villages = true;
    } else if chosen_in(said, WordSort::Villages).is_some() {
        heading.has_villages = false;
    }
    if let Some(named) = text_in(said, WordSort::IndicatorColumn) {
        let is_it = |column: &u32| {
            let text = heading.texts(sheet, *column).pop();
            text.is_some_and(|(_, text)| plain_words(&as_side(&text)) == plain_words(named))
        };
        let column = (heading.extent.0..=heading.extent.1).find(is_it);
        heading.columns.extend(column.map(|column| (ColumnMeaning::IndicatorName, column)));
    }
    heading
}

/// The reading about the months of a table, and the ways in which it can be answered.
pub(super) struct MonthTold {
    /// That the sheet's name tells the month and not the title.
    pub(super) forgotten: Option<String>,
    /// From what the year was taken.
    pub(super) year: Option<String>,
    /// Places that disagree.
    pub(super) doubts: Vec<String>,
    /// The sheet's name could tell another month than the title.
    pub(super) may_be_sheets: bool,
    /// The file's name could, too.
    pub(super) may_be_files: bool,
}

impl MonthTold {
    pub(super) fn issues(self, sheet: &Sheet, table: Table, heading: &Heading) -> Vec<Issue> {
        let of = |assumed: Option<Chosen>, told: Issue| {
            let offer = assumed.map(|assumed| WordSort::MonthFrom.offer(Some(&SaidWord::Chosen(assumed))));
            issue_about(About { table, top: heading.top, offers: offer.into_iter().collect() }, told)
        };
        let reading = |sentence| issue(sheet, Some(heading.anchor), IssueKind::warning(IssueCode::Reading), sentence);
        let doubt = |doubt: String| {
            let message = format!("periode tidak seragam: {doubt}; perbaiki yang keliru bila perlu");
            issue(sheet, None, IssueKind::warning(IssueCode::BannerDisagrees), message)
        };
        let of_title = Some(Chosen::MonthOfTitle).filter(|_| self.may_be_sheets || self.may_be_files);
        let forgotten = self.forgotten.map(|sentence| of(Some(Chosen::MonthOfSheet), reading(sentence)));
        let year = self.year.map(|sentence| of(None, reading(sentence)));
        let doubts = self.doubts.into_iter().map(|sentence| of(of_title, doubt(sentence)));
        forgotten.into_iter().chain(year).chain(doubts).collect()
    }
}

/// The table below a heading, and the markers of its rows where these are asked about.
pub(super) struct TableBelow {
    pub(super) table: Table,
    /// Two markers of rows of which nobody knows which plans: then it is asked.
    pub(super) turns: Option<[String; 2]>,
}

/// Two markers that take turns between names and months, of which nobody knows which plans.
pub(super) fn turns_of(heading: &Heading, rows: &[Row]) -> Option<[String; 2]> {
    PlanRows::unclear(heading, &rows.iter().collect::<Vec<_>>())
}

/// Two rows for each facility below a title that is of nothing but plans or coaching, of which nobody knows which plans.
pub(super) fn unclear_pairs(heading: &Heading, banner: &Banner, rows: &[Row]) -> Option<[String; 2]> {
    const OTHERS: [&str; 6] = ["laporan", "hadir", "lokmin", "lokakarya", "capaian", "cakupan"];
    let is_of_others = OTHERS.iter().any(|word| banner.words.contains(word));
    if is_of_others { None } else { PlanRows::unclear_pairs(heading, rows) }
}

/// Asks which rows plan and which tell what was done.
pub(super) fn plan_rows_asked(table: &FoundTable<'_>, [first, second]: [String; 2]) -> Issue {
    let sheet = table.sheet;
    let heading = &table.heading;
    let one = first.to_uppercase();
    let other = second.to_uppercase();
    let message = format!(
        "baris {one} dan baris {other} bergantian, dan tidak jelas mana rencana dan mana pelaksanaan, jadi tidak dibaca; \
         tulis R pada baris rencana dan L pada baris pelaksanaan, lalu impor lagi"
    );
    let about = About { table: table.table, top: heading.top, offers: vec![plan_rows_offer(&first, &second, false)] };
    issue_about(about, issue(sheet, Some(heading.anchor), IssueKind::error(IssueCode::UnknownValue), message))
}

/// Tells that rows of what was done are apart from the plan.
pub(super) fn plan_rows_told(sheet: &Sheet, heading: &Heading, rows: &PlanRows, below: &[Row]) -> Option<Issue> {
    let place = Some(CellRef { row: heading.bottom, column: rows.column });
    let column = column_letters(rows.column);
    let message = format!(
        "baris rencana dan baris pelaksanaan dibedakan menurut kolom {column}; yang dibaca sebagai jadwal baris rencananya"
    );
    let [planned, done] = rows.both(below)?;
    let offers = vec![plan_rows_offer(&planned, &done, true)];
    let about = About { table: Table::Schedule, top: heading.top, offers };
    Some(issue_about(about, issue(sheet, place, IssueKind::warning(IssueCode::Reading), message)))
}

/// Follow-ups in the rows of visits that have no due date.
pub(super) struct Undue<'h> {
    /// First row of the heading of the visits.
    pub(super) top: u32,
    /// Their own heading.
    pub(super) heading: &'h Heading,
    /// Where they stand.
    pub(super) column: u32,
    /// The number of agreed items.
    pub(super) items: usize,
}

/// Asks for their due dates, or whether they are remarks.
pub(super) fn no_due_asked(sheet: &Sheet, undue: &Undue<'_>) -> Issue {
    let Undue { top, heading, column, items } = *undue;
    let place = heading.texts(sheet, column).pop().map(|(place, _)| place);
    let message = format!(
        "rencana tindak lanjut di kolom {} ({items} baris) tidak disimpan karena tidak ada kolom Batas Waktu; \
         tambahkan kolom Batas Waktu di sebelahnya dan isi tanggalnya, lalu impor lagi",
        column_letters(column)
    );
    let remarks = OfferChoice::new(Chosen::Remarks.code(), Chosen::Remarks.phrase());
    let offers = vec![WordSort::TwoTables.offer_of(vec![remarks], String::new())];
    let about = About { table: Table::Visits, top, offers };
    issue_about(about, issue(sheet, place, IssueKind::error(IssueCode::MissingValue), message))
}
