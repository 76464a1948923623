//! Every fact that counts, as the command line prints it: sent piece by piece, so that neither the lines nor what was
//! sent stay in memory, and no permit to compute is held while a slow reader takes its time.

use axum::body::Body;
use axum::http::header;
use axum::response::IntoResponse;
use futures_util::stream;

use super::{ApiResult, wants_csv};
use crate::app::facts_lines::{FactLines, LineForm};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// `/facts?puskesmas=&file=`: one JSON object a line, or CSV.
pub async fn facts(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    let is_csv = wants_csv(&query)?;
    let form = if is_csv { LineForm::SpreadsheetCsv } else { LineForm::Json };
    let asked = move |site: &Site| {
        let lines = site.app().fact_lines(query.get("puskesmas"), query.get("file"), form);
        lines.map_err(PageError::from)
    };
    let lines: FactLines = site.compute::<_, ApiError>(move |site| Ok(asked(site)?)).await?;
    let pieces = stream::unfold(Some((site, lines)), |under_way| async {
        let (site, mut lines) = under_way?;
        let next = site.compute(move |site| Ok::<_, PageError>((lines.next_piece(site.app())?, lines))).await;
        match next {
            Ok((Some(piece), lines)) => Some((Ok(piece), Some((site, lines)))),
            Ok((None, _)) => None,
            Err(error) => {
                tracing::error!(error = ?error, "fakta tidak dapat dikirim sampai selesai");
                Some((Err(std::io::Error::other("fakta tidak dapat dibaca")), None))
            }
        }
    });
    let body = Body::from_stream(pieces);
    let csv = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"fakta.csv\""),
    ];
    Ok(if is_csv {
        (csv, body).into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response()
    })
}
