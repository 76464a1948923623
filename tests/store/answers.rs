//! What people said about names and forms belongs to their Puskesmas.

use simpul::domain::Table;
use simpul::store::{By, NewProfile};

use super::{ABCDE, now, store};

#[test]
fn a_form_is_taken_back_by_its_own_puskesmas_alone() {
    let store = store();
    let profile = NewProfile {
        puskesmas: ABCDE,
        fingerprint: "sidik",
        table: Table::Visits,
        columns: "date:1",
        rows_to_data: 1,
        indicator: None,
        place: ("mei.xlsx", "Lembar"),
        by: By::command_line("ani", now()),
    };
    store.add_profile(&profile).unwrap();
    store.add_profile(&NewProfile { puskesmas: "Puskesmas Lain", ..profile }).unwrap();
    let kept = store.profiles().unwrap();
    let form = kept.iter().find(|form| form.puskesmas_key == "abcde").unwrap().id;
    for other in ["Puskesmas Lain", "Puskesmas Yang Tidak Ada", ""] {
        assert!(!store.revoke_profile(other, form, By::command_line("budi", now())).unwrap(), "{other}");
    }
    assert_eq!(store.profiles().unwrap(), kept);
    assert!(store.revoke_profile("Pkm Abcde", form, By::command_line("ani", now())).unwrap());
    assert_eq!(store.profiles().unwrap().len(), 1);
    let revoked = |puskesmas| store.revoked_answers(puskesmas).unwrap().len();
    assert_eq!((revoked(ABCDE), revoked("Puskesmas Lain")), (1, 0));
}
