//! PWS (pemantauan wilayah setempat): one service indicator of one Puskesmas, cumulative to a month, this month and
//! the month before. Plain numbers; the chart is drawn elsewhere.

use crate::domain::{Aggregation, Date, Direction, Month, PwsStatus, Ratio, ServiceDefinition, format, reaches};

use super::Evaluator;
use super::achievements::{Achievement, achievements, aggregate, last_denominator};
use super::applies::Applying;

/// Change against the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// Above the month before (*naik*).
    Rising,
    /// The same as the month before (*tetap*).
    Level,
    /// Below the month before (*turun*).
    Falling,
}

impl Trend {
    /// Indonesian word of the trend.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rising => "naik",
            Self::Level => "tetap",
            Self::Falling => "turun",
        }
    }

    /// Arrow of the trend, as papers print it.
    pub fn arrow(self) -> &'static str {
        match self {
            Self::Rising => "▲",
            Self::Level => "▬",
            Self::Falling => "▼",
        }
    }
}

/// One facility, or the total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PwsRow {
    /// Index of the facility; `None` for the Puskesmas' total.
    pub facility: Option<u32>,
    /// Counts from January to this month; `None` where no month was reported.
    pub cumulative: Option<Ratio>,
    /// Counts of this month (over the annual denominator where cumulative); `None` where not reported.
    pub this_month: Option<Ratio>,
    /// The same of the month before (of December before January).
    pub last_month: Option<Ratio>,
    /// This month's percentage against last month's, where both are known.
    pub trend: Option<Trend>,
    /// True if the cumulative percentage is at or above the target due (*di atas*); `None` where it is not known.
    pub above_target: Option<bool>,
    /// Status by target and trend, where both are known.
    pub status: Option<PwsStatus>,
}

/// The PWS of one service indicator, Puskesmas and month.
#[derive(Clone, Debug, PartialEq)]
pub struct PwsTable {
    /// Index of the service indicator.
    pub service: u32,
    /// Its definition in this year.
    pub definition: ServiceDefinition,
    /// Month that the analysis is of.
    pub month: Month,
    /// Day of evaluation.
    pub as_of: Date,
    /// Target due by this month, in percent.
    pub target_due: f64,
    /// Targets due by January … December, in percent.
    pub monthly_targets: [f64; 12],
    /// Facilities listed that year to which it applies, from high to low; those without figures last, by name.
    pub rows: Vec<PwsRow>,
    /// Pooled over all of them.
    pub total: PwsRow,
}

impl PwsTable {
    /// Returns the number of facilities to which it applies that reported this month.
    pub fn reported(&self) -> usize {
        self.rows.iter().filter(|row| row.this_month.is_some()).count()
    }
}

/// PWS's word for a facility that stands well or ill against the target, by its trend. What below the target and
/// level is called the sources leave open: `level_below` is the decree's word for it.
///
/// Where lower is better, `well` means at or below the target and the trend is turned round.
pub fn pws_status(well: bool, trend: Trend, level_below: PwsStatus) -> PwsStatus {
    match (well, trend) {
        (true, Trend::Rising | Trend::Level) => PwsStatus::Baik,
        (true, Trend::Falling) => PwsStatus::Kurang,
        (false, Trend::Rising) => PwsStatus::Cukup,
        (false, Trend::Level) => level_below,
        (false, Trend::Falling) => PwsStatus::Jelek,
    }
}

/// The PWS table; `None` where the indicator is not in that Puskesmas' list of the year.
pub fn pws(evaluator: &Evaluator, puskesmas: u32, service: u32, month: Month, as_of: Date) -> Option<PwsTable> {
    let list = evaluator.services(puskesmas, month.year());
    let (_, definition) = list.into_iter().find(|&(index, _)| index == service)?;
    let target_due = definition.target_due(month);
    let january = month.plus(1 - i32::try_from(month.month()).ok()?);
    let applying = Applying { facts: evaluator.facts(), service, definition, year: month.year(), as_of };
    let mut pairs: Vec<Pairs> = evaluator
        .facilities_of(puskesmas)
        .filter(|&facility| evaluator.facts().facilities[facility as usize].is_listed_in(month.year()))
        .filter(|&facility| applying.to(facility))
        .map(|facility| {
            let from = january.plus(-12);
            let mut rows = achievements(evaluator.facts(), facility, service, from, month);
            rows.retain(|row| row.month.has_begun(as_of));
            Pairs::new(facility, &rows, month, definition.aggregation)
        })
        .collect();
    pairs.sort_by(|a, b| {
        let percent = |pairs: &Pairs| pairs.cumulative.and_then(Ratio::percent).unwrap_or(f64::NEG_INFINITY);
        percent(b).total_cmp(&percent(a)).then(a.facility.cmp(&b.facility))
    });
    let total = Pairs {
        facility: None,
        cumulative: pooled(&pairs, |pairs| pairs.cumulative),
        this_month: pooled(&pairs, |pairs| pairs.this_month),
        last_month: pooled(&pairs, |pairs| pairs.last_month),
    };
    let against = Against {
        target_due,
        direction: definition.direction,
        level_below: evaluator.decree(puskesmas, month.year()).pws_level_below,
    };
    let mut monthly_targets = [0.0; 12];
    for (target, place) in monthly_targets.iter_mut().zip(0..) {
        *target = definition.target_due(january.plus(place));
    }
    Some(PwsTable {
        service,
        definition: definition.clone(),
        month,
        as_of,
        target_due,
        monthly_targets,
        rows: pairs.iter().map(|pairs| pairs.judge(against)).collect(),
        total: total.judge(against),
    })
}

/// Target and rules that a row is judged by.
#[derive(Clone, Copy)]
struct Against {
    target_due: f64,
    direction: Direction,
    level_below: PwsStatus,
}

/// The three pairs of a row, before they are judged.
struct Pairs {
    facility: Option<u32>,
    cumulative: Option<Ratio>,
    this_month: Option<Ratio>,
    last_month: Option<Ratio>,
}

impl Pairs {
    /// `rows` reach from January of the year before to `month`.
    fn new(facility: u32, rows: &[Achievement], month: Month, aggregation: Aggregation) -> Self {
        let (before, this_year) = rows.split_at(rows.partition_point(|row| row.month.year() < month.year()));
        let of_year = |wanted: Month| if wanted.year() == month.year() { this_year } else { before };
        let monthly = |wanted: Month| {
            let rows = of_year(wanted);
            let row = rows.iter().find(|row| row.month == wanted)?;
            let denominator = match aggregation {
                Aggregation::Cumulative => last_denominator(rows),
                Aggregation::Sum | Aggregation::Last => row.denominator,
            };
            Some(Ratio { numerator: row.numerator?, denominator: denominator? })
        };
        Self {
            facility: Some(facility),
            cumulative: aggregate(this_year, aggregation),
            this_month: monthly(month),
            last_month: monthly(month.plus(-1)),
        }
    }

    fn judge(&self, against: Against) -> PwsRow {
        let Against { target_due, direction, level_below } = against;
        let percent = |pair: Option<Ratio>| pair.and_then(Ratio::percent);
        let cumulative = percent(self.cumulative);
        let trend = percent(self.this_month).zip(percent(self.last_month)).map(|(this, last)| trend(this, last));
        let status = cumulative.zip(trend).map(|(percent, trend)| match direction {
            Direction::HigherIsBetter => pws_status(reaches(percent, target_due), trend, level_below),
            Direction::LowerIsBetter => pws_status(reaches(target_due, percent), opposite(trend), level_below),
        });
        PwsRow {
            facility: self.facility,
            cumulative: self.cumulative,
            this_month: self.this_month,
            last_month: self.last_month,
            trend,
            above_target: cumulative.map(|percent| reaches(percent, target_due)),
            status,
        }
    }
}

/// The facilities' own pairs, added; `None` where none has one.
fn pooled(pairs: &[Pairs], of: impl Fn(&Pairs) -> Option<Ratio>) -> Option<Ratio> {
    pairs.iter().filter_map(of).reduce(|sum, pair| sum + pair)
}

/// Compares the figures as they are shown: 8,3 beside 8,3 is level.
fn trend(this: f64, last: f64) -> Trend {
    match format::as_shown(this).total_cmp(&format::as_shown(last)) {
        std::cmp::Ordering::Greater => Trend::Rising,
        std::cmp::Ordering::Equal => Trend::Level,
        std::cmp::Ordering::Less => Trend::Falling,
    }
}

fn opposite(trend: Trend) -> Trend {
    match trend {
        Trend::Rising => Trend::Falling,
        Trend::Level => Trend::Level,
        Trend::Falling => Trend::Rising,
    }
}
