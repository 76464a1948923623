//! `settings`: what people set once for a data folder: who writes papers.

use std::process::ExitCode;

use crate::app::App;
use crate::report::UNNAMED;

use super::args::SettingsVerb;
use super::print;

/// Sets or tells a setting.
pub fn run(app: &App, verb: &SettingsVerb) -> anyhow::Result<ExitCode> {
    let SettingsVerb::Author { name, puskesmas } = verb;
    let known = app.puskesmas()?;
    // With one Puskesmas, what is set without its name is its own: what the page sets is the same.
    let owner = match puskesmas {
        Some(asked) => Some(app.resolve_puskesmas(Some(asked))?),
        None if known.len() == 1 => Some(known[0].clone()),
        None => None,
    };
    if let Some(name) = name {
        app.papers().set_author(owner.as_deref(), &one_line(name))?;
    }
    let owners = if owner.is_some() { Vec::from_iter(owner) } else { known };
    for owner in &owners {
        print(format_args!("{owner}: ditulis {}", app.papers().authors(owner)?.by(app.clock().now())))?;
    }
    if owners.is_empty() {
        let name = name.as_deref().map(one_line).filter(|name| !name.is_empty());
        print(format_args!("Ditulis {}", name.map_or_else(|| UNNAMED.to_owned(), |name| format!("oleh {name}"))))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
