//! The subject of the rows below a heading, as far as its first column and the titles above it say it.

/// The subject of each row below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowsOf {
    /// A facility or an indicator each.
    Many,
    Villages,
    /// Months or dates of one facility.
    OneFacility,
    /// Neither: decisions, findings, clusters.
    Notes,
}

/// The sort of table that the titles above a heading announce.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "titles may announce several at once")]
pub(super) struct Titled {
    pub(super) is_register: bool,
    /// Something that is done with the facilities of a register: visits, reports, attendance, figures.
    pub(super) is_of_other: bool,
    pub(super) is_of_visits: bool,
    /// A plan of coaching.
    pub(super) is_plan: bool,
    /// Reports that came in.
    pub(super) is_of_reports: bool,
    /// One month alone.
    pub(super) is_of_one_month: bool,
    /// Agreed actions and how far they are.
    pub(super) is_of_follow_ups: bool,
    /// A plan, an attendance or reports of which each month has a column.
    pub(super) is_of_months: bool,
}
