//! Rows of the ledger and notices of the outbox, in words and shapes.

use chrono_tz::Tz;

use super::symbol::Symbol;
use crate::app::App;
use crate::definitions::Job;
use crate::jobs::words::{duration, reason_word, short_moment, state_word};
use crate::store::{JobRun, OutboxNotice, RunState};

/// Zone of what a job left behind that has no file any more.
const NO_JOB_ZONE: Tz = Tz::Asia__Jakarta;

fn job_of(app: &App, name: &str) -> Option<Job> {
    app.definitions().jobs.iter().find(|job| job.name == name).cloned()
}

/// One row of the ledger.
#[derive(Clone, Debug)]
pub struct RunView {
    pub id: i64,
    /// Name of the job.
    pub job: String,
    /// Its title; its name where there is no such job any more.
    pub title: String,
    /// When it was due, in the job's zone.
    pub due: String,
    /// When it started; blank where it did not.
    pub started: String,
    /// Duration in words; blank where it did not end.
    pub duration: String,
    /// State in a word.
    pub word: &'static str,
    pub symbol: Symbol,
    /// Why it is here.
    pub reason: &'static str,
    /// Number of due times it stands for.
    pub covers: u32,
    /// Tries.
    pub attempt: u32,
    /// Result in a sentence.
    pub message: String,
    /// Step under way; blank where it does not run.
    pub step: String,
    pub done: u32,
    /// Out of; 0 where nobody knows.
    pub total: u32,
}

impl RunView {
    /// A row of whatever job.
    pub fn new(app: &App, run: &JobRun) -> Self {
        match job_of(app, &run.job) {
            Some(job) => Self::from_job(&job, run),
            None => Self::written(run, run.job.clone(), NO_JOB_ZONE),
        }
    }

    /// A row of this job.
    pub fn from_job(job: &Job, run: &JobRun) -> Self {
        Self::written(run, job.title.clone(), job.schedule.zone())
    }

    fn written(run: &JobRun, title: String, zone: Tz) -> Self {
        let symbol = match run.state {
            RunState::Done => Symbol::Good,
            RunState::Failed => Symbol::Poor,
            RunState::Missed | RunState::NoData => Symbol::Fair,
            RunState::Skipped => Symbol::Neutral,
            RunState::Running => Symbol::Run,
            RunState::Due => Symbol::Wait,
        };
        Self {
            id: run.id,
            job: run.job.clone(),
            title,
            due: short_moment(run.due, zone),
            started: run.started.map(|at| short_moment(at, zone)).unwrap_or_default(),
            duration: if run.started.is_some() && run.state.is_settled() { duration(run) } else { String::new() },
            word: state_word(run.state),
            symbol,
            reason: reason_word(run.reason),
            covers: run.covers,
            attempt: run.attempt,
            message: run.message.clone(),
            step: run.step.clone(),
            done: run.steps_done,
            total: run.steps_total,
        }
    }
}

/// One notice of the outbox.
#[derive(Clone, Debug)]
pub struct NoticeView {
    pub subject: String,
    pub channel: &'static str,
    /// When it was made.
    pub made: String,
    /// When it was told; blank where it waits.
    pub sent: String,
    pub tries: u32,
    /// Why the last try failed.
    pub problem: String,
    /// Answer of the one who took it.
    pub receipt: String,
    /// Number of papers that go with it.
    pub papers: usize,
}

/// Notices in words, each in the zone of its job.
pub fn notice_views(app: &App, notices: &[OutboxNotice]) -> Vec<NoticeView> {
    let view = |notice: &OutboxNotice| {
        let zone = job_of(app, &notice.notice.job).map_or(NO_JOB_ZONE, |job| job.schedule.zone());
        NoticeView::in_zone(notice, zone)
    };
    notices.iter().map(view).collect()
}

impl NoticeView {
    fn in_zone(notice: &OutboxNotice, zone: Tz) -> Self {
        Self {
            subject: notice.notice.subject.clone(),
            channel: match notice.notice.channel.as_str() {
                "smtp" => "surel",
                "webhook" => "webhook",
                _ => "berkas di keluar/",
            },
            made: short_moment(notice.made, zone),
            sent: notice.sent.map(|at| short_moment(at, zone)).unwrap_or_default(),
            tries: notice.tries,
            problem: notice.problem.clone(),
            receipt: notice.receipt.clone(),
            papers: notice.notice.files.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NewNotice;

    #[test]
    fn a_notice_says_its_times_with_the_zone() {
        let made = "2026-11-22T06:48:00Z".parse().unwrap();
        let notice = OutboxNotice {
            id: 1,
            made,
            notice: NewNotice {
                key: "k".to_owned(),
                job: "cadangan".to_owned(),
                channel: "smtp".to_owned(),
                subject: "Simpul: Cadangan gagal".to_owned(),
                body: String::new(),
                files: Vec::new(),
            },
            tries: 0,
            sent: Some(made),
            problem: String::new(),
            receipt: String::new(),
        };
        let view = NoticeView::in_zone(&notice, Tz::Asia__Makassar);
        assert_eq!(
            (view.made.as_str(), view.sent.as_str()),
            ("22 November 2026 14.48 WITA", "22 November 2026 14.48 WITA")
        );
    }
}
