//! `facts`: every fact that counts with the cell that gave it, through the built binary.

use std::fs;

use serde_json::Value;

use crate::support::{Simpul, cases, workbooks};

const REGISTER: &str = "\"UPT PUSKESMAS ABCDE\"\nDAFTAR IDENTIFIKASI\nTAHUN 2023\n\
    No,Nama Jaringan/Jejaring,Jenis,Kelompok\n1,=Apotek Alvi,Apotek,Jejaring\n2,Klinik Wahyu,Klinik,Jejaring\n";

fn visits(rows: &str) -> String {
    format!(
        "\"UPT PUSKESMAS ABCDE\"\nBULAN : MEI 2023\nNo,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,\
         Skor Daftar Tilik,Skor Maksimal\n{rows}"
    )
}

fn import(simpul: &Simpul, name: &str, text: &str) {
    let path = simpul.data().join(name);
    fs::write(&path, text).unwrap();
    let receipt = simpul.import(&[path]);
    assert_eq!(receipt["files"][0]["status"], "imported", "{receipt}");
}

fn facts(simpul: &Simpul, args: &[&str]) -> Vec<Value> {
    let run = simpul.run(["facts"].iter().chain(args));
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_table<'f>(facts: &'f [Value], table: &str) -> Vec<&'f Value> {
    facts.iter().filter(|fact| fact["table"] == table).collect()
}

#[test]
fn the_value_that_counts_is_told_with_its_cell() {
    let simpul = Simpul::new();
    import(&simpul, "daftar.csv", REGISTER);
    import(&simpul, "mei.csv", &visits("1,12/05/2023,Klinik Wahyu,,Ani,40,50\n"));
    let all = facts(&simpul, &[]);
    assert_eq!(all, facts(&simpul, &["--puskesmas", "puskesmas abcde"]), "one Puskesmas is all there is");
    let klinik = of_table(&all, "facilities")[1];
    assert_eq!((&klinik["facility"], &klinik["kind"]), (&"Klinik Wahyu".into(), &"Klinik".into()));
    assert_eq!((&klinik["file"], &klinik["cell"]), (&"daftar.csv".into(), &"B6".into()));
    assert_eq!(klinik["village"], Value::Null);
    let expected = serde_json::json!({
        "table": "visits", "puskesmas": "UPT PUSKESMAS ABCDE", "facility": "Klinik Wahyu", "date": "2023-05-12",
        "month": "2023-05", "form": null, "coach": "Ani", "points": 40.0, "maximum": 50.0, "attendance_list": false,
        "minutes": false, "photos": false, "aspect": null, "finding": null, "file": "mei.csv", "sheet": "CSV",
        "cell": "B4",
    });
    assert_eq!(of_table(&all, "visits"), [&expected]);

    // A correction counts, and its former version's rows that it does not bring still do.
    let corrected = visits("1,13/05/2023,Klinik Wahyu,,Ani,,\n2,12/05/2023,Klinik Wahyu,,Ani,45,50\n");
    import(&simpul, "mei-baru.csv", &corrected);
    let now = facts(&simpul, &["--file", "MEI-BARU.csv"]);
    let told: Vec<_> = now.iter().map(|fact| (&fact["date"], &fact["points"], &fact["cell"])).collect();
    let (first, second) =
        (("2023-05-12".into(), 45.0.into(), "B5".into()), ("2023-05-13".into(), Value::Null, "B4".into()));
    assert_eq!(told, [(&first.0, &first.1, &first.2), (&second.0, &second.1, &second.2)]);
    assert!(facts(&simpul, &["--file", "mei.csv"]).is_empty(), "every value of it was corrected");
}

#[test]
fn a_month_follows_from_counts_since_january_in_any_order() {
    let simpul = Simpul::new();
    import(&simpul, "daftar.csv", REGISTER);
    let services =
        "TAHUN 2023\nKode,Indikator,Target (%),Bobot,Arah,Agregasi\nK1,Kunjungan ibu hamil,95,1,Naik,Jumlah\n";
    import(&simpul, "indikator.csv", &format!("\"UPT PUSKESMAS ABCDE\"\n{services}"));
    let recap = |month: &str, count: u32| {
        format!(
            "\"UPT PUSKESMAS ABCDE\"\nCAPAIAN KUMULATIF S/D BULAN {month} 2023\nINDIKATOR : K1\n\
             No,Nama Jaringan/Jejaring,Sasaran,Capaian,%\n1,Klinik Wahyu,88,{count},\n"
        )
    };
    import(&simpul, "mei.csv", &recap("MEI", 35));
    let months = || {
        let all = facts(&simpul, &[]);
        let shown =
            |fact: &&Value| format!("{} {} {} {}", fact["month"], fact["numerator"], fact["cumulative"], fact["cell"]);
        of_table(&all, "achievements").iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(months(), [r#""2023-05" null 35.0 "D5""#]);
    import(&simpul, "april.csv", &recap("APRIL", 28));
    assert_eq!(months(), [r#""2023-04" null 28.0 "D5""#, r#""2023-05" 7.0 35.0 "D5""#]);
    import(&simpul, "april-betul.csv", &recap("APRIL", 30));
    assert_eq!(months()[1], r#""2023-05" 5.0 35.0 "D5""#);
    let told_of = |name: &str, text: &str| {
        let path = simpul.data().join(name);
        fs::write(&path, text).unwrap();
        simpul.import(&[path])["files"][0]["issues"].to_string()
    };
    let told = told_of("juni.csv", &recap("JUNI", 34));
    assert!(told.contains("kumulatif K1 turun dari 35 (s/d Mei 2023) menjadi 34 (s/d Juni 2023)"), "{told}");
    assert_eq!(months()[2], r#""2023-06" null 34.0 "D5""#);
    let told = told_of("april-lagi.csv", &recap("APRIL", 36));
    assert!(told.contains("s/d April 2023 adalah 36, lebih dari 35 yang sudah diimpor s/d Mei 2023"), "{told}");
    assert_eq!(months()[1], r#""2023-05" null 35.0 "D5""#);
}

#[test]
fn csv_has_one_heading_and_disarms_formulas() {
    let simpul = Simpul::new();
    let nothing = simpul.run(["facts", "--format", "csv"]);
    assert_eq!((nothing.status, nothing.stdout.lines().count()), (0, 1), "headings alone");
    import(&simpul, "daftar.csv", REGISTER);
    let run = simpul.run(["facts", "--format", "csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("table,puskesmas,facility,name,kind"), "{}", lines[0]);
    assert!(lines[1].starts_with("facilities,UPT PUSKESMAS ABCDE,'=Apotek Alvi,'=Apotek Alvi,Apotek"), "{}", lines[1]);
    let commas = |line: &&str| line.matches(',').count();
    assert!(lines.iter().all(|line| commas(line) == commas(&lines[0])), "{lines:?}");
    let unknown = simpul.run(["facts", "--puskesmas", "Lain"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.stderr.contains("yang ada: UPT PUSKESMAS ABCDE"), "{}", unknown.stderr);
}

#[test]
fn every_table_of_a_year_is_told_and_every_fact_has_its_cell() {
    let simpul = Simpul::new();
    let case = cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    simpul.import(&workbooks(&case));
    let all = facts(&simpul, &[]);
    for table in
        ["facilities", "services", "slots", "changes", "visits", "follow_ups", "lokmin", "reports", "achievements"]
    {
        assert!(!of_table(&all, table).is_empty(), "{table}");
    }
    for fact in &all {
        assert!(fact["cell"].is_string() && fact["sheet"].is_string() && fact["file"].is_string(), "{fact}");
    }
    assert_eq!(all, facts(&simpul, &[]), "the same order each time");
}

/// A plan of one facility with the row of what was done below it, and ticks of another.
const REALISED: [(&str, &str); 2] = [
    (
        "rencana.csv",
        "\"UPT PUSKESMAS ABCDE\"\nRENCANA DAN REALISASI PEMBINAAN TAHUN 2023\n\
         No,Nama Faskes,Ket,Jan,Feb,Mar,Apr,Mei,Jun\n1,Klinik Wahyu,R,,√,,,√,\n,,L,,√,,,,14\n",
    ),
    (
        "centang.csv",
        "\"UPT PUSKESMAS ABCDE\"\nREKAP PEMBINAAN TAHUN 2023\n\
         No,Nama Faskes,Jan,Feb,Mar,Apr,Mei,Jun\n1,Apotek Alfi Jaya,v,,x,v,,\n",
    ),
];

#[test]
fn a_visit_of_a_month_has_no_date_in_facts_and_serves_its_slot() {
    let simpul = Simpul::new();
    import(&simpul, "daftar.csv", &REGISTER.replace("=Apotek Alvi", "Apotek Alfi Jaya"));
    for (name, text) in REALISED {
        import(&simpul, name, text);
    }
    let all = facts(&simpul, &[]);
    let told: Vec<String> = of_table(&all, "visits")
        .iter()
        .map(|fact| format!("{} {} {} {}", fact["facility"], fact["date"], fact["month"], fact["cell"]))
        .collect();
    let expected = [
        r#""Apotek Alfi Jaya" null "2023-01" "C4""#,
        r#""Apotek Alfi Jaya" null "2023-04" "F4""#,
        r#""Klinik Wahyu" null "2023-02" "E5""#,
        r#""Klinik Wahyu" "2023-06-14" "2023-06" "I5""#,
    ];
    assert_eq!(told, expected);
    let run = simpul.run(["evaluate", "2023-S1", "--format", "json"]);
    let evaluation: Value = serde_json::from_str(&run.stdout).unwrap();
    let klinik = &evaluation["facilities"][1];
    let slots: Vec<String> =
        klinik["slots"].as_array().unwrap().iter().map(|slot| format!("{} {}", slot["visit"], slot["state"])).collect();
    assert_eq!(slots, [r#""2023-02" "on_schedule""#, r#""2023-06-14" "late""#]);
    assert_eq!(klinik["indicators"]["CAK"]["numerator"], 2.0);
    assert_eq!(evaluation["facilities"][0]["unscheduled"], serde_json::json!(["2023-01", "2023-04"]));
}

#[test]
fn the_person_of_a_slot_and_the_reason_of_a_change_are_facts() {
    let simpul = Simpul::new();
    import(&simpul, "daftar.csv", REGISTER);
    let plan = "JADWAL PEMBINAAN TAHUN 2023\nNo,Nama Jaringan/Jejaring,Jan,Feb,Mar,Penanggung Jawab\n";
    import(&simpul, "jadwal.csv", &format!("\"UPT PUSKESMAS ABCDE\"\n{plan}1,Klinik Wahyu,X,,X,Ani\n"));
    let head = "No,Jaringan/Jejaring,Jadwal Pelaksanaan,Perubahan Jadwal,Ket.";
    let changes = format!(
        "\"UPT PUSKESMAS ABCDE\"\nPERUBAHAN JADWAL TAHUN 2023\n{head}\n\
         1,Klinik Wahyu,Januari 2023,Februari 2023,Permintaan klinik\n2,Klinik Wahyu,Maret 2023,Dibatalkan,\n"
    );
    import(&simpul, "perubahan.csv", &changes);
    let all = facts(&simpul, &[]);
    let first = serde_json::json!({
        "table": "slots", "puskesmas": "UPT PUSKESMAS ABCDE", "facility": "Klinik Wahyu", "month": "2023-01",
        "person": "Ani", "file": "jadwal.csv", "sheet": "CSV", "cell": "C4",
    });
    assert_eq!(of_table(&all, "slots")[0], &first);
    let moved = serde_json::json!({
        "table": "changes", "puskesmas": "UPT PUSKESMAS ABCDE", "facility": "Klinik Wahyu", "from": "2023-01",
        "to": "2023-02", "cancelled": false, "reason": "Permintaan klinik", "letter_number": null, "approver": null, "file": "perubahan.csv", "sheet": "CSV",
        "cell": "C4",
    });
    assert_eq!(of_table(&all, "changes")[0], &moved);
    assert_eq!(of_table(&all, "changes")[1]["reason"], Value::Null);
    let csv = simpul.run(["facts", "--format", "csv"]).stdout;
    assert!(csv.lines().next().unwrap().contains(",cancelled,reason,person,"), "{csv}");
    assert!(csv.contains("Permintaan klinik"), "{csv}");
}

#[test]
fn a_report_tells_its_day_or_what_is_ticked() {
    let simpul = Simpul::new();
    import(&simpul, "daftar.csv", REGISTER);
    import(
        &simpul,
        "tanggal.csv",
        "\"UPT PUSKESMAS ABCDE\"\nLAPORAN YANG DITERIMA TAHUN 2023\nNo,Nama Faskes,Jan,Feb,Mar\n\
         1,Klinik Wahyu,5/2/2023,8/3/2023,\n",
    );
    import(
        &simpul,
        "centang.csv",
        "\"UPT PUSKESMAS ABCDE\"\nKELENGKAPAN DAN KETEPATAN LAPORAN TAHUN 2023\n\
         No,Nama Faskes,Januari,,Februari,,Maret,\n,,L,T,L,T,L,T\n\
         1,=Apotek Alvi,√,√,√,-,√,\n2,Klinik Wahyu,√,-,√,√,-,-\n",
    );
    let told = |all: &[Value]| -> Vec<String> {
        let of = |fact: &&Value| {
            let fields = ["facility", "month", "received", "complete", "in_time", "file"];
            fields.map(|field| fact[field].to_string().replace('"', "")).join(" ")
        };
        of_table(all, "reports").iter().map(of).collect()
    };
    // The days of the first table say more than the ticks that came later, and say it otherwise.
    let expected = [
        "=Apotek Alvi 2023-01 null true true centang.csv",
        "=Apotek Alvi 2023-02 null true false centang.csv",
        "=Apotek Alvi 2023-03 null true null centang.csv",
        "Klinik Wahyu 2023-01 2023-02-05 true true tanggal.csv",
        "Klinik Wahyu 2023-02 2023-03-08 true false tanggal.csv",
        "Klinik Wahyu 2023-03 null false false centang.csv",
    ];
    assert_eq!(told(&facts(&simpul, &[])), expected);
    let csv = simpul.run(["facts", "--format", "csv"]).stdout;
    let heading: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    assert!(heading.windows(3).any(|three| three == ["received", "complete", "in_time"]), "{heading:?}");
    let run = simpul.run(["evaluate", "2023-C1", "--format", "json"]);
    let total = &serde_json::from_str::<Value>(&run.stdout).unwrap()["total"]["indicators"];
    let pair = |code: &str| (total[code]["numerator"].as_f64(), total[code]["denominator"].as_f64());
    // Due in February, March and April; Apotek Alvi's of March came nobody knows when.
    assert_eq!((pair("KLP"), pair("TPT")), ((Some(5.0), Some(6.0)), (Some(2.0), Some(5.0))));
}
