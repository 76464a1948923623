//! Tables that are stored while their later rows are still read: the same facts, receipts and cells as of a short one,
//! and all of a file or nothing.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use simpul::app::import::Upload;
use simpul::app::import::receipt::{FileStatus, IssueReceipt};
use simpul::domain::Date;
use simpul::store::{Scope, Store};

use super::{facts, run, status};

/// Rows of the long table: more than two pieces, and no whole number of them.
const ROWS: u32 = 5_000;
/// Facilities of its register.
const FACILITIES: u32 = 40;
/// The first row of the table on its sheet, from 1.
const FIRST_ROW: u32 = 5;
/// Rows that repeat the one of this many rows before: within a piece, over the border between the first two, over two.
const REPEATS: [(u32, u32); 4] = [(700, 1), (2_048, 1), (2_100, 2_090), (4_900, 4_800)];
/// Rows with points above the maximum: in the first piece, in the last, and one whose key a later row brings again.
const ABOVE: [u32; 3] = [12, 4_200, 4_999];
const AGAIN: (u32, u32) = (4_950, 4_200);

fn facility(place: u32) -> String {
    format!("Klinik Sehat {:02}", place % FACILITIES)
}

fn day(place: u32) -> Date {
    Date::from_ymd_opt(2023, 1, 1).unwrap() + chrono::Days::new(u64::from(place / FACILITIES))
}

/// The place whose facility and date a row bears.
fn named(place: u32) -> u32 {
    let repeated = REPEATS.iter().chain([&(AGAIN.0, AGAIN.0 - AGAIN.1)]).find(|(repeat, _)| *repeat == place);
    repeated.map_or(place, |(_, before)| place - before)
}

fn register() -> Upload {
    let mut text = "UPT PUSKESMAS ABCDE\nDAFTAR IDENTIFIKASI TAHUN 2023\n\n".to_owned();
    text.push_str("No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat\n");
    for place in 0..FACILITIES {
        writeln!(text, "{},{},Klinik,Jejaring,Jl. Melati", place + 1, facility(place)).unwrap();
    }
    Upload { name: "register.csv".to_owned(), bytes: text.into_bytes() }
}

fn long() -> Upload {
    let mut text = "UPT PUSKESMAS ABCDE\nREKAP PEMBINAAN JARINGAN DAN JEJARING\nTAHUN 2023\n".to_owned();
    text.push_str("No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Skor Daftar Tilik,Skor Maksimal\n");
    for place in 0..ROWS {
        let (facility, day) = (facility(named(place)), day(named(place)).format("%d/%m/%Y"));
        let points = if ABOVE.contains(&place) { 101 } else { place % 101 };
        writeln!(text, "{},{day},{facility},Supervisi,{points},100", place + 1).unwrap();
    }
    Upload { name: "pembinaan.csv".to_owned(), bytes: text.into_bytes() }
}

/// Follow-ups of a visit in the first piece, of one in the last, and of a day without one.
fn follow_ups() -> Upload {
    let mut text = "UPT PUSKESMAS ABCDE\nRENCANA TINDAK LANJUT\nTAHUN 2023\n".to_owned();
    text.push_str("No,Tanggal Pembinaan,Nama Jaringan/Jejaring,Rencana Tindak Lanjut,Target Selesai\n");
    for (number, place) in [(1, 0), (2, 4_998), (3, ROWS + FACILITIES)] {
        let day = day(place).format("%d/%m/%Y");
        writeln!(text, "{number},{day},{},Melengkapi register,31/12/2023", facility(place)).unwrap();
    }
    Upload { name: "rtl.csv".to_owned(), bytes: text.into_bytes() }
}

/// Places of the rows that count.
fn accepted() -> Vec<u32> {
    let repeats = REPEATS.map(|(place, _)| place);
    (0..ROWS).filter(|place| !repeats.contains(place) && !ABOVE.contains(place)).collect()
}

fn assert_whole(store: &Store) {
    let mut expected: Vec<(String, Date, Option<f64>)> = accepted()
        .iter()
        .map(|place| (facility(named(*place)), day(named(*place)), Some(f64::from(place % 101))))
        .collect();
    expected.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    let facts = facts(store);
    let name = |place: u32| facts.facilities[place as usize].name.clone();
    let mut found: Vec<_> =
        facts.visits.iter().map(|visit| (name(visit.facility), visit.date.day().unwrap(), visit.points)).collect();
    found.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    assert_eq!(found, expected);
}

#[test]
fn a_long_table_brings_every_row_once_and_names_every_fault() {
    let store = Store::in_memory().unwrap();
    // The register comes last and serves the others all the same.
    let receipts = run(&store, &[follow_ups(), long(), register()]);
    assert_eq!(status(&receipts), [FileStatus::Imported; 3], "{receipts:?}");
    assert_whole(&store);
    let sheet = &receipts[1].sheets[0];
    let rejected = u32::try_from(REPEATS.len() + ABOVE.len()).unwrap();
    assert_eq!((sheet.rows, sheet.accepted, sheet.rejected), (ROWS, ROWS - rejected, rejected));
    let found: Vec<(String, &str)> = receipts[1].issues.iter().map(|issue| (issue.cell.clone(), issue.code)).collect();
    let mut expected: Vec<(u32, char, &str)> = REPEATS.iter().map(|(place, _)| (*place, 'C', "duplicate")).collect();
    expected.extend(ABOVE.iter().map(|place| (*place, 'E', "score_above_maximum")));
    expected.sort_unstable();
    let cell = |(place, column, code)| (format!("{column}{}", FIRST_ROW + place), code);
    assert_eq!(found, expected.into_iter().map(cell).collect::<Vec<_>>());
    let warned: Vec<(&str, &str)> = receipts[0].issues.iter().map(|issue| (issue.cell.as_str(), issue.code)).collect();
    assert_eq!(warned, [("B7", "follow_up_without_visit")], "visits of every piece are known");
    // The same bytes again: what was rejected still is, and nothing is added.
    let again = run(&store, &[long()]);
    // What can be said to an issue is told while a file is read, and not kept.
    let kept: Vec<_> = receipts[1].issues.iter().cloned().map(|issue| IssueReceipt { about: None, ..issue }).collect();
    assert_eq!((again[0].status, &again[0].issues), (FileStatus::Unchanged, &kept));
    assert_whole(&store);
}

#[test]
fn every_row_of_a_long_table_leads_back_to_its_cell() {
    let store = Store::in_memory().unwrap();
    run(&store, &[register(), long()]);
    for place in [0, 2_047, 2_049, 4_096, 4_998] {
        let key = simpul::domain::facts::FactKey::Visit(day(place).into(), "Supervisi".to_owned());
        let traced = store.trace("UPT PUSKESMAS ABCDE", &facility(place), &key).unwrap();
        let cells: Vec<&str> = traced.iter().map(|field| field.place.sheet_and_cell().1).collect();
        let row = FIRST_ROW + place;
        assert_eq!(cells, ["B", "D", "E", "F"].map(|column| format!("{column}{row}")), "{traced:?}");
    }
}

#[test]
fn a_correction_of_a_long_table_names_what_it_lacks() {
    let store = Store::in_memory().unwrap();
    run(&store, &[register(), long()]);
    let shorter = String::from_utf8(long().bytes).unwrap();
    let without = |line: &&str| !line.starts_with("3,") && !line.starts_with("4501,");
    let shorter: String = shorter.split_inclusive('\n').filter(without).collect();
    let receipts = run(&store, &[Upload { name: "koreksi.csv".to_owned(), bytes: shorter.into_bytes() }]);
    let gone: Vec<&str> = receipts[0]
        .issues
        .iter()
        .filter(|issue| issue.code == "row_gone")
        .map(|issue| issue.message.as_str())
        .collect();
    assert_eq!(gone.len(), 2, "{gone:?}");
    for (message, place) in gone.iter().zip([2, 4_500]) {
        assert!(message.contains(&facility(place)), "{message}");
    }
    assert_whole(&store);
}

/// Imports with the built binary and kills it after a while; whether it had ended before.
fn import_and_kill(data: &Path, file: &Path, after: Duration) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_simpul"))
        .arg("--data")
        .args([data, Path::new("import"), file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let has_ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    has_ended
}

#[test]
fn an_import_that_is_killed_leaves_all_of_a_file_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |upload: &Upload| {
        let path = folder.path().join(&upload.name);
        fs::write(&path, &upload.bytes).unwrap();
        path
    };
    let long = path(&long());
    for attempt in 0_u32.. {
        let data = folder.path().join(format!("data-{attempt}"));
        fs::create_dir(&data).unwrap();
        run(&Store::open(&data.join(simpul::app::DATABASE)).unwrap(), &[register()]);
        let has_ended = import_and_kill(&data, &long, Duration::from_millis(60) * (attempt * attempt + 1));
        let store = Store::open(&data.join(simpul::app::DATABASE)).unwrap();
        let batches = store.history(&Scope::All).unwrap().len();
        if batches == 2 {
            assert_whole(&store);
        } else {
            assert_eq!((batches, facts(&store).visits.len(), has_ended), (1, 0, false));
        }
        if has_ended {
            break;
        }
    }
}
