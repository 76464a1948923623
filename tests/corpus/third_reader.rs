//! Layouts that a third reader found: what stands once above a table, headings by other words, several columns below a
//! month, cards of one facility, exports of other programs. Questions are obeyed to the letter.

use super::{Brought, import, page, sheet};
use crate::import::facts;

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
fn the_one_day_of_a_round_stands_above() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN JEJARING"],
        &["TANGGAL : 12 MEI 2023"],
        &["No", "Nama Faskes", "Petugas", "Skor", "Skor Maks"],
        &["=1", "Pustu Ngatri", "Ani", "=8", "=10"],
        &["=2", "Klinik Alvi", "Ani", "=9", "=10"],
    ]);
    assert_eq!(found.facts, ["Klinik Alvi: pembinaan 2023-05-12  9/10", "Pustu Ngatri: pembinaan 2023-05-12  8/10"]);
    assert!(messages(&found).contains("bila ada yang lain, tambahkan kolom Tanggal"), "{}", messages(&found));
}

#[test]
fn visits_by_number_hold_their_dates() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN JARINGAN/JEJARING TAHUN 2023"],
        &["No", "Nama Faskes", "Kunjungan ke", "", ""],
        &["", "", "=1", "=2", "=3"],
        &["=1", "Pustu Ngatri", "@2023-01-08", "@2023-05-09", ""],
        &["=2", "Klinik Alvi", "12 Feb 2023", "", ""],
    ]);
    let read = [
        "Klinik Alvi: pembinaan 2023-02-12  -/-",
        "Pustu Ngatri: pembinaan 2023-01-08  -/-",
        "Pustu Ngatri: pembinaan 2023-05-09  -/-",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn fields_below_each_other_are_those_of_a_month() {
    let found = sheet(&[
        TITLE,
        &["REALISASI PEMBINAAN JEJARING TAHUN 2023"],
        &["No", "Nama Faskes", "Uraian", "Januari", "Februari", "Maret"],
        &["=1", "Pustu Ngatri", "Tanggal", "3 Januari", "", "5/3"],
        &["", "", "Skor", "=71", "", "=75"],
        &["", "", "Petugas", "Yuni", "", "Dwi"],
        &["=2", "Klinik Alvi", "Tanggal", "", "4 Februari", ""],
        &["", "", "Skor", "", "=80", ""],
        &["", "", "Petugas", "", "Sri", ""],
    ]);
    let read = [
        "Klinik Alvi: pembinaan 2023-02-04  80/100",
        "Pustu Ngatri: pembinaan 2023-01-03  71/100",
        "Pustu Ngatri: pembinaan 2023-03-05  75/100",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn a_card_is_of_the_facility_above_it() {
    let found = sheet(&[
        TITLE,
        &["KARTU PEMBINAAN FASYANKES"],
        &["Nama Fasyankes", ":", "Pustu Ngatri"],
        &["Tahun", ":", "2023"],
        &["No", "Tanggal", "Hasil Pembinaan", "Saran / RTL", "Batas Waktu"],
        &["=1", "10 Feb 2023", "Pencatatan belum lengkap", "Lengkapi buku", "31 Maret 2023"],
    ]);
    let read =
        ["Pustu Ngatri: RTL 2023-02-10 Lengkapi buku s.d. 2023-03-31", "Pustu Ngatri: pembinaan 2023-02-10  -/-"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn kinds_and_unknown_words_may_head_names() {
    let rows = |head: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN MEI 2023"],
            &["No", "Tanggal", "Desa", head, "Skor", "Skor Maks"],
            &["=1", "3 Mei 2023", "Ngatri", "Klinik Alvi", "=8", "=10"],
            &["=2", "4 Mei 2023", "Ngatri", "Apotek Alvi", "=9", "=10"],
        ])
    };
    let read = ["Apotek Alvi: pembinaan 2023-05-04  9/10", "Klinik Alvi: pembinaan 2023-05-03  8/10"];
    for head in ["Klinik", "Mitra", "Sarana"] {
        assert_eq!(rows(head).facts, read, "{head}: {:?}", rows(head).receipt);
    }
    assert!(messages(&rows("Mitra")).contains("karena berisi nama faskes; bila bukan, ubah judulnya"));
}

#[test]
fn a_form_that_branches_has_one_name_a_row() {
    let found = sheet(&[
        &[
            "Timestamp",
            "Nama Petugas",
            "Tanggal Kunjungan",
            "Pilih Pustu",
            "Pilih Klinik",
            "Total Skor Daftar Tilik (0-100)",
        ],
        &["@2023-01-05", "Ade", "@2023-01-05", "Pustu Ngatri", "", "=70"],
        &["@2023-01-08", "Ade", "@2023-01-08", "", "Klinik Alvi", "=81"],
    ]);
    let read = ["Klinik Alvi: pembinaan 2023-01-08  81/100", "Pustu Ngatri: pembinaan 2023-01-05  70/100"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn persons_speak_for_their_facility_at_a_meeting() {
    let found = sheet(&[
        &["Timestamp", "Nama Lengkap", "Asal Faskes", "Lokmin Bulan", "Kehadiran"],
        &["@2023-03-20", "Ani", "Pustu Ngatri", "Maret", "Tidak"],
        &["@2023-03-20", "Siti", "Pustu Ngatri", "Maret", "Hadir"],
        &["@2023-03-20", "Budi", "Klinik Alvi", "Maret", "Hadir"],
    ]);
    let read = ["Klinik Alvi: lokmin 2023-03 hadir", "Pustu Ngatri: lokmin 2023-03 hadir"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let named = sheet(&[
        TITLE,
        &["REKAP KEHADIRAN LOKAKARYA MINI TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Pustu Ngatri", "Bd. Ani", "izin", "Bd. Ani"],
        &["=2", "Klinik Alvi", "hadir (Siti)", "tidak hadir", "Bu Lurah"],
    ]);
    let read = [
        "Klinik Alvi: lokmin 2023-01 hadir",
        "Klinik Alvi: lokmin 2023-02 tidak",
        "Klinik Alvi: lokmin 2023-03 hadir",
        "Pustu Ngatri: lokmin 2023-01 hadir",
        "Pustu Ngatri: lokmin 2023-02 tidak",
        "Pustu Ngatri: lokmin 2023-03 hadir",
    ];
    assert_eq!(named.facts, read, "{:?}", named.receipt);
    assert!(messages(&named).contains("bila bukan, tulis - pada yang tidak hadir"), "{}", messages(&named));
}

#[test]
fn meetings_downwards_are_turned_round() {
    let found = sheet(&[
        TITLE,
        &["REKAP KEHADIRAN LOKMIN TAHUN 2023"],
        &["No", "Tanggal", "Agenda", "Pustu Ngatri", "Klinik Alvi"],
        &["=1", "@2023-01-10", "Lokmin bulanan", "√", "-"],
        &["=2", "@2023-02-12", "Lokmin bulanan", "√", "√"],
    ]);
    let read = [
        "Klinik Alvi: lokmin 2023-01 tidak",
        "Klinik Alvi: lokmin 2023-02 hadir",
        "Pustu Ngatri: lokmin 2023-01 hadir",
        "Pustu Ngatri: lokmin 2023-02 hadir",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn counts_and_sorts_of_meetings_are_told_apart() {
    let counted = sheet(&[
        TITLE,
        &["REKAP DAFTAR HADIR LOKMIN TAHUN 2023"],
        &["H = hadir, I = izin, S = sakit, A = alpa"],
        &["No", "Nama", "Jan", "Feb", "Mar", "H", "I", "S", "A"],
        &["=1", "Pustu Ngatri", "H", "I", "H", "=2", "=1", "=0", "=0"],
        &["=2", "Klinik Alvi", "S", "H", "A", "=1", "=0", "=1", "=1"],
    ]);
    assert_eq!(counted.facts.iter().filter(|fact| fact.ends_with("hadir")).count(), 3, "{:?}", counted.receipt);
    assert_eq!(counted.facts.len(), 6);
    let sorts = sheet(&[
        TITLE,
        &["REKAP KEHADIRAN LOKMIN TAHUN 2023"],
        &["No", "Nama", "Mar", "", "Apr"],
        &["", "", "Bulanan", "Linsek", "Bulanan"],
        &["=1", "Pustu Ngatri", "√", "-", "√"],
        &["=2", "Klinik Alvi", "-", "√", "√"],
    ]);
    let read = [
        "Klinik Alvi: lokmin 2023-03 hadir",
        "Klinik Alvi: lokmin 2023-03 tidak",
        "Klinik Alvi: lokmin 2023-04 hadir",
        "Pustu Ngatri: lokmin 2023-03 hadir",
        "Pustu Ngatri: lokmin 2023-03 tidak",
        "Pustu Ngatri: lokmin 2023-04 hadir",
    ];
    assert_eq!(sorts.facts, read, "{:?}", sorts.receipt);
}

#[test]
fn plans_by_letters_teams_and_names_in_cells() {
    let letters = sheet(&[
        TITLE,
        &["RENCANA KUNJUNGAN PEMBINAAN TAHUN 2023"],
        &["No", "Nama", "J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"],
        &["=1", "Pustu Ngatri", "v", "", "", "", "v", "", "", "", "", "", "", ""],
    ]);
    assert_eq!(slots(&letters), ["Pustu Ngatri 2023-01", "Pustu Ngatri 2023-05"], "{:?}", letters.receipt);
    let teams = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama", "Jan", "", "Feb", ""],
        &["", "", "UKM", "UKP", "UKM", "UKP"],
        &["=1", "Pustu Ngatri", "√", "", "", "√"],
        &["=2", "Klinik Alvi", "", "", "√", "√"],
    ]);
    let read = ["Klinik Alvi 2023-02", "Pustu Ngatri 2023-01", "Pustu Ngatri 2023-02"];
    assert_eq!(slots(&teams), read, "{:?}", teams.receipt);
    let names = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN PER TIM TAHUN 2023"],
        &["No", "Tim / Petugas", "Januari", "Februari", "Maret"],
        &["=1", "Tim I", "Pustu Ngatri", "Klinik Alvi", "-"],
        &["=2", "Tim II", "Apotek Alvi", "", "Pustu Ngatri"],
    ]);
    let read = ["Apotek Alvi 2023-01", "Klinik Alvi 2023-02", "Pustu Ngatri 2023-01", "Pustu Ngatri 2023-03"];
    assert_eq!(slots(&names), read, "{:?}", names.receipt);
}

#[test]
fn signs_of_a_plan_are_known_by_the_legend_or_asked_about() {
    let rows: [&[&str]; 5] = [
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Pustu Ngatri", "AN", "", "BD"],
        &["=2", "Klinik Alvi", "", "AN", ""],
    ];
    let found = sheet(&rows);
    assert_eq!(slots(&found), [""; 0]);
    let asked =
        "jadi tidak ada rencana yang disimpan; beri tanda X pada bulan yang direncanakan, atau terangkan tandanya";
    assert!(messages(&found).contains(asked), "{}", messages(&found));
    let explained = [&rows[..], &[&["AN = Ani, BD = Budi"]]].concat();
    assert_eq!(slots(&sheet(&explained)).len(), 3, "{:?}", sheet(&explained).receipt);
    let done = sheet(&[
        TITLE,
        &["JADWAL DAN PELAKSANAAN PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Pustu Ngatri", "V", "O", ""],
        &["=2", "Klinik Alvi", "", "V", "O"],
        &["Ket: O = rencana, V = terlaksana"],
    ]);
    assert_eq!(slots(&done).len(), 4, "{:?}", done.receipt);
    assert_eq!(done.facts, ["Klinik Alvi: pembinaan 2023-02  -/-", "Pustu Ngatri: pembinaan 2023-01  -/-"]);
}

#[test]
fn the_years_of_a_column_are_those_of_its_months() {
    let found = sheet(&[
        TITLE,
        &["CAPAIAN PROGRAM TAHUN 2023"],
        &["No", "Nama", "Indikator", "Tahun", "Bulan", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "K6", "=2023", "Desember", "=40", "=5"],
        &["=2", "Klinik Alvi", "K6", "=2023", "=11", "=41", "=6"],
    ]);
    assert_eq!(found.facts.len(), 2, "{:?}", found.receipt);
    assert!(
        found.facts.iter().any(|fact| fact.contains("2023-12"))
            && found.facts.iter().any(|fact| fact.contains("2023-11"))
    );
    let two = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN"],
        &["TAHUN 2023"],
        &["No", "Nama", "Tahun", "Bulan", "Petugas"],
        &["=1", "Pustu Ngatri", "=2022", "Desember", "Ani"],
        &["=2", "Klinik Alvi", "=2023", "Januari", "Ani"],
    ]);
    assert!(!slots(&two).contains(&"Pustu Ngatri 2023-12".to_owned()), "{:?}", slots(&two));
}

#[test]
fn headings_mean_what_the_title_says() {
    let told = "bila bukan, ubah judul kolomnya";
    let received = sheet(&[
        TITLE,
        &["REKAP LAPORAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Tanggal", "Ket"],
        &["=1", "Pustu Ngatri", "@2023-06-06", ""],
    ]);
    assert_eq!(received.facts, ["Pustu Ngatri: laporan 2023-05 2023-06-06"], "{:?}", received.receipt);
    assert!(messages(&received).contains(told));
    let due = sheet(&[
        TITLE,
        &["LAPORAN HASIL PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Temuan", "RTL", "Waktu"],
        &["=1", "6 Mei 2023", "Pustu Ngatri", "Ani", "SOP tidak ada", "Buat SOP", "@2023-06-30"],
    ]);
    let read = ["Pustu Ngatri: RTL 2023-05-06 Buat SOP s.d. 2023-06-30", "Pustu Ngatri: pembinaan 2023-05-06  -/-"];
    assert_eq!(due.facts, read, "{:?}", due.receipt);
    let held = sheet(&[
        TITLE,
        &["PEMBINAAN JARINGAN JEJARING BULAN JULI 2023"],
        &["No", "Nama Faskes", "Rencana", "Realisasi"],
        &["=1", "Pustu Ngatri", "@2023-07-08", "@2023-07-10"],
        &["=2", "Klinik Alvi", "@2023-07-09", ""],
    ]);
    assert_eq!(held.facts, ["Pustu Ngatri: pembinaan 2023-07-10  -/-"], "{:?}", held.receipt);
    let met = sheet(&[
        TITLE,
        &["KEHADIRAN LOKMIN TAHUN 2023"],
        &["No", "Tanggal Lokmin", "Nama Faskes", "Hadir"],
        &["=1", "@2023-05-05", "Pustu Ngatri", "√"],
        &["=2", "@2023-06-05", "Pustu Ngatri", "-"],
    ]);
    assert_eq!(met.facts, ["Pustu Ngatri: lokmin 2023-05 hadir", "Pustu Ngatri: lokmin 2023-06 tidak"]);
}

#[test]
fn twins_are_told_apart_by_their_village() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            &["No", "Nama Jaringan/Jejaring", "Jenis", "Desa"],
            &["=1", "Posyandu Anggrek", "Posyandu", "Dongkas"],
            &["=2", "Posyandu Anggrek Siavu", "Posyandu", "Siavu"],
        ],
    );
    let visits = page(
        "April",
        &[
            TITLE,
            &["REKAP PEMBINAAN POSYANDU BULAN APRIL 2023"],
            &["No", "Tanggal", "Posyandu", "Desa", "Skor", "Skor Maks"],
            &["=1", "8 April 2023", "Anggrek", "Dongkas", "=40", "=50"],
            &["=2", "9 April 2023", "Anggrek", "Siavu", "=39", "=50"],
        ],
    );
    let found = import("rekap.xlsx", &[register, visits]);
    let read = ["Posyandu Anggrek Siavu: pembinaan 2023-04-09  39/50", "Posyandu Anggrek: pembinaan 2023-04-08  40/50"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
}

#[test]
fn a_copied_title_keeps_the_year_of_its_sheet() {
    let plan = |month: &'static str| {
        vec![
            TITLE,
            &["JADWAL PEMBINAAN TAHUN 2022"][..],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            if month == "Jan" { &["=1", "Pustu Ngatri", "√"] } else { &["=1", "Pustu Ngatri", "", "√"] },
        ]
    };
    let found = import("rekap.xlsx", &[page("2022", &plan("Jan")), page("2023", &plan("Feb"))]);
    assert_eq!(slots(&found), ["Pustu Ngatri 2022-01", "Pustu Ngatri 2023-02"], "{:?}", found.receipt);
    assert!(messages(&found).contains("betulkan nama lembar dan judulnya"));
}

#[test]
fn a_village_above_is_that_of_all_rows() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR JARINGAN DAN JEJARING TAHUN 2023"],
            &["DESA : OELNASI"],
            &["No", "Nama", "Jenis Fasilitas"],
            &["A", "JARINGAN", ""],
            &["=1", "Pustu Oelnasi", "Pustu"],
            &["B", "JEJARING", ""],
            &["=1", "Apotek Timor", "Apotek"],
        ],
    );
    let figures = page(
        "Oelnasi",
        &[
            TITLE,
            &["CAPAIAN PROGRAM TAHUN 2023"],
            &["DESA OELNASI"],
            &["No", "Indikator", "Uraian", "Januari", "Februari", "Maret"],
            &["=1", "K6", "Sasaran", "=50", "=50", "=50"],
            &["", "", "Capaian", "=4", "=5", "=6"],
        ],
    );
    let found = import("rekap.xlsx", &[register, figures]);
    let villages: Vec<String> = facts(&found.store)
        .facilities
        .iter()
        .filter(|one| one.village.as_deref() == Some("Oelnasi"))
        .map(|one| one.name.clone())
        .collect();
    assert_eq!(villages, ["Apotek Timor", "Pustu Oelnasi"], "{:?}", found.receipt);
    assert_eq!(found.facts.len(), 3, "{:?}", found.receipt);
    assert!(found.facts.iter().all(|fact| fact.starts_with("Pustu Oelnasi")), "{:?}", found.facts);
    for told in
        ["bila ada yang lain, tambahkan kolom Desa", "jadi semua barisnya dibaca sebagai milik Oelnasi; bila bukan"]
    {
        assert!(messages(&found).contains(told), "{}", messages(&found));
    }
}
