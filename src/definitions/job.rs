//! Scheduled jobs: what a `jobs/*.toml` says, lowered. Knows how nothing is run.

use std::time::Duration;

use super::cron::{Schedule, zone};
use super::raw::{At, Reader, Table, choose};

const IF_MISSED: [(&str, IfMissed); 2] = [("catch-up", IfMissed::CatchUp), ("mark", IfMissed::Mark)];
const OVERLAP: [(&str, Overlap); 2] = [("skip", Overlap::Skip), ("wait", Overlap::Wait)];
const MINUTES_DEFAULT: u32 = 30;
const FILES_DEFAULT: u32 = 200;

/// One scheduled job.
#[derive(Clone, Debug)]
pub struct Job {
    /// The file's stem (lower-case letters, digits, `-`).
    pub name: String,
    /// For people.
    pub title: String,
    /// When.
    pub schedule: Schedule,
    /// What.
    pub run: Run,
    /// A run that takes longer is stopped.
    pub time_limit: Duration,
    /// A run takes this many files at most; the rest waits for the next.
    pub files_max: u32,
    /// What happens with due times that passed while nothing ran.
    pub if_missed: IfMissed,
    /// What happens when it is due while it still runs.
    pub overlap: Overlap,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Imports what lies in a folder.
    Import {
        /// Below the data folder (`masuk`), forward slashes, never leaving it.
        folder: String,
    },
}

/// What happens with due times that passed while nothing ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissed {
    /// One run catches up for all of them.
    CatchUp,
    /// They are marked missed.
    Mark,
}

/// What happens when a job is due while it still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The later run is skipped and marked.
    Skip,
    /// It waits for the end of the first.
    Wait,
}

/// Lowers one file; `None` where something is wrong, all of it named in the reader.
pub(super) fn lower(reader: &mut Reader<'_>, name: &str, mut root: Table<'_>) -> Option<Job> {
    let title = root.needed_text(reader, "title");
    let schedule = lower_schedule(reader, &mut root);
    let if_missed = word(reader, &mut root, "if-missed", &IF_MISSED, IfMissed::CatchUp);
    let overlap = word(reader, &mut root, "overlap", &OVERLAP, Overlap::Skip);
    let (mut minutes, mut files) = (MINUTES_DEFAULT, FILES_DEFAULT);
    if let Some(mut limits) = root.table(reader, "limits") {
        minutes = limits.whole(reader, "minutes", 1..=1440).unwrap_or(minutes);
        files = limits.whole(reader, "files", 1..=10_000).unwrap_or(files);
        limits.finish(reader);
    }
    let run = lower_run(reader, &mut root);
    root.finish(reader);
    Some(Job {
        name: name.to_owned(),
        title: title?.value,
        schedule: schedule?,
        run: run?,
        time_limit: Duration::from_secs(u64::from(minutes) * 60),
        files_max: files,
        if_missed,
        overlap,
    })
}

fn word<T: Copy>(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    known: &[(&str, T)],
    otherwise: T,
) -> T {
    table.text(reader, key).and_then(|word| choose(reader, &format!("`{key}`"), &word, known)).unwrap_or(otherwise)
}

fn lower_schedule(reader: &mut Reader<'_>, root: &mut Table<'_>) -> Option<Schedule> {
    let expression = root.needed_text(reader, "cron");
    let zone_name = root.needed_text(reader, "zone");
    let zone = zone_name.and_then(|At { value, span }| match zone(&value) {
        Ok(zone) => Some(zone),
        Err(hint) => {
            reader.fault(&span, format!("zona waktu `{value}` tidak dikenal"), Some(hint));
            None
        }
    });
    let At { value, span } = expression?;
    // An expression is judged even where the zone is wrong: all faults at once.
    match Schedule::parse(&value, zone.unwrap_or(chrono_tz::Tz::UTC)) {
        Ok(schedule) => zone.map(|_| schedule),
        Err(faults) => {
            for fault in faults {
                // The opening quote is one byte.
                let start = span.start + 1 + fault.offset;
                reader.fault(&(start..span.end), fault.what, Some(fault.hint));
            }
            None
        }
    }
}

fn lower_run(reader: &mut Reader<'_>, root: &mut Table<'_>) -> Option<Run> {
    let Some(mut run) = root.table(reader, "run") else {
        if !root.has("run") {
            root.missing(reader, "run", "[run.import] dengan folder = \"masuk\"");
        }
        return None;
    };
    let import = run.table(reader, "import");
    if import.is_none() && !run.has("import") {
        run.missing(reader, "run.import", "[run.import] dengan folder = \"masuk\"");
    }
    run.finish(reader);
    let mut import = import?;
    let folder = import.needed_text(reader, "folder").and_then(|folder| checked_folder(reader, folder));
    import.finish(reader);
    Some(Run::Import { folder: folder? })
}

/// A folder below the data folder: no absolute path, no `..`, no drive, no back slash.
fn checked_folder(reader: &mut Reader<'_>, folder: At<String>) -> Option<String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    if folder.value.split('/').all(plain) {
        return Some(folder.value);
    }
    let hint = "sebutkan folder di dalam folder data dengan garis miring biasa, misalnya \"masuk\"";
    reader.fault(&folder.span, format!("folder `{}` keluar dari folder data", folder.value), Some(hint.to_owned()));
    None
}
