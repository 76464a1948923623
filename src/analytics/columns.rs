//! Building blocks of frames: a sorted column of codes, a frame of columns, the rows of a range of codes. Knows no fact.

use std::ops::Range;

use polars::prelude::*;
use polars::series::IsSorted;

use super::AnalyticsError;

/// The rows of `frame` whose first column lies in `codes`; without a copy.
pub fn rows_of(frame: &DataFrame, codes: &Range<u32>) -> PolarsResult<DataFrame> {
    let Some(column) = frame.columns().first() else { return Ok(frame.clone()) };
    let column = column.u32()?.cont_slice()?;
    let start = column.partition_point(|&code| code < codes.start);
    let end = column.partition_point(|&code| code < codes.end);
    Ok(frame.slice(i64::try_from(start).unwrap_or(i64::MAX), end - start))
}

/// A column of ascending codes, flagged so that group-bys cut slices instead of hashing.
pub fn sorted(name: &str, codes: Vec<u32>) -> Column {
    let mut column = UInt32Chunked::from_vec(name.into(), codes);
    column.set_sorted_flag(IsSorted::Ascending);
    column.into_column()
}

/// A frame of columns of one length; `what` names it where polars refuses.
pub fn frame(what: &'static str, columns: Vec<Column>) -> Result<DataFrame, AnalyticsError> {
    DataFrame::new_infer_height(columns).map_err(AnalyticsError::during(what))
}
