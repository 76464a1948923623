//! Settings that the environment gives: the only reader of variables beside the sandbox. Decides nothing.

use std::env;
use std::path::PathBuf;

use crate::definitions::{SettingName, SettingText};

/// Beginning of every variable of ours.
const PREFIX: &str = "SIMPUL_";
/// Variable of the data folder.
pub const DATA_VARIABLE: &str = "SIMPUL_DATA";
/// Variables that builds and tests read.
const OF_BUILDS: [&str; 4] = ["SIMPUL_BUILT_COMMIT", "SIMPUL_BUILT_VERSION", "SIMPUL_COMMIT", "SIMPUL_UPDATE_DOCS"];

/// Settings of the environment.
#[derive(Clone, Debug, Default)]
pub struct ToldByEnvironment {
    /// Data folder.
    pub data: Option<PathBuf>,
    /// Settings of the service.
    pub settings: Vec<SettingText>,
    /// Variables that begin as ours do and are none, by name.
    pub unknown: Vec<String>,
}

/// Reads the environment.
pub fn read() -> ToldByEnvironment {
    let data = env::var_os(DATA_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let told = |name: SettingName| {
        let text = env::var_os(name.variable())?.to_string_lossy().into_owned();
        Some(SettingText { name, text })
    };
    let settings = SettingName::ALL.into_iter().filter_map(told).collect();
    let names = env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    let mut unknown: Vec<String> = names.filter(|name| name.starts_with(PREFIX) && !is_known(name)).collect();
    unknown.sort();
    ToldByEnvironment { data, settings, unknown }
}

/// Warns of a variable that means nothing here, with the nearest that does.
pub fn warning(unknown: &str) -> String {
    let known = SettingName::ALL.map(SettingName::variable).into_iter().chain([DATA_VARIABLE.to_owned()]);
    let nearest = known.map(|name| (strsim::osa_distance(unknown, &name), name)).min();
    let nearest = nearest.filter(|(distance, _)| *distance <= 3).map(|(_, name)| format!("; maksud Anda {name}?"));
    format!("peringatan: variabel lingkungan {unknown} tidak dikenal{}", nearest.unwrap_or_default())
}

fn is_known(name: &str) -> bool {
    name == DATA_VARIABLE
        || OF_BUILDS.contains(&name)
        || SettingName::ALL.iter().any(|setting| setting.variable() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_is_led_to_the_right_one() {
        assert!(warning("SIMPUL_LISTN").ends_with("maksud Anda SIMPUL_LISTEN?"));
        assert!(warning("SIMPUL_XYZZY_PLUGH").ends_with("tidak dikenal"));
        assert!(is_known("SIMPUL_LOG_FILE_MB") && !is_known("SIMPUL_LOGFILE"));
    }
}
