//! The job that writes the counts of the month that its due time means for DHIS2, a file a Puskesmas, into `dhis2/`. What
//! has no code is named in the run's log. Sends nothing; knows nothing of when it runs.

use super::JobError;
use super::context::{Point, RunContext};
use super::outgoing::write_whole;
use crate::app::dhis2::Dhis2Error;
use crate::definitions::WhichPeriod;
use crate::domain::name::slug;
use crate::domain::{PeriodKind, format};

/// Folder of the data folder that the files go into.
const FOLDER: &str = "dhis2";

/// Writes them all. Says what happened.
pub fn run(context: &RunContext<'_>, which: WhichPeriod) -> Result<String, JobError> {
    let month = which.seen_from(context.due_day(), PeriodKind::Month).first_month();
    let app = context.app();
    let puskesmas = app.puskesmas()?;
    let folder = context.folder(&format!("{FOLDER}/{month}"))?;
    let mut values = 0;
    let mut unmapped = 0;
    for (place, name) in puskesmas.iter().enumerate() {
        context.check()?;
        context.progress(&format!("menulis {name}"), place, puskesmas.len());
        let export = app.dhis2_export(name, month).map_err(|error| failed(name, error))?;
        for words in &export.unmapped {
            context.log(&format!("{name}: belum berkode, tidak ikut: {words}"))?;
        }
        let path = folder.join(format!("{}.json", slug(name)));
        context.at(Point::WritingOut)?;
        write_whole(&path, export.data_value_set.json().as_bytes())?;
        context.at(Point::WrittenOut)?;
        context.artefact(&path)?;
        values += export.data_value_set.data_values.len();
        unmapped += export.unmapped.len();
    }
    context.count("nilai DHIS2", values);
    context.count("belum berkode", unmapped);
    let lacking =
        if unmapped > 0 { format!("; {unmapped} hal belum berkode, disebut di catatan") } else { String::new() };
    Ok(format!(
        "{}: {values} nilai {} Puskesmas ditulis di {FOLDER}/{month}{lacking}",
        format::month(month),
        puskesmas.len()
    ))
}

fn failed(name: &str, error: Dhis2Error) -> JobError {
    match error {
        Dhis2Error::App(error) => error.into(),
        other => JobError::Export(format!("{name}: {other}")),
    }
}
