//! Work of a job: the table `[run.…]` of a `jobs/*.toml`, lowered.

use super::job::{JobAction, ReportRun, WhichPeriod};
use super::raw::{DefinitionReader, Located, RawTable, choose_each, word};
use crate::domain::{FileFormat, PeriodKind, ReportKind};

const EXAMPLE: &str = "[run.import] dengan folder = \"masuk\"";
pub(super) const OWN_TEMPLATES: [(&str, bool); 2] = [("none", false), ("also", true)];
pub(super) const PERIODS: [(&str, PeriodKind); 5] = [
    ("month", PeriodKind::Month),
    ("quarter", PeriodKind::Quarter),
    ("four-month", PeriodKind::FourMonth),
    ("half-year", PeriodKind::HalfYear),
    ("year", PeriodKind::Year),
];
pub(super) const WHICH: [(&str, WhichPeriod); 2] =
    [("current", WhichPeriod::Current), ("previous", WhichPeriod::Previous)];

/// Lowers the one table below `[run]`.
pub(super) fn lower_run(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<JobAction> {
    if !root.has("run") {
        root.missing(reader, "run", EXAMPLE);
        return None;
    }
    let mut run = root.table(reader, "run")?;
    let found = match run.chosen()[..] {
        [] => {
            if !run.has_unknown_table() {
                run.missing(reader, "run.…", &format!("salah satu dari: {}", run.choices()));
            }
            None
        }
        [kind] => run.table(reader, kind).and_then(|table| lower_kind(reader, kind, table)),
        [_, second, ..] => {
            let hint = "satu berkas, satu tugas: pindahkan yang lain ke berkas sendiri".to_owned();
            reader.fault(&run.key_span(second), "`run` menyebut dua tugas", Some(hint));
            None
        }
    };
    run.finish(reader);
    found
}

fn lower_kind(reader: &mut DefinitionReader<'_>, kind: &str, mut table: RawTable<'_>) -> Option<JobAction> {
    let run = match kind {
        "import" => {
            let folder = table.needed_text(reader, "folder").and_then(|folder| checked_folder(reader, folder));
            folder.map(|folder| JobAction::Import { folder })
        }
        "evaluate" => {
            let kind = word(reader, &mut table, "period", &PERIODS, PeriodKind::FourMonth);
            Some(JobAction::Evaluate { kind, which: word(reader, &mut table, "which", &WHICH, WhichPeriod::Current) })
        }
        "dhis2" => Some(JobAction::Dhis2 { which: word(reader, &mut table, "which", &WHICH, WhichPeriod::Previous) }),
        "report" => lower_report(reader, &mut table).map(JobAction::Report),
        "back-up" => Some(JobAction::BackUp {
            daily: table.whole(reader, "daily").unwrap_or(7),
            monthly: table.whole(reader, "monthly").unwrap_or(12),
        }),
        "check-data" => Some(JobAction::CheckData {
            days_ahead: table.whole(reader, "days-ahead").unwrap_or(60),
            recap_due_day: table.whole(reader, "recap-due-day").unwrap_or(10),
        }),
        // The keys name no other word than "prune" besides those above.
        _ => Some(JobAction::Prune {
            ledger_days: table.whole(reader, "ledger-days").unwrap_or(730),
            finished_days: table.whole(reader, "finished-days").unwrap_or(365),
        }),
    };
    table.finish(reader);
    run
}

/// The words of papers.
pub(super) fn paper_words() -> Vec<&'static str> {
    ReportKind::ALL.map(ReportKind::code).to_vec()
}

/// The words of formats.
pub(super) fn format_words() -> Vec<&'static str> {
    FileFormat::ALL.map(FileFormat::ending).to_vec()
}

/// Papers and periods; formats, Puskesmas and clusters may be left out.
fn lower_report(reader: &mut DefinitionReader<'_>, table: &mut RawTable<'_>) -> Option<ReportRun> {
    if !table.has("papers") {
        table.missing(reader, "papers", "papers = [\"tpcb\"]");
    }
    let known = ReportKind::ALL.map(|kind| (kind.code(), kind));
    let papers = table.texts(reader, "papers").map(|words| choose_each(reader, "laporan", &words.value, &known));
    let known = FileFormat::ALL.map(|format| (format.ending(), format));
    let formats = table.texts(reader, "formats").map(|words| choose_each(reader, "bentuk", &words.value, &known));
    let kind = word(reader, table, "period", &PERIODS, PeriodKind::Month);
    let which = word(reader, table, "which", &WHICH, WhichPeriod::Previous);
    let puskesmas = names(reader, table, "puskesmas");
    let clusters = lower_clusters(reader, table, papers.as_deref());
    let has_templates = word(reader, table, "own-templates", &OWN_TEMPLATES, false);
    let papers = papers.filter(|papers| !papers.is_empty())?;
    let formats = formats.unwrap_or_else(|| vec![FileFormat::Pdf]);
    Some(ReportRun { papers, formats, kind, which, puskesmas, clusters, has_templates })
}

/// Names of clusters; only the recapitulation is about one.
fn lower_clusters(
    reader: &mut DefinitionReader<'_>,
    table: &mut RawTable<'_>,
    papers: Option<&[ReportKind]>,
) -> Vec<String> {
    let has_recapitulation = papers.is_none_or(|papers| papers.contains(&ReportKind::Cluster));
    if table.has("clusters") && !has_recapitulation {
        let hint = "tambahkan \"tpcb-cluster\" pada papers, atau hapus clusters".to_owned();
        reader.fault(&table.key_span("clusters"), "`clusters` hanya untuk laporan tpcb-cluster", Some(hint));
    }
    names(reader, table, "clusters")
}

fn names(reader: &mut DefinitionReader<'_>, table: &mut RawTable<'_>, key: &'static str) -> Vec<String> {
    let names = table.texts(reader, key).map(|names| names.value).unwrap_or_default();
    names.into_iter().map(|name| name.value).collect()
}

/// Folders in which other parts of Simpul keep their own things: watching them would eat these.
const TAKEN: [&str; 12] = [
    "selesai",
    "ditolak",
    "keluar",
    "laporan",
    "cadangan",
    "kunci",
    "rahasia",
    "jobs",
    "dashboards",
    "indicator-sets",
    "instruments",
    "letters",
];

/// A folder below the data folder: no absolute path, no `..`, no drive, no back slash.
fn checked_folder(reader: &mut DefinitionReader<'_>, folder: Located<String>) -> Option<String> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    let first = folder.value.split('/').next().unwrap_or_default();
    if TAKEN.contains(&first.to_lowercase().as_str()) {
        let hint = "pilih nama lain, misalnya \"masuk\"".to_owned();
        reader.fault(&folder.span, format!("folder `{first}` dipakai Simpul sendiri"), Some(hint));
        return None;
    }
    if folder.value.split('/').all(plain) {
        return Some(folder.value);
    }
    let hint = "sebutkan folder di dalam folder data dengan garis miring biasa, misalnya \"masuk\"";
    reader.fault(&folder.span, format!("folder `{}` keluar dari folder data", folder.value), Some(hint.to_owned()));
    None
}
