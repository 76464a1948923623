//! Panels of the page model as the template wants them: numbers as words, charts as pictures with their table,
//! lines with their addresses.

use askama::Template;

use super::chart::{ChartTableView, ChartView};
use super::fold::{PageExtent, WHOLE, WHOLE_NAME, on_the_wall};
use super::frame::dashboard_path;
use super::frame::{COACHING_PATH, MATTERS_PATH, NETWORK_PATH, PKP_PATH, PLANS_PATH};
use super::links::Links;
use super::pager::{self, PagerView, ROWS_PER_PAGE, ROWS_PER_SCREEN};
use super::symbol::{ChangeSign, Symbol};
use super::table::{ChangeView, Sorting, TableMaker, TableView, status_symbol};
use crate::charts::{Chart, Medium};
use crate::dashboard::page::{AttentionLine, FilteredTable, Lead, LinkTarget, NamedCount, OfferedColumn, PwsPanel};
use crate::dashboard::table::SortDirection;
use crate::dashboard::{DataTable, PanelBody, PanelData};
use crate::definitions::{Filter, Grouping, Width};
use crate::domain::{Facts, format};
use crate::web::chosen::{GROUPINGS, ResolvedRequest, grouping_word};
use crate::web::error::PageError;
use crate::web::query::{LIST_NAME, Query, encode};

/// Path of the pages that panels have for themselves.
pub const PANEL_PATH: &str = "/bagian";
/// Word of an address that shows all columns.
const ALL_COLUMNS: &str = "semua";

/// All panels of a page; its `Display` is the markup.
#[derive(Debug, Template)]
#[template(path = "_panels.html")]
pub struct PanelsView {
    /// Rows of panels: one alone, or halves side by side.
    pub rows: Vec<Vec<PanelView>>,
    /// In the room: titles and addresses of what is not on the wall.
    pub elsewhere: Vec<(String, String)>,
    /// Address of the same page with all its parts; empty where none is closed.
    pub whole: String,
    /// True where the page is one panel's and its title is the panel's.
    pub is_alone: bool,
}

impl PanelsView {
    /// The panels of a page that holds all its parts.
    pub fn complete(rows: Vec<Vec<PanelView>>) -> Self {
        Self { rows, elsewhere: Vec::new(), whole: String::new(), is_alone: false }
    }
}

#[derive(Debug)]
pub struct PanelView {
    /// Anchor.
    pub id: String,
    pub title: String,
    /// Below it; may be empty.
    pub note: String,
    /// Closed until somebody opens it; nothing where it always stands open.
    pub fold: Option<Fold>,
    /// Files of it: label and address.
    pub downloads: Vec<(String, String)>,
    /// Content below the heading.
    pub body: BodyView,
}

/// State of a panel that stands behind its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Open,
    /// Only its heading shows.
    Closed,
}

/// Content of a panel, one variant a kind.
#[derive(Debug)]
pub enum BodyView {
    /// Score, status, change, completeness, with what needs attention beside it.
    Lead(LeadView, Vec<LineView>),
    /// Sentences about what needs attention, each with its address.
    Lines(Vec<LineView>),
    Tables(Vec<TableView>),
    /// A table with its filters.
    Filtered(FilterView, TableView),
    Chart(ChartView),
    /// A chart of a chosen indicator with its analysis.
    Pws(Vec<TabView>, ChartView, TableView),
    /// Counts and the table behind them.
    Counts(Vec<NamedCount>, TableView),
    /// A table, and what it says as a text to send.
    Message(TableView, String),
    /// Nothing yet: the address from which it comes when it is opened.
    Closed(String),
    /// Nothing, and why.
    Empty(String),
}

#[derive(Debug)]
pub struct LeadView {
    /// The score, or the words for none.
    pub score: String,
    /// True where there is a score; else `score` holds the words for none.
    pub has_score: bool,
    /// Where it comes from.
    pub href: String,
    /// Word of the status.
    pub status: &'static str,
    pub symbol: Symbol,
    /// Change since the period before; nothing where that has no score.
    pub change: Option<ChangeView>,
    /// Name of the period before.
    pub previous: String,
    /// Change since the same period of the year before, and that period's name; nothing where it has no score.
    pub yearly: Option<YearlyView>,
    pub completeness: Vec<String>,
    /// The findings as a message; blank until the page's are known.
    pub message: String,
    /// Charts of the page as pictures to send; none until the page's are known.
    pub pictures: Vec<PictureView>,
}

/// A chart of the page as a picture to send.
#[derive(Clone, Debug)]
pub struct PictureView {
    /// Title of its panel.
    pub title: String,
    /// Address of the picture.
    pub href: String,
    /// Name of its file.
    pub file: String,
}

/// A change since the same period of the year before.
#[derive(Debug)]
pub struct YearlyView {
    pub change: ChangeView,
    /// Name of that period.
    pub since: String,
}

/// One line of what needs attention.
#[derive(Debug)]
pub struct LineView {
    pub href: String,
    /// Words that lead there.
    pub link: String,
    /// The rest of the sentence.
    pub rest: String,
}

/// The form above a filtered table.
#[derive(Debug)]
pub struct FilterView {
    pub action: String,
    /// Names and values of the address that the form carries along.
    pub hidden: Vec<(String, String)>,
    pub search: String,
    pub selects: Vec<SelectView>,
    /// Columns to show or hide.
    pub columns: Vec<OfferedColumn>,
    /// Address that shows all columns; empty where all are shown.
    pub all_columns: String,
    /// `5 dari 13 faskes tampil`.
    pub shown: String,
    /// Address without filters; empty where none is set.
    pub clear: String,
}

/// One select of a filter.
#[derive(Debug)]
pub struct SelectView {
    /// Name in addresses.
    pub name: &'static str,
    pub label: &'static str,
    /// Words of the blank choice.
    pub blank: &'static str,
    /// Value, words, whether chosen.
    pub options: Vec<(String, String, bool)>,
}

/// One of several charts to choose from.
#[derive(Debug)]
pub struct TabView {
    pub label: String,
    /// Full name.
    pub name: String,
    pub href: String,
    /// True for the chart that is shown.
    pub is_current: bool,
}

/// Turns panels into views.
#[derive(Clone, Copy, Debug)]
pub struct PanelMaker<'a> {
    /// The request: Puskesmas, period, filters.
    pub chosen: &'a ResolvedRequest,
    pub links: &'a Links,
    /// Facts behind the page.
    pub facts: &'a Facts,
    /// Address of the dashboard.
    pub slug: &'a str,
    /// Path of the page.
    pub path: &'a str,
    /// Parts of the page that are sent.
    pub extent: PageExtent,
}

impl PanelMaker<'_> {
    /// All panels in rows; an attention panel right after a lead joins it.
    pub fn panels(&self, panels: &[PanelData]) -> Result<PanelsView, PageError> {
        let is_sequence = self.is_projected() && self.extent == PageExtent::Opened;
        let mut rows: Vec<Vec<PanelView>> = Vec::new();
        let mut elsewhere = Vec::new();
        let mut half_open = false;
        let mut is_whole = true;
        for panel in panels {
            if let (PanelBody::Attention(lines), Some([PanelView { body: BodyView::Lead(_, beside), .. }])) =
                (&panel.body, rows.last_mut().map(Vec::as_mut_slice))
            {
                beside.extend(lines.iter().map(|line| self.line(line)));
                continue;
            }
            let cut = match &panel.body {
                PanelBody::Chart(chart) if is_sequence => {
                    let body = PanelBody::Chart(Box::new(on_the_wall(chart)));
                    Some(PanelData { body, ..panel.clone() })
                }
                _ => None,
            };
            let view = self.panel(cut.as_ref().unwrap_or(panel))?;
            let view = self.with_downloads(view, panel);
            if let BodyView::Closed(href) = &view.body {
                is_whole = false;
                if self.is_projected() {
                    elsewhere.push((view.title, href.clone()));
                    continue;
                }
            }
            match rows.last_mut() {
                Some(row) if half_open && panel.width == Width::Half => row.push(view),
                _ => rows.push(vec![view]),
            }
            half_open = panel.width == Width::Half;
        }
        let whole = if is_whole { String::new() } else { self.chosen.query.with(WHOLE_NAME, WHOLE).at(self.path) };
        Ok(PanelsView { rows, elsewhere, whole, is_alone: self.extent == PageExtent::Single })
    }

    fn panel(&self, panel: &PanelData) -> Result<PanelView, PageError> {
        let body = match &panel.body {
            PanelBody::Lead(lead) => BodyView::Lead(self.lead(lead), Vec::new()),
            PanelBody::Attention(lines) => BodyView::Lines(lines.iter().map(|line| self.line(line)).collect()),
            PanelBody::Tables(tables) => {
                BodyView::Tables(tables.iter().flat_map(|table| self.in_the_room(self.table(table))).collect())
            }
            PanelBody::Closed => BodyView::Closed(self.alone(panel)),
            PanelBody::Chart(chart) if self.extent.postpones(chart, self.is_projected()) => {
                BodyView::Closed(self.alone(panel))
            }
            PanelBody::Pws(pws) if self.extent.postpones(&pws.chart, self.is_projected()) => {
                BodyView::Closed(self.alone(panel))
            }
            PanelBody::Filtered(filtered) => self.filtered(filtered),
            PanelBody::Chart(chart) => BodyView::Chart(self.chart(panel, chart)?),
            PanelBody::Pws(pws) => self.pws(panel, pws)?,
            PanelBody::Counts(counts, table) => BodyView::Counts(counts.clone(), self.table(table)),
            PanelBody::Message(table, message) => BodyView::Message(self.table(table), message.clone()),
            PanelBody::Empty(why) => BodyView::Empty(why.clone()),
        };
        let fold = match &body {
            BodyView::Closed(_) => Some(Fold::Closed),
            _ => (panel.is_folded && self.extent != PageExtent::Single).then_some(Fold::Open),
        };
        Ok(PanelView {
            id: panel.id.clone(),
            title: panel.title.clone(),
            // What comes when it is opened brings its note.
            note: if matches!(body, BodyView::Closed(_)) { String::new() } else { panel.note.clone() },
            fold,
            downloads: Vec::new(),
            body,
        })
    }

    /// Address of the page that a panel has for itself.
    fn alone(&self, panel: &PanelData) -> String {
        self.named_query().with(WHOLE_NAME, "").at(&format!("{PANEL_PATH}/{}/{}", self.slug, panel.id))
    }

    /// The address's words, with the facility that a page about one has in its path.
    fn named_query(&self) -> Query {
        let query = self.chosen.query.clone();
        if self.slug == "faskes" { query.with("faskes", self.facility_name()) } else { query }
    }

    /// The same for files: however the page is shown, they are what they are.
    fn file_query(&self) -> Query {
        self.named_query().with("tampilan", "").with(WHOLE_NAME, "")
    }

    /// A chart as a picture that is read on a telephone.
    pub fn shared_picture(&self, panel: &PanelData) -> PictureView {
        let query = self.file_query().with("media", Medium::Narrow.code());
        PictureView {
            title: panel.title.clone(),
            href: query.at(&format!("/grafik/{}/{}.png", self.slug, panel.id)),
            file: format!("{}-{}.png", panel.id, self.chosen.subject.period),
        }
    }

    /// Gathers the files of all parts of a panel at its head.
    fn with_downloads(&self, mut view: PanelView, panel: &PanelData) -> PanelView {
        let has_chart = matches!(view.body, BodyView::Chart(_) | BodyView::Pws(..));
        if has_chart {
            view.downloads.extend(self.chart_downloads(panel));
        }
        let tables: Vec<&mut TableView> = match &mut view.body {
            BodyView::Tables(tables) => tables.iter_mut().collect(),
            BodyView::Filtered(_, table)
            | BodyView::Pws(_, _, table)
            | BodyView::Counts(_, table)
            | BodyView::Message(table, _) => vec![table],
            BodyView::Lead(..) | BodyView::Lines(_) | BodyView::Chart(_) | BodyView::Closed(_) | BodyView::Empty(_) => {
                Vec::new()
            }
        };
        let are_several = has_chart || tables.len() > 1;
        for table in tables {
            for (label, href) in std::mem::take(&mut table.downloads) {
                let label = if are_several { format!("{}: {label}", table.title) } else { label };
                view.downloads.push((label, href));
            }
        }
        view
    }

    fn lead(&self, lead: &Lead) -> LeadView {
        LeadView {
            score: lead.score.map_or_else(|| "Belum ada data".to_owned(), format::percent),
            has_score: lead.score.is_some(),
            href: self.links.origin(&lead.origin, self.facts),
            status: lead.status.label(),
            symbol: status_symbol(lead.status),
            change: ChangeView::from_change(lead.change),
            previous: lead.previous.clone(),
            yearly: lead.yearly.as_ref().and_then(|yearly| {
                Some(YearlyView { change: ChangeView::from_change(Some(yearly.points))?, since: yearly.since.clone() })
            }),
            completeness: lead.completeness.clone(),
            message: String::new(),
            pictures: Vec::new(),
        }
    }

    fn line(&self, line: &AttentionLine) -> LineView {
        let href = match &line.target {
            LinkTarget::Facility(index) => {
                self.links.facility(self.facts.facilities.get(*index as usize).map_or("", |f| f.name.as_str()))
            }
            LinkTarget::Figure(address) => self.links.origin(address, self.facts),
            LinkTarget::Status(status) => {
                let href = self.links.page_with("/", "status", &status.label().to_lowercase());
                format!("{href}#status-table")
            }
            LinkTarget::Evaluation => self.links.page(&dashboard_path("evaluasi")),
            LinkTarget::Imports => self.links.page("/impor"),
            LinkTarget::Decisions => self.links.page("/catatan/notulen"),
            LinkTarget::Coaching => self.links.page(COACHING_PATH),
            LinkTarget::DistrictMatters => self.links.page(MATTERS_PATH),
            LinkTarget::Network => self.links.page(NETWORK_PATH),
            LinkTarget::AnnualPlans => self.links.page(PLANS_PATH),
            LinkTarget::Pkp => self.links.page(PKP_PATH),
        };
        LineView { href, link: line.link.clone(), rest: line.rest.clone() }
    }

    fn maker(&self) -> TableMaker<'_> {
        TableMaker { links: self.links, facts: self.facts }
    }

    fn table(&self, table: &DataTable) -> TableView {
        self.paged(table, ROWS_PER_PAGE, |rows| self.maker().plain(rows))
    }

    /// A table a page at a time, with its files.
    fn paged(&self, table: &DataTable, rows_per_page: usize, view: impl Fn(&DataTable) -> TableView) -> TableView {
        let query = &self.chosen.query;
        let name = pager::name_of(&table.name);
        let mut rows = table.clone();
        let asked = query.get(&name).filter(|_| self.extent != PageExtent::Whole);
        let limit = if self.extent == PageExtent::Whole { usize::MAX } else { rows_per_page };
        let span = pager::cut(&mut rows, asked, limit);
        let mut view = view(&rows);
        let whole = self.file_query().with(&name, "");
        match span {
            None => view.downloads = self.table_downloads(&table.name, &whole, ""),
            Some(span) => {
                let seen = self.file_query().with(&name, &span.page.to_string());
                view.caption = format!("{}. {}", PagerView::rows_words(span), view.caption);
                view.downloads = self.table_downloads(&table.name, &whole, &format!("semua {} baris", span.all));
                view.downloads.extend(self.table_downloads(&table.name, &seen, &span.words()));
                view.pager = Some(PagerView::new(span, &table.name, query, self.path));
            }
        }
        view
    }

    fn is_projected(&self) -> bool {
        self.chosen.query.get("tampilan") == Some("proyektor")
    }

    /// A table for the medium of the page: projected, or as it is.
    fn in_the_room(&self, table: TableView) -> Vec<TableView> {
        if self.is_projected() { table.projected() } else { vec![table] }
    }

    /// Files of a table; `rows` says of which rows, where it matters.
    fn table_downloads(&self, name: &str, query: &Query, rows: &str) -> Vec<(String, String)> {
        let at = format!("/api/v1/tables/{}/{name}", self.slug);
        let as_file = |format: &str| query.with("format", format).at(&at);
        let files = [("Excel (XLSX)", as_file("xlsx")), ("CSV (Excel)", as_file("csv")), ("JSON", query.at(&at))];
        let label = |label: &str| if rows.is_empty() { label.to_owned() } else { format!("{label}: {rows}") };
        files.map(|(words, href)| (label(words), href)).to_vec()
    }

    fn facility_name(&self) -> &str {
        let index = self.chosen.subject.facility;
        index.and_then(|index| self.facts.facilities.get(index as usize)).map_or("", |facility| facility.name.as_str())
    }

    fn filtered(&self, filtered: &FilteredTable) -> BodyView {
        let mut names: Vec<&'static str> =
            filtered.filters.iter().map(|filter| filter_words(filter.filter).0).collect();
        names.push("cari");
        let mut selects: Vec<SelectView> = filtered
            .filters
            .iter()
            .map(|filter| {
                let (name, label) = filter_words(filter.filter);
                let options = filter.options.iter();
                let options =
                    options.map(|(value, words)| (value.clone(), words.clone(), filter.chosen.as_ref() == Some(value)));
                SelectView { name, label, blank: "Semua", options: options.collect() }
            })
            .collect();
        selects.push(grouping_select(filtered.grouping));
        let table = &filtered.table;
        let query = &self.chosen.query;
        let is_filtered = names.iter().any(|name| query.get(name).is_some());
        let page = pager::name_of(&table.name);
        let mut cleared = query.with(&page, "");
        for name in &names {
            cleared.set(name, "");
        }
        let filter = FilterView {
            action: format!("{}#panel-{}", self.path, table.name),
            hidden: query.except(&[names.as_slice(), &["gabung", LIST_NAME, &page]].concat()),
            search: self.chosen.choice.search.clone().unwrap_or_default(),
            selects,
            columns: filtered.columns.clone(),
            all_columns: if filtered.columns.iter().all(|column| column.is_shown) {
                String::new()
            } else {
                format!("{}#panel-{}", query.with(LIST_NAME, ALL_COLUMNS).at(self.path), table.name)
            },
            shown: format!("{} dari {} faskes tampil", filtered.rows_shown, filtered.rows_in_all),
            clear: if is_filtered { format!("{}#panel-{}", cleared.at(self.path), table.name) } else { String::new() },
        };
        let now = self.chosen.choice.sort.clone().unwrap_or_else(|| ("skor".to_owned(), SortDirection::Descending));
        let sorting = Sorting { path: self.path, query, now };
        let rows_per_page = if self.is_projected() { ROWS_PER_SCREEN } else { ROWS_PER_PAGE };
        let view = self.paged(table, rows_per_page, |rows| self.maker().sortable(rows, &sorting));
        BodyView::Filtered(filter, view)
    }

    fn pws(&self, panel: &PanelData, pws: &PwsPanel) -> Result<BodyView, PageError> {
        let id = &panel.id;
        // The other charts stand where this one does, also where it was sent alone.
        let path = match self.extent {
            PageExtent::Single if self.slug == "faskes" => format!("/faskes/{}", encode(self.facility_name())),
            PageExtent::Single => dashboard_path(self.slug),
            PageExtent::Opened | PageExtent::Whole => self.path.to_owned(),
        };
        let tabs = pws.choices.iter().map(|(code, name)| TabView {
            label: code.clone(),
            name: name.clone(),
            href: format!("{}#panel-{id}", self.chosen.query.with("indikator", code).at(&path)),
            is_current: *code == pws.chosen,
        });
        Ok(BodyView::Pws(tabs.collect(), self.chart(panel, &pws.chart)?, self.table(&pws.analysis)))
    }

    fn chart(&self, panel: &PanelData, chart: &Chart) -> Result<ChartView, PageError> {
        let medium = match (self.is_projected(), panel.width) {
            (true, _) => Medium::Projector,
            (false, Width::Half) => Medium::Narrow,
            (false, Width::Full) => Medium::Screen,
        };
        let addressed = chart.with_addresses(|target| self.links.mark(target, self.facts));
        let mut view = ChartView::drawn(chart, &addressed, medium)?;
        if self.extent != PageExtent::Single {
            view.table = ChartTableView::Elsewhere(self.alone(panel));
        }
        Ok(view)
    }

    fn chart_downloads(&self, panel: &PanelData) -> Vec<(String, String)> {
        let id = &panel.id;
        let query = self.file_query();
        let at = |ending: &str, medium: Medium| {
            let medium = if medium == Medium::Screen { "" } else { medium.code() };
            query.with("media", medium).at(&format!("/grafik/{}/{id}.{ending}", self.slug))
        };
        let data = query.with("format", "csv").at(&format!("/api/v1/charts/{}/{id}", self.slug));
        let files = [
            ("SVG", at("svg", Medium::Screen)),
            ("PNG", at("png", Medium::Screen)),
            ("PNG proyektor", at("png", Medium::Projector)),
            ("PNG hitam-putih", at("png", Medium::Print)),
            ("Data CSV", data),
        ];
        files.map(|(label, href)| (label.to_owned(), href)).to_vec()
    }
}

/// The select by which rows are grouped.
fn grouping_select(now: Option<Grouping>) -> SelectView {
    let options = GROUPINGS.map(|grouping| {
        let word = grouping_word(grouping);
        (word.to_owned(), word.to_owned(), now == Some(grouping))
    });
    SelectView { name: "gabung", label: "Gabung menurut", blank: "–", options: options.to_vec() }
}

/// Name in addresses and label of a filter.
fn filter_words(filter: Filter) -> (&'static str, &'static str) {
    match filter {
        Filter::Kind => ("jenis", "Jenis"),
        Filter::Group => ("kelompok", "Kelompok"),
        Filter::Structure => ("struktur", "Struktur"),
        Filter::Status => ("status", "Status"),
    }
}

impl PanelView {
    /// Reports whether it speaks for itself, without a heading.
    pub fn is_lead(&self) -> bool {
        matches!(self.body, BodyView::Lead(..))
    }
}
