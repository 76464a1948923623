//! The slides of a lokmin: one thing a slide, with as much of it as a room can read from its back. Plain data; knows no
//! markup, and computes no figure that a page does not show too.

use std::cmp::Ordering;

use crate::analytics::{self, PwsRow, PwsTable};
use crate::definitions::{Dashboard, PanelKind, SlideKind};
use crate::domain::facts::{FollowUp, LokminSort};
use crate::domain::written::Decision;
use crate::domain::{
    CoachingIndicator, Date, Direction, Month, PeriodKind, Ratio, SlotState, Status, Table as Recap, format,
};

use super::context::PageContext;

/// Rows of a slide's table, and bars of its chart: at 24 px and more they fill a projector's picture.
pub const ROWS_MAX: usize = 9;
/// Rows of a table whose cells may take two lines.
const LONG_ROWS_MAX: usize = 6;
/// Facilities of an indicator that the room is to talk about.
const TALKED_ABOUT: usize = 3;
/// Indicators named as what a facility lacks.
const WEAK_INDICATORS: usize = 2;

/// A meeting, slide by slide.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideShow {
    /// `Lokakarya mini bulanan`.
    pub title: String,
    /// `Hasil sampai Agustus 2023`.
    pub subtitle: String,
    /// In order; never empty.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// Message of the slide, in a sentence or a few words.
    pub title: String,
    /// The measured quantity, or a number; may be empty.
    pub subtitle: String,
    /// Content below the heading.
    pub body: SlideBody,
    /// For whoever leads the meeting: what to say or ask.
    pub notes: Vec<String>,
}

/// Content of a slide.
#[derive(Clone, Debug, PartialEq)]
pub enum SlideBody {
    /// The state before anybody speaks, and the agenda.
    Opening {
        /// Sentences.
        lines: Vec<String>,
        /// Matters in their order.
        agenda: Vec<&'static str>,
    },
    /// Sentences, one below the other.
    Lines(Vec<String>),
    /// A table.
    Table(SlideTable),
    /// One bar a facility.
    Bars(SlideBars),
    /// The place where decisions are written.
    NewDecisions,
}

/// A table that a room can read: at most [`ROWS_MAX`] rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlideTable {
    /// Headings.
    pub heads: Vec<&'static str>,
    /// Cells under them.
    pub rows: Vec<Vec<String>>,
    /// Rows that are not shown.
    pub left_out: usize,
}

/// Bars from high to low, at most [`ROWS_MAX`], the total apart.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideBars {
    /// The highest, then the lowest.
    pub bars: Vec<SlideBar>,
    /// After how many bars some are left out, and how many.
    pub gap: Option<Gap>,
    /// Target, percent.
    pub target: f64,
    /// The Puskesmas.
    pub total: SlideBar,
    /// Who did not report.
    pub unreported: Vec<String>,
    /// Matters for the room to talk about, a sentence a facility.
    pub talk: Vec<String>,
}

/// Bars that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Bars before it.
    pub after: usize,
    /// Number of bars that are left out.
    pub count: usize,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideBar {
    /// Whose.
    pub name: String,
    /// Percent; `None` where nobody reported, or of nothing.
    pub percent: Option<f64>,
    /// `66,7 % (20 dari 30)`.
    pub words: String,
    /// True where the target is reached; `None` where that is not known.
    pub is_reached: Option<bool>,
}

/// Makes the slides that a definition of scope `meeting` names.
pub fn meeting(definition: &Dashboard, context: &PageContext<'_>) -> SlideShow {
    let title = context.fill(&definition.title);
    let mut slides: Vec<Slide> = Vec::new();
    for panel in &definition.panels {
        let PanelKind::Slide(kind) = &panel.kind else { continue };
        match kind {
            SlideKind::Opening => slides.push(opening(context, &title, agenda(definition))),
            SlideKind::LastDecisions => slides.push(last_decisions(context)),
            SlideKind::ServiceIndicators => slides.extend(service_indicators(context)),
            SlideKind::NeedHelp => slides.push(need_help(context)),
            SlideKind::OpenFollowUps => slides.push(open_follow_ups(context)),
            SlideKind::NextVisits => slides.push(next_visits(context)),
            SlideKind::NewDecisions => slides.push(new_decisions()),
            SlideKind::Closing => slides.push(closing(context)),
        }
    }
    SlideShow { title, subtitle: context.fill(&definition.question), slides }
}

/// The agenda: what the slides after the opening are about.
fn agenda(definition: &Dashboard) -> Vec<&'static str> {
    let kinds = definition.panels.iter().filter_map(|panel| match panel.kind {
        PanelKind::Slide(kind) => Some(kind),
        _ => None,
    });
    kinds.filter_map(agenda_item).collect()
}

fn agenda_item(kind: SlideKind) -> Option<&'static str> {
    match kind {
        SlideKind::Opening | SlideKind::Closing => None,
        SlideKind::LastDecisions => Some("Keputusan rapat lalu"),
        SlideKind::ServiceIndicators => Some("Capaian indikator layanan"),
        SlideKind::NeedHelp => Some("Faskes yang perlu bantuan"),
        SlideKind::OpenFollowUps => Some("Tindak lanjut yang belum selesai"),
        SlideKind::NextVisits => Some("Jadwal pembinaan bulan depan"),
        SlideKind::NewDecisions => Some("Keputusan rapat ini"),
    }
}

fn opening(context: &PageContext<'_>, title: &str, agenda: Vec<&'static str>) -> Slide {
    let month = context.subject.period.last_begun_month(context.subject.as_of);
    let completeness = context.result().completeness;
    let lines = vec![
        format!("Hasil {}", format::period(context.subject.period)),
        month.map_or_else(|| "Periode ini belum dimulai".to_owned(), |month| attendance(context, month)),
        format!("{} dari {} faskes sudah ada datanya", completeness.facilities_with_data, completeness.facilities),
    ];
    Slide {
        title: title.to_owned(),
        subtitle: context.puskesmas_name().to_owned(),
        body: SlideBody::Opening { lines, agenda },
        notes: Vec::new(),
    }
}

/// Who was invited and came in this month, as far as a recap tells.
fn attendance(context: &PageContext<'_>, month: Month) -> String {
    let wanted = match context.subject.period.kind() {
        PeriodKind::Quarter => LokminSort::Quarterly,
        _ => LokminSort::Monthly,
    };
    let meetings = context.evaluator.facts().lokmin.iter();
    let meetings: Vec<_> = meetings
        .filter(|row| row.month == month && row.sort == wanted && context.facility_result(row.facility).is_some())
        .collect();
    let invited = meetings.iter().filter(|row| row.invited || row.attended).count();
    let attended = meetings.iter().filter(|row| row.attended).count();
    let is_received = context.evaluator.received().contains(context.subject.puskesmas, Recap::Lokmin, month);
    match (invited, is_received) {
        (0, false) => format!("Daftar hadir {} belum diterima", format::month(month)),
        (0, true) => format!("Tidak ada faskes yang diundang pada {}", format::month(month)),
        (invited, _) => format!("Hadir {attended} dari {invited} faskes yang diundang ({})", format::month(month)),
    }
}

fn last_decisions(context: &PageContext<'_>) -> Slide {
    let as_of = context.subject.as_of;
    let own = context.evaluator.facts().written.decisions.iter();
    let known: Vec<&Decision> = own
        .filter(|row| row.puskesmas == context.subject.puskesmas && row.row.date <= as_of)
        .map(|row| &row.row)
        .collect();
    let Some(date) = known.iter().map(|decision| decision.date).max() else {
        return Slide {
            title: "Keputusan rapat lalu".to_owned(),
            subtitle: String::new(),
            body: SlideBody::Lines(vec!["Belum ada keputusan lokmin yang dicatat.".to_owned()]),
            notes: Vec::new(),
        };
    };
    let of_last: Vec<&&Decision> = known.iter().filter(|decision| decision.date == date).collect();
    let older = known.iter().filter(|decision| decision.date < date && decision.is_overdue(as_of)).count();
    let done = of_last.iter().filter(|decision| is_done(decision, as_of)).count();
    let rows = of_last.iter().map(|decision| {
        vec![
            decision.decision.clone(),
            decision.owner.clone().unwrap_or_else(|| "belum ditunjuk".to_owned()),
            decision.due.map_or_else(|| "–".to_owned(), format::date),
            decision_state(decision, as_of),
        ]
    });
    Slide {
        title: format!("Keputusan rapat lalu: {done} dari {} selesai", of_last.len()),
        subtitle: format!("Rapat {}", format::date(date)),
        body: SlideBody::Table(SlideTable::of(vec!["Keputusan", "Siapa", "Batas", "Keadaan"], rows.collect())),
        notes: if older == 0 {
            Vec::new()
        } else {
            vec![format!("{older} keputusan dari rapat sebelumnya juga lewat batas; daftarnya di Catatan.")]
        },
    }
}

fn is_done(decision: &Decision, as_of: Date) -> bool {
    decision.done.is_some_and(|done| done <= as_of)
}

fn decision_state(decision: &Decision, as_of: Date) -> String {
    match decision.done.filter(|done| *done <= as_of) {
        Some(done) => format!("● selesai {}", format::date(done)),
        None if decision.is_overdue(as_of) => "■ lewat batas".to_owned(),
        None => decision.follow_up.clone().map_or_else(|| "▲ berjalan".to_owned(), |done| format!("▲ {done}")),
    }
}

fn service_indicators(context: &PageContext<'_>) -> Vec<Slide> {
    let subject = context.subject;
    let Some(month) = subject.period.last_begun_month(subject.as_of) else { return Vec::new() };
    let services = context.evaluator.services(subject.puskesmas, subject.period.year());
    let tables = services.iter().filter_map(|(service, _)| {
        analytics::pws(context.evaluator, subject.puskesmas, *service, month, subject.as_of)
    });
    tables.map(|table| service_indicator(context, &table)).collect()
}

fn service_indicator(context: &PageContext<'_>, table: &PwsTable) -> Slide {
    let name = table.definition.name.trim();
    let reported: Vec<&PwsRow> = table.rows.iter().filter(|row| percent(row.cumulative).is_some()).collect();
    let reached = reported.iter().filter(|row| row.above_target == Some(is_more_better(table))).count();
    let target = format!("{} %", format::percent(table.target_due));
    let title = if reported.is_empty() {
        format!("{name}: belum ada yang melapor sampai {}", format::month(table.month))
    } else {
        format!("{name}: {reached} dari {} faskes mencapai target {target}", reported.len())
    };
    let bars: Vec<SlideBar> = reported.iter().map(|row| bar(context, table, row)).collect();
    let (bars, gap) = shown(bars);
    let unreported = table.rows.iter().filter(|row| percent(row.cumulative).is_none());
    let talk = talked_about(context, table, &reported);
    Slide {
        title,
        subtitle: format!("Persen sampai {}; garis: target {target}", format::month(table.month)),
        notes: talk.clone(),
        body: SlideBody::Bars(SlideBars {
            bars,
            gap,
            target: table.target_due,
            total: bar(context, table, &table.total),
            unreported: unreported.map(|row| name_of(context, row)).collect(),
            talk,
        }),
    }
}

fn is_more_better(table: &PwsTable) -> bool {
    table.definition.direction == Direction::HigherIsBetter
}

fn percent(ratio: Option<Ratio>) -> Option<f64> {
    ratio.and_then(Ratio::percent)
}

fn name_of(context: &PageContext<'_>, row: &PwsRow) -> String {
    row.facility.map_or_else(|| "Puskesmas".to_owned(), |facility| context.facility(facility).name.clone())
}

fn bar(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> SlideBar {
    let words = match (row.cumulative, percent(row.cumulative)) {
        (Some(ratio), Some(percent)) => {
            let counts = format!("{} dari {}", format::count(ratio.numerator), format::count(ratio.denominator));
            format!("{} % ({counts})", format::percent(percent))
        }
        _ => "belum lapor".to_owned(),
    };
    SlideBar {
        name: name_of(context, row),
        percent: percent(row.cumulative),
        words,
        is_reached: row.above_target.map(|above| above == is_more_better(table)),
    }
}

/// The bars that a slide holds: where there are too many, the first and the last, with a gap between.
fn shown(mut bars: Vec<SlideBar>) -> (Vec<SlideBar>, Option<Gap>) {
    if bars.len() <= ROWS_MAX {
        return (bars, None);
    }
    let after = ROWS_MAX / 2;
    let last = ROWS_MAX - after - 1;
    let count = bars.len() - after - last;
    bars.drain(after..after + count);
    (bars, Some(Gap { after, count }))
}

/// The facilities farthest from the target, each with what it lacks.
fn talked_about(context: &PageContext<'_>, table: &PwsTable, reported: &[&PwsRow]) -> Vec<String> {
    let mut behind: Vec<&&PwsRow> =
        reported.iter().filter(|row| row.above_target == Some(!is_more_better(table))).collect();
    behind.sort_by(|a, b| {
        let a = percent(a.cumulative).unwrap_or(0.0);
        let b = percent(b.cumulative).unwrap_or(0.0);
        if is_more_better(table) { a.total_cmp(&b) } else { b.total_cmp(&a) }
    });
    behind.iter().take(TALKED_ABOUT).map(|row| lacking(context, table, row)).collect()
}

fn lacking(context: &PageContext<'_>, table: &PwsTable, row: &PwsRow) -> String {
    let name = name_of(context, row);
    let Some(ratio) = row.cumulative else { return name };
    let gap = table.target_due / 100.0 * ratio.denominator - ratio.numerator;
    // A hair of rounding is no further person.
    let people = if is_more_better(table) { (gap - 1e-9).ceil() } else { (-gap - 1e-9).ceil() };
    let word = if is_more_better(table) { "kurang" } else { "lebih" };
    let trend = row.trend.map(|trend| format!(", {} dari bulan lalu", trend.label())).unwrap_or_default();
    format!("{name}: {word} {} dari target{trend}", format::count(people.max(0.0)))
}

fn need_help(context: &PageContext<'_>) -> Slide {
    let mut poor: Vec<_> = context.facilities().filter(|result| result.block.status == Status::Poor).collect();
    poor.sort_by(|a, b| a.block.score.partial_cmp(&b.block.score).unwrap_or(Ordering::Equal));
    let listed = context.facilities().count();
    let rows = poor.iter().map(|result| {
        let mut weak: Vec<(f64, CoachingIndicator)> = CoachingIndicator::ALL
            .into_iter()
            .filter_map(|indicator| Some((result.block.indicator(indicator).performance?, indicator)))
            .filter(|(performance, _)| *performance < 100.0)
            .collect();
        weak.sort_by(|a, b| a.0.total_cmp(&b.0));
        let weak: Vec<String> =
            weak.iter().take(WEAK_INDICATORS).map(|(_, indicator)| indicator.name().to_owned()).collect();
        vec![
            context.facility(result.facility).name.clone(),
            result.block.score.map_or_else(|| "–".to_owned(), format::percent),
            weak.join("; "),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let body = if rows.is_empty() {
        SlideBody::Lines(vec!["Tidak ada faskes berstatus Kurang pada periode ini.".to_owned()])
    } else {
        SlideBody::Table(SlideTable::of(vec!["Faskes", "Skor", "Yang paling lemah"], rows))
    };
    Slide {
        title: format!("{} dari {listed} faskes perlu bantuan", poor.len()),
        subtitle: format!("Status Kurang, {}", format::period(context.subject.period)),
        body,
        notes: Vec::new(),
    }
}

fn open_follow_ups(context: &PageContext<'_>) -> Slide {
    let as_of = context.subject.as_of;
    let mut open: Vec<&FollowUp> = context
        .evaluator
        .facts()
        .follow_ups
        .iter()
        .filter(|item| context.facility_result(item.facility).is_some() && item.visit_date <= as_of)
        .filter(|item| item.done.is_none_or(|done| done > as_of))
        .collect();
    open.sort_by_key(|item| (item.due, item.visit_date, item.facility));
    let overdue = open.iter().filter(|item| item.due < as_of).count();
    let rows: Vec<Vec<String>> = open
        .iter()
        .map(|item| {
            let late = as_of.signed_duration_since(item.due).num_days();
            let state =
                if late > 0 { format!("■ lewat {} hari", days(late)) } else { "belum jatuh tempo".to_owned() };
            vec![
                context.facility(item.facility).name.clone(),
                item.item.clone(),
                item.owner.clone().unwrap_or_else(|| "–".to_owned()),
                format!("{} · {state}", format::date(item.due)),
            ]
        })
        .collect();
    let body = if rows.is_empty() {
        SlideBody::Lines(vec!["Semua tindak lanjut pembinaan sudah selesai.".to_owned()])
    } else {
        SlideBody::Table(SlideTable::of(vec!["Faskes", "Tindak lanjut", "Siapa", "Batas"], rows))
    };
    Slide {
        title: format!("{} tindak lanjut belum selesai, {overdue} lewat batas", open.len()),
        subtitle: format!("Data per {}", format::date(as_of)),
        body,
        notes: Vec::new(),
    }
}

fn days(days: i64) -> String {
    format::count(f64::from(i32::try_from(days).unwrap_or(i32::MAX)))
}

fn next_visits(context: &PageContext<'_>) -> Slide {
    let month = context.subject.period.last_month().plus(1);
    let as_of = context.subject.as_of;
    let planned: Vec<String> = context
        .facilities()
        .filter(|result| {
            let matching = context.evaluator.matching(result.facility, month.year(), as_of);
            matching.slots.iter().any(|slot| slot.effective == Some(month) && slot.state != SlotState::Cancelled)
        })
        .map(|result| context.facility(result.facility).name.clone())
        .collect();
    let name = format::month(month);
    let body = if planned.is_empty() {
        SlideBody::Lines(vec![format!(
            "Tidak ada pembinaan yang dijadwalkan pada {name}, atau jadwalnya belum diimpor."
        )])
    } else {
        let rows = planned.iter().map(|facility| vec![facility.clone()]).collect();
        SlideBody::Table(SlideTable::of(vec!["Faskes"], rows))
    };
    Slide {
        title: format!("{} pembinaan dijadwalkan pada {name}", planned.len()),
        subtitle: "Menurut jadwal dan perubahannya".to_owned(),
        body,
        notes: vec!["Tanyakan kepada tiap faskes: tanggal berapa, siapa yang datang?".to_owned()],
    }
}

fn new_decisions() -> Slide {
    Slide {
        title: "Keputusan rapat ini".to_owned(),
        subtitle: "Apa, siapa, kapan".to_owned(),
        body: SlideBody::NewDecisions,
        notes: vec!["Tekan K di salindia mana pun untuk menulis keputusan tentang salindia itu.".to_owned()],
    }
}

fn closing(context: &PageContext<'_>) -> Slide {
    let next = context.subject.period.last_month().plus(1);
    Slide {
        title: "Terima kasih".to_owned(),
        subtitle: context.puskesmas_name().to_owned(),
        body: SlideBody::Lines(vec![
            "Keputusan yang dicatat tercetak di notulen dan tampil di rapat berikutnya.".to_owned(),
            format!("Rapat berikutnya membahas hasil {}.", format::month(next)),
        ]),
        notes: Vec::new(),
    }
}

impl SlideTable {
    /// The first rows, and how many are left out.
    fn of(heads: Vec<&'static str>, mut rows: Vec<Vec<String>>) -> Self {
        let most = if heads.len() > 3 { LONG_ROWS_MAX } else { ROWS_MAX };
        let left_out = rows.len().saturating_sub(most);
        rows.truncate(most);
        Self { heads, rows, left_out }
    }
}
