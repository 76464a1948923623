//! `privacy`: a person's data found, handed over and erased, and what becomes of personal data at import.

use std::process::ExitCode;

use anyhow::{anyhow, ensure};

use crate::app::App;
use crate::app::personal::{
    ErasureWish, HandOverFormat, PersonFindings, PersonPlace, PersonalError, SearchPurpose, handed_over,
};

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
    let found = app.personal().find(words, SearchPurpose::Look)?;
    if found.places.is_empty() {
        print("Tidak ditemukan di basis data maupun di berkas asli yang disimpan.")?;
    } else {
        print(lines(&found.places).join("\n"))?;
        say(format_args!(
            "{} tempat. Isi berkas bukti, surat yang sudah dicetak, draf, cadangan, dan folder selesai/ dan ditolak/ \
             tidak ikut dicari; lihat docs/privasi.md.",
            found.places.len()
        ));
    }
    say_unread(&found);
    Ok(())
}

fn say_unread(found: &PersonFindings) {
    for name in &found.unread {
        say(format_args!("{name}: berkas asli ini tidak dapat dibuka, jadi tidak dicari; periksa sendiri isinya."));
    }
}

fn lines(places: &[PersonPlace]) -> Vec<String> {
    let line = |found: &PersonPlace| {
        let left = if found.erasable { "" } else { " (tidak dihapus dari sini)" };
        format!("{}: {}, {}{left}: {}", found.kind, found.place, found.at, found.text)
    };
    places.iter().map(line).collect()
}

fn export(app: &App, words: &str, format: PrivacyFormat) -> anyhow::Result<()> {
    let found = app.personal().find(words, SearchPurpose::HandOver)?;
    let format = match format {
        PrivacyFormat::Json => HandOverFormat::Json,
        PrivacyFormat::Csv => HandOverFormat::Csv,
    };
    print(handed_over(&found, format).trim_end())?;
    say_unread(&found);
    Ok(())
}

fn erase(app: &App, words: &str, reason: &str, confirm: &str) -> anyhow::Result<()> {
    let done = app.personal().erase(ErasureWish { typed: words, again: confirm, reason });
    let done = done.map_err(|error| match error {
        PersonalError::NotConfirmed => anyhow!("{error} di --confirm"),
        other => other.into(),
    })?;
    print(format_args!(
        "Dihapus dari {} teks di basis data dan {} berkas asli; di tempatnya tertulis [dihapus {}].",
        done.texts, done.workbooks, done.number
    ))?;
    if !done.left.places.is_empty() {
        print("Masih ada, karena nama faskes, pejabat, akun, surat keluar, atau jejak audit; lihat docs/privasi.md:")?;
        print(lines(&done.left.places).join("\n"))?;
    }
    say_unread(&done.left);
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
