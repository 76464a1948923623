//! The five steps of managing each facility in a year: as people wrote them down, else as visits, follow-ups and
//! agreements prove them, each with where it comes from. What nothing proves is not recorded, which is not "not done".

use std::collections::BTreeMap;

use crate::domain::name::name_key;
use crate::domain::network::{AgreementBook, AgreementSource, NetworkStage};
use crate::domain::{Date, Facility, Month, Table, VisitDate, format};

use super::Share;
use super::agreements::is_expected;
use crate::dashboard::context::PageContext;

/// Proof of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageProof {
    /// Its day, month or period in words; empty where none is known.
    pub when: String,
    /// Table and fact that it comes from.
    pub source: String,
}

/// One step of one facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageCell {
    /// Taken, and where that is known from.
    Done(StageProof),
    /// Nobody recorded it, and nothing proves it.
    NotRecorded,
    /// Not asked of this facility.
    NotApplicable,
}

impl StageCell {
    /// The words of the cell in papers.
    pub fn words(&self) -> String {
        match self {
            Self::Done(StageProof { when, source }) if when.is_empty() => source.clone(),
            Self::Done(StageProof { when, source }) => format!("{when} ({source})"),
            Self::NotRecorded => "belum tercatat".to_owned(),
            Self::NotApplicable => "–".to_owned(),
        }
    }
}

/// The five steps of one facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRow {
    /// Index of the facility.
    pub facility: u32,
    /// Name of the facility.
    pub name: String,
    /// Kind of the facility.
    pub kind: String,
    /// One cell a step, in the order of [`NetworkStage::ALL`].
    pub cells: [StageCell; 5],
}

/// The steps of all facilities that are listed in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageTable {
    /// One row a facility, in the order of the register.
    pub rows: Vec<StageRow>,
}

impl StageTable {
    /// Works the steps out for the context's year, up to its day.
    pub fn new(context: &PageContext<'_>) -> Self {
        let facts = YearFacts::new(context);
        let rows = context.facilities().map(|result| {
            let facility = context.facility(result.facility);
            StageRow {
                facility: result.facility,
                name: facility.name.clone(),
                kind: facility.kind.clone(),
                cells: NetworkStage::ALL.map(|stage| facts.cell(result.facility, facility, stage)),
            }
        });
        Self { rows: rows.collect() }
    }

    /// Facilities with a step out of those of which it is asked.
    pub fn done(&self, stage: NetworkStage) -> Share {
        share(self.rows.iter(), stage)
    }
}

/// Facilities with a step out of those rows of which it is asked.
pub(super) fn share<'r>(rows: impl Iterator<Item = &'r StageRow>, stage: NetworkStage) -> Share {
    rows.fold(Share::default(), |share, row| match &row.cells[stage as usize] {
        StageCell::Done(_) => Share { count: share.count + 1, of: share.of + 1 },
        StageCell::NotRecorded => Share { of: share.of + 1, ..share },
        StageCell::NotApplicable => share,
    })
}

/// Facts of a year that prove steps, by facility.
struct YearFacts<'a> {
    agreements: AgreementBook<'a>,
    as_of: Date,
    /// Days of written steps, the earliest of the year; of forming the latest of all.
    written: BTreeMap<(String, NetworkStage), Date>,
    /// First visit with a finding.
    findings: BTreeMap<u32, VisitDate>,
    /// Period of the first problem that an evaluation names.
    problems: BTreeMap<String, String>,
    /// Day of the first visit at which something was agreed.
    plans: BTreeMap<u32, Date>,
    /// First day on which something agreed was done, and how many were.
    done: BTreeMap<u32, (Date, usize)>,
    /// Last visit with a score.
    scored: BTreeMap<u32, VisitDate>,
}

impl<'a> YearFacts<'a> {
    fn new(context: &PageContext<'a>) -> Self {
        let subject = context.subject;
        let facts = context.evaluator.facts();
        let mut found = Self {
            agreements: AgreementBook::new(&facts.written, subject.puskesmas),
            as_of: subject.as_of,
            written: BTreeMap::new(),
            findings: BTreeMap::new(),
            problems: BTreeMap::new(),
            plans: BTreeMap::new(),
            done: BTreeMap::new(),
            scored: BTreeMap::new(),
        };
        found.add_written(context);
        let year = subject.period.year();
        let is_within = |date: Date| date <= subject.as_of && Month::from_date(date).year() == year;
        let visits = facts.visits.iter().filter(|visit| visit.date.counts_from() <= subject.as_of);
        // By facility and date: the first stays, or the last replaces it.
        for visit in visits.filter(|visit| visit.date.month().year() == year) {
            if visit.finding.as_deref().is_some_and(|finding| !finding.trim().is_empty()) {
                found.findings.entry(visit.facility).or_insert(visit.date);
            }
            if visit.score().is_some() {
                found.scored.insert(visit.facility, visit.date);
            }
        }
        for row in &facts.follow_ups {
            if is_within(row.visit_date) {
                found.plans.entry(row.facility).or_insert(row.visit_date);
            }
            if let Some(day) = row.done.filter(|day| is_within(*day)) {
                let done = found.done.entry(row.facility).or_insert((day, 0));
                *done = (done.0.min(day), done.1 + 1);
            }
        }
        found
    }

    fn add_written(&mut self, context: &PageContext<'a>) {
        let subject = context.subject;
        let written = &context.evaluator.facts().written;
        let year = subject.period.year();
        let steps = written.network_steps.iter().filter(|owned| owned.puskesmas == subject.puskesmas);
        for step in steps.map(|owned| &owned.row).filter(|step| step.date <= subject.as_of) {
            let Some(stage) = NetworkStage::from_label(&step.step) else { continue };
            let key = (name_key(&step.facility), stage);
            if stage == NetworkStage::Formed {
                self.written.insert(key, step.date);
            } else if Month::from_date(step.date).year() == year {
                self.written.entry(key).or_insert(step.date);
            }
        }
        let problems = written.problems.iter().filter(|owned| owned.puskesmas == subject.puskesmas);
        for problem in problems.map(|owned| &owned.row) {
            let is_of_year = problem.period.year() == year && problem.period.first_day() <= subject.as_of;
            if let Some(name) = problem.facility.as_ref().filter(|_| is_of_year) {
                self.problems.entry(name_key(name)).or_insert_with(|| format::period(problem.period));
            }
        }
    }

    fn cell(&self, index: u32, facility: &Facility, stage: NetworkStage) -> StageCell {
        let key = (name_key(&facility.name), stage);
        if let Some(date) = self.written.get(&key) {
            return StageCell::Done(StageProof {
                when: format::date(*date),
                source: Table::NetworkSteps.label().to_owned(),
            });
        }
        match self.derived(index, facility, stage) {
            Some(proof) => StageCell::Done(proof),
            None if stage == NetworkStage::Formed && !is_expected(facility) => StageCell::NotApplicable,
            None => StageCell::NotRecorded,
        }
    }

    fn derived(&self, index: u32, facility: &Facility, stage: NetworkStage) -> Option<StageProof> {
        let proof = |when: String, source: &str| StageProof { when, source: source.to_owned() };
        match stage {
            NetworkStage::Formed => {
                let standing = self.agreements.standing(facility, self.as_of);
                let when = standing.signed.map(format::date).unwrap_or_default();
                let source = match standing.source {
                    AgreementSource::Register => format!("PKS di {}", standing.source.label()),
                    AgreementSource::Steps | AgreementSource::Nothing => standing.source.label().to_owned(),
                };
                standing.state.is_in_force().then_some(StageProof { when, source })
            }
            NetworkStage::Problems => {
                let finding =
                    self.findings.get(&index).map(|date| proof(format::visit_date(*date), "temuan pembinaan"));
                let problem = || self.problems.get(&name_key(&facility.name));
                finding.or_else(|| problem().map(|period| proof(period.clone(), Table::Problems.label())))
            }
            NetworkStage::Plan => self.plans.get(&index).map(|date| proof(format::date(*date), "RTL pembinaan")),
            NetworkStage::CarriedOut => {
                self.done.get(&index).map(|(date, count)| proof(format::date(*date), &format!("{count} RTL selesai")))
            }
            NetworkStage::Monitored => {
                self.scored.get(&index).map(|date| proof(format::visit_date(*date), "skor daftar tilik"))
            }
        }
    }
}
