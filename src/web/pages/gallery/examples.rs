//! Charts of the page of looks: one of every kind, with every state that it can show, from figures that are written here
//! and belong to nobody.

use std::sync::Arc;

use crate::charts::{
    Bar, Bars, Chart, ChartKind, Dumbbell, DumbbellRow, Emphasis, FacilityMap, HeatCell, HeatMap, HeatRow, MapPoint,
    MarkAnswer, Pareto, ParetoRow, Pws, PwsColumn, PwsTargets, PwsTrend, Radar, RadarAxis, RadarWords, Series, SlotBar,
    SlotBars, SmallMultiples, SmallPanel, TargetLine, TrendChart, VisitMark,
};
use crate::domain::{Coordinates, Status, format};

/// A name that is longer than any chart has room for.
pub const LONG_NAME: &str = "Pos Pelayanan Terpadu Lanjut Usia Kusuma Bangsa Dusun Karanganyar Wetan RT 07 RW 03";
/// A name that would be markup where it is not kept as text.
pub const HOSTILE_NAME: &str = "<script>alert(\"faskes\")</script> & 'lain'";
const SMALL: &str = "penyebut kecil: 3 orang";

/// One of every kind: the words that name it, and the chart.
pub fn charts() -> Vec<(&'static str, Chart)> {
    [
        ("Batang", bars()),
        ("Peta kunjungan", heat_map()),
        ("Garis", trend()),
        ("PWS", pws()),
        ("Jaring", radar()),
        ("Dua periode", dumbbell()),
        ("Pareto", pareto()),
        ("Keadaan jadwal", slot_bars()),
        ("Grafik kecil", small_multiples()),
        ("Peta", map()),
    ]
    .map(|(name, kind)| (name, framed(name, kind)))
    .to_vec()
}

fn framed(name: &str, kind: ChartKind) -> Chart {
    Chart {
        title: format!("{name}: setiap keadaan yang dapat ditampilkan"),
        subtitle: "Contoh; bukan data Puskesmas mana pun".to_owned(),
        source: "Sumber: contoh di dalam program · 6 dari 8 faskes melapor".to_owned(),
        description: format!("Grafik contoh jenis {name} dengan angka tetap."),
        kind,
    }
}

fn answering(detail: &str) -> MarkAnswer {
    MarkAnswer { detail: detail.to_owned(), ..MarkAnswer::default() }
}

fn bars() -> ChartKind {
    let bar =
        |name: &str, value, status, detail| Bar { name: name.to_owned(), value, status, answer: answering(detail) };
    ChartKind::Bars(Bars {
        unit: String::new(),
        target: Some(TargetLine { value: 91.0, label: "target Baik 91".to_owned() }),
        bars: vec![
            bar("Klinik Melati", Some(96.4), Status::Good, "27 dari 28"),
            bar("Apotek Kenanga", Some(84.0), Status::Fair, "21 dari 25"),
            bar(LONG_NAME, Some(52.5), Status::Poor, "21 dari 40"),
            bar(HOSTILE_NAME, Some(132.0), Status::Good, "33 dari 25: di atas 100"),
            bar("Posyandu Nol", Some(0.0), Status::Poor, "0 dari 12"),
            bar("Posyandu Kecil", Some(33.3), Status::TooLittle, SMALL),
            bar("Pustu Diam", None, Status::NoData, "belum lapor"),
        ],
    })
}

fn heat_map() -> ChartKind {
    let months = format::MONTHS_SHORT.map(ToOwned::to_owned).to_vec();
    let cells = |shift: usize| {
        let cell = |month: usize| match VisitMark::ALL.get((month + shift) % (VisitMark::ALL.len() + 3)) {
            Some(mark) => HeatCell { marks: vec![*mark], detail: format!("contoh: {}", mark.label()) },
            None => HeatCell::default(),
        };
        (0..months.len()).map(cell).collect::<Vec<_>>()
    };
    let row = |name: &str, cells| HeatRow { name: name.to_owned(), cells, answer: answering("contoh") };
    let mut crowded = cells(6);
    crowded[0].marks = VisitMark::ALL.to_vec();
    ChartKind::HeatMap(HeatMap {
        rows: vec![
            row("Klinik Melati", cells(0)),
            row(LONG_NAME, cells(4)),
            row(HOSTILE_NAME, crowded),
            row("Tanpa jadwal", vec![HeatCell::default(); months.len()]),
        ],
        months,
    })
}

fn trend() -> ChartKind {
    let line = |name: &str, values: &[Option<f64>], emphasis| Series {
        name: name.to_owned(),
        values: values.to_vec(),
        emphasis,
        answers: values.iter().map(|_| answering("contoh")).collect(),
    };
    ChartKind::Trend(TrendChart {
        unit: "%".to_owned(),
        periods: ["C1 2022", "C2 2022", "C3 2022", "C1 2023", "C2 2023"].map(ToOwned::to_owned).to_vec(),
        target: Some(TargetLine { value: 80.0, label: "target 80".to_owned() }),
        series: vec![
            line("Semua faskes", &[Some(62.0), Some(74.5), None, Some(80.0), Some(88.1)], Emphasis::Main),
            line("Tahun lalu", &[Some(55.0), Some(58.0), Some(60.0), Some(64.0), Some(61.0)], Emphasis::Context),
            line(LONG_NAME, &[Some(0.0), Some(20.0), Some(45.0), Some(110.0), Some(104.0)], Emphasis::Context),
            line(HOSTILE_NAME, &[None, None, Some(90.0), None, Some(40.0)], Emphasis::Context),
        ],
    })
}

fn pws() -> ChartKind {
    let column = |name: &str, figures: [Option<f64>; 3], trend, detail| PwsColumn {
        name: name.to_owned(),
        cumulative: figures[0],
        this_month: figures[1],
        last_month: figures[2],
        trend,
        answer: answering(detail),
    };
    let rising = Some(PwsTrend::Rising);
    let falling = Some(PwsTrend::Falling);
    let level = Some(PwsTrend::Level);
    ChartKind::Pws(Pws {
        month: 5,
        targets: PwsTargets::Monthly([8.0, 16.0, 24.0, 32.0, 40.0, 48.0, 56.0, 64.0, 72.0, 80.0, 88.0, 96.0]),
        columns: vec![
            column("Klinik Melati", [Some(47.0), Some(11.0), Some(8.0)], rising, "47 dari 100"),
            column("Apotek Kenanga", [Some(41.5), Some(6.0), Some(9.0)], falling, "83 dari 200"),
            column(LONG_NAME, [Some(33.0), Some(7.0), Some(7.0)], level, "33 dari 100"),
            column(HOSTILE_NAME, [Some(118.0), Some(30.0), Some(20.0)], rising, "di atas 100"),
            column("Posyandu Nol", [Some(0.0), Some(0.0), Some(0.0)], level, "0 dari 12"),
            column("Posyandu Kecil", [Some(66.7), Some(33.3), None], None, SMALL),
            column("Pustu Diam", [None, None, None], None, "belum lapor"),
        ],
        total: column("Puskesmas", [Some(44.2), Some(9.1), Some(8.0)], rising, "221 dari 500"),
    })
}

fn radar() -> ChartKind {
    let axis =
        |name: &str, value, detail| RadarAxis { name: name.to_owned(), value, target: 80.0, answer: answering(detail) };
    ChartKind::Radar(Radar {
        name: "Semua faskes".to_owned(),
        axes: vec![
            axis("Cakupan pembinaan", Some(92.0), "46 dari 50"),
            axis("Kepatuhan jadwal", Some(64.0), "32 dari 50"),
            axis("Skor daftar tilik", Some(0.0), "0 dari 50"),
            axis("Kehadiran lokmin", Some(125.0), "di atas 100"),
            axis("Tindak lanjut", None, "tidak berlaku"),
            axis(HOSTILE_NAME, Some(50.0), SMALL),
        ],
        words: RadarWords::TARGETS,
    })
}

fn dumbbell() -> ChartKind {
    let row = |name: &str, before, now, is_small, detail| DumbbellRow {
        name: name.to_owned(),
        before,
        now,
        is_before_small: false,
        is_now_small: is_small,
        answer: answering(detail),
    };
    ChartKind::Dumbbell(Dumbbell {
        unit: "%".to_owned(),
        before: "Caturwulan II 2022".to_owned(),
        now: "Caturwulan II 2023".to_owned(),
        target: Some(TargetLine { value: 80.0, label: "target 80".to_owned() }),
        rows: vec![
            row("Klinik Melati", Some(61.0), Some(88.0), false, "naik 27"),
            row("Apotek Kenanga", Some(85.0), Some(70.0), false, "turun 15"),
            row(LONG_NAME, Some(40.0), Some(40.0), false, "tetap"),
            row(HOSTILE_NAME, Some(90.0), Some(112.0), false, "di atas 100"),
            row("Posyandu Nol", Some(20.0), Some(0.0), false, "0 dari 12"),
            row("Posyandu Kecil", Some(50.0), Some(66.7), true, SMALL),
            row("Baru terdaftar", None, Some(75.0), false, "tanpa pembanding"),
            row("Pustu Diam", None, None, false, "belum lapor"),
        ],
        total: row("Puskesmas", Some(66.0), Some(74.0), false, "naik 8"),
    })
}

fn pareto() -> ChartKind {
    let row = |name: &str, count| ParetoRow { name: name.to_owned(), count, answer: answering("contoh") };
    ChartKind::Pareto(Pareto {
        noun: "aspek".to_owned(),
        rows: vec![
            row("Pencatatan dan pelaporan", 14),
            row("Sarana prasarana", 8),
            row(LONG_NAME, 5),
            row(HOSTILE_NAME, 2),
            row("Alur pelayanan", 1),
            row("Tidak pernah terjadi", 0),
        ],
    })
}

fn slot_bars() -> ChartKind {
    let row = |name: &str, counts| SlotBar { name: name.to_owned(), counts, answer: answering("contoh") };
    ChartKind::SlotBars(SlotBars {
        noun: "faskes".to_owned(),
        rows: vec![
            row("Klinik Melati", [4, 1, 1, 1, 2, 1, 3, 1]),
            row(LONG_NAME, [12, 0, 0, 0, 0, 0, 0, 0]),
            row(HOSTILE_NAME, [0, 0, 0, 0, 1, 0, 11, 0]),
            row("Tanpa jadwal", [0; 8]),
        ],
    })
}

fn small_multiples() -> ChartKind {
    let panel = |name: &str, months: [Option<f64>; 6], is_small, detail| {
        let mut values = [None; 12];
        values[..6].copy_from_slice(&months);
        let targets = PwsTargets::Flat(80.0);
        SmallPanel { name: name.to_owned(), values, targets, is_small, answer: answering(detail) }
    };
    let all = |value| [Some(value); 6];
    ChartKind::SmallMultiples(SmallMultiples {
        noun: "faskes".to_owned(),
        until: 6,
        panels: vec![
            panel("Klinik Melati", [10.0, 22.0, 35.0, 51.0, 70.0, 88.0].map(Some), false, "88 dari 100"),
            panel("Apotek Kenanga", [Some(12.0), None, Some(30.0), None, None, Some(44.0)], false, "44 dari 100"),
            panel(LONG_NAME, all(40.0), false, "tetap"),
            panel(HOSTILE_NAME, [40.0, 80.0, 120.0, 160.0, 210.0, 260.0].map(Some), false, "di atas 200"),
            panel("Posyandu Nol", all(0.0), false, "0 dari 12"),
            panel("Posyandu Kecil", [None, None, None, None, Some(33.3), Some(66.7)], true, SMALL),
            panel("Pustu Diam", [None; 6], false, "belum lapor"),
        ],
    })
}

fn map() -> ChartKind {
    let point = |name: &str, latitude, longitude, status| {
        let place = Coordinates::new(latitude, longitude).ok()?;
        Some(MapPoint { name: name.to_owned(), place, status, answer: answering("contoh") })
    };
    ChartKind::Map(FacilityMap {
        points: [
            point("Klinik Melati", -7.121, 110.402, Status::Good),
            point("Apotek Kenanga", -7.128, 110.431, Status::Fair),
            point(LONG_NAME, -7.149, 110.418, Status::Poor),
            point(HOSTILE_NAME, -7.133, 110.385, Status::TooLittle),
            point("Pustu Diam", -7.106, 110.44, Status::NoData),
        ]
        .into_iter()
        .flatten()
        .collect(),
        unplaced: vec!["Posyandu Tanpa Tempat".to_owned()],
        borders: Arc::default(),
        notes: Vec::new(),
    })
}
