//! A paper as a letter: its own number and date, a revision when its content changed, found again by its snapshot; and
//! who wrote it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::store::LetterSettings;

use super::read_back::{docx_xml, paper, pdf_lines};
use crate::support::{Run, Simpul};

const PERIOD: &str = "2023-C2";

fn sample(names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)).collect()
}

/// Register, plan and recaps of May and June, with a pattern of numbers.
fn numbered() -> Simpul {
    let simpul = Simpul::new();
    simpul.import(&sample(&[
        "01-identifikasi.xlsx",
        "02-jadwal.xlsx",
        "rekap-2023-05.xlsx",
        "rekap-2023-06.xlsx",
        "rekap-2023-07.xlsx",
    ]));
    let clock = Clock::Fixed("2026-02-01T03:00:00Z".parse().unwrap());
    let app = App::open(Config { data: simpul.data().to_owned(), clock, who: "root".to_owned() }).unwrap();
    let settings = LetterSettings {
        place: "Abcde".to_owned(),
        number_pattern: "440/{nomor}/PKM/{tahun}".to_owned(),
        first_number: 12,
        ..LetterSettings::default()
    };
    app.papers().save_letter("UPT PUSKESMAS ABCDE", &settings).unwrap();
    simpul
}

fn words(path: &Path) -> String {
    pdf_lines(path).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter(simpul: &Simpul, more: &[&str]) -> Run {
    let mut args = vec!["letter", "evaluasi", PERIOD];
    args.extend(more);
    simpul.run(args)
}

fn standing(simpul: &Simpul) -> Value {
    let run = letter(simpul, &["--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn a_letter_has_its_own_date_and_lines_in_every_format() {
    let simpul = numbered();
    let open = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    assert!(open.contains("Abcde, ....................") && !open.contains("Abcde, 31 Agustus 2023"), "{open}");
    let run = letter(
        &simpul,
        &[
            "--number",
            "baru",
            "--date",
            "2023-09-05",
            "--perihal",
            "Hasil evaluasi",
            "--lampiran",
            "1 berkas",
            "--tembusan",
            "Kepala Dinas",
            "--tembusan",
            "Arsip",
        ],
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Nomor: 440/12/PKM/2023") && run.stdout.contains("5 September 2023"), "{}", run.stdout);
    let pdf = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    let docx = docx_xml(&paper(&simpul, "evaluasi", PERIOD, "docx"));
    for said in ["Nomor: 440/12/PKM/2023", "Tanggal: 5 September 2023", "Perihal: Hasil evaluasi", "Lampiran: 1 berkas"]
    {
        assert!(pdf.contains(said) && docx.contains(said), "{said}: {pdf}");
    }
    assert!(pdf.contains("Abcde, 5 September 2023"), "{pdf}");
    assert!(pdf.contains("Tembusan 1. Kepala Dinas 2. Arsip"), "{pdf}");
    let json = standing(&simpul);
    assert_eq!((json["number"].as_str(), json["date"].as_str()), (Some("440/12/PKM/2023"), Some("2023-09-05")));
    assert_eq!(json["revision"], 0, "what a letter says around its content is no revision");
}

#[test]
fn a_number_stands_for_one_content_and_both_are_found_again() {
    let simpul = numbered();
    assert_eq!(letter(&simpul, &["--number", "40", "--date", "2023-09-05"]).status, 0);
    let first = fs::read(paper(&simpul, "evaluasi", PERIOD, "pdf")).unwrap();
    let id = standing(&simpul)["editions"][0]["snapshot"].as_str().unwrap().to_owned();
    simpul.import(&sample(&["rekap-2023-09.xlsx"]));
    let later = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    assert!(!later.contains("Revisi"), "a recap of later months changes nothing: {later}");
    simpul.import(&sample(&["rekap-2023-08.xlsx"]));
    assert_eq!(standing(&simpul)["revision"], 1, "as it would be printed now");
    let revised = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    assert!(revised.contains("Nomor: 440/40/PKM/2023 (Revisi 1)"), "{revised}");
    assert!(revised.contains("· Revisi 1 Halaman 1 dari"), "on every page: {revised}");
    assert!(docx_xml(&paper(&simpul, "evaluasi", PERIOD, "docx")).contains("(Revisi 1)"));
    let json = standing(&simpul);
    let of_revision = |number: i64| -> Vec<&Value> {
        let all = json["editions"].as_array().unwrap().iter();
        all.filter(|edition| edition["revision"].as_i64() == Some(number)).collect()
    };
    assert!(!of_revision(0).is_empty() && of_revision(1).len() == 1, "{json}");
    assert_eq!(of_revision(1)[0]["files"], serde_json::json!(["docx", "pdf"]));
    let out = simpul.data().join("lama.pdf");
    let run = simpul.run(["snapshot", &id.to_lowercase(), "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(fs::read(&out).unwrap(), first, "the very file that was handed out");
    let told = simpul.run(["snapshot", &id]).stdout;
    assert!(told.contains("nomor 440/40/PKM/2023 tanggal 5 September 2023, asli"), "{told}");
    assert_ne!(simpul.run(["snapshot", "FFFFFFFFFF"]).status, 0);
}

#[test]
fn the_author_is_a_name_that_people_set() {
    let simpul = numbered();
    let told = simpul.run(["settings", "author"]).stdout;
    assert!(told.contains("ditulis di komputer ini"), "{told}");
    let clock = Clock::Fixed("2026-02-01T03:00:00Z".parse().unwrap());
    let app = App::open(Config { data: simpul.data().to_owned(), clock, who: "root".to_owned() }).unwrap();
    let request = simpul::app::papers::reports::ReportRequest {
        kind: simpul::report::ReportKind::Evaluation,
        period: PERIOD.parse().unwrap(),
        as_of: None,
        puskesmas: None,
        cluster: None,
    };
    let key = simpul::report::SectionKey::Conclusion;
    let text = std::collections::BTreeMap::from([(key, "Cukup baik.".to_owned())]);
    app.papers().write_text(&request, None, simpul::app::papers::narratives::NewText::Sections(text)).unwrap();
    let unnamed = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    assert!(unnamed.contains("Bagian Kesimpulan ditulis di komputer ini, 1 Februari 2026"), "{unnamed}");
    assert!(!unnamed.contains("root"), "{unnamed}");
    assert_eq!(simpul.run(["settings", "author", "Sri Wahyuni, A.Md.Keb."]).status, 0);
    let named = words(&paper(&simpul, "evaluasi", PERIOD, "pdf"));
    assert!(named.contains("Bagian Kesimpulan ditulis oleh Sri Wahyuni, A.Md.Keb., 1 Februari 2026"), "{named}");
}

#[test]
fn what_people_conclude_stands_on_every_paper_that_asks_for_it() {
    let simpul = numbered();
    let clock = Clock::Fixed("2026-02-01T03:00:00Z".parse().unwrap());
    let app = App::open(Config { data: simpul.data().to_owned(), clock, who: "root".to_owned() }).unwrap();
    let key = simpul::report::SectionKey::Conclusion;
    let asks = |kind: &simpul::report::ReportKind| simpul::report::sections_of(*kind).contains(&key);
    let kinds: Vec<_> = simpul::report::ReportKind::ALL.into_iter().filter(asks).collect();
    assert!(kinds.len() > 3, "{kinds:?}");
    for kind in kinds {
        let request = simpul::app::papers::reports::ReportRequest {
            kind,
            period: "2023".parse().unwrap(),
            as_of: None,
            puskesmas: None,
            cluster: None,
        };
        let text = std::collections::BTreeMap::from([(key, "Pembinaan tahun depan dimulai Januari.".to_owned())]);
        app.papers().write_text(&request, None, simpul::app::papers::narratives::NewText::Sections(text)).unwrap();
        let found = words(&paper(&simpul, kind.code(), "2023", "pdf"));
        assert!(found.contains("Pembinaan tahun depan dimulai Januari."), "{}: {found}", kind.code());
    }
}
