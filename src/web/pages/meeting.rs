//! *Rapat lokmin*: the slides of a meeting on one page, which needs nobody once it is open. Shows what
//! [`crate::dashboard::meeting`] made; what is written in it goes to [`super::meeting_said`].

use std::collections::BTreeSet;

use askama::Template;

use super::{PageQuery, entries, html, paper};
use crate::dashboard::meeting::{self, FormerDecision, Slide, SlideBar, SlideBars, SlideBody};
use crate::definitions::Dashboard;
use crate::domain::meeting_held::{Invitee, MeetingHeld, Turnout};
use crate::domain::records::{Rows, Sourced};
use crate::domain::written::Decision;
use crate::domain::{Date, Facts, FileFormat, Month, Period, PeriodKind, ReportKind, format};
use crate::store::read_entries;
use crate::web::assets;
use crate::web::chosen::{ResolvedRequest, SUBJECT_NAMES};
use crate::web::day::DayField;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::dashboard_path;
use crate::web::view::links::Links;

/// The address of the meeting.
pub const PATH: &str = "/lokmin/rapat";
/// Name of the meeting's day in addresses.
const DAY: DayField = DayField { name: "tanggal", label: "Tanggal rapat" };
/// Units of a bar's whole length, percent beyond 100 included.
const BAR_UNITS: f64 = 1_000.0;
/// Letters at the end of a name that are never cut, at most; of a single long word so many of its last ones.
const NAME_TAIL_MAX: usize = 12;
const WORD_TAIL: usize = 6;
/// Facilities on the opening slide; the others are ticked in the whole list.
const SHOWN_INVITEES: usize = 15;
/// Facilities of a slide that are offered for a decision.
const OFFERED_MAX: usize = 8;
/// People and facilities that are offered to carry a decision out.
const OWNERS_MAX: usize = 300;

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    assets: &'static str,
    title: String,
    puskesmas: String,
    day: DayView,
    slides: Vec<SlideView>,
    /// Names and values of the address, without the day.
    subject: Vec<(String, String)>,
    turnout: String,
    invitees: Vec<InviteeView>,
    shown_invitees: usize,
    owners: Vec<String>,
    /// Where Esc leads.
    leave: String,
    /// Where decisions are listed.
    decisions: String,
    /// Format and address of the minutes.
    papers: Vec<(String, String)>,
    source: String,
    /// True where nothing is held: all slides below each other, with their notes, and no script.
    is_example: bool,
}

struct DayView {
    iso: String,
    words: String,
    /// `2023-09`.
    month: String,
    /// `Bulanan`, `Tribulanan`.
    sort: &'static str,
}

struct InviteeView {
    name: String,
    parts: NameView,
    turnout: &'static str,
    mark: &'static str,
    has_come: bool,
    is_invited: bool,
}

struct SlideView {
    number: usize,
    title: String,
    subtitle: String,
    subject: String,
    /// JSON list of names.
    facilities: String,
    counts_done: bool,
    notes: Vec<String>,
    body: SlideBodyView,
}

enum SlideBodyView {
    Opening { lines: Vec<String>, agenda: Vec<&'static str> },
    Lines(Vec<String>),
    Names { names: Vec<NameView>, left_out: usize },
    Table { heads: Vec<&'static str>, rows: Vec<SlideRowView>, left_out: usize },
    Decisions(Vec<DecisionView>),
    Bars(BarsView),
    NewDecisions(Vec<String>),
    Closing(Vec<String>),
}

struct SlideRowView {
    /// Name in the first cell; none where a row begins with something longer.
    name: Option<NameView>,
    cells: Vec<String>,
}

struct DecisionView {
    key: String,
    decision: String,
    owner: String,
    facility: Option<NameView>,
    due: String,
    state: String,
    /// Day on which it was done; blank as long as it is not.
    done: String,
    /// Words where it is not.
    undone: String,
    is_of_last: bool,
}

struct BarsView {
    /// Bars, and where some are left out a row that says so.
    rows: Vec<BarView>,
    target: String,
    unreported: String,
    talk: Vec<TalkView>,
}

/// A name whose last letters are kept where it is cut: names often differ there alone.
struct NameView {
    head: String,
    tail: String,
}

impl NameView {
    fn new(name: &str) -> Self {
        let letters: Vec<char> = name.chars().collect();
        let from = letters.len().saturating_sub(NAME_TAIL_MAX);
        let word = (from..letters.len()).find(|place| *place == 0 || letters[place - 1] == ' ');
        let cut = word.unwrap_or(letters.len().saturating_sub(WORD_TAIL));
        Self { head: letters[..cut].iter().collect(), tail: letters[cut..].iter().collect() }
    }
}

/// `Apotek Sehat`: `kurang 12 dari target`.
struct TalkView {
    name: NameView,
    rest: String,
}

struct BarView {
    name: NameView,
    words: String,
    /// Length in units; blank where there is no bar.
    length: String,
    /// `reached`, `missed`, `total` or `gap`.
    class: &'static str,
    /// Told beside the colour.
    symbol: &'static str,
}

/// `GET /lokmin/rapat?periode=&tanggal=`: the slides of a meeting.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let kinds = site.papers().meeting_periods();
    let chosen = ResolvedRequest::need(site, query, &kinds)?;
    let period = chosen.subject.period;
    let definition = definition_for(site, period)?;
    let context = chosen.context(site)?;
    let usual = || MeetingHeld::usual_day(period.last_day(), site.app().clock().today());
    let day = DAY.chosen_in(query)?.unwrap_or_else(usual);
    let meeting = meeting::meeting(&definition, &context, day);
    let links = Links::new(&chosen);
    let slides = (1..).zip(&meeting.slides).map(|(number, slide)| view(number, slide)).collect();
    html(&MeetingPage {
        assets: assets::version(),
        title: meeting.title,
        slides,
        subject: chosen.query.only(&SUBJECT_NAMES).except(&[]),
        turnout: meeting.turnout,
        invitees: meeting.invitees.iter().map(invitee_view).collect(),
        shown_invitees: SHOWN_INVITEES,
        owners: owners(chosen.snapshot.facts(), &meeting.invitees),
        leave: links.page(&dashboard_path("lokmin")),
        decisions: links.page(&format!("{}/notulen", entries::PATH)),
        papers: papers(&chosen, day),
        source: context.source(),
        day: DayView {
            iso: day.to_string(),
            words: format::date(day),
            month: Month::from_date(day).to_string(),
            sort: MeetingHeld::sort_for(period.kind()).label(),
        },
        puskesmas: chosen.puskesmas,
        is_example: false,
    })
}

/// Renders slides of a meeting that nobody holds.
pub fn example(day: Date, slides: &[Slide], invitees: &[Invitee]) -> PageResult {
    let slides = (1..).zip(slides).map(|(number, slide)| view(number, slide)).collect();
    html(&MeetingPage {
        assets: assets::version(),
        title: "Salindia rapat, contoh".to_owned(),
        slides,
        subject: Vec::new(),
        turnout: "2 dari 3 yang diundang hadir.".to_owned(),
        invitees: invitees.iter().map(invitee_view).collect(),
        shown_invitees: SHOWN_INVITEES,
        owners: Vec::new(),
        leave: dashboard_path("lokmin"),
        decisions: entries::PATH.to_owned(),
        papers: vec![("PDF".to_owned(), paper::LIST.to_owned())],
        source: "Sumber: contoh di dalam program".to_owned(),
        day: DayView {
            iso: day.to_string(),
            words: format::date(day),
            month: Month::from_date(day).to_string(),
            sort: MeetingHeld::sort_for(PeriodKind::Month).label(),
        },
        puskesmas: "Puskesmas Contoh".to_owned(),
        is_example: true,
    })
}

/// Minutes with the attendance list of the meeting on this day: of a quarter the one in whose quarter it is held.
fn papers(chosen: &ResolvedRequest, day: Date) -> Vec<(String, String)> {
    let kind =
        if chosen.subject.period.kind() == PeriodKind::Quarter { PeriodKind::Quarter } else { PeriodKind::Month };
    let query = chosen
        .query
        .only(&["puskesmas"])
        .with("periode", &Period::containing(kind, Month::from_date(day)).to_string())
        .with("per", &day.to_string());
    let of = |format: FileFormat| {
        let path = format!("{}/{}.{}", paper::LIST, ReportKind::Minutes.code(), format.ending());
        (format.ending().to_uppercase(), query.at(&path))
    };
    [FileFormat::Pdf, FileFormat::Docx].map(of).to_vec()
}

/// Facilities, then people who were named for a decision before.
fn owners(facts: &Facts, invitees: &[Invitee]) -> Vec<String> {
    let people: BTreeSet<&String> =
        facts.written.decisions.iter().filter_map(|decision| decision.row.owner.as_ref()).collect();
    let facilities = invitees.iter().map(|one| &one.name);
    facilities.chain(people).take(OWNERS_MAX).cloned().collect()
}

fn invitee_view(invitee: &Invitee) -> InviteeView {
    InviteeView {
        name: invitee.name.clone(),
        parts: NameView::new(&invitee.name),
        turnout: invitee.turnout.code(),
        mark: match invitee.turnout {
            Turnout::Came => "●",
            Turnout::Stayed => "○",
            Turnout::Uninvited => "–",
        },
        has_come: invitee.turnout == Turnout::Came,
        is_invited: invitee.turnout.is_invited(),
    }
}

/// The meeting that is held for such a period.
fn definition_for(site: &Site, period: Period) -> Result<Dashboard, PageError> {
    site.papers().meeting_definition(period).ok_or_else(|| {
        PageError::not_found(
            "Rapat lokmin diadakan untuk satu bulan atau satu triwulan; pilih periode itu di halaman Lokmin.",
        )
    })
}

/// The address of the meeting about a period, where there is one.
pub fn address(site: &Site, chosen: &ResolvedRequest, links: &Links) -> Option<String> {
    site.papers().meeting_definition(chosen.subject.period).map(|_| links.page(PATH))
}

fn view(number: usize, slide: &Slide) -> SlideView {
    let body = match &slide.body {
        SlideBody::Opening { lines, agenda } => SlideBodyView::Opening { lines: lines.clone(), agenda: agenda.clone() },
        SlideBody::Lines(lines) => SlideBodyView::Lines(lines.clone()),
        SlideBody::Names { names, left_out } => {
            SlideBodyView::Names { names: names.iter().map(|name| NameView::new(name)).collect(), left_out: *left_out }
        }
        SlideBody::Table(table) => {
            let is_of_facilities = table.heads.len() > 2;
            let rows = table.rows.iter().map(|cells| row_view(cells, is_of_facilities)).collect();
            SlideBodyView::Table { heads: table.heads.clone(), rows, left_out: table.left_out }
        }
        SlideBody::Decisions(rows) => SlideBodyView::Decisions(rows.iter().map(decision_view).collect()),
        SlideBody::Bars(bars) => SlideBodyView::Bars(bars_view(bars)),
        SlideBody::NewDecisions(taken) => SlideBodyView::NewDecisions(taken.iter().map(decision_line).collect()),
        SlideBody::Closing(lines) => SlideBodyView::Closing(lines.clone()),
    };
    let offered: Vec<&String> = slide.facilities.iter().take(OFFERED_MAX).collect();
    SlideView {
        number,
        title: slide.title.clone(),
        subtitle: slide.subtitle.clone(),
        subject: slide.subject.clone(),
        facilities: serde_json::json!(offered).to_string(),
        counts_done: matches!(slide.body, SlideBody::Decisions(_)),
        notes: slide.notes.clone(),
        body,
    }
}

fn row_view(cells: &[String], is_of_facility: bool) -> SlideRowView {
    let name = cells.first().filter(|_| is_of_facility);
    SlideRowView {
        cells: cells.iter().skip(usize::from(name.is_some())).cloned().collect(),
        name: name.map(|name| NameView::new(name)),
    }
}

/// `Ani (Apotek Sehat)`: who carries it out, and for which facility.
fn who(decision: &Decision) -> String {
    match (&decision.owner, &decision.facility) {
        (Some(owner), Some(facility)) if owner == facility => owner.clone(),
        (Some(owner), Some(facility)) => format!("{owner} ({facility})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "belum ditunjuk".to_owned(),
    }
}

fn decision_view(row: &FormerDecision) -> DecisionView {
    let decision = &row.decision;
    let sourced = Sourced { record: decision.clone(), cells: Vec::new() };
    let is_done = row.done.is_some();
    DecisionView {
        key: read_entries(&Rows::Decisions(vec![sourced]), Month::from_date(decision.date).year())
            .pop()
            .map(|entry| entry.id)
            .unwrap_or_default(),
        decision: decision.decision.clone(),
        owner: match (&decision.owner, &decision.facility) {
            (Some(owner), facility) if facility.as_ref() != Some(owner) => owner.clone(),
            (None, None) => "belum ditunjuk".to_owned(),
            _ => String::new(),
        },
        facility: decision.facility.as_ref().map(|name| NameView::new(name)),
        due: decision.due.map_or_else(|| "–".to_owned(), format::date_in_figures),
        state: row.done.clone().unwrap_or_else(|| row.undone.clone()),
        done: decision.done.filter(|_| is_done).map(|done| done.to_string()).unwrap_or_default(),
        undone: row.undone.clone(),
        is_of_last: row.is_of_last,
    }
}

fn decision_line(decision: &Decision) -> String {
    let due = decision.due.map(format::date).unwrap_or_default();
    [decision.decision.clone(), who(decision), due]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn talk_view(line: &str) -> TalkView {
    let parts = line.rsplit_once(": ");
    TalkView {
        name: NameView::new(parts.map_or(line, |(name, _)| name)),
        rest: parts.map(|(_, rest)| rest.to_owned()).unwrap_or_default(),
    }
}

fn bars_view(bars: &SlideBars) -> BarsView {
    let all = bars.bars.iter().chain([&bars.total]);
    let longest = all.filter_map(|bar| bar.percent).fold(bars.target.max(100.0), f64::max);
    let units = |percent: f64| format!("{:.1}", percent.max(0.0) / longest * BAR_UNITS);
    let one = |bar: &SlideBar, is_total: bool| {
        let (class, symbol) = match (is_total, bar.is_reached) {
            (true, _) => ("total", ""),
            (false, Some(true)) => ("reached", "●"),
            (false, Some(false)) => ("missed", "■"),
            (false, None) => ("missed", ""),
        };
        BarView {
            name: NameView::new(&bar.name),
            words: bar.words.clone(),
            length: bar.percent.map(units).unwrap_or_default(),
            class,
            symbol,
        }
    };
    let mut rows: Vec<BarView> = bars.bars.iter().map(|bar| one(bar, false)).collect();
    if let Some(gap) = bars.gap {
        let words = format!("… {} faskes lain di antaranya", gap.count);
        let row = BarView {
            name: NameView { head: words, tail: String::new() },
            words: String::new(),
            length: String::new(),
            class: "gap",
            symbol: "",
        };
        rows.insert(gap.after, row);
    }
    rows.push(one(&bars.total, true));
    BarsView {
        rows,
        target: units(bars.target),
        unreported: bars.unreported.join(", "),
        talk: bars.talk.iter().map(|line| talk_view(line)).collect(),
    }
}
