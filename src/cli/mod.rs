//! The command line: one file a verb; the only module that prints. Results go to standard output, messages to
//! standard error; the exit status is 0 only where nothing failed.

mod alias;
mod approval;
mod args;
mod args_audit;
mod args_common;
mod args_paper_template;
mod args_service;
mod args_tools;
mod audit;
mod check;
mod config;
mod definitions;
mod dhis2;
mod environment;
mod evaluate;
mod facts;
mod heap;
mod help;
mod import;
mod import_args;
mod indicator_set;
mod job;
mod letter;
mod licenses;
mod logs;
mod native;
mod paper_template;
mod period_args;
mod place;
mod privacy;
mod privacy_args;
mod progress;
mod refusal;
mod report;
mod restore;
mod serve;
mod settings;
mod snapshot;
mod starter;
mod template;
mod tools;
mod user;
mod user_args;
mod verify;
mod verify_args;
mod welcome;
mod wildcard;
mod words;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::error::ErrorKind;

use crate::app::{App, Config};
use crate::clock::Clock;
use crate::disk;
use args::{Cli, Verb};
use config::NamedFolder;

/// Folder of the demonstration, in the current folder.
const DEMO_FOLDER: &str = "simpul-peragaan";
/// Message about `--data "D:\simpul data\" import …`, where Windows takes the last `\"` for a quotation mark in the
/// path.
const SWALLOWED: &str = "folder data memuat tanda kutip; hapus garis miring terbalik sebelum tanda kutip penutup, misalnya --data \"D:\\simpul data\"";
/// Exit status of a command line that cannot be read.
const STATUS_USAGE: u8 = 2;

/// Reads the command line, does what it says and gives the exit status.
pub fn main() -> ExitCode {
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let is_service = matches!(cli.verb, None | Some(Verb::Serve(_)));
    if is_service {
        heap::bound();
    }
    match run(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(causes(&error));
            if is_service {
                keep_window();
            }
            ExitCode::FAILURE
        }
    }
}

/// Started by a double click, a program takes its window along when it ends, and with it what it said.
fn keep_window() {
    if cfg!(windows) && io::stdin().is_terminal() && io::stderr().is_terminal() {
        say("Tekan Enter untuk menutup.");
        drop(io::stdin().read_line(&mut String::new()));
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let told = environment::read();
    let is_by_flag = cli.data.is_some();
    let data = cli.data.or_else(|| told.data.clone());
    if data.as_deref().is_some_and(has_swallowed) {
        anyhow::bail!("{SWALLOWED}");
    }
    match cli.verb {
        None if data.is_none() => serve::demonstration(Path::new(DEMO_FOLDER), &told),
        None => anyhow::bail!("perintah belum disebut; lihat `simpul --help`"),
        Some(Verb::Import(args)) => import::run(&open(data)?, &args),
        Some(Verb::Alias(args)) => alias::run(&open(data)?, &args),
        Some(Verb::Words(args)) => words::run(&open(data)?, &args),
        Some(Verb::Evaluate(args)) => evaluate::run(&open(data)?, &args),
        Some(Verb::Approval { verb }) => approval::run(&open(data)?, &verb),
        Some(Verb::Facts(args)) => facts::run(&open(data)?, &args),
        Some(Verb::Report(args)) => report::run(&open(data)?, &args),
        Some(Verb::Dhis2(args)) => dhis2::run(&open(data)?, &args),
        Some(Verb::Letter(args)) => letter::run(&open(data)?, &args),
        Some(Verb::Snapshot(args)) => snapshot::run(&open(data)?, &args),
        Some(Verb::Verify(args)) => verify::run(&open(data)?, &args),
        Some(Verb::Settings { verb }) => settings::run(&open(data)?, &verb),
        Some(Verb::Serve(args)) => serve::run(data.as_deref(), &told, &args),
        Some(Verb::Job { verb }) => job::run(&open(data)?, &verb),
        Some(Verb::User { verb }) => user::run(&open(data)?, &verb),
        Some(Verb::Restore(args)) => restore::run(&place::folder(data)?, &args),
        Some(Verb::Privacy { verb }) => privacy::run(&open(data)?, &verb),
        Some(Verb::Audit { verb }) => audit::run(&open(data)?, &verb),
        Some(Verb::Check) => check::run(&open(data)?),
        Some(Verb::PaperTemplate { verb }) => paper_template::run(&open(data)?, &verb),
        Some(Verb::Template(args)) => template::run(&open(data)?, &args),
        Some(Verb::IndicatorSet(args)) => indicator_set::run(&open(data)?, &args),
        Some(Verb::Definitions { verb }) => definitions::run(&verb),
        Some(Verb::Licenses) => licenses::run(),
        Some(Verb::Config { verb }) => config::run(&NamedFolder { path: data, is_by_flag }, told, &verb),
        Some(Verb::Completions(args)) => tools::completions(&args),
        Some(Verb::Man(args)) => tools::manual(&args),
        Some(Verb::Help(args)) => Ok(tools::explain(&args)),
    }
}

/// Reports whether the folder's path holds a quotation mark: on Windows `\"` is one and no end of the quotation, so
/// that what follows it became part of the path, in which there cannot be one.
fn has_swallowed(data: &Path) -> bool {
    cfg!(windows) && data.to_string_lossy().contains('"')
}

fn open(data: Option<PathBuf>) -> anyhow::Result<App> {
    open_folder(place::folder(data)?)
}

fn open_folder(data: PathBuf) -> anyhow::Result<App> {
    let who = account();
    let program = std::env::current_exe().context("program ini tidak dapat menemukan berkasnya sendiri")?;
    Ok(App::open(Config { data, clock: Clock::System, who })?.parsing_in_child(program))
}

/// Name of the system's user, in whose name commands change things.
fn account() -> String {
    whoami::username().unwrap_or_else(|_error| "tidak dikenal".to_owned())
}

/// Prints a result.
fn print(text: impl Display) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// Prints a message beside the results; where even that fails there is nobody left to tell.
fn say(text: impl Display) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

fn complain(text: impl Display) {
    say(format_args!("simpul: {text}"));
}

/// An error and its causes, without those that the sentence before told already.
fn causes(error: &anyhow::Error) -> String {
    let mut sentence = String::new();
    let word = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().map_or_else(|| cause.to_string(), disk::why)
    };
    for cause in error.chain().map(word) {
        if sentence.is_empty() {
            sentence = cause;
        } else if !sentence.contains(&cause) {
            sentence = format!("{sentence}: {cause}");
        }
    }
    sentence
}

fn refuse(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        drop(error.print());
        return ExitCode::SUCCESS;
    }
    complain(refusal::sentence(error));
    ExitCode::from(STATUS_USAGE)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
