//! `privacy`: a person's data found, handed over and erased, and what becomes of personal data at import.

use std::process::ExitCode;

use anyhow::ensure;
use serde_json::json;

use crate::app::App;
use crate::app::personal::PersonPlace;

use super::privacy_args::{PrivacyFormat, PrivacyVerb};
use super::{print, say};

/// Does what was asked.
pub fn run(app: &App, verb: &PrivacyVerb) -> anyhow::Result<ExitCode> {
    match verb {
        PrivacyVerb::Find { words } => find(app, &words.join(" ")),
        PrivacyVerb::Export { words, format } => export(app, &words.join(" "), *format),
        PrivacyVerb::Erase { words, reason, confirm } => erase(app, &words.join(" "), reason, confirm),
        PrivacyVerb::Import { keep, remove } => setting(app, keep.as_deref(), *remove),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn find(app: &App, words: &str) -> anyhow::Result<()> {
    let places = app.personal().find(words)?;
    if places.is_empty() {
        return print("Tidak ditemukan di basis data maupun di berkas asli yang disimpan.");
    }
    print(lines(&places).join("\n"))?;
    say(format_args!(
        "{} tempat. Isi berkas bukti, surat yang sudah dicetak, cadangan, dan folder selesai/ dan ditolak/ tidak ikut \
         dicari; lihat docs/privasi.md.",
        places.len()
    ));
    Ok(())
}

fn lines(places: &[PersonPlace]) -> Vec<String> {
    let line = |found: &PersonPlace| {
        let PersonPlace { kind, place, at, text, erasable } = found;
        let left = if *erasable { "" } else { " (tidak dihapus dari sini)" };
        format!("{kind}: {place}, {at}{left}: {text}")
    };
    places.iter().map(line).collect()
}

fn export(app: &App, words: &str, format: PrivacyFormat) -> anyhow::Result<()> {
    let places = app.personal().find(words)?;
    match format {
        PrivacyFormat::Json => print(serde_json::to_string_pretty(&json!({ "places": places }))?),
        PrivacyFormat::Csv => {
            let head = ["jenis", "tempat", "letak", "dapat_dihapus", "isi"].map(str::to_owned);
            let rows = places.iter().map(|found| {
                let erasable = if found.erasable { "ya" } else { "tidak" };
                [found.kind.to_owned(), found.place.clone(), found.at.clone(), erasable.to_owned(), found.text.clone()]
            });
            let line = |cells: [String; 5]| cells.map(|cell| quoted(&cell)).join(",");
            print(std::iter::once(head).chain(rows).map(line).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// A cell of CSV that no program takes for a formula.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

fn erase(app: &App, words: &str, reason: &str, confirm: &str) -> anyhow::Result<()> {
    ensure!(
        confirm == words,
        "menghapus data pribadi tidak dapat dibatalkan; ketik sekali lagi persis yang dihapus di --confirm"
    );
    let done = app.personal().erase(words, reason)?;
    print(format_args!("Dihapus dari {} teks di basis data dan {} berkas asli.", done.texts, done.workbooks))?;
    if !done.left.is_empty() {
        print("Masih ada, karena nama faskes, pejabat, akun, atau catatan jejak; ubah di tempatnya:")?;
        print(lines(&done.left).join("\n"))?;
    }
    say("Cadangan yang dibuat sebelum ini masih memuatnya sampai dibuang; lihat docs/privasi.md.");
    Ok(())
}

fn setting(app: &App, keep: Option<&str>, remove: bool) -> anyhow::Result<()> {
    if let Some(reason) = keep {
        ensure!(!reason.trim().is_empty(), "alasan menyimpan data pribadi belum ditulis; tulis sesudah --keep");
        app.personal().set_keeps(reason)?;
    } else if remove {
        app.personal().set_keeps("")?;
    }
    match app.personal().keeps_because()? {
        Some(reason) => {
            print(format_args!("Impor lewat perintah dan pekerjaan menyimpan data pribadi apa adanya: {reason}"))
        }
        None => print("Impor lewat perintah dan pekerjaan menghapus data pribadi dari salinan yang disimpan."),
    }
}
