//! The one look of every template: black on white, headings light grey, what is computed or fixed lighter.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::plan::ColumnLook;

/// Fill of headings.
const HEADING: u32 = 0x00D9_D9D9;
/// Fill of cells that are computed or fixed.
const COMPUTED: u32 = 0x00F2_F2F2;
/// Lines of the table.
const LINE: u32 = 0x0080_8080;
/// `12 Mei 2023`, whatever the language of Excel.
const DATE: &str = "[$-421]dd mmmm yyyy";
/// `12/05/2023`, day first in every Excel.
const SHORT_DATE: &str = "[$-421]dd/mm/yyyy";

/// Use of a cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellRole {
    /// Filled in by the user.
    Entry,
    /// Computed by a formula, or fixed.
    Settled,
    /// A cell of the row *Jumlah*.
    Foot,
}

fn rgb(colour: u32) -> Color {
    Color::RGB(colour)
}

fn framed() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(rgb(LINE))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// A cell of the table; `is_whole`: its count has no decimals to hide.
pub(super) fn cell(look: ColumnLook, part: CellRole, is_whole: bool) -> Format {
    let format = match look {
        ColumnLook::Text => framed().set_num_format("@").set_align(FormatAlign::Left),
        ColumnLook::Mark => framed().set_num_format("@").set_align(FormatAlign::Center),
        ColumnLook::Count if is_whole => framed().set_num_format("#,##0").set_align(FormatAlign::Right),
        ColumnLook::Number | ColumnLook::Count => framed().set_align(FormatAlign::Right),
        ColumnLook::Date => framed().set_num_format(DATE).set_align(FormatAlign::Center),
        ColumnLook::ShortDate => framed().set_num_format(SHORT_DATE).set_align(FormatAlign::Center),
        ColumnLook::Percent => framed().set_num_format("0.0%").set_align(FormatAlign::Right),
    };
    match part {
        CellRole::Entry => format.set_unlocked(),
        CellRole::Settled => format.set_background_color(rgb(COMPUTED)),
        CellRole::Foot => format.set_background_color(rgb(COMPUTED)).set_bold(),
    }
}

/// A computed cell: a formula in a cell of text would stay text.
pub(super) fn computed(look: ColumnLook, part: CellRole) -> Format {
    let format = match look {
        ColumnLook::Percent => framed().set_num_format("0.0%").set_align(FormatAlign::Right),
        ColumnLook::Count => framed().set_num_format("#,##0").set_align(FormatAlign::Right),
        ColumnLook::Text | ColumnLook::Mark | ColumnLook::Number | ColumnLook::Date | ColumnLook::ShortDate => {
            framed().set_num_format("0").set_align(FormatAlign::Center)
        }
    };
    let format = format.set_background_color(rgb(COMPUTED));
    if part == CellRole::Foot { format.set_bold() } else { format }
}

/// A formula that the user may overwrite.
pub(super) fn open_formula() -> Format {
    framed().set_align(FormatAlign::Center).set_unlocked()
}

pub(super) fn heading() -> Format {
    framed().set_bold().set_align(FormatAlign::Center).set_background_color(rgb(HEADING))
}

/// Lines above the table.
pub(super) fn banner() -> Format {
    Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// Name of the Puskesmas, with a line under the letterhead.
pub(super) fn name() -> Format {
    banner().set_bold().set_font_size(13).set_border_bottom(FormatBorder::Double)
}

/// Title of a form.
pub(super) fn title() -> Format {
    banner().set_bold().set_font_size(12)
}

/// Lines that the user may change: letterhead, signatures.
pub(super) fn open_line() -> Format {
    Format::new().set_unlocked()
}

/// First line of the help sheets.
pub(super) fn mark() -> Format {
    Format::new().set_bold().set_font_size(14)
}

/// Caption on the help sheets.
pub(super) fn caption() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Top)
}

/// Running text on the help sheets.
pub(super) fn prose() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Framed text on the help sheets.
pub(super) fn framed_prose() -> Format {
    framed().set_align(FormatAlign::Top)
}
