//! Evidence files: kept once by content, bounded, withdrawn without a trace in facts, and each Puskesmas' own.

use proptest::prelude::*;
use simpul::domain::facts::{FactKey, LokminSort};
use simpul::domain::records::{Field, Rows, VisitRow};
use simpul::domain::{Element, EvidenceFormat, EvidenceKind, EvidenceOf};
use simpul::store::{By, EvidenceLimits, NewEvidence, Store, StoreError, TracedPlace};

use super::{ABCDE, File, bare, date, facts, follow_up, in_month, month, now, recap, store, visit};

const LIMITS: EvidenceLimits = EvidenceLimits { files_per_thing: 3, total_bytes: 100 };

fn supervision() -> EvidenceOf {
    EvidenceOf::Visit { facility: "Klinik Bina".into(), date: date("2023-05-12").into(), form: "Supervisi".into() }
}

/// A store with one visit whose recap says that there are no photos.
fn visited() -> Store {
    let store = store();
    let row = VisitRow { photos: Some(false), minutes: Some(true), ..visit("Klinik Bina", "2023-05-12") };
    let rows = vec![
        recap(in_month(5), Rows::Visits(bare(vec![row]))),
        recap(in_month(5), Rows::FollowUps(bare(vec![follow_up("Klinik Bina", "2023-06-10", None)]))),
    ];
    File::new("rekap", rows).accept(&store);
    store
}

fn attach_as(
    store: &Store,
    (puskesmas, who): (&str, &str),
    (of, kind): (&EvidenceOf, EvidenceKind),
    contents: &[&str],
) -> Result<usize, StoreError> {
    let files: Vec<(String, EvidenceFormat, Vec<u8>)> =
        contents.iter().map(|text| (format!("{text}.pdf"), EvidenceFormat::Pdf, text.as_bytes().to_vec())).collect();
    store.attach(&NewEvidence { puskesmas, of, kind, files: &files, by: By::command_line(who, now()) }, LIMITS)
}

fn attach(store: &Store, of: &EvidenceOf, kind: EvidenceKind, contents: &[&str]) -> Result<usize, StoreError> {
    attach_as(store, (ABCDE, "ani"), (of, kind), contents)
}

#[test]
fn a_photo_of_a_visit_counts_though_the_recap_says_no_and_a_withdrawn_one_does_not() {
    let store = visited();
    let (before, version) = (facts(&store), store.version().unwrap());
    assert!(!before.visits[0].photos);
    // The key is what counts: spelling and case of name and form do not.
    let of = EvidenceOf::Visit {
        facility: "KLINIK  BINA".into(),
        date: date("2023-05-12").into(),
        form: "supervisi".into(),
    };
    assert_eq!(attach(&store, &of, EvidenceKind::Photos, &["satu"]).unwrap(), 1);
    let after = facts(&store);
    assert!(after.visits[0].photos && after.visits[0].minutes && !after.visits[0].attendance_list);
    assert_eq!(
        after.attached[0].of,
        EvidenceOf::Visit { facility: 1, date: date("2023-05-12").into(), form: "Supervisi".into() }
    );
    assert!(store.version().unwrap() > version);
    let id = store.evidence(ABCDE).unwrap()[0].id;
    assert!(store.withdraw_evidence(ABCDE, id, By::command_line("budi", now())).unwrap());
    assert!(!store.withdraw_evidence(ABCDE, id, By::command_line("budi", now())).unwrap());
    assert_eq!(facts(&store), before);
    let kept = &store.evidence(ABCDE).unwrap()[0];
    assert_eq!((kept.file.who.as_str(), kept.withdrawn.as_ref().map(|(_, who)| who.as_str())), ("ani", Some("budi")));
    assert_eq!(store.evidence_bytes(ABCDE, &kept.file.sha256).unwrap().unwrap(), b"satu");
}

#[test]
fn other_kinds_and_other_things_change_no_number() {
    let store = visited();
    let before = facts(&store);
    let element = EvidenceOf::Element { element: Element::IndicatorsSet, year: 2023 };
    let meeting = EvidenceOf::Meeting { month: month(5), sort: LokminSort::Monthly };
    let other_form =
        EvidenceOf::Visit { facility: "Klinik Bina".into(), date: date("2023-05-12").into(), form: "Pertemuan".into() };
    let proof = EvidenceOf::FollowUp {
        facility: "Klinik Bina".into(),
        visit_date: date("2023-03-10"),
        item: "lengkapi SOP.".into(),
    };
    attach(&store, &supervision(), EvidenceKind::Checklist, &["tilik"]).unwrap();
    attach(&store, &element, EvidenceKind::Decree, &["sk"]).unwrap();
    attach(&store, &meeting, EvidenceKind::Photos, &["foto"]).unwrap();
    attach(&store, &other_form, EvidenceKind::Photos, &["foto"]).unwrap();
    attach(&store, &proof, EvidenceKind::FollowUp, &["bukti"]).unwrap();
    let after = facts(&store);
    assert_eq!((&after.visits, &after.follow_ups), (&before.visits, &before.follow_ups));
    assert_eq!(after.attached.len(), 5);
    let of_it = EvidenceOf::FollowUp { facility: 1, visit_date: date("2023-03-10"), item: "Lengkapi SOP".to_owned() };
    assert!(after.attached.iter().any(|file| file.of == of_it));
}

#[test]
fn the_same_bytes_are_kept_once_and_listed_for_each_thing() {
    let store = visited();
    let element = EvidenceOf::Element { element: Element::CoachingCarriedOut, year: 2023 };
    assert_eq!(attach(&store, &supervision(), EvidenceKind::Photos, &["satu", "satu"]).unwrap(), 1);
    let version = store.version().unwrap();
    assert_eq!(attach(&store, &supervision(), EvidenceKind::Photos, &["satu"]).unwrap(), 0);
    assert_eq!(store.version().unwrap(), version);
    assert_eq!(attach(&store, &supervision(), EvidenceKind::Minutes, &["satu"]).unwrap(), 1);
    assert_eq!(attach(&store, &element, EvidenceKind::Other, &["satu"]).unwrap(), 1);
    assert_eq!(store.evidence(ABCDE).unwrap().len(), 3);
    // 96 bytes more fit beside the four of the one content, 97 do not.
    let long = "x".repeat(97);
    let refused = attach(&store, &element, EvidenceKind::Other, &[&long]);
    assert!(matches!(refused, Err(StoreError::EvidenceFull { limit: 100 })), "{refused:?}");
    assert_eq!(attach(&store, &element, EvidenceKind::Other, &[&long[1..]]).unwrap(), 1);
}

#[test]
fn a_thing_takes_so_many_files_and_a_refusal_leaves_nothing() {
    let store = visited();
    attach(&store, &supervision(), EvidenceKind::Photos, &["a", "b"]).unwrap();
    let before = (facts(&store), store.version().unwrap(), store.evidence(ABCDE).unwrap());
    let refused = attach(&store, &supervision(), EvidenceKind::Minutes, &["c", "d"]);
    assert!(matches!(refused, Err(StoreError::TooMuchEvidence { held: 2, limit: 3 })), "{refused:?}");
    assert_eq!((facts(&store), store.version().unwrap(), store.evidence(ABCDE).unwrap()), before);
    // A withdrawn file makes room.
    store.withdraw_evidence(ABCDE, before.2[0].id, By::command_line("ani", now())).unwrap();
    assert_eq!(attach(&store, &supervision(), EvidenceKind::Minutes, &["c", "d"]).unwrap(), 2);
}

#[test]
fn another_puskesmas_sees_none_of_it() {
    let store = visited();
    let other = "UPT PUSKESMAS LAIN";
    File::new("lain", vec![super::register(2023, vec![super::facility("Klinik Bina")])]).of(other).accept(&store);
    attach(&store, &supervision(), EvidenceKind::Photos, &["satu"]).unwrap();
    let held = store.evidence(ABCDE).unwrap().remove(0);
    assert_eq!(store.evidence(other).unwrap(), []);
    assert_eq!(store.evidence_bytes(other, &held.file.sha256).unwrap(), None);
    assert!(!store.withdraw_evidence(other, held.id, By::command_line("orang", now())).unwrap());
    assert_eq!(store.evidence("UPT PUSKESMAS TIDAK ADA").unwrap(), []);
    assert_eq!(facts(&store).attached.iter().map(|file| file.puskesmas).collect::<Vec<_>>(), [0]);
}

#[test]
fn a_file_waits_while_its_visit_is_undone() {
    let store = store();
    let rows = || vec![recap(in_month(5), Rows::Visits(bare(vec![visit("Klinik Bina", "2023-05-12")])))];
    let batch = File::new("rekap", rows()).accept(&store).batch;
    attach(&store, &supervision(), EvidenceKind::Minutes, &["notulen"]).unwrap();
    store.undo(batch, By::command_line("ani", now())).unwrap();
    assert!(facts(&store).visits.is_empty(), "a file makes no visit");
    assert_eq!(facts(&store).attached.len(), 1);
    File::new("rekap lagi", rows()).accept(&store);
    assert!(facts(&store).visits[0].minutes);
}

#[test]
fn a_trace_names_the_file_in_the_place_of_the_cell_that_says_no() {
    let store = visited();
    attach(&store, &supervision(), EvidenceKind::Photos, &["satu", "dua"]).unwrap();
    attach(&store, &supervision(), EvidenceKind::Minutes, &["notulen"]).unwrap();
    let key = FactKey::Visit(date("2023-05-12").into(), "Supervisi".into());
    let traced = store.trace(ABCDE, "Klinik Bina", &key).unwrap();
    let of = |field| traced.iter().filter(move |one| one.field == field).map(|one| one.file_name.as_str());
    assert_eq!(of(Field::Photos).collect::<Vec<_>>(), ["satu.pdf", "dua.pdf"]);
    // The recap's yes stays beside the file.
    assert_eq!(of(Field::Minutes).collect::<Vec<_>>(), ["rekap", "notulen.pdf"]);
    let photo = traced.iter().find(|one| one.field == Field::Photos).unwrap();
    assert!(matches!(photo.place, TracedPlace::Attached(_)));
    assert_eq!((photo.value.as_str(), photo.who.as_str(), photo.at), ("Ada", "ani", now()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is attached: once all of it is withdrawn, facts are as they were.
    #[test]
    fn attaching_and_withdrawing_is_as_before(picks in prop::collection::vec((0_usize..4, 0_usize..20, "[a-c]{1,2}"), 1..12)) {
        let store = visited();
        let before = facts(&store);
        for (thing, kind, content) in picks {
            let things = [
                supervision(),
                EvidenceOf::Visit { facility: "Apotek Alvi".into(), date: date("2023-05-12").into(), form: String::new() },
                EvidenceOf::Meeting { month: month(5), sort: LokminSort::Quarterly },
                EvidenceOf::Element { element: Element::DistrictSchedule, year: 2023 },
            ];
            match attach(&store, &things[thing], EvidenceKind::ALL[kind], &[&content]) {
                Ok(_) | Err(StoreError::TooMuchEvidence { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let visit = &facts(&store).visits[0];
        let has = |kind| facts(&store).attached.iter().any(|file| file.kind == kind
            && matches!(file.of, EvidenceOf::Visit { facility: 1, .. }));
        prop_assert_eq!(visit.photos, has(EvidenceKind::Photos));
        prop_assert_eq!(visit.attendance_list, has(EvidenceKind::AttendanceList));
        for file in store.evidence(ABCDE).unwrap() {
            store.withdraw_evidence(ABCDE, file.id, By::command_line("budi", now())).unwrap();
        }
        prop_assert_eq!(facts(&store), before);
    }
}
