//! A figure that charts follow: the score or an indicator, with its words, target and details.

use crate::analytics::results::ResultBlock;
use crate::charts::TargetLine;
use crate::definitions::TrendOf;
use crate::domain::format;

use super::context::PageContext;
use super::figure::Measure;
use super::mark;

/// Name, unit and target of a figure.
pub struct FigureWords {
    pub name: String,
    /// Unit; empty for the score.
    pub unit: &'static str,
    /// Unit in the subtitle.
    pub scale: &'static str,
    /// Target, with its words.
    pub target: TargetLine,
}

/// The words of a figure under the decree in force.
pub fn words(context: &PageContext<'_>, of: &TrendOf) -> FigureWords {
    match of {
        TrendOf::Score => {
            let value = context.decree.thresholds.good_from;
            let target = TargetLine { value, label: format!("target Baik {}", format::count(value)) };
            FigureWords { name: "Skor pembinaan".to_owned(), unit: "", scale: "0–100", target }
        }
        TrendOf::Indicator(indicator) => {
            let value = context.decree.rule(*indicator).target;
            let target = TargetLine { value, label: format!("target {} %", format::count(value)) };
            FigureWords { name: indicator.name().to_owned(), unit: "%", scale: "persen", target }
        }
    }
}

/// The figure; `None` where it is not known or does not apply.
pub fn value(block: &ResultBlock, of: &TrendOf) -> Option<f64> {
    match of {
        TrendOf::Score => block.score,
        TrendOf::Indicator(indicator) => block.indicator(*indicator).value.number(),
    }
}

/// Its measure in addresses.
pub fn measure(of: &TrendOf) -> Measure {
    match of {
        TrendOf::Score => Measure::Score,
        TrendOf::Indicator(indicator) => Measure::Coaching(*indicator),
    }
}

/// Counts, target and months behind it.
pub fn details(block: &ResultBlock, of: &TrendOf) -> String {
    match of {
        TrendOf::Score => format!("dinilai dari {} indikator", block.basis()),
        TrendOf::Indicator(indicator) => {
            let result = block.indicator(*indicator);
            let target = format!("target {} %", format::count(result.target));
            mark::detail([mark::counts(result.ratio), Some(target), mark::months(result.months)])
        }
    }
}

/// Reports whether it rests on a denominator so small that one more or less moves it much.
pub fn is_small(block: &ResultBlock, of: &TrendOf) -> bool {
    match of {
        TrendOf::Score => false,
        TrendOf::Indicator(indicator) => {
            let ratio = block.indicator(*indicator).ratio;
            ratio.is_some_and(|ratio| (1.0..mark::SMALL_DENOMINATOR).contains(&ratio.denominator))
        }
    }
}
