//! Panels over several Puskesmas as the template wants them: tables cut to a page, heads that sort, links into the
//! Puskesmas. Knows no single Puskesmas and no figure's origin: those stand on its own pages.

use super::chart::ChartView;
use super::fold::{PageExtent, WHOLE, WHOLE_NAME};
use super::links::Links;
use super::pager::{self, PagerView};
use super::panel::{BodyView, Fold, PANEL_PATH, PanelView, PanelsView};
use super::table::{Sorting, TableMaker, TableView};
use crate::charts::{Chart, Medium};
use crate::dashboard::district::BY_NEED;
use crate::dashboard::table::SortDirection;
use crate::dashboard::{DataTable, PanelBody, PanelData};
use crate::definitions::Width;
use crate::domain::Facts;
use crate::web::error::PageError;
use crate::web::query::Query;

/// Puskesmas on one page of a table.
pub const PUSKESMAS_PER_PAGE: usize = 50;

/// Turns panels over several Puskesmas into views.
#[derive(Clone, Copy, Debug)]
pub struct DistrictMaker<'a> {
    pub links: &'a Links,
    /// The address's words, in a fixed form.
    pub query: &'a Query,
    /// Words of addresses beside the path that name the only cluster.
    pub named: &'a Query,
    /// Slug of the definition.
    pub slug: &'a str,
    /// Path of the page.
    pub path: &'a str,
    /// Column and direction by which the table of Puskesmas is sorted; `None`: by need.
    pub sort: Option<&'a (String, SortDirection)>,
    /// Parts of the page that are sent.
    pub extent: PageExtent,
}

impl DistrictMaker<'_> {
    /// All panels in rows: one alone, or halves side by side.
    pub fn panels(&self, panels: &[PanelData]) -> Result<PanelsView, PageError> {
        let mut rows: Vec<Vec<PanelView>> = Vec::new();
        let mut half_open = false;
        for panel in panels {
            let view = self.panel(panel)?;
            match rows.last_mut() {
                Some(row) if half_open && panel.width == Width::Half => row.push(view),
                _ => rows.push(vec![view]),
            }
            half_open = panel.width == Width::Half;
        }
        let is_closed = |panel: &PanelView| matches!(panel.body, BodyView::Closed(_));
        let is_whole = !rows.iter().flatten().any(is_closed);
        let whole = if is_whole { String::new() } else { self.query.with(WHOLE_NAME, WHOLE).at(self.path) };
        Ok(PanelsView { rows, elsewhere: Vec::new(), whole, is_alone: self.extent == PageExtent::Single })
    }

    fn panel(&self, panel: &PanelData) -> Result<PanelView, PageError> {
        let body = match &panel.body {
            PanelBody::Tables(tables) => BodyView::Tables(tables.iter().map(|table| self.table(table)).collect()),
            PanelBody::Counts(counts, table) => BodyView::Counts(counts.clone(), self.table(table)),
            PanelBody::Message(table, message) => BodyView::Message(self.table(table), message.clone()),
            PanelBody::Closed => BodyView::Closed(self.alone(panel)),
            PanelBody::Empty(why) => BodyView::Empty(why.clone()),
            PanelBody::Chart(chart) if self.extent.postpones(chart, false) => BodyView::Closed(self.alone(panel)),
            PanelBody::Chart(chart) => BodyView::Chart(self.chart(panel, chart)?),
            PanelBody::Lead(_) | PanelBody::Attention(_) | PanelBody::Filtered(_) | PanelBody::Pws(_) => {
                BodyView::Empty("Panel ini tampil di halaman satu Puskesmas.".to_owned())
            }
        };
        let fold = match &body {
            BodyView::Closed(_) => Some(Fold::Closed),
            _ => (panel.is_folded && self.extent != PageExtent::Single).then_some(Fold::Open),
        };
        let note = if matches!(body, BodyView::Closed(_)) { String::new() } else { panel.note.clone() };
        Ok(PanelView { id: panel.id.clone(), title: panel.title.clone(), note, fold, downloads: Vec::new(), body })
    }

    fn chart(&self, panel: &PanelData, chart: &Chart) -> Result<ChartView, PageError> {
        let medium = if panel.width == Width::Half { Medium::Narrow } else { Medium::Screen };
        let none = Facts::default();
        let addressed = chart.with_addresses(|target| self.links.mark(target, &none));
        Ok(ChartView::drawn(chart, &addressed, medium)?)
    }

    /// Address of the page that a panel has for itself.
    fn alone(&self, panel: &PanelData) -> String {
        self.file_query().at(&format!("{PANEL_PATH}/{}/{}", self.slug, panel.id))
    }

    /// The address's words for files, with the cluster that a page of one has in its path.
    fn file_query(&self) -> Query {
        let mut query = self.query.with(WHOLE_NAME, "").with("tampilan", "");
        for (name, value) in self.named.except(&[]) {
            query.set(&name, &value);
        }
        query
    }

    /// Files of a table, all its rows.
    fn downloads(&self, name: &str, query: &Query) -> Vec<(String, String)> {
        let at = format!("/api/v1/tables/{}/{name}", self.slug);
        let as_file = |format: &str| query.with("format", format).at(&at);
        let files = [("Excel (XLSX)", as_file("xlsx")), ("CSV (Excel)", as_file("csv")), ("JSON", query.at(&at))];
        files.map(|(label, href)| (label.to_owned(), href)).to_vec()
    }

    fn table(&self, table: &DataTable) -> TableView {
        let none = Facts::default();
        let maker = TableMaker { links: self.links, facts: &none };
        let page = pager::name_of(&table.name);
        let mut rows = table.clone();
        let limit = if self.extent == PageExtent::Whole { usize::MAX } else { PUSKESMAS_PER_PAGE };
        let span = pager::cut(&mut rows, self.query.get(&page), limit);
        let is_sortable = rows.columns.iter().any(|column| column.key == BY_NEED.0) && table.totals.len() > 1;
        let whole = self.file_query().with(&page, "");
        let mut view = if is_sortable {
            let now = self.sort.cloned().unwrap_or_else(|| (BY_NEED.0.to_owned(), BY_NEED.1));
            maker.sortable(&rows, &Sorting { path: self.path, query: self.query, now })
        } else {
            maker.plain(&rows)
        };
        view.downloads = self.downloads(&table.name, &whole);
        if let Some(span) = span {
            view.caption = format!("{}. {}", PagerView::rows_words(span), view.caption);
            view.pager = Some(PagerView::new(span, &table.name, self.query, self.path));
        }
        view
    }
}
