//! Versions of one recap: corrections, what a new version lacks, replacing, undoing, the same bytes again.

use simpul::domain::records::{Recap, Rows};
use simpul::store::{By, Scope, Store, StoreError, sha256};

use super::{ABCDE, File, achievement, bare, facts, in_month, month, now, recap, store, visit};

fn may(days: &[u32]) -> Vec<Recap> {
    let rows = days.iter().map(|day| visit("Apotek Alvi", &format!("2023-05-{day:02}")));
    vec![recap(in_month(5), Rows::Visits(bare(rows.collect())))]
}

fn days(store: &Store) -> Vec<String> {
    facts(store).visits.iter().map(|visit| visit.date.day().unwrap().format("%d").to_string()).collect()
}

#[test]
fn a_correction_corrects() {
    let store = store();
    let scored = |points| {
        let mut row = visit("Apotek Alvi", "2023-05-02");
        (row.points, row.maximum, row.photos) = (Some(points), Some(100.0), (points > 85.0).then_some(true));
        vec![recap(in_month(5), Rows::Visits(bare(vec![row])))]
    };
    File::new("v1", scored(90.0)).accept(&store);
    File::new("v2", scored(80.0)).accept(&store);
    let visit = &facts(&store).visits[0];
    assert_eq!((visit.points, visit.photos), (Some(80.0), true), "a blank in the correction erases nothing");
}

#[test]
fn rows_that_a_new_version_lacks_stay_and_are_named() {
    let store = store();
    File::new("v1", may(&[2, 9])).accept(&store);
    let gone = File::new("v2", may(&[9, 16])).accept(&store).gone;
    assert_eq!(days(&store), ["02", "09", "16"]);
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].what, "Apotek Alvi, 2 Mei 2023, Supervisi");
    assert_eq!((gone[0].file_name.as_str(), gone[0].sheet.as_str()), ("v1", "Pembinaan"));
    let warnings = store.issues(3).unwrap();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.contains("--replace"), "{}", warnings[0].message);
}

#[test]
fn replacing_takes_them_out_and_undoing_brings_them_back() {
    let store = store();
    File::new("v1", may(&[2, 9])).accept(&store);
    let before = facts(&store);
    let replaced = File::new("v2", may(&[9, 16])).replacing().accept(&store);
    assert_eq!(days(&store), ["09", "16"]);
    // What is out is not gone once more.
    assert_eq!(File::new("v3", may(&[9, 16, 23])).accept(&store).gone, []);
    assert_eq!(days(&store), ["09", "16", "23"]);
    store.undo(replaced.batch + 1, By::command_line("budi", now())).unwrap();
    store.undo(replaced.batch, By::command_line("budi", now())).unwrap();
    assert_eq!(facts(&store), before);
}

#[test]
fn undoing_takes_exactly_its_rows_out() {
    let store = store();
    File::new("a", may(&[2])).accept(&store);
    let before = facts(&store);
    let version = store.version().unwrap();
    let accepted = File::new("b", may(&[2, 3])).accept(&store);
    assert_ne!(store.version().unwrap(), version);
    store.undo(accepted.batch, By::command_line("budi", now())).unwrap();
    assert_eq!(facts(&store), before);
    assert!(matches!(store.undo(accepted.batch, By::command_line("budi", now())), Err(StoreError::NoSuchBatch(_))));
    let history = store.history(&Scope::All).unwrap();
    assert_eq!(history[0].undone, Some((now(), "budi".to_owned())));
    assert_eq!((history[1].undone.clone(), history.len()), (None, 3));
}

#[test]
fn an_undone_recap_is_not_received() {
    let store = store();
    let accepted = File::new("mei", may(&[])).accept(&store);
    assert!(facts(&store).received.iter().any(|held| held.received == in_month(5)));
    store.undo(accepted.batch, By::command_line("budi", now())).unwrap();
    assert!(!facts(&store).received.iter().any(|held| held.received == in_month(5)));
}

#[test]
fn another_holders_indicators_are_no_former_version() {
    let store = store();
    let held = |service: &str, names: &[&str]| {
        let rows = names.iter().map(|name| achievement(name, service, month(5), (Some(1.0), Some(2.0))));
        vec![recap(in_month(5), Rows::Achievements(bare(rows.collect())))]
    };
    File::new("kia", held("K6", &["Apotek Alvi", "Klinik Bina"])).accept(&store);
    assert_eq!(File::new("gizi", held("KBV", &["Apotek Alvi"])).replacing().accept(&store).gone, []);
    let gone = File::new("kia2", held("K6", &["Apotek Alvi"])).replacing().accept(&store).gone;
    assert_eq!(gone.iter().map(|row| row.what.as_str()).collect::<Vec<_>>(), ["Klinik Bina, K6 Mei 2023"]);
    assert_eq!(facts(&store).achievements.facility.len(), 2);
}

#[test]
fn the_same_bytes_are_known_with_what_they_held() {
    let store = store();
    let mut file = File::new("v1", may(&[2])).with_error("F10");
    file.recaps[0].rows_rejected = 1;
    let accepted = file.accept(&store);
    assert!(store.held(ABCDE, &sha256(b"v2")).unwrap().is_none());
    assert!(store.held("Puskesmas Zamrud", &sha256(b"v1")).unwrap().is_none());
    let held = store.held("Pkm Abcde", &sha256(b"v1")).unwrap().unwrap();
    assert_eq!((held.batch, held.has_rejections(), held.issues.len()), (accepted.batch, true, 1));
    assert_eq!(held.issues, file.issues);
    assert_eq!(held.later, []);
    File::new("v2", may(&[2])).accept(&store);
    let held = store.held(ABCDE, &sha256(b"v1")).unwrap().unwrap();
    assert_eq!(held.later.iter().map(|later| later.file_name.as_str()).collect::<Vec<_>>(), ["v2"]);
    store.undo(accepted.batch, By::command_line("budi", now())).unwrap();
    assert!(store.held(ABCDE, &sha256(b"v1")).unwrap().is_none());
    assert_eq!(store.holders(&sha256(b"v2")).unwrap(), [ABCDE]);
}

#[test]
fn rows_tried_again_are_added_once_and_rank_where_their_file_ranks() {
    let store = store();
    let scored = |day: u32, points| {
        let mut row = visit("Apotek Alvi", &format!("2023-05-{day:02}"));
        (row.points, row.maximum) = (Some(points), Some(100.0));
        row
    };
    let held = |rows| vec![recap(in_month(5), Rows::Visits(bare(rows)))];
    let first = File::new("v1", held(vec![scored(2, 50.0)])).accept(&store);
    File::new("v2", held(vec![scored(2, 60.0), scored(9, 70.0)])).accept(&store);
    let again = vec![scored(2, 50.0), scored(9, 55.0), scored(16, 56.0)];
    let retried = File::new("v1", held(again)).retry(&store, first.batch).unwrap();
    assert_eq!((retried.rows_added, retried.gone.len()), (2, 0));
    let points: Vec<_> = facts(&store).visits.iter().map(|visit| visit.points).collect();
    assert_eq!(points, [Some(60.0), Some(70.0), Some(56.0)]);
    assert_eq!(store.held(ABCDE, &sha256(b"v1")).unwrap().unwrap().batch, first.batch);
    let version = store.version().unwrap();
    assert_eq!(File::new("v1", may(&[2, 9])).retry(&store, first.batch), None);
    assert_eq!((store.version().unwrap(), store.history(&Scope::All).unwrap().len()), (version, 4));
    // Undoing the file undoes what continued it.
    store.undo(first.batch, By::command_line("budi", now())).unwrap();
    assert_eq!(days(&store), ["02", "09"]);
}

#[test]
fn rows_taken_out_do_not_come_back_by_trying_again() {
    let store = store();
    let first = File::new("v1", may(&[2, 9])).accept(&store);
    File::new("v2", may(&[9])).replacing().accept(&store);
    File::new("v1", may(&[2, 9, 16])).retry(&store, first.batch).unwrap();
    assert_eq!(days(&store), ["09", "16"]);
}

#[test]
fn replacing_may_be_asked_for_afterwards() {
    let store = store();
    File::new("v1", may(&[2, 9])).accept(&store);
    let second = File::new("v2", may(&[9])).accept(&store);
    File::new("v3", may(&[9, 16])).accept(&store);
    let replaced = File::new("v2", may(&[9])).replacing().retry(&store, second.batch).unwrap();
    assert_eq!((replaced.rows_added, replaced.gone.len()), (0, 1));
    assert_eq!(days(&store), ["09", "16"], "rows of later versions stay");
    assert_eq!(File::new("v2", may(&[9])).replacing().retry(&store, second.batch), None);
    store.undo(replaced.batch, By::command_line("budi", now())).unwrap();
    assert_eq!(days(&store), ["02", "09", "16"]);
}

#[test]
fn originals_and_history_come_back() {
    let store = store();
    let accepted = File::new("rekap mei", may(&[2])).with_error("F10").accept(&store);
    assert_eq!(store.original(accepted.batch).unwrap(), ("rekap mei".to_owned(), b"rekap mei".to_vec()));
    assert!(matches!(store.original(99), Err(StoreError::NoSuchBatch(99))));
    let history = store.history(&Scope::Puskesmas(ABCDE.into())).unwrap();
    let last = &history[0];
    assert_eq!((last.file_name.as_str(), last.who.as_str(), last.errors, last.warnings), ("rekap mei", "ani", 1, 0));
    assert_eq!((last.at, last.recaps[0].received), (now(), in_month(5)));
    assert_eq!(store.issues(accepted.batch).unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn two_processes_share_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("simpul.db");
    let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let version = other.version().unwrap();
    File::new("mei", may(&[2])).accept(&one);
    assert_ne!(other.version().unwrap(), version);
    File::new("mei2", may(&[3])).accept(&other);
    assert_eq!(one.history(&Scope::All).unwrap().len(), 2);
    assert_eq!(facts(&one), facts(&other));
    assert_eq!(one.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_same_bytes_brought_by_two_processes_at_once_are_one_batch() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("simpul.db");
    let file = File::new("mei", may(&[2]));
    let accepted = std::thread::scope(|scope| {
        let bring = || file.accept_new(&Store::open(&path).unwrap());
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(bring)).collect();
        threads.into_iter().filter_map(|thread| thread.join().unwrap()).count()
    });
    let store = Store::open(&path).unwrap();
    assert_eq!((accepted, store.history(&Scope::All).unwrap().len(), store.version().unwrap()), (1, 1, 1));
    // The same bytes may be another Puskesmas' too, and come again once they were undone.
    assert!(File::new("mei", may(&[2])).of("Puskesmas Zamrud").accept_new(&store).is_some());
    let first = store.held(ABCDE, &sha256(b"mei")).unwrap().unwrap();
    store.undo(first.batch, By::command_line("budi", now())).unwrap();
    assert!(file.accept_new(&store).is_some());
}

#[test]
fn many_may_open_and_write_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("simpul.db");
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let path = &path;
            scope.spawn(move || {
                let store = Store::open(path).unwrap();
                for day in 1..=4 {
                    File::new(&format!("{thread} {day}"), may(&[thread * 4 + day])).accept(&store);
                    store.facts(&Scope::All).unwrap();
                }
            });
        }
    });
    let store = Store::open(&path).unwrap();
    assert_eq!((store.history(&Scope::All).unwrap().len(), store.version().unwrap()), (24, 24));
}

#[test]
fn a_workbook_whose_reading_breaks_off_leaves_nothing() {
    let store = store();
    let (before, version) = (facts(&store), store.version().unwrap());
    let recaps = may(&[2, 9]);
    let file = File::new("v1", recaps.clone());
    let broken = store.accept_new(&file.batch(), |accepting| {
        accepting.begin_table("Pembinaan", recaps[0].rows.table(), recaps[0].received)?;
        accepting.rows(&recaps[0].rows)?;
        Err(StoreError::BrokenOff)
    });
    assert!(matches!(broken, Err(StoreError::BrokenOff)));
    assert_eq!((facts(&store), store.version().unwrap()), (before, version));
    assert_eq!(store.history(&Scope::All).unwrap().len(), 1);
    assert!(file.accept_new(&store).is_some());
}

#[test]
fn rows_in_pieces_are_the_rows_of_one_table() {
    let (whole, parted) = (store(), store());
    let recaps = may(&[2, 9, 16, 23]);
    let accepted = File::new("v1", recaps.clone()).accept(&whole);
    let accepted_in_pieces = parted.accept_new(&File::new("v1", recaps).batch(), |accepting| {
        accepting.begin_table("Pembinaan", may(&[])[0].rows.table(), in_month(5))?;
        accepting.rows(&may(&[2, 9])[0].rows)?;
        accepting.rows(&may(&[16])[0].rows)?;
        accepting.end_table(&may(&[23])[0])
    });
    assert_eq!(accepted_in_pieces.unwrap(), Some(accepted));
    assert_eq!(facts(&parted), facts(&whole));
    for store in [&whole, &parted] {
        let gone = File::new("v2", may(&[9, 16])).replacing().accept(store).gone;
        let gone: Vec<&str> = gone.iter().map(|row| row.what.as_str()).collect();
        assert_eq!(gone, ["Apotek Alvi, 2 Mei 2023, Supervisi", "Apotek Alvi, 23 Mei 2023, Supervisi"]);
        assert_eq!(days(store), ["09", "16"]);
    }
}
