//! Pages made of panels: the content of a `dashboards/*.toml`, lowered to types that cannot be wrong. Knows no numbers
//! and no markup.

use crate::domain::visit_priority::FactorWeights;
use crate::domain::{CoachingIndicator, PeriodKind};

/// Limit of panels on one page.
pub const PANELS_MAX: usize = 24;

/// Page of the navigation, or one reached from a facility's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// Its address: the file's stem (lower-case letters, digits, `-`).
    pub slug: String,
    /// Title in navigation and head.
    pub title: String,
    /// The question that it answers; `{periode}`, `{puskesmas}` and `{faskes}` are filled in.
    pub question: String,
    /// Place in the navigation; pages of scope [`DashboardScope::Facility`] are reached from a facility's name.
    pub order: u32,
    /// Subject of the page.
    pub scope: DashboardScope,
    /// Period kinds offered, the first by default; never empty.
    pub periods: Vec<PeriodKind>,
    /// Panels in order; never empty.
    pub panels: Vec<Panel>,
}

/// Subject of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DashboardScope {
    /// All facilities of a Puskesmas.
    Puskesmas,
    /// One facility, chosen by its name.
    Facility,
    /// A lokmin: each panel is a slide.
    Meeting,
    /// The Puskesmas of one cluster, which a team of the district (TPCB) coaches.
    Cluster,
    /// All Puskesmas of the district.
    District,
}

/// Width of a panel on a wide window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The whole row of the window.
    Full,
    /// Half of the row; two such panels stand side by side.
    Half,
}

/// One panel of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Unique within its page, from the kind (`score-bars`, `pws-2`): for addresses of charts and anchors.
    pub id: String,
    /// Head; `None`: the kind's own.
    pub title: Option<String>,
    /// A sentence below the head.
    pub note: Option<String>,
    /// Room that it takes on a wide window.
    pub width: Width,
    /// True where it stands closed behind its heading, on a screen, until somebody opens it.
    pub is_folded: bool,
    /// Kind, with its options.
    pub kind: PanelKind,
}

/// The kinds of panel.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelKind {
    /// Score, status, change, completeness.
    Lead,
    /// Facilities and matters that need attention first.
    Attention {
        /// Lines at most (1–10).
        limit: u32,
    },
    /// Facilities by coaching indicators, coloured by status.
    StatusTable(StatusTable),
    /// Totals by these groupings.
    Totals {
        /// Groupings in order; never empty.
        by: Vec<Grouping>,
    },
    /// Numbers of months and facilities that reported.
    Completeness,
    /// Score per facility against the threshold of Baik.
    ScoreBars,
    /// Facility × month of visits planned and done.
    VisitHeatmap,
    /// A figure over periods.
    Trend(TrendPanel),
    /// A figure of every facility in two periods.
    Comparison(ComparisonPanel),
    /// Causes from many to few.
    Pareto {
        /// Things that are counted.
        of: ParetoOf,
    },
    /// Facilities where they lie, by the status of their score.
    Map,
    /// The year's slots as stacked bars of their states.
    SlotBars {
        /// Attribute that makes a bar.
        by: SlotsBy,
    },
    /// The year of a service indicator, a small chart for each facility; of one facility, for each indicator.
    SmallMultiples {
        /// Service indicators that are shown.
        of: PwsChoice,
    },
    /// PWS chart and its analysis table.
    Pws {
        /// Service indicators that have a chart.
        of: PwsChoice,
    },
    /// Indicators with their targets.
    Radar {
        /// Indicators in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// Slots of the period with the visits that serve them.
    Slots,
    /// Follow-ups with their state.
    FollowUps,
    /// Filled checklists: visits' scores beside the sums of their items, and items that are not met.
    ChecklistFindings,
    /// Facilities by how urgent a visit to them is.
    VisitPriority(VisitPriorityPanel),
    /// Monthly reports that came, by facility and month.
    Reports,
    /// Attendance of facilities at the lokmin.
    Lokmin,
    /// Indicators with numerator, denominator, target, gap and change.
    Indicators {
        /// Indicators in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// The four-monthly evaluation table.
    EvaluationTable {
        /// Indicators in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// The change form: planned month, changed month.
    ScheduleChanges,
    /// Slides of a meeting.
    Slide(SlideKind),
    /// Panels over several Puskesmas.
    District(DistrictPanel),
}

/// Options of the panel that says whom to visit next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitPriorityPanel {
    /// Facilities named at most (1–100).
    pub limit: u32,
    /// Weights of the factors; not all 0.
    pub weights: FactorWeights,
}

/// Kinds of panel over several Puskesmas: of a cluster, or of the district.
#[derive(Clone, Debug, PartialEq)]
pub enum DistrictPanel {
    /// A row for each cluster, its counts pooled.
    Clusters {
        /// Columns in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// Puskesmas by indicators.
    PuskesmasTable {
        /// Columns in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// Recaps that have not come, and those that came late.
    Recaps,
    /// Puskesmas that need help, each with its reasons.
    NeedsHelp {
        /// Puskesmas named at most (1–50).
        limit: u32,
    },
    /// Each Puskesmas beside the median.
    PeerMedian {
        /// Columns in order; never empty.
        indicators: Vec<CoachingIndicator>,
    },
    /// Scores from high to low.
    Ranking,
    /// The pooled score over periods.
    Trend {
        /// Periods shown, the chosen one included (2–12).
        periods: u32,
    },
    /// Puskesmas where their facilities lie.
    Map,
}

impl DistrictPanel {
    /// Reports whether its body is a chart.
    pub fn is_chart(&self) -> bool {
        match self {
            Self::Clusters { .. }
            | Self::PuskesmasTable { .. }
            | Self::Recaps
            | Self::NeedsHelp { .. }
            | Self::PeerMedian { .. } => false,
            Self::Ranking | Self::Trend { .. } | Self::Map => true,
        }
    }
}

impl PanelKind {
    /// Reports whether its body is a chart, alone or with a table.
    pub fn is_chart(&self) -> bool {
        match self {
            Self::ScoreBars
            | Self::VisitHeatmap
            | Self::Trend(_)
            | Self::Comparison(_)
            | Self::Pareto { .. }
            | Self::Map
            | Self::SlotBars { .. }
            | Self::SmallMultiples { .. }
            | Self::Pws { .. }
            | Self::Radar { .. } => true,
            Self::Lead
            | Self::Attention { .. }
            | Self::StatusTable(_)
            | Self::Totals { .. }
            | Self::Completeness
            | Self::Slots
            | Self::FollowUps
            | Self::ChecklistFindings
            | Self::VisitPriority(_)
            | Self::Reports
            | Self::Lokmin
            | Self::Indicators { .. }
            | Self::EvaluationTable { .. }
            | Self::ScheduleChanges
            | Self::Slide(_) => false,
            Self::District(kind) => kind.is_chart(),
        }
    }
}

/// Kind of slide of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlideKind {
    /// Puskesmas, period and attendance.
    Opening,
    /// Decisions of the last meeting with their state.
    LastDecisions,
    /// A slide for each service indicator.
    ServiceIndicators,
    /// Facilities whose status is Kurang.
    NeedHelp,
    /// Follow-ups that are not done.
    OpenFollowUps,
    /// Visits planned for the month after the period.
    NextVisits,
    /// Form on which decisions are written.
    NewDecisions,
    /// Last slide of the meeting.
    Closing,
}

/// Options of the status table.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusTable {
    /// Columns in order; never empty.
    pub indicators: Vec<CoachingIndicator>,
    /// Filters offered above it; may be empty.
    pub filters: Vec<Filter>,
}

/// Attribute that a table can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// Kind of facility (*jenis*).
    Kind,
    /// *Jaringan* or *jejaring*.
    Group,
    /// Structure of the network that the facility belongs to.
    Structure,
    /// Status of the score.
    Status,
}

/// Attribute that totals are pooled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grouping {
    /// *Jaringan* and *jejaring*.
    Group,
    /// Kind of facility (*jenis*).
    Kind,
    /// Structure of the network.
    Structure,
    /// Village (*desa*) of the facility.
    Village,
}

/// Options of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPanel {
    /// Figure that is followed.
    pub of: TrendOf,
    /// Periods shown, the chosen one included (2–24).
    pub periods: u32,
}

/// Options of a comparison of two periods.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonPanel {
    /// Figure that is compared.
    pub of: TrendOf,
    /// Period that the chosen one is compared with.
    pub against: ComparedPeriod,
}

/// Period that another is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparedPeriod {
    /// The same period of the year before, as of the same day of that year.
    LastYear,
    /// The period before.
    Previous,
}

/// Things whose causes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParetoOf {
    /// Findings of visits, by aspect.
    Findings,
    /// Follow-ups past their due day, by facility.
    LateFollowUps,
    /// Answers of checklists that fall short, by item.
    UnmetItems,
}

/// Attribute by which slots are stacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotsBy {
    /// Effective month.
    Month,
    /// Facility.
    Facility,
}

/// Figure of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrendOf {
    /// Score of the Puskesmas or the facility.
    Score,
    /// Percentage of a coaching indicator.
    Indicator(CoachingIndicator),
}

/// Service indicators of a PWS panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PwsChoice {
    /// All that the year defines, one chart each.
    Each,
    /// The one with this code, where the year defines it.
    Service(String),
}
