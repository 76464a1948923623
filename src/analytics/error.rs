//! Failures between facts and results: only what polars refuses; bad data never gets this far.

/// A frame could not be built or a query over it failed.
#[derive(Debug, thiserror::Error)]
#[error("perhitungan `{what}` gagal")]
pub struct AnalyticsError {
    /// Name of the frame or query.
    pub what: &'static str,
    /// Error that polars gives.
    #[source]
    pub source: polars::error::PolarsError,
}

impl AnalyticsError {
    /// Names the frame or query in which polars failed.
    pub(super) fn during(what: &'static str) -> impl FnOnce(polars::error::PolarsError) -> Self {
        move |source| Self { what, source }
    }
}
