//! Attacks on who somebody is: sessions, forms of other sites, tokens, memory that is shared, rights that changed.

use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use chrono::Duration;
use simpul::app::accounts::TokenWish;
use simpul::domain::access::{Grant, Role};
use simpul::store::TokenScope;

use super::world::{
    FOREIGN, NEIGHBOUR, OWN, SECRET, Visitor, WORLD, World, encoded, location, register, signed, typed, words,
};
use crate::accounts::PASSWORD;
use crate::accounts::people::wish;
use crate::web::site::{Answer, Site, field, multipart, own, parts};

async fn sign_in(site: &Site, cookies: &str, fields: &[(&str, &str)]) -> Answer {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let request = own(Request::post("/masuk"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookies);
    site.send_with(request, Body::from(pairs.join("&"))).await
}

/// Value of a cookie that an answer sets.
fn set_cookie(answer: &Answer, name: &str) -> Option<String> {
    let all = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let start = format!("{name}=");
    all.into_iter().find_map(|text| Some(text.strip_prefix(&start)?.split(';').next()?.to_owned()))
}

#[tokio::test]
async fn a_session_that_was_planted_is_never_taken() {
    let world = World::bare();
    let planted = "a".repeat(64);
    let credentials = [("nama", "pembaca"), ("sandi", PASSWORD)];
    let answer = sign_in(&world.site, &format!("simpul-sesi={planted}"), &credentials).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let own_token = set_cookie(&answer, "simpul-sesi").unwrap();
    assert!(own_token != planted && own_token.len() >= 43, "{own_token}");
    for text in answer.headers.get_all(header::SET_COOKIE) {
        let text = text.to_str().unwrap();
        assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax") && text.contains("Path=/;"), "{text}");
    }
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let with = async |token: &str| {
        let request = Request::get("/faskes").header(header::COOKIE, format!("simpul-sesi={token}"));
        world.site.send(request).await
    };
    assert_eq!(with(&planted).await.status, StatusCode::SEE_OTHER);
    assert_eq!(with(&own_token).await.status, StatusCode::OK);
    // Whoever signs in again leaves the former session dead.
    let again = sign_in(&world.site, &format!("simpul-sesi={own_token}"), &credentials).await;
    // A browser that is signed in sends the key of its session along; without it nothing happens.
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    assert_eq!(with(&own_token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_without_the_key_of_its_session_changes_nothing() {
    let world = World::bare();
    let who = world.person("koordinator");
    let path = "/catatan/notulen";
    let fields = format!("puskesmas={}&tanggal=20+Juni+2023&keputusan=Dipalsukan", encoded(OWN));
    let key = who.signed_in.csrf();
    let foreign = world.person("pembaca").signed_in.csrf();
    let second = world.logged_in("koordinator");
    let form = "application/x-www-form-urlencoded";
    let count = || world.site.app.entries(OWN, simpul::domain::Table::Decisions, None).unwrap().len();
    let before = count();
    let body = |text: String| (form, text);
    let attempts = [
        body(fields.clone()),
        body(format!("_kunci=&{fields}")),
        body(format!("_kunci={foreign}&{fields}")),
        body(format!("_kunci={}&{fields}", second.signed_in.csrf())),
        body(format!("_kunci={}&{fields}", &key[..key.len() - 1])),
        body(format!("{fields}&_kunci={key}")),
        ("application/json", format!("{{\"_kunci\":\"{key}\",\"keputusan\":\"Dipalsukan\"}}")),
        ("text/plain", fields.clone()),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"keputusan\"\r\n\r\nDipalsukan\r\n--x--".to_owned(),
        ),
    ];
    for (media, text) in attempts {
        let request = signed(own(Request::post(path)), Some(who)).header(header::CONTENT_TYPE, media);
        let answer = world.site.send_with(request, Body::from(text.clone())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{media}: {text}");
        assert!(!words(&answer).contains(&key.to_lowercase()), "the key is not told");
    }
    let in_query =
        signed(own(Request::post(format!("{path}?_kunci={key}"))), Some(who)).header(header::CONTENT_TYPE, form);
    assert_eq!(world.site.send_with(in_query, Body::from(fields.clone())).await.status, StatusCode::FORBIDDEN);
    // The right key from the page of another site.
    for origin in ["http://lain.example", "null", "https://127.0.0.1:8080"] {
        let request = signed(Request::post(path), Some(who)).header(header::ORIGIN, origin);
        let request = request.header(header::CONTENT_TYPE, form);
        let answer = world.site.send_with(request, Body::from(format!("_kunci={key}&{fields}"))).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(count(), before);
    let kept =
        world.post(Some(who), path, &[("puskesmas", OWN), ("tanggal", "20 Juni 2023"), ("keputusan", "Sah")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    assert_eq!(count(), before + 1);
    // Files: the key stands in the first part.
    let file = [register(OWN, "Mekar-lagi", &["Klinik Baru"])];
    for start in [Vec::new(), field("_kunci", foreign)] {
        let request = signed(own(multipart(Request::post("/impor/unggah"))), Some(who));
        let answer = world.site.send_with(request, Body::from([start, parts(&file)].concat())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    let request = signed(own(multipart(Request::post("/impor/unggah"))), Some(who));
    let answer = world.site.send_with(request, Body::from([field("_kunci", key), parts(&file)].concat())).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn one_address_shows_each_of_two_people_their_own() {
    let world = &*WORLD;
    let [ours, theirs] = ["koordinator", "asing-timurlaut"].map(|name| world.person(name));
    let mut tags = Vec::new();
    for path in [
        "/",
        "/faskes",
        "/laporan",
        "/halaman/evaluasi",
        "/api/v1/facilities",
        "/api/v1/imports",
        "/impor",
        "/catatan",
        "/bukti",
    ] {
        for (who, is_theirs) in [(ours, false), (theirs, true), (ours, false), (theirs, true)] {
            let answer = world.get(Some(who), path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} for {}", who.name);
            let told = words(&answer);
            assert_eq!(
                (told.contains(SECRET), told.contains("mekar")),
                (is_theirs, !is_theirs),
                "{path} for {}",
                who.name
            );
            let kept = answer.header(header::CACHE_CONTROL);
            assert!(kept.contains("private") || kept.contains("no-store"), "{path}: {kept}");
            let tag = answer.header(header::ETAG).to_owned();
            if !tag.is_empty() {
                tags.push((path, is_theirs, tag));
            }
        }
    }
    assert!(tags.len() >= 20, "{tags:?}");
    // A tag of one is none of the other's, nor of nobody's.
    for (path, is_theirs, tag) in tags {
        let other = if is_theirs { ours } else { theirs };
        let request = |who| signed(Request::get(path), who).header(header::IF_NONE_MATCH, &tag);
        assert_eq!(world.site.send(request(Some(other))).await.status, StatusCode::OK, "{path}");
        let nobodys = world.site.send(request(None)).await.status;
        assert!(nobodys == StatusCode::SEE_OTHER || nobodys == StatusCode::UNAUTHORIZED, "{path}: {nobodys}");
    }
}

#[tokio::test]
async fn rights_that_change_hold_from_the_next_click() {
    let world = World::bare();
    let who = world.made("siti", &[Grant::Coordinator { puskesmas: OWN.to_owned() }]);
    let get = async |path: &str| world.get(Some(&who), path).await;
    assert_eq!(get("/faskes").await.status, StatusCode::OK);
    let id = who.signed_in.account.id;
    world.accounts().grant(id, &Grant::Viewer { puskesmas: FOREIGN.to_owned() }).unwrap();
    let there = format!("/faskes?puskesmas={}", encoded(FOREIGN));
    assert_eq!(get(&there).await.status, StatusCode::OK);
    world.accounts().revoke(id, &wish(Role::Viewer, FOREIGN)).unwrap();
    let gone = get(&there).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(!gone.text().contains("Klinik Timurlaut"), "{}", gone.text());
    world.accounts().revoke(id, &wish(Role::Coordinator, OWN)).unwrap();
    assert_eq!(get("/faskes").await.status, StatusCode::FORBIDDEN);
    world.accounts().grant(id, &Grant::Viewer { puskesmas: OWN.to_owned() }).unwrap();
    assert_eq!(get("/faskes").await.status, StatusCode::OK);
    let write = [("puskesmas", OWN), ("tanggal", "20 Juni 2023"), ("keputusan", "Terlambat")];
    assert_eq!(world.post(Some(&who), "/catatan/notulen", &write).await.status, StatusCode::FORBIDDEN);
    world.accounts().disable(id).unwrap();
    let out = get("/faskes").await;
    assert_eq!((out.status, location(&out)), (StatusCode::SEE_OTHER, "/masuk?lanjut=%2Ffaskes"));
}

#[tokio::test]
async fn a_cluster_s_team_sees_its_cluster_as_the_list_says_now() {
    let world = World::bare();
    let who = Some(world.person("tpcb"));
    let there = |puskesmas: &str| format!("/faskes?puskesmas={}", encoded(puskesmas));
    for (puskesmas, status) in [(OWN, StatusCode::OK), (NEIGHBOUR, StatusCode::OK), (FOREIGN, StatusCode::NOT_FOUND)] {
        assert_eq!(world.get(who, &there(puskesmas)).await.status, status, "{puskesmas}");
    }
    typed(&world.site.app, NEIGHBOUR, "cluster", &[("tahun", "2024"), ("anggota", NEIGHBOUR), ("cluster", "Utara")]);
    assert_eq!(world.get(who, &there(NEIGHBOUR)).await.status, StatusCode::OK);
    assert_eq!(world.get(who, &there(OWN)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_browser() {
    let world = World::bare();
    let [one, two] = [world.logged_in("pembaca"), world.logged_in("pembaca")];
    let answer = world.post(Some(&one), "/akun/sesi", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for who in [&one, &two, world.person("pembaca")] {
        let status = world.get(Some(who), "/faskes").await.status;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(world.post(Some(who), "/akun/token", &[("nama", "x")]).await.status, StatusCode::UNAUTHORIZED);
    }
    // Nobody ends somebody else's.
    let other = world.person("kepala");
    let mine = world.logged_in("pembaca");
    let number = other.signed_in.session.id.to_string();
    assert_eq!(world.post(Some(&mine), "/akun/sesi", &[("nomor", &number)]).await.status, StatusCode::CONFLICT);
    assert_eq!(world.get(Some(other), "/faskes").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_must_choose_another_password_does_nothing_else() {
    let world = World::bare();
    let who = world.made("siti", &[Grant::Administrator]);
    let book = world.site.app.store().account_book();
    let hash = book.password_hash(who.signed_in.account.id).unwrap().unwrap();
    book.rehash_password(who.signed_in.account.id, &hash, true).unwrap();
    for path in [
        "/",
        "/faskes",
        "/api/v1/puskesmas",
        "/akun",
        "/akun/data.json",
        "/pengguna",
        "/akun/sandi/",
        "//akun/sandi",
        "/tidak-ada",
    ] {
        let answer = world.get(Some(&who), path).await;
        assert_eq!((answer.status, location(&answer)), (StatusCode::SEE_OTHER, "/akun/sandi"), "{path}");
    }
    for path in ["/akun/token", "/pengguna", "/akun/dua-langkah", "/catatan/notulen"] {
        let answer = world.post(Some(&who), path, &[("nama", "x")]).await;
        assert_eq!((answer.status, location(&answer)), (StatusCode::SEE_OTHER, "/akun/sandi"), "{path}");
    }
    assert_eq!(world.get(Some(&who), "/akun/sandi").await.status, StatusCode::OK);
}

fn token(world: &World, who: &Visitor, scope: TokenScope, puskesmas: Option<&str>) -> String {
    let expires = world.site.app.clock().now() + Duration::days(1);
    let wish = TokenWish { name: "x".to_owned(), scope, puskesmas: puskesmas.map(ToOwned::to_owned), expires };
    world.accounts().make_api_token(who.signed_in.account.id, &wish).unwrap().reveal().to_owned()
}

#[tokio::test]
async fn a_token_opens_its_api_and_no_more() {
    let world = World::bare();
    let who = world.made(
        "siti",
        &[Grant::Coordinator { puskesmas: OWN.to_owned() }, Grant::Viewer { puskesmas: FOREIGN.to_owned() }],
    );
    let ask = async |token: &str, path: &str| {
        world.site.send(Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"))).await
    };
    let reading = token(&world, &who, TokenScope::Read, Some(OWN));
    let listed = ask(&reading, "/api/v1/puskesmas").await;
    assert_eq!(listed.status, StatusCode::OK);
    assert!(words(&listed).contains("mekarsari") && !words(&listed).contains(SECRET));
    let there = format!("/api/v1/facilities?puskesmas={}", encoded(FOREIGN));
    assert_eq!(ask(&reading, &there).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&reading, "/api/v1/jobs").await.status, StatusCode::FORBIDDEN);
    let whole = token(&world, &who, TokenScope::Import, None);
    assert_eq!(ask(&whole, &there).await.status, StatusCode::OK);
    // Pages and changes are for people.
    for path in ["/", "/faskes", "/akun", "/laporan"] {
        assert_eq!(ask(&whole, path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    let request = own(Request::post("/impor/unggah")).header(header::AUTHORIZATION, format!("Bearer {whole}"));
    assert_eq!(world.site.send(request).await.status, StatusCode::UNAUTHORIZED);
    // A bad token is not mended by a good cookie, and none of these is one.
    for bad in ["", "simpul_x", who.token.as_str(), &whole[..whole.len() - 1], &"x".repeat(5_000)] {
        let request =
            signed(Request::get("/api/v1/puskesmas"), None).header(header::AUTHORIZATION, format!("Bearer {bad}"));
        assert_eq!(world.site.send(request).await.status, StatusCode::UNAUTHORIZED, "{bad}");
    }
    let number = world.accounts().api_tokens(who.signed_in.account.id).unwrap()[0].id;
    world.accounts().revoke_api_token(who.signed_in.account.id, number).unwrap();
    let answers = [ask(&whole, "/api/v1/puskesmas").await.status, ask(&reading, "/api/v1/puskesmas").await.status];
    assert!(answers.contains(&StatusCode::UNAUTHORIZED) && answers.contains(&StatusCode::OK), "{answers:?}");
    world.accounts().disable(who.signed_in.account.id).unwrap();
    assert_eq!(ask(&reading, "/api/v1/puskesmas").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn guesses_are_slowed_down_and_the_owner_gets_in_from_a_known_device() {
    let world = World::bare();
    let first = sign_in(&world.site, "", &[("nama", "pembaca"), ("sandi", PASSWORD)]).await;
    let device = set_cookie(&first, "simpul-perangkat").unwrap();
    let mut slowed = None;
    for number in 0..40 {
        let guess = format!("tebakan ke {number}");
        let answer = sign_in(&world.site, "", &[("nama", "pembaca"), ("sandi", &guess)]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            slowed = Some(number);
            break;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(slowed.is_some_and(|number| number <= 20), "{slowed:?}");
    let right = [("nama", "pembaca"), ("sandi", PASSWORD)];
    assert_eq!(sign_in(&world.site, "", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    let known = sign_in(&world.site, &format!("simpul-perangkat={device}"), &right).await;
    assert_eq!(known.status, StatusCode::SEE_OTHER, "{}", known.text());
}

#[tokio::test]
async fn a_set_up_code_is_good_once() {
    let site = Site::empty();
    let handed = site.app.accounts().make_set_up_code().unwrap();
    let fields = |name: &'static str| {
        [
            ("kode", handed.code.reveal().to_owned()),
            ("nama", name.to_owned()),
            ("sandi", PASSWORD.to_owned()),
            ("ulang", PASSWORD.to_owned()),
        ]
    };
    let send = async |name: &'static str| {
        let fields = fields(name);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        site.post("/mulai", &fields).await
    };
    assert_eq!(send("pertama").await.status, StatusCode::SEE_OTHER);
    assert_eq!(send("kedua").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.app.accounts().list().unwrap().len(), 1);
    let page = site.get("/mulai").await;
    assert_eq!((page.status, page.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/masuk"));
    // A code for a new password is spent by the first who uses it.
    let account = site.app.accounts().find("pertama").unwrap();
    let reset = site.app.accounts().reset_password(account.id).unwrap();
    let fields = [("kode", reset.code.reveal()), ("sandi", "kuda lumping menari"), ("ulang", "kuda lumping menari")];
    assert_eq!(site.post("/kode", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post("/kode", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nothing_from_outside_becomes_a_header_or_leads_elsewhere() {
    let world = World::bare();
    for next in [
        "//lain.example",
        "https://lain.example/",
        "/\\lain.example",
        "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "/\t/lain.example",
    ] {
        let answer = sign_in(&world.site, "", &[("nama", "kepala"), ("sandi", PASSWORD), ("lanjut", next)]).await;
        assert_eq!((answer.status, location(&answer)), (StatusCode::SEE_OTHER, "/"), "{next:?}");
        let page = world.get(None, &format!("/masuk?lanjut={}", encoded(next))).await.text();
        assert!(!page.contains("lain.example") && !page.contains("javascript:"), "{next:?}");
    }
    let who = Some(world.person("koordinator"));
    for path in [
        "/aset/..%2F..%2FCargo.toml",
        "/bantuan/gambar/..%2F..%2F..%2FCargo.toml",
        "/templat/..%2F..%2Fetc%2Fpasswd",
        "/laporan/..%2F..%2Fsimpul.db",
        "/grafik/..%2F..%2F/simpul.db.svg",
        "/halaman/..%2F..%2FCargo",
        "/evaluasi-tersimpan/..%2Fsimpul.db",
        "/cuplikan/berkas/1/..%2Fsimpul.db",
        "/impor/1%0d%0aSet-Cookie:%20x=1/berkas",
    ] {
        let answer = world.get(who, path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        let told = words(&answer);
        assert!(!told.contains("[package]") && !told.contains("root:") && !told.contains("sqlite format"), "{path}");
    }
    // A file whose name tries to be headers, and a folder.
    let hostile = "..\\..\\a\"; x=\u{201d}\u{0}/etc/\r\nSet-Cookie: jahat=1.csv";
    let mut file = register(OWN, "Mekar-jahat", &["Klinik Lain"]);
    hostile.clone_into(&mut file.name);
    let receipt = world.site.app.import(&[file], None, false, &mut |_| {});
    let batch = receipt.files[0].batch.unwrap();
    let answer = world.get(who, &format!("/impor/{batch}/berkas")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.headers.get(HeaderName::from_static("set-cookie")).is_none());
    let disposition = answer.header(header::CONTENT_DISPOSITION);
    assert!(
        !disposition.contains('/') && !disposition.contains('\\') && disposition.matches('"').count() <= 2,
        "{disposition}"
    );
    let cookies = "simpul-puskesmas=%0d%0aSet-Cookie:x=1; simpul-sesi=\u{22}\u{22}; x";
    let answer = world.site.send(Request::get("/masuk").header(header::COOKIE, cookies)).await;
    assert_eq!(answer.status, StatusCode::OK);
}
