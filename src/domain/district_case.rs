//! The life of one item of the district team's coaching: which step follows which, which side may take it, and the state
//! that follows from the steps. Pure rules; knows no record, no page and no account.

use std::collections::BTreeSet;

use super::Date;
use super::name::plain_words;

/// One of the two parties at the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseSide {
    /// The district's coaching team, and the office behind it.
    Team,
    /// The Puskesmas that is coached.
    Puskesmas,
}

impl CaseSide {
    /// Both, in the order in which forms offer them.
    pub const ALL: [Self; 2] = [Self::Team, Self::Puskesmas];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["TPCB", "Puskesmas"];

    /// The word on pages and sheets.
    pub fn label(self) -> &'static str {
        match self {
            Self::Team => Self::WORDS[0],
            Self::Puskesmas => Self::WORDS[1],
        }
    }

    /// The side of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| plain_words(side.label()) == plain_words(label))
    }

    /// The party at the other end of the table.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Team => Self::Puskesmas,
            Self::Puskesmas => Self::Team,
        }
    }
}

/// A step that somebody takes with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseStep {
    /// The formal feedback went to the Puskesmas.
    Sent,
    /// The Puskesmas has it.
    Received,
    /// The Puskesmas said what it will do.
    Answered,
    /// The request was carried out, with proof.
    FollowedUp,
    /// The other side looked at the proof and sent it back, with a reason.
    Returned,
    /// The other side looked at the proof and accepts it.
    Verified,
    /// The item is closed.
    Closed,
}

impl CaseStep {
    /// All, in the order of an item's life.
    pub const ALL: [Self; 7] =
        [Self::Sent, Self::Received, Self::Answered, Self::FollowedUp, Self::Returned, Self::Verified, Self::Closed];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] =
        &["Dikirim", "Diterima", "Dijawab", "Ditindaklanjuti", "Dikembalikan", "Diverifikasi", "Selesai"];

    /// The word on pages and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The step of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| plain_words(step.label()) == plain_words(label))
    }

    /// The words of the button that takes it.
    pub fn act(self) -> &'static str {
        match self {
            Self::Sent => "Kirim umpan balik",
            Self::Received => "Terima umpan balik",
            Self::Answered => "Jawab",
            Self::FollowedUp => "Laporkan tindak lanjut",
            Self::Returned => "Kembalikan",
            Self::Verified => "Verifikasi",
            Self::Closed => "Nyatakan selesai",
        }
    }

    /// The side that takes it; `doer` has to carry out what the item asks for.
    pub fn side(self, doer: CaseSide) -> CaseSide {
        match self {
            Self::Sent | Self::Closed => CaseSide::Team,
            Self::Received => CaseSide::Puskesmas,
            Self::Answered | Self::FollowedUp => doer,
            Self::Returned | Self::Verified => doer.other(),
        }
    }

    /// Reports whether it says nothing without words: the answer itself, the reason for sending back.
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Answered | Self::Returned)
    }

    /// Reports whether it says nothing without proof.
    pub fn needs_proof(self) -> bool {
        self == Self::FollowedUp
    }

    /// State into which it leads.
    fn leads_to(self) -> CaseState {
        match self {
            Self::Sent => CaseState::Sent,
            Self::Received => CaseState::Received,
            Self::Answered => CaseState::Answered,
            Self::FollowedUp => CaseState::FollowedUp,
            Self::Returned => CaseState::Returned,
            Self::Verified => CaseState::Verified,
            Self::Closed => CaseState::Closed,
        }
    }

    /// Place in the life of an item: the proof is looked at with two outcomes.
    fn place(self) -> u8 {
        match self {
            Self::Sent => 1,
            Self::Received => 2,
            Self::Answered => 3,
            Self::FollowedUp => 4,
            Self::Returned | Self::Verified => 5,
            Self::Closed => 6,
        }
    }
}

/// State of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseState {
    /// Written down at the coaching, not sent yet.
    Drafted,
    /// Sent to the Puskesmas.
    Sent,
    /// Received by the Puskesmas.
    Received,
    /// Answered by whoever has to do it.
    Answered,
    /// Sent back with a reason: to be followed up once more.
    Returned,
    /// Followed up; the proof waits to be looked at.
    FollowedUp,
    /// The proof was accepted.
    Verified,
    /// Closed.
    Closed,
}

impl CaseState {
    /// All, in the order of an item's life.
    pub const ALL: [Self; 8] = [
        Self::Drafted,
        Self::Sent,
        Self::Received,
        Self::Answered,
        Self::Returned,
        Self::FollowedUp,
        Self::Verified,
        Self::Closed,
    ];

    /// The word on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Drafted => "Disusun",
            Self::Sent => "Dikirim",
            Self::Received => "Diterima",
            Self::Answered => "Dijawab",
            Self::Returned => "Dikembalikan",
            Self::FollowedUp => "Ditindaklanjuti",
            Self::Verified => "Diverifikasi",
            Self::Closed => "Selesai",
        }
    }

    /// The steps that may be taken next.
    pub fn next(self) -> &'static [CaseStep] {
        match self {
            Self::Drafted => &[CaseStep::Sent],
            Self::Sent => &[CaseStep::Received],
            Self::Received => &[CaseStep::Answered],
            Self::Answered | Self::Returned => &[CaseStep::FollowedUp],
            Self::FollowedUp => &[CaseStep::Verified, CaseStep::Returned],
            Self::Verified => &[CaseStep::Closed],
            Self::Closed => &[],
        }
    }

    /// The side whose turn it is; none once the item is closed.
    pub fn turn(self, doer: CaseSide) -> Option<CaseSide> {
        self.next().first().map(|step| step.side(doer))
    }

    /// Reports whether what the item asks for is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::FollowedUp | Self::Verified | Self::Closed)
    }

    fn place(self) -> u8 {
        match self {
            Self::Drafted => 0,
            Self::Sent => 1,
            Self::Received => 2,
            Self::Answered | Self::Returned => 3,
            Self::FollowedUp => 4,
            Self::Verified => 5,
            Self::Closed => 6,
        }
    }
}

/// A step as it was written down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakenStep {
    /// Day on which it was taken.
    pub date: Date,
    /// Step that was taken.
    pub step: CaseStep,
    /// Side that took it; none where nobody wrote it: the one that may.
    pub side: Option<CaseSide>,
    /// Person or account that took it; may be blank.
    pub who: String,
    /// Answer, reason or remark; may be blank.
    pub note: String,
    /// Proof in words; may be blank.
    pub proof: String,
}

/// Effect of a step on its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepEffect {
    /// Led to another state.
    Moved,
    /// Said once more what was said before: nothing changed.
    Repeated,
    /// Came where it does not fit: it counts for nothing until its day or its step is corrected.
    OutOfOrder,
    /// Was written for a side that may not take it.
    WrongSide,
    /// Lies before the coaching itself.
    TooEarly,
}

impl StepEffect {
    /// Sentence about a step that counts for nothing; none for the others.
    pub fn fault(self) -> Option<&'static str> {
        match self {
            Self::Moved | Self::Repeated => None,
            Self::OutOfOrder => {
                Some("tidak dihitung: tidak mengikuti langkah sebelumnya; periksa tanggal dan langkahnya")
            }
            Self::WrongSide => {
                Some("tidak dihitung: pihak ini tidak berwenang mengambil langkah itu; perbaiki kolom Pihak")
            }
            Self::TooEarly => Some("tidak dihitung: tanggalnya sebelum pembinaan; perbaiki tanggalnya"),
        }
    }
}

/// A step with what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedStep {
    /// Step as it was written down.
    pub taken: TakenStep,
    /// Effect on the item.
    pub effect: StepEffect,
}

/// The history of an item, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseHistory {
    /// Present state.
    pub state: CaseState,
    /// Day of the step that led to it; none as long as nothing was sent.
    pub since: Option<Date>,
    /// Steps in the order in which they count.
    pub steps: Vec<PlacedStep>,
    /// Steps before the present state that nobody wrote down.
    pub skipped: Vec<CaseStep>,
}

impl CaseHistory {
    /// Works the state out from the steps of an item, in whatever order they came: by day, and within a day in the order
    /// in which they can follow each other. A step may pass over others, which are then told as skipped.
    pub fn new(coached: Date, doer: CaseSide, steps: Vec<TakenStep>) -> Self {
        let mut waiting = steps;
        waiting.sort();
        waiting.dedup();
        let mut history = Self { state: CaseState::Drafted, since: None, steps: Vec::new(), skipped: Vec::new() };
        while let Some(date) = waiting.first().map(|taken| taken.date) {
            let later = waiting.split_off(waiting.partition_point(|taken| taken.date == date));
            history.take_day(coached, doer, std::mem::replace(&mut waiting, later));
        }
        history.skipped = history.skipped_before();
        history
    }

    /// Day of the last step of a kind that counts.
    pub fn day_of(&self, step: CaseStep) -> Option<Date> {
        self.counted().filter(|taken| taken.step == step).map(|taken| taken.date).next_back()
    }

    /// Steps that count.
    pub fn counted(&self) -> impl DoubleEndedIterator<Item = &TakenStep> {
        self.steps.iter().filter(|placed| placed.effect.fault().is_none()).map(|placed| &placed.taken)
    }

    /// Reports whether the item should have been followed up by `as_of` and was not.
    pub fn is_overdue(&self, due: Option<Date>, as_of: Date) -> bool {
        self.state.is_open() && due.is_some_and(|due| due < as_of)
    }

    fn take_day(&mut self, coached: Date, doer: CaseSide, mut day: Vec<TakenStep>) {
        let effect = |taken: &TakenStep| {
            if taken.date < coached {
                Some(StepEffect::TooEarly)
            } else if taken.side.is_some_and(|side| side != taken.step.side(doer)) {
                Some(StepEffect::WrongSide)
            } else {
                None
            }
        };
        while let Some(place) = self.next_of(&day, effect) {
            let taken = day.remove(place);
            self.state = taken.step.leads_to();
            self.since = Some(taken.date);
            self.steps.push(PlacedStep { taken, effect: StepEffect::Moved });
        }
        for taken in day {
            let was_counted = self.counted().any(|known| known.step == taken.step);
            let usual = if was_counted { StepEffect::Repeated } else { StepEffect::OutOfOrder };
            let effect = effect(&taken).unwrap_or(usual);
            self.steps.push(PlacedStep { taken, effect });
        }
    }

    /// The step of a day that comes next: the nearest one; of the two outcomes of looking at a proof the return, since
    /// nothing comes back after it was accepted.
    fn next_of(&self, day: &[TakenStep], fault: impl Fn(&TakenStep) -> Option<StepEffect>) -> Option<usize> {
        let fits = |taken: &TakenStep| fault(taken).is_none() && taken.step.place() > self.state.place();
        let fitting = day.iter().enumerate().filter(|(_, taken)| fits(taken));
        fitting.min_by_key(|(_, taken)| (taken.step.place(), taken.step)).map(|(place, _)| place)
    }

    fn skipped_before(&self) -> Vec<CaseStep> {
        let counted: BTreeSet<CaseStep> = self.counted().map(|taken| taken.step).collect();
        let reached = counted.iter().map(|step| step.place()).max().unwrap_or(0);
        let is_missing =
            |step: &CaseStep| *step != CaseStep::Returned && step.place() < reached && !counted.contains(step);
        CaseStep::ALL.into_iter().filter(is_missing).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: u32) -> Date {
        Date::from_ymd_opt(2026, 3, number).unwrap()
    }

    fn step(step: CaseStep, number: u32) -> TakenStep {
        let blank = String::new;
        TakenStep { date: day(number), step, side: None, who: blank(), note: blank(), proof: blank() }
    }

    fn history(steps: &[(CaseStep, u32)]) -> CaseHistory {
        let steps = steps.iter().map(|(kind, number)| step(*kind, *number)).collect();
        CaseHistory::new(day(1), CaseSide::Puskesmas, steps)
    }

    use CaseStep::{Answered, Closed, FollowedUp, Received, Returned, Sent, Verified};

    #[test]
    fn words_read_back_and_differ() {
        for step in CaseStep::ALL {
            assert_eq!(CaseStep::from_label(&step.label().to_uppercase()), Some(step));
        }
        for side in CaseSide::ALL {
            assert_eq!((CaseSide::from_label(side.label()), side.other().other()), (Some(side), side));
        }
        assert_eq!(CaseStep::from_label("disimpan"), None);
    }

    #[test]
    fn every_state_leads_on_by_the_steps_that_it_offers_and_by_no_step_back() {
        for state in CaseState::ALL {
            for step in CaseStep::ALL {
                let is_offered = state.next().contains(&step);
                let is_forward = step.place() > state.place();
                assert!(!is_offered || is_forward, "{state:?} {step:?}");
                // What is offered passes over nothing.
                assert!(!is_offered || step.place() == state.place() + 1, "{state:?} {step:?}");
            }
            assert_eq!(state.next().is_empty(), state == CaseState::Closed);
        }
    }

    #[test]
    fn each_step_is_one_sides_to_take() {
        let sides = |doer| CaseStep::ALL.map(|step| step.side(doer));
        let team = CaseSide::Team;
        let own = CaseSide::Puskesmas;
        assert_eq!(sides(own), [team, own, own, own, team, team, team]);
        // What the district has to do itself, the Puskesmas looks at.
        assert_eq!(sides(team), [team, own, team, team, own, own, team]);
        for doer in CaseSide::ALL {
            assert_ne!(FollowedUp.side(doer), Verified.side(doer), "nobody verifies their own work");
        }
    }

    #[test]
    fn a_whole_life_leads_to_closed_with_nothing_skipped() {
        let whole = [(Sent, 2), (Received, 3), (Answered, 4), (FollowedUp, 9), (Verified, 10), (Closed, 11)];
        let all = history(&whole);
        assert_eq!((all.state, all.since, all.skipped.len()), (CaseState::Closed, Some(day(11)), 0));
        for length in 0..whole.len() {
            let part = history(&whole[..length]);
            assert_eq!(part.state, CaseState::ALL.into_iter().find(|s| usize::from(s.place()) == length).unwrap());
            assert_eq!(part.state.next()[0], whole[length].0);
        }
    }

    #[test]
    fn a_returned_item_is_followed_up_again_also_on_one_day() {
        let first = [(Sent, 2), (Received, 2), (Answered, 2), (FollowedUp, 5)];
        let returned = history(&[&first[..], &[(Returned, 6)]].concat());
        assert_eq!((returned.state, returned.skipped.len()), (CaseState::Returned, 0));
        assert!(returned.is_overdue(Some(day(4)), day(7)) && !returned.is_overdue(Some(day(7)), day(7)));
        let again = history(&[&first[..], &[(Verified, 6), (FollowedUp, 6), (Returned, 6)]].concat());
        assert_eq!(again.state, CaseState::Verified);
        assert!(again.steps.iter().all(|placed| placed.effect == StepEffect::Moved), "{again:?}");
        assert!(!again.is_overdue(Some(day(4)), day(7)));
    }

    #[test]
    fn what_is_left_out_is_told_and_what_does_not_fit_counts_for_nothing() {
        let gap = history(&[(Sent, 2), (FollowedUp, 9)]);
        assert_eq!((gap.state, gap.skipped), (CaseState::FollowedUp, vec![Received, Answered]));
        let turned = history(&[(Sent, 2), (Answered, 4), (Received, 5)]);
        assert_eq!((turned.state, turned.skipped.as_slice()), (CaseState::Answered, [Received].as_slice()));
        assert_eq!(turned.steps[2].effect, StepEffect::OutOfOrder);
        let twice = history(&[(Sent, 2), (Received, 3), (Sent, 4)]);
        assert_eq!((twice.state, twice.steps[2].effect), (CaseState::Received, StepEffect::Repeated));
        let early = CaseHistory::new(day(5), CaseSide::Puskesmas, vec![step(Sent, 4)]);
        assert_eq!((early.state, early.steps[0].effect), (CaseState::Drafted, StepEffect::TooEarly));
        let own = TakenStep { side: Some(CaseSide::Puskesmas), ..step(Verified, 9) };
        let alone = CaseHistory::new(day(1), CaseSide::Puskesmas, vec![step(FollowedUp, 8), own]);
        assert_eq!((alone.state, alone.steps[1].effect), (CaseState::FollowedUp, StepEffect::WrongSide));
    }

    fn any_steps() -> impl Strategy<Value = Vec<TakenStep>> {
        let side = prop::sample::select(vec![None, Some(CaseSide::Team), Some(CaseSide::Puskesmas)]);
        let one = (prop::sample::select(CaseStep::ALL.to_vec()), 1_u32..8, side, "[ab]?")
            .prop_map(|(kind, number, side, note)| TakenStep { side, note, ..step(kind, number) });
        prop::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn the_order_in_which_steps_come_says_nothing(
            (steps, shuffled) in any_steps().prop_flat_map(|steps| (Just(steps.clone()), Just(steps).prop_shuffle())),
            doer in prop::sample::select(CaseSide::ALL.to_vec()),
        ) {
            let one = CaseHistory::new(day(2), doer, steps.clone());
            prop_assert_eq!(&one, &CaseHistory::new(day(2), doer, shuffled));
            // No step is lost, each is told once, and a state is reached by a step of its own alone.
            let mut told: Vec<TakenStep> = one.steps.iter().map(|placed| placed.taken.clone()).collect();
            told.sort();
            let mut written = steps;
            written.sort();
            written.dedup();
            prop_assert_eq!(told, written);
            let last = one.steps.iter().rev().find(|placed| placed.effect == StepEffect::Moved);
            prop_assert_eq!(last.map_or(CaseState::Drafted, |placed| placed.taken.step.leads_to()), one.state);
        }
    }
}
