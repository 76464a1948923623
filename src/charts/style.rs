//! Sizes of one medium: how large type, strokes and rows are. Knows no chart and no colour but the tokens'.

use crate::domain::Status;

use super::Medium;
use super::canvas::Pattern;
use super::tokens;

/// Sizes in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) medium: Medium,
    /// Of the whole picture.
    pub(super) width: f64,
    pub(super) title: f64,
    pub(super) subtitle: f64,
    pub(super) text: f64,
    /// The smallest type.
    pub(super) small: f64,
    /// Lines that carry data.
    pub(super) stroke: f64,
    /// Grid and frames.
    pub(super) thin: f64,
    pub(super) margin: f64,
}

impl Style {
    pub(super) fn from_medium(medium: Medium) -> Self {
        match medium {
            Medium::Screen => Self {
                medium,
                width: 960.0,
                title: 20.0,
                subtitle: 14.0,
                text: 14.0,
                small: 12.0,
                stroke: 2.0,
                thin: 1.0,
                margin: 16.0,
            },
            Medium::Narrow => Self {
                medium,
                width: 600.0,
                title: 18.0,
                subtitle: 13.0,
                text: 13.0,
                small: 12.0,
                stroke: 2.0,
                thin: 1.0,
                margin: 10.0,
            },
            Medium::Projector => Self {
                medium,
                width: 976.0,
                title: 36.0,
                subtitle: 24.0,
                text: 22.0,
                small: 20.0,
                stroke: 4.0,
                thin: 3.0,
                margin: 24.0,
            },
            // As wide as A4 between its margins at 72 dots an inch and a half: 12 px are 8 pt.
            Medium::Print => Self {
                medium,
                width: 720.0,
                title: 18.0,
                subtitle: 13.0,
                text: 13.0,
                small: 12.0,
                stroke: 2.0,
                thin: 1.0,
                margin: 8.0,
            },
        }
    }

    pub(super) fn is_print(&self) -> bool {
        self.medium == Medium::Print
    }

    /// Colour of a text in this medium: on a wall what is muted is darker.
    pub(super) fn text_color(&self, color: &'static str) -> &'static str {
        if self.medium == Medium::Projector && color == tokens::MUTED { tokens::ROOM_MUTED } else { color }
    }

    /// Height of a line of type of a size.
    pub(super) fn line(size: f64) -> f64 {
        (size * 1.35).round()
    }

    /// Height of a legend of one line.
    pub(super) fn legend_line(self) -> f64 {
        Self::line(self.text) * 1.3
    }

    /// Fill of a status's bar: colour on screens, pattern on paper; none for *belum ada data*.
    pub(super) fn status_fill(&self, status: Status) -> AreaFill {
        match (self.is_print(), status) {
            (_, Status::NoData) => AreaFill::Pattern(Pattern::Hatch),
            // An empty box: as long as the score, and no verdict.
            (_, Status::TooLittle) => AreaFill::Color(tokens::PAPER),
            (false, status) => AreaFill::Color(tokens::status_color(status)),
            (true, Status::Good) => AreaFill::Color(tokens::INK),
            (true, Status::Fair) => AreaFill::Pattern(Pattern::Stripes),
            (true, Status::Poor) => AreaFill::Pattern(Pattern::Cross),
        }
    }
}

/// Fill of an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum AreaFill {
    /// A colour as `#RRGGBB`.
    Color(&'static str),
    /// A pattern on paper, for rectangles.
    Pattern(Pattern),
    /// A colour that lets through what lies below.
    Veil(&'static str),
}

/// Colour, width and dashes of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) color: &'static str,
    pub(super) width: f64,
    pub(super) dash: Option<&'static str>,
}

impl Stroke {
    pub(super) fn solid(color: &'static str, width: f64) -> Self {
        Self { color, width, dash: None }
    }

    pub(super) fn dashed(color: &'static str, width: f64) -> Self {
        Self { color, width, dash: Some("6 4") }
    }
}
