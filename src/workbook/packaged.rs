//! Zip packages by their content: the reader of the format, or the sentence for what is no workbook.

use super::intake::Intake;
use super::package::{Package, ends_in};
use super::{Notice, OpenError, ods, xlsb, xlsx};
use crate::archive::key;

/// Reads whatever workbook the package holds.
pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut package = Package::open(bytes, intake)?;
    if package.has("xl/vbaproject.bin") || package.has_folder("xl/macrosheets/") {
        intake.notice(Notice::MacrosIgnored);
    }
    if package.has("xl/workbook.xml") {
        xlsx::read(bytes, &mut package, intake)
    } else if package.has("xl/workbook.bin") {
        xlsb::read(&mut package, intake)
    } else if package.has("content.xml") && (package.has("mimetype") || package.has("meta-inf/manifest.xml")) {
        ods::read(&mut package, intake)
    } else if has_workbook_elsewhere(&mut package, "xml") {
        xlsx::read(bytes, &mut package, intake)
    } else if has_workbook_elsewhere(&mut package, "bin") {
        let what = "isinya buku kerja .xlsb dengan susunan yang tidak biasa".into();
        Err(OpenError::OtherFormat { file: intake.file(), what })
    } else {
        Err(refusal(&package, intake))
    }
}

/// Reports whether the package says that its main part, wherever it lies, is a workbook.
fn has_workbook_elsewhere(package: &mut Package<'_>, extension: &str) -> bool {
    let targets = package.relations("_rels/.rels");
    targets.iter().map(|(_, target)| key(target)).any(|target| {
        let name = target.rsplit('/').next().unwrap_or_default();
        name.starts_with("workbook") && ends_in(name, extension) && package.has(&target)
    })
}

/// The sentence for a package without a workbook.
fn refusal(package: &Package<'_>, intake: &Intake<'_>) -> OpenError {
    let what = if package.has("word/document.xml") {
        "isinya dokumen Word"
    } else if package.has("ppt/presentation.xml") {
        "isinya presentasi PowerPoint"
    } else if package.has("content.xml") {
        "isinya dokumen LibreOffice lain"
    } else if package.has_extension("iwa") {
        "isinya dokumen Apple iWork (Numbers)"
    } else {
        "isinya arsip ZIP"
    };
    OpenError::NotAWorkbook { file: intake.file(), what: what.into() }
}
