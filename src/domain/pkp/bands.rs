//! Bounds of the classes Baik, Cukup and Kurang of PKP, by the year from which they hold. The printed bands leave gaps
//! (80,5 is in none): half-open bounds close them, and what is printed is kept beside them.

use crate::domain::Status;
use crate::domain::exact::{Decimal, Exact};

use super::leaf::PkpScale;

/// Lowest performance of a class, as digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PkpBounds {
    /// From which on it is Baik.
    pub good: &'static str,
    /// From which on it is Cukup; below it is Kurang.
    pub fair: &'static str,
}

/// Bounds with the text that they rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PkpBands {
    /// First year in which they hold.
    pub from_year: i32,
    /// Of performance in percent.
    pub percent: PkpBounds,
    /// Of management, points of ten.
    pub points: PkpBounds,
    /// Bands as they are printed.
    pub printed: &'static str,
    /// Legal basis of the bounds.
    pub basis: &'static str,
}

/// Every known table of bounds, the earliest first.
const TABLES: &[PkpBands] = &[PkpBands {
    from_year: i32::MIN,
    percent: PkpBounds { good: "91", fair: "81" },
    points: PkpBounds { good: "8.5", fair: "5.5" },
    printed: "Pelayanan: Baik ≥ 91 %, Cukup 81–90 %, Kurang ≤ 80 %. Manajemen: Baik ≥ 8,5, Cukup 5,5–8,4, Kurang < 5,5.",
    basis: "Pedoman Penilaian Kinerja Puskesmas; Permenkes Nomor 44 Tahun 2016 tentang Pedoman Manajemen Puskesmas",
}];

impl PkpBands {
    /// Returns the bounds of a year.
    pub fn in_year(year: i32) -> Self {
        let held = TABLES.iter().rev().find(|bands| bands.from_year <= year);
        held.copied().unwrap_or(TABLES[0])
    }

    /// Returns the class of a performance; exact, so that 90,99… is not Baik.
    pub fn class(&self, performance: &Exact, scale: PkpScale) -> Status {
        let bounds = match scale {
            PkpScale::Percent => self.percent,
            PkpScale::Points => self.points,
        };
        let reaches = |bound: &str| Decimal::parse(bound).is_some_and(|bound| *performance >= bound.exact());
        match (reaches(bounds.good), reaches(bounds.fair)) {
            (true, _) => Status::Good,
            (false, true) => Status::Fair,
            (false, false) => Status::Poor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_half_open_and_leave_no_gap() {
        let bands = PkpBands::in_year(2024);
        let class = |digits: &str, scale| bands.class(&Decimal::parse(digits).unwrap().exact(), scale);
        for (digits, status) in [
            ("100", Status::Good),
            ("91", Status::Good),
            ("90.9999999999999", Status::Fair),
            ("81", Status::Fair),
            ("80.5", Status::Poor),
            ("0", Status::Poor),
        ] {
            assert_eq!(class(digits, PkpScale::Percent), status, "{digits}");
        }
        for (digits, status) in
            [("8.5", Status::Good), ("8.45", Status::Fair), ("5.5", Status::Fair), ("5.49", Status::Poor)]
        {
            assert_eq!(class(digits, PkpScale::Points), status, "{digits}");
        }
    }
}
