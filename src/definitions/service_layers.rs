//! Settings of the service from three places: flags go before the environment, the environment before `simpul.toml`.
//! Knows neither the command line nor the environment: their texts are handed in.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::log_settings::{
    FORMATS, LEVELS, LOG_FILE_MB, LOG_FILE_MB_RANGE, LOG_FILES, LOG_FILES_RANGE, LogFormat, LogLevel, LogSettings,
};
use super::service::{AddressRange, CertificatePaths, ServedName, ServiceSettings};

/// Address on which a service listens that was told no other.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// A setting of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingName {
    /// Address of the listener.
    Listen,
    /// Names under which it may be asked.
    Names,
    /// Reverse proxies that are believed.
    Proxy,
    /// Certificate file.
    Certificate,
    /// Its key.
    Key,
    /// Least weight of what the log tells.
    LogLevel,
    /// Form of the log.
    LogFormat,
    /// File of the log.
    LogFile,
    /// Size of a log file, in MiB.
    LogFileMb,
    /// Former log files that are kept.
    LogFiles,
}

impl SettingName {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Listen,
        Self::Names,
        Self::Proxy,
        Self::Certificate,
        Self::Key,
        Self::LogLevel,
        Self::LogFormat,
        Self::LogFile,
        Self::LogFileMb,
        Self::LogFiles,
    ];

    /// Its key in `simpul.toml`, and its flag without the dashes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Names => "names",
            Self::Proxy => "proxy",
            Self::Certificate => "certificate",
            Self::Key => "key",
            Self::LogLevel => "log-level",
            Self::LogFormat => "log-format",
            Self::LogFile => "log-file",
            Self::LogFileMb => "log-file-mb",
            Self::LogFiles => "log-files",
        }
    }

    /// Its variable of the environment.
    pub fn variable(self) -> String {
        format!("SIMPUL_{}", self.key().to_ascii_uppercase().replace('-', "_"))
    }

    /// The value that holds where nobody sets one; empty where none does.
    pub fn built_in(self) -> String {
        match self {
            Self::Listen => DEFAULT_LISTEN.to_owned(),
            Self::LogLevel => "info".to_owned(),
            Self::LogFormat => "text".to_owned(),
            Self::LogFileMb => LOG_FILE_MB.to_string(),
            Self::LogFiles => LOG_FILES.to_string(),
            Self::Names | Self::Proxy | Self::Certificate | Self::Key | Self::LogFile => String::new(),
        }
    }
}

/// Place from which a setting came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingSource {
    /// Nobody set it.
    BuiltIn,
    /// `simpul.toml`.
    File,
    /// The environment.
    Environment,
    /// The command line.
    Flag,
}

/// A setting as the command line or the environment writes it; lists are parted by commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingText {
    /// The setting.
    pub name: SettingName,
    /// Its value.
    pub text: String,
}

/// Texts of settings by the place that they stand in.
#[derive(Clone, Debug, Default)]
pub struct SettingTexts {
    /// Of the environment.
    pub environment: Vec<SettingText>,
    /// Of the command line.
    pub flags: Vec<SettingText>,
}

/// A setting as it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSetting {
    /// The setting.
    pub name: SettingName,
    /// Its value in words; empty where there is none.
    pub text: String,
    /// Where it came from.
    pub source: SettingSource,
}

/// Settings that hold, and where each came from.
#[derive(Clone, Debug)]
pub struct LayeredSettings {
    /// Settings that hold.
    pub service: ServiceSettings,
    sources: BTreeMap<SettingName, SettingSource>,
}

impl LayeredSettings {
    /// Lays texts over the settings of the file; every wrong text is told in a sentence.
    pub fn over(file: ServiceSettings, texts: &SettingTexts) -> Result<Self, Vec<String>> {
        let mut layers = Layers::over_file(file);
        let mut faults = Vec::new();
        for (source, texts) in [(SettingSource::Environment, &texts.environment), (SettingSource::Flag, &texts.flags)] {
            // A variable that is there and blank sets nothing.
            for SettingText { name, text } in texts.iter().filter(|told| !told.text.trim().is_empty()) {
                match layers.set(*name, text.trim()) {
                    Ok(()) => drop(layers.sources.insert(*name, source)),
                    Err(fault) => faults.push(format!("{}: {fault}", place_of(*name, source))),
                }
            }
        }
        let service = layers.paired().map_err(|fault| faults.push(fault));
        let settings = service.ok().filter(|_| faults.is_empty());
        settings.map(|service| Self { service, sources: layers.sources }).ok_or(faults)
    }

    /// Every setting with its value and its place, in the order of the documentation.
    pub fn held(&self) -> Vec<HeldSetting> {
        let one = |name: SettingName| HeldSetting {
            name,
            text: text_of(&self.service, name).unwrap_or_else(|| name.built_in()),
            source: self.sources.get(&name).copied().unwrap_or(SettingSource::BuiltIn),
        };
        SettingName::ALL.map(one).to_vec()
    }
}

/// A place as the one knows it who wrote there: `--log-level`, `SIMPUL_LOG_LEVEL`, `simpul.toml`.
pub fn place_of(name: SettingName, source: SettingSource) -> String {
    match source {
        SettingSource::Flag => format!("--{}", name.key()),
        SettingSource::Environment => name.variable(),
        SettingSource::File => super::SERVICE_FILE.to_owned(),
        SettingSource::BuiltIn => "bawaan".to_owned(),
    }
}

/// Reports what is wrong with a text for a setting.
pub fn check_text(name: SettingName, text: &str) -> Result<(), String> {
    Layers::over_file(ServiceSettings::default()).set(name, text.trim())
}

/// Settings under way: a certificate and its key may come from different places.
struct Layers {
    service: ServiceSettings,
    certificate: Option<String>,
    key: Option<String>,
    sources: BTreeMap<SettingName, SettingSource>,
}

impl Layers {
    fn over_file(mut file: ServiceSettings) -> Self {
        let is_written = |name: &SettingName| text_of(&file, *name).is_some();
        let sources = SettingName::ALL.into_iter().filter(is_written).map(|name| (name, SettingSource::File)).collect();
        let paths = file.certificate.take();
        let certificate = paths.as_ref().map(|paths| paths.certificate.clone());
        Self { service: file, certificate, key: paths.map(|paths| paths.key), sources }
    }

    fn set(&mut self, name: SettingName, text: &str) -> Result<(), String> {
        let log: &mut LogSettings = &mut self.service.log;
        match name {
            SettingName::Listen => self.service.listen = Some(listen_of(text)?),
            SettingName::Names => self.service.names = listed(text, ServedName::parse, "nama komputer")?,
            SettingName::Proxy => self.service.proxies = listed(text, AddressRange::parse, "alamat IP")?,
            SettingName::Certificate => self.certificate = Some(text.to_owned()),
            SettingName::Key => self.key = Some(text.to_owned()),
            SettingName::LogLevel => log.level = Some(word_of(text, &LEVELS)?),
            SettingName::LogFormat => log.format = Some(word_of(text, &FORMATS)?),
            SettingName::LogFile => log.file = Some(text.to_owned()),
            SettingName::LogFileMb => log.file_mb = Some(number_of(text, LOG_FILE_MB_RANGE)?),
            SettingName::LogFiles => log.files = Some(number_of(text, LOG_FILES_RANGE)?),
        }
        Ok(())
    }

    fn paired(&self) -> Result<ServiceSettings, String> {
        let certificate = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                Some(CertificatePaths { certificate: certificate.clone(), key: key.clone() })
            }
            (None, None) => None,
            (Some(_), None) => return Err("`certificate` tanpa `key`: sebutkan juga berkas kuncinya".to_owned()),
            (None, Some(_)) => return Err("`key` tanpa `certificate`: sebutkan juga berkas sertifikatnya".to_owned()),
        };
        Ok(ServiceSettings { certificate, ..self.service.clone() })
    }
}

/// The value of a setting as a text; none where nobody set it.
fn text_of(service: &ServiceSettings, name: SettingName) -> Option<String> {
    let log = &service.log;
    let paths = service.certificate.as_ref();
    match name {
        SettingName::Listen => service.listen.map(|address| address.to_string()),
        SettingName::Names => joined(&service.names),
        SettingName::Proxy => joined(&service.proxies),
        SettingName::Certificate => paths.map(|paths| paths.certificate.clone()),
        SettingName::Key => paths.map(|paths| paths.key.clone()),
        SettingName::LogLevel => log.level.map(|level| word_for(level, &LEVELS)),
        SettingName::LogFormat => log.format.map(|format| word_for(format, &FORMATS)),
        SettingName::LogFile => log.file.clone(),
        SettingName::LogFileMb => log.file_mb.map(|size| size.to_string()),
        SettingName::LogFiles => log.files.map(|count| count.to_string()),
    }
}

fn joined<T: Display>(list: &[T]) -> Option<String> {
    let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn listen_of(text: &str) -> Result<std::net::SocketAddr, String> {
    text.parse().map_err(|_error| format!("`{text}` bukan alamat dengan port; tulis misalnya 0.0.0.0:8080"))
}

fn listed<T>(text: &str, parse: impl Fn(&str) -> Option<T>, kind: &str) -> Result<Vec<T>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| parse(part).ok_or_else(|| format!("`{part}` bukan {kind}"))).collect()
}

fn word_of<T: Copy>(text: &str, known: &[(&str, T)]) -> Result<T, String> {
    let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, value)| *value);
    let words = || known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("`{text}` tidak dikenal; yang ada: {}", words()))
}

fn word_for<T: Copy + PartialEq>(value: T, known: &[(&str, T)]) -> String {
    known.iter().find(|(_, other)| *other == value).map(|(word, _)| (*word).to_owned()).unwrap_or_default()
}

fn number_of(text: &str, range: (u32, u32)) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (range.0..=range.1).contains(number));
    number.ok_or_else(|| format!("`{text}` bukan bilangan {} sampai {}", range.0, range.1))
}

impl LogSettings {
    /// Least weight of what is told.
    pub fn level_or_usual(&self) -> LogLevel {
        self.level.unwrap_or(LogLevel::Info)
    }

    /// Form of a line.
    pub fn format_or_usual(&self) -> LogFormat {
        self.format.unwrap_or(LogFormat::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: SettingName, text: &str) -> SettingText {
        SettingText { name, text: text.to_owned() }
    }

    fn file() -> ServiceSettings {
        ServiceSettings {
            listen: Some("0.0.0.0:1".parse().unwrap()),
            names: vec![ServedName::parse("a.example:8443").unwrap()],
            certificate: Some(CertificatePaths { certificate: "a.pem".to_owned(), key: "b.pem".to_owned() }),
            ..ServiceSettings::default()
        }
    }

    fn told(layered: &LayeredSettings, name: SettingName) -> HeldSetting {
        layered.held().into_iter().find(|held| held.name == name).unwrap()
    }

    #[test]
    fn flags_go_before_the_environment_and_that_before_the_file() {
        let texts = SettingTexts {
            environment: vec![
                text(SettingName::Listen, "0.0.0.0:2"),
                text(SettingName::LogLevel, "WARN"),
                text(SettingName::Key, "c.pem"),
                text(SettingName::Proxy, "127.0.0.1, 10.0.0.0/24"),
                text(SettingName::LogFormat, " "),
            ],
            flags: vec![text(SettingName::Listen, "0.0.0.0:3")],
        };
        let layered = LayeredSettings::over(file(), &texts).unwrap();
        for (name, value, source) in [
            (SettingName::Listen, "0.0.0.0:3", SettingSource::Flag),
            (SettingName::Names, "a.example:8443", SettingSource::File),
            (SettingName::Proxy, "127.0.0.1, 10.0.0.0/24", SettingSource::Environment),
            (SettingName::Certificate, "a.pem", SettingSource::File),
            (SettingName::Key, "c.pem", SettingSource::Environment),
            (SettingName::LogLevel, "warn", SettingSource::Environment),
            (SettingName::LogFormat, "text", SettingSource::BuiltIn),
            (SettingName::LogFile, "", SettingSource::BuiltIn),
        ] {
            assert_eq!(told(&layered, name), HeldSetting { name, text: value.to_owned(), source });
        }
        assert_eq!(layered.service.certificate.unwrap().key, "c.pem");
    }

    #[test]
    fn every_wrong_text_is_told_with_its_place() {
        let texts = SettingTexts {
            environment: vec![text(SettingName::Listen, "8080"), text(SettingName::LogFiles, "0")],
            flags: vec![text(SettingName::LogLevel, "loud"), text(SettingName::Key, "k.pem")],
        };
        let faults = LayeredSettings::over(ServiceSettings::default(), &texts).unwrap_err().join("\n");
        for words in [
            "SIMPUL_LISTEN: `8080` bukan alamat dengan port",
            "SIMPUL_LOG_FILES: `0` bukan bilangan 1 sampai 100",
            "--log-level: `loud` tidak dikenal; yang ada: error, warn, info, debug, trace",
            "`key` tanpa `certificate`",
        ] {
            assert!(faults.contains(words), "{words}: {faults}");
        }
    }

    #[test]
    fn nothing_set_is_as_built_in() {
        let layered = LayeredSettings::over(ServiceSettings::default(), &SettingTexts::default()).unwrap();
        assert!(layered.held().iter().all(|held| held.source == SettingSource::BuiltIn));
        assert_eq!(told(&layered, SettingName::Listen).text, DEFAULT_LISTEN);
        assert!(DEFAULT_LISTEN.parse::<std::net::SocketAddr>().is_ok());
    }
}
