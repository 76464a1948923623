//! One item with its history, its files, and the forms for the steps that whoever reads it may take next.

use super::list;
use crate::domain::district_case::{CaseStep, PlacedStep};
use crate::domain::district_items::{CoachingItem, number_key};
use crate::domain::{Date, EvidenceOf, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::pages::evidence::thing_address;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::symbol::Symbol;

/// An item on its page.
pub(super) struct ItemView {
    pub(super) number: String,
    pub(super) title: String,
    /// Label and words of what was found and advised; without those that are blank.
    pub(super) said: Vec<(&'static str, String)>,
    pub(super) symbol: Symbol,
    pub(super) state: &'static str,
    pub(super) late: String,
    pub(super) turn: String,
    /// Steps that were passed over, in words; empty where none was.
    pub(super) skipped: String,
    pub(super) steps: Vec<TakenStepRow>,
    pub(super) files: usize,
    pub(super) attach: String,
    pub(super) forms: Vec<NextStepForm>,
}

/// A step that was taken.
pub(super) struct TakenStepRow {
    pub(super) date: String,
    pub(super) step: &'static str,
    pub(super) side: &'static str,
    pub(super) who: String,
    pub(super) note: String,
    pub(super) proof: String,
    /// Reason for which it counts for nothing; empty where it counts.
    pub(super) fault: &'static str,
}

/// A form that takes a step.
pub(super) struct NextStepForm {
    pub(super) step: &'static str,
    pub(super) button: &'static str,
    /// Words above the note.
    pub(super) note: &'static str,
    pub(super) needs_note: bool,
    pub(super) needs_proof: bool,
    /// True for the usual one of several.
    pub(super) is_main: bool,
    pub(super) today: String,
    pub(super) name: String,
}

/// Material with which items are shown.
#[derive(Clone, Copy)]
pub(super) struct ItemViews<'v> {
    pub(super) site: &'v Site,
    pub(super) chosen: &'v ResolvedRequest,
    pub(super) links: &'v Links,
    pub(super) as_of: Date,
}

impl ItemViews<'_> {
    /// One item.
    pub(super) fn item(&self, item: &CoachingItem<'_>) -> ItemView {
        let visit = item.visit;
        let said = [
            ("Fakta", visit.fact.clone()),
            ("Kesimpulan", visit.conclusion.clone()),
            ("Rekomendasi Puskesmas", visit.for_puskesmas.clone()),
            ("Rekomendasi Dinas Kesehatan", visit.for_district.clone()),
            ("Target waktu", visit.due.map(format::date)),
            ("Yang mengerjakan", Some(item.doer.label().to_owned())),
        ];
        let coached = visit.date;
        let key = number_key(&item.number);
        let of: EvidenceOf<u32> = EvidenceOf::CoachingItem { coached, number: key.clone() };
        let skipped: Vec<String> = item.history.skipped.iter().map(|step| step.label().to_lowercase()).collect();
        ItemView {
            number: item.number.clone(),
            title: item.title().to_owned(),
            said: said.into_iter().filter_map(|(label, words)| Some((label, words?))).collect(),
            symbol: list::symbol(item, self.as_of),
            state: item.state().label(),
            late: list::late_words(item, self.as_of),
            turn: list::turn_words(item),
            skipped: skipped.join(", "),
            steps: item.history.steps.iter().map(|placed| step_row(placed, item)).collect(),
            files: self.chosen.snapshot.facts().attached.iter().filter(|file| file.of == of).count(),
            attach: thing_address(&EvidenceOf::CoachingItem { coached, number: key }, self.links),
            forms: self.forms(item),
        }
    }

    /// The steps that may be taken next by the side for which the reader acts.
    fn forms(&self, item: &CoachingItem<'_>) -> Vec<NextStepForm> {
        let app = self.site.app();
        let may = |step: &&CaseStep| app.acts_for(step.side(item.doer), &self.chosen.puskesmas);
        // What is shown as of an earlier day is not changed from there.
        let is_now = !self.chosen.is_as_of_given;
        let steps = item.state().next().iter().filter(|_| is_now).filter(may);
        let form = |(place, step): (usize, &CaseStep)| NextStepForm {
            step: step.label(),
            button: step.act(),
            note: note_label(*step),
            needs_note: step.needs_note(),
            needs_proof: step.needs_proof(),
            is_main: place == 0,
            today: format::date(app.clock().today()),
            name: app.who().to_owned(),
        };
        steps.enumerate().map(form).collect()
    }
}

fn note_label(step: CaseStep) -> &'static str {
    match step {
        CaseStep::Answered => "Jawaban",
        CaseStep::Returned => "Alasan dikembalikan",
        CaseStep::FollowedUp => "Yang dikerjakan",
        _ => "Catatan",
    }
}

fn step_row(placed: &PlacedStep, item: &CoachingItem<'_>) -> TakenStepRow {
    let taken = &placed.taken;
    TakenStepRow {
        date: format::date(taken.date),
        step: taken.step.label(),
        side: taken.side.unwrap_or_else(|| taken.step.side(item.doer)).label(),
        who: taken.who.clone(),
        note: taken.note.clone(),
        proof: taken.proof.clone(),
        fault: placed.effect.fault().unwrap_or_default(),
    }
}
