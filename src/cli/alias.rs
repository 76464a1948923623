//! `alias`: names as written and the registered facilities that they mean: listed, said, taken back. What is said
//! here and on the page is the same, and so is what follows: rows that waited for it are tried again.

use std::process::ExitCode;

use anyhow::{Context, ensure};
use chrono::Timelike;
use serde_json::json;

use crate::app::App;
use crate::app::intake::names::Question;
use crate::domain::format;
use crate::store::Answer;

use super::args::{AliasArgs, AliasVerb};
use super::args_common::ImportFormat;
use super::print;

/// Does what was asked, for one Puskesmas.
pub fn run(app: &App, args: &AliasArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    match &args.verb {
        AliasVerb::List => list(app, &puskesmas, args.format),
        AliasVerb::Add { pair } => add(app, &puskesmas, &pair.join(" "), args.format),
        AliasVerb::Revoke { written } => revoke(app, &puskesmas, &written.join(" "), args.format),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, puskesmas: &str, shape: ImportFormat) -> anyhow::Result<()> {
    let aliases = app.intake().aliases(puskesmas)?;
    let revoked = app.intake().revoked_answers(puskesmas)?;
    let revoked: Vec<&Answer> =
        revoked.iter().filter(|answer| answer.sort == crate::store::AnswerSort::Alias).collect();
    let open = app.intake().open_names(puskesmas)?;
    if shape == ImportFormat::Json {
        let of = |answer: &&Answer| {
            let (at, by) = answer.revoked.clone().map(|(at, who)| (at.to_rfc3339(), who)).unzip();
            json!({"written": answer.written, "facility": answer.meaning, "who": answer.who,
                "at": answer.at.to_rfc3339(), "revoked_at": at, "revoked_by": by})
        };
        let asked = |question: &Question| {
            json!({"written": question.written, "cells": question.cells, "places": question.places,
                "nearest": question.nearest})
        };
        return print(json!({
            "puskesmas": puskesmas,
            "aliases": aliases.iter().map(|answer| of(&answer)).collect::<Vec<_>>(),
            "revoked": revoked.iter().map(of).collect::<Vec<_>>(),
            "open": open.iter().map(asked).collect::<Vec<_>>(),
        }));
    }
    let mut lines = vec![format!("{puskesmas}: {} nama diingat", aliases.len())];
    lines.extend(aliases.iter().map(|answer| {
        let Answer { written, meaning, who, .. } = answer;
        format!("  {written} = {meaning} ({who}, {})", moment(answer.at))
    }));
    if !open.is_empty() {
        lines.push(format!("{} nama belum dikenal; jawab dengan: simpul … alias add TERTULIS = FASKES", open.len()));
    }
    lines.extend(open.iter().map(|question| {
        let nearest = match question.nearest.as_slice() {
            [] => "tidak ada nama yang mirip".to_owned(),
            near => format!("paling mirip: {}", near.join(", ")),
        };
        format!("  {} ({} sel, {}): {nearest}", question.written, question.cells, question.places.join(", "))
    }));
    print(lines.join("\n"))
}

fn add(app: &App, puskesmas: &str, pair: &str, shape: ImportFormat) -> anyhow::Result<()> {
    let (written, facility) = pair.split_once('=').context(
        "tulis nama seperti di rekap, tanda =, lalu nama yang terdaftar, misalnya: alias add \"Apt Sehat = Apotek Sehat\"",
    )?;
    let written = one_line(written);
    let facility = one_line(facility);
    ensure!(!written.is_empty() && !facility.is_empty(), "nama di kiri dan di kanan tanda = harus diisi");
    app.intake().add_alias(puskesmas, &written, &facility)?;
    let reread: Vec<String> = app.intake().retry(puskesmas)?.into_iter().map(|file| file.file).collect();
    if shape == ImportFormat::Json {
        return print(json!({"puskesmas": puskesmas, "written": written, "facility": facility, "reread": reread}));
    }
    let again = match reread.as_slice() {
        [] => String::new(),
        files => format!("; dibaca ulang: {}", files.join(", ")),
    };
    print(format_args!("Diingat untuk {puskesmas}: {written} = {facility}{again}"))
}

fn revoke(app: &App, puskesmas: &str, written: &str, shape: ImportFormat) -> anyhow::Result<()> {
    let written = one_line(written);
    let is_done = app.intake().revoke_alias(puskesmas, &written)?;
    ensure!(is_done, "`{written}` tidak ada di antara padanan nama {puskesmas}; lihat: alias list");
    if shape == ImportFormat::Json {
        return print(json!({"puskesmas": puskesmas, "written": written, "revoked": true}));
    }
    print(format_args!("Dicabut: {written}. Baris yang sudah masuk tetap; bila keliru, batalkan impor berkasnya."))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    let local = at.with_timezone(&chrono::Local);
    format!("{} {:02}.{:02}", format::date(local.date_naive()), local.hour(), local.minute())
}
