//! `serve`, and the demonstration that a start without arguments gives.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use crate::app::identity_provider::identity_provider;
use crate::app::import::Upload;
use crate::app::{App, sample};
use crate::definitions::service_layers::DEFAULT_LISTEN;
use crate::definitions::{SERVICE_FILE, ServiceSettings, SettingName};
use crate::jobs::{Engine, Lock, Scheduler};
use crate::web::listening::{FreeChoices, Listening, OfferedProvider};
use crate::web::tls::{CertificateFiles, HeldCertificate};
use crate::web::{self, Entrance, ServiceEnd};

use super::args_service::ServeArgs;
use super::environment::{self, ToldByEnvironment};
use super::{config, import, logs, open_folder, place, print, say, starter, welcome};

/// Imports the sample workbooks where there is nothing yet, then serves.
pub fn demonstration(folder: &Path, told: &ToldByEnvironment) -> anyhow::Result<ExitCode> {
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
    let flags = ServeArgs { listen: Some(DEFAULT_LISTEN.to_owned()), ..ServeArgs::default() };
    let start = ServiceStart { told, flags: &flags, is_again: false, first_page: None };
    serve(&app, &start)?;
    Ok(ExitCode::SUCCESS)
}

/// Settings with which a service is begun.
struct ServiceStart<'a> {
    /// Settings of the environment.
    told: &'a ToldByEnvironment,
    /// Settings of the command line.
    flags: &'a ServeArgs,
    /// True where the first page let a service begin again: the log runs, and the browser waits.
    is_again: bool,
    /// Choices that are left to its first page.
    first_page: Option<FreeChoices>,
}

/// Serves until Ctrl+C the folder that was named, else the one of this account; again from the beginning where the first
/// page decided otherwise.
pub fn run(named: Option<&Path>, told: &ToldByEnvironment, flags: &ServeArgs) -> anyhow::Result<ExitCode> {
    for unknown in &told.unknown {
        say(environment::warning(unknown));
    }
    let is_listen_told = told.settings.iter().any(|setting| setting.name == SettingName::Listen);
    let mut is_again = false;
    loop {
        let usual_folder = if named.is_none() { Some(place::usual()?) } else { None };
        let is_address_free = flags.listen.is_none() && !is_listen_told;
        let first_page = Some(FreeChoices { usual_folder, is_address_free });
        let start = ServiceStart { told, flags, is_again, first_page };
        match serve(&open_folder(place::folder(named.map(Path::to_owned))?)?, &start)? {
            ServiceEnd::Done => return Ok(ExitCode::SUCCESS),
            ServiceEnd::BeginAgain => is_again = true,
        }
    }
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

/// Serves as flags, environment and `simpul.toml` say.
fn serve(app: &App, start: &ServiceStart<'_>) -> anyhow::Result<ServiceEnd> {
    refuse_wrong_settings(app)?;
    let service = config::layered(app.definitions().service.clone(), start.told.clone(), start.flags)?.service;
    if !start.is_again {
        logs::begin(&service.log, app.data())?;
    }
    for diagnostic in app.diagnostics() {
        say(format_args!("{diagnostic}\n"));
    }
    let listen = match service.listen {
        Some(listen) => listen,
        None => DEFAULT_LISTEN.parse().context("the built-in address")?,
    };
    let is_shown = start.flags.open && !start.is_again;
    let only = Lock::service(app.data()).context("folder kunci tidak dapat dipakai")?;
    if only.is_none() && is_shown {
        starter::show(&starter::own_address(&Listening::plain(listen), service.certificate.is_some()));
        return Ok(ServiceEnd::Done);
    }
    let _only = only.with_context(|| {
        format!(
            "layanan lain sudah berjalan pada folder data `{}`; buka yang itu, atau hentikan dahulu",
            app.data().display()
        )
    })?;
    let certificate = certificate(app, &service)?;
    let listener = match TcpListener::bind(listen) {
        Ok(listener) => listener,
        Err(error) => anyhow::bail!("{}", not_bound(app.data(), listen, &error)),
    };
    let listening = Listening {
        provider: provider(app, &service)?,
        names: service.names,
        machine_names: welcome::machine_names(),
        proxies: service.proxies,
        first_page: start.first_page.clone(),
        ..Listening::plain(listener.local_addr()?)
    };
    let scheduler = Scheduler::start(Engine::new(app.clone())).context("penjadwal tidak dapat dimulai")?;
    print(welcome::text(app, &listening, certificate.is_some())?)?;
    starter::tell_ready();
    if is_shown {
        starter::show(&starter::own_address(&listening, certificate.is_some()));
    }
    let served = web::serve_blocking(app.clone(), Entrance { listener, listening, certificate });
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

/// The identity provider that `simpul.toml` names; nobody is asked yet.
fn provider(app: &App, service: &ServiceSettings) -> anyhow::Result<Option<OfferedProvider>> {
    let Some(settings) = &service.oidc else { return Ok(None) };
    let provider = Arc::new(identity_provider(app.data(), settings)?);
    Ok(Some(OfferedProvider { provider, label: settings.label.clone() }))
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
        let demonstration = DEFAULT_LISTEN.parse().unwrap();
        assert!(
            not_bound(Path::new("data saya"), demonstration, &error)
                .ends_with("simpul --data \"data saya\" serve --listen 127.0.0.1:8081")
        );
    }
}
