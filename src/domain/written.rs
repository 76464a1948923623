//! Rows that people write beside the figures: problems with their causes, decisions of lokmin, clusters, coaching by
//! the district's team. None of it enters an indicator; papers print it as it was written.

use super::annual_plan::{PlanProposal, PlanSession};
pub use super::cluster::{ClusterMember, cluster_of, cluster_words, clusters_in, members_by_key, members_in};
use super::field::Field;
use super::name::name_key;
use super::network::{AgreementStep, IntegrationScore, NetworkStep};
use super::own_indicator::{OwnAchievement, OwnIndicator, OwnRows};
use super::period::Period;
use super::pkp::{PkpCode, PkpItem, PkpVerification};
use super::written_row::{WrittenField, WrittenRow, WrittenSource, WrittenValue, written_row};
use super::{Date, Table};

/// All of it, resolved; each list in the order in which papers print it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenRecords {
    /// Problems, by (Puskesmas, period, facility — the Puskesmas itself first —, problem).
    pub problems: Vec<Owned<Problem>>,
    /// Decisions, by (Puskesmas, date, problem, decision).
    pub decisions: Vec<Owned<Decision>>,
    /// Members of clusters, by (year, cluster, Puskesmas): in the facts of one Puskesmas its own, else all.
    pub clusters: Vec<ClusterMember>,
    /// Coaching by the district's team, by (Puskesmas, date, sort, fact).
    pub district_visits: Vec<Owned<DistrictVisit>>,
    /// Answers of the Puskesmas to that coaching, by (Puskesmas, date coached, item).
    pub district_follow_ups: Vec<Owned<DistrictFollowUp>>,
    /// Steps of both sides with the items of that coaching, by (Puskesmas, date coached, item, day).
    pub district_steps: Vec<Owned<DistrictStep>>,
    /// Assessments of the eight parameters, by (Puskesmas, year, side, parameter).
    pub district_assessments: Vec<Owned<DistrictAssessment>>,
    /// Matters that meetings handed to the district, by (Puskesmas, date of the meeting, problem).
    pub district_matters: Vec<Owned<DistrictMatter>>,
    /// Meetings in which the district's team helps to draw up RUK and RPK, by (Puskesmas, planned day, plan).
    pub plan_sessions: Vec<Owned<PlanSession>>,
    /// Activities that RUK and RPK propose, by (Puskesmas, year, plan, program, activity).
    pub plan_proposals: Vec<Owned<PlanProposal>>,
    /// Rows of PKP, by (Puskesmas, year, code).
    pub pkp: Vec<Owned<PkpItem>>,
    /// Verdicts of the district's team on PKP, by (Puskesmas, year, program: the whole first).
    pub pkp_verifications: Vec<Owned<PkpVerification>>,
    /// Indicators of the Puskesmas itself, by (Puskesmas, year, code).
    pub own_indicators: Vec<Owned<OwnIndicator>>,
    /// Their counts, by (Puskesmas, month, code).
    pub own_achievements: Vec<Owned<OwnAchievement>>,
    /// Steps of agreements (PKS), by (Puskesmas, facility, day).
    pub agreement_steps: Vec<Owned<AgreementStep>>,
    /// Steps of managing the network, by (Puskesmas, facility, day).
    pub network_steps: Vec<Owned<NetworkStep>>,
    /// Assessments of integration, by (Puskesmas, year, facility, aspect).
    pub integration_scores: Vec<Owned<IntegrationScore>>,
}

/// Log from which the rows of every such table come.
pub trait WrittenLog {
    /// Reason for which there are none.
    type Error;
    /// The rows of one record as they count.
    fn rows<T: WrittenRow>(&self) -> Result<Vec<Owned<T>>, Self::Error>;
}

/// Whoever looks at the rows of every such table.
pub trait LooksAtWritten {
    /// Looks at one row.
    fn row<T: WrittenRow>(&mut self, row: &T);
}

impl WrittenRecords {
    /// Shows every row, table by table.
    pub fn show<L: LooksAtWritten>(&self, looker: &mut L) {
        show_owned(&self.problems, looker);
        show_owned(&self.decisions, looker);
        for member in &self.clusters {
            looker.row(member);
        }
        show_owned(&self.district_visits, looker);
        show_owned(&self.district_follow_ups, looker);
        show_owned(&self.district_steps, looker);
        show_owned(&self.district_assessments, looker);
        show_owned(&self.district_matters, looker);
        show_owned(&self.plan_sessions, looker);
        show_owned(&self.plan_proposals, looker);
        show_owned(&self.pkp, looker);
        show_owned(&self.pkp_verifications, looker);
        show_owned(&self.own_indicators, looker);
        show_owned(&self.own_achievements, looker);
        show_owned(&self.agreement_steps, looker);
        show_owned(&self.network_steps, looker);
        show_owned(&self.integration_scores, looker);
    }

    /// Gathers the rows of every table but the clusters, which are of no single Puskesmas.
    pub fn gather<L: WrittenLog>(log: &L, clusters: Vec<ClusterMember>) -> Result<Self, L::Error> {
        let mut written = Self {
            problems: log.rows()?,
            decisions: log.rows()?,
            clusters,
            district_visits: log.rows()?,
            district_follow_ups: log.rows()?,
            district_steps: log.rows()?,
            district_assessments: log.rows()?,
            district_matters: log.rows()?,
            plan_sessions: log.rows()?,
            plan_proposals: log.rows()?,
            pkp: log.rows()?,
            pkp_verifications: log.rows()?,
            own_indicators: log.rows()?,
            own_achievements: log.rows()?,
            agreement_steps: log.rows()?,
            network_steps: log.rows()?,
            integration_scores: log.rows()?,
        };
        in_order(&mut written.decisions, |row| (row.date, row.problem.clone(), row.decision.clone()));
        in_order(&mut written.district_visits, |row| (row.date, row.sort.clone(), row.fact.clone()));
        in_order(&mut written.district_follow_ups, |row| (row.coached, row.item.clone()));
        in_order(&mut written.district_steps, |row| (row.coached, row.number.clone(), row.date, row.step.clone()));
        in_order(&mut written.district_assessments, |row| (row.year, row.side.clone(), row.parameter.clone()));
        in_order(&mut written.district_matters, |row| (row.date, row.problem.clone()));
        in_order(&mut written.plan_sessions, |row| (row.planned, row.document.clone()));
        in_order(&mut written.plan_proposals, PlanProposal::listing_key);
        in_order(&mut written.pkp, |row| (row.year, PkpCode::parse(&row.code)));
        in_order(&mut written.pkp_verifications, |row| (row.year, row.program.clone()));
        in_order(&mut written.own_indicators, |row| (row.year, row.code.clone()));
        in_order(&mut written.own_achievements, |row| (row.month.first_month(), row.code.clone()));
        in_order(&mut written.agreement_steps, |row| (row.facility.clone(), row.date, row.step.clone()));
        in_order(&mut written.network_steps, |row| (row.facility.clone(), row.date, row.step.clone()));
        in_order(&mut written.integration_scores, |row| (row.year, row.facility.clone(), row.aspect.clone()));
        Ok(written)
    }

    /// Returns the indicators of the Puskesmas itself with their counts.
    pub fn own_rows(&self, puskesmas: u32) -> OwnRows<'_> {
        OwnRows {
            indicators: self
                .own_indicators
                .iter()
                .filter(|own| own.puskesmas == puskesmas)
                .map(|own| &own.row)
                .collect(),
            achievements: self
                .own_achievements
                .iter()
                .filter(|own| own.puskesmas == puskesmas)
                .map(|own| &own.row)
                .collect(),
        }
    }

    /// Number of rows of a table; of one that is not written none.
    pub fn count(&self, table: Table) -> usize {
        match table {
            Table::Problems => self.problems.len(),
            Table::Decisions => self.decisions.len(),
            Table::Clusters => self.clusters.len(),
            Table::DistrictVisits => self.district_visits.len(),
            Table::DistrictFollowUps => self.district_follow_ups.len(),
            Table::DistrictSteps => self.district_steps.len(),
            Table::DistrictAssessments => self.district_assessments.len(),
            Table::DistrictMatters => self.district_matters.len(),
            Table::PlanSessions => self.plan_sessions.len(),
            Table::PlanProposals => self.plan_proposals.len(),
            Table::Pkp => self.pkp.len(),
            Table::PkpVerifications => self.pkp_verifications.len(),
            Table::OwnIndicators => self.own_indicators.len(),
            Table::OwnAchievements => self.own_achievements.len(),
            Table::AgreementSteps => self.agreement_steps.len(),
            Table::NetworkSteps => self.network_steps.len(),
            Table::IntegrationScores => self.integration_scores.len(),
            _ => 0,
        }
    }

    /// Decisions of a Puskesmas that should have been carried out by `as_of` and of which nobody wrote anything; the
    /// longest overdue first.
    pub fn overdue_decisions(&self, puskesmas: u32, as_of: Date) -> Vec<&Decision> {
        let own = self.decisions.iter().filter(|row| row.puskesmas == puskesmas && row.row.date <= as_of);
        let mut overdue: Vec<&Decision> = own.map(|row| &row.row).filter(|row| row.is_overdue(as_of)).collect();
        overdue.sort_by_key(|row| (row.due, row.date));
        overdue
    }
}

fn show_owned<T: WrittenRow, L: LooksAtWritten>(rows: &[Owned<T>], looker: &mut L) {
    for owned in rows {
        looker.row(&owned.row);
    }
}

/// Orders rows by Puskesmas and a key.
fn in_order<T, K: Ord>(rows: &mut [Owned<T>], key: impl Fn(&T) -> K) {
    rows.sort_by_cached_key(|owned| (owned.puskesmas, key(&owned.row)));
}

/// A row with its Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned<T> {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// Row as it counts.
    pub row: T,
}

impl<T> Owned<T> {
    /// A row of the only Puskesmas that there is.
    pub fn first(row: T) -> Self {
        Self { puskesmas: 0, row }
    }
}

/// A row of Evaluasi; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Register's name; `None`: the Puskesmas as a whole.
    pub facility: Option<String>,
    /// Period that was evaluated.
    pub period: Period,
    /// Problem as somebody wrote it; with period and facility the key.
    pub problem: String,
    /// Cause, as somebody wrote it.
    pub cause: Option<String>,
    /// Follow-up that was agreed.
    pub agreed: Option<String>,
    /// Person or unit that has to do it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due: Option<Date>,
    /// Day on which it was done; `None` as long as it is open.
    pub done: Option<Date>,
    /// Proof that it was done, as somebody wrote it.
    pub proof: Option<String>,
}

written_row!(Problem of Problems in "problem_rows", named by [Name, Month, Problem], again "masalah yang sama untuk nama ini" {
    period: Month in ["first_month", "last_month"],
    facility: Name in ["facility"],
    problem: Problem in ["problem"],
    cause: Cause in ["cause"],
    agreed: Agreed in ["agreed"],
    owner: Person in ["owner"],
    due: Due in ["due_day"],
    done: Done in ["done_day"],
    proof: Proof in ["proof"],
});

impl Problem {
    /// Reports whether what was agreed should have been done by `as_of` and was not.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        is_overdue(self.due, self.done, as_of)
    }
}

/// A row of Notulen; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Date of the meeting.
    pub date: Date,
    /// Subject that was spoken about.
    pub problem: Option<String>,
    /// Register's name of the facility that it is for; `None`: of no single one.
    pub facility: Option<String>,
    /// Decision as somebody wrote it.
    pub decision: String,
    /// Person or unit that carries it out.
    pub owner: Option<String>,
    /// Day by which it is to be carried out.
    pub due: Option<Date>,
    /// Action that was taken on it; `None` as long as nobody wrote of any.
    pub follow_up: Option<String>,
    /// Day on which it was done.
    pub done: Option<Date>,
    /// Kind of the meeting, one of [`super::lokmin::MEETINGS`]; `None`: a lokmin.
    pub meeting: Option<String>,
}

written_row!(Decision of Decisions in "decision_rows", named by [Date, Decision], again "keputusan yang sama pada rapat ini" {
    date: Date in ["day"],
    problem: Problem in ["problem"],
    facility: Name in ["facility"],
    decision: Decision in ["decision"],
    owner: Person in ["owner"],
    due: Due in ["due_day"],
    follow_up: Agreed in ["follow_up"],
    done: Done in ["done_day"],
    meeting: Meeting in ["meeting"],
});

impl Decision {
    /// Reports whether it should have been carried out by `as_of` and nobody wrote that something was done.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        self.follow_up.is_none() && is_overdue(self.due, self.done, as_of)
    }

    /// Reports whether it was done by `as_of`.
    pub fn is_done(&self, as_of: Date) -> bool {
        self.done.is_some_and(|done| done <= as_of)
    }

    /// Reports whether it is not done by `as_of`, and nobody wrote that something was.
    pub fn is_open(&self, as_of: Date) -> bool {
        !self.is_done(as_of) && (self.follow_up.is_none() || self.done.is_some())
    }

    /// The facility that has to carry it out, by key: the one that it is for, else the one that is named as its owner. Who
    /// is named may be no facility at all.
    pub fn facility_key(&self) -> Option<String> {
        self.facility.as_ref().or(self.owner.as_ref()).map(|named| name_key(named))
    }
}

fn is_overdue(due: Option<Date>, done: Option<Date>, as_of: Date) -> bool {
    due.is_some_and(|due| due < as_of) && done.is_none_or(|done| done > as_of)
}

/// A row of Pembinaan TPCB; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictVisit {
    /// Day on which the team came.
    pub date: Date,
    /// Kind of coaching, as somebody wrote it.
    pub sort: Option<String>,
    /// Fact that the team found.
    pub fact: Option<String>,
    /// Conclusion that the team drew.
    pub conclusion: Option<String>,
    /// Recommendation to the Puskesmas.
    pub for_puskesmas: Option<String>,
    /// Recommendation to the district office.
    pub for_district: Option<String>,
    /// Day by which the recommendations are to be carried out.
    pub due: Option<Date>,
    /// Day on which the feedback was sent.
    pub sent: Option<Date>,
    /// Day on which the Puskesmas received it.
    pub received: Option<Date>,
    /// Day on which the Puskesmas answered it.
    pub answered: Option<Date>,
    /// Day on which it was followed up.
    pub followed_up: Option<Date>,
    /// Number of the item within the Puskesmas and the year; `None` as long as nobody wrote one.
    pub number: Option<String>,
}

written_row!(DistrictVisit of DistrictVisits in "district_visit_rows", named by [Date, Form, Fact],
    again "pembinaan dengan tanggal, jenis dan temuan yang sama" {
    date: Date in ["day"],
    sort: Form in ["kind"],
    fact: Fact in ["fact"],
    conclusion: Conclusion in ["conclusion"],
    for_puskesmas: ForPuskesmas in ["for_puskesmas"],
    for_district: ForDistrict in ["for_district"],
    due: Due in ["due_day"],
    sent: Sent in ["sent_day"],
    received: ReceivedOn in ["received_day"],
    answered: Answered in ["answered_day"],
    followed_up: Done in ["followed_up_day"],
    number: ItemNumber in ["item_number"],
});

/// A row of Tindak Lanjut TPCB; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictFollowUp {
    /// Date of the coaching that it answers.
    pub coached: Option<Date>,
    /// Action that the Puskesmas is to take.
    pub item: String,
    /// Person or unit that has to do it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due: Option<Date>,
    /// Day on which it was done; `None` as long as it is open.
    pub done: Option<Date>,
}

written_row!(DistrictFollowUp of DistrictFollowUps in "district_follow_up_rows", named by [Item],
    again "rencana tindak lanjut ini" {
    coached: Date in ["coached_day"],
    item: Item in ["item"],
    owner: Person in ["owner"],
    due: Due in ["due_day"],
    done: Done in ["done_day"],
});

/// A row of Langkah TPCB; `None` where blank. Rows are added, and state follows from them ([`super::district_case`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictStep {
    /// Day of the coaching.
    pub coached: Date,
    /// Number of the item.
    pub number: String,
    /// Word of the step.
    pub step: String,
    /// Day on which it was taken.
    pub date: Date,
    /// Word of the side that took it.
    pub side: Option<String>,
    /// Person or account that took it.
    pub who: Option<String>,
    /// Answer, reason or remark.
    pub note: Option<String>,
    /// Proof, as somebody wrote it.
    pub proof: Option<String>,
}

written_row!(DistrictStep of DistrictSteps in "district_step_rows", named by [Date, ItemNumber, Step, StepDay],
    again "langkah yang sama untuk butir ini pada tanggal yang sama" {
    coached: Date in ["coached_day"],
    number: ItemNumber in ["item_number"],
    step: Step in ["step"],
    date: StepDay in ["step_day"],
    side: Side in ["side"],
    who: Person in ["who_took"],
    note: Reason in ["note"],
    proof: Proof in ["proof"],
});

/// A row of Penilaian TPCB; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictAssessment {
    /// Year that is assessed.
    pub year: i32,
    /// Word of the side that assessed: the Puskesmas itself, or the team.
    pub side: String,
    /// Parameter of the instrument.
    pub parameter: String,
    /// Points reached; `None`: not assessed.
    pub points: Option<u32>,
    /// Most that can be reached; `None`: the instrument's.
    pub maximum: Option<u32>,
    /// Remark, as somebody wrote it.
    pub note: Option<String>,
}

written_row!(DistrictAssessment of DistrictAssessments in "district_assessment_rows", named by [Side, Parameter, Month],
    again "parameter ini untuk pihak yang sama" {
    year: Month in ["year"],
    side: Side in ["side"],
    parameter: Parameter in ["parameter"],
    points: Points in ["points"],
    maximum: Maximum in ["maximum"],
    note: Reason in ["note"],
});

/// A row of Masalah Dinas; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictMatter {
    /// Date of the meeting that could not settle it.
    pub date: Date,
    /// Kind of the meeting, one of [`super::lokmin::MEETINGS`].
    pub meeting: Option<String>,
    /// Problem as somebody wrote it.
    pub problem: String,
    /// Request to the district.
    pub asked: Option<String>,
    /// Number of the letter that brought it to the district.
    pub letter: Option<String>,
    /// Day on which it was handed to the district; `None`: not yet.
    pub sent: Option<Date>,
    /// Answer of the district.
    pub answer: Option<String>,
    /// Day of that answer.
    pub answered: Option<Date>,
    /// Person or unit of the district that sees to it.
    pub owner: Option<String>,
    /// Day by which it is to be settled.
    pub due: Option<Date>,
    /// Day on which it was settled.
    pub done: Option<Date>,
    /// Proof, as somebody wrote it.
    pub proof: Option<String>,
}

written_row!(DistrictMatter of DistrictMatters in "district_matter_rows", named by [Date, Problem],
    again "masalah yang sama dari rapat ini" {
    date: Date in ["day"],
    meeting: Meeting in ["meeting"],
    problem: Problem in ["problem"],
    asked: ForDistrict in ["asked"],
    letter: LetterNumber in ["letter_number"],
    sent: Sent in ["sent_day"],
    answer: Agreed in ["answer"],
    answered: Answered in ["answered_day"],
    owner: Person in ["owner"],
    due: Due in ["due_day"],
    done: Done in ["done_day"],
    proof: Proof in ["proof"],
});

impl DistrictMatter {
    /// Reports whether the district was handed it by `as_of`.
    pub fn is_sent(&self, as_of: Date) -> bool {
        self.sent.is_some_and(|sent| sent <= as_of)
    }

    /// Reports whether the district had answered it by `as_of`.
    pub fn is_answered(&self, as_of: Date) -> bool {
        self.answered.is_some_and(|answered| answered <= as_of)
    }

    /// Reports whether it was settled by `as_of`.
    pub fn is_done(&self, as_of: Date) -> bool {
        self.done.is_some_and(|done| done <= as_of)
    }

    /// Reports whether it should have been settled by `as_of` and was not.
    pub fn is_overdue(&self, as_of: Date) -> bool {
        is_overdue(self.due, self.done, as_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_or_told_is_not_overdue() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let decision = Decision {
            date: day("2023-05-10"),
            problem: None,
            facility: None,
            decision: "Kunjungan ulang".to_owned(),
            owner: None,
            due: Some(day("2023-06-10")),
            follow_up: None,
            done: None,
            meeting: None,
        };
        assert!(!decision.is_overdue(day("2023-06-10")) && decision.is_overdue(day("2023-06-11")));
        let done = Decision { done: Some(day("2023-06-20")), ..decision.clone() };
        assert!(done.is_overdue(day("2023-06-15")) && !done.is_overdue(day("2023-06-20")));
        let told = Decision { follow_up: Some("Sudah".to_owned()), ..decision };
        assert!(!told.is_overdue(day("2023-12-31")));
        assert!(!told.is_open(day("2023-12-31")) && done.is_open(day("2023-06-19")) && done.is_done(day("2023-06-20")));
    }

    #[test]
    fn a_decision_concerns_the_facility_it_is_for_or_that_carries_it_out() {
        let decision = |facility: Option<&str>, owner: Option<&str>| Decision {
            date: "2023-05-10".parse().unwrap(),
            problem: None,
            facility: facility.map(str::to_owned),
            decision: "Lengkapi laporan".to_owned(),
            owner: owner.map(str::to_owned),
            due: None,
            follow_up: None,
            done: None,
            meeting: None,
        };
        let key = Some(name_key("Apotek Alvi"));
        assert_eq!(decision(None, Some("apotik alvi")).facility_key(), key);
        assert_eq!(decision(Some("Apotek Alvi"), Some("Bu Ani")).facility_key(), key);
        assert_ne!(decision(Some("Klinik B"), Some("Apotek Alvi")).facility_key(), key);
        assert_eq!(decision(None, None).facility_key(), None);
    }
}
