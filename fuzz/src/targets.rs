//! What each target does with its bytes, and what must hold. The main tests replay the kept corpus through the
//! same functions, so that this file names the rooms through `super`.

use super::diagnostic::{Issue, IssueCode, Severity};
use super::domain::Date;
use super::domain::records::CellRef;
use super::marked::{Notes, mark, mark_cells};
use super::recap::{AlreadySaid, KnownNames, ReadingContext, guess, read_table, recognise};
use super::workbook::{Area, Cell, CellValue, Limits, Row, Sheet, Visibility, Workbook, read};

/// Small limits: what is looked for is one that does not hold.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
    inflated_bytes: 8 << 20,
    zip_entries: 100,
    sheets: 16,
    rows: 2_000,
    columns: 256,
    cells: 20_000,
    merges: 1_000,
    text_chars: 2_000,
    memory_bytes: 64 << 20,
    seconds: 5,
};

/// Any bytes → a grid within its limits and in order, or one sentence.
pub fn grid(bytes: &[u8]) {
    let name = "fuzz.xlsx";
    match read(name, bytes, &LIMITS) {
        Ok(book) => check_grid(&book),
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.starts_with(name) && !sentence.contains('\n'), "{sentence}");
        }
    }
}

fn check_grid(book: &Workbook) {
    assert!(book.sheets.len() <= LIMITS.sheets);
    let cells: usize = book.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
    assert!(cells as u64 <= LIMITS.cells);
    for sheet in &book.sheets {
        assert!(sheet.merges().len() <= LIMITS.merges);
        assert!(sheet.rows.windows(2).all(|pair| pair[0].index < pair[1].index));
        assert!(sheet.rows.iter().all(|row| row.index < LIMITS.rows && !row.cells.is_empty()));
        for row in &sheet.rows {
            assert!(row.cells.windows(2).all(|pair| pair[0].column < pair[1].column));
            for cell in &row.cells {
                assert!(cell.column < LIMITS.columns);
                match &cell.value {
                    CellValue::Text(text) => assert!(!text.is_empty() && text.chars().count() <= LIMITS.text_chars),
                    CellValue::Number { value, .. } => assert!(value.is_finite()),
                    _ => {}
                }
            }
        }
    }
}

/// A package → its marked copy, which reads as the package does, but for the sheet with the list; any workbook → a marked
/// copy of its cells, which can be read.
pub fn marked(bytes: &[u8]) {
    let Ok(book) = read("fuzz.xlsx", bytes, &LIMITS) else { return };
    let Some(sheet) = book.sheets.first() else { return };
    let places = sheet.rows.iter().take(3).map(|row| CellRef { row: row.index, column: row.cells[0].column });
    let issues: Vec<Issue> = places.chain([CellRef { row: 40, column: 30 }]).map(|place| issue(sheet, place)).collect();
    let notes = Notes { file_name: "fuzz.xlsx".to_owned(), imported: "hari ini".to_owned() };
    // A refusal is an answer; a copy that cannot be read, or reads otherwise, is none.
    let wide = Limits { file_bytes: 64 << 20, inflated_bytes: 64 << 20, zip_entries: 1_000, sheets: 64, ..LIMITS };
    let wide = Limits { text_chars: 32_767, cells: 100_000, rows: 100_000, ..wide };
    if let Ok(copy) = mark_cells(&book, &issues, &notes) {
        assert!(read("fuzz.xlsx", &copy, &wide).is_ok());
    }
    let Ok(copy) = mark(bytes, &issues, &notes) else { return };
    let again = read("fuzz.xlsx", &copy, &wide);
    assert!(again.is_ok(), "{:?}", again.err());
    let Ok(again) = again else { return };
    for sheet in &book.sheets {
        let kept = again.sheets.iter().any(|other| other.name == sheet.name && other.rows == sheet.rows);
        assert!(kept || sheet.name == super::diagnostic::NOTES_SHEET, "lembar {} lain isinya", sheet.name);
    }
}

fn issue(sheet: &Sheet, place: CellRef) -> Issue {
    Issue {
        sheet: sheet.name.clone(),
        cell: place.to_string(),
        code: IssueCode::ALL[0],
        severity: Severity::Error,
        message: "tidak terbaca; perbaiki".to_owned(),
        about: None,
    }
}

/// A workbook in lines of text → tables, rows and issues, whose cells all exist. See [`workbook`] for the lines.
pub fn recognise_lines(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let book = workbook(text);
    let recognised = recognise(&book);
    let mut context = ReadingContext::new();
    for name in ["Klinik A", "Klinik Asih", "Pustu Mawar"] {
        context.add_facility(name);
    }
    context.add_service("K6", "Kunjungan ibu hamil keenam");
    let tables = recognised.tables.iter().take(16);
    for (_, issues) in tables.map(|table| read_table(table, &context)) {
        for issue in issues.iter().filter(|issue| !issue.cell.is_empty()) {
            assert!(book.sheets.iter().any(|sheet| sheet.name == issue.sheet), "{issue:?}");
            assert!(!issue.message.is_empty());
        }
    }
    for sheet in &book.sheets {
        guess(sheet, AlreadySaid::default(), KnownNames { services: &["K6".to_owned()], facilities: &[] });
    }
}

/// Lines as a workbook: `;` between cells; `~NAME` begins a sheet (`~!NAME` a hidden one) and `^ROW,COLUMN,ROW,COLUMN`
/// merges; `'5` is text, `5` a number, `5%` a percent, `2023-05-12` a date, `#N/A` an error, `=` a formula that
/// was never computed, `TRUE` a truth value.
fn workbook(text: &str) -> Workbook {
    let mut sheets = Vec::new();
    let mut open = Draft { name: "Mei 2023".to_owned(), ..Draft::default() };
    for line in text.lines().take(400) {
        if let Some(name) = line.strip_prefix('~') {
            let visibility = if name.starts_with('!') { Visibility::Hidden } else { Visibility::Visible };
            let next = Draft {
                name: name.trim_start_matches('!').to_owned(),
                visibility: Some(visibility),
                ..Draft::default()
            };
            sheets.push(std::mem::replace(&mut open, next).finish());
        } else if let Some(sides) = line.strip_prefix('^') {
            open.merges.extend(area(sides));
        } else {
            let cells = line.split(';').take(60).zip(0_u32..);
            let cells = cells.filter_map(|(text, column)| Some(Cell { column, value: value(text)? }));
            let row = Row { index: open.next_row, cells: cells.collect() };
            open.next_row += 1;
            open.rows.extend(Some(row).filter(|row| !row.cells.is_empty()));
        }
        if sheets.len() == 8 {
            break;
        }
    }
    sheets.push(open.finish());
    Workbook { file: "rekap-2023-05.xlsx".to_owned(), sheets, counts_from_1904: false, notices: Vec::new() }
}

#[derive(Default)]
struct Draft {
    name: String,
    visibility: Option<Visibility>,
    next_row: u32,
    rows: Vec<Row>,
    merges: Vec<Area>,
}

impl Draft {
    fn finish(self) -> Sheet {
        Sheet::new(self.name, self.visibility.unwrap_or(Visibility::Visible), self.rows, self.merges)
    }
}

fn area(sides: &str) -> Option<Area> {
    let mut sides = sides.split(',').map(|side| side.trim().parse::<u16>().ok().map(u32::from));
    let mut cell = || Some(CellRef { row: sides.next()??, column: sides.next()?? });
    let (first, last) = (cell()?, cell()?);
    (first.row <= last.row && first.column <= last.column && first != last).then_some(Area { first, last })
}

fn value(text: &str) -> Option<CellValue> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    Some(match text {
        "" => return None,
        "=" => CellValue::FormulaNotComputed,
        "TRUE" => CellValue::Bool(true),
        "FALSE" => CellValue::Bool(false),
        "#N/A" => CellValue::Error("#N/A"),
        "#DIV/0!" => CellValue::Error("#DIV/0!"),
        _ => {
            if let Some(value) = number(text) {
                CellValue::Number { value, percent: false }
            } else if let Some(value) = text.strip_suffix('%').and_then(number) {
                CellValue::Number { value: value / 100.0, percent: true }
            } else if let Ok(date) = text.parse::<Date>() {
                CellValue::Date(date)
            } else {
                CellValue::Text(text.strip_prefix('\'').filter(|rest| !rest.is_empty()).unwrap_or(text).into())
            }
        }
    })
}
