//! Sections that nobody wrote keep drafting themselves, whoever wrote others, with whatever Simpul.

use std::collections::BTreeMap;
use std::path::Path;

use simpul::app::import::Upload;
use simpul::app::papers::narratives::{NewText, PaperText};
use simpul::app::papers::reports::ReportRequest;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::report::{ReportKind, SectionKey};

use crate::support::Simpul;

fn app_on(simpul: &Simpul, day: &str) -> App {
    let clock = Clock::Fixed(format!("{day}T03:00:00Z").parse().unwrap());
    App::open(Config { data: simpul.data().to_owned(), clock, who: "root".to_owned() }).unwrap()
}

fn import(app: &App, names: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let upload = |name: &&str| Upload { name: (*name).to_owned(), bytes: std::fs::read(folder.join(name)).unwrap() };
    let uploads: Vec<Upload> = names.iter().map(upload).collect();
    for file in app.import(&uploads, None, false, &mut |_| {}).files {
        assert_eq!(file.error, None, "{}", file.file);
    }
}

fn request() -> ReportRequest {
    ReportRequest {
        kind: ReportKind::Evaluation,
        period: "2023-C2".parse().unwrap(),
        as_of: Some("2023-08-31".parse().unwrap()),
        puskesmas: None,
        cluster: None,
    }
}

/// What the page sends: every section as it shows it, and a conclusion.
fn with_conclusion(text: &PaperText) -> BTreeMap<SectionKey, String> {
    let mut sections: BTreeMap<SectionKey, String> =
        text.draft.iter().map(|section| (section.key, section.text())).collect();
    sections.insert(SectionKey::Conclusion, "Cukup baik.".to_owned());
    sections
}

fn begun() -> Simpul {
    let simpul = Simpul::new();
    let first = ["01-identifikasi.xlsx", "02-jadwal.xlsx", "rekap-2023-05.xlsx", "rekap-2023-06.xlsx"];
    import(&app_on(&simpul, "2023-09-01"), &first);
    simpul
}

#[track_caller]
fn only_the_conclusion_is_written(app: &App, before: &PaperText) {
    let after = app.papers().paper_text(&request()).unwrap();
    let outcome = |text: &PaperText| text.narrative.text(SectionKey::Outcome).to_owned();
    assert_ne!(outcome(&after), outcome(before), "the score changed");
    for section in &after.draft {
        if section.key != SectionKey::Conclusion {
            assert_eq!(after.narrative.text(section.key), section.text(), "{:?}", section.key);
        }
    }
    assert_eq!(after.narrative.text(SectionKey::Conclusion), "Cukup baik.");
}

#[test]
fn writing_one_section_freezes_no_other() {
    let simpul = begun();
    let app = app_on(&simpul, "2023-09-04");
    let before = app.papers().paper_text(&request()).unwrap();
    app.papers().write_text(&request(), None, NewText::Sections(with_conclusion(&before))).unwrap();
    let kept = app.papers().paper_text(&request()).unwrap();
    assert_eq!(kept.versions[0].sections, [("kesimpulan".to_owned(), "Cukup baik.".to_owned())]);
    import(&app_on(&simpul, "2023-09-05"), &["rekap-2023-07.xlsx", "rekap-2023-08.xlsx"]);
    let app = app_on(&simpul, "2023-09-06");
    only_the_conclusion_is_written(&app, &before);
    // Given back whole: nothing is written any more.
    let now = app.papers().paper_text(&request()).unwrap();
    let drafted = now.draft.iter().map(|section| (section.key, section.text())).collect();
    app.papers().write_text(&request(), now.latest(), NewText::Sections(drafted)).unwrap();
    assert_eq!(app.papers().paper_text(&request()).unwrap().narrative.written_by_hand(), None);
}
