//! Recaps of an independent hand, and the smallest ones of one habit each: every fact that a careful reader would write
//! down is there, nothing else is, and what is not there is asked about.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::Simpul;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks/recaps")
}

/// What a recap brings after the register and the indicators: its facts and its issues.
struct Brought {
    facts: Vec<Value>,
    issues: Vec<Value>,
}

impl Brought {
    fn of(file: &str) -> Self {
        let simpul = Simpul::new();
        let path = folder().join(file);
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let registers = ["00-identifikasi.xlsx", "00-indikator.xlsx"].map(|name| folder().join(name));
        if !registers.contains(&path) && !name.starts_with('A') {
            simpul.import(&registers);
        }
        let path = path.to_str().unwrap();
        let run = simpul.run(["import", "--puskesmas", "Karangjati", "--format", "json", path]);
        let receipt: Value = serde_json::from_str(&run.stdout).unwrap();
        let issues = receipt["files"][0]["issues"].as_array().unwrap().clone();
        let run = simpul.run(["facts", "--file", &name]);
        let facts = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        Self { facts, issues }
    }

    fn of_table(&self, table: &str) -> Vec<&Value> {
        self.facts.iter().filter(|fact| fact["table"] == table).collect()
    }

    fn errors(&self) -> usize {
        self.issues.iter().filter(|issue| issue["severity"] == "error").count()
    }

    fn has(&self, code: &str) -> bool {
        self.issues.iter().any(|issue| issue["code"] == code)
    }
}

fn table_of(expected: &str) -> &'static str {
    match expected {
        "faskes" => "facilities",
        "indikator" => "services",
        "kinerja" => "decree",
        "jadwal" => "slots",
        "pembinaan" => "visits",
        "rtl" => "follow_ups",
        "laporan" => "reports",
        "capaian" => "achievements",
        other => unreachable!("{other}"),
    }
}

fn is_same(fact: &Value, meant: &Value, expected: &str) -> bool {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
    let is = |own: &str, other: &str| text(&fact[own]) == text(&meant[other]);
    let is_number = |own: &str, other: &str| fact[own].as_f64() == meant[other].as_f64();
    match expected {
        "faskes" => is("name", "faskes") && is("kind", "jenis") && is("village", "desa"),
        "indikator" => is("code", "kode") && is_number("target", "target"),
        "kinerja" => is_number("target", "target"),
        "jadwal" => is("facility", "faskes") && is("month", "bulan"),
        "pembinaan" => {
            let is_then = if meant["tanggal"].is_string() { is("date", "tanggal") } else { is("month", "bulan") };
            let proved: String = ["attendance_list", "minutes", "photos"]
                .iter()
                .map(|field| if fact[*field] == true { '1' } else { '0' })
                .collect();
            is("facility", "faskes")
                && is_then
                && (meant["skor"].is_null() || is_number("points", "skor"))
                && meant["bukti"].as_str().is_none_or(|bukti| bukti == proved)
        }
        "rtl" => {
            let due = text(&fact["due"]);
            is("facility", "faskes") && is("item", "uraian") && due.starts_with(&text(&meant["tenggat"]))
        }
        "laporan" => {
            is("facility", "faskes")
                && is("month", "bulan")
                && fact["received"].is_null()
                && fact["complete"] == meant["lengkap"]
                && fact["in_time"] == meant["tepat"]
        }
        "capaian" => {
            let own = if meant["bulan_ini"].is_null() { "num" } else { "bulan_ini" };
            let people = if meant["sasaran"].is_null() { "den" } else { "sasaran" };
            is("facility", "faskes")
                && is("indicator", "indikator")
                && is("month", "bulan")
                && is_number("numerator", own)
                && is_number("denominator", people)
                && (meant["kumulatif"].is_null() || is_number("cumulative", "kumulatif"))
        }
        other => unreachable!("{other}"),
    }
}

/// A recap of which something is asked instead of read: the table, and how many facts of it.
struct Asked {
    file: &'static str,
    table: &'static str,
    facts: usize,
}

/// What no form can hold yet: follow-ups without a day by which they are due.
const ASKED: [Asked; 2] = [
    Asked { file: "D23-rekap-merge-dan-kosong", table: "rtl", facts: 18 },
    Asked { file: "E39-rtl-status", table: "rtl", facts: 1 },
];

#[test]
fn recaps_of_an_independent_hand_bring_what_a_careful_reader_sees() {
    let mut files = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(name) = name.strip_suffix(".expected.json") else { continue };
        let expected: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let brought = Brought::of(expected["file"].as_str().unwrap());
        files += 1;
        for (sort, meant) in expected["facts"].as_object().unwrap() {
            let meant = meant.as_array().unwrap();
            let asked = ASKED.iter().find(|asked| asked.file == name && asked.table == sort);
            let asked = asked.map_or(0, |asked| asked.facts);
            let stored = brought.of_table(table_of(sort));
            let wrong: Vec<&&Value> =
                stored.iter().filter(|fact| !meant.iter().any(|meant| is_same(fact, meant, sort))).collect();
            assert!(wrong.is_empty(), "{name} {sort}: {wrong:#?}");
            let found = meant.iter().filter(|meant| stored.iter().any(|fact| is_same(fact, meant, sort))).count();
            assert_eq!((found, stored.len()), (meant.len() - asked, meant.len() - asked), "{name} {sort}");
        }
        let is_asked = ASKED.iter().any(|asked| asked.file == name);
        assert_eq!(is_asked, brought.errors() > 0, "{name}: {:#?}", brought.issues);
    }
    assert_eq!(files, 14);
}

/// Facts of a table of a smallest recap, in few words.
fn told(brought: &Brought, table: &str, fields: &[&str]) -> Vec<String> {
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line = |fact: &&Value| fields.iter().map(|field| shown(&fact[*field])).collect::<Vec<_>>().join(" ");
    brought.of_table(table).iter().map(line).collect()
}

#[test]
fn a_score_is_never_read_ten_times_too_large() {
    for file in ["M01-skor-tanpa-maksimal.xlsx", "M08-skor-persen.xlsx"] {
        let brought = Brought::of(&format!("minimal/{file}"));
        assert_eq!(told(&brought, "visits", &["date", "points", "maximum"]), ["2025-05-06 85.0 100.0"], "{file}");
        assert!(brought.has("reading") && brought.errors() == 0, "{file}");
    }
}

#[test]
fn kinds_and_villages_come_from_sections_merges_and_dittos() {
    for (file, kinds) in [
        ("M02-seksi-romawi.xlsx", ["Apotek Waras Apotek", "Pustu Ngasem Pustu"]),
        ("M09-idem-jenis.xlsx", ["Pustu Kedungrejo Pustu", "Pustu Ngasem Pustu"]),
        ("M10-jenis-gabung.xlsx", ["Pustu Kedungrejo Pustu", "Pustu Ngasem Pustu"]),
    ] {
        let simpul = Simpul::new();
        simpul.import(&[folder().join("minimal").join(file)]);
        let run = simpul.run(["facts"]);
        let facts = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let brought = Brought { facts, issues: Vec::new() };
        assert_eq!(told(&brought, "facilities", &["name", "kind"]), kinds, "{file}");
    }
}

#[test]
fn colours_and_strikes_are_marks_and_doubts() {
    let coloured = Brought::of("minimal/M03-jadwal-warna.xlsx");
    assert_eq!(told(&coloured, "slots", &["month"]), ["2025-03", "2025-09"]);
    assert!(coloured.has("reading"));
    let struck = Brought::of("minimal/M04-baris-dicoret.xlsx");
    assert_eq!(told(&struck, "visits", &["facility"]), ["Pustu Ngasem"]);
    assert!(struck.has("struck_row"));
}

#[test]
fn achievements_are_of_their_month_and_indicator() {
    let fields = ["facility", "indicator", "month", "numerator", "denominator"];
    let cumulative = Brought::of("minimal/M05-kumulatif-tiap-bulan.xlsx");
    let expected: Vec<String> = (1..6).map(|month| format!("Pustu Ngasem K1 2025-{month:02} 7.0 88.0")).collect();
    assert_eq!(told(&cumulative, "achievements", &fields), expected);
    let long = Brought::of("minimal/M06-kolom-indikator.xlsx");
    let expected = ["Pustu Kedungrejo ASI 2025-06 22.0 40.0", "Pustu Ngasem D/S 2025-06 170.0 200.0"];
    assert_eq!(told(&long, "achievements", &fields), expected);
    let shared = Brought::of("minimal/M15-sasaran-bersama.xlsx");
    let expected = ["Pustu Ngasem K1 2025-05 7.0 88.0", "Pustu Ngasem K6 2025-05 6.0 88.0"];
    assert_eq!(told(&shared, "achievements", &fields), expected);
    let villages = Brought::of("minimal/M20-per-desa.xlsx");
    assert_eq!(told(&villages, "achievements", &fields), ["Pustu Ngasem K1 2025-05 7.0 88.0"]);
    let forgotten = Brought::of("minimal/M21-judul-bulan-lupa.xlsx");
    let expected = ["2025-01 7.0", "2025-02 8.0", "2025-03 9.0"];
    assert_eq!(told(&forgotten, "achievements", &["month", "numerator"]), expected);
    for brought in [cumulative, shared, villages, forgotten] {
        assert!(brought.has("reading") && brought.errors() == 0, "{:#?}", brought.issues);
    }
}

#[test]
fn a_copy_of_a_sheet_with_other_values_is_asked_about() {
    let brought = Brought::of("minimal/M07-lembar-salinan.xlsx");
    assert!(brought.facts.is_empty() && brought.has("conflict"), "{:?}", brought.facts);
}

#[test]
fn days_are_of_the_year_and_month_that_was_meant() {
    for (file, days) in [
        ("M12-judul-tahun-lama.xlsx", &["2025-05-06", "2025-05-08"][..]),
        ("M13-tanggal-terbalik.xlsx", &["2025-06-03", "2025-06-17"]),
        ("M23-tanggal-as.csv", &["2025-05-06", "2025-05-08", "2025-05-14", "2025-05-20"]),
    ] {
        let brought = Brought::of(&format!("minimal/{file}"));
        let mut found = told(&brought, "visits", &["date"]);
        found.sort();
        assert_eq!(found, days, "{file}");
        assert!(brought.has("reading") && brought.errors() == 0, "{file}");
    }
    let spelt = Brought::of("minimal/M22-agst.xlsx");
    // The same day and facility twice: the second is named.
    assert_eq!((spelt.of_table("visits").len(), spelt.errors()), (14, 1));
}

#[test]
fn blanks_marks_and_formulas_are_no_numbers() {
    let blanks = Brought::of("minimal/M14-absensi-kosong.xlsx");
    assert!(blanks.of_table("lokmin").iter().all(|fact| fact["attended"] == true) && blanks.has("reading"));
    let ticks = Brought::of("minimal/M17-rekap-centang.xlsx");
    assert_eq!(told(&ticks, "visits", &["date", "month"]), ["null 2025-02", "null 2025-04"]);
    let formulas = Brought::of("minimal/M19-rumus-tanpa-nilai.xlsx");
    assert!(formulas.facts.is_empty() && formulas.errors() == 1);
}

#[test]
fn follow_ups_come_from_visits_and_statuses() {
    let fields = ["facility", "item", "due", "done"];
    let beside = Brought::of("minimal/M11-rtl-di-rekap.xlsx");
    assert_eq!(told(&beside, "follow_ups", &fields), ["Pustu Ngasem Isi kohort 2025-06-30 null"]);
    let statuses = Brought::of("minimal/M16-rtl-belum.xlsx");
    let expected = ["Pustu Kedungrejo Kalibrasi 2025-06-30 2025-06-02", "Pustu Ngasem Isi kohort 2025-06-01 null"];
    assert_eq!(told(&statuses, "follow_ups", &fields), expected);
    let indicator = Brought::of("minimal/M18-indikator-tanpa-agregasi.xlsx");
    assert_eq!(told(&indicator, "services", &["code", "target"]), ["K1 100.0"]);
}
