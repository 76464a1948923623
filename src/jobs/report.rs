//! The job that makes papers of the period that its due time means, as of that day, and puts each into `laporan/` once
//! it was opened again and compared. One that fails stops no other. Knows nothing of when it runs.

use std::ops::ControlFlow;

use super::JobError;
use super::context::{Point, RunContext, RunSaid};
use super::outgoing::write_whole;
use crate::app::App;
use crate::app::papers::bulk::{BulkPaper, BulkRequest, Step};
pub use crate::app::papers::bulk_archive::FOLDER;
use crate::definitions::ReportRun;
use crate::domain::{Date, Period, format};

/// Puskesmas named in one sentence.
const NAMES_TOLD_MAX: usize = 5;

/// Makes them all. Says what happened.
pub fn run(context: &RunContext<'_>, run: &ReportRun) -> Result<RunSaid, JobError> {
    let app = context.app();
    let day = context.due_day();
    let period = run.which.seen_from(day, run.kind);
    let puskesmas = match run.puskesmas.as_slice() {
        [] => app.puskesmas()?,
        named => named.iter().map(|name| app.resolve_puskesmas(Some(name))).collect::<Result<_, _>>()?,
    };
    if puskesmas.is_empty() {
        return Ok(RunSaid::NoData("belum ada data untuk dilaporkan".to_owned()));
    }
    let count = puskesmas.len();
    let without = without_data(app, &puskesmas, period.clamp_as_of(day), period)?;
    if without.len() == count {
        let message = format!(
            "tidak ada data: belum ada rekap {} yang diterima; laporannya tidak dibuat. Impor rekapnya, lalu jalankan tugas \
             ini lagi",
            format::period(period)
        );
        return Ok(RunSaid::NoData(message));
    }
    let request = BulkRequest {
        period,
        as_of: day,
        puskesmas,
        kinds: run.papers.clone(),
        formats: run.formats.clone(),
        clusters: run.clusters.clone(),
        has_templates: run.has_templates,
    };
    let mut tally = PaperTally::default();
    let mut stopped = None;
    app.papers().bulk(&request, &mut |step| {
        let held = context.check().and_then(|()| take(context, &step, &mut tally));
        match held {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                stopped = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = stopped {
        return Err(error);
    }
    context.count("laporan dibuat", tally.made);
    context.count("laporan gagal", tally.failed);
    match tally.first_failure {
        Some(first) => Err(JobError::Papers { failed: tally.failed, made: tally.made, first }),
        None => Ok(RunSaid::Done(format!(
            "{}{} per {}: {} laporan dari {count} Puskesmas dibuat, dicocokkan, dan disimpan di {FOLDER}/{period}",
            no_data(&without, period),
            format::period(period),
            format::date(period.clamp_as_of(day)),
            tally.made
        ))),
    }
}

/// The Puskesmas of which no recap of the period was received by the day: their papers hold no data.
fn without_data(app: &App, puskesmas: &[String], as_of: Date, period: Period) -> Result<Vec<String>, JobError> {
    let mut without = Vec::new();
    for name in puskesmas {
        let evaluation = app.snapshot(name)?.evaluate(period, as_of)?;
        let has_any = evaluation.puskesmas.iter().any(|result| result.completeness.months.received > 0);
        if !has_any {
            without.push(name.clone());
        }
    }
    Ok(without)
}

/// `tidak ada data Oktober 2023 dari UPT Puskesmas Abcde; `: what a reader of the ledger must know first.
fn no_data(without: &[String], period: Period) -> String {
    let period = format::period(period);
    match without {
        [] => String::new(),
        some => {
            let told = some[..some.len().min(NAMES_TOLD_MAX)].join(", ");
            let more = some.len().saturating_sub(NAMES_TOLD_MAX);
            let more = if more > 0 { format!(" dan {more} lain") } else { String::new() };
            format!("tidak ada data {period} dari {told}{more}; ")
        }
    }
}

/// Numbers of the papers of a run, by outcome.
#[derive(Debug, Default)]
struct PaperTally {
    made: usize,
    failed: usize,
    first_failure: Option<String>,
}

fn take(context: &RunContext<'_>, step: &Step<'_>, tally: &mut PaperTally) -> Result<(), JobError> {
    match step {
        Step::Working { now, done, total } => context.progress(now, *done, *total),
        Step::Made(paper) => {
            keep(context, paper)?;
            tally.made += 1;
        }
        Step::Failed(failure) => {
            context.log(&failure.to_string())?;
            tally.failed += 1;
            tally.first_failure.get_or_insert_with(|| failure.to_string());
        }
    }
    Ok(())
}

/// Puts one paper where it belongs. Its name ends in the snapshot's id: the same data are the same file, other data
/// another one, and nothing that was handed over is replaced.
fn keep(context: &RunContext<'_>, paper: &BulkPaper) -> Result<(), JobError> {
    let folder = context.folder(&format!("{FOLDER}/{}/{}", paper.period, paper.folder))?;
    let (stem, ending) = paper.file.name.rsplit_once('.').unwrap_or((&paper.file.name, "pdf"));
    let path = folder.join(format!("{stem}-{}.{ending}", paper.file.snapshot.to_lowercase()));
    context.at(Point::WritingOut)?;
    write_whole(&path, &paper.file.bytes)?;
    context.at(Point::WrittenOut)?;
    context.artefact(&path)
}
