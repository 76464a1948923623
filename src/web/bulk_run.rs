//! Makes all papers of a period in one go, for the page *Laporan*: one go at a time, beside the requests, told as it
//! goes. Ends with the service; what was not finished leaves nothing behind. Writes no HTML.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bulk::{Bulk, BulkOrder, BulkState};
use super::error::PageError;
use super::site::Site;

/// Begins a go, if none is under way; says whether it did.
pub fn begin(site: &Site, order: BulkOrder) -> Result<bool, PageError> {
    let mut held = site.any_bulk();
    if held.as_ref().is_some_and(|bulk| matches!(bulk.state, BulkState::Running { .. })) {
        return Ok(false);
    }
    let total = match &order {
        BulkOrder::Papers(request) => request.papers(),
        // How many documents it holds shows with the first.
        BulkOrder::Accreditation(_) => 1,
    };
    let state = BulkState::Running { now: "menyiapkan data".to_owned(), done: 0, total };
    let worker = site.clone();
    let wanted = order.clone();
    // A thread of its own: it takes minutes, and the requests' threads are few.
    std::thread::Builder::new().name("semua-laporan".to_owned()).spawn(move || {
        let ended = catch_unwind(AssertUnwindSafe(|| make(&worker, &wanted)));
        let state = ended.unwrap_or_else(|_panic| BulkState::Failed("kesalahan Simpul".to_owned()));
        if let Some(bulk) = worker.any_bulk().as_mut() {
            bulk.state = state;
        }
    })?;
    *held = Some(Bulk { account: site.app().who().to_owned(), order, state });
    Ok(true)
}

fn make(site: &Site, order: &BulkOrder) -> BulkState {
    let stopping = site.stopping();
    let mut tell = |now: &str, done: usize, total: usize| {
        if let Some(bulk) = site.any_bulk().as_mut() {
            bulk.state = BulkState::Running { now: now.to_owned(), done, total };
        }
        if *stopping.borrow() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let made = match order {
        BulkOrder::Papers(request) => site.papers().bulk_archive(request, &mut tell),
        BulkOrder::Accreditation(request) => site.papers().bundle_archive(request, &mut tell),
    };
    match made {
        Ok(Some(archive)) => BulkState::Done { path: archive.path, made: archive.made, failed: archive.failed },
        Ok(None) => BulkState::Failed("layanan berhenti".to_owned()),
        Err(error) => {
            tracing::error!(error = %error, "arsip gagal dibuat");
            BulkState::Failed(error.to_string())
        }
    }
}
