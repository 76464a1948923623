//! Indonesian sentences for command lines that clap does not accept, with the nearest that there is. Knows no verb.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The sentence for a command line, and what to write instead.
pub fn sentence(error: &clap::Error) -> String {
    let argument = named(error, ContextKind::InvalidArg);
    let value = named(error, ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("perintah `{}` tidak dikenal", named(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "perintah belum disebut".to_owned(),
        ErrorKind::UnknownArgument => format!("`{argument}` tidak dikenal"),
        ErrorKind::MissingRequiredArgument => format!("yang kurang: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` memerlukan nilai"),
        ErrorKind::InvalidValue => {
            format!("`{value}` bukan nilai untuk `{argument}`; yang ada: {}", named(error, ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("`{value}` tidak dapat dibaca untuk `{argument}`: {reason}")
        }
        ErrorKind::ArgumentConflict => format!("`{argument}` hanya boleh sekali"),
        _ => "perintah tidak dapat dibaca".to_owned(),
    };
    let meant = nearest(error).map(|nearest| format!("; maksud Anda {nearest}?")).unwrap_or_default();
    format!("{what}{meant}\n  saran: lihat `simpul --help`")
}

/// The verb, option or value that is spelt most nearly so, as clap finds it; it tells the nearest one last.
fn nearest(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let nearest = kinds.into_iter().find_map(|kind| texts(error, kind).pop())?;
    Some(format!("`{nearest}`"))
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

fn named(error: &clap::Error, kind: ContextKind) -> String {
    texts(error, kind).join(", ")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::args::Cli;

    fn said(typed: &[&str]) -> String {
        let typed = ["simpul"].iter().chain(typed).map(OsString::from);
        sentence(&Cli::read(typed).unwrap_err())
    }

    #[test]
    fn wrong_input_gets_an_indonesian_sentence() {
        for (typed, expected) in [
            (vec!["evaluate", "2023-C9"], "periode `2023-C9` tidak dikenal"),
            (vec!["xyzzy"], "perintah `xyzzy` tidak dikenal\n"),
            (vec!["import"], "yang kurang: <BERKAS>..."),
            (vec!["evaluate", "2023", "--as-of", "31/8/2023"], "TTTT-BB-HH"),
            (vec!["evaluate", "2023", "--format", "xml"], "`xml` bukan nilai"),
            (vec!["serve", "--port", "1"], "`--port` tidak dikenal"),
        ] {
            let text = said(&typed);
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn the_nearest_that_there_is_is_named() {
        for (typed, expected) in [
            (vec!["imprt", "a.xlsx"], "perintah `imprt` tidak dikenal; maksud Anda `import`?"),
            (vec!["evaluassi", "2023"], "maksud Anda `evaluasi`?"),
            (vec!["alias", "ad"], "maksud Anda `add`?"),
            (vec!["evaluate", "2023", "--asof", "2023-01-01"], "`--asof` tidak dikenal; maksud Anda `--as-of`?"),
            (vec!["evaluate", "2023", "--format", "jsn"], "maksud Anda `json`?"),
        ] {
            let text = said(&typed);
            assert!(text.contains(expected), "{text}");
            assert!(text.ends_with("saran: lihat `simpul --help`"), "{text}");
        }
    }
}
