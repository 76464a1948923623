//! Days kept in parts, names and indicators in titles between the rows, scores in words: habits of visits and figures
//! that tell something beside the cell it is about.

use super::{Brought, import, page, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const YEAR: &[&str] = &["REKAP PEMBINAAN TAHUN 2023"];
const MAY: &[&str] = &["REKAP PEMBINAAN BULAN MEI 2023"];
const THREE: [&str; 3] = [
    "Apotek Alvi: pembinaan 2023-01-05  80/100",
    "Klinik Alvi: pembinaan 2023-02-09  85/100",
    "Pustu Ngatri: pembinaan 2023-02-14  90/100",
];

fn message<'b>(found: &'b Brought, code: &str) -> &'b str {
    found.receipt.issues.iter().find(|issue| issue.code == code).map_or("", |issue| issue.message.as_str())
}

#[test]
fn day_and_month_in_two_columns() {
    for rows in [
        [["=5", "Januari"], ["=9", "Februari"], ["14", ""]],
        [["5", "=1"], ["9", "=2"], ["=14", "2"]],
        [["5 Januari", "Januari"], ["9/2/2023", ""], ["14", "Feb"]],
    ] {
        let row = |place: usize, name: &'static str, points: &'static str| {
            let [day, month] = rows[place];
            vec!["=1", day, month, name, points]
        };
        let data = [row(0, "Apotek Alvi", "=80"), row(1, "Klinik Alvi", "=85"), row(2, "Pustu Ngatri", "=90")];
        let head: &[&str] = &["No", "Tgl", "Bulan", "Nama Faskes", "Skor"];
        let found = sheet(&[TITLE, YEAR, head, &data[0], &data[1], &data[2]]);
        assert_eq!(found.facts, THREE, "{:?}", found.receipt.issues);
    }
}

#[test]
fn day_month_and_year_below_one_heading() {
    let rows = page(
        "Lembar",
        &[
            TITLE,
            &["REKAP PEMBINAAN"],
            &["No", "Nama Faskes", "Tanggal Pembinaan", "", "", "Skor", "Petugas"],
            &["", "", "Tgl", "Bln", "Thn", "", ""],
            &["=1", "Apotek Alvi", "=5", "=1", "=2023", "=80", "Ani"],
            &["=2", "Klinik Alvi", "=9", "=2", "=2023", "=85", "Ani"],
            &["=3", "Pustu Ngatri", "=14", "=2", "=2023", "=90", "Ani"],
        ],
    );
    let merges = [[2, 0, 3, 0], [2, 1, 3, 1], [2, 2, 2, 4], [2, 5, 3, 5], [2, 6, 3, 6]];
    let found = import("rekap.xlsx", &[rows.merged(&merges)]);
    assert_eq!(found.facts, THREE, "{:?}", found.receipt.issues);
}

#[test]
fn titles_between_the_rows_name_the_month() {
    for [first, second] in [
        [&["", "BULAN JANUARI"][..], &["", "BULAN FEBRUARI"][..]],
        [&["JANUARI 2023"], &["Februari 2023"]],
        [&["I", "Januari"], &["II", "Februari"]],
        [&["A. BULAN : JANUARI"], &["B. BULAN : FEBRUARI"]],
    ] {
        let found = sheet(&[
            TITLE,
            YEAR,
            &["No", "Tanggal", "Nama Faskes", "Skor", "Petugas"],
            first,
            &["=1", "=5", "Apotek Alvi", "=80", "Ani"],
            &["", "Jumlah", "", "", ""],
            second,
            &["=1", "9 Feb", "Klinik Alvi", "=85", "Ani"],
            &["=2", "=14", "Pustu Ngatri", "=90", "Ani"],
        ]);
        assert_eq!(found.facts, THREE, "{first:?} {:?}", found.receipt.issues);
    }
}

#[test]
fn a_sheet_named_after_a_month_says_of_which_its_days_are() {
    let month = |name, day| {
        page(name, &[TITLE, YEAR, &["No", "Tgl", "Nama Faskes", "Skor"], &["=1", day, "Apotek Alvi", "=80"]])
    };
    let found = import("rekap.xlsx", &[month("JAN", "=5"), month("FEB", "=9")]);
    assert_eq!(
        found.facts,
        ["Apotek Alvi: pembinaan 2023-01-05  80/100", "Apotek Alvi: pembinaan 2023-02-09  80/100"],
        "{:?}",
        found.receipt.issues
    );
}

#[test]
fn titles_between_the_rows_name_the_facility() {
    let found = sheet(&[
        TITLE,
        YEAR,
        &["No", "Tanggal", "Materi", "Petugas", "Skor"],
        &["A", "Apotek Alvi"],
        &["=1", "5/1/2023", "KIA", "Ani", "=80"],
        &["B. Klinik Alvi"],
        &["=1", "9/2/2023", "KIA", "Ani", "=85"],
    ]);
    assert_eq!(found.facts, THREE[..2], "{:?}", found.receipt.issues);
}

#[test]
fn years_of_two_digits_behind_a_month() {
    for title in ["REKAP PEMBINAAN BULAN MEI 23", "REKAP PEMBINAAN MEI '23", "BULAN MEI TAHUN 23"] {
        let found = sheet(&[
            TITLE,
            &[title],
            &["No", "Tanggal", "Nama Faskes", "Skor"],
            &["=1", "6 Mei", "Apotek Alvi", "=80"],
        ]);
        assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-06  80/100"], "{title}");
        assert!(found.receipt.issues.iter().any(|issue| issue.message.contains("dibaca 2023")), "{title}");
    }
    let whole = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN TANGGAL 1 S/D 31 MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Skor"],
        &["=1", "=6", "Apotek Alvi", "=80"],
    ]);
    assert_eq!(whole.facts, ["Apotek Alvi: pembinaan 2023-05-06  80/100"], "{:?}", whole.receipt.issues);
}

fn scored(heads: &[&'static str], cells: &[&'static str]) -> Brought {
    let head: Vec<&str> =
        ["No", "Tanggal", "Nama Faskes", "Petugas"].into_iter().chain(heads.iter().copied()).collect();
    let row: Vec<&str> = ["=1", "6 Mei 2023", "Apotek Alvi", "Ani"].into_iter().chain(cells.iter().copied()).collect();
    sheet(&[TITLE, MAY, &head, &row])
}

#[test]
fn scores_under_other_words_are_never_passed_over() {
    for (heads, cells, expected) in [
        (&["Hasil Daftar Tilik"][..], &["85/100"][..], "85/100"),
        (&["Hasil Daftar Tilik"], &["Baik (85)"], "85/100"),
        (&["Hasil Penilaian"], &["Nilai 85"], "85/100"),
        (&["Skor Diperoleh", "Skor Maksimal"], &["=17", "=20"], "17/20"),
        (&["Nilai yang diperoleh", "Nilai tertinggi"], &["=17", "=20"], "17/20"),
        (&["Skor Capaian", "Skor Ideal"], &["=17", "=20"], "17/20"),
        (&["Jumlah Ya", "Jumlah Item"], &["=17", "=20"], "17/20"),
        (&["Skor observasi", "Nilai huruf"], &["=85", "B"], "85/100"),
        (&["Nilai"], &["tidak dinilai"], "-/-"),
    ] {
        let found = scored(heads, cells);
        assert_eq!(found.facts, [format!("Apotek Alvi: pembinaan 2023-05-06  {expected}")], "{heads:?} {cells:?}");
    }
    let worded = scored(&["Hasil Penilaian"], &["Baik"]);
    assert_eq!(worded.facts, ["Apotek Alvi: pembinaan 2023-05-06  -/-"]);
    assert!(message(&worded, "reading").contains("berisi kata (\"Baik\"), bukan angka"), "{:?}", worded.receipt);
}

#[test]
fn of_parts_of_a_score_the_whole_is_read_or_asked_for() {
    let of = |last: &'static str| {
        let rows = page(
            "Lembar",
            &[
                TITLE,
                MAY,
                &["No", "Tanggal", "Nama Faskes", "Nilai", "", "", "Petugas"],
                &["", "", "", "SDM", "Sarana", last, ""],
                &["=1", "6 Mei 2023", "Apotek Alvi", "=70", "=80", "=75", "Ani"],
            ],
        );
        import("rekap.xlsx", &[rows.merged(&[[2, 3, 2, 5]])])
    };
    assert_eq!(of("Rata-rata").facts, ["Apotek Alvi: pembinaan 2023-05-06  75/100"]);
    let asked = of("Pelayanan");
    assert_eq!(asked.facts, ["Apotek Alvi: pembinaan 2023-05-06  -/-"]);
    assert!(message(&asked, "unknown_value").contains("tambahkan kolom Skor Daftar Tilik"), "{:?}", asked.receipt);
    let obeyed = scored(&["SDM", "Sarana", "Pelayanan", "Skor Daftar Tilik"], &["=70", "=80", "=75", "=75"]);
    assert_eq!(obeyed.facts, ["Apotek Alvi: pembinaan 2023-05-06  75/100"]);
}

#[test]
fn a_dash_is_no_score_of_a_visit_that_was_not_held() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Nilai", "Ket"],
        &["=1", "6 Mei 2023", "Apotek Alvi", "=80", ""],
        &["=2", "7 Mei 2023", "Klinik Alvi", "-", "tidak terlaksana"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-06  80/100"], "{:?}", found.receipt);
}

#[test]
fn visits_of_several_months_in_a_row_are_read_one_by_one() {
    let rows = page(
        "Lembar",
        &[
            TITLE,
            YEAR,
            &["No", "Nama Faskes", "Januari", "", "Februari", ""],
            &["", "", "Tgl", "Nilai", "Tgl", "Nilai"],
            &["=1", "Apotek Alvi", "=5", "=80", "=9", "=85"],
        ],
    );
    let found = import("rekap.xlsx", &[rows.merged(&[[2, 2, 2, 3], [2, 4, 2, 5]])]);
    let expected = ["Apotek Alvi: pembinaan 2023-01-05  80/100", "Apotek Alvi: pembinaan 2023-02-09  85/100"];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}

#[test]
fn titles_between_the_rows_name_the_indicator() {
    let expected = ["Apotek Alvi: HT 2023-05 9/40", "Apotek Alvi: K6 2023-05 7/88"];
    for [first, second] in [["INDIKATOR : K6", "INDIKATOR : HT"], ["A. K6", "B. Penderita hipertensi"]] {
        let found = sheet(&[
            TITLE,
            &["CAPAIAN LAYANAN BULAN MEI 2023"],
            &["No", "Nama Faskes", "Sasaran", "Capaian", "%"],
            &[first],
            &["=1", "Apotek Alvi", "=88", "=7", "=8"],
            &["", "JUMLAH", "=88", "=7", "=8"],
            &["", second],
            &["=1", "Apotek Alvi", "=40", "=9", "=22.5"],
        ]);
        assert_eq!(found.facts, expected, "{:?}", found.receipt.issues);
    }
    let unknown = sheet(&[
        TITLE,
        &["CAPAIAN LAYANAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian", "%"],
        &["INDIKATOR : K6"],
        &["=1", "Apotek Alvi", "=88", "=7", "=8"],
        &["INDIKATOR : K4"],
        &["=1", "Apotek Alvi", "=40", "=9", "=22.5"],
    ]);
    assert_eq!(unknown.facts, expected[1..]);
    assert_eq!(unknown.issues, ["Lembar!A6 unknown_indicator"]);
}

#[test]
fn months_across_that_say_until_count_since_january() {
    let found = sheet(&[
        TITLE,
        &["CAPAIAN K6 TAHUN 2023"],
        &["No", "Nama Faskes", "Sasaran", "S/D JAN", "S/D FEB", "S/D MAR", "%"],
        &["=1", "Apotek Alvi", "=88", "=7", "=12", "=20", "=22"],
    ]);
    let expected = [
        "Apotek Alvi: K6 2023-01 7/88 s/d 7",
        "Apotek Alvi: K6 2023-02 5/88 s/d 12",
        "Apotek Alvi: K6 2023-03 8/88 s/d 20",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt.issues);
}

#[test]
fn the_words_of_a_title_name_an_indicator() {
    let found = sheet(&[
        TITLE,
        &["CAPAIAN PELAYANAN HIPERTENSI (KUMULATIF)"],
        &["S/D BULAN JANUARI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian", "%"],
        &["=1", "Apotek Alvi", "=88", "=7", "=8"],
    ]);
    assert_eq!(found.facts, [""; 0], "no indicator is called so: {:?}", found.facts);
    let found = sheet(&[
        TITLE,
        &["CAPAIAN PENDERITA HIPERTENSI PER FASKES (KUMULATIF)"],
        &["S/D BULAN JANUARI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian", "%"],
        &["=1", "Apotek Alvi", "=88", "=7", "=8"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: HT 2023-01 7/88 s/d 7"], "{:?}", found.receipt.issues);
}

#[test]
fn warnings_of_many_rows_are_told_once() {
    let found = sheet(&[
        TITLE,
        &["RENCANA TINDAK LANJUT BULAN MEI 2023"],
        &["No", "Tanggal Pembinaan", "Nama Faskes", "Rencana Tindak Lanjut", "Target Selesai"],
        &["=1", "6 Mei 2023", "Apotek Alvi", "Isi kartu", "30 Juni 2023"],
        &["=2", "7 Mei 2023", "Klinik Alvi", "Isi kartu", "30 Juni 2023"],
        &["=3", "8 Mei 2023", "Pustu Ngatri", "Isi kartu", "30 Juni 2023"],
        &["=4", "9 Mei 2023", "Pustu Ngatri", "Isi kartu", "TW III"],
    ]);
    assert_eq!(found.facts.len(), 4);
    let told: Vec<&str> = found.issues.iter().map(String::as_str).collect();
    assert_eq!(told, ["Lembar!B4 follow_up_without_visit", "Lembar!E7 reading"]);
    let message = message(&found, "follow_up_without_visit");
    assert!(message.contains("4 baris belum ada pembinaannya") && message.contains("B5 (Klinik Alvi"), "{message}");
}

fn figures(store: &simpul::store::Store, month: &str, denominator: &str, numerator: &str) -> Vec<String> {
    let title = format!("CAPAIAN K6 BULAN {month} 2023");
    let rows: &[&[&str]] = &[
        TITLE,
        &[&title],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["=1", "Apotek Alvi", denominator, numerator],
    ];
    let receipts = crate::import::run(store, &[super::file(&format!("{month}.xlsx"), &[page("Lembar", rows)])]);
    receipts[0].issues.iter().map(|issue| issue.message.clone()).collect()
}

#[test]
fn figures_are_doubted_beside_those_of_former_recaps_in_any_order() {
    let months = [("JANUARI", "=88", "=3"), ("FEBRUARI", "=88", "=4"), ("MARET", "=88", "=2"), ("APRIL", "=880", "=5")];
    let store = super::store();
    let told: Vec<Vec<String>> =
        months.iter().map(|(month, below, above)| figures(&store, month, below, above)).collect();
    assert_eq!(told[..3], [const { Vec::<String>::new() }; 3]);
    assert!(told[3][0].contains("880 jauh dari 88 pada Maret 2023"), "{told:?}");
    let turned = super::store();
    for (month, below, above) in months.iter().rev() {
        figures(&turned, month, below, above);
    }
    assert_eq!(super::lines(&store), super::lines(&turned), "a doubt changes no fact");
    let counts = figures(&store, "MEI", "=88", "=50");
    assert!(counts.iter().any(|told| told.contains("Capaian: 50 jauh dari 5 pada April 2023")), "{counts:?}");
    assert_eq!(figures(&store, "APRIL", "=88", "=5"), [""; 0], "mended as it says");
}

#[test]
fn what_was_scored_is_a_visit_however_much_was_agreed() {
    for [points, item, due, status] in [
        ["Nilai", "Rencana Tindak Lanjut", "Batas Waktu", "Status"],
        ["Capaian Skor", "Rekomendasi", "Deadline", "Keterangan RTL"],
        ["Hasil Daftar Tilik", "Saran", "Target Waktu", "Hasil TL"],
    ] {
        let found = sheet(&[
            TITLE,
            MAY,
            &["No", "Tanggal", "Unit", points, item, due, status],
            &["=1", "6 Mei 2023", "Apotek Alvi", "=85", "Isi kartu", "30 Juni 2023", "belum"],
        ]);
        let expected =
            ["Apotek Alvi: RTL 2023-05-06 Isi kartu s.d. 2023-06-30", "Apotek Alvi: pembinaan 2023-05-06  85/100"];
        assert_eq!(found.facts, expected, "{:?}", found.receipt.issues);
    }
}

#[test]
fn results_in_numbers_are_asked_about() {
    let of = |heading: &'static str| {
        sheet(&[
            TITLE,
            MAY,
            &["No", "Tanggal", "Nama Faskes", "Petugas", heading],
            &["=1", "6 Mei 2023", "Apotek Alvi", "Ani", "=85"],
        ])
    };
    let asked = of("Hasil Pembinaan");
    assert_eq!(asked.facts, ["Apotek Alvi: pembinaan 2023-05-06  -/-"]);
    assert!(
        message(&asked, "unknown_value").contains("ganti judulnya menjadi Skor Daftar Tilik"),
        "{:?}",
        asked.receipt
    );
    assert_eq!(of("Skor Daftar Tilik").facts, ["Apotek Alvi: pembinaan 2023-05-06  85/100"]);
}
