//! A sheet whose headings nobody knows: shown as it lies there, with a guess, to be explained once.

use askama::Template;
use axum::extract::{Path, State};

use super::{Fields, refused, see, sentence};
use crate::app::draft::DraftError;
use crate::app::layouts::{Explained, LayoutError, SheetView, letters};
use crate::domain::{Table, format};
use crate::store::{DraftFile, DraftId};
use crate::web::chosen::Chosen;
use crate::web::error::{PageError, PageResult};
use crate::web::pages::{Asked, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::Frame;

#[derive(Template)]
#[template(path = "layout.html")]
struct LayoutPage {
    frame: Frame,
    id: DraftId,
    place: i64,
    sheet: String,
    error: String,
    /// Code, label, whether chosen.
    tables: Vec<(&'static str, &'static str, bool)>,
    /// Row from 1, whether it is the heading, texts.
    rows: Vec<(u32, bool, Vec<String>)>,
    columns: Vec<ColumnView>,
    /// Number, name, whether chosen.
    months: Vec<(u32, &'static str, bool)>,
    year: String,
    is_cut: bool,
    needed: String,
}

struct ColumnView {
    number: u32,
    letters: String,
    /// Code, label, whether chosen.
    choices: Vec<(String, String, bool)>,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    columns: Option<Vec<(u32, String)>>,
    year: String,
    month: Option<u32>,
    error: String,
}

/// `GET /impor/draf/{id}/lembar?berkas=&lembar=`.
pub async fn show(State(site): State<Site>, Path(id): Path<DraftId>, Asked(query): Asked) -> PageResult {
    site.compute(move |site| {
        let place = query.get("berkas").and_then(|text| text.parse().ok()).unwrap_or(-1);
        let given =
            (heading_row(query.get("baris").unwrap_or_default()), query.get("tabel").and_then(Table::from_code));
        page(site, (id, place, query.get("lembar").unwrap_or_default()), given, Typed::default())
    })
    .await
}

/// A row from 1 as one from 0.
fn heading_row(text: &str) -> Option<u32> {
    text.parse::<u32>().ok()?.checked_sub(1)
}

fn page(
    site: &Site,
    (id, place, sheet): (DraftId, i64, &str),
    given: (Option<u32>, Option<Table>),
    typed: Typed,
) -> PageResult {
    let (file, bytes, owner) = file_of(site, id, place)?;
    let view = site.app().sheet_view((&file.name, &bytes), sheet, owner.as_deref(), given).map_err(refused_sheet)?;
    let chosen = Chosen::read(site, &Query::default(), &[])?;
    let mut frame = Frame::new(site.app(), chosen.as_ref(), "Tabel apa ini?", "/impor");
    frame.subtitle = format!("{} › {sheet}", file.name);
    frame.crumbs = vec![
        ("Impor".to_owned(), "/impor".to_owned()),
        ("Pratinjau".to_owned(), format!("/impor/draf/{id}")),
        (sheet.to_owned(), String::new()),
    ];
    let columns = typed.columns.as_ref().unwrap_or(&view.guess.columns);
    let needed: Vec<&str> =
        view.choices.iter().filter(|choice| choice.is_needed).map(|choice| choice.label.as_str()).collect();
    html(&LayoutPage {
        frame,
        id,
        place,
        sheet: sheet.to_owned(),
        error: typed.error,
        tables: Table::ALL.map(|table| (table.code(), table.label(), table == view.guess.table)).to_vec(),
        columns: column_views(&view, columns),
        rows: view.rows.iter().map(|(row, texts)| (row + 1, *row == view.guess.row, texts.clone())).collect(),
        months: (1..).zip(format::MONTHS).map(|(number, name)| (number, name, typed.month == Some(number))).collect(),
        year: typed.year,
        is_cut: view.is_cut,
        needed: needed.join(", "),
    })
}

fn column_views(view: &SheetView, said: &[(u32, String)]) -> Vec<ColumnView> {
    let chosen = |column: u32, code: &str| said.iter().any(|(known, held)| *known == column && held == code);
    let of = |column: u32| ColumnView {
        number: column,
        letters: letters(column),
        choices: view
            .choices
            .iter()
            .map(|choice| (choice.code.clone(), choice.label.clone(), chosen(column, &choice.code)))
            .collect(),
    };
    (0..view.columns).map(of).collect()
}

type OpenFile = (DraftFile, Vec<u8>, Option<String>);

fn file_of(site: &Site, id: DraftId, place: i64) -> Result<OpenFile, PageError> {
    let draft = site.app().draft(id).map_err(refused)?;
    let file = draft.files.iter().find(|file| file.place == place && file.outcome.is_none());
    let file = file.cloned().ok_or(DraftError::NoDraft).map_err(refused)?;
    let bytes = site.app().store().draft_bytes(id, place)?;
    Ok((file, bytes, draft.puskesmas))
}

/// `POST /impor/draf/{id}/lembar`.
pub async fn explain(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.compute(move |site| take(site, id, &fields)).await
}

fn take(site: &Site, id: DraftId, fields: &Fields) -> PageResult {
    let place = fields.get("berkas").parse().unwrap_or(-1);
    let sheet = fields.get("lembar");
    let (file, bytes, owner) = file_of(site, id, place)?;
    let table = Table::from_code(fields.get("tabel"));
    let row = heading_row(fields.get("baris"));
    let columns: Vec<(u32, String)> = fields
        .below("kolom-")
        .filter(|(_, code)| !code.is_empty())
        .filter_map(|(column, code)| Some((column.parse().ok()?, code.to_owned())))
        .collect();
    let (year, month) = (fields.get("tahun").parse().ok(), fields.get("bulan").parse().ok());
    let (Some(said_table), Some(said_row)) = (table, row) else {
        return Err(PageError::bad_request("Pilih tabel dan baris judulnya dahulu."));
    };
    let said = Explained { table: said_table, row: said_row, columns: columns.clone(), period: (year, month) };
    match site.app().explain_sheet((&file.name, &bytes), sheet, owner.as_deref(), &said) {
        Ok(()) => Ok(see(&format!("/impor/draf/{id}"))),
        Err(LayoutError::Store(error)) => Err(error.into()),
        Err(error) => {
            let year = fields.get("tahun").to_owned();
            let typed = Typed { columns: Some(columns), year, month, error: sentence(&error.to_string()) };
            page(site, (id, place, sheet), (row, table), typed)
        }
    }
}

/// `POST /impor/draf/{id}/masa`: the months of a sheet that does not tell them.
pub async fn say_period(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.compute(move |site| {
        let place = fields.get("berkas").parse().unwrap_or(-1);
        let (file, _, _) = file_of(site, id, place)?;
        let year = fields.get("tahun").parse().unwrap_or(0);
        let month = fields.get("bulan").parse().ok();
        site.app().say_period(&file.sha256, fields.get("lembar"), (year, month)).map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}")))
    })
    .await
}

/// What a user reads where a sheet cannot be shown.
pub fn refused_sheet(error: LayoutError) -> PageError {
    match error {
        LayoutError::Store(error) => PageError::Fault(error.into()),
        LayoutError::NoSuchPlace => PageError::not_found(sentence(&error.to_string())),
        other => PageError::bad_request(sentence(&other.to_string())),
    }
}
