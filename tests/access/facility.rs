//! A facility answers its own follow-ups, and no link of its pages leads where it may not go; nor of anybody's.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use simpul::app::entries::{EntryError, Typing, Values};
use simpul::app::follow_ups::FollowUpAnswer;
use simpul::domain::Table;
use simpul::domain::access::Grant;
use simpul::domain::records::Field;
use simpul::store::StoredEntry;

use super::world::{FACILITY, NEIGHBOUR, OTHER_FACILITY, OWN, PEOPLE, WORLD, World, encoded, is_refused, words};

const PAGE: &str = "/faskes/Klinik%20Mekar";

fn follow_up(world: &World, mark: &str) -> StoredEntry {
    let entries = world.site.app.entries(OWN, Table::FollowUps, None).unwrap();
    entries.into_iter().find(|entry| entry.value(Field::Item) == format!("Rencana {mark}")).unwrap()
}

#[tokio::test]
async fn a_facility_writes_the_day_of_its_follow_up_and_nothing_else() {
    let world = World::bare();
    let who = world.person("faskes");
    let page = world.get(Some(who), PAGE).await.text();
    assert!(page.contains("Jawab tindak lanjut") && page.contains("Rencana Mekar"), "{page}");
    assert!(!page.to_lowercase().contains(OTHER_FACILITY), "{page}");
    let before = follow_up(&world, "Mekar");
    let path = format!("{PAGE}/tindak-lanjut");
    let late =
        [("kunci", before.id.as_str()), ("selesai", "5 Januari 2024"), ("rencana", "Lain"), ("batas", "1 Mei 2024")];
    let answer = world.post(Some(who), &path, &late).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let after = follow_up(&world, "Mekar");
    assert_eq!(after.value(Field::Done), "5 Januari 2024");
    for field in [Field::Date, Field::Name, Field::Item, Field::Person, Field::Due] {
        assert_eq!(after.value(field), before.value(field));
    }
    assert_eq!(after.who, "faskes");
    let shown = world.get(Some(who), answer.header(header::LOCATION)).await.text();
    assert!(shown.contains("Tersimpan.") && shown.contains("value=\"5 Januari 2024\""), "{shown}");
    // A mistake can be corrected; a day to come is none.
    let corrected = [("kunci", after.id.as_str()), ("selesai", "")];
    assert_eq!(world.post(Some(who), &path, &corrected).await.status, StatusCode::SEE_OTHER);
    assert_eq!(follow_up(&world, "Mekar").value(Field::Done), "");
    let to_come = [("kunci", after.id.as_str()), ("selesai", "1 Februari 2024")];
    assert_eq!(world.post(Some(who), &path, &to_come).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no_day = [("kunci", after.id.as_str()), ("selesai", "besok")];
    assert_eq!(world.post(Some(who), &path, &no_day).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_facility_answers_for_nobody_else() {
    let world = World::bare();
    let who = world.person("faskes");
    let other = follow_up(&world, "Duasisi");
    let done = |key: &str| [("kunci", key.to_owned()), ("selesai", "5 Januari 2024".to_owned())];
    for path in [format!("{PAGE}/tindak-lanjut"), "/faskes/Apotek%20Duasisi/tindak-lanjut".to_owned()] {
        let fields = done(&other.id);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = world.post(Some(who), &path, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(follow_up(&world, "Duasisi"), other);
    let app = world.app_of("faskes");
    let own = follow_up(&world, "Mekar");
    let values: Values =
        [("tanggal", own.value(Field::Date)), ("nama", FACILITY), ("rencana", "Rencana lain"), ("batas", "1 Mei 2024")]
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect();
    for replaced in [None, Some(own.id.as_str())] {
        let typing = Typing { puskesmas: OWN, table: Table::FollowUps, values: &values, replaced, year: 2023 };
        assert!(matches!(app.write_entry(typing), Err(EntryError::NotAllowed(_))));
    }
    assert!(matches!(app.withdraw_entry(OWN, Table::FollowUps, &own.id), Err(EntryError::NotAllowed(_))));
    let answer = FollowUpAnswer { puskesmas: OWN, facility: FACILITY, id: &own.id, done: None };
    for name in ["pembaca", "kepala", "pengelola", "tpcb", "dinas"] {
        let refused = world.app_of(name).answer_follow_up(&answer);
        assert!(matches!(refused, Err(EntryError::NotAllowed(_))), "{name}: {refused:?}");
    }
    assert_eq!(follow_up(&world, "Mekar"), own);
}

/// Addresses of a page's links that are ours, each path once.
fn links(page: &str) -> BTreeSet<String> {
    let hrefs = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
    let own = hrefs.filter(|href| href.starts_with('/'));
    let mut known = BTreeSet::new();
    own.filter(|href| known.insert(href.split(['?', '#']).next().unwrap().to_owned())).collect()
}

fn form_actions(page: &str) -> BTreeSet<String> {
    let forms = page.split("<form ").skip(1).map(|rest| rest.split('>').next().unwrap());
    let posts = forms.filter(|form| form.contains("method=\"post\""));
    posts.filter_map(|form| Some(form.split("action=\"").nth(1)?.split('"').next()?.to_owned())).collect()
}

/// True of papers: they take long to make, and are no secret to whoever sees their list.
fn is_paper(href: &str) -> bool {
    let path = href.split('?').next().unwrap();
    [".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".png"].iter().any(|ending| path.ends_with(ending))
        || path.starts_with("/templat/")
}

#[tokio::test]
async fn no_page_offers_what_its_reader_may_not_use() {
    let world = &*WORLD;
    let mut failures = Vec::new();
    let mut known = BTreeSet::new();
    for name in PEOPLE {
        let who = Some(world.person(name));
        for path in [
            "/?periode=2023-C2",
            "/faskes?periode=2023-C2",
            "/faskes/Klinik%20Mekar?periode=2023-C2",
            "/halaman/evaluasi?periode=2023-C2",
            "/halaman/lokmin?periode=2023-05",
            "/impor",
            &format!("/impor/{}", world.own.batch),
            "/catatan",
            "/catatan/rtl",
            "/bukti",
            "/laporan?periode=2023-C2",
            "/akun",
            "/bantuan",
        ] {
            let answer = world.get(who, path).await;
            if answer.status != StatusCode::OK {
                continue;
            }
            let page = answer.text();
            if name == "faskes" && words(&answer).contains(OTHER_FACILITY) {
                failures.push(format!("{path} tells the facility of another"));
            }
            for href in links(&page).into_iter().filter(|href| !is_paper(href)) {
                let bare = href.split(['?', '#']).next().unwrap().to_owned();
                if known.insert((name, bare)) {
                    let status = world.get(who, href.split('#').next().unwrap()).await.status;
                    if is_refused(status) || status.is_server_error() {
                        failures.push(format!("{path} offers {name} {href}: {status}"));
                    }
                }
            }
            let may_write = ["admin", "koordinator"].contains(&name);
            for action in form_actions(&page) {
                let is_for_all = ["/laporan-semua", "/akun", "/keluar"].iter().any(|own| action.starts_with(own));
                let is_answer = action.contains("/tindak-lanjut") && ["faskes", "campur"].contains(&name);
                let is_bringing = action.starts_with("/impor/unggah") && name == "pengelola";
                let is_writing = action.starts_with("/catatan/") && ["pengelola", "tpcb", "dinas"].contains(&name);
                if !(may_write || is_for_all || is_answer || is_bringing || is_writing) {
                    failures.push(format!("{path} offers {name} the form {action}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Addresses of a page whose buttons are about one Puskesmas.
fn pages_of(puskesmas: &str, batch: i64) -> Vec<String> {
    let own =
        |path: &str| format!("{path}{}puskesmas={}", if path.contains('?') { '&' } else { '?' }, encoded(puskesmas));
    let paths = ["/catatan/rtl", "/catatan", "/bukti", "/laporan?periode=2023-C2", "/pengaturan-surat", "/impor/nama"];
    paths.into_iter().map(own).chain([format!("/impor/{batch}")]).collect()
}

#[tokio::test]
async fn whoever_writes_for_one_puskesmas_is_offered_nothing_at_another() {
    let world = World::bare();
    let grants = [Grant::Coordinator { puskesmas: OWN.to_owned() }, Grant::Viewer { puskesmas: NEIGHBOUR.to_owned() }];
    let mixed = world.made("rangkap", &grants);
    let who = Some(&mixed);
    let history = |puskesmas: &str| {
        let scope = simpul::store::Scope::Puskesmas(puskesmas.to_owned());
        world.site.app.batches().history(&scope).unwrap().iter().find(|batch| !batch.by_form).unwrap().batch
    };
    let acts = |page: &str| {
        let of_everybody = ["/laporan-semua", "/keluar", "/impor/unggah"];
        let forms =
            form_actions(page).into_iter().filter(|action| !of_everybody.iter().any(|own| action.starts_with(own)));
        let undo = links(page).into_iter().filter(|href| href.contains("/batal") || href.contains("ubah="));
        forms.chain(undo).collect::<Vec<_>>()
    };
    let mut offered = 0;
    for path in pages_of(OWN, history(OWN)) {
        let answer = world.get(who, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        offered += acts(&answer.text()).len();
    }
    assert!(offered >= 4, "{offered}");
    for path in pages_of(NEIGHBOUR, history(NEIGHBOUR)) {
        let answer = world.get(who, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(acts(&answer.text()), [""; 0], "{path}");
    }
    // Files that are brought say themselves whose they are.
    let imports = world.get(who, &format!("/impor?puskesmas={}", encoded(NEIGHBOUR))).await.text();
    assert!(imports.contains("action=\"/impor/unggah\""), "{imports}");
}
