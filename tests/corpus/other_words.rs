//! Tables that say the same in other words: a column of names with any heading, a decree with standards, a period behind the
//! name of the Puskesmas, months in one cell, persons counted, meetings by their day, a book of letters.

use super::{Brought, import, page, sheet};
use crate::import::{facts, run};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

/// The first sentence that asks, of an issue or of the file.
fn asked(found: &Brought) -> String {
    let issues = found.receipt.issues.iter().filter(|issue| issue.code != "reading");
    let error = found.receipt.error.as_ref().map(ToString::to_string);
    issues.map(|issue| issue.message.clone()).chain(error).collect::<Vec<_>>().join(" | ")
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    let mut slots: Vec<String> =
        facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect();
    slots.sort();
    slots
}

#[test]
fn the_names_below_any_heading_are_the_names() {
    let visits = |heading: &'static str| {
        sheet(&[
            TITLE,
            &["LAPORAN PERJALANAN DINAS PEMBINAAN JEJARING BULAN JULI 2023"],
            &["No", "Tanggal", heading, "Maksud", "Hasil", "Pelaksana"],
            &["=1", "8 Juli 2023", "Pustu Ngatri", "Supervisi", "Baik", "dr. Lia"],
            &["=2", "15 Juli 2023", "Klinik Alvi", "Pembinaan", "Lengkap", "Bidan Ani"],
            &["=3", "16 Juli 2023", "Apotek Alvi", "Pembinaan", "Lengkap", "Bidan Ani"],
        ])
    };
    for heading in ["Tujuan", "SARANA", "Institusi", "Mitra", "Asal", "YANKES", "Unit Pelayanan", "Yang Dikunjungi"] {
        let found = visits(heading);
        let read = [
            "Apotek Alvi: pembinaan 2023-07-16  -/-",
            "Klinik Alvi: pembinaan 2023-07-15  -/-",
            "Pustu Ngatri: pembinaan 2023-07-08  -/-",
        ];
        assert_eq!(found.facts, read, "{heading}: {:?}", found.receipt);
    }
    let told = &visits("Tujuan").receipt.issues[0].message;
    assert!(told.contains("kolom \"Tujuan\" berisi nama faskes"), "{told}");
    let figures = sheet(&[
        TITLE,
        &["LAPORAN PENCAPAIAN PROGRAM KIA BULAN MARET 2023"],
        &["NO", "FASILITAS", "SASARAN IBU HAMIL", "K6", ""],
        &["", "", "", "ABS", "%"],
        &["=1", "Pustu Ngatri", "=120", "=9", "=7.5"],
        &["=2", "Klinik Alvi", "=96", "=7", "=7.3"],
    ]);
    assert_eq!(figures.facts, ["Klinik Alvi: K6 2023-03 7/96", "Pustu Ngatri: K6 2023-03 9/120"]);
}

#[test]
fn two_columns_of_names_are_asked_about_and_the_answer_is_read() {
    let of = |first: &'static str, second: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN JEJARING BULAN JULI 2023"],
            &["No", "Tanggal", first, second, "Materi", "Petugas"],
            &["=1", "8 Juli 2023", "Pustu Ngatri", "Apotek Alvi", "SOP", "Ani"],
            &["=2", "15 Juli 2023", "Klinik Alvi", "Pustu Ngatri", "SOP", "Ani"],
        ])
    };
    let found = of("Berangkat dari", "Tujuan");
    assert_eq!(found.facts, [""; 0]);
    assert!(asked(&found).contains("kolom \"Berangkat dari\" dan kolom \"Tujuan\""), "{}", asked(&found));
    let answered = of("Berangkat dari", "Nama Jaringan/Jejaring");
    let read = ["Apotek Alvi: pembinaan 2023-07-08  -/-", "Pustu Ngatri: pembinaan 2023-07-15  -/-"];
    assert_eq!(answered.facts, read, "{:?}", answered.receipt);
    // Where somebody met is not whom they coached.
    let coached = of("Lokasi", "Yang Dibina");
    assert_eq!(coached.facts, read, "{:?}", coached.receipt);
}

#[test]
fn a_column_of_persons_or_of_new_facilities_is_no_column_of_names() {
    let persons = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN JULI 2023"],
        &["No", "Tanggal", "Narasumber", "Materi", "Petugas"],
        &["=1", "8 Juli 2023", "dr. Lia", "SOP", "Ani"],
        &["=2", "15 Juli 2023", "Bidan Ani", "SOP", "Ani"],
    ]);
    assert_eq!(persons.facts, [""; 0]);
    assert!(asked(&persons).contains("Nama Jaringan/Jejaring sebagai judul kolom"), "{}", asked(&persons));
    let contacts = sheet(&[
        TITLE,
        &["KONTAK RUJUKAN TAHUN 2023"],
        &["No", "Mitra", "Alamat", "Jenis"],
        &["=1", "Klinik Baru", "Jl. A", "Klinik"],
        &["=2", "Apotek Baru", "Jl. B", "Apotek"],
    ]);
    assert_eq!(facts(&contacts.store).facilities.len(), super::NAMES.len(), "{:?}", contacts.receipt);
    // One facility above the table owns all of its rows.
    let of_one = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN JULI 2023"],
        &["Nama Faskes : Pustu Ngatri"],
        &["No", "Tanggal", "Tujuan Rujukan", "Materi", "Petugas"],
        &["=1", "8 Juli 2023", "Klinik Alvi", "SOP", "Ani"],
        &["=2", "15 Juli 2023", "Apotek Alvi", "SOP", "Ani"],
    ]);
    assert_eq!(of_one.facts.len(), 2, "{:?}", of_one.receipt);
    assert!(of_one.facts.iter().all(|fact| fact.starts_with("Pustu Ngatri")), "{:?}", of_one.facts);
}

/// Targets of the decree that a sheet brings.
fn decree(heads: &[&str], rows: &[&[&str]]) -> (Vec<String>, Brought) {
    let title: &[&str] = &["TENTANG INDIKATOR KINERJA JARINGAN DAN JEJARING TAHUN 2023"];
    let found = sheet(&[&[TITLE, title, heads], rows].concat());
    let facts = facts(&found.store);
    let rows = facts.decree_rows.iter().map(|row| format!("{row:?}")).collect();
    assert_eq!(facts.services.len(), 2, "no service of the decree: {:?}", found.receipt);
    (rows, found)
}

#[test]
fn a_decree_may_call_its_targets_standards() {
    let rows: &[&[&str]] = &[
        &["=1", "Jaringan/jejaring yang dibina", "100%", "=25"],
        &["=2", "Pembinaan sesuai jadwal", "85%", "=15"],
        &["=3", "Rata-rata nilai daftar tilik", "≥ 75%", "=20"],
    ];
    let (standards, found) = decree(&["No", "Indikator Kinerja", "Standar", "Bobot"], rows);
    assert_eq!(standards.len(), 3, "{:?}", found.receipt);
    let (targets, _) = decree(&["No", "Indikator Kinerja", "Target", "Bobot"], rows);
    assert_eq!(standards, targets);
    // Codes of its own make no services of them, and the sentence names the codes that there are.
    let coded: &[&[&str]] =
        &[&["I1", "Jaringan/jejaring yang dibina", "100%", "=25"], &["I2", "Pembinaan sesuai jadwal", "85%", "=15"]];
    let (none, found) = decree(&["Kode", "Indikator Kinerja", "Target (%)", "Bobot"], coded);
    assert_eq!(none, [""; 0]);
    assert!(asked(&found).contains("yang dikenal CAK"), "{}", asked(&found));
    // What no heading tells says which words do.
    let (none, found) = decree(&["No", "Indikator Kinerja", "Patokan", "Bobot"], rows);
    assert_eq!(none, [""; 0]);
    let said = asked(&found);
    assert!(said.contains("tulis Indikator dan Target (%)") && !said.contains("Kode"), "{said}");
    let (obeyed, _) = decree(&["No", "Indikator", "Target (%)", "Bobot"], rows);
    assert_eq!(obeyed, targets);
}

#[test]
fn services_may_have_targets_of_the_ministry() {
    let found = sheet(&[
        TITLE,
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["NO", "PROGRAM", "INDIKATOR (SPM)", "DEFINISI", "TARGET SPM", "CARA HITUNG"],
        &["=1", "IBU", "Ibu hamil mendapat pelayanan sesuai standar", "..", "%1", "kumulatif"],
        &["=2", "PTM", "Penderita diabetes dilayani", "..", "%0.95", "kumulatif"],
    ]);
    let facts = facts(&found.store);
    let named = |name: &str| {
        let definitions = facts.services.iter().flat_map(|service| &service.definitions);
        definitions
            .clone()
            .find(|(.., one)| one.name.contains(name))
            .map(|(.., one)| format!("{} {:?}", one.target, one.aggregation))
    };
    assert_eq!(named("Ibu hamil mendapat").as_deref(), Some("100 Cumulative"), "{:?}", found.receipt);
    assert_eq!(named("diabetes").as_deref(), Some("95 Cumulative"));
    // How they are computed, at length, is no aggregation.
    let long = sheet(&[
        TITLE,
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["NO", "INDIKATOR (SPM)", "TARGET SPM", "CARA HITUNG"],
        &["=1", "Penderita diabetes dilayani", "%0.95", "jumlah penderita dilayani dibagi sasaran x 100"],
    ]);
    assert!(long.receipt.issues.iter().all(|issue| issue.severity == "warning"), "{:?}", long.receipt);
}

#[test]
fn a_period_behind_the_name_is_none_of_the_name() {
    for period in ["TA. 2023", "THN 2023", "- 2023", "(2023)", "TW I 2023", "SEMESTER I TAHUN 2023", "S.D MEI 2023"] {
        let title = format!("UPTD PUSKESMAS ABCDE {period}");
        let found = sheet(&[
            &["JADWAL PEMBINAAN"],
            &[title.as_str()],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "x", "", ""],
            &["=2", "Klinik Alvi", "", "x", ""],
        ]);
        assert_eq!(slots(&found), ["Klinik Alvi 2023-02", "Pustu Ngatri 2023-01"], "{period}: {:?}", found.receipt);
    }
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        &["DAFTAR IDENTIFIKASI"],
        &["UPTD PUSKESMAS CONTOH TA. 2023"],
        &["No", "Nama Faskes", "Jenis", "Desa"],
        &["=1", "Pustu Baru", "Pustu", "Sawah"],
    ];
    run(&store, &[super::file("daftar.xlsx", &[page("Daftar", register)])]);
    assert_eq!(store.puskesmas().unwrap(), ["UPTD PUSKESMAS CONTOH"]);
}

#[test]
fn a_plan_may_list_its_months_in_one_cell() {
    let plan = |heading: &'static str, months: [&'static str; 2], often: [&'static str; 2]| {
        sheet(&[
            &["RENCANA PEMBINAAN JARINGAN DAN JEJARING TAHUN 2023"],
            TITLE,
            &["No", "Nama Jaringan/Jejaring", "Frekuensi", heading, "Pelaksana"],
            &["=1", "Pustu Ngatri", often[0], months[0], "Ani"],
            &["=2", "Klinik Alvi", often[1], months[1], "Budi"],
        ])
    };
    let read = [
        "Klinik Alvi 2023-04",
        "Klinik Alvi 2023-09",
        "Pustu Ngatri 2023-02",
        "Pustu Ngatri 2023-06",
        "Pustu Ngatri 2023-10",
    ];
    for heading in ["Bulan", "Waktu Pelaksanaan", "Jadwal", "Rencana Waktu"] {
        for months in [["Februari, Juni dan Oktober", "April & September"], ["Feb\nJun\nOkt", "Apr / Sept"]] {
            let found = plan(heading, months, ["3x", "2 kali"]);
            assert_eq!(slots(&found), read, "{heading}: {:?}", found.receipt);
        }
    }
    let found = plan("Bulan", ["Februari, Juni dan Oktober", "April"], ["4x", "1x"]);
    assert_eq!(slots(&found), [""; 0]);
    assert!(
        asked(&found).contains("baris 4 menyebut 4 kali, tetapi bulannya Februari, Juni, Oktober"),
        "{}",
        asked(&found)
    );
    let mended = plan("Bulan", ["Februari, Juni dan Oktober", "April"], ["3x", "1x"]);
    assert_eq!(slots(&mended).len(), 4, "{:?}", mended.receipt);
    // From month to month is no list.
    let span = plan("Bulan", ["Februari - Juni", "April"], ["", ""]);
    assert_eq!(slots(&span), ["Klinik Alvi 2023-04"], "{:?}", span.receipt);
}

/// Attendance of a meeting in counts.
fn guests(title: &'static str, second: [&'static str; 2]) -> Brought {
    sheet(&[
        &["REKAP KEHADIRAN LOKAKARYA MINI"],
        TITLE,
        &[title],
        &["No", "Nama Faskes", "Jumlah Undangan", "Jumlah Hadir", "%"],
        &["=1", "Pustu Ngatri", "=2", "=2", "%1"],
        &["=2", "Klinik Alvi", second[0], second[1], ""],
        &["=3", "Apotek Alvi", "=1", "=0", "%0"],
        &["JUMLAH", "", "=5", "=3", "%0.6"],
    ])
}

#[test]
fn guests_that_are_counted_were_there_where_one_came() {
    let found = guests("BULAN MEI 2023", ["=2", "=1"]);
    let read = [
        "Apotek Alvi: lokmin 2023-05 tidak",
        "Klinik Alvi: lokmin 2023-05 hadir",
        "Pustu Ngatri: lokmin 2023-05 hadir",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let told = &found.receipt.issues[0].message;
    assert!(told.contains("jumlah orang") && told.contains("2 nama hadir, 1 tidak"), "{told}");
    // Of whom nothing is written nothing is known.
    assert_eq!(guests("BULAN MEI 2023", ["-", ""]).facts.len(), 2);
    for doubtful in [["=2", ""], ["=1", "=2"], ["=2", "semua"]] {
        let found = guests("BULAN MEI 2023", doubtful);
        assert_eq!(found.facts, [""; 0], "{doubtful:?}");
        assert!(asked(&found).contains("tulis jumlah orang yang hadir (0 bila tidak ada)"), "{}", asked(&found));
    }
    let of_year = guests("TAHUN 2023", ["=2", "=1"]);
    assert_eq!(of_year.facts, [""; 0]);
    assert!(asked(&of_year).contains("tulis BULAN (misalnya BULAN : MEI 2023)"), "{}", asked(&of_year));
}

#[test]
fn meetings_may_be_named_by_their_day() {
    let of = |months: [&'static str; 2]| {
        sheet(&[
            &["REKAPITULASI DAFTAR HADIR LOKAKARYA MINI"],
            &["UPTD PUSKESMAS ABCDE TAHUN 2023"],
            &["NO", "NAMA FASKES", months[0], months[1]],
            &["=1", "Pustu Ngatri", "=1", "=0"],
            &["=2", "Klinik Alvi", "=0", "=1"],
        ])
    };
    let read = [
        "Klinik Alvi: lokmin 2023-01 tidak",
        "Klinik Alvi: lokmin 2023-02 hadir",
        "Pustu Ngatri: lokmin 2023-01 hadir",
        "Pustu Ngatri: lokmin 2023-02 tidak",
    ];
    for months in [["@2023-01-09", "@2023-02-06"], ["9 Januari", "6 Februari"], ["Lokmin Januari", "Lokmin Februari"]] {
        let found = of(months);
        assert_eq!(found.facts, read, "{months:?}: {:?}", found.receipt);
    }
    let twice = of(["9 Januari", "23 Januari"]);
    assert_eq!(twice.facts, [""; 0]);
    assert!(asked(&twice).contains("sisakan satu kolom untuk setiap bulan"), "{}", asked(&twice));
    assert_eq!(of(["@2022-01-09", "@2023-02-06"]).facts, [""; 0], "of two years");
}

#[test]
fn meetings_of_quarters_are_of_the_month_of_their_day() {
    let of = |days: [&'static str; 4]| {
        let days: Vec<&str> = ["", ""].into_iter().chain(days).collect();
        sheet(&[
            &["DAFTAR KEHADIRAN LOKMIN TRIBULANAN LINTAS SEKTOR TAHUN 2023"],
            TITLE,
            &["No", "Nama Jaringan/Jejaring", "TW I", "TW II", "TW III", "TW IV"],
            &days,
            &["=1", "Klinik Alvi", "hadir", "hadir", "tdk", "hadir"],
            &["=2", "Camat", "hadir", "hadir", "hadir", "hadir"],
        ])
    };
    let found = of(["20 Maret", "19 Juni", "18 Sept", "11 Des"]);
    let read = ["03 hadir", "06 hadir", "09 tidak", "12 hadir"].map(|told| format!("Klinik Alvi: lokmin 2023-{told}"));
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    assert!(asked(&found).contains("\"Camat\""), "{}", asked(&found));
    for days in [[""; 4], ["20 Maret", "19 Juli", "18 Sept", "11 Des"]] {
        let undated = of(days);
        assert_eq!(undated.facts, [""; 0], "{days:?}");
        assert!(asked(&undated).contains("tulis tanggal rapatnya (misalnya 20 Maret) di bawah setiap TW"));
    }
}

#[test]
fn reports_may_have_a_remark_beside_their_day() {
    let of = |day: &'static str, title: &'static str| {
        import(
            "rekap.xlsx",
            &[page(
                "Lembar",
                &[
                    &[title],
                    &["PUSKESMAS ABCDE TAHUN 2023"],
                    &["NO", "NAMA FASKES", "JANUARI", "", "FEBRUARI", ""],
                    &["", "", day, "KET", day, "KET"],
                    &["=1", "Pustu Ngatri", "03/02/2023", "tepat", "05/03/2023", "tepat"],
                    &["=2", "Klinik Alvi", "06/02/2023", "telat", "-", ""],
                    &["=3", "Apotek Alvi", "", "telat", "", "belum"],
                ],
            )
            .merged(&[[2, 2, 2, 3], [2, 4, 2, 5]])],
        )
    };
    for (day, title) in [
        ("TGL TERIMA", "REKAP LAPORAN MASUK TRIWULAN I"),
        ("TGL TERIMA", "REKAP TRIWULAN I"),
        ("TGL", "REKAP LAPORAN MASUK TRIWULAN I"),
    ] {
        let found = of(day, title);
        let has = |fact: &str| assert!(found.facts.contains(&fact.to_owned()), "{day} {title}: {:?}", found.receipt);
        has("Klinik Alvi: laporan 2023-01 2023-02-06");
        has("Pustu Ngatri: laporan 2023-01 2023-02-03");
        has("Pustu Ngatri: laporan 2023-02 2023-03-05");
        has("Apotek Alvi: laporan 2023-01 terlambat, tanpa tanggal");
        assert!(
            !found.facts.iter().any(|fact| fact.starts_with("Klinik Alvi: laporan 2023-02 2")),
            "{:?}",
            found.facts
        );
    }
    // Days of visits and of plans are none of reports.
    for title in ["REKAP PEMBINAAN TRIWULAN I", "JADWAL PEMBINAAN TAHUN 2023"] {
        let facts = of("TGL", title).facts;
        assert!(facts.iter().all(|fact| !fact.contains("laporan")), "{title}: {facts:?}");
    }
}

#[test]
fn villages_may_have_two_figures_in_one_cell() {
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        TITLE,
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["Nama Faskes", "Jenis", "Desa"],
        &["Pustu Ngatri", "Pustu", "Ngatri"],
        &["Pustu Ganda", "Pustu", "Ganda"],
    ];
    let services: &[&[&str]] = &[
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Cakupan K6 ibu hamil", "=100", "=1", "Naik", "Jumlah"],
    ];
    let figures: &[&[&str]] = &[
        &["CAPAIAN K6 PER DESA (capaian/sasaran)"],
        &["PUSKESMAS ABCDE TAHUN 2023"],
        &["No", "Desa", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Ngatri", "4/48", "3/48", "5/48", "6/48"],
        &["=2", "Ganda", "2/30", "3/30", "1/30", "2/30"],
    ];
    run(&store, &[super::file("daftar.xlsx", &[page("Daftar", register), page("Indikator", services)])]);
    let receipt = run(&store, &[super::file("rekap.xlsx", &[page("K6", figures)])]).remove(0);
    let facts = super::lines(&store);
    assert_eq!(facts.len(), 8, "{receipt:?}");
    assert!(facts.contains(&"Pustu Ngatri: K6 2023-03 5/48".to_owned()), "{facts:?}");
}

#[test]
fn a_book_of_letters_tells_when_reports_came() {
    let of = |subjects: [&'static str; 3]| {
        sheet(&[
            &["BUKU EKSPEDISI LAPORAN MASUK DARI JEJARING"],
            TITLE,
            &["TAHUN 2023"],
            &["No", "Tgl Masuk", "Asal Laporan", "Perihal", "Penerima"],
            &["=1", "3 Feb 2023", "Pustu Ngatri", subjects[0], "Yanti"],
            &["=2", "8 Feb 2023", "Klinik Alvi", subjects[1], "Yanti"],
            &["=3", "4 Maret 2023", "Pustu Ngatri", subjects[2], "Yanti"],
        ])
    };
    let found = of(["Laporan bulan Januari 2023", "Lap. Bln Januari 2023", "Laporan bulan Pebruari 2023"]);
    let read = [
        "Klinik Alvi: laporan 2023-01 2023-02-08",
        "Pustu Ngatri: laporan 2023-01 2023-02-03",
        "Pustu Ngatri: laporan 2023-02 2023-03-04",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let kinds = of(["Laporan LB1 bulan Januari", "Laporan LB3 bulan Januari", "Laporan LB1 bulan Februari"]);
    assert_eq!(kinds.facts, [""; 0]);
    assert!(asked(&kinds).contains("beberapa jenis laporan"), "{}", asked(&kinds));
}

#[test]
fn visits_are_kept_whatever_is_their_score() {
    let visits = |sum: &'static str, mean: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP HASIL PEMBINAAN BULAN JULI 2023"],
            &["No", "Tanggal", "Nama Faskes", "KMP", "UKM", "UKP", sum, mean],
            &["=1", "4 Juli 2023", "Pustu Ngatri", "=70", "=80", "=90", "=240", "=80"],
            &["=2", "5 Juli 2023", "Klinik Alvi", "=60", "=80", "=90", "=230", "=76.7"],
        ])
    };
    let found = visits("Jumlah", "Rata-rata");
    let read = ["Klinik Alvi: pembinaan 2023-07-05  76.7/100", "Pustu Ngatri: pembinaan 2023-07-04  80/100"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let unscored = visits("Jumlah", "Catatan");
    let read = ["Klinik Alvi: pembinaan 2023-07-05  -/-", "Pustu Ngatri: pembinaan 2023-07-04  -/-"];
    assert_eq!(unscored.facts, read, "{:?}", unscored.receipt);
    let told: Vec<&str> = unscored.receipt.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("\"Jumlah\" tidak dibaca sebagai skor")), "{told:?}");
}

#[test]
fn an_agreed_action_has_its_bounds_and_whoever_does_it() {
    let found = sheet(&[
        TITLE,
        &["TINDAK LANJUT HASIL PEMBINAAN JEJARING TAHUN 2023"],
        &["No", "Sarana", "Tgl Bina", "Rekomendasi", "Pelaksana", "Batas", "Realisasi TL"],
        &["=1", "Pustu Ngatri", "15-01-2023", "Lengkapi kohort", "Bd. Rita", "28-02-2023", "20-02-2023"],
        &["=2", "Klinik Alvi", "12-02-2023", "Buat jadwal", "Nurul", "31-03-2023", "blm"],
    ]);
    let read = [
        "Klinik Alvi: RTL 2023-02-12 Buat jadwal s.d. 2023-03-31",
        "Pustu Ngatri: RTL 2023-01-15 Lengkapi kohort s.d. 2023-02-28",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let facts = facts(&found.store);
    let mut owners: Vec<&str> = facts.follow_ups.iter().filter_map(|row| row.owner.as_deref()).collect();
    owners.sort_unstable();
    assert_eq!(owners, ["Bd. Rita", "Nurul"]);
}

#[test]
fn pieces_of_evidence_have_short_headings() {
    let found = sheet(&[
        TITLE,
        &["LAPORAN PELAKSANAAN PEMBINAAN BULAN JANUARI 2023"],
        &["No", "Tanggal", "Yang Dibina", "Nilai", "Nilai Max", "Bukti Fisik", "", ""],
        &["", "", "", "", "", "Abs", "Notl", "Dok"],
        &["=1", "13-01-2023", "Pustu Ngatri", "=42", "=50", "v", "v", "-"],
    ]);
    let facts = facts(&found.store);
    let visit = &facts.visits[0];
    let proofs = (visit.attendance_list, visit.minutes, visit.photos);
    assert_eq!(proofs, (true, true, false), "{:?}", found.receipt);
}

#[test]
fn counts_may_have_a_unit_and_words_for_none_are_asked_about() {
    let of = |count: &'static str| {
        sheet(&[
            TITLE,
            &["CAPAIAN BULAN MEI 2023"],
            &["No", "Nama Faskes", "K6", ""],
            &["", "", "Sasaran", "Capaian"],
            &["=1", "Pustu Ngatri", "60 org", count],
        ])
    };
    assert_eq!(of("5 orang").facts, ["Pustu Ngatri: K6 2023-05 5/60"]);
    for none in ["nihil", "tdk ada"] {
        let found = of(none);
        assert_eq!(found.facts, [""; 0]);
        assert!(
            asked(&found).contains("tulis 0 bila hasilnya nol, atau - bila tidak ada laporan"),
            "{}",
            asked(&found)
        );
    }
    assert_eq!((of("=0").facts.len(), of("-").facts.len()), (1, 1));
}

#[test]
fn the_score_of_the_whole_goes_before_counts_and_parts() {
    let visits = |columns: [&'static str; 3], one: [&'static str; 3], other: [&'static str; 3]| {
        let row = |day: &'static str, name: &'static str, [a, b, c]: [&'static str; 3]| ["=1", day, name, a, b, c];
        sheet(&[
            TITLE,
            &["REKAP HASIL PEMBINAAN BULAN JULI 2023"],
            &["No", "Tanggal", "Nama Faskes", columns[0], columns[1], columns[2]],
            &row("4 Juli 2023", "Pustu Ngatri", one),
            &row("5 Juli 2023", "Klinik Alvi", other),
        ])
    };
    let read = ["Klinik Alvi: pembinaan 2023-07-05  80/100", "Pustu Ngatri: pembinaan 2023-07-04  75/100"];
    let counted = visits(["Jumlah Ya", "Jumlah Tidak", "Nilai"], ["=15", "=5", "=75"], ["=16", "=4", "=80"]);
    assert_eq!(counted.facts, read, "{:?}", counted.receipt);
    let final_ = visits(["Bobot", "Skor", "Nilai Akhir"], ["=5", "=4", "=75"], ["=5", "=3", "=80"]);
    assert_eq!(final_.facts, read, "{:?}", final_.receipt);
    let answers = visits(["Petugas", "Ya", "Tidak"], ["Ani", "=17", "=3"], ["Ani", "=15", "=5"]);
    let told: Vec<&str> = answers.receipt.issues.iter().map(|issue| issue.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("\"Ya\"") && told.contains("\"Tidak\"")), "{told:?}");
}

#[test]
fn several_days_and_scores_in_a_cell_of_a_month() {
    let found = sheet(&[
        TITLE,
        &["REKAP PELAKSANAAN PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Pustu Ngatri", "12/1 (85)", "", "", "9/4 & 23/4"],
        &["=2", "Klinik Alvi", "", "11/2", "", ""],
    ]);
    let read = [
        "Klinik Alvi: pembinaan 2023-02-11  -/-",
        "Pustu Ngatri: pembinaan 2023-01-12  -/-",
        "Pustu Ngatri: pembinaan 2023-04-09  -/-",
        "Pustu Ngatri: pembinaan 2023-04-23  -/-",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    assert!(asked(&found).contains("angka dalam kurung di 1 sel tidak dibaca, misalnya C4"), "{}", asked(&found));
}

#[test]
fn reports_by_day_and_remark_below_each_month() {
    let found = sheet(&[
        TITLE,
        &["REKAP LAPORAN BULANAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "Tgl", "Ket", "Tgl", "Ket"],
        &["=1", "Pustu Ngatri", "@2023-02-03", "tepat", "@2023-03-07", "terlambat"],
        &["=2", "Klinik Alvi", "@2023-02-05", "tepat", "-", "tidak lapor"],
    ]);
    let read = [
        "Klinik Alvi: laporan 2023-01 2023-02-05",
        "Klinik Alvi: laporan 2023-02 belum diterima",
        "Pustu Ngatri: laporan 2023-01 2023-02-03",
        "Pustu Ngatri: laporan 2023-02 2023-03-07",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn the_period_may_stand_behind_the_indicator() {
    let found = sheet(&[
        TITLE,
        &["INDIKATOR : K6 BULAN JULI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=60", "=5"],
    ]);
    assert_eq!(found.facts, ["Pustu Ngatri: K6 2023-07 5/60"], "{:?}", found.receipt);
}
