//! `serve`, and the demonstration that a start without arguments gives.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use crate::app::import::Upload;
use crate::app::{App, sample};
use crate::definitions::{SERVICE_FILE, ServiceSettings};
use crate::jobs::{Engine, Lock, Scheduler};
use crate::web::listening::{FreeChoices, Listening};
use crate::web::tls::{CertificateFiles, HeldCertificate};
use crate::web::{self, Entrance, ServiceEnd};

use super::args::ServeArgs;
use super::{import, open_folder, place, print, say, starter, welcome};

/// Address on which the demonstration listens, and every service that was told no other.
const DEFAULT_ADDRESS: ([u8; 4], u16) = ([127, 0, 0, 1], 8080);

/// Imports the sample workbooks where there is nothing yet, then serves.
pub fn demonstration(folder: &Path) -> anyhow::Result<ExitCode> {
    let app = open_folder(folder.to_owned())?;
    if app.puskesmas()?.is_empty() {
        say("Peragaan: mengimpor data contoh tahun 2023 …");
        let files: Vec<Upload> = sample::WORKBOOKS
            .iter()
            .map(|(name, bytes)| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() })
            .collect();
        import::import_sample(&app, &files)?;
    }
    say(format_args!("Data peragaan ada di folder `{}`.", folder.display()));
    begin_log();
    let start = ServiceStart { listen: Some(SocketAddr::from(DEFAULT_ADDRESS)), ..ServiceStart::default() };
    serve(app, &start)?;
    Ok(ExitCode::SUCCESS)
}

/// Settings with which a service is begun.
#[derive(Clone, Debug, Default)]
struct ServiceStart {
    /// Address that was named.
    listen: Option<SocketAddr>,
    /// True where a browser is to show it.
    is_shown: bool,
    /// Choices that are left to its first page.
    first_page: Option<FreeChoices>,
}

/// Serves until Ctrl+C the folder that was named, else the one of this account; again from the beginning where the first
/// page decided otherwise.
pub fn run(named: Option<&Path>, args: &ServeArgs) -> anyhow::Result<ExitCode> {
    begin_log();
    let mut is_shown = args.open;
    loop {
        let usual_folder = if named.is_none() { Some(place::usual()?) } else { None };
        let first_page = Some(FreeChoices { usual_folder, is_address_free: args.listen.is_none() });
        let start = ServiceStart { listen: args.listen, is_shown, first_page };
        match serve(open_folder(place::folder(named.map(Path::to_owned))?)?, &start)? {
            ServiceEnd::Done => return Ok(ExitCode::SUCCESS),
            // The browser waits for it.
            ServiceEnd::BeginAgain => is_shown = false,
        }
    }
}

fn begin_log() {
    tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).init();
}

/// Explains why an address cannot be had, and what to write instead.
fn not_bound(data: &Path, listen: SocketAddr, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("sudah dipakai program lain, mungkin Simpul yang sudah berjalan (lihat http://{listen})")
        }
        io::ErrorKind::PermissionDenied => "tidak boleh dipakai di komputer ini".to_owned(),
        _ => format!("tidak dapat dipakai: {error}"),
    };
    let other = SocketAddr::new(listen.ip(), listen.port().checked_add(1).unwrap_or(8081).max(8081));
    let data = data.display().to_string();
    let data = if data.contains(' ') { format!("\"{data}\"") } else { data };
    format!("alamat {listen} {why}; pakai nomor lain: simpul --data {data} serve --listen {other}")
}

/// Serves at the address named, else at that of `simpul.toml`.
fn serve(app: App, start: &ServiceStart) -> anyhow::Result<ServiceEnd> {
    refuse_wrong_settings(&app)?;
    for diagnostic in app.diagnostics() {
        say(format_args!("{diagnostic}\n"));
    }
    let app = Arc::new(app);
    let definitions = app.definitions();
    let listen = start.listen.or(definitions.service.listen).unwrap_or(SocketAddr::from(DEFAULT_ADDRESS));
    let only = Lock::service(app.data()).context("folder kunci tidak dapat dipakai")?;
    if only.is_none() && start.is_shown {
        starter::show(&starter::own_address(&Listening::plain(listen), definitions.service.certificate.is_some()));
        return Ok(ServiceEnd::Done);
    }
    let _only = only.with_context(|| {
        format!(
            "layanan lain sudah berjalan pada folder data `{}`; buka yang itu, atau hentikan dahulu",
            app.data().display()
        )
    })?;
    let certificate = certificate(&app, &definitions.service)?;
    let listener = match TcpListener::bind(listen) {
        Ok(listener) => listener,
        Err(error) => anyhow::bail!("{}", not_bound(app.data(), listen, &error)),
    };
    let listening = Listening {
        names: definitions.service.names.clone(),
        machine_names: welcome::machine_names(),
        proxies: definitions.service.proxies.clone(),
        first_page: start.first_page.clone(),
        ..Listening::plain(listener.local_addr()?)
    };
    let scheduler = Scheduler::start(Engine::new(app.clone())).context("penjadwal tidak dapat dimulai")?;
    print(welcome::text(&app, &listening, certificate.is_some())?)?;
    starter::tell_ready();
    if start.is_shown {
        starter::show(&starter::own_address(&listening, certificate.is_some()));
    }
    let served = web::serve_blocking(App::clone(&app), Entrance { listener, listening, certificate });
    starter::tell_stopping();
    drop(scheduler);
    Ok(served?)
}

/// Settings of the service decide who may come in: where they are wrong, nothing is served in their place.
fn refuse_wrong_settings(app: &App) -> anyhow::Result<()> {
    let all = app.diagnostics();
    let wrong: Vec<String> =
        all.iter().filter(|fault| fault.file.starts_with(SERVICE_FILE)).map(ToString::to_string).collect();
    let file = app.data().join(SERVICE_FILE);
    anyhow::ensure!(
        wrong.is_empty(),
        "layanan tidak dijalankan karena `{}` keliru; perbaiki, lalu jalankan lagi\n{}",
        file.display(),
        wrong.join("\n")
    );
    Ok(())
}

/// The certificate that `simpul.toml` names, with a warning where it ends soon.
fn certificate(app: &App, service: &ServiceSettings) -> anyhow::Result<Option<HeldCertificate>> {
    let Some(paths) = &service.certificate else { return Ok(None) };
    let [certificate, key] = [&paths.certificate, &paths.key].map(|path| app.data().join(path));
    let held = HeldCertificate::open(CertificateFiles { certificate, key })?;
    if let Some(warning) = held.warning(app.clock().now()) {
        say(format_args!("{warning}"));
    }
    Ok(Some(held))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_use_is_told_with_what_to_write() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = taken.local_addr().unwrap();
        let error = TcpListener::bind(address).unwrap_err();
        let told = not_bound(Path::new("simpul-peragaan"), address, &error);
        assert!(told.contains("sudah dipakai program lain"), "{told}");
        assert!(!told.contains("os error") && !told.contains("Address"), "{told}");
        let way_out = "simpul --data simpul-peragaan serve --listen 127.0.0.1:";
        assert!(told.contains(way_out), "{told}");
        let demonstration = SocketAddr::from(DEFAULT_ADDRESS);
        assert!(
            not_bound(Path::new("data saya"), demonstration, &error)
                .ends_with("simpul --data \"data saya\" serve --listen 127.0.0.1:8081")
        );
    }
}
