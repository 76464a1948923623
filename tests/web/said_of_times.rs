//! What a person says of where a form's month and year stand, of the colours of its reports and of the columns of its plan
//! holds for the next month's file of that form.

use simpul::app::import::Upload;
use simpul::app::intake::form_words::WordSort;
use simpul::domain::{Month, Received, ReportReceipt};

use super::intake::{BANNER, facts, workbook};
use super::sayings::{coloured, import, look, offered, say, site};
use super::site::Site;

fn attendance(file: &str, sheet: &str, title: &str) -> Upload {
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &[title],
        &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"],
        &["1", "Pustu Ngasem", "Ya", "Ya"],
    ];
    workbook(file, sheet, &rows)
}

fn received(site: &Site, file: &Upload) -> Received {
    look(site, file).sheets[0].tables[0].received
}

fn month(year: i32, month: u32) -> Received {
    Received::Month(Month::new(year, month).unwrap())
}

#[tokio::test]
async fn a_number_in_the_name_of_sheet_or_file_is_the_month() {
    let title = "DAFTAR HADIR LOKMIN TAHUN 2023";
    for (said, may, june) in [
        ("lembar", attendance("hadir.xlsx", "5", title), attendance("hadir-baru.xlsx", "6", title)),
        ("berkas", attendance("hadir 05 2023.xlsx", "Hadir", title), attendance("hadir 06 2023.xlsx", "Hadir", title)),
        ("berkas", attendance("hadir 5.xlsx", "Hadir", title), attendance("hadir 6.xlsx", "Hadir", title)),
    ] {
        let site = site();
        let asked = offered(&look(&site, &may));
        if !asked.is_empty() {
            assert_eq!(asked, [("bulan-dari", String::new())], "{}", may.name);
            say(&site, &may, WordSort::MonthFrom, said).unwrap();
        }
        assert_eq!((received(&site, &may), received(&site, &june)), (month(2023, 5), month(2023, 6)), "{}", may.name);
        assert_eq!(offered(&look(&site, &june)), [], "said once");
    }
    // Of two numbers nobody knows which.
    assert_eq!(offered(&look(&site(), &attendance("hadir 5 6.xlsx", "Hadir", title))), []);
}

#[tokio::test]
async fn the_file_tells_the_month_where_its_title_was_copied() {
    let site = site();
    let file = |name: &str| attendance(name, "Hadir", "DAFTAR HADIR LOKMIN BULAN MEI 2023");
    let june = file("lokmin Juni 2023.xlsx");
    assert_eq!(offered(&look(&site, &june)), [("bulan-dari", "judul".to_owned())]);
    say(&site, &june, WordSort::MonthFrom, "berkas").unwrap();
    assert_eq!(received(&site, &june), month(2023, 6));
    assert_eq!(received(&site, &file("lokmin Juli 2023.xlsx")), month(2023, 7));
}

#[tokio::test]
async fn of_two_years_one_is_said_once_for_the_form() {
    let title = "KEHADIRAN LOKMIN";
    let file = |name: &str| {
        let head = ["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar"];
        workbook(name, "2022", &[&[BANNER], &[title], &head, &["1", "Pustu Ngasem", "√", "-", "√"]])
    };
    let site = site();
    let asked = look(&site, &file("hadir 2023.xlsx"));
    assert_eq!(offered(&asked), [("tahun-dari", String::new())], "{asked:?}");
    say(&site, &file("hadir 2023.xlsx"), WordSort::YearFrom, "berkas").unwrap();
    assert_eq!(received(&site, &file("hadir 2023.xlsx")), Received::Year(2023));
    assert_eq!(received(&site, &file("hadir 2024.xlsx")), Received::Year(2024), "the next year's too");
    say(&site, &file("hadir 2023.xlsx"), WordSort::YearFrom, "lembar").unwrap();
    assert_eq!(received(&site, &file("hadir 2023.xlsx")), Received::Year(2022));
}

#[tokio::test]
async fn colours_say_how_reports_came() {
    let rows = [("Pustu Ngasem", ["y", "", "r", ""]), ("Apotek Alvi", ["r", "y", "", ""])];
    let site = site();
    let table = |name: &str, year: &str| coloured(name, &format!("LAPORAN YANG DITERIMA TAHUN {year}"), &rows);
    let file = table("laporan-2023.xlsx", "2023");
    assert_eq!(offered(&look(&site, &file))[0].0, "warna");
    let refused = say(&site, &file, WordSort::Colours, "#FFFF00 = rencana; #FF0000 = hiasan").unwrap_err();
    assert!(refused.contains("tepat-waktu atau terlambat"), "{refused}");
    say(&site, &file, WordSort::Colours, "#FFFF00 = tepat-waktu; #FF0000 = terlambat").unwrap();
    import(&site, &[file, table("laporan-2024.xlsx", "2024")]);
    let facts = facts(&site);
    let came = |receipt| facts.reports.iter().filter(|report| report.received == receipt).count();
    assert_eq!((came(ReportReceipt::InTime), came(ReportReceipt::Late), facts.reports.len()), (4, 4, 8));
    // Of a plan no colour says so.
    let plan = coloured("jadwal.xlsx", "JADWAL PEMBINAAN TAHUN 2023", &rows);
    assert!(say(&site, &plan, WordSort::Colours, "#FFFF00 = terlambat").is_err());
}

#[tokio::test]
async fn two_columns_below_each_month_are_plan_and_what_was_done() {
    let table = |name: &str, year: &str| {
        let title = format!("JADWAL PEMBINAAN TAHUN {year}");
        let head = ["No", "Nama Jaringan/Jejaring", "Jan", "", "Feb", "", "Mar", ""];
        let rows: [&[&str]; 6] = [
            &[BANNER],
            &[&title],
            &head,
            &["", "", "A", "B", "A", "B", "A", "B"],
            &["1", "Pustu Ngasem", "x", "√", "", "", "x", ""],
            &["2", "Apotek Alvi", "", "", "x", "√", "", ""],
        ];
        workbook(name, "Jadwal", &rows)
    };
    let site = site();
    let file = table("jadwal-2023.xlsx", "2023");
    assert_eq!(offered(&look(&site, &file)), [("baris", String::new())]);
    say(&site, &file, WordSort::PlanRows, "A = rencana; B = dilaksanakan").unwrap();
    import(&site, &[file, table("jadwal-2024.xlsx", "2024")]);
    assert_eq!((facts(&site).slots.len(), facts(&site).visits.len()), (6, 4));
}
