//! A workbook's grids written anew as an xlsx package: for files of which the bytes cannot be edited. Text stays text,
//! never a formula; what a grid does not keep (fonts, colours, formulas) is not there. Knows no issue but its sheet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::relations::TRANSITIONAL;
use super::xml::{escaped, escaped_whole};
use super::{MarkError, package, widths};
use crate::diagnostic::Issue;
use crate::domain::Date;
use crate::domain::records::CellRef;
use crate::workbook::{Area, CellValue, Row, Sheet, Visibility, Workbook};

/// Cells that are written anew, over all sheets: five times a district's year.
const CELLS_MAX: usize = 1_000_000;
/// Bytes of all sheets' XML, before compression.
const XML_BYTES_MAX: usize = 192 << 20;
/// What Excel takes: rows and columns of a sheet, characters of its name.
const ROWS_MAX: u32 = 1_048_576;
pub(super) const COLUMNS_MAX: u32 = 16_384;
const NAME_UNITS_MAX: usize = 31;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// A formula whose value was never computed: the grid does not know which one. This one is blank too until a program
/// computes it, and then it says that the value is not available.
const NOT_COMPUTED: &str = "<f>NA()</f>";

/// What was written, and how its sheets are called.
pub(super) struct Anew {
    pub(super) bytes: Vec<u8>,
    /// Names of sheets by those of the original: Excel does not take each.
    renamed: BTreeMap<String, String>,
}

impl Anew {
    /// The issue with its sheet as it is called here.
    pub(super) fn renamed(&self, issue: &Issue) -> Issue {
        let mut issue = issue.clone();
        if let Some(name) = self.renamed.get(&issue.sheet) {
            issue.sheet.clone_from(name);
        }
        issue
    }
}

/// The workbook as a package; the list of an earlier marked copy is left out.
pub(super) fn written(book: &Workbook) -> Result<Anew, MarkError> {
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.is_notes()).collect();
    let cells: usize = sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
    if cells > CELLS_MAX {
        return Err(MarkError::TooLarge { what: format!("berisi lebih dari {CELLS_MAX} sel") });
    }
    let mut taken = BTreeSet::new();
    let mut renamed = BTreeMap::new();
    let mut parts = Vec::new();
    let mut bytes = 0;
    for sheet in sheets {
        let name = free_name(&sheet.name, &mut taken);
        let xml = Writer::of(sheet, book.counts_from_1904).sheet()?;
        bytes += xml.len();
        if bytes > XML_BYTES_MAX {
            return Err(MarkError::TooLarge { what: format!("isinya lebih besar dari {} MB", XML_BYTES_MAX >> 20) });
        }
        // Of two sheets of one name the first is meant.
        renamed.entry(sheet.name.clone()).or_insert_with(|| name.clone());
        parts.push(Part { name, visibility: sheet.visibility, xml });
    }
    let epoch = if book.counts_from_1904 { Epoch::From1904 } else { Epoch::From1900 };
    Ok(Anew { bytes: packed(&parts, epoch)?, renamed })
}

/// A package without a sheet.
pub(super) fn without_sheets() -> Result<Vec<u8>, MarkError> {
    packed(&[], Epoch::From1900)
}

struct Part {
    name: String,
    visibility: Visibility,
    xml: String,
}

/// From where serial numbers count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Epoch {
    From1900,
    From1904,
}

/// The name as Excel takes it, and as no other sheet has it.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let is_odd = |letter: char| matches!(letter, ':' | '\\' | '/' | '?' | '*' | '[' | ']') || letter.is_control();
    let plain: String = name.chars().map(|letter| if is_odd(letter) { '-' } else { letter }).collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() { "Lembar" } else { plain };
    let mut number = 1;
    loop {
        let ending = if number == 1 { String::new() } else { format!(" ({number})") };
        let mut units = ending.len();
        let fits = |letter: &char| {
            units += letter.len_utf16();
            units <= NAME_UNITS_MAX
        };
        let start: String = plain.chars().take_while(fits).collect();
        let free = format!("{start}{ending}");
        if taken.insert(free.to_lowercase()) {
            return free;
        }
        number += 1;
    }
}

/// Formats of cells, by their place in the styles part.
#[derive(Clone, Copy)]
enum Format {
    Plain,
    Date,
    Percent,
    Percent1,
    Percent2,
    /// Text that a program would take for a formula when somebody edits it.
    Quoted,
    Lines,
    QuotedLines,
    /// Text of a merged area.
    Merged,
    QuotedMerged,
}

/// The styles part, with the formats in the order of [`Format`].
fn styles() -> String {
    let format = |number: u16, rest: &str| {
        format!("<xf numFmtId=\"{number}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"{rest}")
    };
    let number = " applyNumberFormat=\"1\"/>";
    let lines = "<alignment vertical=\"top\" wrapText=\"1\"/></xf>";
    let merged = "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>";
    let formats = [
        format(0, "/>"),
        format(164, number),
        format(9, number),
        format(165, number),
        format(10, number),
        format(0, " quotePrefix=\"1\"/>"),
        format(0, &format!(" applyAlignment=\"1\">{lines}")),
        format(0, &format!(" quotePrefix=\"1\" applyAlignment=\"1\">{lines}")),
        format(0, &format!(" applyAlignment=\"1\">{merged}")),
        format(0, &format!(" quotePrefix=\"1\" applyAlignment=\"1\">{merged}")),
    ];
    format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"0.0%\"/></numFmts>\
<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"{}\">{}</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        formats.len(),
        formats.concat()
    )
}

/// Writes one sheet.
struct Writer<'s> {
    sheet: &'s Sheet,
    counts_from_1904: bool,
    xml: String,
}

impl<'s> Writer<'s> {
    fn of(sheet: &'s Sheet, counts_from_1904: bool) -> Self {
        Self { sheet, counts_from_1904, xml: String::new() }
    }

    fn sheet(mut self) -> Result<String, MarkError> {
        let (rows, columns) = extent(self.sheet);
        if rows > ROWS_MAX || columns > COLUMNS_MAX {
            let what = format!("lembar \"{}\" lebih besar dari yang dapat dibuka Excel", self.sheet.name);
            return Err(MarkError::TooLarge { what });
        }
        self.xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        self.columns();
        self.xml += "<sheetData>";
        for row in &self.sheet.rows {
            self.row(row);
            if self.xml.len() > XML_BYTES_MAX {
                break;
            }
        }
        self.xml += "</sheetData>";
        self.merges();
        self.xml += "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
        Ok(self.xml)
    }

    /// Widths and what is hidden.
    fn columns(&mut self) {
        let widths = widths::of(self.sheet);
        let hidden_to = self.sheet.hidden_columns.iter().map(|(_, last)| last + 1).max().unwrap_or(0);
        let end = u32::try_from(widths.len()).unwrap_or(COLUMNS_MAX).max(hidden_to).min(COLUMNS_MAX);
        if end == 0 {
            return;
        }
        // First and last, width and whether hidden: equal neighbours as one, and hidden ones, which have no width.
        let mut runs: Vec<(u32, u32, u32, bool)> = Vec::new();
        for column in 0..end {
            let is_hidden = self.sheet.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
            let width = widths.get(column as usize).copied().unwrap_or(widths::NARROWEST);
            match runs.last_mut() {
                Some((_, last, same, hidden)) if *hidden == is_hidden && (is_hidden || *same == width) => {
                    *last = column;
                }
                _ => runs.push((column, column, width, is_hidden)),
            }
        }
        self.xml += "<cols>";
        for (first, last, width, is_hidden) in runs {
            let hidden = if is_hidden { " hidden=\"1\"" } else { "" };
            let (min, max, width) = (first + 1, last + 1, f64::from(width) / f64::from(widths::UNITS));
            self.xml
                .extend([format!("<col min=\"{min}\" max=\"{max}\" width=\"{width}\" customWidth=\"1\"{hidden}/>")]);
        }
        self.xml += "</cols>";
    }

    fn row(&mut self, row: &Row) {
        self.xml.extend([format!("<row r=\"{}\">", row.index + 1)]);
        for cell in &row.cells {
            let place = CellRef { row: row.index, column: cell.column };
            let is_merged = self.sheet.merge_at(place).is_some_and(|area| area.first == place);
            self.cell(place, &cell.value, is_merged);
        }
        self.xml += "</row>";
    }

    fn cell(&mut self, place: CellRef, value: &CellValue, is_merged: bool) {
        let xml = match value {
            CellValue::Text(text) => text_cell(place, text, is_merged),
            CellValue::Number { value, percent } => {
                let format = if *percent { percent_format(*value) } else { Format::Plain };
                number_cell(place, *value, format)
            }
            CellValue::Date(date) => match serial(*date, self.counts_from_1904) {
                Some(serial) => number_cell(place, f64::from(serial), Format::Date),
                None => text_cell(place, &date.format("%d/%m/%Y").to_string(), is_merged),
            },
            CellValue::Bool(truth) => format!("<c r=\"{place}\" t=\"b\"><v>{}</v></c>", u8::from(*truth)),
            CellValue::Error(error) => format!("<c r=\"{place}\" t=\"e\"><v>{}</v></c>", stored_error(error)),
            CellValue::FormulaNotComputed => format!("<c r=\"{place}\">{NOT_COMPUTED}</c>"),
        };
        self.xml += &xml;
    }

    fn merges(&mut self) {
        let areas = apart(self.sheet.merges());
        if areas.is_empty() {
            return;
        }
        self.xml.extend([format!("<mergeCells count=\"{}\">", areas.len())]);
        for area in areas {
            self.xml.extend([format!("<mergeCell ref=\"{}:{}\"/>", area.first, area.last)]);
        }
        self.xml += "</mergeCells>";
    }
}

/// Rows and columns up to the last that holds something or is merged.
pub(super) fn extent(sheet: &Sheet) -> (u32, u32) {
    let rows = sheet.rows.last().map_or(0, |row| row.index.saturating_add(1));
    let columns = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column.saturating_add(1));
    (rows, columns.max().unwrap_or(0))
}

/// The areas that Excel takes: within its sheet, none over another. The first of two stays.
fn apart(merges: &[Area]) -> Vec<Area> {
    let mut kept: Vec<Area> = Vec::new();
    // The areas that reach the row of the one looked at.
    let mut open: Vec<Area> = Vec::new();
    for area in merges {
        open.retain(|above| above.last.row >= area.first.row);
        let meets = |other: &Area| {
            other.first.column <= area.last.column
                && area.first.column <= other.last.column
                && other.first.row <= area.last.row
        };
        if area.last.row < ROWS_MAX && area.last.column < COLUMNS_MAX && !open.iter().any(meets) {
            kept.push(*area);
            open.push(*area);
        }
    }
    kept
}

fn text_cell(place: CellRef, text: &str, is_merged: bool) -> String {
    let is_quoted = text.len() > 1 && text.trim_start().starts_with(['=', '+', '-', '@']);
    let format = match (is_merged, text.contains('\n'), is_quoted) {
        (true, _, true) => Format::QuotedMerged,
        (true, _, false) => Format::Merged,
        (false, true, true) => Format::QuotedLines,
        (false, true, false) => Format::Lines,
        (false, false, true) => Format::Quoted,
        (false, false, false) => Format::Plain,
    };
    let (style, text) = (style_of(format), escaped_whole(text));
    format!("<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// The error as a file holds it: what a program was still waiting for when it saved is not available.
fn stored_error(error: &str) -> &str {
    if error == "#GETTING_DATA" { "#N/A" } else { error }
}

fn number_cell(place: CellRef, value: f64, format: Format) -> String {
    // With an exponent where there are many digits, else as people write it.
    let is_plain = value.fract() == 0.0 && value.abs() < 1e15;
    let number = if is_plain { value.to_string() } else { format!("{value:?}") };
    format!("<c r=\"{place}\"{}><v>{number}</v></c>", style_of(format))
}

fn style_of(format: Format) -> String {
    match format {
        Format::Plain => String::new(),
        other => format!(" s=\"{}\"", other as usize),
    }
}

/// As many decimals as the value has, up to two.
fn percent_format(value: f64) -> Format {
    let is_whole = |scale: f64| ((value * scale).round() - value * scale).abs() < 1e-6;
    if is_whole(100.0) {
        Format::Percent
    } else if is_whole(1_000.0) {
        Format::Percent1
    } else {
        Format::Percent2
    }
}

/// The serial number of a date; none for what Excel does not count.
fn serial(date: Date, counts_from_1904: bool) -> Option<i32> {
    let days_since = |year, month, day| {
        let epoch = NaiveDate::from_ymd_opt(year, month, day)?;
        i32::try_from(date.signed_duration_since(epoch).num_days()).ok()
    };
    let serial = if counts_from_1904 {
        days_since(1904, 1, 1)?
    } else {
        // Excel counts a 29 February 1900 that never was.
        let days = days_since(1899, 12, 31)?;
        if days < 60 { days } else { days + 1 }
    };
    let last = NaiveDate::from_ymd_opt(9999, 12, 31)?;
    (serial >= 1 && date <= last).then_some(serial)
}

/// The package of these sheets.
fn packed(sheets: &[Part], epoch: Epoch) -> Result<Vec<u8>, MarkError> {
    let (mut types, mut listed, mut relations) = (String::new(), String::new(), String::new());
    for (number, sheet) in (1..).zip(sheets) {
        let state = if sheet.visibility == Visibility::Hidden { " state=\"hidden\"" } else { "" };
        let name = escaped(&sheet.name);
        types.extend([format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>"
        )]);
        listed.extend([format!("<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>")]);
        relations.extend([format!(
            "<Relationship Id=\"rId{number}\" Type=\"{TRANSITIONAL}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )]);
    }
    let from = if epoch == Epoch::From1904 { "<workbookPr date1904=\"1\"/>" } else { "" };
    let shown = sheets.iter().position(|sheet| sheet.visibility == Visibility::Visible).unwrap_or(sheets.len());
    let views = format!("<bookViews><workbookView activeTab=\"{shown}\"/></bookViews>");
    let style_relation = sheets.len() + 1;
    let head = [
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{TRANSITIONAL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{TRANSITIONAL}\">{from}{views}<sheets>{listed}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}<Relationship Id=\"rId{style_relation}\" Type=\"{TRANSITIONAL}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml".to_owned(), styles()),
    ];
    let part = |(number, sheet): (usize, &Part)| (format!("xl/worksheets/sheet{number}.xml"), sheet.xml.clone());
    let parts = head.into_iter().chain((1..).zip(sheets).map(part));
    package::fresh(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_excel_takes() {
        let mut taken = BTreeSet::new();
        let mut name = |name: &str| free_name(name, &mut taken);
        assert_eq!(name("Mei 2023"), "Mei 2023");
        assert_eq!(name("mei 2023"), "mei 2023 (2)");
        assert_eq!(name("a/b:[c]*?\\"), "a-b--c----");
        assert_eq!(name(" 'Mei' "), "Mei");
        assert_eq!((name(""), name("\u{1}")), ("Lembar".to_owned(), "-".to_owned()));
        assert_eq!(name(&"x".repeat(40)).len(), 31);
        assert_eq!(name(&"X".repeat(40)), format!("{} (2)", "X".repeat(27)));
    }

    #[test]
    fn serials_are_those_that_excel_counts() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(serial(day(2023, 5, 12), false), Some(45_058));
        assert_eq!(serial(day(2023, 5, 12), true), Some(43_596));
        assert_eq!((serial(day(1900, 2, 28), false), serial(day(1900, 3, 1), false)), (Some(59), Some(61)));
        assert_eq!((serial(day(1899, 12, 31), false), serial(day(1904, 1, 1), true)), (None, None));
    }

    #[test]
    fn areas_that_meet_are_not_both_kept() {
        let area =
            |r1, c1, r2, c2| Area { first: CellRef { row: r1, column: c1 }, last: CellRef { row: r2, column: c2 } };
        let areas = [area(0, 0, 0, 3), area(0, 2, 4, 2), area(1, 0, 2, 1), area(2, 1, 3, 2), area(3, 0, 3, 1)];
        assert_eq!(apart(&areas), [areas[0], areas[2], areas[4]]);
    }
}
