//! Written sums that say that other rows were read than those that they sum. What was read by a guess, or twice, is then
//! no fact but a question.

use super::Reader;
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::domain::format::count;
use crate::domain::records::CellRef;

/// Difference from which sums are others, of one.
const TOLERANCE: f64 = 1e-6;
/// Times a written sum that ours is where rows were read which it leaves out.
const LEFT_OUT_FROM: f64 = 1.5;

/// A written sum that is not ours.
pub(super) struct Disagreement {
    pub(super) place: CellRef,
    pub(super) theirs: f64,
    pub(super) ours: f64,
    /// The largest figure of the column.
    pub(super) largest: f64,
}

impl Disagreement {
    /// Reports whether ours is twice theirs: each figure, and the sum of them, was read.
    fn is_twice(&self) -> bool {
        self.theirs > 0.0 && (self.ours - 2.0 * self.theirs).abs() <= TOLERANCE * self.ours
    }

    /// Reports whether rows were read that theirs leaves out. What is less than a single figure is no sum of them, and what
    /// is nearly ours was added wrongly.
    fn leaves_out_rows(&self) -> bool {
        self.theirs >= self.largest && self.ours >= LEFT_OUT_FROM * self.theirs
    }
}

impl Reader<'_> {
    /// Says where sums contradict what was read, so that nothing of the table counts.
    pub(super) fn is_contradicted_by(&mut self, doubts: &[Disagreement]) -> bool {
        let Some(first) = doubts.first().filter(|_| self.table.table == Table::Achievements) else { return false };
        let is_twice = doubts.len() > 1 && doubts.iter().all(Disagreement::is_twice);
        let leaves_out_rows = !self.villages.is_empty() && doubts.iter().any(Disagreement::leaves_out_rows);
        if !is_twice && !leaves_out_rows {
            return false;
        }
        let why = if is_twice {
            "tepat dua kali lipat, jadi baris jumlah tampaknya ikut terbaca sebagai faskes"
        } else {
            "padahal baris desa dibaca sebagai faskes di desa itu"
        };
        let message = format!(
            "jumlah tertulis {}, hasil hitung ulang dari barisnya {}: {why}; tabel ini tidak dibaca sampai jelas, tulis nama faskes pada setiap barisnya dan Jumlah pada baris jumlahnya, atau betulkan jumlahnya",
            count(first.theirs),
            count(first.ours)
        );
        self.error(first.place, IssueCode::TotalDiffers, message);
        self.is_contradicted = true;
        true
    }
}
