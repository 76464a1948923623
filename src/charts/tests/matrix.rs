//! The older kinds of chart at the sizes that Puskesmas have, in every dress: nothing lies on anything, everything can be
//! opened as a picture.

use super::*;

/// Missing, zero, over 100 and between.
fn figure(place: u32) -> Option<f64> {
    match place % 5 {
        0 => None,
        1 => Some(0.0),
        2 => Some(100.0 + f64::from(place)),
        _ => Some(f64::from(place * 37 % 100)),
    }
}

fn bars_of(facilities: u32) -> ChartKind {
    let bar = |place: u32| Bar {
        name: facility(place),
        value: figure(place),
        status: Status::ALL[place as usize % Status::ALL.len()],
        answer: MarkAnswer::default(),
    };
    let target = Some(TargetLine { value: 91.0, label: "target Baik 91".to_owned() });
    ChartKind::Bars(Bars { unit: "%".to_owned(), target, bars: (0..facilities).map(bar).collect() })
}

fn months_of(facilities: u32) -> ChartKind {
    let cell = |place: u32, month: u32| {
        let most = (place + month) % 5;
        let mark = |off: u32| VisitMark::ALL[((place + month + off) as usize) % VisitMark::ALL.len()];
        HeatCell { marks: (0..most).map(mark).collect(), detail: facility(place) }
    };
    let row = |place: u32| HeatRow {
        name: facility(place),
        cells: (0..12).map(|month| cell(place, month)).collect(),
        answer: MarkAnswer::default(),
    };
    let months = format::MONTHS_SHORT.map(ToOwned::to_owned).to_vec();
    ChartKind::HeatMap(HeatMap { months, rows: (0..facilities).map(row).collect() })
}

fn pws_matrix(facilities: u32) -> ChartKind {
    let column = |place: u32| PwsColumn {
        name: facility(place),
        cumulative: figure(place),
        this_month: figure(place + 1),
        last_month: figure(place + 3),
        trend: [None, Some(PwsTrend::Rising), Some(PwsTrend::Falling), Some(PwsTrend::Level)][place as usize % 4],
        answer: MarkAnswer::default(),
    };
    ChartKind::Pws(Pws {
        month: 8,
        targets: PwsTargets::Flat(95.0),
        columns: (0..facilities).map(column).collect(),
        total: PwsColumn { name: "PUSKESMAS".to_owned(), ..column(3) },
    })
}

/// As many lines as facilities, over two years of months.
fn lines_of(facilities: u32) -> ChartKind {
    let series = |place: u32| Series {
        name: facility(place),
        values: (0..24).map(|month| figure(place + month)).collect(),
        emphasis: if place == 0 { Emphasis::Main } else { Emphasis::Context },
        answers: Vec::new(),
    };
    ChartKind::Trend(TrendChart {
        unit: "%".to_owned(),
        periods: (0..24).map(|month| format!("{} {}", format::MONTHS_SHORT[month % 12], 2022 + month / 12)).collect(),
        target: Some(TargetLine { value: 91.0, label: "target Baik 91".to_owned() }),
        series: (0..facilities).map(series).collect(),
    })
}

#[test]
fn older_kinds_of_any_size_have_no_words_on_each_other_in_any_dress() {
    let kinds: [fn(u32) -> ChartKind; 4] = [bars_of, months_of, pws_matrix, lines_of];
    for size in SIZES {
        for kind in kinds {
            let chart = small(kind(size));
            for medium in Medium::ALL {
                let drawn = svg(&chart, medium).unwrap();
                well_formed_and_closed(&drawn);
                let width = style::Style::from_medium(medium).width;
                let texts: Vec<PlacedText> = texts(&drawn)
                    .into_iter()
                    .filter(|text| !text.turned && !text.words.trim().is_empty() && text.words != "?")
                    .collect();
                let name = format!("{chart:?}").split('(').nth(1).unwrap_or_default().to_owned();
                // Values beside the points of a trend may come close to each other where lines meet.
                if !matches!(chart.kind, ChartKind::Trend(_)) {
                    assert_eq!(touching(&texts), None, "{name} {size} {medium:?}");
                }
                for text in &texts {
                    assert!(text.left >= -0.5 && text.right <= width + 0.5, "{} {size} {medium:?}", text.words);
                }
                assert!(fitting_scale(&drawn, 2.0) > 0.9, "{size} {medium:?}");
            }
        }
    }
}
