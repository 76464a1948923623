//! The page model: panels of plain data in the order of their definition. Knows no markup and no addresses,
//! only what a line leads to ([`LinkTarget`]).

use super::figure::FigureAddress;
use super::table::DataTable;
use crate::charts::Chart;
use crate::definitions::{Filter, Grouping, Width};
use crate::domain::Status;

#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "titles and lists of panels say all")]
pub struct PageModel {
    pub title: String,
    /// The question that it answers, filled in.
    pub question: String,
    pub panels: Vec<PanelData>,
}

#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "its title and width say all")]
pub struct PanelData {
    /// For anchors and addresses of charts.
    pub id: String,
    pub title: String,
    /// A sentence below the head; may be empty.
    pub note: String,
    pub width: Width,
    /// True where it stands closed behind its heading.
    pub is_folded: bool,
    /// True where a picture of a chart can be had of it, as far as is known before it is computed.
    pub has_chart: bool,
    /// Content below the heading.
    pub body: PanelBody,
}

/// Content of a panel, one variant a kind.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "a chart says all")]
pub enum PanelBody {
    /// Score, status, change, completeness.
    Lead(Lead),
    /// Sentences about what needs attention, the gravest first.
    Attention(Vec<AttentionLine>),
    /// Tables, one below the other.
    Tables(Vec<DataTable>),
    /// A table that can be filtered.
    Filtered(FilteredTable),
    Chart(Box<Chart>),
    /// A chart of a chosen service indicator with its analysis.
    Pws(Box<PwsPanel>),
    /// Named counts, each with a word of explanation, and the table behind them.
    Counts(Vec<NamedCount>, DataTable),
    /// A table, and what it says as a text to send.
    Message(DataTable, String),
    /// Nothing to show, and why.
    Empty(String),
    /// Not computed: nobody has opened it.
    Closed,
}

impl PanelBody {
    /// Its tables, in order; none where it has none.
    pub fn into_tables(self) -> Vec<DataTable> {
        match self {
            Self::Tables(tables) => tables,
            Self::Filtered(filtered) => vec![filtered.table],
            Self::Pws(pws) => vec![pws.analysis],
            Self::Counts(_, table) | Self::Message(table, _) => vec![table],
            Self::Lead(_) | Self::Attention(_) | Self::Chart(_) | Self::Empty(_) | Self::Closed => Vec::new(),
        }
    }

    /// A panel that is a chart.
    pub(super) fn chart(chart: Chart) -> Self {
        Self::Chart(Box::new(chart))
    }
}

/// The answer to the page's question.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Weighted score in points, unrounded; `None` where nothing could be judged.
    pub score: Option<f64>,
    /// Status that pages and papers give to the score.
    pub status: Status,
    /// Against the period before, in points.
    pub change: Option<f64>,
    /// Name of the period before.
    pub previous: String,
    /// Against the same period of the year before; nothing where that year has no score.
    pub yearly: Option<YearlyChange>,
    /// Sentences about how complete the data is.
    pub completeness: Vec<String>,
    /// Where the score comes from.
    pub origin: FigureAddress,
}

/// A change against the same period of the year before.
#[derive(Clone, Debug, PartialEq)]
pub struct YearlyChange {
    /// In points.
    pub points: f64,
    /// Name of that period.
    pub since: String,
}

/// One line of what needs attention: words, words that lead somewhere, words.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionLine {
    /// The words that lead somewhere.
    pub link: String,
    /// The rest of the sentence.
    pub rest: String,
    /// Where to.
    pub target: LinkTarget,
}

/// Place to which a line leads.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "kinds of page say all")]
pub enum LinkTarget {
    Facility(u32),
    Figure(FigureAddress),
    /// The status table, filtered by a status.
    Status(Status),
    Evaluation,
    /// The history of imports.
    Imports,
    /// Decisions that people wrote of lokmin.
    Decisions,
    /// Items of the district team's coaching.
    Coaching,
    /// Matters that meetings handed to the district.
    DistrictMatters,
    /// Management of the network.
    Network,
    /// RUK and RPK with what the district's team said of them.
    AnnualPlans,
    /// PKP with what the district's team said of it.
    Pkp,
}

/// A table with what it can be filtered by.
#[derive(Clone, Debug, PartialEq)]
pub struct FilteredTable {
    /// The rows that pass.
    pub table: DataTable,
    /// Offered filters with their options.
    pub filters: Vec<FilterOptions>,
    /// Rows that pass.
    pub rows_shown: usize,
    /// Rows before filtering.
    pub rows_in_all: usize,
    /// All columns that can be shown beside the first.
    pub columns: Vec<OfferedColumn>,
    /// Attribute by which the rows are grouped.
    pub grouping: Option<Grouping>,
}

/// A column that a reader may show or hide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedColumn {
    /// Key in addresses.
    pub key: String,
    /// Head.
    pub label: String,
    /// True where it is shown.
    pub is_shown: bool,
}

/// One filter and its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOptions {
    /// Which.
    pub filter: Filter,
    /// (value in addresses, words).
    pub options: Vec<(String, String)>,
    /// The value chosen.
    pub chosen: Option<String>,
}

/// The PWS of one service indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct PwsPanel {
    /// (code, name) of all that can be chosen.
    pub choices: Vec<(String, String)>,
    /// Code of the one shown.
    pub chosen: String,
    /// The chart.
    pub chart: Chart,
    /// The analysis beside it.
    pub analysis: DataTable,
}

/// A named count with a word of explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCount {
    /// Name of the things counted.
    pub name: String,
    /// The count, in words and numbers (`11 dari 13`).
    pub count: String,
    /// Explanation of the count; may be empty.
    pub note: String,
}
