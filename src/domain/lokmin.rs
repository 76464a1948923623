//! Kinds of lokmin, the meeting of a Puskesmas with its network. Knows no attendance.

/// Kinds of meetings that decide: the two sorts of lokmin, and the management review (RTM).
pub const MEETINGS: &[&str] = &["Lokmin bulanan", "Lokmin tribulanan", "Tinjauan manajemen"];

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
