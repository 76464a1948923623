//! polars: facts in, results out. Never sees a file path, a batch, an HTTP type or the clock.
//!
//! [`Evaluator`] turns the facts into frames once and evaluates any period as of any date; the sums over facts
//! are polars group-bys (`frames`), everything that decides is pure and plain ([`slots`], `scoring`,
//! `decrees`, [`received`]). [`explain()`] walks the facts themselves, so that each figure is computed in two ways.

mod achievement_frame;
mod achievements;
mod applies;
mod approved;
mod assembly;
pub mod calendar;
mod columns;
mod decrees;
pub mod error;
pub mod evaluator;
pub mod explain;
mod frames;
mod groupings;
pub mod history;
pub mod monthly;
mod plans;
pub mod pooling;
pub mod pws;
pub mod received;
pub mod results;
mod scoring;
pub mod slots;
pub mod window;

pub use achievements::{Achievement, achievements};
pub use approved::{ApprovedPeriods, ApprovedResult};
pub use calendar::{Calendar, CalendarCell, CalendarRow, calendar};
pub use decrees::DecreesByYear;
pub use error::AnalyticsError;
pub use evaluator::Evaluator;
pub use explain::{Contribution, ExplainedFigure, Explanation, explain};
pub use frames::report_due;
pub use groupings::ServiceSum;
pub use history::{History, HistoryPoint, history, trend_points};
pub use monthly::{MonthlyRow, MonthlyTable, monthly};
pub use pooling::Selection;
pub use pws::{PwsRow, PwsTable, Trend, pws};
