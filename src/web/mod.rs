//! Pages, charts and the API over HTTP, rendered on the server; works without scripts and asks no other host.
//!
//! The only module that names axum and askama. It computes nothing: handlers take what was asked, have
//! `dashboard` compute, and render. Without accounts it shows its pages to this machine alone.

pub mod api;
mod assets;
mod bulk;
mod bulk_run;
mod chosen;
mod csv_text;
mod day;
mod door;
mod entrance;
mod error;
mod error_page;
mod font;
mod form;
mod form_key;
mod front;
mod guard;
mod html_body;
mod identity;
mod last_looked;
pub mod listening;
mod memo;
mod metrics;
mod multipart;
mod offered;
mod pages;
mod query;
mod rate;
mod request_log;
mod rights;
mod router;
mod sign_ins;
mod site;
mod standing;
pub mod tls;
mod traffic;
mod view;

use std::future::Future;
use std::net::TcpListener;

use crate::app::App;
use listening::Listening;

/// Time for which requests under way are waited for when the service stops.
const STOP_WITHIN: std::time::Duration = std::time::Duration::from_secs(2);

pub use entrance::Entrance;
pub use rights::{ROUTES, RouteNeed, RouteRights, SET_UP_PATH};
pub use router::router;
pub use site::ServiceEnd;

/// Why the service cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The network.
    #[error("layanan tidak dapat berjalan: {0}")]
    Io(#[from] std::io::Error),
}

/// Serves on `listener`, without TLS and without names, until `shutdown` ends; what is under way is finished first.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let listening = Listening::plain(listener.local_addr()?);
    serve_at(app, Entrance { listener, listening, certificate: None }, shutdown).await.map(drop)
}

/// The same at any entrance.
pub async fn serve_at(
    app: App,
    entrance: Entrance,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<ServiceEnd, ServeError> {
    let service = site::Server::new(app, entrance.listening.clone());
    let stopping = service.stopping();
    tokio::spawn({
        let service = service.clone();
        async move {
            shutdown.await;
            // Pages that watch jobs would keep the service from ending.
            service.stop();
        }
    });
    tokio::select! {
        served = entrance.admit(&service) => served?,
        () = patience(stopping) => tracing::warn!("permintaan yang belum selesai ditinggalkan"),
    }
    Ok(service.end())
}

/// Ends some seconds after the service began to stop: a client that does not let go must not hold it up.
async fn patience(mut stopping: tokio::sync::watch::Receiver<bool>) {
    if stopping.wait_for(|is_stopping| *is_stopping).await.is_ok() {
        tokio::time::sleep(STOP_WITHIN).await;
    }
}

/// Serves on a runtime of its own until Ctrl+C, or until the system asks it to end.
pub fn serve_blocking(app: App, entrance: Entrance) -> Result<ServiceEnd, ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve_at(app, entrance, asked_to_end()));
    // Work on the blocking threads is left behind: it only reads.
    runtime.shutdown_background();
    served
}

/// Ends with Ctrl+C, or with the signal by which a system ends its services. Without such a signal there is nothing to
/// wait for: the service then runs until it is ended from outside.
async fn asked_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = ended_by_the_system() => {}
    }
}

#[cfg(unix)]
async fn ended_by_the_system() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => drop(terminated.recv().await),
        Err(_error) => std::future::pending().await,
    }
}

/// The console's window is closed, or the machine shut down: Windows then waits some seconds.
#[cfg(windows)]
async fn ended_by_the_system() {
    use tokio::signal::windows::{ctrl_break, ctrl_close, ctrl_shutdown};
    let Ok(mut broken) = ctrl_break() else { return std::future::pending().await };
    let Ok(mut closed) = ctrl_close() else { return std::future::pending().await };
    let Ok(mut shut_down) = ctrl_shutdown() else { return std::future::pending().await };
    tokio::select! {
        _ = broken.recv() => {}
        _ = closed.recv() => {}
        _ = shut_down.recv() => {}
    }
}

#[cfg(not(any(unix, windows)))]
async fn ended_by_the_system() {
    std::future::pending().await
}
