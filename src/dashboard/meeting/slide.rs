//! Slides as plain data: one thing a slide, with as much of it as a room can read from its back. Knows no figure and no
//! markup.

use crate::domain::meeting_held::Invitee;
use crate::domain::written::Decision;

/// Rows of a slide's table, and bars of its chart: at 24 px and more they fill a projector's picture.
pub const ROWS_MAX: usize = 9;
/// Rows of a table whose cells may take two lines.
pub(super) const LONG_ROWS_MAX: usize = 6;
/// Names of a slide, in columns.
pub(super) const NAMES_MAX: usize = 30;

/// A meeting, slide by slide.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideShow {
    /// `Lokakarya mini bulanan`.
    pub title: String,
    /// `Hasil sampai Agustus 2023`.
    pub subtitle: String,
    /// Facilities that may be invited, as far as it is known with their turnout.
    pub invitees: Vec<Invitee>,
    /// Sentence about who was invited and came.
    pub turnout: String,
    /// In order; never empty.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// Message of the slide, in a sentence or a few words.
    pub title: String,
    /// The measured quantity, or a number; may be empty.
    pub subtitle: String,
    /// Content below the heading.
    pub body: SlideBody,
    /// For whoever leads the meeting: what to say or ask.
    pub notes: Vec<String>,
    /// Subject of decisions that are written at this slide; may be empty.
    pub subject: String,
    /// Facilities that the slide is about, which such a decision may be for.
    pub facilities: Vec<String>,
}

impl Slide {
    /// A slide about nothing that is decided on.
    pub(super) fn new(title: String, subtitle: String, body: SlideBody) -> Self {
        Self { title, subtitle, body, notes: Vec::new(), subject: String::new(), facilities: Vec::new() }
    }
}

/// Content of a slide.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "kinds and their lists say all")]
pub enum SlideBody {
    /// The state before anybody speaks, the agenda, and who is invited.
    Opening {
        lines: Vec<String>,
        /// Matters in their order.
        agenda: Vec<&'static str>,
    },
    /// Sentences, one below the other.
    Lines(Vec<String>),
    Names {
        /// Those that are shown.
        names: Vec<String>,
        /// Number of those that are not.
        left_out: usize,
    },
    Table(SlideTable),
    /// Decisions of meetings before, which can be said to be done.
    Decisions(Vec<FormerDecision>),
    /// One bar a facility.
    Bars(SlideBars),
    /// The place where decisions are written, with those that this meeting has taken so far.
    NewDecisions(Vec<Decision>),
    /// The last words, and the papers of the meeting.
    Closing(Vec<String>),
}

/// A decision of a meeting before, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerDecision {
    /// Decision as it was written.
    pub decision: Decision,
    /// True if it was taken at the last meeting, not at one before.
    pub is_of_last: bool,
    /// State in words, where it is done by the day of the meeting.
    pub done: Option<String>,
    /// State in words as long as it is not.
    pub undone: String,
}

/// A table that a room can read: at most [`ROWS_MAX`] rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlideTable {
    /// Headings.
    pub heads: Vec<&'static str>,
    /// Cells under them.
    pub rows: Vec<Vec<String>>,
    /// Rows that are not shown.
    pub left_out: usize,
}

impl SlideTable {
    /// The first rows, and how many are left out.
    pub(super) fn from_rows(heads: Vec<&'static str>, mut rows: Vec<Vec<String>>) -> Self {
        let most = if heads.len() > 3 { LONG_ROWS_MAX } else { ROWS_MAX };
        let left_out = rows.len().saturating_sub(most);
        rows.truncate(most);
        Self { heads, rows, left_out }
    }
}

/// Bars from high to low, at most [`ROWS_MAX`], the total apart.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideBars {
    /// The highest, then the lowest.
    pub bars: Vec<SlideBar>,
    /// After how many bars some are left out, and how many.
    pub gap: Option<Gap>,
    /// Target, percent.
    pub target: f64,
    /// The Puskesmas.
    pub total: SlideBar,
    /// Who did not report.
    pub unreported: Vec<String>,
    /// Matters for the room to talk about, a sentence a facility.
    pub talk: Vec<String>,
}

/// Bars that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Bars before it.
    pub after: usize,
    /// Number of bars that are left out.
    pub count: usize,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideBar {
    /// Whose.
    pub name: String,
    /// Percent; `None` where nobody reported, or of nothing.
    pub percent: Option<f64>,
    /// `66,7 % (20 dari 30)`.
    pub words: String,
    /// True where the target is reached; `None` where that is not known.
    pub is_reached: Option<bool>,
}
