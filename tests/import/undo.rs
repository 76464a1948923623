//! Undoing an import, whichever of many: what counts then, and what the history lists as live, is what it would be
//! had that file never come.

use std::fmt::Write;

use proptest::prelude::*;
use simpul::app::import::Upload;
use simpul::app::import::receipt::FileStatus;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::domain::{Facts, Received, Table};
use simpul::store::{BatchId, Scope};
use tempfile::TempDir;

const REGISTER: &str = "UPT PUSKESMAS ABCDE\nTAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok\n\
    1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Bina,Klinik,Jejaring\n3,Pustu Ngatri,Pustu,Jaringan\n";
const NAMES: [&str; 4] = ["Apotek Alvi", "Klinik Bina", "Pustu Ngatri", "Nama Yang Salah"];

/// A recap of visits: month 1–3, rows of (day, place among the names, points).
#[derive(Clone, Debug)]
struct Recap {
    month: u32,
    rows: Vec<(u32, usize, u32)>,
    replaces: bool,
}

fn recaps() -> impl Strategy<Value = Vec<Recap>> {
    let row = (1_u32..6, 0_usize..NAMES.len(), 0_u32..120);
    let recap = (1_u32..4, prop::collection::vec(row, 0..5), any::<bool>());
    let recap = recap.prop_map(|(month, rows, replaces)| Recap { month, rows, replaces });
    prop::collection::vec(recap, 1..7)
}

fn file(number: usize, recap: &Recap) -> Upload {
    let months = ["JANUARI", "FEBRUARI", "MARET"];
    let mut text = format!(
        "UPT PUSKESMAS ABCDE\nlembar nomor {number}\nBULAN : {} 2023\n\
         No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n",
        months[recap.month as usize - 1]
    );
    for (day, name, points) in &recap.rows {
        writeln!(text, "1,{day}/{}/2023,{},Supervisi,Ani,{points},100", recap.month, NAMES[*name]).unwrap();
    }
    Upload { name: format!("rekap-{number}.csv"), bytes: text.into_bytes() }
}

/// What the history lists as live: file, tables with their months and rows, errors and warnings.
type Live = Vec<(String, Vec<(Table, Received, u32, u32)>, u32)>;

struct Folder {
    app: App,
    _folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
        let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
        let this = Self { app: App::open(config).unwrap(), _folder: folder };
        this.import(Upload { name: "daftar.csv".to_owned(), bytes: REGISTER.into() }, false);
        this
    }

    /// Its batch; none where every row is wrong.
    fn import(&self, file: Upload, replaces: bool) -> Option<BatchId> {
        let before = self.state();
        let receipt = self.app.import(&[file], None, replaces, &mut |_| {}).files.remove(0);
        let is_refused = receipt.status == FileStatus::Failed;
        assert_eq!(is_refused, receipt.sheets.iter().all(|sheet| sheet.rows > 0 && sheet.accepted == 0), "{receipt:?}");
        assert_eq!(is_refused, self.state() == before, "{receipt:?}");
        receipt.batch
    }

    fn state(&self) -> (Facts, Live) {
        let store = self.app.store();
        let live = store.history(&Scope::All).unwrap().into_iter().filter(|batch| batch.undone.is_none());
        let live = live.map(|batch| {
            let recaps = batch.recaps.iter().map(|one| (one.table, one.received, one.rows_seen, one.rows_rejected));
            (batch.file_name.clone(), recaps.collect(), batch.errors)
        });
        (store.facts(&Scope::All).unwrap(), live.collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn undoing_the_last_leads_back_exactly(recaps in recaps()) {
        let folder = Folder::new();
        let mut states = vec![folder.state()];
        let mut batches = Vec::new();
        for (number, recap) in recaps.iter().enumerate() {
            batches.push(folder.import(file(number, recap), recap.replaces));
            states.push(folder.state());
        }
        for batch in batches.into_iter().rev() {
            states.pop();
            if let Some(batch) = batch {
                folder.app.batches().undo(batch).unwrap();
            }
            prop_assert_eq!(&folder.state(), states.last().unwrap());
        }
    }

    #[test]
    fn undoing_any_is_as_if_it_had_never_come(recaps in recaps(), which in any::<prop::sample::Index>()) {
        // What replaces takes out what it lacks: that depends on what was there.
        let recaps: Vec<Recap> = recaps.into_iter().map(|recap| Recap { replaces: false, ..recap }).collect();
        let undone = which.index(recaps.len());
        let (all, without) = (Folder::new(), Folder::new());
        let mut batches = Vec::new();
        for (number, recap) in recaps.iter().enumerate() {
            batches.push(all.import(file(number, recap), false));
            if number != undone {
                without.import(file(number, recap), false);
            }
        }
        if let Some(batch) = batches[undone] {
            all.app.batches().undo(batch).unwrap();
        }
        prop_assert_eq!(all.state(), without.state());
    }
}
