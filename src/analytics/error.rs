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
    /// Says why results that were fixed cannot be had.
    pub fn of_approved(why: &impl ToString) -> Self {
        let source = polars::error::PolarsError::ComputeError(why.to_string().into());
        Self { what: "angka yang disetujui", source }
    }

    /// Names the frame or query in which polars failed.
    pub(super) fn during(what: &'static str) -> impl FnOnce(polars::error::PolarsError) -> Self {
        move |source| Self { what, source }
    }
}
