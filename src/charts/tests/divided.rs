//! Charts that divide: slots stacked by their states, a year in small charts, at the sizes that Puskesmas have.

use super::*;

pub(super) fn slots() -> impl Strategy<Value = ChartKind> {
    let row = (name(), proptest::array::uniform8(prop_oneof![2 => Just(0_u32), 3 => 0_u32..40]))
        .prop_map(|(name, counts)| SlotBar { name, counts, answer: MarkAnswer::default() });
    (name(), proptest::collection::vec(row, 0..24))
        .prop_map(|(noun, rows)| ChartKind::SlotBars(SlotBars { noun, rows }))
}

pub(super) fn months() -> impl Strategy<Value = ChartKind> {
    let panel = (name(), proptest::array::uniform12(value().boxed()), 0.0_f64..120.0, any::<bool>(), any::<bool>())
        .prop_map(|(name, values, annual, monthly, is_small)| SmallPanel {
            name,
            values,
            targets: if monthly { growing(annual) } else { PwsTargets::Flat(annual) },
            is_small,
            answer: MarkAnswer::default(),
        });
    (name(), 1_u32..=12, proptest::collection::vec(panel, 0..20))
        .prop_map(|(noun, until, panels)| ChartKind::SmallMultiples(SmallMultiples { noun, until, panels }))
}

fn growing(annual: f64) -> PwsTargets {
    PwsTargets::Monthly([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|month| annual * f64::from(month) / 12.0))
}

/// Facilities whose slots are in every state, some without any.
fn planned(facilities: u32) -> Chart {
    let row = |place: u32| SlotBar {
        name: facility(place),
        counts: std::array::from_fn(|state| match (place % 6, u32::try_from(state).unwrap_or(0)) {
            (5, _) => 0,
            (kind, state) => (place * 7 + state * 5 + kind) % 4,
        }),
        answer: MarkAnswer::default(),
    };
    small(ChartKind::SlotBars(SlotBars { noun: "faskes".to_owned(), rows: (0..facilities).map(row).collect() }))
}

/// Facilities with gaps, zeros, figures over 100 and over the scale, small denominators, and one that never reported.
fn years(facilities: u32) -> Chart {
    let panel = |place: u32| SmallPanel {
        name: facility(place),
        values: std::array::from_fn(|month| {
            let month = u32::try_from(month).unwrap_or(0);
            match place % 7 {
                6 => None,
                _ if (month + place) % 5 == 3 => None,
                5 => Some(0.0),
                4 => Some(f64::from(month) * 45.0),
                kind => Some(f64::from(month + 1) * (4.0 + f64::from(kind) * 4.5)),
            }
        }),
        targets: growing(95.0),
        is_small: place % 4 == 1,
        answer: MarkAnswer::default(),
    };
    let panels = (0..facilities).map(panel).collect();
    small(ChartKind::SmallMultiples(SmallMultiples { noun: "faskes".to_owned(), until: 8, panels }))
}

#[test]
fn divided_charts_of_any_size_have_no_words_on_each_other_in_any_dress() {
    for size in SIZES {
        for chart in [planned(size), years(size)] {
            for medium in Medium::ALL {
                let drawn = svg(&chart, medium).unwrap();
                well_formed_and_closed(&drawn);
                let width = style::Style::from_medium(medium).width;
                let texts: Vec<PlacedText> =
                    texts(&drawn).into_iter().filter(|text| !text.words.trim().is_empty()).collect();
                assert_eq!(touching(&texts), None, "{size} {medium:?}");
                for text in &texts {
                    assert!(text.left >= -0.5 && text.right <= width + 0.5, "{} {size} {medium:?}", text.words);
                }
                let document = Document::parse(&drawn).unwrap();
                let height: f64 = document.root_element().attribute("height").unwrap().parse().unwrap();
                if medium == Medium::Projector {
                    assert!(height <= 768.0, "{size}: {height} px do not fit a wall");
                }
                assert!(fitting_scale(&drawn, 2.0) > 0.9, "{size} {medium:?}: {height}");
            }
        }
    }
}

#[test]
fn divided_charts_on_screen_wall_and_paper() {
    let slots = |medium| svg(&planned(6), medium).unwrap();
    insta::assert_snapshot!("chart_slots_layar", slots(Medium::Screen));
    insta::assert_snapshot!("chart_slots_proyektor", slots(Medium::Projector));
    insta::assert_snapshot!("chart_slots_cetak", slots(Medium::Print));
    let months = |medium| svg(&years(8), medium).unwrap();
    insta::assert_snapshot!("chart_small_multiples_layar", months(Medium::Screen));
    insta::assert_snapshot!("chart_small_multiples_proyektor", months(Medium::Projector));
    insta::assert_snapshot!("chart_small_multiples_cetak", months(Medium::Print));
}

/// The looks of all states of slots: legends of charts with one state each, without its word.
#[test]
fn every_state_of_slots_looks_different_without_colour() {
    let looks: Vec<String> = (0..SlotState::ALL.len())
        .map(|place| {
            let mut counts = [0; SlotState::ALL.len()];
            counts[place] = 1;
            let rows = vec![SlotBar { name: "A".to_owned(), counts, answer: MarkAnswer::default() }];
            let chart = small(ChartKind::SlotBars(SlotBars { noun: "faskes".to_owned(), rows }));
            let drawn = svg(&chart, Medium::Print).unwrap();
            let legend = drawn.split(SlotState::ALL[place].label()).next().unwrap().to_owned();
            let shapes: Vec<&str> =
                legend.lines().filter(|line| !line.contains("<text") || line.contains('?')).collect();
            shapes.join("\n")
        })
        .collect();
    for (place, look) in looks.iter().enumerate() {
        assert!(!looks[place + 1..].contains(look), "{:?}", SlotState::ALL[place]);
    }
}

#[test]
fn numbers_of_slots_stand_in_bars_that_hold_them_and_in_the_table_always() {
    let counts = [60, 0, 1, 0, 12, 0, 0, 0];
    let rows = vec![
        SlotBar { name: "Jan".to_owned(), counts, answer: MarkAnswer::default() },
        SlotBar { name: "Feb".to_owned(), counts: [0; 8], answer: MarkAnswer::default() },
    ];
    let chart = small(ChartKind::SlotBars(SlotBars { noun: "bulan".to_owned(), rows }));
    let drawn = svg(&chart, Medium::Screen).unwrap();
    let words: Vec<String> = texts(&drawn).into_iter().map(|text| text.words).collect();
    for there in ["60", "12", "73", "61 dari 73", "tidak ada jadwal"] {
        assert!(words.iter().any(|word| word == there), "{there}: {words:?}");
    }
    assert!(!words.iter().any(|word| word == "1"), "no room for it: {words:?}");
    let table = table(&chart);
    assert_eq!(table.heads, ["Bulan", "Sesuai jadwal", "Terlambat", "Tidak terlaksana", "Jumlah jadwal", "Terlaksana"]);
    assert_eq!(table.rows[0], ["Jan", "60", "1", "12", "73", "61 dari 73"]);
    assert_eq!(table.rows[1], ["Feb", "0", "0", "0", "0", "–"], "nothing planned is not nothing done");
}

#[test]
fn months_without_a_report_break_the_line_and_are_no_zero() {
    let panel = |values: &[Option<f64>]| {
        let mut year = [None; 12];
        year[..values.len()].copy_from_slice(values);
        SmallPanel {
            name: "A".to_owned(),
            values: year,
            targets: PwsTargets::Flat(80.0),
            is_small: true,
            answer: MarkAnswer::default(),
        }
    };
    let chart = |panel: SmallPanel| {
        small(ChartKind::SmallMultiples(SmallMultiples { noun: "faskes".to_owned(), until: 4, panels: vec![panel] }))
    };
    let lines = |chart: &Chart| {
        let drawn = svg(chart, Medium::Screen).unwrap();
        drawn.matches("<polyline").count()
    };
    let whole = chart(panel(&[Some(10.0), Some(20.0), Some(30.0), Some(40.0)]));
    let broken = chart(panel(&[Some(10.0), Some(20.0), None, Some(40.0)]));
    let empty = chart(panel(&[]));
    assert_eq!(lines(&whole), lines(&broken), "one line each; the point after the gap stands alone");
    assert_eq!(lines(&empty) + 1, lines(&whole));
    assert!(svg(&empty, Medium::Screen).unwrap().contains(">belum lapor<"));
    let drawn = svg(&broken, Medium::Screen).unwrap();
    assert!(drawn.contains(">40,0 %*<") && drawn.contains("* penyebut di bawah 10"), "{drawn}");
    let rows = table(&broken).rows;
    assert_eq!(rows[0], ["A", "10,0 %", "20,0 %", "belum lapor", "40,0 % (penyebut kecil)", "80,0 %"]);
}

#[test]
fn a_wall_shows_the_first_and_says_how_many_are_not_drawn() {
    let said = |chart: &Chart, medium| {
        let words: Vec<String> = texts(&svg(chart, medium).unwrap()).into_iter().map(|text| text.words).collect();
        words.join(" ")
    };
    assert!(said(&planned(60), Medium::Projector).contains("… 50 faskes lain tidak digambar"));
    assert!(said(&years(60), Medium::Projector).contains("… 48 faskes lain tidak digambar"));
    assert!(said(&years(200), Medium::Screen).contains("… 140 faskes lain tidak digambar"));
    assert!(!said(&years(12), Medium::Projector).contains("tidak digambar"));
    assert_eq!(table(&years(200)).rows.len(), 200);
    let beyond = svg(&years(13), Medium::Screen).unwrap();
    assert!(
        beyond.contains("segitiga di tepi atas: lebih dari 200 %") && beyond.contains(">315,0 %"),
        "over the scale"
    );
}

#[test]
fn a_row_without_a_name_gets_no_dots_beside_the_sheet() {
    let row = SlotBar { name: "   ".to_owned(), counts: [23, 23, 32, 0, 2, 0, 0, 13], answer: MarkAnswer::default() };
    let chart = small(ChartKind::SlotBars(SlotBars { noun: "faskes".to_owned(), rows: vec![row] }));
    for medium in Medium::ALL {
        let svg = svg(&chart, medium).unwrap();
        assert!(!svg.contains('…'), "{medium:?}");
    }
}
