//! Shapes that stand beside words, so that no state is told by colour alone. Knows no state: who shows one chooses its
//! symbol.

use std::fmt;

/// A symbol of `base.html` (`s-good`, `s-fair` …) or of pages that show runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A disc.
    Good,
    /// A triangle.
    Fair,
    /// A square.
    Poor,
    /// A question mark: too little data to judge.
    Few,
    /// A struck circle: nothing to judge.
    Neutral,
    /// An arrowhead: under way.
    Run,
    /// A clock: waiting.
    Wait,
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
            Self::Few => "few",
            Self::Neutral => "none",
            Self::Run => "run",
            Self::Wait => "wait",
        })
    }
}

/// Direction of a change since the period before, as it is shown: rounded to one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeSign {
    Up,
    Down,
    Level,
}

impl ChangeSign {
    /// The arrow that stands for it.
    pub fn arrow(self) -> char {
        match self {
            Self::Up => '▲',
            Self::Down => '▼',
            Self::Level => '▬',
        }
    }

    /// The word for it, said to those who do not see the arrow.
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "naik",
            Self::Down => "turun",
            Self::Level => "tidak berubah",
        }
    }
}

/// Displays as the class of its colour.
impl fmt::Display for ChangeSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Level => "level",
        })
    }
}

/// Sign before the text of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellSign {
    Plain,
    /// The symbol of a state.
    State(Symbol),
    /// The arrow of a change.
    Change(ChangeSign),
}
