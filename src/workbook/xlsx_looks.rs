//! Formats of an xlsx workbook that make a cell stand out, and texts that are struck through within.

use calamine::{Color, FillPattern, Style};

use super::intake::Intake;
use super::marks::{CellMark, FillColour};
use crate::domain::records::CellRef;

/// Least difference between the parts of a colour that is no grey, of 255.
const CHROMA_MIN: u8 = 48;

/// Look that one format gives to cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellFormat {
    fill: Option<FillColour>,
    ink: Option<FillColour>,
    is_struck: bool,
}

impl CellFormat {
    fn from_style(style: &Style) -> Self {
        let fill = style.fill.as_ref().filter(|fill| fill.pattern != FillPattern::None);
        // The grey that every workbook lists, whether it is used or not.
        let fill = fill.filter(|fill| fill.pattern != FillPattern::Gray125);
        let fill = fill.and_then(|fill| fill.foreground_color).filter(|colour| !colour.is_white());
        let font = style.font.as_ref();
        let ink = font.and_then(|font| font.color).filter(|colour| is_chromatic(*colour));
        let is_struck = font.is_some_and(|font| font.strikethrough);
        Self { fill: fill.map(rgb), ink: ink.map(rgb), is_struck }
    }
}

fn rgb(colour: Color) -> FillColour {
    FillColour(colour.to_argb() & 0xFF_FFFF)
}

fn is_chromatic(colour: Color) -> bool {
    let parts = [colour.red, colour.green, colour.blue];
    let (most, least) = parts.iter().fold((0, u8::MAX), |(most, least), part| (*part.max(&most), *part.min(&least)));
    most - least >= CHROMA_MIN
}

/// The formats of a workbook, by the number that cells name; none at all where no format stands out.
#[derive(Default)]
pub(super) struct Looks(Vec<CellFormat>);

impl Looks {
    pub(super) fn from_styles(styles: &[Style]) -> Self {
        let looks: Vec<CellFormat> = styles.iter().map(CellFormat::from_style).collect();
        let is_plain = looks.iter().all(|look| *look == CellFormat::default());
        Self(if is_plain { Vec::new() } else { looks })
    }

    /// Tells how a cell of a format stands out; ink and strikes show in a value alone.
    pub(super) fn tell(&self, place: CellRef, style: usize, has_value: bool, intake: &mut Intake<'_>) {
        let Some(look) = self.0.get(style) else { return };
        if let Some(colour) = look.fill {
            intake.mark(place, CellMark::Filled(colour));
        }
        if !has_value {
            return;
        }
        if let Some(colour) = look.ink {
            intake.mark(place, CellMark::Inked(colour));
        }
        if look.is_struck {
            intake.mark(place, CellMark::Struck);
        }
    }
}

/// Shared texts that are struck through by their own format, by their numbers.
#[derive(Default)]
pub(super) struct StruckTexts {
    /// In order.
    numbers: Vec<(u32, CellMark)>,
}

impl StruckTexts {
    /// Takes the next text.
    pub(super) fn push(&mut self, number: usize, runs: StruckRuns) {
        self.numbers.extend(u32::try_from(number).ok().zip(runs.mark()));
    }

    /// Reports whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Returns the strike of a shared text; `None` where it has none.
    pub(super) fn mark(&self, number: u32) -> Option<CellMark> {
        if self.numbers.is_empty() {
            return None;
        }
        let found = self.numbers.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(self.numbers[found].1)
    }
}

/// Reports whether `strike val="…"` strikes.
pub(super) fn is_on(tag: &str) -> bool {
    !["\"0\"", "'0'", "\"false\"", "'false'"].iter().any(|off| tag.contains(off))
}

/// Strikes of a text of several runs: all of what is written, a part, or nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StruckRuns {
    is_struck: bool,
    has_struck: bool,
    has_plain: bool,
}

impl StruckRuns {
    pub(super) fn begin(&mut self) {
        self.is_struck = false;
    }

    /// The run is struck through, or says that it is not.
    pub(super) fn strike(&mut self, is_on: bool) {
        self.is_struck = is_on;
    }

    /// The text of the run ends; blanks show no strike.
    pub(super) fn text(&mut self, is_written: bool) {
        self.has_struck |= self.is_struck && is_written;
        self.has_plain |= !self.is_struck && is_written;
    }

    /// Returns the strike of the text; `None` where nothing that is written is struck.
    pub(super) fn mark(self) -> Option<CellMark> {
        let mark = if self.has_plain { CellMark::PartlyStruck } else { CellMark::Struck };
        self.has_struck.then_some(mark)
    }
}
