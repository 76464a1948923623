//! Every kind of paper in every format, opened by programs that wrote none of it and share nothing with our readers:
//! pdftotext reads the PDF, LibreOffice opens DOCX and XLSX, and each says what the evaluation's JSON says.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use simpul::domain::format;

use super::read_back::{figures_of, paper, pdf_lines, stand_in};
use crate::support::{Simpul, workbooks};

/// Every kind with a period that it is made for.
const KINDS: [(&str, &str); 9] = [
    ("evaluasi", "2023-C2"),
    ("pelaksanaan", "2023-C2"),
    ("identifikasi", "2023-C2"),
    ("jadwal", "2023-C2"),
    ("lokmin", "2023-08"),
    ("notulen", "2023-08"),
    ("tpcb", "2023-C2"),
    ("tpcb-cluster", "2023-C2"),
    ("akreditasi", "2023-C2"),
];
/// All sheets of a workbook, values as they are stored, cells of text in quotes where they need them.
const EVERY_SHEET: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/// A worked case with every paper of it, opened by the other programs.
struct Office {
    simpul: Simpul,
    /// Rows of cells, by file and sheet (`evaluasi-Rincian angka`).
    sheets: BTreeMap<String, Vec<Vec<String>>>,
    /// Lines of each kind's PDF, and of its DOCX.
    printed: BTreeMap<&'static str, [(&'static str, Vec<String>); 2]>,
}

impl Office {
    fn open() -> Self {
        let simpul = Simpul::new();
        simpul.import(&workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023")));
        for (kind, period) in KINDS {
            if kind == "akreditasi" {
                unpack_index(&paper(&simpul, kind, period, "zip"));
                continue;
            }
            for ending in ["pdf", "docx", "xlsx"] {
                paper(&simpul, kind, period, ending);
            }
        }
        let of = |ending: &str| KINDS.map(|(kind, _)| simpul.data().join(format!("{kind}.{ending}")));
        convert(simpul.data(), "pdf", "dari-docx", &of("docx"));
        convert(simpul.data(), EVERY_SHEET, "dari-xlsx", &of("xlsx"));
        let mut sheets = BTreeMap::new();
        for entry in fs::read_dir(simpul.data().join("dari-xlsx")).unwrap() {
            let path = entry.unwrap().path();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&path).unwrap();
            let rows = reader.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
            sheets.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), rows);
        }
        let lines = |folder: &str, kind: &str| pdf_lines(&simpul.data().join(folder).join(format!("{kind}.pdf")));
        let printed = |(kind, _)| (kind, [("PDF", lines("", kind)), ("DOCX", lines("dari-docx", kind))]);
        let printed = KINDS.into_iter().map(printed).collect();
        Self { simpul, sheets, printed }
    }

    /// Lines of the PDF, and those of the DOCX as LibreOffice prints it.
    fn printed(&self, kind: &str) -> &[(&'static str, Vec<String>); 2] {
        &self.printed[kind]
    }

    fn rows(&self, sheet: &str) -> &[Vec<String>] {
        self.sheets.get(sheet).expect("a sheet of that name")
    }

    fn evaluated(&self, period: &str) -> Value {
        let run = self.simpul.run(["evaluate", period, "--format", "json"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    /// In every format a line that begins with `name` and goes on with these words.
    #[track_caller]
    fn says(&self, (kind, sheet): (&str, &str), name: &str, words: &[String]) {
        for (format, lines) in self.printed(kind) {
            let said = lines.iter().any(|line| line.contains(name) && stand_in(line, words));
            assert!(said, "{kind} {format}: no line with {name} {words:?}");
        }
        let rows = self.rows(&format!("{kind}-{sheet}"));
        assert!(rows.iter().any(|row| row.iter().any(|cell| cell == name)), "{kind} XLSX: no row {name}");
    }
}

fn unpack_index(zip: &Path) {
    let mut archive = zip::ZipArchive::new(File::open(zip).unwrap()).unwrap();
    for ending in ["pdf", "docx", "xlsx"] {
        let mut bytes = Vec::new();
        archive.by_name(&format!("00-indeks.{ending}")).unwrap().read_to_end(&mut bytes).unwrap();
        File::create(zip.with_extension(ending)).unwrap().write_all(&bytes).unwrap();
    }
}

/// Lets LibreOffice open these files and write them anew; asserts that it could, each of them.
pub(super) fn convert(folder: &Path, into: &str, below: &str, files: &[PathBuf]) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("libreoffice").display());
    let out = folder.join(below);
    let output = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", into, "--outdir"])
        .arg(&out)
        .args(files)
        .output()
        .expect("LibreOffice is there: tests/run.sh installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for file in files {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let is_made = |path: &Path| path.file_stem().is_some_and(|made| made.to_string_lossy().starts_with(&stem));
        let made = fs::read_dir(&out).unwrap().any(|entry| is_made(&entry.unwrap().path()));
        assert!(made, "LibreOffice did not open {}", file.display());
    }
}

fn names_and_blocks<'v>(evaluation: &'v Value, total: &'v str) -> Vec<(&'v str, &'v Value)> {
    let facilities = evaluation["facilities"].as_array().unwrap().iter();
    let named = facilities.map(|facility| (facility["name"].as_str().unwrap(), facility));
    named.chain([(total, &evaluation["total"])]).collect()
}

#[track_caller]
fn same(found: &str, expected: Option<f64>, what: &str) {
    let found: Option<f64> = found.parse().ok();
    let is_same = match (found, expected) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * other.abs().max(1.0),
        (one, other) => one == other,
    };
    assert!(is_same, "{what}: {found:?} instead of {expected:?}");
}

/// Every figure of an evaluation stands in the table of facilities of each format, and unrounded with its counts in the
/// workbook's *Rincian angka*.
fn figures_are_the_evaluation_s(office: &Office, (kind, period): (&str, &str), sheet: &str) {
    let evaluation = office.evaluated(period);
    for (name, block) in names_and_blocks(&evaluation, "Semua faskes") {
        office.says((kind, sheet), name, &figures_of(block));
    }
    let rows = office.rows(&format!("{kind}-Rincian angka"));
    for (name, block) in names_and_blocks(&evaluation, "TOTAL") {
        let of = |code: &str| rows.iter().find(|row| row[0] == name && row[2] == code).unwrap();
        same(&of("SKOR")[5], block["score"].as_f64(), name);
        for (code, figure) in [&block["indicators"], &block["service"]].iter().flat_map(|all| all.as_object().unwrap())
        {
            let (row, what) = (of(code), format!("{kind} {name} {code}"));
            same(&row[5], figure["value"].as_f64(), &what);
            same(&row[6], figure["target"].as_f64(), &what);
            same(&row[7], figure["performance"].as_f64(), &what);
            if figure["denominator"].as_f64().is_some_and(|denominator| denominator > 0.0) {
                same(&row[3], figure["numerator"].as_f64(), &what);
                same(&row[4], figure["denominator"].as_f64(), &what);
            }
        }
    }
}

/// A facility stands in the PWS table of every service indicator that it reported, and in no other; where it has a cumulative figure, that is the
/// year's as of the month's end. (Of an indicator that shows the last month, PWS takes this month's or none.)
fn pws_is_the_year_s_so_far(office: &Office) {
    let run = office.simpul.run(["evaluate", "2023", "--as-of", "2023-08-31", "--format", "json"]);
    let evaluation: Value = serde_json::from_str(&run.stdout).unwrap();
    let services = evaluation["total"]["service"].as_object().unwrap().len();
    let rows = office.rows("lokmin-Pemantauan wilayah setempat");
    let mut compared = 0;
    for (name, block) in names_and_blocks(&evaluation, "Puskesmas") {
        let of_name: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == name).collect();
        let reported = block["service"].as_object().unwrap();
        assert!(of_name.len() <= services && of_name.len() >= reported.len(), "{name}: {} rows", of_name.len());
        let figures = reported.values();
        let expected: Vec<f64> = figures.filter_map(|figure| figure["value"].as_f64()).collect();
        for found in of_name.iter().filter_map(|row| row[1].parse::<f64>().ok()) {
            assert!(expected.iter().any(|value| (value - found).abs() < 1e-9), "{name}: {found} in {expected:?}");
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

/// One row for every visit of the period, of whatever slot.
fn visits_are_the_evaluation_s(office: &Office) {
    let evaluation = office.evaluated("2023-C2");
    let mut visits = Vec::new();
    for facility in evaluation["facilities"].as_array().unwrap() {
        let name = facility["name"].as_str().unwrap();
        let served = facility["slots"].as_array().unwrap().iter().filter_map(|slot| slot["visit"].as_str());
        let others = facility["unscheduled"].as_array().unwrap().iter().filter_map(Value::as_str);
        let within = served.chain(others).filter(|day| ("2023-05-01"..="2023-08-31").contains(day));
        visits.extend(within.map(|day| (name, day.parse::<simpul::domain::Date>().unwrap())));
    }
    assert!(visits.len() > 5, "{visits:?}");
    for (name, day) in &visits {
        let words: Vec<String> = format::date(*day).split(' ').map(ToOwned::to_owned).collect();
        for (format, lines) in office.printed("pelaksanaan") {
            let said = lines.iter().any(|line| line.contains(name) && stand_in(line, &words));
            assert!(said, "{format}: no visit of {name} on {day}");
        }
    }
    let rows = office.rows("pelaksanaan-Kunjungan pembinaan");
    let is_visit = |row: &&Vec<String>| row[0].parse::<u32>().is_ok();
    let mut found: Vec<(String, String)> =
        rows.iter().filter(is_visit).map(|row| (row[2].clone(), row[1].clone())).collect();
    let day = |day: &simpul::domain::Date| day.format("%d/%m/%Y").to_string();
    let mut expected: Vec<(String, String)> =
        visits.iter().map(|(name, date)| ((*name).to_owned(), day(date))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    // Points of each visit that has any: their sums are the indicator's.
    let sum =
        |column: usize| -> f64 { rows.iter().filter(is_visit).filter_map(|row| row[column].parse::<f64>().ok()).sum() };
    let checklist = &evaluation["total"]["indicators"]["DTK"];
    assert_eq!((Some(sum(6)), Some(sum(7))), (checklist["numerator"].as_f64(), checklist["denominator"].as_f64()));
}

/// The matrix says of every facility what its slots say.
fn plan_is_the_evaluation_s(office: &Office) {
    let evaluation = office.evaluated("2023-C2");
    let rows = office.rows("jadwal-Jadwal");
    for facility in evaluation["facilities"].as_array().unwrap() {
        let name = facility["name"].as_str().unwrap();
        let slots = facility["slots"].as_array().unwrap();
        let mut marks: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for slot in slots {
            let planned = slot["planned"].as_str().unwrap();
            let effective = slot["effective"].as_str();
            let mark = match effective {
                None => "B",
                Some(month) if month == planned => "X",
                Some(_) => "(X)",
            };
            marks.entry(planned.to_owned()).or_default().push(mark);
            if let Some(month) = effective.filter(|month| *month != planned) {
                marks.entry(month.to_owned()).or_default().push("P");
            }
        }
        let row = rows.iter().find(|row| row[1] == name).unwrap();
        for number in 1..=12_usize {
            let month = format!("2023-{number:02}");
            let mut expected = marks.remove(&month).unwrap_or_default();
            let mut found: Vec<&str> = row[2 + number].split_whitespace().collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{name} {month}");
        }
        let kept = slots.iter().filter(|slot| slot["effective"].is_string()).count();
        assert_eq!(row[15], kept.to_string(), "{name}");
        office.says(("jadwal", "Jadwal"), name, &[kept.to_string()]);
    }
}

#[test]
fn other_programs_read_the_evaluation_s_numbers_in_every_paper() {
    let office = Office::open();
    figures_are_the_evaluation_s(&office, ("evaluasi", "2023-C2"), "Indikator setiap faskes");
    figures_are_the_evaluation_s(&office, ("tpcb", "2023-C2"), "Faskes");
    figures_are_the_evaluation_s(&office, ("lokmin", "2023-08"), "Status setiap faskes");
    pws_is_the_year_s_so_far(&office);
    visits_are_the_evaluation_s(&office);
    plan_is_the_evaluation_s(&office);
    let evaluation = office.evaluated("2023-C2");
    // The only Puskesmas is all of them: its row and the pooled one say the same.
    let total = &evaluation["total"];
    let name = evaluation["puskesmas"].as_str().unwrap();
    for name in [name, "Semua Puskesmas"] {
        office.says(("tpcb-cluster", "Perbandingan Puskesmas"), name, &figures_of(total));
    }
    for facility in evaluation["facilities"].as_array().unwrap() {
        let name = facility["name"].as_str().unwrap();
        let kind = facility["kind"].as_str().unwrap().split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
        office.says(("identifikasi", "Daftar identifikasi"), name, &kind);
        office.says(("notulen", "Daftar hadir"), name, &[]);
    }
    for document in ["01-identifikasi", "02-jadwal", "03-pelaksanaan", "05-evaluasi", "07-tpcb"] {
        for (format, lines) in office.printed("akreditasi") {
            assert!(lines.iter().any(|line| line.contains(document)), "{format}: {document}");
        }
        let rows = office.rows("akreditasi-Isi berkas");
        assert!(rows.iter().flatten().any(|cell| cell.contains(document)), "XLSX: {document}");
    }
}
