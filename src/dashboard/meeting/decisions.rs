//! Decisions of meetings: those before with what became of them, and those that this one has taken.

use super::slide::{FormerDecision, LONG_ROWS_MAX, Slide, SlideBody};
use crate::dashboard::context::PageContext;
use crate::domain::written::Decision;
use crate::domain::{Date, format};

/// Decisions of this Puskesmas from before the day of a meeting, by date.
pub(super) fn before<'f>(context: &'f PageContext<'_>, day: Date) -> Vec<&'f Decision> {
    let own = context.evaluator.facts().written.decisions.iter();
    let known = own.filter(|row| row.puskesmas == context.subject.puskesmas).map(|row| &row.row);
    known.filter(|decision| decision.date < day).collect()
}

/// Slides of the last meeting's decisions and of older ones that are still open, nothing told of them; each holds as many as can be read.
pub(super) fn last(context: &PageContext<'_>, day: Date) -> Vec<Slide> {
    let known = before(context, day);
    let Some(date) = known.iter().map(|decision| decision.date).max() else {
        let none = SlideBody::Lines(vec!["Belum ada keputusan lokmin yang dicatat.".to_owned()]);
        return vec![Slide::new("Keputusan rapat lalu".to_owned(), String::new(), none)];
    };
    let of_last = known.iter().filter(|decision| decision.date == date);
    let count = of_last.clone().count();
    let done = of_last.clone().filter(|decision| decision.is_done(day)).count();
    let older = known.iter().filter(|decision| decision.date < date && decision.is_open(day));
    let old = older.clone().count();
    let rows: Vec<FormerDecision> =
        of_last.map(|one| former(one, day, true)).chain(older.map(|one| former(one, day, false))).collect();
    let pages = rows.len().div_ceil(LONG_ROWS_MAX);
    let subtitle = match old {
        0 => format!("Rapat {}", format::date(date)),
        old => format!("Rapat {}; juga {old} dari rapat sebelumnya yang belum selesai", format::date(date)),
    };
    let slide = |(page, rows): (usize, &[FormerDecision])| {
        let part = if pages > 1 { format!(" ({page}/{pages})") } else { String::new() };
        let title = format!("Keputusan rapat lalu{part}: {done} dari {count} selesai");
        Slide {
            notes: rows.iter().filter_map(asked).collect(),
            subject: "Keputusan rapat lalu".to_owned(),
            ..Slide::new(title, subtitle.clone(), SlideBody::Decisions(rows.to_vec()))
        }
    };
    (1..).zip(rows.chunks(LONG_ROWS_MAX)).map(slide).collect()
}

fn former(decision: &Decision, day: Date, is_of_last: bool) -> FormerDecision {
    let done = decision.done.filter(|done| *done <= day).map(|done| format!("● selesai {}", format::date(done)));
    FormerDecision { decision: decision.clone(), is_of_last, done, undone: undone_state(decision, day) }
}

/// The state of a decision that is not done.
pub(super) fn undone_state(decision: &Decision, day: Date) -> String {
    match &decision.follow_up {
        Some(told) if decision.done.is_none() => format!("▲ {told}"),
        _ if decision.due.is_some_and(|due| due < day) => "■ lewat batas".to_owned(),
        _ => "▲ berjalan".to_owned(),
    }
}

/// Question about a decision that is not done, for whoever leads the meeting.
fn asked(row: &FormerDecision) -> Option<String> {
    let whom = row.decision.owner.as_deref().unwrap_or("peserta rapat");
    row.done.is_none().then(|| format!("Tanyakan kepada {whom}: {}, apa hasilnya?", row.decision.decision))
}

/// The slide on which this meeting's decisions stand.
pub(super) fn new(context: &PageContext<'_>, day: Date) -> Slide {
    let own = context.evaluator.facts().written.decisions.iter();
    let of_day = own.filter(|row| row.puskesmas == context.subject.puskesmas && row.row.date == day);
    let taken = of_day.map(|row| row.row.clone()).collect();
    Slide {
        notes: vec![
            "Bacakan setiap keputusan: apa, siapa, kapan. Tekan K di salindia mana pun untuk menulis keputusan."
                .to_owned(),
        ],
        ..Slide::new("Keputusan rapat ini".to_owned(), "Apa, siapa, kapan".to_owned(), SlideBody::NewDecisions(taken))
    }
}
