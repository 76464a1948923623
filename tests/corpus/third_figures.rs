//! Figures, points, reports and companions of tables that a third reader found: parts and their sums, months of a quarter,
//! kinds of reports, crosses as evidence, columns of a register carried along. Questions are obeyed to the letter.

use super::{Brought, Page, file, import, lines, page, sheet, store};
use crate::import::{facts, run};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

fn messages(found: &Brought) -> String {
    found.receipt.issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>().join(" | ")
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect()
}

#[test]
fn figures_below_deep_headings_and_beside_their_parts() {
    let deep = sheet(&[
        TITLE,
        &["CAPAIAN KIA TAHUN 2023"],
        &["No", "Nama", "Jan", "", "", "", "Feb", "", "", ""],
        &["", "", "K6", "", "HT", "", "K6", "", "HT", ""],
        &["", "", "S", "C", "S", "C", "S", "C", "S", "C"],
        &["=1", "Pustu Ngatri", "=10", "=5", "=9", "=3", "=10", "=4", "=9", "=2"],
    ]);
    assert_eq!(deep.facts.len(), 4, "{:?}", deep.receipt);
    let months = sheet(&[
        TITLE,
        &["CAPAIAN TAHUN 2023"],
        &["No", "Nama", "Sasaran Bumil", "K6", "", "Sasaran HT", "Penderita Hipertensi", ""],
        &["", "", "", "Jan", "Feb", "", "Jan", "Feb"],
        &["=1", "Pustu Ngatri", "=48", "=4", "=5", "=40", "=2", "=3"],
    ]);
    assert_eq!(months.facts.len(), 4, "{:?}", months.receipt);
    let weeks = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["BULAN JUNI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Minggu I", "Minggu II", "Minggu III", "Jumlah"],
        &["=1", "Pustu Ngatri", "=12", "=2", "=3", "=1", "=6"],
        &["=2", "Klinik Alvi", "=9", "=1", "=1", "=2", "=4"],
    ]);
    assert_eq!(weeks.facts.len(), 2, "{:?}", weeks.receipt);
    let ages = sheet(&[
        TITLE,
        &["INDIKATOR : HT"],
        &["BULAN JUNI 2023"],
        &["No", "Nama Faskes", "< 15 th", "", ">= 15 th", "", "Total", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=5", "=1", "=15", "=4", "=20", "=5"],
    ]);
    assert_eq!(ages.facts.len(), 1, "{:?}", ages.receipt);
    assert!(ages.facts[0].contains("5/20"), "{:?}", ages.facts);
    let years = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["BULAN JUNI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian Tahun Lalu", "Capaian Tahun Ini"],
        &["=1", "Pustu Ngatri", "=20", "=4", "=5"],
    ]);
    assert!(years.facts.len() == 1 && years.facts[0].contains("5/20"), "{:?}", years.receipt);
}

#[test]
fn figures_of_several_months_or_rows_are_asked_about() {
    let span = |title: &'static str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama", "Sasaran", "Capaian"],
            &["=1", "Pustu Ngatri", "=100", "=25"],
            &["=2", "Klinik Alvi", "=90", "=20"],
        ])
    };
    let asked = span("CAPAIAN K6 TRIWULAN I TAHUN 2023");
    assert_eq!(asked.facts, [""; 0]);
    assert!(messages(&asked).contains("tidak dapat dipecah, jadi tidak dibaca; buat satu tabel untuk setiap bulan"));
    assert_eq!(span("CAPAIAN K6 BULAN : MEI 2023").facts.len(), 2);
    let rows: &[&[&str]] = &[
        TITLE,
        &["INDIKATOR : K6"],
        &["BULAN APRIL 2023"],
        &["No", "Nama", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=120", "=8"],
        &["=2", "Klinik Alvi", "", "=9"],
        &["=3", "Apotek Alvi", "=60", "=4"],
    ];
    let shared = import("rekap.xlsx", &[Page { merges: vec![[4, 2, 5, 2]], ..page("April", rows) }]);
    assert_eq!(shared.facts.len(), 1, "{:?}", shared.receipt);
    assert!(messages(&shared).contains("tidak jelas milik siapa; pisahkan selnya dan tulis angka setiap baris"));
    let split: Vec<&[&str]> = rows
        .iter()
        .map(|row| if row.get(1) == Some(&"Klinik Alvi") { &["=2", "Klinik Alvi", "=70", "=9"][..] } else { row })
        .collect();
    assert_eq!(sheet(&split).facts.len(), 3);
}

#[test]
fn a_sum_above_its_parts_is_told() {
    let found = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["BULAN MEI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["A", "Pustu Ngatri", "=20", "=9"],
        &["=1", "Klinik Alvi", "=12", "=5"],
        &["=2", "Apotek Alvi", "=8", "=4"],
    ]);
    assert_eq!(found.facts.len(), 3);
    let told = "bila baris ini hanya jumlahnya, kosongkan angkanya lalu impor lagi";
    assert!(messages(&found).contains(told), "{}", messages(&found));
}

#[test]
fn reports_by_ticks_days_and_kinds() {
    let ticked = sheet(&[
        TITLE,
        &["REKAP LAPORAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Ada", "Tidak Ada", "Ket"],
        &["=1", "Pustu Ngatri", "√", "", ""],
        &["=2", "Klinik Alvi", "", "√", ""],
    ]);
    assert_eq!(ticked.facts.len(), 2, "{:?}", ticked.receipt);
    let days = |note: &'static str| {
        sheet(&[
            TITLE,
            &["TANGGAL MASUK LAPORAN BULANAN TAHUN 2023"],
            &[note],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "=2", "=3", "=4"],
            &["=2", "Klinik Alvi", "=4", "-", "=8"],
        ])
    };
    let asked = days("Puskesmas");
    assert_eq!(asked.facts, [""; 0], "{:?}", asked.receipt);
    assert!(messages(&asked).contains("tulis di atas tabel (diisi tanggal di bulan berikutnya) bila memang begitu"));
    let obeyed = days("(diisi tanggal di bulan berikutnya)");
    assert!(obeyed.facts.contains(&"Klinik Alvi: laporan 2023-03 2023-04-08".to_owned()), "{:?}", obeyed.receipt);
    let kinds = sheet(&[
        TITLE,
        &["KELENGKAPAN LAPORAN BULANAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "LB1", "LB3", "LB1", "LB3"],
        &["=1", "Pustu Ngatri", "√", "√", "√", "-"],
    ]);
    assert_eq!(kinds.facts, [""; 0], "{:?}", kinds.receipt);
    let asked = "yang mana laporan bulan itu, jadi tidak dibaca; buat satu kolom untuk setiap bulan";
    assert!(messages(&kinds).contains(asked), "{}", messages(&kinds));
    let receiver = sheet(&[
        TITLE,
        &["PENERIMAAN LAPORAN BULANAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "Tgl", "Penerima", "Tgl", "Penerima"],
        &["=1", "Pustu Ngatri", "@2023-02-03", "Ani", "@2023-03-04", "Budi"],
        &["=2", "Klinik Alvi", "@2023-02-09", "Ani", "", ""],
    ]);
    assert_eq!(receiver.facts.len(), 3, "{:?}", receiver.receipt);
}

#[test]
fn points_in_words_and_crosses_of_evidence_are_asked_about() {
    let worded = sheet(&[
        TITLE,
        &["LAPORAN HASIL PEMBINAAN JEJARING TAHUN 2023"],
        &["No", "Hari/Tanggal", "Tempat", "Hasil"],
        &["=1", "12 Januari 2023", "Pustu Ngatri", "Nilai 85, kohort lengkap"],
        &["=2", "14 Januari 2023", "Klinik Alvi", "Obat kosong"],
    ]);
    assert_eq!(worded.facts.len(), 2, "{:?}", worded.receipt);
    assert!(messages(&worded).contains("tambahkan kolom Skor Daftar Tilik berisi angkanya, lalu impor lagi"));
    let evidence = |yes: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN APRIL 2023"],
            &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "Foto", "Notulen"],
            &["=1", "3 April 2023", "Pustu Ngatri", "=8", "=10", yes, yes],
            &["=2", "8 April 2023", "Klinik Alvi", "=7", "=10", "", yes],
        ])
    };
    let crossed = evidence("x");
    assert!(facts(&crossed.store).visits.iter().all(|visit| !visit.photos && !visit.minutes));
    let asked = "tidak jelas ada atau tidak ada, jadi buktinya tidak dibaca; tulis Ada atau Tidak";
    assert!(messages(&crossed).contains(asked), "{}", messages(&crossed));
    assert!(facts(&evidence("Ada").store).visits.iter().all(|visit| visit.minutes));
    let scale = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN APRIL 2023"],
        &["No", "Tanggal", "Nama Faskes", "Skor (skala 1-4)"],
        &["=1", "3 April 2023", "Pustu Ngatri", "=3"],
    ]);
    assert_eq!(scale.facts, ["Pustu Ngatri: pembinaan 2023-04-03  3/4"]);
}

#[test]
fn columns_of_a_register_are_company_below_another_title() {
    let visits = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN APRIL 2023"],
        &["No", "Tanggal", "Nama Faskes", "Jenis", "Desa", "Penanggung Jawab", "Skor", "Skor Maks"],
        &["=1", "3 April 2023", "Pustu Ngatri", "Pustu", "Ngatri", "Ani", "=8", "=10"],
    ]);
    assert_eq!(visits.facts, ["Pustu Ngatri: pembinaan 2023-04-03  8/10"], "{:?}", visits.receipt);
    let unscored = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN JEJARING BULAN APRIL 2023"],
        &["No", "Nama Fasyankes", "Desa", "Tanggal", "Kategori", "Petugas"],
        &["=1", "Pustu Ngatri", "Ngatri", "3 April 2023", "Baik", "Ani"],
    ]);
    assert_eq!(unscored.facts, ["Pustu Ngatri: pembinaan 2023-04-03  -/-"], "{:?}", unscored.receipt);
    let reports = sheet(&[
        TITLE,
        &["PENERIMAAN LAPORAN BULAN MARET 2023"],
        &["No", "Nama Faskes", "Jenis", "Kelompok", "Tanggal Diterima"],
        &["=1", "Pustu Ngatri", "Pustu", "Jaringan", "@2023-04-03"],
    ]);
    assert_eq!(reports.facts, ["Pustu Ngatri: laporan 2023-03 2023-04-03"], "{:?}", reports.receipt);
    let attendance = sheet(&[
        TITLE,
        &["KEHADIRAN LOKAKARYA MINI BULAN APRIL 2023"],
        &["No", "Nama Faskes", "Jenis", "Penanggung Jawab", "Status Kehadiran"],
        &["=1", "Pustu Ngatri", "Pustu", "Ani", "Hadir"],
    ]);
    assert_eq!(attendance.facts, ["Pustu Ngatri: lokmin 2023-04 hadir"], "{:?}", attendance.receipt);
    let planned = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Desa", "Penanggung Jawab", "Bulan Rencana"],
        &["=1", "Pustu Ngatri", "Ngatri", "Ani", "Januari"],
        &["=2", "Klinik Alvi", "Ngatri", "Ani", "Februari"],
    ]);
    assert_eq!(slots(&planned), ["Klinik Alvi 2023-02", "Pustu Ngatri 2023-01"], "{:?}", planned.receipt);
    let figures = sheet(&[
        TITLE,
        &["CAPAIAN K6 BULAN MEI 2023"],
        &["No", "Nama Faskes", "Jenis", "Penanggung Jawab", "Jml Bumil", "Jml K6", "%"],
        &["=1", "Pustu Ngatri", "Pustu", "Ani", "=10", "=4", "=40"],
    ]);
    for found in [visits, unscored, reports, attendance, planned, figures] {
        assert_eq!(facts(&found.store).facilities.len(), 4);
    }
}

#[test]
fn parts_of_a_months_figure_are_added_by_their_keeper() {
    let parted = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["TAHUN 2023"],
        &["No", "Nama", "Sasaran", "Jan", "", "Feb", ""],
        &["", "", "", "Baru", "Lama", "Baru", "Lama"],
        &["=1", "Pustu Ngatri", "=100", "=4", "=2", "=5", "=3"],
    ]);
    assert_eq!(parted.facts, [""; 0], "{:?}", parted.receipt);
    let asked = "jadi tidak dibaca; jumlahkan menjadi satu kolom untuk setiap bulan";
    assert!(messages(&parted).contains(asked), "{}", messages(&parted));
    let obeyed = sheet(&[
        TITLE,
        &["INDIKATOR : K6"],
        &["TAHUN 2023"],
        &["No", "Nama", "Sasaran", "Jan", "Feb"],
        &["=1", "Pustu Ngatri", "=100", "=6", "=8"],
    ]);
    assert_eq!(obeyed.facts.len(), 2, "{:?}", obeyed.receipt);
}

#[test]
fn counts_beside_a_visit_are_no_points() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN POSYANDU BULAN APRIL 2023"],
        &["No", "Tgl Bina", "Nama Faskes", "Jumlah Kader", "Jumlah Peserta"],
        &["=1", "3 April 2023", "Pustu Ngatri", "=6", "=26"],
    ]);
    assert_eq!(found.facts, ["Pustu Ngatri: pembinaan 2023-04-03  -/-"], "{:?}", found.receipt);
    let planned = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Sarana", "Jadwal", "Tanggal SK"],
        &["=1", "Pustu Ngatri", "Februari", "@2023-01-05"],
        &["=2", "Klinik Alvi", "Maret", "@2023-01-05"],
    ]);
    assert_eq!(slots(&planned), ["Klinik Alvi 2023-03", "Pustu Ngatri 2023-02"], "{:?}", planned.receipt);
}

#[test]
fn a_month_that_its_years_table_covers_is_told() {
    let store = store();
    let year = page(
        "Tahun",
        &[
            TITLE,
            &["KEHADIRAN LOKMIN TAHUN 2023"],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "√", "-", "√"],
        ],
    );
    let month = page(
        "Februari",
        &[
            TITLE,
            &["KEHADIRAN LOKMIN BULAN FEBRUARI 2023"],
            &["No", "Nama Faskes", "Diundang", "Hadir"],
            &["=1", "Pustu Ngatri", "Ya", "Ya"],
        ],
    );
    run(&store, &[file("tahun.xlsx", &[year])]);
    let receipts = run(&store, &[file("februari.xlsx", &[month])]);
    let said = receipts[0].issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>().join(" | ");
    let told = "1 baris Lokmin Februari 2023 juga ada di tabel setahun tahun.xlsx (Tahun)";
    assert!(said.contains(told) && said.contains("betulkan tabel setahun itu lalu impor lagi"), "{said}");
    assert!(lines(&store).contains(&"Pustu Ngatri: lokmin 2023-02 tidak".to_owned()), "{:?}", lines(&store));
}
