//! `words`: what was said once for the tables of a form: listed, asked, said, taken back, as a file. What is said here
//! and at a table on the page is the same.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::alias::moment;
use super::args::{WordsArgs, WordsVerb};
use super::args_common::ImportFormat;
use super::import::read;
use super::print;
use crate::app::App;
use crate::app::import::Upload;
use crate::app::intake::form_words::{MeantTable, SaidOfTable, SaidWord, WordSort};
use crate::app::intake::forms_file::FORMS_FILE_BYTES_MAX;
use crate::app::intake::preview::FilePreview;
use crate::diagnostic::{Offer, OfferChoice, OfferShape};
use crate::disk;
use crate::domain::Table;
use crate::store::StoredFormWord;

/// Does what was asked.
pub fn run(app: &App, args: &WordsArgs) -> anyhow::Result<ExitCode> {
    let named = args.puskesmas.as_deref();
    let shape = args.format;
    match &args.verb {
        WordsVerb::List => list(app, &app.resolve_puskesmas(named)?, shape),
        WordsVerb::Ask { file } => ask(app, named, opened(app, file)?, shape),
        WordsVerb::Say { file, sheet, said, row, table } => {
            let table = table.as_deref().map(table_of).transpose()?;
            let meant = MeantTable { sheet, row: *row, table };
            say(app, named, &opened(app, file)?, meant, &said.join(" "), shape)
        }
        WordsVerb::Revoke { id } => revoke(app, &app.resolve_puskesmas(named)?, *id, shape),
        WordsVerb::Export { file } => export(app, &app.resolve_puskesmas(named)?, file, shape),
        WordsVerb::Import { file } => take(app, &app.resolve_puskesmas(named)?, file, shape),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn opened(app: &App, file: &Path) -> anyhow::Result<Upload> {
    read(file, app.limits().file_bytes)
        .map_err(|error| anyhow::anyhow!("berkas `{}` tidak dapat dibaca: {}", file.display(), disk::why(&error)))
}

fn table_of(code: &str) -> anyhow::Result<Table> {
    let codes = || Table::ALL.map(Table::code).join(", ");
    Table::from_code(code).with_context(|| format!("tabel `{code}` tidak ada; yang ada: {}", codes()))
}

fn told(kept: &StoredFormWord) -> String {
    let sort = WordSort::from_code(&kept.sort);
    let word = sort.and_then(|sort| SaidWord::parse(sort, &kept.word).ok());
    let label = sort.map_or("", WordSort::label);
    format!("{label}: {}", word.map_or_else(|| kept.word.clone(), |word| word.phrase()))
}

fn list(app: &App, puskesmas: &str, shape: ImportFormat) -> anyhow::Result<()> {
    let words = app.intake().form_words(puskesmas)?;
    if shape == ImportFormat::Json {
        let of = |kept: &StoredFormWord| {
            json!({"id": kept.id, "table": kept.table.code(), "about": kept.sort, "word": kept.word,
                "file": kept.file_name, "sheet": kept.sheet, "who": kept.who, "at": kept.at.to_rfc3339()})
        };
        return print(json!({"puskesmas": puskesmas, "words": words.iter().map(of).collect::<Vec<_>>()}));
    }
    let mut lines = vec![format!("{puskesmas}: {} kata tentang bentuk tabel diingat", words.len())];
    lines.extend(words.iter().map(|kept| {
        let place = format!("{} › {}", kept.file_name, kept.sheet);
        let StoredFormWord { id, table, who, .. } = kept;
        format!("  {id}. {} ({place}): {} ({who}, {})", table.label(), told(kept), moment(kept.at))
    }));
    print(lines.join("\n"))
}

/// Question about one table that a person can answer.
struct TableOffers<'p> {
    sheet: &'p str,
    table: Table,
    /// First row of its heading, from 1.
    row: u32,
    /// The guess or question at which it is asked.
    message: &'p str,
    offer: &'p Offer,
}

fn asked(preview: &FilePreview) -> Vec<TableOffers<'_>> {
    let sheets = preview.sheets.iter();
    let mut all: Vec<TableOffers<'_>> = Vec::new();
    for sheet in sheets {
        for issue in &sheet.issues {
            let Some(about) = &issue.about else { continue };
            let of = |offer| TableOffers {
                sheet: &sheet.name,
                table: about.table,
                row: about.top + 1,
                message: &issue.message,
                offer,
            };
            all.extend(about.offers.iter().map(of));
        }
        for table in &sheet.tables {
            let is_new = |offer: &&Offer| {
                !all.iter().any(|known| {
                    known.sheet == sheet.name && known.table == table.table && known.offer.sort == offer.sort
                })
            };
            let offers: Vec<&Offer> = table.words.iter().filter(is_new).collect();
            let of =
                |offer| TableOffers { sheet: &sheet.name, table: table.table, row: table.top + 1, message: "", offer };
            all.extend(offers.into_iter().map(of));
        }
    }
    all
}

fn ask(app: &App, puskesmas: Option<&str>, file: Upload, shape: ImportFormat) -> anyhow::Result<()> {
    let name = file.name.clone();
    let preview = app.intake().ask_about(file, puskesmas)?.context("berkas itu tidak dapat dibaca")?;
    let asked = asked(&preview);
    if shape == ImportFormat::Json {
        let of = |asked: &TableOffers<'_>| {
            let TableOffers { sheet, table, row, message, offer } = asked;
            json!({"sheet": sheet, "table": table.code(), "row": row, "about": offer.sort, "said": offer.is_said,
                "value": offer.value, "message": message, "choices": choices(offer), "parts": parts(offer)})
        };
        return print(json!({"file": name, "asked": asked.iter().map(of).collect::<Vec<_>>()}));
    }
    let mut lines = vec![match &preview.error {
        Some(error) => format!("{name}: {error}"),
        None => format!("{name}: {} hal dapat dikatakan sekali untuk bentuknya", asked.len()),
    }];
    for TableOffers { sheet, table, row, message, offer } in &asked {
        let now = match (offer.is_said, offer.value.as_str()) {
            (_, "") => String::new(),
            (true, value) => format!(" [sudah dikatakan: {value}]"),
            (false, value) => format!(" [dibaca: {value}]"),
        };
        lines.push(format!("  {sheet}, baris {row}, {} ({}): {}{now}", table.label(), table.code(), offer.label));
        if !message.is_empty() {
            lines.push(format!("    {message}"));
        }
        lines.push(format!("    words say BERKAS \"{sheet}\" \"{} = {}\"", offer.sort, example(offer)));
    }
    print(lines.join("\n"))
}

fn codes(choices: &[OfferChoice]) -> String {
    choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(" | ")
}

fn example(offer: &Offer) -> String {
    match &offer.shape {
        OfferShape::Choices(choices) => codes(choices),
        OfferShape::Number => "ANGKA".to_owned(),
        OfferShape::Text => "KATA".to_owned(),
        OfferShape::Pairs { parts, choices } => {
            let names = parts.iter().map(|part| format!("{} = {}", part.name, codes(choices)));
            names.collect::<Vec<_>>().join("; ")
        }
    }
}

fn choices(offer: &Offer) -> Value {
    match &offer.shape {
        OfferShape::Choices(choices) | OfferShape::Pairs { choices, .. } => {
            choices.iter().map(|choice| choice.code.clone()).collect()
        }
        OfferShape::Number | OfferShape::Text => Value::Null,
    }
}

fn parts(offer: &Offer) -> Value {
    match &offer.shape {
        OfferShape::Pairs { parts, .. } => {
            parts.iter().map(|part| json!({"name": part.name, "value": part.value})).collect()
        }
        _ => Value::Null,
    }
}

fn say(
    app: &App,
    puskesmas: Option<&str>,
    file: &Upload,
    meant: MeantTable<'_>,
    said: &str,
    shape: ImportFormat,
) -> anyhow::Result<()> {
    let (about, text) = said.split_once('=').context(
        "tulis tentang apa, tanda =, lalu katanya, misalnya: words say rekap.xlsx Pembinaan \"skor-maksimal = 40\"",
    )?;
    let sorts = || WordSort::ALL.map(WordSort::code).join(", ");
    let sort = WordSort::from_code(about.trim())
        .with_context(|| format!("`{}` tidak dikenal; yang dapat dikatakan: {}", about.trim(), sorts()))?;
    let text = text.trim();
    app.intake().say_on_sheet(file, puskesmas, meant, SaidOfTable { sort, text })?;
    if shape == ImportFormat::Json {
        return print(json!({"file": file.name, "sheet": meant.sheet, "about": sort.code(), "word": text}));
    }
    let kept = if text.is_empty() { "Ditarik kembali" } else { "Diingat untuk bentuk ini" };
    print(format_args!("{kept}: {} {text}", sort.label()))
}

fn revoke(app: &App, puskesmas: &str, id: i64, shape: ImportFormat) -> anyhow::Result<()> {
    let is_done = app.intake().revoke_form_word(puskesmas, id)?;
    ensure!(is_done, "nomor {id} tidak ada di antara kata yang diingat {puskesmas}; lihat: words list");
    if shape == ImportFormat::Json {
        return print(json!({"puskesmas": puskesmas, "id": id, "revoked": true}));
    }
    print("Dicabut. Baris yang sudah masuk tetap; bila keliru, batalkan impor berkasnya.")
}

fn export(app: &App, puskesmas: &str, file: &Path, shape: ImportFormat) -> anyhow::Result<()> {
    fs::write(file, app.intake().forms_file(puskesmas)?)
        .map_err(|error| anyhow::anyhow!("berkas `{}` tidak dapat ditulis: {}", file.display(), disk::why(&error)))?;
    if shape == ImportFormat::Json {
        return print(json!({"puskesmas": puskesmas, "file": file.display().to_string()}));
    }
    print(format_args!("Penjelasan bentuk {puskesmas} disimpan ke {}", file.display()))
}

fn take(app: &App, puskesmas: &str, file: &Path, shape: ImportFormat) -> anyhow::Result<()> {
    let limit = u64::try_from(FORMS_FILE_BYTES_MAX).unwrap_or(u64::MAX);
    let read = read(file, limit)
        .map_err(|error| anyhow::anyhow!("berkas `{}` tidak dapat dibaca: {}", file.display(), disk::why(&error)))?;
    ensure!(read.bytes.len() <= FORMS_FILE_BYTES_MAX, "berkas penjelasan bentuk paling besar 1 MB");
    let taken = app.intake().take_forms(puskesmas, &read.bytes)?;
    if shape == ImportFormat::Json {
        return print(json!({"puskesmas": puskesmas, "new": taken.new, "known": taken.known}));
    }
    print(format_args!("{} penjelasan bentuk diambil, {} sudah ada di sini dan tidak diubah", taken.new, taken.known))
}
