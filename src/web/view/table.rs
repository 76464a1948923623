//! A table of the page model as the template wants it: formatted cells with their addresses, sort links.

use askama::Template;

use super::links::Links;
use super::pager::{self, PagerView};
use super::symbol::{CellSign, ChangeSign, Symbol};
use crate::dashboard::table::{
    ColumnKind, DataCell, DataColumn, DataRow, DataTable, JudgedFigure, SortDirection, TableFigure, Tone,
    is_reason_in_words,
};
use crate::domain::indicator::Direction as Better;
use crate::domain::{Facts, Status, Value, format};
use crate::web::query::Query;

/// A table; its `Display` is the markup.
#[derive(Clone, Debug, Template)]
#[template(path = "_table.html")]
pub struct TableView {
    /// Anchor.
    pub id: String,
    /// Heading; empty where the panel's says it.
    pub title: String,
    /// The measured quantity and its unit; may be empty.
    pub note: String,
    /// n of N, as-of.
    pub caption: String,
    pub heads: Vec<HeadView>,
    pub rows: Vec<Vec<CellView>>,
    pub totals: Vec<Vec<CellView>>,
    /// Where the table can be had as CSV and JSON; empty where not.
    pub downloads: Vec<(String, String)>,
    /// Links to its other rows; nothing where all stand here.
    pub pager: Option<PagerView>,
}

/// Columns that a projected table may have before it stands in two: as many as can be read from the back.
const PROJECTED_COLUMNS_MAX: usize = 14;

impl TableView {
    /// The table as it is projected: where it has too many columns, its words and its figures one below the other, each
    /// with the first column. Nothing is left out but rows that have no figure at all.
    pub fn projected(self) -> Vec<Self> {
        let figures = self.heads.iter().position(|head| head.is_number).filter(|place| *place > 1);
        let Some(figures) = figures.filter(|_| self.heads.len() > PROJECTED_COLUMNS_MAX) else { return vec![self] };
        let first_and = |range: std::ops::Range<usize>| move |place: &usize| *place == 0 || range.contains(place);
        let mut words = self.with_columns(first_and(1..figures));
        let mut rest = self.with_columns(first_and(figures..self.heads.len()));
        rest.id = format!("{}-angka", self.id);
        rest.title = if self.title.is_empty() { String::new() } else { format!("{}: angka", self.title) };
        rest.note = String::new();
        let says_something = |row: &Vec<CellView>| row.iter().skip(1).any(|cell| !cell.text.is_empty());
        rest.rows.retain(says_something);
        words.totals.retain(says_something);
        words.downloads = Vec::new();
        words.pager = None;
        vec![words, rest]
    }

    fn with_columns(&self, is_kept: impl Fn(&usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.heads.len()).filter(is_kept).collect();
        let cells = |rows: &[Vec<CellView>]| -> Vec<Vec<CellView>> {
            rows.iter().map(|row| kept.iter().filter_map(|place| row.get(*place).cloned()).collect()).collect()
        };
        Self {
            heads: kept.iter().filter_map(|place| self.heads.get(*place).cloned()).collect(),
            rows: cells(&self.rows),
            totals: cells(&self.totals),
            ..self.clone()
        }
    }
}

#[derive(Clone, Debug)]
pub struct HeadView {
    /// Short words.
    pub label: String,
    /// Full words, where they differ.
    pub name: String,
    /// True where numbers stand below, aligned on the right.
    pub is_number: bool,
    /// Address that sorts by this column; empty where the table cannot be sorted.
    pub href: String,
    /// Order, where the table is sorted by this column.
    pub sorted: Option<SortDirection>,
}

#[derive(Clone, Debug)]
pub struct CellView {
    /// Classes: `n` number, `low`, `strong`, `wrap`, `nw` unbroken, `group` name of the rows below.
    pub class: &'static str,
    /// Address; empty where it leads nowhere.
    pub href: String,
    /// Formatted content; a dash where there is none.
    pub text: String,
    /// Sign before the text.
    pub sign: CellSign,
    /// Small, below: numerator/denominator.
    pub small: String,
    /// Said to those who do not see, and on hover.
    pub spoken: String,
    /// Words and address of what can be done about it; most cells have none.
    pub act: Option<(&'static str, String)>,
}

/// Turns tables into views.
#[derive(Clone, Copy, Debug)]
pub struct TableMaker<'a> {
    pub links: &'a Links,
    /// For names of facilities in addresses.
    pub facts: &'a Facts,
}

/// Where sort links of a table lead, and what is sorted now.
#[derive(Clone, Debug)]
pub struct Sorting<'a> {
    /// Path of the page.
    pub path: &'a str,
    pub query: &'a Query,
    /// Column and direction in force.
    pub now: (String, SortDirection),
}

impl TableMaker<'_> {
    /// A table without sort links.
    pub fn plain(&self, table: &DataTable) -> TableView {
        self.make(table, |_| (String::new(), None))
    }

    /// A table whose heads sort it.
    pub fn sortable(&self, table: &DataTable, sorting: &Sorting<'_>) -> TableView {
        self.make(table, |column| sort_link(column, &table.name, sorting))
    }

    fn make(&self, table: &DataTable, sort: impl Fn(&DataColumn) -> (String, Option<SortDirection>)) -> TableView {
        let heads = table.columns.iter().map(|column| {
            let (href, sorted) = sort(column);
            let name = if column.name == column.label { String::new() } else { column.name.clone() };
            HeadView { label: column.label.clone(), name, is_number: column.kind == ColumnKind::Number, href, sorted }
        });
        let row = |row: &DataRow| {
            let cells = row.cells.iter().zip(&table.columns);
            cells.map(|(cell, column)| self.cell(cell, column.kind)).collect::<Vec<_>>()
        };
        TableView {
            id: table.name.clone(),
            title: table.title.clone(),
            note: table.note.clone(),
            caption: table.caption.clone(),
            heads: heads.collect(),
            rows: table.rows.iter().map(row).collect(),
            totals: table.totals.iter().map(row).collect(),
            downloads: Vec::new(),
            pager: None,
        }
    }

    fn cell(&self, cell: &DataCell, kind: ColumnKind) -> CellView {
        let class = if kind == ColumnKind::Number { "n" } else { "" };
        let plain = |text: String| CellView { class, ..CellView::text(text) };
        match cell {
            DataCell::Text(text) if text.chars().count() > 24 && class.is_empty() => {
                CellView { class: "wrap", ..CellView::text(text.clone()) }
            }
            DataCell::Text(text) => plain(text.clone()),
            DataCell::Facility(_, name) => CellView { href: self.links.facility(name), ..plain(name.clone()) },
            DataCell::Group(name) => CellView { class: "group", ..CellView::text(name.clone()) },
            DataCell::Puskesmas(name) => CellView { href: self.links.puskesmas(name), ..plain(name.clone()) },
            DataCell::Cluster(name) => CellView { href: self.links.cluster(name), ..plain(name.clone()) },
            DataCell::Judged(figure) => judged(figure),
            DataCell::Blank("") => plain(String::new()),
            DataCell::Blank(reason) => {
                let text = if is_reason_in_words(reason) { reason } else { "–" };
                CellView { class: missing_class(kind), spoken: (*reason).to_owned(), ..plain(text.to_owned()) }
            }
            DataCell::NotDone(fact) => CellView {
                spoken: "belum selesai".to_owned(),
                act: Some(("Tandai selesai", self.links.mark_done(fact, self.facts))),
                ..plain("–".to_owned())
            },
            DataCell::Figure(figure) => self.figure(figure),
            DataCell::Count(count) => plain(format::count(*count)),
            DataCell::Status(standing) => CellView {
                sign: CellSign::State(status_symbol(standing.status)),
                small: standing.basis_words(),
                ..plain(standing.status.label().to_owned())
            },
            DataCell::Change(change, better) => {
                let class = match (change, better) {
                    (None, _) => "n missing",
                    (Some(_), Better::HigherIsBetter) => "n",
                    (Some(_), Better::LowerIsBetter) => "n turned",
                };
                match ChangeView::from_change(*change) {
                    None => CellView { class, spoken: NO_PREVIOUS.to_owned(), ..CellView::text("–".to_owned()) },
                    Some(ChangeView { sign, amount }) => CellView {
                        class,
                        sign: CellSign::Change(sign),
                        spoken: sign.word().to_owned(),
                        ..CellView::text(amount)
                    },
                }
            }
            DataCell::Date(date) => CellView { class: "nw", ..plain(format::date(*date)) },
            DataCell::Visit(when) => CellView { class: "nw", ..plain(format::visit_date(*when)) },
            DataCell::Month(month) => CellView { class: "nw", ..plain(format::month(*month)) },
            DataCell::State(label, tone) => {
                CellView { sign: CellSign::State(tone_symbol(*tone)), ..plain(label.clone()) }
            }
        }
    }

    fn figure(&self, figure: &TableFigure) -> CellView {
        let href = figure.origin.as_ref().map(|origin| self.links.origin(origin, self.facts)).unwrap_or_default();
        let (text, spoken) = value_words(figure.value);
        let class = match (figure.value, figure.is_low, figure.is_main) {
            (Value::Number(_), true, _) => "n low",
            (Value::Number(_), false, true) => "n strong",
            (Value::Number(_), false, false) => "n",
            _ => "n missing",
        };
        let small = figure
            .parts
            .map(|(numerator, denominator)| format!("{}/{}", format::count(numerator), format::count(denominator)))
            .unwrap_or_default();
        let href =
            if matches!(figure.value, Value::NotApplicable) && figure.parts.is_none() { String::new() } else { href };
        CellView { class, href, small, spoken: spoken.to_owned(), ..CellView::text(text) }
    }
}

/// A figure with the symbol of its status, and below it counts and change.
fn judged(figure: &JudgedFigure) -> CellView {
    let shown = value_words(figure.value);
    let parts = figure
        .parts
        .map(|(numerator, denominator)| format!("{}/{}", format::count(numerator), format::count(denominator)));
    let change = ChangeView::from_change(figure.change);
    let change = change.map(|change| format!("{} {}", change.sign.arrow(), change.amount));
    let small = [parts, change].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if figure.value.number().is_none() {
        return CellView { class: "n missing", small, spoken: shown.1.to_owned(), ..CellView::text(shown.0) };
    }
    let sign = CellSign::State(status_symbol(figure.status));
    CellView { class: "n", sign, small, spoken: figure.status.label().to_owned(), ..CellView::text(shown.0) }
}

impl CellView {
    fn text(text: String) -> Self {
        Self {
            class: "",
            href: String::new(),
            text,
            sign: CellSign::Plain,
            small: String::new(),
            spoken: String::new(),
            act: None,
        }
    }
}

fn missing_class(kind: ColumnKind) -> &'static str {
    if kind == ColumnKind::Number { "n missing" } else { "missing" }
}

/// A value as it is shown, and why there is none.
pub fn value_words(value: Value) -> (String, &'static str) {
    match value {
        Value::Number(number) => (format::percent(number), ""),
        Value::NotReported => ("belum lapor".to_owned(), ""),
        Value::NotApplicable => ("–".to_owned(), "tidak berlaku: tidak ada penyebut"),
        Value::CannotCompute => ("tak terhitung".to_owned(), "dilaporkan 0 dari 0"),
    }
}

/// Symbol of a status: a shape of its own, so that it is never colour alone.
pub fn status_symbol(status: Status) -> Symbol {
    match status {
        Status::Good => Symbol::Good,
        Status::Fair => Symbol::Fair,
        Status::Poor => Symbol::Poor,
        Status::TooLittle => Symbol::Few,
        Status::NoData => Symbol::Neutral,
    }
}

fn tone_symbol(tone: Tone) -> Symbol {
    match tone {
        Tone::Good => Symbol::Good,
        Tone::Fair => Symbol::Fair,
        Tone::Poor => Symbol::Poor,
        Tone::Neutral => Symbol::Neutral,
    }
}

/// Words where a change is missing.
pub const NO_PREVIOUS: &str = "periode sebelumnya tidak ada datanya";

/// A change since the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeView {
    pub sign: ChangeSign,
    /// Its amount, without sign.
    pub amount: String,
}

impl ChangeView {
    /// A change in percentage points; nothing where there is none to tell.
    pub fn from_change(change: Option<f64>) -> Option<Self> {
        let change = change?;
        let amount = format::percent(change.abs());
        let sign = match amount.as_str() {
            "0,0" => ChangeSign::Level,
            _ if change > 0.0 => ChangeSign::Up,
            _ => ChangeSign::Down,
        };
        Some(Self { sign, amount })
    }
}

fn sort_link(column: &DataColumn, table: &str, sorting: &Sorting<'_>) -> (String, Option<SortDirection>) {
    let (key, direction) = &sorting.now;
    let is_now = *key == column.key;
    let next = match (is_now, column.kind) {
        (true, _) => direction.reversed(),
        (false, ColumnKind::Number) => SortDirection::Descending,
        (false, ColumnKind::Text) => SortDirection::Ascending,
    };
    let arah = if next == SortDirection::Ascending { "naik" } else { "turun" };
    let query = sorting.query.with("urut", &column.key).with("arah", arah).with(&pager::name_of(table), "");
    (format!("{}#{table}", query.at(sorting.path)), is_now.then_some(*direction))
}
