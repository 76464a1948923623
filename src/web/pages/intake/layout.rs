//! A sheet whose headings nobody knows: shown as it lies there, with a guess, to be explained once.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use super::refused;
use crate::app::import::Upload;
use crate::app::intake::draft::DraftError;
use crate::app::intake::layouts::{AlreadySaid, Explained, HeadingRows, LayoutError, SheetView};
use crate::domain::records::column_letters;
use crate::domain::{Table, format};
use crate::store::{BatchId, DraftFile, DraftId};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::pages::{PageQuery, html};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

#[derive(Template)]
#[template(path = "layout.html")]
struct LayoutPage {
    frame: PageFrame,
    id: DraftId,
    place: i64,
    sheet: String,
    error: String,
    /// Code, label, whether chosen.
    tables: Vec<(&'static str, &'static str, bool)>,
    /// Row from 1, class of its place (`heading`, `data`, or none), texts.
    rows: Vec<(u32, &'static str, Vec<String>)>,
    /// First and last row of the heading and first of the data, from 1.
    heading: [u32; 3],
    columns: Vec<ColumnView>,
    /// Number, name, whether chosen.
    months: Vec<(u32, &'static str, bool)>,
    year: String,
    /// Code, name, whether chosen; empty where the table is not of indicators.
    services: Vec<(String, String, bool)>,
    /// True where the table is of indicators and none is known.
    lacks_services: bool,
    is_cut: bool,
    needed: String,
}

struct ColumnView {
    number: u32,
    letters: String,
    /// Code, label, whether chosen.
    choices: Vec<(String, String, bool)>,
}

/// A place in a draft where no file stands: what an address without a number names.
pub(super) const NO_FILE: i64 = -1;

/// A sheet, its table, the rows of its heading and what its columns hold: as an address asks for them and the form
/// sends them. Rows count from 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LayoutForm {
    #[serde(rename = "berkas", deserialize_with = "number")]
    place: Option<i64>,
    #[serde(rename = "lembar")]
    sheet: String,
    #[serde(rename = "tabel")]
    table: String,
    #[serde(rename = "baris", deserialize_with = "number")]
    first_row: Option<u32>,
    #[serde(rename = "sampai", deserialize_with = "number")]
    last_row: Option<u32>,
    #[serde(rename = "data", deserialize_with = "number")]
    data_row: Option<u32>,
    #[serde(rename = "bulan", deserialize_with = "number")]
    month: Option<u32>,
    #[serde(rename = "tahun")]
    year: String,
    #[serde(rename = "indikator")]
    indicator: String,
    #[serde(flatten)]
    columns: Repeated,
}

impl LayoutForm {
    fn place(&self) -> i64 {
        self.place.unwrap_or(NO_FILE)
    }

    /// The rows of the heading; blank: its last row is the first, data follow the last.
    fn rows(&self) -> Result<HeadingRows, &'static str> {
        let from_zero = |row: Option<u32>| row.and_then(|row| row.checked_sub(1));
        let first = from_zero(self.first_row).ok_or("pilih baris judulnya dahulu")?;
        let last = from_zero(self.last_row).unwrap_or(first);
        let data = from_zero(self.data_row).unwrap_or(last + 1);
        HeadingRows::new(first, last, data).ok_or(
            "urutan barisnya keliru: baris judul pertama, baris judul terakhir, lalu baris data pertama di bawahnya",
        )
    }

    /// Columns from 0 whose content was chosen, each with the code of the choice.
    fn columns(&self) -> Vec<(u32, String)> {
        let chosen = self.columns.with_prefix::<u32>("kolom-").into_iter().filter(|(_, code)| !code.is_empty());
        chosen.map(|(column, code)| (column, code.to_owned())).collect()
    }

    /// The same again, with what is wrong.
    fn typed(&self, error: &str) -> TypedLayout {
        TypedLayout {
            columns: Some(self.columns()),
            year: self.year.clone(),
            month: self.month,
            indicator: self.indicator.clone(),
            error: sentence(error),
        }
    }
}

/// A form as it was typed, to be shown again with its fault.
#[derive(Default)]
struct TypedLayout {
    columns: Option<Vec<(u32, String)>>,
    year: String,
    month: Option<u32>,
    indicator: String,
    error: String,
}

/// `GET /impor/draf/{id}/lembar?berkas=&lembar=`: a sheet as it lies there, to be explained.
pub async fn show(site: Site, Path(id): Path<DraftId>, PageQuery(query): PageQuery) -> PageResult {
    site.preview(move |site| {
        let asked: LayoutForm = query.read()?;
        let given = AlreadySaid { rows: asked.rows().ok(), table: Table::from_code(&asked.table) };
        let at = SheetAddress { draft: id, place: asked.place(), sheet: &asked.sheet };
        page(site, at, given, TypedLayout::default())
    })
    .await
}

/// A sheet of a file of a draft.
#[derive(Clone, Copy)]
struct SheetAddress<'a> {
    draft: DraftId,
    /// Place of the file in the draft.
    place: i64,
    /// Name of the sheet.
    sheet: &'a str,
}

fn page(site: &Site, at: SheetAddress<'_>, given: AlreadySaid, typed: TypedLayout) -> PageResult {
    let SheetAddress { draft: id, place, sheet } = at;
    let (file, bytes, owner) = file_of(site, id, place)?;
    let upload = Upload { name: file.name.clone(), bytes };
    let view = site.intake().sheet_view(&upload, sheet, owner.as_deref(), given).map_err(refused_sheet)?;
    let chosen = ResolvedRequest::read(site, &Query::default(), &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Tabel apa ini?", "/impor");
    frame.subtitle = format!("{} › {sheet}", file.name);
    frame.acts_on.clear();
    frame.crumbs = vec![
        ("Impor".to_owned(), "/impor".to_owned()),
        ("Pratinjau".to_owned(), format!("/impor/draf/{id}")),
        (sheet.to_owned(), String::new()),
    ];
    let columns = typed.columns.as_ref().unwrap_or(&view.guess.columns);
    let needed: Vec<&str> =
        view.choices.iter().filter(|choice| choice.is_needed).map(|choice| choice.label.as_str()).collect();
    let rows = view.guess.rows;
    let is_of_services = view.guess.table == Table::Achievements;
    let services = view.services.iter().filter(|_| is_of_services);
    html(&LayoutPage {
        frame,
        id,
        place,
        sheet: sheet.to_owned(),
        error: typed.error,
        tables: Table::ALL.map(|table| (table.code(), table.label(), table == view.guess.table)).to_vec(),
        columns: column_views(&view, columns),
        rows: view.rows.iter().map(|(row, texts)| (row + 1, place_of(*row, rows), texts.clone())).collect(),
        heading: [rows.first() + 1, rows.last() + 1, rows.data() + 1],
        lacks_services: is_of_services && view.services.is_empty(),
        services: services.map(|(code, name)| (code.clone(), name.clone(), *code == typed.indicator)).collect(),
        months: (1..).zip(format::MONTHS).map(|(number, name)| (number, name, typed.month == Some(number))).collect(),
        year: typed.year,
        is_cut: view.is_cut,
        needed: needed.join(", "),
    })
}

fn place_of(row: u32, rows: HeadingRows) -> &'static str {
    match row {
        row if rows.contains(row) => "heading",
        row if row == rows.data() => "data",
        _ => "",
    }
}

fn column_views(view: &SheetView, said: &[(u32, String)]) -> Vec<ColumnView> {
    let chosen = |column: u32, code: &str| said.iter().any(|(known, held)| *known == column && held == code);
    let of = |column: u32| ColumnView {
        number: column,
        letters: column_letters(column),
        choices: view
            .choices
            .iter()
            .map(|choice| (choice.code.clone(), choice.label.clone(), chosen(column, &choice.code)))
            .collect(),
    };
    (0..view.columns).map(of).collect()
}

/// A file of a draft, its bytes, and who was said to own it.
pub(super) type OpenFile = (DraftFile, Vec<u8>, Option<String>);

pub(super) fn file_of(site: &Site, id: DraftId, place: i64) -> Result<OpenFile, PageError> {
    let draft = site.intake().draft(id).map_err(refused)?;
    let file = draft.files.iter().find(|file| file.place == place && file.outcome.is_none());
    let file = file.cloned().ok_or(DraftError::NoDraft).map_err(refused)?;
    let bytes = site.intake().draft_bytes(id, place)?;
    Ok((file, bytes, draft.puskesmas))
}

/// `POST /impor/draf/{id}/lembar`: keeps what was said of its columns.
pub async fn explain(site: Site, Path(id): Path<DraftId>, Submitted(form): Submitted<LayoutForm>) -> PageResult {
    site.take_in(move |site| take(site, id, &form)).await
}

fn take(site: &Site, id: DraftId, form: &LayoutForm) -> PageResult {
    let sheet = form.sheet.as_str();
    let (file, bytes, owner) = file_of(site, id, form.place())?;
    let Some(table) = Table::from_code(&form.table) else {
        return Err(PageError::bad_request("Pilih tabelnya dahulu."));
    };
    let at = SheetAddress { draft: id, place: form.place(), sheet };
    let again = |rows: Option<HeadingRows>, error: &str| {
        page(site, at, AlreadySaid { rows, table: Some(table) }, form.typed(error))
    };
    let rows = match form.rows() {
        Ok(rows) => rows,
        Err(error) => return again(None, error),
    };
    let has_indicator = !form.indicator.is_empty() && table == Table::Achievements;
    let said = Explained {
        table,
        rows,
        columns: form.columns(),
        indicator: has_indicator.then(|| form.indicator.clone()),
        period: (form.year.parse().ok(), form.month),
    };
    let upload = Upload { name: file.name, bytes };
    match site.intake().explain_sheet(&upload, sheet, owner.as_deref(), &said) {
        Ok(()) => Ok(see(&format!("/impor/draf/{id}"))),
        Err(LayoutError::Store(error)) => Err(error.into()),
        Err(error) => again(Some(rows), &error.to_string()),
    }
}

/// The months of a sheet; without a month the whole year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SheetPeriodForm {
    #[serde(rename = "berkas", deserialize_with = "number")]
    place: Option<i64>,
    #[serde(rename = "lembar")]
    sheet: String,
    #[serde(rename = "tahun", deserialize_with = "number")]
    year: Option<i32>,
    #[serde(rename = "bulan", deserialize_with = "number")]
    month: Option<u32>,
}

/// `POST /impor/draf/{id}/masa`: the months of a sheet that does not tell them.
pub async fn say_period(
    site: Site,
    Path(id): Path<DraftId>,
    Submitted(form): Submitted<SheetPeriodForm>,
) -> PageResult {
    site.take_in(move |site| {
        let (file, _, _) = file_of(site, id, form.place.unwrap_or(NO_FILE))?;
        let period = (form.year.unwrap_or(0), form.month);
        site.intake().say_period(&file.sha256, &form.sheet, period).map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}")))
    })
    .await
}

/// The sheet of an accepted file that shall be explained.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnreadSheetForm {
    #[serde(rename = "lembar")]
    sheet: String,
}

/// `POST /impor/{batch}/jelaskan`: an accepted file as a draft, at the sheet that was not read.
pub async fn again(site: Site, Path(batch): Path<BatchId>, Submitted(form): Submitted<UnreadSheetForm>) -> PageResult {
    site.take_in(move |site| {
        let draft = site.intake().draft_again(batch).map_err(refused)?;
        let sheet = encode(&form.sheet);
        Ok(see(&format!("/impor/draf/{draft}/lembar?berkas=0&lembar={sheet}")))
    })
    .await
}

/// Says why a sheet cannot be shown or explained.
pub fn refused_sheet(error: LayoutError) -> PageError {
    match error {
        LayoutError::Store(error) => PageError::Fault(error.into()),
        LayoutError::NoSuchPlace => PageError::not_found(sentence(&error.to_string())),
        other => PageError::bad_request(sentence(&other.to_string())),
    }
}
