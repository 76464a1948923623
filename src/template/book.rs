//! A whole workbook: each form with its rules and signatures, the example, the help, the hidden lists. Above all that
//! draws a part of it.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::context::{TemplateContext, TemplateError, clean};
use super::draw::{TableArea, banner, column_number, page, protect, rules, table, widths};
use super::plan::SheetPlan;
use super::{LISTS_MARK, TemplateKind, example, help, lists, sign, style};

/// A form of at most so many rows is printed on one page, its signatures with it.
const ROWS_ON_A_PAGE: u32 = 60;

/// Draws every sheet of a workbook: tables, example, help and the hidden lists. The same template gives the same bytes.
pub(super) fn workbook(
    kind: TemplateKind,
    context: &TemplateContext,
    plans: &[SheetPlan],
) -> Result<Vec<u8>, TemplateError> {
    let mut book = Workbook::new();
    // The stamp of a file is its month and not the clock: the same template twice is the same bytes.
    let year = u16::try_from(context.month.year()).unwrap_or(1990);
    let stamp = ExcelDateTime::from_ymd(year, u8::try_from(context.month.month()).unwrap_or(1), 1)?;
    let title = format!("{} {}", kind.title(), clean(&context.puskesmas));
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&stamp));
    for plan in plans {
        form(book.add_worksheet(), context, plan)?;
    }
    example::sheet(book.add_worksheet(), kind, context)?;
    help::sheet(book.add_worksheet(), kind, context, plans)?;
    hidden_lists(book.add_worksheet(), context)?;
    Ok(book.save_to_buffer()?)
}

/// One form: letterhead, title, table, signatures, with its rules and its paper.
fn form(sheet: &mut Worksheet, context: &TemplateContext, plan: &SheetPlan) -> Result<(), XlsxError> {
    sheet.set_name(&plan.sheet)?;
    let heading = banner(sheet, context, plan)?;
    widths(sheet, plan)?;
    let place = table(sheet, plan, heading)?;
    rules(sheet, context, plan, place.span)?;
    let end = sign::block(sheet, context, plan, place.end + 2)?;
    sheet.set_freeze_panes(place.span.first, column_number(plan.name_column + 1))?;
    paper(sheet, plan, place, end)?;
    protect(sheet);
    sheet.set_selection(
        place.span.first,
        column_number(plan.name_column),
        place.span.first,
        column_number(plan.name_column),
    )?;
    Ok(())
}

/// A4 across, one page wide, the heading on every page.
fn paper(sheet: &mut Worksheet, plan: &SheetPlan, place: TableArea, end: u32) -> Result<(), XlsxError> {
    let last = column_number(plan.columns.len() - 1).max(sign::last_column(plan));
    sheet.set_repeat_rows(place.heading, place.span.first - 1)?.set_print_area(0, 0, end, last)?;
    sheet.set_print_center_horizontally(true);
    page(sheet, &plan.sheet);
    if end < ROWS_ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 1);
    }
    Ok(())
}

/// The lists behind the drop-downs.
fn hidden_lists(sheet: &mut Worksheet, context: &TemplateContext) -> Result<(), XlsxError> {
    sheet.set_name(lists::SHEET)?;
    sheet.write_string_with_format(0, 0, LISTS_MARK, &style::mark())?;
    for list in lists::List::ALL {
        let column = list.column();
        sheet.write_string_with_format(lists::FIRST_ROW - 1, column, list.title(), &style::caption())?;
        sheet.set_column_width(column, 28)?;
        for (item, row) in list.items(context).iter().zip(lists::FIRST_ROW..) {
            sheet.write_string(row, column, item)?;
        }
    }
    protect(sheet);
    sheet.set_hidden(true);
    Ok(())
}
