//! Kinds of lokmin, the meeting of a Puskesmas with its network. Knows no attendance.

use super::name::plain_words;

/// Kinds of meetings that decide: the two sorts of lokmin, and the management review (RTM).
pub const MEETINGS: &[&str] = &["Lokmin bulanan", "Lokmin tribulanan", REVIEW];
/// The management review (*rapat tinjauan manajemen*, RTM).
const REVIEW: &str = "Tinjauan manajemen";

/// Reports whether a meeting of that kind is a lokmin; where nobody wrote a kind, it is.
pub fn is_lokmin(kind: Option<&str>) -> bool {
    kind.is_none_or(|kind| plain_words(kind) != plain_words(REVIEW))
}

/// Meeting that decides: lokmin with the network, or the management review of the Puskesmas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidingMeeting {
    /// Lokmin of either sort.
    Lokmin,
    /// Management review (*tinjauan manajemen*).
    Review,
}

impl DecidingMeeting {
    /// Returns the meeting of a kind as somebody wrote it; without one it is a lokmin.
    pub fn from_kind(kind: Option<&str>) -> Self {
        if is_lokmin(kind) { Self::Lokmin } else { Self::Review }
    }

    /// Returns its word within a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Lokmin => "lokmin",
            Self::Review => "tinjauan manajemen",
        }
    }

    /// Returns its word on its own.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lokmin => "Lokmin",
            Self::Review => REVIEW,
        }
    }
}

/// Sort of lokmin; attendance at each counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LokminSort {
    /// Monthly meeting (*bulanan*).
    Monthly,
    /// Three-monthly meeting (*tribulanan*).
    Quarterly,
}

impl LokminSort {
    /// The word of the column *Jenis*.
    pub fn label(self) -> &'static str {
        match self {
            Self::Monthly => "Bulanan",
            Self::Quarterly => "Tribulanan",
        }
    }
}
