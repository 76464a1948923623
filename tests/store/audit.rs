//! The audit: its chain finds what was altered, removed or exchanged; its rows tell every change once; nobody sees what is
//! not theirs.

use std::path::Path;

use rusqlite::Connection;
use simpul::domain::access::{Access, Grant, Origin, Reach};
use simpul::domain::audit::AuditAction;
use simpul::domain::records::Rows;
use simpul::domain::{
    EvidenceFormat, EvidenceKind, EvidenceOf, FileFormat, Period, Received, ReportKind, Table, VisitDate,
};
use simpul::store::{
    AuditBreak, AuditEntry, AuditFields, AuditFilter, AuditRow, AuditVerdict, By, DraftOutcome, EntriesOf,
    EvidenceLimits, KeptEvaluation, LetterLines, LetterSettings, NarrativeText, NewAuthor, NewDraft, NewEdition,
    NewEvidence, NewFormWord, NewNarrative, NewNumber, NewOfficeTemplate, NewProfile, NewRun, PaperKey, Prints,
    Replaced, RunReason, RunState, Store, TakenOut,
};

use super::{ABCDE, File, bare, date, facility, in_month, now, recap, register, store, visit};

fn by() -> By<'static> {
    By::command_line("ani", now())
}

fn rows(store: &Store) -> Vec<AuditRow> {
    let mut rows = store.audit_rows(&AuditFilter::within(Reach::Everything), 0, 1_000).unwrap();
    rows.reverse();
    rows
}

fn pairs(fields: &AuditFields) -> Vec<(&str, &str)> {
    fields.pairs().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The rows that `work` writes.
fn written(store: &Store, work: impl FnOnce()) -> Vec<AuditRow> {
    let before = rows(store).len();
    work();
    rows(store).split_off(before)
}

/// The one row that `work` writes.
fn row_of(store: &Store, work: impl FnOnce()) -> AuditRow {
    let mut found = written(store, work);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// A database of five rows, as a file, whose guards somebody with the file in their hands took away.
fn five_rows(path: &Path) -> (Store, Connection) {
    let store = Store::open(path).unwrap();
    for number in 1..=5 {
        let entry = AuditEntry::new(AuditAction::SettingChanged, format!("baris {number}"));
        store.audit_event(by(), &entry).unwrap();
    }
    let raw = Connection::open(path).unwrap();
    raw.execute_batch(
        "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_removed; DROP TRIGGER audit_grows_at_its_end",
    )
    .unwrap();
    (store, raw)
}

/// Kind and row of the break after somebody ran `sql`.
fn broken_by(sql: &str) -> (Store, Option<(AuditBreak, i64)>) {
    let folder = tempfile::tempdir().unwrap();
    let (store, raw) = five_rows(&folder.path().join("simpul.db"));
    raw.execute_batch(sql).unwrap();
    let fault = store.verify_audit(None).unwrap().fault;
    (store, fault.map(|fault| (fault.kind, fault.seq)))
}

#[test]
fn a_whole_chain_is_whole_and_names_its_last_hash() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _raw) = five_rows(&folder.path().join("simpul.db"));
    let AuditVerdict { rows, head, fault } = store.verify_audit(None).unwrap();
    assert_eq!((rows, fault), (5, None));
    let head = head.unwrap();
    assert_eq!((head.seq, head.hash.len()), (5, 64));
    assert!(store.audit_event(by(), &AuditEntry::new(AuditAction::LoggedIn, "ani")).is_ok());
    assert_eq!(store.verify_audit(Some(&head.hash)).unwrap().fault, None, "it was the last one, and is still there");
}

#[test]
fn one_altered_row_is_found_in_any_column() {
    for column in ["at", "account", "origin", "action", "puskesmas", "record", "before", "after", "previous", "hash"] {
        let (_store, found) = broken_by(&format!("UPDATE audit SET {column} = 'lain' WHERE seq = 3"));
        assert_eq!(found.map(|(_, seq)| seq), Some(3), "{column}");
    }
    let (_store, found) = broken_by("UPDATE audit SET account = x'ff00' WHERE seq = 3");
    assert_eq!(found, Some((AuditBreak::Altered, 3)), "no text at all");
    let (_store, found) = broken_by("UPDATE audit SET puskesmas = '' WHERE seq = 2");
    assert_eq!(found, Some((AuditBreak::Altered, 2)), "blank is not absent");
}

#[test]
fn a_removed_row_and_exchanged_rows_are_found() {
    assert_eq!(broken_by("DELETE FROM audit WHERE seq = 3").1, Some((AuditBreak::Missing, 4)));
    assert_eq!(broken_by("DELETE FROM audit WHERE seq = 1").1, Some((AuditBreak::Missing, 2)));
    assert_eq!(broken_by("DELETE FROM audit WHERE seq = 5").1, Some((AuditBreak::CutOff, 5)));
    let swapped = "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; \
         UPDATE audit SET seq = 3 WHERE seq = 99";
    assert_eq!(broken_by(swapped).1, Some((AuditBreak::Altered, 2)));
    let closed = "DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3";
    assert!(broken_by(closed).1.is_some());
}

#[test]
fn who_cuts_the_end_off_cleverly_is_found_by_the_hash_that_was_noted() {
    let folder = tempfile::tempdir().unwrap();
    let (store, raw) = five_rows(&folder.path().join("simpul.db"));
    let noted = store.verify_audit(None).unwrap().head.unwrap().hash;
    raw.execute_batch("DELETE FROM audit WHERE seq > 3; UPDATE counters SET value = 3 WHERE name = 'audit'").unwrap();
    assert_eq!(store.verify_audit(None).unwrap().fault, None, "the rest is a chain of its own");
    let fault = store.verify_audit(Some(&noted)).unwrap().fault.unwrap();
    assert_eq!(fault.kind, AuditBreak::NotExpected);
    assert!(store.audit_event(by(), &AuditEntry::new(AuditAction::LoggedIn, "ani")).is_ok(), "work goes on");
}

#[test]
fn a_number_is_never_given_twice() {
    let (store, found) = broken_by("DELETE FROM audit WHERE seq > 3");
    assert_eq!(found, Some((AuditBreak::CutOff, 4)));
    store.audit_event(by(), &AuditEntry::new(AuditAction::LoggedIn, "ani")).unwrap();
    let fault = store.verify_audit(None).unwrap().fault.unwrap();
    assert_eq!((fault.kind, fault.seq), (AuditBreak::Missing, 6));
}

#[test]
fn the_database_refuses_to_change_and_to_remove_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("simpul.db");
    let store = Store::open(&path).unwrap();
    store.audit_event(by(), &AuditEntry::new(AuditAction::LoggedIn, "ani")).unwrap();
    let raw = Connection::open(&path).unwrap();
    let replace = "INSERT OR REPLACE INTO audit SELECT seq, at, 'budi', origin, action, puskesmas, puskesmas_key, \
         record, before, after, previous, hash FROM audit";
    for sql in ["UPDATE audit SET account = 'budi'", "DELETE FROM audit", replace] {
        let refused = raw.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("jejak audit"), "{refused}");
    }
    assert_eq!(store.verify_audit(None).unwrap().fault, None);
}

#[test]
fn a_workbook_is_one_row_however_many_rows_it_has() {
    let store = store();
    let visits = (1..=28).map(|day| visit("Apotek Alvi", &format!("2023-05-{day:02}"))).collect();
    let file = File::new("mei.xlsx", vec![recap(in_month(5), Rows::Visits(bare(visits)))]);
    let row = row_of(&store, || drop(file.accept(&store)));
    assert_eq!((row.action.as_str(), row.record.as_str()), ("import.accept", "impor 2: mei.xlsx"));
    assert_eq!((row.account.as_str(), row.origin.as_str()), ("ani", "baris perintah"));
    assert_eq!((row.at, row.puskesmas.as_deref()), (now(), Some(ABCDE)));
    let after = pairs(&row.after);
    assert!(after.contains(&("Baris baru", "28")), "{after:?}");
    assert!(after.iter().any(|(name, value)| *name == "Tabel" && value.contains("(28 baris")), "{after:?}");
    let row = row_of(&store, || store.undo(2, by()).unwrap());
    assert_eq!((row.action.as_str(), row.record.as_str()), ("import.undo", "impor 2: mei.xlsx"));
}

#[test]
fn what_does_not_hold_leaves_no_row() {
    let store = store();
    let file =
        File::new("mei.xlsx", vec![recap(in_month(5), Rows::Visits(bare(vec![visit("Apotek Alvi", "2023-05-02")])))]);
    assert!(file.accept_new(&store).is_some());
    let none = written(&store, || assert!(file.accept_new(&store).is_none(), "the same bytes"));
    assert_eq!(none, []);
    let none = written(&store, || assert!(store.undo(99, by()).is_err()));
    assert_eq!(none, []);
    let none = written(&store, || assert!(!store.revoke_alias(ABCDE, "tak ada", by()).unwrap()));
    assert_eq!(none, []);
    assert_eq!(store.verify_audit(None).unwrap().fault, None);
}

#[test]
fn typed_entries_tell_the_fields_that_changed() {
    let store = store();
    let entry = |coach: &str| {
        let mut row = visit("Apotek Alvi", "2023-05-02");
        row.coach = Some(coach.to_owned());
        vec![recap(in_month(5), Rows::Visits(bare(vec![row])))]
    };
    let accept = |recaps: &[_], replaced: Option<Replaced<'_>>| {
        let file = File::new("catatan.csv", Vec::new());
        let content = simpul::store::Content { recaps, ..Default::default() };
        store.accept_entry(&file.batch(), &content, replaced).unwrap().unwrap();
    };
    let row = row_of(&store, || accept(&entry("Bu Ani"), None));
    assert_eq!(row.action, "entry.add");
    assert!(row.record.starts_with(Table::Visits.label()) && row.record.contains("Apotek Alvi"), "{}", row.record);
    assert!(pairs(&row.after).iter().any(|(_, value)| *value == "Bu Ani"));
    let id = store.entries(EntriesOf { owner: ABCDE, table: Table::Visits, year: None }).unwrap()[0].id.clone();
    let replaced = Replaced { table: Table::Visits, id: &id, takes_out: TakenOut::All };
    let row = row_of(&store, || accept(&entry("Pak Budi"), Some(replaced)));
    assert_eq!(row.action, "entry.change");
    let sides = (pairs(&row.before), pairs(&row.after));
    assert_eq!((sides.0.len(), sides.1.len()), (1, 1), "only what changed: {sides:?}");
    assert_eq!((sides.0[0].1, sides.1[0].1), ("Bu Ani", "Pak Budi"));
    let row = row_of(&store, || accept(&[], Some(replaced)));
    assert_eq!(row.action, "entry.withdraw");
    assert!(pairs(&row.before).iter().any(|(_, value)| *value == "Pak Budi") && row.after == AuditFields::none());
}

#[test]
fn answers_tell_what_was_said_before() {
    let store = store();
    let row = row_of(&store, || store.add_alias(ABCDE, "Apt. Alvi", "Apotek Alvi", by()).unwrap());
    assert_eq!((row.action.as_str(), row.record.as_str()), ("alias.set", "nama “Apt. Alvi”"));
    let row = row_of(&store, || store.add_alias(ABCDE, "Apt. Alvi", "Klinik Bina", by()).unwrap());
    assert_eq!(
        (pairs(&row.before), pairs(&row.after)),
        (vec![("Faskes", "Apotek Alvi")], vec![("Faskes", "Klinik Bina")])
    );
    let row = row_of(&store, || assert!(store.revoke_alias(ABCDE, "Apt. Alvi", by()).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.before)), ("alias.revoke", vec![("Arti", "Klinik Bina")]));
    let profile = NewProfile {
        puskesmas: ABCDE,
        fingerprint: "x",
        table: Table::Visits,
        columns: "1 nama",
        rows_to_data: 1,
        indicator: None,
        place: ("a.xlsx", "Mei"),
        by: by(),
    };
    let row = row_of(&store, || store.add_profile(&profile).unwrap());
    assert_eq!((row.action.as_str(), row.record.as_str()), ("form.set", "bentuk a.xlsx · Mei"));
    let id = store.profiles().unwrap()[0].id;
    let row = row_of(&store, || assert!(store.revoke_profile(ABCDE, id, by()).unwrap()));
    assert_eq!(row.action, "form.revoke");
    let word = NewFormWord {
        puskesmas: ABCDE,
        fingerprint: "x",
        table: Table::Visits,
        sort: "skala",
        word: "100",
        place: ("a.xlsx", "Mei"),
        by: by(),
    };
    let row = row_of(&store, || store.add_form_word(&word).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.after)), ("word.set", vec![("Jawaban", "100")]));
    let id = store.form_words().unwrap()[0].id;
    let row = row_of(&store, || assert!(store.revoke_form_word(ABCDE, id, by()).unwrap()));
    assert_eq!(row.action, "word.revoke");
    store.set_sheet_period("00", "Mei", in_month(4), by()).unwrap();
    let row = row_of(&store, || store.set_sheet_period("00", "Mei", Received::Year(2023), by()).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.before)), ("sheet.period", vec![("Masa", "April 2023")]));
    assert_eq!(row.puskesmas.as_deref(), Some(ABCDE), "the only one there is");
}

#[test]
fn papers_tell_number_text_details_and_lines() {
    let store = store();
    let paper = PaperKey { puskesmas: ABCDE, kind: "evaluasi", period: "2023-C2".parse::<Period>().unwrap() };
    let new = NewNumber { number: 7, day: date("2023-09-01"), by: by() };
    let row = row_of(&store, || drop(store.give_letter_number(&paper, new).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.after)[0]), ("number.give", ("Nomor urut", "7")));
    let none = written(&store, || drop(store.give_letter_number(&paper, new).unwrap()));
    assert_eq!(none, [], "it has one");
    let row = row_of(&store, || assert!(store.revoke_letter_number(&paper, by()).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.before)[0]), ("number.revoke", ("Nomor urut", "7")));
    let lines = LetterLines { subject: "Undangan".to_owned(), ..LetterLines::default() };
    let row = row_of(&store, || store.set_letter_lines(&paper, &lines, by()).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.after)), ("lines.set", vec![("Perihal", "Undangan")]));
    let mut settings = LetterSettings { address: "Jl. Melati 1".to_owned(), ..LetterSettings::default() };
    store.set_letter(ABCDE, Some(&settings), by()).unwrap();
    settings.address = "Jl. Mawar 2".to_owned();
    let row = row_of(&store, || store.set_letter(ABCDE, Some(&settings), by()).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.before)), ("letter.set", vec![("Alamat", "Jl. Melati 1")]));
    assert_eq!(pairs(&row.after), [("Alamat", "Jl. Mawar 2")]);
    assert_eq!(row_of(&store, || store.set_letter(ABCDE, None, by()).unwrap()).action, "letter.reset");
    assert_eq!(row_of(&store, || drop(store.add_logo(ABCDE, b"png", by()).unwrap())).action, "logo.add");
    let template = NewOfficeTemplate {
        puskesmas: ABCDE,
        kind: ReportKind::Evaluation,
        name: "Format Dinas",
        format: FileFormat::Docx,
        bytes: b"x",
        by: by(),
    };
    let row = row_of(&store, || store.add_office_template(&template).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.before)), ("office-template.add", vec![]));
    // The same name in other capitals is the same template.
    let row = row_of(&store, || {
        store.add_office_template(&NewOfficeTemplate { name: "FORMAT DINAS", bytes: b"y", ..template }).unwrap();
    });
    assert_eq!(pairs(&row.before).len(), 1);
    let kept = store.office_templates(ABCDE).unwrap();
    assert_eq!((kept.len(), kept[0].name.as_str()), (1, "FORMAT DINAS"));
    assert_eq!(store.office_template_bytes(ABCDE, kept[0].id).unwrap().as_deref(), Some(b"y".as_slice()));
    let row = row_of(&store, || assert!(store.remove_office_template(ABCDE, kept[0].id, by()).unwrap()));
    assert_eq!(row.action, "office-template.remove");
    assert!(!store.remove_office_template(ABCDE, kept[0].id, by()).unwrap());
    assert_eq!(store.office_template_bytes(ABCDE, kept[0].id).unwrap(), None);
    let author = NewAuthor { puskesmas: Some(ABCDE), name: "dr. Ani", by: by() };
    let row = row_of(&store, || store.set_author(&author).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.after)), ("author.set", vec![("Nama", "dr. Ani")]));
    let sections = [("analisis".to_owned(), "Capaian naik.".to_owned())];
    let text = Some(NarrativeText { sections: &sections, facts: &[] });
    let mut new = NewNarrative {
        paper,
        base: None,
        as_of: date("2023-08-31"),
        snapshot: "ABC",
        counts_from: date("2023-08-31"),
        text,
        by: by(),
    };
    let row = row_of(&store, || assert!(store.add_narrative(&new).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.after)), ("narrative.write", vec![("analisis", "Capaian naik.")]));
    new.base = Some(1);
    new.text = None;
    let row = row_of(&store, || assert!(store.add_narrative(&new).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.before)), ("narrative.reset", vec![("analisis", "Capaian naik.")]));
}

#[test]
fn evidence_drafts_and_jobs_are_told() {
    let store = store();
    let of = EvidenceOf::Visit {
        facility: "Apotek Alvi".to_owned(),
        date: VisitDate::Day(date("2023-05-02")),
        form: "Supervisi".to_owned(),
    };
    let files = [("foto.jpg".to_owned(), EvidenceFormat::from_ending("jpg").unwrap(), b"foto".to_vec())];
    let new = NewEvidence { puskesmas: ABCDE, of: &of, kind: EvidenceKind::Photos, files: &files, by: by() };
    let limits = EvidenceLimits { files_per_thing: 9, total_bytes: 9_999 };
    let row = row_of(&store, || assert_eq!(store.attach(&new, limits).unwrap(), 1));
    assert_eq!(row.action, "evidence.attach");
    assert!(row.record.contains("Apotek Alvi, 2 Mei 2023"), "{}", row.record);
    assert_eq!(pairs(&row.after)[0], ("Berkas", "foto.jpg"));
    assert_eq!(written(&store, || assert_eq!(store.attach(&new, limits).unwrap(), 0)), [], "it is there already");
    let row = row_of(&store, || assert!(store.withdraw_evidence(ABCDE, 1, by()).unwrap()));
    assert_eq!((row.action.as_str(), pairs(&row.before)[0]), ("evidence.withdraw", ("Berkas", "foto.jpg")));
    let row = row_of(&store, || assert!(store.erase_evidence(ABCDE, 1, by()).unwrap()));
    assert_eq!(row.action, "evidence.erase");
    let later = now() + chrono::Duration::hours(1);
    let draft = NewDraft { by: by(), expires: later, files: &[("a.xlsx", b"isi rahasia")] };
    let row = row_of(&store, || assert_eq!(store.add_draft(&draft).unwrap(), 1));
    assert_eq!((row.action.as_str(), row.record.as_str()), ("draft.add", "draf 1"));
    assert!(!format!("{row:?}").contains("rahasia"), "no content of a file");
    let row = row_of(&store, || store.set_draft_owner(1, Some(ABCDE), by()).unwrap());
    assert_eq!((row.action.as_str(), pairs(&row.after)), ("draft.own", vec![("Puskesmas", ABCDE)]));
    let left = DraftOutcome { status: "discarded".to_owned(), message: String::new(), batch: None };
    let row = row_of(&store, || store.decide_draft_file(1, 0, &left, by()).unwrap());
    assert_eq!((row.record.as_str(), pairs(&row.after)), ("draf 1: a.xlsx", vec![("Hasil", "dibuang")]));
    let row = row_of(&store, || store.ledger().pause_job("cadangan", true, by()).unwrap());
    assert_eq!((row.action.as_str(), row.record.as_str(), row.puskesmas), ("job.pause", "tugas cadangan", None));
    assert_eq!(row_of(&store, || store.ledger().pause_job("cadangan", false, by()).unwrap()).action, "job.resume");
    let run = NewRun {
        job: "cadangan".to_owned(),
        due: now(),
        since: now(),
        covers: 1,
        reason: RunReason::Manual,
        state: RunState::Due,
        who: "ani".to_owned(),
        message: String::new(),
    };
    let row = row_of(&store, || assert!(store.ledger().enter_manual(&run, by()).unwrap().is_some()));
    assert_eq!((row.action.as_str(), row.record.as_str()), ("job.run", "tugas cadangan"));
    assert_eq!(written(&store, || assert_eq!(store.ledger().enter_manual(&run, by()).unwrap(), None)), []);
}

#[test]
fn papers_that_go_out_and_kept_evaluations_are_told_once() {
    let store = store();
    let paper = PaperKey { puskesmas: ABCDE, kind: "evaluasi", period: "2023-C2".parse::<Period>().unwrap() };
    let edition = NewEdition {
        paper,
        number: None,
        revision: 0,
        title: "Evaluasi",
        subtitle: "Caturwulan II 2023",
        snapshot: "ABCDEF",
        as_of: date("2023-08-31"),
        prints: Prints { inputs: "", content: "", whole: "" },
        by: by(),
    };
    let row = row_of(&store, || assert!(store.keep_edition(&edition, None).unwrap()));
    assert_eq!((row.action.as_str(), row.record.as_str()), ("edition.keep", "Evaluasi, Caturwulan II 2023"));
    assert!(pairs(&row.after).contains(&("Versi data", "ABCDEF")));
    assert_eq!(written(&store, || assert!(store.keep_edition(&edition, None).unwrap())), []);
    let kept = KeptEvaluation {
        id: "abc".to_owned(),
        puskesmas: ABCDE.to_owned(),
        period: "2023-C2".to_owned(),
        as_of: "2023-08-31".to_owned(),
        made: now(),
        contract: "{}".to_owned(),
    };
    let row = row_of(&store, || assert!(store.ledger().keep_evaluation(&kept, by()).unwrap()));
    assert_eq!((row.action.as_str(), row.record.as_str()), ("evaluation.keep", "evaluasi abc"));
    assert_eq!(written(&store, || assert!(!store.ledger().keep_evaluation(&kept, by()).unwrap())), []);
}

#[test]
fn what_is_tried_beside_the_log_leaves_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("simpul.db")).unwrap();
    let file = File::new("daftar.xlsx", vec![register(2023, vec![facility("Apotek Alvi")])]);
    file.accept(&store);
    let aside = store.aside().unwrap();
    aside.set_apart(&[ABCDE.to_owned()]).unwrap();
    aside.undo(1, by()).unwrap();
    drop(aside);
    assert_eq!(rows(&store).len(), 1);
}

/// Rows of two Puskesmas and of the installation.
fn two_puskesmas() -> Store {
    let store = store();
    File::new("lain.xlsx", vec![register(2023, vec![facility("RAHASIA LAIN")])]).of("Puskesmas Lain").accept(&store);
    store.audit_event(by(), &AuditEntry::new(AuditAction::LoggedIn, "akun budi")).unwrap();
    store
}

#[test]
fn nobody_sees_rows_of_another_puskesmas_or_of_the_installation() {
    let store = two_puskesmas();
    let head = Grant::Head { puskesmas: "Pkm Abcde".to_owned() };
    let access = Access::of_account("kepala", Origin::CommandLine, vec![head], &[]);
    let narrow = store.narrowed(&access);
    // Whatever reach is asked for, the handle's own is the bound.
    for reach in [Reach::Everything, Reach::over([ABCDE]), Reach::over([ABCDE, "Puskesmas Lain"])] {
        let filter = AuditFilter::within(reach.clone());
        assert_eq!(narrow.audit_count(&filter).unwrap(), 1);
        let seen = narrow.audit_rows(&filter, 0, 100).unwrap();
        assert!(seen.iter().all(|row| row.puskesmas.as_deref() == Some(ABCDE)), "{seen:?}");
        assert_eq!(narrow.audit_accounts(&reach).unwrap(), ["ani"]);
    }
    for reach in [Reach::over(["Puskesmas Lain"]), Reach::over([])] {
        assert_eq!(narrow.audit_count(&AuditFilter::within(reach.clone())).unwrap(), 0);
        assert_eq!(narrow.audit_rows(&AuditFilter::within(reach), 0, 100).unwrap(), []);
    }
    assert!(narrow.verify_audit(None).is_err(), "the chain is the installation's");
    assert_eq!(store.audit_count(&AuditFilter::within(Reach::Everything)).unwrap(), 3);
}

#[test]
fn a_filter_finds_words_as_they_stand() {
    let store = two_puskesmas();
    let count = |words: &str| {
        let filter = AuditFilter { words: Some(words.to_owned()), ..AuditFilter::within(Reach::Everything) };
        store.audit_count(&filter).unwrap()
    };
    assert_eq!((count("LAIN.xlsx"), count("lain register"), count("%"), count("' OR 1=1 --")), (1, 0, 0, 0));
    assert_eq!(count("akun budi"), 1);
    let many = format!("{}tidak-ada", "budi ".repeat(8));
    assert_eq!((count(&many), count(&many[5..])), (1, 0), "words are looked for up to the eighth");
    let filter = |change: fn(&mut AuditFilter)| {
        let mut filter = AuditFilter::within(Reach::Everything);
        change(&mut filter);
        store.audit_count(&filter).unwrap()
    };
    assert_eq!(filter(|filter| filter.action = Some(AuditAction::LoggedIn)), 1);
    assert_eq!(filter(|filter| filter.puskesmas = Some("pkm lain".to_owned())), 1);
    assert_eq!(filter(|filter| filter.from = Some(now() + chrono::Duration::seconds(1))), 0);
    assert_eq!(filter(|filter| filter.until = Some(now() + chrono::Duration::seconds(1))), 3);
}

#[test]
fn the_origin_is_that_of_the_one_who_acts() {
    let store = store();
    let origin = Origin::Page("192.168.1.7".parse().unwrap());
    let by = By { who: "ani", at: now(), origin: &origin };
    let row = row_of(&store, || store.add_alias(ABCDE, "A", "Apotek Alvi", by).unwrap());
    assert_eq!(row.origin, "halaman, 192.168.1.7");
}
