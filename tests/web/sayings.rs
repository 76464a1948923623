//! What a person says once for a form changes what is read exactly so, holds for the next month's table of that form,
//! and is refused where it names what is not there.

use rust_xlsxwriter::{Color, Format, Workbook};
use simpul::app::import::Upload;
use simpul::app::import::receipt::FileStatus;
use simpul::app::intake::form_words::{MeantTable, SaidOfTable, WordSort};
use simpul::app::intake::preview::FilePreview;
use simpul::diagnostic::OfferShape;
use simpul::domain::{Month, Received};

use super::intake::{BANNER, facts, workbook};
use super::site::Site;

/// Pustu and Polindes of one village, a pharmacy; three service indicators.
pub(super) fn site() -> Site {
    let site = Site::empty();
    let register: [&[&str]; 6] = [
        &[BANNER],
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Desa"],
        &["1", "Pustu Ngasem", "Pustu", "Jaringan", "Ngasem"],
        &["2", "Polindes Ngasem", "Polindes", "Jaringan", "Ngasem"],
        &["3", "Apotek Alvi", "Apotek", "Jejaring", "Kota"],
    ];
    let services: [&[&str]; 6] = [
        &[BANNER],
        &["TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Kunjungan ibu hamil K6", "100", "1", "naik", "jumlah"],
        &["IDL", "Imunisasi dasar lengkap", "100", "1", "naik", "jumlah"],
        &["HT", "Layanan hipertensi", "100", "1", "naik", "jumlah"],
    ];
    let files = [workbook("daftar.xlsx", "Daftar", &register), workbook("indikator.xlsx", "Indikator", &services)];
    import(&site, &files);
    site
}

pub(super) fn import(site: &Site, files: &[Upload]) {
    let receipt = site.app.import(files, None, false, &mut |_| {});
    assert!(receipt.files.iter().all(|file| file.status == FileStatus::Imported), "{receipt:?}");
}

pub(super) fn look(site: &Site, file: &Upload) -> FilePreview {
    site.app.intake().ask_about(file.clone(), None).unwrap().unwrap()
}

/// Codes of what is offered at issues, with the value assumed.
pub(super) fn offered(preview: &FilePreview) -> Vec<(&'static str, String)> {
    let issues = preview.sheets.iter().flat_map(|sheet| &sheet.issues).chain(&preview.issues);
    let offers = issues.filter_map(|issue| issue.about.as_ref()).flat_map(|about| &about.offers);
    offers.map(|offer| (offer.sort, offer.value.clone())).collect()
}

pub(super) fn say(site: &Site, file: &Upload, sort: WordSort, text: &str) -> Result<(), String> {
    let sheet = sheet_of(site, file);
    let meant = MeantTable { sheet: &sheet, row: None, table: None };
    let said = SaidOfTable { sort, text };
    site.app.intake().say_on_sheet(file, None, meant, said).map_err(|error| error.to_string())
}

fn sheet_of(site: &Site, file: &Upload) -> String {
    look(site, file).sheets[0].name.clone()
}

fn names(site: &Site, facilities: impl Iterator<Item = u32>) -> Vec<String> {
    let facts = facts(site);
    facilities.map(|place| facts.facilities[place as usize].name.clone()).collect()
}

fn attendance(file: &str, year: &str) -> Upload {
    let title = format!("DAFTAR HADIR LOKMIN TAHUN {year}");
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &[&title],
        &["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar"],
        &["1", "Pustu Ngasem", "√", "√", ""],
        &["2", "Apotek Alvi", "√", "", ""],
    ];
    workbook(file, "LOKMIN", &rows)
}

#[tokio::test]
async fn blank_means_absent() {
    let site = site();
    let file = attendance("hadir-2023.xlsx", "2023");
    assert_eq!(offered(&look(&site, &file)), [("sel-kosong", "tidak-diundang".to_owned())]);
    say(&site, &file, WordSort::Blank, "tidak-hadir").unwrap();
    assert_eq!(offered(&look(&site, &file)), [], "no guess any more");
    import(&site, &[file, attendance("hadir-2024.xlsx", "2024")]);
    let absent = facts(&site).lokmin.iter().filter(|row| row.invited && !row.attended).count();
    assert_eq!((facts(&site).lokmin.len(), absent), (8, 2), "February of each year; nobody met in March");
}

fn by_village(file: &str, year: &str) -> Upload {
    let title = format!("CAPAIAN TAHUN {year}");
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &[&title],
        &["INDIKATOR : K6"],
        &["No", "Desa", "Sasaran", "Jan", "Feb", "Mar"],
        &["1", "Ngasem", "80", "5", "3", "6"],
    ];
    workbook(file, "K6", &rows)
}

#[tokio::test]
async fn rows_are_villages_of_a_kind() {
    let site = site();
    let file = by_village("desa-2023.xlsx", "2023");
    let preview = look(&site, &file);
    assert_eq!((preview.status, offered(&preview)[0].0), (FileStatus::Failed, "desa"), "{preview:?}");
    let refused = say(&site, &file, WordSort::Villages, "Klinik Hewan").unwrap_err();
    assert!(refused.contains("\"Klinik Hewan\" tidak ada") && refused.contains("polindes, pustu"), "{refused}");
    say(&site, &file, WordSort::Villages, "polindes").unwrap();
    import(&site, &[file, by_village("desa-2024.xlsx", "2024")]);
    let of = facts(&site).achievements.facility;
    assert_eq!(names(&site, of.into_iter()), ["Polindes Ngasem"; 6]);
}

fn nameless(file: &str, year: &str) -> Upload {
    let title = format!("CAPAIAN TAHUN {year}");
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &[&title],
        &["No", "Nama Jaringan/Jejaring", "Sasaran", "Jan", "Feb", "Mar"],
        &["1", "Pustu Ngasem", "80", "5", "3", "6"],
    ];
    workbook(file, "Lembar1", &rows)
}

#[tokio::test]
async fn a_table_without_an_indicator_is_of_one() {
    let site = site();
    let file = nameless("capaian-2023.xlsx", "2023");
    assert_eq!(offered(&look(&site, &file)), [("indikator", String::new())]);
    let refused = say(&site, &file, WordSort::Indicator, "XYZ").unwrap_err();
    assert!(refused.contains("\"XYZ\" tidak ada di antara indikator") && refused.contains("HT, IDL, K6"), "{refused}");
    say(&site, &file, WordSort::Indicator, "IDL").unwrap();
    import(&site, &[file, nameless("capaian-2024.xlsx", "2024")]);
    let facts = facts(&site);
    let services: Vec<&str> =
        facts.achievements.service.iter().map(|place| facts.services[*place as usize].code.as_str()).collect();
    assert_eq!(services, ["IDL"; 6]);
    let other = say(&site, &attendance("hadir.xlsx", "2023"), WordSort::Indicator, "IDL").unwrap_err();
    assert!(other.contains("tidak jelas tabel mana") && other.contains("LOKMIN baris 3 (Lokmin, lokmin)"), "{other}");
}

fn long(file: &str, month: &str) -> Upload {
    let title = format!("CAPAIAN BULAN {month}");
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &[&title],
        &["No", "Nama Jaringan/Jejaring", "Upaya", "Sasaran", "Capaian"],
        &["1", "Pustu Ngasem", "K6", "80", "5"],
        &["2", "Pustu Ngasem", "IDL", "60", "4"],
    ];
    workbook(file, "Rekap", &rows)
}

#[tokio::test]
async fn a_column_names_the_indicator() {
    let site = site();
    let file = long("mei.xlsx", "MEI 2023");
    let sorts: Vec<&str> = offered(&look(&site, &file)).into_iter().map(|(sort, _)| sort).collect();
    assert_eq!(sorts, ["indikator", "kolom-indikator"]);
    assert!(say(&site, &file, WordSort::IndicatorColumn, "Program").unwrap_err().contains("yang ada: Upaya"));
    say(&site, &file, WordSort::IndicatorColumn, "Upaya").unwrap();
    import(&site, &[file, long("juni.xlsx", "JUNI 2023")]);
    assert_eq!(facts(&site).achievements.numerator, [Some(4.0), Some(4.0), Some(5.0), Some(5.0)]);
}

fn shared(file: &str, month: &str) -> Upload {
    let title = format!("CAPAIAN LAYANAN BULAN {month}");
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &[&title],
        &["No", "Nama Jaringan/Jejaring", "Sasaran Ibu Hamil", "Sasaran Bayi", "K6", "HT"],
        &["1", "Pustu Ngasem", "80", "90", "5", "7"],
    ];
    workbook(file, "Rekap", &rows)
}

#[tokio::test]
async fn a_denominator_serves_the_indicators_that_somebody_names() {
    let site = site();
    let file = shared("mei.xlsx", "MEI 2023");
    let preview = look(&site, &file);
    assert_eq!(offered(&preview)[0].0, "sasaran", "{preview:?}");
    let issue =
        preview.sheets[0].issues.iter().find(|issue| issue.about.as_ref().is_some_and(|a| !a.offers.is_empty()));
    let OfferShape::Pairs { parts, choices } = &issue.unwrap().about.as_ref().unwrap().offers[0].shape else {
        panic!()
    };
    assert_eq!(parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["K6", "HT"]);
    assert_eq!(choices.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["Sasaran Ibu Hamil", "Sasaran Bayi"]);
    let assumed: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
    assert_eq!(assumed, ["Sasaran Ibu Hamil", ""], "what is clear is filled in");
    assert!(say(&site, &file, WordSort::Denominators, "K6 = Sasaran Lansia").unwrap_err().contains("Sasaran Bayi"));
    say(&site, &file, WordSort::Denominators, "K6 = Sasaran Ibu Hamil").unwrap();
    say(&site, &file, WordSort::Denominators, "HT = Sasaran Bayi").unwrap();
    import(&site, &[file, shared("juni.xlsx", "JUNI 2023")]);
    let denominators = facts(&site).achievements.denominator;
    assert_eq!(denominators.iter().filter(|one| **one == Some(80.0)).count(), 2, "{denominators:?}");
    assert_eq!(denominators.iter().filter(|one| **one == Some(90.0)).count(), 2, "{denominators:?}");
}

/// A plan by colours: `y` and `r`.
pub(super) fn coloured(file: &str, title: &str, rows: &[(&str, [&str; 4])]) -> Upload {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Lembar1").unwrap();
    page.write(0, 0, BANNER).unwrap();
    page.write(1, 0, title).unwrap();
    for (column, head) in (0..).zip(["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar", "Apr"]) {
        page.write(2, column, head).unwrap();
    }
    for (row, (name, cells)) in (3..).zip(rows) {
        page.write(row, 0, "1").unwrap();
        page.write(row, 1, *name).unwrap();
        for (column, cell) in (2..).zip(cells) {
            let colour = if *cell == "y" { Color::Yellow } else { Color::Red };
            if !cell.is_empty() {
                page.write_blank(row, column, &Format::new().set_background_color(colour)).unwrap();
            }
        }
    }
    Upload { name: file.to_owned(), bytes: book.save_to_buffer().unwrap() }
}

#[tokio::test]
async fn colours_mean_what_somebody_says() {
    let rows = [
        ("Pustu Ngasem", ["y", "", "r", ""]),
        ("Polindes Ngasem", ["", "r", "", ""]),
        ("Apotek Alvi", ["", "", "", "y"]),
    ];
    let plan = |file: &str, year: &str| coloured(file, &format!("JADWAL PEMBINAAN TAHUN {year}"), &rows);
    for (said, expected) in
        [("#FFFF00 = rencana; #FF0000 = hiasan", 4), ("#FFFF00 = rencana; #FF0000 = dilaksanakan", 8)]
    {
        let site = site();
        let file = plan("jadwal-2023.xlsx", "2023");
        let preview = look(&site, &file);
        assert_eq!((preview.status, offered(&preview)[0].0), (FileStatus::Failed, "warna"), "{preview:?}");
        assert!(say(&site, &file, WordSort::Colours, "#00FF00 = rencana").unwrap_err().contains("#FF0000, #FFFF00"));
        say(&site, &file, WordSort::Colours, said).unwrap();
        import(&site, &[file, plan("jadwal-2024.xlsx", "2024")]);
        assert_eq!(facts(&site).slots.len(), expected, "{said}");
    }
    let site = site();
    let file = coloured("hadir.xlsx", "DAFTAR HADIR LOKMIN TAHUN 2023", &rows);
    say(&site, &file, WordSort::Colours, "#FFFF00 = dilaksanakan; #FF0000 = tidak").unwrap();
    import(&site, &[file]);
    let attended: Vec<bool> = facts(&site).lokmin.iter().map(|row| row.attended).collect();
    assert_eq!(attended.iter().filter(|attended| **attended).count(), 2, "{attended:?}");
    assert_eq!(attended.len(), 4);
}

fn follow_ups(file: &str, month: &str, day: &str, words: [&str; 3]) -> Upload {
    let title = format!("RENCANA TINDAK LANJUT BULAN {month}");
    let head =
        ["No", "Tanggal Pembinaan", "Nama Jaringan/Jejaring", "Rencana Tindak Lanjut", "Target Selesai", "Status"];
    let row = |item, word| vec!["1", day, "Apotek Alvi", item, "31/12/2023", word];
    let rows = [vec![BANNER], vec![&title], head.to_vec(), row("a", words[0]), row("b", words[1]), row("c", words[2])];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    workbook(file, "RTL", &rows)
}

#[tokio::test]
async fn words_of_a_status_mean_what_somebody_says() {
    let site = site();
    let file = follow_ups("mei.xlsx", "MEI 2023", "2/5/2023", ["mantap", "jalan", "OK"]);
    assert_eq!(offered(&look(&site, &file))[0].0, "status");
    assert!(say(&site, &file, WordSort::Statuses, "gas = selesai").unwrap_err().contains("\"gas\" tidak ada"));
    say(&site, &file, WordSort::Statuses, "mantap = selesai; jalan = belum; OK = belum").unwrap();
    import(&site, &[file, follow_ups("juni.xlsx", "JUNI 2023", "2/6/2023", ["Jalan", "MANTAP", "ok"])]);
    let done: Vec<bool> = facts(&site).follow_ups.iter().map(|row| row.done.is_some()).collect();
    assert_eq!(done, [true, false, false, false, true, false]);
}

fn two_rows(file: &str, year: &str, markers: [&str; 2]) -> Upload {
    let title = format!("RENCANA DAN REALISASI PEMBINAAN TAHUN {year}");
    let mut rows = vec![vec![BANNER], vec![&title], vec!["No", "Nama Jaringan/Jejaring", "Ket", "Jan", "Feb", "Mar"]];
    for name in ["Pustu Ngasem", "Apotek Alvi"] {
        rows.push(vec!["1", name, markers[0], "√", "√", ""]);
        rows.push(vec!["", "", markers[1], "√", "", ""]);
    }
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    workbook(file, "Rencana", &rows)
}

#[tokio::test]
async fn rows_are_plan_or_done_as_somebody_says() {
    let counts = |site: &Site| (facts(site).slots.len(), facts(site).visits.len());
    let known = site();
    let file = two_rows("rl-2023.xlsx", "2023", ["R", "L"]);
    let assumed = "R = rencana; L = dilaksanakan".to_owned();
    assert!(offered(&look(&known, &file)).contains(&("baris", assumed)), "{:?}", look(&known, &file));
    import(&known, &[file]);
    assert_eq!(counts(&known), (4, 2));
    let site = site();
    let file = two_rows("ab-2023.xlsx", "2023", ["A", "B"]);
    let preview = look(&site, &file);
    assert_eq!((preview.status, offered(&preview)), (FileStatus::Failed, vec![("baris", String::new())]));
    say(&site, &file, WordSort::PlanRows, "A = rencana; B = dilaksanakan").unwrap();
    import(&site, &[file, two_rows("ab-2024.xlsx", "2024", ["A", "B"])]);
    assert_eq!(counts(&site), (8, 4));
}

fn crosses(file: &str, year: &str) -> Upload {
    let title = format!("REALISASI PEMBINAAN JEJARING TAHUN {year}");
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &[&title],
        &["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar"],
        &["1", "Pustu Ngasem", "x", "", "x"],
    ];
    workbook(file, "Realisasi", &rows)
}

#[tokio::test]
async fn any_mark_counts_or_ticks_alone() {
    let site = site();
    let file = crosses("realisasi-2023.xlsx", "2023");
    assert_eq!(offered(&look(&site, &file)), [("tanda", String::new())]);
    say(&site, &file, WordSort::Marks, "semua").unwrap();
    import(&site, &[file, crosses("realisasi-2024.xlsx", "2024")]);
    assert_eq!(facts(&site).visits.len(), 4);
    let plan: [&[&str]; 4] = [
        &[BANNER],
        &["JADWAL PEMBINAAN TAHUN 2025"],
        &["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar"],
        &["1", "Pustu Ngasem", "x", "√", "R"],
    ];
    let plan = workbook("jadwal.xlsx", "Jadwal", &plan);
    for (said, expected) in [("centang", 1), ("semua", 3)] {
        say(&site, &plan, WordSort::Marks, said).unwrap();
        let preview = look(&site, &plan);
        assert_eq!((preview.sheets[0].tables[0].facts, offered(&preview).len()), (expected, 0), "{said}");
    }
}

#[tokio::test]
async fn follow_ups_beside_visits_are_remarks() {
    let site = site();
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Petugas", "Rencana Tindak Lanjut"],
        &["1", "2/5/2023", "Apotek Alvi", "Supervisi", "Ani", "rapikan arsip"],
    ];
    let file = workbook("mei.xlsx", "Mei", &rows);
    assert_eq!(offered(&look(&site, &file)), [("dua-tabel", String::new())]);
    say(&site, &file, WordSort::TwoTables, "bukan").unwrap();
    let preview = look(&site, &file);
    assert!(preview.sheets[0].errors() == 0 && preview.sheets[0].tables[0].words.iter().any(|word| word.is_said));
}

#[tokio::test]
async fn the_sheet_or_the_title_tells_the_month() {
    let site = site();
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &["CAPAIAN BULAN MEI 2023"],
        &["No", "Nama Jaringan/Jejaring", "Sasaran", "K6"],
        &["1", "Pustu Ngasem", "80", "5"],
    ];
    let file = workbook("capaian.xlsx", "Juni", &rows);
    assert_eq!(offered(&look(&site, &file)), [("bulan-dari", "judul".to_owned())]);
    say(&site, &file, WordSort::MonthFrom, "lembar").unwrap();
    let preview = look(&site, &file);
    assert_eq!(preview.sheets[0].tables[0].received, Received::Month(Month::new(2023, 6).unwrap()));
    assert_eq!(offered(&preview), []);
}

#[tokio::test]
async fn a_form_is_known_again_whatever_its_months_and_columns() {
    let site = site();
    let form = |file: &str, month: &str, days: &[&str]| {
        let title = format!("REKAP PEMBINAAN S/D {month} 2023");
        let mut head = vec!["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Pembina"];
        let skor = format!("Skor s/d {month} 2023");
        head.extend(days.iter().copied());
        head.push(&skor);
        let mut row = vec!["1", "2/5/2023", "Apotek Alvi", "Supervisi", "Ani"];
        row.extend(days.iter().map(|_| ""));
        row.push("30");
        workbook(file, month, &[&[BANNER], &[&title], &head, &row])
    };
    let may = form("mei.xlsx", "MEI", &[]);
    say(&site, &may, WordSort::Maximum, "40").unwrap();
    for next in [form("juni.xlsx", "JUNI", &[]), form("juli.xlsx", "JULI", &["Jan 2023", "Feb 2023"])] {
        let preview = look(&site, &next);
        let words = &preview.sheets[0].tables[0].words;
        assert!(words.iter().any(|word| word.is_said && word.value == "40"), "{preview:?}");
    }
}
