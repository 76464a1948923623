//! The watched folder: what ends in `selesai` and `ditolak`, and beside it, holds nothing of a person.

use std::fs;
use std::time::Duration;

use simpul::jobs::Hook;

use super::{holding, recap, register};
use crate::jobs::world::World;

const IMPORT: &str = "title = \"Impor\"\ncron = \"0 0 29 2 *\"\nzone = \"WIB\"\n[run.import]\nfolder = \"masuk\"\n";

#[test]
fn files_of_the_folder_end_without_personal_data() {
    let world = World::new("2026-05-01T00:00:00Z", &[("impor", IMPORT)]);
    let app = world.app();
    app.import(&[register()], None, false, &mut |_| {});
    drop(app);
    let drop_in = |name: &str, bytes: &[u8]| {
        let path = world.data().join("masuk").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let hour_ago = fs::metadata(&path).unwrap().modified().unwrap() - Duration::from_hours(1);
        fs::File::options().write(true).open(&path).unwrap().set_modified(hour_ago).unwrap();
    };
    drop_in("mei.xlsx", &recap(None).bytes);
    let mut refused = super::visits();
    refused[3][2] = "Apotek Entah".to_owned();
    refused[4][2] = "Apotek Lain".to_owned();
    let rows: Vec<Vec<&str>> = refused.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    drop_in("salah.xlsx", &super::book(&[("Pembinaan", &rows)], None));
    let engine = world.engine(Hook::default());
    engine.request("impor").unwrap();
    engine.run_ready().unwrap();
    assert_eq!(world.files("masuk").len(), 0, "{:?}", world.files("masuk"));
    let ended = |folder: &str| world.files(folder).iter().filter(|path| path.extension().is_some()).count();
    assert!(
        ended("selesai") >= 1 && ended("ditolak") >= 1,
        "{:?} {:?}",
        world.files("selesai"),
        world.files("ditolak")
    );
    drop(engine);
    assert_eq!(holding(world.data()), Vec::<String>::new());
}
