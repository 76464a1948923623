//! The signature block under a form: place and date, Kepala and PJ with their NIP.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::context::{TemplateContext, clean};
use super::draw::{banner_columns, column_number};
use super::plan::SheetPlan;
use super::style;

/// Room for a signature, in rows.
const ROOM: u32 = 3;
/// Place of the second signature from the left, as a part of the width.
const SECOND_FROM: f64 = 0.6;
/// Room for the longest line of the second signature, in characters.
const SECOND_WIDTH: f64 = 46.0;
/// Width of a column that the form does not have.
const COLUMN_WIDTH: f64 = 8.43;

fn or_dots(text: &str) -> String {
    let text = clean(text);
    if text.is_empty() { ".".repeat(40) } else { text }
}

/// Writes the block from `row` on; returns its last row.
pub(super) fn block(
    sheet: &mut Worksheet,
    context: &TemplateContext,
    plan: &SheetPlan,
    row: u32,
) -> Result<u32, XlsxError> {
    let signature = &context.signature;
    let place = if clean(&signature.place).is_empty() { ".".repeat(20) } else { clean(&signature.place) };
    let left = [
        (0, "Mengetahui,".to_owned()),
        (1, format!("Kepala {}", context.puskesmas)),
        (2 + ROOM, or_dots(&signature.head)),
        (3 + ROOM, format!("NIP. {}", or_dots(&signature.head_nip))),
    ];
    let right = [
        (0, format!("{place}, {} {}", ".".repeat(24), context.month.year())),
        (1, "PJ Jejaring dan Jaringan".to_owned()),
        (2 + ROOM, or_dots(&signature.coordinator)),
        (3 + ROOM, format!("NIP. {}", or_dots(&signature.coordinator_nip))),
    ];
    let second = second_column(plan);
    let format = style::open_line();
    for (column, lines) in [(1, left), (second, right)] {
        for (below, text) in lines {
            sheet.write_string_with_format(row + below, column, &text, &format)?;
        }
    }
    Ok(row + 3 + ROOM)
}

fn second_column(plan: &SheetPlan) -> u16 {
    let last = usize::from(banner_columns(plan));
    let total: f64 = plan.columns[..=last].iter().map(|column| column.width).sum();
    let mut width = 0.0;
    let before = plan.columns[..=last].iter().take_while(|column| {
        width += column.width;
        width <= total * SECOND_FROM
    });
    column_number(before.count().clamp(2, last.max(2)))
}

/// The last column that the second signature reaches, beyond a narrow form.
pub(super) fn last_column(plan: &SheetPlan) -> u16 {
    let second = second_column(plan);
    let widths = plan.columns.iter().map(|column| column.width).chain(std::iter::repeat(COLUMN_WIDTH));
    let mut width = 0.0;
    let reached = widths.skip(usize::from(second)).take_while(|own| {
        width += own;
        width < SECOND_WIDTH
    });
    second + column_number(reached.count())
}
