//! `config`: every setting of the service with its value and its place. Opens no database, and prints no content of a
//! file: where a secret lies, not the secret.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::args::ImportFormat;
use super::args_service::{ConfigVerb, ServeArgs};
use super::environment::{self, DATA_VARIABLE, ToldByEnvironment};
use super::{place, print, say};
use crate::definitions::service_layers::place_of;
use crate::definitions::{
    HeldSetting, LayeredSettings, SERVICE_FILE, ServiceSettings, SettingSource, SettingTexts, SourceFile, load,
};
use crate::disk;

/// Data folder, and the place that names it.
pub struct NamedFolder {
    /// Path; none where nobody named one.
    pub path: Option<PathBuf>,
    /// True where the command line names it.
    pub is_by_flag: bool,
}

/// Does what was asked.
pub fn run(folder: &NamedFolder, told: ToldByEnvironment, verb: &ConfigVerb) -> anyhow::Result<ExitCode> {
    let ConfigVerb::Show { service, format } = verb;
    let path = place::folder(folder.path.clone())?;
    let of_file = settings_in(&path)?;
    let unknown = told.unknown.clone();
    let held = layered(of_file, told, service)?.held();
    let source = match (&folder.path, folder.is_by_flag) {
        (None, _) => "bawaan",
        (Some(_), true) => "--data",
        (Some(_), false) => DATA_VARIABLE,
    };
    let path = path.display().to_string();
    match format {
        ImportFormat::Json => {
            let settings = held.iter().map(setting_json).collect::<Vec<_>>();
            let data = json!({ "value": path, "source": source });
            print(json!({ "data": data, "settings": settings, "unknown_variables": unknown }))?;
        }
        ImportFormat::Teks => {
            let width = held.iter().map(|setting| value_words(&setting.text).chars().count()).max().unwrap_or(0);
            print(format_args!("folder data: {path} ({source})"))?;
            for HeldSetting { name, text, source } in &held {
                print(format_args!("{:<12} {:<width$}  {}", name.key(), value_words(text), place_of(*name, *source)))?;
            }
            for name in &unknown {
                say(environment::warning(name));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Settings that hold: those of the file with environment and flags over them.
pub fn layered(
    of_file: ServiceSettings,
    told: ToldByEnvironment,
    flags: &ServeArgs,
) -> anyhow::Result<LayeredSettings> {
    let texts = SettingTexts { environment: told.settings, flags: flags.settings() };
    LayeredSettings::over(of_file, &texts)
        .map_err(|faults| anyhow::anyhow!("pengaturan layanan keliru\n{}", faults.join("\n")))
}

/// The file of the data folder, where there is one.
fn settings_in(folder: &Path) -> anyhow::Result<ServiceSettings> {
    let path = folder.join(SERVICE_FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ServiceSettings::default()),
        Err(error) => anyhow::bail!("`{}` tidak dapat dibaca: {}", path.display(), disk::why(&error)),
    };
    let (definitions, faults) = load(&[SourceFile { name: SERVICE_FILE.to_owned(), text }]);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    anyhow::ensure!(faults.is_empty(), "`{}` keliru\n{}", path.display(), faults.join("\n"));
    Ok(definitions.service)
}

fn value_words(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn setting_json(setting: &HeldSetting) -> serde_json::Value {
    let HeldSetting { name, text, source } = setting;
    let code = match source {
        SettingSource::Flag => "flag",
        SettingSource::Environment => "environment",
        SettingSource::File => "file",
        SettingSource::BuiltIn => "built-in",
    };
    let value = Some(text).filter(|text| !text.is_empty());
    json!({ "key": name.key(), "value": value, "source": code, "place": place_of(*name, *source),
        "variable": name.variable() })
}
