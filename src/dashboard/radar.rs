//! Indicators around a centre with their targets: where the shape has dents.

use crate::analytics::results::ResultBlock;
use crate::charts::{Chart, ChartKind, MarkAnswer, Radar, RadarAxis, RadarWords};
use crate::domain::{CoachingIndicator, format};

use super::context::PageContext;
use super::figure::Measure;
use super::mark;
use super::page::PanelBody;

/// The radar of the page's subject.
pub fn radar(context: &PageContext<'_>, indicators: &[CoachingIndicator]) -> PanelBody {
    let block = context.block();
    if indicators.iter().all(|indicator| block.indicator(*indicator).value.number().is_none()) {
        return PanelBody::Empty("Belum ada indikator yang dapat dihitung pada periode ini.".to_owned());
    }
    let axes: Vec<RadarAxis> = indicators
        .iter()
        .map(|indicator| {
            let result = block.indicator(*indicator);
            RadarAxis {
                name: indicator.name().to_owned(),
                value: result.value.number(),
                target: result.target,
                answer: MarkAnswer::new(
                    mark::detail([mark::counts(result.ratio), mark::months(result.months)]),
                    context.marked(context.subject.facility, &Measure::Coaching(*indicator)),
                ),
            }
        })
        .collect();
    let name = context
        .subject
        .facility
        .map_or_else(|| "Semua faskes".to_owned(), |index| context.facility(index).name.clone());
    PanelBody::chart(Chart {
        title: finding(block, indicators),
        subtitle: format!("{}, {name}, persen; garis target menurut SK", format::period(context.subject.period)),
        source: context.source(),
        description: describe(&axes),
        kind: ChartKind::Radar(Radar { name, axes, words: RadarWords::TARGETS }),
    })
}

fn finding(block: &ResultBlock, indicators: &[CoachingIndicator]) -> String {
    let judged = |indicator: &&CoachingIndicator| block.indicator(**indicator).performance.is_some();
    let reached = |indicator: &&CoachingIndicator| {
        let result = block.indicator(**indicator);
        result.value.number().is_some_and(|value| value >= result.target)
    };
    let of = indicators.iter().filter(judged).count();
    format!("{} dari {of} indikator mencapai target", indicators.iter().filter(reached).count())
}

fn describe(axes: &[RadarAxis]) -> String {
    let words: Vec<String> = axes
        .iter()
        .map(|axis| {
            let value = axis.value.map_or_else(|| "tidak berlaku".to_owned(), |v| format!("{} %", format::percent(v)));
            format!("{} {value} dari target {} %", axis.name, format::count(axis.target))
        })
        .collect();
    format!("Jaring laba-laba: {}.", words.join("; "))
}
