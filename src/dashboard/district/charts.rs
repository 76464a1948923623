//! Several Puskesmas as pictures: ranked by score, pooled from period to period, and where they lie. Knows no medium.

use super::{DistrictContext, DistrictRow, PuskesmasStanding};
use crate::analytics::trend_points;
use crate::charts::{
    Bar, Bars, Chart, ChartKind, Emphasis, FacilityMap, MapPoint, MarkAnswer, MarkTarget, Series, TargetLine,
    TrendChart,
};
use crate::dashboard::page::PanelBody;
use crate::domain::written::cluster_words;
use crate::domain::{Status, format};

/// Bars of a ranking at most; of more Puskesmas the best and the lowest are drawn.
const BARS_MAX: usize = 40;
/// Lines of clusters beside the line of all: those that can be labelled directly.
const CLUSTER_LINES_MAX: usize = 3;

/// Scores from high to low; those that cannot be judged are counted and not ranked.
pub fn ranking(context: &DistrictContext) -> PanelBody {
    let mut judged: Vec<&PuskesmasStanding> =
        context.standings().filter(|standing| standing.judged_score().is_some()).collect();
    if judged.is_empty() {
        return PanelBody::Empty(
            "Belum ada Puskesmas yang skornya dapat diberi peringkat pada periode ini.".to_owned(),
        );
    }
    let score = |standing: &PuskesmasStanding| standing.total.score.unwrap_or_default();
    judged.sort_by(|one, other| score(other).total_cmp(&score(one)).then_with(|| one.name.cmp(&other.name)));
    let all = judged.len();
    if all > BARS_MAX {
        let lowest = judged.split_off(all - BARS_MAX / 2);
        judged.truncate(BARS_MAX / 2);
        judged.extend(lowest);
    }
    let shown = if all > BARS_MAX {
        format!("; {} tertinggi dan {} terendah dari {all}", BARS_MAX / 2, BARS_MAX / 2)
    } else {
        String::new()
    };
    let unjudged = context.rows.len() - all;
    let good_from = context.decree.thresholds.good_from;
    let target = format::count(good_from);
    let poor = context.standings().filter(|standing| standing.standing.status == Status::Poor).count();
    let bars = judged.iter().map(|standing| Bar {
        name: standing.name.clone(),
        value: standing.total.score,
        status: standing.standing.status,
        answer: MarkAnswer::new(standing.standing.basis_words(), MarkTarget::Puskesmas(standing.name.clone())),
    });
    PanelBody::chart(Chart {
        title: match poor {
            0 => format!("{all} Puskesmas dapat diberi peringkat, tidak ada yang Kurang"),
            poor => format!("{poor} dari {all} Puskesmas masih Kurang"),
        },
        subtitle: format!("{}, skor pembinaan 0–100; target Baik {target}{shown}", format::period(context.period)),
        source: context.source(),
        description: format!(
            "Batang mendatar, satu per Puskesmas, urut dari skor tertinggi. {unjudged} Puskesmas tanpa peringkat: datanya \
             belum ada atau belum cukup."
        ),
        kind: ChartKind::Bars(Bars {
            unit: String::new(),
            target: Some(TargetLine { value: good_from, label: format!("target Baik {target}") }),
            bars: bars.collect(),
        }),
    })
}

/// The score pooled over all Puskesmas from period to period, with that of clusters or the median beside it.
pub fn trend(context: &DistrictContext) -> PanelBody {
    let points: Vec<&DistrictContext> = context
        .earlier
        .iter()
        .chain([context])
        .skip_while(|point| point.standings().all(|standing| standing.completeness.months.received == 0))
        .collect();
    let pooled = |point: &DistrictContext| {
        point.pooled(point.standings().map(|standing| &standing.total)).and_then(|pooled| pooled.score)
    };
    let all = line("Semua, digabung", Emphasis::Main, points.iter().map(|point| pooled(point)));
    if all.values.iter().flatten().count() < 2 {
        return PanelBody::Empty("Belum ada dua periode yang dapat dibandingkan.".to_owned());
    }
    let title = finding(&all.values);
    let clusters = context.by_cluster();
    let named: Vec<&str> = clusters.iter().filter_map(|cluster| cluster.name).collect();
    let mut series = vec![all];
    if (2..=CLUSTER_LINES_MAX).contains(&named.len()) {
        series.extend(named.iter().map(|name| {
            let score = |point: &&DistrictContext| point.cluster_score(name);
            line(&cluster_words(name), Emphasis::Context, points.iter().map(score))
        }));
    } else {
        series.push(line("Median Puskesmas", Emphasis::Context, points.iter().map(|point| point.median_score())));
    }
    let good_from = context.decree.thresholds.good_from;
    PanelBody::chart(Chart {
        title,
        subtitle: format!("Skor pembinaan 0–100, menurut {}", format::period_kind(context.period.kind())),
        source: context.source(),
        description: "Garis skor semua Puskesmas digabung, dari periode ke periode.".to_owned(),
        kind: ChartKind::Trend(TrendChart {
            unit: String::new(),
            periods: points.iter().map(|point| format::period_short(point.period)).collect(),
            target: Some(TargetLine { value: good_from, label: format!("target Baik {}", format::count(good_from)) }),
            series,
        }),
    })
}

fn line(name: &str, emphasis: Emphasis, values: impl Iterator<Item = Option<f64>>) -> Series {
    Series { name: name.to_owned(), values: values.collect(), emphasis, answers: Vec::new() }
}

fn finding(values: &[Option<f64>]) -> String {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let change = match known.as_slice() {
        [.., before, now] => trend_points(Some(*now), Some(*before)).unwrap_or_default(),
        _ => 0.0,
    };
    let words =
        |verb: &str| format!("Skor gabungan {verb} {} poin dari periode sebelumnya", format::percent(change.abs()));
    match change {
        up if up > 0.0 => words("naik"),
        down if down < 0.0 => words("turun"),
        _ => "Skor gabungan tidak berubah dari periode sebelumnya".to_owned(),
    }
}

/// Puskesmas in the middle of their facilities, by the status of their score.
pub fn map(context: &DistrictContext) -> PanelBody {
    let mut points: Vec<MapPoint> = Vec::new();
    let mut unplaced: Vec<String> = Vec::new();
    for row in &context.rows {
        match row.standing.as_deref().and_then(|standing| Some((standing, standing.middle?))) {
            None => unplaced.push(row.name.clone()),
            Some((standing, place)) => points.push(MapPoint {
                name: row.name.clone(),
                place,
                status: standing.standing.status,
                answer: MarkAnswer::new(place_words(row, standing), MarkTarget::Puskesmas(row.name.clone())),
            }),
        }
    }
    if points.is_empty() {
        return PanelBody::Empty(
            "Belum ada Puskesmas yang faskesnya punya koordinat. Tulis kolom Koordinat di Daftar Identifikasi, lintang \
             lalu bujur, misalnya -7,12345; 110,45678, lalu impor daftarnya."
                .to_owned(),
        );
    }
    let placed = points.len();
    let poor = points.iter().filter(|point| point.status == Status::Poor).count();
    PanelBody::chart(Chart {
        title: match poor {
            0 => format!("{placed} Puskesmas di peta, tidak ada yang Kurang"),
            poor => format!("{poor} dari {placed} Puskesmas di peta masih Kurang"),
        },
        subtitle: format!("Titik tengah faskes setiap Puskesmas dan status skor {}", format::period(context.period)),
        source: context.source(),
        description: format!("Peta titik, utara di atas. Tanpa koordinat: {} Puskesmas.", unplaced.len()),
        kind: ChartKind::Map(FacilityMap {
            points,
            unplaced,
            borders: context.borders.lines.clone(),
            notes: context.borders.refusal.iter().cloned().collect(),
        }),
    })
}

fn place_words(row: &DistrictRow, standing: &PuskesmasStanding) -> String {
    let score = standing.total.score.map(|score| format!("skor {}", format::percent(score)));
    crate::dashboard::mark::detail([score, row.cluster.as_deref().map(cluster_words)])
}
