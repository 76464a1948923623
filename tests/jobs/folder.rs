//! The watched folder through the job: whose file it is, where it ends, what lies beside it, and a stop in the middle.

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use simpul::jobs::{Engine, Hook, Point};
use simpul::store::{RunState, Scope};

use super::world::World;
use crate::web::site::{register, register_of};

const IMPORT: &str = "title = \"Impor\"\ncron = \"0 0 29 2 *\"\nzone = \"WIB\"\n[run.import]\nfolder = \"masuk\"\n";

fn world() -> World {
    World::new("2026-05-01T00:00:00Z", &[("impor", IMPORT)])
}

/// Puts a file there as if it had been lying for an hour.
fn drop_in(world: &World, name: &str, bytes: &[u8]) {
    let path = world.data().join("masuk").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    let hour_ago = fs::metadata(&path).unwrap().modified().unwrap() - Duration::from_hours(1);
    fs::File::options().write(true).open(&path).unwrap().set_modified(hour_ago).unwrap();
}

fn import(world: &World, engine: &Engine) -> String {
    engine.request("impor").unwrap();
    engine.run_ready().unwrap();
    world.pass(chrono::Duration::minutes(1));
    let run = engine.app().store().ledger().last_run("impor").unwrap().unwrap();
    assert_eq!(run.state, RunState::Done, "{}", run.message);
    run.message
}

fn names(world: &World, folder: &str) -> Vec<String> {
    let base = world.data().join(folder);
    let below = |path: &Path| path.strip_prefix(&base).unwrap().to_string_lossy().replace('\\', "/");
    world.files(folder).iter().map(|path| below(path)).collect()
}

#[test]
fn a_workbook_without_a_banner_belongs_to_the_puskesmas_of_its_folder() {
    let world = world();
    for name in ["PUSKESMAS SATU", "PUSKESMAS DUA"] {
        drop_in(&world, &format!("{name}.xlsx"), &register_of(name, &["Apotek Satu"]).bytes);
    }
    let engine = world.engine(Hook::default());
    import(&world, &engine);
    // Without a name in it, and two Puskesmas that it may be of.
    let nameless = register_of("", &["Apotek Tanpa Banner"]).bytes;
    drop_in(&world, "tanpa-nama.xlsx", &nameless);
    drop_in(&world, "Puskesmas Dua/tanpa-nama.xlsx", &nameless);
    assert!(import(&world, &engine).starts_with("1 berkas diimpor, 0 tidak berubah, 1 ditolak"));
    assert!(names(&world, "selesai").contains(&"Puskesmas Dua/tanpa-nama.xlsx".to_owned()));
    let refused = names(&world, "ditolak");
    assert_eq!(refused, ["tanpa-nama.xlsx", "tanpa-nama.xlsx.catatan.txt"], "there is no cell to mark in it");
    let note = fs::read_to_string(world.data().join("ditolak/tanpa-nama.xlsx.catatan.txt")).unwrap();
    assert!(note.contains("Puskesmas"), "{note}");
    let history = world.app().store().history(&Scope::Puskesmas("PUSKESMAS DUA".to_owned())).unwrap();
    assert_eq!(history.len(), 2, "{history:?}");
}

#[test]
fn a_refused_workbook_has_the_cell_marked_for_which_it_was_refused() {
    let world = world();
    drop_in(&world, "01.xlsx", &register(&["Apotek Satu"]).bytes);
    let engine = world.engine(Hook::default());
    import(&world, &engine);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "KEHADIRAN LOKAKARYA MINI").unwrap();
    for (column, head) in (0..).zip(["No", "Nama Jaringan/Jejaring", "Undangan", "Hadir", "Keterangan"]) {
        sheet.write(2, column, head).unwrap();
    }
    for (column, cell) in (0..).zip(["1", "Apotek Satu", "Ya", "Ya", ""]) {
        sheet.write(3, column, cell).unwrap();
    }
    let monthless = book.save_to_buffer().unwrap();
    drop_in(&world, "lokmin.xlsx", &monthless);
    let said = import(&world, &engine);
    assert!(said.contains("1 ditolak"), "{said}");
    let refused = names(&world, "ditolak");
    assert_eq!(refused, ["lokmin.xlsx", "lokmin.xlsx.bertanda.xlsx", "lokmin.xlsx.catatan.txt"]);
    let marked = fs::read(world.data().join("ditolak/lokmin.xlsx.bertanda.xlsx")).unwrap();
    let marked = simpul::workbook::read("bertanda.xlsx", &marked, &simpul::workbook::Limits::default()).unwrap();
    assert_eq!(marked.sheets.last().unwrap().name, "Catatan impor");
    assert_eq!(fs::read(world.data().join("ditolak/lokmin.xlsx")).unwrap(), monthless, "the file itself stays");
}

#[test]
fn what_is_no_package_gets_its_marked_copy_as_xlsx() {
    let world = world();
    drop_in(&world, "01.xlsx", &register(&["Apotek Satu"]).bytes);
    let engine = world.engine(Hook::default());
    import(&world, &engine);
    let monthless =
        "KEHADIRAN LOKAKARYA MINI\n\nNo;Nama Jaringan/Jejaring;Undangan;Hadir;Keterangan\n1;Apotek Satu;Ya;Ya;\n";
    drop_in(&world, "lokmin.csv", monthless.as_bytes());
    assert!(import(&world, &engine).contains("1 ditolak"));
    let refused = names(&world, "ditolak");
    assert_eq!(refused, ["lokmin.csv", "lokmin.csv.bertanda.xlsx", "lokmin.csv.catatan.txt"]);
    let marked = fs::read(world.data().join("ditolak/lokmin.csv.bertanda.xlsx")).unwrap();
    let marked = simpul::workbook::read("bertanda.xlsx", &marked, &simpul::workbook::Limits::default()).unwrap();
    let sheets: Vec<&str> = marked.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(sheets, ["CSV", "Catatan impor"]);
}

#[test]
fn a_workbook_with_wrong_cells_has_its_marked_copy_and_its_note_beside_it() {
    let world = world();
    let twice = register(&["Apotek Satu", "Apotek Satu", "Apotek Dua"]);
    drop_in(&world, "rekap.xlsx", &twice.bytes);
    let engine = world.engine(Hook::default());
    assert!(import(&world, &engine).contains("1 baris ditolak"));
    let found = names(&world, "selesai");
    assert_eq!(found, ["rekap.xlsx", "rekap.xlsx.bertanda.xlsx", "rekap.xlsx.catatan.txt"]);
    assert_eq!(fs::read(world.data().join("selesai/rekap.xlsx")).unwrap(), twice.bytes, "the file itself stays");
    let marked = fs::read(world.data().join("selesai/rekap.xlsx.bertanda.xlsx")).unwrap();
    assert_ne!(marked, twice.bytes);
    simpul::workbook::read("bertanda.xlsx", &marked, &simpul::workbook::Limits::default()).unwrap();
    let note = fs::read_to_string(world.data().join("selesai/rekap.xlsx.catatan.txt")).unwrap();
    assert!(note.contains("!B7"), "{note}");
    let run = engine.app().store().ledger().last_run("impor").unwrap().unwrap();
    let files = engine.app().store().ledger().artefacts(run.id).unwrap();
    assert_eq!(files.len(), 2, "note and marked copy can be downloaded");
}

#[test]
fn a_stop_during_a_long_import_hands_it_over_between_two_files() {
    let world = world();
    for number in 0..20 {
        drop_in(&world, &format!("rekap-{number:02}.xlsx"), &register(&[&format!("Apotek {number}")]).bytes);
    }
    let slot: Arc<OnceLock<Engine>> = Arc::default();
    let known = slot.clone();
    let hook = Hook(Some(Arc::new(move |point| {
        if point == Point::FilesRead
            && let Some(engine) = known.get()
        {
            engine.stop();
        }
        Ok(())
    })));
    let engine = world.engine(hook);
    slot.set(engine.clone()).unwrap();
    engine.request("impor").unwrap();
    engine.run_ready().unwrap();
    let run = engine.app().store().ledger().last_run("impor").unwrap().unwrap();
    assert_eq!(run.state, RunState::Due, "{}", run.message);
    assert!(run.message.contains("diserahkan"), "{}", run.message);
    assert!(engine.app().store().history(&Scope::All).unwrap().len() < 20, "it was broken off");
    assert_eq!(names(&world, "masuk").len(), 20, "no file is moved before it is known what became of it");
    let again = world.engine(Hook::default());
    again.look().unwrap();
    assert_eq!((names(&world, "masuk").len(), names(&world, "selesai").len()), (0, 20));
    assert_eq!(again.app().store().history(&Scope::All).unwrap().len(), 20, "each is accepted once");
}

/// Due every minute: what it takes is up to its schedule.
const EVERY_MINUTE: &str =
    "title = \"Impor\"\ncron = \"* * * * *\"\nzone = \"WIB\"\n[run.import]\nfolder = \"masuk\"\n";

#[test]
fn a_file_just_copied_is_named_and_read_by_the_next_scheduled_run() {
    let world = World::new("2026-05-01T00:00:00Z", &[("impor", EVERY_MINUTE)]);
    let engine = world.engine(Hook::default());
    let scheduled = || {
        world.pass(chrono::Duration::minutes(1));
        engine.look().unwrap();
        let run = engine.app().store().ledger().last_run("impor").unwrap().unwrap();
        assert_eq!(run.state, RunState::Done, "{}", run.message);
        run.message
    };
    engine.look().unwrap();
    assert_eq!(scheduled(), "tidak ada berkas di folder masuk");
    let put = |name: &str, bytes: &[u8]| {
        drop_in(&world, name, bytes);
        let file = fs::File::options().write(true).open(world.data().join("masuk").join(name)).unwrap();
        file.set_modified((world.now() + chrono::Duration::minutes(1)).into()).unwrap();
    };
    put("rekap.xlsx", &register(&["Apotek Satu"]).bytes);
    let left = "baru saja disalin atau masih disalin, dibaca pada jadwal berikutnya";
    assert_eq!(scheduled(), format!("rekap.xlsx: {left}"));
    // A minute later it is read, and another has just come.
    put("lagi.xlsx", &register(&["Apotek Dua"]).bytes);
    let said = scheduled();
    assert!(said.starts_with("1 berkas diimpor"), "{said}");
    assert!(said.ends_with(&format!("; lagi.xlsx: {left}")), "{said}");
    assert_eq!(
        (names(&world, "masuk"), names(&world, "selesai")),
        (vec!["lagi.xlsx".into()], vec!["rekap.xlsx".into()])
    );
}

#[test]
fn run_now_takes_what_was_just_copied() {
    let world = world();
    let engine = world.engine(Hook::default());
    drop_in(&world, "rekap.xlsx", &register(&["Apotek Satu"]).bytes);
    let file = fs::File::options().write(true).open(world.data().join("masuk/rekap.xlsx")).unwrap();
    file.set_modified(world.now().into()).unwrap();
    let said = import(&world, &engine);
    assert!(said.starts_with("1 berkas diimpor"), "{said}");
    assert_eq!(names(&world, "selesai"), ["rekap.xlsx"]);
}

#[test]
fn a_workbook_of_which_nothing_counts_is_refused_with_its_cells() {
    let world = world();
    drop_in(&world, "01.xlsx", &register(&["Apotek Satu"]).bytes);
    let engine = world.engine(Hook::default());
    import(&world, &engine);
    let visits = "UPT PUSKESMAS UJI\nBULAN : MEI 2023\n\n\
        No;Tanggal;Nama Jaringan/Jejaring;Bentuk Kegiatan;Pembina;Skor Daftar Tilik;Skor Maksimal\n\
        1;2 Mei 2023;Tak Dikenal;Supervisi;Ani;80;100\n";
    drop_in(&world, "mei.csv", visits.as_bytes());
    let said = import(&world, &engine);
    assert!(said.starts_with("0 berkas diimpor, 0 tidak berubah, 1 ditolak; 1 baris ditolak"), "{said}");
    assert_eq!(names(&world, "ditolak"), ["mei.csv", "mei.csv.bertanda.xlsx", "mei.csv.catatan.txt"]);
    let note = fs::read_to_string(world.data().join("ditolak/mei.csv.catatan.txt")).unwrap();
    assert!(note.contains("tidak satu baris pun dapat diterima") && note.contains("CSV!C5: "), "{note}");
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1);
}
