//! `check`: every definition file and the database, every problem, none left for the next run.

use std::process::ExitCode;

use crate::app::App;
use crate::app::audit::verdict_words;

use super::print;

/// Prints all problems; fails where there is one.
pub fn run(app: &App) -> anyhow::Result<ExitCode> {
    let mut problems: Vec<String> = app.diagnostics().iter().map(ToString::to_string).collect();
    problems.extend(app.check_store()?.into_iter().map(|problem| format!("basis data: {problem}")));
    let verdict = app.audit().verify(None)?;
    problems.extend(verdict.fault.as_ref().map(|_| verdict_words(&verdict)));
    problems.extend(app.approvals().unsound()?);
    if problems.is_empty() {
        let definitions = app.definitions();
        print(format_args!(
            "Semua baik: {} dasbor, {} tugas otomatis, keputusan indikator, dan basis data.",
            definitions.dashboards.len(),
            definitions.jobs.len()
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(problems.join("\n\n"))?;
    super::complain(format_args!("{} masalah ditemukan", problems.len()));
    Ok(ExitCode::FAILURE)
}
