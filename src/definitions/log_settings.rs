//! Settings of the service's log: level, form, file and its bounds. Knows no writer.

use super::keys::{DefinitionKey, words_of};
use super::raw::{DefinitionReader, RawTable, choose};

/// Size of a log file, in MiB, where none is set.
pub const LOG_FILE_MB: u32 = 10;
/// Former log files that are kept, where no number is set.
pub const LOG_FILES: u32 = 5;
/// Bounds on the size of a log file, in MiB.
pub(super) const LOG_FILE_MB_RANGE: (u32, u32) = (1, 1_024);
/// Bounds on the number of former log files.
pub(super) const LOG_FILES_RANGE: (u32, u32) = (1, 100);

/// Least weight of the events that the log tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Failures alone.
    Error,
    /// And what may become one.
    Warn,
    /// And every request.
    Info,
    /// And steps within.
    Debug,
    /// Everything, of the libraries too.
    Trace,
}

/// Form of a line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Read by people.
    Text,
    /// One JSON object a line, read by programs.
    Json,
}

/// Words of the levels.
pub(super) const LEVELS: [(&str, LogLevel); 5] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

/// Words of the forms.
pub(super) const FORMATS: [(&str, LogFormat); 2] = [("text", LogFormat::Text), ("json", LogFormat::Json)];

/// Settings of the log; what nobody set is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogSettings {
    /// Least weight of what is told.
    pub level: Option<LogLevel>,
    /// Form of a line.
    pub format: Option<LogFormat>,
    /// File, relative to the data folder or absolute.
    pub file: Option<String>,
    /// Size at which a file is put aside, in MiB.
    pub file_mb: Option<u32>,
    /// Former files that are kept.
    pub files: Option<u32>,
}

pub(super) const LEVEL_KEY: DefinitionKey = DefinitionKey::word("log-level", || words_of(&LEVELS))
    .without("`info`")
    .says("Yang dicatat: kegagalan saja (error), sampai semuanya (trace).")
    .like("\"warn\"");
pub(super) const FORMAT_KEY: DefinitionKey = DefinitionKey::word("log-format", || words_of(&FORMATS))
    .without("`text`")
    .says("Bentuk catatan: baris untuk orang, atau satu objek JSON tiap baris.")
    .like("\"json\"");
pub(super) const FILE_KEY: DefinitionKey = DefinitionKey::text("log-file")
    .without("catatan hanya ke layar; di Windows tanpa jendela: `catatan/simpul.log`")
    .says("Berkas catatan, dihitung dari folder data; berkas lama diberi nomor.")
    .like("\"catatan/simpul.log\"");
pub(super) const FILE_MB_KEY: DefinitionKey =
    DefinitionKey::whole_number("log-file-mb", LOG_FILE_MB_RANGE.0, LOG_FILE_MB_RANGE.1)
        .without("`10`")
        .says("Besar berkas catatan sebelum diganti yang baru, dalam MiB.")
        .like("20");
pub(super) const FILES_KEY: DefinitionKey =
    DefinitionKey::whole_number("log-files", LOG_FILES_RANGE.0, LOG_FILES_RANGE.1)
        .without("`5`")
        .says("Banyaknya berkas catatan lama yang disimpan.")
        .like("10");

/// Reads the keys of the log.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> LogSettings {
    let level = root.text(reader, "log-level").and_then(|word| choose(reader, "`log-level`", &word, &LEVELS));
    let format = root.text(reader, "log-format").and_then(|word| choose(reader, "`log-format`", &word, &FORMATS));
    LogSettings {
        level,
        format,
        file: root.text(reader, "log-file").map(|file| file.value),
        file_mb: root.whole(reader, "log-file-mb"),
        files: root.whole(reader, "log-files"),
    }
}
