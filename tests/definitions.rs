//! Definition files: every shipped one loads, and each wrong one says where, what, and what to do.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

use std::fs;
use std::path::{Path, PathBuf};

use simpul::definitions::{SHIPPED, SourceFile, check, load};
use simpul::domain::PwsStatus;

/// The museum of wrong definitions: a folder of `tests/invalid` and its snapshot each.
const INVALID: [&str; 14] = [
    "invalid_bad-cron",
    "invalid_bad-job",
    "invalid_bad-period-kind",
    "invalid_clusters-of-nothing",
    "invalid_duplicate-panel",
    "invalid_empty-panels",
    "invalid_missing-title",
    "invalid_negative-weight",
    "invalid_syntax",
    "invalid_two-kinds",
    "invalid_unknown-indicator",
    "invalid_unknown-key",
    "invalid_unknown-zone",
    "invalid_wrong-type",
];

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(toml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source(root: &Path, path: &Path) -> SourceFile {
    let name = path.strip_prefix(root).unwrap().components();
    let name: Vec<_> = name.map(|part| part.as_os_str().to_str().unwrap()).collect();
    SourceFile { name: name.join("/"), text: fs::read_to_string(path).unwrap() }
}

/// The definition files below a folder.
pub fn files_of(root: &Path) -> Vec<SourceFile> {
    toml_files(root).iter().map(|path| source(root, path)).collect()
}

#[test]
fn everything_shipped_is_compiled_in_and_loads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<SourceFile> =
        toml_files(&root.join("dashboards")).iter().map(|path| source(root, path)).collect();
    for folder in ["indicator-sets", "instruments"] {
        files.extend(toml_files(&root.join(folder)).iter().map(|path| source(root, path)));
    }
    files.extend(toml_files(&root.join("jobs")).iter().map(|path| source(root, path)));
    let compiled: Vec<_> = SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let on_disk: Vec<_> = files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    assert_eq!(compiled, on_disk);
    assert_eq!(check(&files), []);

    let (definitions, _) = load(&[]);
    let slugs: Vec<_> = definitions.dashboards.iter().map(|page| page.slug.as_str()).collect();
    assert_eq!(
        slugs,
        [
            "ringkasan",
            "evaluasi",
            "lokmin",
            "perbandingan",
            "peta",
            "rapat-lokmin",
            "rapat-lokmin-tribulanan",
            "faskes",
            "kabupaten",
            "klaster"
        ]
    );
    let jobs: Vec<_> = definitions.jobs.iter().map(|job| job.name.as_str()).collect();
    assert_eq!(jobs, ["cadangan", "evaluasi-caturwulan", "impor-bulanan", "laporan-tpcb", "pengingat"]);
}

#[test]
fn each_wrong_definition_says_where_what_and_what_to_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut folders: Vec<String> =
        fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, INVALID.map(|name| name.strip_prefix("invalid_").unwrap()));
    for (name, folder) in INVALID.iter().zip(folders) {
        let case = root.join(folder);
        let files: Vec<_> = toml_files(&case).iter().map(|path| source(&case, path)).collect();
        let diagnostics = check(&files);
        assert!(!diagnostics.is_empty(), "{name}");
        for diagnostic in &diagnostics {
            assert!(diagnostic.line > 0 && diagnostic.column > 0 && diagnostic.hint.is_some(), "{diagnostic}");
        }
        let rendered: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(*name, rendered.join("\n\n"));
    }
}

#[test]
fn a_file_of_the_same_name_replaces_one_and_a_new_name_adds_one() {
    let page = |name: &str, title: &str| SourceFile {
        name: format!("dashboards/{name}.toml"),
        text: format!(
            "title = \"{title}\"\nquestion = \"?\"\nscope = \"puskesmas\"\nperiods = [\"month\"]\n[[panel]]\n[panel.lead]\n"
        ),
    };
    let (definitions, diagnostics) = load(&[page("ringkasan", "Milik kami"), page("baru", "Baru")]);
    assert_eq!(diagnostics, []);
    assert_eq!(definitions.dashboards.len(), 11);
    assert!(definitions.dashboards.iter().any(|page| page.slug == "ringkasan" && page.title == "Milik kami"));

    let broken = SourceFile { name: "dashboards/ringkasan.toml".to_owned(), text: "title = 1".to_owned() };
    let (definitions, diagnostics) = load(&[broken]);
    assert!(diagnostics.len() > 1);
    assert!(definitions.dashboards.iter().any(|page| page.slug == "ringkasan" && page.title == "Ringkasan"));
}

#[test]
fn overrides_hold_from_their_year_on() {
    use simpul::domain::CoachingIndicator::{Cak, Jdw};
    let own = SourceFile {
        name: "dashboards/indicators/abcde.toml".to_owned(),
        text: "[[override]]\npuskesmas = \"UPT Puskesmas Abcde\"\nyear = 2024\nreport-due-day = 10\n\
               [[override.indicator]]\ncode = \"JDW\"\ntarget = 90\n[[override]]\nyear = 2025\n\
               [[override.indicator]]\ncode = \"CAK\"\nweight = 0\n"
            .to_owned(),
    };
    let (definitions, diagnostics) = load(&[own]);
    assert_eq!(diagnostics, []);
    let rule = |name, year, indicator| definitions.decree.book.in_force(name, year).rule(indicator);
    assert!((rule("PKM ABCDE", 2023, Jdw).target - 80.0).abs() < f64::EPSILON);
    assert!((rule("PKM ABCDE", 2024, Jdw).target - 90.0).abs() < f64::EPSILON);
    assert!((rule("Lain", 2024, Jdw).target - 80.0).abs() < f64::EPSILON);
    assert!((rule("Lain", 2026, Cak).weight).abs() < f64::EPSILON);
    assert!((rule("Abcde", 2026, Jdw).target - 90.0).abs() < f64::EPSILON);
    assert_eq!(definitions.decree.book.in_force("Abcde", 2026).report_due_day, 10);
}

#[test]
fn a_status_rests_on_as_many_indicators_as_the_decree_says() {
    let of = |least: u32| SourceFile {
        name: "dashboards/indicators/abcde.toml".to_owned(),
        text: format!("[[override]]\nyear = 2024\nstatus-indicators-min = {least}\n"),
    };
    let (definitions, diagnostics) = load(&[of(5)]);
    assert_eq!(diagnostics, []);
    let least = |year| definitions.decree.book.in_force("Abcde", year).status_basis_min;
    assert_eq!((least(2023), least(2024)), (3, 5));
    let (_, diagnostics) = load(&[of(10)]);
    assert_eq!(diagnostics.len(), 1, "there are nine");
}

#[test]
fn what_pws_calls_level_below_the_target_is_a_setting_with_two_words() {
    let of = |word: &str| SourceFile {
        name: "dashboards/indicators/abcde.toml".to_owned(),
        text: format!("[[override]]\nyear = 2024\n[override.pws]\nlevel-below-target = \"{word}\"\n"),
    };
    let (definitions, diagnostics) = load(&[of("Cukup")]);
    assert_eq!(diagnostics, []);
    let word = |year| definitions.decree.book.in_force("Abcde", year).pws_level_below;
    assert_eq!((word(2023), word(2024)), (PwsStatus::Jelek, PwsStatus::Cukup));

    let (_, diagnostics) = load(&[of("Baik")]);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert!(diagnostic.to_string().contains("Jelek"), "{diagnostic}");
}
