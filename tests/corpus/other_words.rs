//! Tables that say the same in other words: a column of names with any heading, a decree with standards, a period behind the
//! name of the Puskesmas, months in one cell, persons counted, meetings by their day, a book of letters.

use super::{Brought, import, page, sheet};
use crate::import::{facts, run};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

/// The first sentence that asks, of an issue or of the file.
fn asked(found: &Brought) -> String {
    let issues = found.receipt.issues.iter().filter(|issue| issue.code != "reading");
    let error = found.receipt.error.as_ref().map(ToString::to_string);
    issues.map(|issue| issue.message.clone()).chain(error).collect::<Vec<_>>().join(" | ")
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    let mut slots: Vec<String> =
        facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect();
    slots.sort();
    slots
}

#[test]
fn a_period_behind_the_name_is_none_of_the_name() {
    for period in ["TA. 2023", "THN 2023", "- 2023", "(2023)", "TW I 2023", "SEMESTER I TAHUN 2023", "S.D MEI 2023"] {
        let title = format!("UPTD PUSKESMAS ABCDE {period}");
        let found = sheet(&[
            &["JADWAL PEMBINAAN"],
            &[title.as_str()],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "x", "", ""],
            &["=2", "Klinik Alvi", "", "x", ""],
        ]);
        assert_eq!(slots(&found), ["Klinik Alvi 2023-02", "Pustu Ngatri 2023-01"], "{period}: {:?}", found.receipt);
    }
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        &["DAFTAR IDENTIFIKASI"],
        &["UPTD PUSKESMAS CONTOH TA. 2023"],
        &["No", "Nama Faskes", "Jenis", "Desa"],
        &["=1", "Pustu Baru", "Pustu", "Sawah"],
    ];
    run(&store, &[super::file("daftar.xlsx", &[page("Daftar", register)])]);
    assert_eq!(store.puskesmas().unwrap(), ["UPTD PUSKESMAS CONTOH"]);
}
