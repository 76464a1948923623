//! The yearly assessment of how far a facility is integrated, in seven aspects: points of a maximum, each as somebody
//! wrote it. Totals pool points and maxima. Knows no page.

use std::collections::BTreeMap;

use crate::domain::field::Field;
use crate::domain::name::{name_key, plain_words};
use crate::domain::written::WrittenRecords;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// An aspect of integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the aspects are the field's own words")]
pub enum IntegrationAspect {
    Resources,
    Competence,
    Cadres,
    ProceduresAndReferral,
    ServicesToStandard,
    RecordsAndReports,
    Cooperation,
}

impl IntegrationAspect {
    /// All seven, in their order.
    pub const ALL: [Self; 7] = [
        Self::Resources,
        Self::Competence,
        Self::Cadres,
        Self::ProceduresAndReferral,
        Self::ServicesToStandard,
        Self::RecordsAndReports,
        Self::Cooperation,
    ];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &[
        "Sumber daya",
        "Kompetensi nakes",
        "Kader",
        "SOP dan rujukan",
        "Pelayanan sesuai standar",
        "Pencatatan dan pelaporan",
        "Kerja sama",
    ];

    /// The words on pages and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The aspect of some words.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aspect| plain_words(aspect.label()) == plain_words(label))
    }
}

/// A row of *Penilaian Integrasi*; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationScore {
    /// Year that is assessed.
    pub year: i32,
    /// Register's name of the facility.
    pub facility: String,
    /// Words of the aspect.
    pub aspect: String,
    /// Points reached; `None`: not assessed.
    pub points: Option<u32>,
    /// Most that can be reached; without it there is no percentage.
    pub maximum: Option<u32>,
    /// Remark, as somebody wrote it.
    pub note: Option<String>,
}

written_row!(IntegrationScore of IntegrationScores in "integration_score_rows", named by [Name, Aspect, Year],
    again "aspek ini untuk faskes yang sama" {
    year: Year in ["year"],
    facility: Name in ["facility"],
    aspect: Aspect in ["aspect"],
    points: Points in ["points"],
    maximum: Maximum in ["maximum"],
    note: Reason in ["note"],
});

/// Value of one aspect at one facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AspectValue {
    /// Nobody assessed it.
    NotAssessed,
    /// Points that have no maximum, or more than it: no percentage follows.
    NoPercentage(u32),
    /// Points of a maximum.
    Points {
        /// Points reached.
        points: u32,
        /// Most that can be reached, above zero.
        maximum: u32,
    },
}

impl AspectValue {
    fn from_row(row: &IntegrationScore) -> Self {
        match (row.points, row.maximum) {
            (None, _) => Self::NotAssessed,
            (Some(points), Some(maximum)) if maximum > 0 && points <= maximum => Self::Points { points, maximum },
            (Some(points), _) => Self::NoPercentage(points),
        }
    }

    /// Percent of the maximum, where there is one.
    pub fn percent(self) -> Option<f64> {
        match self {
            Self::Points { points, maximum } => Some(f64::from(points) / f64::from(maximum) * 100.0),
            Self::NotAssessed | Self::NoPercentage(_) => None,
        }
    }
}

/// One aspect over all facilities: points and maxima pooled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AspectTotal {
    /// Points of the facilities that have a percentage.
    pub points: u64,
    /// Their maxima.
    pub maximum: u64,
    /// Facilities that have a percentage.
    pub assessed: usize,
    /// Facilities with points from which no percentage follows.
    pub without_percentage: usize,
}

impl AspectTotal {
    /// Percent of the pooled maxima; none where no facility has one.
    #[expect(clippy::cast_precision_loss, reason = "points of facilities")]
    pub fn percent(self) -> Option<f64> {
        (self.maximum > 0).then(|| self.points as f64 / self.maximum as f64 * 100.0)
    }
}

/// The assessments of one Puskesmas in one year, by facility and aspect.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntegrationYear {
    values: BTreeMap<(String, IntegrationAspect), AspectValue>,
}

impl IntegrationYear {
    /// Gathers the rows of a year.
    pub fn new(written: &WrittenRecords, puskesmas: u32, year: i32) -> Self {
        let rows = written.integration_scores.iter().filter(|owned| owned.puskesmas == puskesmas);
        let rows = rows.map(|owned| &owned.row).filter(|row| row.year == year);
        let values = rows.filter_map(|row| {
            let aspect = IntegrationAspect::from_label(&row.aspect)?;
            Some(((name_key(&row.facility), aspect), AspectValue::from_row(row)))
        });
        Self { values: values.collect() }
    }

    /// Reports whether nobody assessed anything.
    pub fn is_empty(&self) -> bool {
        self.values.values().all(|value| *value == AspectValue::NotAssessed)
    }

    /// Value of an aspect at a facility.
    pub fn value(&self, facility: &str, aspect: IntegrationAspect) -> AspectValue {
        self.values.get(&(name_key(facility), aspect)).copied().unwrap_or(AspectValue::NotAssessed)
    }

    /// Pools an aspect over some facilities.
    pub fn total<'n>(&self, facilities: impl Iterator<Item = &'n str>, aspect: IntegrationAspect) -> AspectTotal {
        facilities.fold(AspectTotal::default(), |total, facility| match self.value(facility, aspect) {
            AspectValue::NotAssessed => total,
            AspectValue::NoPercentage(_) => AspectTotal { without_percentage: total.without_percentage + 1, ..total },
            AspectValue::Points { points, maximum } => AspectTotal {
                points: total.points + u64::from(points),
                maximum: total.maximum + u64::from(maximum),
                assessed: total.assessed + 1,
                ..total
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::written::Owned;

    fn row(facility: &str, aspect: &str, points: Option<u32>, maximum: Option<u32>) -> Owned<IntegrationScore> {
        Owned::first(IntegrationScore {
            year: 2026,
            facility: facility.to_owned(),
            aspect: aspect.to_owned(),
            points,
            maximum,
            note: None,
        })
    }

    #[test]
    fn points_are_pooled_and_what_nobody_assessed_is_no_zero() {
        let written = WrittenRecords {
            integration_scores: vec![
                row("Pustu A", "Kader", Some(0), Some(10)),
                row("Posyandu B", "kader", Some(3), Some(5)),
                row("Posyandu C", "Kader", Some(4), None),
                row("Posyandu D", "Kader", None, Some(5)),
                row("Posyandu E", "Kader", Some(6), Some(5)),
            ],
            ..WrittenRecords::default()
        };
        let year = IntegrationYear::new(&written, 0, 2026);
        let names = ["Pustu A", "POSYANDU B", "Posyandu C", "Posyandu D", "Posyandu E", "Klinik F"];
        let total = year.total(names.into_iter(), IntegrationAspect::Cadres);
        assert_eq!(total, AspectTotal { points: 3, maximum: 15, assessed: 2, without_percentage: 2 });
        assert_eq!(total.percent(), Some(20.0));
        assert_eq!(year.value("Pustu A", IntegrationAspect::Cadres).percent(), Some(0.0));
        assert_eq!(year.value("Posyandu D", IntegrationAspect::Cadres), AspectValue::NotAssessed);
        assert_eq!(year.total(names.into_iter(), IntegrationAspect::Resources).percent(), None);
        assert!(IntegrationYear::new(&written, 0, 2025).is_empty());
    }
}
