//! A workbook to fill in a checklist: a sheet for each facility with the items of its instrument, a drop-down for the
//! answers, and the day above. The same with answers is a sheet that stands, to be corrected in Excel. Knows no store.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::context::{TemplateContext, TemplateError, clean};
use super::draw::{page, protect};
use super::plan::ColumnLook;
use super::style::{self, CellRole};
use crate::domain::Date;
use crate::domain::checklist::ChecklistItem;
use crate::domain::instrument::{Aspect, Instrument, InstrumentItem, ItemAnswer, is_same_points};
use chrono::Datelike;

/// Headings and widths of the columns.
const COLUMNS: [(&str, f64); 6] =
    [("Kode", 14.0), ("Uraian", 52.0), ("Kritis", 12.0), ("Nilai Maks", 11.0), ("Nilai", 12.0), ("Keterangan", 34.0)];
/// Column of the answers.
const ANSWER: u16 = 4;
/// Row of the headings.
const HEADING: u32 = 6;
/// Letters of the name of a sheet.
const NAME_CHARS_MAX: usize = 31;
/// Letters that no name of a sheet may hold.
const REFUSED_IN_NAMES: [char; 8] = ['[', ']', ':', '*', '?', '/', '\\', '\''];

/// A sheet of the workbook.
#[derive(Clone, Debug)]
pub struct ChecklistSheet<'a> {
    /// Name of the facility.
    pub facility: String,
    /// Day of the visit; `None`: to be filled in.
    pub date: Option<Date>,
    /// Items that stand; none of an empty sheet.
    pub items: Vec<&'a ChecklistItem>,
}

/// Content of a workbook of checklists.
#[derive(Clone, Debug)]
pub struct ChecklistBook<'a> {
    /// Puskesmas that coaches.
    pub puskesmas: &'a str,
    /// Instrument of every sheet.
    pub instrument: &'a Instrument,
    /// A sheet for each facility, in their order.
    pub sheets: Vec<ChecklistSheet<'a>>,
}

/// The workbook as bytes of an `.xlsx`.
///
/// # Errors
/// More cells than a workbook to fill in should have, or what the writer of workbooks refuses.
pub fn checklist_workbook(book: &ChecklistBook<'_>) -> Result<Vec<u8>, TemplateError> {
    let cells = book.sheets.len() * (book.instrument.items.len() + Aspect::ALL.len()) * COLUMNS.len();
    if cells > TemplateContext::CELLS_MAX {
        return Err(TemplateError::TooLarge { cells, limit: TemplateContext::CELLS_MAX });
    }
    let mut workbook = Workbook::new();
    for (number, sheet) in (1_usize..).zip(&book.sheets) {
        draw(workbook.add_worksheet(), book, &NumberedSheet { number, sheet })?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// A sheet and its place among the others, by which its name is its own.
struct NumberedSheet<'s> {
    number: usize,
    sheet: &'s ChecklistSheet<'s>,
}

impl NumberedSheet<'_> {
    fn name(&self) -> String {
        let plain = clean(&self.sheet.facility).replace(REFUSED_IN_NAMES, " ");
        format!("{} {plain}", self.number).chars().take(NAME_CHARS_MAX).collect::<String>().trim_end().to_owned()
    }
}

fn draw(sheet: &mut Worksheet, book: &ChecklistBook<'_>, numbered: &NumberedSheet<'_>) -> Result<(), XlsxError> {
    let NumberedSheet { sheet: filled, .. } = numbered;
    let name = numbered.name();
    sheet.set_name(&name)?;
    for (column, (heading, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEADING, column, heading, &style::heading())?;
    }
    let text = style::cell(ColumnLook::Text, CellRole::Entry, false);
    let day = style::cell(ColumnLook::Date, CellRole::Entry, false);
    sheet.write_string_with_format(0, 1, clean(book.puskesmas), &style::name())?;
    sheet.write_string_with_format(1, 1, clean(&book.instrument.title).to_uppercase(), &style::title())?;
    for (row, label) in [(2, "Nama Faskes"), (3, "Tanggal"), (4, "Pembina")] {
        sheet.write_string_with_format(row, 0, label, &style::caption())?;
    }
    sheet.write_string_with_format(2, 1, clean(&filled.facility), &text)?;
    match filled.date {
        Some(date) => {
            let year = u16::try_from(date.year()).unwrap_or(1990);
            let month = u8::try_from(date.month()).unwrap_or(1);
            let at = ExcelDateTime::from_ymd(year, month, u8::try_from(date.day()).unwrap_or(1))?;
            sheet.write_datetime_with_format(3, 1, &at, &day)?;
        }
        None => {
            sheet.write_blank(3, 1, &day)?;
        }
    }
    let coach = filled.items.iter().find_map(|item| item.coach.as_deref()).unwrap_or_default();
    sheet.write_string_with_format(4, 1, clean(coach), &text)?;
    if let Some(form) = filled.items.iter().map(|item| item.form.as_str()).find(|form| !form.is_empty()) {
        sheet.write_string_with_format(5, 0, "Bentuk Kegiatan", &style::caption())?;
        sheet.write_string_with_format(5, 1, clean(form), &text)?;
    }
    let last = items(sheet, book.instrument, filled)?;
    let answers = DataValidation::new()
        .allow_list_strings(&["Ya", "Tidak", "TB"])?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message("Pilih Ya, Tidak, atau TB; atau angka bila terpenuhi sebagian.")?
        .set_input_message("Ya = nilai penuh, Tidak = 0, TB = tidak berlaku. Kosong: belum dijawab, bukan 0.")?;
    sheet.add_data_validation(HEADING + 1, ANSWER, last, ANSWER, &answers)?;
    sheet.set_freeze_panes(HEADING + 1, 2)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    page(sheet, &name);
    protect(sheet);
    sheet.set_selection(3, 1, 3, 1)?;
    Ok(())
}

/// Writes the items part by part, and returns the row of the last one.
fn items(sheet: &mut Worksheet, instrument: &Instrument, filled: &ChecklistSheet<'_>) -> Result<u32, XlsxError> {
    let fixed = style::cell(ColumnLook::Text, CellRole::Settled, false);
    let number = style::cell(ColumnLook::Number, CellRole::Settled, false);
    let mark = style::cell(ColumnLook::Mark, CellRole::Entry, false);
    let points = style::cell(ColumnLook::Number, CellRole::Entry, false);
    let text = style::cell(ColumnLook::Text, CellRole::Entry, false);
    let mut row = HEADING;
    let mut aspect: Option<Aspect> = None;
    for item in &instrument.items {
        if aspect != Some(item.aspect) {
            aspect = Some(item.aspect);
            row += 1;
            sheet.write_string_with_format(row, 1, format!("Aspek {}", item.aspect.label()), &style::caption())?;
        }
        row += 1;
        sheet.write_string_with_format(row, 0, clean(&item.code), &fixed)?;
        sheet.write_string_with_format(row, 1, clean(&item.text), &fixed)?;
        sheet.write_string_with_format(row, 2, if item.is_critical { "▲ KRITIS" } else { "" }, &fixed)?;
        sheet.write_number_with_format(row, 3, item.points, &number)?;
        let stands = filled.items.iter().find(|known| known.code == item.code);
        match stands.and_then(|known| answer(item, known)) {
            Some(WrittenAnswer::Word(word)) => sheet.write_string_with_format(row, ANSWER, word, &mark)?,
            Some(WrittenAnswer::Points(part)) => sheet.write_number_with_format(row, ANSWER, part, &points)?,
            None => sheet.write_blank(row, ANSWER, &mark)?,
        };
        let note = stands.and_then(|known| known.note.as_deref()).unwrap_or_default();
        sheet.write_string_with_format(row, ANSWER + 1, clean(note), &text)?;
    }
    Ok(row)
}

/// An answer as it stands in its cell.
enum WrittenAnswer {
    Word(&'static str),
    Points(f64),
}

fn answer(item: &InstrumentItem, known: &ChecklistItem) -> Option<WrittenAnswer> {
    Some(match known.answer? {
        ItemAnswer::NotApplicable => WrittenAnswer::Word("TB"),
        ItemAnswer::Points(points) if is_same_points(points, item.points) => WrittenAnswer::Word("Ya"),
        ItemAnswer::Points(points) if is_same_points(points, 0.0) => WrittenAnswer::Word("Tidak"),
        ItemAnswer::Points(points) => WrittenAnswer::Points(points),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_named_after_its_facility_as_excel_allows() {
        let name = |number: usize, facility: &str| {
            let sheet = ChecklistSheet { facility: facility.to_owned(), date: None, items: Vec::new() };
            NumberedSheet { number, sheet: &sheet }.name()
        };
        assert_eq!(name(1, "Apotek [Baru]/Lama: 'A'"), "1 Apotek  Baru  Lama   A");
        let long = "Poskesdes Sumber Makmur Sejahtera Abadi";
        assert_eq!(name(12, long).chars().count(), NAME_CHARS_MAX);
        // Names that differ only behind the cut are told apart by their number.
        assert_ne!(name(1, &format!("{long} 1")), name(2, &format!("{long} 2")));
    }
}
