//! One Puskesmas in one period, in as much room as the district's pages need: its pooled counts, those of the period
//! before, what came of its recaps and when. Made once from an evaluation and kept; knows no other Puskesmas.

use crate::analytics::received::MONTHLY_TABLES;
use crate::analytics::results::{Completeness, PuskesmasResult, ResultBlock, ServiceResult};
use crate::analytics::{Evaluator, trend_points};
use crate::dashboard::table::ScoreStatus;
use crate::domain::{CoachingIndicator, Coordinates, Date, Facts, Month, Period, Status, Table};

/// Day of the month after on which a month's recap is due: the one that the job `periksa-data` begins with.
pub const RECAP_DUE_DAY: u32 = 10;

/// A Puskesmas in a period, as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct PuskesmasStanding {
    /// Name as its register writes it.
    pub name: String,
    /// Counts and figures over all its facilities.
    pub total: ResultBlock,
    /// Those of the period before; `None` where it was not registered then.
    pub previous: Option<ResultBlock>,
    /// Status that pages give its score.
    pub standing: ScoreStatus,
    /// Status of each indicator's performance, by [`CoachingIndicator::index`].
    pub performances: [Status; CoachingIndicator::COUNT],
    /// Facilities and months behind the figures.
    pub completeness: Completeness,
    /// Months of the period that have begun, in order.
    pub months: Vec<MonthRecaps>,
    /// Follow-ups past their date that are not done.
    pub overdue: u32,
    /// State of the period's approval, in a word; blank where nobody took a step.
    pub approval: &'static str,
    /// Reports whether the figures are those that were approved.
    pub is_approved: bool,
    /// Middle of its facilities with coordinates; `None` where none has any.
    pub middle: Option<Coordinates>,
}

/// Recaps of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRecaps {
    /// Month that they are of.
    pub month: Month,
    /// Last day on which they are in time.
    pub due: Date,
    /// State of each table of [`MONTHLY_TABLES`], in their order.
    pub tables: [RecapArrival; MONTHLY_TABLES.len()],
}

/// State of a table of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecapArrival {
    /// It came by its due day, or on a day that nobody knows.
    InTime,
    /// It came first on this day, after its due day.
    Late(Date),
    /// It has not come.
    NotReceived,
}

/// Evaluation of a Puskesmas with what a standing needs besides.
#[derive(Clone, Copy, Debug)]
pub struct StandingMaterial<'a> {
    /// Facts and formulas of the Puskesmas.
    pub evaluator: &'a Evaluator,
    /// Results of the period.
    pub result: &'a PuskesmasResult,
    /// Results of the period before.
    pub previous: Option<&'a PuskesmasResult>,
    /// Period.
    pub period: Period,
    /// As-of date, within the period.
    pub as_of: Date,
    /// State of the period's approval, in a word; blank where nobody took a step.
    pub approval: &'static str,
    /// True where the figures are those that were approved.
    pub is_approved: bool,
}

impl PuskesmasStanding {
    /// Gathers the standing; `arrived` tells the day on which a table of a month first came.
    pub fn new(material: &StandingMaterial<'_>, arrived: impl Fn(Table, Month) -> Option<Date>) -> Self {
        let StandingMaterial { evaluator, result, period, as_of, .. } = *material;
        let facts = evaluator.facts();
        let decree = evaluator.decree(result.puskesmas, period.year());
        let performances = CoachingIndicator::ALL
            .map(|indicator| decree.thresholds.status(result.total.indicator(indicator).performance));
        let months = period.months().filter(|month| month.has_begun(as_of));
        Self {
            name: facts.puskesmas.get(result.puskesmas as usize).map(|one| one.name.clone()).unwrap_or_default(),
            total: result.total.clone(),
            previous: material.previous.map(|before| before.total.clone()),
            standing: ScoreStatus::judged(&decree, &result.total),
            performances,
            completeness: result.completeness,
            months: months.map(|month| month_recaps(material, month, &arrived)).collect(),
            overdue: overdue(facts, as_of),
            approval: material.approval,
            is_approved: material.is_approved,
            middle: middle(facts),
        }
    }

    /// A Puskesmas of which no figure is known.
    #[cfg(test)]
    pub fn empty(name: &str) -> Self {
        use crate::analytics::results::{IndicatorResult, MonthsReceived};
        use crate::domain::Value;

        let indicator = IndicatorResult {
            ratio: None,
            value: Value::NotReported,
            target: 100.0,
            weight: 10.0,
            performance: None,
            months: MonthsReceived::default(),
        };
        let indicators = [indicator; CoachingIndicator::COUNT];
        Self {
            name: name.to_owned(),
            total: ResultBlock { score: None, status: Status::NoData, indicators, service: Vec::new() },
            previous: None,
            standing: ScoreStatus { status: Status::NoData, basis: 0 },
            performances: [Status::NoData; CoachingIndicator::COUNT],
            completeness: Completeness::default(),
            months: Vec::new(),
            overdue: 0,
            approval: "",
            is_approved: false,
            middle: None,
        }
    }

    /// Reports whether any recap of the period came.
    pub fn has_data(&self) -> bool {
        self.completeness.months.received > 0
    }

    /// Change of the score against the period before, in points.
    pub fn change(&self) -> Option<f64> {
        trend_points(self.total.score, self.previous.as_ref().and_then(|before| before.score))
    }

    /// Change of an indicator against the period before, in points.
    pub fn change_of(&self, indicator: CoachingIndicator) -> Option<f64> {
        let before = self.previous.as_ref()?.indicator(indicator).value.number();
        trend_points(self.total.indicator(indicator).value.number(), before)
    }

    /// The score, where pages give it a status.
    pub fn judged_score(&self) -> Option<f64> {
        self.total.score.filter(|_| self.standing.is_judged())
    }

    /// Tables of begun months that have not come though their due day is past on this day.
    pub fn missing_recaps(&self, today: Date) -> usize {
        self.months.iter().filter(|month| today > month.due).map(|month| month.not_received().len()).sum()
    }

    /// Tables of begun months that came late.
    pub fn late_recaps(&self) -> usize {
        let tables = self.months.iter().flat_map(|month| month.tables);
        tables.filter(|arrival| matches!(arrival, RecapArrival::Late(_))).count()
    }

    /// Bytes that it takes in memory, about.
    pub fn bytes(&self) -> usize {
        let services = self.total.service.len() + self.previous.as_ref().map_or(0, |before| before.service.len());
        size_of::<Self>()
            + self.name.len()
            + services * size_of::<ServiceResult>()
            + self.months.len() * size_of::<MonthRecaps>()
    }
}

impl MonthRecaps {
    /// Names of its tables that have not come, in the order of [`MONTHLY_TABLES`].
    pub fn not_received(&self) -> Vec<&'static str> {
        let tables = MONTHLY_TABLES.into_iter().zip(self.tables);
        tables.filter(|(_, arrival)| *arrival == RecapArrival::NotReceived).map(|(table, _)| table.label()).collect()
    }

    /// The last day on which one of its tables first came late.
    pub fn last_late(&self) -> Option<Date> {
        let late = self.tables.into_iter().filter_map(|arrival| match arrival {
            RecapArrival::Late(day) => Some(day),
            _ => None,
        });
        late.max()
    }
}

/// Last day on which a month's recap is in time.
pub fn recap_due(month: Month) -> Date {
    let first = month.plus(1).first_day();
    first.checked_add_days(chrono::Days::new(u64::from(RECAP_DUE_DAY) - 1)).unwrap_or(first)
}

fn month_recaps(
    material: &StandingMaterial<'_>,
    month: Month,
    arrived: &impl Fn(Table, Month) -> Option<Date>,
) -> MonthRecaps {
    let received = material.evaluator.received();
    let due = recap_due(month);
    let tables = MONTHLY_TABLES.map(|table| {
        if !received.contains(material.result.puskesmas, table, month) {
            return RecapArrival::NotReceived;
        }
        arrived(table, month).filter(|day| *day > due).map_or(RecapArrival::InTime, RecapArrival::Late)
    });
    MonthRecaps { month, due, tables }
}

/// Counts follow-ups past their date.
fn overdue(facts: &Facts, as_of: Date) -> u32 {
    let is_open = |done: Option<Date>| done.is_none_or(|done| done > as_of);
    let late =
        facts.follow_ups.iter().filter(|item| item.due < as_of && item.visit_date <= as_of && is_open(item.done));
    u32::try_from(late.count()).unwrap_or(u32::MAX)
}

fn middle(facts: &Facts) -> Option<Coordinates> {
    let known: Vec<Coordinates> = facts.facilities.iter().filter_map(|facility| facility.coordinates).collect();
    let count = f64::from(u32::try_from(known.len()).ok().filter(|count| *count > 0)?);
    let mean = |angle: fn(Coordinates) -> f64| known.iter().map(|one| angle(*one)).sum::<f64>() / count;
    Coordinates::new(mean(Coordinates::latitude), mean(Coordinates::longitude)).ok()
}
