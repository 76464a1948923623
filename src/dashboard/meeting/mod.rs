//! The slides of a lokmin, in the order of its definition. Plain data; knows no markup, and computes no figure that a
//! page does not show too.

mod decisions;
mod indicators;
mod matters;
mod slide;

use super::context::PageContext;
use crate::definitions::{Dashboard, PanelKind, SlideKind};
use crate::domain::meeting_held::{MeetingHeld, Turnout, Turnouts};
use crate::domain::{Date, PeriodKind, format};

pub use slide::{FormerDecision, Gap, ROWS_MAX, Slide, SlideBar, SlideBars, SlideBody, SlideShow, SlideTable};

/// Makes the slides that a definition of scope `meeting` names, for a meeting on `day`.
pub fn meeting(definition: &Dashboard, context: &PageContext<'_>, day: Date) -> SlideShow {
    let title = context.fill(&definition.title);
    let kind = context.subject.period.kind();
    let held = MeetingHeld { puskesmas: context.subject.puskesmas, day, sort: MeetingHeld::sort_for(kind) };
    let turnouts = Turnouts::from_facts(context.evaluator.facts(), held);
    let mut slides: Vec<Slide> = Vec::new();
    for panel in &definition.panels {
        let PanelKind::Slide(slide) = &panel.kind else { continue };
        match slide {
            SlideKind::Opening => slides.push(opening(context, &title, agenda(definition, kind))),
            SlideKind::LastDecisions => slides.extend(decisions::last(context, day)),
            SlideKind::ServiceIndicators => slides.extend(indicators::service_indicators(context, day)),
            SlideKind::NeedHelp => slides.push(matters::need_help(context)),
            SlideKind::OpenFollowUps => slides.push(matters::open_follow_ups(context)),
            SlideKind::NextVisits => slides.push(matters::next_visits(context)),
            SlideKind::NewDecisions => slides.push(decisions::new(context, day)),
            SlideKind::Closing => slides.push(closing(context)),
        }
    }
    SlideShow {
        title,
        subtitle: context.fill(&definition.question),
        turnout: turnout(&turnouts),
        invitees: turnouts.invitees,
        slides,
    }
}

/// The agenda: what the slides after the opening are about.
fn agenda(definition: &Dashboard, kind: PeriodKind) -> Vec<&'static str> {
    let slides = definition.panels.iter().filter_map(|panel| match panel.kind {
        PanelKind::Slide(slide) => Some(slide),
        _ => None,
    });
    slides.filter_map(|slide| agenda_item(slide, kind)).collect()
}

fn agenda_item(slide: SlideKind, kind: PeriodKind) -> Option<&'static str> {
    match slide {
        SlideKind::Opening | SlideKind::Closing => None,
        SlideKind::LastDecisions => Some("Keputusan rapat lalu"),
        SlideKind::ServiceIndicators => Some("Capaian indikator layanan"),
        SlideKind::NeedHelp => Some("Faskes yang perlu bantuan"),
        SlideKind::OpenFollowUps => Some("Tindak lanjut yang belum selesai"),
        SlideKind::NextVisits if kind == PeriodKind::Quarter => Some("Jadwal pembinaan triwulan depan"),
        SlideKind::NextVisits => Some("Jadwal pembinaan bulan depan"),
        SlideKind::NewDecisions => Some("Keputusan rapat ini"),
    }
}

fn opening(context: &PageContext<'_>, title: &str, agenda: Vec<&'static str>) -> Slide {
    let completeness = context.result().completeness;
    let lines = vec![
        format!("Hasil {}", format::period(context.subject.period)),
        format!("{} dari {} faskes sudah ada datanya", completeness.facilities_with_data, completeness.facilities),
    ];
    Slide {
        notes: vec![
            "Tandai yang hadir: klik namanya, atau tekan H lalu ketik nama dan Enter.".to_owned(),
            "Sebutkan acara dan lamanya rapat.".to_owned(),
        ],
        ..Slide::new(title.to_owned(), context.puskesmas_name().to_owned(), SlideBody::Opening { lines, agenda })
    }
}

/// Who was invited and came, as far as a recap or this meeting tells.
fn turnout(turnouts: &Turnouts) -> String {
    if !turnouts.is_known {
        return "Daftar hadir belum diisi".to_owned();
    }
    let invited = turnouts.invitees.iter().filter(|one| one.turnout != Turnout::Uninvited).count();
    let came = turnouts.invitees.iter().filter(|one| one.turnout == Turnout::Came).count();
    format!("Hadir {came} dari {invited} faskes yang diundang")
}

fn closing(context: &PageContext<'_>) -> Slide {
    let next = context.subject.period.next();
    let lines = vec![
        "Keputusan yang dicatat tercetak di notulen dan tampil di rapat berikutnya.".to_owned(),
        format!("Rapat berikutnya membahas hasil {}.", format::period(next)),
    ];
    Slide {
        notes: vec!["Simpan notulen, lalu kirim kepada yang tidak hadir.".to_owned()],
        ..Slide::new("Terima kasih".to_owned(), context.puskesmas_name().to_owned(), SlideBody::Closing(lines))
    }
}
