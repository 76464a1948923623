//! `indicator-set`: the ready sets of indicators of the Puskesmas, and one of them switched on or off from a year on.

use std::process::ExitCode;

use anyhow::anyhow;
use chrono::Datelike;
use serde_json::json;

use crate::app::App;
use crate::app::entries::EntryError;
use crate::app::indicator_sets::{SetStanding, SetWish};

use super::args_common::ImportFormat;
use super::args_tools::IndicatorSetArgs;
use super::print;

/// Switches what was asked, then tells how the sets stand.
pub fn run(app: &App, args: &IndicatorSetArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let year = args.year.unwrap_or_else(|| app.clock().today().year());
    if let Some(set) = &args.set {
        let wish = SetWish { puskesmas: &puskesmas, set, year, is_on: !args.off };
        app.switch_indicator_set(&wish).map_err(|error| switch_error(app, set, error))?;
    }
    let sets = app.indicator_sets(&puskesmas, year)?;
    if args.format == ImportFormat::Json {
        let line = |set: &SetStanding| {
            json!({
                "code": set.code,
                "title": set.title,
                "basis": set.basis,
                "indicators": set.indicators,
                "in_force": set.in_force,
                "since": set.since,
            })
        };
        print(json!({
            "puskesmas": puskesmas,
            "year": year,
            "sets": sets.iter().map(line).collect::<Vec<_>>(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let line = |set: &SetStanding| {
        let state = set.since.map_or("tidak menyala".to_owned(), |since| format!("menyala sejak {since}"));
        format!("  {:<8} {} ({} indikator): {state}", set.code, set.title, set.indicators)
    };
    let lines = sets.iter().map(line);
    print(
        [format!("Set indikator {puskesmas}, tahun {year}")].into_iter().chain(lines).collect::<Vec<_>>().join("\n"),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Says why nothing was switched.
fn switch_error(app: &App, set: &str, error: EntryError) -> anyhow::Error {
    match error {
        EntryError::Wrong(faults) => {
            anyhow!(faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join(" "))
        }
        EntryError::NotHere => {
            let definitions = app.definitions();
            let known: Vec<&str> = definitions.books.indicator_sets.all().iter().map(|set| set.code.as_str()).collect();
            anyhow!("set `{set}` tidak dikenal; yang ada: {}", known.join(", "))
        }
        error => error.into(),
    }
}
