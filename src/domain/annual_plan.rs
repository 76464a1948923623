//! RUK (activities proposed for the next year) and RPK (activities of the year): the meetings in which the district's team
//! helps to draw them up, the proposals with their costs, and what the team said of each. Sums are exact and of whole
//! rupiah; a cost that nobody stated is never zero. Knows no sheet and no page.

use std::collections::BTreeSet;

use super::evidence_kind::EvidenceKind;
use super::exact::{Decimal, Exact};
use super::field::Field;
use super::name::plain_words;
use super::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};
use super::{Date, format};

/// Words for a source of money that nobody stated.
pub const NO_FUND: &str = "Tidak disebut";

/// A row of Pendampingan RUK RPK; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSession {
    /// Day for which it is planned.
    pub planned: Date,
    /// Word of the plans that it is about ([`SessionTopic`]).
    pub document: String,
    /// Day on which it took place; `None`: not yet.
    pub held: Option<Date>,
    /// Number of the letter of assignment.
    pub letter: Option<String>,
    /// People of the district's team who help.
    pub helper: Option<String>,
    /// Outcome, as somebody wrote it.
    pub outcome: Option<String>,
}

written_row!(PlanSession of PlanSessions in "plan_session_rows", named by [Date, PlanDocument],
    again "pendampingan dengan tanggal dan dokumen yang sama" {
    planned: Date in ["planned_day"],
    document: PlanDocument in ["document"],
    held: Done in ["held_day"],
    letter: LetterNumber in ["letter_number"],
    helper: Person in ["helper"],
    outcome: Agreed in ["outcome"],
});

/// A row of Usulan RUK RPK; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanProposal {
    /// Year of the plan.
    pub year: i32,
    /// Word of the plan ([`PlanDocument`]).
    pub document: String,
    /// *Upaya* or program.
    pub program: Option<String>,
    /// Activity; with year, plan, program and group the key.
    pub activity: String,
    /// Purpose of the activity.
    pub purpose: Option<String>,
    /// People or places that it is for.
    pub group: Option<String>,
    /// Count that is aimed at, as somebody wrote it.
    pub target: Option<String>,
    /// Amount, as somebody wrote it.
    pub volume: Option<String>,
    /// Whole rupiah; `None`: not stated, which is not nothing.
    pub cost: Option<Decimal>,
    /// Source of the money.
    pub fund: Option<String>,
    /// Person in charge.
    pub owner: Option<String>,
    /// Months, as somebody wrote them.
    pub time: Option<String>,
    /// Item of the five-year plan that it serves.
    pub five_year_item: Option<String>,
    /// Word of the team's verdict ([`PlanVerdict`]); `None`: nobody spoke of it.
    pub verdict: Option<String>,
    /// Reason of that verdict.
    pub note: Option<String>,
    /// Day of the verdict.
    pub reviewed: Option<Date>,
    /// Answer of the Puskesmas.
    pub reply: Option<String>,
    /// Day of that answer.
    pub replied: Option<Date>,
}

written_row!(PlanProposal of PlanProposals in "plan_proposal_rows", named by [PlanDocument, Year, Program, Activity],
    again "kegiatan dengan program dan sasaran yang sama" {
    year: Year in ["year"],
    document: PlanDocument in ["document"],
    program: Program in ["program"],
    activity: Activity in ["activity"],
    purpose: Purpose in ["purpose"],
    group: TargetGroup in ["target_group"],
    target: PlannedCount in ["target"],
    volume: Volume in ["volume"],
    cost: Cost in ["cost"],
    fund: FundSource in ["fund_source"],
    owner: Person in ["owner"],
    time: PlannedTime in ["planned_time"],
    five_year_item: FiveYearItem in ["five_year_item"],
    verdict: Verdict in ["verdict"],
    note: Reason in ["verdict_note"],
    reviewed: StepDay in ["verdict_day"],
    reply: Agreed in ["reply"],
    replied: Answered in ["reply_day"],
});

impl PlanProposal {
    /// A proposal of which nothing but its plan and its name is stated.
    pub fn named(year: i32, document: PlanDocument, activity: &str) -> Self {
        Self {
            year,
            document: document.label().to_owned(),
            program: None,
            activity: activity.to_owned(),
            purpose: None,
            group: None,
            target: None,
            volume: None,
            cost: None,
            fund: None,
            owner: None,
            time: None,
            five_year_item: None,
            verdict: None,
            note: None,
            reviewed: None,
            reply: None,
            replied: None,
        }
    }

    /// Returns the key by which lists are ordered: plan by plan, program by program.
    pub fn listing_key(&self) -> (i32, String, String, String, String) {
        let plain = |text: &Option<String>| plain_words(text.as_deref().unwrap_or_default());
        let document = plain_words(&self.document);
        (self.year, document, plain(&self.program), plain_words(&self.activity), plain(&self.group))
    }

    /// Returns the team's verdict by `as_of`; a verdict without a day counts from the first.
    pub fn verdict(&self, as_of: Date) -> Option<PlanVerdict> {
        let is_given = self.reviewed.is_none_or(|day| day <= as_of);
        self.verdict.as_deref().filter(|_| is_given).and_then(PlanVerdict::from_label)
    }

    /// Returns the sources of money with their shares: several where each is written with its amount
    /// (`BOK: 1.000.000; BLUD: 500.000`) and they come to the cost, else the one as it is written.
    pub(super) fn fund_shares(&self) -> Vec<FundShare> {
        let share = |part: &str| {
            let (name, amount) = part.rsplit_once(':')?;
            let digits: String = amount.trim().chars().filter(|c| *c != '.').collect();
            let cost = Some(Decimal::parse(&digits).filter(|cost| cost.places() == 0)?);
            Some(FundShare { name: Some(name.trim().to_owned()).filter(|name| name != NO_FUND), cost })
        };
        let shares: Option<Vec<FundShare>> = self.fund.as_deref().and_then(|fund| fund.split(';').map(share).collect());
        let is_whole = |shares: &Vec<FundShare>| {
            let sum = CostSum::from_costs(shares.iter().map(|share| share.cost.as_ref()));
            sum.rupiah.is_some() && sum.rupiah == self.cost
        };
        shares.filter(is_whole).unwrap_or_else(|| vec![FundShare { name: self.fund.clone(), cost: self.cost.clone() }])
    }

    /// Reports whether the Puskesmas had answered by `as_of`.
    pub fn is_replied(&self, as_of: Date) -> bool {
        self.reply.is_some() && self.replied.is_none_or(|day| day <= as_of)
    }

    /// Reports whether the team's verdict waits for an answer of the Puskesmas.
    pub fn awaits_reply(&self, as_of: Date) -> bool {
        self.verdict(as_of).is_some_and(PlanVerdict::needs_reason) && !self.is_replied(as_of)
    }
}

/// Declares words of a column with the enum that they mean.
macro_rules! worded {
    ($(#[$doc:meta])* $Name:ident { $($(#[$own:meta])* $Variant:ident: $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $Name {
            $($(#[$own])* $Variant,)+
        }

        impl $Name {
            /// All, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];
            /// Their words, in that order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Returns its word on pages, papers and sheets.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$Variant => $word,)+
                }
            }

            /// Returns what a word means, without regard to case and marks.
            pub fn from_label(label: &str) -> Option<Self> {
                let plain = plain_words(label);
                Self::ALL.iter().copied().find(|known| plain_words(known.label()) == plain)
            }
        }
    };
}

worded! {
    /// Plan of a year.
    PlanDocument {
        /// *Rencana usulan kegiatan*: what is proposed for the next year.
        Proposed: "RUK",
        /// *Rencana pelaksanaan kegiatan*: what is carried out in the year.
        Carried: "RPK",
    }
}

worded! {
    /// Plans that a meeting is about.
    SessionTopic {
        /// Meeting about RUK alone.
        Proposed: "RUK",
        /// Meeting about RPK alone.
        Carried: "RPK",
        /// Meeting about both of them.
        Both: "RUK dan RPK",
    }
}

worded! {
    /// Verdict of the district's team on a proposal.
    PlanVerdict {
        /// Accepted as it is.
        Accepted: "Diterima",
        /// To be changed, for a reason.
        ToChange: "Perlu diubah",
        /// Not accepted, for a reason.
        Refused: "Tidak diterima",
    }
}

impl PlanVerdict {
    /// Reports whether it says nothing without a reason, and waits for an answer.
    pub fn needs_reason(self) -> bool {
        self != Self::Accepted
    }
}

/// State of a meeting by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SessionState {
    /// Its day has not passed.
    Planned,
    /// Its day has passed and nobody wrote that it took place.
    Overdue,
    /// It took place; some paper of it is missing.
    Incomplete,
    /// It took place, and all papers are there.
    Complete,
}

impl SessionState {
    /// Returns the word on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "Direncanakan",
            Self::Overdue => "Lewat jadwal",
            Self::Incomplete => "Bukti belum lengkap",
            Self::Complete => "Lengkap",
        }
    }
}

/// Papers that prove a meeting.
pub const SESSION_PAPERS: [EvidenceKind; 4] =
    [EvidenceKind::AssignmentLetter, EvidenceKind::Minutes, EvidenceKind::AttendanceList, EvidenceKind::Photos];

impl PlanSession {
    /// Reports whether it had taken place by `as_of`.
    pub fn is_held(&self, as_of: Date) -> bool {
        self.held.is_some_and(|held| held <= as_of)
    }

    /// Reports whether it should have taken place by `as_of` and did not.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        self.planned < as_of && !self.is_held(as_of)
    }

    /// Returns the day under which it is listed: that on which it took place, else the planned one.
    pub fn day(&self, as_of: Date) -> Date {
        self.held.filter(|held| *held <= as_of).unwrap_or(self.planned)
    }

    /// Returns the papers that are missing; a number of the letter of assignment stands for the letter.
    pub fn lacking(&self, attached: &BTreeSet<EvidenceKind>) -> Vec<EvidenceKind> {
        let is_there = |kind: &EvidenceKind| {
            attached.contains(kind) || *kind == EvidenceKind::AssignmentLetter && self.letter.is_some()
        };
        SESSION_PAPERS.into_iter().filter(|kind| !is_there(kind)).collect()
    }

    /// Returns its state, given the kinds of the files that are attached to it.
    pub fn state(&self, attached: &BTreeSet<EvidenceKind>, as_of: Date) -> SessionState {
        match (self.is_held(as_of), self.is_overdue(as_of), self.lacking(attached).is_empty()) {
            (true, _, true) => SessionState::Complete,
            (true, _, false) => SessionState::Incomplete,
            (false, true, _) => SessionState::Overdue,
            (false, false, _) => SessionState::Planned,
        }
    }
}

/// Share of a cost that comes from one source of money.
pub(super) struct FundShare {
    pub(super) name: Option<String>,
    pub(super) cost: Option<Decimal>,
}

/// Costs of some proposals, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostSum {
    /// Number of proposals.
    pub proposals: usize,
    /// Those among them whose cost is stated.
    pub stated: usize,
    /// Sum of the costs that are stated; `None` where none is.
    pub rupiah: Option<Decimal>,
}

impl CostSum {
    /// Adds up the costs of proposals.
    pub fn new<'p>(proposals: impl Iterator<Item = &'p PlanProposal>) -> Self {
        Self::from_costs(proposals.map(|row| row.cost.as_ref()))
    }

    pub(super) fn from_costs<'c>(costs: impl Iterator<Item = Option<&'c Decimal>>) -> Self {
        let costs: Vec<Option<Exact>> = costs.map(|cost| cost.map(Decimal::exact)).collect();
        let stated = costs.iter().flatten().count();
        let sum = costs.iter().flatten().fold(Exact::zero(), |sum, cost| sum.plus(cost));
        Self { proposals: costs.len(), stated, rupiah: sum.rounded(0).filter(|_| stated > 0) }
    }

    /// Returns the sum in words, with what is missing from it.
    pub fn words(&self) -> String {
        let missing = self.proposals - self.stated;
        match &self.rupiah {
            None => "biaya belum disebut".to_owned(),
            Some(sum) if missing == 0 => format::rupiah(sum),
            Some(sum) => format!("{} ({missing} usulan tanpa biaya tidak terhitung)", format::rupiah(sum)),
        }
    }
}

/// Words for a proposal that nobody spoke of.
pub const NOT_REVIEWED: &str = "Belum ditelaah";

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_state_of_a_meeting_follows_from_its_days_and_papers() {
        let planned = PlanSession {
            planned: day("2023-02-10"),
            document: "RUK".to_owned(),
            held: None,
            letter: None,
            helper: None,
            outcome: None,
        };
        let none = BTreeSet::new();
        assert_eq!(planned.state(&none, day("2023-02-10")), SessionState::Planned);
        assert_eq!(planned.state(&none, day("2023-02-11")), SessionState::Overdue);
        let held = PlanSession { held: Some(day("2023-02-12")), letter: Some("440/1".to_owned()), ..planned };
        assert_eq!(held.state(&none, day("2023-02-11")), SessionState::Overdue);
        assert_eq!(held.state(&none, day("2023-02-12")), SessionState::Incomplete);
        assert_eq!(held.lacking(&none), SESSION_PAPERS[1..]);
        let all: BTreeSet<EvidenceKind> = SESSION_PAPERS.into_iter().skip(1).collect();
        assert_eq!(held.state(&all, day("2023-02-12")), SessionState::Complete);
    }

    #[test]
    fn words_read_back() {
        for verdict in PlanVerdict::ALL {
            assert_eq!(PlanVerdict::from_label(&verdict.label().to_uppercase()), Some(*verdict));
        }
        for topic in SessionTopic::ALL {
            assert_eq!(SessionTopic::from_label(topic.label()), Some(*topic));
        }
        assert_eq!(PlanDocument::from_label("RUK dan RPK"), None);
    }
}
