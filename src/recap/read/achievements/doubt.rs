//! Months across that look like counts since January though nothing says so: asked about, not stored.

use crate::diagnostic::IssueCode;
use crate::domain::format;
use crate::recap::cells::number::{Dot, read};
use crate::recap::layout::Figure;
use crate::recap::read::{Reader, is_sum};
use crate::workbook::Row;

/// Months that must be there to tell.
const MONTHS_MIN: usize = 3;
/// Of so many rows one may be otherwise.
const ROWS_PER_EXCEPTION: usize = 10;

/// One row's year.
struct Series {
    name: String,
    denominator: f64,
    months: Vec<(u32, f64)>,
}

impl Series {
    fn of(row: &Row, key: Option<u32>, denominator: &Figure, months: &[(u32, Figure)]) -> Option<Self> {
        let value = |figure: &Figure| {
            let parts = figure.columns().iter().map(|column| read(row.get(*column), Dot::Thousands).ok().flatten());
            parts.map(|part| part.map(|number| number.value)).sum::<Option<f64>>()
        };
        let name = key.and_then(|key| row.get(key)).and_then(|value| value.text()).unwrap_or_default().to_owned();
        let months: Vec<(u32, f64)> =
            months.iter().filter_map(|(month, figure)| Some((*month, value(figure)?))).collect();
        let denominator = value(denominator)?;
        (months.len() >= MONTHS_MIN).then_some(Self { name, denominator, months })
    }

    fn sum(&self) -> f64 {
        self.months.iter().map(|(_, count)| count).sum()
    }

    fn ends(&self) -> Option<(f64, f64)> {
        Some((self.months.first()?.1, self.months.last()?.1))
    }

    /// Never falls, and grows.
    fn grows(&self) -> bool {
        self.months.windows(2).all(|pair| pair[0].1 <= pair[1].1)
            && self.ends().is_some_and(|(first, last)| first < last)
    }
}

/// Whether nearly every row grows from month to month, as a count since January does, and by so much that as months
/// they would come to more than the year's denominator; then it is asked.
pub(super) fn seems_cumulative(reader: &mut Reader<'_>, denominator: &Figure, months: &[(u32, Figure)]) -> bool {
    let table = reader.table;
    let heading = &table.heading;
    let rows = table.sheet.rows.iter().filter(|row| row.index > heading.bottom && row.index <= table.last_row);
    let rows = rows.filter(|row| !is_sum(row, heading));
    let all: Vec<Series> = rows.filter_map(|row| Series::of(row, heading.key_column(), denominator, months)).collect();
    let growing = all.iter().filter(|series| series.grows()).count();
    let total = |of: fn(&Series) -> f64| all.iter().map(of).sum::<f64>();
    let first = total(|series| series.ends().map_or(0.0, |(first, _)| first));
    let last = total(|series| series.ends().map_or(0.0, |(_, last)| last));
    let length = all.iter().map(|series| series.months.len()).max().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "at most twelve months")]
    let is_steep = last >= first * length as f64 / 2.0;
    let begins_in_january = all.iter().all(|series| series.months.first().is_some_and(|(month, _)| *month == 1));
    let is_nearly_all = !all.is_empty() && growing + all.len() / ROWS_PER_EXCEPTION >= all.len();
    let is_too_much = total(Series::sum) > total(|series| series.denominator);
    if !(is_nearly_all && begins_in_january && is_steep && is_too_much) {
        return false;
    }
    let Some(example) = all.iter().find(|series| series.grows()) else { return false };
    let counts: Vec<String> = example.months.iter().map(|(_, count)| format::count(*count)).collect();
    let message = format!(
        "angkanya tidak pernah turun dari bulan ke bulan dan jumlahnya melebihi sasaran setahun (misalnya {}: {} dari sasaran {}), jadi mungkin kumulatif sejak Januari; tabel ini belum dibaca: tulis KUMULATIF pada judul di atas tabel bila memang kumulatif, atau BUKAN KUMULATIF bila setiap angka capaian bulan itu saja, lalu impor lagi",
        example.name,
        counts.join(", "),
        format::count(example.denominator)
    );
    reader.error(heading.anchor, IssueCode::InvalidNumber, message);
    true
}
