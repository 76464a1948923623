//! Workbooks with what real ones hold, and every workbook of the worked cases.

use std::fs;
use std::sync::LazyLock;

use proptest::prelude::*;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Image, Note, Workbook,
};
use simpul::diagnostic::{Issue, NOTES_SHEET, Severity};
use simpul::marked::{list_workbook, mark};
use simpul::recap::{ReadingContext, read_table, recognise};

use super::parts::{checked, error, issue, notes, opened, package, parts, text, with_parts};
use crate::tidy;

/// A picture of one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, b'I', b'D', b'A', b'T', 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0,
    3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];
const SHEET: &str = "Pembinaan d'Abcde";

/// Letterhead, merges, formats, a picture, a note, a rule of colour, a drop-down, protection.
fn rich() -> Vec<u8> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2023, 5, 31).unwrap()));
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET).unwrap();
    let title = Format::new().set_bold().set_align(FormatAlign::Center).set_font_size(14);
    sheet.merge_range(0, 0, 0, 6, "PEMERINTAH KABUPATEN ABCDE", &title).unwrap();
    let date = Format::new().set_num_format("dd mmmm yyyy").set_border(FormatBorder::Thin);
    let share = Format::new().set_num_format("0.0%").set_background_color("DDEBF7");
    sheet.set_column_format(5, &share).unwrap();
    for row in 4..14_u32 {
        let day = u8::try_from(row).unwrap();
        sheet.write_datetime_with_format(row, 1, ExcelDateTime::from_ymd(2023, 5, day).unwrap(), &date).unwrap();
        sheet.write_string(row, 2, format!("Klinik <{row}>")).unwrap();
        sheet.write_number_with_format(row, 4, f64::from(row) / 16.0, &share).unwrap();
    }
    sheet.write_formula(15, 4, Formula::new("SUM(E5:E14)").set_result("5.3125")).unwrap();
    sheet.insert_note(5, 2, &Note::new("Tolong cek nama ini").set_author("Bu Ani")).unwrap();
    sheet.insert_image(0, 8, &Image::new_from_buffer(PNG).unwrap()).unwrap();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(1.0))
        .set_format(Format::new().set_font_color("FF0000"));
    sheet.add_conditional_format(4, 4, 13, 4, &rule).unwrap();
    let choice = DataValidation::new().allow_list_strings(&["Ada", "Tidak"]).unwrap();
    sheet.add_data_validation(4, 6, 13, 6, &choice).unwrap();
    sheet.protect_with_password("rahasia");
    sheet.set_print_area(0, 0, 15, 6).unwrap();
    let other = book.add_worksheet();
    other.set_name("RTL").unwrap().write_string(0, 0, "kosong").unwrap();
    book.define_name("Skor", "='Pembinaan d''Abcde'!$E$5:$E$14").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    with_parts(
        &bytes,
        &[("xl/vbaProject.bin", "bukan makro"), ("xl/printerSettings/printerSettings1.bin", "\u{1}\u{2}")],
    )
}

fn issues() -> Vec<Issue> {
    vec![
        error(SHEET, "B5"),
        issue(SHEET, "B5", Severity::Warning, "di luar bulan Mei"),
        issue(SHEET, "C6", Severity::Error, "tidak dikenal"),
        issue(SHEET, "C1", Severity::Warning, "dalam sel gabungan"),
        issue(SHEET, "F8", Severity::Error, "=cmd|' /C calc'!A0 <b>\u{0}\u{202E}&\"_x0041_"),
        issue(SHEET, "D3", Severity::Warning, "sel yang tidak ada"),
        error(SHEET, "E16"),
        error("RTL", "Z99"),
        issue("RTL", "", Severity::Warning, "lembar tanpa tabel"),
        error("Tidak Ada", "A1"),
        error("RTL", "bukan sel"),
    ]
}

#[test]
fn a_rich_workbook_is_kept_and_its_cells_are_marked() {
    let marked = checked(&rich(), &issues());
    let sheet = text(&marked, "xl/worksheets/sheet1.xml");
    let styles = text(&marked, "xl/styles.xml");
    assert!(styles.contains("FFF2A19C") && styles.contains("FFFFEB94"));
    for kept in ["<conditionalFormatting", "<dataValidations", "<sheetProtection", "<drawing ", "<legacyDrawing "] {
        assert!(sheet.contains(kept), "{kept}");
    }
    assert_eq!(sheet.matches("<legacyDrawing ").count(), 1);
    assert!(text(&marked, "xl/workbook.xml").contains("Skor"));
    let comments = text(&marked, "xl/comments1.xml");
    for ours in
        ["KESALAHAN", "PERINGATAN", "<author>Simpul</author>", "Tolong cek nama ini", "ref=\"A1\"", "ref=\"F8\""]
    {
        assert!(comments.contains(ours), "{ours}");
    }
    assert_eq!(comments.matches("<comment ").count(), 6);
    let list = text(&marked, "xl/worksheets/sheet3.xml");
    assert!(list.contains("location=\"'Pembinaan d''Abcde'!B5\"") && list.contains("location=\"'RTL'!A1\""));
    assert!(!list.contains("Tidak Ada'!") && !list.contains("<f>"));
    assert!(list.contains("=cmd|' /C calc'!A0 &lt;b&gt;&amp;&quot;_x005F_x0041_"), "{list}");
    assert!(text(&marked, "xl/comments2.xml").contains("ref=\"Z99\""));
}

#[test]
fn without_issues_only_the_list_comes() {
    let original = rich();
    let marked = checked(&original, &[]);
    let changed = super::parts::differing(&original, &marked);
    assert!(changed.iter().all(|name| !name.contains("sheet1.xml") && !name.contains("comments")), "{changed:?}");
}

#[test]
fn former_marks_go_when_the_cell_is_mended() {
    let original = rich();
    let marked = mark(&original, &issues(), &notes()).unwrap();
    let mended = checked(&marked, &[]);
    let cells = |bytes: &[u8]| super::parts::formats_of_cells(&text(bytes, "xl/worksheets/sheet1.xml"));
    let (before, after) = (cells(&original), cells(&mended));
    for (cell, format) in &before {
        assert_eq!(after[cell], *format, "{cell}");
    }
    let comments = text(&mended, "xl/comments1.xml");
    assert!(!comments.contains("Simpul") && !comments.contains("KESALAHAN") && comments.contains("Tolong cek"));
    assert_eq!(text(&mended, "xl/comments1.xml").matches("<comment ").count(), 1);
    let drawing = parts(&mended).into_iter().find(|(name, _)| name.ends_with("vmlDrawing1.vml")).unwrap().1;
    assert_eq!(String::from_utf8(drawing).unwrap().matches("ObjectType=\"Note\"").count(), 1);
}

#[test]
fn a_users_own_sheet_of_that_name_stays() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("catatan Impor").unwrap().write_string(0, 0, "milik saya").unwrap();
    let original = book.save_to_buffer().unwrap();
    let marked = mark(&original, &[error("catatan Impor", "A1")], &notes()).unwrap();
    let names: Vec<String> = opened(&marked).sheets.iter().map(|sheet| sheet.name.clone()).collect();
    assert_eq!(names, ["catatan Impor", "Catatan impor (2)"]);
    assert!(mark(&marked, &[error("catatan Impor", "A1")], &notes()).unwrap() == marked);
}

/// Every workbook of the worked cases.
pub fn case_workbooks() -> Vec<(String, Vec<u8>)> {
    let files = tidy::files("tests/cases", &["xlsx"]);
    assert!(files.len() > 40, "the cases are not where they were");
    files.iter().map(|path| (tidy::relative(path), fs::read(path).unwrap())).collect()
}

/// What recap makes of a workbook.
pub fn recapped(bytes: &[u8]) -> (Vec<Issue>, String) {
    let book = opened(bytes);
    let found = recognise(&book);
    let mut issues = found.issues.clone();
    let mut told = format!("{:?}", found.sheets);
    for table in &found.tables {
        let (recap, more) = read_table(table, &ReadingContext::new());
        told.extend([format!("{:?} {:?} {recap:?}", table.puskesmas, table.received)]);
        issues.extend(more);
    }
    (issues, told)
}

#[test]
fn every_case_reads_back_as_its_original() {
    for (name, original) in case_workbooks() {
        let (issues, told) = recapped(&original);
        let marked = checked(&original, &issues);
        let again = recapped(&marked);
        assert_eq!(again, (issues, told), "{name}");
    }
}

#[test]
fn a_list_of_its_own_opens() {
    let list = list_workbook(&issues(), &notes(), "berkas rusak").unwrap();
    let book = opened(&list);
    assert_eq!(book.sheets.len(), 1);
    assert_eq!(book.sheets[0].name, NOTES_SHEET);
    assert_eq!(book.sheets[0].rows.len(), 8 + issues().len());
    assert!(recognise(&book).tables.is_empty() && recognise(&book).issues.is_empty());
}

prop_compose! {
    fn any_issue()(
        sheet in prop::sample::select(vec![SHEET, "RTL", "Lain"]),
        column in 0_u8..9, row in 1_u32..20, is_error: bool, message in "\\PC{0,40}|[\\x00-\\x20=+@<&'\"_x0-9]{0,30}",
    ) -> Issue {
        let cell = format!("{}{row}", char::from(b'A' + column));
        issue(sheet, &cell, if is_error { Severity::Error } else { Severity::Warning }, &message)
    }
}

/// What damage looks like.
pub fn damage() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "<",
        ">",
        "\"",
        "/",
        "</row>",
        "<c/>",
        "<c r=\"A1\"/>",
        "&x;",
        "]]>",
        "<!--",
        "ß",
        " s=\"9\"",
        "<x:t>",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damage_to_a_part_makes_it_panic(part in 0_usize..40, from in 0.0..1.0_f64, length in 0_usize..40, by in damage()) {
        static MARKED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
            let marked = mark(&rich(), &issues(), &notes()).unwrap();
            let texts = parts(&marked).into_iter().filter_map(|(name, part)| Some((name, String::from_utf8(part).ok()?)));
            texts.collect()
        });
        let (name, text) = &MARKED[part % MARKED.len()];
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a length")]
        let start = (from * places.len() as f64) as usize;
        let end = (start + length).min(places.len() - 1).max(start);
        let damaged = format!("{}{by}{}", &text[..places[start]], &text[places[end]..]);
        let all = MARKED.iter().map(|(known, text)| (known.as_str(), if known == name { damaged.as_bytes() } else { text.as_bytes() }));
        match mark(&package(all), &issues(), &notes()) {
            Ok(marked) => prop_assert!(!parts(&marked).is_empty()),
            Err(error) => prop_assert!(error.to_string().starts_with("salinan bertanda"), "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_issues_leave_the_rest_as_it_was(issues in prop::collection::vec(any_issue(), 0..25)) {
        checked(&rich(), &issues);
    }

    #[test]
    fn marks_of_one_import_give_way_to_the_next(
        first in prop::collection::vec(any_issue(), 0..12), second in prop::collection::vec(any_issue(), 0..12),
    ) {
        let original = rich();
        let marked = mark(&original, &first, &notes()).unwrap();
        let again = checked(&marked, &second);
        // What is seen does not depend on the marks before: the same cells are commented.
        let commented = |bytes: &[u8]| {
            let mut cells: Vec<String> = parts(bytes)
                .into_iter()
                .filter(|(name, _)| name.contains("comments"))
                .flat_map(|(name, part)| {
                    let text = String::from_utf8(part).unwrap();
                    let cells = text.split("<comment ref=\"").skip(1);
                    cells.map(|rest| format!("{name} {}", rest.split('"').next().unwrap())).collect::<Vec<_>>()
                })
                .collect();
            cells.sort();
            cells.dedup();
            cells
        };
        let direct = mark(&original, &second, &notes()).unwrap();
        prop_assert_eq!(commented(&again).len(), commented(&direct).len());
    }
}
