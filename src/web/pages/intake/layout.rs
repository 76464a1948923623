//! A sheet whose headings nobody knows: shown as it lies there, with a guess, to be explained once.

use askama::Template;
use axum::extract::{Path, State};

use super::{Fields, refused, see};
use crate::app::draft::DraftError;
use crate::app::import::Upload;
use crate::app::layouts::{Explained, Given, HeadingRows, LayoutError, SheetView};
use crate::domain::records::column_letters;
use crate::domain::{Table, format};
use crate::store::{BatchId, DraftFile, DraftId};
use crate::web::chosen::Chosen;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::pages::{Asked, html};
use crate::web::query::{Query, encode};
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
    /// Whether the table is of indicators and none is known.
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

/// What was typed.
#[derive(Default)]
struct Typed {
    columns: Option<Vec<(u32, String)>>,
    year: String,
    month: Option<u32>,
    indicator: String,
    error: String,
}

/// `GET /impor/draf/{id}/lembar?berkas=&lembar=`.
pub async fn show(State(site): State<Site>, Path(id): Path<DraftId>, Asked(query): Asked) -> PageResult {
    site.preview(move |site| {
        let place = query.get("berkas").and_then(|text| text.parse().ok()).unwrap_or(-1);
        let of = |name| query.get(name).unwrap_or_default();
        let rows = heading_rows([of("baris"), of("sampai"), of("data")]);
        let given = Given { rows: rows.ok(), table: Table::from_code(of("tabel")) };
        page(site, (id, place, query.get("lembar").unwrap_or_default()), given, Typed::default())
    })
    .await
}

/// Rows from 1 as they were typed; blank: the last row is the first, data follow the last.
fn heading_rows(typed: [&str; 3]) -> Result<HeadingRows, &'static str> {
    let row = |text: &str| text.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
    let [first, last, data] = typed;
    let first = row(first).ok_or("pilih baris judulnya dahulu")?;
    let last = row(last).unwrap_or(first);
    let data = row(data).unwrap_or(last + 1);
    HeadingRows::new(first, last, data)
        .ok_or("urutan barisnya keliru: baris judul pertama, baris judul terakhir, lalu baris data pertama di bawahnya")
}

fn page(site: &Site, (id, place, sheet): (DraftId, i64, &str), given: Given, typed: Typed) -> PageResult {
    let (file, bytes, owner) = file_of(site, id, place)?;
    let upload = Upload { name: file.name.clone(), bytes };
    let view = site.app().sheet_view(&upload, sheet, owner.as_deref(), given).map_err(refused_sheet)?;
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
    let draft = site.app().draft(id).map_err(refused)?;
    let file = draft.files.iter().find(|file| file.place == place && file.outcome.is_none());
    let file = file.cloned().ok_or(DraftError::NoDraft).map_err(refused)?;
    let bytes = site.app().store().draft_bytes(id, place)?;
    Ok((file, bytes, draft.puskesmas))
}

/// `POST /impor/draf/{id}/lembar`.
pub async fn explain(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.take_in(move |site| take(site, id, &fields)).await
}

fn take(site: &Site, id: DraftId, fields: &Fields) -> PageResult {
    let place = fields.get("berkas").parse().unwrap_or(-1);
    let sheet = fields.get("lembar");
    let (file, bytes, owner) = file_of(site, id, place)?;
    let table = Table::from_code(fields.get("tabel"));
    let rows = heading_rows([fields.get("baris"), fields.get("sampai"), fields.get("data")]);
    let columns: Vec<(u32, String)> = fields
        .below("kolom-")
        .filter(|(_, code)| !code.is_empty())
        .filter_map(|(column, code)| Some((column.parse().ok()?, code.to_owned())))
        .collect();
    let (year, month) = (fields.get("tahun").parse().ok(), fields.get("bulan").parse().ok());
    let Some(said_table) = table else { return Err(PageError::bad_request("Pilih tabelnya dahulu.")) };
    let indicator = fields.get("indikator");
    let typed = |error: &str| Typed {
        columns: Some(columns.clone()),
        year: fields.get("tahun").to_owned(),
        month,
        indicator: indicator.to_owned(),
        error: sentence(error),
    };
    let said_rows = match rows {
        Ok(rows) => rows,
        Err(error) => return page(site, (id, place, sheet), Given { rows: None, table }, typed(error)),
    };
    let said = Explained {
        table: said_table,
        rows: said_rows,
        columns: columns.clone(),
        indicator: (!indicator.is_empty() && said_table == Table::Achievements).then(|| indicator.to_owned()),
        period: (year, month),
    };
    let upload = Upload { name: file.name, bytes };
    match site.app().explain_sheet(&upload, sheet, owner.as_deref(), &said) {
        Ok(()) => Ok(see(&format!("/impor/draf/{id}"))),
        Err(LayoutError::Store(error)) => Err(error.into()),
        Err(error) => {
            let given = Given { rows: Some(said_rows), table };
            page(site, (id, place, sheet), given, typed(&error.to_string()))
        }
    }
}

/// `POST /impor/draf/{id}/masa`: the months of a sheet that does not tell them.
pub async fn say_period(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.take_in(move |site| {
        let place = fields.get("berkas").parse().unwrap_or(-1);
        let (file, _, _) = file_of(site, id, place)?;
        let year = fields.get("tahun").parse().unwrap_or(0);
        let month = fields.get("bulan").parse().ok();
        site.app().say_period(&file.sha256, fields.get("lembar"), (year, month)).map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}")))
    })
    .await
}

/// `POST /impor/{batch}/jelaskan`: an accepted file as a draft, at the sheet that was not read.
pub async fn again(State(site): State<Site>, Path(batch): Path<BatchId>, fields: Fields) -> PageResult {
    site.take_in(move |site| {
        let draft = site.app().draft_again(batch).map_err(refused)?;
        let sheet = encode(fields.get("lembar"));
        Ok(see(&format!("/impor/draf/{draft}/lembar?berkas=0&lembar={sheet}")))
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
