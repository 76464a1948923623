//! Which rows below a heading are data: none is lost before a repeated heading, and sums, column numbers and
//! signatures are nobody's rows, whatever they hold.

use simpul::domain::Table;
use simpul::recap::recognise;

use crate::recap_shapes::{errors, grid, only_table, sheet, workbook};

#[test]
fn rows_of_codes_before_a_repeated_heading_stay() {
    let (recap, issues) = sheet(&[
        &["INDIKATOR KINERJA PEMBINAAN"],
        &["TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot"],
        &["CAK", "Cakupan", "=90", "=20"],
        &["JDW", "Jadwal", "=80"],
        &["Kode", "Indikator", "Target (%)", "Bobot"],
        &["DTK", "Tilik", "=75", "=10"],
    ]);
    assert_eq!((errors(&issues), recap.rows_seen), (vec![], 3));
}

#[test]
fn unnumbered_rows_with_one_answer_before_a_repeated_heading_stay() {
    let (recap, issues) = sheet(&[
        &["TAHUN 2023"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Faskes", "Diundang", "Hadir"],
        &["", "Apotek Alvi", "Ada"],
        &["", "Klinik Alvi", "", "Ada"],
        &["No", "Nama Faskes", "Diundang", "Hadir"],
        &["", "Pustu Ngatri", "Ada"],
    ]);
    assert_eq!((errors(&issues), recap.rows_seen), (vec![], 3));
}

#[test]
fn a_banner_in_three_cells_above_a_further_table_is_its_banner() {
    let heading: &[&str] = &["No", "Nama Faskes", "Diundang", "Hadir"];
    let rows: [&[&str]; 8] = [
        &["TAHUN", ":", "2023"],
        &["BULAN", ":", "MEI"],
        heading,
        &["=1", "Apotek Alvi", "Ada", "Ada"],
        &["TAHUN", ":", "2023"],
        &["BULAN", ":", "JUNI"],
        heading,
        &["=1", "Apotek Alvi", "Ada", "Ada"],
    ];
    let book = workbook("rekap.xlsx", &[("Lembar", grid(&rows), &[])]);
    let found = recognise(&book);
    let months: Vec<u32> = found.tables.iter().map(|table| table.received.rank_month().month()).collect();
    assert_eq!(months, [5, 6]);
}

#[test]
fn a_row_of_sums_is_no_row_whatever_it_holds() {
    for sum in [
        &["", "abc", "Rata-rata", "belum", "#REF!", "12a"] as &[&str],
        &["=3", "", "JUMLAH", "", "=7"],
        &["Total", "=12", "=4", "x", "12a"],
        &["", "Jumlah seluruhnya", "", "=3"],
        &["=9", "Total", "", "=3"],
        &["", "", "Total Kecamatan X", "=3"],
    ] {
        let (recap, issues) = sheet(&[
            &["TAHUN 2023"],
            &["BULAN : MEI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks"],
            &["=1", "2 Mei 2023", "Apotek Alvi", "Pembinaan", "=8", "=10"],
            sum,
        ]);
        assert_eq!((errors(&issues), recap.rows_seen), (vec![], 1), "{sum:?}");
    }
    // A name that merely begins so is a name that nobody knows.
    let (_, issues) = sheet(&[
        &["TAHUN 2023"],
        &["BULAN : MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks"],
        &["=1", "2 Mei 2023", "Total Life Clinic", "Pembinaan", "=8", "=10"],
    ]);
    assert_eq!(errors(&issues), [("C4", "unknown_facility")]);
}

#[test]
fn a_plan_is_known_among_column_numbers_sums_and_signatures() {
    let months: Vec<String> = (1..=12).map(|month| format!("={month}")).collect();
    let with = |first: &[&str]| -> Vec<String> {
        first.iter().map(|cell| (*cell).to_owned()).chain(months.iter().cloned()).collect()
    };
    let numbers: Vec<String> = (1..=14).map(|number| format!("({number})")).collect();
    let mut rows = grid(&[&["JADWAL PEMBINAAN"], &["TAHUN 2023"], &["No", "Nama Jaringan/jejaring", "B u l a n"]]);
    rows.extend([with(&["", ""]), numbers]);
    rows.extend(grid(&[
        &["=1", "Apotek Alvi", "", "x"],
        &["Jumlah", "", "#REF!", "12a", "belum", "12a"],
        &["", "Mengetahui,", "", "", "Kota, 21 Desember 2023"],
        &["", "Kepala UPT", "", "", "PJ Jejaring"],
        &["", "NAMA", "", "", "NAMA", "x y", "z"],
    ]));
    let (recap, issues) = only_table(&workbook("jadwal.xlsx", &[("Lembar", rows, &[])]));
    assert_eq!((recap.rows.table(), recap.rows_seen, errors(&issues)), (Table::Schedule, 1, vec![]));
}

#[test]
fn column_numbers_stay_so_beside_a_helper_number_on_the_right() {
    let (recap, issues) = sheet(&[
        &["TAHUN 2023"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Faskes", "Diundang", "Hadir"],
        &["1", "2", "3", "4", "", "=3"],
        &["=1", "Apotek Alvi", "Ada", "Ada"],
    ]);
    assert_eq!((errors(&issues), recap.rows_seen), (vec![], 1));
}

#[test]
fn a_title_within_the_register_is_no_facility() {
    for title in [&["", "B. JEJARING"] as &[&str], &["II", "Jejaring"], &["A", "JARINGAN"], &["", "II. Jejaring luar"]]
    {
        let (recap, issues) = sheet(&[
            &["TAHUN 2023"],
            &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok"],
            &["=1", "Pustu Ngatri", "Pustu", "Jaringan"],
            title,
            &["=2", "Klinik Alvi", "Klinik", "Jejaring"],
        ]);
        assert_eq!((errors(&issues), recap.rows_seen), (vec![], 2), "{title:?}");
    }
}
