//! Charts of lines at the sizes that Puskesmas have: two periods of every facility, causes from many to few.

use super::*;

/// Facilities with missing, zero and over-100 figures, and with small denominators.
fn pairs(facilities: u32) -> Chart {
    let row = |place: u32| DumbbellRow {
        name: facility(place),
        before: (place % 5 != 3).then(|| f64::from(place * 37 % 130)),
        now: (place % 7 != 2).then(|| f64::from(place * 53 % 130)),
        is_before_small: place % 4 == 1,
        is_now_small: place % 6 == 1,
        answer: MarkAnswer::default(),
    };
    small(ChartKind::Dumbbell(Dumbbell {
        unit: "%".to_owned(),
        before: "C2 2022".to_owned(),
        now: "C2 2023".to_owned(),
        target: Some(TargetLine { value: 91.0, label: "target 91 %".to_owned() }),
        rows: (0..facilities).map(row).collect(),
        total: DumbbellRow { name: "Semua faskes".to_owned(), ..row(0) },
    }))
}

fn causes(count: u32) -> Chart {
    let row = |place: u32| ParetoRow { name: facility(place), count: place % 17, answer: MarkAnswer::default() };
    small(ChartKind::Pareto(Pareto { noun: "faskes".to_owned(), rows: (0..=count).map(row).collect() }))
}

#[test]
fn lists_of_any_size_have_no_words_on_each_other_in_any_dress() {
    for size in SIZES {
        for chart in [pairs(size), causes(size)] {
            for medium in Medium::ALL {
                let drawn = svg(&chart, medium).unwrap();
                well_formed_and_closed(&drawn);
                let width = style::Style::from_medium(medium).width;
                let texts: Vec<PlacedText> =
                    texts(&drawn).into_iter().filter(|text| !text.words.trim().is_empty()).collect();
                assert_eq!(touching(&texts), None, "{size} {medium:?}");
                for text in texts {
                    assert!(text.left >= -0.5 && text.right <= width + 0.5, "{} {size} {medium:?}", text.words);
                }
            }
        }
    }
}

#[test]
fn two_periods_stand_by_the_later_figure_with_the_total_last() {
    let drawn = svg(&pairs(13), Medium::Screen).unwrap();
    assert_eq!(drawn.matches("class=\"mark\"").count(), 14);
    let rows = table(&pairs(13)).rows;
    let last: Vec<&str> = rows.iter().rev().take(3).map(|row| row[2].as_str()).collect();
    // The total, then those without the later figure.
    assert_eq!(last, ["0,0 %", "belum ada data", "belum ada data"]);
    assert!(rows.iter().any(|row| row[1].ends_with("(penyebut kecil)")), "{rows:?}");
    assert!(rows.iter().all(|row| row[3] != "–" || row[1] == "belum ada data" || row[2] == "belum ada data"));
    assert!(drawn.contains("* penyebut di bawah 10") && drawn.contains("– belum ada data atau tidak berlaku"));
}

#[test]
fn a_missing_period_is_no_point_and_no_change() {
    let row = |before, now| DumbbellRow {
        name: "A".to_owned(),
        before,
        now,
        is_before_small: false,
        is_now_small: false,
        answer: MarkAnswer::default(),
    };
    let said = |before, now| dumbbell::change(&row(before, now));
    assert_eq!(said(None, Some(50.0)), "–");
    assert_eq!(said(Some(f64::NAN), Some(50.0)), "–");
    assert_eq!(said(Some(0.0), Some(50.0)), "+50,0");
    assert_eq!(said(Some(120.0), Some(0.0)), "−120,0");
    assert_eq!(said(Some(50.0), Some(50.04)), "tetap");
}

#[test]
fn the_few_that_make_up_most_are_told_and_the_rest_is_summed() {
    let row = |name: &str, count| ParetoRow { name: name.to_owned(), count, answer: MarkAnswer::default() };
    let rows = vec![row("SOP", 1), row("Sarana", 6), row("Nihil", 0), row("Ketenagaan", 3)];
    let chart = small(ChartKind::Pareto(Pareto { noun: "aspek".to_owned(), rows }));
    let rows: Vec<String> = table(&chart).rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(rows, ["Sarana|6|60,0 %", "Ketenagaan|3|90,0 %", "SOP|1|100,0 %"]);
    let drawn = svg(&chart, Medium::Screen).unwrap();
    assert!(drawn.contains("Terisi penuh: 2 aspek teratas, bersama 90,0 % dari semua"), "{drawn}");
    let many = svg(&causes(200), Medium::Screen).unwrap();
    assert!(many.contains("faskes lain bersama"), "{many}");
    assert!(table(&causes(200)).rows.len() > 100);
}
