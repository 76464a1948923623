//! Tables that people write beside the figures, as rows of the database. All of it is about the Puskesmas: other people
//! and places that a row names stand in its columns.

use super::StoreError;
use super::codec::{Columns, day};
use super::rows::{Bound, RowKey, RowSubject, Stored, date_or_blank, keep, month_value, text, text_or_blank};
use crate::domain::name::{name_key, plain_words, puskesmas_key};
use crate::domain::records::Field;
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};
use crate::domain::{Period, Table, format};

/// Between the texts of a key: no text in its normal form holds it.
const JOINT: char = '|';

fn key_text<'t>(texts: impl IntoIterator<Item = Option<&'t String>>) -> String {
    let words = texts.into_iter().map(|text| text.map(|text| plain_words(text)).unwrap_or_default());
    words.collect::<Vec<_>>().join(&JOINT.to_string())
}

fn filled<const N: usize>(fields: [(Field, Option<String>); N]) -> Vec<(Field, String)> {
    fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl Stored for Problem {
    const TABLE: Table = Table::Problems;
    const SQL_TABLE: &'static str = "problem_rows";
    const COLUMNS: &'static [&'static str] = &[
        "facility",
        "first_month",
        "last_month",
        "problem",
        "cause",
        "agreed",
        "owner",
        "due_day",
        "done_day",
        "proof",
    ];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            text_or_blank(self.facility.as_ref()),
            month_value(self.period.first_month()),
            month_value(self.period.last_month()),
            text(&self.problem),
            text_or_blank(self.cause.as_ref()),
            text_or_blank(self.agreed.as_ref()),
            text_or_blank(self.owner.as_ref()),
            date_or_blank(self.due),
            date_or_blank(self.done),
            text_or_blank(self.proof.as_ref()),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            facility: columns.get()?,
            period: Period::between(columns.month()?, columns.month()?),
            problem: columns.get()?,
            cause: columns.get()?,
            agreed: columns.get()?,
            owner: columns.get()?,
            due: columns.date_or_blank()?,
            done: columns.date_or_blank()?,
            proof: columns.get()?,
        })
    }

    fn key(&self) -> RowKey {
        let facility = self.facility.as_deref().map(name_key).unwrap_or_default();
        let first = i64::from(self.period.first_month().number()); // No period is longer than a year.
        let length = i64::from(self.period.kind().length_months());
        (first * 100 + length, format!("{facility}{JOINT}{}", plain_words(&self.problem)))
    }

    fn overlay(&mut self, later: Self) {
        self.problem = later.problem;
        keep(&mut self.cause, later.cause);
        keep(&mut self.agreed, later.agreed);
        keep(&mut self.owner, later.owner);
        keep(&mut self.due, later.due);
        keep(&mut self.done, later.done);
        keep(&mut self.proof, later.proof);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        filled([
            (Field::Month, Some(format::period(self.period))),
            (Field::Name, self.facility.clone()),
            (Field::Problem, Some(self.problem.clone())),
            (Field::Cause, self.cause.clone()),
            (Field::Agreed, self.agreed.clone()),
            (Field::Person, self.owner.clone()),
            (Field::Due, self.due.map(format::date)),
            (Field::Done, self.done.map(format::date)),
            (Field::Proof, self.proof.clone()),
        ])
    }

    fn describe(&self) -> String {
        joined(&[self.facility.as_deref().unwrap_or("Puskesmas"), &format::period(self.period), &self.problem])
    }
}

impl Stored for Decision {
    const TABLE: Table = Table::Decisions;
    const SQL_TABLE: &'static str = "decision_rows";
    const COLUMNS: &'static [&'static str] =
        &["day", "problem", "facility", "decision", "owner", "due_day", "follow_up", "done_day"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            Bound::from(day(self.date)),
            text_or_blank(self.problem.as_ref()),
            text_or_blank(self.facility.as_ref()),
            text(&self.decision),
            text_or_blank(self.owner.as_ref()),
            date_or_blank(self.due),
            text_or_blank(self.follow_up.as_ref()),
            date_or_blank(self.done),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            date: columns.date()?,
            problem: columns.get()?,
            facility: columns.get()?,
            decision: columns.get()?,
            owner: columns.get()?,
            due: columns.date_or_blank()?,
            follow_up: columns.get()?,
            done: columns.date_or_blank()?,
        })
    }

    fn key(&self) -> RowKey {
        let text = key_text([self.problem.as_ref(), Some(&self.decision)]);
        // Two facilities may be told the same thing.
        let whose = self.facility.as_deref().map(|name| format!("{JOINT}{}", name_key(name))).unwrap_or_default();
        (day(self.date), text + &whose)
    }

    fn overlay(&mut self, later: Self) {
        self.decision = later.decision;
        keep(&mut self.problem, later.problem);
        keep(&mut self.facility, later.facility);
        keep(&mut self.owner, later.owner);
        keep(&mut self.due, later.due);
        keep(&mut self.follow_up, later.follow_up);
        keep(&mut self.done, later.done);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        filled([
            (Field::Date, Some(format::date(self.date))),
            (Field::Problem, self.problem.clone()),
            (Field::Name, self.facility.clone()),
            (Field::Decision, Some(self.decision.clone())),
            (Field::Person, self.owner.clone()),
            (Field::Due, self.due.map(format::date)),
            (Field::Agreed, self.follow_up.clone()),
            (Field::Done, self.done.map(format::date)),
        ])
    }

    fn describe(&self) -> String {
        joined(&[&format::date(self.date), &self.decision])
    }
}

impl Stored for ClusterMember {
    const TABLE: Table = Table::Clusters;
    const SQL_TABLE: &'static str = "cluster_rows";
    const COLUMNS: &'static [&'static str] = &["year", "member", "cluster"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![Bound::from(i64::from(self.year)), text(&self.puskesmas), text(&self.cluster)]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self { year: columns.get()?, puskesmas: columns.get()?, cluster: columns.get()? })
    }

    fn key(&self) -> RowKey {
        (i64::from(self.year), puskesmas_key(&self.puskesmas))
    }

    fn overlay(&mut self, later: Self) {
        self.puskesmas = later.puskesmas;
        self.cluster = later.cluster;
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        filled([
            (Field::Month, Some(self.year.to_string())),
            (Field::Name, Some(self.puskesmas.clone())),
            (Field::Cluster, Some(self.cluster.clone())),
        ])
    }

    fn describe(&self) -> String {
        joined(&[&self.puskesmas, &format!("tahun {}", self.year)])
    }
}

impl Stored for DistrictVisit {
    const TABLE: Table = Table::DistrictVisits;
    const SQL_TABLE: &'static str = "district_visit_rows";
    const COLUMNS: &'static [&'static str] = &[
        "day",
        "kind",
        "fact",
        "conclusion",
        "for_puskesmas",
        "for_district",
        "due_day",
        "sent_day",
        "received_day",
        "answered_day",
        "followed_up_day",
    ];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            Bound::from(day(self.date)),
            text_or_blank(self.sort.as_ref()),
            text_or_blank(self.fact.as_ref()),
            text_or_blank(self.conclusion.as_ref()),
            text_or_blank(self.for_puskesmas.as_ref()),
            text_or_blank(self.for_district.as_ref()),
            date_or_blank(self.due),
            date_or_blank(self.sent),
            date_or_blank(self.received),
            date_or_blank(self.answered),
            date_or_blank(self.followed_up),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            date: columns.date()?,
            sort: columns.get()?,
            fact: columns.get()?,
            conclusion: columns.get()?,
            for_puskesmas: columns.get()?,
            for_district: columns.get()?,
            due: columns.date_or_blank()?,
            sent: columns.date_or_blank()?,
            received: columns.date_or_blank()?,
            answered: columns.date_or_blank()?,
            followed_up: columns.date_or_blank()?,
        })
    }

    fn key(&self) -> RowKey {
        (day(self.date), key_text([self.sort.as_ref(), self.fact.as_ref()]))
    }

    fn overlay(&mut self, later: Self) {
        keep(&mut self.sort, later.sort);
        keep(&mut self.fact, later.fact);
        keep(&mut self.conclusion, later.conclusion);
        keep(&mut self.for_puskesmas, later.for_puskesmas);
        keep(&mut self.for_district, later.for_district);
        keep(&mut self.due, later.due);
        keep(&mut self.sent, later.sent);
        keep(&mut self.received, later.received);
        keep(&mut self.answered, later.answered);
        keep(&mut self.followed_up, later.followed_up);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        filled([
            (Field::Date, Some(format::date(self.date))),
            (Field::Form, self.sort.clone()),
            (Field::Fact, self.fact.clone()),
            (Field::Conclusion, self.conclusion.clone()),
            (Field::ForPuskesmas, self.for_puskesmas.clone()),
            (Field::ForDistrict, self.for_district.clone()),
            (Field::Due, self.due.map(format::date)),
            (Field::Sent, self.sent.map(format::date)),
            (Field::ReceivedOn, self.received.map(format::date)),
            (Field::Answered, self.answered.map(format::date)),
            (Field::Done, self.followed_up.map(format::date)),
        ])
    }

    fn describe(&self) -> String {
        joined(&[
            &format::date(self.date),
            self.sort.as_deref().unwrap_or_default(),
            self.fact.as_deref().unwrap_or_default(),
        ])
    }
}

impl Stored for DistrictFollowUp {
    const TABLE: Table = Table::DistrictFollowUps;
    const SQL_TABLE: &'static str = "district_follow_up_rows";
    const COLUMNS: &'static [&'static str] = &["coached_day", "item", "owner", "due_day", "done_day"];

    fn subject(&self) -> RowSubject<'_> {
        RowSubject::Puskesmas
    }

    fn values(&self) -> Vec<Bound<'_>> {
        vec![
            date_or_blank(self.coached),
            text(&self.item),
            text_or_blank(self.owner.as_ref()),
            date_or_blank(self.due),
            date_or_blank(self.done),
        ]
    }

    fn load(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        Ok(Self {
            coached: columns.date_or_blank()?,
            item: columns.get()?,
            owner: columns.get()?,
            due: columns.date_or_blank()?,
            done: columns.date_or_blank()?,
        })
    }

    fn key(&self) -> RowKey {
        (self.coached.map_or(0, day), plain_words(&self.item))
    }

    fn overlay(&mut self, later: Self) {
        self.item = later.item;
        keep(&mut self.owner, later.owner);
        keep(&mut self.due, later.due);
        keep(&mut self.done, later.done);
    }

    fn field_texts(&self) -> Vec<(Field, String)> {
        filled([
            (Field::Date, self.coached.map(format::date)),
            (Field::Item, Some(self.item.clone())),
            (Field::Person, self.owner.clone()),
            (Field::Due, self.due.map(format::date)),
            (Field::Done, self.done.map(format::date)),
        ])
    }

    fn describe(&self) -> String {
        self.item.clone()
    }
}
