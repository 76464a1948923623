//! Colours and strikes: read where they can mean nothing else, asked about or told where they may mean something, and
//! passed over where they decorate.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Color, Format, Workbook as Writer, Worksheet};
use simpul::diagnostic::{Issue, IssueCode, Severity};
use simpul::domain::records::{Recap, Rows};
use simpul::recap::{ReadingContext, read_table, recognise};
use simpul::workbook::{Limits, Workbook, read};

use crate::recap_shapes::{errors, warnings};

/// The look of a cell, written behind its text: `x#y` is a yellow `x`, `#y` a yellow blank, `Pustu~` struck through,
/// `Pustu!r` written in red.
fn look(cell: &str) -> (&str, Option<Format>) {
    let colour = |letter: &str| match letter {
        "y" => Color::Yellow,
        "g" => Color::RGB(0x92_D050),
        "r" => Color::RGB(0xFF_0000),
        "b" => Color::RGB(0xBD_D7EE),
        // What a marked copy gives to wrong cells.
        "m" => Color::RGB(0xF2_A19C),
        _ => Color::RGB(0xF2_F2F2),
    };
    if let Some(text) = cell.strip_suffix('~') {
        return (text, Some(Format::new().set_font_strikethrough()));
    }
    if let Some((text, letter)) = cell.rsplit_once('#') {
        return (text, Some(Format::new().set_background_color(colour(letter))));
    }
    match cell.rsplit_once('!') {
        Some((text, letter)) => (text, Some(Format::new().set_font_color(colour(letter)))),
        None => (cell, None),
    }
}

fn write(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            let (text, format) = look(cell);
            let format = format.unwrap_or_default();
            match text.strip_prefix('=') {
                Some(number) => {
                    sheet.write_with_format(row, column, number.parse::<f64>().unwrap(), &format).unwrap();
                }
                None if text.is_empty() => {
                    sheet.write_blank(row, column, &format).unwrap();
                }
                None => {
                    sheet.write_with_format(row, column, text, &format).unwrap();
                }
            }
        }
    }
}

fn book(rows: &[&[&str]], also: impl FnOnce(&mut Worksheet)) -> Workbook {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    write(sheet, rows);
    also(sheet);
    read("rekap.xlsx", &book.save_to_buffer().unwrap(), &Limits::default()).unwrap()
}

fn context() -> ReadingContext {
    let mut context = ReadingContext::new();
    for name in ["Pustu Ngasem", "Pustu Kedungrejo", "Klinik Alvi", "Apotek Alvi"] {
        context.add_facility(name);
    }
    context
}

/// The tables of a workbook, and everything that is told of it.
fn tables(book: &Workbook, context: &ReadingContext) -> (Vec<Recap>, Vec<Issue>) {
    let found = recognise(book);
    let mut issues = found.issues.clone();
    let mut recaps = Vec::new();
    for table in &found.tables {
        let (recap, told) = read_table(table, context);
        recaps.push(recap);
        issues.extend(told);
    }
    (recaps, issues)
}

pub fn read_rows(rows: &[&[&str]]) -> (Vec<Recap>, Vec<Issue>) {
    tables(&book(rows, |_| {}), &context())
}

/// (facility, month) of every slot.
pub fn slots(recaps: &[Recap]) -> Vec<(String, String)> {
    let rows = recaps.iter().filter_map(|recap| match &recap.rows {
        Rows::Schedule(rows) => Some(rows),
        _ => None,
    });
    rows.flatten().map(|row| (row.record.facility.clone(), row.record.month.to_string())).collect()
}

/// Facilities of the visits.
pub fn visited(recaps: &[Recap]) -> Vec<&str> {
    let rows = recaps.iter().filter_map(|recap| match &recap.rows {
        Rows::Visits(rows) => Some(rows),
        _ => None,
    });
    rows.flatten().map(|row| row.record.facility.as_str()).collect()
}

pub fn message<'i>(issues: &'i [Issue], cell: &str, code: IssueCode) -> &'i str {
    let found = issues.iter().find(|issue| issue.cell == cell && issue.code == code);
    assert!(found.is_some(), "{code:?} at {cell}: {issues:#?}");
    &found.unwrap().message
}

fn file(name: &str) -> Workbook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/looks").join(name);
    read(name, &fs::read(path).unwrap(), &Limits::default()).unwrap()
}

const MONTHS: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun"];
const VISITS: &[&str] = &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maksimal", "Petugas"];

#[test]
fn filled_cells_are_the_plan_where_nothing_else_marks() {
    let (recaps, issues) = tables(&file("plan-of-one-colour.xlsx"), &context());
    let of = |month: &str| ("Pustu Ngasem".to_owned(), month.to_owned());
    assert_eq!(slots(&recaps), [of("2025-03"), of("2025-09")]);
    assert_eq!(errors(&issues), []);
    let told = message(&issues, "B2", IssueCode::Reading);
    assert!(told.contains("2 sel berwarna tanpa tulisan (E3, K3)") && told.contains("isi x"), "{told}");
}

#[test]
fn a_colour_for_each_group_of_rows_is_still_one_mark() {
    let book = file("plan-of-two-colours.xlsx");
    let mut context = ReadingContext::new();
    for row in 5..21 {
        let name = book.sheets[0].row(row).and_then(|row| row.get(1)).and_then(|value| value.text()).unwrap();
        context.add_facility(name);
    }
    let (recaps, issues) = tables(&book, &context);
    let mut of_facility: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (facility, month) in slots(&recaps) {
        of_facility.entry(facility).or_default().push(month);
    }
    assert_eq!((slots(&recaps).len(), of_facility.len()), (38, 16));
    assert_eq!(of_facility["Polindes Mojoagung"], ["2025-02", "2025-05", "2025-12"]);
    assert_eq!(of_facility["Posyandu Mawar"], ["2025-03", "2025-09"]);
    assert_eq!(errors(&issues), []);
    assert!(issues.iter().any(|issue| issue.code == IssueCode::Reading && issue.message.starts_with("38 sel")));
}

#[test]
fn a_legend_tells_plan_and_visits_apart() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "", "#y", "", "#g", "", ""],
        &["=2", "Pustu Kedungrejo", "#g", "", "", "", "#r", ""],
        &[],
        &["Keterangan : kuning = rencana, hijau = terlaksana, merah = tidak terlaksana"],
    ]);
    let of = |name: &str, month: &str| (name.to_owned(), month.to_owned());
    let (ngasem, kedungrejo) = ("Pustu Ngasem", "Pustu Kedungrejo");
    let planned = [of(ngasem, "2025-02"), of(ngasem, "2025-04"), of(kedungrejo, "2025-01"), of(kedungrejo, "2025-05")];
    assert_eq!(slots(&recaps), planned, "{issues:#?}");
    assert_eq!(visited(&recaps), [ngasem, kedungrejo]);
    assert_eq!(errors(&issues), []);
}

#[test]
fn a_column_of_colours_says_what_took_place() {
    let (recaps, issues) = read_rows(&[
        &["REKAP PEMBINAAN BULAN MEI 2025"],
        &["No", "Tanggal", "Nama Faskes", "Status", "Petugas", "Temuan"],
        &["=1", "6 Mei 2025", "Pustu Ngasem", "#g", "Tim", "Baik"],
        &["=2", "8 Mei 2025", "Pustu Kedungrejo", "#r", "Tim", ""],
        &[],
        &["", "Ket: hijau = terlaksana, merah = tidak terlaksana"],
    ]);
    assert_eq!(visited(&recaps), ["Pustu Ngasem"]);
    message(&issues, "D4", IssueCode::StruckRow);
}

#[test]
fn colours_of_a_plan_that_may_mean_two_things_are_asked_about() {
    let title: &[&str] = &["JADWAL PEMBINAAN TAHUN 2025"];
    let first: &[&str] = &["=1", "Pustu Ngasem", "", "#y", "", "#g", "", ""];
    let second: &[&str] = &["=2", "Pustu Kedungrejo", "#y", "", "", "", "#g", ""];
    let cases: [(&str, Vec<&[&str]>); 5] = [
        ("keterangannya", vec![title, MONTHS, first, second]),
        // The colours take turns, so they are no groups.
        (
            "keterangannya",
            vec![
                title,
                MONTHS,
                &["=1", "Pustu Ngasem", "", "#y", "", "", "", ""],
                &["=2", "Pustu Kedungrejo", "#g", "", "", "", "", ""],
                &["=3", "Klinik Alvi", "", "", "", "#y", "", ""],
            ],
        ),
        ("arti lain", vec![title, MONTHS, first, second, &[], &["Keterangan : kuning = rencana, hijau = libur"]]),
        ("realisasi", vec![&["JADWAL DAN REALISASI PEMBINAAN TAHUN 2025"], MONTHS, &["=1", "Pustu Ngasem", "#y"]]),
        ("setengah", vec![title, MONTHS, &["=1", "Pustu Ngasem", "#y", "#y", "#y", "", "", ""]]),
    ];
    for (why, rows) in cases {
        let (recaps, issues) = read_rows(&rows);
        assert_eq!(slots(&recaps), [], "{why}");
        let asked: Vec<_> = issues.iter().filter(|issue| issue.severity == Severity::Error).collect();
        let [asked] = asked[..] else { panic!("{why}: {issues:#?}") };
        assert_eq!((asked.code, asked.cell.as_str()), (IssueCode::UnknownValue, "B2"), "{why}");
        assert!(asked.message.contains(why) && asked.message.contains("isi x"), "{}", asked.message);
    }
}

#[test]
fn a_legend_settles_what_the_colours_of_a_plan_are() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "", "#y", "", "", "", ""],
        &["=2", "Klinik Alvi", "#g", "", "", "", "", ""],
        &["=3", "Pustu Kedungrejo", "", "", "", "#y", "", ""],
        &[],
        &["", "#y", "Jaringan"],
        &["", "#g", "Jejaring"],
    ]);
    assert_eq!(errors(&issues), []);
    assert_eq!(slots(&recaps).len(), 3, "{issues:#?}");
}

#[test]
fn colours_beside_marks_are_told_and_grounds_are_not() {
    let title: &[&str] = &["JADWAL PEMBINAAN TAHUN 2025"];
    let (recaps, issues) = read_rows(&[
        title,
        MONTHS,
        &["=1", "Pustu Ngasem", "x", "", "", "#y", "", ""],
        &["=2", "Pustu Kedungrejo", "", "x", "", "", "", ""],
    ]);
    assert_eq!(slots(&recaps).len(), 2);
    assert_eq!(warnings(&issues), [("B2", "unknown_value")], "{issues:#?}");
    assert!(message(&issues, "B2", IssueCode::UnknownValue).contains("F3"));

    // A heading, zebra rows, a month of holidays and marks on a ground of their own say nothing.
    let (recaps, issues) = read_rows(&[
        title,
        &["No#b", "Nama Faskes#b", "Jan#b", "Feb#b", "Mar#b", "Apr#b", "Mei#b", "Jun#b"],
        &["=1", "Pustu Ngasem", "x#y", "", "", "#n", "", ""],
        &["=2#n", "Pustu Kedungrejo#n", "#n", "x#n", "#n", "#n", "#n", "#n"],
        &["=3", "Klinik Alvi", "", "", "x", "#n", "", ""],
        &["=4#n", "Apotek Alvi#n", "#n", "x#n", "#n", "x#n", "#n", "#n"],
    ]);
    assert_eq!(slots(&recaps).len(), 5);
    assert_eq!(issues, []);

    // An empty attendance whose cells are coloured to be filled in.
    let (_, issues) = read_rows(&[
        &["DAFTAR HADIR LOKAKARYA MINI TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "#y", "#y", "#y", "#y", "#y", "#y"],
        &["=2", "Pustu Kedungrejo", "#y", "#y", "#y", "#y", "#y", "#y"],
    ]);
    assert_eq!(errors(&issues), []);
}

#[test]
fn a_struck_row_is_no_fact_and_is_told() {
    let (recaps, issues) = tables(&file("struck-row.xlsx"), &context());
    assert_eq!(visited(&recaps), ["Pustu Ngasem"]);
    assert_eq!((recaps[0].rows_seen, recaps[0].rows_rejected), (2, 1));
    assert_eq!(errors(&issues), [("C4", "struck_row")]);
    let told = message(&issues, "C4", IssueCode::StruckRow);
    assert!(told.contains("dicoret") && told.contains("hapus baris ini"), "{told}");
}

#[test]
fn a_struck_cell_takes_its_row_where_it_is_read() {
    let (recaps, issues) = read_rows(&[
        &["REKAP PEMBINAAN BULAN MEI 2025"],
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maksimal", "Petugas", "Catatan Kecil"],
        &["=1", "6 Mei 2025~", "Pustu Ngasem", "=85", "=100", "Ani", "jadi 9 Mei"],
        &["=2", "7 Mei 2025", "Pustu Kedungrejo", "=80~", "=100", "Ani", ""],
        &["=3", "8 Mei 2025", "Klinik Alvi", "=90", "=100", "Ani", "cek lagi~"],
    ]);
    assert_eq!(visited(&recaps), ["Klinik Alvi"]);
    assert_eq!(errors(&issues), [("B3", "struck_row"), ("D4", "struck_row")]);
    assert!(message(&issues, "D4", IssueCode::StruckRow).starts_with("isi sel ini dicoret"));
}

#[test]
fn text_that_is_struck_in_part_is_no_number() {
    let rows: &[&[&str]] = &[
        &["REKAP PEMBINAAN BULAN MEI 2025"],
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maksimal", "Temuan"],
        &["=1", "6 Mei 2025", "Pustu Ngasem", "", "=100", ""],
        &["=2", "7 Mei 2025", "Pustu Kedungrejo", "=80", "=100", ""],
    ];
    let (struck, plain) = (Format::new().set_font_strikethrough(), Format::new());
    let book = book(rows, |sheet| {
        sheet.write_rich_string(2, 3, &[(&struck, "8"), (&plain, "5")]).unwrap();
        sheet.write_rich_string(3, 5, &[(&struck, "SOP kurang"), (&plain, " SOP lengkap")]).unwrap();
    });
    let (recaps, issues) = tables(&book, &context());
    assert_eq!(visited(&recaps), ["Pustu Kedungrejo"]);
    assert_eq!(errors(&issues), [("D3", "struck_row")]);
    assert_eq!(warnings(&issues), [("F4", "reading")]);
}

#[test]
fn nothing_is_filled_down_from_a_struck_row() {
    let (recaps, issues) = read_rows(&[
        &["REKAP PEMBINAAN BULAN MEI 2025"],
        VISITS,
        &["=1", "6 Mei 2025", "Pustu Ngasem", "=85", "=100", "Ani"],
        &["=2~", "7 Mei 2025~", "Pustu Kedungrejo~", "=80~", "=100~", "Ani~"],
        &["", "8 Mei 2025", "", "=90", "=100", "Ani"],
    ]);
    assert_eq!(visited(&recaps), ["Pustu Ngasem"]);
    assert_eq!(errors(&issues), [("C4", "struck_row"), ("C5", "missing_value")]);
}

#[test]
fn rows_in_a_colour_that_the_legend_calls_not_done_do_not_count() {
    for legend in [&["", "Keterangan : merah = tidak terlaksana"][..], &["", "#r", "tidak jadi dikunjungi"]] {
        let (recaps, issues) = read_rows(&[
            &["REKAP PEMBINAAN BULAN MEI 2025"],
            VISITS,
            &["=1", "6 Mei 2025", "Pustu Ngasem", "=85", "=100", "Ani"],
            &["=2#r", "7 Mei 2025#r", "Pustu Kedungrejo#r", "=80#r", "=100#r", "Ani#r"],
            &["=3", "8 Mei 2025", "Klinik Alvi", "=90", "=100", "Ani"],
            &[],
            legend,
        ]);
        assert_eq!(visited(&recaps), ["Pustu Ngasem", "Klinik Alvi"], "{issues:#?}");
        assert_eq!(errors(&issues), [("C4", "struck_row")]);
        assert!(message(&issues, "C4", IssueCode::StruckRow).contains(legend[legend.len() - 1]));
    }
}

#[test]
fn what_a_marked_copy_covers_is_still_doubtful() {
    let rows = |legend: &'static [&'static str]| {
        read_rows(&[
            &["REKAP PEMBINAAN BULAN MEI 2025"],
            VISITS,
            &["=1", "6 Mei 2025", "Pustu Ngasem#m", "=85", "=100", "Ani"],
            &["=2", "8 Mei 2025", "Klinik Alvi", "=90", "=100", "Ani"],
            &[],
            legend,
        ])
    };
    let (recaps, issues) = rows(&["", "Keterangan : kuning = batal"]);
    assert_eq!(visited(&recaps), ["Klinik Alvi"]);
    assert_eq!(errors(&issues), [("C3", "struck_row")]);
    let (recaps, issues) = rows(&["", "Dibuat oleh tim"]);
    assert_eq!((visited(&recaps).len(), errors(&issues)), (2, vec![]));
}

#[test]
fn a_legend_that_takes_nothing_back_is_told_once() {
    let (recaps, issues) = read_rows(&[
        &["REKAP PEMBINAAN BULAN MEI 2025"],
        VISITS,
        &["=1#g", "6 Mei 2025#g", "Pustu Ngasem#g", "=85#g", "=100#g", "Ani#g"],
        &["=2#g", "7 Mei 2025#g", "Pustu Kedungrejo#g", "=80#g", "=100#g", "Ani#g"],
        &["=3", "8 Mei 2025", "Klinik Alvi", "=90", "=100", "Ani"],
        &[],
        &["", "Keterangan: hijau = terlaksana"],
    ]);
    assert_eq!(visited(&recaps).len(), 3);
    assert_eq!(warnings(&issues), [("B7", "reading")], "{issues:#?}");
    assert_eq!(errors(&issues), []);
}

#[test]
fn red_rows_without_a_legend_are_told_and_other_decoration_is_not() {
    let visits = |second: &'static [&'static str]| {
        read_rows(&[
            &["REKAP PEMBINAAN BULAN MEI 2025#b"],
            VISITS,
            &["=1", "6 Mei 2025", "Pustu Ngasem", "=85", "=100", "Ani"],
            second,
            &["=3", "8 Mei 2025", "Klinik Alvi", "=90#y", "=100", "Ani"],
        ])
    };
    let (recaps, issues) = visits(&["=2", "7 Mei 2025!r", "Pustu Kedungrejo!r", "=80!r", "=100!r", "Ani!r"]);
    assert_eq!(visited(&recaps).len(), 3);
    assert_eq!((errors(&issues), warnings(&issues)), (vec![], vec![("C4", "reading")]));
    let (recaps, issues) = visits(&["=2#y", "7 Mei 2025#y", "Pustu Kedungrejo#y", "=80#y", "=100#y", "Ani#y"]);
    assert_eq!((visited(&recaps).len(), issues), (3, vec![]));
}

#[test]
fn colours_of_a_status_are_decoration() {
    let (recaps, issues) = read_rows(&[
        &["RENCANA TINDAK LANJUT TAHUN 2025"],
        &[
            "No#b",
            "Tanggal Pembinaan#b",
            "Nama Faskes#b",
            "Rencana Tindak Lanjut#b",
            "Target Selesai#b",
            "Tanggal Selesai#b",
        ],
        &["=1", "6 Mei 2025", "Pustu Ngasem", "Isi kohort", "1 Juni 2025", "2 Juni 2025#g"],
        &["=2", "6 Mei 2025", "Pustu Kedungrejo", "Kalibrasi", "1 Juni 2025", "#r"],
    ]);
    assert_eq!(recaps.iter().map(|recap| recap.rows.len()).sum::<usize>(), 2);
    assert!(issues.iter().all(|issue| issue.code == IssueCode::FollowUpWithoutVisit), "{issues:#?}");
}

#[test]
fn marks_in_a_colour_that_the_legend_takes_back_are_told() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "x", "", "", "x#r", "", ""],
        &["=2", "Pustu Kedungrejo", "", "x", "", "", "", ""],
        &[],
        &["", "merah = dibatalkan"],
    ]);
    assert_eq!(slots(&recaps).len(), 3);
    assert_eq!(warnings(&issues), [("F3", "reading")], "{issues:#?}");
    assert!(message(&issues, "F3", IssueCode::Reading).contains("dibatalkan"));
}

#[test]
fn reports_that_colours_alone_tick_are_asked_about() {
    let (recaps, issues) = read_rows(&[
        &["KELENGKAPAN DAN KETEPATAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "L", "T", "L", "T"],
        &["=1", "Pustu Ngasem", "#g", "#g", "", "#g"],
        &["=2", "Klinik Alvi", "#g", "", "#g", ""],
        &["=3", "Apotek Alvi", "", "#g", "#g", ""],
    ]);
    assert_eq!(recaps, []);
    let asked = message(&issues, "B2", IssueCode::UnknownValue);
    assert!(asked.contains("√ pada yang diterima dan - pada yang belum"), "{asked}");
}
