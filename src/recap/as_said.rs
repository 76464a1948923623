//! What somebody said of a form where tables are found: names and columns of a heading as they were said, and what can
//! be said to the guesses and questions about whole tables. Reads no row.

use super::heading::Column;
use super::layout::Heading;
use super::plan_rows::PlanRows;
use super::profile::{Chosen, Word, WordSort, as_side, chosen_in, plan_rows_offer, text_in};
use super::recognise::issue;
use crate::diagnostic::{About, Issue, IssueCode, OfferChoice, Severity};
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, column_letters};
use crate::workbook::{Row, Sheet};

/// An issue about a table, with what can be said to it.
pub(super) fn issue_about(about: About, issue: Issue) -> Issue {
    Issue { about: Some(about), ..issue }
}

/// A heading with what somebody said of its names and columns.
pub(super) fn heading_as_said(sheet: &Sheet, mut heading: Heading, said: &[Word]) -> Heading {
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
        heading.columns.extend(column.map(|column| (Column::IndicatorName, column)));
    }
    heading
}

/// The table whose month is told, and where something else may tell it what is assumed.
pub(super) fn about_month(table: Table, heading: &Heading, assumed: Option<Chosen>) -> About {
    let offer = assumed.map(|assumed| WordSort::MonthFrom.offer(Some(&Word::Chosen(assumed))));
    About { table, top: heading.top, offers: offer.into_iter().collect() }
}

/// Tells that rows of what was done are apart from the plan.
pub(super) fn plan_rows_told(sheet: &Sheet, heading: &Heading, (rows, below): (&PlanRows, &[Row])) -> Option<Issue> {
    let place = Some(CellRef { row: heading.bottom, column: rows.column });
    let column = column_letters(rows.column);
    let message = format!(
        "baris rencana dan baris pelaksanaan dibedakan menurut kolom {column}; yang dibaca sebagai jadwal baris rencananya"
    );
    let [planned, done] = rows.both(below)?;
    let offers = vec![plan_rows_offer(&planned, &done, true)];
    let about = About { table: Table::Schedule, top: heading.top, offers };
    Some(issue_about(about, issue(sheet, place, (IssueCode::Reading, Severity::Warning), message)))
}

/// What is asked of follow-ups beside visits that have no due date: in which column, and how many there are.
pub(super) fn no_due_asked(
    sheet: &Sheet,
    (heading, top): (&Heading, u32),
    (column, items): (u32, usize),
) -> Issue {
    let place = heading.texts(sheet, column).pop().map(|(place, _)| place);
    let message = format!(
        "rencana tindak lanjut di kolom {} ({items} baris) tidak disimpan karena tidak ada kolom Batas Waktu; \
         tambahkan kolom Batas Waktu di sebelahnya dan isi tanggalnya, lalu impor lagi",
        column_letters(column)
    );
    let remarks = OfferChoice::new(Chosen::Remarks.code(), Chosen::Remarks.told());
    let offers = vec![WordSort::TwoTables.offer_of(vec![remarks], String::new())];
    let about = About { table: Table::Visits, top, offers };
    issue_about(about, issue(sheet, place, (IssueCode::MissingValue, Severity::Error), message))
}
