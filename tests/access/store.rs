//! The store itself: a handle that was narrowed answers nothing foreign, whatever it is asked; and no function of it is
//! left out here.

use std::collections::BTreeSet;
use std::fmt::Debug;

use simpul::domain::access::Reach;
use simpul::domain::facts::FactKey;
use simpul::domain::{Date, Table};
use simpul::store::{AuditFilter, EntriesOf, NewRun, PaperKey, RunReason, RunState, Scope, Store};

use super::matrix::nothing;
use super::store_writes::WRITES;
use super::world::{Ids, NEIGHBOUR, PEOPLE, SECRET, WORLD, World};

fn told<T: Debug, E: Debug>(answer: &Result<T, E>) -> String {
    format!("{answer:?}").to_lowercase()
}

fn day() -> Date {
    "2023-08-31".parse().unwrap()
}

/// Answers about a Puskesmas or an id, by the function that gives them.
fn reads(store: &Store, ids: &Ids) -> Vec<(&'static str, String)> {
    let puskesmas = ids.puskesmas.as_str();
    let scope = Scope::Puskesmas(puskesmas.to_owned());
    let paper = PaperKey { puskesmas, kind: "evaluasi", period: "2023-C2".parse().unwrap() };
    let of = EntriesOf { owner: puskesmas, table: Table::FollowUps, year: None };
    let now = WORLD.site.app.clock().now();
    let item = FactKey::FollowUp("2023-05-03".parse().unwrap(), "Rencana Timurlaut".to_owned());
    vec![
        ("facts", told(&store.facts(&scope))),
        ("facts_on_registers_of", told(&store.facts_on_registers_of(puskesmas, ids.batch))),
        ("counted_facts", told(&store.counted_facts(puskesmas))),
        ("history", told(&store.history(&scope))),
        ("batch", told(&store.batch(ids.batch))),
        ("facts_of", told(&store.facts_of(ids.batch))),
        ("issues", told(&store.issues(ids.batch))),
        ("original", told(&store.original(ids.batch))),
        ("sources", told(&store.sources(puskesmas, 2023, day()))),
        ("recap_arrivals", told(&store.recap_arrivals(puskesmas))),
        ("puskesmas_version", told(&store.puskesmas_version(puskesmas))),
        ("known", told(&store.known(puskesmas))),
        ("former_figures", told(&store.former_figures(puskesmas))),
        ("held", told(&store.held(puskesmas, &ids.sha256))),
        ("holders", told(&store.holders(&ids.sha256))),
        ("aliases", told(&store.aliases(puskesmas))),
        ("revoked_answers", told(&store.revoked_answers(puskesmas))),
        ("sheet_periods", told(&store.sheet_periods(&ids.sha256))),
        ("entries", told(&store.entries(of))),
        ("was_entry", told(&store.was_entry(puskesmas, Table::FollowUps, &ids.entry))),
        ("evidence", told(&store.evidence(puskesmas))),
        ("evidence_bytes", told(&store.evidence_bytes(puskesmas, &ids.sha256))),
        ("letter_settings", told(&store.letter_settings(puskesmas))),
        ("logo", told(&store.logo(puskesmas, &ids.sha256))),
        ("letter_number", told(&store.letter_number(&paper))),
        ("letter_numbers", told(&store.letter_numbers(puskesmas, 2024))),
        ("office_templates", told(&store.office_templates(puskesmas))),
        ("office_template_bytes", told(&store.office_template_bytes(puskesmas, 1))),
        ("letter_lines", told(&store.letter_lines(&paper))),
        ("narratives", told(&store.narratives(&paper))),
        ("authors", told(&store.authors(puskesmas))),
        ("editions_of_number", told(&store.editions_of_number(ids.edition))),
        ("editions_of_snapshot", told(&store.editions_of_snapshot(&ids.snapshot))),
        ("edition", told(&store.edition(ids.edition))),
        ("edition_file", told(&store.edition_file(ids.edition, "pdf"))),
        ("signatures", told(&store.signatures(puskesmas))),
        ("trace", told(&store.trace(puskesmas, &ids.facility, &item))),
        ("audit_rows", told(&store.audit_rows(&AuditFilter::within(Reach::over([puskesmas])), 0, 50))),
        ("audit_count", told(&store.audit_count(&AuditFilter::within(Reach::over([puskesmas]))))),
        ("audit_accounts", told(&store.audit_accounts(&Reach::over([puskesmas])))),
        ("period_steps", told(&store.period_steps(puskesmas))),
        ("period_pin", told(&store.period_pin(puskesmas, 1))),
        ("moment", told(&store.moment(puskesmas, 1))),
        ("changes_since", told(&store.changes_since(puskesmas, 1))),
        ("has_evidence_bytes", told(&store.has_evidence_bytes(puskesmas, &ids.sha256))),
        ("draft", told(&store.draft(ids.draft, now))),
        ("draft_bytes", told(&store.draft_bytes(ids.draft, 0))),
        ("kept_bytes", told(&store.kept_bytes(&ids.sha256))),
        ("kept_evaluation", told(&store.ledger().kept_evaluation(&ids.evaluation))),
    ]
}

/// Answers about everything that a handle reaches.
fn lists(store: &Store) -> Vec<(&'static str, String)> {
    let now = WORLD.site.app.clock().now();
    let copy = tempfile::tempdir().unwrap();
    vec![
        ("facts", told(&store.facts(&Scope::All))),
        ("history", told(&store.history(&Scope::All))),
        ("puskesmas", told(&store.puskesmas())),
        ("puskesmas_versions", told(&store.puskesmas_versions())),
        ("latest_recap_month", told(&store.latest_recap_month(&[Table::Visits, Table::FollowUps]))),
        ("profiles", told(&store.profiles())),
        ("form_words", told(&store.form_words())),
        ("clusters", told(&store.clusters())),
        ("check", told(&store.check())),
        ("tallies", told(&store.tallies())),
        ("holdings", told(&store.holdings())),
        ("copy_to", told(&store.copy_to(&copy.path().join("salinan.db")))),
        ("drafts_waiting", told(&store.drafts_waiting("asing-timurlaut", now))),
        ("verify_audit", told(&store.verify_audit(None))),
        ("kept_evaluations", told(&store.ledger().kept_evaluations(50))),
        ("texts_where", told(&store.texts_where(&|text| text.to_lowercase().contains(SECRET)))),
        ("kept_workbooks", told(&store.kept_workbooks())),
        ("erasures", told(&store.erasures())),
        ("next_erasure", told(&store.next_erasure())),
    ]
}

/// Functions that hand out nothing of a Puskesmas, each with its reason.
const NO_DATA: [(&str, &str); 17] = [
    ("keeps_personal_data", "a setting of the installation, by which every import goes"),
    ("erasure_count", "a number that grows with every erasure"),
    ("truncate_log", "empties the log of writing"),
    ("at", "gives a narrower handle that changes nothing"),
    ("audit_event", "writes down an act of the one who works, and hands nothing out"),
    ("installation_secret", "is asked by the service of papers, which signs with it and hands it to nobody"),
    ("keep_installation_secret", "keeps the first secret of the installation for good"),
    ("narrowed", "makes the handle that is tested here"),
    ("begin_whole", "gives a handle with the same bounds"),
    ("aside", "gives a handle with the same bounds"),
    ("ledger", "its evaluations are asked above; `runs_are_shown_to_those_who_run_jobs` asks for the rest"),
    ("account_book", "is asked by the service of accounts, which refuses by itself"),
    ("check_schema", "tells whether this program knows the schema"),
    ("version", "a number that grows with every change"),
    ("draft_bytes_kept", "a sum over the whole installation, against which a limit is held"),
    ("purge_drafts", "takes expired drafts away, whosever they are"),
    ("add_logo", "keeps bytes under their own hash; which letter shows them is asked above"),
];

#[test]
fn a_narrowed_handle_answers_nothing_foreign() {
    let world = &*WORLD;
    let mut failures = Vec::new();
    for name in PEOPLE.into_iter().filter(|name| !["admin", "dinas"].contains(name)) {
        let app = world.app_of(name);
        let answers = reads(app.store(), &world.foreign).into_iter().zip(reads(app.store(), &nothing()));
        for ((function, one), (_, other)) in answers {
            let named = |text: &str| {
                let mut text = text.to_owned();
                for ids in [&world.foreign, &nothing()] {
                    text = text.replace(&ids.puskesmas.to_lowercase(), "·");
                    if text.starts_with("err(") {
                        text = text.replace(&ids.batch.to_string(), "·").replace(&ids.draft.to_string(), "·");
                    }
                }
                text
            };
            if named(&one) != named(&other) || one.contains(SECRET) {
                failures.push(format!("{function} for {name}: {one} and {other}"));
            }
        }
        for (function, answer) in lists(app.store()) {
            if answer.contains(SECRET) {
                failures.push(format!("{function} tells {name}: {answer}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // The same questions are answered to whoever may ask them.
    let open = reads(world.site.app.store(), &world.foreign).into_iter().chain(lists(world.site.app.store()));
    assert!(open.filter(|(_, answer)| answer.contains(SECRET)).count() >= 18);
}

#[test]
fn an_account_cannot_widen_its_handle() {
    let world = &*WORLD;
    let narrow = world.app_of("pembaca");
    let again = narrow.acting_as(world.person("admin").signed_in.access.clone());
    for (function, answer) in lists(again.store()) {
        assert!(!answer.contains(SECRET), "{function}: {answer}");
    }
    assert!(!told(&again.store().facts(&Scope::Puskesmas(NEIGHBOUR.to_owned()))).contains("klinik melati"));
    let whole = narrow.store().begin_whole().unwrap();
    assert!(!told(&whole.puskesmas()).contains(SECRET));
    drop(whole);
    let aside = narrow.store().aside().unwrap();
    aside.set_apart(std::slice::from_ref(&world.foreign.puskesmas)).unwrap();
    assert!(!told(&aside.facts(&Scope::All)).contains(SECRET));
}

/// Names of the public functions of `Store` that work on what it holds.
fn functions() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for block in text.split("\nimpl Store {").skip(1) {
            let block = block.split("\n}").next().unwrap();
            for item in block.split("\n    pub fn ").skip(1) {
                let head = item.split('{').next().unwrap();
                if head.contains("&self") {
                    found.insert(head.split(['(', '<']).next().unwrap().to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn every_function_of_the_store_has_a_probe() {
    let store = WORLD.site.app.store();
    let asked = reads(store, &nothing()).into_iter().chain(lists(store)).map(|(name, _)| name);
    let known: BTreeSet<String> = asked.chain(WRITES).chain(NO_DATA.map(|(name, _)| name)).map(str::to_owned).collect();
    let all = functions();
    let missing: Vec<&String> = all.difference(&known).collect();
    assert!(missing.is_empty(), "without a probe: {missing:?}");
    assert!(all.len() > 50, "{all:?}");
}

#[test]
fn runs_are_shown_to_those_who_run_jobs() {
    let world = World::bare();
    let run = NewRun {
        job: "cadangan".to_owned(),
        due: world.site.app.clock().now(),
        since: world.site.app.clock().now(),
        covers: 1,
        reason: RunReason::Manual,
        state: RunState::Skipped,
        who: "penyusup".to_owned(),
        message: String::new(),
    };
    for name in PEOPLE {
        let app = world.app_of(name);
        let ledger = app.store().ledger();
        let done = [
            ledger.runs(None, 9).is_ok(),
            ledger.run(world.run).is_ok(),
            ledger.run_lines(world.run).is_ok(),
            ledger.job_state("cadangan").is_ok(),
            ledger.run_totals().is_ok(),
            ledger.notices(9).is_ok(),
            ledger.enter_manual(&run, app.by()).is_ok(),
            ledger.pause_job("cadangan", true, app.by()).is_ok(),
        ];
        assert!(done.iter().all(|is_done| *is_done == (name == "admin")), "{name}: {done:?}");
    }
}
