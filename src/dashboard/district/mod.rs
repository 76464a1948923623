//! Several Puskesmas on one page, as the district's team and the teams of clusters (TPCB) read them: standings → panels
//! of plain data. Counts are pooled before percentages; what stands for the middle of peers is a median and says so.
//! Knows no store, no account and no HTTP: which Puskesmas there are to see is decided before.

mod charts;
mod clusters;
mod needs;
mod peers;
mod puskesmas_table;
mod recaps;
mod standing;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::BorderFile;
use super::page::{PageModel, PanelBody, PanelData};
use super::table::{DataCell, ScoreStatus, SortDirection};
use crate::analytics::pooling::pool_totals;
use crate::analytics::results::ResultBlock;
use crate::definitions::{Dashboard, DistrictPanel, Panel, PanelKind};
use crate::domain::name::plain_words;
use crate::domain::written::cluster_words;
use crate::domain::{CoachingIndicator, Date, Decree, Period, Value, format};

pub use puskesmas_table::BY_NEED;
pub use standing::{MonthRecaps, PuskesmasStanding, RECAP_DUE_DAY, RecapArrival, StandingMaterial};

/// Words about a Puskesmas of which the data folder holds nothing.
const NO_DATA: &str = "belum ada data";

/// A Puskesmas of the page.
#[derive(Clone, Debug)]
pub struct DistrictRow {
    /// Name as its register, else the list of clusters writes it.
    pub name: String,
    /// Name of its cluster in the period's year; `None` where no list names it.
    pub cluster: Option<String>,
    /// Its figures; `None` where the data folder holds nothing of it.
    pub standing: Option<Arc<PuskesmasStanding>>,
}

/// Everything from which the panels of a page about several Puskesmas are computed.
#[derive(Clone, Debug)]
pub struct DistrictContext {
    /// Period.
    pub period: Period,
    /// As-of date, within the period.
    pub as_of: Date,
    /// Day on which recaps are asked for: today, or the as-of date that was chosen.
    pub today: Date,
    /// The only cluster of the page; `None`: all that may be seen.
    pub cluster: Option<String>,
    /// The Puskesmas, by name.
    pub rows: Vec<DistrictRow>,
    /// Decree by which figures pooled over several Puskesmas are judged.
    pub decree: Decree,
    /// The same of the periods before, oldest first; empty where no panel follows them.
    pub earlier: Vec<DistrictContext>,
    /// Borders for maps.
    pub borders: BorderFile,
    /// Key of the column by which the table is sorted, and direction; `None`: by need.
    pub sort: Option<(String, SortDirection)>,
}

/// Computes a page but for the bodies of the panels that are left out: those stay [`PanelBody::Closed`].
pub fn page(definition: &Dashboard, context: &DistrictContext, is_left_out: impl Fn(&Panel) -> bool) -> PageModel {
    let panels = definition.panels.iter().map(|panel| {
        let body = if is_left_out(panel) { PanelBody::Closed } else { body(panel, context) };
        super::headed(panel, |text| context.fill(text), body)
    });
    PageModel {
        title: context.fill(&definition.title),
        question: context.fill(&definition.question),
        panels: panels.collect(),
    }
}

/// Computes one panel of a page.
pub fn panel_data(panel: &Panel, context: &DistrictContext) -> PanelData {
    super::headed(panel, |text| context.fill(text), body(panel, context))
}

fn body(panel: &Panel, context: &DistrictContext) -> PanelBody {
    let PanelKind::District(kind) = &panel.kind else {
        return PanelBody::Empty("Panel ini untuk halaman satu Puskesmas.".to_owned());
    };
    if context.rows.is_empty() {
        return PanelBody::Empty("Belum ada Puskesmas yang dapat ditampilkan.".to_owned());
    }
    match kind {
        DistrictPanel::Clusters { indicators } => clusters::clusters(context, indicators, &panel.id),
        DistrictPanel::PuskesmasTable { indicators } => {
            PanelBody::Tables(vec![puskesmas_table::table(context, indicators, &panel.id)])
        }
        DistrictPanel::Recaps => recaps::recaps(context, &panel.id),
        DistrictPanel::NeedsHelp { limit } => PanelBody::Tables(vec![needs::table(context, *limit, &panel.id)]),
        DistrictPanel::PeerMedian { indicators } => {
            PanelBody::Tables(vec![peers::table(context, indicators, &panel.id)])
        }
        DistrictPanel::Ranking => charts::ranking(context),
        DistrictPanel::Trend { .. } => charts::trend(context),
        DistrictPanel::Map => charts::map(context),
    }
}

impl DistrictContext {
    /// The sentence that fills a definition's question.
    pub fn fill(&self, text: &str) -> String {
        let cluster = self.cluster.as_deref().map_or_else(|| "semua cluster".to_owned(), cluster_words);
        text.replace("{periode}", &format::period(self.period)).replace("{klaster}", &cluster)
    }

    /// Standings of the Puskesmas with data, in the order of the rows.
    pub fn standings(&self) -> impl Iterator<Item = &PuskesmasStanding> + Clone {
        self.rows.iter().filter_map(|row| row.standing.as_deref())
    }

    /// Rows by cluster, in the order of their names; those in none come last, under `None`.
    pub fn by_cluster(&self) -> Vec<ClusterRows<'_>> {
        let mut clusters: BTreeMap<String, ClusterRows<'_>> = BTreeMap::new();
        let mut without = Vec::new();
        for row in &self.rows {
            match &row.cluster {
                Some(name) => {
                    let rows = || ClusterRows { name: Some(name), rows: Vec::new() };
                    clusters.entry(plain_words(name)).or_insert_with(rows).rows.push(row);
                }
                None => without.push(row),
            }
        }
        let mut clusters: Vec<ClusterRows<'_>> = clusters.into_values().collect();
        if !without.is_empty() {
            clusters.push(ClusterRows { name: None, rows: without });
        }
        clusters
    }

    /// Counts of some Puskesmas added up and judged: by its own decree where there is one alone, else by the default
    /// one. `None` where none has data.
    pub fn pooled<'a>(&self, totals: impl Iterator<Item = &'a ResultBlock> + Clone) -> Option<ResultBlock> {
        let mut first = totals.clone();
        let only = first.next()?;
        if first.next().is_none() {
            return Some(only.clone());
        }
        Some(pool_totals(&self.decree, totals))
    }

    /// Median of the scores that have a status, over the Puskesmas of the page.
    pub fn median_score(&self) -> Option<f64> {
        median(self.standings().filter_map(PuskesmasStanding::judged_score))
    }

    /// Median of an indicator, over the Puskesmas of the page for which it is a number.
    pub fn median_of(&self, indicator: CoachingIndicator) -> Option<f64> {
        median(self.standings().filter_map(|standing| standing.total.indicator(indicator).value.number()))
    }

    /// Score pooled over a cluster of this name; `None` where it has none in this period.
    fn cluster_score(&self, name: &str) -> Option<f64> {
        let clusters = self.by_cluster();
        let cluster =
            clusters.iter().find(|cluster| cluster.name.is_some_and(|own| plain_words(own) == plain_words(name)))?;
        self.pooled(cluster.rows.iter().filter_map(|row| row.standing.as_deref()).map(|standing| &standing.total))?
            .score
    }

    /// The source line of charts.
    fn source(&self) -> String {
        format!("Sumber: rekap setiap Puskesmas · data per {} · {}", format::date(self.as_of), self.counted())
    }

    /// `38 dari 40 Puskesmas punya data`.
    fn counted(&self) -> String {
        let reporting = self.standings().filter(|standing| standing.has_data()).count();
        format!("{reporting} dari {} Puskesmas punya data", self.rows.len())
    }

    /// `Data per 31 Agustus 2023 · 38 dari 40 Puskesmas punya data`.
    fn caption(&self) -> String {
        format!("Data per {} · {}", format::date(self.as_of), self.counted())
    }
}

/// The Puskesmas of one cluster.
#[derive(Clone, Debug)]
pub struct ClusterRows<'a> {
    /// Name of the cluster; `None`: of no cluster.
    pub name: Option<&'a str>,
    /// Its Puskesmas, by name.
    pub rows: Vec<&'a DistrictRow>,
}

impl DistrictRow {
    /// Its name as a cell; it leads to its pages where there is data.
    fn name_cell(&self) -> DataCell {
        if self.standing.is_some() { DataCell::Puskesmas(self.name.clone()) } else { DataCell::Text(self.name.clone()) }
    }

    /// Its cluster as a cell.
    fn cluster_cell(&self) -> DataCell {
        self.cluster.clone().map_or(DataCell::Blank("belum masuk cluster"), DataCell::Cluster)
    }
}

/// The score of some Puskesmas as a cell.
fn score_cell(score: Option<f64>) -> DataCell {
    match score {
        None => DataCell::Blank(NO_DATA),
        Some(score) => DataCell::Figure(super::table::TableFigure {
            value: Value::Number(score),
            parts: None,
            is_low: false,
            is_main: true,
            origin: None,
        }),
    }
}

/// The status of a score as a cell.
fn status_cell(standing: ScoreStatus) -> DataCell {
    DataCell::Status(standing)
}

/// The middle of some numbers: of an even count the mean of the two in the middle. `None` where there are none.
pub fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    if numbers.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(numbers[middle - 1], upper)) }
}

/// Compares numbers from low to high; what is missing comes first.
fn lowest_first(one: Option<f64>, other: Option<f64>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

#[cfg(test)]
mod tests;
