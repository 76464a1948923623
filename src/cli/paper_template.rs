//! `paper-template`: templates of the office's own, checked, kept, listed and removed; and what they can name.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::app::papers::office_templates::OfficeTemplateError;
use crate::app::papers::reports::ReportRequest;
use crate::domain::{Month, Period, format};
use crate::report::office_template::{TEMPLATE_BYTES_MAX, TemplateNames, usage};

use super::args_paper_template::{PaperTemplateVerb, TemplateFileArgs, TemplatePaperArgs};
use super::report::write;
use super::{print, say};

/// Does what was asked.
pub fn run(app: &App, verb: &PaperTemplateVerb) -> anyhow::Result<ExitCode> {
    match verb {
        PaperTemplateVerb::Check(args) => check(app, &args.template, args.out.as_deref()),
        PaperTemplateVerb::Add { template, name } => add(app, template, name.as_deref()),
        PaperTemplateVerb::List(paper) => list(app, paper),
        PaperTemplateVerb::Remove { paper, name } => {
            app.papers().remove_office_template(&request(app, paper), name)?;
            print(format_args!("Templat “{name}” untuk {} dihapus.", paper.kind.code()))?;
            Ok(ExitCode::SUCCESS)
        }
        PaperTemplateVerb::Names(paper) => {
            let names = TemplateNames::known(paper.kind);
            let lines: Vec<String> = names.iter().map(|(name, kind)| usage(kind, name)).collect();
            print(lines.join("\n"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn request(app: &App, paper: &TemplatePaperArgs) -> ReportRequest {
    let usual = paper.kind.periods()[0];
    let now = || Period::containing(usual, Month::from_date(app.clock().today()));
    ReportRequest {
        kind: paper.kind,
        period: paper.period.unwrap_or_else(now),
        as_of: None,
        puskesmas: paper.puskesmas.clone(),
        cluster: None,
    }
}

/// Reads the file, no more of it than a template may have.
fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = file.display();
    let size = fs::metadata(file).with_context(|| format!("`{shown}` tidak dapat dibuka"))?.len();
    anyhow::ensure!(
        size <= TEMPLATE_BYTES_MAX as u64,
        "`{shown}` lebih dari {} MB; kecilkan gambar di dalamnya",
        TEMPLATE_BYTES_MAX >> 20
    );
    fs::read(file).with_context(|| format!("`{shown}` tidak dapat dibuka"))
}

fn check(app: &App, template: &TemplateFileArgs, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let bytes = bytes(&template.file)?;
    let request = request(app, &template.paper);
    if let Err(error) = app.papers().check_office_template(&request, &bytes) {
        return refusal(error);
    }
    if let Some(out) = out {
        let file = match app.papers().preview_in_template(&request, &bytes) {
            Ok(file) => file,
            Err(error) => return refusal(error),
        };
        write(out, &file.bytes).with_context(|| format!("`{}` tidak dapat ditulis", out.display()))?;
        say(format_args!("Pratinjau {}: {}", format::period(request.period), out.display()));
    }
    print(format_args!("`{}` dapat dipakai untuk {}.", template.file.display(), template.paper.kind.title()))?;
    Ok(ExitCode::SUCCESS)
}

fn add(app: &App, template: &TemplateFileArgs, name: Option<&str>) -> anyhow::Result<ExitCode> {
    let bytes = bytes(&template.file)?;
    let stem = template.file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = name.unwrap_or(stem);
    if let Err(error) = app.papers().add_office_template(&request(app, &template.paper), name, &bytes) {
        return refusal(error);
    }
    print(format_args!("Templat “{name}” untuk {} disimpan.", template.paper.kind.title()))?;
    Ok(ExitCode::SUCCESS)
}

/// Mistakes of a template one a line; any other failure as it is.
fn refusal(error: OfficeTemplateError) -> anyhow::Result<ExitCode> {
    let OfficeTemplateError::Faults(faults) = error else { return Err(error.into()) };
    let lines: Vec<String> = faults.0.iter().map(|fault| format!("  {fault}")).collect();
    print(format_args!("Templat ini belum dapat dipakai; {} hal:\n{}", lines.len(), lines.join("\n")))?;
    Ok(ExitCode::FAILURE)
}

fn list(app: &App, paper: &TemplatePaperArgs) -> anyhow::Result<ExitCode> {
    let known = app.papers().office_templates(&request(app, paper))?;
    if known.is_empty() {
        print(format_args!("Belum ada templat untuk {}.", paper.kind.title()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let line = |known: &crate::store::StoredOfficeTemplate| {
        let size = known.size.div_ceil(1_000);
        format!("  {} ({}, {size} KB, {})", known.name, known.format.ending(), known.who)
    };
    let lines: Vec<String> = known.iter().map(line).collect();
    print(format_args!("Templat untuk {}:\n{}", paper.kind.title(), lines.join("\n")))?;
    Ok(ExitCode::SUCCESS)
}
