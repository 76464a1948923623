//! Score per facility against the threshold of Baik.

use crate::charts::{Bar, Bars, Chart, ChartKind, MarkAnswer, MarkTarget, TargetLine};
use crate::domain::{Status, format};

use super::context::PageContext;
use super::page::PanelBody;

/// The bars; empty where nobody has a score to show.
pub fn score_bars(context: &PageContext<'_>) -> PanelBody {
    let results = &context.result().facilities;
    if results.iter().all(|result| result.block.score.is_none()) {
        return PanelBody::Empty("Belum ada faskes yang punya skor pada periode ini.".to_owned());
    }
    let good_from = context.decree.thresholds.good_from;
    let target = format::count(good_from);
    let bars: Vec<Bar> = results
        .iter()
        .map(|result| Bar {
            name: context.facility(result.facility).name.clone(),
            value: result.block.score,
            status: context.status(&result.block),
            answer: MarkAnswer::new(
                format!("target Baik {target}; dinilai dari {} indikator", result.block.basis()),
                MarkTarget::Facility(result.facility),
            ),
        })
        .collect();
    let count = |status: Status| bars.iter().filter(|bar| bar.status == status).count();
    PanelBody::chart(Chart {
        title: finding(&bars),
        subtitle: format!("{}, skor pembinaan 0–100; target Baik {target}", format::period(context.subject.period)),
        source: context.source(),
        description: format!(
            "Batang mendatar, satu per faskes, urut dari skor tertinggi. {} Baik, {} Cukup, {} Kurang, {} data belum cukup, {} belum ada data.",
            count(Status::Good),
            count(Status::Fair),
            count(Status::Poor),
            count(Status::TooLittle),
            count(Status::NoData)
        ),
        kind: ChartKind::Bars(Bars {
            unit: String::new(),
            target: Some(TargetLine { value: good_from, label: format!("target Baik {target}") }),
            bars,
        }),
    })
}

/// The chart's title: of those that can be judged.
fn finding(bars: &[Bar]) -> String {
    let count = |status: Status| bars.iter().filter(|bar| bar.status == status).count();
    let good = count(Status::Good);
    let poor = count(Status::Poor);
    match (good, poor, good + poor + count(Status::Fair)) {
        (_, _, 0) => format!("Belum ada faskes yang dapat dinilai: data {} faskes belum cukup", bars.len()),
        (_, poor, judged) if poor > 0 => format!("{poor} dari {judged} faskes masih Kurang"),
        (good, _, judged) if good == judged => format!("Semua {good} faskes yang dapat dinilai Baik"),
        (good, _, judged) => format!("{good} dari {judged} faskes Baik, tidak ada yang Kurang"),
    }
}
