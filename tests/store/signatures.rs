//! Who signed: the latest holder of each office, whatever the order of import, and nobody of an undone batch.

use simpul::domain::records::CellRef;
use simpul::domain::{Signature, SignatureRole};

use super::{ABCDE, File, bare, date, facility, in_month, now, recap, register, store, visit};
use simpul::domain::records::Rows;
use simpul::store::{By, Store};

fn signed(role: SignatureRole, name: &str, day: Option<&str>) -> Signature {
    Signature {
        sheet: "Pembinaan".to_owned(),
        cell: CellRef { row: 20, column: 1 },
        role,
        is_acting: false,
        title: "Jabatan".to_owned(),
        name: name.to_owned(),
        nip: Some("197001011999031001".to_owned()),
        place: Some("Abcde".to_owned()),
        date: day.map(date),
    }
}

fn names(store: &Store) -> Vec<String> {
    store.signatures(ABCDE).unwrap().into_iter().map(|kept| kept.signature.name).collect()
}

#[test]
fn the_latest_holder_of_each_office_is_told_whatever_came_first() {
    let store = store();
    let recaps = |month| vec![recap(in_month(month), Rows::Visits(bare(vec![visit("Apotek Alvi", "2023-05-02")])))];
    let by_head = |name, day| signed(SignatureRole::Head, name, day);
    let june = [by_head("Budi", Some("2023-07-01")), signed(SignatureRole::Manager, "Citra", None)];
    File::new("juni", recaps(6)).signed(&june).accept(&store);
    // Brought later, signed earlier; and a year that cannot be.
    File::new("mei", recaps(5)).signed(&[by_head("Ani", Some("2023-06-02"))]).accept(&store);
    File::new("april", recaps(4)).signed(&[by_head("Eko", Some("2032-05-02"))]).accept(&store);
    assert_eq!(names(&store), ["Budi", "Citra"]);
    let held = store.signatures("pkm abcde").unwrap();
    assert_eq!((&held[0].signature, held[0].file.as_str()), (&june[0], "juni"));
    assert_eq!(held[0].signature.nip.as_deref(), Some("197001011999031001"));
    assert_eq!(store.signatures("Lain").unwrap(), []);
}

#[test]
fn an_undone_batch_signs_nothing() {
    let store = store();
    let recaps = || vec![register(2023, vec![facility("Apotek Alvi")])];
    let first = [signed(SignatureRole::Head, "Budi", None), signed(SignatureRole::Other, "Eko", None)];
    File::new("satu", recaps()).signed(&first).accept(&store);
    let second = File::new("dua", recaps()).signed(&[signed(SignatureRole::Head, "Ani", None)]).accept(&store);
    assert_eq!(names(&store), ["Ani", "Eko"]);
    store.undo(second.batch, By::command_line("ani", now())).unwrap();
    assert_eq!(names(&store), ["Budi", "Eko"]);
}
