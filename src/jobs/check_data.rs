//! The job that looks for what is late or ends soon and writes a reminder for each Puskesmas into `keluar/`, as of the
//! due day, and walks the chain of the audit. Knows nothing of when it runs.

use super::context::{Point, RunContext};
use super::outgoing::{FOLDER, write_whole};
use super::{JobError, notices};
use crate::app::audit::verdict_words;
use crate::app::reminder::Reminder;
use crate::domain::format;
use crate::domain::name::slug;

/// Writes the reminders, and posts them where a mail server is configured. Says what happened.
pub fn run(context: &RunContext<'_>, days_ahead: u32, recap_due_day: u32) -> Result<String, JobError> {
    let app = context.app();
    let day = context.due_day();
    let puskesmas = app.puskesmas()?;
    let folder = context.folder(FOLDER)?;
    let mut matters = 0;
    for (place, name) in puskesmas.iter().enumerate() {
        context.check()?;
        context.progress(&format!("memeriksa {name}"), place, puskesmas.len());
        let snapshot = app.snapshot(name)?;
        let reminder = Reminder::new(snapshot.facts(), day, days_ahead, recap_due_day);
        let text = reminder.text(name, day);
        let path = folder.join(format!("pengingat-{day}-{}.txt", slug(name)));
        context.at(Point::WritingOut)?;
        write_whole(&path, text.as_bytes())?;
        context.at(Point::WrittenOut)?;
        context.artefact(&path)?;
        context.count("rekap belum masuk", reminder.recaps.len());
        context.count("izin dan PKS berakhir", reminder.papers.len());
        context.count("tindak lanjut lewat batas", reminder.follow_ups.len());
        context.count("keputusan lokmin lewat batas", reminder.decisions.len());
        context.count("keputusan tinjauan manajemen lewat batas", reminder.reviews.len());
        context.count("urusan TPCB lewat batas", reminder.district.len());
        context.log(&format!("{name}: {} hal perlu perhatian", reminder.len()))?;
        if !reminder.is_empty() {
            let subject = format!("Pengingat pembinaan {name} per {}", format::date(day));
            notices::reminder(context, name, &subject, &text)?;
        }
        matters += reminder.len();
    }
    let broken = audit(context)?;
    let said = match puskesmas.len() {
        0 => "belum ada data untuk diperiksa".to_owned(),
        count => format!("{count} Puskesmas diperiksa per {}: {matters} hal perlu perhatian", format::date(day)),
    };
    Ok(if let Some(words) = broken { format!("{said}. {words}") } else { said })
}

/// Walks the chain of the audit; where it is broken, a file says so, and the mail server where there is one.
fn audit(context: &RunContext<'_>) -> Result<Option<String>, JobError> {
    let verdict = context.app().audit().verify(None)?;
    let words = verdict_words(&verdict);
    context.log(&words)?;
    if verdict.fault.is_none() {
        return Ok(None);
    }
    context.count("jejak audit tidak utuh", 1);
    let path = context.folder(FOLDER)?.join(format!("jejak-audit-{}.txt", context.due_day()));
    write_whole(&path, words.as_bytes())?;
    context.artefact(&path)?;
    notices::reminder(context, "jejak audit", "Simpul: jejak audit tidak utuh", &words)?;
    Ok(Some(words))
}
