//! Papers of approved periods: they say so, and hold what was approved; their texts and erased files.

use std::io::Cursor;

use simpul::app::papers::narratives::{NewText, TextError};
use simpul::app::papers::reports::ReportRequest;
use simpul::domain::approval::ApprovalStep;
use simpul::domain::{FileFormat, ReportKind};
use simpul::report::Document;

use super::world::{World, period, visits};

fn request(kind: ReportKind, text: &str) -> ReportRequest {
    ReportRequest { kind, period: period(text), as_of: None, puskesmas: None, cluster: None }
}

fn paper(world: &World, kind: ReportKind, text: &str) -> Document {
    world.app.papers().paper(&request(kind, text)).unwrap()
}

/// What a paper says of the approval of its period.
fn told(document: &Document) -> Option<&str> {
    document.lines.iter().find(|(name, _)| name == "Persetujuan").map(|(_, words)| words.as_str())
}

#[test]
fn a_paper_says_where_its_period_stands() {
    let world = World::new();
    assert_eq!(told(&paper(&world, ReportKind::Evaluation, "2023-C2")), None, "nobody uses approvals here");
    world.decide(ApprovalStep::Submit, "2023-C2").unwrap();
    let waiting = paper(&world, ReportKind::Evaluation, "2023-C2");
    let words = told(&waiting).unwrap();
    assert!(words.starts_with("Belum disetujui. Diajukan 10 Januari 2024 oleh dr. Ani"), "{words}");
    assert_eq!(told(&paper(&world, ReportKind::Evaluation, "2023-C1")), Some("Belum disetujui"));
    assert_eq!(told(&paper(&world, ReportKind::Lokmin, "2023-01")), None, "a month is approved with its four");
    world.decide(ApprovalStep::Approve, "2023-C2").unwrap();
    world.decide(ApprovalStep::Verify, "2023-C2").unwrap();
    assert_eq!(
        told(&paper(&world, ReportKind::Evaluation, "2023-C2")),
        Some(
            "Disetujui 10 Januari 2024 oleh dr. Ani (Kepala Puskesmas); diverifikasi 10 Januari 2024 oleh dr. Ani (TPCB \
             klaster)"
        )
    );
    let month = paper(&world, ReportKind::Lokmin, "2023-05");
    assert!(told(&month).unwrap().starts_with("Bagian dari Caturwulan II 2023: disetujui"), "{:?}", month.lines);
    // The file is read back and compared before it is handed out.
    for format in FileFormat::ALL {
        assert!(
            !world.app.papers().report(&request(ReportKind::Evaluation, "2023-C2"), format).unwrap().bytes.is_empty()
        );
    }
}

#[test]
fn papers_and_texts_stay_as_they_were_approved() {
    let world = World::new();
    let request = request(ReportKind::Evaluation, "2023-C2");
    let text = || {
        let sections = world.app.papers().paper_text(&request).unwrap().draft.into_iter();
        NewText::Sections(sections.map(|section| (section.key, "Ditulis orang.".to_owned())).collect())
    };
    world.app.papers().write_text(&request, None, text()).unwrap();
    world.approve("2023-C2");
    let before = paper(&world, ReportKind::Evaluation, "2023-C2");
    assert!(!before.written.is_empty());
    world.import(visits(6, 5, &[(3, 0, 10), (9, 2, 100)]));
    assert_eq!(paper(&world, ReportKind::Evaluation, "2023-C2"), before);
    let refused = world.app.papers().write_text(&request, Some(1), NewText::Draft);
    assert!(matches!(refused, Err(TextError::Approved(_))), "{refused:?}");
    world.decide(ApprovalStep::Unlock, "2023-C2").unwrap();
    assert_ne!(paper(&world, ReportKind::Evaluation, "2023-C2"), before);
    world.app.papers().write_text(&request, Some(1), NewText::Draft).unwrap();
}

#[test]
fn a_bundle_leaves_out_what_was_erased_since() {
    let world = World::new();
    world.attach(3);
    world.approve("2023-C2");
    let request = request(ReportKind::Accreditation, "2023-C2");
    let bundle = || world.app.papers().bundle(&request, FileFormat::Docx, Cursor::new(Vec::new())).unwrap();
    let with = bundle().archive.into_inner().len();
    world.withdraw_all();
    assert!(bundle().archive.into_inner().len() < with, "the evaluation counts the photo, which is there no more");
}

#[test]
fn the_paper_over_all_puskesmas_shows_what_was_approved() {
    let world = World::new();
    let scores = || paper(&world, ReportKind::Cluster, "2023-C2").content();
    let before = scores();
    world.approve("2023-C2");
    world.import(visits(6, 5, &[(3, 0, 10), (4, 1, 10)]));
    assert_eq!(scores(), before);
}
