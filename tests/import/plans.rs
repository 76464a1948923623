//! Sheets of RUK and RPK as offices write them: activities with their programs and exact costs, sums never counted and
//! named where they differ, blank costs never zero.

use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileReceipt, FileStatus};
use simpul::domain::annual_plan::{PlanDocument, PlanProposal};
use simpul::domain::plan_year::YearPlan;
use simpul::store::Store;

use super::flow::{ABCDE, Page, register, workbook};
use super::{facts, run};

/// Imports a sheet beside a register; returns what was told of it, and the proposals.
fn read(name: &str, rows: Vec<Vec<&str>>) -> (FileReceipt, Vec<PlanProposal>) {
    let page: Page<'_> = (name, rows);
    let files = [workbook("register.xlsx", &[register(ABCDE, &["Klinik Alvi"])]), workbook("ruk.xlsx", &[page])];
    let store = Store::in_memory().unwrap();
    let receipts = run(&store, &files);
    let proposals = facts(&store).written.plan_proposals.into_iter().map(|owned| owned.row).collect();
    (receipts.into_iter().nth(1).unwrap(), proposals)
}

fn told(receipt: &FileReceipt) -> Vec<(String, String)> {
    receipt.issues.iter().map(|issue| (issue.cell.clone(), issue.message.clone())).collect()
}

fn costs(proposals: &[PlanProposal]) -> Vec<(&str, &str, Option<&str>)> {
    let cost = |row: &PlanProposal| row.cost.as_ref().map(|cost| cost.digits().to_owned());
    let mut rows: Vec<_> = proposals
        .iter()
        .map(|row| (row.program.as_deref().unwrap_or_default(), row.activity.as_str(), cost(row)))
        .collect();
    rows.sort();
    rows.into_iter().map(|(program, activity, cost)| (program, activity, cost.map(|cost| &*cost.leak()))).collect()
}

fn ruk() -> Vec<Vec<&'static str>> {
    vec![
        vec![ABCDE],
        vec!["RENCANA USULAN KEGIATAN (RUK) TAHUN 2024"],
        vec![],
        vec![
            "No",
            "Upaya Kesehatan",
            "Kegiatan",
            "Tujuan",
            "Sasaran",
            "Target Sasaran",
            "Penanggung Jawab",
            "Waktu Pelaksanaan",
            "Kebutuhan Anggaran",
            "Sumber Pembiayaan",
        ],
        vec!["1", "KIA", "Kelas ibu hamil", "K6 naik", "Ibu hamil", "60", "Ani", "Maret", "Rp 1.250.000,-", "BOK"],
        vec!["2", "", "Kelas balita", "", "Balita", "", "Ani", "", "", "BOK"],
        vec!["", "", "Jumlah KIA", "", "", "", "", "", "1.250.000", ""],
        vec!["3", "Gizi", "Pemantauan garam", "", "Rumah tangga", "", "Budi", "", "Rp. 2.000.000,00", "BLUD"],
        vec!["", "", "JUMLAH SELURUHNYA", "", "", "", "", "", "3.500.000", ""],
        vec![],
        vec!["", "Mengetahui,"],
        vec!["", "Kepala UPT Puskesmas Abcde"],
    ]
}

#[test]
fn activities_are_read_with_their_programs_and_sums_are_compared_and_never_counted() {
    let (receipt, proposals) = read("RUK", ruk());
    assert_eq!(receipt.status, FileStatus::Imported, "{receipt:?}");
    assert_eq!(
        costs(&proposals),
        [
            ("Gizi", "Pemantauan garam", Some("2000000")),
            ("KIA", "Kelas balita", None),
            ("KIA", "Kelas ibu hamil", Some("1250000")),
        ]
    );
    assert!(proposals.iter().all(|row| (row.year, row.document.as_str()) == (2024, "RUK")));
    let told = told(&receipt);
    let of_sum: Vec<&(String, String)> = told.iter().filter(|(_, words)| words.contains("jumlah tertulis")).collect();
    assert_eq!(of_sum.len(), 1, "{told:?}");
    assert_eq!(of_sum[0].0, "I9");
    let sentence = &of_sum[0].1;
    assert!(sentence.contains("tertulis Rp 3.500.000, hasil hitung ulang Rp 3.250.000"), "{sentence}");
    assert!(sentence.contains("1 kegiatan tanpa biaya"), "{sentence}");
}

#[test]
fn a_cost_that_is_no_whole_amount_is_named_and_its_activity_stays() {
    let mut rows = ruk();
    rows[4][8] = "1,5 juta";
    let (receipt, proposals) = read("RUK", rows);
    assert_eq!(proposals.len(), 3);
    assert_eq!(costs(&proposals)[2], ("KIA", "Kelas ibu hamil", None));
    let told = told(&receipt);
    assert!(told.iter().any(|(cell, words)| cell == "I5" && words.contains("bukan rupiah bulat")), "{told:?}");
}

#[test]
fn sections_name_programs_and_months_across_become_words() {
    let mut heading = vec!["No", "Kegiatan", "Volume"];
    heading.extend(["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]);
    heading.extend(["Biaya (Rp)", "Sumber Dana"]);
    let row = |number: &'static str, name: &'static str, months: [usize; 2], cost: &'static str| {
        let mut row = vec![number, name, "12 kali"];
        row.extend((0..12).map(|month| if months.contains(&month) { "√" } else { "" }));
        row.extend([cost, "BOK"]);
        row
    };
    let rows = vec![
        vec![ABCDE],
        vec!["RENCANA PELAKSANAAN KEGIATAN (RPK)"],
        vec!["TAHUN 2023"],
        heading,
        vec!["A", "Promosi Kesehatan"],
        row("1", "Penyuluhan", [0, 2], "500000"),
        row("2", "Total football untuk lansia", [5, 6], "0"),
        vec!["B", "Kesehatan Lingkungan"],
        row("1", "Inspeksi sanitasi", [3, 11], "750.000"),
    ];
    let (receipt, proposals) = read("RPK", rows);
    assert_eq!(
        costs(&proposals),
        [
            ("Kesehatan Lingkungan", "Inspeksi sanitasi", Some("750000")),
            ("Promosi Kesehatan", "Penyuluhan", Some("500000")),
            ("Promosi Kesehatan", "Total football untuk lansia", Some("0")),
        ],
        "{receipt:?}"
    );
    let times: Vec<&str> = proposals.iter().filter_map(|row| row.time.as_deref()).collect();
    assert_eq!(times, ["April, Desember", "Januari, Maret", "Juni, Juli"]);
}

#[test]
fn details_below_an_activity_are_parts_of_its_cost_and_counted_once() {
    let rows = vec![
        vec![ABCDE],
        vec!["RENCANA USULAN KEGIATAN (RUK) TAHUN 2024"],
        vec!["No", "Program", "Kegiatan", "Rincian", "Jumlah", "Sumber Dana"],
        vec!["1", "KIA", "Kelas ibu", "Konsumsi", "300.000", "BOK"],
        vec!["", "", "", "Transport", "200.000", "BOK"],
        vec!["2", "KIA", "Posyandu", "", "900.000", "BOK"],
        vec!["", "", "", "Konsumsi", "500.000", "BOK"],
        vec!["", "", "", "Transport", "450.000", "BLUD"],
    ];
    let (receipt, proposals) = read("RUK", rows);
    assert_eq!(
        costs(&proposals),
        [("KIA", "Kelas ibu", Some("500000")), ("KIA", "Posyandu", Some("950000"))],
        "{receipt:?}"
    );
    let shared = proposals.iter().find(|row| row.activity == "Posyandu").unwrap();
    assert_eq!(shared.fund.as_deref(), Some("BOK: 500.000; BLUD: 450.000"));
    let told = told(&receipt);
    let differs = |(cell, words): &(String, String)| cell == "E6" && words.contains("berjumlah Rp 950.000");
    assert!(told.iter().any(differs), "{told:?}");
}

#[test]
fn a_title_of_both_plans_is_asked_about() {
    let mut rows = ruk();
    rows[1] = vec!["RUK DAN RPK TAHUN 2024"];
    let (receipt, proposals) = read("Lembar 1", rows);
    assert!(proposals.is_empty());
    assert!(told(&receipt).iter().any(|(_, words)| words.contains("menyebut RUK dan RPK sekaligus")), "{receipt:?}");
}

#[test]
fn a_later_version_corrects_costs_and_keeps_what_the_team_said() {
    let reviewed = vec![
        vec![ABCDE],
        vec!["USULAN RUK DAN RPK"],
        vec!["TAHUN 2024"],
        vec!["No", "Dokumen", "Program", "Kegiatan Usulan", "Sasaran", "Biaya (Rp)", "Telaah TPCB", "Catatan TPCB"],
        vec!["1", "RUK", "KIA", "Kelas ibu hamil", "Ibu hamil", "", "Perlu diubah", "Kurangi volume"],
    ];
    let mut later = ruk();
    later[4][8] = "1.000.000";
    let files: Vec<Upload> = vec![
        workbook("register.xlsx", &[register(ABCDE, &["Klinik Alvi"])]),
        workbook("ruk-1.xlsx", &[("RUK", ruk())]),
        workbook("telaah.xlsx", &[("Usulan RUK RPK", reviewed)]),
        workbook("ruk-2.xlsx", &[("RUK", later)]),
    ];
    let store = Store::in_memory().unwrap();
    run(&store, &files);
    let written = facts(&store).written;
    let plan = YearPlan::new(&written, 0, PlanDocument::Proposed, 2024);
    assert_eq!(plan.proposals.len(), 3, "{plan:?}");
    let row = plan.proposals.iter().find(|row| row.activity == "Kelas ibu hamil").unwrap();
    assert_eq!(row.cost.as_ref().map(simpul::domain::exact::Decimal::digits), Some("1000000"));
    assert_eq!((row.verdict.as_deref(), row.note.as_deref()), (Some("Perlu diubah"), Some("Kurangi volume")));
    assert_eq!(plan.cost().words(), "Rp 3.000.000 (1 usulan tanpa biaya tidak terhitung)");
}

#[test]
fn values_that_are_words_of_other_headings_do_not_begin_another_table() {
    let rows = vec![
        vec![ABCDE],
        vec!["USULAN RUK DAN RPK"],
        vec!["TAHUN 2024"],
        vec!["No", "Dokumen", "Program", "Kegiatan Usulan", "Sasaran", "Biaya (Rp)", "Telaah TPCB", "Catatan TPCB"],
        // The first and a later row: a list of reports has the headings Jejaring and Diterima.
        vec!["1", "RUK", "Jejaring", "Pembinaan klinik", "Klinik", "1000000", "Diterima", ""],
        vec!["2", "RUK", "KIA", "Kelas ibu hamil", "Ibu hamil", "", "Perlu diubah", "Kurangi volume"],
        vec!["3", "RUK", "Jejaring", "Pembinaan apotek", "Apotek", "500000", "Diterima", ""],
    ];
    let (receipt, proposals) = read("Usulan RUK RPK", rows);
    let found: Vec<_> = proposals.iter().map(|row| (row.activity.as_str(), row.verdict.as_deref())).collect();
    assert_eq!(found.len(), 3, "{receipt:?}");
    assert!(found.contains(&("Pembinaan klinik", Some("Diterima"))), "{found:?}");
    assert!(found.contains(&("Pembinaan apotek", Some("Diterima"))), "{found:?}");
}

/// Reports whether some sentence holds these words.
fn says(receipt: &FileReceipt, wanted: &str) -> bool {
    told(receipt).iter().any(|(_, words)| words.contains(wanted))
}

#[test]
fn whoever_does_what_the_sentences_say_is_read_as_meant() {
    let mut wrong = ruk();
    wrong[4][8] = "1,5 juta";
    let amount = "tulis angkanya saja, misalnya 1.250.000";
    let sum = "yang dipakai hasil hitung ulang, periksa sel ini";
    let numbered = "beri setiap kegiatan satu baris dengan nomor urut";
    let (receipt, _) = read("RUK", wrong.clone());
    assert!(says(&receipt, amount) && says(&receipt, sum) && says(&receipt, numbered), "{receipt:?}");
    wrong[4][8] = "1.250.000";
    wrong[8][8] = "3.250.000";
    let (receipt, proposals) = read("RUK", wrong);
    assert!(!says(&receipt, amount) && !says(&receipt, sum), "{receipt:?}");
    assert_eq!(costs(&proposals), costs(&read("RUK", ruk()).1));

    let both = |title: &'static str, document: &'static str| {
        let heading = vec!["No", "Tahun Rencana", "Dokumen", "Kegiatan", "Biaya", "Sumber Dana"];
        let heading = heading.into_iter().filter(|name| *name != "Dokumen" || !document.is_empty()).collect();
        let row = vec!["1", "2024", document, "Rapat", "10.000", "BOK"];
        let row = row.into_iter().filter(|cell| !cell.is_empty()).collect();
        vec![vec![ABCDE], vec![title], heading, row]
    };
    let asked = "tulis salah satunya saja di judul, atau tambahkan kolom Dokumen";
    assert!(says(&read("Lembar 1", both("RUK DAN RPK TAHUN 2024", "")).0, asked));
    for (title, document) in [("RPK TAHUN 2024", ""), ("RUK DAN RPK TAHUN 2024", "RPK")] {
        let (receipt, proposals) = read("Lembar 1", both(title, document));
        assert!(!says(&receipt, asked), "{receipt:?}");
        assert_eq!(proposals.iter().map(|row| row.document.as_str()).collect::<Vec<_>>(), ["RPK"], "{receipt:?}");
    }
    let mut unknown = both("RPK TAHUN 2024", "");
    unknown[3][1] = "depan";
    let year = "tulis tahunnya, misalnya 2024, atau kosongkan bila sama dengan judul";
    assert!(says(&read("Lembar 1", unknown.clone()).0, year));
    unknown[3][1] = "";
    let (receipt, proposals) = read("Lembar 1", unknown);
    assert!(!says(&receipt, year) && proposals[0].year == 2024, "{receipt:?}");

    let detailed = |total: &'static str| {
        vec![
            vec![ABCDE],
            vec!["RUK TAHUN 2024"],
            vec!["No", "Kegiatan", "Rincian", "Biaya", "Sumber Dana"],
            vec!["1", "Rapat", "", total, "BOK"],
            vec!["", "", "Konsumsi", "10.000", "BOK"],
        ]
    };
    let differs = "yang dipakai jumlah rinciannya, periksa sel ini";
    assert!(says(&read("RUK", detailed("20.000")).0, differs));
    assert!(!says(&read("RUK", detailed("10.000")).0, differs));
}
