//! `letter`: a paper as a letter: its number and date given or taken back, its lines set, and how it stands.

use std::process::ExitCode;

use anyhow::ensure;
use serde_json::json;

use crate::app::App;
use crate::app::papers::letters::NumberWish;
use crate::app::papers::reports::ReportRequest;
use crate::domain::format;
use crate::report::revision_words;
use crate::store::LetterLines;

use super::args::{LetterArgs, NumberAsked};
use super::args_common::ImportFormat;
use super::print;

/// Does what was asked, then tells how the paper stands.
pub fn run(app: &App, args: &LetterArgs) -> anyhow::Result<ExitCode> {
    let request = ReportRequest {
        kind: args.kind,
        period: args.period,
        as_of: args.as_of,
        puskesmas: args.puskesmas.clone(),
        cluster: args.cluster.clone(),
    };
    if args.revoke {
        ensure!(app.papers().revoke_number(&request)?, "laporan ini tidak bernomor, jadi tidak ada yang dicabut");
    }
    set_lines(app, args, &request)?;
    if let Some(asked) = args.number {
        let number = match asked {
            NumberAsked::Next => None,
            NumberAsked::This(number) => Some(number),
        };
        app.papers().give_number(&request, NumberWish { number, day: args.date })?;
    }
    tell(app, args, &request)?;
    Ok(ExitCode::SUCCESS)
}

fn set_lines(app: &App, args: &LetterArgs, request: &ReportRequest) -> anyhow::Result<()> {
    if args.subject.is_none() && args.attachments.is_none() && args.copies.is_empty() {
        return Ok(());
    }
    let known = app.papers().letter_lines(request)?;
    let trimmed = |text: &String| text.trim().to_owned();
    let copies: Vec<String> = args.copies.iter().map(trimmed).filter(|copy| !copy.is_empty()).collect();
    let lines = LetterLines {
        subject: args.subject.as_ref().map_or(known.subject, trimmed),
        attachments: args.attachments.as_ref().map_or(known.attachments, trimmed),
        copies: if args.copies.is_empty() { known.copies } else { copies.join("\n") },
    };
    Ok(app.papers().set_letter_lines(request, &lines)?)
}

fn tell(app: &App, args: &LetterArgs, request: &ReportRequest) -> anyhow::Result<()> {
    let standing = app.papers().paper_standing(request)?;
    let lines = app.papers().letter_lines(request)?;
    let dated = app.papers().paper_number(request)?.and_then(|number| number.given).map(|given| given.day);
    let editions = app.papers().editions(request)?;
    if args.format == ImportFormat::Json {
        let editions: Vec<_> = editions.iter().map(super::snapshot::edition_json).collect();
        return print(json!({
            "report": args.kind.code(),
            "period": args.period.to_string(),
            "number": standing.as_ref().map(|standing| &standing.number),
            "date": dated.map(|day| day.to_string()),
            "revision": standing.as_ref().map(|standing| standing.revision),
            "subject": lines.subject,
            "attachments": lines.attachments,
            "copies": lines.copies.lines().collect::<Vec<_>>(),
            "editions": editions,
        }));
    }
    let mut told = vec![format!("{}, {}", args.kind.title(), format::period(args.period))];
    told.push(match &standing {
        None => "  Nomor: belum diberikan".to_owned(),
        Some(standing) if standing.revision == 0 => format!("  Nomor: {}", standing.number),
        Some(standing) => format!("  Nomor: {} ({})", standing.number, revision_words(standing.revision)),
    });
    told.extend(dated.map(|day| format!("  Tanggal: {}", format::date(day))));
    let rest = [("Lampiran", &lines.attachments), ("Perihal", &lines.subject)];
    told.extend(rest.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("  {name}: {text}")));
    told.extend(lines.copies.lines().map(|copy| format!("  Tembusan: {copy}")));
    told.extend(editions.iter().map(super::snapshot::edition_line));
    print(told.join("\n"))
}
