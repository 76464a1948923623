//! Tables that were received, by month: what was not received makes nothing late, missed or absent.

use crate::domain::facts::ReceivedTable;
use crate::domain::{Month, Table};

/// The tables that come every month.
pub const MONTHLY_TABLES: [Table; 5] =
    [Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports, Table::Achievements];

/// Received months by Puskesmas and table; a table of a whole year counts for its twelve months.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceivedMonths {
    /// (Puskesmas, table, month), sorted, without repeats.
    months: Vec<(u32, Table, Month)>,
}

impl ReceivedMonths {
    /// Spreads years over their months.
    pub fn new(received: &[ReceivedTable]) -> Self {
        let mut months: Vec<(u32, Table, Month)> = received
            .iter()
            .flat_map(|row| {
                let (first, last) = row.received.months();
                (first.number()..=last.number()).map(|month| (row.puskesmas, row.table, Month::from_number(month)))
            })
            .collect();
        months.sort_unstable();
        months.dedup();
        Self { months }
    }

    /// Reports whether the Puskesmas' table of this month was received.
    pub fn contains(&self, puskesmas: u32, table: Table, month: Month) -> bool {
        self.months.binary_search(&(puskesmas, table, month)).is_ok()
    }

    /// Reports whether any of the monthly tables of this month was received.
    pub fn contains_any(&self, puskesmas: u32, month: Month) -> bool {
        MONTHLY_TABLES.into_iter().any(|table| self.contains(puskesmas, table, month))
    }

    /// The months of one table, in order.
    pub fn months_of(&self, puskesmas: u32, table: Table) -> impl Iterator<Item = Month> {
        let start = self.months.partition_point(|&(p, t, _)| (p, t) < (puskesmas, table));
        self.months[start..]
            .iter()
            .take_while(move |&&(p, t, _)| (p, t) == (puskesmas, table))
            .map(|&(_, _, month)| month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Received;

    fn month(text: &str) -> Month {
        text.parse::<crate::domain::Period>().unwrap().first_month()
    }

    #[test]
    fn a_year_counts_for_each_of_its_months_and_tables_stay_apart() {
        let received = ReceivedMonths::new(&[
            ReceivedTable { puskesmas: 1, table: Table::Lokmin, received: Received::Year(2023) },
            ReceivedTable { puskesmas: 1, table: Table::Visits, received: Received::Month(month("2023-05")) },
            ReceivedTable { puskesmas: 1, table: Table::Lokmin, received: Received::Month(month("2023-05")) },
        ]);
        assert_eq!(received.months_of(1, Table::Lokmin).count(), 12);
        assert!(received.contains(1, Table::Visits, month("2023-05")));
        assert!(!received.contains(1, Table::Visits, month("2023-06")));
        assert!(!received.contains(0, Table::Lokmin, month("2023-05")));
        assert!(received.contains_any(1, month("2023-12")));
        assert!(!received.contains_any(1, month("2024-01")));
    }
}
