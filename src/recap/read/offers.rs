//! Offers at the issues of a table, and the guesses that several tables tell in the same words. What a word does, those
//! decide who read the rows.

use super::Reader;
use crate::diagnostic::{Offer, OfferChoice};
use crate::domain::records::CellRef;
use crate::recap::{Chosen, WordSort};

/// Kinds of facilities of villages that are offered at most.
const VILLAGE_KINDS_MAX: usize = 8;

impl Reader<'_> {
    /// Says what can be said to the last issue at a cell; each sort is offered once a table.
    pub(super) fn offer(&mut self, place: CellRef, offer: Offer) {
        if !self.offered.insert(offer.sort) {
            return;
        }
        let last = self.issues.iter_mut().rev().find(|(known, _)| *known == place);
        if let Some(about) = last.and_then(|(_, issue)| issue.about.as_mut()) {
            about.offers.push(offer);
        }
    }

    /// Offers to say whether rows are villages, and of which kind of facility.
    pub(super) fn offer_villages(&mut self, place: CellRef) {
        let kinds = self.context.village_kinds().into_iter().take(VILLAGE_KINDS_MAX);
        let mut choices: Vec<OfferChoice> =
            kinds.map(|kind| OfferChoice::new(kind.clone(), format!("{kind} di desa itu"))).collect();
        choices.push(OfferChoice::new(Chosen::NoVillages.code(), Chosen::NoVillages.phrase()));
        self.offer(place, WordSort::Villages.offer_of(choices, String::new()));
    }

    /// Offers to say which marks count.
    pub(super) fn offer_marks(&mut self, place: CellRef) {
        self.offer(place, WordSort::Marks.offer(None));
    }

    /// Tells which facilities villages were read as.
    pub(super) fn tell_villages(&mut self, place: CellRef) {
        if self.villages.is_empty() || self.table.said_text(WordSort::Villages).is_some() {
            return;
        }
        let named: Vec<String> = self.villages.iter().map(|(village, name)| format!("{village} = {name}")).collect();
        let message = format!(
            "baris desa dibaca sebagai faskes di desa itu: {}; bila bukan, tulis nama faskesnya sebagai ganti nama desa",
            named.join(", ")
        );
        self.reading(place, message);
        self.offer_villages(place);
    }
}
