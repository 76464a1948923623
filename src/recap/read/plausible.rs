//! Days that cannot be: a report that came before its month had ended, an agreed action done before the visit, years
//! after either. Such a day is mistyped, whatever its table.

use chrono::Datelike;

use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::records::CellRef;
use crate::domain::{Date, Month, format};
use crate::recap::cells::CellFault;

/// Day of its own month from which on a report may come.
const CLOSING_DAY: u32 = 20;
/// Months after its own in which a report still comes.
const REPORT_MONTHS_MAX: i32 = 12;
/// Months after a visit in which what was agreed is due or done.
const FOLLOW_UP_MONTHS_MAX: i32 = 36;

/// The fault of a day on which the report on a month cannot have come.
pub(super) fn report_day(month: Month, received: Date) -> Option<CellFault> {
    let of = format::month(month);
    let day = format::date(received);
    let came = Month::from_date(received);
    // Books are closed before the month ends; what came in its first weeks is on another month.
    let is_closing = came == month && received.day() >= CLOSING_DAY;
    let why = if came <= month && !is_closing {
        format!(
            "laporan {of} diterima {day}, sebelum bulannya berakhir; tulis bulan yang dilaporkan di kolom Bulan Laporan, \
             atau betulkan tanggalnya"
        )
    } else if came > month.plus(REPORT_MONTHS_MAX) {
        format!("laporan {of} diterima {day}, lebih dari setahun sesudah bulannya; betulkan tahunnya")
    } else {
        return None;
    };
    Some(CellFault { code: IssueCode::InvalidDate, why })
}

/// Names the day of an agreed action that cannot be beside its visit; nothing of it is kept.
pub(super) fn follow_up_day(
    row: &mut RowReader<'_, '_>,
    place: CellRef,
    label: &'static str,
    days: FollowUpDays,
) -> Option<Date> {
    let FollowUpDays { visit, day } = days;
    let Some((visit, own)) = visit.zip(day) else { return day };
    let of = format::date(visit);
    let shown = format::date(own);
    let why = if own < visit {
        format!("{shown} sebelum tanggal pembinaannya ({of}); betulkan salah satunya")
    } else if Month::from_date(own) > Month::from_date(visit).plus(FOLLOW_UP_MONTHS_MAX) {
        format!("{shown} bertahun-tahun sesudah pembinaannya ({of}); betulkan tahunnya")
    } else {
        return day;
    };
    row.wrong(place, label, &CellFault { code: IssueCode::InvalidDate, why });
    None
}

/// A visit, and the day on which something agreed at it is due or done.
#[derive(Clone, Copy, Debug)]
pub(super) struct FollowUpDays {
    pub(super) visit: Option<Date>,
    pub(super) day: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_from_the_closing_day_on_and_within_a_year() {
        let month = Month::from_date("2023-05-31".parse().unwrap());
        let last = month.plus(REPORT_MONTHS_MAX).last_day();
        assert!(report_day(month, "2023-06-01".parse().unwrap()).is_none());
        assert!(report_day(month, last).is_none());
        assert!(report_day(month, "2023-05-20".parse().unwrap()).is_none());
        for wrong in
            ["2023-05-19".parse().unwrap(), month.plus(-1).last_day(), month.plus(REPORT_MONTHS_MAX + 1).first_day()]
        {
            assert!(report_day(month, wrong).is_some(), "{wrong}");
        }
    }
}
