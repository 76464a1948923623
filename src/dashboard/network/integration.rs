//! Integration of the network in a year: the seven aspects pooled over facilities and around a centre, and each
//! facility by aspect. What nobody assessed is an open axis, never a zero.

use crate::charts::{Chart, ChartKind, MarkAnswer, Radar, RadarAxis, RadarWords};
use crate::domain::format;
use crate::domain::network::{AspectTotal, AspectValue, IntegrationAspect, IntegrationYear};

use crate::dashboard::context::PageContext;

/// Percent of a full mark: the second polygon.
const FULL: f64 = 100.0;

/// One facility that was assessed in some aspect.
#[derive(Clone, Debug, PartialEq)]
pub struct IntegrationRow {
    /// Index of the facility.
    pub facility: u32,
    /// Name of the facility.
    pub name: String,
    /// One value an aspect, in the order of [`IntegrationAspect::ALL`].
    pub values: [AspectValue; 7],
    /// Aspects pooled, with how many have a percentage.
    pub total: AspectTotal,
}

/// The assessment of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct IntegrationTable {
    /// Year that is assessed.
    pub year: i32,
    /// Facilities that are listed in the year.
    pub facilities: usize,
    /// Those that were assessed in some aspect, in the order of the register.
    pub rows: Vec<IntegrationRow>,
    /// Each aspect pooled over the facilities.
    pub totals: [AspectTotal; 7],
    /// The same of the year before.
    pub before: [AspectTotal; 7],
    /// The aspects around a centre; `None` where none has a percentage.
    pub chart: Option<Chart>,
}

impl IntegrationTable {
    /// Pools the assessments of the context's year.
    pub fn new(context: &PageContext<'_>) -> Self {
        let subject = context.subject;
        let written = &context.evaluator.facts().written;
        let year = subject.period.year();
        let found = IntegrationYear::new(written, subject.puskesmas, year);
        let former = IntegrationYear::new(written, subject.puskesmas, year - 1);
        let listed: Vec<(u32, &str)> = context
            .facilities()
            .map(|result| (result.facility, context.facility(result.facility).name.as_str()))
            .collect();
        let pooled = |assessed: &IntegrationYear| {
            IntegrationAspect::ALL.map(|aspect| assessed.total(listed.iter().map(|(_, name)| *name), aspect))
        };
        let rows = listed.iter().filter_map(|(facility, name)| row(&found, *facility, name));
        let mut table = Self {
            year,
            facilities: listed.len(),
            rows: rows.collect(),
            totals: pooled(&found),
            before: pooled(&former),
            chart: None,
        };
        table.chart = table.drawn(&context.source());
        table
    }

    /// Says in a sentence without full stop how many were assessed, and which aspect is lowest.
    pub fn summary(&self) -> String {
        if self.rows.is_empty() {
            return format!("Integrasi tahun {} belum dinilai", self.year);
        }
        let known = IntegrationAspect::ALL.into_iter().zip(self.totals);
        let known = known.filter_map(|(aspect, total)| Some((total.percent()?, aspect)));
        let lowest = known.min_by(|one, other| one.0.total_cmp(&other.0));
        let lowest = lowest.map(|(percent, aspect)| {
            format!("; paling rendah {} ({} %)", aspect.label().to_lowercase(), format::percent(percent))
        });
        format!("{} dari {} faskes dinilai{}", self.rows.len(), self.facilities, lowest.unwrap_or_default())
    }

    fn drawn(&self, source: &str) -> Option<Chart> {
        self.totals.iter().any(|total| total.percent().is_some()).then_some(())?;
        let pairs: Vec<(IntegrationAspect, AspectTotal)> =
            IntegrationAspect::ALL.into_iter().zip(self.totals).collect();
        let axes = pairs.iter().map(|(aspect, total)| RadarAxis {
            name: aspect.label().to_owned(),
            value: total.percent(),
            target: FULL,
            answer: MarkAnswer { detail: self.detail(*total), ..MarkAnswer::default() },
        });
        let words: Vec<String> =
            pairs.iter().map(|(aspect, total)| format!("{} {}", aspect.label(), total_words(*total))).collect();
        Some(Chart {
            title: self.summary(),
            subtitle: format!("Tujuh aspek integrasi tahun {}, persen dari nilai maksimal", self.year),
            source: source.to_owned(),
            description: format!("Jaring laba-laba: {}.", words.join("; ")),
            kind: ChartKind::Radar(Radar {
                name: format!("Integrasi {}", self.year),
                axes: axes.collect(),
                words: RadarWords::FULL_MARKS,
            }),
        })
    }

    /// Counts behind an aspect: `12 dari 20 nilai; 5 dari 13 faskes dinilai`.
    pub fn detail(&self, total: AspectTotal) -> String {
        let counts = format!("{} dari {} faskes dinilai", total.assessed, self.facilities);
        let points = (total.maximum > 0).then(|| format!("{} dari {} nilai; ", total.points, total.maximum));
        let open = match total.without_percentage {
            0 => String::new(),
            count => format!("; {count} tanpa nilai maksimal, tidak ikut dihitung"),
        };
        format!("{}{counts}{open}", points.unwrap_or_default())
    }
}

fn row(year: &IntegrationYear, facility: u32, name: &str) -> Option<IntegrationRow> {
    let values = IntegrationAspect::ALL.map(|aspect| year.value(name, aspect));
    let total = IntegrationAspect::ALL.into_iter().fold(AspectTotal::default(), |sum, aspect| {
        let one = year.total(std::iter::once(name), aspect);
        AspectTotal {
            points: sum.points + one.points,
            maximum: sum.maximum + one.maximum,
            assessed: sum.assessed + one.assessed,
            without_percentage: sum.without_percentage + one.without_percentage,
        }
    });
    let is_assessed = values.iter().any(|value| *value != AspectValue::NotAssessed);
    is_assessed.then(|| IntegrationRow { facility, name: name.to_owned(), values, total })
}

/// The words of an aspect over all facilities: a percentage, or what is missing.
pub fn total_words(total: AspectTotal) -> String {
    match total.percent() {
        Some(percent) => format!("{} %", format::percent(percent)),
        None if total.without_percentage > 0 => "tidak dapat dihitung".to_owned(),
        None => "belum dinilai".to_owned(),
    }
}

/// The words of an aspect at a facility: `75,0 % (3/4)`, or what is missing.
pub fn aspect_words(value: AspectValue) -> String {
    match value {
        AspectValue::NotAssessed => "belum dinilai".to_owned(),
        AspectValue::NoPercentage(points) => format!("{points}, tidak dapat dihitung"),
        AspectValue::Points { points, maximum } => {
            let percent = value.percent().map(format::percent).unwrap_or_default();
            format!("{percent} % ({points}/{maximum})")
        }
    }
}
