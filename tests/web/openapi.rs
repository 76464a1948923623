//! The description of the API: every address of it and no other, and answers of the shape that it promises.

use std::collections::BTreeSet;

use axum::http::{Request, StatusCode, header};
use boon::{Compiler, Schemas};
use serde_json::Value;
use simpul::web::ROUTES;

use super::site::{ABCDE, Answer};

async fn document() -> Value {
    let answer = ABCDE.get("/api/v1/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.json()
}

#[tokio::test]
async fn it_names_every_address_of_the_api_and_no_other() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let described: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let served = ROUTES.iter().map(|route| route.path).filter(|path| path.starts_with("/api/") && !path.contains('*'));
    assert_eq!(described, served.collect());
    for (path, methods) in document["paths"].as_object().unwrap() {
        let route = ROUTES.iter().find(|route| route.path == path).unwrap();
        let methods: Vec<&str> = methods.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            (methods.contains(&"get"), methods.contains(&"post")),
            (route.read.is_some(), route.change.is_some())
        );
    }
}

/// Addresses with data, by the paths of the description.
const ANSWERED: [(&str, &str); 27] = [
    ("/api/v1", "/api/v1"),
    ("/api/v1/openapi.json", "/api/v1/openapi.json"),
    ("/api/v1/puskesmas", "/api/v1/puskesmas"),
    ("/api/v1/facilities", "/api/v1/facilities?periode=2023-C2"),
    ("/api/v1/evaluation", "/api/v1/evaluation?periode=2023-C2"),
    ("/api/v1/tables/{page}/{table}", "/api/v1/tables/ringkasan/status-table?periode=2023-C2"),
    ("/api/v1/tables/{page}/{table}", "/api/v1/tables/ringkasan/completeness?periode=2023-C2"),
    ("/api/v1/tables/{page}/{table}", "/api/v1/tables/faskes/reports?periode=2023-C2&faskes=Apotik%20Alvi"),
    ("/api/v1/charts/{page}/{panel}", "/api/v1/charts/ringkasan/score-bars?periode=2023-C2"),
    ("/api/v1/charts/{page}/{panel}", "/api/v1/charts/lokmin/pws?periode=2023-08"),
    ("/api/v1/calendar", "/api/v1/calendar?periode=2023-C2"),
    ("/api/v1/pws/{code}", "/api/v1/pws/K6?periode=2023-08"),
    ("/api/v1/lineage", "/api/v1/lineage?angka=CAK&periode=2023-C2&faskes=Apotik%20Alvi"),
    ("/api/v1/lineage", "/api/v1/lineage?angka=SKOR&periode=2023-C2"),
    ("/api/v1/approvals", "/api/v1/approvals"),
    ("/api/v1/imports", "/api/v1/imports"),
    ("/api/v1/entries", "/api/v1/entries?tabel=follow_ups"),
    ("/api/v1/dhis2", "/api/v1/dhis2?periode=2023-05"),
    ("/api/v1/evidence", "/api/v1/evidence"),
    ("/api/v1/pkp", "/api/v1/pkp"),
    ("/api/v1/plans", "/api/v1/plans?periode=2023"),
    ("/api/v1/network", "/api/v1/network?periode=2023"),
    ("/api/v1/own-indicators", "/api/v1/own-indicators?periode=2023"),
    ("/api/v1/jobs", "/api/v1/jobs"),
    ("/api/v1/audit", "/api/v1/audit"),
    ("/api/v1/lineage", "/api/v1/lineage?angka=tidak-ada"),
    ("/api/v1/entries", "/api/v1/entries"),
];

/// The fault of an answer in the light of its description; none where it is as promised.
fn fault(document: &Value, path: &str, answer: &Answer) -> Option<String> {
    let place = ["paths", path, "get", "responses", answer.status.as_str(), "content", "application/json", "schema"];
    let pointer = place.map(|part| part.replace('~', "~0").replace('/', "~1")).join("/");
    let mut compiler = Compiler::new();
    compiler.add_resource("http://simpul/openapi.json", document.clone()).unwrap();
    let mut schemas = Schemas::new();
    let schema = compiler
        .compile(
            &format!("http://simpul/openapi.json#/{}", pointer.replace('{', "%7B").replace('}', "%7D")),
            &mut schemas,
        )
        .unwrap();
    schemas.validate(&answer.json(), schema).err().map(|error| format!("{error:#}"))
}

#[tokio::test]
async fn answers_have_the_shape_that_it_promises() {
    let document = document().await;
    let mut seen = BTreeSet::new();
    for (path, address) in ANSWERED {
        let answer = ABCDE.get(address).await;
        let kind = answer.header(header::CONTENT_TYPE);
        let content = &document["paths"][path]["get"]["responses"][answer.status.as_str()]["content"];
        assert!(content["application/json"].is_object(), "{address}: {} {kind} is not described", answer.status);
        assert_eq!(fault(&document, path, &answer), None, "{address}: {}", answer.text());
        seen.insert(path);
    }
    let described = document["paths"].as_object().unwrap().keys().map(String::as_str);
    let unseen: Vec<&str> = described.filter(|path| !seen.contains(path) && *path != "/api/v1/facts").collect();
    assert!(unseen.is_empty(), "{unseen:?}");
    // What is not promised is a fault: shapes are closed.
    let answer = ABCDE.get("/api/v1/puskesmas").await;
    let mut more = answer.json();
    more["lain"] = Value::from(1);
    let more = Answer { bytes: more.to_string().into(), headers: answer.headers.clone(), status: answer.status };
    assert!(fault(&document, "/api/v1/puskesmas", &more).is_some());
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    for address in [
        "/api/v1/puskesmas",
        "/api/v1/evaluation?periode=2023-C2",
        "/api/v1/tables/ringkasan/status-table?periode=2023-C2",
    ] {
        let first = ABCDE.get(address).await;
        let tag = first.header(header::ETAG).to_owned();
        assert!(!tag.is_empty(), "{address} has no ETag");
        let again = ABCDE.send(Request::get(address).header(header::IF_NONE_MATCH, &tag)).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
    }
}
