//! Counts since January: the months' own counts follow from them, whatever the order of files and corrections.

use proptest::prelude::*;
use simpul::domain::facts::FactKey;
use simpul::domain::records::{AchievementRow, Field, Recap, Rows, Sourced};
use simpul::domain::{Received, Table};
use simpul::store::{By, Store};

use super::{ABCDE, File, achievement, at, bare, facts, in_month, month, recap, store};

/// A month's row with a count since January.
fn row(number: u32, own: Option<f64>, since_january: Option<f64>) -> AchievementRow {
    AchievementRow { accumulated: since_january, ..achievement("Apotek Alvi", "K6", month(number), (own, Some(60.0))) }
}

fn of_month(row: AchievementRow) -> Recap {
    recap(in_month(row.month.month()), Rows::Achievements(bare(vec![row])))
}

fn numerators(store: &Store) -> Vec<Option<f64>> {
    facts(store).achievements.numerator
}

#[test]
fn the_months_own_count_follows_once_the_month_before_is_there() {
    let store = store();
    File::new("mei", vec![of_month(row(5, None, Some(35.0)))]).accept(&store);
    assert_eq!(numerators(&store), [None]);
    assert_eq!(facts(&store).achievements.denominator, [Some(60.0)]);
    File::new("april", vec![of_month(row(4, None, Some(28.0)))]).accept(&store);
    assert_eq!(numerators(&store), [None, Some(7.0)]);
    let corrected = File::new("april betul", vec![of_month(row(4, None, Some(30.0)))]).accept(&store);
    assert_eq!(numerators(&store), [None, Some(5.0)]);
    File::new("april blank", vec![of_month(row(4, None, None))]).accept(&store);
    assert_eq!(numerators(&store), [None, Some(5.0)], "a blank erases nothing");
    store.undo(corrected.batch, By::command_line("budi", super::now())).unwrap();
    assert_eq!(numerators(&store), [None, Some(7.0)]);
    File::new("april lebih", vec![of_month(row(4, None, Some(36.0)))]).accept(&store);
    assert_eq!(numerators(&store), [None, None], "a count that fell is no number");
}

#[test]
fn a_months_own_count_goes_before_the_difference() {
    let store = store();
    File::new("januari", vec![of_month(row(1, None, Some(7.0)))]).accept(&store);
    File::new("februari", vec![of_month(row(2, None, Some(15.0)))]).accept(&store);
    assert_eq!(numerators(&store), [Some(7.0), Some(8.0)]);
    File::new("februari sendiri", vec![of_month(row(2, Some(9.0), None))]).accept(&store);
    assert_eq!(numerators(&store), [Some(7.0), Some(9.0)]);
}

#[test]
fn a_number_that_a_later_version_reads_otherwise_is_not_both() {
    let store = store();
    let year = |number, own, since| {
        let rows =
            vec![row(number, own, since), row(number + 1, own.map(|own| own + 7.0), since.map(|count| count + 7.0))];
        recap(Received::Year(2023), Rows::Achievements(bare(rows)))
    };
    File::new("tahun", vec![year(4, None, Some(28.0))]).accept(&store);
    assert_eq!((numerators(&store), facts(&store).achievements.accumulated.len()), (vec![None, Some(7.0)], 2));
    File::new("bukan kumulatif", vec![year(4, Some(28.0), None)]).accept(&store);
    assert_eq!((numerators(&store), facts(&store).achievements.accumulated.len()), (vec![Some(28.0), Some(35.0)], 0));
    let counted = store.counted_facts(ABCDE).unwrap();
    assert_eq!(counted.place(Table::Achievements, 0).unwrap().file, "bukan kumulatif");
    File::new("kumulatif lagi", vec![year(4, None, Some(28.0))]).accept(&store);
    assert_eq!((numerators(&store), facts(&store).achievements.accumulated.len()), (vec![None, Some(7.0)], 2));
    // A recap of another span says its own.
    File::new("april", vec![of_month(row(4, Some(28.0), None))]).accept(&store);
    assert_eq!(numerators(&store), [Some(28.0), Some(7.0)]);
}

#[test]
fn a_difference_is_traced_to_both_counts() {
    let store = store();
    let sourced = |number, count, line| {
        let cells = vec![at(Field::Accumulated, line, 3), at(Field::Denominator, line, 2)];
        let rows = Rows::Achievements(vec![Sourced { record: row(number, None, Some(count)), cells }]);
        recap(in_month(number), rows)
    };
    File::new("april", vec![sourced(4, 28.0, 9)]).accept(&store);
    File::new("mei", vec![sourced(5, 35.0, 11)]).accept(&store);
    let traced = |number| {
        let traced = store.trace(ABCDE, "Apotek Alvi", &FactKey::Achievement("K6".into(), month(number))).unwrap();
        let one = |field: &simpul::store::TracedField| {
            format!("{} {} {} {}", field.field.label(), field.value, field.file_name, field.place.sheet_and_cell().1)
        };
        traced.iter().map(one).collect::<Vec<_>>()
    };
    let may = ["Sasaran 60 mei C11", "Capaian kumulatif 35 mei D11", "Capaian kumulatif 28 (s/d April 2023) april D9"];
    assert_eq!(traced(5), may);
    assert_eq!(traced(4), ["Sasaran 60 april C9", "Capaian kumulatif 28 april D9"]);
    let counted = store.counted_facts(ABCDE).unwrap();
    let place = |index| counted.place(Table::Achievements, index).unwrap();
    assert_eq!((place(1).file, place(1).cell.as_deref()), ("mei", Some("D11")));
}

/// Recaps of the months, some corrected later, with the counts that hold in the end.
fn files(months: Vec<(u32, Option<u32>)>) -> (Vec<(String, Recap)>, Vec<u32>) {
    let (mut files, mut held) = (Vec::new(), Vec::new());
    for (number, (first, corrected)) in (1..).zip(months) {
        let mut add =
            |name: String, count: u32| files.push((name, of_month(row(number, None, Some(f64::from(count))))));
        add(format!("{number}"), first);
        if let Some(count) = corrected {
            add(format!("{number} betul"), count);
        }
        held.push(corrected.unwrap_or(first));
    }
    (files, held)
}

fn months() -> impl Strategy<Value = (Vec<(String, Recap)>, Vec<u32>)> {
    prop::collection::vec((0_u32..60, prop::option::of(0_u32..60)), 1..=6).prop_map(files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Each month is the difference of the counts that hold, in whatever order the months came (a correction comes
    /// after what it corrects), and importing all of it again changes nothing.
    #[test]
    fn months_follow_from_the_counts_that_hold(
        ((files, held), order) in months().prop_flat_map(|(files, held)| {
            let order: Vec<usize> = (0..held.len()).collect();
            (Just((files, held)), Just(order).prop_shuffle())
        })
    ) {
        let store = store();
        for number in order {
            let of_number = |name: &str| name.split(' ').next() == Some(&format!("{}", number + 1));
            for (name, recap) in files.iter().filter(|(name, _)| of_number(name)) {
                File::new(name, vec![recap.clone()]).accept(&store);
            }
        }
        let mut before = 0;
        let expected: Vec<Option<f64>> = held
            .iter()
            .map(|count| {
                let own = count.checked_sub(before).map(f64::from);
                before = *count;
                own
            })
            .collect();
        prop_assert_eq!(numerators(&store), expected);
        let all = facts(&store);
        for (name, recap) in &files {
            File::new(name, vec![recap.clone()]).accept_new(&store);
        }
        prop_assert_eq!(facts(&store), all);
    }
}
