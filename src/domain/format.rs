//! Numbers, dates and periods as Indonesian readers write them. Text only: no colour, no markup.

use chrono::Datelike;

use super::Date;
use super::exact::Decimal;
use super::period::{Month, Period, PeriodKind};
use super::report_receipt::ReportReceipt;
use super::table::Received;
use super::visit_date::VisitDate;

/// Indonesian names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// Days of the week from Monday on.
const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// Months in three letters.
pub const MONTHS_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

/// `Cw II 2023`, `Mei 2023`: short enough for an axis.
pub fn period_short(period: Period) -> String {
    let number = period.number();
    let year = period.year();
    let place = usize::try_from(number - 1).unwrap_or(0);
    let roman = ROMAN.get(place).copied().unwrap_or("");
    match period.kind() {
        PeriodKind::Year => year.to_string(),
        PeriodKind::Month => format!("{} {year}", MONTHS_SHORT[place.min(11)]),
        PeriodKind::Quarter => format!("TW {roman} {year}"),
        PeriodKind::FourMonth => format!("Cw {roman} {year}"),
        PeriodKind::HalfYear => format!("Sem {roman} {year}"),
    }
}

/// `Rp 1.250.000`, of whole rupiah in digits.
pub fn rupiah(whole: &Decimal) -> String {
    let digits = whole.digits();
    let first = digits.len() % 3;
    let rest = digits.as_bytes()[first..].chunks(3).map(String::from_utf8_lossy).collect::<Vec<_>>();
    let begin = if first == 0 { Vec::new() } else { vec![digits[..first].into()] };
    format!("Rp {}", [begin, rest].concat().join("."))
}

/// `1.234,5` with `decimals` decimals.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{fraction}") }
}

/// A count as it is: without decimals where it is whole, else with up to two.
pub fn count(value: f64) -> String {
    if value.fract() == 0.0 {
        return number(value, 0);
    }
    let text = number(value, 2);
    text.strip_suffix('0').map_or_else(|| text.clone(), ToOwned::to_owned)
}

/// A percentage or a score as it is shown, so that words and differences follow what the reader sees.
pub fn as_shown(value: f64) -> f64 {
    format!("{value:.1}").parse().unwrap_or(value)
}

/// `85,7`: one decimal, as percentages and scores are shown.
pub fn percent(value: f64) -> String {
    number(value, 1)
}

/// `caturwulan`: what a period of this kind is called.
pub fn period_kind(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Month => "bulan",
        PeriodKind::Quarter => "triwulan",
        PeriodKind::FourMonth => "caturwulan",
        PeriodKind::HalfYear => "semester",
        PeriodKind::Year => "tahun",
    }
}

/// `Mei 2023`, `tahun 2023`, `Caturwulan II 2023`: the months of a recap.
pub fn received(months: Received) -> String {
    match months {
        Received::Month(month) => self::month(month),
        Received::Year(year) => format!("tahun {year}"),
        Received::Span(period) => self::period(period),
    }
}

/// `1/9/2023`, where there is little room.
pub fn date_in_figures(date: Date) -> String {
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}

/// Writes a date as papers do: `12 Mei 2023`.
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// `Rabu, 10 Mei 2023`.
pub fn day_and_date(date: Date) -> String {
    let day = DAYS[date.weekday().num_days_from_monday() as usize];
    format!("{day}, {}", self::date(date))
}

/// `12 Mei 2023`; `Mei 2023` where no day is known.
pub fn visit_date(when: VisitDate) -> String {
    match when {
        VisitDate::Day(date) => self::date(date),
        VisitDate::Month(month) => self::month(month),
    }
}

/// A tick in words.
pub fn yes_no(said: bool) -> &'static str {
    if said { "Ya" } else { "Tidak" }
}

/// `12 Mei 2023`; of a report without a day what its recap says of it.
pub fn receipt(receipt: ReportReceipt) -> String {
    match receipt {
        ReportReceipt::Day(date) => self::date(date),
        ReportReceipt::InTime => "tepat waktu, tanpa tanggal".to_owned(),
        ReportReceipt::Late => "terlambat, tanpa tanggal".to_owned(),
        ReportReceipt::Came => "diterima, tanpa tanggal".to_owned(),
        ReportReceipt::NotCome => "belum diterima".to_owned(),
    }
}

/// Writes a month as papers do: `Mei 2023`.
pub fn month(month: Month) -> String {
    format!("{} {}", month_name(month), month.year())
}

/// Returns the Indonesian name of a month, without the year: `Mei`.
pub fn month_name(month: Month) -> &'static str {
    MONTHS[(month.month() - 1) as usize]
}

/// `Caturwulan II 2023`, `Mei 2023`, `Tahun 2023`.
pub fn period(period: Period) -> String {
    let roman = ROMAN.get(usize::try_from(period.number() - 1).unwrap_or(0)).copied().unwrap_or("");
    match period.kind() {
        PeriodKind::Month => month(period.first_month()),
        PeriodKind::Quarter => format!("Triwulan {roman} {}", period.year()),
        PeriodKind::FourMonth => format!("Caturwulan {roman} {}", period.year()),
        PeriodKind::HalfYear => format!("Semester {roman} {}", period.year()),
        PeriodKind::Year => format!("Tahun {}", period.year()),
    }
}

/// `Caturwulan II 2023 (Mei–Agustus)`.
pub fn period_with_months(p: Period) -> String {
    match p.kind() {
        PeriodKind::Month | PeriodKind::Year => period(p),
        _ => format!("{} ({}–{})", period(p), month_name(p.first_month()), month_name(p.last_month())),
    }
}

/// Text for a cell of a CSV file: what a spreadsheet would run as a formula gets an apostrophe before it.
pub fn spreadsheet_text(text: &str) -> String {
    let first = text.chars().find(|character| !character.is_whitespace() || matches!(character, '\t' | '\r' | '\n'));
    if matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_indonesian() {
        assert_eq!(number(1234.5, 1), "1.234,5");
        assert_eq!(number(-0.04, 1), "0,0");
        assert_eq!(number(-4.25, 1), "−4,2");
        assert_eq!(number(1_234_567.0, 0), "1.234.567");
        assert_eq!(count(12.0), "12");
        assert_eq!(count(12.5), "12,5");
    }

    #[test]
    fn rupiah_are_grouped_by_thousands() {
        let said = |digits: &str| rupiah(&Decimal::parse(digits).unwrap());
        let all = ["0", "12", "123", "1234", "1250000", "12345678901234567890"].map(said);
        let expected = ["Rp 0", "Rp 12", "Rp 123", "Rp 1.234", "Rp 1.250.000", "Rp 12.345.678.901.234.567.890"];
        assert_eq!(all, expected);
    }

    #[test]
    fn formulas_stay_text_in_spreadsheets() {
        assert_eq!(spreadsheet_text("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(spreadsheet_text("  @x"), "'  @x");
        assert_eq!(spreadsheet_text("Pustu Ngatri"), "Pustu Ngatri");
    }

    #[test]
    fn periods_are_named_with_their_months() {
        assert_eq!(period_with_months("2023-C2".parse().unwrap()), "Caturwulan II 2023 (Mei–Agustus)");
        assert_eq!(period("2023-05".parse().unwrap()), "Mei 2023");
    }
}
