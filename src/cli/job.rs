//! `job`: what runs by itself, on the command line. Works beside a running service: a job that runs is not run twice.

use std::process::ExitCode;

use crate::app::App;
use crate::definitions::Job;
use crate::jobs::standing::{DueState, standings};
use crate::jobs::words::{moment, reason_word, rules, short_moment, state_word, what, when};
use crate::jobs::{Engine, JobError, RunResult};
use crate::store::{JobRun, RunState};

use super::args::{HistoryArgs, JobVerb};
use super::{print, say};

/// Due times foretold by `explain`.
const NEXT_MAX: usize = 10;

/// Does what was asked; fails where a run failed or could not begin.
pub fn run(app: &App, verb: &JobVerb) -> anyhow::Result<ExitCode> {
    match verb {
        JobVerb::List => list(app),
        JobVerb::Run(job) => run_now(app, &job.name),
        JobVerb::History(args) => history(app, args),
        JobVerb::Explain(job) => explain(app, &job.name),
        JobVerb::Pause(job) => pause(app, &job.name, true),
        JobVerb::Resume(job) => pause(app, &job.name, false),
    }
}

fn list(app: &App) -> anyhow::Result<ExitCode> {
    for standing in standings(app)? {
        print(lines_of(&standing).join("\n  "))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn lines_of(standing: &DueState) -> Vec<String> {
    let job = &standing.job;
    let zone = job.schedule.zone();
    let mut lines = vec![format!("{}: {}", job.name, job.title)];
    match &standing.last {
        Some(run) => lines.push(format!(
            "terakhir  : {} {}: {}",
            short_moment(run.ended.unwrap_or(run.due), zone),
            state_word(run.state).to_lowercase(),
            run.message
        )),
        None => lines.push("terakhir  : belum pernah".to_owned()),
    }
    let next = standing.next.map_or_else(|| "tidak ada lagi".to_owned(), |due| moment(due, zone));
    lines.push(format!("berikutnya: {next}"));
    if let Some((at, who)) = &standing.paused {
        lines.push(format!("dijeda    : {} oleh {who}", moment(*at, zone)));
    }
    lines.extend(standing.open.iter().map(|run| {
        let word = state_word(run.state).to_lowercase();
        format!("{word}: {} {}", short_moment(run.due, zone), run.step)
    }));
    if !standing.trouble.is_empty() {
        lines.push(format!("PERHATIAN : {}", standing.trouble));
    }
    lines
}

fn run_now(app: &App, name: &str) -> anyhow::Result<ExitCode> {
    let engine = Engine::new(app.clone());
    engine.recover()?;
    let asked = engine.request(name)?;
    let zone = find(app, name)?.schedule.zone();
    if engine.run_row(&asked)? == RunResult::Busy {
        say("diambil layanan yang sedang berjalan; menunggu hasilnya …");
    }
    let run = wait_for(app, &engine, &asked)?;
    for line in app.ledger().run_lines(run.id)? {
        say(format_args!("{} {}", short_moment(line.at, zone), line.line));
    }
    engine.deliver()?;
    print(format_args!("{}: {}", state_word(run.state), run.message))?;
    Ok(if matches!(run.state, RunState::Done | RunState::NoData) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Waits until the row is settled, or waits for another try.
fn wait_for(app: &App, engine: &Engine, asked: &JobRun) -> anyhow::Result<JobRun> {
    loop {
        let gone = || JobError::UnknownJob { name: asked.job.clone(), known: Vec::new() };
        let run = app.ledger().run(asked.id)?.ok_or_else(gone)?;
        if run.state.is_settled() || run.state == RunState::Due && run.attempt > 0 {
            return Ok(run);
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
        engine.recover()?;
        engine.run_row(&run)?;
    }
}

fn history(app: &App, args: &HistoryArgs) -> anyhow::Result<ExitCode> {
    if let Some(name) = &args.name {
        find(app, name)?;
    }
    for run in app.ledger().runs(args.name.as_deref(), args.count)? {
        let zone = find(app, &run.job).map_or(chrono_tz::Tz::Asia__Jakarta, |job| job.schedule.zone());
        let covers = if run.covers > 1 { format!(" ({} jadwal)", run.covers) } else { String::new() };
        print(format_args!(
            "{} {}{covers} {} [{}] {}",
            short_moment(run.due, zone),
            run.job,
            state_word(run.state).to_lowercase(),
            reason_word(run.reason),
            run.message
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(app: &App, name: &str) -> anyhow::Result<ExitCode> {
    let job = find(app, name)?;
    let zone = job.schedule.zone();
    print(format_args!("{}: {}\n{}.", job.name, job.title, what(&job.run)))?;
    print(format_args!("cron {}", when(&job)))?;
    print(rules(&job).join("\n"))?;
    print("Jadwal berikutnya:")?;
    let mut after = app.clock().now();
    for number in 1..=NEXT_MAX {
        let Some(due) = job.schedule.next_after(after) else { break };
        print(format_args!("{number:2}. {}", moment(due, zone)))?;
        after = due;
    }
    Ok(ExitCode::SUCCESS)
}

fn pause(app: &App, name: &str, is_paused: bool) -> anyhow::Result<ExitCode> {
    let job = find(app, name)?;
    app.ledger().pause_job(&job.name, is_paused, app.by())?;
    print(format_args!("{}: {}", job.title, if is_paused { "dijeda" } else { "dilanjutkan" }))?;
    Ok(ExitCode::SUCCESS)
}

fn find(app: &App, name: &str) -> Result<Job, JobError> {
    let definitions = app.definitions();
    let jobs = &definitions.jobs;
    jobs.iter().find(|job| job.name == name).cloned().ok_or_else(|| JobError::UnknownJob {
        name: name.to_owned(),
        known: jobs.iter().map(|job| job.name.clone()).collect(),
    })
}
