//! Holds for every chart, whatever its texts and numbers are.

use proptest::prelude::*;
use resvg::usvg::roxmltree::{Document, Node};

use super::text::{self, Weight};
use super::*;
use crate::domain::{SlotState, Status, format};

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"'&<>]]> --> <!-- &amp; &#0;",
    "\u{202E}desrever\u{202C} \u{200F}x\u{2067}y",
    "nol\u{0}bel\u{7}es\u{1B}[31m\u{FFFE}\u{FFFF}",
    "baris\nbaru\tdan\r\nlain",
    "",
    "   ",
    "url(#x) href='https://example.org/' xlink:href=\"file:///etc/passwd\"",
];

/// Facilities that Puskesmas have, from one to the most.
const SIZES: [u32; 4] = [1, 13, 60, 200];

/// Name of a facility: long ones that differ at their end, and every ninth a hostile one.
fn facility(place: u32) -> String {
    match place % 9 {
        8 => HOSTILE[(place / 9) as usize % HOSTILE.len()].to_owned(),
        _ => format!("Posyandu Dahlia Sukomakmur Barat {place:03}"),
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z]{2,12}( [A-Za-z.]{1,14}){0,3}",
        2 => proptest::sample::select(&HOSTILE[..]).prop_map(ToOwned::to_owned),
        1 => ".{0,220}",
        1 => "[A-Z]{200}",
    ]
}

fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![6 => (0.0_f64..100.0).prop_map(Some), 1 => (100.0_f64..250.0).prop_map(Some), 1 => Just(Some(0.0)), 2 => Just(None), 1 => Just(Some(f64::NAN))]
}

fn status() -> impl Strategy<Value = Status> {
    proptest::sample::select(&Status::ALL[..])
}

fn bars() -> impl Strategy<Value = ChartKind> {
    let bar = (name(), value(), status()).prop_map(|(name, value, status)| Bar {
        name,
        value,
        status,
        answer: MarkAnswer::default(),
    });
    (proptest::collection::vec(bar, 0..16), proptest::option::of(0.0_f64..120.0), name()).prop_map(
        |(bars, target, label)| {
            let target = target.map(|value| TargetLine { value, label });
            ChartKind::Bars(Bars { unit: String::new(), target, bars })
        },
    )
}

fn heat_map() -> impl Strategy<Value = ChartKind> {
    let marks = proptest::collection::vec(proptest::sample::select(&VisitMark::ALL[..]), 0..4);
    let cell = (marks, name()).prop_map(|(marks, detail)| HeatCell { marks, detail });
    let row = (name(), proptest::collection::vec(cell, 12)).prop_map(|(name, cells)| HeatRow {
        name,
        cells,
        answer: MarkAnswer::default(),
    });
    proptest::collection::vec(row, 0..8).prop_map(|rows| {
        ChartKind::HeatMap(HeatMap { months: format::MONTHS_SHORT.map(ToOwned::to_owned).to_vec(), rows })
    })
}

fn trend() -> impl Strategy<Value = ChartKind> {
    let emphasis = prop_oneof![Just(Emphasis::Main), Just(Emphasis::Context)];
    (1_usize..14).prop_flat_map(move |periods| {
        let series = (name(), proptest::collection::vec(value(), periods), emphasis.clone())
            .prop_map(|(name, values, emphasis)| Series { name, values, emphasis, answers: Vec::new() });
        let heads = proptest::collection::vec("[A-Z][1-3] 20[0-9]{2}", periods);
        (heads, proptest::collection::vec(series, 0..6), proptest::option::of((0.0_f64..100.0, name()))).prop_map(
            |(periods, series, target)| {
                let target = target.map(|(value, label)| TargetLine { value, label });
                ChartKind::Trend(TrendChart { unit: String::new(), periods, target, series })
            },
        )
    })
}

fn column() -> impl Strategy<Value = PwsColumn> {
    let trend =
        proptest::option::of(proptest::sample::select(&[PwsTrend::Rising, PwsTrend::Falling, PwsTrend::Level][..]));
    (name(), value(), value(), value(), trend).prop_map(|(name, cumulative, this_month, last_month, trend)| PwsColumn {
        name,
        cumulative,
        this_month,
        last_month,
        trend,
        answer: MarkAnswer::default(),
    })
}

fn pws() -> impl Strategy<Value = ChartKind> {
    let targets = (0.0_f64..120.0, any::<bool>()).prop_map(|(annual, monthly)| {
        if monthly {
            PwsTargets::Monthly([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|month| annual * f64::from(month) / 12.0))
        } else {
            PwsTargets::Flat(annual)
        }
    });
    (1_u32..=12, targets, proptest::collection::vec(column(), 0..30), column())
        .prop_map(|(month, targets, columns, total)| ChartKind::Pws(Pws { month, targets, columns, total }))
}

fn radar() -> impl Strategy<Value = ChartKind> {
    let axis = (name(), value(), 0.0_f64..100.0).prop_map(|(name, value, target)| RadarAxis {
        name,
        value,
        target,
        answer: MarkAnswer::default(),
    });
    (name(), proptest::collection::vec(axis, 0..11))
        .prop_map(|(name, axes)| ChartKind::Radar(Radar { name, axes, words: RadarWords::TARGETS }))
}

fn dumbbell() -> impl Strategy<Value = ChartKind> {
    let row = || {
        (name(), value(), value(), any::<bool>()).prop_map(|(name, before, now, small)| DumbbellRow {
            name,
            before,
            now,
            is_before_small: small,
            is_now_small: !small,
            answer: MarkAnswer::default(),
        })
    };
    let target = proptest::option::of((0.0_f64..120.0, name()));
    (name(), name(), target, proptest::collection::vec(row(), 0..16), row()).prop_map(
        |(before, now, target, rows, total)| {
            let target = target.map(|(value, label)| TargetLine { value, label });
            ChartKind::Dumbbell(Dumbbell { unit: "%".to_owned(), before, now, target, rows, total })
        },
    )
}

fn pareto() -> impl Strategy<Value = ChartKind> {
    let row = (name(), 0_u32..5000).prop_map(|(name, count)| ParetoRow { name, count, answer: MarkAnswer::default() });
    (name(), proptest::collection::vec(row, 0..40)).prop_map(|(noun, rows)| ChartKind::Pareto(Pareto { noun, rows }))
}

fn chart() -> impl Strategy<Value = Chart> {
    // Boxed: all of them by value overflow the stack of a test.
    let kind = prop_oneof![
        bars().boxed(),
        heat_map().boxed(),
        trend().boxed(),
        pws().boxed(),
        radar().boxed(),
        dumbbell().boxed(),
        pareto().boxed(),
        divided::slots().boxed(),
        divided::months().boxed(),
        mapped::places().boxed()
    ];
    (name(), name(), name(), name(), kind).prop_map(|(title, subtitle, source, description, kind)| Chart {
        title,
        subtitle,
        source,
        description,
        kind,
    })
}

/// A text as it stands on the sheet: its words, edges and whether it is turned.
struct PlacedText {
    words: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    turned: bool,
}

fn placed(node: Node<'_, '_>) -> PlacedText {
    let attribute = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let words = node.text().unwrap_or("").to_owned();
    let size = attribute("font-size");
    let weight = if node.has_attribute("font-weight") { Weight::Bold } else { Weight::Regular };
    let x = attribute("x");
    let width = text::width(&words, size, weight);
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    PlacedText { left, right: left + width, base: attribute("y"), size, turned: node.has_attribute("transform"), words }
}

fn texts(svg: &str) -> Vec<PlacedText> {
    let document = Document::parse(svg).unwrap();
    document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .map(placed)
        .collect()
}

fn well_formed_and_closed(svg: &str) {
    let document = Document::parse(svg).unwrap();
    for node in document.descendants().filter(Node::is_element) {
        let tag = node.tag_name().name();
        let known = ["svg", "title", "desc", "path", "g", "rect", "polyline", "polygon", "circle", "text"];
        assert!(known.contains(&tag), "{tag}");
        for attribute in node.attributes() {
            assert!(attribute.name() != "href" && !attribute.name().starts_with("on"), "{}", attribute.name());
            if attribute.value().contains("url(") && attribute.name() != "aria-label" {
                assert!(attribute.value().starts_with("url(#c"), "{}", attribute.value());
            }
        }
    }
}

/// Every number of the chart that the picture must show.
fn numbers(kind: &ChartKind) -> Vec<f64> {
    let values: Vec<Option<f64>> = match kind {
        ChartKind::Bars(bars) => bars.bars.iter().map(|bar| bar.value).collect(),
        ChartKind::Pws(pws) => {
            let columns = pws.columns.iter().chain([&pws.total]);
            columns.flat_map(|column| [column.cumulative, column.this_month, column.last_month]).collect()
        }
        ChartKind::Radar(radar) => radar.axes.iter().map(|axis| axis.value).collect(),
        ChartKind::Dumbbell(pairs) => {
            pairs.rows.iter().chain([&pairs.total]).flat_map(|row| [row.before, row.now]).collect()
        }
        // A month's figure is written; where more small charts are than the medium draws, the table has it.
        ChartKind::SmallMultiples(small) if small.panels.len() <= 12 => {
            small.panels.iter().map(|panel| panel.values[small.until as usize - 1]).collect()
        }
        ChartKind::HeatMap(_)
        | ChartKind::Trend(_)
        | ChartKind::Pareto(_)
        | ChartKind::SlotBars(_)
        | ChartKind::Map(_)
        | ChartKind::SmallMultiples(_) => Vec::new(),
    };
    values.into_iter().flatten().filter(|value| value.is_finite()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_breaks_a_chart(chart in chart(), medium in proptest::sample::select(&Medium::ALL[..])) {
        let drawn = svg(&chart, medium).unwrap();
        well_formed_and_closed(&drawn);
        prop_assert_eq!(&drawn, &svg(&chart, medium).unwrap());

        let least = if medium == Medium::Projector { 20.0 } else { 12.0 };
        let width = style::Style::from_medium(medium).width;
        let texts = texts(&drawn);
        for text in &texts {
            prop_assert!(text.size >= least || text.words == "?", "{} at {}", text.words, text.size);
            prop_assert!(text.turned || (text.left >= -0.5 && text.right <= width + 0.5), "{} from {} to {}", text.words, text.left, text.right);
        }
        for number in numbers(&chart.kind) {
            let words = format::percent(number);
            prop_assert!(texts.iter().any(|text| text.words.contains(&words)), "{words} is not shown");
        }
    }

    #[test]
    fn the_table_is_square_and_says_every_number(chart in chart()) {
        let table = table(&chart);
        for row in &table.rows {
            prop_assert_eq!(row.len(), table.heads.len());
        }
        for number in numbers(&chart.kind) {
            let words = format::percent(number);
            prop_assert!(table.rows.iter().flatten().any(|cell| cell.contains(&words)), "{words} is not in the table");
        }
    }

    #[test]
    fn texts_do_not_lie_on_each_other(chart in chart(), medium in proptest::sample::select(&Medium::ALL[..])) {
        let drawn = svg(&chart, medium).unwrap();
        let texts: Vec<PlacedText> = texts(&drawn).into_iter().filter(|text| !text.turned && !text.words.trim().is_empty()).collect();
        // Values beside the points of a trend may come close to each other where lines meet.
        let found = if matches!(chart.kind, ChartKind::Trend(_)) { None } else { touching(&texts) };
        prop_assert_eq!(found, None, "in {:?}", medium);
    }
}

/// Two words of a drawing that lie on each other.
fn touching(texts: &[PlacedText]) -> Option<(&str, &str)> {
    let lies_on = |one: &PlacedText, other: &PlacedText| {
        let beside = one.right <= other.left + 1.0 || other.right <= one.left + 1.0;
        let apart = (one.base - other.base).abs() >= one.size.min(other.size) * 0.7;
        !beside && !apart
    };
    texts.iter().enumerate().find_map(|(place, one)| {
        let other = texts[place + 1..].iter().find(|other| lies_on(one, other))?;
        Some((one.words.as_str(), other.words.as_str()))
    })
}

fn small(kind: ChartKind) -> Chart {
    Chart {
        title: "2 dari 3 faskes masih Kurang".to_owned(),
        subtitle: "Skor 0–100".to_owned(),
        source: "Sumber: rekap-2023-05.xlsx · data per 31 Mei 2023 · 2 dari 3 faskes melapor".to_owned(),
        description: "Tiga batang.".to_owned(),
        kind,
    }
}

fn three_bars() -> Chart {
    let bar = |name: &str, value, status| Bar { name: name.to_owned(), value, status, answer: MarkAnswer::default() };
    let target = Some(TargetLine { value: 91.0, label: "target Baik 91".to_owned() });
    let bars = vec![
        bar("Apotik GSS", None, Status::NoData),
        bar("Polindes Dampol", Some(48.66), Status::Poor),
        bar("Pustu Ngatri", Some(95.04), Status::Good),
    ];
    small(ChartKind::Bars(Bars { unit: String::new(), target, bars }))
}

#[test]
fn bars_stand_from_high_to_low_and_missing_is_no_zero() {
    let table = table(&three_bars());
    let rows: Vec<String> = table.rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(
        rows,
        [
            "Pustu Ngatri|95,0|Baik|di atas",
            "Polindes Dampol|48,7|Kurang|di bawah",
            "Apotik GSS|belum ada data|Belum ada data|–"
        ]
    );
    let drawn = svg(&three_bars(), Medium::Screen).unwrap();
    assert!(drawn.contains(">belum ada data<") && !drawn.contains(">0,0<"));
}

#[test]
fn bars_on_screen_and_on_paper() {
    insta::assert_snapshot!("chart_bars_screen", svg(&three_bars(), Medium::Screen).unwrap());
    insta::assert_snapshot!("chart_bars_print", svg(&three_bars(), Medium::Print).unwrap());
}

#[test]
fn pws_ticks_the_twelve_targets_and_ends_with_the_total() {
    let column = |name: &str, cumulative| PwsColumn {
        name: name.to_owned(),
        cumulative,
        this_month: cumulative,
        last_month: None,
        trend: None,
        answer: MarkAnswer::default(),
    };
    let chart = small(ChartKind::Pws(Pws {
        month: 8,
        targets: PwsTargets::Monthly(
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|month| 95.0 * f64::from(month) / 12.0),
        ),
        columns: vec![column("Rendah", Some(20.0)), column("Tinggi", Some(120.5)), column("Diam", None)],
        total: column("PUSKESMAS", Some(60.0)),
    }));
    let drawn = svg(&chart, Medium::Screen).unwrap();
    let words: Vec<String> = texts(&drawn).into_iter().map(|text| text.words).collect();
    for tick in ["Jan 7,9", "Jun 47,5", "Agu 63,3", "Des 95,0", "120,5", "belum", "lapor"] {
        assert!(words.iter().any(|word| word == tick), "{tick}: {words:?}");
    }
    let names: Vec<String> = table(&chart).rows.into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(names, ["Tinggi", "Rendah", "Diam", "PUSKESMAS"]);
    insta::assert_snapshot!("chart_pws_print", svg(&chart, Medium::Print).unwrap());
}

#[test]
fn what_does_not_apply_leaves_the_radar_open() {
    let radar = |last| {
        let four = [("A", Some(100.0)), ("B", Some(50.0)), ("C", Some(80.0)), ("D", last)];
        let axes = four
            .map(|(name, value)| RadarAxis {
                name: name.to_owned(),
                value,
                target: 80.0,
                answer: MarkAnswer::default(),
            })
            .to_vec();
        svg(
            &small(ChartKind::Radar(Radar { name: "Semua".to_owned(), axes, words: RadarWords::TARGETS })),
            Medium::Screen,
        )
        .unwrap()
    };
    assert!(radar(Some(10.0)).contains("<polygon"));
    assert!(!radar(None).contains("<polygon") && radar(None).contains("tidak berlaku"));
}

#[test]
fn every_visit_mark_looks_different_without_colour() {
    let looks: Vec<String> = VisitMark::ALL
        .into_iter()
        .map(|mark| {
            let cells = vec![HeatCell { marks: vec![mark], detail: String::new() }];
            let rows = vec![HeatRow { name: "A".to_owned(), cells, answer: MarkAnswer::default() }];
            let map = HeatMap { months: vec!["Jan".to_owned()], rows };
            let drawn = svg(&small(ChartKind::HeatMap(map)), Medium::Print).unwrap();
            let body = drawn.split("Januari").next().unwrap().to_owned();
            let id = body.split("id=\"").nth(1).unwrap().split('-').next().unwrap().to_owned();
            body.replace(&id, "id").replace(mark.label(), "")
        })
        .collect();
    for (place, look) in looks.iter().enumerate() {
        assert!(!looks[place + 1..].contains(look), "{:?}", VisitMark::ALL[place]);
    }
    assert!(SlotState::ALL.into_iter().all(|state| VisitMark::ALL.contains(&VisitMark::Slot(state))));
}

#[test]
fn a_png_comes_from_the_svg_and_has_limits() {
    let drawn = svg(&three_bars(), Medium::Screen).unwrap();
    let picture = png(&drawn, 0.5).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 1000);
    assert!(png(&drawn, 1000.0).is_err());
    assert!(png(&drawn, f32::NAN).is_err());
    assert!(png("<svg", 1.0).is_err());
}

#[test]
fn more_than_a_picture_holds_is_refused() {
    let bar = Bar { name: "A".to_owned(), value: None, status: Status::NoData, answer: MarkAnswer::default() };
    let bars = Bars { unit: String::new(), target: None, bars: vec![bar; ROWS_MAX + 1] };
    assert!(matches!(svg(&small(ChartKind::Bars(bars)), Medium::Screen), Err(ChartError::TooMuch { .. })));
    let labels = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>();
    let trend = |periods: usize| {
        let periods = labels(periods);
        ChartKind::Trend(TrendChart { unit: String::new(), periods, target: None, series: Vec::new() })
    };
    let axis = RadarAxis { name: "A".to_owned(), value: None, target: 80.0, answer: MarkAnswer::default() };
    let radar = |axes: usize| {
        ChartKind::Radar(Radar { name: "A".to_owned(), axes: vec![axis.clone(); axes], words: RadarWords::TARGETS })
    };
    let months = |months: usize| ChartKind::HeatMap(HeatMap { months: labels(months), rows: Vec::new() });
    for (within, beyond) in [
        (trend(PERIODS_MAX), trend(PERIODS_MAX + 1)),
        (radar(AXES_MAX), radar(AXES_MAX + 1)),
        (months(MONTHS_MAX), months(MONTHS_MAX + 1)),
    ] {
        assert!(limited(&within).is_ok());
        assert!(matches!(svg(&small(beyond), Medium::Screen), Err(ChartError::TooMuch { .. })));
    }
}

/// As many facilities as asked for, with names that differ at their end and every fourth without figures.
fn pws_of(facilities: u32) -> Chart {
    let column = |name: String, cumulative| PwsColumn {
        name,
        cumulative,
        this_month: cumulative.map(|value: f64| value / 8.0),
        last_month: None,
        trend: None,
        answer: MarkAnswer::default(),
    };
    let columns = (0..facilities).map(|place| {
        let value = match place % 4 {
            0 => None,
            1 => Some(0.0),
            _ => Some(f64::from(place) * 137.0 % 120.0),
        };
        column(format!("Posyandu Tunjungwali Sukomakmur {place:03}"), value)
    });
    small(ChartKind::Pws(Pws {
        month: 8,
        targets: PwsTargets::Monthly(
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|month| 95.0 * f64::from(month) / 12.0),
        ),
        columns: columns.collect(),
        total: column("PUSKESMAS".to_owned(), Some(60.0)),
    }))
}

#[test]
fn pws_pictures_of_any_size_have_no_slanted_name_and_can_be_opened() {
    for facilities in [1, 13, 60, 200, 300] {
        for medium in Medium::ALL {
            let drawn = svg(&pws_of(facilities), medium).unwrap();
            assert!(!drawn.contains("rotate("), "{facilities} {medium:?}");
            let scale = fitting_scale(&drawn, 2.0);
            assert!(scale > 0.9, "{facilities} {medium:?}: {scale}");
            // The largest are read only, since to draw them takes seconds.
            if facilities == 200 && medium == Medium::Projector {
                assert!(png(&drawn, scale).unwrap().starts_with(b"\x89PNG"));
            }
        }
    }
}

#[test]
fn a_wall_shows_the_highest_and_the_lowest_and_says_who_is_between() {
    let drawn = svg(&pws_of(200), Medium::Projector).unwrap();
    let words: Vec<String> = texts(&drawn).into_iter().map(|text| text.words).collect();
    let said = words.join(" ");
    assert!(said.contains("… 87 faskes di antaranya tidak digambar, begitu pula 50 yang belum lapor"), "{said}");
    assert_eq!(drawn.matches("class=\"mark\"").count(), pws::PROJECTED_MAX + 1);
    assert!(words.iter().any(|word| word == "PUSKES-" || word == "PUS-"), "{words:?}");
    assert_eq!(table(&pws_of(200)).rows.len(), 201);
    // Where few reported, all of them are shown.
    let mut silent = pws_of(100);
    if let ChartKind::Pws(pws) = &mut silent.kind {
        pws.columns.iter_mut().skip(10).for_each(|column| column.cumulative = None);
    }
    let drawn = svg(&silent, Medium::Projector).unwrap();
    assert!(drawn.contains("… 37 faskes lain yang belum lapor tidak digambar"));
}

#[test]
fn the_picture_scale_gives_way_only_where_a_drawing_is_too_large() {
    let header = |height: u32| format!("<svg width=\"960\" height=\"{height}\" viewBox=\"0 0 960 {height}\"/>");
    assert_eq!(fitting_scale(&header(500), 2.0).to_bits(), 2.0_f32.to_bits());
    let scale = fitting_scale(&header(37_878), 2.0);
    assert!((0.4..0.43).contains(&scale), "{scale}");
}

#[test]
fn what_is_missing_has_no_length() {
    let drawn = svg(&three_bars(), Medium::Screen).unwrap();
    let mark = drawn.split("aria-label=\"Apotik GSS").nth(1).unwrap().split("</g>").next().unwrap();
    let width = mark.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap();
    assert!(width <= 8.0, "{width}");
}

/// A chart of each kind, whose marks all lead somewhere.
fn answering() -> [Chart; 5] {
    let answer = |detail: &str| MarkAnswer::new(detail.to_owned(), MarkTarget::Facility(7));
    let counts = || answer("13 dari 15 <b>");
    let bars = Bars {
        unit: String::new(),
        target: None,
        bars: vec![Bar { name: "A & B".to_owned(), value: Some(86.0), status: Status::Good, answer: counts() }],
    };
    let cells = vec![HeatCell { marks: vec![VisitMark::Unscheduled], detail: String::new() }];
    let map = HeatMap {
        months: vec!["Jan".to_owned()],
        rows: vec![HeatRow { name: "A".to_owned(), cells, answer: counts() }],
    };
    let series = Series {
        name: "A".to_owned(),
        values: vec![Some(50.0), None],
        emphasis: Emphasis::Main,
        answers: vec![counts(), counts()],
    };
    let trend = TrendChart {
        unit: String::new(),
        periods: vec!["C1 2023".to_owned(), "C2 2023".to_owned()],
        target: None,
        series: vec![series],
    };
    let axis = |name: &str| RadarAxis { name: name.to_owned(), value: Some(50.0), target: 80.0, answer: counts() };
    let radar =
        Radar { name: "Semua".to_owned(), axes: vec![axis("A"), axis("B"), axis("C")], words: RadarWords::TARGETS };
    let mut pws = pws_of(2);
    if let ChartKind::Pws(pws) = &mut pws.kind {
        pws.columns.iter_mut().chain([&mut pws.total]).for_each(|column| column.answer = counts());
    }
    let kinds = [ChartKind::Bars(bars), ChartKind::HeatMap(map), ChartKind::Trend(trend), ChartKind::Radar(radar)];
    let [bars, map, trend, radar] = kinds.map(small);
    [bars, map, trend, radar, pws]
}

#[test]
fn every_mark_leads_somewhere_on_pages_and_nowhere_in_pictures() {
    for (chart, marks) in answering().iter().zip([1, 2, 2, 3, 3]) {
        let linked = chart.with_addresses(|target| format!("/faskes/{target:?}?a=1&b=\"2\""));
        let drawn = svg(&linked, Medium::Screen).unwrap();
        let document = Document::parse(&drawn).unwrap();
        let links: Vec<Node<'_, '_>> =
            document.descendants().filter(|node| node.tag_name().name() == "a" && node.has_attribute("href")).collect();
        assert_eq!(links.len(), marks, "{:?}", chart.kind);
        for link in links {
            assert_eq!(link.attribute("href"), Some("/faskes/Facility(7)?a=1&b=\"2\""));
            let title = link.children().find(|child| child.has_tag_name(("http://www.w3.org/2000/svg", "title")));
            let name = title.and_then(|title| title.text()).unwrap();
            assert!(name.ends_with("; 13 dari 15 <b>"), "{name}");
            assert!(link.descendants().skip(1).all(|below| below.tag_name().name() != "a"), "a link within a link");
        }
        let plain = svg(chart, Medium::Screen).unwrap();
        assert!(!plain.contains("<a ") && !plain.contains("href"));
        well_formed_and_closed(&plain);
    }
}

mod divided;
mod listed;
mod mapped;
mod matrix;
