//! Counts of a month for DHIS2: the set that DHIS2 takes, and beside it all that is not in it.

use axum::Json;
use axum::response::IntoResponse;

use super::ApiResult;
use super::params::SubjectParams;
use crate::app::dhis2::Dhis2Export;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{ApiError, RefusalAnswer};
use crate::web::pages::PageQuery;
use crate::web::pages::dhis2::{KINDS, need_month, refused};
use crate::web::site::Site;

/// A month as DHIS2 `dataValueSets` by mapped codes; what has no code and what nobody reported is named beside it.
#[utoipa::path(
    get,
    path = "/api/v1/dhis2",
    params(
        SubjectParams
    ),
    responses(
        (status = 200, description = "The export of the month", body = Dhis2Export),
        (status = 409, description = "No table of codes, or a wrong one; the sentence says what", body = RefusalAnswer)
    ),
)]
pub async fn dhis2(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &KINDS)?;
        let month = need_month(&chosen)?;
        let export = site.app().dhis2_export(&chosen.puskesmas, month).map_err(refused)?;
        Ok::<_, ApiError>(Json(export).into_response())
    })
    .await
}
