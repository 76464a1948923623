//! A sheet cut into tables: each heading with the banner above it, its repetitions and the rows that can be its own.
//! Tables below each other end where the next one's banner begins; tables side by side share rows, not columns.

use super::banner::{Banner, BannerLine};
use super::cells::{is_blank, value_text};
use super::heading::ColumnMeaning;
use super::layout::{Heading, headings};
use super::leftover::{foreign_rows, headings_again};
use super::part_titles::named_part;
use super::profile::{Profile, explained};
use super::section::Section;
use super::sum_rows::is_sum;
use crate::domain::Table;
use crate::workbook::{CellValue, Row, Sheet};

/// Rows above a further heading of a sheet that can be its banner.
pub(super) const BANNER_ROWS: usize = 12;
/// The last row of a table that nothing ends.
const OPEN: u32 = u32::MAX;

/// The tables of a sheet, top down and from left to right.
pub(super) fn sections(sheet: &Sheet, profiles: &[Profile]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut first_banner: Option<Banner> = None;
    let headings = all_headings(sheet, profiles);
    for beside in headings.chunk_by(|one, other| other.top <= one.bottom && !one.overlaps(other)) {
        let own: Vec<(Banner, u32)> = beside.iter().map(|heading| banner_above(sheet, heading, &sections)).collect();
        let common = Banner::common(own.iter().map(|(banner, _)| banner));
        for (heading, (banner, top)) in beside.iter().zip(own) {
            if is_next_row(sheet, heading, &sections) || close(&mut sections, heading, &banner, top) {
                continue;
            }
            let banner = banner.or(&common);
            let banner = match &first_banner {
                Some(first) => banner.or(first),
                None => banner,
            };
            let heading = within_neighbours(&mut sections, heading.clone());
            let repeated = Vec::new();
            let foreign = Vec::new();
            sections.push(Section { heading, banner, repeated, foreign, last_row: OPEN });
        }
        first_banner.get_or_insert(common);
    }
    for section in &mut sections {
        section.foreign = foreign_rows(sheet, section);
        let is_held = |row: u32| {
            section.repeated.iter().chain(&section.foreign).any(|(first, last)| (*first..=*last).contains(&row))
        };
        let again: Vec<(u32, u32)> =
            headings_again(sheet, section).into_iter().filter(|(row, _)| !is_held(*row)).collect();
        section.repeated.extend(again);
    }
    sections
}

/// Headings that somebody explained, and beside them those that tell for themselves.
fn all_headings(sheet: &Sheet, profiles: &[Profile]) -> Vec<Heading> {
    let mut all = explained(sheet, profiles);
    let said = all.clone();
    // One table of several side by side may be explained: its neighbours are read as before.
    let is_said =
        |own: &Heading| said.iter().any(|said| own.top <= said.bottom && said.top <= own.bottom && own.overlaps(said));
    all.extend(headings(sheet).into_iter().filter(|own| !is_said(own)));
    all.sort_by_key(|heading| (heading.top, heading.extent.0));
    all
}

/// Ends the tables over whose columns `heading` stands, or notes that it repeats the one there; whether it does.
fn close(sections: &mut [Section], heading: &Heading, banner: &Banner, top: u32) -> bool {
    let mut above = sections.iter_mut().filter(|open| open.last_row == OPEN && open.heading.overlaps(heading));
    let Some(first) = above.next() else { return false };
    let mut more = above.peekable();
    if more.peek().is_none() && first.heading.is_repeated_by(heading) && !is_another(heading, banner, &first.banner) {
        first.repeated.push((top, heading.bottom));
        return true;
    }
    for open in std::iter::once(first).chain(more) {
        open.last_row = top.saturating_sub(1);
    }
    false
}

/// A heading whose columns, and those of the open tables beside it, are each their own.
fn within_neighbours(sections: &mut [Section], mut heading: Heading) -> Heading {
    for open in sections.iter_mut().filter(|open| open.last_row == OPEN).map(|open| &mut open.heading) {
        let (left, right) = if open.extent.1 < heading.extent.0 { (open, &mut heading) } else { (&mut heading, open) };
        left.span.1 = left.span.1.min(right.extent.0.saturating_sub(1));
        right.span.0 = right.span.0.max(left.extent.1 + 1);
    }
    heading
}

/// The banner lines above a heading, and the row in which they begin.
fn banner_above(sheet: &Sheet, heading: &Heading, sections: &[Section]) -> (Banner, u32) {
    let end = sheet.rows.partition_point(|row| row.index < heading.top);
    let line = |row| BannerLine::within(row, heading.span);
    let Some(before) = sections.iter().rev().find(|section| section.heading.overlaps(heading)) else {
        return (Banner::read(sheet.rows[..end].iter().map(line)), 0);
    };
    let above = sheet.rows[..end].iter().rev().take(BANNER_ROWS);
    let lines = above.take_while(|row| row.index > before.heading.bottom && !is_data(row, &before.heading)).count();
    let rows = &sheet.rows[end - lines..end];
    (Banner::read(rows.iter().map(line)), rows.first().map_or(heading.top, |row| row.index))
}

/// Reports whether what reads like a heading is the next row of an open table: values may be words of other headings
/// (`Jejaring`, `Diterima`), but no heading goes on counting the rows above it.
fn is_next_row(sheet: &Sheet, heading: &Heading, sections: &[Section]) -> bool {
    let end = sheet.rows.partition_point(|row| row.index < heading.top);
    let Some(row) = sheet.rows.get(end) else { return false };
    let above = end.checked_sub(1).and_then(|before| sheet.rows.get(before));
    let goes_on = |open: &Heading| {
        let Some(number) = running_number(row, open) else { return false };
        let is_first = number == 1 && above.is_some_and(|above| above.index == open.bottom);
        let before = above.filter(|above| above.index > open.bottom).and_then(|above| running_number(above, open));
        is_first || before.is_some_and(|before| before + 1 == number)
    };
    let mut open = sections.iter().filter(|open| open.last_row == OPEN && open.heading.overlaps(heading));
    open.any(|open| goes_on(&open.heading))
}

/// The running number of a row, where it has one.
fn running_number(row: &Row, heading: &Heading) -> Option<u32> {
    let value = row.get(*heading.columns.get(&ColumnMeaning::No)?)?;
    value_text(value).trim().trim_end_matches('.').parse().ok()
}

/// Reports whether a row holds a row of the table rather than a line of the next one's banner.
fn is_data(row: &Row, heading: &Heading) -> bool {
    let number = heading.columns.get(&ColumnMeaning::No).and_then(|column| row.get(*column));
    let is_numbered = match number {
        Some(CellValue::Number { .. }) => true,
        Some(value) => value_text(value).trim_end_matches('.').parse::<u32>().is_ok(),
        None => false,
    };
    let cells = heading.cells(row);
    let has_name = heading.key_column().is_some_and(|column| !is_blank(row.get(column)));
    // `TAHUN | : | 2023` in three cells.
    let has_label = || cells.iter().filter_map(|cell| cell.value.text()).any(|text| text.trim().starts_with(':'));
    is_numbered || is_sum(row, heading) || is_blank(number) && has_name && cells.len() > 1 && !has_label()
}

/// Reports whether a banner names something that is counted and that the one before does not name.
fn names_another_part(banner: &Banner, before: &Banner) -> bool {
    let parts = |banner: &Banner| banner.titles.iter().filter_map(|(title, _)| named_part(title)).collect::<Vec<_>>();
    let known = parts(before);
    parts(banner).iter().any(|part| !known.contains(part))
}

/// Reports whether a banner between two equal headings makes another table of what stands below it.
fn is_another(heading: &Heading, banner: &Banner, before: &Banner) -> bool {
    let is_written = heading.table.is_some_and(Table::is_written);
    let is_of_months = heading.table.is_none();
    let is_of_figures = heading.table == Some(Table::Achievements);
    banner.differs_from(before)
        || is_of_figures && names_another_part(banner, before)
        || is_written && banner.has_other_period(before)
        || is_of_months && banner.has_other_sort(before)
}
