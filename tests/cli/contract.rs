//! Shapes, statuses and sentences of the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use simpul::store::{Scope, Store};

use crate::support::{Simpul, finish};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

#[test]
fn importing_again_changes_nothing() {
    let simpul = Simpul::new();
    let files = [sample("01-identifikasi.xlsx"), sample("02-jadwal.xlsx"), sample("rekap-2023-05.xlsx")];
    let first = simpul.import(&files);
    assert!(first["files"].as_array().unwrap().iter().all(|file| file["status"] == "imported"), "{first}");
    let before = simpul.evaluate("2023-05", "2023-06-30");
    let again = simpul.import(&files);
    assert!(again["files"].as_array().unwrap().iter().all(|file| file["status"] == "unchanged"), "{again}");
    assert_eq!(simpul.evaluate("2023-05", "2023-06-30"), before);
}

#[test]
fn the_history_names_who_imported() {
    let simpul = Simpul::new();
    simpul.import(&[sample("01-identifikasi.xlsx")]);
    let store = Store::open(&simpul.data().join("simpul.db")).unwrap();
    let history = store.history(&Scope::All).unwrap();
    // What a library says that does not know the system.
    assert!(!["", "anonymous"].contains(&history[0].who.to_lowercase().as_str()), "{:?}", history[0]);
}

#[test]
fn receipts_have_the_promised_shape() {
    let simpul = Simpul::new();
    let receipts = simpul.import(&[sample("01-identifikasi.xlsx"), sample("rekap-2023-05.xlsx")]);
    let recap = &receipts["files"][1];
    assert_eq!(recap["error"], serde_json::Value::Null);
    let visits = &recap["sheets"].as_array().unwrap()[0];
    assert_eq!(
        (visits["sheet"].as_str(), visits["table"].as_str(), visits["rows"].as_u64()),
        (Some("Pembinaan"), Some("visits"), Some(7))
    );
    assert_eq!((visits["accepted"].as_u64(), visits["rejected"].as_u64()), (Some(7), Some(0)));
    assert!(recap["issues"].is_array());
}

#[test]
fn a_broken_file_fails_alone_and_the_rest_is_kept() {
    let simpul = Simpul::new();
    let broken = simpul.data().join("rusak.xlsx");
    fs::write(&broken, b"PK\x03\x04 bukan buku kerja").unwrap();
    let args = ["import", "--format", "json"].map(PathBuf::from).into_iter();
    let run = simpul.run(args.chain([broken, simpul.data().join("tidak-ada.xlsx"), sample("01-identifikasi.xlsx")]));
    assert_eq!(run.status, 1, "{}", run.stderr);
    let receipts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let status: Vec<&str> =
        receipts["files"].as_array().unwrap().iter().map(|file| file["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["failed", "failed", "imported"]);
    assert!(receipts["files"][0]["error"].as_str().unwrap().contains("rusak.xlsx"));
}

#[test]
fn a_folder_is_named_as_one_and_a_cause_told_once() {
    let simpul = Simpul::new();
    let args = ["import", "--format", "json"].map(PathBuf::from).into_iter();
    let run = simpul.run(args.chain([simpul.data().to_owned()]));
    assert_eq!(run.status, 1);
    let receipts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let error = receipts["files"][0]["error"].as_str().unwrap().to_owned();
    assert!(error.contains("itu folder"), "{error}");
    let file = simpul.data().join("berkas");
    fs::write(&file, "").unwrap();
    let run = finish(Command::new(env!("CARGO_BIN_EXE_simpul")).arg("--data").arg(&file).args(["evaluate", "2023"]));
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr.matches("os error").count(), 1, "{}", run.stderr);
}

/// As the shells of Windows hand them over; elsewhere where nothing matched.
#[test]
fn names_with_a_star_are_the_files_that_match() {
    let simpul = Simpul::new();
    let folder = simpul.data().join("kiriman 1");
    fs::create_dir(&folder).unwrap();
    for name in ["01-identifikasi.xlsx", "rekap-2023-05.xlsx", "rekap-2023-06.xlsx"] {
        fs::copy(sample(name), folder.join(name)).unwrap();
    }
    fs::write(folder.join("~$rekap-2023-06.xlsx"), "milik Excel").unwrap();
    let args = ["import", "--format", "json"].map(PathBuf::from).into_iter();
    let run = simpul.run(args.chain([folder.join("*.ods"), folder.join("Rekap-2023-0?.xlsx"), folder.join("01*")]));
    let receipts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let files = receipts["files"].as_array().unwrap();
    let names: Vec<_> =
        files.iter().map(|file| (file["file"].as_str().unwrap(), file["status"].as_str().unwrap())).collect();
    let expected = [
        ("*.ods", "failed"),
        ("rekap-2023-05.xlsx", "imported"),
        ("rekap-2023-06.xlsx", "imported"),
        ("01-identifikasi.xlsx", "imported"),
    ];
    assert_eq!((names.as_slice(), run.status), (&expected[..], 1));
    assert!(files[0]["error"].as_str().unwrap().contains("tidak ada; periksa nama"), "{}", files[0]);
}

/// `"D:\simpul data\"`: the quotation goes on behind it.
#[cfg(windows)]
#[test]
fn a_folder_that_swallowed_what_follows_it_is_told_so() {
    let run = finish(Command::new(env!("CARGO_BIN_EXE_simpul")).args(["--data", "simpul data\" check"]));
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("garis miring terbalik"), "{}", run.stderr);
}

#[test]
fn a_file_that_lies_is_refused_in_a_sentence_and_the_rest_is_kept() {
    let simpul = Simpul::new();
    // Two cells in opposite corners: a dense reading would ask for 512 GiB.
    let corners = simpul.data().join("pojok.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "a").unwrap().write(1_048_575, 16_383, "z").unwrap();
    workbook.save(&corners).unwrap();
    let table = simpul.data().join("daftar.csv");
    fs::write(
        &table,
        "UPT PUSKESMAS ABCDE\nTAHUN 2023\nNo;Nama Jaringan/Jejaring;Jenis;Kelompok\n1;Pustu Baru;Pustu;Jaringan\n",
    )
    .unwrap();
    let args = ["import", "--format", "json"].map(PathBuf::from).into_iter();
    let run = simpul.run(args.chain([corners, table]));
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    let receipts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(receipts["files"][0]["status"], "failed", "{receipts}");
    assert!(receipts["files"][0]["error"].as_str().unwrap().contains("pojok.xlsx"), "{receipts}");
    assert_eq!(receipts["files"][1]["sheets"][0]["accepted"], 1, "{receipts}");
}

#[test]
fn an_evaluation_names_puskesmas_period_and_day() {
    let simpul = Simpul::new();
    simpul.import(&[sample("01-identifikasi.xlsx")]);
    let evaluation = simpul.evaluate("2023-C2", "2030-01-01");
    assert_eq!(evaluation["period"], "2023-C2");
    assert_eq!(evaluation["as_of"], "2023-08-31");
    assert!(evaluation["puskesmas"].as_str().unwrap().to_uppercase().contains("ABCDE"));
    let facility = &evaluation["facilities"][0];
    assert_eq!((facility["name"].as_str(), facility["kind"].as_str()), (Some("Apotik Alvi"), Some("Apotek")));
    assert_eq!(facility["indicators"]["LOK"]["numerator"], 0.0);
    assert!(facility["indicators"]["LOK"]["value"].is_null());
    assert!(facility["indicators"]["IND"]["numerator"].is_null());
    assert_eq!(facility["service"], serde_json::json!({}));
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let simpul = Simpul::new();
    let run = simpul.run(["evaluate", "2023-C2"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("belum ada data"), "{}", run.stderr);
    simpul.import(&[sample("01-identifikasi.xlsx")]);
    let run = simpul.run(["evaluate", "2023-C2", "--puskesmas", "Lain"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("UPT PUSKESMAS ABCDE"), "{}", run.stderr);
    let run = simpul.run(["evaluate", "2023-C2", "--puskesmas", "pkm abcde"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    // An address that no machine of ours has; beyond loopback `tests/lan` serves.
    let run = simpul.run(["serve", "--listen", "192.0.2.1:8080"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("alamat 192.0.2.1:8080"), "{}", run.stderr);
    // Nobody named a folder: it is this account's own, here an empty one.
    let home = tempfile::tempdir().unwrap();
    let own = if cfg!(windows) { "LOCALAPPDATA" } else { "XDG_DATA_HOME" };
    let mut unnamed = Command::new(env!("CARGO_BIN_EXE_simpul"));
    let run = finish(unnamed.env(own, home.path()).args(["evaluate", "2023-C2"]));
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("--data FOLDER"), "{}", run.stderr);
    let run = finish(Command::new(env!("CARGO_BIN_EXE_simpul")).args(["evaluate", "2023-C7"]));
    assert_eq!(run.status, 2);
}

#[test]
fn help_is_indonesian() {
    for verb in
        [None, Some("import"), Some("evaluate"), Some("report"), Some("serve"), Some("check"), Some("definitions")]
    {
        let run = finish(Command::new(env!("CARGO_BIN_EXE_simpul")).args(verb).arg("--help"));
        assert_eq!(run.status, 0);
        for english in ["Usage", "Options", "Commands", "Print help", "possible values", "default:"] {
            assert!(!run.stdout.contains(english), "`{english}` in the help of {verb:?}:\n{}", run.stdout);
        }
        assert!(run.stdout.contains("Pemakaian:"), "{}", run.stdout);
    }
}

#[test]
fn check_names_every_problem_at_once() {
    let simpul = Simpul::new();
    let run = simpul.run(["check"]);
    assert_eq!((run.status, run.stdout.contains("Semua baik")), (0, true), "{}{}", run.stdout, run.stderr);
    fs::create_dir_all(simpul.data().join("jobs")).unwrap();
    fs::create_dir_all(simpul.data().join("dashboards")).unwrap();
    fs::write(simpul.data().join("jobs/salah.toml"), "title = \"x\"\ncron = \"99 * * * *\"\nzone = \"WIB\"\n").unwrap();
    fs::write(simpul.data().join("dashboards/salah.toml"), "judul = \"x\"\n").unwrap();
    let run = simpul.run(["check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("jobs/salah.toml:2:"), "{}", run.stdout);
    assert!(run.stdout.contains("dashboards/salah.toml:1:1"), "{}", run.stdout);
}

#[test]
fn keys_of_definition_files_are_told_without_a_data_folder() {
    let run =
        |arguments: &[&str]| finish(Command::new(env!("CARGO_BIN_EXE_simpul")).arg("definitions").args(arguments));
    let schema = run(&["schema", "job"]);
    assert_eq!(schema.status, 0, "{}", schema.stderr);
    let schema: serde_json::Value = serde_json::from_str(&schema.stdout).unwrap();
    assert_eq!(schema["properties"]["limits"]["properties"]["minutes"]["maximum"], 1440);
    let kinds = run(&["schema"]).stdout;
    assert!(kinds.contains("dashboards/*.toml") && kinds.lines().count() == 9, "{kinds}");
    let wrong = run(&["schema", "jobs"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("yang ada: dashboard, job"), "{}", wrong.stderr);
    let reference = run(&["reference"]).stdout;
    assert!(reference.contains("| `if-missed` | salah satu: `\"run-once\"`"), "{reference}");
}

/// What the Notepad of Windows makes of a file: marked as UTF-8, lines with CRLF, a second ending, UTF-16.
#[test]
fn definitions_are_read_as_windows_writes_them() {
    let simpul = Simpul::new();
    let folder = simpul.data().join("dashboards");
    fs::create_dir(&folder).unwrap();
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dashboards/lokmin.toml")).unwrap();
    let text = format!("\u{FEFF}{}", shipped.replace('\n', "\r\n"));
    fs::write(folder.join("rapat.toml"), &text).unwrap();
    let check = simpul.run(["check"]);
    assert_eq!(check.status, 0, "{}", check.stdout);
    fs::write(folder.join("rapat.toml.txt"), &text).unwrap();
    fs::write(folder.join("enam-belas.toml"), text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        .unwrap();
    let check = simpul.run(["check"]);
    assert_eq!(check.status, 1);
    for told in ["rapat.toml.txt:1:1: bukan berkas .toml", "ganti nama", "enam-belas.toml: bukan teks UTF-8", "Notepad"]
    {
        assert!(check.stdout.contains(told), "{told}: {}", check.stdout);
    }
    assert_eq!(simpul.run(["job", "list"]).status, 0, "the rest goes on");
}

#[test]
fn a_template_is_written_and_imports_without_an_issue() {
    let simpul = Simpul::new();
    simpul.import(&[sample("01-identifikasi.xlsx")]);
    let out = simpul.data().join("rekap-2023-05.xlsx");
    let args = ["template", "rekap-bulanan", "--month", "2023-05", "--out", out.to_str().unwrap()];
    let run = simpul.run(args);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let receipt = &simpul.import(std::slice::from_ref(&out))["files"][0];
    assert_eq!((&receipt["status"], receipt["issues"].as_array().unwrap().len()), (&"imported".into(), 0), "{receipt}");
    let again = simpul.run(args);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("sudah ada"), "{}", again.stderr);
    let unknown = simpul.run(["template", "lain", "--out", "x.xlsx"]);
    assert_ne!(unknown.status, 0);
}
