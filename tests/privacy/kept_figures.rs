//! Erasing takes texts away and no figure: of approved periods too, of follow-ups that differ by a name alone, and of the
//! audit nothing but the number of places.

use simpul::app::entries::{Typing, Values};
use simpul::app::import::Upload;
use simpul::app::personal::{ErasureWish, SearchPurpose};
use simpul::domain::EvidenceOf;
use simpul::domain::access::Reach;
use simpul::domain::form::TableForm;
use simpul::store::AuditFilter;

use crate::approvals::world::{NAMES, PUSKESMAS, World};

const COACH: &str = "Ratna Dewi Kusuma";

fn visit_by_a_coach(world: &World) {
    let text = format!(
        "UPT PUSKESMAS ABCDE\nBULAN : MEI 2023\n\
         No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n\
         1,11/5/2023,{},Supervisi,{COACH},75,100\n",
        NAMES[2]
    );
    world.import(Upload { name: "rekap-pembina.csv".to_owned(), bytes: text.into_bytes() });
}

fn erase(world: &World, typed: &str) {
    let wish = ErasureWish { typed, again: typed, reason: "permintaan orangnya" };
    world.app.personal().erase(wish).unwrap();
}

#[test]
fn an_approved_period_keeps_its_figures_and_loses_the_name() {
    let world = World::new();
    visit_by_a_coach(&world);
    world.approve("2023-C2");
    let before = world.shown("2023-C2");
    assert!(world.facts("2023-C2").contains(COACH));
    erase(&world, "ratna dewi kusuma");
    let facts = world.facts("2023-C2");
    assert!(!facts.contains(COACH) && facts.contains("[dihapus 1]"), "what was approved lay in memory: {facts}");
    assert_eq!(world.shown("2023-C2"), before);
    assert_eq!(world.app.approvals().all_pending(PUSKESMAS).unwrap().len(), 0, "nothing waits: no figure changed");
    assert!(world.app.approvals().unsound().unwrap().is_empty());
}

fn follow_up(world: &World, item: &str) {
    let form = TableForm::from_slug("rtl").unwrap();
    let given = [("tanggal", "3 Mei 2023"), ("nama", NAMES[0]), ("rencana", item), ("batas", "1 Juni 2023")];
    let value = |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let values: Values = form.fields.iter().filter_map(|field| Some((field.name, value(field.name)?))).collect();
    let typing = Typing { puskesmas: PUSKESMAS, table: form.table, values: &values, replaced: None, year: 2023 };
    world.app.write_entry(typing).unwrap();
}

fn follow_ups(world: &World) -> Vec<String> {
    let shown = world.app.latest_shown(PUSKESMAS).unwrap();
    let facts = format!("{:?}", shown.snapshot.facts());
    let mut items: Vec<String> =
        facts.split("item: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    items.sort();
    items.dedup();
    items
}

#[test]
fn follow_ups_of_two_people_stay_two_and_keep_their_evidence() {
    let world = World::new();
    follow_up(&world, "Siti Aminah kontrol ulang");
    follow_up(&world, "Wiwin Lestari kontrol ulang");
    let of = EvidenceOf::FollowUp {
        facility: NAMES[0].to_owned(),
        visit_date: "2023-05-03".parse().unwrap(),
        item: "Siti Aminah kontrol ulang".to_owned(),
    };
    let file = Upload { name: "surat.pdf".to_owned(), bytes: b"%PDF-1.7 surat".to_vec() };
    world.app.evidence().attach(PUSKESMAS, &of, of.kinds()[0], vec![file]).unwrap();
    let before = world.shown("2023-C2");
    assert_eq!(follow_ups(&world).len(), 2);
    erase(&world, "Siti Aminah");
    erase(&world, "Wiwin Lestari");
    assert_eq!(follow_ups(&world), ["[dihapus 1] kontrol ulang", "[dihapus 2] kontrol ulang"]);
    assert_eq!(world.shown("2023-C2"), before);
    let kept = world.app.evidence().files(PUSKESMAS).unwrap();
    let EvidenceOf::FollowUp { item, .. } = &kept[0].of else { panic!("{kept:?}") };
    assert_eq!(item, "[dihapus 1] kontrol ulang");
}

#[test]
fn the_audit_tells_of_each_act_and_never_whose_data_it_was() {
    let world = World::new();
    visit_by_a_coach(&world);
    let personal = world.app.personal();
    personal.find(COACH, SearchPurpose::Look).unwrap();
    personal.find(COACH, SearchPurpose::HandOver).unwrap();
    erase(&world, COACH);
    personal.set_keeps("register TB").unwrap();
    let rows = world.app.store().audit_rows(&AuditFilter::within(Reach::Everything), 0, 50).unwrap();
    let told: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    for act in ["person.seek", "person.export", "person.erase", "setting.change"] {
        let label = simpul::domain::audit::AuditAction::from_code(act).unwrap();
        assert!(told.iter().any(|row| row.contains(&format!("{label:?}")) || row.contains(act)), "{act}: {told:?}");
    }
    assert!(!told.iter().any(|row| row.to_lowercase().contains("ratna")), "{told:?}");
    assert!(told.iter().any(|row| row.contains("permintaan orangnya")), "{told:?}");
    assert!(world.app.audit().verify(None).unwrap().fault.is_none());
    assert_eq!(personal.erasures().unwrap().len(), 1);
}

#[test]
fn whoever_does_not_administer_finds_nothing_and_erases_nothing() {
    use simpul::domain::access::Grant;
    let world = World::new();
    visit_by_a_coach(&world);
    let puskesmas = || PUSKESMAS.to_owned();
    let grants =
        [Grant::Coordinator { puskesmas: puskesmas() }, Grant::Head { puskesmas: puskesmas() }, Grant::District];
    for grant in grants {
        let app = world.acting("orang", grant);
        let personal = app.personal();
        assert!(personal.find(COACH, SearchPurpose::Look).is_err());
        let wish = ErasureWish { typed: COACH, again: COACH, reason: "iseng" };
        assert!(personal.erase(wish).is_err() && personal.erasures().is_err() && personal.set_keeps("x").is_err());
    }
    assert!(world.facts("2023-C2").contains(COACH));
}
