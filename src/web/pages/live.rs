//! The changing part of a page, sent anew whenever it changed (server-sent events).

use std::convert::Infallible;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;

use crate::web::error::PageError;
use crate::web::memo::mix;
use crate::web::query::Query;
use crate::web::site::Site;

/// Time between two looks at whether a watched page changed.
const LOOK_EVERY: Duration = Duration::from_millis(700);

/// A number made from a part, by which news know what a page shows already.
pub fn seen(part: &str) -> u64 {
    mix(1, part)
}

/// News begin with what differs from `tanda`, and end when the service stops.
pub fn news(site: Site, query: &Query, render: fn(&Site) -> Result<String, PageError>) -> impl IntoResponse + use<> {
    let stopping = site.stopping();
    let told = query.get("tanda").and_then(|seen| seen.parse().ok()).unwrap_or(0_u64);
    let events = stream::unfold((site, stopping, told), move |(site, mut stopping, mut told)| async move {
        loop {
            let part = site.compute(render).await;
            let Ok(part) = part else { return None };
            let now = seen(&part);
            if now != told {
                told = now;
                return Some((Ok::<_, Infallible>(Event::default().data(part)), (site, stopping, told)));
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = stopping.changed() => return None,
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
