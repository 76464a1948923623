//! Answers that are sent piece by piece, so that neither the rows nor what was sent stay in memory, and no permit to
//! compute is held while a slow reader takes its time. Knows no row.

use axum::body::Body;
use futures_util::stream;

use crate::app::{App, AppError};
use crate::web::error::PageError;
use crate::web::site::Site;

/// Makes the next piece of some lines; none at the end.
type NextPiece<T> = fn(&mut T, &App) -> Result<Option<Vec<u8>>, AppError>;

/// A body that asks for the next lines whenever the reader took the last ones; `noun` is what the log calls them.
pub fn body<T: Send + 'static>(site: Site, noun: &'static str, lines: T, next_piece: NextPiece<T>) -> Body {
    let pieces = stream::unfold(Some((site, lines)), move |under_way| async move {
        let (site, mut lines) = under_way?;
        let next = site.compute(move |site| Ok::<_, PageError>((next_piece(&mut lines, site.app())?, lines))).await;
        match next {
            Ok((Some(piece), lines)) => Some((Ok(piece), Some((site, lines)))),
            Ok((None, _)) => None,
            Err(error) => {
                tracing::error!(error = ?error, "{noun} tidak dapat dikirim sampai selesai");
                Some((Err(std::io::Error::other(format!("{noun} tidak dapat dibaca"))), None))
            }
        }
    });
    Body::from_stream(pieces)
}
