//! Who is told of what: notices go into the outbox first and from there into `keluar/`, to a mail server or to another
//! program; what cannot be told waits there, and is shown.

use chrono::Duration;

use super::announcement::{Announcement, Occasion};
use super::attachments::Parcels;
use super::context::{Hook, Point, RunContext};
use super::due::{Missed, Settlement};
use super::outgoing::{FOLDER, write_whole};
use super::words::{moment, state_word};
use super::{JobError, mail, webhook};
use crate::app::App;
use crate::definitions::{Job, JobAction, Notify, NotifyOn, PapersByMail, Smtp};
use crate::domain::name::slug;
use crate::store::{Artefact, NewNotice, OutboxNotice, RunId};

/// Channel of notices that are written into `keluar/`.
pub const FILE: &str = "file";
/// Channel of notices that go to the job's mail server.
pub const SMTP: &str = "smtp";
/// Channel of notices that go to the job's webhook.
pub const WEBHOOK: &str = "webhook";
/// The longest wait between two tries.
const WAIT_MAX: Duration = Duration::hours(6);
/// Wait between the first try and the second.
const WAIT_FIRST: Duration = Duration::minutes(2);
/// Due times that a notice names one by one.
const MISSED_TOLD_MAX: usize = 60;
/// Lines of the log that a notice repeats.
const LOG_LINES_MAX: usize = 20;

/// Posts what is to be told of the end of a run.
pub fn ended(app: &App, job: &Job, run: RunId, on: NotifyOn) -> Result<(), JobError> {
    // Who wants to hear that it was done wants to hear that there was nothing to do it with.
    let is_wanted = job.notify.on.contains(&on) || on == NotifyOn::NoData && job.notify.on.contains(&NotifyOn::Done);
    if !is_wanted {
        return Ok(());
    }
    let Some(run) = app.ledger().run(run)? else { return Ok(()) };
    let word = state_word(run.state);
    let zone = job.schedule.zone();
    let mut lines = vec![
        format!("Tugas     : {} ({})", job.title, job.name),
        format!("Jadwal    : {}", moment(run.due, zone)),
        format!("Keadaan   : {word}"),
        format!("Percobaan : {}", run.attempt),
        format!("Keterangan: {}", run.message),
        String::new(),
    ];
    let log = app.ledger().run_lines(run.id)?;
    let from = log.len().saturating_sub(LOG_LINES_MAX);
    lines.extend(log[from..].iter().map(|line| format!("{} {}", moment(line.at, zone), line.line)));
    let announcement = Announcement {
        key: format!("run-{}-{}", run.id, run.state.code()),
        occasion: Occasion::RunEnded,
        subject: format!("Simpul: {} {}", job.title, word.to_lowercase()),
        text: lines.join("\r\n") + "\r\n",
        run: Some(&run),
        files: app.ledger().artefacts(run.id)?,
    };
    post(app, job, &announcement, true)
}

/// Posts what is to be told of due times that nothing made up for: every one that was entered as missed, whether or not
/// a later one is run.
pub fn missed(app: &App, job: &Job, settlement: &Settlement) -> Result<(), JobError> {
    let missed = &settlement.missed;
    let Some(first) = missed.first() else { return Ok(()) };
    let Some(last) = missed.last() else { return Ok(()) };
    if !job.notify.on.contains(&NotifyOn::Missed) {
        return Ok(());
    }
    let zone = job.schedule.zone();
    let count: u32 = missed.iter().map(|entry| entry.count).sum();
    let text = format!(
        "Tugas otomatis {} ({}) terlewat {count} kali, dari {} sampai {}: Simpul tidak berjalan pada waktunya.\r\n\
         Tidak disusul:\r\n{}{}",
        job.title,
        job.name,
        moment(first.since, zone),
        moment(last.due, zone),
        not_made_up(missed, zone),
        made_up(settlement, zone)
    );
    let announcement = Announcement {
        key: format!("missed-{}-{}", job.name, last.due.timestamp()),
        occasion: Occasion::RunsMissed,
        subject: format!("Simpul: {} terlewat", job.title),
        text,
        run: None,
        files: Vec::new(),
    };
    post(app, job, &announcement, true)
}

/// Returns a line for each due time that nothing made up for; the earliest of very many share one.
fn not_made_up(missed: &[Missed], zone: chrono_tz::Tz) -> String {
    let named = &missed[missed.len().saturating_sub(MISSED_TOLD_MAX)..];
    let earlier: u32 = missed[..missed.len() - named.len()].iter().map(|entry| entry.count).sum();
    let line = |entry: &Missed| match entry.count {
        1 => format!("- {}\r\n", moment(entry.due, zone)),
        count => format!("- {count} jadwal dari {} sampai {}\r\n", moment(entry.since, zone), moment(entry.due, zone)),
    };
    let before = if earlier > 0 { format!("- {earlier} jadwal sebelumnya\r\n") } else { String::new() };
    before + &named.iter().map(line).collect::<String>()
}

/// Returns the line about runs that are later than they were due, which stands behind the missed ones; blank where
/// there are none.
fn made_up(settlement: &Settlement, zone: chrono_tz::Tz) -> String {
    let late: Vec<String> =
        settlement.runs.iter().filter(|run| !run.is_on_time).map(|run| moment(run.due, zone)).collect();
    if late.is_empty() { String::new() } else { format!("Dijalankan menyusul: {}.\r\n", late.join(", ")) }
}

/// Posts a reminder that lies in `keluar/` already: for the mail server and the webhook.
pub fn reminder(context: &RunContext<'_>, about: &str, subject: &str, text: &str) -> Result<(), JobError> {
    let announcement = Announcement {
        key: format!("reminder-{}-{}", context.run().id, slug(about)),
        occasion: Occasion::Reminder,
        subject: subject.to_owned(),
        text: text.to_owned(),
        run: None,
        files: Vec::new(),
    };
    post(context.app(), context.job(), &announcement, false)
}

/// Puts an announcement into the outbox, once for each channel that the job names.
fn post(app: &App, job: &Job, announcement: &Announcement<'_>, is_written_out: bool) -> Result<(), JobError> {
    let mut notices = Vec::new();
    let plain = |channel: &str| NewNotice {
        key: format!("{}-{channel}", announcement.key),
        job: job.name.clone(),
        channel: channel.to_owned(),
        subject: announcement.subject.clone(),
        body: announcement.text.clone(),
        files: Vec::new(),
    };
    if is_written_out {
        notices.push(plain(FILE));
    }
    match job.notify.smtp.as_ref().map(|smtp| smtp.papers) {
        None => {}
        Some(PapersByMail::Attached) if matches!(job.run, JobAction::Report(_)) => {
            let new = app.ledger().never_posted(&job.name, SMTP, announcement.files.clone())?;
            notices.extend(mails(&plain(SMTP), Parcels::of_papers(new)));
        }
        Some(_) => notices.push(plain(SMTP)),
    }
    if job.notify.webhook.is_some() {
        let mut notice = plain(WEBHOOK);
        notice.body = announcement.to_json(job, &notice.key)?;
        notices.push(notice);
    }
    for notice in notices {
        app.ledger().post(&notice, app.clock().now())?;
    }
    Ok(())
}

/// The mails of one announcement: one at least, and each with the papers that it carries.
fn mails(plain: &NewNotice, parcels: Parcels) -> Vec<NewNotice> {
    let mut first = plain.clone();
    let left = |paper: &Artefact| {
        format!("Tidak dilampirkan: {} (terlalu besar untuk surel; ambil di folder data).\r\n", paper.path)
    };
    first.body.extend(parcels.left.iter().map(left));
    let count = parcels.mails.len();
    let mut notices = vec![first];
    for (number, papers) in (1..).zip(parcels.mails) {
        if number > 1 {
            let key = format!("{}-{number}", plain.key);
            notices.push(NewNotice { key, body: String::new(), ..plain.clone() });
        }
        let Some(notice) = notices.last_mut() else { continue };
        if count > 1 {
            notice.subject.extend([format!(" (surel {number} dari {count})")]);
        }
        notice.body += "Terlampir:\r\n";
        notice.body.extend(papers.iter().map(|paper| format!("- {}\r\n", paper.path)));
        notice.files = papers;
    }
    notices
}

/// Tells what waits; what cannot be told waits on, longer each time.
pub fn deliver(app: &App, hook: &Hook) -> Result<(), JobError> {
    for notice in app.ledger().waiting_notices(app.clock().now(), WAIT_MAX)? {
        let told = hook.at(Point::Telling).and_then(|()| tell(app, &notice));
        let told = told.and_then(|receipt| hook.at(Point::Told).map(|()| receipt));
        let now = app.clock().now();
        match told {
            Err(JobError::Killed) => return Err(JobError::Killed),
            Ok(receipt) => app.ledger().notice_sent(notice.id, now, &receipt)?,
            Err(error) => {
                let factor = 1_i32.checked_shl(notice.tries.min(20)).unwrap_or(i32::MAX);
                let wait = WAIT_FIRST.checked_mul(factor).map_or(WAIT_MAX, |wait| wait.min(WAIT_MAX));
                tracing::warn!(job.name = %notice.notice.job, error = %error, "pemberitahuan menunggu");
                app.ledger().notice_failed(notice.id, &error.to_string(), now + wait)?;
            }
        }
    }
    Ok(())
}

/// Tells one notice and returns the receipt; blank where nobody answers.
fn tell(app: &App, notice: &OutboxNotice) -> Result<String, JobError> {
    let notify = notify_of(app, &notice.notice.job);
    match notice.notice.channel.as_str() {
        SMTP => {
            let smtp: Option<Smtp> = notify.and_then(|notify| notify.smtp);
            let gone = || JobError::Mail("berkas tugasnya tidak menyebut peladen surat lagi".to_owned());
            mail::send(app.data(), &smtp.ok_or_else(gone)?, notice)
        }
        WEBHOOK => {
            let url = "alamat webhook".to_owned();
            let what = "berkas tugasnya tidak menyebutnya lagi".to_owned();
            let webhook = notify.and_then(|notify| notify.webhook).ok_or(JobError::Webhook { url, what })?;
            webhook::send(app.data(), &webhook, notice, app.clock().now())
        }
        _ => {
            let folder = app.data().join(FOLDER);
            std::fs::create_dir_all(&folder)?;
            // The number makes the name its own, and the second try of one notice the same file.
            let name = format!("{}-{}-{}.txt", notice.made.date_naive(), slug(&notice.notice.subject), notice.id);
            write_whole(&folder.join(name), notice.notice.body.as_bytes())?;
            Ok(String::new())
        }
    }
}

fn notify_of(app: &App, job: &str) -> Option<Notify> {
    app.definitions().jobs.iter().find(|known| known.name == job).map(|job| job.notify.clone())
}
