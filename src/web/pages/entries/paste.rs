//! A block copied from a spreadsheet: shown as the facts that it would be, its wrong cells named, then accepted.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::field::{FieldOffers, month_code};
use super::{PATH, form_of, refused, year_of};
use crate::app::entries::{
    BLOCK_ROWS_MAX, EntryError, EntryFate, PastePreview, PasteResult, Pasted, PastedEntry, PastedFault,
};
use crate::domain::form::{FieldKind, TableForm};
use crate::domain::records::column_letters;
use crate::domain::{Month, Period, PeriodKind, Table};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::{Submitted, see};
use crate::web::pages::{PageQuery, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;

/// Facts that are shown one by one.
const FACTS_SHOWN_MAX: usize = 400;

/// The form into which a block is pasted.
pub struct PasteBox {
    pub action: String,
    pub periods: Vec<(String, String, bool)>,
    pub text: String,
    pub rows_max: usize,
}

impl PasteBox {
    /// An empty one, for the month at hand.
    pub fn new(form: &TableForm, offers: &FieldOffers, action: String, month: Option<Month>) -> Self {
        let usual = month.filter(|_| is_monthly(form.table)).map(month_code).unwrap_or_default();
        Self { action, periods: periods(form, offers, &usual), text: String::new(), rows_max: BLOCK_ROWS_MAX }
    }
}

fn is_monthly(table: Table) -> bool {
    matches!(
        table,
        Table::Visits
            | Table::FollowUps
            | Table::ChecklistItems
            | Table::Lokmin
            | Table::MonthlyReports
            | Table::Achievements
    )
}

fn periods(form: &TableForm, offers: &FieldOffers, chosen: &str) -> Vec<(String, String, bool)> {
    let offered = if form.first(|kind| kind == FieldKind::Period).is_some() {
        offers.all_periods()
    } else {
        offers.block_periods(is_monthly(form.table))
    };
    offered.into_iter().map(|(code, words)| (code.clone(), words, code == chosen)).collect()
}

#[derive(Template)]
#[template(path = "entries_paste.html")]
struct PastePage {
    frame: PageFrame,
    form: &'static TableForm,
    puskesmas: String,
    action: String,
    action_accept: String,
    back: String,
    paste: PasteBox,
    /// Of the block as a whole.
    faults: Vec<String>,
    preview: Option<PreviewView>,
}

/// Effects of accepting a block.
struct PreviewView {
    seal: String,
    /// `12 pembinaan: 10 baru, 2 mengubah yang ada`.
    counted: String,
    months: String,
    heads: Vec<&'static str>,
    facts: Vec<PastedView>,
    left_out: usize,
    faults: Vec<FaultView>,
    warnings: Vec<FaultView>,
    wrong_rows: Vec<WrongRow>,
    /// Letters of the columns of the wrong rows.
    columns: Vec<String>,
    heading_added: String,
    /// Where it is asked who the unknown names are; blank where there are none.
    ask: String,
    is_acceptable: bool,
    is_partial: bool,
}

struct PastedView {
    row: usize,
    fate: &'static str,
    cells: Vec<String>,
}

struct FaultView {
    place: String,
    text: String,
    message: String,
}

struct WrongRow {
    number: usize,
    /// Text, and whether it is wrong.
    cells: Vec<(String, bool)>,
}

/// A block as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BlockForm {
    puskesmas: String,
    #[serde(rename = "masa")]
    period: String,
    #[serde(rename = "blok")]
    text: String,
    #[serde(rename = "segel")]
    seal: String,
}

/// `POST /catatan/{table}/tempel`: what a block would do.
pub async fn preview(
    site: Site,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(sent): Submitted<BlockForm>,
) -> PageResult {
    site.compute(move |site| {
        let form = form_of(&slug)?;
        let page = PasteMaker { site, form, query: &query, sent: &sent };
        match site.app().preview_paste(&page.pasted()?) {
            Ok(preview) => page.answer(StatusCode::OK, Some(&preview), &[]),
            Err(error) => page.refused(error),
        }
    })
    .await
}

/// `POST /catatan/{table}/tempel/simpan`: accepts it.
pub async fn accept(
    site: Site,
    Path(slug): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(sent): Submitted<BlockForm>,
) -> PageResult {
    site.take_in(move |site| {
        let form = form_of(&slug)?;
        let page = PasteMaker { site, form, query: &query, sent: &sent };
        match site.app().accept_paste(&page.pasted()?, &sent.seal) {
            Ok(PasteResult::Accepted(batch)) => {
                Ok(see(&query.with("tersimpan", &batch.to_string()).at(&Links::entries(form.table))))
            }
            Ok(PasteResult::Again(preview)) => {
                let told = "Isinya berubah sejak dilihat; periksa sekali lagi, lalu simpan.".to_owned();
                page.answer(StatusCode::CONFLICT, Some(&preview), &[told])
            }
            Err(error) => page.refused(error),
        }
    })
    .await
}

/// Makes the page of a block.
struct PasteMaker<'p> {
    site: &'p Site,
    form: &'static TableForm,
    query: &'p Query,
    sent: &'p BlockForm,
}

impl PasteMaker<'_> {
    fn pasted(&self) -> Result<Pasted<'_>, PageError> {
        let period: Period = self.sent.period.parse().map_err(|_unknown| {
            PageError::bad_request("Masa blok itu tidak dikenal. Pilih bulan atau tahunnya dari daftar.")
        })?;
        Ok(Pasted { puskesmas: &self.sent.puskesmas, table: self.form.table, period, text: &self.sent.text })
    }

    fn refused(&self, error: EntryError) -> PageResult {
        match error {
            EntryError::Wrong(faults) => {
                let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
                self.answer(StatusCode::UNPROCESSABLE_ENTITY, None, &told)
            }
            other => Err(refused(other)),
        }
    }

    fn answer(&self, status: StatusCode, preview: Option<&PastePreview>, faults: &[String]) -> PageResult {
        let app = self.site.app();
        let chosen = ResolvedRequest::read_latest(self.site, self.query, &[PeriodKind::FourMonth])?;
        let links = chosen.as_ref().map(Links::new).unwrap_or_default();
        let offers = FieldOffers::new(app, chosen.as_ref(), year_of(app, chosen.as_ref()))?;
        let title = format!("Tempel {}", self.form.title.to_lowercase());
        let mut frame = PageFrame::new(app, chosen.as_ref(), &title, PATH);
        let own = Links::entries(self.form.table);
        frame.crumbs = vec![
            ("Catatan".to_owned(), links.page(PATH)),
            (self.form.title.to_owned(), links.page(&own)),
            ("Tempel".to_owned(), String::new()),
        ];
        let action = links.page(&format!("{own}/tempel"));
        let page = PastePage {
            frame,
            form: self.form,
            puskesmas: self.sent.puskesmas.clone(),
            action_accept: links.page(&format!("{own}/tempel/simpan")),
            back: links.page(&own),
            paste: PasteBox {
                action: action.clone(),
                periods: periods(self.form, &offers, &self.sent.period),
                text: self.sent.text.clone(),
                rows_max: BLOCK_ROWS_MAX,
            },
            action,
            faults: faults.to_vec(),
            preview: preview.map(|preview| self.view(preview, &offers)),
        };
        Ok((status, html(&page)?).into_response())
    }

    fn view(&self, preview: &PastePreview, offers: &FieldOffers) -> PreviewView {
        let is_wrong = |row: usize, column: usize| {
            let cells = preview.faults.iter().filter_map(|fault| fault.cell);
            cells.into_iter().any(|cell| (cell.row + 1, cell.column) == (row, column))
        };
        let wrong_row = |(number, cells): &(usize, Vec<String>)| WrongRow {
            number: *number,
            cells: cells.iter().enumerate().map(|(at, text)| (text.clone(), is_wrong(*number, at))).collect(),
        };
        let width = preview.wrong_rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        PreviewView {
            seal: preview.seal(),
            counted: counted(self.form, preview),
            months: preview.months.clone(),
            heads: self.form.fields.iter().map(|field| field.label).collect(),
            facts: preview.entries.iter().take(FACTS_SHOWN_MAX).map(|entry| self.fact(entry)).collect(),
            left_out: preview.entries.len().saturating_sub(FACTS_SHOWN_MAX),
            faults: preview.faults.iter().map(fault_view).collect(),
            warnings: preview.warnings.iter().map(fault_view).collect(),
            wrong_rows: preview.wrong_rows.iter().map(wrong_row).collect(),
            columns: (0..).take(width).map(column_letters).collect(),
            heading_added: preview.heading_added.as_ref().map(|heading| heading.join(" | ")).unwrap_or_default(),
            ask: if preview.unknown_names.is_empty() {
                String::new()
            } else {
                offers.ask(preview.unknown_names.iter().map(String::as_str))
            },
            is_acceptable: preview.is_acceptable(),
            is_partial: !preview.faults.is_empty(),
        }
    }

    fn fact(&self, entry: &PastedEntry) -> PastedView {
        let value = |field| {
            let held = entry.fields.iter().find(|(known, _)| *known == field);
            held.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        PastedView {
            row: entry.row,
            fate: match entry.fate {
                EntryFate::New => "baru",
                EntryFate::Changes => "mengubah",
                EntryFate::Same => "sama",
            },
            cells: self.form.fields.iter().map(|field| value(field.field)).collect(),
        }
    }
}

fn counted(form: &TableForm, preview: &PastePreview) -> String {
    let of = |fate: EntryFate| preview.entries.iter().filter(|entry| entry.fate == fate).count();
    let parts = [(EntryFate::New, "baru"), (EntryFate::Changes, "mengubah yang ada"), (EntryFate::Same, "sudah ada")];
    let parts = parts.into_iter().map(|(fate, words)| (of(fate), words)).filter(|(count, _)| *count > 0);
    let told: Vec<String> = parts.map(|(count, words)| format!("{count} {words}")).collect();
    match preview.entries.len() {
        0 => format!("tidak ada {}", form.row),
        count => format!("{count} {}: {}", form.row, told.join(", ")),
    }
}

fn fault_view(fault: &PastedFault) -> FaultView {
    let letters = |column: usize| u32::try_from(column).map(column_letters).unwrap_or_default();
    FaultView {
        place: fault
            .cell
            .map(|cell| format!("Baris {}, kolom {}", cell.row + 1, letters(cell.column)))
            .unwrap_or_default(),
        text: fault.text.clone(),
        message: fault.message.clone(),
    }
}
