//! Totals by jaringan/jejaring, kind, structure, village: counts pooled first, percentages computed after.

use std::collections::BTreeMap;

use crate::analytics::{Selection, trend_points};
use crate::definitions::Grouping;
use crate::domain::indicator::Direction as Better;
use crate::domain::name::name_key;
use crate::domain::{CoachingIndicator, FacilityGroup, Structure};

use super::context::PageContext;
use super::figure::Whose;
use super::status_rows::columns;
use super::table::{DataCell, DataColumn, DataRow, DataTable};

/// One table a grouping.
pub fn totals(context: &PageContext<'_>, by: &[Grouping], id: &str) -> Vec<DataTable> {
    by.iter().map(|grouping| table(context, *grouping, id)).collect()
}

fn table(context: &PageContext<'_>, grouping: Grouping, id: &str) -> DataTable {
    let mut columns = columns(&CoachingIndicator::ALL);
    let (code, head) = words(grouping);
    columns[0] = DataColumn::text(code, head);
    columns.insert(1, DataColumn::number("jumlah", "Faskes", "Jumlah faskes"));
    let rows = groups(context, grouping)
        .into_iter()
        .map(|(name, selection)| row(context, name, &selection))
        .filter(|(count, _)| *count > 0)
        .map(|(_, row)| row)
        .collect();
    DataTable {
        name: format!("{id}-{code}"),
        title: format!("Menurut {}", head.to_lowercase()),
        note: "Pembilang dan penyebut dijumlahkan lebih dulu, baru dihitung persennya.".to_owned(),
        caption: context.caption(),
        columns,
        rows,
        totals: Vec::new(),
    }
}

fn words(grouping: Grouping) -> (&'static str, &'static str) {
    match grouping {
        Grouping::Group => ("kelompok", "Kelompok"),
        Grouping::Kind => ("jenis", "Jenis"),
        Grouping::Structure => ("struktur", "Struktur jejaring"),
        Grouping::Village => ("desa", "Desa"),
    }
}

/// Names and members of the groups, in order.
pub(super) fn groups(context: &PageContext<'_>, grouping: Grouping) -> Vec<(String, Selection)> {
    let everyone = || context.everyone();
    let by_words = |word: fn(&crate::domain::Facility) -> Option<&str>| {
        let facilities = context.result().facilities.iter().map(|result| context.facility(result.facility));
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for text in facilities.filter_map(word).filter(|text| !text.is_empty()) {
            found.entry(name_key(text)).or_insert_with(|| text.to_owned());
        }
        found.into_values().collect::<Vec<_>>()
    };
    match grouping {
        Grouping::Group => FacilityGroup::ALL
            .map(|group| (group.label().to_owned(), Selection { group: Some(group), ..everyone() }))
            .to_vec(),
        Grouping::Structure => Structure::ALL
            .map(|structure| (structure.label().to_owned(), Selection { structure: Some(structure), ..everyone() }))
            .to_vec(),
        Grouping::Kind => by_words(|facility| Some(facility.kind.as_str()))
            .into_iter()
            .map(|kind| (kind.clone(), Selection { kind: Some(kind), ..everyone() }))
            .collect(),
        Grouping::Village => by_words(|facility| facility.village.as_deref())
            .into_iter()
            .map(|village| (village.clone(), Selection { village: Some(village), ..everyone() }))
            .collect(),
    }
}

fn row(context: &PageContext<'_>, name: String, selection: &Selection) -> (u32, DataRow) {
    let facilities = context.result().facilities.iter();
    let members: Vec<u32> =
        facilities.map(|result| result.facility).filter(|index| selection.contains(context.facility(*index))).collect();
    let block = context.evaluator.pool(&context.evaluation, &members);
    let before = context.evaluator.pool(&context.previous, &members);
    let whose = Whose::Total(selection.clone());
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    let mut cells = vec![
        DataCell::Text(name),
        DataCell::Count(f64::from(count)),
        context.score_cell(whose.clone(), &block),
        DataCell::Status(context.standing(&block)),
        DataCell::Change(trend_points(block.score, before.score), Better::HigherIsBetter),
    ];
    cells.extend(
        CoachingIndicator::ALL.iter().map(|indicator| context.indicator_cell(whose.clone(), &block, *indicator)),
    );
    (count, DataRow { cells })
}
