//! A `jobs/*.toml` lowered to a [`Job`]: every fault is named in the reader.

use std::time::Duration;

use super::cron::{Schedule, zone};
use super::job::{IfMissed, Job, JobAction, Notify, NotifyOn, Overlap, PapersByMail, Retries};
use super::job_run::lower_run;
use super::job_smtp::lower_smtp;
use super::job_webhook::lower_webhook;
use super::raw::{DefinitionReader, Located, RawTable, choose_each, word};

pub(super) const OVERLAP: [(&str, Overlap); 2] = [("skip", Overlap::Skip), ("queue", Overlap::Queue)];
pub(super) const WHEN: [(&str, NotifyOn); 4] = [
    ("failed", NotifyOn::Failed),
    ("missed", NotifyOn::Missed),
    ("done", NotifyOn::Done),
    ("no-data", NotifyOn::NoData),
];
/// Maker of a choice from the number of due times that are caught up at most.
type MissedMaker = fn(u32) -> IfMissed;

pub(super) const MISSED: [(&str, MissedMaker); 3] = [
    ("run-once", |_most| IfMissed::RunOnce),
    ("run-all", |most| IfMissed::RunAll { most }),
    ("skip", |_most| IfMissed::Skip),
];
const ZONE_DEFAULT: chrono_tz::Tz = chrono_tz::Tz::Asia__Jakarta;
const MINUTES_DEFAULT: u32 = 30;
const FILES_DEFAULT: u32 = 200;
const CATCH_UP_DEFAULT: u32 = 10;
const RETRIES_DEFAULT: u32 = 2;
const WAIT_MINUTES_DEFAULT: u32 = 5;

/// Lowers one file; `None` where something is wrong, all of it named in the reader.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, name: &str, mut root: RawTable<'_>) -> Option<Job> {
    let title = root.needed_text(reader, "title");
    let after = root.text(reader, "after").map(|after| after.value);
    let schedule = if after.is_some() && !root.has("cron") {
        lower_zone(reader, &mut root, false).map(Schedule::without_times)
    } else {
        lower_schedule(reader, &mut root)
    };
    let limits = JobLimits::lower(reader, &mut root);
    let if_missed = word(reader, &mut root, "if-missed", &MISSED, MISSED[0].1)(limits.catch_up);
    let overlap = word(reader, &mut root, "overlap", &OVERLAP, Overlap::Skip);
    let retries = lower_retries(reader, &mut root);
    let notify = lower_notify(reader, &mut root);
    let run = lower_run(reader, &mut root);
    check_attached(reader, &root, &notify, run.as_ref());
    root.finish(reader);
    Some(Job {
        name: name.to_owned(),
        title: title?.value,
        schedule: schedule?,
        after,
        run: run?,
        time_limit: Duration::from_secs(u64::from(limits.minutes) * 60),
        files_max: limits.files,
        if_missed,
        overlap,
        retries,
        notify,
    })
}

struct JobLimits {
    minutes: u32,
    files: u32,
    catch_up: u32,
}

impl JobLimits {
    fn lower(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Self {
        let mut found = Self { minutes: MINUTES_DEFAULT, files: FILES_DEFAULT, catch_up: CATCH_UP_DEFAULT };
        if let Some(mut limits) = root.table_if_there(reader, "limits") {
            found.minutes = limits.whole(reader, "minutes").unwrap_or(found.minutes);
            found.files = limits.whole(reader, "files").unwrap_or(found.files);
            found.catch_up = limits.whole(reader, "catch-up").unwrap_or(found.catch_up);
            limits.finish(reader);
        }
        found
    }
}

fn lower_retries(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Retries {
    let mut most = RETRIES_DEFAULT;
    let mut minutes = WAIT_MINUTES_DEFAULT;
    if let Some(mut retries) = root.table_if_there(reader, "retries") {
        most = retries.whole(reader, "most").unwrap_or(most);
        minutes = retries.whole(reader, "wait-minutes").unwrap_or(minutes);
        retries.finish(reader);
    }
    Retries { most, wait: Duration::from_secs(u64::from(minutes) * 60) }
}

fn lower_notify(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Notify {
    let Some(mut table) = root.table_if_there(reader, "notify") else { return Notify::default() };
    let on = match table.texts(reader, "when") {
        Some(words) => choose_each(reader, "kejadian", &words.value, &WHEN),
        None => vec![NotifyOn::Failed],
    };
    let smtp = table.table_if_there(reader, "smtp").and_then(|smtp| lower_smtp(reader, smtp));
    let webhook = table.table_if_there(reader, "webhook").and_then(|webhook| lower_webhook(reader, webhook));
    table.finish(reader);
    Notify { on, smtp, webhook }
}

/// Papers are attached by a job that makes some, and only where its end is told.
fn check_attached(reader: &mut DefinitionReader<'_>, root: &RawTable<'_>, notify: &Notify, run: Option<&JobAction>) {
    if notify.smtp.as_ref().is_none_or(|smtp| smtp.papers != PapersByMail::Attached) {
        return;
    }
    let span = root.key_span("notify");
    if run.is_some_and(|run| !matches!(run, JobAction::Report(_))) {
        let hint = "hapus `papers`, atau pakai [run.report]".to_owned();
        reader.fault(&span, "`papers = \"attached\"` hanya untuk tugas yang membuat laporan", Some(hint));
    } else if !notify.on.contains(&NotifyOn::Done) {
        let hint = "tulis misalnya when = [\"done\", \"failed\"]".to_owned();
        reader.fault(&span, "laporan dilampirkan begitu selesai, tetapi `when` tidak memuat \"done\"", Some(hint));
    }
}

fn lower_schedule(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<Schedule> {
    let expression = root.needed_text(reader, "cron");
    let zone = lower_zone(reader, root, true);
    let Located { value, span } = expression?;
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

/// The zone; WIB where it is not needed and not said.
fn lower_zone(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>, is_needed: bool) -> Option<chrono_tz::Tz> {
    if !is_needed && !root.has("zone") {
        return Some(ZONE_DEFAULT);
    }
    let Located { value, span } = root.needed_text(reader, "zone")?;
    match zone(&value) {
        Ok(zone) => Some(zone),
        Err(hint) => {
            reader.fault(&span, format!("zona waktu `{value}` tidak dikenal"), Some(hint));
            None
        }
    }
}
