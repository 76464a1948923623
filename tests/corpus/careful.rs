//! Sheets that a careful reader understands at once, each with what a hasty one would take for the truth: two
//! denominators, a column of cancelled visits, a legend, deliveries that look like visits.

use simpul::app::import::receipt::IssueReceipt;
use simpul::domain::format;

use super::{Brought, import, page, sheet};
use crate::import::{facts, run};

fn told(found: &Brought) -> String {
    let line = |issue: &IssueReceipt| format!("{} {}", issue.cell, issue.message);
    found.receipt.issues.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A register read into an empty folder: a line a facility.
fn register(rows: &[&[&str]], merges: &[[u32; 4]]) -> (Vec<String>, Vec<String>) {
    let store = simpul::store::Store::in_memory().unwrap();
    let upload = super::file("daftar.xlsx", &[page("Lembar", rows).merged(merges)]);
    let receipt = run(&store, &[upload]).remove(0);
    let facilities = facts(&store).facilities;
    let word = |text: &str| if text.is_empty() { "-" } else { text }.to_owned();
    let mut lines: Vec<String> = facilities
        .iter()
        .map(|one| {
            let group = one.group.map_or("-", |group| group.label());
            let until = one.active_until.map_or("-".to_owned(), format::month);
            format!(
                "{} | {} | {group} | {} | {until}",
                one.name,
                word(&one.kind),
                word(one.village.as_deref().unwrap_or_default())
            )
        })
        .collect();
    lines.sort();
    (lines, receipt.issues.iter().map(|issue| format!("{} {}", issue.cell, issue.message)).collect())
}

const MAY: &[&str] = &["LAPORAN KESGA UPT PUSKESMAS ABCDE BULAN MEI 2023"];

#[test]
fn a_denominator_between_two_indicators_serves_the_one_at_its_right() {
    for heads in [["SASARAN IBU HAMIL", "SASARAN HIPERTENSI"], ["SASARAN", "SASARAN"]] {
        let found = sheet(&[
            MAY,
            &["NO", "NAMA FASKES", heads[0], "K6", "", heads[1], "HT", ""],
            &["", "", "", "ABS", "%", "", "ABS", "%"],
            &["=1", "Pustu Ngatri", "=90", "=7", "=7.8", "=86", "=6", "=7"],
        ]);
        assert_eq!(found.facts, ["Pustu Ngatri: HT 2023-05 6/86", "Pustu Ngatri: K6 2023-05 7/90"], "{}", told(&found));
    }
    // Below months, too.
    let months = page(
        "Lembar",
        &[
            &["PWS KIA UPT PUSKESMAS ABCDE TRIWULAN I 2023"],
            &["NO", "NAMA FASKES", "BUMIL", "K6", "", "", "", "%", "PENDERITA HIPERTENSI", "HT", "", "", "", "%"],
            &["", "", "", "JAN", "FEB", "MAR", "TW I", "", "", "JAN", "FEB", "MAR", "TW I", ""],
            &["=1", "Pustu Ngatri", "=72", "=6", "=5", "=7", "=18", "=25", "=66", "=5", "=5", "=6", "=16", "=24.2"],
        ],
    );
    let found = import("pws.xlsx", &[months.merged(&[[1, 3, 1, 6], [1, 9, 1, 12]])]);
    let wrong = found.facts.iter().find(|fact| fact.contains(" K6 ") && !fact.ends_with("/72"));
    assert_eq!(wrong, None, "{:?}\n{}", found.facts, told(&found));
}

#[test]
fn of_denominators_right_of_the_indicators_each_serves_its_own_or_is_asked_about() {
    let found = sheet(&[
        MAY,
        &["NO", "NAMA FASKES", "K6", "", "HT", "", "SASARAN BUMIL", "SASARAN HT"],
        &["", "", "ABS", "%", "ABS", "%", "", ""],
        &["=1", "Pustu Ngatri", "=7", "=7.8", "=6", "=7", "=90", "=86"],
    ]);
    let wrong = found.facts.iter().find(|fact| fact.contains(" HT ") && !fact.ends_with("6/86"));
    assert_eq!(wrong, None, "{:?}", found.facts);
    assert!(!found.facts.iter().any(|fact| fact.contains(" K6 ") && !fact.ends_with("7/90")), "{:?}", found.facts);
}

#[test]
fn a_target_of_the_month_is_no_denominator_beside_one_of_people() {
    let rows: &[&[&str]] = &[
        &["CAPAIAN K6 UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["INDIKATOR : K6"],
        &["NO", "FASKES", "SASARAN BUMIL", "JANUARI", "", "FEBRUARI", ""],
        &["", "", "", "TARGET", "HASIL", "TARGET", "HASIL"],
        &["=1", "Pustu Ngatri", "=36", "=3", "=2", "=6", "=4"],
    ];
    let found = import("k6.xlsx", &[page("Lembar", rows).merged(&[[2, 3, 2, 4], [2, 5, 2, 6]])]);
    assert!(!found.facts.iter().any(|fact| !fact.ends_with("/36")), "{:?}\n{}", found.facts, told(&found));
}

#[test]
fn a_title_that_says_per_cent_is_asked_about() {
    let rows: [&[&str]; 4] = [
        &["CAPAIAN HIPERTENSI (%) UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["INDIKATOR : HT"],
        &["NO", "FASKES", "SASARAN", "JAN", "FEB", "MAR"],
        &["=1", "Pustu Ngatri", "=120", "=8", "=7", "=9"],
    ];
    let found = sheet(&rows);
    assert!(
        found.facts.is_empty() && told(&found).contains("hapus (%) dari judul bila jumlah orang"),
        "{:?}\n{}",
        found.facts,
        told(&found)
    );
    let mut obeyed = rows;
    obeyed[0] = &["CAPAIAN HIPERTENSI UPT PUSKESMAS ABCDE TAHUN 2023"];
    assert_eq!(sheet(&obeyed).facts.len(), 3);
}

#[test]
fn a_sign_that_the_legend_calls_not_invited_is_no_absence() {
    let found = sheet(&[
        &["REKAP KEHADIRAN JEJARING PADA LOKMIN"],
        &["UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["NO", "INSTANSI", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Pustu Ngatri", "H", "-", "A", "H"],
        &["=2", "Klinik Alvi", "H", "H", "I", "-"],
        &["Keterangan : H = Hadir, I = Izin, A = Tanpa keterangan, - = tidak diundang"],
    ]);
    assert_eq!(
        found.facts,
        [
            "Klinik Alvi: lokmin 2023-01 hadir",
            "Klinik Alvi: lokmin 2023-02 hadir",
            "Klinik Alvi: lokmin 2023-03 tidak",
            "Pustu Ngatri: lokmin 2023-01 hadir",
            "Pustu Ngatri: lokmin 2023-03 tidak",
            "Pustu Ngatri: lokmin 2023-04 hadir",
        ]
    );
    assert!(told(&found).contains("dibaca tidak diundang"), "{}", told(&found));
}

#[test]
fn marks_below_a_quarter_beside_months_are_named() {
    let rows: &[&[&str]] = &[
        &["REKAP KEHADIRAN LOKMIN UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["NO", "FASKES", "LOKMIN BULANAN", "", "", "LOKMIN LINSEK"],
        &["", "", "JAN", "FEB", "MAR", "TW I"],
        &["=1", "Pustu Ngatri", "v", "v", "x", "v"],
        &["=2", "Klinik Alvi", "x", "v", "v", "x"],
    ];
    let found = import("lokmin.xlsx", &[page("Lembar", rows).merged(&[[1, 2, 1, 4]])]);
    assert_eq!(found.facts.len(), 6, "{:?}", found.facts);
    assert!(told(&found).contains("TW I"), "{}", told(&found));
}

#[test]
fn the_place_of_a_visit_is_not_the_one_that_was_coached() {
    let found = sheet(&[
        &["LAPORAN PEMBINAAN UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["NO", "TANGGAL", "LOKASI", "YANG DIBINA", "NILAI", "NILAI MAX"],
        &["=1", "13-05-2023", "Pustu Ngatri", "Apotek Alvi", "=42", "=50"],
        &["=2", "14-05-2023", "Pustu Ngatri", "Klinik Alvi", "=44", "=50"],
    ]);
    assert!(!found.facts.iter().any(|fact| fact.starts_with("Pustu Ngatri")), "{:?}", found.facts);
    assert_eq!(found.facts.len(), 2, "{}", told(&found));
}

#[test]
fn a_visit_that_was_cancelled_is_none_in_whichever_column_that_stands() {
    for (heading, said) in
        [("Status", "batal"), ("Keterangan", "batal, bidan cuti"), ("Batal", "√"), ("Realisasi", "=0")]
    {
        let found = sheet(&[
            &["KUNJUNGAN PEMBINAAN UPT PUSKESMAS ABCDE BULAN MEI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Pembina", heading],
            &["=1", "2 Mei 2023", "Apotek Alvi", "Ani", if heading == "Batal" { "" } else { "terlaksana" }],
            &["=2", "8 Mei 2023", "Klinik Alvi", "Ani", said],
        ]);
        assert!(
            !found.facts.iter().any(|fact| fact.starts_with("Klinik")),
            "{heading}: {:?}\n{}",
            found.facts,
            told(&found)
        );
        assert!(!found.receipt.issues.is_empty(), "{heading}");
    }
}

#[test]
fn what_nothing_calls_coaching_is_not_taken_for_it() {
    let deliveries: &[&[&str]] = &[
        &["DAFTAR DISTRIBUSI VAKSIN UPT PUSKESMAS ABCDE MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Jumlah Vial"],
        &["=1", "2 Mei 2023", "Apotek Alvi", "=10"],
        &["=2", "3 Mei 2023", "Klinik Alvi", "=12"],
    ];
    let repairs: &[&[&str]] = &[
        &["KALIBRASI ALAT UPT PUSKESMAS ABCDE MEI 2023"],
        &["No", "Nama Faskes", "Nama Alat", "Tanggal Kalibrasi"],
        &["=1", "Apotek Alvi", "Timbangan", "2 Mei 2023"],
        &["=2", "Klinik Alvi", "Tensi", "3 Mei 2023"],
    ];
    let reports: &[&[&str]] = &[
        &["PENERIMAAN LAPORAN JEJARING UPT PUSKESMAS ABCDE BULAN MEI 2023"],
        &["No", "Nama Faskes", "Ada/Tdk", "Tgl"],
        &["=1", "Apotek Alvi", "Ada", "3/6/2023"],
        &["=2", "Klinik Alvi", "Ada", "4/6/2023"],
    ];
    for rows in [deliveries, repairs, reports] {
        let found = sheet(rows);
        assert!(!found.facts.iter().any(|fact| fact.contains("pembinaan")), "{:?}\n{}", found.facts, told(&found));
        assert!(!found.receipt.issues.is_empty() || !found.facts.is_empty());
    }
}

#[test]
fn the_score_is_the_total_of_the_aspects() {
    let rows: &[&[&str]] = &[
        &["REKAP NILAI SUPERVISI UPT PUSKESMAS ABCDE SEMESTER I 2023"],
        &["NO", "NAMA FASKES", "TGL SUPERVISI", "ASPEK PENILAIAN", "", "", "TOTAL", "%"],
        &["", "", "", "SDM", "SARPRAS", "YAN", "", ""],
        &["=1", "Pustu Ngatri", "@2023-01-16", "=15", "=25", "=40", "=80", "80%"],
        &["=2", "Klinik Alvi", "@2023-02-13", "=10", "=22", "=38", "=70", "70%"],
    ];
    let found = import("nilai.xlsx", &[page("Lembar", rows).merged(&[[1, 3, 1, 5]])]);
    let wrong = found.facts.iter().find(|fact| fact.contains(" 15/") || fact.contains(" 10/"));
    assert_eq!(wrong, None, "{:?}\n{}", found.facts, told(&found));
    assert!(!found.receipt.issues.is_empty());
}

#[test]
fn rows_of_another_puskesmas_are_not_counted() {
    let rows: [&[&str]; 5] = [
        &["REKAP PEMBINAAN JEJARING SE-KABUPATEN BULAN JULI 2023"],
        &["No", "Puskesmas", "Nama Faskes", "Tanggal", "Skor", "Skor Maks"],
        &["=1", "Abcde", "Pustu Ngatri", "8 Juli 2023", "=40", "=50"],
        &["=2", "Abcde", "Apotek Alvi", "9 Juli 2023", "=45", "=50"],
        &["=3", "Sukodono", "Klinik Alvi", "9 Juli 2023", "=41", "=50"],
    ];
    let found = sheet(&rows);
    assert!(
        found.facts.is_empty() && told(&found).contains("sisakan baris Puskesmas sendiri saja"),
        "{}",
        told(&found)
    );
    assert_eq!(sheet(&rows[..4]).facts.len(), 2);
}

#[test]
fn one_cell_that_is_no_fraction_is_named_and_the_others_are_read() {
    let found = sheet(&[
        &["CAPAIAN K6 (HASIL/SASARAN) UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["NO", "NAMA FASKES", "JAN", "FEB", "MAR"],
        &["=1", "Pustu Ngatri", "3/40", "2/40", "4/40"],
        &["=2", "Klinik Alvi", "@2023-12-05", "belum", "4/12"],
    ]);
    assert_eq!(
        found.facts.iter().filter(|fact| fact.starts_with("Pustu")).count(),
        3,
        "{:?}\n{}",
        found.facts,
        told(&found)
    );
    let named = |cell: &str| found.receipt.issues.iter().any(|issue| issue.cell == cell);
    assert!(named("C4") && named("D4"), "{}", told(&found));
}

#[test]
fn the_day_behind_a_word_of_a_report_counts() {
    let found = sheet(&[
        &["REKAP LAPORAN BULANAN JEJARING YANG DITERIMA UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["NO", "NAMA", "JANUARI", "FEBRUARI", "MARET"],
        &["=1", "Klinik Alvi", "tepat (3/2)", "telat (20/3)", "tepat (4/4)"],
        &["=2", "Pustu Ngatri", "tepat (3/2)", "tdk lapor", "tepat (4/4)"],
    ]);
    assert!(
        found.facts.contains(&"Klinik Alvi: laporan 2023-02 2023-03-20".to_owned()),
        "{:?}\n{}",
        found.facts,
        told(&found)
    );
    assert!(found.facts.contains(&"Klinik Alvi: laporan 2023-01 2023-02-03".to_owned()), "{:?}", found.facts);
}

#[test]
fn an_agreed_action_is_one_whatever_it_is_called() {
    for item in ["TINDAK LANJUT YANG DISEPAKATI", "KESEPAKATAN"] {
        let found = sheet(&[
            &["MONITORING TINDAK LANJUT HASIL PEMBINAAN"],
            &["UPT PUSKESMAS ABCDE TAHUN 2023"],
            &["NO", "TGL KUNJUNGAN", "FASYANKES", "MASALAH", item, "PELAKSANA", "BATAS WAKTU", "TGL SELESAI"],
            &[
                "=1",
                "13/1/2023",
                "Pustu Ngatri",
                "Kohort kosong",
                "Lengkapi kohort",
                "Bd. Siti",
                "31/1/2023",
                "28/1/2023",
            ],
        ]);
        let is_there = found.facts.iter().any(|fact| fact.contains("RTL 2023-01-13 Lengkapi kohort s.d. 2023-01-31"));
        assert!(is_there, "{item}: {:?}\n{}", found.facts, told(&found));
    }
}

#[test]
fn a_remark_says_that_an_action_is_done() {
    let found = sheet(&[
        &["RTL HASIL PEMBINAAN UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["No", "Fasyankes", "Tgl", "RTL", "Target", "Keterangan", "Penanggung Jawab"],
        &["=1", "Pustu Ngatri", "13/02/2023", "Lengkapi SOP", "30/4/2023", "perlu dana", "Bd. Ani"],
        &["=2", "Klinik Alvi", "13/02/2023", "Ajukan STR", "31/3/2023", "selesai 20 Maret 2023", "Suryati"],
    ]);
    let facts = facts(&found.store);
    let done: Vec<_> = facts.follow_ups.iter().filter_map(|row| row.done).map(|done| done.to_string()).collect();
    assert_eq!(done, ["2023-03-20"], "{}", told(&found));
    assert!(told(&found).contains("baris dibaca sebagai status, karena tidak ada kolom Status"), "{}", told(&found));
}

#[test]
fn a_remark_that_moves_a_planned_visit_is_told() {
    let plan: &[&[&str]] = &[
        &["JADWAL PEMBINAAN UPT PUSKESMAS ABCDE TAHUN 2023"],
        &[
            "No",
            "Nama Faskes",
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "Mei",
            "Jun",
            "Jul",
            "Ags",
            "Sep",
            "Okt",
            "Nov",
            "Des",
            "Ket",
        ],
        &["=1", "Pustu Ngatri", "", "x", "", "", "", "x"],
        &["=2", "Klinik Alvi", "", "", "x", "", "", "", "", "", "", "", "", "", "diganti Mei 2023"],
        &["=3", "Apotek Alvi", "x"],
    ];
    let found = sheet(plan);
    let said = told(&found);
    assert!(
        said.contains("diganti Mei 2023") && said.contains("tulis perubahannya di tabel Perubahan Jadwal"),
        "{said}"
    );
    // Obeyed: the change stands in a table of its own.
    let changes: &[&[&str]] = &[
        &["PERUBAHAN JADWAL UPT PUSKESMAS ABCDE TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket."],
        &["=1", "Klinik Alvi", "Maret 2023", "Mei 2023", "Petugas cuti"],
    ];
    let obeyed = import("jadwal.xlsx", &[page("Jadwal", plan), page("Perubahan", changes)]);
    assert_eq!(facts(&obeyed.store).slots.iter().filter(|slot| slot.month.month() == 5).count(), 0);
    assert_eq!(facts(&obeyed.store).changes.len(), 1, "{}", told(&obeyed));
}

#[test]
fn headings_between_the_rows_of_a_register_name_nobody() {
    let (found, told) = register(
        &[
            &["IDENTIFIKASI JARINGAN & JEJARING PUSKESMAS ABCDE"],
            &["TAHUN 2024"],
            &["A. PUSKESMAS PEMBANTU"],
            &["No", "Nama Pustu", "Desa", "No HP"],
            &["=1", "Pustu Darupono", "Darupono"],
            &[],
            &["B. POS KESEHATAN DESA"],
            &["No", "Nama PKD", "Desa", "No HP"],
            &["=1", "PKD Magelung", "Magelung"],
            &[],
            &["C. APOTEK"],
            &["No", "Nama Apotek", "Desa", "No HP"],
            &["=1", "Apotek Waras", "Protomulyo"],
        ],
        &[],
    );
    let names: Vec<&str> = found.iter().filter_map(|line| line.split(" | ").next()).collect();
    assert_eq!(names, ["Apotek Waras", "PKD Magelung", "Pustu Darupono"], "{found:?} {told:?}");
}

#[test]
fn names_by_village_and_kind_are_a_register() {
    let (found, told) = register(
        &[
            &["DATA JARINGAN DAN JEJARING PER KELURAHAN"],
            &["UPTD PUSKESMAS ABCDE"],
            &["TAHUN 2025"],
            &["NO", "KELURAHAN", "JARINGAN", "", "JEJARING", ""],
            &["", "", "PUSTU", "POSKESKEL", "KLINIK", "PMB"],
            &[
                "=1",
                "Lasiana",
                "Pustu Lasiana",
                "Poskeskel Lasiana",
                "Klinik Dewi Medika",
                "PMB Maria Tefa\nPMB Yuliana",
            ],
            &["=2", "Oesapa Barat", "Pustu Oesapa Barat", "-", "Klinik King Care", "PMB Agnes Seran"],
        ],
        &[[3, 2, 3, 3], [3, 4, 3, 5]],
    );
    assert_eq!(found.len(), 8, "{found:?} {told:?}");
    assert!(found.contains(&"PMB Yuliana | Bidan Praktik Mandiri | Jejaring | Lasiana | -".to_owned()), "{found:?}");
    assert_eq!(found[0], "Klinik Dewi Medika | Klinik | Jejaring | Lasiana | -");
    assert!(
        found.contains(&"PMB Agnes Seran | Bidan Praktik Mandiri | Jejaring | Oesapa Barat | -".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_tick_is_no_kind_and_the_day_of_closing_is_kept() {
    let (found, told) = register(
        &[
            &["DAFTAR JARINGAN DAN JEJARING PUSKESMAS ABCDE"],
            &["TAHUN 2025"],
            &["NO", "NAMA", "DESA", "JENIS", "", ""],
            &["", "", "", "Pustu", "Klinik", "Apotek"],
            &["=1", "Pustu Tugu", "Tugu", "√"],
            &["=2", "Klinik NU", "Tugu", "", "√"],
            &["=3", "Apotek Sari", "Tugu", "", "", "√"],
        ],
        &[[2, 3, 2, 5]],
    );
    assert!(!found.iter().any(|line| line.contains('√')), "{found:?}");
    assert!(told.iter().any(|line| line.contains("tulis jenisnya di satu kolom Jenis")), "{told:?}");

    let (found, told) = register(
        &[
            &["DAFTAR JARINGAN & JEJARING PUSKESMAS ABCDE"],
            &["TAHUN : 2025"],
            &["No.", "Nama Faskes", "Jenis", "Desa", "Berhenti", "Tutup Sejak"],
            &["=1", "Pustu Cikole", "Pustu", "Cikole", "", "1 Juli 2025"],
            &["=2", "Pustu Sukajadi", "Pustu", "Sukajadi", "30 September 2025", ""],
        ],
        &[],
    );
    assert_eq!(found[1], "Pustu Sukajadi | Pustu | Jaringan | Sukajadi | September 2025", "{told:?}");
    assert!(told.iter().any(|line| line.contains("Tutup Sejak")), "{told:?}");
}

#[test]
fn a_title_does_not_overrule_a_name_that_says_its_kind() {
    let (found, told) = register(
        &[
            &["DATA PKS / MOU JEJARING"],
            &["UPTD PUSKESMAS ABCDE TAHUN 2025"],
            &["No", "Nama Faskes", "Nomor PKS", "Tanggal PKS"],
            &["=1", "Pustu Ngasem", "1/PKS", "3/1/2025"],
            &["=2", "Klinik Ikhlas", "2/PKS", "5/1/2025"],
        ],
        &[],
    );
    assert!(
        !found.iter().any(|line| line.starts_with("Pustu Ngasem") && line.contains("Jejaring")),
        "{found:?} {told:?}"
    );
}

#[test]
fn a_midwife_in_a_register_is_no_patient() {
    let store = simpul::store::Store::in_memory().unwrap();
    let list: &[&[&str]] = &[
        &["DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING UPT PUSKESMAS ABCDE TAHUN 2024"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Desa"],
        &["=1", "Pustu Gurun", "Pustu", "Jaringan", "Gurun"],
        &["=2", "Ny. Sri Lestari", "Bidan Praktik Mandiri", "Jejaring", "Gurun"],
    ];
    let plan: &[&[&str]] = &[
        &["RENCANA PEMBINAAN JARINGAN DAN JEJARING UPT PUSKESMAS ABCDE TAHUN 2024"],
        &["No", "Sasaran Pembinaan", "Waktu Pelaksanaan", "Pelaksana"],
        &["=1", "Pustu Gurun", "Juli 2024", "Tim"],
        &["=2", "Ny. Sri Lestari", "Agustus 2024", "Tim"],
    ];
    let upload = super::file("daftar.xlsx", &[page("Identifikasi", list), page("Jadwal", plan)]);
    let receipt = run(&store, &[upload]).remove(0);
    let facts = facts(&store);
    assert!(facts.facilities.iter().any(|one| one.name == "Ny. Sri Lestari"), "{receipt:?}");
    assert_eq!(facts.slots.len(), 2, "{receipt:?}");
}

#[test]
fn facilities_across_are_read_whatever_their_names_begin_with() {
    let rows: &[&[&str]] = &[
        &["CAPAIAN INDIKATOR MENURUT FASILITAS UPT PUSKESMAS ABCDE"],
        &["BULAN MEI 2023"],
        &["NO", "INDIKATOR", "Pustu Ngatri", "", "Rumah Sehat Melati", "", "Klinik Alvi", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "K6", "=40", "=3", "=32", "=4", "=28", "=2"],
    ];
    let found = import("k6.xlsx", &[page("Lembar", rows).merged(&[[2, 2, 2, 3], [2, 4, 2, 5], [2, 6, 2, 7]])]);
    assert_eq!(found.facts, ["Klinik Alvi: K6 2023-05 2/28", "Pustu Ngatri: K6 2023-05 3/40"], "{}", told(&found));
    assert!(told(&found).contains("Rumah Sehat Melati"), "{}", told(&found));
}
