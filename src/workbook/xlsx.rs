//! xlsx and xlsm (macros are not looked at), cell by cell: a dense range of two cells in opposite corners
//! would ask for 512 GiB.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::intake::{Intake, Seen};
use super::package::Package;
use super::values::{date_or_number, error_text, iso_date, shows_percent};
use super::{Area, CellValue, OpenError, Visibility, xlsx_columns, xlsx_merges};
use crate::domain::records::CellRef;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

pub(super) fn read(bytes: &[u8], package: &mut Package<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error, intake))?;
    let listed = book.sheets_metadata().to_vec();
    intake.check_sheets(listed.len())?;
    if book.has_1904_epoch() {
        intake.counts_from_1904();
    }
    let parts = xlsx_merges::parts(package).filter(|parts| parts.len() == listed.len());
    for (place, sheet) in listed.into_iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        };
        intake.open_sheet(&sheet.name, visibility)?;
        for (first, last) in
            parts.as_ref().map(|parts| xlsx_columns::hidden(package, &parts[place])).unwrap_or_default()
        {
            intake.hidden_columns(first, last);
        }
        read_cells(&mut book, &sheet.name, intake)?;
        let searched = parts.as_ref().and_then(|parts| xlsx_merges::areas(package, &parts[place], intake));
        let areas = match searched {
            Some(areas) => areas,
            None => parsed_merges(&mut book, &sheet.name, intake)?,
        };
        for area in areas {
            intake.merge(area)?;
        }
    }
    Ok(())
}

/// Merges by the parser's own way, where the part was not found or is not plain.
fn parsed_merges(book: &mut Book<'_>, sheet: &str, intake: &Intake<'_>) -> Result<Vec<Area>, OpenError> {
    let merges = book.merge_cells_by_sheet_name(sheet).map_err(|error| refusal(&error, intake))?;
    let cell = |(row, column)| CellRef { row, column };
    Ok(merges.into_iter().map(|area| Area { first: cell(area.start), last: cell(area.end) }).collect())
}

/// The sentence for what the parser met; its own words are English and stay here.
fn refusal(error: &XlsxError, intake: &Intake<'_>) -> OpenError {
    match error {
        XlsxError::Password => OpenError::Password { file: intake.file() },
        XlsxError::FileNotFound(part) => intake.damaged(&format!("bagian {part} tidak ada")),
        XlsxError::Io(_) | XlsxError::Zip(_) => intake.damaged("arsip ZIP-nya tidak utuh"),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => intake.damaged("XML-nya tidak utuh"),
        _ => intake.damaged("isinya tidak sesuai format .xlsx"),
    }
}

fn read_cells(book: &mut Book<'_>, sheet: &str, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut has_blanks = false;
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| refusal(&error, intake))?;
    let percents: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code)))
        .collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| refusal(&error, intake))? {
        let (row, column) = cell.get_position();
        let percent = percents.get(style).copied().unwrap_or(false);
        match seen(cell.get_value(), percent) {
            Some(seen) => intake.cell(CellRef { row, column }, seen)?,
            None => has_blanks = true,
        }
    }
    drop(reader);
    // A formula whose value was never stored reads as a blank; without blanks there is none.
    if has_blanks { read_uncomputed(book, sheet, intake) } else { Ok(()) }
}

fn read_uncomputed(book: &mut Book<'_>, sheet: &str, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| refusal(&error, intake))?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| refusal(&error, intake))? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            let (row, column) = cell.pos;
            intake.cell(CellRef { row, column }, Seen::Value(CellValue::FormulaNotComputed))?;
        }
    }
    Ok(())
}

fn seen<'d>(value: &'d DataRef<'_>, percent: bool) -> Option<Seen<'d>> {
    Some(match value {
        DataRef::Empty => return None,
        #[expect(clippy::cast_precision_loss, reason = "Excel has no integers beyond 15 digits")]
        DataRef::Int(value) => Seen::Value(CellValue::Number { value: *value as f64, percent }),
        DataRef::Float(value) => Seen::Value(CellValue::Number { value: *value, percent }),
        DataRef::String(text) => Seen::Text(text),
        DataRef::SharedString(text) => Seen::Text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match iso_date(text) {
            Some(date) => Seen::Value(CellValue::Date(date)),
            None => Seen::Text(text),
        },
        DataRef::Bool(value) => Seen::Value(CellValue::Bool(*value)),
        DataRef::DateTime(value) => Seen::Value(date_or_number(value)),
        DataRef::Error(kind) => Seen::Value(CellValue::Error(error_text(kind))),
    })
}
