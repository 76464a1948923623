//! Indicators of the Puskesmas itself (INM, SPM, IKS, counts of incidents), which have no facility: what counts from a year
//! on, the counts of each month, ready sets of them, and what a year comes to. Computes in exact ratios; knows no sheet.

mod bands;
mod measure;
mod rows;
mod set;
mod year;

pub use bands::OwnBands;
pub use measure::{OwnAggregation, OwnAim, OwnMeasure};
pub use rows::{OwnAchievement, OwnIndicator};
pub use set::{IndicatorSet, IndicatorSetBook, SetIndicator};
pub use year::{OwnFigure, OwnMonth, OwnObstacle, OwnResult, OwnRows, OwnYear};
