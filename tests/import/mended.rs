//! The marked copy of a file of each format, mended by its user and imported in the place of the original: the issue is
//! gone, and nothing counts twice.

use std::path::Path;

use simpul::app::batches::marking::{CopyKind, MarkedCopy};
use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::records::CellRef;
use simpul::store::Scope;
use simpul::workbook::{Area, Cell, CellValue, Limits, Row, Sheet, Visibility, Workbook};
use tempfile::TempDir;

use crate::formats::biff8::xls;
use crate::formats::binary12::xlsb;
use crate::formats::maker;
use crate::marked::parts::{package, parts};
use crate::support::VISIT_HEADINGS;

const REGISTER: &str = "UPT PUSKESMAS ABCDE\nTAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok\n\
    1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Bina,Klinik,Jejaring\n";
const WRONG: &str = "32 Mei 2023";
const RIGHT: &str = "2 Mei 2023";

/// May's visits, one of them on a day that May does not have, under a merged banner.
fn recap() -> Workbook {
    let banner = |text: &'static str| vec![text];
    let mut lines =
        vec![banner("UPT PUSKESMAS ABCDE"), banner("PEMBINAAN JARINGAN DAN JEJARING"), banner("BULAN : MEI 2023")];
    lines.push(VISIT_HEADINGS.to_vec());
    lines.push(vec!["1", WRONG, "Apotek Alvi", "Supervisi", "Ani", "80", "100", "Ada", "Ada", "Ada"]);
    lines.push(vec!["2", "3 Mei 2023", "Klinik Bina", "Supervisi", "Ani", "70", "100", "Ada", "Ada", "Ada"]);
    let rows = lines.into_iter().zip(0..).map(|(texts, index)| {
        let value = |text: &str| match text.parse::<f64>() {
            Ok(value) => CellValue::Number { value, percent: false },
            Err(_) => CellValue::Text(text.into()),
        };
        let cells = texts.iter().zip(0..).map(|(text, column)| Cell { column, value: value(text) });
        Row { index, cells: cells.collect() }
    });
    let across = |row| Area { first: CellRef { row, column: 0 }, last: CellRef { row, column: 9 } };
    let sheet = Sheet::new("Pembinaan".to_owned(), Visibility::Visible, rows.collect(), vec![across(0), across(1)]);
    Workbook { file: "rekap".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
}

/// "XML Spreadsheet 2003", all its values as text.
fn xml_2003(book: &Workbook) -> Vec<u8> {
    let mut rows = String::new();
    for row in &book.sheets[0].rows {
        let cell = |cell: &Cell| match &cell.value {
            CellValue::Number { value, .. } => format!("<Cell><Data ss:Type=\"Number\">{value}</Data></Cell>"),
            other => format!("<Cell><Data ss:Type=\"String\">{}</Data></Cell>", other.text().unwrap_or_default()),
        };
        rows.extend([format!("<Row>{}</Row>", row.cells.iter().map(cell).collect::<String>())]);
    }
    let names = "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"";
    let sheet = format!("<Worksheet ss:Name=\"Pembinaan\"><Table>{rows}</Table></Worksheet>");
    format!("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook {names}>{sheet}</Workbook>")
        .into_bytes()
}

struct Folder {
    app: App,
    place: TempDir,
}

fn opened(folder: &Path) -> App {
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
    App::open(Config { data: folder.to_owned(), clock, who: "penguji".to_owned() }).unwrap()
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let this = Self { app: opened(folder.path()), place: folder };
        this.import("daftar.csv", REGISTER.as_bytes());
        this
    }

    fn import(&self, name: &str, bytes: &[u8]) -> FileReceipt {
        let file = Upload { name: name.to_owned(), bytes: bytes.to_vec() };
        self.app.import(&[file], None, false, &mut |_| {}).files.remove(0)
    }

    fn copy(&self, receipt: &FileReceipt) -> MarkedCopy {
        let batch = self.app.batches().batch(receipt.batch.unwrap()).unwrap().unwrap();
        self.app.batches().marked_copy(&batch).unwrap()
    }

    fn visits(&self) -> usize {
        self.app.store().facts(&Scope::All).unwrap().visits.len()
    }
}

/// What its user does: writes the right date in the marked cell and saves.
fn mended(copy: &[u8]) -> Vec<u8> {
    let mut all = parts(copy);
    for (name, part) in &mut all {
        let holds_cells = name.starts_with("xl/worksheets/") || name == "xl/sharedStrings.xml";
        if holds_cells {
            let text = String::from_utf8(part.clone()).unwrap();
            *part = text.replacen(&format!(">{WRONG}<"), &format!(">{RIGHT}<"), 1).into_bytes();
        }
    }
    package(all.iter().map(|(name, part)| (name.as_str(), part.as_slice())))
}

#[test]
fn a_mended_copy_takes_the_place_of_its_original() {
    let book = recap();
    let cells = |ending| (ending, CopyKind::Cells, "rekap-2023-05-bertanda.xlsx");
    let itself = |ending, name| (ending, CopyKind::File, name);
    let cases = [
        (itself("xlsx", "rekap-2023-05-bertanda.xlsx"), maker::xlsx(&book)),
        // What it is its content says, not its name.
        (itself("xls", "rekap-2023-05-bertanda.xlsx"), maker::xlsx(&book)),
        (cells("ods"), maker::ods(&book)),
        (cells("xls"), xls(&book)),
        (cells("xlsb"), xlsb(&book)),
        (cells("csv"), maker::csv(&book, ';')),
        (cells("xls"), maker::html(&book)),
        (cells("xls"), xml_2003(&book)),
    ];
    for ((ending, kind, name), bytes) in cases {
        let folder = Folder::new();
        let receipt = folder.import(&format!("rekap-2023-05.{ending}"), &bytes);
        assert_eq!(receipt.status, FileStatus::Imported, "{ending}: {receipt:?}");
        let cells: Vec<&str> =
            receipt.issues.iter().filter(|issue| issue.severity == "error").map(|issue| issue.cell.as_str()).collect();
        assert_eq!(cells, ["B5"], "{ending}");
        assert_eq!(folder.visits(), 1, "{ending}");
        let copy = folder.copy(&receipt);
        assert_eq!((copy.kind, copy.file.name.as_str()), (kind, name), "{ending}");
        assert_eq!(copy.ending, format!(".bertanda.{}", name.rsplit_once('.').unwrap().1));
        // The copy as it is says the same as the original, in the same places.
        let unmended = folder.import("lagi.xlsx", &copy.file.bytes);
        assert_eq!(unmended.issues.len(), receipt.issues.len(), "{ending}: {unmended:?}");
        assert_eq!(folder.visits(), 1, "{ending}");
        let again = folder.import(name, &mended(&copy.file.bytes));
        assert_eq!((again.status, again.issues.as_slice()), (FileStatus::Imported, [].as_slice()), "{ending}");
        assert_eq!(folder.visits(), 2, "{ending}");
    }
}

#[test]
fn where_no_copy_can_be_made_the_list_says_why() {
    let folder = Folder::new();
    let receipt = folder.import("rekap-2023-05.xls", &xls(&recap()));
    // A folder whose limits were lowered since.
    let batch = folder.app.batches().batch(receipt.batch.unwrap()).unwrap().unwrap();
    std::fs::write(folder.place.path().join("limits.toml"), "merges = 1\n").unwrap();
    let app = opened(folder.place.path());
    let copy = app.batches().marked_copy(&batch).unwrap();
    assert_eq!(
        (copy.kind, copy.file.name.as_str(), copy.ending.as_str()),
        (CopyKind::List, "rekap-2023-05-catatan.xlsx", ".catatan.xlsx")
    );
    let list = simpul::workbook::read("a.xlsx", &copy.file.bytes, &Limits::default()).unwrap();
    assert_eq!(list.sheets.len(), 1);
    let way = list.sheets[0].get(CellRef { row: 6, column: 1 }).and_then(CellValue::text).unwrap().to_owned();
    assert!(
        way.starts_with("Ini daftar saja, tanpa salinan berkas: rekap-2023-05.xls: ") && way.contains("`merges`"),
        "{way}"
    );
}
