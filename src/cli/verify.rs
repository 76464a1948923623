//! `verify`: is a paper's file, or the text of its code, what this installation signed.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use crate::app::App;
use crate::app::papers::check_words::{claim_facts, difference_words};
use crate::app::papers::checks::{ClaimStanding, PaperCheck, PaperVerdict};
use crate::proof::PublicKey;

use super::args_common::ImportFormat;
use super::print;
use super::verify_args::VerifyArgs;

/// Bytes of a file that is verified at most.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Exit statuses, the worse the later; 1 and 2 are those of a failure and of a command line that cannot be read.
const GENUINE: u8 = 0;
const OUTDATED: u8 = 3;
const OTHER_DRAWINGS: u8 = 4;
const FOREIGN: u8 = 5;
const NO_CODE: u8 = 6;
const ALTERED: u8 = 7;

/// Verifies all; the exit status is that of the worst.
pub fn run(app: &App, args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    let papers = app.papers();
    if args.show_key {
        print(papers.public_key()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    ensure!(
        !args.files.is_empty() || args.code.is_some(),
        "sebutkan berkas yang diperiksa, atau teks kodenya dengan --code"
    );
    let keys: Vec<PublicKey> = args.keys.iter().map(|text| public_key(text)).collect::<Result<_, _>>()?;
    let mut worst = GENUINE;
    let mut told = Vec::new();
    let mut tell = |name: &str, check: &PaperCheck| {
        worst = worst.max(status(check));
        match args.format {
            ImportFormat::Json => told.push(check_json(name, check)),
            ImportFormat::Teks => print(check_text(name, check))?,
        }
        Ok::<_, anyhow::Error>(())
    };
    for path in &args.files {
        let name = path.display().to_string();
        let size = fs::metadata(path).with_context(|| format!("`{name}` tidak dapat dibuka"))?.len();
        ensure!(size <= FILE_BYTES_MAX, "`{name}` lebih besar dari {} MB", FILE_BYTES_MAX >> 20);
        let bytes = fs::read(path).with_context(|| format!("`{name}` tidak dapat dibuka"))?;
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        tell(&name, &papers.check_file(&file_name, &bytes, &keys)?)?;
    }
    if let Some(code) = &args.code {
        tell("kode", &papers.check_code(code, &keys)?)?;
    }
    if args.format == ImportFormat::Json {
        print(Value::Array(told))?;
    }
    Ok(ExitCode::from(worst))
}

/// A key as typed, or the file that holds its line.
fn public_key(text: &str) -> anyhow::Result<PublicKey> {
    if let Ok(key) = text.parse() {
        return Ok(key);
    }
    if !Path::new(text).is_file() {
        bail!("`{text}` bukan kunci umum Simpul dan bukan berkas yang memuatnya");
    }
    let line = fs::read_to_string(text).with_context(|| format!("`{text}` tidak dapat dibaca"))?;
    line.parse().with_context(|| format!("`{text}`"))
}

fn status(check: &PaperCheck) -> u8 {
    match (&check.verdict, &check.standing) {
        (PaperVerdict::Genuine | PaperVerdict::GenuineCode, Some(ClaimStanding::Outdated(_))) => OUTDATED,
        (PaperVerdict::Genuine | PaperVerdict::GenuineCode, _) => GENUINE,
        (PaperVerdict::OtherDrawings(_), _) => OTHER_DRAWINGS,
        (PaperVerdict::Foreign, _) => FOREIGN,
        (PaperVerdict::NoCode | PaperVerdict::NoClaim(_) | PaperVerdict::Unreadable(_), _) => NO_CODE,
        (PaperVerdict::Altered(_) | PaperVerdict::Forged, _) => ALTERED,
    }
}

fn check_text(name: &str, check: &PaperCheck) -> String {
    let mut lines = vec![format!("{name}: {}", check.headline())];
    lines.extend(check.sentences().into_iter().map(|sentence| format!("  {sentence}")));
    if let PaperVerdict::Altered(places) = &check.verdict {
        lines.extend(places.iter().map(|place| format!("  - {}", difference_words(place))));
    }
    if let Some(claim) = &check.claim {
        lines.extend(claim_facts(claim).into_iter().map(|(name, value)| format!("  {name}: {value}")));
    }
    lines.join("\n")
}

fn check_json(name: &str, check: &PaperCheck) -> Value {
    let verdict = match &check.verdict {
        PaperVerdict::Genuine => "genuine",
        PaperVerdict::GenuineCode => "genuine_code",
        PaperVerdict::OtherDrawings(_) => "other_drawings",
        PaperVerdict::Altered(_) => "altered",
        PaperVerdict::Forged => "forged",
        PaperVerdict::Foreign => "foreign",
        PaperVerdict::NoCode => "no_code",
        PaperVerdict::NoClaim(_) => "unreadable_code",
        PaperVerdict::Unreadable(_) => "unreadable",
    };
    let standing = check.standing.as_ref().map(|standing| match standing {
        ClaimStanding::Current => "current",
        ClaimStanding::SameFigures(_) => "same_figures",
        ClaimStanding::Outdated(_) => "outdated",
        ClaimStanding::Reworded => "reworded",
        ClaimStanding::NotHere => "not_here",
    });
    let places = match &check.verdict {
        PaperVerdict::Altered(places) => places.as_slice(),
        _ => &[],
    };
    json!({
        "file": name,
        "verdict": verdict,
        "standing": standing,
        "status": status(check),
        "words": check.headline(),
        "differences": places.iter().map(|one| json!({
            "place": one.place, "signed": one.signed, "found": one.found,
        })).collect::<Vec<_>>(),
        "claim": check.claim.as_ref().map(|claim| json!({
            "report": claim.claim.kind.to_lowercase(),
            "about": claim.claim.about,
            "period": claim.claim.period.to_string(),
            "as_of": claim.claim.as_of.to_string(),
            "snapshot": claim.claim.snapshot,
            "code": claim.claim.code(),
            "key": claim.key_id,
        })),
    })
}
