//! Maps at the sizes that Puskesmas have: markers and labels apart, numbers with their list, places without coordinates.

use std::sync::Arc;

use super::*;
use crate::domain::Coordinates;
use crate::domain::coordinates::BorderCorner;

fn here(latitude: f64, longitude: f64) -> Coordinates {
    Coordinates::new(latitude, longitude).unwrap()
}

pub(super) fn places() -> impl Strategy<Value = ChartKind> {
    let point = (name(), -11.0_f64..6.0, 95.0_f64..141.0, status()).prop_map(|(name, latitude, longitude, status)| {
        MapPoint { name, place: here(latitude, longitude), status, answer: MarkAnswer::default() }
    });
    let points = proptest::collection::vec(point, 0..24);
    let words = || proptest::collection::vec(name(), 0..12);
    let corner =
        (-180.0_f64..180.0, -90.0_f64..90.0).prop_map(|(longitude, latitude)| BorderCorner { longitude, latitude });
    let borders = proptest::collection::vec(proptest::collection::vec(corner, 0..20), 0..4);
    (points, words(), borders, words()).prop_map(|(points, unplaced, borders, notes)| {
        ChartKind::Map(FacilityMap { points, unplaced, borders: Arc::new(borders), notes })
    })
}

/// Facilities strewn over some villages, several at one spot, with borders that run out of the frame.
fn strewn(facilities: u32) -> Chart {
    let point = |place: u32| {
        let village = place % 6;
        let turn = f64::from(place) * 2.4;
        let away = 0.003 * f64::from(place % 11);
        MapPoint {
            name: facility(place),
            place: here(
                -7.1 - 0.03 * f64::from(village) + away * turn.sin(),
                110.4 + 0.045 * f64::from(village * 5 % 6) + away * turn.cos(),
            ),
            status: Status::ALL[(place * 7 % 5) as usize % Status::ALL.len()],
            answer: MarkAnswer::default(),
        }
    };
    let border = |off: f64| {
        (0..200_u32)
            .map(|corner| {
                let turn = f64::from(corner) / 200.0 * std::f64::consts::TAU;
                let away = off + 0.01 * (turn * 9.0).sin();
                BorderCorner { longitude: 110.5 + away * turn.cos(), latitude: -7.17 + away * turn.sin() }
            })
            .collect()
    };
    small(ChartKind::Map(FacilityMap {
        points: (0..facilities).map(point).collect(),
        unplaced: (0..facilities / 6).map(|place| facility(1000 + place)).collect(),
        borders: Arc::new(vec![border(0.05), border(0.09), border(3.0)]),
        notes: Vec::new(),
    }))
}

#[test]
fn maps_of_any_size_have_no_words_on_each_other_in_any_dress() {
    for size in SIZES {
        for medium in Medium::ALL {
            let chart = strewn(size);
            let drawn = svg(&chart, medium).unwrap();
            well_formed_and_closed(&drawn);
            let width = style::Style::from_medium(medium).width;
            let texts: Vec<PlacedText> =
                texts(&drawn).into_iter().filter(|text| !text.words.trim().is_empty() && text.words != "?").collect();
            assert_eq!(touching(&texts), None, "{size} {medium:?}");
            for text in &texts {
                assert!(text.left >= -0.5 && text.right <= width + 0.5, "{} {size} {medium:?}", text.words);
            }
            let document = Document::parse(&drawn).unwrap();
            let height: f64 = document.root_element().attribute("height").unwrap().parse().unwrap();
            let most = match medium {
                Medium::Projector => 768.0,
                Medium::Print => 1_018.0,
                Medium::Screen | Medium::Narrow => 2_600.0,
            };
            assert!(height <= most, "{size} {medium:?}: {height} px");
            assert_eq!(drawn.matches("class=\"mark\"").count(), size as usize);
        }
    }
}

#[test]
fn maps_on_screen_wall_and_paper() {
    let places = |medium| svg(&strewn(13), medium).unwrap();
    insta::assert_snapshot!("chart_map_layar", places(Medium::Screen));
    insta::assert_snapshot!("chart_map_proyektor", places(Medium::Projector));
    insta::assert_snapshot!("chart_map_cetak", places(Medium::Print));
}

#[test]
fn few_are_named_and_many_are_numbered_with_a_list() {
    let words = |size, medium| -> Vec<String> {
        texts(&svg(&strewn(size), medium).unwrap()).into_iter().map(|text| text.words).collect()
    };
    let one = words(1, Medium::Screen);
    assert!(one.iter().any(|word| word.ends_with("Barat 000")), "{one:?}");
    assert!(!one.iter().any(|word| word == "1"));
    let many = words(200, Medium::Screen);
    for number in [1, 2, 100, 150] {
        let number = number.to_string();
        let stands = many.iter().filter(|word| **word == number).count();
        assert_eq!(stands, 2, "{number} on the map and in the list");
    }
    assert!(many.iter().any(|word| word.starts_with("Tanpa koordinat (33): ")));
    let wall = words(200, Medium::Projector);
    assert!(wall.iter().any(|word| word.contains("titik tanpa nama")), "{wall:?}");
    assert_eq!(table(&strewn(200)).rows.len(), 233);
}

#[test]
fn a_map_of_one_place_has_a_scale_and_says_who_has_none() {
    let point = |name: &str| MapPoint {
        name: name.to_owned(),
        place: here(-7.1, 110.4),
        status: Status::Good,
        answer: MarkAnswer::default(),
    };
    let chart = small(ChartKind::Map(FacilityMap {
        points: vec![point("A"), point("B"), point("C")],
        unplaced: vec!["Apotek <b>".to_owned()],
        borders: Arc::default(),
        notes: vec!["Batas wilayah tidak digambar.".to_owned()],
    }));
    let drawn = svg(&chart, Medium::Screen).unwrap();
    let words: Vec<String> = texts(&drawn).into_iter().map(|text| text.words).collect();
    for there in ["A", "B", "C", "Tanpa koordinat (1): Apotek <b>", "Batas wilayah tidak digambar."] {
        assert!(words.iter().any(|word| word == there), "{there}: {words:?}");
    }
    assert!(words.iter().any(|word| word.ends_with("; utara di atas")), "{words:?}");
    let rows: Vec<String> = table(&chart).rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(rows[0], "A|Baik|-7,10000|110,40000");
    assert_eq!(rows[3], "Apotek <b>|–|belum ada koordinat|belum ada koordinat");
}
