//! The store itself: a handle that was narrowed changes nothing foreign.

use simpul::domain::approval::ApprovalStep;
use simpul::domain::{EvidenceFormat, EvidenceOf, FileFormat, Received, ReportKind, Table};
use simpul::store::{
    By, Content, DraftOutcome, EvidenceLimits, KeptOriginal, LetterLines, LetterSettings, NewAuthor, NewBatch,
    NewDraft, NewEdition, NewErasure, NewEvidence, NewFormWord, NewNarrative, NewNumber, NewOfficeTemplate,
    NewPeriodStep, NewProfile, PaperKey, Prints, Replaced, Scope, Store, TakenOut,
};

use super::matrix_foreign::holdings;
use super::world::{FOREIGN, PEOPLE, World};

/// Functions that change something; each is tried below.
pub const WRITES: [&str; 32] = [
    "erase_person",
    "set_keeps_personal_data",
    "add_period_step",
    "accept",
    "accept_addition",
    "accept_entry",
    "accept_new",
    "accept_retried",
    "undo",
    "add_alias",
    "revoke_alias",
    "add_profile",
    "revoke_profile",
    "add_form_word",
    "revoke_form_word",
    "set_sheet_period",
    "set_author",
    "set_letter",
    "give_letter_number",
    "set_letter_lines",
    "add_office_template",
    "remove_office_template",
    "revoke_letter_number",
    "keep_edition",
    "attach",
    "withdraw_evidence",
    "erase_evidence",
    "add_narrative",
    "set_draft_owner",
    "decide_draft_file",
    "add_draft",
    "set_apart",
];

/// Tries everything on the foreign Puskesmas; gives what went through.
#[expect(clippy::too_many_lines, reason = "a line for each function that changes something")]
fn tried(world: &World, store: &Store) -> Vec<&'static str> {
    let ids = &world.foreign;
    let at = world.site.app.clock().now();
    let by = By::command_line("penyusup", at);
    let kept = KeptOriginal::AsItCame;
    let batch = NewBatch { puskesmas: FOREIGN, file_name: "x.csv", bytes: b"x", kept, by, replace: false };
    let content = Content::default();
    let paper = PaperKey { puskesmas: FOREIGN, kind: "evaluasi", period: "2023-C2".parse().unwrap() };
    let place = ("x.xlsx", "x");
    let replaced = Replaced { table: Table::FollowUps, id: &ids.entry, takes_out: TakenOut::All };
    let profile = NewProfile {
        puskesmas: FOREIGN,
        fingerprint: "x",
        table: Table::Visits,
        columns: "date:1",
        rows_to_data: 1,
        indicator: None,
        place,
        by,
    };
    let form_word =
        NewFormWord { puskesmas: FOREIGN, fingerprint: "x", table: Table::Visits, sort: "bulan", word: "5", place, by };
    let of = EvidenceOf::FollowUp {
        facility: ids.facility.clone(),
        visit_date: "2023-05-03".parse().unwrap(),
        item: "Rencana Timurlaut".to_owned(),
    };
    let files = [("x.pdf".to_owned(), EvidenceFormat::Pdf, b"%PDF-1.7".to_vec())];
    let evidence = NewEvidence { puskesmas: FOREIGN, of: &of, kind: of.kinds()[0], files: &files, by };
    let limits = EvidenceLimits { files_per_thing: 9, total_bytes: 1 << 20 };
    let narrative = NewNarrative {
        paper,
        base: None,
        as_of: at.date_naive(),
        snapshot: "x",
        counts_from: at.date_naive(),
        text: None,
        by,
    };
    let edition = NewEdition {
        paper,
        number: None,
        revision: 0,
        title: "x",
        subtitle: "",
        snapshot: "x",
        as_of: at.date_naive(),
        prints: Prints { inputs: "x", content: "x", whole: "x" },
        by,
    };
    let outcome = DraftOutcome { status: "discarded".to_owned(), message: String::new(), batch: None };
    let number = NewNumber { number: 99, day: at.date_naive(), by };
    let kind = ReportKind::Evaluation;
    let format = FileFormat::Docx;
    let template = NewOfficeTemplate { puskesmas: FOREIGN, kind, name: "x", format, bytes: b"x", by };
    let author = NewAuthor { puskesmas: Some(FOREIGN), name: "x", by };
    let step = NewPeriodStep {
        puskesmas: FOREIGN,
        period: "2023-C2".parse().unwrap(),
        step: ApprovalStep::Submit,
        after: None,
        version: world.site.app.version().unwrap(),
        name: "x",
        capacity: "x",
        reason: "",
        as_of: at.date_naive(),
        snapshot: "x",
        pin: None,
        by,
    };
    let erasure = NewErasure { number: 1, sort: "nama", reason: "x", workbooks: &[], by };
    let done = [
        ("erase_person", store.erase_person(&erasure, &|_| Some("x".to_owned())).is_ok()),
        ("set_keeps_personal_data", store.set_keeps_personal_data("x", by).is_ok()),
        ("add_period_step", store.add_period_step(&step).is_ok()),
        ("accept", store.accept(&batch, &content).is_ok()),
        ("accept_addition", store.accept_addition(&batch, &content).is_ok()),
        ("accept_entry", store.accept_entry(&batch, &content, Some(replaced)).is_ok_and(|kept| kept.is_some())),
        ("accept_new", store.accept_new(&batch, |_| Ok(())).is_ok_and(|kept| kept.is_some())),
        ("accept_retried", store.accept_retried(&batch, ids.batch, |_| Ok(())).is_ok_and(|kept| kept.is_some())),
        ("undo", store.undo(ids.batch, by).is_ok()),
        ("add_alias", store.add_alias(FOREIGN, "Kl", &ids.facility, by).is_ok()),
        ("revoke_alias", store.revoke_alias(FOREIGN, "Kl Timurlaut", by).is_ok_and(|done| done)),
        ("add_profile", store.add_profile(&profile).is_ok()),
        ("revoke_profile", (0..9).any(|id| store.revoke_profile(FOREIGN, id, by).is_ok_and(|done| done))),
        ("add_form_word", store.add_form_word(&form_word).is_ok()),
        ("revoke_form_word", (0..9).any(|id| store.revoke_form_word(FOREIGN, id, by).is_ok_and(|done| done))),
        ("set_author", store.set_author(&author).is_ok()),
        ("set_author of all", store.set_author(&NewAuthor { puskesmas: None, ..author }).is_ok()),
        ("set_letter", store.set_letter(FOREIGN, Some(&LetterSettings::default()), by).is_ok()),
        ("give_letter_number", store.give_letter_number(&paper, number).is_ok()),
        ("add_office_template", store.add_office_template(&template).is_ok()),
        ("remove_office_template", store.remove_office_template(FOREIGN, 1, by).is_ok_and(|done| done)),
        ("set_letter_lines", store.set_letter_lines(&paper, &LetterLines::default(), by).is_ok()),
        ("revoke_letter_number", store.revoke_letter_number(&paper, by).is_ok_and(|done| done)),
        ("keep_edition", store.keep_edition(&edition, None).is_ok()),
        ("attach", store.attach(&evidence, limits).is_ok()),
        ("withdraw_evidence", store.withdraw_evidence(FOREIGN, ids.evidence, by).is_ok_and(|done| done)),
        ("erase_evidence", store.erase_evidence(FOREIGN, ids.evidence, by).is_ok_and(|done| done)),
        ("add_narrative", store.add_narrative(&narrative).is_ok()),
        ("set_draft_owner", store.set_draft_owner(ids.draft, Some(FOREIGN), by).is_ok()),
        ("decide_draft_file", store.decide_draft_file(ids.draft, 0, &outcome, by).is_ok()),
    ];
    done.into_iter().filter(|(_, is_done)| *is_done).map(|(name, _)| name).collect()
}

#[test]
fn a_narrowed_handle_changes_nothing_foreign() {
    let world = World::bare();
    let before = holdings(&world);
    for name in PEOPLE.into_iter().filter(|name| !["admin", "dinas"].contains(name)) {
        let app = world.app_of(name);
        assert_eq!(tried(&world, app.store()), [""; 0], "{name}");
        assert_eq!(holdings(&world), before, "{name}");
    }
    // What needs no Puskesmas: a draft is its own account's, and what is said of a file changes no fact.
    let app = world.app_of("koordinator");
    let at = app.clock().now();
    let draft = NewDraft {
        by: By::command_line("koordinator", at),
        expires: at + chrono::Duration::days(1),
        files: &[("x.csv", b"x")],
    };
    assert!(app.store().add_draft(&draft).is_ok());
    let period = Received::Year(2023);
    let says = |name: &str| {
        let by = By::command_line("koordinator", at);
        world.app_of(name).store().set_sheet_period(&world.foreign.sha256, "x", period, by).is_ok()
    };
    assert!(says("koordinator") && says("pengelola"));
    for name in ["pembaca", "kepala", "faskes", "campur", "tpcb", "dinas"] {
        assert!(!says(name), "{name} brings no files");
    }
    let scope = Scope::Puskesmas(FOREIGN.to_owned());
    let before = format!("{:?}", world.site.app.store().facts(&scope).unwrap());
    assert_eq!(format!("{:?}", world.site.app.store().facts(&scope).unwrap()), before);
}
