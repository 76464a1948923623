//! Counts since January: what a table says of how it counts, and what is told of its counts. They are kept as they are:
//! the month's own count follows where facts are resolved.

use super::Pair;
use crate::diagnostic::IssueCode;
use crate::domain::records::{Accumulated, CellRef};
use crate::domain::{Month, Received, format};
use crate::recap::cells::date_words::month_number;
use crate::recap::layout::Layout;
use crate::recap::read::{Reader, SUM_TOLERANCE};
use crate::recap::{Chosen, FoundTable, SaidWord, WordSort};

/// The way in which the figures of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
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

/// Returns the guess of how a table counts, as the word that would settle it.
pub(in crate::recap) fn assumed_counting(table: &FoundTable<'_>) -> Option<SaidWord> {
    match counting_in_words(table) {
        Counting::Monthly => Some(SaidWord::Chosen(Chosen::Monthly)),
        Counting::Cumulative => Some(SaidWord::Chosen(Chosen::Cumulative)),
        Counting::Unsaid | Counting::Span => None,
    }
}

/// Returns the way in which a table counts: as somebody said, or else as it tells.
pub(super) fn counting(table: &FoundTable<'_>) -> Counting {
    match table.chosen(WordSort::Counting) {
        Some(Chosen::Cumulative) => Counting::Cumulative,
        Some(_) => Counting::Monthly,
        None if table.heading.counts_until => Counting::Cumulative,
        None => counting_in_words(table),
    }
}

/// Returns the way in which a table counts, by the words above it and the name of its sheet.
fn counting_in_words(table: &FoundTable<'_>) -> Counting {
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

/// The examples and reasons in the sentence about a table that counts since January.
#[derive(Debug, Default)]
pub(super) struct CumulativeNote {
    /// Why it is read so, where no title or heading says it.
    pub(super) why: Option<String>,
    /// A difference to the month before.
    example: Option<String>,
    /// A month whose difference waits for the month before.
    waiting: Option<String>,
}

impl CumulativeNote {
    pub(super) fn sentence(&self) -> String {
        let why = self.why.as_ref().map(|why| format!("; {why}")).unwrap_or_default();
        let examples: Vec<&str> = [&self.example, &self.waiting].into_iter().flatten().map(String::as_str).collect();
        let examples = if examples.is_empty() { String::new() } else { format!(" ({})", examples.join("; ")) };
        format!(
            "angkanya dibaca sebagai kumulatif sejak Januari: capaian bulan itu = selisih dengan bulan sebelumnya{examples}{why}; bila angkanya capaian bulan itu saja, tulis BUKAN KUMULATIF pada judul di atas tabel"
        )
    }
}

/// Of whom and of when a pair is.
#[derive(Clone, Copy)]
pub(super) struct PairOf<'o> {
    pub(super) facility: &'o str,
    pub(super) service: &'o str,
    pub(super) month: Month,
}

impl PairOf<'_> {
    /// The count since January up to the month before, as far as former recaps and the call's own tables tell.
    fn before(self, reader: &Reader<'_>) -> Option<f64> {
        let former = self.former()?;
        let is_it = |known: &&Accumulated| {
            known.facility == self.facility && known.service == self.service && known.month == former
        };
        let own = reader.accumulated.iter().rev().find(is_it).map(|known| known.count);
        own.or_else(|| reader.context.accumulated(self.facility, self.service, former))
    }

    /// The month before, in the same year.
    fn former(self) -> Option<Month> {
        (self.month.month() > 1).then(|| self.month.plus(-1))
    }

    fn learn(self, reader: &mut Reader<'_>, count: f64) {
        let facility = self.facility.to_owned();
        let service = self.service.to_owned();
        let month = self.month;
        reader.accumulated.push(Accumulated { facility, service, month, count });
    }
}

/// The pair with its numerator as the count since January that it is; the month's own follows where facts are resolved.
pub(super) fn since_january(
    reader: &mut Reader<'_>,
    of: PairOf<'_>,
    mut pair: Pair,
    told: &mut CumulativeNote,
) -> Pair {
    let Some(reported) = pair.numerator.take() else { return pair };
    let count = reported.value;
    let place = reported.parts.first().map(|(_, place)| *place);
    pair.accumulated = Some(reported);
    let before = of.before(reader);
    of.learn(reader, count);
    if let Some(place) = place {
        compare_with_next(reader, of, count, place);
    }
    let Some(former) = of.former() else { return pair };
    let month = format::month(of.month);
    match (before, place) {
        (None, _) => {
            let waiting =
                format!("capaian {month} dihitung setelah rekap kumulatif s/d {} diimpor", format::month(former));
            told.waiting.get_or_insert(waiting);
        }
        (Some(before), Some(place)) if count < before => {
            let message = format!(
                "kumulatif {} turun dari {} (s/d {}) menjadi {} (s/d {month}), jadi capaian {month} tidak dihitung; perbaiki yang keliru, atau tulis BUKAN KUMULATIF pada judul di atas tabel bila angkanya capaian bulan itu saja",
                of.service,
                format::count(before),
                format::month(former),
                format::count(count)
            );
            reader.warn(place, IssueCode::DoubtfulNumber, message);
        }
        (Some(before), _) => {
            let example = format!(
                "{}, {}, {month}: {} − {} = {}",
                of.facility,
                of.service,
                format::count(count),
                format::count(before),
                format::count(count - before)
            );
            told.example.get_or_insert(example);
        }
    }
    pair
}

/// Says where a month's count since January is more than that of the month after, which was imported before.
fn compare_with_next(reader: &mut Reader<'_>, of: PairOf<'_>, count: f64, place: CellRef) {
    // A table of a year brings the month after itself.
    let is_of_month = matches!(reader.table.received, Received::Month(_));
    let next = of.month.plus(1);
    let known = reader.context.accumulated(of.facility, of.service, next);
    let Some(after) = known.filter(|after| is_of_month && next.year() == of.month.year() && *after < count) else {
        return;
    };
    let message = format!(
        "kumulatif {} s/d {} adalah {}, lebih dari {} yang sudah diimpor s/d {}, jadi capaian {} tidak dihitung selama keduanya belum dibetulkan",
        of.service,
        format::month(of.month),
        format::count(count),
        format::count(after),
        format::month(next),
        format::month(next)
    );
    reader.warn(place, IssueCode::DoubtfulNumber, message);
}

/// Says where the count since January beside a month's own is not that of the month before with it.
pub(super) fn compare(reader: &mut Reader<'_>, of: PairOf<'_>, pair: &Pair) {
    let Some((own, accumulated)) = pair.numerator.as_ref().zip(pair.accumulated.as_ref()) else { return };
    let before = if of.month.month() == 1 { Some(0.0) } else { of.before(reader) };
    of.learn(reader, accumulated.value);
    if let (Some(before), Some((_, place))) = (before, accumulated.parts.first())
        && (before + own.value - accumulated.value).abs() > SUM_TOLERANCE
    {
        let message = format!(
            "kumulatif {} s/d {} tertulis {}, padahal {} sampai bulan sebelumnya + {} bulan itu = {}; capaian bulan itu yang dipakai, periksa ketiganya",
            of.service,
            format::month(of.month),
            format::count(accumulated.value),
            format::count(before),
            format::count(own.value),
            format::count(before + own.value)
        );
        reader.warn(*place, IssueCode::TotalDiffers, message);
    }
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
