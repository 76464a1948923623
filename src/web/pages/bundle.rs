//! The bundle for accreditation: made in a file without a name in the data folder, sent from there piece by piece.
//! It may be hundreds of megabytes, so neither it nor what was sent stays in memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;

use super::PageQuery;
use super::paper::PERIODS;
use crate::app::Bundled;
use crate::app::papers::reports::{BUNDLE_MEDIA_TYPE, ReportRequest};
use crate::report::{FileFormat, ReportKind};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;

/// Path of the bundle.
pub const PATH: &str = "/laporan/akreditasi.zip";
/// Bytes that are read and sent at once.
const PIECE_BYTES: usize = 256 << 10;

/// `GET /laporan/akreditasi.zip`: the bundle for accreditation of one Puskesmas.
pub async fn download(site: Site, PageQuery(query): PageQuery) -> PageResult {
    let (name, file, bytes) = site.pack(move |site| make(site, &query)).await?;
    let headers = [
        (header::CONTENT_TYPE, BUNDLE_MEDIA_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    let pieces = stream::unfold(Some(file), |file| async {
        let read = tokio::task::spawn_blocking(move || piece(file?));
        match read.await {
            Ok(None) => None,
            Ok(Some(Ok((bytes, file)))) => Some((Ok(bytes), Some(file))),
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Err(error) => Some((Err(std::io::Error::other(error)), None)),
        }
    });
    Ok::<Response, PageError>((headers, Body::from_stream(pieces)).into_response())
}

/// The next bytes of a file; `None` at its end.
fn piece(mut file: File) -> Option<std::io::Result<(Bytes, File)>> {
    let mut bytes = vec![0; PIECE_BYTES];
    match file.read(&mut bytes) {
        Ok(0) => None,
        Ok(count) => {
            bytes.truncate(count);
            Some(Ok((Bytes::from(bytes), file)))
        }
        Err(error) => Some(Err(error)),
    }
}

fn make(site: &Site, query: &Query) -> Result<(String, File, u64), PageError> {
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    let request = ReportRequest {
        kind: ReportKind::Accreditation,
        period: chosen.subject.period,
        as_of: Some(chosen.subject.as_of),
        puskesmas: Some(chosen.puskesmas.clone()),
        cluster: None,
    };
    let file = tempfile::tempfile_in(site.app().data())?;
    let Bundled { name, archive: mut file, .. } = site.papers().bundle(&request, FileFormat::Pdf, file)?;
    let bytes = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok((name, file, bytes))
}
