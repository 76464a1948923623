//! Counts since January: what a table says of how it counts, and the month's own count as the difference to the month
//! before. Where that month is not known, nothing is stored and it is said.

use super::{Pair, Reported};
use crate::diagnostic::IssueCode;
use crate::domain::records::Accumulated;
use crate::domain::{Month, format};
use crate::recap::cells::Fault;
use crate::recap::cells::month::month_number;
use crate::recap::layout::Layout;
use crate::recap::read::row::RowReader;
use crate::recap::{FoundTable, Word};

/// How the figures of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// Nothing is said.
    Unsaid,
    /// It is said that each month stands for itself.
    Monthly,
    /// Since January.
    Cumulative,
    /// Over some months, not from January on.
    Span,
}

const CUMULATIVE_WORDS: [&str; 7] =
    ["kumulatif", "komulatif", "kum", "akumulasi", "akumulatif", "kumulative", "cumulative"];

/// What is assumed of how a table counts, in words that can be said of it.
pub(in crate::recap) fn assumed_counting(table: &FoundTable<'_>) -> Option<Word> {
    match told(table) {
        Counting::Monthly => Some(Word::Monthly),
        Counting::Cumulative => Some(Word::Cumulative),
        Counting::Unsaid | Counting::Span => None,
    }
}

/// How a table counts: as somebody said, or else as it tells.
pub(super) fn counting(table: &FoundTable<'_>) -> Counting {
    match table.said_counting() {
        Some(Word::Cumulative) => Counting::Cumulative,
        Some(_) => Counting::Monthly,
        None => told(table),
    }
}

/// How a table counts by the words above it and the name of its sheet.
fn told(table: &FoundTable<'_>) -> Counting {
    let is_across = !matches!(table.heading.layout, Layout::Groups(_));
    let of = |text: &str| match counting_of(&crate::domain::name::plain_words(text)) {
        // From month to month across: that is what the columns say too.
        Some(Counting::Span) if is_across => None,
        Some(Counting::Cumulative) if is_across && !says_cumulative(text) => None,
        found => found,
    };
    let titles = |lines: &[(String, _)]| lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" | ");
    let own = titles(&table.titles[0]);
    let of_period = |text: &str| {
        let words = crate::domain::name::plain_words(text);
        words.split(' ').any(|word| word == "bulan" || month_number(word).is_some())
    };
    let wider = || if of_period(&own) { None } else { of(&titles(&table.titles[1])) };
    of(&own).or_else(|| of(&table.words)).or_else(wider).or_else(|| of(&table.sheet.name)).unwrap_or(Counting::Unsaid)
}

fn says_cumulative(text: &str) -> bool {
    crate::domain::name::plain_words(text).split(' ').any(|word| CUMULATIVE_WORDS.contains(&word))
}

fn counting_of(words: &str) -> Option<Counting> {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| format!(" {words} ").contains(&format!(" {phrase} ")));
    if says(&["bukan kumulatif", "tidak kumulatif", "non kumulatif"]) {
        return Some(Counting::Monthly);
    }
    if says_cumulative(words) {
        return Some(Counting::Cumulative);
    }
    if says(&["capaian per bulan", "capaian bulanan"]) {
        return Some(Counting::Monthly);
    }
    let tokens: Vec<&str> = words.split(' ').collect();
    (0..tokens.len()).find_map(|place| until(&tokens, place))
}

/// `s/d Mei`, `Januari s/d Mei`, `April sampai dengan Juni`; not `1 s/d 31 Mei`.
fn until(tokens: &[&str], place: usize) -> Option<Counting> {
    let length = match tokens[place..] {
        ["s", "d", ..] | ["sampai", "dengan", ..] => 2,
        ["sd" | "sampai" | "hingga", ..] => 1,
        _ => return None,
    };
    let is_number = |token: &str| token.bytes().all(|byte| byte.is_ascii_digit());
    let mut after = tokens[place + length..].iter().filter(|token| !["bulan", "bln", "dengan"].contains(token));
    let first = after.next()?;
    let has_day = is_number(first);
    let last = if has_day { month_number(after.next()?)? } else { month_number(first)? };
    let before = tokens[..place].iter().rev().take(2).find_map(|token| month_number(token));
    match before {
        None if has_day => None,
        Some(month) if month == last => None,
        None | Some(1) => Some(Counting::Cumulative),
        Some(_) => Some(Counting::Span),
    }
}

/// An example for the sentence that tells what was assumed.
pub(super) type Example = Option<String>;

/// The pair of the month alone, of a pair counted since January.
pub(super) fn of_month(
    row: &mut RowReader<'_, '_>,
    facility: &str,
    service: &str,
    month: Month,
    mut pair: Pair,
    example: &mut Example,
) -> Option<Pair> {
    let Some(Reported { value, parts }) = &mut pair.numerator else { return Some(pair) };
    let count = *value;
    let place = parts.first().map(|(_, place)| *place);
    let learn = |row: &mut RowReader<'_, '_>| {
        let (facility, service) = (facility.to_owned(), service.to_owned());
        row.reader.accumulated.push(Accumulated { facility, service, month, count });
    };
    if month.month() == 1 {
        learn(row);
        return Some(pair);
    }
    let former = Month::new(month.year(), month.month() - 1)?;
    let is_it = |known: &&Accumulated| known.facility == facility && known.service == service && known.month == former;
    let own = row.reader.accumulated.iter().rev().find(is_it).map(|known| known.count);
    let before = own.or_else(|| row.reader.context.accumulated(facility, service, former));
    let named = |month| format::month(month);
    let (code, why) = match before {
        None => (
            IssueCode::MissingValue,
            format!(
                "{} adalah kumulatif s/d {}, tetapi kumulatif s/d {} untuk {service} belum diketahui, jadi capaian {} tidak dapat dihitung; impor satu buku kerja yang juga memuat rekap kumulatif bulan-bulan sebelumnya, atau tulis BUKAN KUMULATIF pada judul di atas tabel dan isi capaian bulan itu saja",
                format::count(count),
                named(month),
                named(former),
                named(month)
            ),
        ),
        Some(before) if count < before => (
            IssueCode::InvalidNumber,
            format!(
                "kumulatif {service} turun dari {} (s/d {}) menjadi {} (s/d {}); kumulatif tidak mungkin turun, perbaiki yang keliru, atau tulis BUKAN KUMULATIF pada judul di atas tabel bila angkanya capaian bulan itu saja",
                format::count(before),
                named(former),
                format::count(count),
                named(month)
            ),
        ),
        Some(before) => {
            *value = count - before;
            let told = format!(
                "{facility}, {service}, {}: {} − {} = {}",
                named(month),
                format::count(count),
                format::count(before),
                format::count(*value)
            );
            example.get_or_insert(told);
            learn(row);
            return Some(pair);
        }
    };
    if before.is_none() {
        learn(row);
    }
    if let Some(place) = place {
        row.wrong(place, "Capaian", &Fault { code, why });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::name::plain_words;

    #[test]
    fn titles_tell_how_is_counted() {
        for (title, counting) in [
            ("CAPAIAN KUMULATIF S/D BULAN JANUARI 2025", Some(Counting::Cumulative)),
            ("CAPAIAN K1 S/D MEI 2025", Some(Counting::Cumulative)),
            ("CAPAIAN JANUARI S.D. MEI 2025", Some(Counting::Cumulative)),
            ("CAPAIAN SAMPAI DENGAN BULAN MEI 2025", Some(Counting::Cumulative)),
            ("REKAP KUM. MEI", Some(Counting::Cumulative)),
            ("CAPAIAN KUMULATIF S/D MEI (BUKAN KUMULATIF)", Some(Counting::Monthly)),
            ("CAPAIAN PER BULAN TAHUN 2025", Some(Counting::Monthly)),
            ("CAPAIAN APRIL S/D JUNI 2025", Some(Counting::Span)),
            ("CAPAIAN 1 S/D 31 MEI 2025", None),
            ("CAPAIAN 1 MEI S/D 31 MEI 2025", None),
            ("CAPAIAN BULAN MEI 2025", None),
        ] {
            assert_eq!(counting_of(&plain_words(title)), counting, "{title}");
        }
    }
}
