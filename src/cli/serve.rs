//! `serve`, and the demonstration that a start without arguments gives.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use crate::app::import::Upload;
use crate::app::{App, sample};
use crate::jobs::{Engine, Lock, Scheduler};
use crate::web;

use super::{import, open_folder, print, say};

/// Where the demonstration listens.
const DEMO_ADDRESS: ([u8; 4], u16) = ([127, 0, 0, 1], 8080);

/// Imports the sample workbooks where there is nothing yet, then serves.
pub fn demonstration(folder: &Path) -> anyhow::Result<ExitCode> {
    let app = open_folder(folder.to_owned())?;
    if app.store().puskesmas()?.is_empty() {
        say("Peragaan: mengimpor data contoh tahun 2023 …");
        let files: Vec<Upload> = sample::WORKBOOKS
            .iter()
            .map(|(name, bytes)| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() })
            .collect();
        import::import_sample(&app, &files)?;
    }
    say(format_args!("Data peragaan ada di folder `{}`.", folder.display()));
    run(app, SocketAddr::from(DEMO_ADDRESS))
}

/// Serves until Ctrl+C; refuses every address that is not loopback.
pub fn run(app: App, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        listen.ip().is_loopback(),
        "alamat {listen} bukan loopback; sebelum ada akun, Simpul hanya melayani komputer ini sendiri, misalnya --listen 127.0.0.1:8080"
    );
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    for diagnostic in app.diagnostics() {
        say(format_args!("{diagnostic}\n"));
    }
    let app = Arc::new(app);
    let _only = Lock::service(app.data()).context("folder kunci tidak dapat dipakai")?.with_context(|| {
        format!(
            "layanan lain sudah berjalan pada folder data `{}`; buka yang itu, atau hentikan dahulu",
            app.data().display()
        )
    })?;
    let listener = TcpListener::bind(listen).with_context(|| {
        format!(
            "alamat {listen} tidak dapat dipakai (mungkin sudah ada layanan di sana); pilih yang lain dengan --listen"
        )
    })?;
    let address = listener.local_addr()?;
    let scheduler = Scheduler::start(Engine::new(app.clone())).context("penjadwal tidak dapat dimulai")?;
    print(format_args!("Simpul siap di http://{address} (Ctrl+C untuk berhenti)"))?;
    let served = web::serve_blocking(app, listener);
    drop(scheduler);
    served?;
    Ok(ExitCode::SUCCESS)
}
