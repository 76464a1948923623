//! Where the service's log goes and how it looks: the console, and a file that is put aside when it is full. Knows no
//! event.

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Mutex;

use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate, compression::Compression};
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::fmt::writer::{BoxMakeWriter, MakeWriterExt};

use crate::definitions::{LOG_FILE_MB, LOG_FILES, LogFormat, LogLevel, LogSettings};
use crate::disk;

/// File of a service without a console to write on.
const FILE_WITHOUT_CONSOLE: &str = "catatan/simpul.log";
/// Beginning of fields that lines for people leave out: their message tells the same.
const TOLD_IN_MESSAGE: &str = "http.";

/// Begins the log of this process.
pub fn begin(settings: &LogSettings, data: &Path) -> anyhow::Result<()> {
    // A program that Windows starts by itself has no console, and what it says is lost.
    let is_unseen = cfg!(windows) && !io::stderr().is_terminal();
    let file = settings.file.as_deref().or(is_unseen.then_some(FILE_WITHOUT_CONSOLE));
    let writer = match file {
        None => BoxMakeWriter::new(io::stderr),
        Some(file) => BoxMakeWriter::new(io::stderr.and(Mutex::new(rotating(&data.join(file), settings)?))),
    };
    let level = match settings.level_or_usual() {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt().with_writer(writer).with_target(false).with_max_level(level);
    match settings.format_or_usual() {
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).init(),
        LogFormat::Text => {
            let told = debug_fn(|line, field, value| match field.name() {
                "message" => write!(line, "{value:?}"),
                name if name.starts_with(TOLD_IN_MESSAGE) => Ok(()),
                name => write!(line, "{name}={value:?}"),
            });
            lines.fmt_fields(told.delimited(" ")).init();
        }
    }
    Ok(())
}

/// A file that becomes `NAME.1` when it is full, with former ones up to a number.
fn rotating(path: &Path, settings: &LogSettings) -> anyhow::Result<FileRotate<AppendCount>> {
    let why = |error: io::Error| {
        anyhow::anyhow!("berkas catatan `{}` tidak dapat ditulis: {}", path.display(), disk::why(&error))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(why)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Names of accounts and addresses stand in it.
        options.mode(0o600);
    }
    // The library says nothing where it cannot open its file.
    options.open(path).map_err(why)?;
    let bytes = (settings.file_mb.unwrap_or(LOG_FILE_MB) as usize) << 20;
    let former = settings.files.unwrap_or(LOG_FILES) as usize;
    let limit = ContentLimit::BytesSurpassed(bytes);
    Ok(FileRotate::new(path, AppendCount::new(former), limit, Compression::None, Some(options)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_full_file_is_put_aside_and_old_ones_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catatan/simpul.log");
        let settings = LogSettings { file_mb: Some(1), files: Some(2), ..LogSettings::default() };
        let mut file = rotating(&path, &settings).unwrap();
        let line = vec![b'x'; 300 << 10];
        for _ in 0..20 {
            file.write_all(&line).unwrap();
        }
        let mut names: Vec<String> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["simpul.log", "simpul.log.1", "simpul.log.2"]);
        let bytes: u64 = names.iter().map(|name| fs::metadata(path.with_file_name(name)).unwrap().len()).sum();
        assert!(bytes < 5 << 20, "{bytes}");
    }

    #[test]
    fn a_file_that_cannot_be_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("catatan"), "").unwrap();
        let error = rotating(&folder.path().join("catatan/simpul.log"), &LogSettings::default()).err().unwrap();
        assert!(error.to_string().starts_with("berkas catatan `"), "{error}");
    }
}
