//! What people write beside the figures: from workbooks through the store, in any order, again and taken back.

use simpul::app::import::receipt::FileStatus;
use simpul::app::import::{Upload, import};
use simpul::domain::written::{Problem, cluster_of};
use simpul::store::{By, Scope, Store};

use super::flow::{ABCDE, Page, register, workbook};
use super::{facts, options, run, status};

const PROBLEM_HEADING: [&str; 7] =
    ["No", "Nama", "Masalah", "Penyebab", "Tindak Lanjut", "Penanggung Jawab", "Batas Waktu"];

fn problems<'a>(period: &'a str, rows: &[[&'a str; 6]]) -> Page<'a> {
    let mut page = vec![vec![ABCDE], vec!["EVALUASI PEMBINAAN"], vec![period], vec![], PROBLEM_HEADING.to_vec()];
    page.extend(rows.iter().map(|row| ["1"].iter().chain(row).copied().collect()));
    page.push(vec!["", "Mengetahui,"]);
    page.push(vec!["", "Kepala UPT Puskesmas Abcde"]);
    ("Evaluasi", page)
}

fn decisions<'a>(rows: &[[&'a str; 6]]) -> Page<'a> {
    let heading = vec!["No", "Tanggal", "Masalah", "Keputusan", "Penanggung Jawab", "Batas Waktu", "Tindak Lanjut"];
    let mut page = vec![vec![ABCDE], vec!["NOTULEN LOKAKARYA MINI"], vec!["TAHUN 2023"], vec![], heading];
    page.extend(rows.iter().map(|row| [""].iter().chain(row).copied().collect()));
    ("Notulen", page)
}

fn clusters(year: &'static str, rows: &[[&'static str; 3]]) -> Upload {
    let mut page = vec![vec!["DINAS KESEHATAN KABUPATEN CONTOH"], vec!["PEMBAGIAN CLUSTER PUSKESMAS SE-KABUPATEN"]];
    page.extend([vec![year], vec!["No", "Nama Puskesmas", "Cluster", "Ket."]]);
    page.extend(rows.iter().map(|row| vec!["1", row[0], row[1], row[2]]));
    workbook(&format!("cluster-{year}.xlsx"), &[("Cluster", page)])
}

fn coaching() -> Upload {
    let visits = vec![
        vec![ABCDE],
        vec!["LAPORAN PEMBINAAN TPCB TAHUN 2023"],
        vec!["No", "Tanggal", "Jenis Pembinaan", "Temuan", "", "Rekomendasi", "", "Target Waktu", "Tanggal Dikirim"],
        vec!["", "", "", "Fakta", "Kesimpulan", "Puskesmas", "Dinas Kesehatan", "", ""],
        vec!["1", "11/7/2023", "Terpadu", "RUK kosong", "Belum siap", "Isi", "Dampingi", "31-8-2023", "15 Juli 2023"],
    ];
    let follow_ups = vec![
        vec![ABCDE],
        vec!["TINDAK LANJUT TPCB TAHUN 2023"],
        vec!["No", "Rencana Tindak Lanjut", "Tanggal Pelaksanaan"],
        vec!["1", "Mengisi RUK", "30 Agustus 2023"],
        vec!["2", "Mengirim RUK", ""],
    ];
    workbook("tpcb.xlsx", &[("Pembinaan", visits), ("RTL", follow_ups)])
}

fn all() -> Vec<Upload> {
    let late = ["Klinik Alvi", "Laporan terlambat", "Petugas baru", "Pendampingan", "Ani", "30 September 2023"];
    let ours = ["UPT Puskesmas Abcde", "Kunjungan kurang", "Kendaraan rusak", "Perbaiki", "Budi", "1-10-2023"];
    vec![
        workbook("register.xlsx", &[register(ABCDE, &["Klinik Alvi", "Apotek Alvi"])]),
        workbook("evaluasi.xlsx", &[problems("CATURWULAN II TAHUN 2023", &[late, ours])]),
        workbook(
            "notulen.xlsx",
            &[decisions(&[["12/5/2023", "K6 turun", "Jumlah kelas ditambah", "Ani", "1/6/2023", ""]])],
        ),
        clusters("TAHUN 2023", &[["UPT PUSKESMAS ABCDE", "I", ""], ["Puskesmas Bendosari", "II", "belum ada data"]]),
        coaching(),
    ]
}

#[test]
fn each_table_reaches_the_facts_in_any_order_of_files_and_again_changes_nothing() {
    let files = all();
    let mut seen = Vec::new();
    for turn in 0..files.len() {
        let mut turned = files.clone();
        turned.rotate_left(turn);
        let store = Store::in_memory().unwrap();
        let receipts = run(&store, &turned);
        let issues: Vec<_> = receipts.iter().flat_map(|receipt| &receipt.issues).collect();
        assert_eq!((status(&receipts), issues.len()), (vec![FileStatus::Imported; 5], 0), "{issues:?}");
        let found = facts(&store);
        assert_eq!(status(&run(&store, &turned)), [FileStatus::Unchanged; 5]);
        assert_eq!(facts(&store), found);
        seen.push(found);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    let found = &seen[0];
    assert_eq!(found.puskesmas.len(), 1, "the district is no Puskesmas: {:?}", found.puskesmas);
    let written = &found.written;
    let whom: Vec<Option<&str>> = written.problems.iter().map(|row| row.row.facility.as_deref()).collect();
    assert_eq!(whom, [None, Some("Klinik Alvi")]);
    let Problem { period, cause, due, .. } = &written.problems[1].row;
    assert_eq!((period.to_string().as_str(), cause.as_deref()), ("2023-C2", Some("Petugas baru")));
    assert_eq!(due.unwrap().to_string(), "2023-09-30");
    assert_eq!(written.decisions[0].row.decision, "Jumlah kelas ditambah");
    assert_eq!(cluster_of(&written.clusters, "abcde", 2023).unwrap().cluster, "I");
    let visit = &written.district_visits[0].row;
    assert_eq!((visit.fact.as_deref(), visit.for_district.as_deref()), (Some("RUK kosong"), Some("Dampingi")));
    assert_eq!(visit.sent.unwrap().to_string(), "2023-07-15");
    let answers: Vec<(&str, bool)> =
        written.district_follow_ups.iter().map(|row| (row.row.item.as_str(), row.row.done.is_some())).collect();
    assert_eq!(answers, [("Mengirim RUK", false), ("Mengisi RUK", true)]);
}

#[test]
fn wrong_cells_are_named_and_the_rest_is_kept() {
    let store = Store::in_memory().unwrap();
    let row = |name, problem, due| [name, problem, "", "", "", due];
    let rows = [
        row("Klinik Alfi", "A", ""),
        row("Klinik Alvi", "", ""),
        row("Klinik Alvi", "B", "32 Mei"),
        row("", "C", ""),
        row("Klinik Alvi", "D", ""),
        row("Klinik Alvi", "d", ""),
    ];
    let decision = |date, decision| [date, "", decision, "", "", ""];
    let meeting = decisions(&[decision("12/5/2023", ""), decision("kemarin", "X"), decision("12/5/2023", "Y")]);
    let files = [
        workbook("register.xlsx", &[register(ABCDE, &["Klinik Alvi"])]),
        workbook("evaluasi.xlsx", &[problems("PERIODE : 2023-C2", &rows)]),
        workbook("notulen.xlsx", &[meeting]),
    ];
    let receipts = run(&store, &files);
    let told = |place: usize| -> Vec<(&str, &str)> {
        receipts[place].issues.iter().map(|issue| (issue.cell.as_str(), issue.code)).collect()
    };
    assert_eq!(
        told(1),
        [
            ("B6", "unknown_facility"),
            ("C7", "missing_value"),
            ("G8", "invalid_date"),
            ("B9", "missing_value"),
            ("B11", "duplicate")
        ]
    );
    assert_eq!(told(2), [("D6", "missing_value"), ("B7", "invalid_date")]);
    assert_eq!(facts(&store).written.problems.len(), 1);
    assert_eq!(facts(&store).written.decisions.len(), 1);
}

#[test]
fn a_later_list_completes_an_earlier_one_and_undoing_takes_it_back() {
    let store = Store::in_memory().unwrap();
    let first = workbook("a.xlsx", &[decisions(&[["12/5/2023", "", "Kunjungan", "Ani", "1/6/2023", ""]])]);
    let later = workbook("b.xlsx", &[decisions(&[["12/5/2023", "", "Kunjungan", "", "", "Sudah"]])]);
    run(&store, &[first]);
    let before = facts(&store);
    let receipt = run(&store, &[later]).remove(0);
    let row = facts(&store).written.decisions[0].row.clone();
    assert_eq!((row.owner.as_deref(), row.follow_up.as_deref()), (Some("Ani"), Some("Sudah")));
    store.undo(receipt.batch.unwrap(), By::command_line("ani", super::now())).unwrap();
    assert_eq!(facts(&store), before);
}

#[test]
fn rows_that_a_new_version_lacks_are_named_and_go_when_asked() {
    let store = Store::in_memory().unwrap();
    let rows = [["Semua", "A", "", "", "", ""], ["Semua", "B", "", "", "", ""]];
    run(&store, &[workbook("a.xlsx", &[problems("CATURWULAN II TAHUN 2023", &rows)])]);
    let other_period = workbook("b.xlsx", &[problems("CATURWULAN III TAHUN 2023", &rows[..1])]);
    assert_eq!(run(&store, &[other_period])[0].issues.len(), 0);
    let lacking = workbook("c.xlsx", &[problems("CATURWULAN II TAHUN 2023", &rows[..1])]);
    let receipt = run(&store, std::slice::from_ref(&lacking)).remove(0);
    assert!(receipt.issues[0].message.contains("Caturwulan II 2023, B"), "{:?}", receipt.issues);
    assert_eq!(facts(&store).written.problems.len(), 3);
    let replacing = simpul::app::import::ImportOptions { replace: true, ..options() };
    import(&store, &[lacking], &replacing, &mut |_| {});
    assert_eq!(facts(&store).written.problems.len(), 2);
}

#[test]
fn a_list_of_clusters_is_of_no_puskesmas_and_stands_alone() {
    let store = Store::in_memory().unwrap();
    run(&store, &[clusters("TAHUN 2023", &[["Puskesmas Abcde", "I", ""], ["Puskesmas Bendosari", "I", ""]])]);
    assert_eq!(store.puskesmas().unwrap(), Vec::<String>::new());
    let mixed = workbook(
        "x.xlsx",
        &[
            register(ABCDE, &["Klinik Alvi"]),
            ("Cluster", vec![vec!["TAHUN 2023"], vec!["No", "Puskesmas", "Cluster"], vec!["1", "Abcde", "I"]]),
        ],
    );
    let receipt = run(&store, &[mixed]).remove(0);
    assert!(receipt.error.unwrap().to_string().contains("buku kerja sendiri"));
    run(&store, &all());
    // One Puskesmas' facts, and so the id of its papers, change with its own place alone.
    let own = store.facts(&Scope::Puskesmas(ABCDE.to_owned())).unwrap();
    run(&store, &[clusters("TAHUN 2024", &[["Puskesmas Bendosari", "III", ""]])]);
    assert_eq!(store.facts(&Scope::Puskesmas(ABCDE.to_owned())).unwrap(), own);
}

#[test]
fn a_member_that_nobody_knows_is_asked_about_and_one_that_is_known_comes_in() {
    let store = Store::in_memory().unwrap();
    run(&store, &[workbook("register.xlsx", &[register(ABCDE, &["Klinik Alvi"])])]);
    let list = clusters(
        "TAHUN 2023",
        &[["Puskesmas Abcde", "I", ""], ["Puskesmas Abcdd", "I", ""], ["Puskesmas Bendosari", "I", "Belum ada data"]],
    );
    let receipt = run(&store, std::slice::from_ref(&list)).remove(0);
    let issues: Vec<_> = receipt.issues.iter().map(|issue| (issue.cell.as_str(), issue.code)).collect();
    assert_eq!((receipt.status, issues), (FileStatus::Imported, vec![("B6", "unknown_puskesmas")]));
    let said = &receipt.issues[0].message;
    assert!(said.contains("\"Puskesmas Abcdd\" tidak ada di Simpul") && said.contains("mungkin maksudnya"), "{said}");
    assert!(said.contains("belum ada data"), "{said}");
    let members = || store.clusters().unwrap().into_iter().map(|member| member.puskesmas).collect::<Vec<_>>();
    assert_eq!(members(), ["Puskesmas Abcde", "Puskesmas Bendosari"]);
    // Once its register is here, beside the same list or before it, its row counts.
    let register = workbook("lain.xlsx", &[register("UPT PUSKESMAS ABCDD", &["Klinik Dua"])]);
    let receipts = run(&store, &[list, register]);
    assert_eq!((status(&receipts), &receipts[0].issues), (vec![FileStatus::Imported; 2], &Vec::new()));
    assert_eq!(members(), ["Puskesmas Abcdd", "Puskesmas Abcde", "Puskesmas Bendosari"]);
    // A member of a former list needs no remark.
    let next = run(&store, &[clusters("TAHUN 2024", &[["Puskesmas Bendosari", "II", ""]])]);
    assert_eq!((status(&next), &next[0].issues), (vec![FileStatus::Imported], &Vec::new()));
}

#[test]
fn a_list_before_any_data_is_taken_as_written_and_says_so() {
    let store = Store::in_memory().unwrap();
    let list = clusters("TAHUN 2023", &[["Puskesmas Abcde", "I", ""], ["Puskesmas Bendosari", "I", ""]]);
    let receipt = run(&store, &[list]).remove(0);
    let issues: Vec<_> = receipt.issues.iter().map(|issue| (issue.cell.as_str(), issue.code)).collect();
    assert_eq!((receipt.status, issues), (FileStatus::Imported, vec![("B4", "reading")]));
    assert_eq!(store.clusters().unwrap().len(), 2);
}

#[test]
fn follow_ups_without_names_are_the_districts_only_where_it_is_said() {
    let page = |title: &'static str| {
        let heading = vec!["No", "Rencana Tindak Lanjut", "Tanggal Pelaksanaan"];
        workbook("x.xlsx", &[("RTL", vec![vec![ABCDE], vec![title], heading, vec!["1", "Mengisi RUK", ""]])])
    };
    let store = Store::in_memory().unwrap();
    let refused = run(&store, &[page("RTL TAHUN 2023")]).remove(0);
    assert!(refused.error.unwrap().to_string().contains("tulis TPCB"));
    assert_eq!(status(&run(&store, &[page("TINDAK LANJUT TPCB TAHUN 2023")])), [FileStatus::Imported]);
}

#[test]
fn a_head_of_a_coaching_report_is_no_list_of_clusters() {
    let page = vec![
        vec!["LAPORAN PEMBINAAN TPCB TAHUN 2023"],
        vec!["Puskesmas", ":", "Abcde", "", "Cluster", ":", "I"],
        vec!["No", "Tanggal", "Jenis Pembinaan", "Temuan (Fakta)", "Rekomendasi Puskesmas"],
        vec!["1", "11/7/2023", "Terpadu", "RUK kosong", "Isi"],
    ];
    let store = Store::in_memory().unwrap();
    let receipt = run(&store, &[workbook("x.xlsx", &[("TPCB", page)])]).remove(0);
    assert_eq!(receipt.sheets.iter().map(|sheet| sheet.table).collect::<Vec<_>>(), ["district_visits"]);
    assert_eq!(facts(&store).written.district_visits.len(), 1);
}
