//! Tables with one column for each field.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::head::{HeadingFrame, head_columns, month_of};
use super::head_column::HeadColumn;
use super::papers::{is_of_paper, settle_papers};
use super::persons::in_charge;
use super::rivals;
use super::rivals::{PointsOfYear, ScoreAmong};
use super::subject::{RowsOf, Titled};
use super::{Heading, Lacking, Layout};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::heading::{ColumnMeaning, NAME, Spec, is_month_heading, spec_of, specs};
use crate::recap::heading_figures::{Leaf, leaf};
use crate::recap::heading_sentence;
use crate::recap::indicator_lists::year_of_target;
use crate::workbook::Sheet;

/// Columns of visits alone.
const PROOF: [ColumnMeaning; 4] =
    [ColumnMeaning::Points, ColumnMeaning::AttendanceList, ColumnMeaning::Minutes, ColumnMeaning::Photos];

/// Tables with one column for each field: of those of a sort the one with the most known headings.
pub(super) fn by_columns(head: &[HeadColumn], frame: &HeadingFrame, rows: RowsOf, titled: Titled) -> Option<Heading> {
    if let Some(heading) = visits_across(head, frame, rows) {
        return Some(heading);
    }
    let mut best: Option<(usize, Heading)> = None;
    let has_items =
        || spec_of(Table::FollowUps).is_some_and(|spec| found(head, spec).columns.contains_key(&ColumnMeaning::Item));
    // A recap of visits is one, though each brings nothing but what was agreed.
    let is_titled_visit =
        |table: Table| table == Table::Visits && titled.is_of_visits && !titled.is_of_follow_ups && !titled.is_plan;
    let carries_register = carries_a_register(head, titled);
    for spec in specs().filter(|spec| spec.has_names() != (rows == RowsOf::Notes)) {
        if spec.table == Table::Facilities && carries_register {
            continue;
        }
        let ColumnsFound { columns, sentences, split, points_of_years } = found(head, spec);
        let has = |column: &ColumnMeaning| columns.contains_key(column);
        let needed = spec.supporting_needed;
        // Below a title that says so, a register may have one column beside the names.
        let needed = if titled.is_register && spec.table == Table::Facilities { 1 } else { needed };
        let in_charge_of_it = || titled.is_register && spec.table == Table::Facilities && in_charge_of(head).is_some();
        // A plan that lists days needs none but whoever is in charge.
        let is_plan = || titled.is_plan && spec.table == Table::Visits && in_charge(head).is_some() && !has_items();
        let is_there = if rows == RowsOf::OneFacility {
            is_of_one_facility(spec, &columns)
        } else {
            spec.required.iter().all(has)
        } && {
            // Points are of visits alone.
            let is_scored = spec.table == Table::Visits && (has(&ColumnMeaning::Points) || split.is_some());
            let supported = spec.supporting.iter().filter(|column| has(column)).count() + usize::from(is_scored);
            let supported = supported + usize::from(split.is_some());
            let supported = supported + usize::from(supported == 0 && in_charge_of_it());
            // What was agreed at a visit often stands beside it: that speaks for a visit as its form does.
            let is_supported = |supported| supported >= needed;
            is_supported(supported)
                || spec.table == Table::Visits && is_supported(supported + 1) && has_items()
                || is_titled_visit(spec.table) && (has_items() || carries_register)
                || is_plan()
        };
        let is_there = is_there && (!is_codeless(spec) || is_list(head));
        // A status beside the agreed action speaks for no table: visits carry one too.
        // Nor does a month beside a visit's day.
        let is_of_days = matches!(spec.table, Table::Visits | Table::FollowUps);
        let parts =
            [ColumnMeaning::ReportMonth, ColumnMeaning::Year].iter().filter(|column| is_of_days && has(column)).count();
        // Nor a remark, which stands in every table.
        let silent = [ColumnMeaning::Status, ColumnMeaning::Reason, ColumnMeaning::PlannedDay, ColumnMeaning::Sent]
            .iter()
            .filter(|column| has(column))
            .count();
        let known = columns.len() - silent - parts;
        // Of visits and follow-ups with as many columns, points make a visit.
        let is_of_follow_ups = |held: &Heading| {
            spec.table == Table::FollowUps
                && held.table == Some(Table::Visits)
                && !held.columns.contains_key(&ColumnMeaning::Points)
        };
        // However much was agreed: what was scored or proved is a visit, with its follow-ups beside it.
        let is_visit = |held: &Heading| {
            let is_proved = PROOF.iter().any(|proof| held.columns.contains_key(proof)) || !held.unread.is_empty();
            let is_proved = is_proved || is_titled_visit(Table::Visits);
            spec.table == Table::FollowUps && held.table == Some(Table::Visits) && is_proved
        };
        let is_better = |(score, held): &(usize, Heading)| {
            !is_visit(held) && (known > *score || known == *score && is_of_follow_ups(held))
        };
        if is_there && best.as_ref().is_none_or(is_better) {
            let heading = frame.heading(Some(spec.table), Layout::Columns, columns.clone());
            let unread = split.into_iter().collect();
            best = Some((known, Heading { sentences, unread, points_of_years, ..heading }));
        }
    }
    let best = best.map(|(_, heading)| with_owner(head, with_person(head, heading)));
    best.or_else(|| visits_of_months(head, frame, rows, titled))
}

/// Reports whether columns of a register only stand beside what another table is of: its title says so and a column that
/// only such a table has, or visits are dated and scored.
fn carries_a_register(head: &[HeadColumn], titled: Titled) -> bool {
    let register = spec_of(Table::Facilities).filter(|_| !titled.is_register);
    let is_carried = |spec: &Spec| {
        let columns = columns_by(head, spec);
        let supporting = spec.supporting.iter().filter(|column| columns.contains_key(column)).count();
        supporting >= spec.supporting_needed && spec.required.iter().all(|column| columns.contains_key(column))
    };
    if !register.is_some_and(is_carried) {
        return false;
    }
    let has = |table: Table, wanted: ColumnMeaning| {
        spec_of(table).is_some_and(|spec| columns_by(head, spec).contains_key(&wanted))
    };
    let is_figure = |column: &HeadColumn| column.levels.last().is_some_and(|level| leaf(&level.key).is_some());
    let is_dated = has(Table::Visits, ColumnMeaning::Date);
    let is_scored = has(Table::Visits, ColumnMeaning::Points);
    let is_of_another = || {
        is_dated
            || is_scored
            || has(Table::MonthlyReports, ColumnMeaning::ReceivedOn)
            || has(Table::Lokmin, ColumnMeaning::Attended)
            || has(Table::FollowUps, ColumnMeaning::Item)
            || has(Table::ScheduleChanges, ColumnMeaning::Moved)
            || titled.is_plan
                && head.iter().any(|column| column.levels.iter().any(|level| is_month_heading(&level.text)))
            || head.iter().any(is_figure)
    };
    is_dated && is_scored || titled.is_of_other && is_of_another()
}

/// The column of persons in charge of a facility, where only what they are heads it: `Nama Petugas`, `Nama APA`.
fn in_charge_of(head: &[HeadColumn]) -> Option<&HeadColumn> {
    const IN_CHARGE: [&str; 16] = [
        "namapetugas",
        "petugas",
        "namaapa",
        "apoteker",
        "namaapoteker",
        "apotekerpengelola",
        "namaapotekerpengelola",
        "pengelola",
        "namapengelola",
        "kepalasekolah",
        "namakepalasekolah",
        "kepsek",
        "namakepsek",
        "namabidandesa",
        "namakaderpj",
        "ketua",
    ];
    head.iter().find(|column| column.keys().iter().any(|key| IN_CHARGE.contains(&key.as_str())))
}

/// A register with its column of persons in charge.
fn with_person(head: &[HeadColumn], mut heading: Heading) -> Heading {
    if heading.table != Some(Table::Facilities) || heading.columns.contains_key(&ColumnMeaning::Person) {
        return heading;
    }
    let is_free = |column: &&HeadColumn| !heading.columns.values().any(|held| *held == column.column);
    let person = in_charge_of(head).filter(is_free).map(|column| column.column);
    heading.columns.extend(person.map(|column| (ColumnMeaning::Person, column)));
    heading
}

/// Agreed actions with their owner, where the column behind the action says who does it. Before it stands who visited.
fn with_owner(head: &[HeadColumn], mut heading: Heading) -> Heading {
    const DOES_IT: [&str; 6] = [
        "pelaksana",
        "pelaksanatl",
        "pelaksanartl",
        "petugas",
        "pelaksanatindaklanjut",
        "pelaksanarencanatindaklanjut",
    ];
    let item = heading.columns.get(&ColumnMeaning::Item).copied();
    let Some(item) = item.filter(|_| heading.table == Some(Table::FollowUps)) else { return heading };
    let is_free = |column: &&HeadColumn| !heading.columns.values().any(|held| *held == column.column);
    let does_it = |column: &&HeadColumn| column.keys().iter().any(|key| DOES_IT.contains(&key.as_str()));
    let owner = head.iter().filter(|column| column.column > item).filter(is_free).find(does_it);
    if let (Entry::Vacant(person), Some(owner)) = (heading.columns.entry(ColumnMeaning::Person), owner) {
        person.insert(owner.column);
    }
    heading
}

/// Visits of several months in one row: day and points below each month. Of these nothing is read.
fn visits_across(head: &[HeadColumn], frame: &HeadingFrame, rows: RowsOf) -> Option<Heading> {
    let spec = spec_of(Table::Visits).filter(|_| rows == RowsOf::Many)?;
    let below_months = |wanted: ColumnMeaning| {
        let is_it = |column: &&HeadColumn| {
            let month = column.levels.iter().rev().skip(1).find_map(|level| month_of(&level.key));
            let lowest = column.levels.last().map(|level| level.key.clone());
            month.is_some() && lowest.is_some_and(|lowest| spec.column_of(&[lowest]) == Some(wanted))
        };
        head.iter().filter(is_it).count()
    };
    (below_months(ColumnMeaning::Date) > 1 && below_months(ColumnMeaning::Points) > 1)
        .then(|| frame.heading(Some(Table::Visits), Layout::Unreadable(Lacking::VisitRows), BTreeMap::new()))
}

/// Visits that have a column of months in the place of their dates: only where the columns are of nothing else.
fn visits_of_months(head: &[HeadColumn], frame: &HeadingFrame, rows: RowsOf, titled: Titled) -> Option<Heading> {
    let spec = spec_of(Table::Visits)?;
    let ColumnsFound { columns, sentences, split, points_of_years } = found(head, spec);
    let has = |column: &ColumnMeaning| columns.contains_key(column);
    let needed = spec.supporting_needed;
    // Below a title of visits a month and a name are enough.
    let needed = if titled.is_of_visits && rows == RowsOf::Many { 0 } else { needed };
    let is_named = match rows {
        RowsOf::Notes => false,
        RowsOf::OneFacility => !has(&ColumnMeaning::Name),
        _ => has(&ColumnMeaning::Name),
    };
    let supported = spec.supporting.iter().filter(|column| has(column)).count();
    let is_there = is_named && has(&ColumnMeaning::ReportMonth) && !has(&ColumnMeaning::Date) && supported >= needed;
    let heading = is_there.then(|| frame.heading(Some(Table::Visits), Layout::Columns, columns))?;
    Some(Heading { sentences, unread: split.into_iter().collect(), points_of_years, ..heading })
}

/// Visits of which each row is of a village, by the days in it.
pub(super) fn visits_of_villages(head: &[HeadColumn], frame: &HeadingFrame, titled: Titled) -> Option<Heading> {
    let spec = spec_of(Table::Visits)?;
    let ColumnsFound { mut columns, sentences, split, points_of_years } = found(head, spec);
    if columns.insert(ColumnMeaning::Name, frame.anchor.column).is_some() {
        return None;
    }
    let needed = spec.supporting_needed;
    let needed = if titled.is_of_visits { 0 } else { needed };
    let is_scored = usize::from(columns.contains_key(&ColumnMeaning::Points) || split.is_some());
    let supported = spec.supporting.iter().filter(|column| columns.contains_key(column)).count() + is_scored;
    let is_there = spec.required.iter().all(|column| columns.contains_key(column)) && supported >= needed;
    let heading = is_there.then(|| frame.heading(Some(Table::Visits), Layout::Columns, columns))?;
    let unread = split.into_iter().collect();
    Some(Heading { has_villages: true, sentences, unread, points_of_years, ..heading })
}

/// Reports whether it is the list of indicators without codes.
fn is_codeless(spec: &Spec) -> bool {
    spec.required.contains(&ColumnMeaning::IndicatorName) && !spec.required.contains(&ColumnMeaning::Code)
}

/// Words of columns that a plain list of indicators does not have.
const NOT_IN_LISTS: [&str; 14] = [
    "masalah",
    "permasalahan",
    "rtl",
    "rencanatindaklanjut",
    "tindaklanjut",
    "penyebab",
    "kegiatan",
    "namakegiatan",
    "analisa",
    "analisis",
    "evaluasi",
    "gap",
    "kesenjangan",
    "nilai",
];

/// Reports whether a heading with indicators and targets has neither figures nor names nor problems.
fn is_list(head: &[HeadColumn]) -> bool {
    let is_figure = |key: &str| matches!(leaf(key), Some(Leaf::Numerator | Leaf::Percent)) || month_of(key).is_some();
    let is_other = |key: &String| {
        is_figure(key) || NOT_IN_LISTS.contains(&key.as_str()) || NAME.has_one(std::slice::from_ref(key))
    };
    !head.iter().any(|column| column.levels.iter().any(|level| is_other(&level.key)))
}

/// Tables of which each facility may have one of its own, with its name above it.
const OF_ONE_FACILITY: [Table; 4] = [Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports];

/// Reports whether a table has all that it needs but the column of names.
fn is_of_one_facility(spec: &Spec, columns: &BTreeMap<ColumnMeaning, u32>) -> bool {
    let is_there = |column: &ColumnMeaning| *column == ColumnMeaning::Name || columns.contains_key(column);
    OF_ONE_FACILITY.contains(&spec.table)
        && !columns.contains_key(&ColumnMeaning::Name)
        && spec.required.iter().all(is_there)
        && (!matches!(spec.table, Table::Lokmin | Table::MonthlyReports)
            || columns.contains_key(&ColumnMeaning::ReportMonth))
}

/// Headings of advice, which need not be agreed.
const ADVICE: [&str; 6] = ["saran", "solusi", "saranperbaikan", "pemecahanmasalah", "saransolusi", "masukan"];

/// Columns that say whose and of when the rows are: the visits say it of the follow-ups beside them too.
const OF_VISIT: [ColumnMeaning; 5] =
    [ColumnMeaning::No, ColumnMeaning::Name, ColumnMeaning::Date, ColumnMeaning::ReportMonth, ColumnMeaning::Year];

/// The follow-ups that stand in the rows of a table of visits, where a column names them.
pub(in crate::recap) fn follow_ups_beside(sheet: &Sheet, visits: &Heading) -> Option<Heading> {
    let frame = HeadingFrame { top: visits.top, bottom: visits.bottom, anchor: visits.anchor, span: visits.span };
    let head = head_columns(sheet, &frame);
    let ColumnsFound { mut columns, sentences, .. } = found(&head, spec_of(Table::FollowUps)?);
    let item = *columns.get(&ColumnMeaning::Item)?;
    // Advice without a day by which it is to be followed is a remark.
    let is_advice = head
        .iter()
        .filter(|column| column.column == item)
        .any(|column| column.levels.last().is_some_and(|level| ADVICE.contains(&level.key.as_str())));
    if is_advice && !columns.contains_key(&ColumnMeaning::Due) {
        return None;
    }
    for column in OF_VISIT {
        match visits.columns.get(&column) {
            Some(place) => _ = columns.insert(column, *place),
            None => _ = columns.remove(&column),
        }
    }
    let own = |column: &u32| !visits.columns.values().any(|held| held == column);
    columns.retain(|column, place| OF_VISIT.contains(column) || own(place));
    Some(Heading { table: Some(Table::FollowUps), columns, sentences, ..visits.clone() })
}

/// A table that stands in the rows of a table of visits, below a group heading of its own that has one of these words.
pub(in crate::recap) fn table_beside(sheet: &Sheet, visits: &Heading, table: Table, words: &[&str]) -> Option<Heading> {
    let frame = HeadingFrame { top: visits.top, bottom: visits.bottom, anchor: visits.anchor, span: visits.span };
    let spec = spec_of(table)?;
    let is_grouped = |column: &HeadColumn| {
        let above = column.levels.split_last().map(|(_, above)| above).unwrap_or_default();
        above.iter().any(|level| words.iter().any(|word| level.key.contains(word)))
    };
    let head = head_columns(sheet, &frame).into_iter().filter(is_grouped).collect::<Vec<_>>();
    let ColumnsFound { mut columns, .. } = found(&head, spec);
    columns.retain(|column, _| !OF_VISIT.contains(column));
    for column in [ColumnMeaning::No, ColumnMeaning::Name] {
        columns.extend(visits.columns.get(&column).map(|place| (column, *place)));
    }
    let is_there = spec.required.iter().all(|column| columns.contains_key(column));
    let unread = Vec::new();
    is_there.then(|| Heading { table: Some(table), columns, sentences: Vec::new(), unread, ..visits.clone() })
}

/// The columns of a table, and those of them that a sentence named.
struct ColumnsFound {
    columns: BTreeMap<ColumnMeaning, u32>,
    sentences: Vec<u32>,
    /// A heading of points over several columns of which none is known to be the score.
    split: Option<(String, CellRef)>,
    /// Columns of points that are each of a year.
    points_of_years: Vec<PointsOfYear>,
}

/// The columns that a table's words name, and then those that the words of a sentence do.
fn found(head: &[HeadColumn], spec: &Spec) -> ColumnsFound {
    let mut columns = columns_by(head, spec);
    rivals::settle(head, spec, &mut columns);
    if let Some(whole) = rivals::whole_points(head, spec, &columns).filter(|_| spec.table == Table::Visits) {
        columns.insert(ColumnMeaning::Points, whole);
    }
    let mut points_of_years = Vec::new();
    let mut split = match spec.table {
        Table::Visits => settle_points(head, spec, &mut columns),
        Table::MonthlyReports => rivals::kinds_of_reports(head, spec, &columns),
        _ => None,
    };
    if spec.table == Table::Visits && (split.is_some() || !columns.contains_key(&ColumnMeaning::Points)) {
        match rivals::points(head, spec, &columns) {
            Some(ScoreAmong::Column(column)) => {
                columns.insert(ColumnMeaning::Points, column);
                split = None;
            }
            Some(ScoreAmong::OfYears(years)) => {
                columns.extend(years.iter().max_by_key(|of| of.year).map(|of| (ColumnMeaning::Points, of.column)));
                points_of_years = years;
                split = None;
            }
            Some(ScoreAmong::Unclear(heading, place)) if split.is_none() => split = Some((heading, place)),
            _ => {}
        }
    }
    let is_split = split.is_some();
    let mut sentences = Vec::new();
    for column in head {
        let is_taken = columns.values().any(|taken| *taken == column.column);
        let is_known = || spec.column_of(column.keys()).is_some();
        let Some(level) = column.levels.last().filter(|_| !is_taken) else { continue };
        let Some(known) = heading_sentence::column(&level.text, spec.table).filter(|_| !is_known()) else { continue };
        if known == ColumnMeaning::Points && is_split {
            continue;
        }
        if let Entry::Vacant(free) = columns.entry(known) {
            free.insert(column.column);
            sentences.push(column.column);
        }
    }
    ColumnsFound { columns, sentences, split, points_of_years }
}

/// Lowest headings of a group of points that are the whole of it.
const WHOLE_POINTS: [&str; 18] = [
    "jumlah",
    "total",
    "jml",
    "ratarata",
    "rata2",
    "rerata",
    "rata",
    "akhir",
    "angka",
    "hasil",
    "%",
    "persen",
    "persentase",
    "prosentase",
    "jumlahtotal",
    "totalakhir",
    "hasilakhir",
    "keseluruhan",
];

/// Of several columns below one heading of points the one of the whole: `Nilai` over SDM, Sarana, Rata-rata. Where none
/// is it, no column is the score, and the heading is given back.
fn settle_points(
    head: &[HeadColumn],
    spec: &Spec,
    columns: &mut BTreeMap<ColumnMeaning, u32>,
) -> Option<(String, CellRef)> {
    let first = *columns.get(&ColumnMeaning::Points)?;
    let of_points = |column: &&HeadColumn| spec.column_of(column.keys()) == Some(ColumnMeaning::Points);
    let lowest = |column: &&HeadColumn| column.levels.last().map(|level| level.key.clone()).unwrap_or_default();
    let own = head.iter().find(|column| column.column == first)?;
    let is_word = |key: &str| spec.column_of(&[key.to_owned()]) == Some(ColumnMeaning::Points);
    let group = own.levels.iter().rev().skip(1).find(|level| is_word(&level.key))?;
    let below = |column: &&HeadColumn| column.levels.iter().any(|level| level.place == group.place);
    let candidates: Vec<&HeadColumn> = head.iter().filter(below).filter(of_points).collect();
    let whole = candidates.iter().copied().find(|column| is_word(&lowest(column)));
    let whole =
        whole.or_else(|| candidates.iter().copied().find(|column| WHOLE_POINTS.contains(&lowest(column).as_str())));
    // A column of its own beside the group is the score of the whole, too.
    let alone = || head.iter().find(|column| !below(column) && of_points(column) && is_word(&lowest(column)));
    let after = candidates.last().map(|last| last.column + 1);
    let sum = || {
        let is_sum =
            |column: &&HeadColumn| Some(column.column) == after && WHOLE_POINTS.contains(&lowest(column).as_str());
        head.iter().find(is_sum)
    };
    match whole.or_else(alone).or_else(sum) {
        Some(whole) => _ = columns.insert(ColumnMeaning::Points, whole.column),
        None if candidates.len() > 1 => {
            columns.remove(&ColumnMeaning::Points);
            return Some((group.text.clone(), group.place));
        }
        None => {}
    }
    None
}

/// The columns that a table's words name; of two for one field the first, for the name the plainer one.
fn columns_by(head: &[HeadColumn], spec: &Spec) -> BTreeMap<ColumnMeaning, u32> {
    let mut columns: BTreeMap<ColumnMeaning, u32> = BTreeMap::new();
    let mut spare: Vec<&HeadColumn> = Vec::new();
    let is_register = spec.table == Table::Facilities;
    for column in head {
        let known = spec.column_of(column.keys()).filter(|_| is_register || !is_of_paper(column));
        let Some(known) = known else { continue };
        match columns.get(&known) {
            None => {
                columns.insert(known, column.column);
            }
            Some(_) => spare.push(column),
        }
    }
    if spec.words.columns.iter().any(|held| held.column == ColumnMeaning::Target)
        && !columns.contains_key(&ColumnMeaning::Target)
    {
        let of_year = |column: &&HeadColumn| column.keys().iter().any(|key| year_of_target(key).is_some());
        columns.extend(head.iter().find(of_year).map(|column| (ColumnMeaning::Target, column.column)));
    }
    if is_register {
        settle_papers(head, &mut columns);
        people_beside(head, &mut columns, &mut spare);
    }
    let is_plain_name = |column: &HeadColumn| column.keys().iter().any(|key| key.starts_with("nama"));
    let is_named = |place: &u32| head.iter().any(|column| column.column == *place && is_plain_name(column));
    let has_plain_name = columns.get(&ColumnMeaning::Name).is_some_and(is_named);
    named_outright(head, spec, &mut columns);
    if spec.table == Table::FollowUps {
        status_beside(head, spec, &mut columns);
    }
    // "Jaringan/Jejaring" beside "Nama …" is the group, whichever stands first.
    if let Some(named) = spare.iter().find(|column| {
        !has_plain_name && is_plain_name(column) && spec.column_of(column.keys()) == Some(ColumnMeaning::Name)
    }) {
        let displaced = columns.insert(ColumnMeaning::Name, named.column);
        let is_free = spec.table == Table::Facilities && !columns.contains_key(&ColumnMeaning::Group);
        if let Some(displaced) = displaced.filter(|_| is_free) {
            columns.insert(ColumnMeaning::Group, displaced);
        }
    } else if spec.table == Table::Facilities && !columns.contains_key(&ColumnMeaning::Group) {
        let second = spare.iter().find(|column| spec.column_of(column.keys()) == Some(ColumnMeaning::Name));
        if let Some(second) = second {
            columns.insert(ColumnMeaning::Group, second.column);
        }
    }
    columns
}

/// A place, where another column names the facility outright, is where people met.
fn named_outright(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    const PLACES: [&str; 4] = ["tempat", "lokasi", "lokus", "tempatkegiatan"];
    let is_place = |column: &HeadColumn| column.keys().iter().any(|key| PLACES.contains(&key.as_str()));
    let Some(named) = columns.get(&ColumnMeaning::Name).copied() else { return };
    if !head.iter().any(|column| column.column == named && is_place(column)) {
        return;
    }
    let is_name = |column: &&HeadColumn| spec.column_of(column.keys()) == Some(ColumnMeaning::Name);
    let outright = head.iter().filter(is_name).find(|column| !is_place(column));
    columns.extend(outright.map(|column| (ColumnMeaning::Name, column.column)));
}

/// `Tindak Lanjut` beside `Rencana Tindak Lanjut` says how far that is.
fn status_beside(head: &[HeadColumn], spec: &Spec, columns: &mut BTreeMap<ColumnMeaning, u32>) {
    const DONE: [&str; 4] =
        ["tindaklanjut", "kegiatantindaklanjut", "pelaksanaantindaklanjut", "realisasitindaklanjut"];
    const PLANNED: [&str; 5] = ["rencanatindaklanjut", "rtl", "uraianrtl", "rencanaperbaikan", "rekomendasi"];
    let key_of = |column: &HeadColumn| column.keys().last().cloned().unwrap_or_default();
    let item = columns.get(&ColumnMeaning::Item).and_then(|held| head.iter().find(|column| column.column == *held));
    let is_planned = item.is_some_and(|column| PLANNED.contains(&key_of(column).as_str()));
    if !is_planned || columns.contains_key(&ColumnMeaning::Status) {
        return;
    }
    let after = head.iter().filter(|column| item.is_some_and(|item| column.column > item.column));
    let status = after.filter(|column| spec.column_of(column.keys()) == Some(ColumnMeaning::Item));
    columns.extend(
        status
            .filter(|column| DONE.contains(&key_of(column).as_str()))
            .map(|column| (ColumnMeaning::Status, column.column))
            .next(),
    );
}

/// Of `Nama Polindes` beside `Nama Bidan` the first is the facility's and the second the person's in charge.
fn people_beside(head: &[HeadColumn], columns: &mut BTreeMap<ColumnMeaning, u32>, spare: &mut Vec<&HeadColumn>) {
    const PEOPLE: [&str; 3] = ["namabidan", "namadokter", "namaperawat"];
    let is_person = |column: &HeadColumn| column.keys().iter().any(|key| PEOPLE.contains(&key.as_str()));
    let is_other_name = |column: &&HeadColumn| !is_person(column) && NAME.has_one(column.keys());
    let name = columns.get(&ColumnMeaning::Name).copied();
    let held_is_person = head.iter().any(|column| Some(column.column) == name && is_person(column));
    let other = spare.iter().copied().find(is_other_name).map(|column| column.column);
    let person = spare.iter().copied().find(|column| is_person(column)).map(|column| column.column);
    match (held_is_person, other, person) {
        (true, Some(other), _) => {
            columns.insert(ColumnMeaning::Name, other);
            columns.extend(
                name.filter(|_| !columns.contains_key(&ColumnMeaning::Person))
                    .map(|name| (ColumnMeaning::Person, name)),
            );
            spare.retain(|column| column.column != other);
        }
        (false, _, Some(person)) => {
            columns.entry(ColumnMeaning::Person).or_insert(person);
            spare.retain(|column| column.column != person);
        }
        _ => {}
    }
}
