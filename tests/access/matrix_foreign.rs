//! The matrix of what is foreign: asked for by its name or its number, it is as if there were no such thing.

use axum::http::StatusCode;
use simpul::web::{ROUTES, RouteRights};

use super::matrix::{address, may, nothing, read};
use super::matrix_expected::EXPECTED;
use super::world::{FOREIGN, Ids, NEIGHBOUR, OWN, PEOPLE, SECRET, WORLD, World, encoded, words};
use crate::web::site::Answer;

/// Everybody who reaches less than all.
fn narrowed() -> impl Iterator<Item = &'static str> {
    PEOPLE.into_iter().filter(|name| !["admin", "dinas"].contains(name))
}

/// An answer without what was asked for: two that differ in nothing else are the same.
fn told(answer: &Answer, both: &[&Ids; 2]) -> String {
    let mut text = words(answer);
    // The number of a request stands in its head and, of an error, on its page.
    let number = text.lines().find_map(|line| line.strip_prefix("x-request-id: ").map(str::to_owned));
    if let Some(number) = number {
        text = text.replace(&number, "·");
    }
    let texts = both.iter().flat_map(|ids| [&ids.puskesmas, &ids.facility, &ids.entry, &ids.snapshot, &ids.evaluation]);
    let mut names: Vec<String> = texts
        .filter(|name| !name.is_empty())
        .flat_map(|name| [name.clone(), encoded(name), name.replace(' ', "+"), simpul_encoded(name)])
        .collect();
    let numbers = both.iter().flat_map(|ids| [ids.batch, ids.evidence, ids.edition, ids.draft, ids.account]);
    names.extend(numbers.map(|id| id.to_string()));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names.iter().filter(|name| name.len() > 3 || is_alone(name)) {
        text = replaced(&text, &name.to_lowercase());
    }
    let kept = |line: &&str| !line.starts_with("etag: ") && !line.starts_with("content-length: ");
    format!("{}\n{}", answer.status, text.lines().filter(kept).collect::<Vec<_>>().join("\n"))
}

fn is_alone(name: &str) -> bool {
    name.chars().all(|sign| sign.is_ascii_digit())
}

/// Numbers are replaced where they stand alone.
fn replaced(text: &str, name: &str) -> String {
    if !is_alone(name) {
        return text.replace(name, "·");
    }
    let mut whole = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(name) {
        let (before, from) = rest.split_at(place);
        let after = &from[name.len()..];
        let joins = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
        let is_whole = !joins(before.chars().next_back()) && !joins(after.chars().next());
        whole.push_str(before);
        whole.push_str(if is_whole { "·" } else { name });
        rest = after;
    }
    whole + rest
}

fn simpul_encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Ids that address something of theirs: each alone, beside what is one's own.
fn mixtures(own: &Ids, theirs: &Ids) -> Vec<Ids> {
    let of = |change: &dyn Fn(&mut Ids)| {
        let mut ids = own.clone();
        change(&mut ids);
        ids
    };
    vec![
        theirs.clone(),
        of(&|ids| ids.facility.clone_from(&theirs.facility)),
        of(&|ids| {
            ids.batch = theirs.batch;
            ids.evidence = theirs.evidence;
            ids.edition = theirs.edition;
            ids.draft = theirs.draft;
            ids.account = theirs.account;
            ids.snapshot.clone_from(&theirs.snapshot);
            ids.evaluation.clone_from(&theirs.evaluation);
            ids.entry.clone_from(&theirs.entry);
        }),
    ]
}

#[tokio::test]
async fn what_is_foreign_reads_as_if_it_were_not() {
    let world = &*WORLD;
    let mut failures = Vec::new();
    let pairs: Vec<(Ids, Ids)> =
        mixtures(&world.own, &world.foreign).into_iter().zip(mixtures(&world.own, &nothing())).collect();
    // What is kept of oneself names no Puskesmas that is asked for, and counts each time that it was handed out.
    let is_asked = |route: &&RouteRights| route.read.is_some() && route.path != "/akun/data.json";
    for route in ROUTES.iter().filter(is_asked) {
        let row = EXPECTED.iter().find(|row| row.path == route.path).unwrap();
        for name in narrowed().filter(|name| may(row.read, name)) {
            for (foreign, none) in &pairs {
                let who = Some(world.person(name));
                let at = address(world, route.path, foreign);
                let Some(one) = read(world, who, route.path, &at).await else { continue };
                let Some(other) = read(world, who, route.path, &address(world, route.path, none)).await else {
                    continue;
                };
                let both = [foreign, none];
                let [one, other] = [told(&one, &both), told(&other, &both)];
                if let Some((left, right)) = one.lines().zip(other.lines()).find(|(left, right)| left != right) {
                    let cut = |line: &str| line.chars().take(300).collect::<String>();
                    failures.push(format!("{at} for {name}:\n  {}\n  {}", cut(left), cut(right)));
                }
                if one.contains(SECRET) {
                    failures.push(format!("{at} tells {name}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Everything that a change may name of somebody else.
fn fields(ids: &Ids) -> Vec<(&'static str, String)> {
    vec![
        ("puskesmas", ids.puskesmas.clone()),
        ("kunci", ids.entry.clone()),
        ("id", ids.evidence.to_string()),
        ("nomor", "7".to_owned()),
        ("nama", ids.facility.clone()),
        ("nama-ditulis", "Kl Timurlaut".to_owned()),
        ("periode", "2023-C2".to_owned()),
        ("per", "2023-08-31".to_owned()),
        ("bulan", "2023-05".to_owned()),
        ("tanggal", "3 Mei 2023".to_owned()),
        ("indikator", "K1".to_owned()),
        ("sasaran", "10".to_owned()),
        ("capaian", "9".to_owned()),
        ("keputusan", "Diubah".to_owned()),
        ("selesai", "2 Januari 2024".to_owned()),
        ("penulis", "Diubah".to_owned()),
        ("alamat", "Diubah".to_owned()),
    ]
}

/// All that the foreign Puskesmas has, as its owner sees it.
pub fn holdings(world: &World) -> String {
    let app = &world.site.app;
    let store = app.store();
    let papers = app.papers();
    let scope = simpul::store::Scope::Puskesmas(FOREIGN.to_owned());
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        store.facts(&scope).unwrap(),
        store.history(&scope).unwrap(),
        store.evidence(FOREIGN).unwrap(),
        store.aliases(FOREIGN).unwrap(),
        papers.letter_details(FOREIGN).unwrap(),
        papers.authors(FOREIGN).unwrap(),
        store.profiles().unwrap(),
        app.accounts().list().unwrap().len(),
    )
}

#[tokio::test]
async fn what_is_foreign_cannot_be_changed() {
    let world = &World::bare();
    let before = holdings(world);
    let mut failures = Vec::new();
    let (foreign, none) = (world.foreign.clone(), nothing());
    let left_out = ["/masuk", "/masuk/penyedia", "/keluar", "/akun/sesi", "/kode", "/mulai", "/laporan-semua"];
    for route in ROUTES.iter().filter(|route| route.change.is_some() && !left_out.contains(&route.path)) {
        let row = EXPECTED.iter().find(|row| row.path == route.path).unwrap();
        for name in narrowed().filter(|name| may(row.change, name)) {
            let who = Some(world.person(name));
            let send = async |ids: &Ids| {
                let fields = fields(ids);
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                world.post(who, &address(world, route.path, ids), &fields).await
            };
            let (one, other) = (send(&foreign).await, send(&none).await);
            let is_own_account = route.path.starts_with("/akun");
            if one.status.is_server_error() || one.status != other.status {
                failures.push(format!("{} {name}: {} and {}", route.path, one.status, other.status));
            }
            if told(&one, &[&foreign, &none]).contains(SECRET) {
                failures.push(format!("{} tells {name}: {}", route.path, told(&one, &[&foreign, &none])));
            }
            if !is_own_account && one.status == StatusCode::OK {
                failures.push(format!("{} {name}: done", route.path));
            }
            if holdings(world) != before {
                failures.push(format!("{} {name}: changed", route.path));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn a_facility_here_and_a_viewer_there_sees_no_whole_puskesmas_here() {
    let world = &*WORLD;
    let who = Some(world.person("campur"));
    let ids = &world.own;
    for path in [
        format!("/impor/{}", ids.batch),
        format!("/impor/{}/berkas", ids.batch),
        format!("/cuplikan/{}", ids.snapshot),
        format!("/cuplikan/berkas/{}/pdf", ids.edition),
        format!("/evaluasi-tersimpan/{}", ids.evaluation),
        format!("/faskes?puskesmas={}", encoded(OWN)),
    ] {
        let answer = world.get(who, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text());
    }
    for path in [
        "/kabupaten",
        "/semua-puskesmas",
        "/api/v1/puskesmas",
        "/api/v1/imports",
        "/laporan/tpcb-cluster.docx?periode=2023-C2",
    ] {
        let told = words(&world.get(who, path).await);
        assert!(!told.contains("mekar"), "{path}: {told}");
    }
    let page = format!("/faskes/Klinik%20Mekar?puskesmas={}", encoded(OWN));
    assert_eq!(world.get(who, &page).await.status, StatusCode::OK);
    assert_eq!(world.get(who, &format!("/faskes?puskesmas={}", encoded(NEIGHBOUR))).await.status, StatusCode::OK);
}
