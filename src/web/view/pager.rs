//! Long tables a page at a time: the rows of one page, and the links to the others. Rows come sorted and filtered; totals
//! stay those of all rows.

use crate::dashboard::DataTable;
use crate::dashboard::table::{DataCell, DataRow};
use crate::web::query::Query;

/// Rows of a table on one page.
pub const ROWS_PER_PAGE: usize = 100;
/// Rows of a table on a wall: as many as fit one screen of 1024×768 below the heads.
pub const ROWS_PER_SCREEN: usize = 10;
/// Pages that are linked on either side of the one that is shown, besides the first and the last.
const NEIGHBOURS: usize = 2;
/// Before the word that goes on with a group that began on the page before.
const GOES_ON: &str = " – lanjutan";

/// Name in addresses of the page of a table.
pub fn name_of(table: &str) -> String {
    format!("halaman-{table}")
}

/// The rows that are left of a long table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowsOnPage {
    /// First row, from 1.
    pub first: usize,
    pub last: usize,
    /// Rows of the whole table.
    pub all: usize,
    /// Page, from 1.
    pub page: usize,
    pub pages: usize,
}

impl RowsOnPage {
    /// `baris 1–100`.
    pub fn words(self) -> String {
        format!("baris {}–{}", self.first, self.last)
    }
}

/// Cuts a table to the asked page; nothing where all rows fit one. A number that is none is the first page, one that is
/// too great the last. Where a page begins within a group, the group's row stands above it again.
pub fn cut(table: &mut DataTable, asked: Option<&str>, rows_per_page: usize) -> Option<RowsOnPage> {
    let all = table.rows.len();
    if all <= rows_per_page {
        return None;
    }
    let pages = all.div_ceil(rows_per_page);
    let page = asked.and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, pages);
    let start = (page - 1) * rows_per_page;
    let end = (start + rows_per_page).min(all);
    let begun = table.rows.get(start).filter(|row| group_of(row).is_none()).and_then(|_row| {
        let mut above = table.rows[..start].iter().rev();
        above.find(|row| group_of(row).is_some()).cloned()
    });
    table.rows.truncate(end);
    table.rows.drain(..start);
    if let Some(mut group) = begun {
        if let Some(DataCell::Group(name)) = group.cells.first_mut() {
            name.push_str(GOES_ON);
        }
        table.rows.insert(0, group);
    }
    Some(RowsOnPage { first: start + 1, last: end, all, page, pages })
}

/// Cuts a table for a file: to the page that the address names, and not at all where it names none.
pub fn cut_as_named(table: &mut DataTable, query: &Query) {
    if let Some(asked) = query.get(&name_of(&table.name)).map(str::to_owned) {
        cut(table, Some(&asked), ROWS_PER_PAGE);
    }
}

fn group_of(row: &DataRow) -> Option<&str> {
    match row.cells.first() {
        Some(DataCell::Group(name)) => Some(name),
        _ => None,
    }
}

/// The links to the pages of a table.
#[derive(Clone, Debug)]
pub struct PagerView {
    /// `Baris 1–100 dari 600`.
    pub words: String,
    /// Address of the page before; empty on the first.
    pub previous: String,
    /// Address of the page after; empty on the last.
    pub next: String,
    /// Pages that are linked, in order.
    pub pages: Vec<PageLink>,
}

#[derive(Clone, Debug)]
pub struct PageLink {
    pub number: usize,
    /// Its address; empty for the page that is shown.
    pub href: String,
    /// True where pages before it are left out.
    pub follows_gap: bool,
}

impl PagerView {
    /// `Baris 1–100 dari 600`.
    pub fn rows_words(span: RowsOnPage) -> String {
        format!("Baris {}–{} dari {}", span.first, span.last, span.all)
    }

    /// The links for `span` of the table on the page at `path`.
    pub fn new(span: RowsOnPage, table: &str, query: &Query, path: &str) -> Self {
        let name = name_of(table);
        let at = |number: usize| {
            let number = if number == 1 { String::new() } else { number.to_string() };
            format!("{}#{table}", query.with(&name, &number).at(path))
        };
        let is_linked =
            |number: &usize| *number == 1 || *number == span.pages || number.abs_diff(span.page) <= NEIGHBOURS;
        let numbers: Vec<usize> = (1..=span.pages).filter(is_linked).collect();
        let pages = numbers.iter().enumerate().map(|(place, number)| PageLink {
            number: *number,
            href: if *number == span.page { String::new() } else { at(*number) },
            follows_gap: place > 0 && numbers[place - 1] + 1 < *number,
        });
        Self {
            words: Self::rows_words(span),
            previous: if span.page == 1 { String::new() } else { at(span.page - 1) },
            next: if span.page == span.pages { String::new() } else { at(span.page + 1) },
            pages: pages.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::table::DataColumn;

    fn table(names: &[&str]) -> DataTable {
        let cell = |name: &&str| match name.strip_prefix('*') {
            Some(group) => DataCell::Group(group.to_owned()),
            None => DataCell::Text((*name).to_owned()),
        };
        DataTable {
            name: "t".to_owned(),
            title: String::new(),
            note: String::new(),
            caption: String::new(),
            columns: vec![DataColumn::text("faskes", "Faskes")],
            rows: names.iter().map(|name| DataRow { cells: vec![cell(name)] }).collect(),
            totals: Vec::new(),
        }
    }

    fn names(asked: Option<&str>) -> Vec<String> {
        let mut cut_table = table(&["*A", "1", "2", "3", "*B", "4", "5"]);
        cut(&mut cut_table, asked, 3);
        let name = |row: &DataRow| match &row.cells[0] {
            DataCell::Group(text) | DataCell::Text(text) => text.clone(),
            _ => String::new(),
        };
        cut_table.rows.iter().map(name).collect()
    }

    #[test]
    fn a_page_holds_its_rows_and_names_the_group_they_are_of() {
        assert_eq!(names(None), ["A", "1", "2"]);
        assert_eq!(names(Some("2")), ["A – lanjutan", "3", "B", "4"]);
        assert_eq!(names(Some("3")), ["B – lanjutan", "5"]);
        assert_eq!(names(Some("99")), names(Some("3")));
        assert_eq!(names(Some("-1")), names(Some("1")));
        assert_eq!(cut(&mut table(&["1", "2", "3"]), Some("2"), 3), None, "it fits");
    }

    #[test]
    fn far_pages_are_left_out() {
        let span = RowsOnPage { first: 901, last: 1_000, all: 2_000, page: 10, pages: 20 };
        let pager = PagerView::new(span, "t", &Query::default(), "/");
        let numbers: Vec<usize> = pager.pages.iter().map(|page| page.number).collect();
        assert_eq!(numbers, [1, 8, 9, 10, 11, 12, 20]);
        assert_eq!(pager.pages.iter().filter(|page| page.follows_gap).count(), 2);
        assert_eq!(pager.next, "/?halaman-t=11#t");
    }
}
