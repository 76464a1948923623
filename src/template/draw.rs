//! Plans → cells of a sheet: the banner, the table itself, its rules, its paper. Computes nothing of its own: values
//! of formulas come from the plan, so that a reader sees the same without opening Excel.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula as CellFormula, ProtectionOptions,
    Worksheet, XlsxError,
};

use super::context::{TemplateContext, clean};
use super::plan::{Formula, InputRule, PlanColumn, PlannedCell, RowSpan, SheetPlan, address};
use super::style::{self, CellRole};
use crate::domain::Date;

/// Longest title and text of a rule's message in Excel, in characters.
const RULE_TITLE_CHARS: usize = 32;
const RULE_TEXT_CHARS: usize = 255;
/// Number of A4 among Excel's sizes of paper.
const PAPER: u8 = 9;
/// The lines above a table are centred over about a page's width, not over sixty columns.
const BANNER_WIDTH: f64 = 260.0;
/// Height of one line, in points.
const LINE_HEIGHT: f64 = 15.0;
/// Width of a usual letter, as a part of the digit by which columns are measured.
const LETTER_WIDTH: f64 = 0.93;
/// Most lines that a row is made high for.
const LINES_MAX: f64 = 10.0;

/// Rows of a drawn table, counted from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableArea {
    /// First row of the heading.
    pub heading: u32,
    /// First and last row of data.
    pub span: RowSpan,
    /// Last row of the table, *Jumlah* included.
    pub end: u32,
}

/// Letterhead, title and period; returns the row of the heading.
pub(super) fn banner(sheet: &mut Worksheet, context: &TemplateContext, plan: &SheetPlan) -> Result<u32, XlsxError> {
    let dotted = ["PEMERINTAH KABUPATEN/KOTA ....................", "DINAS KESEHATAN"].map(ToOwned::to_owned);
    let letterhead: &[String] = if context.letterhead.is_empty() { &dotted } else { &context.letterhead };
    let mut lines: Vec<(String, Format)> =
        letterhead.iter().map(|line| (clean(line), style::banner().set_unlocked())).collect();
    lines.push((context.puskesmas.clone(), style::name()));
    lines.push((String::new(), style::banner()));
    lines.push((plan.title.to_owned(), style::title()));
    lines.extend(plan.period.iter().map(|line| (line.clone(), style::banner())));
    let last = banner_columns(plan);
    let mut row = 0;
    for (text, format) in lines {
        if !text.is_empty() {
            sheet.merge_range(row, 0, row, last, &text, &format)?;
        }
        row += 1;
    }
    Ok(row + 1)
}

/// The last column over which the banner is centred.
pub(super) fn banner_columns(plan: &SheetPlan) -> u16 {
    let mut width = 0.0;
    let fitting = plan.columns.iter().take_while(|column| {
        width += column.width;
        width <= BANNER_WIDTH
    });
    column_number(fitting.count().max(2) - 1)
}

/// A column as the writer counts it; plans are far narrower than its limit.
pub(super) fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

pub(super) fn widths(sheet: &mut Worksheet, plan: &SheetPlan) -> Result<(), XlsxError> {
    for (place, column) in plan.columns.iter().enumerate() {
        sheet.set_column_width(column_number(place), column.width)?;
    }
    Ok(())
}

/// The table from its heading to *Jumlah*.
pub(super) fn table(sheet: &mut Worksheet, plan: &SheetPlan, heading: u32) -> Result<TableArea, XlsxError> {
    sheet.set_formula_result_default("");
    let first = headings(sheet, plan, heading)?;
    let count = u32::try_from(plan.rows.len() + plan.spare_rows).unwrap_or(u32::MAX);
    let span = RowSpan { first, last: first + count.max(1) - 1 };
    let blank = Vec::new();
    for (place, at) in (span.first..=span.last).enumerate() {
        let row = plan.rows.get(place).unwrap_or(&blank);
        let texts = plan.columns.iter().zip(row).filter_map(|(column, entry)| Some((entry.as_text()?, column.width)));
        grow(sheet, at, texts)?;
        for (number, column) in plan.columns.iter().enumerate() {
            let cell = SheetCell { row: at, column: column_number(number) };
            match column.computed {
                Some(computed) => {
                    let formula = plan.formula(computed, place, at, span);
                    let format = style::computed(column.look, CellRole::Settled);
                    write_formula(sheet, cell, &formula, &format)?;
                }
                None => {
                    write_entry(sheet, cell, column, row.get(number).unwrap_or(&PlannedCell::Blank))?;
                }
            }
        }
    }
    if !plan.has_total() {
        return Ok(TableArea { heading, span, end: span.last });
    }
    foot(sheet, plan, span)?;
    Ok(TableArea { heading, span, end: span.last + 1 })
}

/// Makes a row high enough for its texts; a row of one line is left to grow by itself.
pub(super) fn grow<'t>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl Iterator<Item = (&'t str, f64)>,
) -> Result<(), XlsxError> {
    let lines = |(text, width): (&str, f64)| {
        let characters = u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from);
        (characters * LETTER_WIDTH / width).ceil()
    };
    let most = texts.map(lines).fold(1.0, f64::max).min(LINES_MAX);
    if most > 1.0 {
        sheet.set_row_height(row, most * LINE_HEIGHT)?;
    }
    Ok(())
}

fn headings(sheet: &mut Worksheet, plan: &SheetPlan, at: u32) -> Result<u32, XlsxError> {
    let format = style::heading();
    if !plan.has_groups() {
        for (place, column) in plan.columns.iter().enumerate() {
            sheet.write_string_with_format(at, column_number(place), &column.heading, &format)?;
        }
        sheet.set_row_height(at, 34)?;
        return Ok(at + 1);
    }
    let mut place = 0;
    for group in plan.columns.chunk_by(|one, next| one.group.is_some() && one.group == next.group) {
        let first = column_number(place);
        let last = column_number(place + group.len() - 1);
        match &group[0].group {
            None => {
                sheet.merge_range(at, first, at + 1, first, &group[0].heading, &format)?;
            }
            Some(text) if first == last => {
                sheet.write_string_with_format(at, first, text, &format)?;
            }
            Some(text) => {
                sheet.merge_range(at, first, at, last, text, &format)?;
            }
        }
        for (offset, column) in group.iter().enumerate().filter(|(_, column)| column.group.is_some()) {
            let under = column_number(place + offset);
            match column.heading.parse::<u32>() {
                Ok(number) => sheet.write_number_with_format(at + 1, under, number, &format)?,
                Err(_text) => sheet.write_string_with_format(at + 1, under, &column.heading, &format)?,
            };
        }
        place += group.len();
    }
    sheet.set_row_height(at, 20)?.set_row_height(at + 1, 20)?;
    Ok(at + 2)
}

/// A cell of the sheet, counted from 0.
#[derive(Clone, Copy)]
struct SheetCell {
    row: u32,
    column: u16,
}

fn write_entry(sheet: &mut Worksheet, at: SheetCell, of: &PlanColumn, entry: &PlannedCell) -> Result<(), XlsxError> {
    let SheetCell { row, column } = at;
    let open = |is_whole| style::cell(of.look, CellRole::Entry, is_whole);
    match entry {
        PlannedCell::Blank => sheet.write_blank(row, column, &open(true))?,
        PlannedCell::Text(text) => sheet.write_string_with_format(row, column, text, &open(true))?,
        PlannedCell::Fixed(text) => {
            sheet.write_string_with_format(row, column, text, &style::cell(of.look, CellRole::Settled, true))?
        }
        PlannedCell::Number(number) => {
            sheet.write_number_with_format(row, column, *number, &open(number.fract() == 0.0))?
        }
        PlannedCell::TextWith(text, with) => {
            let formula = format!("=IF({}=\"\",\"\",\"{}\")", address(row, *with), text.replace('"', "\"\""));
            let format = style::open_formula();
            sheet.write_formula_with_format(row, column, CellFormula::new(formula), &format)?
        }
        PlannedCell::Date(date) => {
            sheet.write_number_with_format(row, column, f64::from(serial(*date)), &open(true))?
        }
    };
    Ok(())
}

fn write_formula(
    sheet: &mut Worksheet,
    SheetCell { row, column }: SheetCell,
    formula: &Formula,
    format: &Format,
) -> Result<(), XlsxError> {
    let result = formula.result.map(|result| result.to_string()).unwrap_or_default();
    let written = CellFormula::new(&formula.text).set_result(result);
    sheet.write_formula_with_format(row, column, written, format)?;
    Ok(())
}

fn foot(sheet: &mut Worksheet, plan: &SheetPlan, span: RowSpan) -> Result<(), XlsxError> {
    let at = span.last + 1;
    for (place, column) in plan.columns.iter().enumerate() {
        let number = column_number(place);
        let format = style::computed(column.look, CellRole::Foot);
        match plan.total(place, at, span) {
            Some(formula) => write_formula(sheet, SheetCell { row: at, column: number }, &formula, &format)?,
            None if place == plan.name_column => {
                let format = style::cell(column.look, CellRole::Foot, true);
                sheet.write_string_with_format(at, number, "Jumlah", &format)?;
            }
            None => {
                sheet.write_blank(at, number, &format)?;
            }
        }
    }
    Ok(())
}

/// Days since the day before 1 January 1900, as Excel counts them.
fn serial(date: Date) -> i32 {
    const BEFORE_1900: i32 = 693_594;
    chrono::Datelike::num_days_from_ce(&date) - BEFORE_1900
}

/// Sets the rules of what may be typed in each column, with the messages that Excel shows on entry and at a fault.
pub(super) fn rules(
    sheet: &mut Worksheet,
    context: &TemplateContext,
    plan: &SheetPlan,
    span: RowSpan,
) -> Result<(), XlsxError> {
    for (place, column) in plan.columns.iter().enumerate().filter(|(_, column)| column.computed.is_none()) {
        let number = column_number(place);
        let (rule, error) = rule(context, column, place, span);
        let rule = rule
            .set_input_title(cut(&column.heading, RULE_TITLE_CHARS))?
            .set_input_message(cut(column.accepted, RULE_TEXT_CHARS))?
            .set_error_title("Periksa isian")?
            .set_error_message(cut(&error, RULE_TEXT_CHARS))?;
        sheet.add_data_validation(span.first, number, span.last, number, &rule)?;
    }
    Ok(())
}

fn rule(context: &TemplateContext, column: &PlanColumn, place: usize, span: RowSpan) -> (DataValidation, String) {
    let cell = address(span.first, place);
    let any = || DataValidation::new().allow_any_value();
    let ask = |rule: DataValidation| rule.set_error_style(DataValidationErrorStyle::Warning);
    match &column.rule {
        InputRule::Anything => (any(), String::new()),
        InputRule::Suggested(list) | InputRule::Chosen(list) => {
            let Some(range) = list.range(context) else { return (any(), String::new()) };
            let rule = DataValidation::new().allow_list_formula(CellFormula::new(range));
            if matches!(column.rule, InputRule::Chosen(_)) {
                return (rule, "Pilih salah satu dari daftar, atau kosongkan.".to_owned());
            }
            (ask(rule), "Isian ini tidak ada di daftar. Periksa ejaannya; pakai juga isian ini?".to_owned())
        }
        InputRule::Words(words) => {
            let formula = format!("=\"{}\"", words.join(","));
            let rule = DataValidation::new().allow_list_formula(CellFormula::new(formula));
            (rule, format!("Isi dengan {}, atau kosongkan.", words.join(" atau ")))
        }
        InputRule::DateIn(first, last) => {
            let bounds = [*first, *last].map(|day| CellFormula::new(serial(day).to_string()));
            let [from, until] = bounds;
            let rule = DataValidation::new().allow_date_formula(DataValidationRule::Between(from, until));
            let days = [*first, *last].map(crate::domain::format::date);
            let [from, until] = days;
            (
                ask(rule),
                format!("Bukan tanggal antara {from} dan {until}. Periksa hari dan bulannya; pakai juga isian ini?"),
            )
        }
        InputRule::NotNegative => {
            let formula = CellFormula::new(format!("=OR({cell}=\"-\",AND(ISNUMBER({cell}),{cell}>=0))"));
            (DataValidation::new().allow_custom(formula), "Isi dengan angka mulai dari 0, - atau kosongkan.".to_owned())
        }
        InputRule::PointsUpTo(maximum) => {
            let top = address(span.first, *maximum);
            let formula =
                format!("=OR({cell}=\"-\",AND(ISNUMBER({cell}),{cell}>=0,OR({top}=\"\",{top}=\"-\",{cell}<={top})))");
            let rule = DataValidation::new().allow_custom(CellFormula::new(formula));
            (rule, "Isi dengan angka dari 0 sampai Skor Maksimal, - atau kosongkan.".to_owned())
        }
    }
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The page without its table: size, margins, page numbers.
pub(super) fn page(sheet: &mut Worksheet, name: &str) {
    let name = clean(name).replace('&', "&&");
    sheet
        .set_paper_size(PAPER)
        .set_landscape()
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_print_fit_to_pages(1, 0)
        .set_footer(format!("&L&9{name}&R&9Halaman &P dari &N"));
}

/// Locks all but the cells to fill in, without a password: it guards against slips, not against people.
pub(super) fn protect(sheet: &mut Worksheet) {
    let options = ProtectionOptions {
        insert_rows: true,
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    };
    sheet.protect_with_options(&options);
}
