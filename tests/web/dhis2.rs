//! Counts of a month for DHIS2: by mapped codes alone, as reported, never a zero that nobody reported; what has no code is
//! named on every way out.

use axum::http::{Request, StatusCode, header};
use simpul::app::dhis2::Dhis2Error;
use simpul::app::dhis2::mapping::{MAPPING_BYTES_MAX, MAPPING_FILE};
use simpul::domain::Month;

use super::site::{Site, abcde};

fn uid(letter: char, number: usize) -> String {
    format!("{letter}{number:010}")
}

fn month() -> Month {
    Month::new(2023, 5).unwrap()
}

/// Codes for every facility and count, but for those that are left out.
fn map(site: &Site, leave_out: &[&str], not_sent: &[&str]) {
    let name = &site.app.puskesmas().unwrap()[0];
    let snapshot = site.app.snapshot(name).unwrap();
    let facts = snapshot.facts();
    let mut lines = vec!["jenis;nama;kode;kategori".to_owned()];
    let mut line = |kind: &str, name: &str, code: String| {
        if leave_out.contains(&name) {
            return;
        }
        let code = if not_sent.contains(&name) { "-".to_owned() } else { code };
        lines.push(format!("{kind};{name};{code};"));
    };
    for (number, facility) in facts.facilities.iter().enumerate() {
        line("faskes", &facility.name, uid('O', number));
    }
    for (number, service) in facts.services.iter().enumerate() {
        line("pembilang", &service.code, uid('N', number));
        line("penyebut", &service.code, uid('D', number));
    }
    std::fs::write(site.app.data().join(MAPPING_FILE), lines.join("\n")).unwrap();
}

#[test]
fn every_reported_count_is_in_it_once_and_nothing_else() {
    let site = abcde();
    map(&site, &[], &[]);
    let name = site.app.puskesmas().unwrap()[0].clone();
    let export = site.app.dhis2_export(&name, month()).unwrap();
    let snapshot = site.app.snapshot(&name).unwrap();
    let facts = snapshot.facts();
    let columns = &facts.achievements;
    let mut expected = Vec::new();
    for row in (0..columns.month.len()).filter(|row| columns.month[*row] == month().number()) {
        let Some(numerator) = columns.numerator[row] else { continue };
        let unit = uid('O', columns.facility[row] as usize);
        let service = columns.service[row] as usize;
        expected.push((unit.clone(), uid('N', service), numerator.to_string()));
        if let Some(denominator) = columns.denominator[row] {
            expected.push((unit, uid('D', service), denominator.to_string()));
        }
    }
    let values = &export.data_value_set.data_values;
    let found: Vec<_> =
        values.iter().map(|value| (value.org_unit.clone(), value.data_element.clone(), value.value.clone())).collect();
    assert!(expected.len() > 10);
    assert_eq!(found, expected);
    assert!(values.iter().all(|value| value.period == "202305" && value.category_option_combo.is_none()));
    assert_eq!(export.unmapped, Vec::<String>::new());
    // What nobody reported is said, and has no value.
    let all = 2 * facts.facilities.len() * facts.services.len();
    assert_eq!(export.not_reported.len() + values.len(), all);
    let json: serde_json::Value = serde_json::from_str(&export.data_value_set.json()).unwrap();
    assert_eq!(json["dataValues"][0]["orgUnit"], values[0].org_unit);
    assert_eq!(json["dataValues"][0].get("categoryOptionCombo"), None);
    // A month that nobody reported is no month of zeros.
    let later = site.app.dhis2_export(&name, Month::new(2024, 5).unwrap()).unwrap();
    assert!(later.data_value_set.data_values.is_empty());
}

#[test]
fn what_has_no_code_is_named_and_what_is_not_sent_is_not() {
    let site = abcde();
    let name = site.app.puskesmas().unwrap()[0].clone();
    assert!(matches!(site.app.dhis2_export(&name, month()), Err(Dhis2Error::NoMapping)));
    map(&site, &[], &[]);
    let all = site.app.dhis2_export(&name, month()).unwrap();
    let snapshot = site.app.snapshot(&name).unwrap();
    let first = &all.data_value_set.data_values[0];
    let number: usize = first.org_unit[1..].parse().unwrap();
    let facility = snapshot.facts().facilities[number].name.clone();
    let number: usize = first.data_element[1..].parse().unwrap();
    let service = snapshot.facts().services[number].code.clone();
    map(&site, &[&facility, &service], &[]);
    let export = site.app.dhis2_export(&name, month()).unwrap();
    let expected = [format!("faskes {facility}"), format!("pembilang {service}"), format!("penyebut {service}")];
    assert_eq!(export.unmapped, expected);
    assert!(export.data_value_set.data_values.len() < all.data_value_set.data_values.len());
    map(&site, &[], &[&facility]);
    let export = site.app.dhis2_export(&name, month()).unwrap();
    assert_eq!(export.unmapped, Vec::<String>::new());
    assert!(!export.data_value_set.data_values.iter().any(|value| value.org_unit == first.org_unit));
    // Two facilities under one code would be one value.
    let file = site.app.data().join(MAPPING_FILE);
    map(&site, &[], &[]);
    let text = std::fs::read_to_string(&file).unwrap();
    let same = (0..snapshot.facts().facilities.len()).fold(text, |text, n| text.replace(&uid('O', n), &uid('O', 0)));
    std::fs::write(&file, same).unwrap();
    assert!(matches!(site.app.dhis2_export(&name, month()), Err(Dhis2Error::Twice(_))));
    std::fs::write(&file, "jenis,nama,kode\nfaskes,A,1\ndesa,B,2\n").unwrap();
    let wrong = site.app.dhis2_export(&name, month()).unwrap_err().to_string();
    assert!(wrong.contains("baris 2") && wrong.contains("baris 3"), "{wrong}");
    std::fs::write(&file, vec![b' '; MAPPING_BYTES_MAX + 1]).unwrap();
    assert!(site.app.dhis2_export(&name, month()).unwrap_err().to_string().contains("lebih dari 1 MB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn page_file_and_api_say_the_same() {
    let site = abcde();
    let without = site.get("/dhis2?periode=2023-05").await;
    assert_eq!(without.status, StatusCode::OK);
    let first = &site.app.snapshot(&site.app.puskesmas().unwrap()[0]).unwrap().facts().facilities[0].name.clone();
    for words in
        ["Belum ada tabel kode DHIS2", "jenis;nama;kode;kategori", &format!("faskes;{first};;"), "penyebut;K6;;"]
    {
        assert!(without.text().contains(words), "{words}");
    }
    assert_eq!(site.get("/dhis2/nilai.json?periode=2023-05").await.status, StatusCode::CONFLICT);
    assert_eq!(site.get("/api/v1/dhis2?periode=2023-05").await.status, StatusCode::CONFLICT);
    map(&site, &[], &[]);
    let file = site.get("/dhis2/nilai.json?periode=2023-05").await;
    let api = site.get("/api/v1/dhis2?periode=2023-05").await;
    assert_eq!(file.json(), api.json()["data_value_set"]);
    let count = file.json()["dataValues"].as_array().unwrap().len();
    let page = site.get("/dhis2?periode=2023-05").await;
    assert!(page.text().contains(&format!("{count} nilai Mei 2023")), "{count}");
    // A longer period is no month: the page shows its last one under that name, and no file passes for it.
    let longer = site.get("/dhis2?periode=2023-C2").await;
    assert!(longer.text().contains("nilai Agustus 2023"), "{}", longer.text());
    for path in ["/dhis2/nilai.json?periode=2023-C2", "/api/v1/dhis2?periode=2023-C2"] {
        let refused = site.get(path).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(refused.text().contains("Caturwulan II 2023 bukan satu bulan"), "{path}: {}", refused.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_made_anew_are_told_apart_by_their_tag() {
    let site = abcde();
    for path in ["/api/v1/audit", "/api/v1/jobs", "/api/v1/openapi.json"] {
        let first = site.get(path).await;
        let tag = first.header(header::ETAG).to_owned();
        assert!(first.status == StatusCode::OK && tag.starts_with("W/\""), "{path} {tag}");
        let again = site.send(Request::get(path).header(header::IF_NONE_MATCH, &tag)).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        let other = site.send(Request::get(path).header(header::IF_NONE_MATCH, "W/\"lain\"")).await;
        assert_eq!((other.status, other.bytes == first.bytes), (StatusCode::OK, true), "{path}");
    }
    // A refusal has no tag, and an act changes the audit's.
    assert_eq!(site.get("/api/v1/audit?dari=kemarin").await.header(header::ETAG), "");
    let before = site.get("/api/v1/audit").await.header(header::ETAG).to_owned();
    site.post("/pengaturan-surat", &[("alamat", "Jl. Baru")]).await;
    assert_ne!(site.get("/api/v1/audit").await.header(header::ETAG), before);
}
