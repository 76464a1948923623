//! The description of the API (OpenAPI 3.1), made from the handlers and the shapes that they answer with, and what holds
//! for all of them: refusals, conditional requests, who may ask. Answers no figure.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder, Responses, SecurityRequirement};

use super::{
    approvals, audit, dhis2, entries, evidence, facts, figures, ledger, network, own_indicators, pkp, plans, tables,
};
use crate::built;
use crate::web::error::RefusalAnswer;

/// Path of the description.
pub const OPENAPI_PATH: &str = "/api/v1/openapi.json";

/// Statuses with which any call may be refused, and what they mean.
const REFUSALS: [(&str, &str); 9] = [
    ("400", "The request cannot be understood; the sentence says why"),
    ("401", "No account: send a token, or sign in"),
    ("403", "The account lacks the right"),
    ("404", "There is no such thing, or not for this account"),
    ("413", "The request is too large"),
    ("421", "The service is not asked by a name of its own"),
    ("429", "Too many requests; see Retry-After"),
    ("500", "A fault of Simpul; the log tells more under the number of the request"),
    ("503", "The service is full, or took too long; see Retry-After"),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Simpul",
        description = "The numbers of Simpul's pages. Names in English, numbers unrounded; what is missing is null."
    ),
    paths(
        super::index,
        description,
        tables::puskesmas,
        tables::facilities,
        tables::table,
        tables::chart,
        figures::evaluation,
        figures::calendar,
        figures::pws,
        figures::lineage,
        approvals::approvals,
        ledger::imports,
        ledger::jobs,
        entries::entries,
        evidence::evidence,
        own_indicators::own_indicators,
        pkp::pkp,
        plans::plans,
        network::network,
        dhis2::dhis2,
        facts::facts,
        audit::audit,
    ),
    components(schemas(RefusalAnswer))
)]
struct ApiDescription;

/// The description as text, made once.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());

/// This description.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)),
)]
pub async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// The whole description.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = ApiDescription::openapi();
    built::VERSION.clone_into(&mut document.info.version);
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("simpul-sesi"));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    let no_scopes = <[String; 0]>::default;
    let ways = ["token", "session"].map(|way| SecurityRequirement::new(way, no_scopes()));
    // Without accounts the machine's owner needs none.
    document.security = Some(ways.into_iter().chain([SecurityRequirement::default()]).collect());
    for path in document.paths.paths.values_mut() {
        if let Some(operation) = &mut path.get {
            add_common(&mut operation.responses);
        }
    }
    document
}

/// Adds what any call may be answered with.
fn add_common(responses: &mut Responses) {
    let refusal = || ContentBuilder::new().schema(Some(Ref::from_schema_name("RefusalAnswer"))).build();
    for (status, words) in REFUSALS {
        let response = ResponseBuilder::new().description(words).content("application/json", refusal()).build();
        responses.responses.insert(status.to_owned(), response.into());
    }
    let unchanged = ResponseBuilder::new().description("Nothing changed since the ETag of If-None-Match").build();
    responses.responses.insert("304".to_owned(), unchanged.into());
}
