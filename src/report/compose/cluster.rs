//! *Rekapitulasi TPCB*: the Puskesmas of one data folder beside each other: comparison, ranking, trend, who needs help.

use super::figures;
use crate::analytics::results::ResultBlock as Results;
use crate::analytics::{history, trend_points};
use crate::charts::{Bar, Bars, Chart, ChartKind, Emphasis, MarkAnswer, Series, TargetLine, TrendChart};
use crate::dashboard::table::ScoreStatus;
use crate::dashboard::{DashboardError, PageContext};
use crate::domain::written::cluster_words;
use crate::domain::{CoachingIndicator, Period, Status, format};
use crate::report::document::{
    Block, Document, DocumentForm, PaperCell, PaperColumn, PaperTable, Part, RowHeight, Stamp,
};
use crate::report::narrative::overdue_items;
use crate::report::{ClusterMaterial, Draft, DraftSection, Fact, ReportError, ReportKind, SectionKey, Sentence};

/// Periods of the trend, the reported one included.
const TREND_PERIODS: usize = 4;
/// Words about a Puskesmas of which this data folder holds nothing.
const NO_DATA: &str = "belum ada data";
/// Place of the status in the comparison.
const STATUS_COLUMN: usize = 5;
/// Lines that a trend can tell apart.
const TREND_LINES_MAX: usize = 8;

/// The paper over several Puskesmas, evaluated together; `contexts` holds one of each and is not empty.
pub(in crate::report) fn document(material: &ClusterMaterial<'_>) -> Result<Option<Document>, ReportError> {
    let ClusterMaterial { contexts, letter, snapshot, narrative, absent, cluster } = *material;
    let Some(first) = contexts.first() else { return Ok(None) };
    let ranked = ranked(contexts);
    let facilities: u32 = ranked.iter().map(|context| context.result().completeness.facilities).sum();
    let reporting: u32 = ranked.iter().map(|context| context.result().completeness.facilities_with_data).sum();
    let counted = counted(ranked.len(), absent);
    let completeness = format!("{counted} · {reporting} dari {facilities} faskes melapor");
    let everyone = pooled(&ranked);
    let detail = figures::of_several(&ranked, &everyone, &completeness);
    let mut trend = vec![Block::Chart(Box::new(score_bars(&ranked, &completeness)))];
    trend.extend(trend_chart(&ranked, &completeness)?);
    Ok(Some(Document {
        title: ReportKind::Cluster.title().to_owned(),
        subtitle: match cluster {
            Some(cluster) => {
                format!("{} · {}", cluster_words(cluster), format::period_with_months(first.subject.period))
            }
            None => format::period_with_months(first.subject.period),
        },
        letterhead: letter.letterhead("TIM PEMBINA CLUSTER BINAAN (TPCB)"),
        lines: letter.lines(),
        written: narrative.written_text(),
        stamp: Stamp { id: snapshot.to_owned(), as_of: first.subject.as_of, completeness, revision: 0 },
        mark: None,
        form: DocumentForm::Report,
        parts: letter.with_copies(super::with_signatures(
            super::arranged(vec![
                Part::portrait("Ringkasan", narrative.blocks()),
                Part::portrait("Peringkat dan perkembangan", trend),
                Part::portrait("Yang perlu dibantu", vec![help(&ranked, absent)]),
                Part::landscape("Perbandingan Puskesmas", vec![comparison(&ranked, &everyone, absent)]),
                detail,
            ]),
            letter.team_signatures(first.subject.as_of),
        )),
    }))
}

/// `2 Puskesmas`; `1 dari 2 Puskesmas` where a member has no data.
fn counted(with_data: usize, absent: &[String]) -> String {
    match absent.len() {
        0 => format!("{with_data} Puskesmas"),
        without => format!("{with_data} dari {} Puskesmas", with_data + without),
    }
}

/// Results of all their facilities together.
fn pooled(ranked: &[&PageContext<'_>]) -> Results {
    // Only those that stand here: the evaluation may hold the Puskesmas of other clusters too.
    let facilities = ranked.iter().flat_map(|context| context.facilities()).map(|result| result.facility);
    let mut chosen: Vec<u32> = facilities.collect();
    chosen.sort_unstable();
    ranked[0].evaluator.pool(&ranked[0].evaluation, &chosen)
}

fn ranked<'a, 'c>(contexts: &'a [PageContext<'c>]) -> Vec<&'a PageContext<'c>> {
    let mut ranked: Vec<&PageContext<'_>> = contexts.iter().collect();
    ranked.sort_by(|a, b| order(a, b));
    ranked
}

/// Drafts the sentences about several Puskesmas; none where there is no Puskesmas.
pub(in crate::report) fn draft(contexts: &[PageContext<'_>], absent: &[String]) -> Draft {
    let sentences = if contexts.is_empty() { Vec::new() } else { sentences(&ranked(contexts), absent) };
    let mut draft = Draft::new(vec![DraftSection { key: SectionKey::Comparison, sentences }]);
    draft.watch(ranked(contexts).into_iter().map(watched).collect());
    draft
}

fn watched(context: &PageContext<'_>) -> Fact {
    let score = context.result().total.score.map_or_else(|| "belum ada".to_owned(), format::percent);
    Fact::new(format!("Skor {}", context.puskesmas_name()), score)
}

/// Compares by score, high to low; those that cannot be judged come last, by name.
fn order(a: &PageContext<'_>, b: &PageContext<'_>) -> std::cmp::Ordering {
    let score = |context: &PageContext<'_>| {
        let total = &context.result().total;
        total.score.filter(|_| context.standing(total).is_judged())
    };
    match (score(a), score(b)) {
        (Some(one), Some(other)) => other.total_cmp(&one).then_with(|| a.puskesmas_name().cmp(b.puskesmas_name())),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => a.puskesmas_name().cmp(b.puskesmas_name()),
    }
}

fn change(context: &PageContext<'_>) -> Option<f64> {
    trend_points(context.result().total.score, context.result_before().and_then(|before| before.total.score))
}

fn sentences(ranked: &[&PageContext<'_>], absent: &[String]) -> Vec<Sentence> {
    let sentences = [
        Some(statuses(ranked, absent)),
        extremes(ranked),
        fallen(ranked),
        Some(late(ranked)),
        Some(recaps(ranked, absent)),
    ];
    sentences.into_iter().flatten().collect()
}

fn statuses(ranked: &[&PageContext<'_>], absent: &[String]) -> Sentence {
    let of = |status: Status| ranked.iter().filter(|context| context.status(&context.result().total) == status).count();
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| of(*status) > 0)
        .map(|status| format!("{} {}", of(status), status.label()))
        .collect();
    let without = if absent.is_empty() { String::new() } else { format!("; {NO_DATA}: {}", absent.join(", ")) };
    let counts = format!("{}{without}", counts.join(", "));
    let period = format::period(ranked[0].subject.period);
    Sentence {
        text: format!("Status {} pada {period}: {counts}.", counted(ranked.len(), absent)),
        facts: vec![Fact::new("Status Puskesmas", counts)],
    }
}

fn extremes(ranked: &[&PageContext<'_>]) -> Option<Sentence> {
    let scored: Vec<(&str, f64)> = ranked
        .iter()
        .filter(|context| context.standing(&context.result().total).is_judged())
        .filter_map(|context| Some((context.puskesmas_name(), context.result().total.score?)))
        .collect();
    let [(high, best), .., (low, worst)] = scored.as_slice() else { return None };
    let high = format!("{high} ({})", format::percent(*best));
    let low = format!("{low} ({})", format::percent(*worst));
    Some(Sentence {
        text: format!("Skor tertinggi {high}, terendah {low}."),
        facts: vec![Fact::new("Skor tertinggi", high), Fact::new("Skor terendah", low)],
    })
}

fn fallen(ranked: &[&PageContext<'_>]) -> Option<Sentence> {
    let changes = ranked.iter().filter_map(|context| Some((change(context)?, context.puskesmas_name())));
    let (points, name) = changes.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(points, _)| *points < 0.0)?;
    let previous = format::period(ranked[0].subject.period.previous());
    let words = format!("{name}, {} poin", format::percent(-points));
    Some(Sentence {
        text: format!("Turun paling tajam sejak {previous}: {words}."),
        facts: vec![Fact::new("Turun paling tajam", words)],
    })
}

fn late(ranked: &[&PageContext<'_>]) -> Sentence {
    let counts = ranked.iter().map(|context| (overdue_items(context).len(), context.puskesmas_name()));
    let mut counts: Vec<(usize, &str)> = counts.filter(|(count, _)| *count > 0).collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    let most = counts.first().map_or_else(String::new, |(count, name)| format!(", terbanyak di {name} ({count})"));
    let words = format!("{all} RTL{most}");
    Sentence {
        text: format!("Lewat batas waktu pada {}: {words}.", format::date(ranked[0].subject.as_of)),
        facts: vec![Fact::new("RTL lewat batas waktu", words)],
    }
}

/// Says how complete the data is, and names the Puskesmas whose recaps lack.
fn recaps(ranked: &[&PageContext<'_>], absent: &[String]) -> Sentence {
    let months = |context: &PageContext<'_>| context.result().completeness.months;
    let mut lacking: Vec<String> = ranked
        .iter()
        .filter(|context| months(context).received < months(context).of)
        .map(|context| {
            format!("{} ({} dari {})", context.puskesmas_name(), months(context).received, months(context).of)
        })
        .collect();
    let whole = ranked.len() - lacking.len();
    lacking.extend(absent.iter().map(|name| format!("{name} ({NO_DATA})")));
    let rest = if lacking.is_empty() { String::new() } else { format!("; belum lengkap: {}", lacking.join(", ")) };
    let words = format!("{whole} dari {} Puskesmas{rest}", ranked.len() + absent.len());
    Sentence {
        text: format!("Rekap semua bulan yang sudah berjalan diterima dari {words}."),
        facts: vec![Fact::new("Puskesmas dengan rekap lengkap", words)],
    }
}

fn score_bars(ranked: &[&PageContext<'_>], source: &str) -> Chart {
    let good_from = ranked[0].decree.thresholds.good_from;
    let bars = ranked.iter().map(|context| Bar {
        name: context.puskesmas_name().to_owned(),
        value: context.result().total.score,
        status: context.status(&context.result().total),
        answer: MarkAnswer::default(),
    });
    let target = format::count(good_from);
    Chart {
        title: "Skor pembinaan menurut Puskesmas".to_owned(),
        subtitle: format!("{}, 0–100; target Baik {target}", format::period(ranked[0].subject.period)),
        source: format!("Data per {} · {source}", format::date(ranked[0].subject.as_of)),
        description: format!("Batang mendatar, satu per Puskesmas, {} batang, urut dari skor tertinggi.", ranked.len()),
        kind: ChartKind::Bars(Bars {
            unit: String::new(),
            target: Some(TargetLine { value: good_from, label: format!("target Baik {target}") }),
            bars: bars.collect(),
        }),
    }
}

fn trend_chart(ranked: &[&PageContext<'_>], source: &str) -> Result<Vec<Block>, ReportError> {
    let subject = ranked[0].subject;
    let mut periods: Vec<Period> = vec![subject.period];
    while periods.len() < TREND_PERIODS {
        periods.push(periods[periods.len() - 1].previous());
    }
    periods.reverse();
    let mut series = Vec::new();
    for context in ranked.iter().take(TREND_LINES_MAX) {
        let history = history(context.evaluator, context.subject.puskesmas, &periods, subject.as_of)
            .map_err(|error| ReportError::Dashboard(DashboardError::Analytics(error)))?;
        series.push(Series {
            name: context.puskesmas_name().to_owned(),
            values: history.points.iter().map(|point| point.result.total.score).collect(),
            emphasis: if series.is_empty() { Emphasis::Main } else { Emphasis::Context },
            answers: Vec::new(),
        });
    }
    if series.iter().all(|line| line.values.iter().flatten().count() < 2) {
        return Ok(vec![Block::Note("Belum ada dua periode yang dapat dibandingkan.".to_owned())]);
    }
    let shown = if ranked.len() > TREND_LINES_MAX { format!(" ({TREND_LINES_MAX} teratas)") } else { String::new() };
    Ok(vec![Block::Chart(Box::new(Chart {
        title: format!("Perkembangan skor{shown}"),
        subtitle: "Skor pembinaan 0–100".to_owned(),
        source: format!("Data per {} · {source}", format::date(subject.as_of)),
        description: "Garis skor setiap Puskesmas dari periode ke periode.".to_owned(),
        kind: ChartKind::Trend(TrendChart {
            unit: String::new(),
            periods: periods.iter().map(|period| format::period_short(*period)).collect(),
            target: None,
            series,
        }),
    }))])
}

fn figure(value: Option<f64>, parts: Option<(f64, f64)>) -> PaperCell {
    value.map_or_else(|| PaperCell::Missing("–".to_owned()), |value| PaperCell::Figure(value, parts))
}

fn figures(block: &Results, standing: ScoreStatus) -> Vec<PaperCell> {
    let indicators = CoachingIndicator::ALL.into_iter().map(|indicator| {
        let result = block.indicator(indicator);
        let parts = result.ratio.filter(|ratio| ratio.denominator > 0.0).map(|r| (r.numerator, r.denominator));
        figure(result.value.number(), parts)
    });
    [figure(block.score, None), PaperCell::words(&standing.words())].into_iter().chain(indicators).collect()
}

fn comparison(ranked: &[&PageContext<'_>], everyone: &Results, absent: &[String]) -> Block {
    let row = |(place, context): (usize, &&PageContext<'_>)| {
        let result = context.result();
        let mut cells = vec![PaperCell::running(place), PaperCell::words(context.puskesmas_name())];
        cells.push(PaperCell::Count(f64::from(result.completeness.facilities)));
        cells.push(PaperCell::Count(f64::from(result.completeness.facilities_with_data)));
        let mut rest = figures(&result.total, context.standing(&result.total));
        rest.insert(2, change(context).map_or_else(|| PaperCell::Missing("–".to_owned()), PaperCell::Change));
        cells.extend(rest);
        cells
    };
    let mut total = vec![PaperCell::Blank, PaperCell::words("Semua Puskesmas"), PaperCell::Blank, PaperCell::Blank];
    let mut pooled = figures(everyone, ranked[0].standing(everyone));
    pooled.insert(2, PaperCell::Blank);
    total.extend(pooled);
    let mut columns = vec![
        PaperColumn::number("No", 5.0),
        PaperColumn::text("Puskesmas", 26.0),
        PaperColumn::number("Faskes", 8.0),
        PaperColumn::number("Punya data", 8.0),
        PaperColumn::number("Skor", 7.0),
        PaperColumn::text("Status", 10.0),
        PaperColumn::number("Tren", 7.0),
    ];
    columns.extend(CoachingIndicator::ALL.map(|indicator| PaperColumn::number(indicator.short_name(), 9.0)));
    let width = columns.len();
    let without = |(place, name): (usize, &String)| {
        let mut cells = vec![PaperCell::running(ranked.len() + place), PaperCell::words(name)];
        cells.resize(width, PaperCell::Missing("–".to_owned()));
        cells[STATUS_COLUMN] = PaperCell::Missing(NO_DATA.to_owned());
        cells
    };
    Block::Table(PaperTable {
        title: "Perbandingan Puskesmas".to_owned(),
        note: "Menurut peringkat skor; pembilang dan penyebut semua faskes dijumlahkan lebih dulu, \
               baru dihitung persennya."
            .to_owned(),
        columns,
        rows: ranked.iter().enumerate().map(row).chain(absent.iter().enumerate().map(without)).collect(),
        totals: vec![total],
        empty: String::new(),
        row_height: RowHeight::Text,
    })
}

/// Lists the Puskesmas below Baik or without data, each with its weakest point.
fn help(ranked: &[&PageContext<'_>], absent: &[String]) -> Block {
    let unknown = || PaperCell::Missing("–".to_owned());
    let without = absent.iter().map(|name| {
        let why = "belum ada rekap di folder data ini";
        let status = PaperCell::Missing(NO_DATA.to_owned());
        let why = PaperCell::words(why);
        vec![PaperCell::words(name), unknown(), status, why, unknown(), unknown()]
    });
    let rows =
        ranked.iter().rev().filter(|context| context.status(&context.result().total) != Status::Good).map(|context| {
            let result = context.result();
            let weakest = CoachingIndicator::ALL
                .into_iter()
                .filter_map(|indicator| Some((result.total.indicator(indicator).performance?, indicator)))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            let weakest = weakest.map_or_else(String::new, |(_, indicator)| {
                let value = result.total.indicator(indicator).value.number().map(format::percent).unwrap_or_default();
                format!("{}: {value} %", indicator.name())
            });
            let months = result.completeness.months;
            vec![
                PaperCell::words(context.puskesmas_name()),
                figure(result.total.score, None),
                PaperCell::words(&context.standing(&result.total).words()),
                PaperCell::words(&weakest),
                PaperCell::Count(f64::from(u32::try_from(overdue_items(context).len()).unwrap_or(u32::MAX))),
                PaperCell::words(&format!("{} dari {}", months.received, months.of)),
            ]
        });
    Block::Table(PaperTable {
        title: "Tanpa data atau di bawah Baik, yang terendah lebih dulu".to_owned(),
        note: String::new(),
        columns: vec![
            PaperColumn::text("Puskesmas", 24.0),
            PaperColumn::number("Skor", 8.0),
            PaperColumn::text("Status", 12.0),
            PaperColumn::text("Indikator terlemah", 28.0),
            PaperColumn::number("RTL lewat batas", 9.0),
            PaperColumn::text("Rekap diterima (bulan)", 12.0),
        ],
        rows: without.chain(rows).collect(),
        totals: Vec::new(),
        empty: "Semua Puskesmas berstatus Baik.".to_owned(),
        row_height: RowHeight::Text,
    })
}
