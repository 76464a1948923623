//! Sheets whose content lies in another way than a table's — forms with labels at the left, facilities across, the same
//! columns again for every visit — laid out anew as the table that they mean, each cell knowing where it stands in the
//! file. What cannot be laid out without a guess that somebody must confirm is asked. Knows no register and no file.

mod across;
mod beside_villages;
mod came_or_not;
mod checklist;
mod counted_guests;
mod days_across;
mod deep_heads;
mod denominators;
mod figure_rows;
mod figure_table;
mod filled;
mod filled_list;
mod filled_sums;
mod fractions;
mod groups;
mod lists;
mod matrix;
mod meant_heads;
mod meeting_days;
mod meetings;
mod months_below;
mod named;
mod named_cells;
mod of_one;
mod origin;
mod other_heads;
mod own;
mod page;
mod parted_months;
mod persons_attending;
mod pkp;
mod planned_months;
mod plans;
mod report_days;
mod report_subjects;
mod rows;
mod said_above;
mod signed;
mod stacked;
mod summed_parts;
mod two_names;
mod upright;
mod visit_rows;

use super::sections::sections;
use crate::domain::SheetBooks;
use crate::workbook::{Relaid, Remark, Sheet, Visibility, Workbook};
pub(super) use origin::CellOrigins;
use page::NewSheet;
pub(super) use signed::day_of;

/// Rows of a sheet that may be laid out anew: longer ones are lists of one row a fact.
const ROWS_MAX: usize = 3_000;

/// Lays out the sheets of a workbook that are no tables as they stand: checklists by the instruments, and sheets of
/// indicators of the Puskesmas by the sets, that are known.
pub fn lay_out(workbook: &mut Workbook, books: &SheetBooks) {
    let file = workbook.file.clone();
    for sheet in &mut workbook.sheets {
        let is_read = sheet.visibility == Visibility::Visible && !sheet.is_notes();
        if is_read && sheet.rows.len() <= ROWS_MAX {
            sheet.relaid = filled::relaid(sheet, &books.instruments)
                .or_else(|| own::relaid(sheet, &file, &books.indicator_sets))
                .or_else(|| plans::relaid(sheet))
                .or_else(|| relaid(sheet));
        }
    }
    denominators::serve(workbook);
}

fn relaid(sheet: &Sheet) -> Option<Relaid> {
    if let Some((renamed, told)) = other_heads::renamed(sheet) {
        return Some(laid_out_after(Box::new(renamed), told, headed));
    }
    headed(sheet).or_else(|| {
        let (named, told) = of_one::named(sheet)?;
        Some(laid_out_after(Box::new(named), vec![told], headed))
    })
}

/// A sheet of which the headings are those that are known.
fn headed(sheet: &Sheet) -> Option<Relaid> {
    let mended = mended(sheet);
    match mended {
        Some(Relaid::Table(mended, told)) => Some(laid_out_after(mended, told, laid_out)),
        Some(asked) => Some(asked),
        None => laid_out(sheet),
    }
}

/// Headings and cells that mean those of another table, in their place: what may then be laid out as any other sheet.
fn mended(sheet: &Sheet) -> Option<Relaid> {
    days_across::relaid(sheet)
        .or_else(|| planned_months::relaid(sheet))
        .or_else(|| counted_guests::relaid(sheet))
        .or_else(|| meeting_days::relaid(sheet))
        .or_else(|| report_subjects::relaid(sheet))
        .or_else(|| named_cells::relaid(sheet))
        .or_else(|| persons_attending::relaid(sheet))
        .or_else(|| visit_rows::relaid(sheet))
        .or_else(|| came_or_not::relaid(sheet))
        .or_else(|| report_days::relaid(sheet))
        .or_else(|| meant_heads::relaid(sheet))
        .or_else(|| said_above::relaid(sheet))
        .or_else(|| summed_parts::relaid(sheet))
}

/// A sheet that was laid out anew once, and again where that too means another table.
fn laid_out_after(first: Box<Sheet>, mut told: Vec<Remark>, further: fn(&Sheet) -> Option<Relaid>) -> Relaid {
    let of_file = |remark: Remark| Remark { place: first.origin(remark.place), ..remark };
    match further(&first) {
        Some(Relaid::Table(second, more)) => {
            told.extend(more.into_iter().map(of_file));
            Relaid::Table(second, told)
        }
        Some(Relaid::Asked(asked)) => Relaid::Asked(of_file(asked)),
        None => Relaid::Table(first, told),
    }
}

/// Reports whether a sheet in which no table is known as it stands is laid out as one, or asked about as one.
fn may_be_laid_out(sheet: &Sheet) -> bool {
    mended(sheet).or_else(|| of_groups(sheet)).is_some()
}

/// The sheets of which columns or rows are laid out together.
fn of_groups(sheet: &Sheet) -> Option<Relaid> {
    figure_rows::relaid(sheet)
        .or_else(|| fractions::relaid(sheet))
        .or_else(|| groups::relaid(sheet))
        .or_else(|| meetings::relaid(sheet))
        .or_else(|| parted_months::relaid(sheet))
        .or_else(|| months_below::relaid(sheet))
        .or_else(|| deep_heads::relaid(sheet))
}

fn laid_out(sheet: &Sheet) -> Option<Relaid> {
    let assessed = pkp::relaid(sheet);
    if assessed.is_some() {
        return assessed;
    }
    let whole = of_groups(sheet).or_else(|| signed::relaid(sheet));
    let whole = whole.or_else(|| matrix::named(sheet)).or_else(|| two_names::relaid(sheet)).or_else(|| {
        let sections = sections(sheet, &[]);
        if !sections.is_empty() {
            return beside_villages::relaid(sheet, &sections)
                .or_else(|| after_names(named::of_nameless(sheet, &sections)));
        }
        after_names(named::relaid(sheet))
            .or_else(|| stacked::relaid(sheet))
            .or_else(|| across::relaid(sheet))
            .or_else(|| upright::relaid(sheet))
            .or_else(|| matrix::relaid(sheet))
    });
    match whole {
        Some(Relaid::Table(table, mut told)) => {
            let split = lists::relaid(&table);
            let Some((split, more)) = split else { return Some(Relaid::Table(table, told)) };
            told.extend(more);
            Some(Relaid::Table(Box::new(split), told))
        }
        Some(asked) => Some(asked),
        None => lists::relaid(sheet).map(|(sheet, told)| Relaid::Table(Box::new(sheet), told)),
    }
}

/// A sheet whose names were found, its groups laid out together as if they had been headed so from the first.
fn after_names(named: Option<Relaid>) -> Option<Relaid> {
    let Some(Relaid::Table(named, mut told)) = named else { return named };
    match mended(&named).or_else(|| of_groups(&named)) {
        Some(Relaid::Table(table, more)) => {
            told.extend(more);
            Some(Relaid::Table(table, told))
        }
        Some(asked) => Some(asked),
        None => Some(Relaid::Table(named, told)),
    }
}

fn table(page: NewSheet<'_>, told: Remark) -> Relaid {
    Relaid::Table(Box::new(page.finish()), vec![told])
}
