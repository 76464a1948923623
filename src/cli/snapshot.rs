//! `snapshot`: which papers went out with the id that a printed page carries; of numbered ones the file as it was.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::{FileFormat, format};
use crate::report::revision_words;
use crate::store::Edition;

use super::args::SnapshotArgs;
use super::args_common::ImportFormat;
use super::{print, say};

/// Lists what went out, or writes one file of it.
pub fn run(app: &App, args: &SnapshotArgs) -> anyhow::Result<ExitCode> {
    let mut editions = app.papers().snapshot_editions(&args.id)?;
    editions.retain(|edition| args.edition.is_none_or(|asked| asked == edition.id));
    ensure!(
        !editions.is_empty(),
        "tidak ada laporan yang dicetak dari folder data ini dengan versi data {}; periksa huruf dan angkanya di kaki \
         halaman, atau pakai folder data yang mencetaknya",
        args.id.trim().to_uppercase()
    );
    if let Some(out) = &args.out {
        write(app, &editions, out)?;
    } else if args.format == ImportFormat::Json {
        print(json!(editions.iter().map(edition_json).collect::<Vec<_>>()))?;
    } else {
        print(editions.iter().map(edition_line).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(app: &App, editions: &[Edition], out: &Path) -> anyhow::Result<()> {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format: FileFormat = ending.parse()?;
    let has = |edition: &&Edition| edition.files.iter().any(|(kept, _)| kept == format.ending());
    let edition = editions.iter().rev().find(has).with_context(|| {
        format!(
            "berkas {} dari versi data ini tidak disimpan: yang disimpan hanya laporan bernomor, dalam bentuk yang pernah \
             dicetak",
            format.ending().to_uppercase()
        )
    })?;
    let file = app.papers().edition_file(edition.id, format)?.context("berkasnya tidak ada lagi")?;
    fs::write(out, &file.bytes).with_context(|| format!("`{}` tidak dapat ditulis", out.display()))?;
    say(format_args!("{} ({} bita): {}", out.display(), file.bytes.len(), edition_line(edition).trim()));
    Ok(())
}

/// An edition in one line.
pub(super) fn edition_line(edition: &Edition) -> String {
    let number = if edition.number.is_empty() {
        "tidak bernomor".to_owned()
    } else {
        let revision = match edition.revision {
            0 => "asli".to_owned(),
            revision => revision_words(revision),
        };
        let dated = edition.dated.map(|day| format!(" tanggal {}", format::date(day))).unwrap_or_default();
        let revoked = if edition.is_revoked { ", sudah dicabut" } else { "" };
        format!("nomor {}{dated}, {revision}{revoked}", edition.number)
    };
    let files: Vec<String> = edition.files.iter().map(|(format, _)| format.to_uppercase()).collect();
    let files = if files.is_empty() { "berkas tidak disimpan".to_owned() } else { files.join(", ") };
    format!(
        "  [{}] {}, {}; {number}; data per {}; versi data {}; {files}",
        edition.id,
        edition.title,
        edition.subtitle,
        format::date(edition.as_of),
        edition.snapshot
    )
}

/// An edition for programs.
pub(super) fn edition_json(edition: &Edition) -> Value {
    json!({
        "edition": edition.id,
        "report": edition.kind,
        "title": edition.title,
        "period": edition.period,
        "number": (!edition.number.is_empty()).then_some(&edition.number),
        "date": edition.dated.map(|day| day.to_string()),
        "revision": edition.revision,
        "revoked": edition.is_revoked,
        "as_of": edition.as_of.to_string(),
        "snapshot": edition.snapshot,
        "files": edition.files.iter().map(|(format, _)| format).collect::<Vec<_>>(),
    })
}
