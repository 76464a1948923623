//! Registers with titles between their rows, merged and ditto cells, kinds in titles; lists of indicators as decrees
//! and programmes write them; the decree by names.

use simpul::diagnostic::Issue;
use simpul::domain::records::{FacilityRow, Rows};
use simpul::domain::{Direction, FacilityGroup};
use simpul::recap::recognise;

use crate::recap_shapes::{errors, grid, only_table, sheet, warnings, workbook};

/// Name, kind, group and village of each facility of a sheet.
fn register(rows: &[&[&str]]) -> (Vec<String>, Vec<Issue>) {
    of(sheet(rows))
}

fn of((recap, issues): (simpul::domain::records::Recap, Vec<Issue>)) -> (Vec<String>, Vec<Issue>) {
    let Rows::Facilities(rows) = recap.rows else { unreachable!("facilities") };
    let told = |record: &FacilityRow| {
        let group = record.group.map_or("-", FacilityGroup::label);
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} | {} | {group} | {}", record.name, or_dash(&record.kind), or_dash(&record.village))
    };
    (rows.iter().map(|row| told(&row.record)).collect(), issues)
}

const TITLE: &[&str] = &["DAFTAR IDENTIFIKASI TAHUN 2025"];
const HEAD: &[&str] = &["No", "Nama Fasilitas", "Alamat", "Penanggung Jawab", "Masa Berlaku", "Ket"];

#[test]
fn titles_between_rows_give_group_and_kind() {
    let (rows, issues) = register(&[
        TITLE,
        HEAD,
        &["A", "JARINGAN PELAYANAN PUSKESMAS"],
        &["I", "PUSKESMAS PEMBANTU"],
        &["1", "Pustu Ngasem", "Dsn. Krajan Ds. Ngasem RT 02", "Siti", "Seumur hidup"],
        &["II", "POS GIZI"],
        &["1", "Pos Mawar", "Jl. Raya No. 3", "Ani", "31-12-2027"],
        &["", "JUMLAH"],
        &["B. JEJARING"],
        &["", "KLINIK"],
        &["1", "Klinik Sehat"],
        &["2", "Klinik Waras", "Kel. Sukorejo, Kota X", "", "", "Tutup"],
        &["", "JUMLAH", "", "", "=4"],
    ]);
    let expected = [
        "Pustu Ngasem | Pustu | Jaringan | Ngasem",
        "Pos Mawar | Pos Gizi | Jaringan | -",
        "Klinik Sehat | Klinik | Jejaring | -",
        "Klinik Waras | Klinik | Jejaring | Sukorejo",
    ];
    assert_eq!(rows, expected);
    assert_eq!(errors(&issues), []);
    assert_eq!(warnings(&issues), [("B3", "reading"), ("C5", "reading"), ("F12", "unknown_value")]);
}

#[test]
fn facilities_of_little_are_no_titles() {
    let (rows, _) = register(&[TITLE, HEAD, &["1", "Laboratorium"], &["2", "Posyandu Melati"], &["3", "Apotek Waras"]]);
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn merged_ditto_and_blank_cells_are_filled_down() {
    let head: &[&str] = &["No", "Jenis", "Nama Faskes", "Desa", "Alamat"];
    let (rows, issues) = register(&[
        TITLE,
        head,
        &["1", "Pustu", "Pustu Ngasem", "Ngasem", "Jl. Satu"],
        &["2", "idem", "Pustu Tiga", "sda", "〃"],
        &["3", "-\"-", "Pustu Empat", "Wonosari", ""],
    ]);
    let expected = [
        "Pustu Ngasem | Pustu | Jaringan | Ngasem",
        "Pustu Tiga | Pustu | Jaringan | Ngasem",
        "Pustu Empat | Pustu | Jaringan | Wonosari",
    ];
    assert_eq!(rows, expected);
    assert_eq!(warnings(&issues), [("B4", "reading"), ("D4", "reading"), ("E4", "reading")]);
    let cells = grid(&[
        TITLE,
        head,
        &["1", "Pustu", "Pustu Satu", "Ngasem"],
        &["2", "", "Pustu Dua", "Wonosari"],
        &["3", "Klinik", "Klinik Tiga", "Ngasem"],
        &["4", "", "Klinik Empat", "Ngasem"],
    ]);
    let (rows, issues) = of(only_table(&workbook("x.xlsx", &[("Lembar", cells, &[[2, 1, 3, 1]])])));
    assert_eq!(
        (rows[1].as_str(), rows[3].as_str()),
        ("Pustu Dua | Pustu | Jaringan | Wonosari", "Klinik Empat | Klinik | Jejaring | Ngasem",)
    );
    assert_eq!(warnings(&issues).len(), 1);
}

#[test]
fn a_blank_that_is_no_block_stays_blank() {
    let head: &[&str] = &["No", "Jenis", "Nama Faskes", "Desa"];
    let (rows, issues) = register(&[
        TITLE,
        head,
        &["1", "Pustu", "Pustu Satu", "Ngasem"],
        &["2", "", "Apotek Dua", ""],
        &["3", "Klinik", "Klinik Tiga", "Wonosari"],
        &["4", "Klinik", "Klinik Empat", "Wonosari"],
    ]);
    assert_eq!((rows[1].as_str(), issues.len()), ("Apotek Dua | - | - | -", 0));
}

#[test]
fn a_kind_may_stand_in_the_title_the_sheets_name_or_the_heading() {
    let head: &[&str] = &["No", "Nama Posyandu", "Desa"];
    let title: &[&str] = &["DAFTAR POSYANDU DI WILAYAH KERJA UPT PUSKESMAS ABCDE TAHUN 2025"];
    let (rows, _) = register(&[title, head, &["1", "Melati", "Ngasem"]]);
    assert_eq!(rows, ["Posyandu Melati | Posyandu | Jejaring | Ngasem"]);
    let cells = grid(&[TITLE, &["No", "Nama Faskes", "Alamat", "PJ"], &["1", "Sehat", "Jl. Satu", "Ani"]]);
    let (rows, _) = of(only_table(&workbook("x.xlsx", &[("KLINIK", cells, &[])])));
    assert_eq!(rows, ["Sehat | Klinik | Jejaring | -"]);
    let (rows, _) =
        register(&[TITLE, &["No", "Nama Apotek", "Alamat", "Wil. Kerja"], &["1", "Waras", "Jl. Dua", "Ngasem"]]);
    assert_eq!(rows, ["Apotek Waras | Apotek | Jejaring | Ngasem"]);
}

#[test]
fn a_list_without_codes_weights_and_directions_is_read_and_told() {
    let (recap, issues) = sheet(&[
        &["DAFTAR INDIKATOR LAYANAN DAN TARGET TAHUN 2025"],
        &["No", "Indikator", "Target"],
        &["", "KIA"],
        &["1", "Kunjungan pertama ibu hamil (K1)", "≥ 95 %"],
        &["2", "Persalinan di fasyankes", "100%"],
        &["A", "Gizi"],
        &["1", "Balita stunting", "< 14 %"],
        &["2", "Kematian ibu", "=90"],
    ]);
    let Rows::ServiceIndicators(rows) = recap.rows else { unreachable!("definitions") };
    let told: Vec<_> =
        rows.iter().map(|row| (row.record.code.as_str(), row.record.target, row.record.direction)).collect();
    let (more, less) = (Direction::HigherIsBetter, Direction::LowerIsBetter);
    assert_eq!(told, [("K1", 95.0, more), ("PF", 100.0, more), ("BS", 14.0, less)]);
    assert_eq!(errors(&issues), [("B8", "unknown_value")]);
    assert_eq!(warnings(&issues).len(), 3, "{issues:?}");
}

#[test]
fn the_years_target_is_taken_of_two() {
    let head: &[&str] = &["Kode", "Indikator", "Target 2024", "Target 2025"];
    let list = |title: &str| {
        let rows = grid(&[&[title], head, &["K1", "Ibu hamil K1", "=90", "=100"]]);
        workbook("x.xlsx", &[("Lembar", rows, &[])])
    };
    let (recap, _) = only_table(&list("INDIKATOR LAYANAN TAHUN 2025"));
    let Rows::ServiceIndicators(rows) = recap.rows else { unreachable!("definitions") };
    assert!((rows[0].record.target - 100.0).abs() < 1e-9);
    let other = list("INDIKATOR LAYANAN TAHUN 2026");
    let asked = recognise(&other);
    assert!(asked.tables.is_empty() && errors(&asked.issues) == [("A2", "missing_value")], "{:?}", asked.issues);
}

#[test]
fn targets_that_are_no_percentages_are_named() {
    let head: &[&str] = &["No", "Indikator", "Satuan", "Target"];
    let title: &[&str] = &["INDIKATOR LAYANAN TAHUN 2025"];
    let (recap, issues) =
        sheet(&[title, head, &["1", "Kunjungan K1", "orang", "=340"], &["2", "Kunjungan K4", "%", "=80"]]);
    assert_eq!((recap.rows.len(), errors(&issues)), (1, vec![("D3", "invalid_number")]));
}

#[test]
fn the_decree_may_name_its_indicators() {
    let head: &[&str] = &["No", "Indikator Kinerja", "Definisi Operasional", "Target", "Penanggung Jawab"];
    let (recap, issues) = sheet(&[
        &["INDIKATOR KINERJA PEMBINAAN JARINGAN DAN JEJARING TAHUN 2025"],
        head,
        &["1", "Jejaring yang dibina sesuai jadwal", "…", "≥ 80 %", "PJ"],
        &["2", "Kelengkapan dan ketepatan laporan", "…", "100 %", "PJ"],
    ]);
    let Rows::Decree(rows) = recap.rows else { unreachable!("decree") };
    assert_eq!((rows.len(), rows[0].record.indicator.code(), rows[0].record.weight), (1, "JDW", None));
    assert_eq!(errors(&issues), [("B4", "unknown_indicator")]);
}

#[test]
fn a_list_of_nobody_is_asked_about() {
    let rows = grid(&[&["TAHUN 2025"], &["No", "Indikator", "Target"], &["1", "Kepatuhan cuci tangan", "=85"]]);
    let book = workbook("x.xlsx", &[("Lembar", rows, &[])]);
    let found = recognise(&book);
    assert!(found.tables.is_empty() && errors(&found.issues) == [("B2", "unknown_table")], "{:?}", found.issues);
}

/// Place of each facility of a register.
fn places(rows: &[&[&str]]) -> (Vec<String>, Vec<Issue>) {
    let (recap, issues) = sheet(rows);
    let Rows::Facilities(rows) = recap.rows else { unreachable!("facilities") };
    let told = |record: &FacilityRow| record.coordinates.map_or_else(|| "-".to_owned(), |place| place.to_string());
    (rows.iter().map(|row| told(&row.record)).collect(), issues)
}

#[test]
fn places_stand_in_one_column_or_in_two() {
    let (found, issues) = places(&[
        TITLE,
        &["No", "Nama Faskes", "Jenis", "Desa", "Titik Koordinat"],
        &["1", "Pustu A", "Pustu", "Ngasem", "-7,123; 110,456"],
        &["2", "Pustu B", "Pustu", "Ngasem", "-7.123, 110.456"],
        &["3", "Pustu C", "Pustu", "Ngasem", "-"],
        &["4", "Pustu D", "Pustu", "Ngasem", ""],
    ]);
    assert_eq!(found, ["-7,123; 110,456", "-7,123; 110,456", "-", "-"]);
    assert!(warnings(&issues).is_empty() && errors(&issues).is_empty(), "{issues:?}");
    let (found, issues) = places(&[
        TITLE,
        &["No", "Nama Faskes", "Jenis", "Desa", "Lintang", "Bujur"],
        &["1", "Pustu A", "Pustu", "Ngasem", "-7,123", "110,456"],
        &["2", "Pustu B", "Pustu", "Ngasem", "7,123 LS", "110,456 BT"],
        &["3", "Pustu C", "Pustu", "Ngasem", "", ""],
    ]);
    assert_eq!(found, ["-7,123; 110,456", "-7,123; 110,456", "-"]);
    assert!(warnings(&issues).is_empty(), "{issues:?}");
}

#[test]
fn a_place_that_cannot_be_is_told_with_its_cell_and_the_facility_stays() {
    let (found, issues) = places(&[
        TITLE,
        &["No", "Nama Faskes", "Jenis", "Desa", "Koordinat"],
        &["1", "Pustu A", "Pustu", "Ngasem", "110,456; -7,123"],
        &["2", "Pustu B", "Pustu", "Ngasem", "7,123; 110,456"],
        &["3", "Pustu C", "Pustu", "Ngasem", "-7123456; 110456789"],
        &["4", "Pustu D", "Pustu", "Ngasem", "dekat pasar"],
        &["5", "Pustu E", "Pustu", "Ngasem", "-7,123,110,456"],
    ]);
    assert_eq!(found, ["-"; 5]);
    let told: Vec<String> = issues.iter().map(|issue| issue.message.clone()).collect();
    for (cell, words) in [
        ("E3", "tertukar, dianggap kosong; tulis lintang dahulu"),
        ("E4", "di luar Indonesia, dianggap kosong"),
        ("E5", "di luar Indonesia, dianggap kosong"),
        ("E6", "tidak dapat dibaca, dianggap kosong; tulis lintang lalu bujur"),
        ("E7", "tidak dapat dibaca, dianggap kosong"),
    ] {
        let found = issues.iter().any(|issue| issue.cell == cell && issue.message.contains(words));
        assert!(found, "{cell}: {words}: {told:?}");
    }
    let (found, issues) = places(&[
        TITLE,
        &["No", "Nama Faskes", "Jenis", "Desa", "Lintang", "Bujur"],
        &["1", "Pustu A", "Pustu", "Ngasem", "110,456", "-7,123"],
        &["2", "Pustu B", "Pustu", "Ngasem", "-7,123", ""],
        &["3", "Pustu C", "Pustu", "Ngasem", "-7,123", "timur"],
    ]);
    assert_eq!((found, issues.len()), (vec!["-".to_owned(); 3], 3));
}
