//! `help`, `completions` and `man`: what the program says of its own command line. Knows no data folder.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::Cli;
use super::args_tools::{CompletionsArgs, HelpArgs, ManArgs};
use super::{help, refuse};
use crate::disk;

/// Name of the program, as shells know it.
const PROGRAM: &str = "simpul";
/// Headings of a manual page as the library writes them, and as Indonesian manuals do.
const HEADINGS: [(&str, &str); 7] = [
    (".SH NAME", ".SH NAMA"),
    (".SH SYNOPSIS", ".SH RINGKASAN"),
    (".SH DESCRIPTION", ".SH KETERANGAN"),
    (".SH OPTIONS", ".SH PILIHAN"),
    (".SH SUBCOMMANDS", ".SH PERINTAH"),
    (".SH EXTRA", ".SH CONTOH"),
    (".SH VERSION", ".SH VERSI"),
];

/// Prints the help of a verb, as `VERB --help` does.
pub fn explain(args: &HelpArgs) -> ExitCode {
    let typed = [PROGRAM].into_iter().chain(args.verbs.iter().map(String::as_str)).chain(["--help"]);
    match Cli::read(typed.map(Into::into)) {
        Err(told) => refuse(&told),
        Ok(_never) => ExitCode::SUCCESS,
    }
}

/// Prints the script by which a shell completes verbs and options.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::spoken(Cli::command()), PROGRAM, &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a manual page for each verb.
pub fn manual(args: &ManArgs) -> anyhow::Result<ExitCode> {
    let why = |error: io::Error| {
        anyhow::anyhow!("folder `{}` tidak dapat ditulis: {}", args.out.display(), disk::why(&error))
    };
    fs::create_dir_all(&args.out).map_err(why)?;
    let mut program = help::spoken(Cli::command());
    // Gives each verb its whole name (`simpul-alias-add`) and the options that it inherits.
    program.build();
    let mut pages = Vec::new();
    collect(&program, &mut pages)?;
    for page in &pages {
        fs::write(args.out.join(format!("{}.1", page.name)), &page.text).map_err(why)?;
    }
    super::print(format_args!("{} halaman manual ditulis ke `{}`", pages.len(), args.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

struct ManualPage {
    name: String,
    text: String,
}

/// Pages of a command and of all below it.
fn collect(command: &Command, pages: &mut Vec<ManualPage>) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or(PROGRAM).to_owned();
    let mut bytes = Vec::new();
    let page = Man::new(command.clone().version(crate::built::VERSION_LINE));
    page.title(name.to_uppercase()).manual("Simpul").render(&mut bytes)?;
    let text = String::from_utf8(bytes).context("a page that is no text")?;
    let own = |line| HEADINGS.iter().find(|(theirs, _)| *theirs == line).map_or(line, |(_, own)| *own);
    let text = text.lines().map(own).fold(String::with_capacity(text.len()), |page, line| page + line + "\n");
    pages.push(ManualPage { name, text });
    command.get_subcommands().try_for_each(|verb| collect(verb, pages))
}
