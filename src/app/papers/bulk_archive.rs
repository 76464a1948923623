//! All papers of a period in one ZIP below the data folder, with a list of what is in it and what failed. Written under
//! a passing name and given its own once it was read back. Knows no job and no page.

use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::PaperService;
use super::bulk::{BulkRequest, Step};
use super::bundle::Tell;
use super::request::ReportRequest;
use crate::app::AppError;
use crate::disk::give_name;
use crate::domain::{FileFormat, format};
use crate::report::ReportError;
use crate::report::bundle::Bundle;

/// Folder of finished archives, below the data folder.
pub const FOLDER: &str = "laporan";
/// Start of the name of an archive that is not finished.
const PASSING: &str = ".sementara-";
/// Name of the list in the archive.
const LIST: &str = "00-daftar.txt";

/// Outcome of writing an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkArchive {
    /// Path of the finished archive.
    pub path: PathBuf,
    /// Number of papers in it.
    pub made: usize,
    /// Those that could not be made, a sentence each.
    pub failed: Vec<String>,
}

impl PaperService<'_> {
    /// Makes the papers and packs them; `None` where `tell` broke off. Blocking.
    pub fn bulk_archive(
        self,
        request: &BulkRequest,
        tell: &mut dyn FnMut(&str, usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<BulkArchive>, AppError> {
        let folder = self.app.data().join(FOLDER);
        let failed = |source: io::Error| AppError::Folder { path: folder.clone(), source };
        fs::create_dir_all(&folder).and_then(|()| sweep(&folder)).map_err(failed)?;
        let stamp = self.app.clock().now().format("%Y%m%d-%H%M%S");
        let name = format!("semua-{}-{stamp}.zip", request.period);
        let path = folder.join(&name);
        let passing = folder.join(format!("{PASSING}{name}"));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&passing).map_err(failed)?;
        let packed = self.pack_all(request, Bundle::new(file), tell);
        let named = match &packed {
            Ok(Some(_)) => give_name(&passing, &path).map_err(failed),
            _ => Ok(()),
        };
        if named.is_err() || !matches!(packed, Ok(Some(_))) {
            // Nobody's file; where even that fails the next go takes it away.
            drop(fs::remove_file(&passing));
        }
        named?;
        Ok(packed?.map(|(made, failed)| BulkArchive { path, made, failed }))
    }

    /// Makes the bundle for accreditation as a file beside the archives; `None` where `tell` broke off. Blocking.
    pub fn bundle_archive(self, request: &ReportRequest, tell: &mut Tell<'_>) -> Result<Option<BulkArchive>, AppError> {
        let folder = self.app.data().join(FOLDER);
        let failed = |source: io::Error| AppError::Folder { path: folder.clone(), source };
        fs::create_dir_all(&folder).and_then(|()| sweep(&folder)).map_err(failed)?;
        let stamp = self.app.clock().now().format("%Y%m%d-%H%M%S");
        let passing = folder.join(format!("{PASSING}akreditasi-{stamp}.zip"));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&passing).map_err(failed)?;
        let made = self.bundle_told(request, FileFormat::Pdf, file, tell);
        let named = match &made {
            Ok(Some(bundled)) => {
                let path = folder.join(bundled.name.replace(".zip", &format!("-{stamp}.zip")));
                bundled
                    .archive
                    .sync_all()
                    .and_then(|()| give_name(&passing, &path))
                    .map_err(failed)
                    .map(|()| Some(path))
            }
            _ => Ok(None),
        };
        if !matches!(named, Ok(Some(_))) {
            drop(fs::remove_file(&passing));
        }
        made?;
        Ok(named?.map(|path| BulkArchive { path, made: 1, failed: Vec::new() }))
    }

    fn pack_all(
        self,
        request: &BulkRequest,
        mut bundle: Bundle<File>,
        tell: &mut dyn FnMut(&str, usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<(usize, Vec<String>)>, ReportError> {
        let mut names = Vec::new();
        let mut failed = Vec::new();
        let mut ended = Ok(());
        let mut is_stopped = false;
        self.bulk(request, &mut |step| {
            match step {
                Step::Working { now, done, total } => is_stopped |= tell(now, done, total).is_break(),
                Step::Made(paper) => {
                    let name = format!("{}/{}", paper.folder, paper.file.name);
                    ended = bundle.add_packed(&name, &paper.file.bytes);
                    names.push(name);
                }
                Step::Failed(failure) => failed.push(failure.to_string()),
            }
            if is_stopped || ended.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        ended?;
        if is_stopped {
            return Ok(None);
        }
        bundle.add_packed(LIST, list(request, &names, &failed).as_bytes())?;
        bundle.finish()?.sync_all()?;
        Ok(Some((names.len(), failed)))
    }
}

/// Returns the list that stands first in the archive: its papers, and those that could not be made.
fn list(request: &BulkRequest, names: &[String], failed: &[String]) -> String {
    let mut lines = vec![
        format!("Semua laporan {} per {}", format::period(request.period), format::date(request.as_of)),
        format!("{} laporan dari {} Puskesmas; {} gagal", names.len(), request.puskesmas.len(), failed.len()),
        String::new(),
    ];
    lines.extend(names.iter().cloned());
    lines.extend(failed.iter().map(|failure| format!("GAGAL {failure}")));
    lines.join("\r\n") + "\r\n"
}

/// Takes away what a go that was cut off left.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PASSING) && entry.path().extension().is_some_and(|ending| ending == "zip") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
