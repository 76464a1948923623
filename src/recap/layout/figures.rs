//! Columns of figures below a heading: denominators and numerators, whole or by sex, and the columns of number, name and month
//! beside them.

use std::collections::BTreeMap;

use super::head::HeadingFrame;
use super::head_column::{HeadColumn, Level};
use super::subject::RowsOf;
use super::{CountingWords, FigureLayout};
use crate::recap::heading::{ColumnMeaning, VILLAGE, across_words, is_month_heading, key};
use crate::recap::heading_figures::{Leaf, Sex, figure_word, sex};

/// Headings above groups that say nothing of indicator or month.
pub(super) const MERE_WORDS: [&str; 6] =
    ["capaian", "realisasi", "hasilcapaian", "bulan", "indikator", "indikatorlayanan"];

/// One column of a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureColumn {
    pub(super) sex: Option<Sex>,
    pub(super) column: u32,
}

/// A figure's columns below one group heading.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) denominator: Vec<FigureColumn>,
    /// Target or people: denominators where there is no other.
    pub(super) weak: Vec<FigureColumn>,
    pub(super) numerator: Vec<FigureColumn>,
    before: Vec<FigureColumn>,
    cumulative: Vec<FigureColumn>,
}

impl Parts {
    pub(super) fn columns_for(&mut self, leaf: Leaf) -> Option<&mut Vec<FigureColumn>> {
        match leaf {
            Leaf::Denominator => Some(&mut self.denominator),
            Leaf::Target | Leaf::People(_) => Some(&mut self.weak),
            Leaf::Numerator => Some(&mut self.numerator),
            Leaf::Before => Some(&mut self.before),
            Leaf::Cumulative => Some(&mut self.cumulative),
            Leaf::Percent => None,
        }
    }

    /// Reports whether a denominator stands here and no count of any sort.
    pub(super) fn lacks_numerator(&self) -> bool {
        let counts = [&self.numerator, &self.before, &self.cumulative];
        counts.into_iter().all(Vec::is_empty) && !(self.denominator.is_empty() && self.weak.is_empty())
    }

    /// The denominator; beside one for all, a target is none.
    pub(super) fn denominator(&self, is_beside: bool) -> Result<Option<FigureLayout>, Unclear> {
        let weak = || if is_beside { Ok(None) } else { figure(&self.weak) };
        Ok(figure(&self.denominator)?.or(weak()?))
    }

    /// The count since January beside the month's own.
    pub(super) fn accumulated(&self) -> Option<FigureLayout> {
        let is_beside = matches!(figure(&self.numerator), Ok(Some(_)));
        figure(&self.cumulative).ok().flatten().filter(|_| is_beside)
    }

    /// The month's own count where there is one, else the count since January, of which that is told.
    pub(super) fn numerator(&self) -> Result<(Option<FigureLayout>, CountingWords), Unclear> {
        let own = figure(&self.numerator)?;
        if own.is_some() {
            let is_beside = !self.before.is_empty() || !self.cumulative.is_empty();
            return Ok((own, if is_beside { CountingWords::InMonth } else { CountingWords::Unsaid }));
        }
        match figure(&self.cumulative)? {
            None if !self.before.is_empty() => Err(Unclear),
            None => Ok((None, CountingWords::Unsaid)),
            since_january => Ok((since_january, CountingWords::SinceJanuary)),
        }
    }
}

/// The figure and the sex that the levels of a column name.
pub(super) struct ColumnLevels<'h> {
    pub(super) leaf: Option<Leaf>,
    pub(super) sex: Option<Sex>,
    /// The levels above those.
    pub(super) above: &'h [Level],
}

pub(super) fn column_levels(column: &HeadColumn) -> ColumnLevels<'_> {
    let leaf_of = |level: &Level| {
        // `Target (%)` is no target of people.
        let outside = || figure_word(&key(level.text.split('(').next().unwrap_or_default()));
        figure_word(&level.key).or_else(|| outside().filter(|_| !level.text.contains('%')))
    };
    let levels = column.levels.as_slice();
    match levels {
        [above @ .., over, bottom] => match (leaf_of(bottom), sex(&bottom.key), leaf_of(over), sex(&over.key)) {
            // `K6 | L | Sasaran`; `JUMLAH | Sasaran` alone is a group of sums.
            (Some(leaf), _, _, Some(sex)) if !above.is_empty() || sex != Sex::Both => {
                ColumnLevels { leaf: Some(leaf), sex: Some(sex), above }
            }
            // `Kumulatif | Abs`, `Capaian | Bulan ini`, `Sasaran | Bumil`
            (Some(leaf), _, Some(over), _) => ColumnLevels { leaf: Some(within(over, leaf)), sex: None, above },
            (Some(leaf), ..) => ColumnLevels { leaf: Some(leaf), sex: None, above: &levels[..levels.len() - 1] },
            (None, Some(sex), Some(leaf), _) => ColumnLevels { leaf: Some(leaf), sex: Some(sex), above },
            (None, sex, ..) => {
                ColumnLevels { leaf: None, sex, above: &levels[..levels.len() - usize::from(sex.is_some())] }
            }
        },
        [bottom] => match leaf_of(bottom) {
            Some(leaf) => ColumnLevels { leaf: Some(leaf), sex: None, above: &[] },
            None => ColumnLevels {
                leaf: None,
                sex: sex(&bottom.key),
                above: if sex(&bottom.key).is_some() { &[] } else { levels },
            },
        },
        [] => ColumnLevels { leaf: None, sex: None, above: &[] },
    }
}

/// Returns the figure of a heading below another one of figures: a count below *Kumulatif* is cumulative.
fn within(over: Leaf, bottom: Leaf) -> Leaf {
    match (over, bottom) {
        (Leaf::Before | Leaf::Cumulative, Leaf::Numerator) => over,
        (_, bottom) => bottom,
    }
}

/// The columns do not tell how the figure is made of them.
pub(super) struct Unclear;

/// The column of a figure: the one without a sex or of both, else L and P (or P and W) to be added.
pub(super) fn figure(parts: &[FigureColumn]) -> Result<Option<FigureLayout>, Unclear> {
    let whole = |sex: Option<Sex>| matches!(sex, None | Some(Sex::Both));
    if let Some(part) = parts.iter().find(|part| whole(part.sex)) {
        return Ok(Some(part.column.into()));
    }
    match parts {
        [] => Ok(None),
        [one, other] if one.sex != other.sex => Ok(Some(FigureLayout(vec![one.column, other.column]))),
        _ => Err(Unclear),
    }
}

/// The columns of number, name and month.
pub(super) fn fixed_columns(
    head: &[HeadColumn],
    frame: &HeadingFrame,
    rows: RowsOf,
) -> Option<BTreeMap<ColumnMeaning, u32>> {
    let is_named = rows != RowsOf::OneFacility;
    let mut columns: BTreeMap<ColumnMeaning, u32> = BTreeMap::new();
    for column in head {
        if let Some(known) = across_words().column_of(column.keys()) {
            columns.entry(known).or_insert(column.column);
        } else if let [only] = &column.levels[..]
            && is_month_heading(&only.text)
        {
            columns.entry(ColumnMeaning::ReportMonth).or_insert(column.column);
        }
    }
    let at_anchor = head.iter().find(|column| column.column == frame.anchor.column)?;
    let keys = at_anchor.keys();
    let is_name = if rows == RowsOf::Villages {
        VILLAGE.has_one(keys)
    } else {
        across_words().column_of(keys) == Some(ColumnMeaning::Name)
    };
    if is_named && is_name {
        columns.insert(ColumnMeaning::Name, frame.anchor.column);
        return Some(columns);
    }
    let is_month = columns.get(&ColumnMeaning::ReportMonth) == Some(&frame.anchor.column);
    (!is_named && is_month && !columns.contains_key(&ColumnMeaning::Name)).then_some(columns)
}
