//! Drafts of letters by rule: their fields, the agenda of an invitation, subjects for a resource person, reports
//! that go with a letter, reasons and legal basis of a decree. What nobody wrote is a field without a value: a line to
//! write on.

use std::collections::BTreeMap;

use super::follow_ups::overdue_items;
use super::section::{Fact, SectionKey, Sentence};
use super::text::Narrative;
use super::wording::quoted;
use crate::dashboard::PageContext;
use crate::domain::lokmin::is_lokmin;
use crate::domain::meeting::{Meeting, MeetingSought};
use crate::domain::written::{Decision, Problem};
use crate::domain::{Date, Month, Period, PeriodKind, ReportKind, format};

/// Decisions and problems that an agenda names one by one, each.
const NAMED_MAX: usize = 5;
/// Findings' aspects that a resource person is asked for.
const SUBJECTS_MAX: usize = 6;

/// Name of the field that says how urgent a letter is.
pub(in crate::report) const URGENCY: &str = "Sifat";
/// Name of the field that says to whom a letter goes.
pub(in crate::report) const ADDRESSEE: &str = "Kepada";
/// Name of the field that says what an assignment rests on.
pub(in crate::report) const GROUNDS: &str = "Dasar";

/// A field of a letter with its value; blank: to be written in.
fn field(name: &str, value: &str) -> Sentence {
    let facts = if value.is_empty() { Vec::new() } else { vec![Fact::new(name, value)] };
    Sentence { text: format!("{name}: {value}").trim_end().to_owned(), facts }
}

/// The fields of a letter, one a line.
pub(super) fn details(kind: ReportKind, context: &PageContext<'_>) -> Vec<Sentence> {
    let period = context.subject.period;
    let name = context.puskesmas_name();
    let when = ["Hari, tanggal", "Waktu", "Tempat"];
    match kind {
        ReportKind::Invitation => {
            let day = meeting(context).day.map(format::day_and_date).unwrap_or_default();
            let mut fields = vec![
                field(URGENCY, "Biasa"),
                field(ADDRESSEE, "Penanggung jawab jaringan dan jejaring (daftar terlampir)"),
            ];
            fields.extend(when.map(|name| field(name, if name == when[0] { &day } else { "" })));
            fields
        }
        ReportKind::Assignment => vec![
            field(GROUNDS, &format!("Jadwal pembinaan jaringan dan jejaring tahun {}", period.year())),
            field(
                "Untuk",
                &format!(
                    "Melaksanakan pembinaan jaringan dan jejaring {} menurut daftar di bawah ini, mengisi daftar tilik, dan \
                     menyepakati rencana tindak lanjut",
                    format::period(period)
                ),
            ),
            field("Pembebanan biaya", ""),
        ],
        ReportKind::TeamAssignment => vec![
            field(GROUNDS, ""),
            field("Untuk", &format!("Melaksanakan pembinaan oleh tim pembina cluster binaan di {name}")),
            field("Pembebanan biaya", ""),
        ],
        ReportKind::FacilityFeedback => vec![field(URGENCY, "Biasa"), field("Jawaban paling lambat", "")],
        ReportKind::DistrictFeedback => vec![
            field(URGENCY, "Biasa"),
            field(ADDRESSEE, &format!("Kepala {name}")),
            field("Jawaban paling lambat", ""),
        ],
        ReportKind::Covering => vec![field(URGENCY, "Biasa")],
        ReportKind::ResourcePerson => {
            let count = context.facilities().count();
            let mut fields =
                vec![field(URGENCY, "Biasa"), field("Kegiatan", "Pertemuan pembinaan jaringan dan jejaring")];
            fields.extend(when.map(|name| field(name, "")));
            fields.push(field("Peserta", &format!("{count} jaringan dan jejaring (daftar terlampir)")));
            fields
        }
        _ => Vec::new(),
    }
}

/// An invitation as a short message for a chat: the same fields and agenda as the letter's, in plain words.
pub(in crate::report) fn message(narrative: &Narrative, context: &PageContext<'_>) -> String {
    let meeting = meeting(context);
    let sort = meeting.sort.label().to_lowercase();
    let when = meeting.month.map_or_else(|| format::period(context.subject.period), format::month);
    let mut lines = vec![
        format!("*Undangan lokakarya mini {sort} {when}*"),
        context.puskesmas_name().to_owned(),
        String::new(),
        "Yth. Bapak/Ibu, mohon kehadirannya pada:".to_owned(),
    ];
    let is_of_letter = |line: &&String| {
        let name = line.split(':').next().unwrap_or_default().trim();
        [URGENCY, ADDRESSEE].iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let fields = narrative.sentences(SectionKey::Details);
    let blank = |line: &String| if line.ends_with(':') { format!("{line} ..........") } else { line.clone() };
    lines.extend(fields.iter().filter(|line| !is_of_letter(line)).map(blank));
    let agenda = narrative.sentences(SectionKey::Agenda);
    if !agenda.is_empty() {
        lines.extend([String::new(), "Acara:".to_owned()]);
        lines.extend(agenda.iter().map(|topic| format!("- {topic}")));
    }
    lines.extend([String::new(), "Terima kasih.".to_owned()]);
    lines.join("\n")
}

/// The meeting to which an invitation invites.
pub(in crate::report) fn meeting(context: &PageContext<'_>) -> Meeting {
    let subject = context.subject;
    let sought = MeetingSought { puskesmas: subject.puskesmas, period: subject.period, as_of: subject.as_of };
    Meeting::from_facts(context.evaluator.facts(), sought)
}

/// Returns the topics of a meeting that is to come: open decisions of those before it, problems that were written down
/// and are open, and what every lokmin looks at. A letter to all names nobody's results.
pub(super) fn agenda(context: &PageContext<'_>) -> Vec<Sentence> {
    let mut topics = open_decisions(context);
    topics.extend(open_problems(context));
    let subject = context.subject;
    let services = context.evaluator.services(subject.puskesmas, subject.period.year());
    let codes: Vec<&str> = services.iter().map(|(_, service)| service.code.as_str()).collect();
    if !codes.is_empty() {
        topics.push(format!("Capaian indikator layanan: {}.", codes.join(", ")));
    }
    let overdue = overdue_items(context).len();
    if overdue > 0 {
        topics.push(format!("Tindak lanjut pembinaan (RTL) yang lewat batas waktu: {overdue}."));
    }
    let next = subject.period.last_month().plus(1);
    let planned = planned_visits(context, next);
    if planned > 0 {
        topics.push(format!("Jadwal pembinaan {}: {planned} faskes.", format::month(next)));
    }
    in_places(topics)
}

/// Facilities that the plan has for a month.
fn planned_visits(context: &PageContext<'_>, month: Month) -> usize {
    let as_of = context.subject.as_of;
    let facilities = context.evaluator.facilities_of(context.subject.puskesmas);
    let has_slot = |facility: &u32| {
        let slots = context.evaluator.matching(*facility, month.year(), as_of).slots;
        slots.iter().any(|slot| slot.effective == Some(month))
    };
    facilities.filter(|facility| context.facility(*facility).is_listed_in(month.year())).filter(has_slot).count()
}

/// Topics as sentences, each known by its place.
fn in_places(topics: Vec<String>) -> Vec<Sentence> {
    let sentence = |(place, text): (usize, String)| Sentence {
        facts: vec![Fact::new(format!("Pokok bahasan {}", place + 1), text.clone())],
        text,
    };
    topics.into_iter().enumerate().map(sentence).collect()
}

/// The last day before the meeting: what it decides itself is no topic of its invitation.
fn day_before(context: &PageContext<'_>) -> Date {
    let as_of = context.subject.as_of;
    meeting(context).day.and_then(|day| day.pred_opt()).map_or(as_of, |before| before.min(as_of))
}

fn open_decisions(context: &PageContext<'_>) -> Vec<String> {
    let before = day_before(context);
    let own = context.evaluator.facts().written.decisions.iter();
    let own = own.filter(|owned| owned.puskesmas == context.subject.puskesmas).map(|owned| &owned.row);
    let open: Vec<&Decision> =
        own.filter(|row| row.date <= before && is_lokmin(row.meeting.as_deref()) && row.is_open(before)).collect();
    let words = |row: &&Decision| {
        let who = row.owner.as_ref().map(|owner| format!(", {owner}")).unwrap_or_default();
        let due = row.due.map(|due| format!(", batas {}", format::date(due))).unwrap_or_default();
        format!("Tindak lanjut keputusan {}: {}{who}{due}.", format::date(row.date), quoted(&row.decision))
    };
    let mut topics: Vec<String> = open.iter().take(NAMED_MAX).map(words).collect();
    if open.len() > NAMED_MAX {
        topics.push(format!("Tindak lanjut {} keputusan lain yang belum selesai.", open.len() - NAMED_MAX));
    }
    topics
}

fn open_problems(context: &PageContext<'_>) -> Vec<String> {
    let before = day_before(context);
    let year = context.subject.period.year();
    let own = context.evaluator.facts().written.problems.iter();
    let own = own.filter(|owned| owned.puskesmas == context.subject.puskesmas).map(|owned| &owned.row);
    let is_open = |row: &&Problem| {
        let has_begun = row.period.year() == year && row.period.first_month().has_begun(before);
        has_begun && row.done.is_none_or(|done| done > before)
    };
    let open: Vec<&Problem> = own.filter(is_open).collect();
    let words = |row: &&Problem| {
        let of = row.facility.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        format!("Masalah{of}: {}.", quoted(&row.problem))
    };
    let mut topics: Vec<String> = open.iter().take(NAMED_MAX).map(words).collect();
    if open.len() > NAMED_MAX {
        topics.push(format!("{} masalah lain yang belum selesai.", open.len() - NAMED_MAX));
    }
    topics
}

/// Subjects that findings of the year speak of, the most frequent first.
pub(super) fn subjects(context: &PageContext<'_>) -> Vec<Sentence> {
    let subject = context.subject;
    let visits = context.evaluator.facts().visits.iter();
    let visits = visits.filter(|visit| context.facility_result(visit.facility).is_some());
    let until = subject.period.last_month();
    let visits = visits.filter(|visit| {
        let month = visit.date.month();
        visit.date.counts_from() <= subject.as_of && month.year() == subject.period.year() && month <= until
    });
    let mut aspects: BTreeMap<&str, usize> = BTreeMap::new();
    for visit in visits.filter(|visit| visit.finding.is_some()) {
        if let Some(aspect) = visit.aspect.as_deref() {
            *aspects.entry(aspect).or_default() += 1;
        }
    }
    let mut aspects: Vec<(usize, &str)> = aspects.into_iter().map(|(aspect, count)| (count, aspect)).collect();
    aspects.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let words = |(count, aspect): (usize, &str)| format!("{aspect}: {count} temuan pembinaan tahun ini.");
    let others = aspects.len().saturating_sub(SUBJECTS_MAX);
    let mut topics: Vec<String> = aspects.into_iter().take(SUBJECTS_MAX).map(words).collect();
    topics.extend((others > 0).then(|| format!("{others} aspek lain dengan temuan.")));
    topics.extend(open_problems(context));
    in_places(topics)
}

/// Reports that are made for a period of this length, one a line.
pub(super) fn enclosures(context: &PageContext<'_>) -> Vec<Sentence> {
    let period = context.subject.period;
    let papers = enclosed(period).map(|kind| enclosure(kind, period));
    papers.map(|text| Sentence { facts: Vec::new(), text }).collect()
}

/// Kinds of report that go to the district office for such a period.
pub(in crate::report) fn enclosed(period: Period) -> impl Iterator<Item = ReportKind> {
    let goes = [
        ReportKind::Evaluation,
        ReportKind::Activity,
        ReportKind::Register,
        ReportKind::Schedule,
        ReportKind::Tpcb,
        ReportKind::Pkp,
        ReportKind::Network,
        ReportKind::PlanReview,
    ];
    goes.into_iter().filter(move |kind| match kind.periods() {
        [PeriodKind::Year, ..] => period.kind() == PeriodKind::Year,
        periods => periods.contains(&period.kind()),
    })
}

/// Words of a report in the list of a covering letter.
pub(in crate::report) fn enclosure(kind: ReportKind, period: Period) -> String {
    format!("{}, {}", kind.title(), format::period(period))
}

/// The reasons of the decree on indicators.
pub(super) fn considerations(context: &PageContext<'_>) -> Vec<Sentence> {
    let name = context.puskesmas_name();
    let reasons = [
        format!(
            "bahwa {name} bertanggung jawab membina jaringan pelayanan dan jejaring fasilitas pelayanan kesehatan di \
             wilayah kerjanya;"
        ),
        "bahwa keberhasilan pembinaan perlu diukur dengan indikator dan target yang ditetapkan;".to_owned(),
        format!(
            "bahwa untuk itu perlu ditetapkan Keputusan Kepala {name} tentang indikator kinerja pembinaan jaringan dan \
             jejaring;"
        ),
    ];
    reasons.into_iter().map(|text| Sentence { text, facts: Vec::new() }).collect()
}

/// The rules on which the decree rests, of those that were made before its year.
pub(super) fn legal_basis(context: &PageContext<'_>) -> Vec<Sentence> {
    const RULES: [(i32, &str); 3] = [
        (2023, "Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan;"),
        (2016, "Peraturan Menteri Kesehatan Nomor 44 Tahun 2016 tentang Pedoman Manajemen Puskesmas;"),
        (
            2023,
            "Keputusan Menteri Kesehatan Nomor HK.01.07/MENKES/165/2023 tentang Standar Akreditasi Pusat Kesehatan \
             Masyarakat;",
        ),
    ];
    let year = context.subject.period.year();
    let known = RULES.into_iter().filter(|(made, _)| *made <= year);
    known.map(|(_, text)| Sentence { text: text.to_owned(), facts: Vec::new() }).collect()
}
