//! Jobs in plain words: states, moments, what a job does and what it does when something goes wrong.

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;

use super::inbox::{DONE, REFUSED};
use super::report::FOLDER as REPORTS;
use crate::definitions::{IfMissed, Job, JobAction, NotifyOn, Overlap, WhichPeriod};
use crate::domain::{PeriodKind, format};
use crate::store::{JobRun, RunReason, RunState};

const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// A state in a word.
pub fn state_word(state: RunState) -> &'static str {
    match state {
        RunState::Due => "Menunggu",
        RunState::Running => "Sedang berjalan",
        RunState::Done => "Selesai",
        RunState::Failed => "Gagal",
        RunState::NoData => "Tidak ada data",
        RunState::Missed => "Terlewat",
        RunState::Skipped => "Dilewati",
    }
}

/// Returns the Indonesian word for the reason of a run.
pub fn reason_word(reason: RunReason) -> &'static str {
    match reason {
        RunReason::Schedule => "jadwal",
        RunReason::CatchUp => "susulan",
        RunReason::Manual => "dijalankan manual",
        RunReason::Follow => "setelah tugas lain",
    }
}

/// `Senin, 12 Mei 2023 pukul 07.05 WIB`, in the zone's own time.
pub fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    let weekday = WEEKDAYS[local.weekday().num_days_from_monday() as usize];
    format!("{weekday}, {} pukul {}", format::date(local.date_naive()), hour(at, zone))
}

/// `12 Mei 2023 07.05 WIB`.
pub fn short_moment(at: DateTime<Utc>, zone: Tz) -> String {
    format!("{} {}", format::date(at.with_timezone(&zone).date_naive()), hour(at, zone))
}

fn hour(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{:02}.{:02} {}", local.hour(), local.minute(), local.format("%Z"))
}

/// `2 menit 5 detik`; blank where it did not start or end.
pub fn duration(run: &JobRun) -> String {
    let Some(started) = run.started else { return String::new() };
    let Some(ended) = run.ended else { return String::new() };
    let seconds = (ended - started).num_seconds().max(0);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "kurang dari 1 detik".to_owned(),
        (0, 0, s) => format!("{s} detik"),
        (0, m, s) => format!("{m} menit {s} detik"),
        (h, m, _) => format!("{h} jam {m} menit"),
    }
}

/// Describes the work of a job in a sentence, for its page.
pub fn what(run: &JobAction) -> String {
    match run {
        JobAction::Import { folder } => format!(
            "Mengimpor berkas Excel dari folder {folder} dan {folder}/NAMA PUSKESMAS; berkas berakhir di {DONE} atau {REFUSED}"
        ),
        JobAction::Evaluate { kind, which } => {
            format!(
                "Mengevaluasi {} {} per tanggal jatuh tempo, dan menyimpan hasilnya dengan nomor",
                format::period_kind(*kind),
                which_word(*which)
            )
        }
        JobAction::Report(run) => {
            let papers: Vec<&str> = run.papers.iter().map(|paper| paper.title()).collect();
            let formats: Vec<String> = run.formats.iter().map(|format| format.ending().to_uppercase()).collect();
            let of = if run.puskesmas.is_empty() { "semua Puskesmas".to_owned() } else { run.puskesmas.join(", ") };
            let templates = if run.has_templates { " dan templat kantor" } else { "" };
            format!(
                "Membuat {} ({}{templates}) untuk {} {}, {of}, per tanggal jatuh tempo; tiap berkas dicocokkan, lalu disimpan di folder {REPORTS}",
                papers.join(", "),
                formats.join(", "),
                format::period_kind(run.kind),
                which_word(run.which)
            )
        }
        JobAction::Dhis2 { which } => format!(
            "Menulis pembilang dan penyebut indikator layanan {} {} dengan kode dhis2.csv, tiap Puskesmas satu berkas di folder dhis2",
            format::period_kind(PeriodKind::Month),
            which_word(*which)
        ),
        JobAction::BackUp { daily, monthly } => format!(
            "Menyalin basis data ke folder cadangan dan memeriksanya; yang disimpan: {daily} harian, {monthly} bulanan"
        ),
        JobAction::CheckData { days_ahead, .. } => format!(
            "Mencari rekap terlambat, tindak lanjut, keputusan lokmin, dan urusan TPCB lewat batas, serta izin dan PKS yang berakhir dalam {days_ahead} hari"
        ),
        JobAction::Prune { ledger_days, finished_days } => format!(
            "Menghapus catatan tugas otomatis lebih tua dari {ledger_days} hari dan salinan di {DONE} lebih tua dari {finished_days} hari"
        ),
    }
}

/// Says when a job is due: `0 8 11 * * (Asia/Jakarta), setelah impor-bulanan`.
pub fn when(job: &Job) -> String {
    let zone = job.schedule.zone();
    match (&job.after, job.schedule.has_times()) {
        (Some(leader), false) => format!("setiap kali {leader} selesai dengan hal baru"),
        (Some(leader), true) => format!("{} ({zone}), setelah {leader}", job.schedule.expression()),
        (None, _) => format!("{} ({zone})", job.schedule.expression()),
    }
}

fn which_word(which: WhichPeriod) -> &'static str {
    match which {
        WhichPeriod::Current => "berjalan",
        WhichPeriod::Previous => "yang baru berakhir",
    }
}

/// Describes the behaviour of a job when something goes wrong, a sentence each.
pub fn rules(job: &Job) -> Vec<String> {
    let missed = match job.if_missed {
        _ if !job.schedule.has_times() => "disusul satu kali untuk yang terakhir".to_owned(),
        IfMissed::RunOnce => "dijalankan sekali untuk yang terakhir, sisanya ditandai terlewat".to_owned(),
        IfMissed::RunAll { most } => {
            format!("dijalankan satu per satu, paling banyak {most} yang terakhir; sisanya ditandai terlewat")
        }
        IfMissed::Skip => "ditandai terlewat, tidak disusul".to_owned(),
    };
    let overlap = match job.overlap {
        Overlap::Skip => "jadwal itu dilewati",
        Overlap::Queue => "jadwal itu menunggu giliran",
    };
    let retries = match job.retries.most {
        0 => "tidak dicoba lagi".to_owned(),
        most => format!(
            "dicoba lagi paling banyak {most} kali, {} menit kemudian dan makin lama",
            job.retries.wait.as_secs() / 60
        ),
    };
    let mut rules = vec![
        format!("Bila Simpul tidak hidup pada waktunya: {missed}."),
        format!("Bila yang sebelumnya masih berjalan: {overlap}."),
        format!("Bila gagal: {retries}."),
        format!("Batas waktu: {} menit.", job.time_limit.as_secs() / 60),
    ];
    if let Some(leader) = &job.after {
        rules.push(format!("Menunggu tugas {leader} berhasil dulu, kecuali bila dijalankan manual."));
    }
    if !job.notify.on.is_empty() {
        let words = job.notify.on.iter().map(|on| match on {
            NotifyOn::Failed => "gagal",
            NotifyOn::Missed => "terlewat",
            NotifyOn::Done => "selesai",
            NotifyOn::NoData => "tidak ada data",
        });
        let mail = job.notify.smtp.as_ref().map(|smtp| format!(" dan surel ke {}", smtp.to.join(", ")));
        rules.push(format!(
            "Diberitahukan bila {}: berkas di keluar/{}.",
            words.collect::<Vec<_>>().join(" atau "),
            mail.unwrap_or_default()
        ));
    }
    rules
}

/// Missed due times in plain words: `3 jadwal terlewat, dari … sampai …`; blank where there are none. Rows come the
/// latest first.
pub fn missed(rows: &[JobRun], zone: Tz) -> String {
    let Some(last) = rows.first() else { return String::new() };
    let Some(first) = rows.last() else { return String::new() };
    let count: u32 = rows.iter().map(|row| row.covers).sum();
    if count == 1 {
        return format!("1 jadwal terlewat: {}", moment(last.due, zone));
    }
    format!("{count} jadwal terlewat, dari {} sampai {}", short_moment(first.since, zone), short_moment(last.due, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_the_jobs_own_zone() {
        let at = "2023-05-11T22:05:00Z".parse().unwrap();
        assert_eq!(moment(at, Tz::Asia__Jakarta), "Jumat, 12 Mei 2023 pukul 05.05 WIB");
        assert_eq!(short_moment(at, Tz::Asia__Jayapura), "12 Mei 2023 07.05 WIT");
    }
}
