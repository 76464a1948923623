//! `audit`: who did what, the chain walked, and the rows as a file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::app::App;
use crate::app::audit::{AUDIT_HEADS, AuditAsked, BOOK_ROWS_MAX, moment_words, verdict_words};
use crate::app::facts_lines::LineForm;
use crate::report::{FlatCell, flat_book};
use crate::store::{AuditFields, AuditRow};

use super::args_audit::{AuditFilterArgs, AuditVerb};
use super::args_common::ImportFormat;
use super::{complain, print, say};

/// Does what was asked; fails where the chain is broken.
pub fn run(app: &App, verb: &AuditVerb) -> anyhow::Result<ExitCode> {
    match verb {
        AuditVerb::Verify { expect } => verify(app, expect.as_deref()),
        AuditVerb::List { filter, count, format } => list(app, &asked(filter), *count, *format),
        AuditVerb::Export { filter, out } => export(app, &asked(filter), out),
    }
}

fn asked(args: &AuditFilterArgs) -> AuditAsked {
    AuditAsked {
        from: args.from,
        until: args.until,
        account: args.account.clone(),
        action: args.action,
        puskesmas: args.puskesmas.clone(),
        words: args.words.clone(),
    }
}

fn verify(app: &App, expected: Option<&str>) -> anyhow::Result<ExitCode> {
    let verdict = app.audit().verify(expected)?;
    let words = verdict_words(&verdict);
    if verdict.fault.is_some() {
        complain(words);
        return Ok(ExitCode::FAILURE);
    }
    print(words)?;
    if let Some(head) = &verdict.head {
        print(format_args!("Hash baris terakhir: {}", head.hash))?;
        say(
            "Catat hash itu di tempat lain; `audit verify --expect HASH` kelak membuktikan bahwa ujungnya tidak dipotong.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, asked: &AuditAsked, count: u64, format: ImportFormat) -> anyhow::Result<ExitCode> {
    for row in app.audit().last(asked, count)? {
        match format {
            ImportFormat::Json => print(crate::app::audit::row_json(&row))?,
            ImportFormat::Teks => print(line(&row))?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A row in one line; what would break it up is written as blanks.
fn line(row: &AuditRow) -> String {
    let side = |word: &str, fields: &AuditFields| {
        let told: Vec<String> = fields.pairs().iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if told.is_empty() { String::new() } else { format!("; {word} {}", told.join(", ")) }
    };
    let place = row.puskesmas.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
    let text = format!(
        "{} {} {} ({}){place}: {}, {}{}{}",
        row.seq,
        moment_words(row.at),
        row.account,
        row.origin,
        row.action_label(),
        row.record,
        side("dari", &row.before),
        side("menjadi", &row.after)
    );
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn export(app: &App, asked: &AuditAsked, out: &Path) -> anyhow::Result<ExitCode> {
    let failed = || format!("`{}` tidak dapat ditulis", out.display());
    let form = match out.extension().and_then(OsStr::to_str).map(str::to_lowercase).as_deref() {
        Some("csv") => LineForm::SpreadsheetCsv,
        Some("json" | "jsonl") => LineForm::Json,
        Some("xlsx") => {
            std::fs::write(out, book(app, asked)?).with_context(failed)?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => bail!("akhiran `{}` tidak dikenal; tulis nama yang berakhir .csv, .xlsx, atau .json", out.display()),
    };
    let mut lines = app.audit().lines(asked, form)?;
    let mut file = BufWriter::new(File::create(out).with_context(failed)?);
    while let Some(piece) = lines.next_piece(app)? {
        file.write_all(&piece).with_context(failed)?;
    }
    file.flush().with_context(failed)?;
    Ok(ExitCode::SUCCESS)
}

fn book(app: &App, asked: &AuditAsked) -> anyhow::Result<Vec<u8>> {
    let rows = app.audit().book_rows(asked)?;
    if u64::try_from(rows.len()).unwrap_or(u64::MAX) == BOOK_ROWS_MAX {
        say(format_args!("Buku kerja memuat paling banyak {BOOK_ROWS_MAX} baris terbaru; tulis CSV untuk semuanya."));
    }
    let cells: Vec<Vec<FlatCell>> = rows.into_iter().map(|row| row.map(FlatCell::Words).to_vec()).collect();
    Ok(flat_book("Jejak audit", &AUDIT_HEADS.map(ToOwned::to_owned), &cells)?)
}
