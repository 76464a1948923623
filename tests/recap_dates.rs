//! Dates and follow-ups as people write them: each rule on a small workbook of its own.

use simpul::diagnostic::{Issue, IssueCode};
use simpul::domain::records::{Recap, Rows};
use simpul::domain::{Month, Received};
use simpul::recap::{ReadingContext, read_table, recognise};

use crate::recap_shapes::{Grid, errors, grid, sheet, warnings, workbook};

const VISITS: &[&str] = &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maksimal", "Petugas"];
const FOLLOW_UPS: &[&str] =
    &["No", "Tgl Pembinaan", "Nama Faskes", "RTL", "PJ", "Batas Waktu", "Tanggal Selesai", "Status"];

/// Facility and date of each visit.
fn visits(recap: &Recap) -> Vec<String> {
    let Rows::Visits(rows) = &recap.rows else { unreachable!("visits") };
    rows.iter().map(|row| format!("{} {}", row.record.facility, row.record.date)).collect()
}

/// Item, due day and day done of each follow-up.
fn follow_ups(recap: &Recap) -> Vec<String> {
    let Rows::FollowUps(rows) = &recap.rows else { unreachable!("follow-ups") };
    let done = |row: &simpul::domain::records::FollowUpRow| row.done.map_or("-".to_owned(), |date| date.to_string());
    rows.iter().map(|row| format!("{} {} {}", row.record.item, row.record.due, done(&row.record))).collect()
}

/// The cells at which something assumed is told.
fn readings(issues: &[Issue]) -> Vec<&str> {
    let readings = issues.iter().filter(|issue| issue.code == IssueCode::Reading);
    readings.map(|issue| issue.cell.as_str()).collect()
}

/// A visits table under a title, one visit for each date.
fn dated(title: &str, dates: &[&str]) -> Grid {
    let names = ["Apotek Alvi", "Klinik Alvi", "BPM I Made Oka", "Pustu Ngatri"];
    let mut rows = grid(&[&[title], VISITS]);
    for ((number, date), name) in (1..).zip(dates).zip(names.iter().cycle()) {
        let number = format!("={number}");
        let cells = [number.as_str(), *date, name, "=85", "=100", "Tim"].map(str::to_owned);
        rows.push(cells.to_vec());
    }
    rows
}

/// What the only table on the first sheet holds, with what its workbook and it are told of.
fn read_sheet(name: &str, rows: Grid) -> (Recap, Vec<Issue>) {
    read_sheets(&[(name, rows, &[])]).remove(0)
}

fn read_sheets(sheets: &[(&str, Grid, &[[u32; 4]])]) -> Vec<(Recap, Vec<Issue>)> {
    let mut context = ReadingContext::new();
    for name in ["Apotek Alvi", "Klinik Alvi", "BPM I Made Oka", "Pustu Ngatri"] {
        context.add_facility(name);
    }
    let book = workbook("rekap.xlsx", sheets);
    let found = recognise(&book);
    let read = |table| {
        let (recap, mut issues) = read_table(table, &context);
        issues.extend(found.issues.iter().filter(|issue| issue.sheet == recap.sheet).cloned());
        (recap, issues)
    };
    found.tables.iter().map(read).collect()
}

fn dates(recap: &Recap) -> Vec<String> {
    visits(recap).iter().filter_map(|visit| Some(visit.rsplit(' ').next()?.to_owned())).collect()
}

#[test]
fn one_date_that_is_month_first_turns_its_column() {
    let (recap, issues) = read_sheet("Lembar", dated("TAHUN 2025", &["5/6/2025", "5/8/2025", "5/14/2025 14:00:11"]));
    assert_eq!(dates(&recap), ["2025-05-06", "2025-05-08", "2025-05-14"]);
    assert_eq!((errors(&issues), readings(&issues)), (vec![], vec!["B3"]));
    let told = issues.iter().find(|issue| issue.code == IssueCode::Reading).unwrap();
    assert!(told.message.contains("B5") && told.message.contains("3 tanggal"), "{}", told.message);
}

#[test]
fn where_both_orders_are_proven_the_open_ones_are_asked_about() {
    let (recap, issues) = read_sheet("Lembar", dated("TAHUN 2025", &["5/14/2025", "15/5/2025", "5/6/2025"]));
    assert_eq!(dates(&recap), ["2025-05-14", "2025-05-15"]);
    assert_eq!(errors(&issues), [("B5", "invalid_date")]);
    let asked = issues.iter().find(|issue| issue.cell == "B5").unwrap();
    assert!(asked.message.contains("B3") && asked.message.contains("B4"), "{}", asked.message);
    // Whoever writes the month as the sentence says is understood.
    let (recap, _) = read_sheet("Lembar", dated("TAHUN 2025", &["5/14/2025", "15/5/2025", "6 Mei 2025"]));
    assert_eq!(dates(&recap), ["2025-05-14", "2025-05-15", "2025-05-06"]);
}

#[test]
fn dates_that_a_spreadsheet_turned_round_are_turned_back() {
    // 45722 is 6 March 2025.
    let (recap, issues) = read_sheet("JUNI", dated("BULAN JUNI 2025", &["=45722", "17/6/2025"]));
    assert_eq!((dates(&recap), recap.received), (vec!["2025-06-03".into(), "2025-06-17".into()], june()));
    assert_eq!(warnings(&issues), [("B3", "reading")]);
    let (recap, issues) = read_sheet("JUNI", dated("TAHUN 2025", &["=45722", "17/6/2025"]));
    assert_eq!((dates(&recap), recap.received), (vec!["2025-06-03".into(), "2025-06-17".into()], june()));
    assert_eq!(readings(&issues), ["B3"]);
    // 45720 is 4 March 2025, which turned is no day of June: nothing is turned.
    let (recap, issues) = read_sheet("JUNI", dated("BULAN JUNI 2025", &["=45722", "=45720"]));
    assert_eq!(dates(&recap), ["2025-03-06", "2025-03-04"]);
    assert_eq!(warnings(&issues), [("B3", "outside_period")]);
    let (recap, issues) = read_sheet("JUNI", dated("BULAN JUNI 2025", &["6 Maret 2025", "17/6/2025"]));
    assert_eq!(dates(&recap), ["2025-03-06", "2025-06-17"]);
    assert_eq!(warnings(&issues), [("B3", "outside_period")]);
}

fn june() -> Received {
    Received::Month(Month::new(2025, 6).unwrap())
}

#[test]
fn the_first_of_several_days_is_told() {
    let (recap, issues) = read_sheet("Lembar", dated("TAHUN 2025", &["3 s/d 4 Juni 2025", "3-4 Juni", "5 & 6 Juni"]));
    assert_eq!(dates(&recap), ["2025-06-03", "2025-06-03", "2025-06-05"]);
    assert_eq!((errors(&issues), readings(&issues)), (vec![], vec!["B3"]));
    let (_, issues) = read_sheet("Lembar", dated("TAHUN 2025", &["3, 9 dan 20 Juni 2025"]));
    assert_eq!(errors(&issues), [("B3", "invalid_date")]);
}

#[test]
fn the_year_is_what_most_say() {
    let may = Received::Month(Month::new(2025, 5).unwrap());
    let (recap, issues) = read_sheet("MEI", dated("BULAN MEI TAHUN 2024", &["6 Mei", "8 Mei 2025"]));
    assert_eq!((dates(&recap), recap.received), (vec!["2025-05-06".into(), "2025-05-08".into()], may));
    assert_eq!(warnings(&issues), [("C2", "reading")]);
    let (recap, _) = read_sheet("MEI", dated("BULAN MEI TAHUN 2024", &["6 Mei", "7 Mei 2025", "8 Mei 2025", "9/5"]));
    assert_eq!(dates(&recap), ["2025-05-06", "2025-05-07", "2025-05-08", "2025-05-09"]);
    // One date of a former year among those of the title's may be a slip: nobody knows of which year the others are.
    let (recap, issues) = read_sheet("MEI", dated("BULAN MEI TAHUN 2025", &["6 Mei", "8 Mei 2024"]));
    let asked = vec![("B3", "invalid_date"), ("B4", "invalid_date")];
    assert_eq!((dates(&recap), errors(&issues)), (Vec::<String>::new(), asked));
    let (recap, issues) = read_sheet("MEI", dated("BULAN MEI TAHUN 2025", &["6 Mei", "8 Mei 2024", "9 Mei 2025"]));
    assert_eq!(
        (dates(&recap), errors(&issues)),
        (vec!["2025-05-06".into(), "2025-05-09".into()], vec![("B4", "invalid_date")])
    );
    // A late entry of December is of the year before.
    let (recap, _) = read_sheet("JAN", dated("BULAN JANUARI 2025", &["30 Desember", "8 Januari"]));
    assert_eq!(dates(&recap), ["2024-12-30", "2025-01-08"]);
}

#[test]
fn a_title_that_was_copied_to_the_next_sheets_gives_way_to_their_names() {
    let sheet = |month: &str| {
        let title = format!("BULAN {month} 2025");
        grid(&[&[title.as_str()], &["No", "Nama Faskes", "Diundang", "Hadir"], &["=1", "Apotek Alvi", "v", "v"]])
    };
    let sheets = [("JAN", sheet("JANUARI"), &[][..]), ("FEB", sheet("JANUARI"), &[]), ("MAR", sheet("MARET"), &[])];
    let read = read_sheets(&sheets);
    let months: Vec<String> = read.iter().map(|(recap, _)| recap.received.rank_month().to_string()).collect();
    assert_eq!(months, ["2025-01", "2025-02", "2025-03"]);
    let told: Vec<Vec<&str>> = read.iter().map(|(_, issues)| readings(issues)).collect();
    assert_eq!(told, [vec![], vec!["B2"], vec![]]);
    // A copy of the same month's sheet is none of another month.
    let sheets = [("MEI", sheet("MEI"), &[][..]), ("MEI (2)", sheet("MEI"), &[])];
    assert!(read_sheets(&sheets).iter().all(|(_, issues)| issues.is_empty()));
    // Alone, the dates decide.
    let (recap, issues) = read_sheet("JUNI", dated("BULAN MEI 2025", &["3 Juni 2025", "17 Juni"]));
    assert_eq!((recap.received, readings(&issues)), (june(), vec!["C2"]));
    let (recap, _) = read_sheet("JUNI", dated("BULAN MEI 2025", &["3 Mei 2025"]));
    assert_eq!(recap.received.rank_month().to_string(), "2025-05");
}

#[test]
fn due_days_are_months_and_times_too() {
    let row = |item: &'static str, due: &'static str| ["=1", "11 Mei 2023", "Apotek Alvi", item, "Budi", due, "", ""];
    let rows = [
        row("a", "Juni 2023"),
        row("b", "Agustus"),
        row("c", "2 minggu"),
        row("d", "1 bulan"),
        row("e", "15 Juni"),
        row("f", "segera"),
        row("g", "-"),
    ];
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 8]>::as_slice).collect();
    let (recap, issues) = sheet(&[&[&["BULAN MEI 2023"][..], FOLLOW_UPS][..], &rows].concat());
    let expected = ["a 2023-06-30 -", "b 2023-08-31 -", "c 2023-05-25 -", "d 2023-06-11 -", "e 2023-06-15 -"];
    assert_eq!(follow_ups(&recap), expected);
    assert_eq!(errors(&issues), [("F8", "invalid_date"), ("F9", "missing_value")]);
    assert_eq!(readings(&issues), ["F3", "F5"]);
}

#[test]
fn a_status_says_what_is_done() {
    let row = |item: &'static str, done: &'static str, status: &'static str| {
        ["=1", "11 Mei 2023", "Apotek Alvi", item, "Budi", "1/6/2023", done, status]
    };
    let rows = [
        row("a", "belum", ""),
        row("b", "dalam proses", ""),
        row("c", "", "sudah"),
        row("d", "", "Sudah dilaksanakan tgl 18 Juni 2023"),
        row("e", "", "Belum (menunggu template)"),
        row("f", "", "50%"),
        row("g", "", "√"),
        row("h", "20 Mei 2023", "selesai"),
        row("i", "selesai", ""),
        row("j", "", "lihat lampiran"),
        row("k", "20 Mei 2023", "belum"),
    ];
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 8]>::as_slice).collect();
    let (recap, issues) = sheet(&[&[&["BULAN MEI 2023"][..], FOLLOW_UPS][..], &rows].concat());
    let expected = [
        "a 2023-06-01 -",
        "b 2023-06-01 -",
        "c 2023-06-01 2023-05-31",
        "d 2023-06-01 2023-06-18",
        "e 2023-06-01 -",
        "f 2023-06-01 -",
        "g 2023-06-01 2023-05-31",
        "h 2023-06-01 2023-05-20",
        "i 2023-06-01 2023-05-31",
        "j 2023-06-01 -",
    ];
    assert_eq!(follow_ups(&recap), expected);
    assert_eq!((errors(&issues), readings(&issues)), (vec![("H13", "invalid_date")], vec!["H5"]));
    assert!(warnings(&issues).contains(&("H12", "unknown_value")));
    let told = issues.iter().find(|issue| issue.code == IssueCode::Reading).unwrap();
    assert!(told.message.contains("3 baris"), "{}", told.message);
}

#[test]
fn a_visit_after_the_recap_is_not_done_before_it() {
    let (recap, _) = sheet(&[
        &["BULAN MEI 2023"],
        FOLLOW_UPS,
        &["=1", "4 Juni 2023", "Apotek Alvi", "a", "", "1/7/2023", "", "selesai"],
    ]);
    assert_eq!(follow_ups(&recap), ["a 2023-07-01 2023-06-04"]);
}

#[test]
fn follow_ups_without_a_due_day_are_named() {
    let heads: &[&str] = &["No", "Tgl Pembinaan", "Nama Faskes", "RTL", "PJ", "Tanggal Selesai"];
    let (recap, issues) = sheet(&[&["TAHUN 2023"], heads, &["=1", "4 Juni 2023", "Apotek Alvi", "a", "", ""]]);
    assert_eq!((follow_ups(&recap).len(), errors(&issues)), (0, vec![("D3", "missing_value")]));
}

#[test]
fn blank_and_ditto_are_as_above() {
    let (recap, issues) = sheet(&[
        &["BULAN MEI 2023"],
        VISITS,
        &["=1", "5 Mei 2023", "Apotek Alvi", "=85", "=100", "Tim"],
        &["=2", "", "Klinik Alvi", "=80", "=100", "\""],
        &["=3", "idem", "Pustu Ngatri", "=80", "=100", "idem"],
        // Nothing was noted of that one.
        &["=4", "", "BPM I Made Oka", "", "", "Tim"],
    ]);
    assert_eq!(visits(&recap), ["Apotek Alvi 2023-05-05", "Klinik Alvi 2023-05-05", "Pustu Ngatri 2023-05-05"]);
    assert_eq!((errors(&issues), readings(&issues)), (vec![("B6", "missing_value")], vec!["B4", "F4"]));
    let Rows::Visits(rows) = &recap.rows else { unreachable!("visits") };
    assert!(rows.iter().all(|row| row.record.coach.as_deref() == Some("Tim")));
    let (recap, issues) = sheet(&[
        &["TAHUN 2023"],
        &["No", "Nama Faskes", "Tanggal", "Skor", "Skor Maksimal", "Petugas"],
        &["=1", "Apotek Alvi", "5 Januari 2023", "=85", "=100", "Tim"],
        &["", "", "6 Maret 2023", "=80", "=100", "Tim"],
        &["=2", "Klinik Alvi", "", "=80", "=100", "Tim"],
        &["=3", "", "7 Maret 2023", "=80", "=100", "Tim"],
    ]);
    assert_eq!(visits(&recap), ["Apotek Alvi 2023-01-05", "Apotek Alvi 2023-03-06"]);
    assert_eq!(errors(&issues), [("C5", "missing_value"), ("B6", "missing_value")]);
    assert_eq!(readings(&issues), ["B4"]);
}

#[test]
fn follow_ups_below_one_visit_are_of_it() {
    let (recap, issues) = sheet(&[
        &["BULAN MEI 2023"],
        FOLLOW_UPS,
        &["=1", "5 Mei 2023", "Apotek Alvi", "a", "Budi", "1/6/2023"],
        &["", "", "", "b", "Budi", "1/6/2023"],
        &["=2", "", "", "c", "Budi", "1/6/2023"],
    ]);
    assert_eq!(follow_ups(&recap), ["a 2023-06-01 -", "b 2023-06-01 -"]);
    assert_eq!(errors(&issues), [("B5", "missing_value"), ("C5", "missing_value")]);
    assert_eq!(readings(&issues), ["B4", "C4"]);
}
