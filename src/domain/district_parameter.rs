//! The eight parameters of the district team's instrument, and what an assessment of them comes to. Plain rules; knows
//! no record and no page. Source: `docs/domain.md`, *TPCB*.

use super::name::plain_words;

/// Percent from which a parameter is good.
const GOOD_PERCENT: u64 = 80;
/// Percent from which a parameter is still fair.
const FAIR_PERCENT: u64 = 61;
/// Parameters that may be fair while the whole is fair.
const FAIR_PARAMETERS_MAX: usize = 2;

/// A parameter of the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DistrictParameter {
    /// *Sumber daya*.
    Resources,
    /// *Perencanaan*.
    Planning,
    /// *Pelaksanaan*.
    CarryingOut,
    /// *Penilaian kinerja*.
    PerformanceReview,
    /// *Mutu*.
    Quality,
    /// PPI: prevention and control of infections.
    InfectionControl,
    /// SKDR: early warning and response.
    EarlyWarning,
    /// *Cakupan program*.
    ProgrammeCoverage,
}

impl DistrictParameter {
    /// All, in the order of the instrument.
    pub const ALL: [Self; 8] = [
        Self::Resources,
        Self::Planning,
        Self::CarryingOut,
        Self::PerformanceReview,
        Self::Quality,
        Self::InfectionControl,
        Self::EarlyWarning,
        Self::ProgrammeCoverage,
    ];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] =
        &["Sumber daya", "Perencanaan", "Pelaksanaan", "Penilaian kinerja", "Mutu", "PPI", "SKDR", "Cakupan program"];

    /// The word on pages and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The parameter of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| plain_words(parameter.label()) == plain_words(label))
    }

    /// Points that the instrument gives at most.
    pub fn maximum(self) -> u32 {
        match self {
            Self::Resources => 80,
            Self::Planning => 290,
            Self::CarryingOut => 60,
            Self::PerformanceReview => 20,
            Self::Quality => 50,
            Self::InfectionControl => 120,
            Self::EarlyWarning => 30,
            Self::ProgrammeCoverage => 160,
        }
    }
}

/// Points of one parameter out of those that it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterPoints {
    /// Points reached.
    pub points: u32,
    /// Most that can be reached.
    pub maximum: u32,
}

impl ParameterPoints {
    /// Reports whether they can be: some maximum, and no more than it.
    pub fn is_possible(self) -> bool {
        self.maximum > 0 && self.points <= self.maximum
    }

    /// Reports whether they come to at least so many percent; exact.
    fn reaches(self, percent: u64) -> bool {
        u64::from(self.points) * 100 >= percent * u64::from(self.maximum)
    }

    /// Percent of the maximum; none where they cannot be.
    pub fn percent(self) -> Option<f64> {
        self.is_possible().then(|| f64::from(self.points) * 100.0 / f64::from(self.maximum))
    }
}

/// Conclusion from an assessment of all parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssessmentConclusion {
    /// All parameters from 80 %.
    Good,
    /// One or two from 61 % and below 80 %, the rest from 80 %.
    Fair,
    /// Anything else.
    Poor,
    /// Nothing can be concluded: these parameters are not assessed, or have more points than they can have.
    Unknown(Vec<DistrictParameter>),
}

impl AssessmentConclusion {
    /// Concludes from the points of each parameter; none where it was not assessed.
    pub fn new(points: impl Fn(DistrictParameter) -> Option<ParameterPoints>) -> Self {
        let possible = |parameter| points(parameter).filter(|points| points.is_possible());
        let known: Vec<ParameterPoints> = DistrictParameter::ALL.into_iter().filter_map(possible).collect();
        if known.len() < DistrictParameter::ALL.len() {
            return Self::Unknown(DistrictParameter::ALL.into_iter().filter(|one| possible(*one).is_none()).collect());
        }
        let below_good: Vec<&ParameterPoints> = known.iter().filter(|points| !points.reaches(GOOD_PERCENT)).collect();
        let are_fair = below_good.iter().all(|points| points.reaches(FAIR_PERCENT));
        match below_good.len() {
            0 => Self::Good,
            count if count <= FAIR_PARAMETERS_MAX && are_fair => Self::Fair,
            _ => Self::Poor,
        }
    }

    /// The word on pages and papers.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Good => "Baik",
            Self::Fair => "Cukup",
            Self::Poor => "Kurang",
            Self::Unknown(_) => "Belum dapat disimpulkan",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of a maximum of 100 each.
    fn conclusion(points: [Option<u32>; 8]) -> AssessmentConclusion {
        AssessmentConclusion::new(|parameter| {
            points[parameter as usize].map(|points| ParameterPoints { points, maximum: 100 })
        })
    }

    fn all_but(points: u32, others: &[u32]) -> [Option<u32>; 8] {
        let mut all = [Some(points); 8];
        for (place, other) in others.iter().enumerate() {
            all[place] = Some(*other);
        }
        all
    }

    #[test]
    fn the_instrument_has_eight_parameters_with_their_maxima() {
        assert_eq!(DistrictParameter::ALL.map(DistrictParameter::maximum).iter().sum::<u32>(), 810);
        for parameter in DistrictParameter::ALL {
            assert_eq!(DistrictParameter::from_label(&parameter.label().to_uppercase()), Some(parameter));
        }
    }

    #[test]
    fn the_conclusion_follows_the_bands_with_their_gaps_closed() {
        use AssessmentConclusion::{Fair, Good, Poor, Unknown};
        assert_eq!(conclusion([Some(80); 8]), Good);
        assert_eq!(conclusion(all_but(80, &[79])), Fair);
        assert_eq!(conclusion(all_but(80, &[61, 79])), Fair);
        assert_eq!(conclusion(all_but(80, &[61, 79, 79])), Poor, "three are more than two");
        assert_eq!(conclusion(all_but(100, &[60])), Poor);
        assert_eq!(conclusion([Some(0); 8]), Poor, "a real zero is a number");
        let mut gap = [Some(100); 8];
        gap[4] = None;
        assert_eq!(conclusion(gap), Unknown(vec![DistrictParameter::Quality]));
        assert_eq!(conclusion(all_but(100, &[101])), Unknown(vec![DistrictParameter::Resources]));
        // 231 of 290 are 79.66 %: above 79, and not 80.
        let exact = |points| {
            AssessmentConclusion::new(|parameter| {
                let maximum = parameter.maximum();
                let points = if parameter == DistrictParameter::Planning { points } else { maximum };
                Some(ParameterPoints { points, maximum })
            })
        };
        assert_eq!([exact(231), exact(232), exact(177), exact(176)], [Fair, Good, Fair, Poor]);
    }
}
