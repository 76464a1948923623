//! Numbers across that are days, weeks, items or meetings, and tables of other activities beside those of coaching: no
//! month is made of the one, no coaching of the other.

use super::{Brought, Page, import, page, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const FIRST_DAY_COLUMN: u32 = 2;

fn messages(found: &Brought) -> String {
    let error = found.receipt.error.as_ref().map(ToString::to_string);
    let issues = found.receipt.issues.iter().map(|issue| issue.message.clone());
    issues.chain(error).collect::<Vec<_>>().join(" | ")
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    let mut slots: Vec<String> =
        facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect();
    slots.sort();
    slots
}

/// A sheet with numbers from 1 to `last` below a merged word, and the marks of two facilities on them.
fn numbered(title: &str, word: &str, last: u32, marks: [&[(u32, &str)]; 2]) -> Brought {
    let numbers: Vec<String> = (1..=last).map(|number| format!("={number}")).collect();
    let mut head = vec!["No", "Nama Faskes", word];
    head.resize(2 + numbers.len(), "");
    let below: Vec<&str> = ["", ""].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    let row = |number: &'static str, name: &'static str, marks: &[(u32, &'static str)]| {
        let mut cells = vec![number, name];
        cells.extend((1..=last).map(|day| marks.iter().find(|(on, _)| *on == day).map_or("", |(_, mark)| *mark)));
        cells
    };
    let marks = marks.map(|marks| marks.iter().map(|(on, mark)| (*on, leaked(mark))).collect::<Vec<_>>());
    let rows = [row("=1", "Pustu Ngatri", &marks[0]), row("=2", "Klinik Alvi", &marks[1])];
    let title_row = [title];
    let all: Vec<&[&str]> = vec![TITLE, &title_row, &head, &below, &rows[0], &rows[1]];
    let merges = vec![[2, 0, 3, 0], [2, 1, 3, 1], [2, FIRST_DAY_COLUMN, 2, FIRST_DAY_COLUMN + last - 1]];
    import("rekap.xlsx", &[Page { merges, ..page("Lembar", &all) }])
}

/// One of the marks of these tests.
fn leaked(mark: &str) -> &'static str {
    ["√", "-", "?", "X"].into_iter().find(|known| *known == mark).unwrap()
}

#[test]
fn the_days_of_a_month_across_are_days() {
    let plan = numbered("JADWAL PEMBINAAN BULAN JUNI 2023", "Tanggal", 30, [&[(5, "√"), (20, "√")], &[(12, "√")]]);
    assert_eq!(slots(&plan), ["Klinik Alvi 2023-06", "Pustu Ngatri 2023-06"], "{:?}", plan.receipt);
    assert!(messages(&plan).contains("dibaca sebagai tanggal di bulan Juni 2023"), "{}", messages(&plan));
    // Whoever lists the days instead, as it says, has the same plan.
    assert!(messages(&plan).contains("bila bukan, tulis satu baris untuk setiap kunjungan"), "{}", messages(&plan));
    let listed = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN BULAN JUNI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas"],
        &["=1", "5 Juni 2023", "Pustu Ngatri", ""],
        &["=2", "12 Juni 2023", "Klinik Alvi", ""],
    ]);
    assert_eq!(slots(&listed), slots(&plan));
    let done = numbered("REALISASI PEMBINAAN BULAN JUNI 2023", "Tanggal", 30, [&[(5, "√"), (20, "√")], &[(27, "√")]]);
    let read = [
        "Klinik Alvi: pembinaan 2023-06-27  -/-",
        "Pustu Ngatri: pembinaan 2023-06-05  -/-",
        "Pustu Ngatri: pembinaan 2023-06-20  -/-",
    ];
    assert_eq!(done.facts, read, "{:?}", done.receipt);
    let unknown = numbered("JADWAL PEMBINAAN BULAN JUNI 2023", "Tanggal", 30, [&[(5, "?")], &[(12, "√")]]);
    assert_eq!(slots(&unknown), [""; 0]);
    assert!(messages(&unknown).contains("jadi tabelnya tidak dibaca; tulis X pada"), "{}", messages(&unknown));
    let obeyed = numbered("JADWAL PEMBINAAN BULAN JUNI 2023", "Tanggal", 30, [&[(5, "X")], &[(12, "√")]]);
    assert_eq!(slots(&obeyed).len(), 2);
}

#[test]
fn numbers_are_months_only_where_something_says_so() {
    let weeks = numbered("JADWAL PEMBINAAN BULAN JUNI 2023", "Minggu", 4, [&[(1, "√")], &[(3, "√")]]);
    assert_eq!(slots(&weeks), ["Klinik Alvi 2023-06", "Pustu Ngatri 2023-06"], "{:?}", weeks.receipt);
    let all: Vec<(u32, &str)> = (1..=10).map(|item| (item, "√")).collect();
    for (title, word, last) in [
        ("REKAP HASIL DAFTAR TILIK PEMBINAAN TAHUN 2023", "Item Penilaian", 10),
        ("DAFTAR HADIR LOKMIN TAHUN 2023", "Pertemuan", 6),
        ("REKAP PEMBINAAN TAHUN 2023", "Kunjungan ke", 4),
    ] {
        let found = numbered(title, word, last, [&all[..2], &all[..1]]);
        assert_eq!(found.facts, [""; 0], "{title}: {:?}", found.receipt);
        assert!(!messages(&found).is_empty(), "{title}");
    }
    for (word, last) in [("Bulan", 12), ("Bulan", 4), ("Tahun 2023", 12)] {
        let months = numbered("JADWAL PEMBINAAN TAHUN 2023", word, last, [&[(1, "√")], &[(3, "√")]]);
        assert_eq!(slots(&months), ["Klinik Alvi 2023-03", "Pustu Ngatri 2023-01"], "{word}: {:?}", months.receipt);
    }
}

#[test]
fn roman_months_below_their_word() {
    let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let head: Vec<&str> = ["No", "Nama Faskes", "Bulan"].into_iter().chain([""; 11]).collect();
    let below: Vec<&str> = ["", ""].into_iter().chain(roman).collect();
    let rows: &[&[&str]] = &[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &head,
        &below,
        &["=1", "Pustu Ngatri", "", "√", "", "", "", "", "√"],
        &["=2", "Klinik Alvi", "√"],
    ];
    let merges = vec![[2, 0, 3, 0], [2, 1, 3, 1], [2, 2, 2, 13]];
    let found = import("rekap.xlsx", &[Page { merges, ..page("Jadwal", rows) }]);
    let read = ["Klinik Alvi 2023-01", "Pustu Ngatri 2023-02", "Pustu Ngatri 2023-07"];
    assert_eq!(slots(&found), read, "{:?}", found.receipt);
}

#[test]
fn other_activities_are_no_coaching() {
    let months = |title: &'static str, marks: [&'static str; 3]| {
        let [one, two, three] = marks;
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", one, two, three],
            &["=2", "Klinik Alvi", three, one, two],
        ])
    };
    for (title, marks) in [
        ("JADWAL PELAKSANAAN POSYANDU TAHUN 2023", ["√", "", "√"]),
        ("JADWAL KELAS IBU HAMIL TAHUN 2023", ["√", "", "√"]),
        ("DAFTAR HADIR RAPAT KADER TAHUN 2023", ["√", "-", "√"]),
        ("ABSENSI PEGAWAI PUSTU TAHUN 2023", ["√", "-", "√"]),
        ("LAPORAN KEMATIAN IBU DAN BAYI TAHUN 2023", ["=0", "=1", "=0"]),
    ] {
        let found = months(title, marks);
        assert_eq!((found.facts.len(), slots(&found).len()), (0, 0), "{title}: {:?}", found.receipt);
        assert!(messages(&found).contains("bila memang itu, tulis "), "{title}: {}", messages(&found));
    }
    // Whoever obeys has the plan and the attendance.
    assert_eq!(slots(&months("JADWAL PEMBINAAN POSYANDU TAHUN 2023", ["√", "", "√"])).len(), 4);
    assert_eq!(months("KEHADIRAN LOKMIN DAN RAPAT KADER TAHUN 2023", ["√", "-", "√"]).facts.len(), 6);
}

#[test]
fn a_recap_of_visits_with_what_was_agreed_is_both() {
    let recap = |first: &'static str, due: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN MEI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Temuan", "Tindak Lanjut", "Batas Waktu"],
            &["=1", "6 Mei 2023", "Pustu Ngatri", "SOP tidak ada", first, due],
            &["=2", "7 Mei 2023", "Klinik Alvi", "baik", "nihil", ""],
        ])
    };
    let found = recap("Susun SOP", "30 Juni 2023");
    let read = [
        "Klinik Alvi: pembinaan 2023-05-07  -/-",
        "Pustu Ngatri: RTL 2023-05-06 Susun SOP s.d. 2023-06-30",
        "Pustu Ngatri: pembinaan 2023-05-06  -/-",
    ];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    let state = recap("Sudah", "30 Juni 2023");
    assert!(state.facts.iter().all(|fact| !fact.contains("RTL")), "{:?}", state.facts);
    let asked = "bukan rencana, melainkan keadaannya; tulis apa yang harus dilakukan, atau kosongkan bila tidak ada";
    assert!(messages(&state).contains(asked), "{}", messages(&state));
    assert_eq!(recap("", "").facts.len(), 2);
}

#[test]
fn targets_and_results_of_an_indicator_are_no_visits() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["INDIKATOR : HT"],
        &["TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "", "Feb", "", "Mar", ""],
        &["", "", "Target", "Realisasi", "Target", "Realisasi", "Target", "Realisasi"],
        &["=1", "Pustu Ngatri", "=10", "=8", "=10", "=9", "=10", "=7"],
    ];
    let merges = vec![[3, 2, 3, 3], [3, 4, 3, 5], [3, 6, 3, 7]];
    let found = import("rekap.xlsx", &[Page { merges, ..page("HT", rows) }]);
    assert!(slots(&found).is_empty() && found.facts.iter().all(|fact| fact.contains(": HT ")), "{:?}", found.facts);
}
