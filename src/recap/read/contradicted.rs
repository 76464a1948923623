//! Written sums that say that other rows were read than those that they sum. What was read by a guess, or twice, is then
//! no fact but a question.

use super::Reader;
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::domain::format::count;
use crate::domain::records::CellRef;

/// Difference from which sums are others, of one.
const TOLERANCE: f64 = 1e-6;

/// A written sum that is not ours.
pub(super) struct Disagreement {
    pub(super) place: CellRef,
    pub(super) theirs: f64,
    pub(super) ours: f64,
}

impl Disagreement {
    /// Reports whether ours is twice theirs: each figure, and the sum of them, was read.
    fn is_twice(&self) -> bool {
        self.theirs > 0.0 && (self.ours - 2.0 * self.theirs).abs() <= TOLERANCE * self.ours
    }
}

impl Reader<'_> {
    /// Says where sums contradict what was read, so that nothing of the table counts.
    pub(super) fn is_contradicted_by(&mut self, doubts: &[Disagreement]) -> bool {
        let Some(first) = doubts.first().filter(|_| self.table.table == Table::Achievements) else { return false };
        let is_twice = doubts.len() > 1 && doubts.iter().all(Disagreement::is_twice);
        if !is_twice && self.villages.is_empty() {
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
