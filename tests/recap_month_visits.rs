//! Visits of a month without a day: months in the column of dates, a column of months, rows of what was done below
//! those of a plan, and a table of ticks with months across.

use simpul::diagnostic::Issue;
use simpul::domain::records::{Recap, Rows};
use simpul::domain::{Received, Table};
use simpul::recap::{HeadingRows, Hints, Profile, ReadingContext, read_table, recognise, recognise_with};
use simpul::workbook::{CellValue, Workbook};

use crate::recap_shapes::{context, errors, grid, only_table, sheet, workbook};

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES"];

/// Every table of a workbook, and all issues.
fn read(book: &Workbook, context: &ReadingContext) -> (Vec<Recap>, Vec<Issue>) {
    let found = recognise(book);
    let mut issues = found.issues.clone();
    let mut recaps = Vec::new();
    for table in &found.tables {
        let (recap, own) = read_table(table, context);
        recaps.push(recap);
        issues.extend(own);
    }
    (recaps, issues)
}

/// Facility, when and cell of each visit.
fn visits(recap: &Recap) -> Vec<String> {
    let Rows::Visits(rows) = &recap.rows else { unreachable!("visits") };
    let place = |cells: &[(simpul::domain::records::Field, simpul::domain::records::CellRef)]| {
        cells.last().map(|(_, cell)| cell.to_string()).unwrap_or_default()
    };
    rows.iter().map(|row| format!("{} {} {}", row.record.facility, row.record.date, place(&row.cells))).collect()
}

fn dates(recap: &Recap) -> Vec<String> {
    visits(recap).iter().map(|visit| visit.rsplit(' ').nth(1).unwrap().to_owned()).collect()
}

fn readings(issues: &[Issue]) -> Vec<(&str, &str)> {
    let told = issues.iter().filter(|issue| issue.code.code() == "reading");
    told.map(|issue| (issue.cell.as_str(), issue.message.as_str())).collect()
}

/// The first cells of a row, and those below months by their numbers.
type Line<'t> = (&'t [&'t str], &'t [(usize, &'t str)]);

/// A table with months across: cells of rows by month, below the title.
fn across(title: &str, rows: &[Line<'_>]) -> (Vec<Recap>, Vec<Issue>) {
    let is_plan = rows.iter().any(|(first, _)| first.len() > 2);
    let mut head: Vec<&str> = vec!["No", "Nama Faskes"];
    head.extend(is_plan.then_some("Ket"));
    let offset = head.len();
    head.extend(MONTHS);
    let mut lines: Vec<Vec<&str>> = vec![vec![title], head];
    for (first, cells) in rows {
        let mut line: Vec<&str> = first.to_vec();
        line.resize(offset + 12, "");
        for (month, cell) in *cells {
            line[offset + month - 1] = cell;
        }
        lines.push(line);
    }
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    read(&workbook("rekap.xlsx", &[("Lembar", grid(&lines), &[])]), &context())
}

#[test]
fn a_month_in_the_column_of_dates_is_a_visit_of_that_month() {
    let head: &[&str] = &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks"];
    let (recap, issues) = sheet(&[
        &["REKAP PEMBINAAN TAHUN 2023"],
        head,
        &["=1", "Mei 2023", "Apotek Alvi", "Supervisi", "=8", "=10"],
        &["=2", "Juni", "Apotek Alvi", "Supervisi"],
        &["=3", "12 Juli 2023", "Apotek Alvi", "Supervisi"],
        // The same once more counts once; with a score it may be another visit.
        &["=4", "Bulan Mei", "Apotek Alvi", "SUPERVISI"],
        &["=5", "mei", "Apotek Alvi", "Supervisi", "=9", "=10"],
        &["=6", "Mei 2023", "Apotek Alvi", "Pertemuan"],
        &["=7", "belum", "Klinik Alvi", "Supervisi"],
        &["=8", "", "Klinik Alvi", "Supervisi"],
    ]);
    assert_eq!(dates(&recap), ["2023-05", "2023-06", "2023-07-12", "2023-05", "2023-05"]);
    assert_eq!(errors(&issues), [("C7", "duplicate"), ("B9", "invalid_date"), ("B10", "missing_value")]);
    let told = readings(&issues);
    assert_eq!((told.len(), told[0].0), (1, "B3"), "{told:?}");
    assert!(told[0].1.starts_with("4 sel menyebut bulan tanpa tanggal"), "{told:?}");
    assert!(told[0].1.contains("B3 \"Mei 2023\" dibaca Mei 2023; 1 di antaranya mengulang"), "{told:?}");
}

#[test]
fn a_month_without_a_year_is_of_the_recaps_and_asked_where_that_is_not_known() {
    let head: &[&str] = &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Petugas"];
    let row: &[&str] = &["=1", "Desember", "Apotek Alvi", "Supervisi", "Ani"];
    let (recap, issues) = sheet(&[&["TAHUN 2023"], &["BULAN : JANUARI 2023"], head, row]);
    assert_eq!(visits(&recap), ["Apotek Alvi 2022-12 E4"], "as a day without year would be");
    assert_eq!(issues.iter().filter(|issue| issue.code.code() == "outside_period").count(), 1);
    let rows: &[&[&str]] = &[&["REKAP PEMBINAAN"], head, row];
    let (recaps, issues) = read(&workbook("rekap.xlsx", &[("Lembar", grid(rows), &[])]), &context());
    assert_eq!((recaps.len(), errors(&issues)), (0, vec![("C2", "missing_value")]), "{issues:?}");
}

#[test]
fn first_days_of_several_months_alone_are_months_that_excel_made_days() {
    let head: &[&str] = &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Petugas"];
    let read = |title: &str, dates: [&str; 3]| {
        let mut cells = grid(&[&[title], head]);
        let names = ["Apotek Alvi", "Klinik Alvi", "Pustu Ngatri"];
        cells
            .extend(names.into_iter().zip(dates).flat_map(|(name, on)| grid(&[&["=1", on, name, "Supervisi", "Ani"]])));
        let mut book = workbook("rekap.xlsx", &[("Lembar", cells, &[])]);
        for cell in book.sheets[0].rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Some(day) = cell.value.text().and_then(|text| text.strip_prefix('@')) {
                cell.value = CellValue::Date(day.parse().unwrap());
            }
        }
        only_table(&book)
    };
    let rows = |dates| read("REKAP PEMBINAAN TAHUN 2023", dates);
    let (recap, issues) = rows(["@2023-05-01", "@2023-06-01", "@2023-06-01"]);
    assert_eq!((dates(&recap), errors(&issues)), (vec!["2023-05".into(), "2023-06".into(), "2023-06".into()], vec![]));
    assert!(readings(&issues)[0].1.contains("3 sel menyebut bulan tanpa tanggal (setiap tanggal"), "{issues:?}");
    // Of one month they are its days, turned round by Excel.
    let (recap, _) = read("BULAN : JANUARI 2023", ["@2023-05-01", "@2023-06-01", "@2023-07-01"]);
    assert_eq!(dates(&recap), ["2023-01-05", "2023-01-06", "2023-01-07"]);
    for other in [
        ["@2023-06-01"; 3],
        ["@2023-05-01", "@2023-06-01", "1 Juli 2023"],
        ["@2023-05-01", "@2023-06-01", "@2023-06-02"],
    ] {
        assert!(
            rows(other).0.rows.len() == 3 && dates(&rows(other).0).iter().all(|date| date.len() == 10),
            "{other:?}"
        );
    }
}

#[test]
fn a_column_of_months_is_as_good_as_one_of_dates() {
    let (recap, issues) = sheet(&[
        &["REKAP PEMBINAAN JARINGAN DAN JEJARING TAHUN 2023"],
        &["No", "Bulan", "Nama Faskes", "Bentuk Kegiatan", "Pembina"],
        &["=1", "Mei", "Apotek Alvi", "Supervisi", "Ani"],
        &["=2", "=6", "Apotek Alvi", "Supervisi", "Ani"],
        &["=3", "12 Juli 2023", "Apotek Alvi", "Supervisi", "Ani"],
        &["=4", "", "Klinik Alvi", "Supervisi", "Ani"],
        &["=5", "kapan-kapan", "Klinik Alvi", "Supervisi", "Ani"],
    ]);
    assert_eq!(recap.received, Received::Year(2023));
    assert_eq!(dates(&recap), ["2023-05", "2023-06", "2023-07-12"]);
    assert_eq!(errors(&issues), [("B6", "missing_value"), ("B7", "invalid_date")]);
    assert_eq!(readings(&issues).iter().map(|told| told.0).collect::<Vec<_>>(), ["B3"]);

    // Beside a column of dates it speaks where that is blank.
    let (recap, issues) = sheet(&[
        &["REKAP PEMBINAAN TAHUN 2023"],
        &["No", "Bulan", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Pembina"],
        &["=1", "Mei", "3 Mei 2023", "Apotek Alvi", "Supervisi", "Ani"],
        &["=2", "Juni", "-", "Apotek Alvi", "Supervisi", "Ani"],
    ]);
    assert_eq!(errors(&issues), []);
    assert_eq!(dates(&recap), ["2023-05-03", "2023-06"]);
}

#[test]
fn rows_of_what_was_done_below_a_plan_are_visits() {
    let (recaps, issues) = across(
        "RENCANA DAN REALISASI PEMBINAAN TAHUN 2023",
        &[
            (&["=1", "Apotek Alvi", "R"], &[(2, "√"), (5, "√")]),
            (&["", "", "L"], &[(2, "√"), (5, "12"), (6, "20/6/2023")]),
            (&["=2", "Klinik Alvi", "R"], &[(3, "√"), (4, "√")]),
            (&["", "", "L"], &[(3, "-"), (4, "x")]),
            (&["=3", "Pustu Ngatri", "R"], &[(7, "√")]),
            (&["", "", "L"], &[(7, "?"), (8, "√")]),
            (&["", "Jumlah", "R"], &[(2, "=1"), (3, "=9")]),
            (&["", "", "L"], &[(2, "=1"), (5, "=9")]),
        ],
    );
    assert_eq!(recaps.iter().map(|recap| recap.rows.table()).collect::<Vec<_>>(), [Table::Schedule, Table::Visits]);
    assert_eq!((recaps[0].rows.len(), recaps[1].received), (5, Received::Year(2023)));
    let expected = ["Apotek Alvi 2023-02 E4", "Apotek Alvi 2023-05-12 H4", "Apotek Alvi 2023-06-20 I4"];
    assert_eq!(visits(&recaps[1]), expected);
    assert_eq!(errors(&issues), [("J8", "unknown_value")], "asked about");
    let told = readings(&issues);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].1.starts_with("baris pelaksanaan: 1 tanda dibaca"), "{told:?}");
    assert!(told[1].1.contains("2 tanggal dibaca sebagai pembinaan pada tanggal itu"), "{told:?}");
}

#[test]
fn crosses_and_small_numbers_alone_are_asked_about_and_the_plan_stays() {
    for (cell, asked) in [("x", "tanda x di sini"), ("=2", "angka di bawah bulan")] {
        let (recaps, issues) = across(
            "RENCANA DAN REALISASI TAHUN 2023",
            &[(&["=1", "Apotek Alvi", "R"], &[(2, "x")]), (&["", "", "L"], &[(2, cell), (4, cell)])],
        );
        assert_eq!((recaps[0].rows.len(), recaps[1].rows.len()), (1, 0), "{cell}");
        let found: Vec<&Issue> = issues.iter().filter(|issue| issue.code.code() == "unknown_value").collect();
        assert_eq!(found.len(), 1, "one question: {issues:?}");
        assert!(found[0].message.starts_with(asked), "{}", found[0].message);
    }
}

#[test]
fn a_plan_whose_rows_of_what_was_done_are_blank_brings_no_visits() {
    let rows: &[Line<'_>] = &[(&["=1", "Apotek Alvi", "R"], &[(2, "√")]), (&["", "", "L"], &[])];
    let (recaps, issues) = across("RENCANA DAN REALISASI TAHUN 2023", rows);
    assert_eq!((recaps.len(), errors(&issues)), (1, vec![]), "nothing was received of what was done");
}

#[test]
fn a_table_of_ticks_is_one_of_visits() {
    let (recaps, issues) = across(
        "REKAP PEMBINAAN TAHUN 2023",
        &[
            (&["=1", "Apotek Alvi"], &[(2, "v"), (4, "v"), (5, "x")]),
            (&["=2", "Klinik Alvi"], &[(1, "√"), (2, "0"), (3, "ya"), (12, "1")]),
        ],
    );
    assert_eq!(errors(&issues), []);
    assert_eq!(recaps[0].received, Received::Year(2023));
    let expected = [
        "Apotek Alvi 2023-02 D3",
        "Apotek Alvi 2023-04 F3",
        "Klinik Alvi 2023-01 C4",
        "Klinik Alvi 2023-03 E4",
        "Klinik Alvi 2023-12 N4",
    ];
    assert_eq!(visits(&recaps[0]), expected);
    let told = readings(&issues);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.starts_with("tabel ini: 5 tanda dibaca sebagai pembinaan pada bulan kolomnya"), "{told:?}");
}

#[test]
fn days_below_months_are_dated_visits() {
    let (recaps, issues) = across(
        "REALISASI PEMBINAAN JEJARING TAHUN 2023",
        &[
            (&["=1", "Apotek Alvi"], &[(1, "=1"), (2, "=14"), (4, "5, 20")]),
            (&["=2", "Klinik Alvi"], &[(3, "7/3/2023"), (6, "√")]),
            (&["=3", "Pustu Ngatri"], &[(3, "7/4/2023"), (6, "√")]),
        ],
    );
    let expected = [
        "Apotek Alvi 2023-01-01 C3",
        "Apotek Alvi 2023-02-14 D3",
        "Apotek Alvi 2023-04-05 F3",
        "Apotek Alvi 2023-04-20 F3",
        "Klinik Alvi 2023-03-07 E4",
        "Klinik Alvi 2023-06 H4",
    ];
    assert_eq!(visits(&recaps[0]), expected);
    assert_eq!(errors(&issues), [("E5", "invalid_date")], "a date of another month than its column's");
}

#[test]
fn what_may_be_a_plan_or_no_coaching_is_asked() {
    let asked: [(&str, &[(usize, &str)]); 5] = [
        ("REKAP KUNJUNGAN PASIEN TAHUN 2023", &[(1, "=12"), (2, "=20")]),
        ("REKAP KUNJUNGAN TAHUN 2023", &[(1, "=12"), (2, "=20")]),
        ("PELAKSANAAN POSYANDU TAHUN 2023", &[(1, "√"), (2, "√")]),
        ("KEGIATAN TAHUN 2023", &[(1, "√"), (2, "√")]),
        ("PEMBINAAN TAHUN 2023", &[]),
    ];
    for (title, cells) in asked {
        let (recaps, issues) = across(title, &[(&["=1", "Apotek Alvi"], cells)]);
        assert_eq!((recaps.len(), errors(&issues).len()), (0, 1), "{title}: {issues:?}");
    }
    // A plan stays one, whoever coaches.
    for title in ["JADWAL PEMBINAAN TAHUN 2023", "KALENDER PEMBINAAN TAHUN 2023", "POA PEMBINAAN TAHUN 2023"] {
        let (recaps, _) = across(title, &[(&["=1", "Apotek Alvi"], &[(1, "√")])]);
        assert_eq!(recaps[0].rows.table(), Table::Schedule, "{title}");
    }
    let (recaps, issues) = across("REKAP PEMBINAAN", &[(&["=1", "Apotek Alvi"], &[(1, "√")])]);
    assert_eq!((recaps.len(), errors(&issues).len()), (0, 1), "the year is asked: {issues:?}");
}

#[test]
fn a_form_that_a_person_explains_is_read_as_visits() {
    let rows: [&[&str]; 3] =
        [&["CATATAN TAHUN 2023"], &["No", "Nama Faskes", "JAN", "FEB", "MAR"], &["=1", "Apotek Alvi", "v", "", "7"]];
    let book = workbook("rekap.xlsx", &[("Lembar", grid(&rows), &[])]);
    let columns = [(1, "namajaringanjejaring"), (2, "bulan:1"), (3, "bulan:2"), (4, "bulan:3")];
    let columns = columns.map(|(column, code)| (column, code.to_owned())).to_vec();
    let profile = Profile::new(&book.sheets[0], HeadingRows::single_row(1), Table::Visits, columns, None);
    assert_eq!(profile.check(), Ok(()));
    let hints = Hints { profiles: vec![profile], ..Hints::default() };
    let found = recognise_with(&book, &hints);
    let (recap, issues) = read_table(&found.tables[0], &context());
    assert_eq!(visits(&recap), ["Apotek Alvi 2023-01 C3", "Apotek Alvi 2023-03-07 E3"], "{issues:?}");
}

#[test]
fn ticks_of_a_doubtful_year_are_asked_about() {
    let rows: [&[&str]; 3] =
        [&["REKAP PEMBINAAN TAHUN 2022"], &["No", "Nama Faskes", "JAN", "FEB", "MAR"], &["=1", "Apotek Alvi", "v"]];
    let (recap, issues) = only_table(&workbook("rekap.xlsx", &[("Rekap 2023", grid(&rows), &[])]));
    assert_eq!((recap.rows.len(), errors(&issues)), (0, vec![("B2", "unknown_value")]), "{issues:?}");
}

#[test]
fn signs_of_what_was_done_are_read_by_their_legend_or_where_there_is_no_other() {
    let lines = |legend: &'static str, cells: [&'static str; 3]| {
        let [january, february, march] = cells;
        let rows: &[&[&str]] = &[
            &["REALISASI PEMBINAAN JEJARING TAHUN 2023"],
            &["No", "Nama Faskes", "JAN", "FEB", "MAR"],
            &["=1", "Apotek Alvi", january, february, march],
            &["", legend],
        ];
        only_table(&workbook("rekap.xlsx", &[("Lembar", grid(rows), &[])]))
    };
    let (recap, issues) = lines("Ket : ● = terlaksana, ○ = tidak terlaksana", ["●", "○", "●"]);
    assert_eq!((dates(&recap).join(" "), errors(&issues)), ("2023-01 2023-03".to_owned(), vec![]));
    let (recap, issues) = lines("Ket : x = sudah dilaksanakan", ["x", "", "-"]);
    assert_eq!((dates(&recap).join(" "), errors(&issues)), ("2023-01".to_owned(), vec![]));
    let (recap, issues) = lines("", ["●", "", "●"]);
    assert_eq!((dates(&recap).join(" "), errors(&issues)), ("2023-01 2023-03".to_owned(), vec![]));
    let (recap, issues) = lines("", ["●", "○", "√"]);
    assert_eq!((recap.rows.len(), errors(&issues).len()), (0, 2), "asked: {issues:?}");
}

#[test]
fn a_list_of_months_below_a_title_that_plans_is_a_plan() {
    let (recap, issues) = sheet(&[
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Bulan", "Nama Faskes", "Bentuk Kegiatan", "Pembina"],
        &["=1", "Mei", "Apotek Alvi", "Supervisi", "Ani"],
        &["=2", "kapan-kapan", "Klinik Alvi", "Supervisi", "Ani"],
    ]);
    assert_eq!(
        (recap.rows.table(), recap.rows.len(), errors(&issues)),
        (Table::Schedule, 1, vec![("B4", "invalid_date")])
    );
}
