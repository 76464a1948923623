//! The one that counts of two columns that may be one field: the day on which something took place or came, not the
//! planned or sent one; the day, not the word beside it; the new score, not the old one. Knows headings, no cell below them.

use std::collections::BTreeMap;

use super::head_column::HeadColumn;
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::evidence_named::pieces_in;
use crate::recap::heading::{ABSENT, ColumnMeaning, EVIDENCE, Spec, key, spec_of};
use crate::recap::heading_sentence;

const DAYS: [&str; 2] = ["tanggal", "tgl"];
/// Words of a day that may be an hour too.
const TIMES: [&str; 2] = ["waktu", "hari"];
const REALISED: [&str; 8] =
    ["realisasi", "terealisasi", "pelaksanaan", "dilaksanakan", "terlaksana", "aktual", "sebenarnya", "realisasinya"];
const PLANNED: [&str; 7] = ["rencana", "direncanakan", "jadwal", "dijadwalkan", "target", "usulan", "rencananya"];
/// Words that make a day one of something else than a visit.
const OTHERS: [&str; 13] = [
    "rtl",
    "tindak",
    "tl",
    "selesai",
    "penyelesaian",
    "perbaikan",
    "lapor",
    "laporan",
    "kirim",
    "terima",
    "lahir",
    "lokmin",
    "monitoring",
];
const SENT: [&str; 6] = ["kirim", "dikirim", "pengiriman", "terkirim", "mengirim", "dikirimkan"];
const CAME: [&str; 5] = ["terima", "diterima", "penerimaan", "masuk", "menerima"];
/// Who received a report, or what is done with it.
const OF_RECEIPT: [&str; 8] = ["petugas", "oleh", "nama", "paraf", "kepada", "yang", "penerima", "ttd"];
/// Columns that may stand below a heading of days beside them.
const REMARKS: [&str; 9] = ["ket", "keterangan", "paraf", "petugas", "penerima", "ttd", "jam", "pukul", "catatan"];
const NEW: [&str; 8] = ["baru", "sekarang", "terbaru", "terakhir", "ini", "akhir", "terkini", "berjalan"];
const OLD: [&str; 8] = ["lama", "lalu", "awal", "sebelumnya", "dulu", "terdahulu", "sebelum", "kemarin"];

/// Reports whether a heading is one of a pair of days below a heading of days: `Rencana | Pelaksanaan`, `Kirim | Terima`.
pub(super) fn is_day_of_pair(key: &str) -> bool {
    [&REALISED[..], &PLANNED, &SENT, &CAME].iter().any(|known| known.contains(&key))
}

/// The words above a column.
struct HeadingWords(Vec<String>);

impl HeadingWords {
    fn from_column(column: &HeadColumn) -> Self {
        let texts = column.levels.iter().map(|level| plain_words(&level.text));
        Self(texts.flat_map(|words| words.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect())
    }

    fn has(&self, known: &[&str]) -> bool {
        self.0.iter().any(|word| known.contains(&word.as_str()))
    }

    fn is_planned(&self) -> bool {
        self.has(&PLANNED) && !self.has(&OTHERS)
    }

    fn is_realised(&self) -> bool {
        self.has(&REALISED) && !self.has(&PLANNED) && !self.has(&OTHERS)
    }
}

fn lowest(column: &HeadColumn) -> &str {
    column.levels.last().map_or("", |level| level.key.as_str())
}

fn at<'h>(head: &'h [HeadColumn], columns: &BTreeMap<ColumnMeaning, u32>, of: ColumnMeaning) -> Option<&'h HeadColumn> {
    let place = columns.get(&of)?;
    head.iter().find(|column| column.column == *place)
}

/// Puts in the place of a column its rival where that counts instead.
pub(super) fn settle(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    match spec.table {
        Table::Visits => {
            realised_day(head, columns);
            evidence(head, columns);
        }
        Table::FollowUps => {
            dated_end(head, spec, columns);
            planned_end(head, columns);
        }
        Table::MonthlyReports => received_day(head, spec, columns),
        Table::Lokmin => attendance(head, spec, columns),
        _ => {}
    }
}

/// The day on which a visit took place, beside the one for which it was planned.
fn realised_day(head: &[HeadColumn], columns: &mut BTreeMap<ColumnMeaning, u32>) {
    // What stands behind an agreed action is a day of that.
    let item = spec_of(Table::FollowUps)
        .and_then(|spec| head.iter().find(|column| spec.column_of(column.keys()) == Some(ColumnMeaning::Item)));
    let before_items = |column: &&HeadColumn| item.is_none_or(|item| column.column < item.column);
    let of_days = |column: &&HeadColumn| HeadingWords::from_column(column).has(&DAYS);
    let of_times = |column: &&HeadColumn| HeadingWords::from_column(column).has(&TIMES);
    let is_bare = |column: &&HeadColumn, known: &[&str]| known.contains(&lowest(column));
    let planned = |of: &dyn Fn(&&HeadColumn) -> bool| {
        head.iter().filter(before_items).find(|column| HeadingWords::from_column(column).is_planned() && of(column))
    };
    let realised = |of: &dyn Fn(&&HeadColumn) -> bool| {
        head.iter().filter(before_items).find(|column| HeadingWords::from_column(column).is_realised() && of(column))
    };
    let bare_planned = || planned(&|column| is_bare(column, &PLANNED));
    let (planned, realised) = if let Some(realised) = realised(&of_days) {
        (planned(&of_days).or_else(bare_planned), Some(realised))
    } else if let Some(planned) = planned(&of_times) {
        (Some(planned), realised(&of_times))
    } else if !columns.contains_key(&ColumnMeaning::Date) {
        (bare_planned(), realised(&|column| is_bare(column, &REALISED)))
    } else {
        return;
    };
    let Some(realised) = realised else { return };
    // `Pelaksanaan` alone may hold a word: only beside a plan it is a day.
    if planned.is_none() && !of_days(&realised) {
        return;
    }
    columns.insert(ColumnMeaning::Date, realised.column);
    columns.extend(planned.map(|planned| (ColumnMeaning::PlannedDay, planned.column)));
}

/// The column that names all pieces of evidence; a heading over columns of their own is none.
fn evidence(head: &[HeadColumn], columns: &mut BTreeMap<ColumnMeaning, u32>) {
    columns.remove(&ColumnMeaning::Evidence);
    let is_one = |column: &&HeadColumn| {
        let text = column.levels.last().map_or("", |level| level.text.as_str());
        EVIDENCE.has(lowest(column)) || pieces_in(text).count() > 1
    };
    let Some(named) = head.iter().find(is_one) else { return };
    columns.retain(|_, place| *place != named.column);
    columns.insert(ColumnMeaning::Evidence, named.column);
}

/// The day on which something agreed was done, beside a word that says whether it was.
fn dated_end(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    let Some(own) = at(head, columns, ColumnMeaning::Done) else { return };
    let is_dated = |column: &HeadColumn| HeadingWords::from_column(column).has(&DAYS);
    let is_end = |column: &&HeadColumn| spec.column_of(column.keys()) == Some(ColumnMeaning::Done);
    let others = || head.iter().filter(is_end).filter(|column| column.column != own.column);
    let word = if is_dated(own) {
        others().find(|column| !is_dated(column))
    } else {
        let Some(dated) = others().find(|column| is_dated(column)) else { return };
        columns.insert(ColumnMeaning::Done, dated.column);
        Some(own)
    };
    if let Some(word) = word {
        columns.entry(ColumnMeaning::Status).or_insert(word.column);
    }
}

/// `Rencana` below *Waktu*, behind what was agreed, is the day by which that is due.
fn planned_end(head: &[HeadColumn], columns: &mut BTreeMap<ColumnMeaning, u32>) {
    let Some(item) = columns.get(&ColumnMeaning::Item).copied().filter(|_| !columns.contains_key(&ColumnMeaning::Due))
    else {
        return;
    };
    let is_planned = |column: &&HeadColumn| {
        let words = HeadingWords::from_column(column);
        let is_taken = columns.values().any(|taken| *taken == column.column);
        column.column > item
            && !is_taken
            && PLANNED.contains(&lowest(column))
            && (words.has(&DAYS) || words.has(&TIMES))
    };
    let due = head.iter().find(is_planned).map(|column| column.column);
    columns.extend(due.map(|due| (ColumnMeaning::Due, due)));
}

/// The day on which a report came, beside the one on which it was sent.
fn received_day(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    let Some(own) = at(head, columns, ColumnMeaning::ReceivedOn) else { return };
    let words = HeadingWords::from_column(own);
    if !words.has(&SENT) || words.has(&CAME) {
        return;
    }
    let came = |column: &&HeadColumn| {
        let words = HeadingWords::from_column(column);
        let is_day = words.has(&DAYS) || spec.column_of(column.keys()) == Some(ColumnMeaning::ReceivedOn);
        is_day && words.has(&CAME) && !words.has(&SENT) && !words.has(&OF_RECEIPT)
    };
    if let Some(came) = head.iter().find(came) {
        columns.insert(ColumnMeaning::Sent, own.column);
        columns.insert(ColumnMeaning::ReceivedOn, came.column);
    }
}

/// `Tidak Hadir` below *Kehadiran* says the contrary of what that asks.
fn attendance(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    let Some(own) = at(head, columns, ColumnMeaning::Attended) else { return };
    let denies = |column: &HeadColumn| {
        let texts: Vec<&str> = column.levels.iter().map(|level| level.text.as_str()).collect();
        says_absent(&texts)
    };
    if !denies(own) {
        return;
    }
    let affirms =
        |column: &&HeadColumn| spec.column_of(column.keys()) == Some(ColumnMeaning::Attended) && !denies(column);
    match head.iter().find(affirms) {
        Some(affirms) => _ = columns.insert(ColumnMeaning::Attended, affirms.column),
        None => _ = columns.remove(&ColumnMeaning::Attended),
    }
}

/// A heading of days over several kinds of reports: which of them is meant nobody says.
pub(super) fn kinds_of_reports(
    head: &[HeadColumn],
    spec: &Spec,
    columns: &BTreeMap<ColumnMeaning, u32>,
) -> Option<(String, CellRef)> {
    let own = at(head, columns, ColumnMeaning::ReceivedOn)?;
    let is_known = |key: &str| spec.column_of(&[key.to_owned()]).is_some();
    let group = own.levels.iter().rev().skip(1).find(|level| is_known(&level.key))?;
    let is_kind = |column: &&HeadColumn| {
        let own = column.levels.last().is_some_and(|level| level.place != group.place);
        let words = column.levels.last().map(|level| plain_words(&level.text)).unwrap_or_default();
        let is_other = words.split(' ').any(|word| [&DAYS[..], &CAME, &SENT, &REMARKS].concat().contains(&word));
        own && column.levels.iter().any(|level| level.place == group.place) && !is_known(lowest(column)) && !is_other
    };
    let kinds: Vec<&str> =
        head.iter().filter(is_kind).filter_map(|column| Some(column.levels.last()?.text.trim())).collect();
    (kinds.len() > 1).then(|| (format!("{}: {}", group.text.trim(), kinds.join(", ")), group.place))
}

/// A column of points of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recap) struct PointsOfYear {
    pub(in crate::recap) year: i32,
    pub(in crate::recap) column: u32,
    /// As written.
    pub(in crate::recap) heading: String,
    pub(in crate::recap) place: CellRef,
}

/// The outcome of several columns of points.
pub(super) enum ScoreAmong {
    /// This one counts.
    Column(u32),
    /// Each is of a year: the table's counts.
    OfYears(Vec<PointsOfYear>),
    /// Nobody says which one is meant.
    Unclear(String, CellRef),
}

/// The column of the score among several that plainly are points: `Nilai Akhir` before `Skor`, whatever it is called
/// before a count of answers.
pub(super) fn whole_points(head: &[HeadColumn], spec: &Spec, columns: &BTreeMap<ColumnMeaning, u32>) -> Option<u32> {
    let own = columns.get(&ColumnMeaning::Points)?;
    let is_plain = |column: &&HeadColumn| {
        column.levels.len() == 1 && spec.column_of(&[lowest(column).to_owned()]) == Some(ColumnMeaning::Points)
    };
    let rank = |column: &HeadColumn| match lowest(column) {
        key if key.contains("akhir") => 2,
        "jumlahya" => 0,
        _ => 1,
    };
    let plain: Vec<&HeadColumn> = head.iter().filter(is_plain).collect();
    let best = plain.iter().map(|column| rank(column)).max()?;
    let mut of_best = plain.iter().filter(|column| rank(column) == best);
    let first = of_best.next()?.column;
    (plain.len() > 1 && of_best.next().is_none() && first != *own).then_some(first)
}

/// The score among several columns of points; nothing where there are not several.
pub(super) fn points(head: &[HeadColumn], spec: &Spec, columns: &BTreeMap<ColumnMeaning, u32>) -> Option<ScoreAmong> {
    let is_taken =
        |column: &HeadColumn| columns.iter().any(|(of, taken)| *taken == column.column && *of != ColumnMeaning::Points);
    let is_score = |column: &&HeadColumn| {
        let Some(level) = column.levels.last().filter(|_| !is_taken(column)) else { return false };
        let is_word = |key: &str| spec.column_of(&[key.to_owned()]) == Some(ColumnMeaning::Points);
        let group = column.levels.iter().rev().skip(1).any(|level| is_word(&level.key));
        group || is_word(&level.key) || heading_sentence::column(&level.text, spec.table) == Some(ColumnMeaning::Points)
    };
    let scores: Vec<&HeadColumn> = head.iter().filter(is_score).collect();
    let [first, _, ..] = scores[..] else { return None };
    let is_plain = |column: &HeadColumn| spec.column_of(&[lowest(column).to_owned()]) == Some(ColumnMeaning::Points);
    if scores.iter().any(|column| is_plain(column)) {
        return None;
    }
    let years: Vec<PointsOfYear> = scores.iter().filter_map(|column| of_year(column)).collect();
    if years.len() == scores.len() {
        return Some(ScoreAmong::OfYears(years));
    }
    let fresh: Vec<&&HeadColumn> = scores
        .iter()
        .filter(|column| HeadingWords::from_column(column).has(&NEW) && !HeadingWords::from_column(column).has(&OLD))
        .collect();
    if let [new] = fresh[..]
        && scores.iter().all(|column| column.column == new.column || HeadingWords::from_column(column).has(&OLD))
    {
        return Some(ScoreAmong::Column(new.column));
    }
    let texts: Vec<String> =
        scores.iter().filter_map(|column| Some(column.levels.last()?.text.trim().to_owned())).collect();
    let place = first.levels.last()?.place;
    Some(ScoreAmong::Unclear(texts.join(", "), place))
}

fn of_year(column: &HeadColumn) -> Option<PointsOfYear> {
    let level = column.levels.last()?;
    let is_year = |word: &&str| word.len() == 4 && word.starts_with("20");
    let words = plain_words(&level.text);
    let year = words.split(' ').filter(is_year).find_map(|word| word.parse().ok())?;
    Some(PointsOfYear { year, column: column.column, heading: level.text.trim().to_owned(), place: level.place })
}

/// Reports whether the headings above a column, top down, say who was absent: `Tidak Hadir`, or `Tidak` below *Kehadiran*.
pub(in crate::recap) fn says_absent(texts: &[&str]) -> bool {
    let Some((lowest, above)) = texts.split_last() else { return false };
    let lowest = key(lowest);
    let is_below_attendance = || above.iter().any(|text| key(text).contains("hadir"));
    ABSENT.has(&lowest) || ["tidak", "tdk", "tak"].contains(&lowest.as_str()) && is_below_attendance()
}
