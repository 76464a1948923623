//! Slides of a meeting that never took place: one of each content, with words that are written here.

use super::examples::{HOSTILE_NAME, LONG_NAME};
use crate::dashboard::meeting::{FormerDecision, Gap, Slide, SlideBar, SlideBars, SlideBody, SlideTable};
use crate::domain::Date;
use crate::domain::meeting_held::{Invitee, Turnout};
use crate::domain::written::Decision;

/// Facilities that are invited: come, not come, and not invited.
pub fn invitees() -> Vec<Invitee> {
    [
        ("Klinik Melati", Turnout::Came),
        (LONG_NAME, Turnout::Stayed),
        (HOSTILE_NAME, Turnout::Came),
        ("Pustu Diam", Turnout::Uninvited),
    ]
    .map(|(name, turnout)| Invitee { name: name.to_owned(), turnout })
    .to_vec()
}

/// One slide of each content; `day` is the day of the meeting.
pub fn slides(day: Date) -> Vec<Slide> {
    let words = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let names = || words(&["Klinik Melati", LONG_NAME, HOSTILE_NAME]);
    vec![
        slide(
            "Lokakarya mini, contoh",
            SlideBody::Opening {
                lines: words(&["6 dari 8 faskes melapor.", "Skor 89,9: Cukup."]),
                agenda: vec!["Keputusan rapat lalu", "Indikator layanan", "Keputusan baru"],
            },
        ),
        slide("Dua dari tiga keputusan selesai", SlideBody::Decisions(former(day))),
        slide("Satu faskes di bawah target", SlideBody::Bars(bars())),
        slide("Yang perlu dibantu", SlideBody::Lines(words(&["Klinik Melati: jadwal.", "Pustu Diam: belum lapor."]))),
        slide("Kunjungan bulan depan", SlideBody::Names { names: names(), left_out: 12 }),
        slide(
            "Tindak lanjut yang terbuka",
            SlideBody::Table(SlideTable {
                heads: vec!["Faskes", "Hari", "Tindak lanjut"],
                rows: names().into_iter().map(|name| vec![name, "12".to_owned(), "Lengkapi SOP".to_owned()]).collect(),
                left_out: 3,
            }),
        ),
        slide("Keputusan baru", SlideBody::NewDecisions(vec![decision(day, "Kirim ulang laporan", None)])),
        slide("Terima kasih", SlideBody::Closing(words(&["Rapat berikut: 12 September 2023."]))),
    ]
}

fn slide(title: &str, body: SlideBody) -> Slide {
    Slide {
        title: title.to_owned(),
        subtitle: "Contoh; bukan data Puskesmas mana pun".to_owned(),
        body,
        notes: vec!["Catatan untuk pemimpin rapat.".to_owned()],
        subject: String::new(),
        facilities: Vec::new(),
    }
}

fn decision(day: Date, words: &str, done: Option<Date>) -> Decision {
    Decision {
        date: day,
        problem: None,
        facility: Some(LONG_NAME.to_owned()),
        decision: words.to_owned(),
        owner: Some("Bd. Ani".to_owned()),
        due: Some(day),
        follow_up: None,
        done,
        meeting: None,
    }
}

fn former(day: Date) -> Vec<FormerDecision> {
    let row = |words: &str, is_done: bool, undone: &str| FormerDecision {
        decision: decision(day, words, is_done.then_some(day)),
        is_of_last: true,
        done: is_done.then(|| "selesai".to_owned()),
        undone: undone.to_owned(),
    };
    vec![row("Kunjungi Pustu Diam", true, "belum"), row(HOSTILE_NAME, false, "terlambat 12 hari")]
}

fn bars() -> SlideBars {
    let bar = |name: &str, percent, words: &str, is_reached| SlideBar {
        name: name.to_owned(),
        percent,
        words: words.to_owned(),
        is_reached,
    };
    SlideBars {
        bars: vec![
            bar(HOSTILE_NAME, Some(118.0), "118,0 % (59 dari 50)", Some(true)),
            bar(LONG_NAME, Some(42.0), "42,0 % (21 dari 50)", Some(true)),
            bar("Posyandu Nol", Some(0.0), "0,0 % (0 dari 12)", Some(false)),
            bar("Posyandu Kecil", Some(33.3), "33,3 % (1 dari 3)", None),
        ],
        gap: Some(Gap { after: 2, count: 9 }),
        target: 40.0,
        total: bar("Puskesmas", Some(44.2), "44,2 % (81 dari 183)", Some(true)),
        unreported: vec!["Pustu Diam".to_owned()],
        talk: vec!["Posyandu Nol: kurang 40 dari target".to_owned()],
    }
}
