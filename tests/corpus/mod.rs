//! Workbooks as people keep them, made here: one file a family of shapes. Each goes through the whole import, from
//! bytes to facts, and what it should bring stands beside it: a line a fact, a line an issue.

mod asked;
mod careful;
mod days;
mod epoch;
mod figures;
mod groups;
mod habits;
mod identity;
mod in_doubt;
mod layouts;
mod months_down;
mod names_beside;
mod network;
mod numbers;
mod obeyed;
mod other_words;
mod own_indicators;
mod parts;
mod persons;
mod pkp;
mod planner;
mod plans;
mod points;
mod receipts;
mod registers;
mod rivals;
mod second_reader;
mod shapes;
mod side_by_side;
mod splits;
mod sums;
mod tables;
mod third_figures;
mod third_reader;
mod told;
mod unread;
mod written_years;

use rust_xlsxwriter::{Color, ExcelDateTime, Format, Workbook as Writer};
use simpul::app::import::Upload;
use simpul::app::import::receipt::FileReceipt;
use simpul::domain::{ReportReceipt, format};
use simpul::store::Store;

use crate::import::{facts, run};

/// A sheet: its name, its rows of cells, its merged areas as first row, first column, last row, last column.
///
/// A cell is text, but for `=12.5` (a number), `%0.855` (shown as a percentage) and `@2023-05-12` (a date). Blank is
/// no cell. `^` before it strikes it through, `!` fills it with red, `§a§b` strikes through a alone.
#[derive(Clone)]
pub struct Page<'a> {
    pub name: &'a str,
    pub rows: Vec<Vec<String>>,
    pub merges: Vec<[u32; 4]>,
    pub hidden_columns: Vec<u16>,
    pub hidden_rows: Vec<u32>,
}

pub fn page<'a>(name: &'a str, rows: &[&[&str]]) -> Page<'a> {
    let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    Page { name, rows, merges: Vec::new(), hidden_columns: Vec::new(), hidden_rows: Vec::new() }
}

impl Page<'_> {
    pub fn merged(mut self, merges: &[[u32; 4]]) -> Self {
        self.merges = merges.to_vec();
        self
    }
}

/// A workbook of these sheets.
pub fn file(name: &str, pages: &[Page<'_>]) -> Upload {
    let mut book = Writer::new();
    for page in pages {
        let sheet = book.add_worksheet().set_name(page.name).unwrap();
        for [top, left, bottom, right] in &page.merges {
            let at = |column: &u32| u16::try_from(*column).unwrap();
            sheet.merge_range(*top, at(left), *bottom, at(right), "", &Format::new()).unwrap();
        }
        for (row, cells) in (0..).zip(&page.rows) {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, (row, column), cell);
            }
        }
        for column in &page.hidden_columns {
            sheet.set_column_hidden(*column).unwrap();
        }
        for row in &page.hidden_rows {
            sheet.set_row_hidden(*row).unwrap();
        }
    }
    Upload { name: name.to_owned(), bytes: book.save_to_buffer().unwrap() }
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, (row, column): (u32, u16), cell: &str) {
    let look = match cell.chars().next() {
        Some('^') => Some(Format::new().set_font_strikethrough()),
        Some('!') => Some(Format::new().set_background_color(Color::Red)),
        _ => None,
    };
    if let Some((struck, rest)) = cell.strip_prefix('§').and_then(|parts| parts.split_once('§')) {
        let parts = [(&Format::new().set_font_strikethrough(), struck), (&Format::new(), rest)];
        sheet.write_rich_string(row, column, &parts).unwrap();
        return;
    }
    if let Some(look) = look {
        write(sheet, (row, column), &cell[1..]);
        sheet.set_cell_format(row, column, &look).unwrap();
        return;
    }
    let number = |text: &str| text.parse::<f64>().ok();
    let (first, rest) = cell.split_at(cell.chars().next().map_or(0, char::len_utf8));
    match first {
        "" => return,
        "%" | "=" if number(rest).is_none() => sheet.write(row, column, cell).unwrap(),
        "=" => sheet.write(row, column, number(rest).unwrap()).unwrap(),
        "%" => {
            sheet.write_with_format(row, column, number(rest).unwrap(), &Format::new().set_num_format("0.0%")).unwrap()
        }
        "@" => {
            let date = ExcelDateTime::parse_from_str(rest).unwrap();
            sheet.write_with_format(row, column, &date, &Format::new().set_num_format("dd/mm/yyyy")).unwrap()
        }
        _ => sheet.write(row, column, cell).unwrap(),
    };
}

/// The facilities that the corpus knows.
pub const NAMES: [&str; 4] = ["Apotek Alvi", "BPM I Made Oka", "Klinik Alvi", "Pustu Ngatri"];

/// A store that knows the facilities, and the indicators K6 and HT.
pub fn store() -> Store {
    let store = Store::in_memory().unwrap();
    let mut register = vec![vec!["UPT PUSKESMAS ABCDE"], vec!["DAFTAR IDENTIFIKASI TAHUN 2023"]];
    register.push(vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Alamat"]);
    register.extend(NAMES.iter().map(|name| vec!["=1", *name, "Klinik", "Jl. Melati"]));
    let register: Vec<&[&str]> = register.iter().map(Vec::as_slice).collect();
    let services: &[&[&str]] = &[
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Cakupan K6 ibu hamil", "=100", "=1", "Naik", "Jumlah"],
        &["HT", "Penderita hipertensi", "=100", "=1", "Naik", "Jumlah"],
    ];
    let receipts = run(&store, &[file("daftar.xlsx", &[page("Identifikasi", &register), page("Indikator", services)])]);
    assert_eq!(receipts[0].issues, [], "{receipts:?}");
    store
}

/// What a workbook brings.
pub struct Brought {
    pub store: Store,
    pub receipt: FileReceipt,
    /// A line a fact.
    pub facts: Vec<String>,
    /// `sheet!cell code`.
    pub issues: Vec<String>,
}

/// Imports a workbook after the register.
pub fn import(name: &str, pages: &[Page<'_>]) -> Brought {
    let store = store();
    let receipt = run(&store, &[file(name, pages)]).remove(0);
    let issues = receipt.issues.iter().map(|issue| format!("{}!{} {}", issue.sheet, issue.cell, issue.code)).collect();
    Brought { facts: lines(&store), receipt, issues, store }
}

/// Imports a sheet of a file without a period in its name.
pub fn sheet(rows: &[&[&str]]) -> Brought {
    import("rekap.xlsx", &[page("Lembar", rows)])
}

/// Every fact but the register, a line each, ordered.
pub fn lines(store: &Store) -> Vec<String> {
    let facts = facts(store);
    let name = |facility: u32| facts.facilities[facility as usize].name.as_str();
    let number = |figure: Option<f64>| figure.map_or("-".to_owned(), |figure| figure.to_string());
    let mut lines = Vec::new();
    lines.extend(facts.visits.iter().map(|visit| {
        let scored = [visit.points, visit.maximum].map(number).join("/");
        format!("{}: pembinaan {} {} {scored}", name(visit.facility), visit.date, visit.form)
    }));
    lines.extend(
        facts
            .follow_ups
            .iter()
            .map(|row| format!("{}: RTL {} {} s.d. {}", name(row.facility), row.visit_date, row.item, row.due)),
    );
    lines.extend(facts.lokmin.iter().map(|row| {
        let attended = if row.attended { "hadir" } else { "tidak" };
        format!("{}: lokmin {} {attended}", name(row.facility), row.month)
    }));
    let reports = facts.reports.iter();
    let came = |received: ReportReceipt| match received {
        ReportReceipt::Day(date) => date.to_string(),
        undated => format::receipt(undated),
    };
    lines.extend(reports.map(|row| format!("{}: laporan {} {}", name(row.facility), row.month, came(row.received))));
    let rows = &facts.achievements;
    lines.extend((0..rows.facility.len()).map(|row| {
        let month = simpul::domain::Month::from_number(rows.month[row]);
        let code = &facts.services[rows.service[row] as usize].code;
        let pair = [rows.numerator[row], rows.denominator[row]].map(number).join("/");
        let since = rows.accumulated.get(&row).map_or(String::new(), |count| format!(" s/d {count}"));
        format!("{}: {code} {month} {pair}{since}", name(rows.facility[row]))
    }));
    lines.sort();
    lines
}
