//! Plans in the ways in which people draw them: signs with a legend, weeks, lists of days.

use super::{Brought, import, lines, page, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const PLAN: &[&str] = &["JADWAL PEMBINAAN TAHUN 2023"];
const HEAD: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"];

/// Months planned, a line each.
fn slots(found: &Brought) -> Vec<String> {
    let facts = crate::import::facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect()
}

#[test]
fn a_legend_says_what_signs_mean() {
    let found = sheet(&[
        TITLE,
        PLAN,
        HEAD,
        &["=1", "Apotek Alvi", "●", "", "×", ""],
        &["=2", "Klinik Alvi", "", "●", "", "○"],
        &[],
        &["", "Keterangan : ● = rencana, ○ = ditunda, × = batal"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01", "Klinik Alvi 2023-02"]);
    assert_eq!(found.issues, ["Lembar!C4 reading", "Lembar!E4 reading", "Lembar!F5 reading"]);
    assert!(found.receipt.issues[1].message.contains("\"batal\""), "{:?}", found.receipt.issues);
}

#[test]
fn the_only_sign_plans_and_two_without_a_legend_do_not() {
    let one = sheet(&[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "●", "", "●", ""]]);
    assert_eq!(slots(&one), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03"]);
    assert_eq!(one.issues, ["Lembar!C4 reading"]);
    let two = sheet(&[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "●", "", "▲", ""]]);
    assert_eq!(slots(&two), [""; 0]);
    // Each sign, and that none of them planned anything.
    assert_eq!(two.issues.len(), 3, "{:?}", two.receipt.issues);
}

#[test]
fn weeks_stand_below_their_months() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Januari", "", "", "", "Februari", "", "", "", "Maret", "", "", ""],
        &["", "", "I", "II", "III", "IV", "I", "II", "III", "IV", "I", "II", "III", "IV"],
        &["=1", "Apotek Alvi", "√", "", "√", "", "", "", "√", "", "", "", "", ""],
        &["=2", "Klinik Alvi", "", "", "√", "", "", "", "", "", "", "√", "", ""],
    ]);
    let expected = ["Apotek Alvi 2023-01", "Apotek Alvi 2023-02", "Klinik Alvi 2023-01", "Klinik Alvi 2023-03"];
    assert_eq!(slots(&found), expected);
    assert_eq!(found.issues, [""; 0]);
}

#[test]
fn a_list_of_days_to_come_is_a_plan_and_no_visit() {
    let found = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN BULAN JUNI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Materi"],
        &["=1", "3 Juni 2023", "Apotek Alvi", "Ani", "SIP"],
        &["=2", "5 Juni 2023", "Klinik Alvi", "Budi", "SIP"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-06", "Klinik Alvi 2023-06"]);
    assert_eq!(lines(&found.store), [""; 0]);
    assert!(found.issues.iter().any(|issue| issue == "Lembar!C3 reading"), "{:?}", found.issues);
}

#[test]
fn a_visit_that_did_not_take_place_is_none() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "Keterangan"],
        &["=1", "2 Mei 2023", "Apotek Alvi", "=8", "=10", "baik"],
        &["=2", "3 Mei 2023", "Klinik Alvi", "", "", "batal, faskes tutup"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-02  8/10"]);
    assert_eq!(found.issues, ["Lembar!F5 reading"]);
}

#[test]
fn the_title_says_on_which_month_reports_are() {
    let reports = |title: &str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Tgl Terima", "Ket"],
            &["=1", "Apotek Alvi", "3 Juni 2023", "tepat"],
            &["=2", "Klinik Alvi", "belum kirim", ""],
        ])
    };
    let found = reports("PENERIMAAN LAPORAN BULAN MEI 2023");
    let expected = ["Apotek Alvi: laporan 2023-05 2023-06-03"];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, [""; 0]);
    // In June nobody reports on all of June.
    let within = reports("PENERIMAAN LAPORAN BULAN JUNI 2023");
    assert_eq!(within.facts, [""; 0]);
    assert_eq!(within.issues, ["Lembar!C4 invalid_date"]);
    let asked = reports("PENERIMAAN BULAN MEI 2023");
    assert_eq!(asked.facts, [""; 0]);
    let sentence = asked.receipt.error.unwrap().to_string();
    assert!(sentence.contains("tulis misalnya LAPORAN BULAN MEI 2023 di atas tabel"), "{sentence}");
}

#[test]
fn counts_of_people_are_whole_and_near_their_denominator() {
    let capaian = |value: &str| {
        sheet(&[
            TITLE,
            &["CAPAIAN BULAN MEI 2023"],
            &["No", "Nama Faskes", "K6", ""],
            &["", "", "Sasaran", "Capaian"],
            &["=1", "Apotek Alvi", "=88", value],
            &["=2", "Klinik Alvi", "=40", "=4"],
        ])
    };
    for value in ["=700", "=79.5"] {
        let found = capaian(value);
        assert_eq!(found.issues, ["Lembar!D5 invalid_number"], "{value}");
        assert_eq!(found.facts, ["Klinik Alvi: K6 2023-05 4/40"], "{value}");
    }
    assert_eq!(capaian("=7").facts.len(), 2);
}

#[test]
fn how_many_came_to_a_meeting_is_whether_somebody_did() {
    let found = sheet(&[
        TITLE,
        &["DAFTAR HADIR LOKMIN BULAN JUNI 2023"],
        &["No", "Nama Faskes", "Undangan", "Hadir"],
        &["=1", "Apotek Alvi", "=2", "=2"],
        &["=2", "Klinik Alvi", "=2", "=0"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-06 hadir", "Klinik Alvi: lokmin 2023-06 tidak"]);
    assert_eq!(found.issues, ["Lembar!D3 reading"]);
}

#[test]
fn a_column_asks_whether_the_visit_took_place() {
    let found = sheet(&[
        TITLE,
        &["PELAKSANAAN PEMBINAAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Tanggal", "Petugas", "Aspek", "Terlaksana"],
        &["=1", "Apotek Alvi", "2 Mei 2023", "Ani", "UKM", "√"],
        &["=2", "Klinik Alvi", "3 Mei 2023", "Ani", "UKM", "-"],
        &["=3", "Pustu Ngatri", "4 Mei 2023", "Ani", "UKM", "Tidak"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-02  -/-"]);
    assert_eq!(found.issues.iter().filter(|issue| issue.ends_with("reading")).count(), 2, "{:?}", found.issues);
}

#[test]
fn a_denominator_ten_times_that_of_the_month_before_is_told() {
    let month = |name, title, people: &str| {
        let head: &[&str] = &["No", "Nama Faskes", "Sasaran", "Capaian"];
        super::page(name, &[TITLE, &[title], head, &["=1", "Apotek Alvi", people, "=7"]])
    };
    let january = month("K6 Jan", "CAPAIAN K6 BULAN JANUARI 2023", "=88");
    for (people, issues) in [("=880", 1), ("=90", 0)] {
        let february = month("K6 Feb", "CAPAIAN K6 BULAN FEBRUARI 2023", people);
        let found = super::import("capaian.xlsx", &[january.clone(), february]);
        let told = found.issues.iter().filter(|issue| *issue == "K6 Feb!C4 doubtful_number").count();
        assert_eq!((told, found.facts.len()), (issues, 2), "{:?}", found.receipt);
    }
}

fn visits(found: &Brought) -> Vec<String> {
    lines(&found.store).into_iter().filter(|line| line.contains("pembinaan")).collect()
}

#[test]
fn what_a_legend_calls_done_is_a_visit_too() {
    let found = sheet(&[
        TITLE,
        PLAN,
        HEAD,
        &["=1", "Apotek Alvi", "●", "", "×", ""],
        &["=2", "Klinik Alvi", "", "○", "", "●"],
        &[],
        &["", "Keterangan : ○ = rencana, ● = terlaksana, × = tidak terlaksana"],
    ]);
    assert_eq!(
        slots(&found),
        ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03", "Klinik Alvi 2023-02", "Klinik Alvi 2023-04"]
    );
    let expected = ["Apotek Alvi: pembinaan 2023-01  -/-", "Klinik Alvi: pembinaan 2023-04  -/-"];
    assert_eq!(visits(&found), expected, "{:?}", found.receipt);
}

#[test]
fn weeks_and_initials_in_a_plan_plan() {
    let weeks = sheet(&[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "Minggu II", "", "M3", ""]]);
    assert_eq!(slots(&weeks), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03"], "{:?}", weeks.receipt);
    let row: &[&str] = &["=1", "Apotek Alvi", "IP", "", "NH/IP", ""];
    let persons = sheet(&[TITLE, PLAN, HEAD, row, &[], &["IP = Indah Permatasari, NH = Nur Hidayati"]]);
    assert_eq!(slots(&persons), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03"], "{:?}", persons.receipt);
    let unexplained = sheet(&[TITLE, PLAN, HEAD, row]);
    assert_eq!(slots(&unexplained), [""; 0]);
    assert!(unexplained.receipt.issues[0].message.contains("beri tanda X pada bulan yang direncanakan"));
}

#[test]
fn a_plan_and_what_was_done_below_it_are_two_tables() {
    let found = sheet(&[
        TITLE,
        &["A. RENCANA PEMBINAAN TAHUN 2023"],
        HEAD,
        &["=1", "Apotek Alvi", "√", "", "√", ""],
        &[],
        &["B. REALISASI PEMBINAAN TAHUN 2023"],
        HEAD,
        &["=1", "Apotek Alvi", "√", "", "", ""],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03"], "{:?}", found.receipt);
    assert_eq!(visits(&found), ["Apotek Alvi: pembinaan 2023-01  -/-"]);
}

#[test]
fn columns_of_plan_and_of_what_was_done_below_each_month() {
    let found = sheet(&[
        TITLE,
        &["RENCANA DAN REALISASI PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", "", "Maret", ""],
        &["", "", "R", "L", "R", "L", "R", "L"],
        &["=1", "Apotek Alvi", "√", "√", "", "", "√", ""],
        &["=2", "Klinik Alvi", "", "", "√", "√", "", ""],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03", "Klinik Alvi 2023-02"]);
    let expected = ["Apotek Alvi: pembinaan 2023-01  -/-", "Klinik Alvi: pembinaan 2023-02  -/-"];
    assert_eq!(visits(&found), expected, "{:?}", found.receipt);
}

#[test]
fn a_list_by_month_carries_its_months_down() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Bulan", "Sasaran Pembinaan", "Pelaksana"],
        &["=1", "Januari", "Apotek Alvi", "Tim"],
        &["=2", "", "Klinik Alvi", "Tim"],
        &["=3", "Maret", "1. Apotek Alvi\n2. Pustu Ngatri", "Tim"],
    ]);
    let expected = ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03", "Klinik Alvi 2023-01", "Pustu Ngatri 2023-03"];
    assert_eq!(slots(&found), expected, "{:?}", found.receipt);
}

#[test]
fn names_below_another_heading_are_known_by_themselves() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Sasaran", "Pelaksana", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "Tim", "x", "", ""],
        &["=2", "Klinik Alvi", "Tim", "", "x", ""],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01", "Klinik Alvi 2023-02"], "{:?}", found.receipt);
}

#[test]
fn a_revision_goes_before_the_plan_that_it_changes() {
    let first: &[&[&str]] =
        &[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "", "x", "", "x"], &["=2", "Klinik Alvi", "x", "", "", ""]];
    let revised: &[&[&str]] =
        &[TITLE, &["JADWAL PEMBINAAN REVISI TAHUN 2023"], HEAD, &["=1", "Apotek Alvi", "", "", "x", "x"]];
    let found = import("rekap.xlsx", &[page("Jadwal", first), page("Jadwal Revisi", revised)]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-03", "Apotek Alvi 2023-04", "Klinik Alvi 2023-01"]);
    assert_eq!(found.issues, ["Jadwal!B3 reading"]);
}

#[test]
fn letters_that_a_legend_explains_plan() {
    let found = sheet(&[
        TITLE,
        PLAN,
        HEAD,
        &["=1", "Apotek Alvi", "A", "", "B/C", ""],
        &["=2", "Klinik Alvi", "", "B", "", "L"],
        &[],
        &["", "Ket : A = Tim KIA (Bd. Rina)"],
        &["", "B = Tim UKP"],
        &["", "C = Tim Farmasi"],
        &["", "L = libur"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01", "Apotek Alvi 2023-03", "Klinik Alvi 2023-02"]);
    let unexplained = sheet(&[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "B", "", "C", "D"]]);
    assert_eq!(slots(&unexplained), [""; 0]);
    let message = &unexplained.receipt.issues[0].message;
    assert!(message.contains("berjudul JADWAL") && message.contains("A = Tim KIA"), "{message}");
}

#[test]
fn a_second_change_may_leave_out_the_name_above_it() {
    let plan: &[&[&str]] = &[TITLE, PLAN, HEAD, &["=1", "Apotek Alvi", "x", "x", "", ""]];
    let changes: &[&[&str]] = &[
        TITLE,
        &["PERUBAHAN JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Semula", "Menjadi", "Alasan"],
        &["=1", "Apotek Alvi", "Januari 2023", "Maret 2023", "Diklat"],
        &["=2", "", "Februari", "April", "Banjir"],
    ];
    let found = import("rekap.xlsx", &[page("Jadwal", plan), page("Perubahan", changes)]);
    let facts = crate::import::facts(&found.store);
    let moved: Vec<String> = facts.changes.iter().filter_map(|change| Some(change.moved_to?.to_string())).collect();
    assert_eq!(moved, ["2023-03", "2023-04"]);
    assert_eq!(found.issues, ["Perubahan!B5 reading"]);
}

#[test]
fn a_kind_beside_or_above_completes_a_short_name() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Jenis Faskes", "Nama", "Skor"],
        &["=1", "@2023-05-02", "Apotek", "ALVI", "=80"],
        &["=2", "@2023-05-03", "Klinik", "alvi", "=90"],
        &["=3", "@2023-05-04", "PMB", "I Made Oka", "=70"],
    ]);
    let days = ["Apotek Alvi: pembinaan 2023-05-02  80/100", "BPM I Made Oka: pembinaan 2023-05-04  70/100"];
    assert_eq!(found.facts, [days[0], days[1], "Klinik Alvi: pembinaan 2023-05-03  90/100"]);
    let titled = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Nama", "Tanggal", "Skor"],
        &["A", "PUSTU", "", ""],
        &["=1", "Ngatri", "@2023-05-02", "=80"],
        &["B", "KLINIK", "", ""],
        &["=1", "Alvi", "@2023-05-03", "=90"],
    ]);
    let pustu = days[0].replace("Apotek Alvi", "Pustu Ngatri");
    assert_eq!(titled.facts, ["Klinik Alvi: pembinaan 2023-05-03  90/100", pustu.as_str()]);
}
