//! Odd layouts, written on the spot: the same records whatever they look like, and every wrong cell named.

use proptest::prelude::*;
use proptest::sample::Index;
use rust_xlsxwriter::{Format, Workbook as Writer};
use simpul::diagnostic::{Issue, IssueCode, Severity};
use simpul::domain::records::{Recap, Rows};
use simpul::domain::{Date, Month, Received, ReportReceipt, Table};
use simpul::recap::{ReadingContext, read_table, recognise};
use simpul::workbook::{Limits, Workbook, read};

/// Rows of text; `=12.5` is a number, blank is no cell.
pub type Grid = Vec<Vec<String>>;

pub fn grid(rows: &[&[&str]]) -> Grid {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

/// A workbook of sheets: (name, cells, merged areas as first row, first column, last row, last column).
pub fn workbook(file: &str, sheets: &[(&str, Grid, &[[u32; 4]])]) -> Workbook {
    let mut book = Writer::new();
    for (name, grid, merges) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(grid) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                match cell.strip_prefix('=') {
                    Some(number) => sheet.write(row, column, number.parse::<f64>().unwrap()).unwrap(),
                    None => sheet.write(row, column, cell.as_str()).unwrap(),
                };
            }
        }
        for [first_row, first_column, last_row, last_column] in *merges {
            let at = |number: u32| u16::try_from(number).unwrap();
            let text = &grid[*first_row as usize][*first_column as usize];
            sheet
                .merge_range(*first_row, at(*first_column), *last_row, at(*last_column), text, &Format::new())
                .unwrap();
        }
    }
    read(file, &book.save_to_buffer().unwrap(), &Limits::default()).unwrap()
}

pub fn context() -> ReadingContext {
    let mut context = ReadingContext::new();
    for name in ["Apotek Alvi", "Klinik Alvi", "BPM I Made Oka", "Pustu Ngatri"] {
        context.add_facility(name);
    }
    context.add_service("K6", "Cakupan K6 ibu hamil");
    context.add_service("HT", "Penderita hipertensi");
    context.add_slot("Apotek Alvi", month(5));
    context.add_slot("Apotek Alvi", month(9));
    context
}

fn month(number: u32) -> Month {
    Month::new(2023, number).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Reads the only table of a workbook.
pub fn only_table(book: &Workbook) -> (Recap, Vec<Issue>) {
    let found = recognise(book);
    assert_eq!(found.tables.len(), 1, "{:?}", found.issues);
    read_table(&found.tables[0], &context())
}

/// Reads a sheet of cells as the only table.
pub fn sheet(rows: &[&[&str]]) -> (Recap, Vec<Issue>) {
    only_table(&workbook("rekap.xlsx", &[("Lembar", grid(rows), &[])]))
}

pub fn errors(issues: &[Issue]) -> Vec<(&str, &str)> {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
    errors.map(|issue| (issue.cell.as_str(), issue.code.code())).collect()
}

pub fn warnings(issues: &[Issue]) -> Vec<(&str, &str)> {
    let warnings = issues.iter().filter(|issue| issue.severity == Severity::Warning);
    warnings.map(|issue| (issue.cell.as_str(), issue.code.code())).collect()
}

const MONTH: &[&str] = &["BULAN : MEI 2023"];
const YEAR: &[&str] = &["TAHUN 2023"];

#[test]
fn a_decorated_sheet_reads_like_a_plain_one() {
    let cells = grid(&[
        &["", "PEMERINTAH KABUPATEN"],
        &["", "UPT PUSKESMAS ABCDE"],
        &["", "Bulan", ":", "Mei"],
        &["", "Tahun", ":", "=2023"],
        &["", "NO.", "TGL", "NAMA  FASKES", "BENTUK KEGIATAN", "DAFTAR TILIK", "", "BUKTI", "", ""],
        &["", "", "", "", "", "Skor", "Skor Maks.", "Daftar Hadir", "Notulen", "Dokumentasi"],
        &["", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        &["", "A", "", "JARINGAN"],
        &["", "1.", "Senin, 1 Mei 2023", "PUSTU NGATRI", "Pertemuan", "20,0", "=25", "√", "Tidak", "x"],
        &["", "NO.", "TGL", "NAMA  FASKES", "BENTUK KEGIATAN", "DAFTAR TILIK", "", "BUKTI", "", ""],
        &["", "", "", "", "", "Skor", "Skor Maks.", "Daftar Hadir", "Notulen", "Dokumentasi"],
        &["", "B", "", "JEJARING"],
        &["", "2.", "2-5-2023", "Apotik  Alvi", "", "-", "=25", "", "", "ADA"],
        &["", "", "JUMLAH", "=41", "=7"],
        &["", "", "Puskesmas Abcde"],
        &[],
        &["", "", "Mengetahui,", "", "", "", "", "", "Abcde, 0 April 2024"],
        &["", "", "Kepala UPT Puskesmas Abcde", "", "", "", "", "", "PJ. Jejaring dan Jaringan"],
        &["", "", "NIP. 19700101 199903 1 001", "", "", "", "", "", "NIP. 1985"],
    ]);
    let merges: &[[u32; 4]] =
        &[[4, 1, 5, 1], [4, 2, 5, 2], [4, 3, 5, 3], [4, 4, 5, 4], [4, 5, 4, 6], [4, 7, 4, 9], [9, 5, 9, 6]];
    let book = workbook("x.xlsx", &[("Lembar", cells, merges)]);
    let found = recognise(&book);
    assert_eq!(found.tables[0].puskesmas.as_deref(), Some("UPT PUSKESMAS ABCDE"));
    let (recap, issues) = only_table(&book);
    assert_eq!(issues, []);
    assert_eq!((recap.received, recap.rows_seen), (Received::Month(month(5)), 2));
    let Rows::Visits(rows) = recap.rows else { unreachable!("visits") };
    let [first, second] = &rows[..] else { unreachable!("two rows") };
    assert_eq!((first.record.facility.as_str(), first.record.date), ("Pustu Ngatri", day("2023-05-01").into()));
    assert_eq!((first.record.points, first.record.maximum), (Some(20.0), Some(25.0)));
    assert_eq!((first.record.attendance_list, first.record.minutes), (Some(true), Some(false)));
    assert_eq!(first.record.photos, Some(false));
    assert_eq!((second.record.facility.as_str(), second.record.points), ("Apotek Alvi", None));
    assert_eq!((second.record.attendance_list, second.record.photos), (None, Some(true)));
}

const VISITS: &[&str] = &[
    "No",
    "Tanggal",
    "Nama Faskes",
    "Bentuk Kegiatan",
    "Pembina",
    "Skor",
    "Skor Maks",
    "Daftar Hadir",
    "Notulen",
    "Foto",
];

#[test]
fn every_wrong_cell_of_a_visit_is_named() {
    let (recap, issues) = sheet(&[
        MONTH,
        VISITS,
        &["1", "31 Februari 2023", "Apotek Alfi", "", "", "12a", "=20"],
        &["2", "", "", "Pertemuan", "", "=5", ""],
        &["3", "3/5/2023", "Apotek Alvi", "Pertemuan", "", "=25", "=20"],
        &["4", "4/5/2023", "Apotek Alvi", "Pertemuan", "", "#REF!", "=20"],
        &["5", "5/5/2023", "Apotek Alvi", "Pertemuan", "", "=5", "=20"],
        &["6", "05.05.2023", "APOTIK ALVI", "pertemuan", "", "=6", "=20"],
        &["7", "5/5/2023", "Apotek Alvi", "Pembinaan", "", "", "=20"],
        &["8", "5/6/2023", "Klinik Alvi", "Pembinaan", "", "", "", "mungkin"],
        &["9", "5/5/2023", "Klinik Alvi", "Pembinaan", "#REF!"],
    ]);
    let expected = [
        ("B3", "invalid_date"),
        ("C3", "unknown_facility"),
        ("F3", "invalid_number"),
        ("B4", "missing_value"),
        ("C4", "missing_value"),
        ("G4", "missing_value"),
        ("F5", "score_above_maximum"),
        ("F6", "formula_error"),
        ("C8", "duplicate"),
        ("E11", "formula_error"),
    ];
    assert_eq!(errors(&issues), expected);
    assert_eq!(warnings(&issues), [("B10", "outside_period"), ("H10", "unknown_value")]);
    assert_eq!((recap.rows_seen, recap.rows_rejected), (9, 6));
    let alvi = issues.iter().find(|issue| issue.code == IssueCode::UnknownFacility).unwrap();
    assert!(alvi.message.contains("\"Apotek Alvi\""), "{}", alvi.message);
}

#[test]
fn needed_cells_of_follow_ups() {
    let (_, issues) = sheet(&[
        &["RENCANA TINDAK LANJUT"],
        MONTH,
        &["No", "Tgl Pembinaan", "Jaringan / Jejaring", "RTL", "Penanggung Jawab", "Batas Waktu", "Tanggal Selesai"],
        &["1", "1 Mei 2023", "Apotek Alvi", "Beli APD", "Budi", "1 Juni 2023", "-"],
        &["2", "1 Mei 2023", "Apotek Alvi", "", "Budi", "", ""],
        &["3", "", "", "Beli APD", "Budi", "1 Juni 2023", "besok"],
        &["4", "1 Mei 2023", "Apotik Alvi", "beli  apd", "Budi", "2 Juni 2023", ""],
    ]);
    let expected = [
        ("D5", "missing_value"),
        ("F5", "missing_value"),
        ("B6", "missing_value"),
        ("C6", "missing_value"),
        ("G6", "invalid_date"),
        ("C7", "duplicate"),
    ];
    assert_eq!(errors(&issues), expected);
    assert_eq!(warnings(&issues), [("B4", "follow_up_without_visit")]);
}

#[test]
fn changes_name_original_or_current_months_in_row_order() {
    let (recap, issues) = sheet(&[
        YEAR,
        &["No", "Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket."],
        &["1", "Apotek Alvi", "Mei 2023", "Agustus 2023", "x"],
        &["2", "Apotek Alvi", "Ags 2023", "Oktober", ""],
        &["3", "Apotek Alvi", "Agustus 2023", "November 2023", ""],
        &["4", "Klinik Alvi", "Mei 2023", "Juni 2023", ""],
        &["5", "Apotek Alvi", "September 2023", "Januari 2024", ""],
        &["6", "Apotek Alvi", "Sep 2023", "Dibatalkan", ""],
        &["7", "Apotek Alvi", "", "segera", ""],
    ]);
    let expected = [
        ("C5", "unknown_slot"),
        ("C6", "unknown_slot"),
        ("D7", "invalid_date"),
        ("C9", "missing_value"),
        ("D9", "invalid_date"),
    ];
    assert_eq!(errors(&issues), expected);
    let Rows::ScheduleChanges(rows) = recap.rows else { unreachable!("changes") };
    let moves: Vec<_> = rows.iter().map(|row| (row.record.named, row.record.moved_to)).collect();
    assert_eq!(moves, [(month(5), Some(month(8))), (month(8), Some(month(10))), (month(9), None)]);
}

#[test]
fn a_wrong_cell_of_achievements_rejects_only_its_indicator() {
    let (recap, issues) = sheet(&[
        MONTH,
        &["No", "Nama Jejaring", "Cakupan K6 ibu hamil", "", "", "Lama", "", "", "HT", "", "", "JUMLAH", ""],
        &[
            "", "", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%", "Sasaran",
            "Capaian",
        ],
        &["1", "Apotek Alvi", "=100", "belum", "#DIV/0!", "x", "y", "z", "=10", "=12", "belum"],
        &["2", "Klinik Alvi", "", "=5", "", "", "", "", "=10", "-", ""],
        &["3", "Pustu Ngatri", "1.292", "=5", "", "", "", "", "-", "", ""],
        &["4", "Apotek Alvi", "=100", "=7", "", "", "", "", "=10", "=3", ""],
        &["", "TOTAL", "=1", "=2", "", "", "", "", "=999", "=12"],
    ]);
    let expected =
        [("F2", "unknown_indicator"), ("D4", "invalid_number"), ("C5", "missing_value"), ("B7", "duplicate")];
    assert_eq!(errors(&issues), expected);
    let expected = [
        ("J4", "numerator_above_denominator"),
        ("C6", "doubtful_number"),
        ("I8", "total_differs"),
        ("J8", "total_differs"),
    ];
    assert_eq!(warnings(&issues), expected);
    assert_eq!(recap.services, ["K6", "HT"]);
    let Rows::Achievements(rows) = recap.rows else { unreachable!("achievements") };
    let read: Vec<_> = rows
        .iter()
        .map(|row| &row.record)
        .map(|row| (row.facility.as_str(), row.service.as_str(), row.numerator, row.denominator))
        .collect();
    let expected = [
        ("Apotek Alvi", "HT", Some(12.0), Some(10.0)),
        ("Klinik Alvi", "HT", None, Some(10.0)),
        ("Pustu Ngatri", "K6", Some(5.0), Some(1292.0)),
        // What the first row could not give is still free for the later one.
        ("Apotek Alvi", "K6", Some(7.0), Some(100.0)),
    ];
    assert_eq!(read, expected);
}

#[test]
fn registers_name_their_own_faults() {
    let (recap, issues) = sheet(&[
        YEAR,
        &["No", "Nama", "Jaringan/Jejaring", "Jenis", "Struktur Jejaring", "Wajib Lapor", "Aktif Sejak", "PKS s.d."],
        &["1", "Apotek Baru", "Jejaring", "Apotek", "Sistem Rujukan, Lintas Sektor", "Tidak", "=2021", "31/12/2024"],
        &["2", "", "Jaringan", "Pustu"],
        &["3", "APOTIK BARU", "Jejaring", "Apotek"],
        &["4", "Pustu Baru", "Cabang", "Pustu", "", "", "entah", "nanti"],
        &["", "Jaringan"],
    ]);
    let expected = [("B4", "missing_value"), ("B5", "duplicate"), ("G6", "invalid_date")];
    assert_eq!(errors(&issues), expected);
    // The end of a paper keeps no facility out.
    assert!(warnings(&issues).contains(&("H6", "invalid_date")), "{issues:?}");
    let Rows::Facilities(rows) = recap.rows else { unreachable!("facilities") };
    let record = &rows[0].record;
    assert_eq!((record.name.as_str(), record.owes_reports), ("Apotek Baru", Some(false)));
    assert_eq!((record.structures.len(), record.active_from), (2, Month::new(2021, 1)));
    assert_eq!(record.agreement.as_ref().unwrap().valid_until, Some(day("2024-12-31")));
}

#[test]
fn definitions_and_the_decree() {
    let (recap, issues) = sheet(&[
        YEAR,
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Cakupan", "95%", "=2", "Naik", "Kumulatif"],
        &["RUJ", "Rujukan", "5,5", "=1", "Turun", "Jumlah"],
        &["k6", "Lagi", "=1", "=1", "Naik", "Jumlah"],
        &["X", "", "", "=1", "Miring", "Terakhir"],
    ]);
    let expected = [("A5", "duplicate"), ("B6", "missing_value"), ("C6", "missing_value"), ("E6", "unknown_value")];
    assert_eq!(errors(&issues), expected);
    let Rows::ServiceIndicators(rows) = recap.rows else { unreachable!("definitions") };
    assert!((rows[0].record.target - 95.0).abs() < 1e-9 && (rows[1].record.target - 5.5).abs() < 1e-9);
    let (recap, issues) = sheet(&[
        YEAR,
        &["Kode", "Indikator", "Target (%)", "Bobot"],
        &["CAK", "Cakupan pembinaan", "=90", ""],
        &["ABC", "?", "=90", "=1"],
    ]);
    assert_eq!(errors(&issues), [("A4", "unknown_indicator")]);
    assert_eq!((recap.rows.table(), recap.rows_seen), (Table::Decree, 2));
}

const MONTHS_HEAD: &[&str] =
    &["No", "Nama Faskes", "Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nop", "Des"];

#[test]
fn months_across_are_told_apart_or_asked_about() {
    let kind = |banner: &str, cells: [&str; 2]| {
        let head = MONTHS_HEAD;
        let row: &[&str] = &["1", "Apotek Alvi", cells[0], cells[1]];
        let rows = grid(&[YEAR, &[banner], head, row]);
        let book = workbook("x.xlsx", &[("Lembar", rows, &[])]);
        let found = recognise(&book);
        let asked = found.issues.iter().filter(|issue| issue.severity == Severity::Error).count();
        assert_eq!(found.tables.len() + asked, 1, "{banner}");
        found.tables.first().map(|table| table.table)
    };
    assert_eq!(kind("JADWAL PEMBINAAN", ["x", ""]), Some(Table::Schedule));
    assert_eq!(kind("DAFTAR HADIR LOKMIN", ["√", "-"]), Some(Table::Lokmin));
    assert_eq!(kind("REKAP LAPORAN", ["5/2/2023", ""]), Some(Table::MonthlyReports));
    assert_eq!(kind("LAPORAN KEHADIRAN LOKMIN", ["v", "x"]), Some(Table::Lokmin));
    assert_eq!(kind("JADWAL", ["", ""]), Some(Table::Schedule));
    assert_eq!(kind("REKAPITULASI", ["x", ""]), None);
    assert_eq!(kind("JADWAL DAN KEHADIRAN", ["x", ""]), None);
    assert_eq!(kind("REKAPITULASI", ["=17", "=23"]), None);
    assert_eq!(kind("INDIKATOR : K6", ["=17", "=23"]), None);
}

#[test]
fn a_years_reports_and_a_wrong_date() {
    let (recap, issues) = sheet(&[
        &["PENERIMAAN LAPORAN"],
        YEAR,
        MONTHS_HEAD,
        &["1", "Apotek Alvi", "3/2/2023", "", "5 April 2023"],
        &["2", "Klinik Alvi", "3/2/2023", "entah", "5 April 2023"],
    ]);
    assert_eq!(errors(&issues), [("D5", "invalid_date")]);
    let Rows::MonthlyReports(rows) = recap.rows else { unreachable!("reports") };
    let read: Vec<_> = rows.iter().map(|row| (row.record.month, row.record.received)).collect();
    assert_eq!(
        read,
        [(month(1), ReportReceipt::Day(day("2023-02-03"))), (month(3), ReportReceipt::Day(day("2023-04-05")))]
    );
    assert_eq!(recap.received, Received::Year(2023));
}

#[test]
fn a_year_of_achievements_below_one_sasaran_and_two_tables_on_a_sheet() {
    let rows = grid(&[
        YEAR,
        &["INDIKATOR : K6"],
        &["No", "Nama Jejaring", "Sasaran", "Jan", "Feb", "Mar", "Jumlah", "%"],
        &["1", "Apotek Alvi", "=120", "=10", "", "=0", "=11", "=9"],
        &["2", "Klinik Alvi", "", "=10", "", "", "=10", ""],
        &["Jumlah", "", "=120", "=20"],
        &[],
        &["INDIKATOR : Lain"],
        &["No", "Nama Jejaring", "Sasaran", "Jan", "Feb", "Mar", "Jumlah", "%"],
        &["1", "Apotek Alvi", "=120", "=10"],
    ]);
    let book = workbook("x.xlsx", &[("Capaian", rows, &[])]);
    let found = recognise(&book);
    assert_eq!(found.sheets[0].tables, [Table::Achievements, Table::Achievements]);
    let (recap, issues) = read_table(&found.tables[0], &context());
    assert_eq!(errors(&issues), [("C5", "missing_value")]);
    assert_eq!(warnings(&issues), [("G4", "total_differs")]);
    let Rows::Achievements(rows) = &recap.rows else { unreachable!("achievements") };
    let read: Vec<_> =
        rows.iter().map(|row| (row.record.month, row.record.numerator, row.record.denominator)).collect();
    assert_eq!(read, [(month(1), Some(10.0), Some(120.0)), (month(3), Some(0.0), Some(120.0))]);
    assert_eq!(recap.services, ["K6"]);
    let (recap, issues) = read_table(&found.tables[1], &context());
    assert_eq!(errors(&issues), [("A8", "unknown_indicator")]);
    assert_eq!(recap.services, Vec::<String>::new());
}

#[test]
fn the_period_comes_from_banner_sheet_or_file() {
    let lokmin = |banner: &[&str], sheet: &str, file: &str| {
        let rows =
            grid(&[banner, &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"], &["1", "Apotek Alvi", "v", "x"]]);
        let book = workbook(file, &[(sheet, rows, &[])]);
        let found = recognise(&book);
        let codes: Vec<IssueCode> = found.issues.iter().map(|issue| issue.code).collect();
        (found.tables.first().map(|table| table.received), codes)
    };
    let may = Some(Received::Month(month(5)));
    assert_eq!(lokmin(MONTH, "Lokmin", "rekap-2023-05.xlsx"), (may, vec![]));
    assert_eq!(lokmin(MONTH, "Lokmin", "rekap-2023-06.xlsx"), (may, vec![IssueCode::BannerDisagrees]));
    assert_eq!(lokmin(MONTH, "JUN", "rekap.xlsx"), (may, vec![IssueCode::BannerDisagrees]));
    assert_eq!(lokmin(YEAR, "MEI", "rekap.xlsx"), (may, vec![]));
    assert_eq!(lokmin(&["x"], "Lokmin", "lokmin mei 2023.xlsx"), (may, vec![IssueCode::Reading]), "the file's year");
    assert_eq!(lokmin(YEAR, "Lokmin", "rekap.xlsx"), (None, vec![IssueCode::MissingValue]));
    assert_eq!(lokmin(&["x"], "Lokmin", "rekap.xlsx"), (None, vec![IssueCode::MissingValue]));
    let own = &["BULAN : MEI 2023", "TAHUN 2022"];
    assert_eq!(lokmin(own, "Lokmin", "rekap.xlsx"), (may, vec![IssueCode::BannerDisagrees]));
}

#[test]
fn merged_names_and_dates_speak_for_their_rows() {
    let cells = grid(&[
        MONTH,
        &["No", "Tanggal Pembinaan", "Nama Faskes", "Rencana Tindak Lanjut", "PJ", "Target Selesai", "Tanggal Selesai"],
        &["1", "1 Mei 2023", "Apotek Alvi", "Satu", "", "1/6/2023", ""],
        &["", "", "", "Dua", "", "1/6/2023", ""],
    ]);
    let book = workbook("x.xlsx", &[("RTL", cells, &[[2, 1, 3, 1], [2, 2, 3, 2]])]);
    let (recap, issues) = only_table(&book);
    assert_eq!(errors(&issues), []);
    assert_eq!((recap.rows_seen, recap.rows_rejected), (2, 0));
}

/// A column of the visits table in some spelling.
const SPELLINGS: [&[&str]; 9] = [
    &["Tanggal", "TGL", "Tanggal Pembinaan", "tgl."],
    &["Nama Jaringan/Jejaring", "Nama Faskes", "Jaringan / Jejaring", "NAMA JEJARING"],
    &["Bentuk Kegiatan", "BENTUK  KEGIATAN"],
    &["Pembina", "Petugas"],
    &["Skor Daftar Tilik", "Skor", "Nilai Daftar Tilik"],
    &["Skor Maksimal", "Skor Maks", "Nilai Maksimal"],
    &["Daftar Hadir"],
    &["Notulen"],
    &["Foto", "Dokumentasi"],
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any order of columns, at any place, with or without decoration.
    #[test]
    fn visits_are_read_back(
        order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
        spelling in proptest::collection::vec(any::<Index>(), 9),
        rows in proptest::collection::vec((1_u32..28, 0_usize..4, 0_u32..20, any::<bool>()), 0..12),
        (left, above, numbered, decorated) in (0_usize..3, 0_usize..8, any::<bool>(), any::<bool>()),
    ) {
        let names = ["Apotek Alvi", "Klinik Alvi", "BPM I Made Oka", "Pustu Ngatri"];
        let spelt = [["APOTIK ALVI", "Apotek  Alvi"], ["klinik alvi", " Klinik Alvi "], ["PMB I Made Oka", "BPM. I Made Oka"], ["Puskesmas Pembantu Ngatri", "PUSTU NGATRI"]];
        let line = |first: &str, cells: Vec<String>| {
            let mut line = vec![String::new(); left];
            if numbered {
                line.push(first.to_owned());
            }
            line.extend(cells);
            line
        };
        let ordered = |cells: [String; 9]| order.iter().map(|place| cells[*place].clone()).collect::<Vec<_>>();
        let mut cells: Grid = vec![Vec::new(); above];
        cells.insert(0, vec!["BULAN : MEI 2023".to_owned()]);
        let spellings: Vec<&str> = SPELLINGS.iter().zip(&spelling).map(|(words, pick)| *pick.get(words)).collect();
        cells.push(line("No", ordered(std::array::from_fn(|place| spellings[place].to_owned()))));
        let mut expected = Vec::new();
        for (number, (day_of_month, name, points, variant)) in (1..).zip(&rows) {
            let date = Date::from_ymd_opt(2023, 5, *day_of_month).unwrap();
            let form = format!("Bentuk {number}");
            let date_text = if *variant { date.format("%d/%m/%Y") } else { date.format("%-d Mei %Y") };
            cells.push(line(&format!("={number}"), ordered([
                date_text.to_string(), spelt[*name][usize::from(*variant)].to_owned(), form.clone(), String::new(),
                if *variant { format!("{points},0") } else { format!("={points}") }, "=20".to_owned(),
                "√".to_owned(), "tidak".to_owned(), String::new(),
            ])));
            expected.push((names[*name].to_owned(), date.into(), form, Some(f64::from(*points)), Some(true), Some(false), None));
            if decorated && number % 5 == 0 {
                cells.push(line("No", ordered(std::array::from_fn(|place| spellings[place].to_owned()))));
            }
        }
        if decorated {
            cells.push(line("", vec!["JUMLAH".to_owned(), "=9".to_owned(), "=99".to_owned()]));
            cells.extend([vec![], vec![]]);
            cells.push(line("", vec!["Mengetahui,".to_owned(), String::new(), String::new(), "Abcde, 5 Juni 2023".to_owned()]));
            cells.push(line("", vec!["Kepala UPT".to_owned(), String::new(), String::new(), "NIP. 1970".to_owned()]));
        }
        let (recap, issues) = only_table(&workbook("x.xlsx", &[("Lembar", cells, &[])]));
        prop_assert_eq!(errors(&issues), vec![]);
        let Rows::Visits(read) = recap.rows else { unreachable!("visits") };
        let read: Vec<_> = read.into_iter().map(|row| row.record).map(|row| (
            row.facility, row.date, row.form, row.points, row.attendance_list, row.minutes, row.photos,
        )).collect();
        prop_assert_eq!(read, expected);
    }

    /// Whatever stands in the cells, reading ends and names no cell outside the sheet.
    #[test]
    fn no_text_in_a_table_is_fatal(texts in proptest::collection::vec("\\PC{0,12}", 30)) {
        let mut cells = grid(&[MONTH, VISITS]);
        cells.extend(texts.chunks(10).map(<[String]>::to_vec));
        for row in &mut cells[2..] {
            for cell in row.iter_mut() {
                *cell = cell.trim_start_matches('=').to_owned();
            }
        }
        let book = workbook("x.xlsx", &[("Lembar", cells, &[])]);
        for table in &recognise(&book).tables {
            let (recap, issues) = read_table(table, &context());
            prop_assert!(recap.rows_seen <= 3 && issues.len() <= 60);
        }
    }
}

#[test]
fn column_numbers_with_gaps_and_groups_without_merges() {
    let (recap, issues) = sheet(&[
        MONTH,
        &["", "", "K6", "", "", "HT", "", ""],
        &["No", "Nama Jejaring", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%"],
        &["", "", "=3", "=4", "=5", "=7", "=8"],
        &["1", "Apotek Alvi", "=100", "=7", "", "=10", "=3", ""],
    ]);
    assert_eq!(issues, []);
    assert_eq!((recap.services.as_slice(), recap.rows_seen), (["K6".to_owned(), "HT".to_owned()].as_slice(), 1));
    let numbered: &[&str] =
        &["", "", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"];
    let (recap, issues) = sheet(&[&["JADWAL"], YEAR, MONTHS_HEAD, numbered, &["1", "Apotek Alvi", "x", "", "", "v"]]);
    assert_eq!((issues, recap.rows_seen), (vec![], 1));
    let head: &[&str] = &["No", "Nama Faskes", "B u l a n"];
    let months: &[&str] = &["", "", "=1", "=2", "=3", "=4", "=5", "=6", "=7", "=8", "=9", "=10", "=11", "=12"];
    let (recap, _) = sheet(&[&["JADWAL"], YEAR, head, months, &["1", "Apotek Alvi", "x", "", "", "v"]]);
    let Rows::Schedule(rows) = recap.rows else { unreachable!("schedule") };
    assert_eq!(rows.iter().map(|row| row.record.month).collect::<Vec<_>>(), [month(1), month(4)]);
}

#[test]
fn a_numbered_total_is_no_facility() {
    let (recap, issues) = sheet(&[
        MONTH,
        &["No", "Nama Jaringan/Jejaring", "Bulan Laporan", "Tanggal Diterima"],
        &["1", "Apotek Alvi", "April", "3 Mei 2023"],
        &["2", "Klinik Alvi", "April 2023", ""],
        &["3", "Pustu Ngatri", "", ""],
        &["4", "Klinik Tak Dikenal", "April 2023", "3 Mei 2023"],
        &["5", "Apotik Alvi", "Apr 2023", "4 Mei 2023"],
        &["6", "JUMLAH", "=3", "=5"],
    ]);
    assert_eq!(errors(&issues), [("D4", "missing_value"), ("B6", "unknown_facility"), ("B7", "duplicate")]);
    assert_eq!((recap.rows_seen, recap.rows_rejected), (5, 3));
}
