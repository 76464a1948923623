//! Panels and tables of the page model as blocks of a paper: the same figures, without addresses.

use crate::dashboard::page::{AttentionLine, NamedCount};
use crate::dashboard::table::{ColumnKind, DataCell, DataRow, DataTable, TableFigure, is_reason_in_words};
use crate::dashboard::{PageContext, PanelBody, panel_data};
use crate::definitions::{DashboardScope, Panel, PanelKind, StatusTable, Width};
use crate::domain::{CoachingIndicator, Value, format};

use super::ReportError;
use super::document::{Align, Block, PaperCell, PaperColumn, PaperTable, RowHeight};

/// Narrowest and widest share of a column of words, and of numbers, in letters.
const TEXT_SHARE: (f64, f64) = (9.0, 26.0);
const NUMBER_SHARE: (f64, f64) = (6.0, 12.5);
/// Share that a letter of a bold heading needs, and the space beside it: no word of a heading is broken.
const HEADING_SHARE: (f64, f64) = (1.15, 1.6);

/// The blocks of one panel, computed as the page computes it.
pub(super) fn panel(context: &PageContext<'_>, kind: PanelKind) -> Result<Vec<Block>, ReportError> {
    let panel = Panel { id: "panel".to_owned(), title: None, note: None, width: Width::Full, is_folded: false, kind };
    Ok(blocks(panel_data(&panel, DashboardScope::Puskesmas, context)?.body))
}

/// Facility by indicator, by score; what the page says of clicking is of no use on paper.
pub(super) fn status_table(context: &PageContext<'_>) -> Result<Vec<Block>, ReportError> {
    let options = StatusTable { indicators: CoachingIndicator::ALL.to_vec(), filters: Vec::new() };
    let mut blocks = panel(context, PanelKind::StatusTable(options))?;
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table.note = format!(
                "Skor 0–100 dan tren dalam poin; indikator dalam persen, di bawahnya pembilang/penyebut. {}",
                context.caption()
            );
        }
    }
    Ok(blocks)
}

fn blocks(body: PanelBody) -> Vec<Block> {
    match body {
        PanelBody::Lead(lead) => vec![Block::List(lead.completeness)],
        PanelBody::Attention(lines) => attention(&lines),
        PanelBody::Tables(tables) => tables.iter().map(|table| Block::Table(paper_table(table))).collect(),
        PanelBody::Filtered(filtered) => vec![Block::Table(paper_table(&filtered.table))],
        PanelBody::Chart(chart) => vec![Block::Chart(chart)],
        PanelBody::Pws(pws) => vec![Block::Chart(Box::new(pws.chart)), Block::Table(paper_table(&pws.analysis))],
        PanelBody::Counts(counts, table) => {
            let fact = |count: NamedCount| (count.name, format!("{} ({})", count.count, count.note));
            vec![Block::Facts(counts.into_iter().map(fact).collect()), Block::Table(paper_table(&table))]
        }
        PanelBody::Message(table, _) => vec![Block::Table(paper_table(&table))],
        PanelBody::Empty(why) => vec![Block::Note(why)],
        PanelBody::Closed => Vec::new(),
    }
}

fn attention(lines: &[AttentionLine]) -> Vec<Block> {
    if lines.is_empty() {
        return vec![Block::Paragraph("Tidak ada yang mendesak pada data periode ini.".to_owned())];
    }
    vec![Block::List(lines.iter().map(|line| format!("{}{}", line.link, line.rest)).collect())]
}

/// A table of the page model on paper.
pub(super) fn paper_table(table: &DataTable) -> PaperTable {
    let rows: Vec<Vec<PaperCell>> = table.rows.iter().map(paper_row).collect();
    let totals: Vec<Vec<PaperCell>> = table.totals.iter().map(paper_row).collect();
    let columns = table.columns.iter().enumerate().map(|(place, column)| {
        let cells = rows.iter().chain(&totals).filter_map(|row| row.get(place));
        let widest = cells.map(letters).fold(0.0, f64::max);
        let word = column.label.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        let word = f64::from(u32::try_from(word).unwrap_or(0)) * HEADING_SHARE.0 + HEADING_SHARE.1;
        match column.kind {
            ColumnKind::Text => PaperColumn::text(&column.label, widest.max(word).clamp(TEXT_SHARE.0, TEXT_SHARE.1)),
            ColumnKind::Number => {
                PaperColumn::number(&column.label, widest.max(word).clamp(NUMBER_SHARE.0, NUMBER_SHARE.1))
            }
        }
    });
    let note = [table.note.as_str(), table.caption.as_str()].into_iter().filter(|text| !text.is_empty());
    PaperTable {
        title: table.title.clone(),
        note: note.collect::<Vec<_>>().join(" "),
        columns: columns.collect(),
        rows,
        totals,
        empty: "Tidak ada.".to_owned(),
        row_height: RowHeight::Text,
    }
}

/// Letters of a cell's longest line.
fn letters(cell: &PaperCell) -> f64 {
    let (words, small) = super::words::cell_words(cell);
    let count = words.chars().count().max(small.chars().count());
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) + 1.0
}

fn paper_row(row: &DataRow) -> Vec<PaperCell> {
    row.cells.iter().map(paper_cell).collect()
}

fn paper_cell(cell: &DataCell) -> PaperCell {
    match cell {
        DataCell::Text(text)
        | DataCell::State(text, _)
        | DataCell::Facility(_, text)
        | DataCell::Group(text)
        | DataCell::Puskesmas(text)
        | DataCell::Cluster(text) => PaperCell::words(text),
        DataCell::Judged(figure) => figure_cell(&figure.plain()),
        DataCell::Blank("") => PaperCell::Blank,
        DataCell::Blank(reason) if is_reason_in_words(reason) => PaperCell::Missing((*reason).to_owned()),
        DataCell::Blank(_) | DataCell::NotDone(_) | DataCell::Change(None, _) => PaperCell::Missing("–".to_owned()),
        DataCell::Figure(figure) => figure_cell(figure),
        DataCell::Count(count) => PaperCell::Count(*count),
        DataCell::Status(standing) => PaperCell::Text(standing.words()),
        DataCell::Change(Some(change), _) => PaperCell::Change(*change),
        DataCell::Date(date) => PaperCell::Date(*date),
        DataCell::Month(month) => PaperCell::Month(*month),
        DataCell::Visit(when) => PaperCell::visit(*when),
    }
}

fn figure_cell(figure: &TableFigure) -> PaperCell {
    match figure.value {
        Value::Number(number) => PaperCell::Figure(number, figure.parts),
        Value::NotReported => PaperCell::Missing("belum lapor".to_owned()),
        Value::NotApplicable => PaperCell::Missing("–".to_owned()),
        Value::CannotCompute => PaperCell::Missing("tak terhitung".to_owned()),
    }
}

/// The table without the columns of these heads.
pub(super) fn without(mut table: PaperTable, labels: &[&str]) -> PaperTable {
    for label in labels {
        if let Some(place) = table.columns.iter().position(|column| column.label == *label) {
            table.columns.remove(place);
            for row in table.rows.iter_mut().chain(&mut table.totals) {
                row.remove(place);
            }
        }
    }
    table
}

/// The table with a column of running numbers in front.
pub(super) fn numbered(mut table: PaperTable) -> PaperTable {
    table.columns.insert(0, PaperColumn { label: "No".to_owned(), share: 5.0, align: Align::Right });
    for (place, row) in table.rows.iter_mut().enumerate() {
        row.insert(0, PaperCell::running(place));
    }
    for row in &mut table.totals {
        row.insert(0, PaperCell::Blank);
    }
    table
}

/// `Mei 2023` as a table's remark on the day.
pub(super) fn as_of_note(context: &PageContext<'_>) -> String {
    format!("Data per {}.", format::date(context.subject.as_of))
}
